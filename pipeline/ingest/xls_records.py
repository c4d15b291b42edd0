"""The records of a BIFF workbook ([MS-XLS]), for what xlrd does not tell: formulas, and what comes besides cells."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.ingest.refusal import ENCRYPTED, SEND_EXCEL, Refused

BIFF8 = 0x0600
_BIFF5 = 0x0500
_BOF, _EOF, _FILEPASS, _SHEET, _UNCALCULATED = 0x0809, 0x000A, 0x002F, 0x0085, 0x005E
_BEGINNINGS = {_BOF, 0x0409, 0x0209, 0x0009}
_FORMULA = 0x0006
_FORMULAS = {_FORMULA, 0x0206, 0x0406}
_ON_LOAD, _ZERO, _EMPTY_TEXT = 0x0002, bytes(8), b"\x03\0\0\0\0\0\xff\xff"
_WORKSHEET, _MACROS, _BUNDLE = 0, 1, 0x0100
_BOOK, _ITSELF, _FUNCTIONS = 0x01AE, 0x0401, 0x3A01
"""A workbook that formulas refer to: this one, added functions, or another one."""
_DRAWINGS, _PICTURES = 0x00EB, 0xF001

_BUNDLE_TOLD = f"文件是 Excel 4 的工作簿集（旧版 Excel），没有读取。{SEND_EXCEL}"


@dataclass(slots=True)
class SheetRecords:
    """Which cells of a worksheet are formulas, and which of them were never calculated."""

    formulas: set[tuple[int, int]] = field(default_factory=set)
    uncalculated: bool = False
    """None of them were."""
    left_to_others: set[tuple[int, int]] = field(default_factory=set)
    """Stored as 0, to be calculated by whoever opens the file: so Apache POI and report writers leave them."""
    empty: set[tuple[int, int]] = field(default_factory=set)
    """Stored as an empty text: a result of Excel's, but what xlwt leaves where nothing was ever calculated."""

    def never_calculated(self, row: int, col: int) -> bool:
        """Whether the value stored with this formula is none."""
        return self.uncalculated or (row, col) in self.left_to_others


@dataclass(slots=True)
class WorkbookRecords:
    """What the records of a workbook say beside its cells."""

    version: int
    """0x0200 to 0x0600."""
    sheets: list[SheetRecords] = field(default_factory=list)
    """One a worksheet, in the order of the tabs."""
    macros: bool = False
    """Whether it has sheets of macros, as before Excel 97."""
    links: bool = False
    """Whether its formulas refer to another workbook or program."""
    pictures: int = 0

    def distrust_empty_texts(self) -> None:
        """Take empty texts for formulas that were never calculated: no program that calculates wrote them."""
        for sheet in self.sheets:
            sheet.left_to_others |= sheet.empty


def read_records(stream: bytes) -> WorkbookRecords:
    """Walk over the records once; raise Refused for what is encrypted, struct.error for what breaks off."""
    found = WorkbookRecords(version_of(stream))
    worksheets: list[int] = []
    by_place: dict[int, SheetRecords] = {}
    open_at: list[SheetRecords] = []
    for record, start, size in records_of(stream):
        if record == _FILEPASS:
            raise Refused("F01", ENCRYPTED)
        if record == _SHEET:
            place, _, kind = struct.unpack_from("<IBB", stream, start)
            worksheets += [place] if kind == _WORKSHEET else []
            found.macros |= kind == _MACROS
        elif record in _BEGINNINGS:
            open_at.append(by_place.setdefault(start - 4, SheetRecords()))
        elif record == _EOF and open_at:
            open_at.pop()
        elif open_at:
            _of_sheet(open_at[-1], record, stream, start)
            _of_book(found, record, stream[start : start + size])
    if found.version < _BIFF5:
        worksheets = [0]
    found.sheets = [by_place.get(place, SheetRecords()) for place in worksheets]
    return found


def _of_sheet(sheet: SheetRecords, record: int, stream: bytes, start: int) -> None:
    if record == _UNCALCULATED:
        sheet.uncalculated = True
    elif record in _FORMULAS:
        place = struct.unpack_from("<HH", stream, start)
        sheet.formulas.add(place)
        if record == _FORMULA:
            *_, stored, flags = struct.unpack_from("<HHH8sH", stream, start)
            if stored == _EMPTY_TEXT:
                sheet.empty.add(place)
            elif flags & _ON_LOAD and stored == _ZERO:
                sheet.left_to_others.add(place)


def _of_book(found: WorkbookRecords, record: int, data: bytes) -> None:
    if record == _BOOK and len(data) >= 4:
        found.links |= struct.unpack_from("<H", data, 2)[0] not in (_ITSELF, _FUNCTIONS)
    elif record == _DRAWINGS:
        found.pictures = found.pictures or _pictures(data)


def version_of(stream: bytes) -> int:
    """Of BIFF, 0x0200 to 0x0600. Before 0x0500 a file is one sheet, or a bundle of such, which is refused."""
    first, _, stated, kind = struct.unpack_from("<HHHH", stream)
    if first == _BOF:
        return BIFF8 if stated == BIFF8 else _BIFF5
    if kind == _BUNDLE:
        raise Refused("F01", _BUNDLE_TOLD)
    return int(first & 0x0F00) or 0x0200


def records_of(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Record number, where its data starts, how long it is."""
    place, end = 0, len(stream)
    while place + 4 <= end:
        record, size = struct.unpack_from("<HH", stream, place)
        yield record, place + 4, size
        place += 4 + size


def short_text(data: bytes, at: int) -> tuple[str, int]:
    """A short text with its length before it, and where it ends."""
    count, is_wide = data[at], data[at + 1] & 1
    end = at + 2 + count * (2 if is_wide else 1)
    return data[at + 2 : end].decode("utf-16-le" if is_wide else "latin-1"), end


def _pictures(drawings: bytes) -> int:
    """How many pictures the workbook's drawings are made from ([MS-ODRAW]); a chain that leads nowhere has none."""
    place = 8
    while place + 8 <= len(drawings):
        count, kind, size = struct.unpack_from("<HHI", drawings, place)
        if kind == _PICTURES:
            return int(count >> 4)
        place += 8 + size
    return 0
