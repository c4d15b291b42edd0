"""The edit rules of a statement that its blank form checks by itself: made from what the rules compute with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pipeline.catalog import Form
from pipeline.jobs import live_balances as over_time
from pipeline.jobs import live_within as within
from pipeline.jobs.form_past import Known
from pipeline.jobs.live_asker import Asker
from pipeline.jobs.live_digits import exchanged, slipped_digits
from pipeline.jobs.live_grades import grades_move
from pipeline.jobs.live_jumps import jumps
from pipeline.jobs.live_loans import loans_come_and_go
from pipeline.jobs.live_slips import slips
from pipeline.render.form_rules import LastFigure, LiveRule, When
from pipeline.validate.equations import OUTSTANDING

Maker = Callable[[Asker], Iterator[LiveRule]]
_MAKERS: tuple[Maker, ...] = (
    within.totals, over_time.balances, over_time.households, over_time.bases, over_time.typed_bases, within.grades,
    within.loans, within.signs, within.spans, within.lines, within.averages, within.rates, within.other_changes,
    within.parts, over_time.growing, within.subsidies, within.settled, slips, jumps, slipped_digits, exchanged,
    grades_move, loans_come_and_go,
)  # fmt: skip


def statement_rules(asker: Asker) -> list[LiveRule]:
    """All relations of a bank's statement of which the form has the figures, in the order of their codes."""
    found = [rule for make in _MAKERS for rule in make(asker) if _is_asked(rule, asker)]
    return sorted(found, key=lambda rule: rule.code)


def _is_asked(rule: LiveRule, asker: Asker) -> bool:
    return {rule.figure, *(term.key for term in rule.terms if term.key and not term.absent_is_none)} <= asker.keys


def last_figures(
    asker_unit: str, form: Form, keys: Iterable[str], areas: Iterable[str], known: Known
) -> list[LastFigure]:
    """The figures in force that rules compare with: last month's, those of the year's start and of a year ago."""
    month, wanted, own = known.month, set(keys), set(areas)
    found: list[LastFigure] = []
    for when, at, only in (
        (When.LAST_MONTH, month.previous, None),
        (When.YEAR_START, month.year_start, OUTSTANDING),
        (When.YEAR_BEFORE, month.year_before, OUTSTANDING),
    ):
        figures = known.at(asker_unit, form.code, at)
        found += [
            LastFigure(area, key, when, value)
            for (area, key), value in figures.items()
            if key in wanted and area in own and only in (None, key)
        ]
    return found + _largest(asker_unit, form, wanted, own, known) + _last_years(asker_unit, wanted, own, known)


def _last_years(unit: str, keys: set[str], areas: set[str], known: Known) -> list[LastFigure]:
    """The targets of the year before; nothing where one was set more than once."""
    year = str(known.month.year - 1)
    return [
        LastFigure(area, f"{code}@{bank}", When.LAST_YEAR, min(values))
        for (who, period, code), told in known.history.targets.items()
        for (area, bank), values in sorted(told.items())
        if (who, period) == (unit, year) and len(values) == 1 and area in areas and f"{code}@{bank}" in keys
    ]


def _largest(unit: str, form: Form, keys: set[str], areas: set[str], known: Known) -> list[LastFigure]:
    from pipeline.validate.rules.households import MTD

    if MTD not in keys:
        return []
    seen: dict[str, int] = {}
    for back in range(1, known.month.month):
        for (area, key), value in known.at(unit, form.code, known.month.shifted(-back)).items():
            if key == MTD and area in areas:
                seen[area] = max(value, seen.get(area, value))
    return [LastFigure(area, MTD, When.LARGEST, value) for area, value in seen.items()]
