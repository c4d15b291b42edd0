"""A month as the store knows it at a vintage: standings, duties, findings, and the figures in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from pipeline.catalog import Catalog
from pipeline.model import Severity, Submission
from pipeline.periods import Month
from pipeline.store import imports, journal, records
from pipeline.store.journal import Entry
from pipeline.store.records import StoredFinding
from pipeline.store.store import Connection
from pipeline.transform.facts import Facts
from pipeline.transform.wordings import MEASURES
from pipeline.validate.duties import MISSING, Duty, due_date, duties_of
from pipeline.validate.verdicts import (
    Standing,
    State,
    accepted_of,
    explained_values,
    is_settled,
    standings,
    withdrawn_of,
)

FINAL, DRAFT = "final", "draft"
FactsOf = Callable[[Month], Facts | None]


@dataclass(frozen=True, slots=True)
class MonthView:
    """Everything about one month at one vintage, without the observations."""

    month: Month
    upto: int
    standings: tuple[Standing, ...]
    duties: tuple[Duty, ...]
    findings: tuple[StoredFinding, ...]
    decisions: tuple[Entry, ...]
    unidentified: tuple[StoredFinding, ...]
    """Findings on files received for this month that could not be told to be anyone's submission."""

    @property
    def in_force(self) -> list[Standing]:
        """Submissions whose figures count."""
        return [s for s in self.standings if s.state is State.IN_FORCE]

    @property
    def owed(self) -> list[Duty]:
        """What the month waits for."""
        return [d for d in self.duties if not d.voluntary]

    @property
    def volunteered(self) -> list[Duty]:
        """Came without being owed."""
        return [d for d in self.duties if d.voluntary]

    @property
    def refused_volunteers(self) -> list[Duty]:
        """Came without being owed, and the last that came was rejected: told, but nothing waits for it."""
        return [d for d in self.volunteered if d.last and d.last.state is State.REJECTED]

    @property
    def missing(self) -> list[Duty]:
        """Owed, and nothing has come."""
        return [d for d in self.owed if d.state == MISSING]

    @property
    def not_in(self) -> list[Duty]:
        """Owed, and something has come, but none of it is in force."""
        return [d for d in self.owed if d.state != MISSING and not d.is_in]

    @property
    def late(self) -> list[Duty]:
        """Came after the due date."""
        return [d for d in self.duties if d.days_late > 0]

    @property
    def unexplained(self) -> list[StoredFinding]:
        """Soft findings on what is in force that nobody has answered."""
        return [finding for standing in self.in_force for finding in standing.unexplained]

    @property
    def overridden(self) -> list[tuple[Standing, Entry]]:
        """What is in force despite its hard findings, and the decision."""
        decided = accepted_of(self.decisions)
        return [(s, decided[s.record.id]) for s in self.in_force if s.hard and s.record.id in decided]

    @property
    def pending(self) -> list[Standing]:
        """Came after the final release."""
        return [s for s in self.standings if s.state is State.PENDING]

    @property
    def rejected_corrections(self) -> list[Duty]:
        """Owed figures are in force, but their sender has sent others since, and these were rejected."""
        return [d for d in self.owed if d.is_in and d.last and d.last.state is State.REJECTED]

    @property
    def complete(self) -> bool:
        """Nothing owed is missing, rejected or unexplained."""
        return not (self.missing or self.not_in or self.rejected_corrections or self.unexplained)

    @property
    def current(self) -> set[str]:
        """Submissions whose findings still ask for something: those in force, and the last that each unit sent."""
        shown = [s for d in self.duties for s in (d.counting, d.last) if s] + self.in_force
        return {s.record.id for s in shown if s.state is not State.WITHDRAWN}

    @property
    def told(self) -> list[StoredFinding]:
        """The findings, each once: not those of an earlier version that a later one has at the same figure.

        The figure was not corrected: it is the same finding, told where it stands now.
        """
        current = self.current
        places = {(f.id, f.finding.value) for f in self.findings if f.until is None and f.finding.submission in current}
        return [
            f
            for f in self.findings
            if f.finding.submission in current or not f.finding.submission or (f.id, f.finding.value) not in places
        ]

    def status_of(self, stored: StoredFinding) -> str:
        """`open`, `folded`, `explained`, `overridden` or `corrected`."""
        named = stored.finding.submission
        if stored.until is not None or (named and named not in self.current):
            return "corrected"
        if is_settled(stored, withdrawn_of(self.decisions)):
            return "corrected"
        if (stored.id, stored.finding.value) in explained_values(self.decisions):
            return "explained"
        if stored.finding.under:
            return "folded"
        is_taken_in = named in accepted_of(self.decisions) and stored.finding.severity is Severity.HARD
        return "overridden" if is_taken_in else "open"


def view(connection: Connection, catalog: Catalog, month: Month, upto: int) -> MonthView:
    """The month as known at a vintage; reads nothing of other months."""
    periods = (str(month), str(month.year))
    decisions = journal.in_effect(journal.entries(connection, journal.DECISIONS, upto, periods))
    stored = records.findings(connection, upto, periods=periods)
    judged = standings(
        records.submissions(connection, upto, periods),
        stored,
        decisions,
        {entry.body["period"]: entry.seq for entry in releases(connection, upto, month) if is_final(entry)},
    )
    collected_until = max(due_date(catalog, month) + timedelta(days=7), month.shifted(1).last_day)
    return MonthView(
        month,
        upto,
        tuple(judged),
        tuple(duties_of(month, judged, catalog, decisions)),
        tuple(stored),
        tuple(decisions),
        tuple(records.unidentified(connection, upto, f"{month.last_day} 24", f"{collected_until} 24")),
    )


def explained(connection: Connection) -> frozenset[tuple[str, str]]:
    """(finding, value) of everything that has an explanation now, whatever the month."""
    decisions = journal.entries(connection, journal.DECISIONS, journal.vintage_at(connection, "9999"))
    return frozenset(explained_values(journal.in_effect(decisions)))


def releases(connection: Connection, upto: int, month: Month) -> list[Entry]:
    """Release entries of a month up to a vintage, oldest first."""
    return journal.entries(connection, (journal.RELEASED,), upto, (str(month),))


def is_final(release: Entry) -> bool:
    """Whether this release is 正式."""
    return bool(release.body["status"] == FINAL)


# ------------------------------------------------------------------ figures in force


def submissions_in_force(connection: Connection, seen: MonthView) -> list[Submission]:
    """What the month's figures are made of, yearly targets among it, in the order of duties."""
    order = {(d.form, d.unit): place for place, d in enumerate(seen.duties)}
    chosen = sorted(seen.in_force, key=lambda s: (order.get((s.record.form, s.record.unit), 10**6), s.record.id))
    return _full(connection, chosen)


def submissions_of(connection: Connection, seen: MonthView, period: str) -> list[Submission]:
    """The submissions of every form about one period that are in force."""
    return _full(connection, [s for s in seen.in_force if s.record.period == period])


def in_full(connection: Connection, seen: MonthView, form: str) -> list[Submission]:
    """The submissions of one form that are in force."""
    return _full(connection, [s for s in seen.in_force if s.record.form == form])


def _full(connection: Connection, chosen: list[Standing]) -> list[Submission]:
    read = records.observations(connection, (s.record.id for s in chosen))
    return [records.full(s.record, read.get(s.record.id, [])) for s in chosen]


def facts(connection: Connection, catalog: Catalog, month: Month, upto: int) -> Facts | None:
    """Figures in force for one month and those imported, its year's targets left out; None where there are none."""
    seen = view(connection, catalog, month, upto)
    return facts_of(connection, seen, str(month))


def facts_about(
    connection: Connection, catalog: Catalog, seen: MonthView, facts_of_month: FactsOf | None = None
) -> dict[str, Facts]:
    """All that a month's annexes are made from, by period; months are read by `facts_of_month`, if it is given."""
    month, year = seen.month, str(seen.month.year)
    read = facts_of_month or (lambda one: facts(connection, catalog, one, seen.upto))
    wanted = {str(one): read(one) for one in (month, month.year_start, month.year_before)}
    wanted[year] = facts_of(connection, seen, year)
    return {period: found for period, found in wanted.items() if found is not None}


def facts_of(connection: Connection, seen: MonthView, period: str) -> Facts | None:
    """Figures in force for the month or the year of a view, and why others are not among them.

    An imported figure is kept beside them where no statement in force has that figure.
    """
    chosen = [s.record for s in seen.in_force if s.record.period == period]
    read = imports.figures(connection, seen.upto, period)
    if not chosen and not read:
        return None
    values = {row[:4]: row[4] for row in records.values(connection, (record.id for record in chosen))}
    keyed = {(figure.unit, figure.institution, figure.area, figure.indicator): figure for figure in read}
    imported = {key: figure for key, figure in keyed.items() if key not in values}
    units: dict[str, set[str]] = {}
    for record in chosen:
        units.setdefault(record.form, set()).add(record.unit)
    absent = {(duty.unit, duty.form): duty.state_label for duty in seen.not_in if duty.period == period}
    return Facts(period, values, {form: frozenset(ids) for form, ids in units.items()}, absent, imported)


def unexplained_by_area(seen: MonthView) -> Counter[tuple[str, str]]:
    """How many soft findings without an answer each unit has on its figures in each area; words are annex 1's."""
    return Counter((f.finding.unit, f.finding.area) for f in seen.unexplained if f.finding.form != MEASURES)


def units_overridden(seen: MonthView) -> frozenset[str]:
    """The reporting units whose figures count despite hard findings; words are annex 1's."""
    return frozenset(s.record.unit for s, _ in seen.overridden if s.record.form != MEASURES)
