"""Figures that are made from two: each worked out by hand, with its bounds and its words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pipeline.validate.derived import DERIVED
from tests.validate.returns import WAN, catalog, statement
from tests.validate.test_stated import bounds, stated

PERCENT = 1_000_000
YEAR, GROWN = "outstanding_since_year_start", "outstanding_growth_since_year_start"


def test_what_they_are_made_from_is_in_the_form():
    assert {code for one in DERIVED.values() for code in one.made_from} <= set(catalog().forms["M01"].by_code)


@pytest.mark.parametrize(
    ("indicator", "value", "words", "machine"),
    [
        (YEAR, 69 * WAN, "1200.00万元－1131.00万元=69.00万元", "690000.00"),
        (GROWN, Fraction(6900, 1131) * PERCENT, "1200.00万元÷1131.00万元－1=6.10%", "6.100796"),
        ("outstanding_since_last_month", 25 * WAN, "1200.00万元－1175.00万元=25.00万元", "250000.00"),
        ("outstanding_since_last_year", 300 * WAN, "1200.00万元－900.00万元=300.00万元", "3000000.00"),
        ("outstanding_growth_since_last_year", Fraction(100, 3) * PERCENT, "1200.00万元÷900.00万元－1=33.33%", "33.333333"),
        ("outstanding_average", Fraction(1200 * WAN, 290), "1200.00万元÷290户=4.14万元", "41379.31"),
        ("credit_line_average", 5 * WAN, "6000.00万元÷1200户=5.00万元", "50000.00"),
        ("npl_ratio", Fraction(800, 1200) * PERCENT, "8.00万元÷1200.00万元=0.67%", "0.666667"),
    ],
)  # fmt: skip
def test_of_exact_figures_it_is_exact(indicator, value, words, machine):
    (one,) = stated(statement(step=1), indicator)
    assert one.low == one.high == value
    assert (one.words, one.machine) == (words, machine)


@pytest.mark.parametrize(
    ("indicator", "low", "high"),
    [
        (YEAR, 68 * WAN, 70 * WAN),
        (GROWN, (Fraction(11995, 11315) - 1) * 100 * PERCENT, (Fraction(12005, 11305) - 1) * 100 * PERCENT),
        ("outstanding_average", Fraction(11995 * WAN, 2900), Fraction(12005 * WAN, 2900)),
        ("past_due_ratio", Fraction(85, 12005) * 100 * PERCENT, Fraction(95, 11995) * 100 * PERCENT),
    ],
)
def test_each_may_be_off_by_half_of_what_it_is_rounded_to(indicator, low, high):
    """Rounded to whole 万元: 0.5 either way."""
    assert bounds(statement(step=WAN), indicator) == [(low, high)]


@pytest.mark.parametrize(
    ("why", "changes", "indicator"),
    [
        ("no balance at the year's beginning", {"outstanding_amount_year_start": None}, YEAR),
        ("nor now", {"outstanding_amount": None}, YEAR),
        ("nothing to grow from", {"outstanding_amount_year_start": 0}, GROWN),
        ("nobody to have it", {"outstanding_households": 0}, "outstanding_average"),
    ],
)
def test_what_is_not_there_makes_nothing(why, changes, indicator):
    assert stated(statement(changes), indicator) == (), why


def test_from_nothing_it_is_all_new():
    assert bounds(statement({"outstanding_amount_year_start": 0}, step=1), YEAR) == [(1200 * WAN, 1200 * WAN)]


@pytest.mark.parametrize(
    ("indicator", "signed"), [(YEAR, True), (GROWN, True), ("outstanding_average", False), ("npl_ratio", False)]
)
def test_what_may_fall_and_rise(indicator, signed):
    assert DERIVED[indicator].is_signed is signed
