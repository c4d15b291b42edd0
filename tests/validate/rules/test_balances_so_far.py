"""A04 and A05: a year, and all years, grow by the month."""

import pytest

from tests.validate.months import MONTHS, Over, check_over, imported
from tests.validate.returns import ABSENT, STEP, WAN

LENT, REPAID, LOST, OTHER = "disbursed_amount", "repaid_amount", "written_off_amount", "other_change_amount"
OWED = "outstanding_amount"
LOANS = "disbursed_loans"
NO_OTHERS = {f"{stem}_{span}": ABSENT for stem in (LOST, OTHER) for span in ("mtd", "ytd")}
HALF = STEP // 2

WITHIN = "（四舍五入最多相差{}万元）"
A04 = "汉阴县“{0}”{1}，而{2}，合计应为{3}，相差{4}{5}。请核对本月数和本年累计数，改正后重新报送；是上月报表有误的，请先更正上月报表。"
A05 = "汉阴县“{0}”{1}，而{2}，合计应为{3}，相差{4}{5}。请核对本月数和历史累计数，改正后重新报送；是上月报表有误的，请先更正上月报表。"
YEAR_LENT = "上月“发放情况/本年累计/金额”85.00万元＋“发放情况/本月/金额”45.00万元"
EVER_LENT = "上月“发放情况/历史累计/金额”1955.00万元＋“发放情况/本月/金额”45.00万元"

YEAR_SO_FAR = [
    Over("A04", "85 + 45 = 130, 40 + 20 = 60, 1 + 0 = 1, 22 + 11 = 33"),
    Over("A04", "three rounded figures: a step and a half", {f"{LENT}_ytd": 130 * WAN + STEP + HALF}),
    Over("A04", "downwards too", {f"{LENT}_ytd": 130 * WAN - STEP - HALF}),
    Over(
        "A04",
        "one fen more is too much",
        {f"{LENT}_ytd": 130 * WAN + STEP + HALF + 1},
        A04.format(
            "发放情况/本年累计/金额", "130.015001万元", YEAR_LENT, "130.00万元", "0.015001万元", WITHIN.format("0.015")
        ),
        at=f"{LENT}_ytd",
        value="1300150.01",
        expected="1300000.00",
    ),
    Over(
        "A04",
        "repayments",
        {f"{REPAID}_ytd": 60 * WAN - 2 * STEP},
        A04.format(
            "收回情况/本年累计/金额",
            "59.98万元",
            "上月“收回情况/本年累计/金额”40.00万元＋“收回情况/本月金额”20.00万元",
            "60.00万元",
            "0.02万元",
            WITHIN.format("0.015"),
        ),
        at=f"{REPAID}_ytd",
        value="599800.00",
        expected="600000.00",
    ),
    Over(
        "A04",
        "losses",
        {f"{LOST}_ytd": 1 * WAN + 2 * STEP},
        A04.format(
            "核销及代偿/本年累计金额",
            "1.02万元",
            "上月“核销及代偿/本年累计金额”1.00万元",
            "1.00万元",
            "0.02万元",
            WITHIN.format("0.015"),
        ),
        at=f"{LOST}_ytd",
        value="10200.00",
        expected="10000.00",
    ),
    Over(
        "A04",
        "one loan more: counts are not rounded",
        {f"{LOANS}_ytd": 34},
        A04.format(
            "发放情况/本年累计/笔数",
            "34笔",
            "上月“发放情况/本年累计/笔数”22笔＋“发放情况/本月/笔数”11笔",
            "33笔",
            "1笔",
            "",
        ),
        at=f"{LOANS}_ytd",
        value="34",
        expected="33",
    ),
    Over("A04", "in February too a step and a half", {f"{LENT}_ytd": 85 * WAN + STEP + HALF}, period="2018-02"),
    Over(
        "A04",
        "January: the year is the month, and two rounded figures differ by one step",
        {f"{LENT}_ytd": 40 * WAN + STEP},
        period="2018-01",
    ),
    Over(
        "A04",
        "one fen more is too much in January",
        {f"{LENT}_ytd": 40 * WAN + STEP + 1},
        A04.format(
            "发放情况/本年累计/金额",
            "40.010001万元",
            "“发放情况/本月/金额”40.00万元",
            "40.00万元",
            "0.010001万元",
            WITHIN.format("0.01"),
        ),
        at=f"{LENT}_ytd",
        value="400100.01",
        expected="400000.00",
        period="2018-01",
    ),
    Over(
        "A04",
        "January needs no other month: December's year is added to it",
        {f"{LOANS}_ytd": 142},
        A04.format("发放情况/本年累计/笔数", "142笔", "“发放情况/本月/笔数”10笔", "10笔", "132笔", ""),
        at=f"{LOANS}_ytd",
        value="142",
        expected="10",
        period="2018-01",
        missing=tuple(MONTHS),
    ),
    Over(
        "A04",
        "not compared without last month",
        {f"{LENT}_ytd": 150 * WAN, f"{LOST}_ytd": 9 * WAN},
        missing=("2018-02", "2017-12"),
        also=frozenset({"A30"}),
    ),
    Over(
        "A04",
        "a reversal lessens the year",
        {f"{LENT}_mtd": -5 * WAN, f"{LENT}_ytd": 80 * WAN, f"{LENT}_cum": 1950 * WAN, OWED: 1150 * WAN},
    ),
    Over(
        "A04",
        "a sender exact to the fen has no tolerance",
        {f"{REPAID}_ytd": 60 * WAN + 1, OWED: 1200 * WAN},
        A04.format(
            "收回情况/本年累计/金额",
            "60.000001万元",
            "上月“收回情况/本年累计/金额”40.00万元＋“收回情况/本月金额”20.00万元",
            "60.00万元",
            "0.000001万元",
            "",
        ),
        at=f"{REPAID}_ytd",
        value="600000.01",
        expected="600000.00",
        step=1,
        steps=dict.fromkeys(MONTHS, 1),
        also=frozenset({"A03"}),
    ),
    Over(
        "A04",
        "columns that last month did not have: nothing had happened",
        {f"{LOST}_mtd": 1 * WAN, OWED: 1199 * WAN},
        earlier={"2018-01": NO_OTHERS, "2018-02": NO_OTHERS},
        also=frozenset({"A03"}),
    ),
    Over(
        "A04",
        "two rounded figures are left: one step",
        {f"{LOST}_mtd": 1 * WAN, f"{LOST}_ytd": 1 * WAN + STEP, OWED: 1199 * WAN},
        earlier={"2018-01": NO_OTHERS, "2018-02": NO_OTHERS},
        also=frozenset({"A03"}),
    ),
    Over(
        "A04",
        "and a year that began before",
        {f"{LOST}_ytd": 1 * WAN},
        A04.format(
            "核销及代偿/本年累计金额",
            "1.00万元",
            "上月“核销及代偿/本年累计金额”0.00万元＋“核销及代偿/本月金额”0.00万元",
            "0.00万元",
            "1.00万元",
            WITHIN.format("0.01"),
        ),
        at=f"{LOST}_ytd",
        value="10000.00",
        expected="0.00",
        earlier={"2018-02": NO_OTHERS},
    ),
    Over(
        "A04",
        "columns that are left out this month are not looked at: what they hid shows in A03",
        NO_OTHERS,
        also=frozenset({"A03"}),
    ),
    Over("A04", "a year below zero is A10's", {f"{LOST}_ytd": -1 * WAN}),
    Over(
        "A04",
        "what was not imported is not known to be nothing",
        {f"{LOST}_ytd": 9 * WAN, f"{LENT}_ytd": 150 * WAN},
        missing=("2018-02", "2017-12"),
        also=frozenset({"A30"}),
        imported=(imported("2018-02", OWED, 1175 * WAN),),
    ),
    Over(
        "A04",
        "what was imported is no ground to send a statement back",
        {f"{LENT}_ytd": 132 * WAN},
        missing=("2018-02", "2017-12"),
        imported=(imported("2018-02", f"{LENT}_ytd", 85 * WAN),),
    ),
]

SO_FAR = [
    Over("A05", "1955 + 45 = 2000, 489 + 11 = 500"),
    Over("A05", "three rounded figures: a step and a half", {f"{LENT}_cum": 2000 * WAN - STEP - HALF}),
    Over(
        "A05",
        "one fen more is too much",
        {f"{LENT}_cum": 2000 * WAN - STEP - HALF - 1},
        A05.format(
            "发放情况/历史累计/金额",
            "1999.984999万元",
            EVER_LENT,
            "2000.00万元",
            "0.015001万元",
            WITHIN.format("0.015"),
        ),
        at=f"{LENT}_cum",
        value="19999849.99",
        expected="20000000.00",
    ),
    Over(
        "A05",
        "upwards too",
        {f"{LENT}_cum": 2000 * WAN + STEP + HALF + 1},
        A05.format(
            "发放情况/历史累计/金额",
            "2000.015001万元",
            EVER_LENT,
            "2000.00万元",
            "0.015001万元",
            WITHIN.format("0.015"),
        ),
        at=f"{LENT}_cum",
        value="20000150.01",
        expected="20000000.00",
    ),
    Over(
        "A05",
        "one loan less",
        {f"{LOANS}_cum": 499},
        A05.format(
            "发放情况/历史累计/笔数",
            "499笔",
            "上月“发放情况/历史累计/笔数”489笔＋“发放情况/本月/笔数”11笔",
            "500笔",
            "1笔",
            "",
        ),
        at=f"{LOANS}_cum",
        value="499",
        expected="500",
    ),
    Over("A05", "loans so far that nobody reports", {f"{LOANS}_cum": None}),
    Over(
        "A05", "or that nobody reported last month", {f"{LOANS}_cum": 1}, earlier={"2018-02": {f"{LOANS}_cum": ABSENT}}
    ),
    Over(
        "A05",
        "January goes on from December: 1870 + 40 = 1910",
        {f"{LENT}_cum": 1910 * WAN + 2 * STEP},
        A05.format(
            "发放情况/历史累计/金额",
            "1910.02万元",
            "上月“发放情况/历史累计/金额”1870.00万元＋“发放情况/本月/金额”40.00万元",
            "1910.00万元",
            "0.02万元",
            WITHIN.format("0.015"),
        ),
        at=f"{LENT}_cum",
        value="19100200.00",
        expected="19100000.00",
        period="2018-01",
    ),
    Over("A05", "not compared without last month", {f"{LENT}_cum": 3000 * WAN}, missing=("2018-02",)),
    Over(
        "A05",
        "an imported figure is no ground to send a statement back",
        {f"{LENT}_cum": 2001 * WAN},
        missing=("2018-02",),
        imported=(imported("2018-02", f"{LENT}_cum", 1955 * WAN),),
    ),
    Over(
        "A05",
        "a reversal lessens it",
        {f"{LENT}_mtd": -5 * WAN, f"{LENT}_ytd": 80 * WAN, f"{LENT}_cum": 1950 * WAN, OWED: 1150 * WAN},
    ),
]

CASES = [*YEAR_SO_FAR, *SO_FAR]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_figures_grow_by_the_month(case):
    check_over(case)
