"""Broken edit rules: what was found where, what was expected, and what that asks of the reporting unit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.digests import digest
from pipeline.model.grid import DOCUMENT
from pipeline.model.ranges import cells_told


class Severity(StrEnum):
    """What a finding asks of the reporting unit."""

    HARD = "hard"
    SOFT = "soft"
    NOTE = "note"

    @property
    def label(self) -> str:
        """强制性, 核实性, 提示."""
        return {"hard": "强制性", "soft": "核实性", "note": "提示"}[self.value]

    @property
    def rank(self) -> int:
        """0 for the gravest: what must be corrected comes before what must be explained."""
        return tuple(Severity).index(self)


class Bound(StrEnum):
    """How a figure ought to stand to what a finding holds against it."""

    EXACT = ""
    AT_MOST = "≤"
    AT_LEAST = "≥"


@dataclass(frozen=True, slots=True)
class Accused:
    """One figure of a finding's cause: where it stands, what is reported, and what was meant where that is known.

    `value` and `expected` are as a finding has them: amounts in 元 with two decimals, counts without.
    """

    sheet: str
    cell: str
    area: str = ""
    indicator: str = ""
    value: str = ""
    expected: str = ""
    bound: Bound = Bound.EXACT


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
    bound: Bound = Bound.EXACT
    """Whether the figure ought to be `expected`, or only not above or below it."""
    cause: str = ""
    """What seems to have gone wrong: the name of a `validate.diagnosis.slips.Cause`."""
    under: str = ""
    """The id of the finding that this one follows from, and is told with."""
    accused: tuple[Accused, ...] = ()
    """All figures of the cause that it tells, where that is more than its own."""

    @property
    def told(self) -> str:
        """The message as people read it: file, sheet and cell first."""
        sheet = f"工作表“{self.sheet}”" if self.sheet and self.sheet != DOCUMENT else ""
        cell = f"单元格{self.cell}" if self.cell.isascii() and self.cell else self.cell
        return f"文件《{self.file}》{sheet}{cell}：{self.message}"

    @property
    def places(self) -> str:
        """All cells of the cause that it tells, where that is more than its own: 「D8:E9、G11」."""
        return cells_told(((one.sheet, one.cell) for one in self.accused), self.sheet)

    @property
    def id(self) -> str:
        """Stable over resubmissions: bound to the place in a form, else to the cell of a statement, else of a file."""
        statement = (self.unit, self.form, self.period)
        if self.area or self.indicator:
            return "F" + digest(self.rule, *statement, self.area, self.indicator)
        if all(statement):
            return "F" + digest(self.rule, *statement, self.sheet, self.cell)
        return "F" + digest(self.rule, self.sha256, self.sheet, self.cell)
