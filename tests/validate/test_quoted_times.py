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
    (Time(DAY), "3月15日 2月份 2017年3月 1-2月 二季度 上半年 去年同期 上年同期 上月 目前 截至目前 至今 近年来 近两年 全年 自3月"),
    (Time(YEAR), "去年 2017年 上年度 前年"),
]  # fmt: skip


@pytest.mark.parametrize(("time", "phrase"), [(time, phrase) for time, phrases in MEANT for phrase in phrases.split()])
def test_what_a_phrase_means(time, phrase):
    found = re.compile(PATTERN, re.ASCII).match(phrase)
    assert found, "not known"
    assert found[0] == phrase, "known in part"
    assert time_of(found, MARCH) == time
    assert phrase[0] in STARTS


@pytest.mark.parametrize("phrase", ["3个月", "月息", "年利率", "季节", "每月", "本单位"])
def test_what_is_no_time(phrase):
    assert not re.compile(PATTERN, re.ASCII).match(phrase)


def test_no_day_of_no_month_breaks_it():
    for phrase in ("13月末", "0月份", "99月99日", "截至9999.99.99", "0000年"):
        found = re.compile(PATTERN, re.ASCII).match(phrase)
        assert found and time_of(found, MARCH).kind in (CUT, DAY, YEAR)
