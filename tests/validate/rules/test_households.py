"""A06: between which bounds households of a year, and of all years, lie."""

import pytest

from pipeline.validate import check_over_time
from pipeline.validate.past import Past
from tests.validate.months import MONTHS, Over, check_over, history, imported, month
from tests.validate.returns import WAN, catalog

MTD, YTD, CUM = (f"disbursed_households_{span}" for span in ("mtd", "ytd", "cum"))
ASK = "请核对本月和累计的户数，改正后重新报送；是上月报表有误的，请先更正上月报表。"
ASK_OTHERWISE = {
    "就是本月": "请核对这两个户数，改正后重新报送。",
    "就发放": "请核对累计的户数，改正后重新报送；是那个月的报表有误的，请先更正那个月的报表。",
}
EXPLAIN = "请核对本月和累计的户数；因扶贫对象动态调整的，请说明增减的户数和原因。"
JANUARY = "汉阴县“发放情况/本年累计/户数”{}户，而“发放情况/本月/户数”10户：1月的本年累计就是本月。"
LARGEST = "汉阴县“发放情况/本年累计/户数”{}户，少于本年{}月一个月就发放的{}户。"
LESS = "汉阴县“发放情况/{}/户数”{}户，少于上月的{}户：累计户数只会增加。"
MORE = "汉阴县“发放情况/{}/户数”{}户，多于{}户（上月{}户＋本月{}户）：新增的户数不会多于本月发放的户数。"
YEAR, EVER = "本年累计", "历史累计"
ADJUSTED = {"households_adjusted_dynamically": True}


def wrong(why, changes, message, at, expected, severity="hard", **more):
    """A bound that is broken."""
    ask = next((words for said, words in ASK_OTHERWISE.items() if said in message), ASK)
    words = message + (ask if severity == "hard" else EXPLAIN)
    return Over("A06", why, changes, words, severity, at, str(changes[at]), str(expected), **more)


CASES = [
    Over("A06", "all ten of the month are new this year: 20 + 10 = 30"),
    wrong("one more", {YTD: 31}, MORE.format(YEAR, 31, 30, 20, 10), YTD, 30),
    Over("A06", "all ten of the month were lent to before this year", {YTD: 20}),
    wrong("one less than last month", {YTD: 19}, LESS.format(YEAR, 19, 20), YTD, 20),
    Over("A06", "all ten of the month are new: 441 + 10 = 451", {CUM: 451}),
    wrong("one more than all who could be new", {CUM: 452}, MORE.format(EVER, 452, 451, 441, 10), CUM, 451),
    Over("A06", "all ten of the month were lent to some time before", {CUM: 441}),
    wrong("one less than there ever were", {CUM: 440}, LESS.format(EVER, 440, 441), CUM, 441),
    Over("A06", "January: the year is the month", period="2018-01"),
    wrong("one more in January", {YTD: 11}, JANUARY.format(11), YTD, 10, period="2018-01"),
    wrong("one less in January", {YTD: 9}, JANUARY.format(9), YTD, 10, period="2018-01"),
    wrong(
        "January needs no other month",
        {YTD: 130},
        JANUARY.format(130),
        YTD,
        10,
        period="2018-01",
        missing=tuple(MONTHS),
    ),
    wrong(
        "what there ever was goes on from December: 422 + 10",
        {CUM: 433},
        MORE.format(EVER, 433, 432, 422, 10),
        CUM,
        432,
        period="2018-01",
    ),
    Over("A06", "and to its edge", {CUM: 432}, period="2018-01"),
    Over(
        "A06",
        "without last month nothing bounds the year above, nor what there ever was",
        {YTD: 99, CUM: 1},
        missing=("2018-02",),
    ),
    Over("A06", "without last month January still bounds it below", {YTD: 10}, missing=("2018-02",)),
    wrong("one less than January alone", {YTD: 9}, LARGEST.format(9, 1, 10), YTD, 10, missing=("2018-02",)),
    Over("A06", "with no other month of the year nothing does", {YTD: 1}, missing=("2018-01", "2018-02")),
    Over(
        "A06",
        "last year's months bound nothing",
        {YTD: 1},
        missing=("2018-01", "2018-02"),
        earlier={"2017-12": {MTD: 99, YTD: 99}},
    ),
    wrong(
        "of several months the largest, be it the earlier",
        {YTD: 24},
        LARGEST.format(24, 3, 30),
        YTD,
        30,
        period="2017-06",
        missing=("2017-05",),
        earlier={"2017-03": {MTD: 30}, "2017-04": {MTD: 25}},
    ),
    wrong(
        "or the later",
        {YTD: 29},
        LARGEST.format(29, 4, 30),
        YTD,
        30,
        period="2017-06",
        missing=("2017-05",),
        earlier={"2017-03": {MTD: 25}, "2017-04": {MTD: 30}},
    ),
    wrong(
        "of two alike the later",
        {YTD: 29},
        LARGEST.format(29, 4, 30),
        YTD,
        30,
        period="2017-06",
        missing=("2017-05",),
        earlier={"2017-03": {MTD: 30}, "2017-04": {MTD: 30}},
    ),
    Over(
        "A06",
        "its edge",
        {YTD: 30},
        period="2017-06",
        missing=("2017-05",),
        earlier={"2017-03": {MTD: 25}, "2017-04": {MTD: 30}},
    ),
    wrong(
        "the largest month is asked even where last month's year is less",
        {YTD: 39},
        LARGEST.format(39, 1, 40),
        YTD,
        40,
        earlier={"2018-01": {MTD: 40}, "2018-02": {YTD: 35}},
    ),
    wrong("less than last month and than January: said once", {YTD: 9}, LESS.format(YEAR, 9, 20), YTD, 20),
    Over("A06", "a month that is not reported bounds nothing above", {MTD: None, YTD: 99, CUM: 999}),
    wrong("but last month still does below", {MTD: None, YTD: 19}, LESS.format(YEAR, 19, 20), YTD, 20),
    Over("A06", "a month below zero is A10's", {MTD: -3}),
    Over("A06", "and so is a year below zero", {YTD: -3}),
    Over("A06", "a year that is not reported", {YTD: None, CUM: None}),
    Over(
        "A06",
        "an imported figure is no ground to send a statement back",
        {YTD: 24},
        missing=("2018-02",),
        imported=(imported("2018-02", YTD, 25),),
    ),
    Over(
        "A06",
        "no rounding is meant for households",
        {"disbursed_amount_ytd": 130 * WAN},
        steps=dict.fromkeys(MONTHS, 100),
    ),
    wrong(
        "where the profile adjusts during the year it is a question",
        {YTD: 19},
        LESS.format(YEAR, 19, 20),
        YTD,
        20,
        severity="soft",
        policy=ADJUSTED,
    ),
    wrong("upwards too", {CUM: 452}, MORE.format(EVER, 452, 451, 441, 10), CUM, 451, severity="soft", policy=ADJUSTED),
    wrong("in January too", {YTD: 9}, JANUARY.format(9), YTD, 10, severity="soft", policy=ADJUSTED, period="2018-01"),
    wrong(
        "and of the largest month",
        {YTD: 9},
        LARGEST.format(9, 1, 10),
        YTD,
        10,
        severity="soft",
        policy=ADJUSTED,
        missing=("2018-02",),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_households_within_bounds(case):
    check_over(case)


def test_the_year_and_all_years_are_findings_of_their_own():
    found = Over("A06", "both", {YTD: 31, CUM: 440}).found()
    assert [(f.rule, f.indicator, f.expected) for f in found] == [("A06", YTD, "30"), ("A06", CUM, "441")]


def test_last_year_bounds_nothing_whatever_month_stands_beside():
    """February beside March, which has one month more behind it."""
    past = Past.of_submissions(history(changes={"2017-12": {MTD: 99}}))
    assert check_over_time([month("2018-02"), month("2018-03")], catalog(), past) == []
