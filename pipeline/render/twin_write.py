"""The accessible workbook's sheets written: one sans-serif font, no fills, everything wrapped and seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline.render.harmless import printable
from pipeline.render.measure import width_points
from pipeline.render.styles import BODY_SIZE
from pipeline.render.twin_content import Cell, Column, Heading, Line, Link, Number, TwinSheet
from pipeline.render.twin_fit import pieces, row_height
from pipeline.render.twin_package import with_headings
from pipeline.render.workbook import Formats, workbook_bytes

FONT = "微软雅黑"
TITLE_SIZE, HEADING_SIZE = 16, 14
COVER_WIDTH = 74.0
_TITLE_POINTS, _HEADING_POINTS = 32.0, 30.0
_LINK_BLUE, _RULE = "#0B4A9E", "#7F7F7F"
_A3, _A4, _A4_INNER_WIDTH = 8, 9, 780.0
_SMALLEST_ON_A4 = 0.6

_ROW = {"text_wrap": True, "valign": "top", "bottom": 4, "bottom_color": _RULE}
_HEADER = {**_ROW, "bold": True, "bottom": 1}
_BESIDE = {"indent": 1}
"""Words in a column right of others keep off the numbers before them."""
_LINK = {"font_color": _LINK_BLUE, "underline": 1}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_size": TITLE_SIZE, "bold": True},
    "heading": {"font_size": HEADING_SIZE, "bold": True},
    "line": {},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "link": _LINK,
    "first_header": _HEADER,
    "header": {**_HEADER, **_BESIDE},
    "number_header": {**_HEADER, "align": "right"},
    "label": {**_ROW, "bold": True},
    "text": {**_ROW, **_BESIDE},
    "code": {**_ROW, "align": "right"},
    "number": {**_ROW, "text_wrap": False, "align": "right"},
    "table_link": {**_ROW, **_LINK},
}
_BASE = {"font_name": FONT, "font_size": BODY_SIZE, "font_scheme": "none", "align": "left", "valign": "vcenter"}


def twin_workbook(sheets: Sequence[TwinSheet], properties: Mapping[str, Any]) -> bytes:
    """The workbook of these sheets, in this order, the first one in front; the same input gives the same bytes."""

    def fill(workbook: Any) -> None:
        formats = Formats(workbook, _BASE, _LOOKS)
        for sheet in sheets:
            _write(workbook.add_worksheet(sheet.name), _harmless(sheet), formats)

    made = workbook_bytes(fill, properties, (FONT, BODY_SIZE), default_column_width=72)
    return with_headings(made, (TITLE_SIZE, HEADING_SIZE))


def _harmless(sheet: TwinSheet) -> TwinSheet:
    """The sheet with words that can be seen and be written; on a sheet of lines only, long ones as several."""
    lines = [line for given in sheet.lines for line in _lines(given, split=not sheet.columns)]
    rows = tuple(tuple(printable(cell) if isinstance(cell, str) else cell for cell in row) for row in sheet.rows)
    return replace(sheet, lines=tuple(lines), rows=rows)


def _lines(line: Line, *, split: bool) -> Iterator[Line]:
    if not isinstance(line, str):
        yield line
    elif split:
        yield from pieces(line, COVER_WIDTH)
    else:
        yield printable(line)


def _write(page: Any, sheet: TwinSheet, formats: Formats) -> None:
    page.write_string(0, 0, sheet.title, formats.get("title"))
    page.set_row(0, _TITLE_POINTS)
    for row, line in enumerate(sheet.lines, start=1):
        _write_line(page, row, line, formats, wrap=not sheet.columns)
    if sheet.columns:
        _write_table(page, sheet.header_row, sheet, formats)
    else:
        page.set_column(0, 0, COVER_WIDTH)
    _set_up_printing(page, sheet)


def _write_line(page: Any, row: int, line: Line, formats: Formats, *, wrap: bool) -> None:
    if isinstance(line, Heading):
        page.write_string(row, 0, line.text, formats.get("heading"))
        page.set_row(row, _HEADING_POINTS)
    elif isinstance(line, Link):
        _write_link(page, (row, 0), line, formats.get("link"))
        page.set_row(row, row_height([]))
    else:
        page.write_string(row, 0, line, formats.get("wrapped" if wrap else "line"))
        page.set_row(row, row_height([(line, COVER_WIDTH)] if wrap else []))


def _write_link(page: Any, cell: tuple[int, int], link: Link, style: Any) -> None:
    quoted = link.sheet.replace("'", "''")
    page.write_url(*cell, f"internal:'{quoted}'!A1", style, string=link.text, tip=f"前往工作表“{link.sheet}”")


def _write_table(page: Any, top: int, sheet: TwinSheet, formats: Formats) -> None:
    bottom, last = top + len(sheet.rows), len(sheet.columns) - 1
    headers = [
        {"header": column.header, "header_format": formats.get(_header_look(column, col))}
        for col, column in enumerate(sheet.columns)
    ]
    options = {"name": sheet.table, "columns": headers, "autofilter": False, "style": None, "banded_rows": False}
    page.add_table(top, 0, bottom, last, {**options, "title": sheet.title, "description": sheet.lines[0]})
    for col, column in enumerate(sheet.columns):
        page.set_column(col, col, column.width)
    page.set_row(top, row_height([(column.header, column.room) for column in sheet.columns], bold=True))
    for row, cells in enumerate(sheet.rows, start=top + 1):
        columns = list(zip(cells, sheet.columns, strict=True))
        for col, (cell, column) in enumerate(columns):
            _write_cell(page, (row, col), cell, _words_look(column, col), formats)
        page.set_row(row, row_height([(cell, column.room) for cell, column in columns if isinstance(cell, str)]))


def _header_look(column: Column, place: int) -> str:
    return "first_header" if place == 0 else "number_header" if column.is_number else "header"


def _words_look(column: Column, place: int) -> str:
    return "label" if place == 0 else "code" if column.is_number else "text"


def _write_cell(page: Any, place: tuple[int, int], cell: Cell, look: str, formats: Formats) -> None:
    if isinstance(cell, Number):
        page.write_number(*place, float(cell.value), formats.get("number", cell.pattern))
    elif isinstance(cell, Link):
        _write_link(page, place, cell, formats.get("table_link"))
    else:
        page.write_string(*place, cell, formats.get(look))


def _set_up_printing(page: Any, sheet: TwinSheet) -> None:
    """One page wide: A4, or A3 where a wide table's letters would become too small; a sheet of lines upright."""
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    page.fit_to_pages(1, 0)
    if not sheet.columns:
        page.set_paper(_A4)
        return
    width = width_points([column.width for column in sheet.columns])
    page.set_paper(_A4 if width * _SMALLEST_ON_A4 <= _A4_INNER_WIDTH else _A3)
    page.set_landscape()
    page.repeat_rows(len(sheet.lines) + 1)
