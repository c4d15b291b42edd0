"""Published numbers before they are rounded: figures, rows, parts, annexes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model.symbols import Symbol


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
