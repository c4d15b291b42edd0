"""What is said in a workbook that goes back to its sender: which cells are faulty, and what is asked of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.model import Bound, Severity, cells_told

SHEET = "审核问题"
"""The last sheet of a marked workbook: all findings, with room for answers."""


@dataclass(frozen=True, slots=True)
class AskedCell:
    """A further cell that a finding is about: what stands there, and what belongs there where that is known.

    `cell` is empty in a document, whose `sheet` then says the place.
    """

    sheet: str
    cell: str
    area: str
    indicator: str
    value: str
    expected: str

    @property
    def found(self) -> str:
        """「汉阴县“期末余额/金额”填报9371800.00万元，应为937.18万元」."""
        label = f"{self.area}“{self.indicator}”" if self.indicator else self.area
        value = f"填报{self.value}" if self.value else "没有填报"
        verb = "应" if self.expected[:1] in tuple(filter(None, Bound)) else "应为"
        return f"{label}{value}{f'，{verb}{self.expected}' if self.expected else ''}"


@dataclass(frozen=True, slots=True)
class Asked:
    """One finding as its reporting unit is told: where, what is found, what is expected."""

    id: str
    rule: str
    severity: Severity
    sheet: str
    cell: str
    """An address such as C7; empty where it is about no single cell."""
    area: str
    indicator: str
    value: str
    expected: str
    message: str
    others: tuple[AskedCell, ...] = ()
    """The other cells of the cause, where the message names only the first."""
    refused: str = ""
    """What the unit has answered before, and why that was refused, as a sentence."""
    before: str = ""
    """What the unit said of the same a month ago."""

    @property
    def cells(self) -> str:
        """All cells of the cause, where it has others: 「D8:E9、G11」."""
        if not self.others:
            return ""
        places = [(self.sheet, self.cell), *((one.sheet, one.cell) for one in self.others)]
        named = [sheet for sheet, cell in places if not cell]
        return "；".join([*filter(None, [cells_told((at for at in places if at[1]), self.sheet)]), *named])

    @property
    def history(self) -> str:
        """What has been said of it already, in brackets."""
        refused = f"（{self.refused}）" if self.refused else ""
        return refused + (f"（上月的说明：{self.before}。）" if self.before else "")

    @property
    def needs_answer(self) -> bool:
        """A question is settled by an explanation, an error only by another figure."""
        return self.severity is Severity.SOFT


@dataclass(frozen=True, slots=True)
class MarkedContent:
    """A workbook's title, how it is to be answered, and what is asked."""

    title: str
    guide: tuple[str, ...]
    asked: tuple[Asked, ...]
    created: datetime
    office: str
    sheets: frozenset[str] | None = None
    """Those that go back, of a file in which several units report; of one unit's file all."""


@dataclass(frozen=True, slots=True)
class MarkedCopy:
    """A marked workbook, and in words what its original has and it has not."""

    data: bytes
    lost: tuple[str, ...] = ()


def with_live_sheet(content: MarkedContent, name: str) -> MarkedContent:
    """The same with a line that tells its list from the sheet of a blank form that checks while the bank types."""
    if not name:
        return content
    told = f"{content.office}审核的问题都在本工作表；工作表“{name}”是空白表自带的自动检查，只供填表时查看，不用答复。"
    return replace(content, guide=(told, *content.guide))


def with_lost(content: MarkedContent, lost: tuple[str, ...]) -> MarkedContent:
    """The same with a line that tells what is not in the copy."""
    if not lost:
        return content
    told = f"请注意：本工作簿由程序另存，原件中的{'、'.join(lost)}没有保留。"
    meant = "请只在其中更正、说明后发回，不要用它代替你单位的原件。"
    return replace(content, guide=(*content.guide, told + meant))
