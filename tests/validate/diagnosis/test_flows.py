"""What was lent in the month and in the year, both 8万 too much: 53万 for 45万 and 138万 for 130万."""

import pytest

from pipeline.validate.past import Past
from tests.validate.diagnosis.county import FEBRUARY, TEN_FEBRUARIES, judged, ten
from tests.validate.returns import COUNTY, TEN, WAN, statement

HUNDREDTH = WAN // 100

BOTH = {"disbursed_amount_mtd": 53 * WAN, "disbursed_amount_ytd": 138 * WAN}
"""No slip of digits explains both."""


def first(findings):
    (finding,) = [f for f in findings if not f.under and f.cause]
    return finding


def test_a_flow_of_month_and_year_is_told_where_equations_meet_in_it():
    """1200 = 1175 + 53 - 20 is 8万 off, and all that was ever lent as well."""
    finding = first(judged(statement(BOTH)))
    assert (finding.indicator, finding.cause, finding.expected) == (
        "disbursed_amount_mtd", "month_and_year", "450000.00",
    )  # fmt: skip
    assert "138.00万元应为130.00万元" in finding.message


def test_the_same_where_totals_are_typed():
    """The totals are right: ten times 45万 and 130万."""
    totals = {code: 10 * COUNTY[code] for code in BOTH}
    finding = first(judged(ten(totals, **BOTH), past=TEN_FEBRUARIES))
    assert (finding.area, finding.indicator, finding.cause) == (TEN[0], "disbursed_amount_mtd", "month_and_year")


def test_nobody_is_accused_where_other_figures_explain_as_much():
    """8万 more repaid in the month and in the year, or 8万 less outstanding and among the best grade."""
    findings = judged(statement({"repaid_amount_mtd": 28 * WAN, "repaid_amount_ytd": 68 * WAN}))
    assert "month_and_year" not in {finding.cause for finding in findings}


@pytest.mark.parametrize(
    ("why", "written_off", "off", "at", "cause"),
    [
        ("1.28 with a digit more is 12.80: three digits tell nothing", 128, 1152, "outstanding_amount", ""),
        ("12.34 transposed is 13.24: four digits do", 1234, 90, "written_off_amount_mtd", "transposed"),
    ],
)
def test_a_small_write_off_is_not_accused_where_the_balance_and_its_grade_may_be_wrong(
    why, written_off, off, at, cause
):
    """The balance is off by what the write-off would be off by, were it a slip carried on into the year."""
    owed, lost = (code * WAN // 100 for code in (written_off, off))
    figures = {"written_off_amount_mtd": owed, "written_off_amount_ytd": 1 * WAN + owed}
    less = {code: COUNTY[code] - owed for code in ("outstanding_amount", "pass_amount")}
    assert [f.rule for f in judged(statement(figures | less)) if not f.under] == [], why
    wrong = {code: value - lost for code, value in less.items()}
    (root,) = [f for f in judged(statement(figures | wrong)) if not f.under]
    assert (root.rule, root.indicator, root.cause) == ("A02", at, cause), why


OTHER = ("other_change_amount_mtd", "other_change_amount_ytd")


@pytest.mark.parametrize("amount", [5, -5])
def test_a_transfer_of_which_balance_and_grades_know_nothing_was_typed_in_error(amount):
    """1175 + 45 - 20 is 1200, and so are the grades: what A19 asks goes with what does not follow."""
    findings = judged(statement(dict.fromkeys(OTHER, amount * WAN)))
    (root,) = [f for f in findings if not f.under]
    assert (root.rule, root.indicator, root.cause, root.expected) == ("A02", OTHER[0], "month_and_year", "0.00")
    assert [f.rule for f in findings if f.under == root.id] == ["A19", "A30"]
    assert root.message.endswith("请核对，改正后重新报送；确有划入划出的，请改正余额和五级分类。")


def test_the_same_in_the_year_after_one_that_is_true():
    """3 万元 came in before March, of which February's balance knows; in March nothing did."""
    start = "outstanding_amount_year_start"
    changes = {OTHER[0]: 5 * WAN, OTHER[1]: 8 * WAN, start: COUNTY[start] - 3 * WAN}
    (root,) = [f for f in judged(statement(changes)) if not f.under]
    assert (root.indicator, root.cause) == (OTHER[0], "month_and_year")
    assert "8.00万元应为3.00万元" in root.message


def test_in_a_row_of_ten_the_totals_tell_it_too():
    found = judged(ten({code: 0 for code in OTHER}, **dict.fromkeys(OTHER, 5 * WAN)), past=TEN_FEBRUARIES)
    assert [(f.area, f.indicator, f.cause) for f in found if not f.under] == [(TEN[0], OTHER[0], "month_and_year")]


FLOWS = ("disbursed_amount", "repaid_amount")


@pytest.mark.parametrize("span", ["mtd", "ytd"])
def test_two_flows_that_are_off_by_as_much_are_told_together(span):
    """Ten 万元 more lent and ten more repaid: the balance still follows, and it is neither the year's nor all years'."""
    codes = [f"{flow}_{span}" for flow in FLOWS]
    finding = first(judged(statement({code: COUNTY[code] + 10 * WAN for code in codes})))
    right = f"{COUNTY[codes[0]] // WAN}0000.00"
    assert (finding.indicator, finding.cause, finding.expected) == (codes[0], "month_and_year", right)
    assert all(
        f"{COUNTY[code] // WAN + 10}.00万元应为{COUNTY[code] // WAN}.00万元" in finding.message for code in codes
    )


def test_a_write_off_that_balance_and_grades_know_nothing_of_is_asked_about():
    """5万 of this month: 6万 this year. Either it never was, or the balance is 1195万 and the best grade 1175万."""
    lost = {"written_off_amount_mtd": 5 * WAN, "written_off_amount_ytd": 6 * WAN}
    finding = first(judged(statement(lost)))
    assert (finding.rule, finding.expected) == ("A02", "")
    assert "1195.00万元、1175.00万元" in finding.message and "疑似" not in finding.message


@pytest.mark.parametrize(("before", "cause"), [(22, ""), (3, "digit_more")])
def test_a_round_ten_that_is_the_first_digit_of_a_flow_is_no_slip_without_last_month(before, cause):
    """Balance and best grade are 20万 too much, and 23.27万 repaid would be 3.27: last month's 22万 say no, 3万 yes."""
    flow = {"repaid_amount_mtd": 2327 * HUNDREDTH, "repaid_amount_ytd": (4000 + 2327) * HUNDREDTH}
    more = {code: COUNTY[code] + (2000 - 327) * HUNDREDTH for code in ("outstanding_amount", "pass_amount")}
    past = Past.of_submissions([statement(FEBRUARY | {"repaid_amount_mtd": before * WAN}, period="2018-02")])
    (root,) = [f for f in judged(statement(flow | more), past=past) if not f.under]
    assert (root.rule, root.cause) == ("A02", cause)
