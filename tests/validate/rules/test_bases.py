"""A07: bases that a bank types against the figures in force; A30: what follows from them where there are none."""

import pytest

from pipeline.validate.equations import BASES
from tests.validate.months import MONTHS, Over, check_over, imported
from tests.validate.returns import DASH, STEP, WAN

OWED = "outstanding_amount"
LAST, START, AGO = (f"{OWED}_{base}" for base in ("previous_month", "year_start", "previous_year"))
LABEL = {LAST: "对比基数/上月末余额", START: "对比基数/年初余额", AGO: "对比基数/上年同期余额"}
HALF = STEP // 2
WITHIN = "（四舍五入最多相差{}万元）"


def wrong(why, changes, typed, month, used, difference, allowed="0.01", **more):
    """A base that differs; figures in 万元."""
    ((at, value),) = changes.items()
    message = (
        f"汉阴县“{LABEL[at]}”填报{typed}万元，本办采用的{month}期末余额为{used}万元，相差{difference}万元"
        f"{WITHIN.format(allowed) if allowed else ''}。附件按采用的数比较。"
        "请核对；是那个月报表有误的，请更正那个月的报表，否则请说明原因。"
    )
    fen = round(float(used) * WAN)
    return Over(
        "A07",
        why,
        changes,
        message,
        "soft",
        at,
        f"{value // 100}.{value % 100:02d}",
        f"{fen // 100}.{fen % 100:02d}",
        **more,
    )


TYPED = frozenset({"A30"})
MONTH, YEAR = (
    "“对比基数/上月末余额”{}万元＋“发放情况/本月/金额”45.00万元－“收回情况/本月金额”20.00万元",
    "“对比基数/年初余额”{}万元＋“发放情况/本年累计/金额”130.00万元－“收回情况/本年累计/金额”60.00万元－“核销及代偿/本年累计金额”1.00万元",
)


def unproven(why, changes, words, expected, difference, allowed, missing, **more):
    """A balance of 1200 that does not follow from a base that is typed, and known from nowhere else."""
    told = (
        f"汉阴县“期末余额/金额”1200.00万元，而{words}，合计应为{expected}万元，相差{difference}万元{WITHIN.format(allowed)}。"
        "本办没有采用那个月的报表，按本表所填的基数核对。请核对余额、基数和发生额，填错的改正后重新报送；如属实，请说明原因。"
    )
    fen = round(float(expected) * WAN)
    exact = f"{fen // 100}.{fen % 100:02d}"
    return Over("A30", why, changes, told, "soft", OWED, "12000000.00", exact, missing=missing, **more)


NO_FEBRUARY, NO_DECEMBER, NOTHING = ("2018-02",), ("2017-12",), tuple(MONTHS)
OF_THE_STATEMENT = [
    Over("A30", "1175 + 45 - 20 and 1131 + 130 - 60 - 1 are 1200", missing=NOTHING),
    Over("A30", "where February is in force, that is compared", {LAST: 1 * WAN}, also=frozenset({"A07"})),
    Over("A30", "six rounded figures may differ by three steps", {LAST: 1175 * WAN + 3 * STEP}, missing=NO_FEBRUARY),
    unproven("one fen more is too much", {LAST: 1175 * WAN + 3 * STEP + 1}, MONTH.format("1175.030001"), "1200.030001",
             "0.030001", "0.03", NO_FEBRUARY),
    unproven("and one fen less", {LAST: 1175 * WAN - 3 * STEP - 1}, MONTH.format("1174.969999"), "1199.969999",
             "0.030001", "0.03", NO_FEBRUARY),
    Over("A30", "a year may be the sum of three rounded months: seven steps", {START: 1131 * WAN - 7 * STEP}, missing=NO_DECEMBER),
    unproven("one fen less is too little", {START: 1131 * WAN - 7 * STEP - 1}, YEAR.format("1130.929999"), "1199.929999",
             "0.070001", "0.07", NO_DECEMBER),
    unproven("of both the month is told", {LAST: 1170 * WAN, START: 1130 * WAN}, MONTH.format("1170.00"), "1195.00",
             "5.00", "0.03", NOTHING),
    Over("A30", "no base is typed", {LAST: None, START: None, "repaid_amount_mtd": 90 * WAN}, missing=NOTHING),
    Over("A30", "an imported balance is one to compare with", {LAST: 1174 * WAN}, missing=NO_FEBRUARY,
         imported=(imported("2018-02", OWED, 1175 * WAN),), also=frozenset({"A07"})),
]  # fmt: skip

CASES = [
    *OF_THE_STATEMENT,
    Over("A07", "1175 last month, 1131 in December, 900 a year ago"),
    Over("A07", "two rounded figures may differ by one step", {LAST: 1175 * WAN + STEP}),
    Over("A07", "downwards too", {LAST: 1175 * WAN - STEP}),
    wrong("one fen more is too much", {LAST: 1175 * WAN + STEP + 1}, "1175.010001", "2018年2月", "1175.00", "0.010001"),
    wrong("and one fen less", {LAST: 1175 * WAN - STEP - 1}, "1174.989999", "2018年2月", "1175.00", "0.010001"),
    Over("A07", "December to its edge", {START: 1131 * WAN + STEP}),
    wrong("December", {START: 1131 * WAN + STEP + 1}, "1131.010001", "2017年12月", "1131.00", "0.010001"),
    Over("A07", "the same month last year to its edge", {AGO: 900 * WAN - STEP}),
    wrong("the same month last year", {AGO: 900 * WAN - STEP - 1}, "899.989999", "2017年3月", "900.00", "0.010001"),
    Over("A07", "in January last month is December", period="2018-01"),
    wrong(
        "there the year's start is one month ago",
        {START: 1106 * WAN},
        "1106.00",
        "2017年12月",
        "1131.00",
        "25.00",
        period="2018-01",
    ),
    Over("A07", "not typed", dict.fromkeys((LAST, START, AGO))),
    Over("A07", "a dash", dict.fromkeys((LAST, START, AGO), DASH)),
    Over("A07", "below zero is A10's", dict.fromkeys((LAST, START, AGO), -5 * WAN)),
    Over("A07", "not compared where nothing is in force", {LAST: 1 * WAN}, missing=("2018-02",), also=TYPED),
    Over("A07", "December neither", {START: 1 * WAN}, missing=("2017-12",), also=TYPED),
    Over("A07", "nor last year", {AGO: 1 * WAN}, missing=("2017-03",)),
    Over("A07", "nor before the store began: 700 in February 2016", period="2017-02"),
    wrong(
        "two senders exact to the fen have no tolerance",
        {LAST: 1175 * WAN + 1},
        "1175.000001",
        "2018年2月",
        "1175.00",
        "0.000001",
        allowed="",
        step=1,
        steps=dict.fromkeys(MONTHS, 1),
    ),
    Over("A07", "one of the two is rounded: half its step", {AGO: 900 * WAN + HALF}, step=1),
    wrong(
        "and one fen more is too much of that",
        {AGO: 900 * WAN + HALF + 1},
        "900.005001",
        "2017年3月",
        "900.00",
        "0.005001",
        allowed="0.005",
        step=1,
    ),
    Over(
        "A07",
        "the earlier month was rounded to whole 万元",
        {AGO: 900 * WAN + 50 * STEP + HALF},
        steps={"2017-03": WAN},
    ),
    wrong(
        "by more than half of that and of ours",
        {AGO: 900 * WAN + 50 * STEP + HALF + 1},
        "900.505001",
        "2017年3月",
        "900.00",
        "0.505001",
        allowed="0.505",
        steps={"2017-03": WAN},
    ),
    Over(
        "A07",
        "an imported figure is a base, rounded to 万元 as it was typed: half of that and of ours",
        {AGO: 850 * WAN + WAN // 2 + STEP // 2},
        missing=("2017-03",),
        imported=(imported("2017-03", OWED, 850 * WAN),),
    ),
    wrong(
        "and one fen more is too much there",
        {AGO: 850 * WAN + WAN // 2 + STEP // 2 + 1},
        "850.505001",
        "2017年3月",
        "850.00",
        "0.505001",
        allowed="0.505",
        missing=("2017-03",),
        imported=(imported("2017-03", OWED, 850 * WAN),),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_bases_are_the_figures_in_force(case):
    check_over(case)


def test_each_base_is_a_finding_of_its_own():
    found = Over("A07", "all three", dict.fromkeys((LAST, START, AGO), 1 * WAN)).found()
    assert [(f.rule, f.indicator, f.expected) for f in found] == [
        ("A07", LAST, "11750000.00"),
        ("A07", START, "11310000.00"),
        ("A07", AGO, "9000000.00"),
    ]


def test_each_base_is_of_the_month_that_the_form_says():
    """FORMS.md 1, nos. 23 to 25; 0 stands for last December."""
    assert dict(BASES) == {LAST: 1, START: 0, AGO: 12}
