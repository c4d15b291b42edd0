"""Fewer households, and loans, in the month than were added to the year and to all years since February."""

import pytest

from pipeline.model import Bound
from pipeline.validate.past import Past
from tests.validate.diagnosis.county import FEBRUARY, judged, ten
from tests.validate.returns import COUNTY, TEN, statement, table

LOANS, MONTH, YEAR, EVER = (
    "disbursed_loans_mtd", "disbursed_households_mtd", "disbursed_households_ytd", "disbursed_households_cum",
)  # fmt: skip
FIRST = FEBRUARY | {YEAR: 20, EVER: 440}
"""30 and 450 in March: ten more of either."""
PAST = Past.of_submissions([statement(FIRST, period="2018-02")])


def open_ones(*sent, past=PAST):
    return [(f.rule, f.indicator, f.cause, f.expected) for f in judged(*sent, past=past) if not f.under]


@pytest.mark.parametrize(("month", "found"), [(10, []), (9, [("A06", MONTH, "", "10")])])
def test_the_month_is_told_where_the_year_and_all_years_have_more(month, found):
    assert open_ones(statement({MONTH: month})) == found


def test_it_says_how_many_there_have_to_be_at_least():
    (finding,) = [f for f in judged(statement({MONTH: 9}), past=PAST) if not f.under]
    assert finding.bound is Bound.AT_LEAST
    assert "都比上月多出10户" in finding.message and "应不少于10户" in finding.message


@pytest.mark.parametrize(("why", "changes", "at"), [
    ("the year alone has more: 31 of 20 and 10", {YEAR: 31}, YEAR),
    ("all years alone: 451 of 440 and 10", {EVER: 451}, EVER),
])  # fmt: skip
def test_where_one_of_them_has_more_it_is_told_itself(why, changes, at):
    assert [f[:2] for f in open_ones(statement(changes))] == [("A06", at)], why


def test_what_is_then_too_much_a_household_goes_with_it():
    """45万 of 8 households are above 5万 each; of 10 they are not."""
    found = judged(statement({MONTH: 8}), past=PAST)
    (root,) = [f for f in found if not f.under]
    assert {f.rule for f in found if f.under == root.id} == {"A06", "A13"}


def test_a_typed_total_that_follows_goes_with_it():
    """Nine for ten in the first of ten counties, 99 in the total."""
    februaries = Past.of_submissions([table({area: FIRST for area in TEN}, period="2018-02")])
    found = [f for f in judged(ten({MONTH: 99}, **{MONTH: 9}), past=februaries) if not f.under]
    assert [(f.area, f.indicator, f.expected) for f in found] == [(TEN[0], MONTH, "10")]


def test_loans_that_are_as_many_too_few_are_told_with_the_households():
    """8 loans of 11, 7 households of 10."""
    found = [f for f in judged(statement({LOANS: 8, MONTH: 7}), past=PAST) if not f.under]
    assert [(f.rule, f.indicator, f.cause, f.expected) for f in found] == [("A04", LOANS, "month_and_year", "11")]
    assert f"{COUNTY[MONTH]}户" in found[0].message


@pytest.mark.parametrize(("households", "cause"), [(7, "month_and_year"), (6, "other"), (10, "other")])
def test_not_where_as_many_more_households_are_too_few_still_or_none_are_wanting(households, cause):
    """Three loans more: of six households there would be nine, and ten are wanted."""
    found = [f for f in judged(statement({LOANS: 8, MONTH: households}), past=PAST) if not f.under]
    assert {f.cause for f in found if f.rule == "A04"} == {cause}
