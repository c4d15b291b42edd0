"""Two counties with each other's figure in a column that no equation holds: last month's figures tell it."""

import pytest

from pipeline.model import Severity
from pipeline.validate.past import Past
from tests.validate.diagnosis.county import FEBRUARY, judged
from tests.validate.returns import COUNTY, TEN, WAN, statement, table

HOUSEHOLDS, LOANS, LINE = "outstanding_households", "outstanding_loans", "credit_line_amount"
PAST_DUE_LOANS = "past_due_loans"
ONE, OTHER = TEN[2], TEN[3]


def owing(amount):
    """So many 万元 outstanding, 90 loans of 78 households, 3 万元 of interest since January; no base is typed."""
    bases = {code: None for code in COUNTY if code.startswith("outstanding_amount_")}
    bases["interest_subsidy_accrued_ytd"] = 3 * WAN
    return bases | {LOANS: 90, HOUSEHOLDS: 78, "outstanding_amount": amount * WAN, "pass_amount": (amount - 20) * WAN}


def told(code, now, last):
    """Ten counties, one of them of 300 万元; of two the figures of one column, this month and last."""
    sent = []
    for figures, amount, values, period in ((FEBRUARY, 275, last, "2018-02"), (COUNTY, 300, now, "2018-03")):
        areas = {area: dict(figures) for area in TEN}
        areas[OTHER] |= owing(amount)
        areas[ONE][PAST_DUE_LOANS], areas[OTHER][PAST_DUE_LOANS] = 25, 12
        for area, value in zip((ONE, OTHER), values, strict=True):
            areas[area][code] = value
        sent.append(table(areas, period=period))
    found = judged(sent[1], past=Past.of_submissions(sent[:1]))
    return [f for f in found if not f.under and f.severity is not Severity.NOTE]


def test_both_are_told_in_one_message_at_the_figure_that_a_rule_finds():
    """76 households of 90 loans last month, 79 now; in the other county 290 and 292, of 1200 万元 that is 4.1 each."""
    (finding,) = told(HOUSEHOLDS, (79, 292), (290, 76))
    assert (finding.rule, finding.area, finding.indicator) == ("A09", OTHER, HOUSEHOLDS)
    assert (finding.cause, finding.value, finding.expected) == ("areas_exchanged", "292", "79")
    assert finding.message == (
        "石泉县与宁陕县“期末余额/户数”的数疑似互换：石泉县79户（上月290户），宁陕县292户（上月76户）。"
        "改正后笔数户数金额（A09）、期末笔数（A28）各项都能对上。请核对，改正后重新报送。"
    )


@pytest.mark.parametrize(
    ("why", "now", "last"),
    [
        ("one is as last month: only the other is wrong", (290, 292), (290, 76)),
        ("a tenth from the other's last, and no nearer: 84 of 76 are more than a tenth", (84, 292), (290, 76)),
        ("79 is hardly nearer to 76 than to its own 88", (79, 292), (88, 76)),
    ],
)
def test_what_does_not_fit_the_others_last_month_is_no_exchange(why, now, last):
    assert "areas_exchanged" not in {finding.cause for finding in told(HOUSEHOLDS, now, last)}, why


@pytest.mark.parametrize(("few", "cause"), [(10, "areas_exchanged"), (9, "")])
def test_few_are_alike_by_chance(few, cause):
    """20 households of 25 loans are past due in the one, and 10, or 9, of 12 in the other."""
    found = told("past_due_households", (few, 20), (20, few))
    assert {f.cause for f in found if f.indicator == "past_due_households"} == {cause}


def test_an_amount_that_no_equation_holds_is_told_too():
    """Lines of 6000 万元 and of 1100, where 1200 and 300 are outstanding."""
    (finding,) = told(LINE, (1100 * WAN, 6000 * WAN), (6000 * WAN, 1090 * WAN))
    assert (finding.rule, finding.cause, finding.area, finding.expected) == (
        "A12",
        "areas_exchanged",
        ONE,
        "60000000.00",
    )


def test_where_no_rule_finds_anything_nothing_is_said():
    assert told("credit_line_households", (1100, 1195), (1200, 1105)) == []


@pytest.mark.parametrize(
    ("why", "loans", "households", "found"),
    [
        ("each the other's, about", 291, 300, [("A09", "outstanding_households", "columns_exchanged", "291")]),
        ("the loans are as they were: too many households", 300, 301, [("A09", "outstanding_households", "", "300")]),
        ("the households are: too few loans", 289, 290, [("A09", "outstanding_households", "", "289")]),
    ],
)
def test_loans_and_households_of_a_row_are_exchanged_where_last_month_says_so(why, loans, households, found):
    """300 loans of 290 households in February."""
    sent = statement({"outstanding_loans": loans, "outstanding_households": households})
    own = [f for f in judged(sent) if not f.under and f.rule == "A09"]
    assert [(f.rule, f.indicator, f.cause, f.expected) for f in own] == found, why


def test_loans_and_households_of_all_years_are_exchanged_where_the_loans_follow():
    """489 loans and eleven are 500, which stands at the households."""
    sent = statement({"disbursed_loans_cum": 450, "disbursed_households_cum": 500})
    (finding,) = [f for f in judged(sent) if not f.under]
    assert finding.cause == "columns_exchanged"
    assert "历史累计/笔数”与“发放情况/历史累计/户数”的数疑似互换" in finding.message
