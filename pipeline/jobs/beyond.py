"""The rules that look beyond one submission: on what is in force of a month, and the month before beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline import validate
from pipeline.catalog import Catalog
from pipeline.jobs import month as months
from pipeline.jobs import over_time
from pipeline.jobs.measures import measures_in_force
from pipeline.jobs.month import MonthView
from pipeline.jobs.not_run import not_run_of
from pipeline.model import Finding, digest
from pipeline.periods import Month
from pipeline.store import journal, records
from pipeline.store.records import Record, StoredFinding
from pipeline.store.store import Connection
from pipeline.transform.wordings import LIST_NOT_FOUND, MEASURES, Resolved, is_dangling, texts
from pipeline.validate import BEYOND
from pipeline.validate.doubts import Doubts
from pipeline.validate.neighbours import ALONE, RETURN, STATEMENT, Neighbours
from pipeline.validate.not_run import NotRun

_SETTLED = "final"
"""In the place of what statements are compared with, where nothing is."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A month on which these rules were run: what was found, and which could not run for whom."""

    month: Month
    found: tuple[Finding, ...]
    new: tuple[Finding, ...]
    """What of it was not known before."""
    changed: bool
    not_run: tuple[NotRun, ...]


def check(connection: Connection, catalog: Catalog, seen: MonthView) -> bool:
    """Run these rules on a month, unless they were run on just that; say whether findings changed."""
    judged = _judge(connection, catalog, seen)
    return judged is not None and judged.changed


def check_all(connection: Connection, catalog: Catalog, periods: Iterable[str]) -> list[Judged]:
    """The same for several months, whether they are released now or not; tell of those on which the rules were run.

    Whatever a month is judged anew for may be what later ones are compared with: these are looked at too.
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
            waiting |= set(over_time.months_after(month)) & known
    return done


def _judge(connection: Connection, catalog: Catalog, seen: MonthView) -> Judged | None:
    """Run the rules and keep what they find; None if they were run on just that before.

    First the statements over time, for what is in force depends on it; then what stands in force, side by side.
    """
    period = str(seen.month)
    matters = journal.last_that_matters(connection)
    at, *last_keys = records.evaluated_with(connection, period).split(" ")
    if at == str(matters):
        return None  # nothing was received or decided since
    laid = None if over_time.is_settled(connection, seen) else over_time.beside(connection, seen)
    laid_key = laid.key if laid else _SETTLED
    found, changed = _open(seen, is_over_time=True), False
    new: tuple[Finding, ...] = ()
    if laid and laid_key not in last_keys:
        found = over_time.check(connection, catalog, seen, laid, int(at or 0))
        new, changed = _keep(connection, seen, found, int(at or 0), is_over_time=True)
        seen = months.view(connection, catalog, seen.month, seen.upto) if changed else seen
    neighbours, read = _neighbours(connection, catalog, seen)
    in_force = [s.record for s in seen.in_force if s.record.period == period]
    own = _of_statements(found, in_force)
    key = digest(*sorted(record.id for record in in_force), *read, repr(sorted({_told(finding) for finding in own})))
    records.set_evaluated(connection, period, f"{matters} {laid_key} {key}")
    if {laid_key, key} <= set(last_keys):
        return None
    if key not in last_keys:
        beside = _side_by_side(connection, catalog, seen, neighbours, own)
        more, changed_too = _keep(connection, seen, beside, int(at or 0), is_over_time=False)
        found, new, changed = [*found, *beside], (*new, *more), changed or changed_too
    else:
        found = [*found, *_open(seen, is_over_time=False)]
    return Judged(seen.month, tuple(found), new, changed, tuple(not_run_of(connection, catalog, seen)))


def _of_statements(found: Iterable[Finding], in_force: Iterable[Record]) -> list[Finding]:
    """What statements in force have by themselves."""
    ids = {record.id for record in in_force if record.form == STATEMENT}
    return [finding for finding in found if finding.submission in ids]


def _side_by_side(
    connection: Connection, catalog: Catalog, seen: MonthView, neighbours: Neighbours, own: Sequence[Finding]
) -> list[Finding]:
    doubts = Doubts(own, over_time.rules_again(connection, catalog, seen))
    in_force = months.submissions_of(connection, seen, str(seen.month))
    found = validate.check_side_by_side(in_force, catalog, neighbours, doubts)
    theirs = _returns_judged(seen)
    return [finding for finding in found if finding.level >= BEYOND or finding.submission in theirs]


def _returns_judged(seen: MonthView) -> frozenset[str]:
    """Returns in force of which what was found in them alone is judged again beside others."""
    return frozenset(
        standing.record.id
        for standing in seen.in_force
        if standing.record.form == RETURN and over_time.could_count(standing, seen.month, RETURN)
    )


def _standing_findings(seen: MonthView, *, is_over_time: bool) -> list[StoredFinding]:
    """What these rules found before and holds still."""
    returns = _returns_judged(seen)
    return [s for s in seen.findings if s.until is None and _is_theirs(s.finding, returns, is_over_time=is_over_time)]


def _is_theirs(finding: Finding, returns: frozenset[str], *, is_over_time: bool) -> bool:
    is_statements = finding.form == STATEMENT and finding.level in (1, BEYOND)
    is_returns = finding.level == 1 and finding.submission in returns
    return is_statements if is_over_time else (finding.level >= BEYOND and not is_statements) or is_returns


def _open(seen: MonthView, *, is_over_time: bool) -> list[Finding]:
    return [stored.finding for stored in _standing_findings(seen, is_over_time=is_over_time)]


def _keep(
    connection: Connection, seen: MonthView, found: Iterable[Finding], judged_upto: int, *, is_over_time: bool
) -> tuple[tuple[Finding, ...], bool]:
    """Put findings in the place of those that these rules had before; what of them is new, and whether any changed.

    What nobody has been told yet (it came after the month was last judged) is replaced; the rest has held until now.
    """
    came = {standing.record.id: standing.record.entry for standing in seen.standings}
    before = {_told(stored.finding): stored for stored in _standing_findings(seen, is_over_time=is_over_time)}
    fresh = {_told(finding): finding for finding in found}
    gone = [stored for told, stored in before.items() if told not in fresh]
    records.end_findings(connection, (stored.number for stored in gone if stored.entry <= judged_upto), seen.upto)
    records.drop_findings(connection, (stored.number for stored in gone if stored.entry > judged_upto))
    new = tuple(finding for told, finding in fresh.items() if told not in before)
    since = {
        finding: came.get(finding.submission, seen.upto) if finding.level < BEYOND else seen.upto for finding in new
    }
    records.add_findings(connection, ((finding, max(since[finding], judged_upto)) for finding in new))
    return new, fresh.keys() != before.keys()


def _told(finding: Finding) -> tuple[object, ...]:
    """What makes two findings the same to whoever reads them."""
    words = finding.message, finding.cause, finding.accused
    return finding.id, finding.submission, finding.value, finding.under, *words


def _neighbours(connection: Connection, catalog: Catalog, seen: MonthView) -> tuple[Neighbours, list[str]]:
    """What stands beside a month in which measures or county returns are in force, and all that this was made from."""
    if not any(s.record.form in (MEASURES, RETURN) for s in seen.in_force):
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
        returns_before=cache(lambda: months.in_full(connection, before, RETURN)),
    )
    compared = sorted(s.record.id for s in before.in_force if s.record.form in (STATEMENT, RETURN))
    words = [sorted(neighbours.words.items()), sorted(neighbours.words_before.items())]
    return neighbours, [repr([words, sorted(neighbours.dangling), sorted(last), compared])]


def _dangling(measures: dict[str, Resolved]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (unit, item)
        for unit, resolved in measures.items()
        for item, wording in resolved.wordings.items()
        if is_dangling(wording) or LIST_NOT_FOUND in wording.items
    )
