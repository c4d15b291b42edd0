"""Statements of a month against what is in force of the months before, and what their findings have as a cause."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipeline import validate
from pipeline.catalog import Catalog
from pipeline.jobs import month as months
from pipeline.jobs.month import MonthView
from pipeline.jobs.past import months_upto, standings_of
from pipeline.model import Finding, Submission, digest
from pipeline.periods import Month
from pipeline.store import imports, records
from pipeline.store.records import Record
from pipeline.store.store import Connection
from pipeline.validate.history import MONTHLY_FLOWS, OTHER_CHANGES, History
from pipeline.validate.neighbours import MONTHS_BACK, RETURN, STATEMENT
from pipeline.validate.verdicts import Standing, State

if TYPE_CHECKING:
    from pipeline.validate.past import Past

Check = Callable[[Sequence[Submission]], list[Finding]]
PERIOD_DOUBTED, NOT_READ = "F04", "F07"
UNREADABLE_MONEY = frozenset({"F05"})
"""Where the unit of money is not known, amounts are not judged: they would only echo this finding."""


@dataclass(frozen=True, slots=True)
class Beside:
    """The statements of a month that could count, and the records of those in force before it."""

    candidates: tuple[Record, ...]
    in_force: tuple[Record, ...]
    imported: tuple[str, ...]
    """Files with figures from before the program, for the months in between."""
    returns: tuple[Record, ...] = ()
    """The county returns in force of the month: heard where a statement leaves open what is wrong in it."""
    replaced: tuple[Record, ...] = ()
    """Earlier versions of the statements in force, of the months that it goes on from."""

    @property
    def key(self) -> str:
        """Stands for all that the findings depend on, but for rules and registers."""
        return digest(
            *sorted(record.id for record in self.candidates), "", *sorted(record.id for record in self.in_force),
            "", *self.imported, "", *sorted(record.id for record in self.returns),
        )  # fmt: skip


def is_settled(connection: Connection, seen: MonthView) -> bool:
    """A month that is final stays what it is: its statements are not judged anew, and what was found is kept."""
    return any(months.is_final(entry) for entry in months.releases(connection, seen.upto, seen.month))


def beside(connection: Connection, seen: MonthView) -> Beside:
    """What a month's statements are compared with."""
    earlier = standings_of(connection, months_before(seen.month), seen.upto)
    in_force = [
        standing.record
        for period, standings in earlier.items()
        for standing in standings
        if "-" in period and standing.state is State.IN_FORCE and standing.record.form == STATEMENT
    ]
    counts = {(record.unit, record.period): record.entry for record in in_force}
    replaced = [
        standing.record
        for month in {seen.month.previous, seen.month.year_start}
        for standing in earlier.get(str(month), ())
        if standing.record.form == STATEMENT
        and standing.record.entry < counts.get((standing.record.unit, standing.record.period), 0)
    ]
    read = imports.figures_of(connection, seen.upto, [str(month) for month in months_before(seen.month)])
    return Beside(
        tuple(s.record for s in seen.standings if could_count(s, seen.month)),
        tuple(in_force),
        tuple(sorted({f"{figure.sha256}{figure.period}" for figure in read})),
        tuple(s.record for s in seen.in_force if s.record.form == RETURN),
        tuple(replaced),
    )


def months_before(month: Month) -> list[Month]:
    """The months that a month's statement is compared with."""
    return months_upto(month.previous, MONTHS_BACK)


def months_after(month: Month) -> list[Month]:
    """The months whose statements are compared with this one's."""
    return [month.shifted(ahead) for ahead in range(1, MONTHS_BACK + 1)]


def could_count(standing: Standing, month: Month, form: str = STATEMENT) -> bool:
    """Whether it is compared: every statement whose amounts are known, so that its sender hears of all at once."""
    is_ours = standing.record.form == form and standing.record.period == str(month)
    is_known = not any(stored.finding.rule in UNREADABLE_MONEY for stored in standing.hard)
    return is_ours and is_known and standing.state in (State.IN_FORCE, State.SUPERSEDED, State.REJECTED)


def check(connection: Connection, catalog: Catalog, seen: MonthView, laid: Beside, judged_upto: int) -> list[Finding]:
    """All findings of levels 1 and 2 on the statements, those that follow from one cause folded under it.

    What came after the month was last judged (`judged_upto`) was checked by itself when it came.
    """
    if not laid.candidates:
        return []
    figures = records.observations(connection, (record.id for record in laid.candidates))
    submissions = [records.full(record, figures.get(record.id, [])) for record in laid.candidates]
    past = past_of(connection, seen, [*laid.in_force, *_sent_before(laid.candidates)], laid.replaced)
    history = _history(connection)
    came = {record.id for record in laid.candidates if record.entry > judged_upto}
    known = [s.finding for s in seen.findings if s.finding.submission in came and s.finding.level == 1]
    judged = [submission for submission in submissions if submission.id not in came]
    again = validate.check(judged, catalog, history) if judged else []
    over_time = validate.check_over_time(submissions, catalog, past)
    read = [s.finding for s in seen.findings if s.finding.rule in (PERIOD_DOUBTED, NOT_READ)]
    returns = months.in_full(connection, seen, RETURN)
    found = validate.diagnose([*read, *known, *again, *over_time], submissions, catalog, past, history, returns)
    return found[len(read) :]


def rules_again(connection: Connection, catalog: Catalog, seen: MonthView) -> Check:
    """The rules of levels 1 and 2, to be run on statements of this month as they may have been meant."""

    @cache
    def past() -> Past:
        laid = beside(connection, seen)
        return past_of(connection, seen, laid.in_force, laid.replaced)

    def check_again(corrected: Sequence[Submission]) -> list[Finding]:
        found = validate.check(corrected, catalog, _history(connection))
        return [*found, *validate.check_over_time(corrected, catalog, past())]

    return check_again


def _history(connection: Connection) -> History:
    return History.of(records.unusual(connection, OTHER_CHANGES, MONTHLY_FLOWS))


def _sent_before(candidates: Sequence[Record]) -> Iterator[Record]:
    """What each unit sent for the same month before its last: that may be of the month after, wrongly dated."""
    by_unit: dict[str, list[Record]] = {}
    for record in sorted(candidates, key=lambda record: record.entry):
        by_unit.setdefault(record.unit, []).append(record)
    for sent in by_unit.values():
        yield from sent[-2:-1]


def past_of(
    connection: Connection, seen: MonthView, in_force: Sequence[Record], replaced: Sequence[Record] = ()
) -> Past:
    """The figures of these records, and the imported ones where they have none; what replaced versions said."""
    from pipeline.validate.past import Past, ordinal, read_imported

    at = {record.id: (record.unit, ordinal(Month.parse(record.period))) for record in in_force}
    read = imports.figures_of(connection, seen.upto, [str(month) for month in months_before(seen.month)])
    told, rounded = read_imported(read)
    for submission, area, indicator, value in records.figures(connection, at):
        unit, month = at[submission]
        told[unit, area, month, indicator] = value
    steps = {at[record.id]: record.step for record in in_force}
    past = Past.of(((*key, value) for key, value in told.items()), steps, rounded)
    months = {str(seen.month.previous), str(seen.month.year_start)}
    return past.read_from(
        lambda: _read(connection, [record for record in in_force if record.period in months]),
        _read(connection, replaced),
    )


def _read(connection: Connection, chosen: Sequence[Record]) -> list[Submission]:
    figures = records.observations(connection, (record.id for record in chosen))
    return [records.full(record, figures.get(record.id, [])) for record in chosen]
