"""BIFF workbooks (.xls, and .et of WPS) through xlrd, and from the records what it does not tell of formulas."""

from __future__ import annotations

import struct
from contextlib import suppress
from io import StringIO
from typing import Any

import xlrd
from xlrd.compdoc import CompDoc

from pipeline.ingest import limits, number_format
from pipeline.ingest.agreement import confirm
from pipeline.ingest.apart import Apart, of_runs, words_of
from pipeline.ingest.old_xls import open_old
from pipeline.ingest.ole import Container, Names
from pipeline.ingest.out_of_sight import is_low, is_narrow_in_digits
from pipeline.ingest.refusal import Refused, damaged, too_big
from pipeline.ingest.serial import read_serial
from pipeline.ingest.xls_doubt import CONFIRMED, simplified
from pipeline.ingest.xls_fonts import Standing
from pipeline.ingest.xls_notes import notes_on
from pipeline.ingest.xls_records import BIFF8, SheetRecords, read_records
from pipeline.model import Cell, CellKind, Grid, Merge, Scalar, Sheet

_STREAMS = ("Workbook", "Book")
_TWIPS, _PARTS_OF_A_DIGIT = 20, 256
"""Heights are stored in twentieths of a point, widths in parts of a digit."""
_SUMMARY = "\x05summaryinformation"
"""Spreadsheet programs, which calculate, always write it; libraries that write cells do not."""

OLD = "文件是很早的 Excel 格式（旧版 Excel，Excel 97 之前），已读取。以后请另存为 .xlsx 报送。"


def open_container(data: bytes) -> Grid:
    """Open a workbook in its OLE2 container; raise Refused as below, and where two readings disagree."""
    stream, doubtful = stream_of(data)
    if stream is None:
        raise damaged("复合文档结构异常")
    return open_xls(stream, data, doubtful=doubtful)


def stream_of(data: bytes) -> tuple[bytes | None, bool]:
    """The BIFF records of a workbook in its container, if there are any; and whether its tables were in disorder."""
    stream = _regular_stream(data)
    if stream is not None:
        return stream, False
    container = Container(data)
    return next(filter(None, map(container.stream, _STREAMS)), None), True


def _regular_stream(data: bytes) -> bytes | None:
    """The BIFF records of a workbook; None where xlrd does not follow the container's tables to their end."""
    # It raises whatever its arithmetic on broken offsets comes to; all of it means one thing.
    with suppress(Exception):
        container = CompDoc(data, logfile=StringIO())
        for name in _STREAMS:
            found, start, size = container.locate_named_stream(name)
            if found:
                return bytes(found[start : start + size])
    return None


def open_xls(stream: bytes, whole: bytes = b"", *, doubtful: bool = False) -> Grid:
    """Open a stream of BIFF records; raise Refused where it is encrypted, damaged or beyond the limits.

    `whole` is the file that it came from: in doubt calamine has to read the same from it.
    """
    names = Names.within(whole)
    try:
        records = read_records(stream)
        if _SUMMARY not in names.streams:
            records.distrust_empty_texts()
    except (struct.error, IndexError) as error:
        raise damaged("记录不完整") from error
    try:
        grid = _grid(_book(stream, records.version), records.sheets)
    except (Refused, MemoryError):
        raise
    # The same: AssertionError, struct.error, UnicodeDecodeError, FormulaError, IndexError and others.
    except Exception as error:
        if records.version < BIFF8:
            raise damaged("工作簿记录无法解读") from error
        grid, doubtful = _simplified(stream, records.sheets, error), True
    if doubtful:
        confirm(grid, whole)
        grid.notes = [*grid.notes, CONFIRMED]
    if records.version < BIFF8:
        grid.notes = [*grid.notes, OLD]
    grid.notes = [*grid.notes, *notes_on(records, names)]
    return grid


def _simplified(stream: bytes, sheets: list[SheetRecords], error: Exception) -> Grid:
    for simpler, notes in simplified(stream):
        try:
            grid = _grid(_book(simpler, BIFF8), sheets)
        except (Refused, MemoryError):
            raise
        except Exception:  # noqa: BLE001 - xlrd stumbles over something else: less is asked of it
            continue
        grid.notes = notes
        return grid
    raise damaged("工作簿记录无法解读") from error


def _book(stream: bytes, version: int) -> xlrd.Book:
    if version < BIFF8:
        return open_old(stream)
    return xlrd.open_workbook(file_contents=stream, formatting_info=True, ragged_rows=True, logfile=StringIO())


# ------------------------------------------------------------------ cells


def _grid(book: xlrd.Book, records: list[SheetRecords]) -> Grid:
    if book.nsheets > limits.MAX_SHEETS:
        raise too_big(f"有{book.nsheets}张工作表（最多{limits.MAX_SHEETS}张）")
    formats = [_format(book, index) for index in range(len(book.xf_list))]
    standing, sheets = Standing(book), list[Sheet]()
    for index, sheet in enumerate(book.sheets()):
        if len(sheet.merged_cells) > limits.MAX_MERGED:
            raise too_big(f"一张工作表的合并单元格超过{limits.MAX_MERGED}处")
        sheets.append(
            Sheet(
                name=sheet.name,
                cells=_cells(sheet, book.datemode, formats, records[index], standing),
                merged=[Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells],
                hidden=bool(sheet.visibility),
                hidden_rows=frozenset(
                    row for row, info in sheet.rowinfo_map.items() if info.hidden or is_low(info.height / _TWIPS)
                ),
                hidden_cols=frozenset(
                    col
                    for col, info in sheet.colinfo_map.items()
                    if col < sheet.ncols and (info.hidden or is_narrow_in_digits(info.width / _PARTS_OF_A_DIGIT))
                ),
                from_1904=bool(book.datemode),
                comments={xlrd.cellname(*place): note.text for place, note in sheet.cell_note_map.items()},
            )
        )
    if sum(len(sheet.cells) for sheet in sheets) > limits.MAX_CELLS:
        raise too_big(f"有内容的单元格超过{limits.MAX_CELLS}个")
    return Grid("xls", sheets)


def _format(book: xlrd.Book, index: int) -> str:
    found = book.format_map.get(book.xf_list[index].format_key)
    return found.format_str or "" if found else ""


def _cells(
    sheet: xlrd.sheet.Sheet, datemode: int, formats: list[str], known: SheetRecords, standing: Standing
) -> dict[tuple[int, int], Cell]:
    cells: dict[tuple[int, int], Cell] = {}
    for row in range(sheet.nrows):
        types, values = sheet.row_types(row), sheet.row_values(row)
        for col, (ctype, stored) in enumerate(zip(types, values, strict=True)):
            if ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            formula = (row, col) in known.formulas
            kind, value = _understood(ctype, stored, datemode)
            if formula and known.never_calculated(row, col):
                kind, value = CellKind.UNCALCULATED, ""
            elif kind is CellKind.TEXT and not str(value).strip():
                continue
            shown = number_format.parse(formats[sheet.cell_xf_index(row, col)], value)
            apart = of_runs(pieces := standing.pieces(sheet, row, col, stored))
            if apart is Apart.RAISED and kind is CellKind.TEXT:
                value = words_of(pieces)
            cells[row, col] = Cell(
                row, col, kind, value, shown.decimals, shown.percent, shown.text, formula, apart=apart or ""
            )
    return cells


def _understood(ctype: int, stored: Any, datemode: int) -> tuple[CellKind, Scalar]:
    if ctype == xlrd.XL_CELL_TEXT:
        return CellKind.TEXT, str(stored)
    if ctype == xlrd.XL_CELL_BOOLEAN:
        return CellKind.BOOLEAN, bool(stored)
    if ctype == xlrd.XL_CELL_ERROR:
        return CellKind.ERROR, xlrd.error_text_from_code.get(stored, "#N/A")
    if ctype == xlrd.XL_CELL_DATE:
        return read_serial(float(stored), since_1904=bool(datemode))
    return CellKind.NUMBER, float(stored)
