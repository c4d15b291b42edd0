"""What findings move in the city of two counties and three banks; every expectation is worked by hand.

Outstanding: 400 + 300 of the 农商银行, 200 + 100 of 农业银行, 1000 together (see `test_annexes`).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from pipeline.model import Finding, Severity
from pipeline.transform.annexes import periods_of
from pipeline.transform.effects import Effect, Totals, move_of, move_of_all
from tests.cities import MARCH, WAN, small_catalog, small_facts

CATALOG = small_catalog()
RCB, ABC = "rcb-north", "abc"


def finding(indicator: str, value: str, expected: str = "", *, unit: str = RCB, area: str = "north", form: str = "M01"):
    return Finding(
        "A00", 1, Severity.HARD, "。", "表.xlsx", "0" * 64,
        period="2018-03", form=form, unit=unit, area=area, indicator=indicator, value=value, expected=expected,
    )  # fmt: skip


def wan(number: float) -> str:
    return f"{number * 10_000:.2f}"


def effect(found: Finding, *, in_force: bool = True, without: frozenset[str] = frozenset()) -> Effect | None:
    periods = periods_of(MARCH, small_facts(without), CATALOG)
    move = move_of(found, periods.now, in_force=in_force)
    return Totals(periods, CATALOG).effect(move) if move else None


@pytest.mark.parametrize(
    ("why", "found", "expected"),
    [
        (
            "70 of the bank's 700 is more than 70 of the city's 1000, and than 7/630 less 7/700",
            finding("outstanding_amount", wan(400), wan(330)),
            Effect(Fraction(70, 700), 3, "outstanding_amount", False),
        ),
        (
            "where nothing is expected the whole figure is in doubt",
            finding("outstanding_amount", wan(400)),
            Effect(Fraction(400, 700), 3, "outstanding_amount", False),
        ),
        (
            "too little moves as much as too much",
            finding("outstanding_amount", wan(330), wan(400)),
            Effect(Fraction(70, 700), 3, "outstanding_amount", False),
        ),
        (
            "a grade is part of npl: 2 of 7",
            finding("substandard_amount", wan(2), wan(0)),
            Effect(Fraction(2, 7), 3, "npl_amount", False),
        ),
        (
            "growth is against a base of 20: ten more are 50 points, of a total of 100 only a tenth",
            finding("disbursed_amount_ytd", wan(75), wan(85), unit=ABC),
            Effect(Fraction(10, 20), 5, "disbursed_amount_ytd_yoy", True),
        ),
        (
            "households: 5 of 10 + 8",
            finding("disbursed_households_mtd", "10", "5"),
            Effect(Fraction(5, 18), 3, "disbursed_households_mtd", False),
        ),
        (
            "what a county reports is nobody's: 100 of 350, as much as 250/250 less 250/350",
            finding("registered_households", "200", "100", unit="fin-north", form="C01"),
            Effect(Fraction(100, 350), 2, "registered_households", False),
        ),
        (
            "a denominator: 250/100 less 250/350",
            finding("registered_households", "350", "100", unit="fin-north", form="C01"),
            Effect(Fraction(250, 100) - Fraction(250, 350), 2, "lending_coverage_ratio", True),
        ),
        (
            "the mirror is about the bank's figure",
            finding("mirror_outstanding_amount@abc", wan(190), wan(200), unit="fin-north", form="C01"),
            Effect(Fraction(10, 300), 5, "outstanding_amount", False),
        ),
        (
            "a county that typed it in 元 moves nothing: the bank's figure is published",
            replace(
                finding("mirror_outstanding_amount@abc", wan(1_900_000), wan(190), unit="fin-north", form="C01"),
                cause="unit",
            ),
            None,
        ),
        ("an area inside another is in no total", finding("outstanding_amount", wan(9), wan(1), area="inside"), None),
        ("nor is what the county reports better", finding("registered_households", "9", "1"), None),
        ("nor are words", finding("measure_results", "余额12万元", ""), None),
        ("nothing to be moved", finding("outstanding_amount", wan(400), wan(400)), None),
    ],
)  # fmt: skip
def test_a_figure_in_force(why, found, expected):
    assert effect(found) == expected, why


@pytest.mark.parametrize(
    ("why", "found", "expected"),
    [
        ("the whole figure is missing from the other 300", finding("outstanding_amount", wan(400)), Fraction(400, 300)),
        ("as it should be, where that is known", finding("outstanding_amount", wan(4_000_000), wan(400)), Fraction(4, 3)),
        ("of all counties, where none is named", finding("outstanding_amount", wan(1), wan(400), area=""), Fraction(4, 3)),
    ],
)  # fmt: skip
def test_a_figure_that_is_not_in_force_is_missing(why, found, expected):
    moved = effect(found, in_force=False, without=frozenset({RCB}))
    assert moved == Effect(expected, 3, "outstanding_amount", False), why


def test_a_rejected_correction_moves_what_is_in_force_instead():
    """400 are in force; the correction says 407."""
    moved = effect(finding("outstanding_amount", wan(407)), in_force=False)
    assert moved == Effect(Fraction(7, 700), 3, "outstanding_amount", False)


def test_where_an_annex_has_no_total_another_says_how_much():
    """Of 农业银行 nothing is in force: 200 on the 700 of the others."""
    moved = effect(finding("outstanding_amount", wan(200), unit=ABC), in_force=False, without=frozenset({ABC}))
    assert moved == Effect(Fraction(200, 700), 2, "outstanding_amount", False)


def test_where_there_is_no_total_at_all_it_is_all():
    everyone = frozenset({RCB, "rcb-south", ABC})
    moved = effect(finding("outstanding_amount", wan(200), unit=ABC), in_force=False, without=everyone)
    assert moved == Effect(Fraction(1), 2, "outstanding_amount", False)


def test_a_whole_submission_that_is_missing():
    """北山农商银行: 100 of the 70 households since ever that are left are the largest part."""
    periods = periods_of(MARCH, small_facts(frozenset({RCB})), CATALOG)
    values = [
        (RCB, "rcb", "north", "outstanding_amount", 400 * WAN),
        (RCB, "rcb", "north", "disbursed_households_cum", 100),
        (RCB, "rcb", "inside", "outstanding_amount", 9000 * WAN),
        (RCB, "rcb", "north", "registered_households", 10**6),
    ]
    move = move_of_all("M01", values, periods.now)
    assert move is not None and move.by == {"outstanding_amount": 400 * WAN, "disbursed_households_cum": 100}
    assert Totals(periods, CATALOG).effect(move) == Effect(Fraction(100, 70), 3, "disbursed_households_cum", False)


def test_a_submission_without_figures_moves_nothing_that_is_known():
    periods = periods_of(MARCH, small_facts(), CATALOG)
    assert move_of_all("M01", [], periods.now) is None
    assert move_of(finding("", "", area=""), periods.now, in_force=False) is None
