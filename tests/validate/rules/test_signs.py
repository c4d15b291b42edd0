"""A10 and A19: what may be below zero, and what must be explained."""

import pytest

from tests.validate.returns import STEP, WAN, Case, check_case, statement

NEGATIVE = "汉阴县“{}”为{}，不能是负数。请核对，改正后重新报送。"
REVERSAL = "汉阴县“{}”为{}万元。本月金额为负数一般是冲正：请说明冲正的是哪笔业务、什么原因。"
OTHER = "汉阴县“{}”为{}万元。请说明是划入、划出还是对象调整，以及对应的贷款和依据。"
MTD, YTD = "other_change_amount_mtd", "other_change_amount_ytd"

CASES = [
    Case("A10", "zero is not negative", {"written_off_amount_ytd": 0}),
    Case(
        "A10",
        "one fen below is",
        {"written_off_amount_ytd": -1},
        NEGATIVE.format("核销及代偿/本年累计金额", "-0.000001万元"),
        at="written_off_amount_ytd",
        value="-0.01",
        expected="0.00",
    ),
    Case(
        "A10",
        "a stock",
        {"past_due_amount": -9 * WAN},
        NEGATIVE.format("逾期贷款/余额", "-9.00万元"),
        at="past_due_amount",
        value="-90000.00",
        expected="0.00",
    ),
    Case(
        "A10",
        "a count of the month cannot be reversed below zero",
        {"disbursed_households_mtd": -1},
        NEGATIVE.format("发放情况/本月/户数", "-1户"),
        at="disbursed_households_mtd",
        value="-1",
        expected="0",
    ),
    Case(
        "A10",
        "an amount of the month can, with an explanation",
        {"repaid_amount_mtd": -STEP},
        REVERSAL.format("收回情况/本月金额", "-0.01"),
        severity="soft",
        at="repaid_amount_mtd",
        value="-100.00",
        expected="0.00",
    ),
    Case("A10", "other changes may be negative", {MTD: -WAN, YTD: -WAN}, also=frozenset({"A19"})),
    Case("A19", "no other change", {MTD: 0, YTD: 0}),
    Case("A19", "not reported is no change", {MTD: None, YTD: None}),
    Case(
        "A19",
        "one change is one finding, at the month",
        {MTD: -STEP, YTD: -STEP},
        OTHER.format("其他变动/本月金额", "-0.01"),
        severity="soft",
        at=MTD,
        value="-100.00",
        expected="0.00",
    ),
    Case(
        "A19",
        "at the year where the month has none",
        {MTD: 0, YTD: STEP},
        OTHER.format("其他变动/本年累计金额", "0.01"),
        severity="soft",
        at=YTD,
        value="100.00",
        expected="0.00",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_signs(case):
    check_case(case, statement(case.changes, **case.given))
