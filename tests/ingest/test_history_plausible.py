"""Imported figures that were surely read in another unit than they were typed in."""

from __future__ import annotations

import pytest

from tests.ingest.history_tables import read, told, workbook

UNIT = "农业银行安康分行"


def row(indicator, value, area="汉滨区", period="2016-12"):
    return [period, UNIT, area, indicator, value, "2016年统计年报"]


@pytest.mark.parametrize("rate", [0, 0.5, 4.35, 15, "4.35%"])
def test_a_rate_that_can_be(rate):
    assert told(workbook(row("加权平均利率", rate))) == []


@pytest.mark.parametrize(
    ("why", "rate", "shown"),
    [
        ("an amount under 万元", 1234.5, "1234.5000%"),
        ("a decimal", 0.0435, "0.0435%"),
        ("below", 0.4999, "0.4999%"),
        ("above", 15.0001, "15.0001%"),
    ],
)
def test_a_rate_that_cannot_be_is_told(why, rate, shown):
    ((cell, message),) = told(workbook(row("期末余额/金额", 1200), row("加权平均利率", rate)))
    assert cell == "E3"
    assert message == (
        f"“加权平均利率(年)”读作{shown}，不在0.5%至15.0%之间。"
        "利率请按年利率（%）填写，如 4.35，不要填金额、小数或月利率。请改正后重新补录。"
    ), why


def test_yuan_typed_as_wan_are_told_where_the_households_are_in_the_file():
    """11,971,300 万元 for 320 households are 37410.31 万元 each; the cap is 5 万元."""
    rows = [row("期末余额/金额", 11_971_300), row("期末余额/户数", 320)]
    ((cell, message),) = told(workbook(*rows))
    assert cell == "E2"
    assert message == (
        "“期末余额/金额”读作11971300.00万元，同期320户，户均37410.31万元，"
        "高于每户上限的50倍：单位疑似填错（元／万元）。请核对金额单位，改正后重新补录。"
    )


@pytest.mark.parametrize(
    ("why", "rows"),
    [
        ("the order of rows says nothing", [row("期末余额/户数", 4), row("期末余额/金额", 1000)]),
        ("fifty times the cap is not above it", [row("期末余额/金额", 1000), row("期末余额/户数", 4)]),
        ("two households say nothing of an average", [row("期末余额/金额", 90_000), row("期末余额/户数", 2)]),
        ("households of another county", [row("期末余额/金额", 90_000), row("期末余额/户数", 4, "石泉县")]),
        ("of another month", [row("期末余额/金额", 90_000), row("期末余额/户数", 4, period="2015-12")]),
        ("of another indicator", [row("期末余额/金额", 90_000), row("逾期贷款/户数", 4)]),
        ("without households nothing is known", [row("期末余额/金额", 90_000)]),
    ],
)
def test_amounts_that_may_be(why, rows):
    assert told(workbook(*rows)) == [], why


def test_a_cent_above_fifty_times_the_cap():
    assert len(read(workbook(row("期末余额/金额", 1000.000001), row("期末余额/户数", 4))).problems) == 1
