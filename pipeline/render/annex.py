"""An annex as a print-ready workbook: A4 landscape, one page wide, live formulas with our values cached."""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.catalog.annexes import AnnexColumn, AnnexLayout
from pipeline.model import FigurePart, FigureRow, FigureTable
from pipeline.render.formulas import Places, formula
from pipeline.render.numbers import show
from pipeline.render.page import FOOTER_HEIGHT, HEAD_HEIGHTS, HEADER_ROW, INCH, MARGINS, Page, plan
from pipeline.render.stamp import Stamp
from pipeline.render.styles import HEI, SONG, Styles

UNIT_CAPTION = "单位：户、万元、%"
_A4 = 9
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    # widths count digits of this font: 8 pixels each, a standard column has 72
    "default_format_properties": {"font_name": SONG, "font_size": 11, "font_scheme": "none"},
    "default_column_width": 72,
}


@dataclass(frozen=True, slots=True)
class _Canvas:
    """A sheet being written."""

    sheet: Any
    styles: Styles
    page: Page
    places: Places

    def text(self, row: int, col: int, text: str, look: str, *, bold: bool = False) -> None:
        """Write words, never as a formula or a link; nothing leaves a bordered blank."""
        style = self.styles.get(look, bold=bold)
        if text:
            self.sheet.write_string(row, col, text, style)
        else:
            self.sheet.write_blank(row, col, None, style)

    def across(self, box: tuple[int, int, int, int], text: str, look: str) -> None:
        """Write words over several cells: top, left, bottom, right."""
        top, left, bottom, right = box
        if (top, left) != (bottom, right):
            self.sheet.merge_range(top, left, bottom, right, "", self.styles.get(look))
        self.text(top, left, text, look)


def write_annex(path: Path, table: FigureTable, layout: AnnexLayout, stamp: Stamp) -> None:
    """Write an annex's workbook to this path; the same figures and stamp give the same bytes.

    Raises:
        OSError: the path cannot be written; the caller names the product and gives it its final name.
    """
    path.write_bytes(annex_bytes(table, layout, stamp))


def annex_bytes(table: FigureTable, layout: AnnexLayout, stamp: Stamp) -> bytes:
    """The workbook of an annex."""
    import xlsxwriter  # here, because other commands go without it

    out = io.BytesIO()
    page = plan(table, layout, stamp)
    columns = {column.id: column for column in layout.columns}
    places = Places(table, columns, page.row_of, {name: col for col, name in enumerate(columns)})
    with xlsxwriter.Workbook(out, _OPTIONS) as workbook:
        workbook.set_properties(_properties(layout, stamp))
        canvas = _Canvas(workbook.add_worksheet(f"附件{layout.number}"), Styles(workbook), page, places)
        for col, width in enumerate(page.widths):
            canvas.sheet.set_column(col, col, width)
        _write_head(canvas, stamp)
        for part in table.parts:
            _write_part(canvas, part)
        last_row = _write_foot(canvas, stamp)
        _set_up_printing(canvas, stamp, last_row)
    return out.getvalue()


def _properties(layout: AnnexLayout, stamp: Stamp) -> dict[str, Any]:
    return {
        "title": f"附件{layout.number} {layout.title}（{stamp.month.label}）",
        "author": stamp.office,
        "subject": stamp.month.label,
        "comments": "；".join(filter(None, [stamp.version, stamp.marks])),
        "created": stamp.created,
    }


def _write_head(canvas: _Canvas, stamp: Stamp) -> None:
    """附件 number and marks, title, caption, and the merged header."""
    page, last = canvas.page, canvas.page.last_col
    middle = last // 2
    canvas.across((0, 0, 0, middle), f"附件{page.layout.number}", "annex")
    canvas.across((0, middle + 1, 0, last), stamp.marks, "mark")
    canvas.across((1, 0, 1, last), page.layout.title, "title")
    canvas.across((2, 0, 2, middle), stamp.stocks_of, "caption_left")
    canvas.across((2, middle + 1, 2, last), UNIT_CAPTION, "caption_right")
    for span in page.header:
        box = (HEADER_ROW + span.top, span.left, HEADER_ROW + span.bottom, span.right)
        canvas.across(box, span.text, "header")
    for row, points in enumerate((*HEAD_HEIGHTS, *page.header_heights)):
        canvas.sheet.set_row(row, points)


def _write_part(canvas: _Canvas, part: FigurePart) -> None:
    page = canvas.page
    if part.title:
        row = page.row_of[part.id, part.rows[0].id] - 1
        canvas.across((row, 0, row, page.last_col), part.title, "part")
        canvas.sheet.set_row(row, page.part_height)
    number = 0
    for entry in part.rows:
        number += 0 if entry.is_total else 1
        _write_row(canvas, part, entry, "" if entry.is_total else str(number))


def _write_row(canvas: _Canvas, part: FigurePart, entry: FigureRow, number: str) -> None:
    row = canvas.page.row_of[part.id, entry.id]
    for col, column in enumerate(canvas.page.layout.columns):
        if column.derivation == "number":
            canvas.text(row, col, number, "center")
        elif column.derivation == "label":
            canvas.text(row, col, entry.label, "center" if entry.is_total else "label", bold=entry.is_total)
        elif column.derivation == "remark":
            canvas.text(row, col, entry.remark, "remark")
        else:
            _write_figure(canvas, (row, col), part, entry, column)
    canvas.sheet.set_row(row, canvas.page.row_heights[part.id, entry.id])


def _write_figure(
    canvas: _Canvas, cell: tuple[int, int], part: FigurePart, entry: FigureRow, column: AnnexColumn
) -> None:
    shown = show(entry.figures[column.id], column)
    if shown.value is None:
        canvas.text(*cell, shown.text, "center" if len(shown.text) == 1 else "words")
        return
    look = "center" if column.unit == "rank" else "number"
    style = canvas.styles.get(look, bold=entry.is_total, number_format=shown.number_format)
    live = formula(canvas.places, part, entry, column)
    if live is None:
        canvas.sheet.write_number(*cell, float(shown.value), style)
    else:
        canvas.sheet.write_formula(*cell, live, style, float(shown.value))


def _write_foot(canvas: _Canvas, stamp: Stamp) -> int:
    """Notes, then who made the table; the last row written."""
    page, row = canvas.page, canvas.page.first_note
    for text, points in zip(page.notes, page.note_heights, strict=True):
        canvas.across((row, 0, row, page.last_col), text, "note")
        canvas.sheet.set_row(row, points)
        row += 1
    signers = (f"制表单位：{stamp.office}", "审核人：", "制表人：", "报出日期：")
    edges = [round(share * (page.last_col + 1)) for share in (0, 0.4, 0.6, 0.8, 1)]
    for text, (left, right) in zip(signers, pairwise(edges), strict=True):
        canvas.across((row, left, row, right - 1), text, "footer")
    canvas.sheet.set_row(row, FOOTER_HEIGHT)
    return row


def _set_up_printing(canvas: _Canvas, stamp: Stamp, last_row: int) -> None:
    sheet, page = canvas.sheet, canvas.page
    labels = [col for col, column in enumerate(page.layout.columns) if column.derivation == "label"]
    sheet.freeze_panes(page.first_row, labels[0] + 1 if labels else 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW, page.first_row - 1)
    sheet.print_area(0, 0, last_row, page.last_col)
    sheet.center_horizontally()
    sheet.set_margins(**MARGINS)
    sheet.set_header(f'&R&"{HEI},Regular"&9{stamp.marks}' if stamp.marks else "", {"margin": 8 * INCH})
    sheet.set_footer(f"&L&9{stamp.version}&C&9第 &P 页，共 &N 页", {"margin": 7 * INCH})
