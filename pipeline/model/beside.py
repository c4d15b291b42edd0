"""What a file has beside the values of its cells, as far as a copy of it is concerned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Place = tuple[int, int]
"""Row and column, from 0."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without its sign of equality, and the sheets that it names."""

    text: str
    sheets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Printing:
    """How a sheet goes on paper as its sender has set it up; margins in inches, all else in the numbers of Excel."""

    paper: int = 9
    is_landscape: bool = False
    percent: int = 100
    fits: tuple[int, int] | None = None
    """So many pages across and down, 0 for as many as needed; it is then not `percent` that counts."""
    margins: Mapping[str, float] = field(default_factory=dict)
    """`left`, `right`, `top`, `bottom`, where they are told."""
    is_centred: bool = False
    """From left to right."""
    area: str = ""
    """What alone is printed: 「A1:H20」; everything if empty."""
    rows: str = ""
    """Rows that stand on every page: 「1:3」."""
    cols: str = ""
    """Columns that do: 「A:B」."""

    @property
    def is_meant(self) -> bool:
        """Whether somebody has seen to what comes out: as large as on screen is what programs write by themselves."""
        return bool(self.fits or self.area) or self.percent != 100


@dataclass(frozen=True, slots=True)
class Beside:
    """Formulas by sheet and place, those that could be told; and what a copy does not have, in words: 「图形2个」."""

    formulas: Mapping[str, Mapping[Place, Formula]] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    printing: Mapping[str, Printing] = field(default_factory=dict)
    """By sheet, where it is told."""
