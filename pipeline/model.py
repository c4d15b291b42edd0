"""The words of the house as types: cells, submissions, findings, figures; nothing here knows files, rules or SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

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


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """Bytes that came in `inside` another file (its sha256), or loose. Time: `2018-04-08 16:30[:ss]`, Asia/Shanghai."""

    sha256: str
    name: str
    received_at: str
    method: str = ""
    sender: str = ""
    transcribed_by: str = ""
    inside: str = ""
    subject: str = ""


class Symbol(StrEnum):
    """Why an observation has no value; or, for a figure, what stands beside or instead of its value."""

    NONE = ""
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    PARTIAL = "partial"
    NOT_COMPUTED = "not_computed"
    BASE_ZERO = "base_zero"
    BASE_MISSING = "base_missing"
    BASE_NEGATIVE = "base_negative"


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure read from one cell.

    `value` is an integer in the indicator's scale (fen, count, millionth of a percentage point) or None;
    `text` holds what text indicators say; `raw` is the stored text, `changes` how it was understood.
    """

    indicator: str
    area: str
    institution: str
    value: int | None
    sheet: str
    cell: str
    text: str = ""
    symbol: Symbol = Symbol.NONE
    item: int = 0
    """Counts from 1 within a repeatable group (the projects of C01); 0 elsewhere."""
    total: bool = False
    """Typed by the reporting unit as a sum over areas: compared, never published."""
    raw: str = ""
    changes: str = ""

    def __reduce__(self) -> tuple[type[Observation], tuple[object, ...]]:
        """Pickled by its constructor, as cells are: observations come from the workers by the ten thousand."""
        return Observation, tuple(getattr(self, name) for name in self.__slots__)


@dataclass(slots=True)
class Submission:
    """One form of one reporting unit for one period, found in one received file."""

    form: str
    unit: str
    period: str
    sha256: str
    file: str
    sheet: str
    layout: str
    received_at: str
    observations: list[Observation]
    money_unit: str = ""
    step: int = 1
    """The finest place among this submission's amounts, in fen."""
    nil: bool = False
    """The unit declares 本月无业务."""
    sample: bool = False
    """The file says of itself that it is invented sample data."""

    @property
    def id(self) -> str:
        """Stable: the same form in the same bytes is the same submission."""
        return "S" + digest(self.sha256, self.form, self.unit, self.period, self.sheet)


@dataclass(frozen=True, slots=True)
class ImportedFigure:
    """One figure from before the program, read from one cell of an imported table; only ever a base of comparison.

    `value` is in the indicator's scale, as an observation's; `source` says where whoever wrote the table had it from.
    """

    period: str
    unit: str
    form: str
    """The form that reports this indicator now."""
    institution: str
    area: str
    indicator: str
    value: int
    source: str
    file: str
    sha256: str
    sheet: str
    cell: str
    raw: str = ""
    changes: str = ""


def digest(*parts: object) -> str:
    """Twelve hexadecimal digits that stand for these parts."""
    return sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:12]


# ------------------------------------------------------------------ findings


class Severity(StrEnum):
    """What a finding asks of the reporting unit."""

    HARD = "hard"
    SOFT = "soft"
    NOTE = "note"

    @property
    def label(self) -> str:
        """强制性, 核实性, 提示."""
        return {"hard": "强制性", "soft": "核实性", "note": "提示"}[self.value]


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken edit rule at one cell: what was found, what was expected, what to do."""

    rule: str
    level: int
    severity: Severity
    message: str
    file: str
    sha256: str
    period: str = ""
    form: str = ""
    submission: str = ""
    unit: str = ""
    area: str = ""
    indicator: str = ""
    sheet: str = ""
    cell: str = ""
    value: str = ""
    expected: str = ""
    cause: str = ""
    """What seems to have gone wrong: the name of a `validate.diagnosis.slips.Cause`."""
    under: str = ""
    """The id of the finding that this one follows from, and is told with."""

    @property
    def told(self) -> str:
        """The message as people read it: file, sheet and cell first."""
        sheet = f"工作表“{self.sheet}”" if self.sheet and self.sheet != DOCUMENT else ""
        cell = f"单元格{self.cell}" if self.cell.isascii() and self.cell else self.cell
        return f"文件《{self.file}》{sheet}{cell}：{self.message}"

    @property
    def id(self) -> str:
        """Stable over resubmissions where the place is known, else bound to the file's cell."""
        if self.area or self.indicator:
            return "F" + digest(self.rule, self.unit, self.form, self.period, self.area, self.indicator)
        return "F" + digest(self.rule, self.sha256, self.sheet, self.cell)


# ------------------------------------------------------------------ figures


@dataclass(frozen=True, slots=True)
class Figure:
    """A published number before it is rounded: `numerator / denominator` in `unit`.

    Units: `fen`, `户`, `ratio`, `rank`, `text`. A figure without a number has numerator None and a symbol.
    `base` is what a growth or change is measured against, in the unit of its numerator.
    """

    name: str
    unit: str
    numerator: int | None = None
    denominator: int = 1
    symbol: Symbol = Symbol.NONE
    base: int | None = None
    text: str = ""
    rank_of: int = 0
    """How many rows take part in the ranking that a `rank` figure belongs to."""
    coverage_in: int = 0
    coverage_of: int = 0
    """A sum's own coverage: reporting units that are in it, of those owed; 0 of 0 stands for the row's."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One printed row: its figures by name, and the units that it is made of."""

    id: str
    label: str
    figures: Mapping[str, Figure]
    is_total: bool = False
    coverage_in: int = 0
    coverage_of: int = 0
    excluded: tuple[str, ...] = ()
    """Names of the reporting units that are owed and not in: 不含：…"""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class FigurePart:
    """A block of rows under one heading, its total first."""

    id: str
    title: str
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class FigureTable:
    """An annex as numbers: what the workbook, the csv and later the twin and the page are made from."""

    annex: int
    period: str
    parts: tuple[FigurePart, ...]
    notes: tuple[str, ...] = ()


AS_LAST_MONTH = "与上月相同"
"""A unit's own declaration in place of words, as intake writes it however it was worded."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What annex 1 prints in one cell: the words, and whose submission about which month they come from.

    `period` is earlier than the table's where the unit declared 与上月相同. No text with symbol MISSING: not reported.
    """

    text: str
    submission: str = ""
    period: str = ""
    symbol: Symbol = Symbol.NONE
    items: tuple[str, ...] = ()
    """Where words end in a list (信贷产品): the words before it, if any, and each entry; together they are `text`."""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One reporting unit's measures, by indicator (`measure_…`); `submission` is empty where none is in force."""

    unit: str
    label: str
    wordings: Mapping[str, Wording]
    submission: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class MeasureGroup:
    """The reporting units of one institution; `id` is empty for those that lend nothing (市直部门)."""

    id: str
    title: str
    rows: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True)
class MeasureTable:
    """Annex 1: what the workbook, the csv, the twin and the page are made from."""

    annex: int
    period: str
    groups: tuple[MeasureGroup, ...]
    notes: tuple[str, ...] = ()
    coverage_in: int = 0
    coverage_of: int = 0
