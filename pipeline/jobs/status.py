"""Who has sent, is late, was rejected, is missing, pending: a month as the journal knows it at the clock."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.catalog import Catalog
from pipeline.jobs import month as months
from pipeline.jobs.clock import Clock
from pipeline.jobs.month import MonthView
from pipeline.periods import Month
from pipeline.store import journal
from pipeline.store.journal import Entry
from pipeline.store.store import Store


@dataclass(frozen=True, slots=True)
class StatusOutcome:
    """A month's state, its last release, and the clock that it is seen from."""

    view: MonthView
    release: Entry | None
    clock: Clock
    workspace: Path | None = None
    """Where no store was found; None where there is one."""


def run(workspace: Path, month: Month, catalog: Catalog, clock: Clock) -> StatusOutcome:
    """Look, without changing anything."""
    store = Store(workspace, create=False)
    with store.transaction() as connection:
        upto = journal.vintage_at(connection, clock.text)
        seen = months.view(connection, catalog, month, upto)
        released = months.releases(connection, upto, month)
    store.close()
    absent = None if store.folder.is_dir() else workspace
    return StatusOutcome(seen, released[-1] if released else None, clock, absent)
