"""A08: grades, non-performing and past-due loans against what is outstanding."""

import pytest

from tests.validate.returns import STEP, WAN, Case, check_case, statement

FIVE = (
    "汉阴县五级分类相加为{}万元，“期末余额/金额”为1200.00万元，相差{}万元{}。请核对五级分类各栏和余额，改正后重新报送。"
)
THREE = "汉阴县次级、可疑、损失三类相加为{}万元，“不良贷款余额”为{}万元，相差{}万元{}。请核对，改正后重新报送。"
EXACT = {"step": 1}
ALL_BAD = {
    "pass_amount": 0,
    "special_mention_amount": 0,
    "substandard_amount": 1000 * WAN,
    "doubtful_amount": 150 * WAN,
}

CASES = [
    Case("A08", "the grades add up", {}),
    Case("A08", "six rounded figures may differ by three steps", {"pass_amount": 1180 * WAN + 3 * STEP}),
    Case(
        "A08",
        "four steps are too many",
        {"pass_amount": 1180 * WAN + 4 * STEP},
        FIVE.format("1200.04", "0.04", "（四舍五入最多相差0.03万元）"),
        at="outstanding_amount",
        value="12000000.00",
        expected="12000400.00",
    ),
    Case(
        "A08",
        "also downwards",
        {"pass_amount": 1180 * WAN - 4 * STEP},
        FIVE.format("1199.96", "0.04", "（四舍五入最多相差0.03万元）"),
        at="outstanding_amount",
        value="12000000.00",
        expected="11999600.00",
    ),
    Case(
        "A08",
        "a sender exact to the fen may not differ by one",
        {"pass_amount": 1180 * WAN + 1},
        FIVE.format("1200.000001", "0.000001", ""),
        at="outstanding_amount",
        value="12000000.00",
        expected="12000000.01",
        given=EXACT,
    ),
    Case("A08", "a grade that is not reported is no zero", {"pass_amount": None}, also=frozenset({"A16"})),
    Case("A08", "npl may differ from its three grades by two steps", {"npl_amount": 8 * WAN + 2 * STEP}),
    Case(
        "A08",
        "three steps are too many",
        {"npl_amount": 8 * WAN + 3 * STEP},
        THREE.format("8.00", "8.03", "0.03", "（四舍五入最多相差0.02万元）"),
        at="npl_amount",
        value="80300.00",
        expected="80000.00",
    ),
    Case("A08", "npl that is not reported is not compared", {"npl_amount": None}),
    Case("A08", "all loans are past due", {"past_due_amount": 1200 * WAN, "past_due_beyond_grace_amount": 0}),
    Case(
        "A08",
        "more is past due than is outstanding, by one fen: no tolerance between two figures of a row",
        {"past_due_amount": 1200 * WAN + 1},
        "汉阴县“逾期贷款/余额”1200.000001万元大于期末余额1200.00万元。请核对逾期贷款和余额，改正后重新报送。",
        at="past_due_amount",
        value="12000000.01",
        expected="12000000.00",
    ),
    Case("A08", "all loans are non-performing", {**ALL_BAD, "loss_amount": 50 * WAN, "npl_amount": 1200 * WAN}),
    Case(
        "A08",
        "non-performing loans that are the sum of rounded grades may exceed the outstanding by two steps",
        {**ALL_BAD, "loss_amount": 50 * WAN + 2 * STEP, "npl_amount": 1200 * WAN + 2 * STEP},
    ),
    Case(
        "A08",
        "all there is, though not quite the sum of rounded grades",
        {**ALL_BAD, "loss_amount": 50 * WAN - STEP, "npl_amount": 1200 * WAN},
    ),
    Case(
        "A08",
        "one fen more is too much",
        {**ALL_BAD, "loss_amount": 50 * WAN + 2 * STEP + 1, "npl_amount": 1200 * WAN + 2 * STEP + 1},
        "汉阴县“不良贷款余额”1200.020001万元大于期末余额1200.00万元。请核对不良贷款和余额，改正后重新报送。",
        at="npl_amount",
        value="12000200.01",
        expected="12000000.00",
    ),
    Case(
        "A08",
        "a single rounded figure has no tolerance",
        {**ALL_BAD, "loss_amount": 50 * WAN, "npl_amount": 1200 * WAN + STEP},
        "汉阴县“不良贷款余额”1200.01万元大于期末余额1200.00万元。请核对不良贷款和余额，改正后重新报送。",
        at="npl_amount",
        value="12000100.00",
        expected="12000000.00",
    ),
    Case(
        "A08",
        "nor where a grade is not known that it could be a sum of",
        {**ALL_BAD, "loss_amount": None, "npl_amount": 1200 * WAN + 1},
        "汉阴县“不良贷款余额”1200.000001万元大于期末余额1200.00万元。请核对不良贷款和余额，改正后重新报送。",
        at="npl_amount",
        value="12000000.01",
        expected="12000000.00",
        also=frozenset({"A16"}),
    ),
    Case(
        "A08",
        "all of it is not above it, whatever the grades say",
        {"npl_amount": 1200 * WAN},
        THREE.format("8.00", "1200.00", "1192.00", "（四舍五入最多相差0.02万元）"),
        at="npl_amount",
        value="12000000.00",
        expected="80000.00",
    ),
    Case("A08", "a negative grade is A10's", {"loss_amount": -1 * WAN}, also=frozenset({"A10"})),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_grades_and_arrears(case):
    check_case(case, statement(case.changes, **case.given))
