"""Changes of the city's figures that no annex prints: against the year's start, the month before, the year's pace."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.catalog.catalog import Catalog
from pipeline.model import Figure, Symbol
from pipeline.periods import Month
from pipeline.transform.annexes import periods_of
from pipeline.transform.facts import Facts
from pipeline.transform.growth import change, growth_of
from pipeline.transform.ratios import ratio
from pipeline.transform.reported import Reported, Scope
from pipeline.transform.rows import county_rows, indicator_of

CHANGE = "_change"
"""What the name of a change against the year's start ends in 「较年初」."""


def city_changes(month: Month, facts: Mapping[str, Facts], catalog: Catalog) -> dict[str, Figure]:
    """How the summary's sums of the whole city, and the ratios of two sums, differ from those at the year's start.

    By column of the summary and `_change`. Ratios differ in points: a difference of two quotients.
    """
    layout = next((one for one in catalog.annexes.values() if not one.is_words and not one.institution), None)
    if layout is None:
        return {}
    periods = periods_of(month, facts, catalog)
    scope = county_rows(periods.now, "")[0].scope
    columns = {column.id: column for column in layout.columns}

    def of(name: str) -> str:
        return indicator_of(columns[name]) if name in columns else name

    found: dict[str, Figure] = {}
    for column in layout.columns:
        name = column.id + CHANGE
        if column.derivation == "sum":
            indicator = indicator_of(column)
            found[name] = change(
                name, column.unit, periods.now.total(indicator, scope), periods.year_start.total(indicator, scope)
            )
        elif column.derivation == "ratio":
            above, below = of(column.of), of(column.to)
            found[name] = points(
                name, _ratio(periods.now, above, below, scope), _ratio(periods.year_start, above, below, scope)
            )
    return found


def _ratio(reported: Reported, above: str, below: str, scope: Scope) -> Figure:
    over, under = reported.total(above, scope), reported.total(below, scope)
    if over.value is None or under.value is None:
        return Figure(above, "ratio", symbol=Symbol.MISSING)
    return ratio(above, over, under, same_form=reported.form_of(above) == reported.form_of(below))


def points(name: str, current: Figure, base: Figure) -> Figure:
    """The difference of two ratios 「百分点」; a figure without a number where one of them is not whole."""
    if current.numerator is None:
        return Figure(name, "ratio", symbol=current.symbol)
    if base.numerator is None:
        return Figure(name, "ratio", symbol=Symbol.BASE_MISSING if base.symbol is Symbol.MISSING else base.symbol)
    if Symbol.PARTIAL in (current.symbol, base.symbol):
        return Figure(name, "ratio", symbol=Symbol.NOT_COMPUTED)
    difference = current.numerator * base.denominator - base.numerator * current.denominator
    return Figure(name, "ratio", difference, current.denominator * base.denominator)


def ahead_of_pace(completion: Figure, month: Month) -> Figure:
    """How far the year's task is ahead of the year itself 「序时进度」, in points."""
    return points("ahead_of_pace", completion, Figure("pace", "ratio", *month.pace.as_integer_ratio()))


def growth_between(name: str, current: tuple[int | None, Symbol], base: tuple[int | None, Symbol]) -> Figure:
    """Growth 「环比」 between the amounts of two months as the store tells them, each with its symbol."""
    (now, now_symbol), (before, before_symbol) = current, base
    if now is None:
        return Figure(name, "ratio", symbol=now_symbol)
    if before is None:
        return Figure(name, "ratio", symbol=Symbol.BASE_MISSING)
    if Symbol.PARTIAL in (now_symbol, before_symbol):
        return Figure(name, "ratio", symbol=Symbol.NOT_COMPUTED)
    return growth_of(name, now, before)
