"""Two slips in one row that have nothing to do with each other are two messages, each at its cell with its cause.

43.27万 were repaid until February and 20万 in March: 63.27万.
"""

import pytest

from pipeline.validate.past import Past
from tests.validate.diagnosis.county import FEBRUARY, judged
from tests.validate.returns import COUNTY, TEN, WAN, statement, table

HUNDREDTH = WAN // 100
REPAID = {"repaid_amount_ytd": 6327 * HUNDREDTH}
BEFORE = FEBRUARY | {"repaid_amount_ytd": 4327 * HUNDREDTH}
PAST = Past.of_submissions([statement(BEFORE, period="2018-02")])
TRANSPOSED = {"repaid_amount_ytd": 3627 * HUNDREDTH}


def named(findings):
    return {(f.area, f.indicator, f.cause) for f in findings if not f.under}


@pytest.mark.parametrize(
    ("why", "changes", "other"),
    [
        ("a digit more among the grades", {"pass_amount": 11180 * WAN}, ("pass_amount", "digit_more")),
        ("in 元", {"disbursed_amount_cum": 2000 * 10_000 * WAN}, ("disbursed_amount_cum", "unit")),
        ("left out", {"disbursed_loans_mtd": 0}, ("disbursed_loans_mtd", "omitted")),
        ("below zero", {"outstanding_amount": -1200 * WAN}, ("outstanding_amount", "sign")),
        ("February's", {"disbursed_loans_cum": 489}, ("disbursed_loans_cum", "last_months")),
    ],
)
def test_two_slips_of_different_kinds(why, changes, other):
    findings = judged(statement(REPAID | TRANSPOSED | changes), past=PAST)
    by_figure = {indicator: cause for _, indicator, cause in named(findings)}
    assert by_figure.keys() == {"repaid_amount_ytd", other[0]}, why
    assert by_figure["repaid_amount_ytd"] == "transposed"
    assert by_figure[other[0]] == other[1]


def test_a_stock_that_only_the_total_tells_of_beside_one_that_an_equation_holds():
    """A digit more in what is past due: 99万 for 9万, of 90万 in all."""
    right = COUNTY | REPAID
    codes = [code for code in right if code != "weighted_average_rate"]
    areas = {area: right for area in TEN} | {TEN[0]: right | TRANSPOSED | {"past_due_amount": 99 * WAN}}
    past = Past.of_submissions([table({area: BEFORE for area in TEN}, period="2018-02")])
    findings = judged(table(areas, {code: 10 * right[code] for code in codes}), past=past)
    assert named(findings) == {
        (TEN[0], "repaid_amount_ytd", "transposed"), (TEN[0], "past_due_amount", "digit_more"),
    }  # fmt: skip
