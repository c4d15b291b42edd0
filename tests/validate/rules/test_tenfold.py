"""C01-6: a county return against last month's, a digit too many or too few, the wrong unit of money."""

import pytest

from pipeline.validate import check_beyond
from pipeline.validate.neighbours import Neighbours
from tests.validate.returns import ABSENT, DASH, WAN, Case, catalog, cell_of, county_return

FUND, ADDED, REGISTERED = "fund_balance_amount", "fund_added_amount_ytd", "registered_households"
TOTAL = "project_total_amount#1"
LABEL = {FUND: "风险补偿金余额", ADDED: "本年新增风险补偿金", REGISTERED: "建档立卡贫困户数",
         TOTAL: "金融扶贫项目/总投资（第1项）", "posts_township_planned": "镇级服务站计划数"}  # fmt: skip
ASK = "请核对；是上月报表有误的，请更正上月报表；如属实，请说明原因。"
UNIT = "金额单位填错（元、万元）"


def odd(why, now, last, said, times, slip, at, value, expected, **given):
    """A figure that is so many times last month's."""
    message = f"汉阴县“{LABEL[at]}”{said[0]}，约为上月{said[1]}的{times}：疑似{slip}。{ASK}"
    return Case("C01-6", why, {at: now}, message, "soft", at, value, expected, given={"last": {at: last}, **given})


def far(why, now, last, said, moved, at, value, expected, **given):
    """A figure that is otherwise far from last month's."""
    message = f"汉阴县“{LABEL[at]}”{said[0]}，上月{said[1]}，{moved}。{ASK}"
    return Case("C01-6", why, {at: now}, message, "soft", at, value, expected, given={"last": {at: last}, **given})


def even(why, now, last, at=FUND, **given):
    return Case("C01-6", why, {at: now}, given={"last": {at: last}, **given})


CASES = [
    even("as last month", 700 * WAN, 700 * WAN),
    odd("ten times", 7000 * WAN, 700 * WAN, ("7000.00万元", "700.00万元"), "十倍", "多写一位", FUND, "70000000.00", "7000000.00"),
    odd("a tenth", 70 * WAN, 700 * WAN, ("70.00万元", "700.00万元"), "十分之一", "少写一位", FUND, "700000.00", "7000000.00"),
    odd("eleven times is near enough", 770_000, 70_000, ("0.77万元", "0.07万元"), "十倍", "多写一位", FUND, "7700.00", "700.00"),
    even("one fen more is not", 770_001, 70_000),
    odd("nine times is near enough", 630_000, 70_000, ("0.63万元", "0.07万元"), "十倍", "多写一位", FUND, "6300.00", "700.00"),
    even("one fen less is not", 629_999, 70_000),
    odd("eleven hundredths", 77_000, 700_000, ("0.077万元", "0.70万元"), "十分之一", "少写一位", FUND, "770.00", "7000.00"),
    even("one fen more is no tenth", 77_001, 700_000),
    odd("nine hundredths", 63_000, 700_000, ("0.063万元", "0.70万元"), "十分之一", "少写一位", FUND, "630.00", "7000.00"),
    even("one fen less is no tenth", 62_999, 700_000),
    odd("in yuan", 7_000_000 * WAN, 700 * WAN, ("7000000.00万元", "700.00万元"), "一万倍", UNIT, FUND, "70000000000.00", "7000000.00"),
    odd("a ten thousandth", 70_000, 700 * WAN, ("0.07万元", "700.00万元"), "一万分之一", UNIT, FUND, "700.00", "7000000.00"),
    far("a hundred times has no name", 70_000 * WAN, 700 * WAN, ("70000.00万元", "700.00万元"), "增加到3倍以上", FUND,
        "700000000.00", "7000000.00"),
    even("three times, to the fen", 2100 * WAN, 700 * WAN),
    far("one fen more", 2100 * WAN + 1, 700 * WAN, ("2100.000001万元", "700.00万元"), "增加到3倍以上", FUND,
        "21000000.01", "7000000.00"),
    even("a third, to the fen", 700 * WAN, 2100 * WAN),
    far("one fen less", 700 * WAN - 1, 2100 * WAN, ("699.999999万元", "2100.00万元"), "减少到1/3以下", FUND,
        "6999999.99", "21000000.00"),
    even("four times, and 50 万元 more", 66_666_667, 16_666_667),
    far("and one fen more than 50", 66_666_668, 16_666_667, ("66.666668万元", "16.666667万元"), "增加到3倍以上", FUND,
        "666666.68", "166666.67"),
    even("50 万元 less", 10 * WAN, 60 * WAN),
    far("one fen more than 50 less", 10 * WAN - 1, 60 * WAN, ("9.999999万元", "60.00万元"), "减少到1/3以下", FUND,
        "99999.99", "600000.00"),
    even("three times as many households", 6000, 2000, at=REGISTERED),
    far("and one", 6001, 2000, ("6001户", "2000户"), "增加到3倍以上", REGISTERED, "6001", "2000"),
    even("a third of the households", 2000, 6000, at=REGISTERED),
    far("but one", 1999, 6000, ("1999户", "6000户"), "减少到1/3以下", REGISTERED, "1999", "6000"),
    far("ten posts last month", 40, 10, ("40个", "10个"), "增加到3倍以上", "posts_township_planned", "40", "10"),
    even("of nine nothing can be said", 40, 9, at="posts_township_planned"),
    far("ten posts are left", 10, 40, ("10个", "40个"), "减少到1/3以下", "posts_township_planned", "10", "40"),
    far("a fall to nine", 9, 40, ("9个", "40个"), "减少到1/3以下", "posts_township_planned", "9", "40"),
    even("but nine are few to rise from", 40, 9, at="posts_township_planned"),
    even("what is added since January may be many times as much", 400 * WAN, 50 * WAN, at=ADDED),
    even("and where it is less that is C01-7's", 100 * WAN, 400 * WAN, at=ADDED),
    far("a project of four times the size", 2000 * WAN, 500 * WAN, ("2000.00万元", "500.00万元"), "增加到3倍以上", TOTAL,
        "20000000.00", "5000000.00"),
    even("from nothing", 700 * WAN, 0),
    far("to nothing", 0, 700 * WAN, ("0.00万元", "700.00万元"), "减少到1/3以下", FUND, "0.00", "7000000.00"),
    far("no posts any more", 0, 40, ("0个", "40个"), "减少到1/3以下", "posts_township_planned", "0", "40"),
    even("from nothing", 40, 0, at="posts_township_planned"),
    even("below zero is C01-1's", -40, 40, at="posts_township_planned"),
    even("nor is one below it", -1, 40, at="posts_township_planned"),
    even("not reported last month", 700 * WAN, None),
    even("not in last month's form", 700 * WAN, ABSENT),
    even("not reported now", DASH, 700 * WAN, at="fund_required_amount"),
    odd("households", 20_000, 2000, ("20000户", "2000户"), "十倍", "多写一位", REGISTERED, "20000", "2000"),
    far("households know no 万元", 20_000_000, 2000, ("20000000户", "2000户"), "增加到3倍以上", REGISTERED, "20000000", "2000"),
    odd("ten posts", 109, 10, ("109个", "10个"), "十倍", "多写一位", "posts_township_planned", "109", "10"),
    even("nine posts are few", 90, 9, at="posts_township_planned"),
    odd("from ten posts", 10, 100, ("10个", "100个"), "十分之一", "少写一位", "posts_township_planned", "10", "100"),
    odd("nine for ninety", 9, 90, ("9个", "90个"), "十分之一", "少写一位", "posts_township_planned", "9", "90"),
    even("so few that nothing can be said", 90, 9, at="posts_township_planned"),
    even("more was added than ever", 500 * WAN, 50 * WAN, at=ADDED),
    odd("less than last month in a year", 5 * WAN, 50 * WAN, ("5.00万元", "50.00万元"), "十分之一", "少写一位", ADDED,
        "50000.00", "500000.00", period="2018-02"),
    odd("in yuan, of a year", 500_000 * WAN, 50 * WAN, ("500000.00万元", "50.00万元"), "一万倍", UNIT, ADDED,
        "5000000000.00", "500000.00"),
    even("the year begins anew in January", 5 * WAN, 50 * WAN, at=ADDED, period="2018-01"),
    odd("the fund itself does not", 70 * WAN, 700 * WAN, ("70.00万元", "700.00万元"), "十分之一", "少写一位", FUND,
        "700000.00", "7000000.00", period="2018-01"),
    odd("a project", 5000 * WAN, 500 * WAN, ("5000.00万元", "500.00万元"), "十倍", "多写一位", TOTAL,
        "50000000.00", "5000000.00"),
]  # fmt: skip


def found(sent, *last):
    near = Neighbours(returns_before=lambda: last)
    return [finding for finding in check_beyond([sent], catalog(), near) if finding.rule == "C01-6"]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_return_keeps_its_place(case):
    given = dict(case.given)
    last = given.pop("last")
    sent = county_return(case.changes, **given)
    findings = found(sent, county_return(last, period="2018-02"))
    assert [finding.message for finding in findings] == ([case.message] if case.message else [])
    for finding in findings:
        assert (finding.rule, finding.level, finding.severity, finding.indicator) == ("C01-6", 2, "soft", case.at)
        assert (finding.value, finding.expected, finding.area) == (case.value, case.expected, "hanyin")
        assert (finding.cell, finding.submission) == (cell_of(case.at), sent.id)
        slip = finding.message.partition("疑似")[2][:1]
        assert finding.cause == {"多": "digit_more", "少": "digit_less", "金": "unit", "": ""}[slip]


def test_without_last_months_return_nothing_is_compared():
    assert found(county_return({FUND: 7000 * WAN})) == []


def test_another_county_is_nobody_s_last_month():
    assert found(county_return({FUND: 7000 * WAN}), county_return(area="shiquan", period="2018-02")) == []


def test_another_county_beside_it_is_nobody_s_last_month_either():
    """汉阴's is not there; what stands beside its place, 石泉's, is a tenth."""
    last = county_return({FUND: 70 * WAN}, area="shiquan", period="2018-02")
    sent = county_return({FUND: 700 * WAN})
    last.observations = [o for o in last.observations if not o.item and not o.institution]
    sent.observations = [o for o in sent.observations if not o.item and not o.institution]
    assert found(sent, last) == []


def test_a_project_left_without_a_name_is_no_figure_of_the_county():
    own = {"project_name#1": "", FUND: 7000 * WAN}
    (finding,) = found(county_return(own), county_return({"project_name#1": ""}, period="2018-02"))
    assert finding.indicator == FUND


def test_what_the_county_says_of_banks_is_for_the_mirror():
    last = county_return({"mirror_outstanding_amount@abc": 120 * WAN}, period="2018-02")
    assert found(county_return(), last) == []


def test_projects_are_compared_by_name_whatever_their_number():
    """Last month 示例养殖场 was the first: 200 against 2000 万元, and 示例茶园's 500 万元 are as before."""
    last = {"project_name#1": "示例养殖场", "project_total_amount#1": 2000 * WAN, "project_invested_amount#1": 200 * WAN,
            "project_name#2": "示例茶园", "project_total_amount#2": 500 * WAN, "project_invested_amount#2": 300 * WAN}  # fmt: skip
    (finding,) = found(county_return(), county_return(last, period="2018-02"))
    assert (finding.indicator, finding.value, finding.expected) == (
        "project_total_amount#2",
        "2000000.00",
        "20000000.00",
    )


@pytest.mark.parametrize("names", [(None, None), ("示例茶园", "示例茶园")], ids=["no names", "the same name twice"])
def test_projects_that_cannot_be_told_apart_are_not_compared(names):
    last = {"project_total_amount#1": 5000 * WAN, "project_name#1": names[0], "project_name#2": names[1]}
    own = {"project_name#1": names[0], "project_name#2": names[1]}
    assert found(county_return(own), county_return(last, period="2018-02")) == []


@pytest.mark.parametrize("name", [None, ABSENT], ids=["blank", "not in the form"])
def test_a_project_without_a_name_is_not_taken_for_the_county_itself(name):
    own = {FUND: 7000 * WAN, "project_name#1": name}
    (finding,) = found(county_return(own), county_return({"project_name#1": name}, period="2018-02"))
    assert finding.indicator == FUND
