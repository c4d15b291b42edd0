"""A13 and A14 against last month, A15: what moves as it never did."""

import pytest

from tests.validate.months import MONTHS, Over, before, check_over, imported
from tests.validate.returns import ABSENT, DASH, WAN, YUAN

LENT, COUNT, RATE = "disbursed_amount_mtd", "disbursed_households_mtd", "weighted_average_rate"
OWED, LINES, LATE = "outstanding_amount", "credit_line_amount", "past_due_amount"


def fen(value):
    """An amount as findings hold it."""
    return f"{value // 100}.{value % 100:02d}"


# ------------------------------------------------------------------ A13

TENFOLD = "汉阴县“{}”{}万元、{}户，户均{}，约为上月户均{}的{}：疑似差十倍（多写或少写一位）。请核对金额和户数；如属实，请说明原因。"
MONTH = "发放情况/本月/金额"


def february(amount, households):
    """What was lent in February, beside 45 万元 to ten households in March: 45000 元 each."""
    return {"2018-02": {LENT: amount, COUNT: households}}


def march(amount, households=10):
    """March with another month's lending, in a year, a history and a balance that hold it."""
    return {
        LENT: amount,
        "disbursed_amount_ytd": 85 * WAN + amount,
        "disbursed_amount_cum": 1955 * WAN + amount,
        OWED: 1155 * WAN + amount,
        COUNT: households,
        "disbursed_households_ytd": 20 + households,
        "disbursed_households_cum": 441 + households,
    }


def tenfold(why, earlier, average, last, times, changes=None, amount=45 * WAN, typed="45.00", households=10, **more):
    message = TENFOLD.format(MONTH, typed, households, average, last, times)
    return Over("A13", why, changes or {}, message, "soft", LENT, fen(amount), "", earlier=earlier, **more)


AVERAGES = [
    Over("A13", "45000 元 each, last month 40909 元 each"),
    tenfold("nine times to the fen", february(5 * WAN, 10), "4.50万元", "5000.00元", "十倍"),
    Over("A13", "a little less than nine times", earlier=february(5 * WAN + 1, 10)),
    tenfold("eleven times to the fen", february(45_000 * YUAN, 11), "4.50万元", "4090.91元", "十倍"),
    Over("A13", "a little more than eleven times", earlier=february(45_000 * YUAN - 1, 11)),
    tenfold("nine hundredths to the fen", february(500 * WAN, 10), "4.50万元", "50.00万元", "十分之一"),
    Over("A13", "a little less than nine hundredths", earlier=february(500 * WAN + 1, 10)),
    tenfold("eleven hundredths to the fen", february(450 * WAN, 11), "4.50万元", "409090.91元", "十分之一"),
    Over("A13", "a little more than eleven hundredths", earlier=february(450 * WAN - 1, 11)),
    tenfold("three households last month", february(13_500 * YUAN, 3), "4.50万元", "4500.00元", "十倍"),
    Over("A13", "two are too few to judge by", earlier=february(9_000 * YUAN, 2)),
    tenfold(
        "three households now", february(45_000 * YUAN, 10), "4.50万元", "4500.00元", "十倍",
        changes=march(135_000 * YUAN, 3), amount=135_000 * YUAN, typed="13.50", households=3,
    ),
    Over("A13", "two are too few now", march(90_000 * YUAN, 2), earlier=february(45_000 * YUAN, 10)),
    tenfold(
        "at the cap", february(5 * WAN, 10), "5.00万元", "5000.00元", "十倍",
        changes=march(50 * WAN), amount=50 * WAN, typed="50.00",
    ),
    Over("A13", "above the cap level 1 has asked", march(50 * WAN + 1), earlier=february(5 * WAN, 10)),
    tenfold(
        "at a fiftieth of the cap", february(10 * WAN, 10), "1000.00元", "1.00万元", "十分之一",
        changes=march(1 * WAN), amount=1 * WAN, typed="1.00",
    ),
    Over("A13", "below it level 1 has called the unit wrong", march(1 * WAN - 1), earlier=february(10 * WAN, 10)),
    Over("A13", "nothing lent last month", earlier=february(0, 0)),
    Over("A13", "last month was taken back", earlier=february(-5 * WAN, 10)),
    Over("A13", "this month is", march(-5 * WAN), earlier=february(5 * WAN, 10)),
    Over("A13", "nothing lent this month", march(0, 0), earlier=february(5 * WAN, 10)),
    Over("A13", "not reported", {COUNT: None}, earlier=february(5 * WAN, 10)),
    Over("A13", "not reported last month", earlier=february(None, 10)),
    Over("A13", "not compared without last month", missing=("2018-02",), earlier={"2018-01": {LENT: 5 * WAN}}),
    Over(
        "A13",
        "the stock too",
        {},
        TENFOLD.format("期末余额/金额", "1200.00", 290, "41379.31元", "4137.32元", "十倍"),
        "soft",
        OWED,
        "12000000.00",
        earlier={"2018-02": {"outstanding_households": 2840}},
        also=frozenset({"A28"}),
    ),
    Over(
        "A13",
        "and the year",
        {},
        TENFOLD.format("发放情况/本年累计/金额", "130.00", 30, "43333.33元", "4250.00元", "十倍"),
        "soft",
        "disbursed_amount_ytd",
        "1300000.00",
        earlier={"2018-02": {"disbursed_households_ytd": 200}},
        also=frozenset({"A29"}),
    ),
    Over(
        "A13",
        "January against December",
        {},
        TENFOLD.format(MONTH, "40.00", 10, "4.00万元", "4000.00元", "十倍"),
        "soft",
        LENT,
        "400000.00",
        period="2018-01",
        earlier={"2017-12": {LENT: 4 * WAN}},
    ),
    tenfold(
        "imported figures are a base", {}, "4.50万元", "4500.00元", "十倍", missing=("2018-02",),
        imported=(imported("2018-02", LENT, 45_000 * YUAN), imported("2018-02", COUNT, 10)),
    ),
]  # fmt: skip

# ------------------------------------------------------------------ A14

FAR = "汉阴县“加权平均利率(年)”{}%，约为上次（{}）{}%的{}：疑似小数与百分数填错。请核实；如属实，请说明原因。"
NEAR = "汉阴县“加权平均利率(年)”{}%，约为上次（{}）{}%的{}：疑似月息、年息换算有误（‰×12÷10＝%）。请核实；如属实，请说明原因。"
NO_RATE = {period: {RATE: None} for period in MONTHS}


def rates(last, **other):
    return {"earlier": {"2018-02": {RATE: last}, **{f"2018-0{n[-1]}": {RATE: v} for n, v in other.items()}}}


def odd(why, now, last, words, **more):
    return Over(
        "A14", why, {RATE: now}, words, "soft", RATE, words.split("”")[1].split("%")[0], **{**rates(last), **more}
    )


FEBRUARY = "2018年2月"
RATES = [
    Over("A14", "as last month"),
    Over("A14", "a little more", {RATE: 4_750_000}),
    odd("a hundred times", 4_350_000, 43_500, FAR.format("4.35", FEBRUARY, "0.0435", "一百倍")),
    odd("ninety times to the digit", 4_500_000, 50_000, FAR.format("4.5", FEBRUARY, "0.05", "一百倍")),
    Over("A14", "a little less than ninety times", {RATE: 4_500_000}, **rates(50_001)),
    odd("a hundred and ten times", 4_400_000, 40_000, FAR.format("4.4", FEBRUARY, "0.04", "一百倍")),
    Over("A14", "a little more than that", {RATE: 4_400_000}, **rates(39_999)),
    odd("nine thousandths", 540_000, 60_000_000, FAR.format("0.54", FEBRUARY, "60", "百分之一")),
    Over("A14", "a little less", {RATE: 540_000}, **rates(60_000_001)),
    odd("eleven thousandths", 550_000, 50_000_000, FAR.format("0.55", FEBRUARY, "50", "百分之一")),
    Over("A14", "a little more than eleven thousandths", {RATE: 550_000}, **rates(49_999_999)),
    odd("ten twelfths", 5_000_000, 6_000_000, NEAR.format("5", FEBRUARY, "6", "十二分之十")),
    odd("two percent above ten twelfths", 5_100_000, 6_000_000, NEAR.format("5.1", FEBRUARY, "6", "十二分之十")),
    Over("A14", "a little more than that above", {RATE: 5_100_001}, **rates(6_000_000)),
    odd("two percent below ten twelfths", 4_900_000, 6_000_000, NEAR.format("4.9", FEBRUARY, "6", "十二分之十")),
    Over("A14", "a little more than that below", {RATE: 4_899_999}, **rates(6_000_000)),
    odd("twelve tenths", 6_000_000, 5_000_000, NEAR.format("6", FEBRUARY, "5", "十分之十二")),
    odd("two percent above twelve tenths", 6_120_000, 5_000_000, NEAR.format("6.12", FEBRUARY, "5", "十分之十二")),
    Over("A14", "a little more than that above twelve tenths", {RATE: 6_120_001}, **rates(5_000_000)),
    odd("two percent below twelve tenths", 5_880_000, 5_000_000, NEAR.format("5.88", FEBRUARY, "5", "十分之十二")),
    Over("A14", "a little more than that below twelve tenths", {RATE: 5_879_999}, **rates(5_000_000)),
    odd("at the upper end of the range", 15_000_000, 12_500_000, NEAR.format("15", FEBRUARY, "12.5", "十分之十二")),
    Over("A14", "beyond it level 1 has asked", {RATE: 15_000_001}, **rates(12_500_000)),
    odd("at the lower end of the range", 500_000, 600_000, NEAR.format("0.5", FEBRUARY, "0.6", "十二分之十")),
    Over("A14", "below it level 1 has asked", {RATE: 499_999}, **rates(599_999)),
    Over("A14", "no rate this month", {RATE: None}, **rates(6_000_000)),
    Over("A14", "a dash", {RATE: DASH}, **rates(6_000_000)),
    odd(
        "where last month has none the one before", 5_000_000, None, NEAR.format("5", "2018年1月", "6", "十二分之十"),
        earlier={"2018-02": {RATE: None}, "2018-01": {RATE: 6_000_000}},
    ),
    odd(
        "a zero beside no lending says nothing", 5_000_000, 0, NEAR.format("5", "2018年1月", "6", "十二分之十"),
        earlier={"2018-02": {RATE: 0}, "2018-01": {RATE: 6_000_000}},
    ),
    odd(
        "where last month is not there", 5_000_000, None, NEAR.format("5", "2018年1月", "6", "十二分之十"),
        earlier={"2018-01": {RATE: 6_000_000}}, missing=("2018-02",),
    ),
    odd(
        "a year ago", 5_000_000, None, NEAR.format("5", "2017年3月", "6", "十二分之十"),
        earlier=NO_RATE | {"2017-03": {RATE: 6_000_000}},
    ),
    Over("A14", "longer ago is another time", {RATE: 5_000_000}, earlier=NO_RATE | {"2017-02": {RATE: 6_000_000}}),
    Over("A14", "there never was one", {RATE: 5_000_000}, earlier=NO_RATE),
    odd(
        "the last one counts, not the one that is like it", 5_000_000, 6_000_000,
        NEAR.format("5", FEBRUARY, "6", "十二分之十"), **{"earlier": {"2018-02": {RATE: 6_000_000}, "2018-01": {RATE: 5_000_000}}},
    ),
    odd(
        "an imported rate is a base", 5_000_000, None, NEAR.format("5", FEBRUARY, "6", "十二分之十"),
        missing=("2018-02",), earlier={}, imported=(imported("2018-02", RATE, 6_000_000),),
    ),
    odd(
        "January against December", 5_000_000, None, NEAR.format("5", "2017年12月", "6", "十二分之十"),
        period="2018-01", earlier={"2017-12": {RATE: 6_000_000}},
    ),
]  # fmt: skip

# ------------------------------------------------------------------ A15

STOCK = (
    "汉阴县“{}”{}万元，上月{}万元，{}{}万元（{}），超过以往{}个月的最大变动{}万元{}。请核实；如属实，请说明变动的原因。"
)
FLOW = "汉阴县“{}”{}万元，超过以往{}个月最大数{}万元的3倍{}。请核实；如属实，请说明原因。"
CREDIT, PAST_DUE = "评级授信/授信金额", "逾期贷款/余额"
HALF_A_MILLION = 50 * WAN


def stock(why, code, now, *words, others="", **more):
    label = {LINES: CREDIT, LATE: PAST_DUE}[code]
    changes = {code: now} | more.pop("changes", {})
    return Over("A15", why, changes, STOCK.format(label, *words, others), "soft", code, fen(now), **more)


def flow(why, code, now, changes, *words, others="", **more):
    label = {LENT: MONTH, "repaid_amount_mtd": "收回情况/本月金额", "written_off_amount_mtd": "核销及代偿/本月金额"}[
        code
    ]
    return Over("A15", why, changes, FLOW.format(label, *words, others), "soft", code, fen(now), **more)


def lost(amount):
    """March with another write-off, in a year and a balance that hold it."""
    return {"written_off_amount_mtd": amount, "written_off_amount_ytd": 1 * WAN + amount, OWED: 1200 * WAN - amount}


NONE_LOST = {period: {f"written_off_amount_{span}": ABSENT for span in ("mtd", "ytd")} for period in MONTHS}
GREW = ("7800.000001", "6000.00", "增加", "1800.000001", "30%")

MOVEMENTS = [
    Over("A15", "as usual"),
    Over("A15", "thirty percent more", {LINES: 7800 * WAN}),
    stock("one fen above thirty percent", LINES, 7800 * WAN + 1, *GREW, 12, "0.00"),
    Over("A15", "thirty percent less", {LINES: 4200 * WAN}),
    stock("one fen below", LINES, 4200 * WAN - 1, "4199.999999", "6000.00", "减少", "1800.000001", "30%", 12, "0.00"),
    Over("A15", "half a million more", {LATE: 59 * WAN}),
    stock("one fen above half a million", LATE, 59 * WAN + 1, "59.000001", "9.00", "增加", "50.000001", "555%", 12, "0.00"),
    stock(
        "there was nothing last month", LATE, HALF_A_MILLION + 1, "50.000001", "0.00", "增加", "50.000001", "上月为零", 12, "9.00",
        earlier={"2018-02": {LATE: 0}},
    ),
    Over("A15", "as much as it moved a year ago", {LINES: 8000 * WAN}, earlier={"2017-02": {LINES: 4000 * WAN}}),
    stock(
        "one fen above all that it moved in twelve months", LINES, 8000 * WAN + 1,
        "8000.000001", "6000.00", "增加", "2000.000001", "33%", 12, "2000.00", earlier={"2017-02": {LINES: 4000 * WAN}},
    ),
    stock(
        "what moved longer ago is another time", LINES, 7800 * WAN + 1, *GREW, 12, "0.00",
        imported=(imported("2017-01", LINES, 1000 * WAN),),
    ),
    stock("a month that is not there takes two changes with it", LINES, 7800 * WAN + 1, *GREW, 10, "0.00", missing=("2017-06",)),
    Over("A15", "not compared without last month", {LINES: 60_000 * WAN}, missing=("2018-02",)),
    stock("six months are known", LINES, 7800 * WAN + 1, *GREW, 5, "0.00", missing=before("2017-09")),
    Over("A15", "five are too few", {LINES: 60_000 * WAN}, missing=before("2017-10")),
    Over("A15", "none is", {LINES: 60_000 * WAN}, missing=tuple(MONTHS)),
    Over("A15", "not reported", {LINES: None, LATE: DASH}),
    Over("A15", "below zero is A10's", {LINES: -1}),
    Over("A15", "three times the largest month", march(153 * WAN, 40)),
    flow("one fen more", LENT, 153 * WAN + 1, march(153 * WAN + 1, 40), "153.000001", 12, "51.00"),
    Over("A15", "as large a year ago", march(153 * WAN + 1, 40), earlier={"2017-03": {LENT: 100 * WAN}}),
    flow(
        "what was longer ago is another time", LENT, 153 * WAN + 1, march(153 * WAN + 1, 40), "153.000001", 12, "51.00",
        earlier={"2017-02": {LENT: 100 * WAN}},
    ),
    flow(
        "repayments", "repaid_amount_mtd", 75 * WAN + 1,
        {"repaid_amount_mtd": 75 * WAN + 1, "repaid_amount_ytd": 115 * WAN + 1, OWED: 1145 * WAN - 1}, "75.000001", 12, "25.00",
    ),
    Over("A15", "three times the largest repayment",
         {"repaid_amount_mtd": 75 * WAN, "repaid_amount_ytd": 115 * WAN, OWED: 1145 * WAN}),
    Over("A15", "half a million written off", lost(HALF_A_MILLION)),
    flow("one fen more written off", "written_off_amount_mtd", HALF_A_MILLION + 1, lost(HALF_A_MILLION + 1), "50.000001", 12, "1.00"),
    flow(
        "columns that were never there: nothing had been written off", "written_off_amount_mtd", HALF_A_MILLION + 1,
        lost(HALF_A_MILLION + 1) | {"written_off_amount_ytd": HALF_A_MILLION + 1}, "50.000001", 12, "0.00",
        earlier=NONE_LOST, also=frozenset({"A03"}),
    ),
    Over("A15", "an imported month was as large", march(153 * WAN + 1, 40), missing=("2017-09",),
         imported=(imported("2017-09", LENT, 51 * WAN + 1),)),
    Over("A15", "a month taken back", march(-100 * WAN)),
    Over("A15", "three times six months' largest", march(135 * WAN, 40), missing=before("2017-09")),
    flow(
        "one fen more than that", LENT, 135 * WAN + 1, march(135 * WAN + 1, 40), "135.000001", 6, "45.00",
        missing=before("2017-09"),
    ),
    Over("A15", "five months are too few for flows", march(153 * WAN + 1, 40), missing=before("2017-10")),
    flow(
        "last month need not be there", LENT, 153 * WAN + 1, march(153 * WAN + 1, 40), "153.000001", 11, "51.00",
        missing=("2018-02",),
    ),
    stock(
        "one finding a unit and area, at what moved most", LINES, 9000 * WAN,
        "9000.00", "6000.00", "增加", "3000.00", "50%", 12, "0.00", others="；“逾期贷款/余额”也有异常变动",
        changes={LATE: 109 * WAN},
    ),
    stock(
        "be it the other", LATE, 3009 * WAN, "3009.00", "9.00", "增加", "3000.00", "33333%", 12, "0.00",
        others="；“评级授信/授信金额”、“发放情况/本月/金额”也有异常变动", changes={LINES: 8000 * WAN, **march(200 * WAN, 50)},
    ),
    stock("January against December", LINES, 7800 * WAN + 1, *GREW, 10, "0.00", period="2018-01"),
]  # fmt: skip

CASES = [*AVERAGES, *RATES, *MOVEMENTS]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_movements(case):
    check_over(case)
