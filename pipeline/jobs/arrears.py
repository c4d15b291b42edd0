"""What units are behind with when a month is looked at: of that month, and of those before it that are still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pipeline.catalog import Catalog
from pipeline.jobs import month as months
from pipeline.jobs.chasing import Chase, chases
from pipeline.jobs.month import MonthView
from pipeline.periods import Month
from pipeline.store import journal
from pipeline.store.store import Connection
from pipeline.transform.reported import TARGETS


def overdue(connection: Connection, seen: MonthView, catalog: Catalog, day: date) -> list[Chase]:
    """All of which the last day in time is over, the oldest month first: what reminders name, a unit's in one letter.

    The office writes itself no letters, and nobody is reminded of what he sent without owing it, or of an answer to
    what he is asked today.
    """
    now = [chase for chase in chases(connection, seen, catalog, day, unasked=day) if _is_owed(chase)]
    return [chase for chase in (*overdue_before(connection, seen, catalog, day), *now) if last_day(chase) < day]


def overdue_before(connection: Connection, seen: MonthView, catalog: Catalog, day: date) -> list[Chase]:
    """The same of earlier months alone."""
    return [
        chase
        for month in _open_before(connection, seen)
        for chase in chases(connection, months.view(connection, catalog, month, seen.upto), catalog, day, unasked=day)
        if chase.duty.period == str(month) and _is_owed(chase) and last_day(chase) < day
    ]


def last_day(chase: Chase) -> date:
    """On which it was in time; what a person took out is due when it ever was."""
    return chase.until or chase.duty.due


def by_unit(chosen: Iterable[Chase]) -> dict[str, list[Chase]]:
    """What each unit has to do, by its id."""
    found: dict[str, list[Chase]] = {}
    for chase in chosen:
        found.setdefault(chase.duty.unit, []).append(chase)
    return found


def _is_owed(chase: Chase) -> bool:
    return chase.duty.form != TARGETS and (chase.duty.is_in or not chase.duty.voluntary)


def _open_before(connection: Connection, seen: MonthView) -> Iterator[Month]:
    """Earlier months about which units have been written to, but for those released as final: their gaps are decided.

    A month that was never run is none: before the office began with the program, it has nobody to remind.
    """
    written = journal.entries(connection, (journal.RELEASED, journal.ASKED), seen.upto)
    periods = {entry.body["period"] for entry in written}
    closed = {entry.body["period"] for entry in written if entry.kind == journal.RELEASED and months.is_final(entry)}
    yield from (month for month in map(Month.parse, sorted(periods - closed)) if month < seen.month)
