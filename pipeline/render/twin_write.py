"""The accessible workbook's sheets written: one sans-serif font, no fills, everything wrapped and seen whole."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.render.measure import lines, width_points
from pipeline.render.styles import BODY_SIZE
from pipeline.render.twin_content import Cell, Heading, Line, Link, Number, TwinSheet
from pipeline.render.twin_package import with_headings

FONT = "微软雅黑"
TITLE_SIZE, HEADING_SIZE = 16, 14
COVER_WIDTH = 100.0
_LINE_POINTS = 18.0
_TITLE_POINTS, _HEADING_POINTS, _PADDING = 32.0, 30.0, 6.0
_LINK_BLUE, _RULE = "#0B4A9E", "#7F7F7F"
_A4, _A4_INNER_WIDTH = 9, 780.0
_SMALLEST_PRINT = 0.6

_RULED = {"text_wrap": True, "valign": "top", "bottom": 4, "bottom_color": _RULE}
_HEADED = {**_RULED, "bold": True, "bottom": 1}
_LINKED = {"font_color": _LINK_BLUE, "underline": 1}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_size": TITLE_SIZE, "bold": True},
    "heading": {"font_size": HEADING_SIZE, "bold": True, "valign": "vcenter"},
    "line": {},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "link": _LINKED,
    "header": _HEADED,
    "number_header": {**_HEADED, "align": "right"},
    "text": _RULED,
    "code": {**_RULED, "align": "right"},
    "number": {**_RULED, "text_wrap": False, "align": "right"},
    "table_link": {**_RULED, **_LINKED},
}


class _Formats:
    """Cell formats by look and number format, each made at first use."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, str], Any] = {}

    def get(self, look: str, pattern: str = "") -> Any:
        key = (look, pattern)
        if key not in self._made:
            base = {
                "font_name": FONT,
                "font_size": BODY_SIZE,
                "font_scheme": "none",
                "align": "left",
                "valign": "vcenter",
            }
            number = {"num_format": pattern} if pattern else {}
            self._made[key] = self._workbook.add_format({**base, **_LOOKS[look], **number})
        return self._made[key]


def workbook_bytes(sheets: Sequence[TwinSheet], properties: Mapping[str, Any]) -> bytes:
    """The workbook of these sheets, in this order, the first one in front; the same input gives the same bytes."""
    import xlsxwriter  # here, because other commands go without it

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": FONT, "font_size": BODY_SIZE, "font_scheme": "none"},
        "default_column_width": 72,
    }
    with xlsxwriter.Workbook(out, options) as workbook:
        workbook.set_properties(dict(properties))
        formats = _Formats(workbook)
        for sheet in sheets:
            _write(workbook.add_worksheet(sheet.name), sheet, formats)
    return with_headings(out.getvalue(), (TITLE_SIZE, HEADING_SIZE))


def _write(page: Any, sheet: TwinSheet, formats: _Formats) -> None:
    page.write_string(0, 0, sheet.title, formats.get("title"))
    page.set_row(0, _TITLE_POINTS)
    for row, line in enumerate(sheet.lines, start=1):
        _write_line(page, row, line, formats, wrap=not sheet.columns)
    if sheet.columns:
        _write_table(page, len(sheet.lines) + 1, sheet, formats)
    else:
        page.set_column(0, 0, COVER_WIDTH)
    _set_up_printing(page, sheet)


def _write_line(page: Any, row: int, line: Line, formats: _Formats, *, wrap: bool) -> None:
    if isinstance(line, Heading):
        page.write_string(row, 0, line.text, formats.get("heading"))
        page.set_row(row, _HEADING_POINTS)
    elif isinstance(line, Link):
        _write_link(page, (row, 0), line, formats.get("link"))
        page.set_row(row, _LINE_POINTS + _PADDING)
    else:
        page.write_string(row, 0, line, formats.get("wrapped" if wrap else "line"))
        page.set_row(row, _row_height([(line, COVER_WIDTH)] if wrap else []))


def _write_link(page: Any, cell: tuple[int, int], link: Link, style: Any) -> None:
    quoted = link.sheet.replace("'", "''")
    page.write_url(*cell, f"internal:'{quoted}'!A1", style, string=link.text, tip=f"前往工作表“{link.sheet}”")


def _write_table(page: Any, top: int, sheet: TwinSheet, formats: _Formats) -> None:
    bottom, last = top + len(sheet.rows), len(sheet.columns) - 1
    headers = [
        {"header": column.header, "header_format": formats.get("number_header" if column.is_number else "header")}
        for column in sheet.columns
    ]
    options = {"name": sheet.table, "columns": headers, "autofilter": False, "style": None, "banded_rows": False}
    page.add_table(top, 0, bottom, last, {**options, "title": sheet.title, "description": sheet.lines[0]})
    for col, column in enumerate(sheet.columns):
        page.set_column(col, col, column.width)
    page.set_row(top, _row_height([(column.header, column.width) for column in sheet.columns], bold=True))
    for row, cells in enumerate(sheet.rows, start=top + 1):
        for col, cell in enumerate(cells):
            _write_cell(page, (row, col), cell, formats, is_number=sheet.columns[col].is_number)
        words = [
            (cell.text if isinstance(cell, Link) else cell, sheet.columns[col].width)
            for col, cell in enumerate(cells)
            if not isinstance(cell, Number)
        ]
        page.set_row(row, _row_height(words))


def _write_cell(page: Any, place: tuple[int, int], cell: Cell, formats: _Formats, *, is_number: bool) -> None:
    if isinstance(cell, Number):
        page.write_number(*place, float(cell.value), formats.get("number", cell.pattern))
    elif isinstance(cell, Link):
        _write_link(page, place, cell, formats.get("table_link"))
    else:
        page.write_string(*place, cell, formats.get("code" if is_number else "text"))


def _row_height(words: Sequence[tuple[str, float]], *, bold: bool = False) -> float:
    """Points in which all of these texts, each with the width of its column, are seen whole; Excel allows 409."""
    size = BODY_SIZE * (1.06 if bold else 1.0)
    taken = max((lines(text, width * 0.97, size) for text, width in words), default=1)
    return min(409.0, taken * _LINE_POINTS + _PADDING)


def _set_up_printing(page: Any, sheet: TwinSheet) -> None:
    """A4 landscape; a wide table goes on as many pages side by side as keep its letters readable."""
    widths = [column.width for column in sheet.columns] or [COVER_WIDTH]
    across = max(1, math.ceil(width_points(widths) * _SMALLEST_PRINT / _A4_INNER_WIDTH))
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    page.fit_to_pages(across, 0)
    if sheet.columns:
        header = len(sheet.lines) + 1
        page.repeat_rows(header)
        if across > 1:
            page.repeat_columns(0)
