"""The rules that look beyond one submission: on what is in force of a month, and the month before beside it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from pipeline import validate
from pipeline.catalog import Catalog
from pipeline.jobs import month as months
from pipeline.jobs.measures import measures_in_force
from pipeline.jobs.month import MonthView
from pipeline.model import digest
from pipeline.periods import Month
from pipeline.store import journal, records
from pipeline.store.store import Connection
from pipeline.transform.wordings import LIST_NOT_FOUND, MEASURES, Resolved, is_dangling, texts
from pipeline.validate.neighbours import ALONE, Neighbours

STATEMENT = "M01"


def check(connection: Connection, catalog: Catalog, seen: MonthView) -> bool:
    """Run these rules on a month, unless they were run on just that; say whether findings changed."""
    return _check(connection, catalog, seen)[1]


def check_all(connection: Connection, catalog: Catalog, periods: Iterable[str]) -> None:
    """The same for several months, whether they are released now or not.

    Whatever a month is judged anew for may be what the next one is compared with: that one is looked at too.
    """
    upto = journal.vintage_at(connection, "9999")
    known = {Month.parse(period) for period in records.periods(connection) if "-" in period}
    waiting = {Month.parse(period) for period in periods if "-" in period}
    while waiting:
        month = min(waiting)
        waiting.remove(month)
        ran, _ = _check(connection, catalog, months.view(connection, catalog, month, upto))
        if ran and month.shifted(1) in known:
            waiting.add(month.shifted(1))


def _check(connection: Connection, catalog: Catalog, seen: MonthView) -> tuple[bool, bool]:
    """Whether the rules were run, and whether findings changed."""
    period = str(seen.month)
    in_force = [s.record.id for s in seen.in_force if s.record.period == period]
    neighbours, read = _neighbours(connection, catalog, seen)
    key = digest(*sorted(in_force), *read)
    if records.evaluated_with(connection, period) == key:
        return False, False
    found = validate.check_beyond(months.submissions_of(connection, seen, period), catalog, neighbours)
    before = [f for f in seen.findings if f.finding.level >= validate.BEYOND and f.until is None]
    fresh = {(f.id, f.submission, f.value, f.message) for f in found}
    known = {(f.id, f.finding.submission, f.finding.value, f.finding.message) for f in before}
    ended = [f.number for f in before if (f.id, f.finding.submission, f.finding.value, f.finding.message) not in fresh]
    records.end_findings(connection, ended, seen.upto)
    records.add_findings(
        connection, ((f, seen.upto) for f in found if (f.id, f.submission, f.value, f.message) not in known)
    )
    records.set_evaluated(connection, period, key)
    return True, fresh != known


def _neighbours(connection: Connection, catalog: Catalog, seen: MonthView) -> tuple[Neighbours, list[str]]:
    """What stands beside a month in which measures are in force, and all that this was made from."""
    if not any(s.record.form == MEASURES for s in seen.in_force):
        return ALONE, []
    before = months.view(connection, catalog, seen.month.previous, seen.upto)
    now = measures_in_force(connection, catalog, seen)
    last = measures_in_force(connection, catalog, before)
    neighbours = Neighbours(
        words=texts(now),
        dangling=_dangling(now),
        words_before=texts(last),
        units_before=frozenset(last),
        statements_before=cache(lambda: months.in_full(connection, before, STATEMENT)),
    )
    statements = sorted(s.record.id for s in before.in_force if s.record.form == STATEMENT)
    words = [sorted(neighbours.words.items()), sorted(neighbours.words_before.items())]
    return neighbours, [repr([words, sorted(neighbours.dangling), sorted(last), statements])]


def _dangling(measures: dict[str, Resolved]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (unit, item)
        for unit, resolved in measures.items()
        for item, wording in resolved.wordings.items()
        if is_dangling(wording) or LIST_NOT_FOUND in wording.items
    )
