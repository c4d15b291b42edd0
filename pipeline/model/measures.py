"""Annex 1 as words: what each reporting unit says of its measures, and where that comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model.symbols import Symbol

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
