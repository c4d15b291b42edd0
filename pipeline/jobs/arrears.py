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
from pipeline.store.sent import EVERY_PERIOD, last_touched
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
    """Earlier months about which units have been written to, but for those that nobody can be behind with.

    These are released as final, for their gaps are decided, or released complete, and nothing came or was decided
    since. A month that was never run is none: before the office began with the program, it has nobody to remind.
    """
    written = journal.entries(connection, (journal.RELEASED, journal.ASKED), seen.upto)
    last = {entry.body["period"]: entry for entry in written if entry.body["period"] < str(seen.month)}
    final = {entry.body["period"] for entry in written if entry.kind == journal.RELEASED and months.is_final(entry)}
    touched = last_touched(connection, seen.upto)
    for period, entry in sorted(last.items()):
        is_complete = entry.kind == journal.RELEASED and entry.body["complete"]
        since = max(touched.get(period, 0), touched.get(EVERY_PERIOD, 0))
        if period not in final and not (is_complete and since <= entry.body["vintage"]):
            yield Month.parse(period)
