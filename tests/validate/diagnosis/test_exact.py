"""Roundings are no cause: a figure that a slip made is told to the last digit.

1175万 - 20万 + 45万 = 1200万; with a balance of 1200.01万, typed with two decimals, an equation gives the same figures to
0.01万 only.
"""

import pytest

from tests.validate.diagnosis.county import judged
from tests.validate.returns import WAN, statement

HUNDREDTH = WAN // 100
ROUNDED = {"outstanding_amount": 120_001 * HUNDREDTH, "pass_amount": 118_001 * HUNDREDTH}


def cause_at(indicator, findings):
    (finding,) = [f for f in findings if not f.under and f.indicator == indicator]
    return finding.cause, finding.expected


@pytest.mark.parametrize(
    ("why", "indicator", "typed", "cause", "meant"),
    [
        ("the nothing that was written off", "written_off_amount_mtd", 850 * HUNDREDTH, "other", "0.00"),
        ("the 20万 that were repaid", "repaid_amount_mtd", -20 * WAN, "sign", "200000.00"),
        ("ten times the 45万 that were lent", "disbursed_amount_mtd", 450 * WAN, "digit_more", "450000.00"),
        ("the other way round", "disbursed_amount_mtd", 54 * WAN, "transposed", "450000.00"),
    ],
)
def test_what_was_meant_is_exact(why, indicator, typed, cause, meant):
    assert cause_at(indicator, judged(statement(ROUNDED | {indicator: typed}))) == (cause, meant), why


def test_a_year_that_began_with_this_month_is_not_what_stands_in_the_month():
    """-12万 of other changes in the month and in the year; until February there were none."""
    changes = {"other_change_amount_mtd": -12 * WAN, "other_change_amount_ytd": -12 * WAN}
    causes = {finding.cause for finding in judged(statement(changes))}
    assert "year_as_month" not in causes
