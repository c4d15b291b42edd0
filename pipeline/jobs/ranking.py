"""Findings in the order of what they move: by weight, then by their effect on the published totals and ratios."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from pipeline.catalog import Catalog
from pipeline.jobs.month import MonthView
from pipeline.model import Severity
from pipeline.store import records
from pipeline.store.records import StoredFinding
from pipeline.store.store import Connection
from pipeline.transform.annexes import periods_of
from pipeline.transform.effects import Effect, Move, Totals, move_of, move_of_all
from pipeline.transform.facts import Facts
from pipeline.transform.reported import Reported

ASKS = frozenset({"open", "explained"})
"""Findings that are still about something; what is settled or told under another moves nothing by itself."""
_WEIGHT = {severity: weight for weight, severity in enumerate(Severity)}
Rank = tuple[int, bool, Fraction, str, str, int]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The effects of a month's findings, by their number in the store."""

    effects: Mapping[int, Effect] = field(default_factory=dict)
    unmeasured: frozenset[int] = frozenset()
    """Findings because of which a whole file is not in force, and nobody knows what it would have moved."""

    def rank(self, stored: StoredFinding) -> Rank:
        """What findings are sorted by: the gravest, those that may move anything, those that move the most."""
        finding, effect = stored.finding, self.effects.get(stored.number)
        return (
            _WEIGHT[finding.severity],
            stored.number not in self.unmeasured,
            -effect.size if effect else Fraction(0),
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
    whole = _whole_submissions(connection, seen, {s.finding.submission for s in asking} - in_force, periods.now)
    effects: dict[int, Effect] = {}
    unmeasured = {s.number for s in unknown if s.finding.severity is Severity.HARD}
    for stored in asking:
        counts = stored.finding.submission in in_force
        move = move_of(stored.finding, periods.now, in_force=counts)
        if move is None and not counts:
            move = whole.get(stored.finding.submission)
            if move is None and stored.finding.severity is Severity.HARD:
                unmeasured.add(stored.number)
        effect = totals.effect(move) if move else None
        if effect:
            effects[stored.number] = effect
    return Ranking(effects, frozenset(unmeasured))


def _whole_submissions(
    connection: Connection, seen: MonthView, submissions: set[str], now: Reported
) -> dict[str, Move]:
    """What each of these submissions would move if it came in."""
    forms = {s.record.id: s.record.form for s in seen.standings}
    moves: dict[str, Move] = {}
    for submission in sorted(submissions & forms.keys()):
        move = move_of_all(forms[submission], records.values(connection, [submission]), now)
        if move:
            moves[submission] = move
    return moves
