"""The calendar's times in headings, in relation to the statement's month."""

import pytest

from pipeline.ingest.calendar_said import is_of_month, is_time, names_time, said_of_month, without_time
from pipeline.periods import Month

MARCH = Month(2018, 3)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("3月", "本月"),
        ("三月", "本月"),
        ("2018年03月份", "本月"),
        ("18年3月", "本月"),
        ("本年3月", "本月"),
        ("二〇一八年三月", "本月"),
        ("2018-03", "本月"),
        ("2018.3", "本月"),
        ("201803", "本月"),
        ("3月末", "本月末"),
        ("截至3月", "本月末"),
        ("2018年3月31日", "本月末"),
        ("2018/3/31", "本月末"),
        ("20180331", "本月末"),
        ("一季度末", "本月末"),
        ("1-3月累计", "年初至本月累计"),
        ("一至三月累计", "年初至本月累计"),
        ("2018年1月至3月", "年初至本月"),
        ("2018.1-3累计", "年初至本月累计"),
        ("2018.01-2018.03", "年初至本月"),
        ("2018年1月1日至2018年3月31日", "年初至本月"),
        ("一季度累计", "年初至本月累计"),
        ("2018年第一季度", "年初至本月"),
        ("本季累计", "年初至本月累计"),
        ("2018年以来累计", "年初至本月累计"),
        ("自2018年1月1日起", "年初至本月"),
        ("2018年1月以来", "年初至本月"),
        ("自年初累计", "年初至本月累计"),
        ("年初至今", "年初至本月"),
        ("今年以来累计", "年初至本月累计"),
        ("2018年累计", "本年累计"),
        ("今年累计", "本年累计"),
        ("2月末余额", "上月末余额"),
        ("2月", "上月"),
        ("2017年末余额", "年初余额"),
        ("去年年底", "年初"),
        ("2017年12月末", "年初"),
        ("2018年年初", "年初"),
        ("2017年3月末", "上年同期"),
        ("去年3月", "上年同月"),
        ("2017年同期", "上年同期"),
        ("2017年累计", "上年累计"),
    ],
)
def test_in_march(words, said):
    told = said_of_month(words, MARCH)
    assert (told.text, told.is_foreign) == (said, False)


@pytest.mark.parametrize(
    "words",
    [
        "十二月",
        "1月末",
        "12月末余额",
        "2018年6月末",
        "2018年末",
        "2016年末",
        "2016年同期",
        "1-2月累计",
        "2-3月累计",
        "2017年1-3月",
        "去年一季度",
        "2017年以来",
        "2015年以来",
        "二季度累计",
        "上半年累计",
        "前三季度",
        "全年",
        "3月20日",
        "截至3月15日",
        "1月1日至3月20日",
        "3月上旬",
        "2月、1月",
    ],
)
def test_no_time_that_the_form_knows(words):
    assert said_of_month(words, MARCH).is_foreign


@pytest.mark.parametrize("words", ["近三月", "逾期3月以上", "3个月", "第3月期", "五级分类", "二季"])
def test_lengths_of_time_are_no_months(words):
    assert "本月" not in said_of_month(words, MARCH).text


@pytest.mark.parametrize(
    ("words", "month", "said"),
    [
        ("上半年累计", Month(2018, 6), "年初至本月累计"),
        ("前三季度累计", Month(2018, 9), "年初至本月累计"),
        ("全年累计", Month(2018, 12), "年初至本月累计"),
        ("2018年末余额", Month(2018, 12), "本月末余额"),
        ("本季累计", Month(2018, 2), "年初至本月累计"),
        ("12月末余额", Month(2018, 1), "上月末余额"),
        ("2017年末余额", Month(2018, 1), "年初余额"),
        ("2月28日", Month(2018, 2), "本月末"),
    ],
)
def test_in_other_months(words, month, said):
    assert said_of_month(words, month).text == said


@pytest.mark.parametrize(
    ("words", "month"),
    [
        ("一季度累计", Month(2018, 2)),
        ("一季度累计", Month(2018, 4)),
        ("本季累计", Month(2018, 5)),
        ("上半年累计", Month(2018, 5)),
        ("2月28日", Month(2020, 2)),
    ],
)
def test_a_time_that_does_not_end_with_the_month(words, month):
    assert said_of_month(words, month).is_foreign


@pytest.mark.parametrize("words", ["2月", "1-2月累计", "2月末余额", "一季度累计", "2017年累计"])
def test_any_time_while_the_month_is_not_known(words):
    assert not said_of_month(words, None).is_foreign


def test_what_is_nothing_but_a_time():
    assert [
        is_time(words) for words in ("2018年3月末", "截至2018年3月31日", "2018年", "3月末贷款", "3月20日", "1-3月")
    ] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    assert without_time("2018年3月末小额贷款") == "小额贷款"
    assert without_time("小额贷款") == "小额贷款"


def test_whether_it_is_the_months():
    assert is_of_month("2018年3月末贷款情况", MARCH)
    assert is_of_month("贷款情况", MARCH)
    assert not any(is_of_month(words, MARCH) for words in ("2月末贷款情况", "2017年贷款情况", "2017年末", "1月"))


def test_names_time():
    assert all(map(names_time, ("发放（3月）", "一季度累计", "去年末余额", "本季")))
    assert not any(map(names_time, ("本月发放", "上年同期余额", "年初余额", "本年累计")))
