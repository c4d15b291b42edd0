"""Form H01, cell by cell: what is read, exactly; and what is not read is told."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.history_tables import HEADER, ROW, csv, only, read, told, workbook

# ------------------------------------------------------------------ what is read


def test_a_row_is_a_figure_with_its_source_and_its_cell():
    figure = only(workbook(ROW))
    assert (figure.period, figure.unit, figure.form, figure.institution) == ("2016-12", "abc", "M01", "abc")
    assert (figure.area, figure.indicator, figure.value) == ("hanbin", "outstanding_amount", 1_234_500_000)
    assert (figure.source, figure.sheet, figure.cell, figure.raw) == ("2016年统计年报", "表", "E2", "1234.5")


@pytest.mark.parametrize(
    "period",
    [
        "2016-12",
        "2016年12月",
        "2016年12月末",
        "2016/12",
        "2016.12",
        "201612",
        201612,
        "20161231",
        20161231,
        "2016-12-31",
        "2016年12月31日",
        "截至2016年12月31日",
        "二〇一六年十二月",
        "２０１６年１２月",
        date(2016, 12, 31),
        date(2016, 12, 1),
        2016.12,
    ],
)
def test_a_period_in_all_its_spellings(period):
    assert only(workbook([period, *ROW[1:]])).period == "2016-12"


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2016.1", "无法确定是哪个月"),
        (2016.1, "无法确定是哪个月"),
        ("2016年", "不是一个月份"),
        ("2016年1-12月", "不是一个月份"),
        ("2016-13", "不是一个月份"),
        ("去年12月", "不是一个月份"),
        ("2016-12-15", "是月中的一天"),
        (date(2016, 12, 15), "是月中的一天"),
        ("2016-02-31", "不是一个日期"),
        ("2017-02", "还没有结束"),
        (date(2017, 2, 28), "还没有结束"),
        ("2099-01", "还没有结束"),
        (None, "没有写报告期"),
        (True, "无法确定是哪个月"),
    ],
)
def test_a_period_that_is_none_is_told(period, words):
    ((cell, message),) = told(workbook([period, *ROW[1:]]))
    assert words in message
    assert cell == "A2"


@pytest.mark.parametrize("unit", ["abc", "农业银行安康分行", "ABC", " 农业银行 安康分行 "])
def test_a_unit_by_id_or_name(unit):
    assert only(workbook([ROW[0], unit, *ROW[2:]])).unit == "abc"


def test_a_unit_by_the_name_of_another_time():
    """汉阴信用联社 became 汉阴农商银行 in July 2017: either name means the same unit in 2016."""
    rows = [["2016-12", name, None, "期末余额/金额", 5, "年报"] for name in ("汉阴信用联社", "汉阴农商银行")]
    for row in rows:
        assert only(workbook(row)).unit == "rcb-hanyin"


def test_a_unit_that_is_only_a_branch_or_an_institution_is_not_guessed():
    ((cell, message),) = told(workbook([ROW[0], "农业银行", *ROW[2:]]))
    assert cell == "B2"
    assert "农业银行的填报单位有：农业银行安康分行" in message
    ((_, message),) = told(workbook([ROW[0], "农业银行安康分行汉滨支行", *ROW[2:]]))
    assert "不在登记表中" in message


@pytest.mark.parametrize("area", ["hanbin", "汉滨区", "汉滨", "610902", 610902, "安康市汉滨区"])
def test_an_area_by_id_name_alias_or_code(area):
    assert only(workbook([*ROW[:2], area, *ROW[3:]])).area == "hanbin"


@pytest.mark.parametrize("area", [None, "全市", "合计", "石泉县"])
def test_a_unit_with_one_county_needs_none(area):
    assert only(workbook(["2016-12", "石泉农商银行", area, "期末余额/金额", 5, "年报"])).area == "shiquan"


@pytest.mark.parametrize(
    ("unit", "area", "words"),
    [
        ("abc", "合计", "请按县区逐行填写，合计行请删去"),
        ("abc", None, "没有写县区"),
        ("abc", "汉台区", "不在登记表中"),
        ("rcb-shiquan", "汉滨区", "它的县区是：石泉县"),
    ],
)
def test_an_area_that_cannot_be_is_told(unit, area, words):
    ((cell, message),) = told(workbook(["2016-12", unit, area, "期末余额/金额", 5, "年报"]))
    assert cell == "C2"
    assert words in message


@pytest.mark.parametrize(
    ("indicator", "code"),
    [
        ("outstanding_amount", "outstanding_amount"),
        ("期末余额/金额", "outstanding_amount"),
        ("期末余额 金额", "outstanding_amount"),
        ("期末余额—金额（万元）", "outstanding_amount"),
        ("发放情况/本年累计/金额", "disbursed_amount_ytd"),
        ("DISBURSED_AMOUNT_CUM", "disbursed_amount_cum"),
    ],
)
def test_an_indicator_by_code_or_header_words(indicator, code):
    assert only(workbook([*ROW[:3], indicator, *ROW[4:]])).indicator == code


def test_what_a_county_reports_can_be_imported_too():
    figure = only(workbook(["2016-12", "石泉县金融办", "", "建档立卡贫困户数", 8000, "扶贫局台账"]))
    assert (figure.form, figure.institution, figure.value) == ("C01", "", 8000)


@pytest.mark.parametrize(
    ("unit", "indicator", "words"),
    [
        ("abc", "出借金额", "不认识指标"),
        ("abc", "风险补偿金/余额", "不报这张表"),
        ("rcb-shiquan", "fund_balance_amount", "不报这张表"),
        ("rcb-shiquan", "年初余额", "只用来核对"),
        ("rcb-shiquan", "remark", "不是逐县区的数字"),
        ("office", "期末余额/金额", "不报这张表"),
        ("abc", None, "没有写指标"),
    ],
)
def test_an_indicator_that_cannot_be_is_told(unit, indicator, words):
    ((cell, message),) = told(workbook(["2016-12", unit, "石泉县", indicator, 5, "年报"]))
    assert cell == "D2"
    assert words in message


# ------------------------------------------------------------------ amounts, exactly


@pytest.mark.parametrize(
    ("header", "above", "value", "fen"),
    [
        ("数值（万元）", (), 1234.5678, 1_234_567_800),
        ("数值（元）", (), 1234.56, 123_456),
        ("数值（万元、户）", (), 0.1, 100_000),
        ("数值", (["单位：万元、户、笔"],), 1, 1_000_000),
        ("数值", (["单位：元"],), "1,234.50", 123_450),
        ("数值", (), "1234.5万元", 1_234_500_000),
        ("数值", (), "¥ 8 元".replace(" 8 ", "8"), 800),
        ("数值（万元）", (), "12元", 1_200),
        ("数值（亿元）", (), 0.3, 3_000_000_000),
        ("数值（万元）", (), 0.1 + 0.2, 300_000),
    ],
)
def test_an_amount_in_the_unit_that_is_written(header, above, value, fen):
    head = [*HEADER[:4], header, HEADER[5]]
    assert only(workbook([*ROW[:4], value, ROW[5]], header=head, above=above)).value == fen


def test_an_amount_in_the_unit_of_its_row():
    header = [*HEADER[:4], "数值", "来源", "计量单位", "备注"]
    rows = [[*ROW[:2], area, *ROW[3:], unit, "注"] for area, unit in (("汉滨区", "元"), ("汉阴县", "万元"))]
    assert [f.value for f in read(workbook(*rows, header=header)).figures] == [123_450, 1_234_500_000]


def test_without_a_unit_of_money_nothing_is_guessed():
    rows = [[*ROW[:2], area, *ROW[3:]] for area in ("汉滨区", "汉阴县")]
    ((cell, message),) = told(workbook(*rows, header=[*HEADER[:4], "数值", "来源"]))
    assert cell == "E1"
    assert message.startswith("没有写明金额单位，有2个金额无法确定")


def test_a_machine_made_table_is_in_yuan_and_says_so():
    reading = read(csv("period,unit,area,indicator,value,source\n2016-12,abc,hanbin,outstanding_amount,12345.67,old"))
    assert [f.value for f in reading.figures] == [1_234_567]
    assert reading.assumed_yuan
    named = read(csv("period,unit,area,indicator,value(万元),source\n2016-12,abc,hanbin,outstanding_amount,1,old"))
    assert [f.value for f in named.figures] == [1_000_000]
    assert not named.assumed_yuan


def test_our_own_csv_with_a_source_can_be_read_again():
    """There `unit` is the unit of measure, and a cell that was not reported is a row without a value."""
    reading = read(
        csv(
            "period,form,reporting_unit,area,indicator,value,unit,symbol,sheet,source\n"
            "2016-12,M01,abc,hanbin,outstanding_amount,12.34,元,,x,旧\n"
            "2016-12,M01,abc,hanbin,outstanding_households,12,户,,x,旧\n"
            "2016-12,M01,abc,hanbin,credit_line_amount,,元,missing,x,旧\n"
        )
    )
    assert reading.problems == []
    assert [f.value for f in reading.figures] == [1234, 12]
    assert reading.left_blank == 1
    assert not reading.assumed_yuan


@pytest.mark.parametrize(
    ("indicator", "value", "measure", "words"),
    [
        ("期末余额/金额", None, "万元", "没有写数值"),
        ("期末余额/金额", "—", "万元", "不是数"),
        ("期末余额/金额", "约12", "万元", "不是数"),
        ("期末余额/金额", "12%", "万元", "百分号"),
        ("期末余额/金额", -3, "万元", "是负数"),
        ("期末余额/金额", 5, "户", "应为万元或元"),
        ("期末余额/金额", "5元", "万元", "不一致"),
        ("期末余额/金额", "1,23", "万元", "千分位"),
        ("期末余额/户数", 12.5, "户", "应为整数"),
        ("期末余额/户数", 12, "万元", "单位是户"),
        ("期末余额/户数", 12, "笔", "单位是户"),
        ("期末余额/金额", 1e15, "万元", "数值过大"),
    ],
)
def test_a_value_that_cannot_be_is_told(indicator, value, measure, words):
    header = [*HEADER[:4], "数值", "来源", "计量单位"]
    ((cell, message),) = told(workbook([*ROW[:3], indicator, value, "年报", measure], header=header))
    assert cell == "E2"
    assert words in message
    assert "重新报送" not in message


def test_a_change_may_be_negative():
    assert only(workbook([*ROW[:3], "other_change_amount_ytd", -2.5, "年报"])).value == -2_500_000


def test_a_part_of_a_fen_is_rounded_and_counted():
    reading = read(workbook([*ROW[:4], 1.23456789, "年报"]))
    assert [f.value for f in reading.figures] == [1_234_568]
    assert reading.rounded == 1


@given(st.integers(0, 10**15 - 1))
def test_every_fen_survives_in_yuan_and_in_wan(fen):
    head = "period,unit,area,indicator,value,unit_of_measure,source\n2016-12,abc"
    yuan, wan = f"{fen // 100}.{fen % 100:02d}", f"{fen // 10**6}.{fen % 10**6:06d}"
    text = f"{head},hanbin,outstanding_amount,{yuan},元,a\n2016-12,abc,hanyin,outstanding_amount,{wan},万元,a"
    assert [figure.value for figure in read(csv(text)).figures] == [fen, fen]
