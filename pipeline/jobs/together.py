"""What came in together: two versions of a statement, of which nothing says that either came later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING

from pipeline.ingest.faults import Faults, belonging_to
from pipeline.model import Finding, Observation, ReceivedFile, Submission, Symbol
from pipeline.validate.misnaming import is_misnamed
from pipeline.validate.verdicts import VERSIONS

if TYPE_CHECKING:
    from pipeline.ingest.reading import FileReading

Place = tuple[str, ...]
"""Indicator, area, institution, number of the item, and whether it is a typed total."""


def refuse_versions(
    files: Sequence[ReceivedFile], readings: Sequence[FileReading], intakes: Mapping[str, str] | None = None
) -> None:
    """Find fault with statements that came together, at the same time, and say different things of one month.

    The same figures in two formats are no contradiction. Where a register gives each file its own time of receipt,
    the later one is a resubmission. `intakes` says which files of the inbox came in with one look into it (sha256 →
    any name of it); a file without one came together with what lies in it only. What names the wrong unit or month is
    refused for that, and no version of anything.
    """
    outer = {received.sha256: received.inside for received in files}
    by_matter: dict[tuple[str, ...], list[tuple[ReceivedFile, FileReading, Submission]]] = {}
    for received, reading in zip(files, readings, strict=True):
        outermost = _outermost(received.sha256, outer)
        intake = (intakes or {}).get(outermost, outermost)
        for submission in (sent for sent in reading.submissions if not is_misnamed(sent, reading.findings)):
            matter = (intake, received.received_at, submission.form, submission.unit, submission.period)
            by_matter.setdefault(matter, []).append((received, reading, submission))
    for together in by_matter.values():
        for received, reading, submission in together:
            others = [
                (other.name, told.id)
                for other, _, told in together
                if other is not received and differ(told, submission)
            ]
            if others:
                reading.findings += _fault(received, submission, others)


def _outermost(digest: str, outer: Mapping[str, str]) -> str:
    while inside := outer.get(digest, ""):
        digest = inside
    return digest


def differ(one: Submission, other: Submission) -> bool:
    """Whether two submissions say different things, wherever they say them."""
    return one.nil != other.nil or bool(unlike(one, other))


def unlike(one: Submission, other: Submission, but: Set[Place] = frozenset()) -> int:
    """How many figures only one of two submissions has, of both sides, but for those at some places."""
    mine, theirs = _figures(one, but), _figures(other, but)
    return ((mine - theirs) + (theirs - mine)).total()


def unread(submission: Submission) -> set[Place]:
    """Where something stands that could not be read: what it says is not known."""
    return {_place(o) for o in submission.observations if o.symbol is Symbol.MISSING and o.raw}


def _place(o: Observation) -> Place:
    return o.indicator, o.area, o.institution, str(o.item), str(o.total)


def _figures(submission: Submission, but: Set[Place]) -> Counter[tuple[str, ...]]:
    return Counter(
        (*place, str(o.value), o.text, o.symbol.value)
        for o in submission.observations
        if (place := _place(o)) not in but
    )


def _fault(received: ReceivedFile, submission: Submission, others: Sequence[tuple[str, str]]) -> list[Finding]:
    faults = Faults(received)
    named = "、".join(f"《{name}》（报送编号{id_}）" for name, id_ in others)
    faults.add(
        VERSIONS,
        f"与同时收到的{named}是同一单位同一报告期的同一张报表，数据不同，无法确定以哪份为准。"
        "请与报送单位核对；不用的一份，请按报送编号用 withdraw 命令撤出，或请单位改正后重新报送。",
        sheet=submission.sheet,
        value=" ".join(id_ for _, id_ in others),
    )
    return belonging_to(faults.findings, submission)
