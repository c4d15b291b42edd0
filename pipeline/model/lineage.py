"""How a published figure is made: a tree from what is printed down to what was reported, before any rounding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Operation(StrEnum):
    """How a figure follows from its parts, in their order."""

    REPORTED = "reported"
    IMPORTED = "imported"
    SUM = "sum"
    RATIO = "ratio"
    GROWTH = "growth"
    CHANGE = "change"
    RANK = "rank"

    @property
    def formula(self) -> str:
        """What the clerk reads."""
        return {
            "reported": "所报数",
            "imported": "补录的历史数",
            "sum": "各项相加",
            "ratio": "第1项÷第2项",
            "growth": "（第1项－第2项）÷第2项",
            "change": "第1项－第2项",
            "rank": "第1项在以下各项中从大到小的位次，相同的并列",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Source:
    """A figure that somebody reported: in which period, which unit, for which institution, about which area."""

    period: str
    unit: str
    institution: str
    area: str
    indicator: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """A figure and what it is made of. `value` is exact: fen, counts, quotients; a leaf has a source and no parts."""

    operation: Operation
    value: Fraction
    unit: str
    """`fen`, `户`, `ratio`, `rank`."""
    label: str
    parts: tuple[Lineage, ...] = ()
    source: Source | None = None

    @property
    def leaves(self) -> Iterator[Lineage]:
        """What was reported or imported, each as often as it takes part."""
        if self.source is not None:
            yield self
        for part in self.parts:
            yield from part.leaves

    def recomputed(self) -> Fraction:
        """The figure from its leaves alone."""
        if self.source is not None:
            return self.value
        values = [part.recomputed() for part in self.parts]
        if self.operation is Operation.SUM:
            return sum(values, start=Fraction(0))
        if self.operation is Operation.RANK:
            return Fraction(1 + sum(value > values[0] for value in values[1:]))
        first, second = values
        if self.operation is Operation.RATIO:
            return first / second
        return first - second if self.operation is Operation.CHANGE else (first - second) / second
