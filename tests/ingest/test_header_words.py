"""Words in headers that are units of measure or say a time."""

import pytest

from pipeline.ingest.calendar_said import is_of_month, is_time, without_time
from pipeline.ingest.header_units import bare_unit, last_level, unit_in_brackets, units_stated
from pipeline.periods import Month

MARCH = Month(2018, 3)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("授信金额（万元）", ("万元",)),
        ("授信金额（万）", ("万元",)),
        ("授信金额万元", ("万元",)),
        ("授信金额_元", ("元",)),
        ("授信户数_户", ("户",)),
        ("授信（户、万元）", ("户", "万元")),
        ("（单位：万元）", ("万元",)),
        ("户", ("户",)),
        ("建档立卡贫困户", ()),
        ("逾期贷款户", ()),
        ("加权平均利率(年)", ()),
        ("授信户数", ()),
    ],
)
def test_units_stated(text, units):
    assert units_stated(text) == units


@pytest.mark.parametrize(("text", "unit"), [("户", "户"), ("（万元）", "万元"), ("万", "万元"), ("户数", ""), ("", "")])
def test_bare_unit(text, unit):
    assert bare_unit(text) == unit


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("授信金额万元", "授信金额(万元)"),
        ("授信金额-万", "授信金额(万元)"),
        ("授信金额（亿）", "授信金额(亿元)"),
        ("占比%", "占比(%)"),
        ("贫困户", "贫困户"),
        ("万元", "万元"),
    ],
)
def test_unit_in_brackets(text, spelt):
    assert unit_in_brackets(text) == spelt


@pytest.mark.parametrize(
    ("text", "last"), [("期末余额(万元)/笔数", "笔数"), ("金额(户/笔)", "金额(户/笔)"), ("授信金额_万元", "万元")]
)
def test_last_level(text, last):
    assert last_level(text) == last


@pytest.mark.parametrize(
    "text",
    ["2018年3月", "2018年3月末", "截至2018年3月31日", "二〇一八年三月", "2018年", "2018年度", "3月末", "2018-03"],
)
def test_is_time(text):
    assert is_time(text)
    assert is_of_month(text, MARCH)


@pytest.mark.parametrize(
    "text", ["", "上年同期", "2018年任务", "1.授信户数", "12", "本年累计", "1-3月", "一季度", "本月"]
)
def test_is_not_time(text):
    assert not is_time(text)


@pytest.mark.parametrize("text", ["2018年2月", "2017年3月", "2017年", "2月末", "截至2018年2月28日", "2017年任务"])
def test_of_another_time(text):
    assert not is_of_month(text, MARCH)
    assert is_of_month(text, None)


def test_what_stands_behind_a_time():
    assert without_time("2018年度目标任务") == "目标任务"
    assert without_time("截至2018年3月31日贷款情况") == "贷款情况"
    assert without_time("贷款情况") == "贷款情况"
