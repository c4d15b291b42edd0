"""The months up to one, seen together: how each duty stood, and how much was outstanding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.catalog import Catalog
from pipeline.jobs import month as months
from pipeline.model import Severity, Symbol
from pipeline.periods import Month
from pipeline.store import journal, records
from pipeline.store.store import Connection
from pipeline.validate.duties import Duty, duties_of
from pipeline.validate.verdicts import Standing, State, standings

MONTHS_SHOWN = 15
"""As many as lie between a month, the same month last year, and that year's beginning."""
STATEMENT = "M01"
OUTSTANDING, DISBURSED = "outstanding_amount", "disbursed_amount_mtd"
Amounts = Mapping[Month, tuple[int | None, Symbol]]


@dataclass(frozen=True, slots=True)
class Past:
    """Duties of each month, oldest month first, the city's outstanding amount at its end, and what was lent in it.

    An amount is in fen, None where no statement is in force; PARTIAL where one that is owed is not in it.
    """

    duties: Mapping[Month, tuple[Duty, ...]]
    outstanding: Amounts
    disbursed: Amounts


def months_upto(month: Month, count: int = MONTHS_SHOWN) -> list[Month]:
    """That many months, the last one being this."""
    return [month.shifted(-back) for back in reversed(range(count))]


def past(connection: Connection, catalog: Catalog, month: Month, upto: int) -> Past:
    """The last months as known at a vintage; months in which nobody owed anything are left out."""
    shown = [m for m in months_upto(month) if any(catalog.units.owing(form, m) for form in catalog.forms)]
    judged = standings_of(connection, shown, upto)
    decisions = journal.in_effect(journal.entries(connection, journal.DECISIONS, upto, periods_of(shown)))
    duties = {
        m: tuple(duties_of(m, [*judged.get(str(m.year), ()), *judged.get(str(m), ())], catalog, decisions))
        for m in shown
    }
    outstanding, disbursed = (
        _amounts(connection, catalog, judged, duties, indicator) for indicator in (OUTSTANDING, DISBURSED)
    )
    return Past(duties, outstanding, disbursed)


def standings_of(connection: Connection, chosen: Sequence[Month], upto: int) -> dict[str, list[Standing]]:
    """Standings by period, for these months and their years, in one look; soft findings are not told."""
    periods = periods_of(chosen)
    finals = finals_of(connection, upto, periods)
    decisions = journal.in_effect(journal.entries(connection, journal.DECISIONS, upto, periods))
    hard = records.findings(connection, upto, periods=periods, severity=Severity.HARD)
    found: dict[str, list[Standing]] = {}
    for standing in standings(records.submissions(connection, upto, periods), hard, decisions, finals):
        found.setdefault(standing.record.period, []).append(standing)
    return found


def finals_of(connection: Connection, upto: int, periods: Sequence[str]) -> dict[str, int]:
    """Of periods that were released for good, the vintage of that: what came later waits."""
    released = journal.entries(connection, (journal.RELEASED,), upto, periods)
    return {entry.body["period"]: entry.seq for entry in released if months.is_final(entry)}


def periods_of(chosen: Sequence[Month]) -> list[str]:
    """These months and their years, as periods are kept."""
    return sorted({period for m in chosen for period in (str(m), str(m.year))})


def _amounts(
    connection: Connection,
    catalog: Catalog,
    judged: Mapping[str, Sequence[Standing]],
    duties: Mapping[Month, Sequence[Duty]],
    indicator: str,
) -> Amounts:
    """The city's sum of one indicator of the statements in force, month by month."""
    in_force = {
        s.record.id: s.record.period
        for group in judged.values()
        for s in group
        if s.record.form == STATEMENT and s.state is State.IN_FORCE
    }
    counties = [area.id for area in catalog.areas.counties]
    amounts: dict[str, int] = {}
    for submission, amount in records.sums(connection, in_force, indicator, counties):
        period = in_force[submission]
        amounts[period] = amounts.get(period, 0) + amount
    return {m: (amounts.get(str(m)), _symbol(amounts.get(str(m)), owed)) for m, owed in duties.items()}


def _symbol(amount: int | None, duties: Sequence[Duty]) -> Symbol:
    if amount is None:
        return Symbol.MISSING
    lacking = any(d.form == STATEMENT and not d.is_in and not d.voluntary for d in duties)
    return Symbol.PARTIAL if lacking else Symbol.NONE
