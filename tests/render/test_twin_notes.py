"""The sheets that explain: every note is referred to where it belongs, every column has its meaning."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pipeline.catalog import load_catalog
from pipeline.periods import Month
from pipeline.render.twin_definitions import definitions_sheet
from pipeline.render.twin_headers import folded, plain_name, single_header, speaks_of
from tests.twins import GAP, STAMP, lines_of, opened, small_twin, table_of

RCB, ABC = "附件3 农商银行", "附件5 农业银行"
FIGURES = ("附件2-1 分机构", "附件2-2 分县区", RCB, ABC)
COLUMNS = {column.id: column for column in load_catalog().annexes[2].columns}


@pytest.fixture(scope="module")
def book():
    return opened(small_twin(GAP, notes_on_data=("退回：北山农商银行（月报）。",)))


def _notes(book) -> dict[int, dict]:
    return {int(row["编号"].removeprefix("注")): row for row in table_of(book["说明"])}


def _referred(sheet) -> set[int]:
    """The numbers in a sheet's headers and in the lines above its table."""
    (table,) = sheet.tables.values()
    headers = [cell.value for cell in sheet[table.ref][0]]
    found = re.findall(r"\[注([\d、]+)\]", "".join([*headers, *lines_of(sheet)]))
    return {int(number) for numbers in found for number in numbers.split("、")}


def test_notes_are_numbered_from_one_and_each_says_where_it_applies(book):
    notes = _notes(book)
    assert list(notes) == list(range(1, len(notes) + 1))
    assert [row["类别"] for row in notes.values()][:4] == ["读法"] * 4
    for sheet in (*FIGURES, "附件1 工作措施"):
        applies = {n for n, row in notes.items() if sheet in row["适用的工作表"].split("、") and row["类别"] == "数据"}
        assert _referred(book[sheet]) == applies, sheet


def test_a_header_refers_to_the_notes_that_speak_of_it(book):
    notes = {number: row["内容"] for number, row in _notes(book).items()}
    (table,) = book[RCB].tables.values()
    headers = {cell.value.split("\n")[0]: cell.value for cell in book[RCB][table.ref][0]}
    (gap,) = [n for n, text in notes.items() if text.startswith("不含：北山农商银行")]
    for name in ("本年累计发放同比", "期末余额较年初增减", "年度任务完成率"):
        assert re.search(rf"\[注(\d+、)*{gap}(、\d+)*\]", headers[name]), name
    assert headers["授信户数"] == "授信户数\n（户）"
    (ranked,) = [n for n, text in notes.items() if text.startswith("年度任务位次")]
    assert headers["年度任务位次"] == f"年度任务位次\n（位）\n[注{ranked}]"


def test_a_note_on_one_part_is_not_on_the_other(book):
    notes = _notes(book).values()
    assert {row["适用的工作表"] for row in notes if row["内容"].startswith("分机构")} == {"附件2-1 分机构"}
    assert {row["适用的工作表"] for row in notes if row["内容"].startswith("分县区")} == {"附件2-2 分县区"}


def test_coverage_and_warnings_are_notes_too(book):
    told = {row["内容"]: (row["类别"], row["适用的工作表"]) for row in _notes(book).values()}
    assert told["附件3的合计：应报2家，已报1家，不含：北山农商银行。"] == ("覆盖范围", RCB)
    assert told["附件5的合计：应报1家，已报1家，没有缺报。"] == ("覆盖范围", ABC)
    assert told["经负责人同意先行发布。"] == ("数据提示", "全部附件")
    assert told["退回：北山农商银行（月报）。"] == ("数据提示", "全部附件")


def test_a_note_longer_than_a_row_goes_on_in_the_next():
    reason = "因系统升级，报送推迟，经分管领导同意先行发布。" * 90
    sheet = opened(small_twin(stamp=replace(STAMP, overrides=(reason,))))["说明"]
    found = [row for row in table_of(sheet) if row["类别"] == "数据提示"]
    assert "".join(row["内容"] for row in found) == reason
    assert [row["编号"].partition("（")[2] for row in found] == ["", "续1）", "续2）"][: len(found)]
    assert len(found) > 1


# ------------------------------------------------------------------ what columns mean


def test_every_column_of_every_table_is_defined(book):
    defined = {
        (row["栏名或者项目"], sheet)
        for row in table_of(book["指标定义"])
        for sheet in row["所在的工作表"].split("、")
        if row["含义"]
    }
    for sheet in (*FIGURES, "附件1 工作措施"):
        first, *others = table_of(book[sheet])[0]
        assert {(name, sheet) for name in others} <= defined
        assert first in ("机构", "县（区）")
    items = {row["项目"] for row in table_of(book["附件1 工作措施"])} - {"全部项目"}
    assert {(f"项目：{item}", "附件1 工作措施") for item in items} <= defined


@pytest.mark.parametrize(
    ("name", "unit", "meaning"),
    [
        ("授信金额（万元）", "万元", "《金融扶贫小额贷款统计表》（M01）的“评级授信/授信金额”，各填报单位相加，截至报告期末。"),
        ("本月发放户数（户）", "户", "《金融扶贫小额贷款统计表》（M01）的“发放情况/本月/户数”，各填报单位相加。"),
        ("授信户次（户次）", "户次", "《金融扶贫小额贷款统计表》（M01）的“评级授信/授信户数”，各填报单位相加，截至报告期末。同一户在几家机构有业务的，每家计一次，所以称户次。"),
        ("逾期率（%）", "百分数（%）", "逾期金额÷期末余额金额×100。"),
        ("本年累计发放同比（%）", "百分数（%）", "（本年累计发放金额－上年同月的本年累计发放金额）÷上年同月的本年累计发放金额×100。"),
        ("期末余额较年初增减（万元）", "万元", "期末余额金额－上年12月末的期末余额金额；减少的为负数。"),
        ("年度任务位次（位）", "位", "按年度任务完成率从高到低排列的位次，数值相同的位次相同；数据不全的不参加。"),
        ("不良余额（万元）", "万元", "《金融扶贫小额贷款统计表》（M01）的“五级分类/次级”、“五级分类/可疑”、“五级分类/损失”之和，各填报单位相加，截至报告期末。"),
        ("年度任务目标（万元）", "万元", "《金融扶贫小额贷款目标任务分解表》（T01）的“目标金额”，各填报单位相加。"),
        ("已报单位（家）", "家", "这一行应报银行月报的填报单位中，已经报送并采用的有几家。"),
        ("项目：组织领导", "文字", "《金融机构扶贫工作措施表》（Q01）“组织领导”一项的文字。"),
    ],
)  # fmt: skip
def test_a_definition(book, name, unit, meaning):
    (row,) = [row for row in table_of(book["指标定义"]) if row["栏名或者项目"] == name]
    assert (row["计量单位"], row["含义"]) == (unit, meaning)


def test_what_the_office_defined_itself_says_so():
    catalog = load_catalog()
    sheet = definitions_sheet([(catalog.annexes[2], ["甲"])], None, catalog, Month(2018, 3))
    meanings = {row[0]: row[2] for row in sheet.rows}
    assert meanings["投放面（户贷率）（%）"] == (
        "历史累计发放户次÷建档立卡贫困户数×100。考核指标“投放面”即这一栏，本口径由本办约定。"
    )
    assert "考核指标“投放量”即这一栏" in meanings["本年累计发放金额（万元）"]
    assert "约定" not in meanings["逾期率（%）"]


# ------------------------------------------------------------------ names of columns


@pytest.mark.parametrize(
    ("column", "name", "header"),
    [
        ("credit_line_amount", "授信金额", "授信金额（万元）"),
        ("credit_line_households", "授信户次", "授信户次（户次）"),
        ("past_due_ratio", "逾期率", "逾期率（%）"),
        ("disbursed_amount_ytd_yoy", "本年累计发放同比", "本年累计发放同比（%）"),
        ("lending_coverage_ratio", "投放面（户贷率）", "投放面（户贷率）（%）"),
        ("target_rank", "年度任务位次", "年度任务位次（位）"),
        ("registered_households", "建档立卡贫困户数", "建档立卡贫困户数（户）"),
        ("remark", "备注", "备注"),
    ],
)
def test_headers_become_one_name_with_its_unit(column, name, header):
    assert (plain_name(COLUMNS[column]), single_header(COLUMNS[column])) == (name, header)
    assert folded(header).replace("\n", "") == header
    assert folded(header).split("\n")[0] == name


@pytest.mark.parametrize(
    ("note", "column", "speaks"),
    [
        ("其同比、较年初增减、完成率不计算。", "disbursed_amount_ytd_yoy", True),
        ("其同比、较年初增减、完成率不计算。", "outstanding_amount_change", True),
        ("其同比、较年初增减、完成率不计算。", "outstanding_amount", False),
        ("“逾期/金额”不含：甲银行（北山县），该项未报。", "past_due_amount", True),
        ("“逾期/金额”不含：甲银行（北山县），该项未报。", "outstanding_amount", False),
        ("年度任务位次：2个参加排名。", "target_rank", True),
        ("年度任务位次：2个参加排名。", "lending_coverage_rank", False),
    ],
)
def test_which_columns_a_note_speaks_of(note, column, speaks):
    assert speaks_of(note, COLUMNS[column]) is speaks
