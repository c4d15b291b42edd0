"""A file opened as a grid: cells as they are stored, sheets, and why a file cannot be opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

Scalar = str | int | float | bool | date | datetime


class CellKind(StrEnum):
    """What a stored cell holds."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    ERROR = "error"
    UNCALCULATED = "uncalculated"
    """A formula without a stored value."""
    CONTRADICTED = "contradicted"
    """A number beside a text that shows another: the value is what is shown, `format_text` what is stored."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One non-blank cell as stored; rows and columns count from 0."""

    row: int
    col: int
    kind: CellKind
    value: Scalar
    decimals: int | None = None
    """Decimal places that the number format shows; None where it does not say (General, text, csv)."""
    percent: bool = False
    """The number format is a percentage: what is stored is a hundredth of what is shown."""
    format_text: str = ""
    """Literal words inside the number format, for instance 万元; 年月 for a day shown as its month."""
    formula: bool = False
    name: str = ""
    """What the place is called where a document has no addresses: 表1第3行第2列."""
    apart: str = ""
    """How some of its signs stand apart (`ingest.apart`): raised, lowered, struck; whether they count is not sure."""

    def __reduce__(self) -> tuple[type[Cell], tuple[object, ...]]:
        """Pickled by its constructor: cells come from the workers by the hundred thousand, this is thrice as fast."""
        stored = (self.row, self.col, self.kind, self.value)
        return Cell, (*stored, self.decimals, self.percent, self.format_text, self.formula, self.name, self.apart)

    @property
    def address(self) -> str:
        """`C7`, or what the document itself calls the place."""
        return self.name or address(self.row, self.col)


def address(row: int, col: int) -> str:
    """The A1 name of a cell; rows and columns count from 0."""
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; all four edges are inside it, counting from 0."""

    top: int
    left: int
    bottom: int
    right: int


DOCUMENT = "正文"
"""How the one sheet of a Word document is called."""


@dataclass(slots=True)
class Sheet:
    """One sheet: its non-blank cells by (row, column), and what calamine would lose; `from_1904`: of its days."""

    name: str
    cells: dict[tuple[int, int], Cell]
    merged: Sequence[Merge] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_cols: frozenset[int] = frozenset()
    comments: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """What a document calls the places of its tables, blank ones too."""
    unread: Sequence[tuple[str, str]] = ()
    """(place, what stands there and is not read, in words)."""
    from_1904: bool = False

    def place(self, row: int, col: int) -> str:
        """`C7`, or what the document itself calls the place, whether anything stands there or not."""
        return self.places.get((row, col)) or address(row, col)


@dataclass(slots=True)
class Grid:
    """A file opened as cells; `format` by content: xlsx, xlsb, xls, ods, xml (SpreadsheetML), html, csv, docx."""

    format: str
    sheets: list[Sheet]
    notes: Sequence[str] = ()
    """What is told of the file although it could be read, a sentence each: macros that were not run, say (rule F09)."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file cannot be opened as a grid, and where (rule F01, or F02 for what is no spreadsheet at all)."""

    rule: str
    message: str
    sheet: str = ""
    cell: str = ""
