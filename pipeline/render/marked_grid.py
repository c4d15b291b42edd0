"""A file that is no .xlsx as a marked workbook: its cells as they were read, its list of what is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from math import ceil
from typing import TYPE_CHECKING, Any

from pipeline.model import DOCUMENT, Cell, CellKind, Grid, Sheet
from pipeline.render.harmless import printable, shortened
from pipeline.render.marked_book import finished
from pipeline.render.marked_content import Asked, MarkedContent, MarkedCopy, with_lost
from pipeline.render.measure import column_width
from pipeline.render.xls_looks import put_looks_on

if TYPE_CHECKING:
    from openpyxl import Workbook

_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_NAME_LENGTH, _LONGEST, _SIZE = 31, 32_000, 11
_NARROW, _WIDE = 8.0, 40.0
_A4 = 9
_LEGIBLE = 220
"""Characters across a landscape page at the smallest that can be read."""
_OLD = "xls"
_COLUMNS, _ROWS = 16_384, 1_048_576
"""What a sheet of a workbook holds."""
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})


_MORE_THAN_CELLS = frozenset({"xlsx", "xlsb", "xls", "ods", "xml"})
"""Formats in which a file may have what is not among its cells as they were read."""
_LOST = ("公式、图形、宏等",)


def marked_grid(grid: Grid, content: MarkedContent, original: bytes = b"") -> MarkedCopy:
    """The file's sheets as a workbook, marked; of a document, which has no cells, the list of what is asked alone.

    A .xls whose `original` is given looks as it did.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    names: dict[str, str] = {}
    for sheet in _going_back(grid, content):
        names[sheet.name] = _name(sheet.name, names)
        _write(book, names[sheet.name], sheet)
    if grid.format == _OLD and original:
        # xlrd raises whatever a strange file leads it to: its cells are there, its looks are a courtesy.
        with suppress(Exception):
            put_looks_on(book, original, names)
    for written in book.worksheets:
        _page(written)
    asked = tuple(_renamed(one, names) for one in content.asked)
    missing = _LOST if grid.format in _MORE_THAN_CELLS else ()
    return MarkedCopy(finished(book, with_lost(replace(content, asked=asked), missing)), missing)


def _renamed(asked: Asked, names: Mapping[str, str]) -> Asked:
    others = tuple(replace(one, sheet=names.get(one.sheet, one.sheet)) for one in asked.others)
    return replace(asked, sheet=names.get(asked.sheet, asked.sheet), others=others)


def _going_back(grid: Grid, content: MarkedContent) -> list[Sheet]:
    if grid.format == "docx":
        return []
    return [sheet for sheet in grid.sheets if content.sheets is None or sheet.name in content.sheets]


def list_alone(content: MarkedContent) -> MarkedCopy:
    """Only what is asked, where there is no file to mark."""
    return marked_grid(Grid("docx", []), content)


def _name(name: str, taken: Mapping[str, str]) -> str:
    """A name that a sheet may have, like the one that it had, and no other's."""
    plain = _NOT_IN_A_NAME.sub("_", printable(name))[:_NAME_LENGTH] or DOCUMENT
    used, own, number = {other.casefold() for other in taken.values()}, plain, 2
    while own.casefold() in used:
        own, number = f"{plain[: _NAME_LENGTH - 4]}({number})", number + 1
    return own


def _write(book: Workbook, name: str, sheet: Sheet) -> None:
    """Cells with their formats, merged ranges, and what is hidden; columns as wide as what stands in them."""
    from openpyxl.utils import get_column_letter

    written: Any = book.create_sheet(name)
    across = {(merge.top, merge.left) for merge in sheet.merged if merge.right > merge.left}
    texts: dict[int, list[str]] = {}
    for (row, col), cell in sheet.cells.items():
        if row < _ROWS and col < _COLUMNS:
            _put(written.cell(row + 1, col + 1), cell)
            if (row, col) not in across:
                texts.setdefault(col, []).append(str(cell.value))
    for merge in sheet.merged:
        if merge.bottom > merge.top or merge.right > merge.left:
            written.merge_cells(None, merge.top + 1, merge.left + 1, merge.bottom + 1, merge.right + 1)
    for col, found in texts.items():
        written.column_dimensions[get_column_letter(col + 1)].width = min(
            max(column_width(found, _SIZE), _NARROW), _WIDE
        )
    for row in sheet.hidden_rows:
        written.row_dimensions[row + 1].hidden = True
    for col in sheet.hidden_cols:
        written.column_dimensions[get_column_letter(col + 1)].hidden = True


def _page(sheet: Any) -> None:
    """On paper as many pages wide as it takes to read it."""
    from openpyxl.worksheet.properties import PageSetupProperties

    wide = sum(column.width for column in sheet.column_dimensions.values())
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = max(1, ceil(wide / _LEGIBLE)), 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _put(place: Any, cell: Cell) -> None:
    """What is stored, shown as it was; a text stays a text, whatever it begins with."""
    if cell.kind in (CellKind.NUMBER, CellKind.BOOLEAN, CellKind.DATE) and not isinstance(cell.value, str):
        place.value = cell.value
        if cell.kind is CellKind.NUMBER and (cell.percent or cell.decimals is not None):
            decimals = f".{'0' * cell.decimals}" if cell.decimals else ""
            place.number_format = f"0{decimals}{'%' if cell.percent else ''}"
        elif isinstance(cell.value, datetime | date):
            place.number_format = "yyyy-mm-dd"
        return
    place.value = printable(shortened(str(cell.value), _LONGEST, "原件"))
    place.data_type = "e" if cell.kind is CellKind.ERROR and place.value in _ERRORS else "s"
