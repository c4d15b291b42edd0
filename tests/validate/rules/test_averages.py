"""A13 and A14: averages beyond the cap, the slip of the unit, rates out of range."""

from fractions import Fraction

import pytest

from pipeline.validate import check
from pipeline.validate.rules.averages import average_words
from tests.validate.returns import (
    COUNTY,
    NOTHING_LENT,
    TEN,
    WAN,
    YUAN,
    Case,
    catalog,
    cell_of,
    check_case,
    statement,
    table,
)

AMOUNT, LENT, RATE = "disbursed_amount_mtd", "disbursed_amount_ytd", "weighted_average_rate"
CAP = (
    "汉阴县“发放情况/本月/金额”{}万元、{}户，户均{}，超过每户上限5.00万元。"
    "请核实金额和户数；如属实，请说明超上限的户和原因。"
)
SLIP = (
    "汉阴县“发放情况/本月/金额”{}万元、{}户，户均{}，{}（每户上限5.00万元）："
    "单位疑似填错（元／万元）。请核对这张表的金额单位，改正后重新报送。"
)
LOW = "汉阴县“加权平均利率(年)”{}%，低于0.5%。请核实是否误填小数或月利率；如属实，请说明原因。"
HIGH = "汉阴县“加权平均利率(年)”{}%，高于15%。请核实是否误填千分数（‰）；如属实，请说明原因。"


def month(households, amount):
    """A month's lending, in a year and a history that are large enough to hold it."""
    return {
        "disbursed_loans_mtd": households,
        "disbursed_households_mtd": households,
        AMOUNT: amount,
        "disbursed_loans_ytd": 400,
        "disbursed_households_ytd": 400,
        "disbursed_amount_ytd": 1500 * WAN,
    }


CASES = [
    Case("A13", "ten households at the cap", month(10, 50 * WAN)),
    Case(
        "A13",
        "one fen above",
        month(10, 50 * WAN + 1),
        CAP.format("50.000001", 10, "5.00万元"),
        severity="soft",
        at=AMOUNT,
        value="500000.01",
        expected="500000.00",
    ),
    Case(
        "A13",
        "three households at fifty times the cap: still a question",
        month(3, 750 * WAN),
        CAP.format("750.00", 3, "250.00万元"),
        severity="soft",
        at=AMOUNT,
        value="7500000.00",
        expected="150000.00",
    ),
    Case(
        "A13",
        "one fen above fifty times: the unit is wrong",
        month(3, 750 * WAN + 1),
        SLIP.format("750.000001", 3, "250.00万元", "高于上限的50倍"),
        at=AMOUNT,
        value="7500000.01",
        expected="150000.00",
    ),
    Case(
        "A13",
        "two households are too few to check_case the unit by",
        month(2, 750 * WAN),
        CAP.format("750.00", 2, "375.00万元"),
        severity="soft",
        at=AMOUNT,
        value="7500000.00",
        expected="100000.00",
    ),
    Case("A13", "three households at a fiftieth of the cap", month(3, 3000 * YUAN)),
    Case(
        "A13",
        "one fen below: 万元 taken for 元",
        month(3, 3000 * YUAN - 1),
        SLIP.format("0.299999", 3, "1000.00元", "不到上限的50分之一"),
        at=AMOUNT,
        value="2999.99",
    ),
    Case(
        "A13",
        "be it one fen",
        month(3, 1),
        SLIP.format("0.000001", 3, "0.00元", "不到上限的50分之一"),
        at=AMOUNT,
        value="0.01",
    ),
    Case(
        "A13",
        "one household has an average too",
        month(1, 6 * WAN),
        CAP.format("6.00", 1, "6.00万元"),
        severity="soft",
        at=AMOUNT,
        value="60000.00",
        expected="50000.00",
    ),
    Case("A13", "two households may owe very little", month(2, 100 * YUAN)),
    Case("A13", "three rests that read zero are A09's", month(3, 0), also=frozenset({"A09"})),
    Case("A13", "a reversal is A10's", month(5, -20 * WAN), also=frozenset({"A10"})),
    Case(
        "A13",
        "the stock has an average too",
        {"outstanding_households": 239, "past_due_households": 5},
        "汉阴县“期末余额/金额”1200.00万元、239户，户均50209.21元，超过每户上限5.00万元。请核实金额和户数；如属实，请说明超上限的户和原因。",
        severity="soft",
        at="outstanding_amount",
        value="12000000.00",
        expected="11950000.00",
    ),
    Case(
        "A13",
        "and the year",
        {"disbursed_households_ytd": 25, "disbursed_amount_ytd": 130 * WAN},
        "汉阴县“发放情况/本年累计/金额”130.00万元、25户，户均5.20万元，超过每户上限5.00万元。请核实金额和户数；如属实，请说明超上限的户和原因。",
        severity="soft",
        at="disbursed_amount_ytd",
        value="1300000.00",
        expected="1250000.00",
    ),
    Case("A14", "half a percent: more accrued", {RATE: 500_000}, also=frozenset({"A24"})),
    Case(
        "A14",
        "a little less",
        {RATE: 499_999},
        LOW.format("0.499999"),
        severity="soft",
        at=RATE,
        value="0.499999",
        expected="0.5",
    ),
    Case("A14", "fifteen percent", {RATE: 15_000_000}),
    Case(
        "A14",
        "a little more",
        {RATE: 15_000_001},
        HIGH.format("15.000001"),
        severity="soft",
        at=RATE,
        value="15.000001",
        expected="15",
    ),
    Case(
        "A14",
        "a rate typed as a fraction",
        {RATE: 43_500},
        LOW.format("0.0435"),
        severity="soft",
        at=RATE,
        value="0.0435",
        expected="0.5",
    ),
    Case("A14", "no rate where nothing was lent", dict(NOTHING_LENT)),
    Case("A14", "a zero where nothing was lent says nothing", {**NOTHING_LENT, RATE: 0}),
    Case(
        "A14",
        "any other rate does",
        {**NOTHING_LENT, RATE: 43_500},
        LOW.format("0.0435"),
        severity="soft",
        at=RATE,
        value="0.0435",
        expected="0.5",
        also=frozenset({"A16"}),
    ),
    Case(
        "A14",
        "and so does a zero where one fen was lent",
        {**NOTHING_LENT, **dict.fromkeys(("disbursed_loans_ytd", "disbursed_households_ytd", LENT), 1), RATE: 0},
        LOW.format("0"),
        severity="soft",
        at=RATE,
        value="0",
        expected="0.5",
    ),
    Case("A14", "nobody knows what was lent", {LENT: None, RATE: 0}, also=frozenset({"A16"})),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_averages_and_rates(case):
    check_case(case, statement(case.changes, **case.given))


BETWEEN = (
    "合计“加权平均利率(年)”{}%，不在各县区最低的{}%与最高的{}%之间。"
    "合计的利率是各县区按发放金额加权的平均数，请核实是否填成了相加的数或别的数；如属实，请说明原因。"
)
LIKE_HIGH, LIKE_LOW = (words.replace("汉阴县", "合计") for words in (HIGH, LOW))
SPREAD = {TEN[0]: 4_350_000, TEN[1]: 5_220_000}
"""Two of ten counties: 4.35 and 5.22 %; the others have 4.8 %."""


def of_total(total, rates=SPREAD, lent=WAN, **changes):
    """What A14 says of a statement of ten counties: (message, severity, cell, area)."""
    areas = {area: COUNTY | {RATE: rates.get(area, 4_800_000)} | changes.get(area, {}) for area in TEN}
    found = check([table(areas, {RATE: total, LENT: lent})], catalog())
    return [(f.message, f.severity, f.cell, f.area) for f in found if f.rule == "A14"]


@pytest.mark.parametrize(("why", "total", "words"), [
    ("none is typed", None, None),
    ("the lowest", 4_350_000, None),
    ("the highest", 5_220_000, None),
    ("5.22 by half of the last place more: 5.225", 5_225_000, BETWEEN.format("5.225", "4.35", "5.22")),
    ("5.2 is 5.22 to one place", 5_200_000, None),
    ("so may 5.3 be 5.25, and not 5.22", 5_300_000, BETWEEN.format("5.3", "4.35", "5.22")),
    ("4.34 is not 4.35", 4_340_000, BETWEEN.format("4.34", "4.35", "5.22")),
    ("4.3 is 4.35 to one place, half of it off", 4_300_000, None),
    ("4.2 is not", 4_200_000, BETWEEN.format("4.2", "4.35", "5.22")),
    ("a whole number has a tenth too", 6_000_000, BETWEEN.format("6", "4.35", "5.22")),
    ("above every county", 6_400_000, BETWEEN.format("6.4", "4.35", "5.22")),
    ("more places than there are", 5_220_001, BETWEEN.format("5.220001", "4.35", "5.22")),
    ("at the upper limit it is only above all", 15_000_000, BETWEEN.format("15", "4.35", "5.22")),
    ("beyond it is beyond it", 15_000_001, LIKE_HIGH.format("15.000001")),
    ("the sum of ten", 48_000_000, LIKE_HIGH.format("48")),
    ("at the lower limit", 500_000, BETWEEN.format("0.5", "4.35", "5.22")),
    ("below it", 499_999, LIKE_LOW.format("0.499999")),
    ("nought of what was lent", 0, LIKE_LOW.format("0")),
], ids=str)  # fmt: skip
def test_the_rate_of_a_typed_total(why, total, words):
    assert of_total(total) == ([(words, "soft", cell_of(RATE, 4), "")] if words else []), why


def test_a_total_that_lent_nothing_has_no_rate():
    assert of_total(0, lent=0) == []


@pytest.mark.parametrize(("why", "total", "rates"), [
    ("rounded to the nearest: 4.355 is 4.36", 4_360_000, dict.fromkeys(TEN, 4_355_000)),
    ("to a tenth: 4.35 is 4.4", 4_400_000, dict.fromkeys(TEN, 4_350_000)),
    ("one that lent and tells no rate", 6_400_000, {TEN[3]: None}),
    ("one that lent and tells nought is told by itself", 6_400_000, {TEN[3]: 0}),
    ("one out of range is told by itself", 6_400_000, {TEN[3]: 48_000_000}),
], ids=str)  # fmt: skip
def test_a_typed_total_is_not_held_against_rates_that_may_be_rounded_or_wrong(why, total, rates):
    assert [told for told in of_total(total, rates) if not told[-1]] == [], why


def test_a_county_that_lent_nothing_has_no_part_in_the_average():
    (told,) = of_total(6_400_000, **{TEN[3]: NOTHING_LENT}, **{TEN[4]: {**NOTHING_LENT, RATE: 0}})
    assert told[0] == BETWEEN.format("6.4", "4.35", "5.22")


def test_of_which_areas_have_no_part_in_the_average():
    areas = {area: COUNTY | {RATE: 4_800_000} for area in TEN} | {"gaoxin": COUNTY | {RATE: 6_400_000}}
    found = check([table(areas, {RATE: 6_400_000, LENT: WAN})], catalog())
    assert [(f.rule, f.area) for f in found if f.rule == "A14"] == [("A14", "")]


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (1 * WAN - 1, "9999.99元"),
        (1 * WAN, "1.00万元"),
        (1 * WAN + 1, "10000.01元"),
        (100 * WAN - 1, "999999.99元"),
        (100 * WAN + 1, "100.00万元"),
    ],
)
def test_an_average_is_said_to_the_fen_unless_it_is_far_from_any_cap(fen, words):
    assert average_words(Fraction(fen)) == words


@pytest.mark.parametrize(("why", "year", "goes"), [
    ("twenty households at the cap before: only the month is above it", 100 * WAN, True),
    ("one fen more before: the year is above it by itself", 100 * WAN + 1, False),
])  # fmt: skip
def test_a_year_above_the_cap_by_its_month_alone_goes_under_that(why, year, goes):
    """One loan of 300 万元 to one of ten households this month: 9 × 4 + 300, of 30 households this year."""
    large = {AMOUNT: 336 * WAN, "disbursed_amount_ytd": 336 * WAN + year, "disbursed_amount_cum": 2300 * WAN}
    found = {f.indicator: f for f in check([statement(large)], catalog()) if f.rule == "A13"}
    assert found.keys() == {AMOUNT, "disbursed_amount_ytd"}
    assert found["disbursed_amount_ytd"].under == (found[AMOUNT].id if goes else ""), why
