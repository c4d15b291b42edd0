"""What one sender sent together: two versions of a statement in one mail or archive, of which neither goes before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.ingest.faults import Faults, belonging_to
from pipeline.model import Finding, ReceivedFile, Submission

if TYPE_CHECKING:
    from pipeline.ingest.reading import FileReading


def refuse_versions(files: Sequence[ReceivedFile], readings: Sequence[FileReading]) -> None:
    """Find fault with statements that came together, at the same time, and say different things of one month.

    The same figures in two formats are no contradiction. Where a register gives each file its own time of receipt,
    the later one is a resubmission.
    """
    outer = {received.sha256: received.inside for received in files}
    by_matter: dict[tuple[str, ...], list[tuple[ReceivedFile, FileReading, Submission]]] = {}
    for received, reading in zip(files, readings, strict=True):
        for submission in reading.submissions if received.inside else ():
            matter = (
                _outermost(received.sha256, outer), received.received_at, submission.form, submission.unit,
                submission.period,
            )  # fmt: skip
            by_matter.setdefault(matter, []).append((received, reading, submission))
    for together in by_matter.values():
        for received, reading, submission in together:
            others = [other for other, _, told in together if other is not received and _differ(told, submission)]
            if others:
                reading.findings += _fault(received, submission, others)


def _outermost(digest: str, outer: dict[str, str]) -> str:
    while inside := outer.get(digest, ""):
        digest = inside
    return digest


def _differ(one: Submission, other: Submission) -> bool:
    return one.nil != other.nil or _figures(one) != _figures(other)


def _figures(submission: Submission) -> list[tuple[str, ...]]:
    return sorted(
        (o.indicator, o.area, o.institution, str(o.item), str(o.value), o.text, o.symbol.value, str(o.total))
        for o in submission.observations
    )


def _fault(received: ReceivedFile, submission: Submission, others: Sequence[ReceivedFile]) -> list[Finding]:
    faults = Faults(received)
    named = "、".join(f"《{other.name}》" for other in others)
    faults.add(
        "F02",
        f"与一起发来的{named}是同一单位同一报告期的同一张报表，数据不同，无法确定以哪份为准。"
        "请报送单位核对后只重新发送一份。",
        sheet=submission.sheet,
    )
    return belonging_to(faults.findings, submission)
