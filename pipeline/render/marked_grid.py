"""A file that is no .xlsx as a marked workbook: its cells as they were read, its list of what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pipeline.model import DOCUMENT, Cell, CellKind, Grid, Sheet
from pipeline.model.beside import Beside
from pipeline.render.harmless import printable, shortened
from pipeline.render.marked_book import finished
from pipeline.render.marked_content import Asked, MarkedContent, MarkedCopy, with_lost
from pipeline.render.marked_paper import put_on_paper
from pipeline.render.measure import column_width, height, lines
from pipeline.render.written_formulas import put_formulas_on
from pipeline.render.xls_looks import put_looks_on

if TYPE_CHECKING:
    from openpyxl import Workbook

_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_NAME_LENGTH, _LONGEST, _SIZE = 31, 32_000, 11
_NARROW, _WIDE, _HIGHEST, _ROOM = 8.0, 40.0, 400.0, 0.92
"""Of columns and rows; and how much of a column's width is for words."""
Place = tuple[int, int]
"""Row and column, from 0."""
_FIGURE = re.compile(r"[-+]?[\d,]*\.?\d+%?")
_OLD = "xls"
_COLUMNS, _ROWS = 16_384, 1_048_576
"""What a sheet of a workbook holds."""
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})


_MORE_THAN_CELLS = frozenset({"xlsx", "xlsb", "xls", "ods", "xml"})
"""Formats in which a file may have what is not among its cells as they were read."""
_LOST = "图形、宏等"


def marked_grid(grid: Grid, content: MarkedContent, original: bytes = b"", beside: Beside | None = None) -> MarkedCopy:
    """The file's sheets as a workbook, marked; of a document, which has no cells, the list of what is asked alone.

    A .xls whose `original` is given looks as it did. `beside` is what is known of it beside its cells: its formulas
    stand in their cells again, with what they came to.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.properties.created = content.created
    book.remove(book.worksheets[0])
    names: dict[str, str] = {}
    sheets = _going_back(grid, content)
    for sheet in sheets:
        names[sheet.name] = _name(sheet.name, names)
        _write(book, names[sheet.name], sheet)
    if grid.format == _OLD and original:
        # xlrd raises whatever a strange file leads it to: its cells are there, its looks are a courtesy.
        with suppress(Exception):
            put_looks_on(book, original, names)
    printing = beside.printing if beside else {}
    for old, new in names.items():
        put_on_paper(book[new], printing.get(old))
    asked = tuple(_renamed(one, names) for one in content.asked)
    results, written_out = put_formulas_on(book, beside.formulas if beside else {}, names)
    missing = _missing(grid, sheets, written_out, beside)
    return MarkedCopy(finished(book, with_lost(replace(content, asked=asked), missing), results), missing)


def _missing(grid: Grid, sheets: Iterable[Sheet], written_out: int, beside: Beside | None) -> tuple[str, ...]:
    """What the copy has not: formulas that could not be told, and what is not among cells."""
    formulas = sum(cell.formula for sheet in sheets for cell in sheet.cells.values()) - written_out
    told = (f"公式{formulas}个（只留结果）",) if formulas > 0 else ()
    if beside is not None:
        return (*told, *beside.lost)
    return (*told, _LOST) if grid.format in _MORE_THAN_CELLS else told


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
    from openpyxl.comments import Comment
    from openpyxl.utils import get_column_letter

    written: Any = book.create_sheet(name)
    for (row, col), cell in sheet.cells.items():
        if row < _ROWS and col < _COLUMNS:
            _put(written.cell(row + 1, col + 1), cell)
    for merge in sheet.merged:
        if merge.bottom > merge.top or merge.right > merge.left:
            written.merge_cells(None, merge.top + 1, merge.left + 1, merge.bottom + 1, merge.right + 1)
    shut_in = _shut_in(sheet)
    widths = _widths(sheet, shut_in)
    for col, width in widths.items():
        written.column_dimensions[get_column_letter(col + 1)].width = width
    _wrap(written, sheet, widths, shut_in)
    for address, words in sheet.comments.items():
        with suppress(ValueError):  # a cell that no sheet of a workbook holds
            written[address].comment = Comment(printable(shortened(words, _LONGEST, "原件")), "")
    for row in sheet.hidden_rows:
        written.row_dimensions[row + 1].hidden = True
    for col in sheet.hidden_cols:
        written.column_dimensions[get_column_letter(col + 1)].hidden = True


def _widths(sheet: Sheet, shut_in: Set[Place]) -> dict[int, float]:
    """Figures on one line, words on two; a text that has room to its right, a title or a signature, asks for none."""
    found: dict[int, float] = {}
    for (row, col), cell in sheet.cells.items():
        text = str(cell.value)
        asked = text if _is_figure(cell) else text[: len(text) // 2 + 1] if (row, col) in shut_in else ""
        found[col] = max(found.get(col, _NARROW), min(column_width([asked], _SIZE), _WIDE))
    return found


def _wrap(written: Any, sheet: Sheet, widths: Mapping[int, float], shut_in: Iterable[Place]) -> None:
    """Words that have no room to their right stand on as many lines as they need."""
    from openpyxl.styles import Alignment

    needed: dict[int, int] = {}
    for row, col in shut_in:
        if row < _ROWS and col < _COLUMNS:
            written.cell(row + 1, col + 1).alignment = Alignment(wrap_text=True, vertical="center")
            words = str(sheet.cells[row, col].value)[:_LONGEST]
            needed[row] = max(needed.get(row, 1), lines(words, widths[col] * _ROOM, _SIZE))
    for row, count in needed.items():
        if count > 1:
            written.row_dimensions[row + 1].height = min(height(count, _SIZE), _HIGHEST)


def _shut_in(sheet: Sheet) -> frozenset[Place]:
    """Words to the right of which something stands, and that do not spread over merged cells."""
    spread = {(merge.top, merge.left) for merge in sheet.merged}
    return frozenset(
        (row, col)
        for (row, col), cell in sheet.cells.items()
        if not _is_figure(cell) and (row, col + 1) in sheet.cells and (row, col) not in spread
    )


def _is_figure(cell: Cell) -> bool:
    return cell.kind is not CellKind.TEXT or bool(_FIGURE.fullmatch(str(cell.value).strip()))


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
    from openpyxl.styles import Alignment

    place.value = printable(shortened(str(cell.value), _LONGEST, "原件"))
    if _is_figure(cell):
        place.alignment = Alignment(horizontal="right")
    place.data_type = "e" if cell.kind is CellKind.ERROR and place.value in _ERRORS else "s"
