"""Workbooks read back as another program would read them."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from pipeline.model import Figure, FigurePart, FigureRow, FigureTable
from pipeline.render.annex import annex_bytes, write_annex
from pipeline.render.stamp import Stamp
from pipeline.transform.annexes import annex_tables
from pipeline.transform.imported import LONGEST_NOTE
from tests.cities import MARCH, large_catalog, large_facts, small_catalog, small_facts

STAMP = Stamp(MARCH, True, True, "虚构市金融工作办公室", 2, 12, "2018-04-10", ("经负责人同意先行发布。",))


@pytest.fixture
def small(tmp_path: Path):
    """Annex 2 and 3 of the small city as sheets of formulas and of values."""
    catalog = small_catalog()
    tables = annex_tables(MARCH, small_facts(), catalog, {})

    def read(annex: int, stamp: Stamp = STAMP):
        path = tmp_path / f"{annex}.xlsx"
        write_annex(path, tables[annex], catalog.annexes[annex], stamp)
        return openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)

    return read


def _text(sheet) -> str:
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str))


def test_head_caption_and_foot(small):
    sheet = small(3)[0].worksheets[0]
    assert sheet["A1"].value == "附件3"
    assert any(cell.value == "草稿　示例数据" for cell in sheet[1])
    assert sheet["A2"].value == "安康市农商银行小额贷款进展情况统计表"
    assert sheet["A3"].value == "截至2018年3月31日"
    assert any(cell.value == "单位：户、万元、%" for cell in sheet[3])
    assert [sheet.cell(4, col).value for col in (1, 2, 3, 5, 7)] == [
        "序号",
        "县(区)",
        "授信",
        "本月发放",
        "本年累计发放",
    ]
    assert sheet["C5"].value == "户数"
    foot = [cell.value for cell in sheet[sheet.max_row] if cell.value]
    assert foot == ["制表单位：虚构市金融工作办公室", "审核人：", "制表人：", "报出日期："]
    assert "经负责人同意先行发布。" in _text(sheet)


def test_a_final_release_of_real_data_bears_no_mark(small):
    sheet = small(3, replace(STAMP, draft=False, sample=False))[0].worksheets[0]
    assert not any(mark in _text(sheet) for mark in ("草稿", "示例"))
    assert not sheet.oddHeader.right.text


def test_totals_ratios_growth_and_change_are_live(small):
    formulas, values = (book.worksheets[0] for book in small(3))
    # rows 6 合计, 7 北山县, 8 南河县; columns as in the layout, C 授信户数 … W 备注
    expected = {
        "C6": ("=SUM(C7:C8)", 200),
        "D6": ("=SUM(D7:D8)", 1000),
        "I6": ("=ROUND(H6-180,6)/180", 70 / 180),
        "I7": ("=ROUND(H7-100,6)/100", 0.5),
        "N6": ("=ROUND(M6-690,6)", 10),
        "N8": ("=ROUND(M8-310,6)", -10),
        "Q6": ("=P6/M6", 0.01),
        "S6": ("=R6/M6", 0.01),
        "U6": ("=H6/T6", 250 / 550),
        "V7": (1, 1),
        "V6": ("—", "—"),
        "M7": (400, 400),
    }
    for cell, (formula, value) in expected.items():
        assert (formulas[cell].value, values[cell].value) == (formula, value), cell


def test_a_banks_ratios_stand_on_the_citys_households(small):
    formulas, values = (book.worksheets[0] for book in small(2))
    # rows 6 一、分机构, 7 合计, 8 农商银行, 9 农业银行, 10 二、分县区, 11 合计, 12 北山县, 13 南河县
    assert [formulas.cell(row, 2 if row not in (6, 10) else 1).value for row in range(6, 14)] == [
        "一、分机构", "合计", "农商银行", "农业银行", "二、分县区", "合计", "北山县", "南河县",
    ]  # fmt: skip
    assert (formulas["W7"].value, values["W7"].value) == ("=W11", 350)
    assert (formulas["W11"].value, values["W11"].value) == ("=SUM(W12:W13)", 350)
    assert (formulas["W8"].value, formulas["AA8"].value) == ("—", "—")
    assert (formulas["X8"].value, values["X8"].value) == ("=J8/W7", 170 / 350)
    assert (formulas["X12"].value, values["X12"].value) == ("=J12/W12", 150 / 200)
    assert (formulas["F7"].value, values["F7"].value) == ("=SUM(F8:F9)", 115.005)


def test_amounts_are_exact_and_formats_fixed(small):
    sheet = small(2)[0].worksheets[0]
    assert (sheet["F9"].value, sheet["F9"].number_format) == (25.005, "0.00")
    assert (sheet["F13"].value, sheet["F13"].number_format) == (40, "0.00")
    assert sheet["X8"].number_format == "0.00%"
    assert (sheet["P9"].value, sheet["P9"].number_format) == (0, "0")


def test_a_partial_total_stays_a_number_with_a_star(tmp_path):
    catalog = small_catalog()
    table = annex_tables(MARCH, small_facts(frozenset({"rcb-south"})), catalog, {})[3]
    path = tmp_path / "3.xlsx"
    write_annex(path, table, catalog.annexes[3], STAMP)
    sheet, values = (
        openpyxl.load_workbook(path).worksheets[0],
        openpyxl.load_workbook(path, data_only=True).worksheets[0],
    )
    assert (sheet["M6"].value, sheet["M6"].number_format, values["M6"].value) == ("=SUM(M7:M8)", '0.00"*"', 400)
    assert sheet["N6"].value == "未报齐，不计算"
    assert sheet["M8"].value is None
    assert sheet["W8"].value == "未报送"
    assert sheet["V7"].value == 1


def test_text_is_never_a_formula_or_a_link(tmp_path):
    catalog = small_catalog()
    layout = catalog.annexes[3]
    evil = '=HYPERLINK("http://x.invalid","去")'
    figures = {column.id: Figure(column.id, column.unit, 1) for column in layout.columns if column.unit != "text"}
    row = FigureRow("total", evil, figures, is_total=True, remark="http://x.invalid")
    table = FigureTable(3, "2018-03", (FigurePart("counties", "", (row,)),), notes=("=1+1", "@SUM(A1)"))
    path = tmp_path / "3.xlsx"
    write_annex(path, table, layout, replace(STAMP, overrides=("=2+2",)))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert (sheet["B6"].value, sheet["B6"].data_type) == (evil, "s")
    assert sheet["W6"].hyperlink is None
    xml = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert not any(word in xml for word in ("HYPERLINK", "x.invalid", "1+1", "2+2", "hyperlink"))


def test_print_set_up(small):
    book, _ = small(2)
    sheet = book.worksheets[0]
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert int(sheet.page_setup.fitToHeight) == 0
    assert sheet.print_title_rows == "$4:$5"
    assert sheet.freeze_panes == "C6"
    assert sheet.print_options.horizontalCentered
    assert sheet.oddHeader.right.text == "草稿　示例数据"
    assert "&P" in sheet.oddFooter.center.text.replace("&[Page]", "&P")
    assert sheet["A2"].font.name == "黑体"
    assert sheet["C7"].font.name == "宋体"
    assert sheet["C7"].alignment.horizontal == "right"
    assert sheet["C7"].border.left.style == "thin"


def test_properties_and_bytes_do_not_depend_on_the_clock(small):
    properties = small(2)[0].properties
    assert properties.title == "附件2 安康市金融扶贫小额贷款进展情况汇总表（2018年3月）"
    assert properties.creator == "虚构市金融工作办公室"
    assert (properties.subject, str(properties.created)) == ("2018年3月", "2018-04-10 00:00:00")
    assert properties.description == "第2版（草稿），数据版本12；草稿　示例数据"
    catalog = small_catalog()
    table = annex_tables(MARCH, small_facts(), catalog, {})[2]
    first = annex_bytes(table, catalog.annexes[2], STAMP)
    script = (
        "import sys, hashlib; from tests.render.test_annex import *; c = small_catalog(); "
        "t = annex_tables(MARCH, small_facts(), c, {})[2]; "
        "sys.stdout.write(hashlib.sha256(annex_bytes(t, c.annexes[2], STAMP)).hexdigest())"
    )
    environment = {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "99", "PYTHONPATH": "."}
    other = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert other.stdout == hashlib.sha256(first).hexdigest()


def test_parts_of_both_signs_cancel_exactly(tmp_path):
    catalog = small_catalog()
    facts = small_facts()
    values = {**facts["2018-03"].values}
    values["rcb-north", "rcb", "north", "disbursed_amount_mtd"] = 100_100
    values["rcb-south", "rcb", "south", "disbursed_amount_mtd"] = -100_100
    facts["2018-03"] = replace(facts["2018-03"], values=values)
    table = annex_tables(MARCH, facts, catalog, {})[3]
    path = tmp_path / "3.xlsx"
    write_annex(path, table, catalog.annexes[3], STAMP)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert (sheet["F6"].value, sheet["F6"].number_format) == ("=ROUND(SUM(F7:F8),6)", "0")


def test_columns_are_wide_enough_for_every_number(tmp_path):
    catalog = large_catalog()
    for number, table in annex_tables(MARCH, large_facts(1), catalog, {}).items():
        path = tmp_path / f"{number}.xlsx"
        write_annex(path, table, catalog.annexes[number], STAMP)
        sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
        for row in sheet.iter_rows(min_row=6, max_row=6 + 16):
            for cell in row:
                if isinstance(cell.value, float) and cell.number_format == "0.00":
                    # a digit of 12 points is at most 8.9 pixels, a width counts 8
                    assert sheet.column_dimensions[cell.column_letter].width * 8 >= len(f"{cell.value:.2f}") * 8.9 - 1


def test_a_ratio_on_what_is_not_printed_carries_the_number_itself(tmp_path):
    catalog = small_catalog()
    hidden = {"registered_households", "outstanding_amount", "outstanding_amount_change", "outstanding_amount_yoy"}
    columns = tuple(column for column in catalog.annexes[2].columns if column.id not in hidden)
    layout = catalog.annexes[2].model_copy(update={"columns": columns})
    catalog = catalog.model_copy(update={"annexes": {2: layout}})
    table = annex_tables(MARCH, small_facts(), catalog, {})[2]
    path = tmp_path / "2.xlsx"
    write_annex(path, table, layout, STAMP)
    sheet, values = (
        openpyxl.load_workbook(path).worksheets[0],
        openpyxl.load_workbook(path, data_only=True).worksheets[0],
    )
    # 北山县 in row 12: 4 ÷ 600 万元 past due, 150 ÷ 200 households
    assert (sheet["O12"].value, values["O12"].value) == ("=N12/600", 4 / 600)
    assert (sheet["U12"].value, values["U12"].value) == ("=J12/200", 150 / 200)


@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_the_longest_note_on_bases_fits_a_row(number):
    """Excel shows no row higher than 409 points: what is longer would be cut off."""
    catalog = large_catalog()
    table = annex_tables(MARCH, large_facts(1), catalog, {})[number]
    note = "补" * (LONGEST_NOTE + 60)
    sheet = openpyxl.load_workbook(
        io.BytesIO(annex_bytes(replace(table, notes=(note, *table.notes)), catalog.annexes[number], STAMP))
    ).worksheets[0]
    (cell,) = (cell for row in sheet.iter_rows() for cell in row if note in str(cell.value))
    assert 100 < sheet.row_dimensions[cell.row].height < 409
