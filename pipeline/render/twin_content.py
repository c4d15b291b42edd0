"""The accessible workbook as content: sheets of lines and one table each, before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

_INDENT = 2.0
_NAME_LIMIT = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a table: exact, in the unit that its column's header names, and how it is shown."""

    value: Fraction
    pattern: str = "0"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to the top of another sheet of the same file."""

    sheet: str
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that opens a section."""

    text: str


Cell = str | Number | Link
Line = str | Link | Heading


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, unit included, and its width in characters."""

    header: str
    width: float
    is_number: bool = False

    @property
    def room(self) -> float:
        """The width that words are wrapped in: they keep off the numbers before them."""
        return self.width if self.is_number else self.width - _INDENT


@dataclass(frozen=True, slots=True)
class TwinSheet:
    """One sheet: a title in A1, lines below it, and at most one table below these; `table` is the table's name."""

    name: str
    title: str
    lines: tuple[Line, ...]
    table: str = ""
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()

    @property
    def header_row(self) -> int:
        """Where the table's header stands, counted from 0."""
        return len(self.lines) + 1

    @property
    def first_row(self) -> int:
        """Where the table's first row stands, counted from 0."""
        return self.header_row + 1


def sheet_name(text: str) -> str:
    """A text as Excel allows a sheet to be called: at most 31 characters, none of `[]:*?/` and backslash."""
    return _FORBIDDEN.sub(" ", text).strip(" '")[:_NAME_LIMIT].strip(" '") or "表"


def table_name(sheet: str) -> str:
    """The name of a sheet's table: what the sheet is called, in letters, digits and underscores."""
    return re.sub(r"\W+", "_", sheet).strip("_")


def unlike(text: str, taken: Iterable[str]) -> str:
    """This text, numbered where it is taken already (Excel does not tell upper from lower case)."""
    used = {other.casefold() for other in taken}
    candidates = (text, *(f"{text}（{number}）" for number in range(2, len(used) + 2)))
    return next(candidate for candidate in candidates if candidate.casefold() not in used)


@dataclass(slots=True)
class Note:
    """A numbered note: what kind it is, what it says, and the sheets that it is about (none: all tables)."""

    number: int
    kind: str
    text: str
    sheets: list[str] = field(default_factory=list)


def marker(notes: Iterable[Note]) -> str:
    """How tables refer to notes: 「[注3]」, 「[注3、7]」; nothing for none."""
    numbers = "、".join(str(note.number) for note in notes)
    return f"[注{numbers}]" if numbers else ""


class Notes:
    """All notes of the file, each text once, numbered in the order in which they are met."""

    def __init__(self) -> None:
        self._by_text: dict[str, Note] = {}

    def __iter__(self) -> Iterator[Note]:
        """In the order of their numbers."""
        return iter(self._by_text.values())

    def add(self, kind: str, text: str, sheet: str = "") -> Note:
        """The note with this text, which from now on is also about this sheet."""
        note = self._by_text.setdefault(text, Note(len(self._by_text) + 1, kind, text))
        if sheet and sheet not in note.sheets:
            note.sheets.append(sheet)
        return note
