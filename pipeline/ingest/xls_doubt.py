"""A .xls that xlrd stumbles over: read without the records that no cell needs, and believed where calamine agrees."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook

from pipeline.ingest.refusal import SEND_EXCEL, Refused, damaged
from pipeline.model import Cell, CellKind, Grid, Sheet, address

CONFIRMED = "文件的内部结构有异常（多见于其他软件导出的文件），用两种方法读取，内容一致，已读入。"
NO_COMMENTS = "文件里的批注无法读取，单元格的内容已读入。"

_NAMES = {0x0018, 0x0017, 0x01AE, 0x0023, 0x0218, 0x0223}
"""Names of ranges and links to other workbooks: of formulas alone, of which the stored results are read."""
_NOTES = {0x001C, 0x00EC, 0x005D, 0x01B6}
"""Comments and drawings."""
_IGNORED = 0x0FFE
_BATCHES: tuple[tuple[set[int], list[str]], ...] = ((_NAMES, []), (_NAMES | _NOTES, [NO_COMMENTS]))


def simplified(stream: bytes) -> Iterator[tuple[bytes, list[str]]]:
    """The stream with less and less in it that no cell needs, and what is told of that."""
    for unwanted, notes in _BATCHES:
        content, place = bytearray(stream), 0
        while place + 4 <= len(content):
            record, size = struct.unpack_from("<HH", content, place)
            if record in unwanted:
                struct.pack_into("<H", content, place, _IGNORED)
            place += 4 + size
        yield bytes(content), list(notes)


def confirm(grid: Grid, whole: bytes) -> None:
    """Raise Refused unless calamine reads the same of the file, cell by cell."""
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(whole))
        rows = {sheet.name: _rows(workbook, sheet) for sheet in grid.sheets}
    # A panic of the Rust library arrives as a BaseException whose class cannot be imported.
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise damaged("工作簿结构不符合规范") from error
    for sheet in grid.sheets:
        _agree(sheet, rows[sheet.name])


def _rows(workbook: CalamineWorkbook, sheet: Sheet) -> list[list[Any]]:
    # A far cell makes calamine lay out the whole sheet: what xlrd found is within the limits, so is the sheet.
    return workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)


def _agree(sheet: Sheet, rows: list[list[Any]]) -> None:
    others = {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row) if _is_filled(value)}
    for place, cell in sheet.cells.items():
        if not _same(cell, others.pop(place, "")):
            raise _read_in_two_ways(sheet, place)
    if others:
        raise _read_in_two_ways(sheet, min(others))


def _is_filled(value: Any) -> bool:
    return value.strip() != "" if isinstance(value, str) else True


def _same(cell: Cell, other: Any) -> bool:
    """Whether two readings agree; calamine knows nothing of errors, and dates a time of day as it likes."""
    if cell.kind in (CellKind.ERROR, CellKind.UNCALCULATED):
        return True
    if cell.kind is CellKind.DATE:
        return (
            not isinstance(cell.value, date) or not isinstance(other, date) or str(other)[:10] == str(cell.value)[:10]
        )
    return bool(cell.value == other)


def _read_in_two_ways(sheet: Sheet, place: tuple[int, int]) -> Refused:
    return Refused(
        "F01",
        f"工作表“{sheet.name}”单元格{address(*place)}的内容用两种方法读出的结果不一致，为防止读错数没有读取。{SEND_EXCEL}",
    )
