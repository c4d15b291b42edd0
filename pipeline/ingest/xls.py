"""BIFF8 workbooks (.xls, and .et of WPS) through xlrd, and from the records what it does not tell of formulas."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from io import StringIO
from typing import Any

import xlrd
from xlrd.compdoc import CompDoc

from pipeline.ingest import limits, number_format
from pipeline.ingest.number_format import NumberFormat
from pipeline.ingest.refusal import SEND_EXCEL, Refused, damaged, too_big
from pipeline.model import Cell, CellKind, Grid, Merge, Scalar, Sheet

BIFF8 = 0x0600
_BOF, _EOF, _FILEPASS, _SHEET, _FORMULA, _UNCALCULATED = 0x0809, 0x000A, 0x002F, 0x0085, 0x0006, 0x005E
_WORKSHEET = 0

ENCRYPTED = "文件有打开密码（已加密），没有读取。请取消密码后重新报送。"
OLD = f"文件是很早的 Excel 格式（Excel 97 之前），没有读取。{SEND_EXCEL}"


def workbook_stream(data: bytes) -> bytes:
    """The BIFF records of a workbook, out of their OLE2 container or bare; raise Refused for none or a broken one."""
    if data[:2] == struct.pack("<H", _BOF):
        return data
    try:
        container = CompDoc(data, logfile=StringIO())
        for name in ("Workbook", "Book"):
            found, start, size = container.locate_named_stream(name)
            if found:
                return bytes(found[start : start + size])
    # xlrd raises whatever its arithmetic on broken offsets comes to; all of it means one thing.
    except Exception as error:
        raise damaged("复合文档结构异常") from error
    raise damaged("没有工作簿内容")


def open_xls(stream: bytes) -> Grid:
    """Open a stream of BIFF8 records; raise Refused where it is old, encrypted, damaged or beyond the limits."""
    try:
        sheets = _records(stream)
    except (struct.error, IndexError) as error:
        raise damaged("记录不完整") from error
    try:
        book = xlrd.open_workbook(file_contents=stream, formatting_info=True, ragged_rows=True, logfile=StringIO())
        return _grid(book, sheets)
    except Refused:
        raise
    # The same: AssertionError, struct.error, UnicodeDecodeError, FormulaError, IndexError and others.
    except Exception as error:
        raise damaged("工作簿记录无法解读") from error


# ------------------------------------------------------------------ records


@dataclass(slots=True)
class _Records:
    """What xlrd does not tell of a worksheet: which cells are formulas, and whether they were ever calculated."""

    formulas: set[tuple[int, int]] = field(default_factory=set)
    uncalculated: bool = False


def _records(stream: bytes) -> list[_Records]:
    """One entry a worksheet, in the order of the tabs."""
    if struct.unpack_from("<H", stream, 4)[0] != BIFF8:
        raise Refused("F01", OLD)
    worksheets: list[int] = []
    by_place: dict[int, _Records] = {}
    open_at: list[_Records] = []
    for record, start, _ in _walk(stream):
        if record == _FILEPASS:
            raise Refused("F01", ENCRYPTED)
        if record == _SHEET:
            place, _, kind = struct.unpack_from("<IBB", stream, start)
            worksheets += [place] if kind == _WORKSHEET else []
        elif record == _BOF:
            open_at.append(by_place.setdefault(start - 4, _Records()))
        elif record == _EOF and open_at:
            open_at.pop()
        elif record == _FORMULA and open_at:
            open_at[-1].formulas.add(struct.unpack_from("<HH", stream, start))
        elif record == _UNCALCULATED and open_at:
            open_at[-1].uncalculated = True
    return [by_place.get(place, _Records()) for place in worksheets]


def _walk(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Record number, where its data starts, how long it is."""
    place, end = 0, len(stream)
    while place + 4 <= end:
        record, size = struct.unpack_from("<HH", stream, place)
        yield record, place + 4, size
        place += 4 + size


# ------------------------------------------------------------------ cells


def _grid(book: xlrd.Book, records: list[_Records]) -> Grid:
    if book.nsheets > limits.MAX_SHEETS:
        raise too_big(f"有{book.nsheets}张工作表（最多{limits.MAX_SHEETS}张）")
    formats = [_format(book, index) for index in range(len(book.xf_list))]
    sheets: list[Sheet] = []
    for index, sheet in enumerate(book.sheets()):
        if len(sheet.merged_cells) > limits.MAX_MERGED:
            raise too_big(f"一张工作表的合并单元格超过{limits.MAX_MERGED}处")
        sheets.append(
            Sheet(
                name=sheet.name,
                cells=_cells(sheet, book.datemode, formats, records[index]),
                merged=[Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells],
                hidden=bool(sheet.visibility),
                hidden_rows=frozenset(
                    row for row, info in sheet.rowinfo_map.items() if info.hidden or info.height == 0
                ),
                hidden_cols=frozenset(
                    col
                    for col, info in sheet.colinfo_map.items()
                    if col < sheet.ncols and (info.hidden or info.width == 0)
                ),
                from_1904=bool(book.datemode),
                comments={xlrd.cellname(*place): note.text for place, note in sheet.cell_note_map.items()},
            )
        )
    if sum(len(sheet.cells) for sheet in sheets) > limits.MAX_CELLS:
        raise too_big(f"有内容的单元格超过{limits.MAX_CELLS}个")
    return Grid("xls", sheets)


def _format(book: xlrd.Book, index: int) -> NumberFormat:
    found = book.format_map.get(book.xf_list[index].format_key)
    return number_format.parse(found.format_str) if found else number_format.GENERAL


def _cells(
    sheet: xlrd.sheet.Sheet, datemode: int, formats: list[NumberFormat], known: _Records
) -> dict[tuple[int, int], Cell]:
    cells: dict[tuple[int, int], Cell] = {}
    for row in range(sheet.nrows):
        types, values = sheet.row_types(row), sheet.row_values(row)
        for col, (ctype, stored) in enumerate(zip(types, values, strict=True)):
            if ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            formula = (row, col) in known.formulas
            kind, value = _understood(ctype, stored, datemode)
            if formula and known.uncalculated:
                kind, value = CellKind.UNCALCULATED, ""
            elif kind is CellKind.TEXT and not str(value).strip():
                continue
            shown = formats[sheet.cell_xf_index(row, col)]
            cells[row, col] = Cell(row, col, kind, value, shown.decimals, shown.percent, shown.text, formula)
    return cells


def _understood(ctype: int, stored: Any, datemode: int) -> tuple[CellKind, Scalar]:
    if ctype == xlrd.XL_CELL_TEXT:
        return CellKind.TEXT, str(stored)
    if ctype == xlrd.XL_CELL_BOOLEAN:
        return CellKind.BOOLEAN, bool(stored)
    if ctype == xlrd.XL_CELL_ERROR:
        return CellKind.ERROR, xlrd.error_text_from_code.get(stored, "#N/A")
    if ctype == xlrd.XL_CELL_DATE:
        return _date(float(stored), datemode)
    return CellKind.NUMBER, float(stored)


def _date(serial: float, datemode: int) -> tuple[CellKind, Scalar]:
    """A day, a moment, or the text of a time of day; a number that is no day stays the number it is."""
    if serial < 0:
        return CellKind.NUMBER, serial
    try:
        moment: datetime = xlrd.xldate.xldate_as_datetime(serial, datemode)
    except (xlrd.xldate.XLDateError, ValueError, OverflowError):
        return CellKind.NUMBER, serial
    if serial < 1:
        return CellKind.DATE, str(moment.time())
    return CellKind.DATE, moment.date() if moment.time() == time() else moment
