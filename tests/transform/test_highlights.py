from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from pipeline.model import Figure, Symbol
from pipeline.periods import Month
from pipeline.transform.highlights import ahead_of_pace, city_changes, growth_between, points
from tests.cities import ABC_NORTH, ABC_SOUTH, MARCH, NORTH, SOUTH, WAN, small_catalog, small_facts


def exact(figure: Figure) -> Fraction:
    return Fraction(figure.numerator, figure.denominator)


def with_december(**amounts: tuple[int, int, int, int]):
    """The small city in which December also knows these amounts, for north, south and the two of 农业银行."""
    facts = small_facts()
    december = dict(facts["2017-12"].values)
    for name, numbers in amounts.items():
        for place, number in zip((NORTH, SOUTH, ABC_NORTH, ABC_SOUTH), numbers, strict=True):
            december[*place, name] = number * WAN if "amount" in name else number
    return {**facts, "2017-12": replace(facts["2017-12"], values=december)}


def test_ratios_differ_in_points():
    """March: 7 of 1,000 万元 past due. December: 19 of 950."""
    changes = city_changes(MARCH, with_december(past_due_amount=(10, 5, 2, 2)), small_catalog())
    assert exact(changes["past_due_ratio_change"]) == Fraction(7, 1000) - Fraction(19, 950)


def test_households_differ_in_households():
    changes = city_changes(MARCH, with_december(outstanding_households=(85, 60, 40, 25)), small_catalog())
    assert exact(changes["outstanding_households_change"]) == 220 - 210


def test_what_december_does_not_know():
    changes = city_changes(MARCH, small_facts(), small_catalog())
    assert changes["past_due_ratio_change"].symbol is Symbol.BASE_MISSING
    assert changes["outstanding_households_change"].symbol is Symbol.BASE_MISSING
    assert exact(changes["outstanding_amount_change"]) == 50 * WAN, "this one it does"


def test_with_a_unit_missing_nothing_is_compared():
    facts = with_december(past_due_amount=(10, 5, 2, 2))
    without = small_facts(frozenset({"rcb-south"}))
    changes = city_changes(MARCH, {**facts, "2018-03": without["2018-03"]}, small_catalog())
    assert changes["past_due_ratio_change"].symbol is Symbol.NOT_COMPUTED
    assert changes["outstanding_amount_change"].symbol is Symbol.NOT_COMPUTED


def test_a_city_without_a_summary_has_no_changes():
    catalog = small_catalog()
    banks = {number: layout for number, layout in catalog.annexes.items() if layout.institution}
    assert city_changes(MARCH, small_facts(), catalog.model_copy(update={"annexes": banks})) == {}


def rate(numerator: int | None, denominator: int = 100, symbol: Symbol = Symbol.NONE) -> Figure:
    return Figure("x", "ratio", numerator, denominator, symbol=symbol)


@pytest.mark.parametrize(
    ("why", "current", "base", "symbol"),
    [
        ("not reported now", rate(None, symbol=Symbol.MISSING), rate(1), Symbol.MISSING),
        ("not reported then", rate(1), rate(None, symbol=Symbol.MISSING), Symbol.BASE_MISSING),
        ("nothing to measure against then", rate(1), rate(None, symbol=Symbol.NOT_APPLICABLE), Symbol.NOT_APPLICABLE),
        ("partial now", rate(1, symbol=Symbol.PARTIAL), rate(1), Symbol.NOT_COMPUTED),
        ("partial then", rate(1), rate(1, symbol=Symbol.PARTIAL), Symbol.NOT_COMPUTED),
        ("not computed now", rate(None, symbol=Symbol.NOT_COMPUTED), rate(1), Symbol.NOT_COMPUTED),
    ],
)
def test_points_that_mean_nothing(why, current, base, symbol):
    figure = points("x", current, base)
    assert (figure.numerator, figure.symbol) == (None, symbol), why


@pytest.mark.parametrize(
    ("month", "completion", "ahead"),
    [
        (Month(2018, 3), rate(35), Fraction(10, 100)),
        (Month(2018, 12), rate(99), Fraction(-1, 100)),
        (Month(2018, 1), rate(1, 12), Fraction(0)),
    ],
)
def test_ahead_of_the_year(month, completion, ahead):
    assert exact(ahead_of_pace(completion, month)) == ahead


def test_a_task_that_nobody_set_is_not_behind():
    assert ahead_of_pace(rate(None, symbol=Symbol.MISSING), MARCH).symbol is Symbol.MISSING


@pytest.mark.parametrize(
    ("why", "current", "base", "expected"),
    [
        ("half as much again", (150, Symbol.NONE), (100, Symbol.NONE), Fraction(1, 2)),
        ("nothing now", (None, Symbol.MISSING), (100, Symbol.NONE), Symbol.MISSING),
        ("nothing then", (150, Symbol.NONE), (None, Symbol.MISSING), Symbol.BASE_MISSING),
        ("some now", (150, Symbol.PARTIAL), (100, Symbol.NONE), Symbol.NOT_COMPUTED),
        ("some then", (150, Symbol.NONE), (100, Symbol.PARTIAL), Symbol.NOT_COMPUTED),
        ("zero then", (150, Symbol.NONE), (0, Symbol.NONE), Symbol.BASE_ZERO),
    ],
)
def test_growth_between_months(why, current, base, expected):
    figure = growth_between("x", current, base)
    assert (figure.symbol if figure.numerator is None else exact(figure)) == expected, why
