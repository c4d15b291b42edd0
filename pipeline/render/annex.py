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
from pipeline.render.header import Span, heights, spans
from pipeline.render.measure import column_width, height, lines, width_points
from pipeline.render.numbers import ROUNDING_NOTE, Shown, rounding_shows, show
from pipeline.render.stamp import Stamp
from pipeline.render.styles import BODY_SIZE, HEI, NOTE_SIZE, SONG, WORDS_SIZE, Styles

UNIT_CAPTION = "单位：户、万元、%"
_TITLE_ROW = 1
_CAPTION_ROW = 2
_HEADER_ROW = 3
_HEAD_HEIGHTS = (24.0, 42.0, 24.0)
_FOOTER_HEIGHT = 36.0
_ROW_HEIGHTS = (26.0, 40.0)
"""Rows are as high as the page allows, between these."""
_INCH = 1 / 25.4
_MARGINS = {"left": 10 * _INCH, "right": 10 * _INCH, "top": 18 * _INCH, "bottom": 16 * _INCH}
_A4_LANDSCAPE = (297 * _INCH, 210 * _INCH)


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet being written and what its parts have in common."""

    sheet: Any
    styles: Styles
    table: FigureTable
    layout: AnnexLayout
    stamp: Stamp
    widths: tuple[float, ...]
    header_heights: tuple[float, ...]
    notes: tuple[str, ...]
    places: Places

    @property
    def last_col(self) -> int:
        return len(self.layout.columns) - 1

    @property
    def header_rows(self) -> range:
        return range(_HEADER_ROW, _HEADER_ROW + len(self.header_heights))

    @property
    def note_heights(self) -> list[float]:
        width = sum(self.widths)
        return [height(lines(text, width, NOTE_SIZE), NOTE_SIZE) for text in self.notes]

    @property
    def row_height(self) -> float:
        """What fills one printed page, within reason."""
        wide = _A4_LANDSCAPE[0] - _MARGINS["left"] - _MARGINS["right"]
        high = _A4_LANDSCAPE[1] - _MARGINS["top"] - _MARGINS["bottom"]
        page = width_points(self.widths) * high / wide
        around = sum(_HEAD_HEIGHTS) + sum(self.header_heights) + sum(self.note_heights) + _FOOTER_HEIGHT
        rows = sum(len(part.rows) + bool(part.title) for part in self.table.parts)
        least, most = _ROW_HEIGHTS
        return round(min(most, max(least, (page * 0.92 - around) / rows)), 1)

    def across(self, row: int, left: int, right: int, text: str, look: str) -> None:
        """Write a text over several columns."""
        style = self.styles.get(look)
        if left == right:
            self.sheet.write_string(row, left, text, style)
        else:
            self.sheet.merge_range(row, left, row, right, "", style)
            self.sheet.write_string(row, left, text, style)


def write_annex(path: Path, table: FigureTable, layout: AnnexLayout, stamp: Stamp) -> None:
    """Write an annex's workbook to this path; the same figures and stamp give the same bytes.

    Raises:
        OSError: the path cannot be written; the caller names the product and gives it its final name.
    """
    path.write_bytes(annex_bytes(table, layout, stamp))


def annex_bytes(table: FigureTable, layout: AnnexLayout, stamp: Stamp) -> bytes:
    """The workbook of an annex."""
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        # column widths count digits of this font, so it must be one that is there
        "default_format_properties": {"font_name": SONG, "font_size": 11},
    }
    with xlsxwriter.Workbook(out, options) as workbook:
        _set_properties(workbook, layout, stamp)
        sheet = workbook.add_worksheet(f"附件{layout.number}")
        header = spans([column.header for column in layout.columns])
        places, next_row = _places(table, layout, header)
        widths = _widths(table, layout)
        header_heights = tuple(heights(header, widths, BODY_SIZE))
        notes = _notes(table, layout, stamp)
        page = _Page(sheet, Styles(workbook), table, layout, stamp, widths, header_heights, notes, places)
        for col, width in enumerate(page.widths):
            sheet.set_column(col, col, width)
        _write_head(page, header)
        for part in table.parts:
            _write_part(page, part)
        last_row = _write_foot(page, next_row)
        _set_up_printing(page, last_row)
    return out.getvalue()


def _set_properties(workbook: Any, layout: AnnexLayout, stamp: Stamp) -> None:
    workbook.set_properties(
        {
            "title": f"附件{layout.number} {layout.title}（{stamp.month.label}）",
            "author": stamp.office,
            "subject": stamp.month.label,
            "comments": "；".join(filter(None, [stamp.version, stamp.marks])),
            "created": stamp.created,
        }
    )


def _places(table: FigureTable, layout: AnnexLayout, header: list[Span]) -> tuple[Places, int]:
    """Give every row its place on the sheet; also the first row below the table."""
    row_of: dict[tuple[str, str], int] = {}
    row = _HEADER_ROW + max(span.bottom for span in header) + 1
    for part in table.parts:
        row += 1 if part.title else 0
        for entry in part.rows:
            row_of[part.id, entry.id] = row
            row += 1
    columns = {column.id: column for column in layout.columns}
    return Places(table, columns, row_of, {name: col for col, name in enumerate(columns)}), row


def _widths(table: FigureTable, layout: AnnexLayout) -> tuple[float, ...]:
    """The layout's widths, more where a number or a phrase that should stay on one line needs more."""
    rows = [row for part in table.parts for row in part.rows]
    return tuple(round(max(column.width, _needed(column, rows)), 2) for column in layout.columns)


def _needed(column: AnnexColumn, rows: list[FigureRow]) -> float:
    if column.derivation == "label":
        return column_width((row.label for row in rows), BODY_SIZE)
    if column.derivation == "remark":
        # six characters a line: 部分指标未报
        return column_width((row.remark[:6] for row in rows), WORDS_SIZE)
    if column.derivation == "number":
        return 0.0
    cells = [show(row.figures[column.id], column) for row in rows]
    # words may wrap, four characters a line: 未报齐，|不计算
    words = column_width((cell.text[:4] for cell in cells if cell.value is None), WORDS_SIZE)
    return max(words, column_width((cell.text for cell in cells if cell.value is not None), BODY_SIZE))


def _write_head(page: _Page, header: list[Span]) -> None:
    """附件 number and marks, title, caption, and the merged header."""
    sheet, last = page.sheet, page.last_col
    middle = last // 2
    page.across(0, 0, middle, f"附件{page.layout.number}", "annex")
    page.across(0, middle + 1, last, page.stamp.marks, "mark")
    page.across(_TITLE_ROW, 0, last, page.layout.title, "title")
    page.across(_CAPTION_ROW, 0, middle, page.stamp.stocks_of, "caption_left")
    page.across(_CAPTION_ROW, middle + 1, last, UNIT_CAPTION, "caption_right")
    for row, points in enumerate((*_HEAD_HEIGHTS, *page.header_heights)):
        sheet.set_row(row, points)
    style = page.styles.get("header")
    for span in header:
        top, bottom = _HEADER_ROW + span.top, _HEADER_ROW + span.bottom
        if (top, span.left) != (bottom, span.right):
            sheet.merge_range(top, span.left, bottom, span.right, "", style)
        sheet.write_string(top, span.left, span.text, style)


def _write_part(page: _Page, part: FigurePart) -> None:
    if part.title:
        row = page.places.row_of[part.id, part.rows[0].id] - 1
        page.across(row, 0, page.last_col, part.title, "part")
        page.sheet.set_row(row, page.row_height)
    number = 0
    for entry in part.rows:
        number += 0 if entry.is_total else 1
        _write_row(page, part, entry, number)


def _write_row(page: _Page, part: FigurePart, entry: FigureRow, number: int) -> None:
    row = page.places.row_of[part.id, entry.id]
    wrapped = 1
    for col, column in enumerate(page.layout.columns):
        if column.derivation == "number":
            _write_words(page, row, col, "" if entry.is_total else str(number), "center", entry)
        elif column.derivation == "label":
            _write_words(page, row, col, entry.label, "center" if entry.is_total else "label", entry)
        elif column.derivation == "remark":
            _write_words(page, row, col, entry.remark, "remark", entry)
            wrapped = max(wrapped, lines(entry.remark, page.widths[col], WORDS_SIZE))
        else:
            shown = show(entry.figures[column.id], column)
            _write_figure(page, part, entry, column, shown)
            if shown.value is None:
                wrapped = max(wrapped, lines(shown.text, page.widths[col], WORDS_SIZE))
    page.sheet.set_row(row, max(page.row_height, height(wrapped, WORDS_SIZE)))


def _write_words(page: _Page, row: int, col: int, text: str, look: str, entry: FigureRow) -> None:
    style = page.styles.get(look, bold=entry.is_total and look in ("center", "label"))
    if text:
        page.sheet.write_string(row, col, text, style)
    else:
        page.sheet.write_blank(row, col, None, style)


def _write_figure(page: _Page, part: FigurePart, entry: FigureRow, column: AnnexColumn, shown: Shown) -> None:
    row, col = page.places.row_of[part.id, entry.id], page.places.col_of[column.id]
    if shown.value is None:
        _write_words(page, row, col, shown.text, "symbol" if len(shown.text) == 1 else "words", entry)
        return
    look = "rank" if column.unit == "rank" else "number"
    style = page.styles.get(look, bold=entry.is_total, number_format=shown.number_format)
    live = formula(page.places, part, entry, column)
    if live is None:
        page.sheet.write_number(row, col, float(shown.value), style)
    else:
        page.sheet.write_formula(row, col, live, style, float(shown.value))


def _notes(table: FigureTable, layout: AnnexLayout, stamp: Stamp) -> tuple[str, ...]:
    """The numbered sentences under the table."""
    rounding = [ROUNDING_NOTE] if rounding_shows(table, layout) else []
    sentences = [*table.notes, *rounding, *stamp.overrides]
    return tuple(
        f"{'注：' if number == 1 else '　　'}{number}. {sentence}" for number, sentence in enumerate(sentences, start=1)
    )


def _write_foot(page: _Page, row: int) -> int:
    """Notes, then who made the table; the last row written."""
    for text, points in zip(page.notes, page.note_heights, strict=True):
        page.across(row, 0, page.last_col, text, "note")
        page.sheet.set_row(row, points)
        row += 1
    signers = (f"制表单位：{page.stamp.office}", "审核人：", "制表人：", "报出日期：")
    edges = [round(share * (page.last_col + 1)) for share in (0, 0.4, 0.6, 0.8, 1)]
    for text, (left, right) in zip(signers, pairwise(edges), strict=True):
        page.across(row, left, right - 1, text, "footer")
    page.sheet.set_row(row, _FOOTER_HEIGHT)
    return row


def _set_up_printing(page: _Page, last_row: int) -> None:
    sheet = page.sheet
    labels = [col for col, column in enumerate(page.layout.columns) if column.derivation == "label"]
    sheet.freeze_panes(page.header_rows.stop, labels[0] + 1 if labels else 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(page.header_rows[0], page.header_rows[-1])
    sheet.print_area(0, 0, last_row, page.last_col)
    sheet.center_horizontally()
    sheet.set_margins(**_MARGINS)
    sheet.set_header(f'&R&"{HEI},Regular"&9{page.stamp.marks}' if page.stamp.marks else "", {"margin": 8 * _INCH})
    sheet.set_footer(f"&L&9{page.stamp.version}&C&9第 &P 页，共 &N 页", {"margin": 7 * _INCH})
