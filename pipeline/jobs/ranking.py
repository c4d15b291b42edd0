"""Findings in the order of what they move: by weight, then by their effect on the published totals and ratios."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from pipeline.catalog import Catalog
from pipeline.jobs.month import MonthView
from pipeline.jobs.past import standings_of
from pipeline.model import Severity
from pipeline.store import records
from pipeline.store.records import StoredFinding
from pipeline.store.store import Connection
from pipeline.transform.annexes import periods_of
from pipeline.transform.effects import Effect, Totals, move_of, move_of_all
from pipeline.transform.facts import Facts
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.verdicts import State

ASKS = frozenset({"open", "explained"})
"""Findings that are still about something; what is settled or told under another moves nothing by itself."""
_UNIT, _YEAR = Cause.UNIT.name.lower(), "_ytd"
Rank = tuple[int, bool, Fraction, Fraction, str, str, int]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The effects of a month's findings, by their number in the store."""

    effects: Mapping[int, Effect] = field(default_factory=dict)
    alone: Mapping[int, Fraction] = field(default_factory=dict)
    """What the figure of a finding moves by itself, where the whole submission is not in force because of it."""
    unmeasured: frozenset[int] = frozenset()
    """Findings because of which a whole file is not in force, and nobody knows what it would have moved."""

    def rank(self, stored: StoredFinding) -> Rank:
        """What findings are sorted by: the gravest, those that may move anything, those that move the most."""
        finding, effect = stored.finding, self.effects.get(stored.number)
        return (
            finding.severity.rank,
            stored.number not in self.unmeasured,
            -effect.size if effect else Fraction(0),
            -self.alone.get(stored.number, Fraction(0)),
            finding.unit,
            finding.file,
            stored.number,
        )

    def sorted(self, findings: Iterable[StoredFinding]) -> list[StoredFinding]:
        """These findings in that order."""
        return sorted(findings, key=self.rank)


UNRANKED = Ranking()


def ranking_of(connection: Connection, catalog: Catalog, seen: MonthView, facts: Mapping[str, Facts]) -> Ranking:
    """Measure the findings of a month against what is published of it.

    Args:
        connection: the store, for the figures of submissions that are not in force.
        catalog: registers and annexes.
        seen: the month.
        facts: what its annexes are made from, by period.
    """
    asking = [s for s in seen.findings if not s.finding.under and seen.status_of(s) in ASKS]
    unknown = [s for s in seen.unidentified if seen.status_of(s) in ASKS]
    periods = periods_of(seen.month, facts, catalog)
    totals, in_force = Totals(periods, catalog), {standing.record.id for standing in seen.in_force}
    whole = _whole_submissions(connection, seen, {s.finding.submission for s in asking} - in_force, totals)
    effects: dict[int, Effect] = {}
    alone: dict[int, Fraction] = {}
    unmeasured = {s.number for s in unknown if s.finding.severity is Severity.HARD}
    for stored in asking:
        finding, counts = stored.finding, stored.finding.submission in in_force
        move = move_of(finding, periods.now, in_force=counts)
        effect = totals.effect(move) if move else None
        if finding.severity is Severity.HARD and not counts:
            alone[stored.number] = effect.size if effect else Fraction(0)
            effect = whole.get(finding.submission, effect)
            if effect is None:
                unmeasured.add(stored.number)
        if effect:
            effects[stored.number] = effect
    return Ranking(effects, alone, frozenset(unmeasured))


def _whole_submissions(
    connection: Connection, seen: MonthView, submissions: set[str], totals: Totals
) -> dict[str, Effect]:
    """What is missing as long as each of these submissions is: about as much as the unit reported last month.

    Where nothing of that is in force, what it reports now; not where that is in the wrong unit of money.
    """
    wrong_unit = {s.finding.submission for s in seen.findings if s.finding.cause == _UNIT}
    rejected = [s.record for s in seen.standings if s.record.id in submissions]
    before = _in_force_before(connection, seen) if rejected else {}
    effects: dict[str, Effect] = {}
    for record in rejected:
        earlier = before.get((record.unit, record.form), "")
        if not earlier and record.id in wrong_unit:
            continue
        values = records.values(connection, [earlier or record.id])
        if earlier and seen.month.month == 1:
            values = [value for value in values if not value[3].endswith(_YEAR)]
        move = move_of_all(record.form, values, totals.periods.now)
        effect = totals.effect(move) if move else None
        if effect:
            effects[record.id] = replace(effect, whole=True)
    return effects


def _in_force_before(connection: Connection, seen: MonthView) -> dict[tuple[str, str], str]:
    """(unit, form) → its submission in force of last month."""
    found = standings_of(connection, [seen.month.previous], seen.upto).get(str(seen.month.previous), [])
    return {(s.record.unit, s.record.form): s.record.id for s in found if s.state is State.IN_FORCE}
