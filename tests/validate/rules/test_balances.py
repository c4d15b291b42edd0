"""A02 and A03: what is outstanding follows from last month's, from December's, and from what happened since."""

import pytest

from pipeline.validate import check_over_time
from pipeline.validate.past import Past
from tests.validate.months import MONTHS, Over, check_over, history, imported, month
from tests.validate.returns import ABSENT, DASH, STEP, WAN, catalog, codes, statement, table

LENT, REPAID, LOST, OTHER = "disbursed_amount", "repaid_amount", "written_off_amount", "other_change_amount"
OWED, START = "outstanding_amount", "outstanding_amount_year_start"
NO_OTHERS = {f"{stem}_{span}": ABSENT for stem in (LOST, OTHER) for span in ("mtd", "ytd")}
NOT_TYPED = {f"{OWED}_{base}": None for base in ("previous_month", "year_start", "previous_year")}
HALF = STEP // 2
TYPED = frozenset({"A30"})
"""What follows from a typed base is asked about where nothing else is known."""


def december(outstanding):
    """The statement of December 2016."""
    return statement({OWED: outstanding}, period="2016-12")


FIX_LAST = "请核对这几项，改正后重新报送；是上月报表有误的，请先更正上月报表；有划入划出、对象调整的，请填入其他变动。"
A02 = (
    "汉阴县“期末余额/金额”{}万元，而上月“期末余额/金额”1175.00万元＋“发放情况/本月/金额”45.00万元－“收回情况/本月金额”20.00万元{}，"
    "合计应为{}万元，相差{}万元{}。" + FIX_LAST
)
WITHIN = "（四舍五入最多相差{}万元）"
A03 = (
    "汉阴县“期末余额/金额”{}万元，而上年12月“期末余额/金额”{}万元＋“发放情况/本年累计/金额”{}万元－“收回情况/本年累计/金额”60.00万元"
    "－“核销及代偿/本年累计金额”1.00万元，合计应为{}万元，相差{}万元{}。请核对本年累计各项和余额，改正后重新报送。"
)


def owed(value):
    """A balance, and what stands beside it as a bank would type it."""
    return {OWED: value}


def since_december(december, ytd=None, **more):
    """March against another December; typed bases are another rule's."""
    changes = NOT_TYPED if ytd is None else NOT_TYPED | {f"{LENT}_ytd": ytd}
    return {"changes": changes, "earlier": {"2017-12": {OWED: december}}, **more}


LAST_MONTH = [
    Over("A02", "1175 + 45 - 20 = 1200"),
    Over("A02", "six rounded figures may differ by three steps", owed(1200 * WAN + 3 * STEP)),
    Over("A02", "downwards too", owed(1200 * WAN - 3 * STEP)),
    Over(
        "A02",
        "one fen more is too much",
        owed(1200 * WAN + 3 * STEP + 1),
        A02.format("1200.030001", "", "1200.00", "0.030001", WITHIN.format("0.03")),
        at=OWED,
        value="12000300.01",
        expected="12000000.00",
    ),
    Over(
        "A02",
        "and one fen less",
        owed(1200 * WAN - 3 * STEP - 1),
        A02.format("1199.969999", "", "1200.00", "0.030001", WITHIN.format("0.03")),
        at=OWED,
        value="11999699.99",
        expected="12000000.00",
    ),
    Over(
        "A02",
        "a figure that nobody reports has no step: four figures, two steps",
        NO_OTHERS | owed(1200 * WAN - 2 * STEP),
        also=frozenset({"A03"}),
    ),
    Over(
        "A02",
        "and one fen more is too much",
        NO_OTHERS | owed(1200 * WAN + 2 * STEP + 1),
        A02.format("1200.020001", "", "1200.00", "0.020001", WITHIN.format("0.02")),
        at=OWED,
        value="12000200.01",
        expected="12000000.00",
        also=frozenset({"A03"}),
    ),
    Over(
        "A02",
        "a sender exact to the fen has no tolerance",
        owed(1200 * WAN + 1),
        A02.format("1200.000001", "", "1200.00", "0.000001", ""),
        at=OWED,
        value="12000000.01",
        expected="12000000.00",
        step=1,
        steps=dict.fromkeys(MONTHS, 1),
        also=frozenset({"A03"}),
    ),
    Over(
        "A02",
        "last month was rounded to 万元, now the fen is typed: half of last month's",
        owed(1200 * WAN + HALF),
        step=1,
        also=frozenset(),
    ),
    Over(
        "A02",
        "that one figure and no more",
        owed(1200 * WAN + HALF + 1),
        A02.format("1200.005001", "", "1200.00", "0.005001", WITHIN.format("0.005")),
        at=OWED,
        value="12000050.01",
        expected="12000000.00",
        step=1,
    ),
    Over(
        "A02",
        "what was written off is owed no more",
        {f"{LOST}_mtd": 3 * WAN, f"{LOST}_ytd": 4 * WAN},
        A02.format("1200.00", "－“核销及代偿/本月金额”3.00万元", "1197.00", "3.00", WITHIN.format("0.03")),
        at=OWED,
        value="12000000.00",
        expected="11970000.00",
        also=frozenset({"A03"}),
    ),
    Over(
        "A02",
        "and with it the balance is true",
        {f"{LOST}_mtd": 3 * WAN, f"{LOST}_ytd": 4 * WAN} | owed(1197 * WAN),
    ),
    Over("A02", "transfers come in", {f"{OTHER}_mtd": 7 * WAN, f"{OTHER}_ytd": 7 * WAN} | owed(1207 * WAN)),
    Over("A02", "transfers go out", {f"{OTHER}_mtd": -7 * WAN, f"{OTHER}_ytd": -7 * WAN} | owed(1193 * WAN)),
    Over(
        "A02",
        "a transfer that the balance does not have",
        {f"{OTHER}_mtd": -7 * WAN, f"{OTHER}_ytd": -7 * WAN},
        A02.format("1200.00", "＋“其他变动/本月金额”-7.00万元", "1193.00", "7.00", WITHIN.format("0.03")),
        at=OWED,
        value="12000000.00",
        expected="11930000.00",
        also=frozenset({"A03"}),
    ),
    Over(
        "A02",
        "a reversal: repayments taken back are owed again",
        {f"{REPAID}_mtd": -5 * WAN, f"{REPAID}_ytd": 35 * WAN} | owed(1225 * WAN),
    ),
    Over("A02", "a dash is nothing", {f"{LOST}_mtd": DASH, f"{OTHER}_mtd": DASH}),
    Over("A02", "a blank is nothing", {f"{LOST}_mtd": None, f"{OTHER}_mtd": None}),
    Over("A02", "what is owed and blank is A16's", {f"{REPAID}_mtd": None}),
    Over("A02", "a balance one fen below zero is A10's", owed(-1)),
    Over("A02", "not compared without last month", owed(1210 * WAN), missing=("2018-02", "2017-12"), also=TYPED),
    Over("A02", "nor with nothing at all", owed(1210 * WAN), missing=tuple(MONTHS), also=TYPED),
    Over("A02", "January follows December: 1131 + 40 - 25 - 1 = 1145", period="2018-01"),
    Over(
        "A02",
        "and one fen more than three steps is too much there",
        owed(1145 * WAN + 3 * STEP + 1),
        "汉阴县“期末余额/金额”1145.030001万元，而上月“期末余额/金额”1131.00万元＋“发放情况/本月/金额”40.00万元－“收回情况/本月金额”25.00万元"
        "－“核销及代偿/本月金额”1.00万元，合计应为1145.00万元，相差0.030001万元（四舍五入最多相差0.03万元）。"
        + FIX_LAST,
        at=OWED,
        value="11450300.01",
        expected="11450000.00",
        period="2018-01",
        also=frozenset({"A03"}),
    ),
    Over(
        "A02",
        "an imported figure is no ground to send a statement back",
        owed(1200 * WAN + 3 * STEP + 1),
        missing=("2018-02",),
        imported=(imported("2018-02", OWED, 1175 * WAN),),
    ),
    Over(
        "A02",
        "where a statement is in force the imported figure is not looked at",
        imported=(imported("2018-02", OWED, 1 * WAN),),
    ),
]

YEAR_START = [
    Over("A03", "1131 + 130 - 60 - 1 = 1200"),
    Over(
        "A03", "two figures, and four years of three months each: seven steps", **since_december(1131 * WAN + 7 * STEP)
    ),
    Over("A03", "downwards too", **since_december(1131 * WAN - 7 * STEP)),
    Over(
        "A03",
        "one fen more is too much",
        **since_december(1131 * WAN + 7 * STEP + 1),
        message=A03.format("1200.00", "1131.070001", "130.00", "1200.070001", "0.070001", WITHIN.format("0.07")),
        at=OWED,
        value="12000000.00",
        expected="12000700.01",
    ),
    Over(
        "A03",
        "a year that is not the sum of its months is one figure: six steps",
        **since_december(1131 * WAN + 5 * STEP, 130 * WAN + STEP),
    ),
    Over(
        "A03",
        "and one fen more is too much",
        **since_december(1131 * WAN + 5 * STEP + 1, 130 * WAN + STEP),
        message=A03.format("1200.00", "1131.050001", "130.01", "1200.060001", "0.060001", WITHIN.format("0.06")),
        at=OWED,
        value="12000000.00",
        expected="12000600.01",
    ),
    Over(
        "A03",
        "whether it is the sum is not known where a month is not there: seven steps",
        **since_december(1131 * WAN + 6 * STEP, 130 * WAN + STEP, missing=("2018-01",)),
    ),
    Over(
        "A03",
        "and one fen more is too much",
        **since_december(1131 * WAN + 6 * STEP + 1, 130 * WAN + STEP, missing=("2018-01",)),
        message=A03.format("1200.00", "1131.060001", "130.01", "1200.070001", "0.070001", WITHIN.format("0.07")),
        at=OWED,
        value="12000000.00",
        expected="12000700.01",
    ),
    Over(
        "A03",
        "last year's months are none of this year's: in January one step each, three together",
        {**NOT_TYPED, OWED: 1145 * WAN},
        period="2018-01",
        earlier={"2017-12": {OWED: 1131 * WAN - 3 * STEP}},
    ),
    Over(
        "A03",
        "and one fen more is too much in January",
        NOT_TYPED,
        "汉阴县“期末余额/金额”1145.00万元，而上年12月“期末余额/金额”1130.969999万元＋“发放情况/本年累计/金额”40.00万元"
        "－“收回情况/本年累计/金额”25.00万元－“核销及代偿/本年累计金额”1.00万元，合计应为1144.969999万元，"
        "相差0.030001万元（四舍五入最多相差0.03万元）。请核对本年累计各项和余额，改正后重新报送。",
        at=OWED,
        value="11450000.00",
        expected="11449699.99",
        period="2018-01",
        earlier={"2017-12": {OWED: 1131 * WAN - 3 * STEP - 1}},
        also=frozenset({"A02"}),
    ),
    Over(
        "A03",
        "in December twelve steps a year: 825 + 546 - 240 = 1131",
        period="2017-12",
        older=(december(825 * WAN),),
    ),
    Over(
        "A03",
        "two figures, and four years of twelve months each: twenty-five steps",
        NOT_TYPED,
        period="2017-12",
        older=(december(825 * WAN + 25 * STEP),),
    ),
    Over(
        "A03",
        "one fen more is too much in December",
        NOT_TYPED,
        "汉阴县“期末余额/金额”1131.00万元，而上年12月“期末余额/金额”825.250001万元＋“发放情况/本年累计/金额”546.00万元"
        "－“收回情况/本年累计/金额”240.00万元，合计应为1131.250001万元，相差0.250001万元（四舍五入最多相差0.25万元）。"
        "请核对本年累计各项和余额，改正后重新报送。",
        at=OWED,
        value="11310000.00",
        expected="11312500.01",
        period="2017-12",
        older=(december(825 * WAN + 25 * STEP + 1),),
    ),
    Over(
        "A03",
        "months that were rounded more coarsely are part of a year's sum: two figures, four years of 1 + 1 + 100 steps",
        **since_december(1131 * WAN + 205 * STEP),
        steps={"2018-01": 100 * STEP},
    ),
    Over(
        "A03",
        "one fen more is too much for them too",
        **since_december(1131 * WAN + 205 * STEP + 1),
        steps={"2018-01": 100 * STEP},
        message=A03.format("1200.00", "1133.050001", "130.00", "1202.050001", "2.050001", WITHIN.format("2.05")),
        at=OWED,
        value="12000000.00",
        expected="12020500.01",
    ),
    Over("A03", "not run without December's figure", owed(1200 * WAN - 3 * STEP), missing=("2017-12",)),
    Over(
        "A03",
        "what the bank types as December's is only compared",
        {START: 1100 * WAN},
        missing=("2017-12",),
        also=TYPED,
    ),
    Over(
        "A03",
        "an imported December is no ground to send a statement back",
        NOT_TYPED,
        missing=("2017-12",),
        imported=(imported("2017-12", OWED, 1150 * WAN),),
    ),
    Over(
        "A03",
        "a reversed month is part of the year",
        {f"{LENT}_mtd": -5 * WAN, f"{LENT}_ytd": 80 * WAN, f"{LENT}_cum": 1950 * WAN, OWED: 1150 * WAN},
    ),
    Over(
        "A03",
        "transfers of the year count",
        {f"{OTHER}_ytd": 7 * WAN},
        "汉阴县“期末余额/金额”1200.00万元，而上年12月“期末余额/金额”1131.00万元＋“发放情况/本年累计/金额”130.00万元"
        "－“收回情况/本年累计/金额”60.00万元－“核销及代偿/本年累计金额”1.00万元＋“其他变动/本年累计金额”7.00万元，"
        "合计应为1207.00万元，相差7.00万元（四舍五入最多相差0.06万元）。请核对本年累计各项和余额，改正后重新报送。",
        at=OWED,
        value="12000000.00",
        expected="12070000.00",
    ),
    Over("A03", "a year below zero is A10's", {f"{LOST}_ytd": -1 * WAN}),
]

CASES = [*LAST_MONTH, *YEAR_START]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_figures_follow_from_those_before(case):
    check_over(case)


def test_a_true_history_says_nothing_in_any_month():
    for period in MONTHS:
        assert check_over_time([month(period)], catalog(), Past.of_submissions(history(period))) == []


def test_every_month_can_be_judged_at_once_and_later_ones_do_no_harm():
    sent = [month(period) for period in MONTHS]
    assert check_over_time(sent, catalog(), Past.of_submissions(sent)) == []
    sent[-1] = month(changes=owed(1300 * WAN))
    found = check_over_time(sent, catalog(), Past.of_submissions(sent))
    assert [(f.rule, f.period) for f in found] == [("A02", "2018-03"), ("A03", "2018-03")]


@pytest.mark.parametrize(("fen", "broken"), [(0, []), (1, [("A03", "2018-02")])])
def test_each_row_has_the_months_of_its_own_year_whatever_stands_beside_it(fen, broken):
    """February beside March: two figures, and four years of 1 + 100 steps; half of that is 203 steps."""
    december = {"2017-12": {OWED: 1131 * WAN - 203 * STEP - fen}}
    past = Past.of_submissions(history("2018-03", december, steps={"2018-01": 100 * STEP}))
    found = check_over_time([month("2018-02", NOT_TYPED), month("2018-03", NOT_TYPED)], catalog(), past)
    assert [(f.rule, f.period) for f in found] == broken


def test_areas_go_their_own_ways_those_inside_another_too():
    """汉滨 is true; 高新区, which lies inside it, is not, though its row is in no total."""
    areas = {"hanbin": MONTHS["2018-03"], "gaoxin": MONTHS["2018-03"] | owed(1201 * WAN), "hanyin": MONTHS["2018-03"]}
    last = {"hanbin": MONTHS["2018-02"], "gaoxin": MONTHS["2018-02"], "hanyin": MONTHS["2018-02"]}
    past = Past.of_submissions([table(last, {OWED: 3 * 1175 * WAN}, unit="abc", period="2018-02")])
    found = check_over_time([table(areas, {OWED: 9999 * WAN}, unit="abc")], catalog(), past)
    assert [(f.rule, f.area) for f in found] == [("A02", "gaoxin"), ("A30", "gaoxin")]
    assert found[0].message.startswith("高新区“期末余额/金额”1201.00万元，而上月“期末余额/金额”1175.00万元＋")


def test_an_area_that_is_new_this_month_has_no_past():
    last = {"hanbin": MONTHS["2018-02"]}
    past = Past.of_submissions([table(last, unit="abc", period="2018-02")])
    now = {"hanbin": MONTHS["2018-03"], "hanyin": MONTHS["2018-03"] | NOT_TYPED | owed(1 * WAN)}
    assert codes(check_over_time([table(now, unit="abc")], catalog(), past)) == []


def test_another_unit_s_month_is_not_compared():
    past = Past.of_submissions([table({"hanyin": MONTHS["2018-02"]}, unit="psbc", period="2018-02")])
    assert (
        check_over_time([table({"hanyin": MONTHS["2018-03"] | NOT_TYPED | owed(1 * WAN)}, unit="abc")], catalog(), past)
        == []
    )
