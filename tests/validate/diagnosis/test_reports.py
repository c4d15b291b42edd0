"""Reports that are another's as a whole."""

from dataclasses import replace

import pytest

from pipeline.model import Finding, Severity
from pipeline.validate import check, check_over_time, diagnose
from pipeline.validate.diagnosis.reports import sent_again
from pipeline.validate.past import Past
from tests.validate.diagnosis.county import FEBRUARY, judged, told
from tests.validate.returns import WAN, catalog, statement

JANUARY = FEBRUARY | {
    "disbursed_loans_mtd": 10,
    "disbursed_households_mtd": 10,
    "disbursed_amount_mtd": 40 * WAN,
    "disbursed_loans_ytd": 10,
    "disbursed_households_ytd": 10,
    "disbursed_amount_ytd": 40 * WAN,
    "disbursed_loans_cum": 477,
    "disbursed_households_cum": 430,
    "disbursed_amount_cum": 1910 * WAN,
    "repaid_amount_mtd": 18 * WAN,
    "repaid_amount_ytd": 18 * WAN,
    "outstanding_amount": 1152 * WAN,
    "pass_amount": 1132 * WAN,
}
"""What February grew out of: 1152 + 45 − 22 = 1175."""
TWO_MONTHS = Past.of_submissions([statement(JANUARY, period="2018-01"), statement(FEBRUARY, period="2018-02")])


def finding(rule, area, indicator, severity=Severity.HARD, submission="S1"):
    return Finding(rule, 2, severity, "…。", "a.xlsx", "0", "2018-03", "M01", submission, "abc", area, indicator)


def test_whatever_is_wrong_with_a_report_sent_again_follows_from_that():
    found = [finding("A02", "a", "x"), finding("A18", "", ""), finding("A09", "a", "x", Severity.NOTE)]
    assert {number: f.under for number, f in sent_again(found).items()} == {0: found[1].id}


@pytest.mark.parametrize("doubted, under_it", [(Severity.HARD, True), (Severity.SOFT, False)])
def test_a_report_sent_again_under_a_doubted_period_is_told_with_that(doubted, under_it):
    found = [replace(finding("F04", "", "", doubted), level=0), finding("A02", "a", "x"), finding("A18", "", "")]
    folded = sent_again(found)
    root = found[0 if under_it else 2].id
    assert {number: f.under for number, f in folded.items()} == ({1: root, 2: root} if under_it else {1: root})


def test_a_zero_return_that_is_to_be_confirmed_folds_nothing():
    found = [finding("A02", "a", "x"), finding("A18", "", "", Severity.SOFT)]
    assert sent_again(found) == {}


# ------------------------------------------------------------------ with little changed


@pytest.mark.parametrize("changed", [{"past_due_loans": 7}, {"disbursed_loans_mtd": 13, "past_due_amount": 8 * WAN}])
def test_last_month_s_report_with_a_figure_or_two_changed_is_told_as_such(changed):
    findings = judged(statement(FEBRUARY | changed))
    (root,) = [f for f in findings if not f.under and f.severity is not Severity.NOTE]
    assert (root.severity, root.cause) == (Severity.HARD, "last_months")
    assert "2018年2月的报表上只改了几处" in root.message
    assert root.indicator not in changed, "at a figure that was left as it was"


def test_a_report_of_which_much_is_new_is_judged_figure_by_figure():
    """Two flows, the balance and its grade as last month: not the report."""
    same = {code: FEBRUARY[code] for code in ("disbursed_loans_mtd", "disbursed_amount_mtd", "outstanding_amount")}
    assert "last_months" not in {f.cause for f in judged(statement(same)) if "只改了几处" in f.message}


# ------------------------------------------------------------------ of another month


def test_march_s_figures_that_say_february_are_told_by_the_period():
    findings = judged(statement(period="2018-02"), past=TWO_MONTHS)
    (root,) = [f for f in findings if not f.under]
    assert (root.cause, root.value, root.expected, root.area, root.cell) == ("period", "2018-02", "2018-03", "", "")
    assert "作为2018年3月的数各项都能对上" in root.message
    assert len(findings) > 2 and all(f.under == root.id for f in findings if f is not root)


def test_what_the_file_s_name_doubted_already_tells_it():
    sent = statement(period="2018-02")
    doubt = replace(finding("F04", "", "", submission=sent.id), level=0)
    found = [doubt, *check([sent], catalog()), *check_over_time([sent], catalog(), TWO_MONTHS)]
    left = [f for f in diagnose(found, [sent], catalog(), TWO_MONTHS) if not f.under]
    assert left == [doubt]


def test_a_wrong_figure_is_no_wrong_period():
    findings = judged(statement(FEBRUARY | {"repaid_amount_mtd": 33 * WAN}, period="2018-02"), past=TWO_MONTHS)
    assert [cause for _, _, cause in told(findings)] != ["period"]


def test_march_with_a_slip_that_says_february_is_not_taken_for_march():
    """Only what is true throughout as another month's is said to be it."""
    findings = judged(statement({"repaid_amount_ytd": 61 * WAN}, period="2018-02"), past=TWO_MONTHS)
    assert "period" not in {cause for *_, cause in told(findings)}
