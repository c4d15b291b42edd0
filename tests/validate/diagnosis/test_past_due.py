"""Nothing past due in money, households and loans, and 2 万元 of it beyond the days of grace."""

import pytest

from pipeline.validate.past import Past
from tests.validate.diagnosis.county import FEBRUARY, TEN_FEBRUARIES, judged, ten
from tests.validate.returns import ABSENT, COUNTY, TEN, WAN, statement

AMOUNT, BEYOND = "past_due_amount", "past_due_beyond_grace_amount"
NOUGHT = {AMOUNT: 0, "past_due_households": 0, "past_due_loans": 0}


def open_ones(changes, **february):
    past = Past.of_submissions([statement(FEBRUARY | february, period="2018-02")])
    return [(f.rule, f.indicator, f.cause) for f in judged(statement(changes), past=past) if not f.under]


def test_what_is_past_due_was_left_out_and_its_part_is_true():
    """Told where it vanished (A31), at the amount itself; A21 finds the part that is more than its whole."""
    assert open_ones(NOUGHT) == [("A31", AMOUNT, "omitted")]


def test_it_names_all_three_and_what_was_past_due_last_month():
    (finding,) = [f for f in judged(statement(NOUGHT)) if not f.under]
    assert all(f"逾期贷款/{label}”" in finding.message for label in ("余额", "户数", "笔数"))
    assert "2.00万元是它的一部分（上月“逾期贷款/余额”9.00万元）" in finding.message
    assert finding.expected == ""


@pytest.mark.parametrize(
    ("why", "changes", "february"),
    [
        ("last month nothing was past due either", NOUGHT, {AMOUNT: 0, BEYOND: 0}),
        ("nothing is beyond the days of grace", NOUGHT | {BEYOND: 0}, {}),
        ("of beyond the days of grace nothing is said", NOUGHT | {BEYOND: ABSENT}, {}),
        ("one is past due", NOUGHT | {AMOUNT: 1 * WAN, "past_due_households": 1, "past_due_loans": 1}, {}),
    ],
)
def test_nothing_is_supposed_otherwise(why, changes, february):
    assert "omitted" not in {cause for _, _, cause in open_ones(changes, **february)}, why


def test_loans_need_not_be_reported():
    assert open_ones(NOUGHT | {"past_due_loans": ABSENT}) == [("A31", AMOUNT, "omitted")]


def test_the_amount_alone_is_a09s_to_tell():
    """Six loans of five households are past due, and no money."""
    assert ("A09", AMOUNT, "") in open_ones({AMOUNT: 0})


@pytest.mark.parametrize("is_added_up", [True, False])
def test_typed_totals_are_not_accused(is_added_up):
    totals = {code: (9 if is_added_up else 10) * COUNTY[code] for code in NOUGHT}
    found = [f for f in judged(ten(totals, **NOUGHT), past=TEN_FEBRUARIES) if not f.under]
    assert [(f.area, f.indicator, f.cause) for f in found] == [(TEN[0], AMOUNT, "omitted")]


def test_a_sum_that_is_one_of_its_parts_is_told_so():
    """8 of 4, 3 and 1; 4 is also 8 with another digit."""
    (finding,) = [f for f in judged(statement({"npl_amount": 4 * WAN})) if not f.under]
    assert (finding.rule, finding.indicator, finding.cause) == ("A08", "npl_amount", "other_column")


def test_a_sum_without_a_digit_that_is_one_of_its_parts_is_told_so():
    """1.2 is 12 of 9.8, 1.2 and 1 without its nought, and what is doubtful."""
    grades = {"substandard_amount": 98, "doubtful_amount": 12, "loss_amount": 10}
    changes = {code: value * WAN // 10 for code, value in grades.items()}
    rest = {"pass_amount": 1176 * WAN, "npl_amount": 12 * WAN // 10}
    (finding,) = [f for f in judged(statement(changes | rest)) if not f.under]
    assert (finding.indicator, finding.cause, finding.expected) == ("npl_amount", "other_column", "120000.00")
