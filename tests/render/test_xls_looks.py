"""An old .xls comes back as .xlsx and looks as its sender made it."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import openpyxl
import pytest
import xlwt

from pipeline.ingest.workbook import open_grid
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
