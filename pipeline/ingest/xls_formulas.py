"""The formulas of an old workbook as text ([MS-XLS] 2.5.198): they are written out, never calculated.

The stored form is what a person typed in reversed Polish notation, brackets and all: read from left to right it gives
the very formula. What cannot be told for sure, or reaches outside the file, is left out.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from xlrd import error_text_from_code
from xlrd.formula import func_defs

from pipeline.ingest.formulas import reach
from pipeline.ingest.xls_records import BIFF8, records_of, short_text, version_of
from pipeline.model.beside import Formula, Place

_BOF, _EOF, _SHEET, _FORMULA, _SHARED = 0x0809, 0x000A, 0x0085, 0x0006, 0x04BC
_BOOK, _REFERRED, _ITSELF = 0x01AE, 0x0017, 0x0401
_BINARY = dict(enumerate(("+", "-", "*", "/", "^", "&", "<", "<=", "=", ">=", ">", "<>", " ", ",", ":"), start=0x03))
_CHOOSE, _SUM = 0x04, 0x10
_ADDED = 255
"""A function that a program adds; its name stands elsewhere."""
_ROW_MOVES, _COL_MOVES, _COLUMN, _BYTE = 0x8000, 0x4000, 0x3FFF, 0xFF


class _Untold(Exception):
    """A formula has a part that is not written out."""


@dataclass(slots=True)
class _Book:
    """What formulas refer to by number: sheets, and which of the workbooks they name is this one."""

    sheets: list[str] = field(default_factory=list)
    worksheets: dict[int, str] = field(default_factory=dict)
    """Name by where the records of a sheet begin."""
    own: list[bool] = field(default_factory=list)
    referred: list[tuple[int, int, int]] = field(default_factory=list)

    def sheet(self, number: int) -> str:
        book, first, last = self.referred[number]
        if not self.own[book] or not first == last < len(self.sheets):
            raise _Untold
        return self.sheets[first]


def formulas_in(stream: bytes) -> dict[str, dict[Place, Formula]]:
    """The formulas of each sheet that could be told, by place; of a workbook from before Excel 97 none.

    Raises:
        struct.error, IndexError: the records break off.
    """
    if version_of(stream) < BIFF8:
        return {}
    book, raw, shared = _read(stream)
    found: dict[str, dict[Place, Formula]] = {}
    for name, formulas in raw.items():
        for place, tokens in formulas.items():
            told = _told(tokens, place, shared.get(name, {}), book)
            if told is not None:
                found.setdefault(name, {})[place] = told
    return found


_Raw = dict[str, dict[Place, bytes]]


def _read(stream: bytes) -> tuple[_Book, _Raw, _Raw]:
    """What is referred to, the stored formulas by sheet, and those that several cells share, by their first cell."""
    book, raw, shared = _Book(), _Raw(), _Raw()
    inside: list[str] = []
    place = (0, 0)
    for record, start, size in records_of(stream):
        data = stream[start : start + size]
        if record == _BOF:
            inside.append(book.worksheets.get(start - 4, ""))
        elif record == _EOF and inside:
            inside.pop()
        elif record == _FORMULA and len(inside) == 1:
            place = struct.unpack_from("<HH", data)
            raw.setdefault(inside[0], {})[place] = _counted(data, 20)
        elif record == _SHARED and len(inside) == 1:
            shared.setdefault(inside[0], {})[place] = _counted(data, 8)
        else:
            _of_book(book, record, data)
    return book, raw, shared


def _of_book(book: _Book, record: int, data: bytes) -> None:
    if record == _SHEET:
        (begins,) = struct.unpack_from("<I", data)
        name, _ = short_text(data, 6)
        book.sheets.append(name)
        book.worksheets[begins] = name
    elif record == _BOOK:
        book.own.append(struct.unpack_from("<H", data, 2)[0] == _ITSELF)
    elif record == _REFERRED:
        (count,) = struct.unpack_from("<H", data)
        book.referred += [struct.unpack_from("<HHH", data, 2 + 6 * number) for number in range(count)]


def _counted(data: bytes, at: int) -> bytes:
    (size,) = struct.unpack_from("<H", data, at)
    return data[at + 2 : at + 2 + size]


# ------------------------------------------------------------------ one formula


def _told(tokens: bytes, place: Place, shared: Mapping[Place, bytes], book: _Book) -> Formula | None:
    try:
        if tokens[:1] == b"\x01":
            tokens = shared[struct.unpack_from("<HH", tokens, 1)]
        reader = _Reader(tokens, place, book)
        text = reader.text()
    except (_Untold, KeyError, IndexError, struct.error, UnicodeDecodeError):
        return None
    return None if reach(text) else Formula(text, frozenset(reader.named))


class _Reader:
    """Reads the tokens of one formula."""

    def __init__(self, tokens: bytes, place: Place, book: _Book) -> None:
        self._tokens, self._place, self._book = tokens, place, book
        self._at = 0
        self._stack: list[str] = []
        self.named: set[str] = set()

    def text(self) -> str:
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            kind = token if token < 0x20 else token & 0x1F | 0x20
            if kind in _BINARY:
                second, first = self._stack.pop(), self._stack.pop()
                self._stack.append(f"{first}{_BINARY[kind]}{second}")
            elif kind in _READERS:
                self._stack.append(_READERS[kind](self))
            elif kind == _ATTRIBUTE:
                self._pass_over()
            else:
                raise _Untold
        (text,) = self._stack if len(self._stack) == 1 else ("",)
        if not text:
            raise _Untold
        return text

    def take(self, form: str) -> Sequence[int]:
        found = struct.unpack_from(f"<{form}", self._tokens, self._at)
        self._at += struct.calcsize(f"<{form}")
        return found

    def pop(self) -> str:
        return self._stack.pop()

    def _pass_over(self) -> None:
        """Hints for who calculates; one of them stands for a sum of a single argument."""
        kind, size = self.take("BH")
        if kind & _CHOOSE:
            self._at += 2 * (size + 1)
        if kind & _SUM:
            self._stack.append(f"SUM({self._stack.pop()})")

    def words(self) -> str:
        said, self._at = short_text(self._tokens, self._at)
        return '"' + said.replace('"', '""') + '"'

    def error(self) -> str:
        return str(error_text_from_code[self.take("B")[0]])

    def number(self) -> str:
        return repr(self.take("d")[0]).removesuffix(".0").replace("e", "E")

    def function(self, number: int, count: int | None = None) -> str:
        if number == _ADDED or number not in func_defs:
            raise _Untold
        name, least, most = func_defs[number][:3]
        taken = least if count is None else count
        if not least <= taken <= most or taken > len(self._stack):
            raise _Untold
        cut = len(self._stack) - taken
        arguments, self._stack[cut:] = self._stack[cut:], []
        return f"{name}({','.join(arguments)})"

    def varied(self) -> str:
        count, number = self.take("BH")
        return self.function(number & 0x7FFF, count & 0x7F)

    def cell(self, row: int, col: int, *, moves: bool = False) -> str:
        """「$B3」; `moves`: where it is said as a distance from the cell that the formula stands in."""
        row_moves, col_moves = bool(col & _ROW_MOVES), bool(col & _COL_MOVES)
        col &= _COLUMN
        if moves:
            row = (row + self._place[0]) & 0xFFFF if row_moves else row
            col = (col + self._place[1]) & _BYTE if col_moves else col
        return f"{'' if col_moves else '$'}{_letters(col)}{'' if row_moves else '$'}{row + 1}"

    def reference(self, *, moves: bool = False) -> str:
        row, col = self.take("HH")
        return self.cell(row, col, moves=moves)

    def area(self, *, moves: bool = False) -> str:
        top, bottom, left, right = self.take("HHHH")
        return f"{self.cell(top, left, moves=moves)}:{self.cell(bottom, right, moves=moves)}"

    def elsewhere(self) -> str:
        """「'表2'!」."""
        name = self._book.sheet(self.take("H")[0])
        self.named.add(name)
        return "'" + name.replace("'", "''") + "'!"

    def gone(self, form: str) -> str:
        self.take(form)
        return "#REF!"


def _letters(col: int) -> str:
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


_ATTRIBUTE = 0x19
_READERS: Mapping[int, Callable[[_Reader], str]] = {
    0x12: lambda one: f"+{one.pop()}",
    0x13: lambda one: f"-{one.pop()}",
    0x14: lambda one: f"{one.pop()}%",
    0x15: lambda one: f"({one.pop()})",
    0x16: lambda _: "",
    0x17: _Reader.words,
    0x1C: _Reader.error,
    0x1D: lambda one: "TRUE" if one.take("B")[0] else "FALSE",
    0x1E: lambda one: str(one.take("H")[0]),
    0x1F: _Reader.number,
    0x21: lambda one: one.function(one.take("H")[0]),
    0x22: _Reader.varied,
    0x24: _Reader.reference,
    0x25: _Reader.area,
    0x2A: lambda one: one.gone("HH"),
    0x2B: lambda one: one.gone("HHHH"),
    0x2C: lambda one: one.reference(moves=True),
    0x2D: lambda one: one.area(moves=True),
    0x3A: lambda one: one.elsewhere() + one.reference(),
    0x3B: lambda one: one.elsewhere() + one.area(),
}
"""What a token adds to the text, by its number without its class."""
