"""What was received: files, the submissions found in them, and the figures read from their cells."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.digests import digest
from pipeline.model.symbols import Symbol


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
    """The place, in fen, to which this submission's amounts are rounded."""
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
