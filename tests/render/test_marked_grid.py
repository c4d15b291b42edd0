"""Files that are no .xlsx come back as one: the same cells to the reader, marked; documents as the list alone."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import pytest

from pipeline.ingest.workbook import open_grid
from pipeline.model import Cell, CellKind, Grid, Severity, Sheet
from pipeline.render.marked_content import SHEET, Asked, MarkedContent
from pipeline.render.marked_grid import list_alone, marked_grid
from tests.jobs.sample import SAMPLE

ASKED = Asked("F0123456789ab", "A13", Severity.HARD, "", "C3", "", "", "", "", "请核对。")


def content(*asked):
    return MarkedContent("示例", ("请改正。",), asked, datetime(2018, 4, 10, tzinfo=UTC), "示例办")


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("name", ["2018-03/邮储安康_201803.xls", "2017-04/*.csv"])
def test_the_reader_finds_the_same_cells_in_the_copy(name):
    source = next(f for f in sorted(SAMPLE.glob(name)) if f.name != "收件登记.csv")
    grid = open_grid(source.read_bytes(), source.name)
    (sheet,) = grid.sheets
    again = open_grid(marked_grid(grid, content(replace(ASKED, sheet=sheet.name))).data)
    assert again.sheets[-1].name == SHEET
    kept = {place: (c.kind, c.value, c.decimals, c.percent) for place, c in sheet.cells.items()}
    assert {p: (c.kind, c.value, c.decimals, c.percent) for p, c in again.sheets[0].cells.items()} == kept
    assert set(again.sheets[0].merged) == {m for m in sheet.merged if (m.top, m.left) != (m.bottom, m.right)}


def test_the_cell_is_marked_whatever_the_sheet_had_to_be_called():
    cells = {(2, 2): Cell(2, 2, CellKind.TEXT, "=1+1")}
    grid = Grid("csv", [Sheet("报[表]/1", dict(cells)), Sheet("报_表__1", dict(cells)), Sheet("", dict(cells))])
    book = opened(marked_grid(grid, content(replace(ASKED, sheet="报[表]/1"))).data)
    assert book.sheetnames == ["报_表__1", "报_表__1(2)", "正文", SHEET]
    assert (book["报_表__1"]["C3"].data_type, book["报_表__1"]["C3"].value) == ("s", "=1+1")
    assert book["报_表__1"]["C3"].comment.text.splitlines()[0] == "【强制性】A13　请核对。"
    assert book["正文"]["C3"].comment is None


def test_what_no_sheet_can_hold_is_left_to_the_original():
    cells = {(0, 0): Cell(0, 0, CellKind.NUMBER, 1), (1_048_576, 0): Cell(1_048_576, 0, CellKind.NUMBER, 2)}
    assert opened(marked_grid(Grid("csv", [Sheet("表", cells)]), content(ASKED)).data)["表"].max_row == 1


def test_a_document_has_no_cells_to_mark():
    for copy in (marked_grid(Grid("docx", [Sheet("正文", {})]), content(ASKED)), list_alone(content(ASKED))):
        data = copy.data
        assert opened(data).sheetnames == [SHEET]


def test_words_are_wrapped_figures_are_not_and_a_wide_table_goes_on_large_paper():
    """A title has room to its right; 40 columns of 本年累计发放_金额(元) are too wide for A4, and for one page of A3."""
    names = {(1, col): Cell(1, col, CellKind.TEXT, "本年累计发放_金额(元)") for col in range(40)}
    figures = {(2, col): Cell(2, col, CellKind.TEXT, "1,234,567.00") for col in range(40)}
    title = {(0, 0): Cell(0, 0, CellKind.TEXT, "某行扶贫小额信贷统计表（二〇一八年三月末，全市合计及分县）")}
    sheet = opened(marked_grid(Grid("csv", [Sheet("表", title | names | figures)]), content(ASKED)).data)["表"]
    assert not sheet["A1"].alignment.wrap_text and sheet["B2"].alignment.wrap_text
    assert sheet["B3"].alignment.horizontal == "right" and not sheet["B3"].alignment.wrap_text
    assert sheet.row_dimensions[2].height > 2 * 11, "two lines"
    assert 10 < sheet.column_dimensions["B"].width < 15, "12 characters; the header would take 20"
    setup = sheet.page_setup
    assert (setup.orientation, int(setup.paperSize), setup.fitToWidth, setup.fitToHeight) == ("landscape", 8, 2, 0)
    assert sheet.print_title_cols == "$A:$A"
    narrow = opened(marked_grid(Grid("csv", [Sheet("表", title)]), content(ASKED)).data)["表"].page_setup
    assert (int(narrow.paperSize), narrow.fitToWidth) == (9, 1)


def test_a_copy_carries_the_day_of_its_release_and_no_clock():
    """Made again at another time, it is the same bytes: nobody is told that it was changed by hand."""
    marked = marked_grid(Grid("csv", [Sheet("报表", {(2, 2): Cell(2, 2, CellKind.TEXT, "示例")})]), content(ASKED)).data
    alone = list_alone(content(replace(ASKED, cell=""))).data
    for data in (marked, alone):
        said = opened(data).properties
        assert said.created == said.modified == datetime(2018, 4, 10)  # noqa: DTZ001 - workbooks know no time zone
