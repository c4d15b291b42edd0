"""A29: last month's figures, and December's, that a statement disowns which is true to itself.

In the history 1175 + 45 - 20 = 1200 in March, 1131 + 130 - 60 - 1 = 1200 since December, and the grades are 1200.
"""

import pytest

from pipeline.validate import check_over_time
from pipeline.validate.past import Past
from tests.validate.months import MONTHS, Over, before, check_over, history, month
from tests.validate.returns import STEP, WAN, catalog, table

OWED, PASS, TYPED, START = (
    *("outstanding_amount", "pass_amount", "outstanding_amount_previous_month"),
    "outstanding_amount_year_start",
)
LENT, REPAID, HOUSEHOLDS = "disbursed_amount", "repaid_amount", "disbursed_households_cum"
FEBRUARY, DECEMBER = "2018-02", "2017-12"
ASK = "请核对{0}的报表：有误的，更正后重新报送{0}的报表，本月的不必重报；{0}的数无误的，请改正本月报表。"
CELLS = {OWED: ("X6", "期末余额/金额"), f"{REPAID}_ytd": ("Q6", "收回情况/本年累计/金额"),
         f"{LENT}_ytd": ("K6", "发放情况/本年累计/金额"), f"{LENT}_cum": ("N6", "发放情况/历史累计/金额"),
         "disbursed_loans_ytd": ("I6", "发放情况/本年累计/笔数"), "disbursed_loans_cum": ("L6", "发放情况/历史累计/笔数"),
         HOUSEHOLDS: ("M6", "发放情况/历史累计/户数")}  # fmt: skip


def said(when, *figures):
    """(figure, as it is in force, as it ought to be), in words."""
    told = [
        f"{'《rcb-hanyin.xlsx》工作表“报表”' if n == 0 else ''}单元格{CELLS[code][0]}“{CELLS[code][1]}”{was}，"
        f"按本月报表推算应{f'在{meant}之间' if '至' in meant else f'为{meant}'}"
        for n, (code, was, meant) in enumerate(figures)
    ]
    return (
        f"汉阴县本月各数相互对得上，只与{when}的报表接不上，疑似{when}的数有误：{'；'.join(told)}。{ASK.format(when)}"
    )


def old(why, earlier, at, value, *figures, when="2018年2月", **more):
    return Over("A29", why, message=said(when, *figures), severity="soft", at=at, value=value, earlier=earlier, **more)


def of(stem, more, span=("mtd", "ytd"), sign=1):
    """So much more of a flow in February, and what follows from it."""
    february = MONTHS[FEBRUARY]
    flows = {f"{stem}_{each}": february[f"{stem}_{each}"] + more for each in span}
    return {FEBRUARY: flows | {code: february[code] + sign * more for code in (OWED, PASS)}}


NOT_TYPED = {TYPED: None, START: None}
CASES = [
    Over("A29", "nothing is wrong"),
    old("63 repaid too much in February, which was true to itself", of(REPAID, 63 * WAN, sign=-1), TYPED, "11750000.00",
        (OWED, "1112.00万元", "1175.00万元"), (f"{REPAID}_ytd", "103.00万元", "40.00万元")),
    old("20 lent too much, and all that was ever lent", of(LENT, 20 * WAN, ("mtd", "ytd", "cum")), TYPED, "11750000.00",
        (OWED, "1195.00万元", "1175.00万元"), (f"{LENT}_ytd", "105.00万元", "85.00万元"),
        (f"{LENT}_cum", "1975.00万元", "1955.00万元")),
    old("the balance alone", {FEBRUARY: {OWED: 1180 * WAN}}, TYPED, "11750000.00", (OWED, "1180.00万元", "1175.00万元")),
    old("the year alone: balance and year hold with March's", {FEBRUARY: {f"{REPAID}_ytd": 45 * WAN}}, f"{REPAID}_ytd", "600000.00",
        (f"{REPAID}_ytd", "45.00万元", "40.00万元")),
    old("in January December is last month", {DECEMBER: {OWED: 1151 * WAN}}, TYPED, "11310000.00",
        (OWED, "1151.00万元", "1131.00万元"), when="2017年12月", period="2018-01"),
    old("in March too the year begins there", {DECEMBER: {OWED: 1151 * WAN}}, START, "11310000.00",
        (OWED, "1151.00万元", "1131.00万元"), when="2017年12月"),
    old("all ever lent, with a digit too many, in the first month there is", {FEBRUARY: {f"{LENT}_cum": 19550 * WAN}},
        f"{LENT}_cum", "20000000.00", (f"{LENT}_cum", "19550.00万元", "1955.00万元"), missing=before(FEBRUARY)),
    old("loans do not go on from January's either: 477 + 12 are 489", {FEBRUARY: {"disbursed_loans_cum": 490}},
        "disbursed_loans_cum", "500", ("disbursed_loans_cum", "490笔", "489笔")),
    old("one loan more in the year", {FEBRUARY: {"disbursed_loans_ytd": 23}},
        "disbursed_loans_ytd", "33", ("disbursed_loans_ytd", "23笔", "22笔")),
    old("households of February are neither January's nor March's: 431 and up to 11 are 442 at most", {FEBRUARY: {HOUSEHOLDS: 541}},
        HOUSEHOLDS, "450", (HOUSEHOLDS, "541户", "440户至442户")),
    old("one household too many is", {FEBRUARY: {HOUSEHOLDS: 451}}, HOUSEHOLDS, "450", (HOUSEHOLDS, "451户", "440户至442户")),
    Over("A29", "of 431 and 11 and 10 there may be 442 in February, and 450 in March", earlier={FEBRUARY: {HOUSEHOLDS: 442}}),
    old("a digit too many in the first month there is", {FEBRUARY: {HOUSEHOLDS: 4410}}, HOUSEHOLDS, "450",
        (HOUSEHOLDS, "4410户", "441户"), missing=before(FEBRUARY)),
    Over("A29", "451 or 450, and no January", earlier={FEBRUARY: {HOUSEHOLDS: 451}}, missing=before(FEBRUARY), also=frozenset({"A06"})),
    Over("A29", "one household too many of this month is this month's", {HOUSEHOLDS: 452}, also=frozenset({"A06"})),
    Over("A29", "such an error of this month is this month's", {"disbursed_loans_ytd": 32}, also=frozenset({"A04"})),
    Over("A29", "all ever lent is a digit too long now", {f"{LENT}_cum": 20000 * WAN}, missing=before(FEBRUARY),
         also=frozenset({"A05"})),
    Over("A29", "in the first month nobody knows which of two is wrong", earlier={FEBRUARY: {f"{LENT}_cum": 1950 * WAN}},
         missing=before(FEBRUARY), also=frozenset({"A05"})),
    Over("A29", "the balance and its grade are off: base and year say so", {OWED: 1230 * WAN, PASS: 1210 * WAN},
         also=frozenset({"A02", "A03"})),
    Over("A29", "and the base with them: the year says so", {OWED: 1230 * WAN, PASS: 1210 * WAN, TYPED: 1205 * WAN},
         also=frozenset({"A02", "A03", "A07"})),
    Over("A29", "the year is off: the balance does not follow from it", {f"{REPAID}_ytd": 90 * WAN},
         also=frozenset({"A03", "A04"})),
    Over("A29", "lent and repaid are off alike, and make up for one another",
         {f"{REPAID}_ytd": 65 * WAN, f"{LENT}_ytd": 135 * WAN}, also=frozenset({"A04"})),
    Over("A29", "grades that do not add up", {PASS: 1181 * WAN}, earlier=of(REPAID, 63 * WAN, sign=-1),
         also=frozenset({"A02", "A04", "A07"})),
    Over("A29", "nor do they where January goes on to March", {PASS: 1181 * WAN}, earlier={FEBRUARY: {OWED: 1180 * WAN}},
         also=frozenset({"A02", "A07"})),
    Over("A29", "last month's base is last month's in force", {OWED: 1205 * WAN, PASS: 1185 * WAN},
         earlier={DECEMBER: {OWED: 1136 * WAN}}, also=frozenset({"A02", "A07"})),
    Over("A29", "another month's base: it is another month's report", {TYPED: 1145 * WAN, f"{LENT}_mtd": 75 * WAN},
         earlier={FEBRUARY: {OWED: 1170 * WAN}}, also=frozenset({"A02", "A04", "A05", "A07"})),
    Over("A29", "far apart: a unit of money", earlier={FEBRUARY: {OWED: 3000 * WAN}}, missing=("2018-01", DECEMBER),
         also=frozenset({"A02", "A07", "A15"})),
    old("far apart, but December agrees", {FEBRUARY: {OWED: 3000 * WAN}}, TYPED, "11750000.00",
        (OWED, "3000.00万元", "1175.00万元"), missing=("2018-01",), also=frozenset({"A15"})),
    Over("A29", "sixteen hundredths are no more than roundings: 0.03, 0.07 and 0.06 beside",
         earlier={FEBRUARY: {OWED: 1175 * WAN + 16 * STEP}}, also=frozenset({"A02", "A07"})),
    old("one fen more is", {FEBRUARY: {OWED: 1175 * WAN + 16 * STEP + 1}}, TYPED, "11750000.00",
        (OWED, "1175.160001万元", "1175.00万元")),
    Over("A29", "nobody types a base: either month may be wrong", NOT_TYPED, earlier=of(REPAID, 63 * WAN, sign=-1),
         also=frozenset({"A02", "A04"})),
    old("but where January goes on to March", {FEBRUARY: {OWED: 1180 * WAN}}, OWED, "12000000.00",
        (OWED, "1180.00万元", "1175.00万元"), changes=NOT_TYPED),
    old("in February the year is January's and its own", {"2018-01": {f"{REPAID}_ytd": 30 * WAN, f"{REPAID}_mtd": 28 * WAN}},
        f"{REPAID}_ytd", "400000.00", (f"{REPAID}_ytd", "30.00万元", "25.00万元"), when="2018年1月", period=FEBRUARY),
    old("and so are its loans: 10 and 12", {"2018-01": {"disbursed_loans_ytd": 11}}, "disbursed_loans_ytd", "22",
        ("disbursed_loans_ytd", "11笔", "10笔"), when="2018年1月", period=FEBRUARY),
    Over("A29", "in January a year goes on from nothing", {f"{REPAID}_ytd": 30 * WAN, START: 1136 * WAN}, period="2018-01",
         also=frozenset({"A03", "A04", "A07"})),
    Over("A29", "in January the year is no other witness than the month", {f"{REPAID}_ytd": 1294 * WAN},
         earlier={DECEMBER: {OWED: 2400 * WAN}}, missing=("2017-11",), period="2018-01",
         also=frozenset({"A02", "A04", "A07", "A15"})),
    Over("A29", "nor from November: December's year is still in it", {f"{REPAID}_ytd": 265 * WAN}, period="2018-01",
         also=frozenset({"A03", "A04"})),
    Over("A29", "not without last month", missing=(FEBRUARY,)),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_earlier_months_are_gone_on_from(case):
    check_over(case)


def test_where_last_month_was_corrected_and_this_month_does_not_know_it_is_this_month_that_is_wrong():
    wrong = of(REPAID, 63 * WAN, sign=-1)
    past = Past.of_submissions(history(changes=wrong), replaced=[month(FEBRUARY)])
    assert {f.rule for f in check_over_time([month()], catalog(), past)} == {"A02", "A04", "A07"}


def test_a_version_that_was_replaced_and_said_something_else_is_no_excuse_for_last_month():
    wrong = of(REPAID, 63 * WAN, sign=-1)
    past = Past.of_submissions(history(changes=wrong), replaced=[month(FEBRUARY, {OWED: 1000 * WAN})])
    assert {f.rule for f in check_over_time([month()], catalog(), past)} == {"A29"}


def test_rows_that_are_exchanged_are_true_to_themselves_and_no_fault_of_last_month():
    """汉滨 and 汉阴 differ by 100 万元 in all that they owe."""
    less = {code: -100 * WAN for code in (OWED, PASS, TYPED, START, "outstanding_amount_previous_year")}
    last, now = ({a: MONTHS[when] for a in ("hanbin", "hanyin")} for when in (FEBRUARY, "2018-03"))
    last["hanyin"], now["hanbin"] = (
        row | {c: row[c] + off for c, off in less.items()} for row in (last["hanyin"], now["hanbin"])
    )
    past = Past.of_submissions([table(last, unit="abc", period=FEBRUARY)])
    found = check_over_time([table(now, unit="abc")], catalog(), past)
    assert {(f.rule, f.area) for f in found} >= {("A02", "hanbin"), ("A02", "hanyin")}
    assert "A29" not in {f.rule for f in found}
