"""Who has sent, is late, was rejected, is missing, pending: a month as the journal knows it at the clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.catalog import Catalog
from pipeline.jobs import month as months
from pipeline.jobs.arrears import overdue_before
from pipeline.jobs.chasing import Chase, chases
from pipeline.jobs.clock import Clock
from pipeline.jobs.month import MonthView
from pipeline.jobs.not_run import not_run_of
from pipeline.jobs.ranking import UNRANKED, Ranking, ranking_of
from pipeline.jobs.reporting_record import reporting_record, year_so_far
from pipeline.periods import Month
from pipeline.store import journal, records
from pipeline.store.journal import Entry
from pipeline.store.records import Record
from pipeline.store.store import Store
from pipeline.validate.duties import Deadline, deadline_of
from pipeline.validate.not_run import NotRun
from pipeline.validate.reporting_record import ReportingRecord


@dataclass(frozen=True, slots=True)
class StatusOutcome:
    """A month's state, its last release, and the clock that it is seen from."""

    view: MonthView
    release: Entry | None
    clock: Clock
    deadline: Deadline
    """Of the month's forms, for units that were given no other."""
    chases: tuple[Chase, ...]
    """Whom to chase for what."""
    behind: tuple[Chase, ...]
    """What of earlier months is overdue still."""
    record: ReportingRecord
    """How all units reported: this year so far, or over the months that were asked for."""
    workspace: Path | None = None
    """Where no store was found; None where there is one."""
    transcribers: Mapping[str, str] = field(default_factory=dict)
    """Who typed files in from paper, by sha256."""
    ranking: Ranking = UNRANKED
    not_run: tuple[NotRun, ...] = ()
    """Which rules could not run on the month, and why."""

    @property
    def transcribed(self) -> list[tuple[Record, str]]:
        """The submissions in force that the office typed in itself, and who did."""
        found = ((s.record, self.transcribers.get(s.record.sha256, "")) for s in self.view.in_force)
        return [(record, name) for record, name in found if name]


def run(
    workspace: Path, month: Month, catalog: Catalog, clock: Clock, record_of: Sequence[Month] = ()
) -> StatusOutcome:
    """Look, without changing anything.

    Args:
        workspace: where the store lies.
        month: the month.
        catalog: registers, forms, policy.
        clock: the moment from which it is looked at.
        record_of: months over which the units' record is wanted; of this year so far if none are named.
    """
    store = Store(workspace, create=False)
    with store.transaction() as connection:
        upto = journal.vintage_at(connection, clock.text)
        seen = months.view(connection, catalog, month, upto)
        released = months.releases(connection, upto, month)
        ranking = ranking_of(connection, catalog, seen, months.facts_about(connection, catalog, seen))
        missed = not_run_of(connection, catalog, seen)
        chased = chases(connection, seen, catalog, clock.day)
        behind = overdue_before(connection, seen, catalog, clock.day)
        record = reporting_record(connection, catalog, record_of or year_so_far(month), upto, clock.day)
        typed = records.transcribers(connection, {s.record.sha256 for s in seen.in_force})
    store.close()
    absent = None if store.folder.is_dir() else workspace
    last = released[-1] if released else None
    return StatusOutcome(
        seen,
        last,
        clock,
        deadline_of(catalog, str(month)),
        tuple(chased),
        tuple(behind),
        record,
        absent,
        typed,
        ranking,
        tuple(missed),
    )
