"""A07: bases that a bank types against the figures in force."""

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


CASES = [
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
    Over("A07", "not compared where nothing is in force", {LAST: 1 * WAN}, missing=("2018-02",)),
    Over("A07", "December neither", {START: 1 * WAN}, missing=("2017-12",)),
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
