"""Marked workbooks that come home, with answers or without: what says nothing new in them is no resubmission.

Else it would stand against the correction that came beside it in a file of its own, or push it aside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from pipeline.jobs.together import differ, unlike, unread
from pipeline.model import ReceivedFile, Submission
from pipeline.store import journal, records
from pipeline.store.sent import Row
from pipeline.store.sent import senders as all_senders
from pipeline.store.sent import sent as everything_sent
from pipeline.store.store import Connection, Store
from pipeline.validate.misnaming import CAUSES
from pipeline.validate.verdicts import withdrawn_of

if TYPE_CHECKING:
    from pipeline.ingest.reading import FileReading


@dataclass(frozen=True, slots=True)
class Before:
    """What was sent before the files that are looked at now."""

    stored: Callable[[Submission], Iterable[Submission]]
    """Of the same form, unit and period as this one, as the store has it."""
    withdrawn: Callable[[str], Set[str]]
    """The submissions that were taken out when the file with this sha256 came."""
    sent: Callable[[str, str], Iterable[Row]]
    """(unit, area, institution, indicator, value) of all that was sent under a form and period, as the store has it."""
    senders: Callable[[str, str], Set[str]]
    """The units that sent a form about a period under its own name, as the store has it."""


def before_now(store: Store) -> Before:
    """Everything in the store came before what is in the inbox."""

    def stored(submission: Submission) -> list[Submission]:
        with store.transaction() as connection:
            sent = records.submissions(connection, journal.vintage_at(connection, "9999"), (submission.period,))
            own = {record.id: record for record in sent if _matter(record) == _matter(submission)}
            read = records.observations(connection, own)
        return [records.full(record, read.get(id_, [])) for id_, record in own.items()]

    def withdrawn(_: str) -> Set[str]:
        with store.transaction() as connection:
            upto = journal.vintage_at(connection, "9999")
            return withdrawn_of(journal.in_effect(journal.entries(connection, journal.DECISIONS, upto)))

    def sent(form: str, period: str) -> Iterable[Row]:
        with store.transaction() as connection:
            return everything_sent(connection, form, period)

    def senders(form: str, period: str) -> Set[str]:
        with store.transaction() as connection:
            return all_senders(connection, form, period, CAUSES.items())

    return Before(stored, withdrawn, sent, senders)


def before_then(connection: Connection, entries: Iterable[journal.Entry]) -> Before:
    """For files that are read again from the archive: all are at hand, and each came when its entry was made."""
    came = {entry.body["sha256"]: entry.seq for entry in entries}
    decided = journal.entries(connection, journal.DECISIONS, journal.vintage_at(connection, "9999"))

    def withdrawn(sha256: str) -> Set[str]:
        return withdrawn_of(journal.in_effect(entry for entry in decided if entry.seq < came[sha256]))

    return Before(lambda _: (), withdrawn, lambda *_: (), lambda *_: frozenset())


def leave_out_copies(
    files: Sequence[ReceivedFile], readings: Sequence[FileReading], intakes: Mapping[str, str], before: Before
) -> list[str]:
    """Take statements that only carry answers home out of their readings; say of which files.

    `intakes` says which look into the inbox brought each file (sha256 → any name of it): what came together cannot be
    a copy of each other, for a workbook is marked after it came.
    """
    told = []
    for at, (received, reading) in enumerate(zip(files, readings, strict=True)):
        if reading.answers is None and not reading.marked:
            continue
        known = [*_earlier(at, files, readings, intakes)]
        sent = {s.id: _sent(s, known, before) for s in reading.submissions}
        withdrawn = before.withdrawn(received.sha256) if sent else frozenset()
        copies = {s.id for s in reading.submissions if _is_copy(s, sent[s.id], withdrawn)}
        if copies:
            reading.submissions = [s for s in reading.submissions if s.id not in copies]
            reading.findings = [f for f in reading.findings if f.submission not in copies]
            told.append(f"《{received.name}》里的报表与此前收到的相同，没有更正，不作重新报送，{_instead(reading)}。")
        told += [_told(received, old, new) for s in reading.submissions for old, new in _older(s, sent[s.id])]
    return told


def _instead(reading: FileReading) -> str:
    return "也没有核实说明，请与报送单位核对" if reading.answers is None else "只取核实说明"


def _earlier(
    at: int, files: Sequence[ReceivedFile], readings: Sequence[FileReading], intakes: Mapping[str, str]
) -> Iterator[Submission]:
    own = intakes.get(files[at].sha256)
    for received, reading in zip(files[:at], readings[:at], strict=True):
        if intakes.get(received.sha256) != own:
            yield from reading.submissions


def _sent(submission: Submission, known: Iterable[Submission], before: Before) -> list[Submission]:
    """All of the same matter that came before, in the order of receipt."""
    sent = [s for s in known if _matter(s) == _matter(submission)] + list(before.stored(submission))
    return sorted(sent, key=lambda s: s.received_at)


def _is_copy(submission: Submission, sent: Iterable[Submission], withdrawn: Set[str]) -> bool:
    return any(s.id not in withdrawn and not differ(s, submission) for s in sent)


def _older(submission: Submission, sent: Sequence[Submission]) -> Iterator[tuple[Submission, Submission]]:
    """The version that a statement was made from, and the last one, where it is nearer to one that was replaced.

    What could not be read in one of them (a formula that nobody calculated) says nothing of which is nearer.
    """
    if len(sent) > 1:
        far = partial(unlike, submission, but=frozenset().union(*map(unread, (*sent, submission))))
        nearest = min(reversed(sent), key=far)
        if far(nearest) < far(sent[-1]):
            yield nearest, sent[-1]


def _told(received: ReceivedFile, old: Submission, new: Submission) -> str:
    return (
        f"《{received.name}》里的报表像是在较早的《{old.file}》（{old.received_at}收到）上改的，"
        f"而此后已收到《{new.file}》（{new.received_at}收到）。现按最后收到的这份处理；"
        "请与报送单位核对，后来的更正没有带上的，请其补齐后重新报送，或用withdraw命令撤出这份。"
    )


def _matter(sent: Submission | records.Record) -> tuple[str, str, str]:
    return sent.form, sent.unit, sent.period
