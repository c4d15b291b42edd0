"""A marked copy of an old .xls is printed as its sender has set it up; where he has not, so that it can be read."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import openpyxl
import pytest
import xlwt
from openpyxl.worksheet.properties import PageSetupProperties

from pipeline.ingest.workbook import open_grid
from pipeline.ingest.xls_beside import beside_cells
from pipeline.model import Severity
from pipeline.render.marked_content import Asked, MarkedContent
from pipeline.render.marked_grid import marked_grid
from tests.office import convert

ASKED = Asked("F0123456789ab", "A13", Severity.HARD, "月报", "B3", "", "", "", "", "请核对。")
CONTENT = MarkedContent("示例", ("请改正。",), (ASKED,), datetime(2018, 4, 10, tzinfo=UTC), "示例办")


def copy_of(original: bytes):
    made = marked_grid(open_grid(original, "月报.xls"), CONTENT, original, beside_cells(original))
    return openpyxl.load_workbook(io.BytesIO(made.data))["月报"]


def by_a_program(columns: int = 5, **settings) -> bytes:
    """As a bank's system writes it: `settings` are xlwt's."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("月报")
    for col in range(columns):
        sheet.write(2, col, 1234.5)
        sheet.col(col).width = 256 * 10
    for name, value in settings.items():
        getattr(sheet, f"set_{name}")(value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_printed(sheet):
    setup = sheet.page_setup
    fits = (setup.fitToWidth or 1, setup.fitToHeight) if sheet.sheet_properties.pageSetUpPr.fitToPage else setup.scale
    return setup.orientation, int(setup.paperSize), fits


def test_what_the_sender_has_set_up_is_kept(tmp_path):
    """Written by LibreOffice, in the records of Excel itself."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "月报"
    for row in range(1, 30):
        for col in range(1, 12):
            sheet.cell(row, col).value = row * col
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_area, sheet.print_title_rows, sheet.print_title_cols = "A1:J20", "1:3", "A:B"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left, sheet.page_margins.bottom = 0.25, 0.5
    book.save(tmp_path / "月报.xlsx")
    (old,) = convert([tmp_path / "月报.xlsx"], "xls", tmp_path)
    kept = copy_of(old.read_bytes())
    assert as_printed(kept) == ("landscape", 8, (1, 0))
    assert (kept.print_area, kept.print_title_rows, kept.print_title_cols) == ("'月报'!$A$1:$J$20", "$1:$3", "$A:$B")
    assert kept.print_options.horizontalCentered
    assert (round(kept.page_margins.left, 2), round(kept.page_margins.bottom, 2)) == (0.25, 0.5)


@pytest.mark.parametrize(
    ("why", "settings", "printed"),
    [
        ("what a program writes by itself is no choice", {}, ("landscape", 9, (1, 0))),
        ("nor is the direction alone", {"portrait": False}, ("landscape", 9, (1, 0))),
        ("shrunk by hand", {"print_scaling": 60}, ("portrait", 9, 60)),
        (
            "fitted, on paper of its own",
            {"fit_num_pages": 1, "fit_width_to_pages": 2, "fit_height_to_pages": 1, "paper_size_code": 8},
            ("portrait", 8, (2, 1)),
        ),
    ],
)
def test_what_counts_as_set_up(why, settings, printed):
    assert as_printed(copy_of(by_a_program(**settings))) == printed, why


@pytest.mark.parametrize(
    ("columns", "printed"),
    [(28, ("landscape", 9, (1, 0))), (40, ("landscape", 8, (1, 0))), (41, ("landscape", 8, (2, 0)))],
)
def test_so_many_columns_are_read_on_a_page(columns, printed):
    """Ten characters each: 280 can be read across A4, 400 across A3."""
    sheet = copy_of(by_a_program(columns))
    assert as_printed(sheet) == printed
    assert sheet.print_title_cols == ("$A:$A" if columns == 41 else None)


@pytest.mark.parametrize("inches", [-1.0, 1e9, float("nan")])
def test_what_no_printer_can_do_is_not_kept(inches):
    """A margin and a scale out of range: the copy has those of any other."""
    sheet = copy_of(by_a_program(left_margin=inches, print_scaling=9))
    assert as_printed(sheet) == ("landscape", 9, (1, 0))
    kept = copy_of(by_a_program(left_margin=inches, print_scaling=60))
    assert (as_printed(kept), kept.page_margins.left) == (("portrait", 9, 60), 0.75)


def test_widths_beyond_the_last_column_take_no_paper():
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("月报")
    sheet.write(2, 1, 1234.5)
    for col in range(2, 256):
        sheet.col(col).width = 256 * 12
    out = io.BytesIO()
    book.save(out)
    assert as_printed(copy_of(out.getvalue())) == ("landscape", 9, (1, 0))
