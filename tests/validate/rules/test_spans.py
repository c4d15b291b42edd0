"""A11 and A26: a longer span holds the shorter one, and all loans ever made those settled and outstanding."""

import pytest

from pipeline.validate import check
from pipeline.validate.history import History
from tests.validate.returns import COUNTY, STEP, TEN, WAN, Case, catalog, check_case, statement, table

YEAR = "汉阴县“{}”{}小于“{}”{}。请核对本月数和本年累计数，改正后重新报送。"
EVER = "汉阴县“{}”{}小于“{}”{}。请核对本年累计数和历史累计数，改正后重新报送。"
LENT = (
    "汉阴县“发放情况/历史累计/金额”{}万元小于“期末余额/金额”1200.00万元。"
    "余额应来自历史上的发放，请核对，改正后重新报送。"
)
LINES = frozenset({"A12"})


def amounts(mtd, ytd, cum):
    """Amounts disbursed, with a small stock so that nothing else speaks of them."""
    return {
        "disbursed_amount_mtd": mtd,
        "disbursed_amount_ytd": ytd,
        "disbursed_amount_cum": cum,
        "outstanding_amount": 100 * WAN,
        "pass_amount": 80 * WAN,
        "interest_subsidy_accrued_ytd": 3 * WAN,
    }


JANUARY = {"period": "2018-01"}
CUM, YTD = "disbursed_amount_cum", "disbursed_amount_ytd"

CASES = [
    Case("A11", "January: the year is the month", amounts(45 * WAN, 45 * WAN, 130 * WAN)),
    Case(
        "A11",
        "in January a year that is not the month: all that was ever lent",
        amounts(45 * WAN, 130 * WAN, 130 * WAN),
        given={"period": "2018-01"},
    ),
    Case(
        "A11",
        "the year is less than the month by one step: no tolerance between two figures of a row",
        amounts(45 * WAN, 45 * WAN - STEP, 130 * WAN),
        YEAR.format("发放情况/本年累计/金额", "44.99万元", "发放情况/本月/金额", "45.00万元"),
        at=YTD,
        value="449900.00",
        expected="450000.00",
    ),
    Case(
        "A11",
        "a negative month does not bind the year",
        amounts(-5 * WAN, 45 * WAN, 130 * WAN),
        also=frozenset({"A10"}),
    ),
    Case("A11", "the same number of loans", {"disbursed_loans_mtd": 33}),
    Case(
        "A11",
        "one loan more in the month than in the year",
        {"disbursed_loans_mtd": 34},
        YEAR.format("发放情况/本年累计/笔数", "33笔", "发放情况/本月/笔数", "34笔"),
        at="disbursed_loans_ytd",
        value="33",
        expected="34",
    ),
    Case(
        "A11",
        "repayments too",
        {"repaid_amount_mtd": 60 * WAN + STEP},
        YEAR.format("收回情况/本年累计/金额", "60.00万元", "收回情况/本月金额", "60.01万元"),
        at="repaid_amount_ytd",
        value="600000.00",
        expected="600100.00",
    ),
    Case(
        "A11",
        "and losses",
        {"written_off_amount_mtd": WAN + STEP},
        YEAR.format("核销及代偿/本年累计金额", "1.00万元", "核销及代偿/本月金额", "1.01万元"),
        at="written_off_amount_ytd",
        value="10000.00",
        expected="10100.00",
    ),
    Case(
        "A11",
        "all households were lent to this year, though 300 loans are outstanding",
        {"disbursed_households_cum": 30, "disbursed_loans_cum": 33},
        also=frozenset({"A26"}),
    ),
    Case(
        "A11",
        "one household less ever than this year: counts are not rounded",
        {"disbursed_households_cum": 29},
        EVER.format("发放情况/历史累计/户数", "29户", "发放情况/本年累计/户数", "30户"),
        at="disbursed_households_cum",
        value="29",
        expected="30",
    ),
    Case(
        "A11", "March: three rounded months and one cum, two steps", amounts(45 * WAN, 130 * WAN + 2 * STEP, 130 * WAN)
    ),
    Case(
        "A11",
        "three steps are too many",
        amounts(45 * WAN, 130 * WAN + 3 * STEP, 130 * WAN),
        EVER.format("发放情况/历史累计/金额", "130.00万元", "发放情况/本年累计/金额", "130.03万元"),
        at=CUM,
        value="1300000.00",
        expected="1300300.00",
    ),
    Case(
        "A11",
        "December: twelve months and one cum, six steps and a half",
        amounts(45 * WAN, 130 * WAN + 6 * STEP + STEP // 2, 130 * WAN),
        given={"period": "2018-12"},
    ),
    Case(
        "A11",
        "one fen more is too much",
        amounts(45 * WAN, 130 * WAN + 6 * STEP + STEP // 2 + 1, 130 * WAN),
        EVER.format("发放情况/历史累计/金额", "130.00万元", "发放情况/本年累计/金额", "130.065001万元"),
        at=CUM,
        value="1300000.00",
        expected="1300650.01",
        given={"period": "2018-12"},
    ),
    Case(
        "A11",
        "January, the year adds up its one month: one step",
        amounts(130 * WAN + STEP, 130 * WAN + STEP, 130 * WAN),
        given=JANUARY,
        also=frozenset({"A13"}),
    ),
    Case(
        "A11",
        "January, the year is a figure of its own: none",
        amounts(45 * WAN, 130 * WAN + STEP, 130 * WAN),
        EVER.format("发放情况/历史累计/金额", "130.00万元", "发放情况/本年累计/金额", "130.01万元"),
        at=CUM,
        value="1300000.00",
        expected="1300100.00",
        given=JANUARY,
    ),
    Case(
        "A11",
        "a sender exact to the fen has no tolerance",
        amounts(45 * WAN, 130 * WAN + 1, 130 * WAN),
        EVER.format("发放情况/历史累计/金额", "130.00万元", "发放情况/本年累计/金额", "130.000001万元"),
        at=CUM,
        value="1300000.00",
        expected="1300000.01",
        given={"step": 1},
    ),
    Case("A11", "all that was ever lent is outstanding", {CUM: 1200 * WAN}),
    Case(
        "A11",
        "one fen more is outstanding",
        {CUM: 1200 * WAN - 1},
        LENT.format("1199.999999"),
        at=CUM,
        value="11999999.99",
        expected="12000000.00",
    ),
    Case(
        "A11",
        "loans taken over were lent by others",
        {CUM: 1000 * WAN, "other_change_amount_ytd": 200 * WAN},
        also=frozenset({"A19"}),
    ),
    Case("A11", "what is not reported is not compared", {CUM: None}, also=frozenset({"A16"})),
]

SETTLED, OWING, LENT_LOANS = "settled_loans_ytd", "outstanding_loans", "disbursed_loans_cum"
ONCE = "汉阴县“收回情况/本年累计/笔数”{}笔，多于“发放情况/历史累计/笔数”减去“期末余额/笔数”的{}笔。结清的和没有结清的都是历史上发放的，请核对这三个数；如属实，请说明原因。"
ALONE = "汉阴县“期末余额/笔数”{}笔，多于“发放情况/历史累计/笔数”500笔。没有结清的都是历史上发放的，请核对这两个数；如属实，请说明原因。"


def once(why, changes, told, at, value, expected, **more):
    return Case("A26", why, changes, told, "soft", at, value, expected, **more)


CASES += [
    Case("A26", "500 were made, 300 are outstanding and 200 settled", {SETTLED: 200}),
    once("201 settled", {SETTLED: 201}, ONCE.format(201, 200), SETTLED, "201", "200"),
    once("468 outstanding beside 33 settled", {OWING: 468}, ONCE.format(33, 32), SETTLED, "33", "32"),
    once("all that was made is outstanding, and 33 settled", {OWING: 500}, ONCE.format(33, 0), SETTLED, "33", "0"),
    once("more than that", {OWING: 501}, ALONE.format(501), OWING, "501", "500"),
    once("more by themselves, whatever was settled", {OWING: 501, SETTLED: 0}, ALONE.format(501), OWING, "501", "500"),
    Case("A26", "none was settled", {OWING: 500, SETTLED: 0}),
    Case("A26", "loans taken over were made by others", {OWING: 501, "other_change_amount_ytd": WAN},
         also=frozenset({"A19"})),
    Case("A26", "settled is not reported", {SETTLED: None, OWING: 501}),
    Case("A26", "outstanding is not reported", {OWING: None, SETTLED: 501}, also=frozenset({"A16"})),
    Case("A26", "all ever made is not reported", {LENT_LOANS: None, SETTLED: 501}),
    Case("A26", "below zero is A10's", {LENT_LOANS: -1}, also=frozenset({"A10"})),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_longer_spans_hold_shorter(case):
    check_case(case, statement(case.changes, **case.given))


@pytest.mark.parametrize(("flow", "told"), [("disbursed_amount_mtd", []), ("repaid_amount_mtd", ["A11"])])
def test_a_month_taken_back_earlier_this_year_lets_the_year_be_less_than_the_month(flow, told):
    earlier = History(reversals=frozenset({("rcb-hanyin", "hanyin", "2018", flow)}))
    sent = statement(amounts(45 * WAN, 45 * WAN - STEP, 130 * WAN))
    assert [finding.rule for finding in check([sent], catalog(), earlier)] == told


def test_loans_taken_over_in_another_month_were_made_by_others_too():
    earlier = History(other_changes=frozenset({("rcb-hanyin", "hanyin")}))
    assert [finding.rule for finding in check([statement({OWING: 501})], catalog())] == ["A26"]
    assert check([statement({OWING: 501})], catalog(), earlier) == []


def test_loans_taken_over_by_the_next_area_excuse_nobody():
    short, taken = COUNTY | {CUM: 1000 * WAN}, COUNTY | {"other_change_amount_ytd": 1 * WAN}
    found = check([table(dict.fromkeys(TEN, COUNTY) | {"hanyin": short, "shiquan": taken})], catalog())
    assert [(f.rule, f.area) for f in found] == [("A11", "hanyin"), ("A19", "shiquan")]
