"""An old .xls comes back as .xlsx: it looks as its sender made it, and its formulas are formulas."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import pytest
import xlwt

from pipeline.ingest.workbook import open_grid
from pipeline.ingest.xls_beside import beside_cells
from pipeline.model import Severity
from pipeline.render.marked_content import Asked, MarkedContent
from pipeline.render.marked_grid import marked_grid
from tests.office import convert

ASKED = Asked("F0123456789ab", "A13", Severity.HARD, "月报", "B3", "", "", "", "", "请核对。")
CONTENT = MarkedContent("示例", ("请改正。",), (ASKED,), datetime(2018, 4, 10, tzinfo=UTC), "示例办")


def sent() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("月报")
    title = xlwt.easyxf("font: name 楷体, height 320, bold on, colour red; align: horiz centre, vert centre, wrap on")
    figure = xlwt.easyxf(
        "font: name 宋体, height 210, italic on, underline single; borders: left thin, bottom double, right dashed;"
        "pattern: pattern solid, fore_colour gray25; align: horiz right",
        num_format_str="#,##0.00",
    )
    sheet.write_merge(0, 0, 0, 2, "贷款月报表", title)
    sheet.write(2, 1, 1234.5, figure)
    sheet.write(3, 1, 0.5, xlwt.easyxf(num_format_str="0.0%"))
    sheet.write(4, 1, "", xlwt.easyxf("borders: top thick"))
    sheet.col(1).width, sheet.row(2).height, sheet.row(2).height_mismatch = 256 * 23, 20 * 41, True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def copy_of(original: bytes, looks: bytes | None = None) -> openpyxl.Workbook:
    grid = open_grid(original, "月报.xls")
    return openpyxl.load_workbook(io.BytesIO(marked_grid(grid, CONTENT, original if looks is None else looks).data))


def test_fonts_borders_formats_widths_and_heights_survive():
    sheet = copy_of(sent())["月报"]
    title, figure = sheet["A1"], sheet["B3"]
    assert (title.font.name, title.font.size, title.font.bold, title.font.color.rgb) == ("楷体", 16, True, "00FF0000")
    assert (title.alignment.horizontal, title.alignment.vertical, title.alignment.wrap_text) == (
        *("center", "center", True),
    )
    assert (figure.font.name, figure.font.size, figure.font.italic, figure.font.underline) == (
        *("宋体", 10.5, True, "single"),
    )
    assert (figure.border.left.style, figure.border.bottom.style, figure.border.right.style) == (
        *("thin", "double", "dashed"),
    )
    assert (figure.border.top.style, figure.alignment.horizontal, figure.number_format) == (None, "right", "#,##0.00")
    assert sheet["B4"].number_format == "0.0%"
    assert sheet["B5"].border.top.style == "thick"
    assert (sheet.column_dimensions["B"].width, sheet.row_dimensions[3].height) == (23, 41)
    assert str(next(iter(sheet.merged_cells.ranges))) == "A1:C1"


def test_the_fill_is_the_senders_but_where_the_cell_is_marked():
    plain = MarkedContent(CONTENT.title, CONTENT.guide, (), CONTENT.created, CONTENT.office)
    original = sent()
    book = openpyxl.load_workbook(io.BytesIO(marked_grid(open_grid(original, "月报.xls"), plain, original).data))
    assert book["月报"]["B3"].fill.fgColor.rgb == "00C0C0C0"
    assert copy_of(original)["月报"]["B3"].fill.fgColor.rgb == "00FFC7CE"


@pytest.mark.parametrize("looks", [b"", b"no workbook", sent()[:700]])
def test_cells_come_back_even_where_looks_cannot_be_told(looks):
    assert copy_of(sent(), looks)["月报"]["B3"].value == 1234.5


def test_what_libreoffice_saved_as_xls_keeps_its_looks(tmp_path):
    source = tmp_path / "月报.xlsx"
    book = openpyxl.Workbook()
    book.active.title, book.active["B3"] = "月报", 12.5
    book.active["B3"].font = openpyxl.styles.Font(name="黑体", size=18, color="0000FF")
    book.active.column_dimensions["B"].width = 30
    book.save(source)
    (old,) = convert([source], "xls", tmp_path)
    sheet = copy_of(old.read_bytes())["月报"]
    assert (sheet["B3"].value, sheet["B3"].font.name, sheet["B3"].font.size) == (12.5, "黑体", 18)
    assert sheet["B3"].font.color.rgb == "000000FF"
    assert abs(sheet.column_dimensions["B"].width - 30) < 1


# ------------------------------------------------------------------ formulas, and what else there is


def marked_as_received(original: bytes) -> tuple[openpyxl.Workbook, openpyxl.Workbook, tuple[str, ...]]:
    """The copy with its formulas, the same with their results, and what is told to be missing."""
    copy = marked_grid(open_grid(original, "月报.xls"), CONTENT, original, beside_cells(original))
    return *(openpyxl.load_workbook(io.BytesIO(copy.data), data_only=values) for values in (False, True)), copy.lost


def with_formulas(folder) -> bytes:
    """Two figures, their sum, their average in another sheet, and one that leads outside; calculated by LibreOffice."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title, sheet["A1"], sheet["A2"], sheet["A3"] = "月报", 30, 12.5, "=SUM(A1:A2)"
    sheet["B3"] = '=IF(A3>40,"多","少")'
    sheet["C3"] = '=HYPERLINK("http://example.com","看")'
    sheet["A3"].number_format = "#,##0.00"
    book.create_sheet("附表")["A1"] = "=AVERAGE(月报!A1:A2)"
    book.save(folder / "月报.xlsx")
    return convert([folder / "月报.xlsx"], "xls", folder)[0].read_bytes()


def test_formulas_come_back_with_what_they_came_to(tmp_path):
    """30 + 12.5 = 42.5, more than 40; 42.5 ÷ 2 = 21.25."""
    formulas, values, lost = marked_as_received(with_formulas(tmp_path))
    assert [formulas["月报"][cell].value for cell in ("A3", "B3")] == ["=SUM(A1:A2)", '=IF(A3>40,"多","少")']
    assert [values["月报"][cell].value for cell in ("A3", "B3")] == [42.5, "多"]
    assert (formulas["附表"]["A1"].value, values["附表"]["A1"].value) == ("=AVERAGE('月报'!A1:A2)", 21.25)
    assert formulas["月报"]["A3"].number_format == "#,##0.00"
    assert (formulas["月报"]["C3"].value, formulas["月报"]["C3"].data_type) == ("看", "s")
    assert lost == ("公式1个（只留结果）",)


def test_they_still_calculate_where_a_figure_is_corrected(tmp_path):
    formulas, _, _ = marked_as_received(with_formulas(tmp_path))
    formulas["月报"]["A1"] = 40
    formulas.save(tmp_path / "更正.xlsx")
    (again,) = convert([tmp_path / "更正.xlsx"], "xlsx", tmp_path)
    corrected = openpyxl.load_workbook(again, data_only=True)
    assert (corrected["月报"]["A3"].value, corrected["附表"]["A1"].value) == (52.5, 26.25)


def test_a_formula_about_a_sheet_that_is_another_units_is_left_a_result(tmp_path):
    original = with_formulas(tmp_path)
    own = replace(CONTENT, sheets=frozenset({"附表"}))
    copy = marked_grid(open_grid(original, "月报.xls"), own, original, beside_cells(original))
    assert openpyxl.load_workbook(io.BytesIO(copy.data))["附表"]["A1"].value == 21.25
    assert copy.lost == ("公式1个（只留结果）",)


def test_nothing_is_said_of_formulas_where_there_are_none():
    assert marked_as_received(sent())[2] == ()


def test_the_readers_figures_are_those_of_the_original(tmp_path):
    original = with_formulas(tmp_path)
    copy = marked_grid(open_grid(original, "月报.xls"), CONTENT, original, beside_cells(original))
    again = open_grid(copy.data, "月报.xlsx")
    for kept, sheet in zip(again.sheets, open_grid(original, "月报.xls").sheets, strict=False):
        assert {p: c.value for p, c in kept.cells.items()} == {p: c.value for p, c in sheet.cells.items()}


def test_comments_conditions_and_lists(tmp_path):
    """Comments come back; what a copy has not is counted: one shape of conditions, one list, one chart."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title, sheet["A1"], sheet["A2"] = "月报", 30, 12
    sheet["A1"].comment = openpyxl.comments.Comment("含展期", "填表人")
    sheet.conditional_formatting.add(
        "A1:A2", openpyxl.formatting.rule.CellIsRule("greaterThan", ["20"], font=openpyxl.styles.Font(color="FF0000"))
    )
    choice = openpyxl.worksheet.datavalidation.DataValidation(type="list", formula1='"甲,乙"')
    choice.add("B1")
    sheet.add_data_validation(choice)
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(sheet, min_col=1, min_row=1, max_row=2))
    sheet.add_chart(chart, "D5")
    book.save(tmp_path / "月报.xlsx")
    (old,) = convert([tmp_path / "月报.xlsx"], "xls", tmp_path)
    formulas, _, lost = marked_as_received(old.read_bytes())
    assert "含展期" in formulas["月报"]["A1"].comment.text
    assert sorted(lost) == ["图表1个", "数据有效性1处", "条件格式1处"]
