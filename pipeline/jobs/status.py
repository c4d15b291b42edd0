"""Who has sent, is late, was rejected, is missing, pending: a month as the journal knows it at the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.catalog import Catalog
from pipeline.jobs import month as months
from pipeline.jobs.clock import Clock
from pipeline.jobs.month import MonthView
from pipeline.jobs.not_run import not_run_of
from pipeline.jobs.ranking import UNRANKED, Ranking, ranking_of
from pipeline.periods import Month
from pipeline.store import journal, records
from pipeline.store.journal import Entry
from pipeline.store.records import Record
from pipeline.store.store import Store
from pipeline.validate.not_run import NotRun


@dataclass(frozen=True, slots=True)
class StatusOutcome:
    """A month's state, its last release, and the clock that it is seen from."""

    view: MonthView
    release: Entry | None
    clock: Clock
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


def run(workspace: Path, month: Month, catalog: Catalog, clock: Clock) -> StatusOutcome:
    """Look, without changing anything."""
    store = Store(workspace, create=False)
    with store.transaction() as connection:
        upto = journal.vintage_at(connection, clock.text)
        seen = months.view(connection, catalog, month, upto)
        released = months.releases(connection, upto, month)
        ranking = ranking_of(connection, catalog, seen, months.facts_about(connection, catalog, seen))
        missed = not_run_of(connection, catalog, seen)
        typed = records.transcribers(connection, {s.record.sha256 for s in seen.in_force})
    store.close()
    absent = None if store.folder.is_dir() else workspace
    last = released[-1] if released else None
    return StatusOutcome(seen, last, clock, absent, typed, ranking, tuple(missed))
