"""How the sheets of an old workbook are printed ([MS-XLS] 2.4.257, 2.4.351, 2.4.150): xlrd does not tell."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace

from pipeline.ingest.xls_records import BIFF8, records_of, short_text, version_of
from pipeline.model import address
from pipeline.model.beside import Printing

_BOF, _EOF, _SHEET, _NAME = 0x0809, 0x000A, 0x0085, 0x0018
_OPTIONS, _SETUP, _CENTRED = 0x0081, 0x00A1, 0x0083
_MARGINS = {0x0026: "left", 0x0027: "right", 0x0028: "top", 0x0029: "bottom"}
_FITS = 0x0100
_UPRIGHT, _UNSET, _EITHER_WAY = 0x0002, 0x0004, 0x0040
_BUILT_IN, _AREA, _TITLES = 0x0020, 6, 7
_MEMORY, _UNION, _BRACKETS = 0x29, 0x10, 0x15
_RECTANGLES = (0x3B, 0x5B, 0x7B)
_LAST_ROW, _LAST_COL, _COLUMN = 0xFFFF, 0xFF, 0x3FFF
_PERCENTS, _WIDEST = range(10, 401), 49
"""What Excel takes as a scale, and below how many inches a margin lies."""
_Rectangle = tuple[int, int, int, int]
"""First row, last row, first column, last column, from 0."""


def printing_of(stream: bytes) -> dict[str, Printing]:
    """Of each sheet that tells it, by name; of a workbook from before Excel 97 nothing.

    Raises:
        struct.error, IndexError: the records break off.
    """
    if version_of(stream) < BIFF8:
        return {}
    sheets: list[tuple[int, str]] = []
    names: list[bytes] = []
    told: dict[str, Printing] = {}
    fitting: set[str] = set()
    inside: list[str] = []
    for record, start, size in records_of(stream):
        data = stream[start : start + size]
        if record == _BOF:
            inside.append(dict(sheets).get(start - 4, ""))
        elif record == _EOF and inside:
            inside.pop()
        elif record == _SHEET:
            sheets.append((struct.unpack_from("<I", data)[0], short_text(data, 6)[0]))
        elif record == _NAME:
            names.append(data)
        elif len(inside) == 1 and inside[0]:
            name = inside[0]
            if record == _OPTIONS and struct.unpack_from("<H", data)[0] & _FITS:
                fitting.add(name)
            told[name] = _with(told.get(name, Printing()), record, data, is_fitting=name in fitting)
    for data in names:
        _add_ranges(told, [name for _, name in sheets], data)
    return told


def _with(so_far: Printing, record: int, data: bytes, *, is_fitting: bool) -> Printing:
    """The same with what a record of the sheet says."""
    if record in _MARGINS:
        (inches,) = struct.unpack_from("<d", data)
        known = {_MARGINS[record]: inches} if 0 <= inches < _WIDEST else {}
        return replace(so_far, margins={**so_far.margins, **known})
    if record == _CENTRED:
        return replace(so_far, is_centred=bool(struct.unpack_from("<H", data)[0]))
    if record != _SETUP:
        return so_far
    paper, percent, _, wide, high, flags = struct.unpack_from("<HHhHHH", data)
    fits = (wide, high) if is_fitting else None
    if flags & _UNSET:
        return replace(so_far, fits=fits)
    is_landscape = not flags & (_UPRIGHT | _EITHER_WAY)
    shown = percent if percent in _PERCENTS else so_far.percent
    return replace(so_far, paper=paper or so_far.paper, percent=shown, fits=fits, is_landscape=is_landscape)


def _add_ranges(told: dict[str, Printing], sheets: list[str], data: bytes) -> None:
    """What a name of Excel's own says of its sheet: the print area, rows and columns that are repeated."""
    flags, _, count, length, _, number = struct.unpack_from("<HBBHHH", data)
    if not flags & _BUILT_IN or count != 1 or not 0 < number <= len(sheets):
        return
    is_wide = data[14] & 1
    kind, begins = data[15], 17 if is_wide else 16
    ranges = list(_rectangles(data[begins : begins + length]))
    sheet = sheets[number - 1]
    so_far = told.get(sheet, Printing())
    if kind == _AREA and len(ranges) == 1:
        top, bottom, left, right = ranges[0]
        told[sheet] = replace(so_far, area=f"{address(top, left)}:{address(bottom, right)}")
    elif kind == _TITLES:
        for top, bottom, left, right in ranges:
            if (left, right) == (0, _LAST_COL):
                told[sheet] = so_far = replace(so_far, rows=f"{top + 1}:{bottom + 1}")
            elif (top, bottom) == (0, _LAST_ROW):
                told[sheet] = so_far = replace(so_far, cols=f"{_letters(left)}:{_letters(right)}")


def _letters(col: int) -> str:
    return address(0, col)[:-1]


def _rectangles(tokens: bytes) -> Iterator[_Rectangle]:
    """Of one rectangle, or a union of several; nothing where the name is worked out another way."""
    at = 3 if tokens[:1] == bytes([_MEMORY]) else 0
    found: list[_Rectangle] = []
    while at < len(tokens):
        if tokens[at] in _RECTANGLES:
            top, bottom, left, right = struct.unpack_from("<HHHH", tokens, at + 3)
            found.append((top, bottom, left & _COLUMN, right & _COLUMN))
            at += 11
        elif tokens[at] in (_UNION, _BRACKETS):
            at += 1
        else:
            return
    yield from found
