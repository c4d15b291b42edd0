"""The rules that look beyond one submission: on what is in force of a month, and the month before beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipeline import validate
from pipeline.catalog import Catalog
from pipeline.jobs import month as months
from pipeline.jobs.measures import measures_in_force
from pipeline.jobs.month import MonthView
from pipeline.model import Finding, digest
from pipeline.periods import Month
from pipeline.store import journal, records
from pipeline.store.store import Connection
from pipeline.transform.wordings import LIST_NOT_FOUND, MEASURES, Resolved, is_dangling, texts
from pipeline.validate import BEYOND
from pipeline.validate.neighbours import ALONE, Neighbours, not_compared

STATEMENT = "M01"


@dataclass(frozen=True, slots=True)
class Judged:
    """A month on which these rules were run: what was found, and whose words could not be compared (Q01-1)."""

    month: Month
    found: tuple[Finding, ...]
    new: tuple[Finding, ...]
    """What of it was not known before."""
    changed: bool
    not_compared: tuple[str, ...]


def check(connection: Connection, catalog: Catalog, seen: MonthView) -> bool:
    """Run these rules on a month, unless they were run on just that; say whether findings changed."""
    judged = _judge(connection, catalog, seen)
    return judged is not None and judged.changed


def check_all(connection: Connection, catalog: Catalog, periods: Iterable[str]) -> list[Judged]:
    """The same for several months, whether they are released now or not; tell of those on which the rules were run.

    Whatever a month is judged anew for may be what the next one is compared with: that one is looked at too.
    """
    upto = journal.vintage_at(connection, "9999")
    known = {Month.parse(period) for period in records.periods(connection) if "-" in period}
    waiting = {Month.parse(period) for period in periods if "-" in period}
    done: list[Judged] = []
    while waiting:
        month = min(waiting)
        waiting.remove(month)
        judged = _judge(connection, catalog, months.view(connection, catalog, month, upto))
        if judged:
            done.append(judged)
            waiting |= {month.shifted(1)} & known
    return done


def _judge(connection: Connection, catalog: Catalog, seen: MonthView) -> Judged | None:
    """Run the rules and keep what they find; None if they were run on just that before."""
    period = str(seen.month)
    matters = journal.last_that_matters(connection)
    at, _, last_key = records.evaluated_with(connection, period).partition(" ")
    if at == str(matters):
        return None  # nothing was received or decided since
    in_force = [s.record for s in seen.in_force if s.record.period == period]
    neighbours, read = _neighbours(connection, catalog, seen)
    key = digest(*sorted(record.id for record in in_force), *read)
    records.set_evaluated(connection, period, f"{matters} {key}")
    if last_key == key:
        return None
    found = validate.check_beyond(months.submissions_of(connection, seen, period), catalog, neighbours)
    before = {_told(f.finding): f.number for f in seen.findings if f.finding.level >= BEYOND and f.until is None}
    fresh = {_told(finding): finding for finding in found}
    records.end_findings(connection, (number for told, number in before.items() if told not in fresh), seen.upto)
    new = tuple(finding for told, finding in fresh.items() if told not in before)
    records.add_findings(connection, ((finding, seen.upto) for finding in new))
    words_of = (record.unit for record in in_force if record.form == MEASURES)
    return Judged(
        seen.month,
        tuple(found),
        new,
        fresh.keys() != before.keys(),
        tuple(not_compared(words_of, seen.month, neighbours)),
    )


def _told(finding: Finding) -> tuple[str, str, str, str]:
    """What makes two findings the same to whoever reads them."""
    return finding.id, finding.submission, finding.value, finding.message


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
