"""The published tables as data: title, columns and how each is made."""

from __future__ import annotations

from typing import Literal

from pipeline.catalog.dated import Entry

Derivation = Literal["sum", "ratio", "growth", "change", "rank", "label", "number", "remark"]


class AnnexColumn(Entry):
    """One printed column.

    `sum`: the indicator itself, added up. `ratio`: `of` over `to`. `growth`: `of` against its base of the same
    month last year, in percent. `change`: `of` less its base at the year's start. `rank`: by column `of`, largest
    first. `label`, `number`, `remark`: 县(区), 序号, 备注.
    """

    id: str
    header: tuple[str, ...]
    """Header levels from top to bottom."""
    unit: Literal["户", "fen", "ratio", "rank", "text"]
    derivation: Derivation
    indicator: str = ""
    of: str = ""
    to: str = ""
    width: float = 8.0


class AnnexLayout(Entry):
    """One annex: 附件 number, file name and title, parts and columns."""

    number: int
    file_name: str
    title: str
    institution: str = ""
    """The institution that the annex is about; empty for the summary of all."""
    columns: tuple[AnnexColumn, ...]
