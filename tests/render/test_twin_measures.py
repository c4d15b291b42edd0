"""Annex 1 in the twin: a measure a row, every word seen, nobody's telephone number."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import MeasureGroup, MeasureRow, MeasureTable, Symbol, Wording
from pipeline.render.twin_content import Notes
from pipeline.render.twin_measures import COLUMNS, measure_sheet
from pipeline.render.twin_write import twin_workbook
from tests.measures import BLANK, HOSTILE, ITEMS, hostile_measures, measure_row, small_measures
from tests.twins import CATALOG, STAMP, lines_of, opened, small_twin, table_of

SHEET = "附件1 工作措施"
HIGHEST = 409


def _table(*rows: MeasureRow) -> MeasureTable:
    return MeasureTable(1, "2018-03", (MeasureGroup("rcb", "农商银行", rows),), ("说明。",), len(rows), len(rows))


def _written(table: MeasureTable):
    sheet = measure_sheet(table, CATALOG.annexes[1], STAMP, Notes())
    data = twin_workbook([sheet], {"created": STAMP.created})
    return data, opened(data).worksheets[0]


def _read(table: MeasureTable) -> list[dict]:
    return table_of(_written(table)[1])


def test_a_row_a_measure_by_institution_and_unit():
    rows = [tuple(row.values()) for row in _read(small_measures())]
    assert rows[0] == ("农商银行", "北山农商银行", "组织领导", "成立领导小组，行长任组长。", "无")
    assert rows[2][2:4] == ("信贷产品", "1. 富民贷（对象：建档立卡贫困户；额度：5万元以内）\n2. 茶农贷")
    assert rows[4] == ("农商银行", "北山农商银行", "网点及服务覆盖", "[未报送]", "无")
    assert rows[10] == ("农商银行", "南河农商银行", "全部项目", "[未报送]", "未报送")
    assert rows[18] == ("农业银行", "农业银行虚构分行", "主要成效", "[不适用]", "无")
    assert len(rows) == 10 + 1 + 10 + 10
    assert {row[0] for row in rows} == {"农商银行", "农业银行", "市直部门"}


def test_the_sheet_says_first_what_it_holds():
    lines = lines_of(_written(small_measures())[1])
    assert lines == [
        "附件1　安康市金融机构扶贫工作措施汇总表（2018年3月）",
        "本工作表有1张表，31行数据，5栏。",
        "报告期2018年3月，第2版（草稿），数据版本12，示例数据。",
        "一行是一个填报单位的一项措施；应报3家，已报2家。不列联系人。",
        "方括号里的文字代替没有的内容，含义见“符号”工作表；各栏和各项目的含义见“指标定义”工作表。",
        "整张表适用：[注1、2]，全文见“说明”工作表。",
        "前往目录",
    ]


def test_no_contact_person_is_in_the_file():
    data = small_twin()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        everything = "".join(package.read(name).decode() for name in package.namelist())
    assert "示例甲" not in everything
    assert "0900-1234567" not in everything
    assert "联系人" in everything, "that they are left out is said"
    assert not [row for row in table_of(opened(data)[SHEET]) if "联系" in row["项目"]]


# ------------------------------------------------------------------ remarks


def _unit(remark: str, **wordings: Wording) -> MeasureRow:
    said = {f"measure_{item}": wording for item, wording in wordings.items()}
    return MeasureRow("u", "甲银行", dict.fromkeys(ITEMS, BLANK) | said, "S-u", remark)


def test_words_taken_over_say_of_which_month_at_their_own_item():
    row = _unit(
        "沿用2018年2月：组织领导；沿用2017年12月：制度建设；主要成效：写“与上月相同”，但上月没有可引用的内容；待核实2项",
        organisation=Wording("成立小组。", "S-1", "2018-02"),
        rules=Wording("印发办法。", "S-0", "2017-12"),
        products=Wording("茶农贷", "S-u", "2018-03"),
        results=Wording("", "S-u", "2018-03", Symbol.MISSING),
    )
    remarks = {line["项目"]: (line["内容"], line["备注"]) for line in _read(_table(row))}
    assert remarks["组织领导"] == ("成立小组。", "待核实2项；沿用2018年2月")
    assert remarks["制度建设"] == ("印发办法。", "待核实2项；沿用2017年12月")
    assert remarks["信贷产品"] == ("茶农贷", "待核实2项")
    assert remarks["主要成效"] == ("[未报送]", "待核实2项；写“与上月相同”，但上月没有可引用的内容")
    assert remarks["存在问题"] == ("[未报送]", "待核实2项")


# ------------------------------------------------------------------ every word, seen whole


def _words(rows: list[dict], item: str) -> list[str]:
    return [row["内容"] for row in rows if re.fullmatch(rf"{item}(（续\d+）)?", row["项目"])]


def test_long_texts_go_on_in_further_rows_without_losing_a_word():
    _, sheet = _written(hostile_measures())
    rows = [row for row in table_of(sheet) if row["填报单位"] == "乙银行"]
    items = {column.indicator: "".join(column.header) for column in CATALOG.annexes[1].columns}
    for name, text in HOSTILE.items():
        if name != "contact":
            found = _words(rows, items[f"measure_{name}"])
            assert re.sub(r"\s", "", "".join(found)) == re.sub(r"\s", "", text), name
    assert len(_words(rows, "组织领导")) > 1
    assert len(_words(rows, "信贷产品")) == 7, "150 lines, 23 a row"
    assert [row["项目"] for row in rows][:3] == ["组织领导", "组织领导（续1）", "制度建设"]


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=3000))
def test_any_text_is_written_and_fits_its_rows(text):
    data, sheet = _written(_table(measure_row("u", "甲", {"organisation": text, "rules": "印发。"})))
    assert all(0 < dimension.height <= HIGHEST for dimension in sheet.row_dimensions.values())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
    rows = table_of(sheet)
    assert all(isinstance(row["内容"], str) and row["内容"].strip() for row in rows)
    seen = re.sub(r"\s", "", "".join(_words(rows, "组织领导")))
    kept = [c for c in text if c.isprintable() and not c.isspace() and c.isascii()]
    assert not text.strip() or all(character in seen for character in kept)


@pytest.mark.parametrize(
    ("why", "text", "seen"),
    [
        ("a null byte would break the file", "甲\x00乙", "甲⟨U+0000⟩乙"),
        ("so would what is never a character", "甲\ufffe乙", "甲⟨U+FFFE⟩乙"),
        ("a text that turns the reading order", "甲\u202e乙", "甲⟨U+202E⟩乙"),
        ("what looks like the file's own escape", "_x0041_", "_x0041_"),
        ("a lone return", "甲\r乙", "甲⟨U+000D⟩乙"),
        ("lines end as everywhere", "甲\r\n乙", "甲\n乙"),
        ("blank lines would be read as ends", "甲\n\n \n乙", "甲\n乙"),
        ("breaks that nobody sees", "甲\u200b乙", "甲乙"),
        ("no formula", "=1+1", "=1+1"),
        ("none of these either", "@SUM(A1)", "@SUM(A1)"),
        ("nor an array", "{=1+1}", "{=1+1}"),
        ("no link", "https://example.invalid/", "https://example.invalid/"),
        ("no link inside", "internal:封面!A1", "internal:封面!A1"),
        ("no markup", "<b>甲</b>&amp;", "<b>甲</b>&amp;"),
        ("no number", "007", "007"),
        ("only blanks are nothing", " \n\u3000", "[未报送]"),
        ("a dash does not apply", "—", "[不适用]"),
    ],
)
def test_hostile_words_are_harmless(why, text, seen):
    _, sheet = _written(_table(measure_row("u", "甲", {"organisation": text, "rules": "印发。"})))
    assert table_of(sheet)[0]["内容"] == seen, why
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type == "s" for cell in cells)
    assert [cell.value for cell in cells if cell.hyperlink] == ["前往目录"]


def test_hostile_names_and_remarks_too():
    row = replace(measure_row("u", "=甲\x07", {"rules": "印发。"}), remark="@\x1b备注")
    read = _read(_table(row))[1]
    assert (read["填报单位"], read["备注"]) == ("=甲⟨U+0007⟩", "@⟨U+001B⟩备注")


def test_the_columns_are_one_page_wide_in_readable_letters():
    width = sum(column.width * 8 + 5 for column in COLUMNS) * 72 / 96
    assert 842 / width > 0.55, "of 12 points on A4 across: more than 6.5"
