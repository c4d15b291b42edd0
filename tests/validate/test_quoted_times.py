"""Phrases for time, as a form about March 2018 sees them."""

import re

import pytest

from pipeline.periods import Month
from pipeline.validate.quoted_times import CUT, DAY, END, PATTERN, SPAN, STARTS, YEAR, Time, time_of

MARCH = Month(2018, 3)
MEANT = [
    (Time(END), "3月末 三月底 截至3月末 截止2018年3月31日 至3月末 到3月底 截至2018-03-31 一季度末 本月末 月末 期末 季末 报告期末 今年3月末 截至3月"),
    (Time(SPAN, "mtd"), "本月 当月 3月份 3月 2018年3月"),
    (Time(SPAN, "ytd"), "今年以来 年初以来 本年 今年 当年 1—3月 1月至3月 2018年1-3月 一季度 第1季度 2018年 年内"),
    (Time(SPAN, "cum"), "历史 历年 开办以来 自2014年开办此项业务以来 自开办至今"),
    (Time(CUT), "截至2月末 2月末 去年3月末 2017年末 上年末 去年底 上月末 年初 今年初 年末 截至2018.2.28 截至3月30日 二季度末 截至"),
    (Time(DAY), "3月15日 2月份 2017年3月 1-2月 二季度 上半年 去年同期 上年同期 上月 目前 截至目前 至今 近年来 近两年 全年 今年全年 自3月"),
    (Time(YEAR), "去年 2017年 上年度 前年 2017年全年 去年全年 去年年内"),
]  # fmt: skip


IN_OTHER_MONTHS = [
    (1, Time(SPAN, "mtd"), "1月 一月份"),
    (3, Time(END), "1季度末 第一季度末 第1季度末 2018年一季度末"),
    (3, Time(SPAN, "ytd"), "1季度 2018年第一季度"),
    (3, Time(CUT), "去年一季度末 上半年末"),
    (3, Time(DAY), "去年一季度 四季度"),
    (6, Time(END), "二季度末 第2季度末 上半年末 今年上半年末"),
    (6, Time(SPAN, "ytd"), "上半年 今年上半年 2018年上半年"),
    (6, Time(CUT), "一季度末 2017年上半年末"),
    (6, Time(DAY), "二季度 第2季度 一季度 去年上半年 下半年"),
    (9, Time(END), "三季度末 3季度末 第三季度末 前三季度末"),
    (9, Time(SPAN, "ytd"), "前三季度 前三个季度 今年前三季度 1-9月"),
    (9, Time(DAY), "三季度 第3季度 2017年前三季度 上半年 去年1-9月 1-9月末"),
    (12, Time(END), "四季度末 4季度末 第四季度末 年末 2018年末 2018年年底 今年年末 下半年末"),
    (12, Time(SPAN, "ytd"), "全年 2018年全年 1-12月"),
    (12, Time(CUT), "三季度末 2017年末 去年年末"),
    (12, Time(DAY), "四季度 4季度 下半年 前三季度"),
]  # fmt: skip
"""Month of 2018, what is meant, phrases."""

ALL = [
    *((MARCH.month, time, phrase) for time, phrases in MEANT for phrase in phrases.split()),
    *((month, time, phrase) for month, time, phrases in IN_OTHER_MONTHS for phrase in phrases.split()),
]


@pytest.mark.parametrize(("month", "time", "phrase"), ALL)
def test_what_a_phrase_means(month, time, phrase):
    found = re.compile(PATTERN, re.ASCII).match(phrase)
    assert found, "not known"
    assert found[0] == phrase, "known in part"
    assert time_of(found, Month(2018, month)) == time
    assert phrase[0] in STARTS


@pytest.mark.parametrize("phrase", ["3个月", "月息", "年利率", "季节", "每月", "本单位"])
def test_what_is_no_time(phrase):
    assert not re.compile(PATTERN, re.ASCII).match(phrase)


def test_no_day_of_no_month_breaks_it():
    for phrase in ("13月末", "0月份", "99月99日", "截至9999.99.99", "0000年"):
        found = re.compile(PATTERN, re.ASCII).match(phrase)
        assert found and time_of(found, MARCH).kind in (CUT, DAY, YEAR)
