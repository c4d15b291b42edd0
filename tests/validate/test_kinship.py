"""Whose and of which month figures are, as far as others have told: openings against closings, a county against banks."""

from __future__ import annotations

import pytest

from pipeline.model import Observation, Submission
from pipeline.periods import Month
from pipeline.validate.kinship import Kin, fits, is_repeated

JANUARY, FEBRUARY = Month(2018, 1), Month(2018, 2)
STEP = 10_000
"""Fen: amounts are in 万元 with two decimals."""
LIKE = Kin("bank", FEBRUARY, bank="rcb")


def seen(indicator, value, area="hanyin", bank="rcb", **more):
    return Observation(indicator, area, bank, value, "月报表", "G1", **more)


def sent(form, *observations, step=STEP):
    return Submission(
        form, "other", "2017-02", "f" * 64, "报表.xlsx", "月报表", "", "2018-03-05 09:00", list(observations), step=step
    )


def told(figures):
    """What was sent: {(form, month): {place: values}}."""
    return lambda form, month: {place: frozenset(values) for place, values in figures.get((form, month), {}).items()}


def closing(*values, area="hanyin"):
    return told({("M01", JANUARY): {("bank", area, "rcb", "outstanding_amount"): values}})


def month(opening, **typed):
    """100 lent, 30 repaid, 5 written off, 2 moved in: 67 more than the opening."""
    flows = {"disbursed_amount_mtd": 100, "repaid_amount_mtd": 30, "written_off_amount_mtd": 5}
    flows |= {"other_change_amount_mtd": 2, "outstanding_amount": opening + 67, **typed}
    return sent("M01", *(seen(code, value) for code, value in flows.items()), step=1)


@pytest.mark.parametrize("off, as_told", [(0, True), (4, True), (-4, True), (5, False), (-5, False)])
def test_a_month_begins_where_the_last_one_ended_but_for_roundings(off, as_told):
    assert fits(month(1000 + off), LIKE, closing(1000)) is as_told
    assert fits(month(5000, outstanding_amount_previous_month=1000 + off), LIKE, closing(1000)) is as_told


def test_any_version_of_the_month_before_will_do():
    assert fits(month(1000), LIKE, closing(800, 1000)) is True


def test_without_the_month_before_or_with_nought_in_it_nothing_tells():
    assert fits(month(1000), LIKE, closing()) is None
    assert fits(month(0), LIKE, closing(0)) is None
    assert fits(sent("M01", seen("disbursed_amount_mtd", 1)), LIKE, closing(1000)) is None
    assert fits(sent("M01", seen("outstanding_amount", 1067, total=True)), LIKE, closing(1000)) is None


def test_only_a_typed_opening_is_enough_and_so_is_a_closing_without_one():
    assert fits(sent("M01", seen("outstanding_amount_previous_month", 1000)), LIKE, closing(1000)) is None
    assert fits(sent("M01", seen("outstanding_amount", 1000)), LIKE, closing(1000)) is True, "nothing moved"


@pytest.mark.parametrize("right, as_told", [(2, True), (1, False), (3, True)])
def test_two_areas_of_three_are_enough(right, as_told):
    areas = ("hanyin", "shiquan", "baihe")
    figures = told({("M01", JANUARY): {("bank", area, "rcb", "outstanding_amount"): {5_000_000} for area in areas}})
    values = [5_000_000 if n < right else 9_000_000 for n in range(3)]
    statement = sent("M01", *(seen("outstanding_amount", v, area) for v, area in zip(values, areas, strict=True)))
    assert fits(statement, LIKE, figures) is as_told


def test_the_county_of_the_other_unit_stands_in_the_place_of_ones_own():
    moved = Kin("bank", FEBRUARY, {"hanyin": "shiquan"}, "rcb")
    assert fits(month(1000), moved, closing(1000, area="shiquan")) is True
    assert fits(month(1000), moved, closing(1000)) is None


def test_two_areas_of_four_are_not():
    areas = ("hanyin", "shiquan", "baihe", "pingli")
    figures = told({("M01", JANUARY): {("bank", area, "rcb", "outstanding_amount"): {5_000_000} for area in areas}})
    values = (5_000_000, 5_000_000, 9_000_000, 9_000_000)
    statement = sent("M01", *(seen("outstanding_amount", v, area) for v, area in zip(values, areas, strict=True)))
    assert fits(statement, LIKE, figures) is False


@pytest.mark.parametrize("off, as_told", [(4, True), (-4, True), (5, False), (-5, False)])
def test_a_flow_that_is_not_told_is_none(off, as_told):
    assert fits(sent("M01", seen("outstanding_amount", 1000 + off), step=1), LIKE, closing(1000)) is as_told


def mirrors(*amounts, area="hanyin"):
    codes = ("mirror_outstanding_amount", "mirror_disbursed_amount_ytd", "mirror_disbursed_households_ytd")
    return sent("C01", *(seen(code, v, area) for code, v in zip(codes, amounts, strict=True)))


BANKS = told(
    {
        ("M01", FEBRUARY): {
            ("rcb-hanyin", "hanyin", "rcb", "outstanding_amount"): {5_000_000},
            ("rcb-hanyin", "hanyin", "rcb", "disbursed_amount_ytd"): {700_000},
            ("rcb-hanyin", "hanyin", "rcb", "disbursed_households_ytd"): {37},
        }
    }
)
COUNTY = Kin("fin", FEBRUARY)


@pytest.mark.parametrize(
    "amounts, as_told",
    [
        ((5_000_000, 700_000, 37), True),
        ((5_010_000, 690_000, 99), True),
        ((5_010_001, 690_000, 99), False),
        ((5_010_000, 700_000, 36), True),
        ((5_010_001, 700_000, 36), False),
        ((5_000_000, 0, 0), None),
        ((5_000_000, None, 37), True),
        ((5_000_000, 0, 38), False),
    ],
)
def test_a_county_repeats_what_its_banks_say(amounts, as_told):
    assert fits(mirrors(*amounts), COUNTY, BANKS) is as_told


def test_of_another_county_they_say_nothing():
    assert fits(mirrors(5_000_000, 700_000, 37, area="baihe"), COUNTY, BANKS) is None


@pytest.mark.parametrize("same, as_told", [(3, True), (2, True), (1, False), (0, False)])
def test_two_figures_of_three_that_were_sent_before_are_a_correction(same, as_told):
    codes = ("rated_households", "credit_line_households", "outstanding_households")
    before = told({("M01", FEBRUARY): {("bank", "hanyin", "rcb", code): {10} for code in codes}})
    statement = sent("M01", *(seen(code, 10 if n < same else 11) for n, code in enumerate(codes)))
    assert is_repeated(statement, LIKE, before) is as_told


def test_two_figures_of_four_are_none():
    codes = ("rated_households", "credit_line_households", "outstanding_households", "past_due_households")
    before = told({("M01", FEBRUARY): {("bank", "hanyin", "rcb", code): {10} for code in codes}})
    statement = sent("M01", *(seen(code, 10 if n < 2 else 11) for n, code in enumerate(codes)))
    assert is_repeated(statement, LIKE, before) is False


def test_a_county_repeats_each_banks_figures_and_a_bank_its_own_whoever_sent_them():
    code = "mirror_outstanding_amount"
    before = told({("C01", FEBRUARY): {("fin", "hanyin", bank, code): {n} for bank, n in (("rcb", 3), ("abc", 4))}})
    assert is_repeated(sent("C01", seen(code, 3), seen(code, 4, bank="abc")), COUNTY, before) is True
    assert is_repeated(sent("C01", seen(code, 4), seen(code, 3, bank="abc")), COUNTY, before) is False
    before = told({("M01", FEBRUARY): {("bank", "hanyin", "rcb", "rated_households"): {10}}})
    assert is_repeated(sent("M01", seen("rated_households", 10, bank="abc")), LIKE, before) is True


def test_noughts_repeat_nothing():
    before = told({("M01", FEBRUARY): {("bank", "hanyin", "rcb", "rated_households"): {0}}})
    assert is_repeated(sent("M01", seen("rated_households", 0)), LIKE, before) is False
