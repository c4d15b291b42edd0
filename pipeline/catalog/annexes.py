"""The published tables as data: title, columns and how each is made."""

from __future__ import annotations

from typing import Literal

from pipeline.catalog.dated import Entry

Derivation = Literal["sum", "ratio", "growth", "change", "rank", "label", "number", "remark", "words"]


class AnnexColumn(Entry):
    """One printed column.

    `sum`: the indicator itself, added up. `ratio`: `of` over `to`. `growth`: `of` against its base of the same
    month last year, in percent. `change`: `of` less its base at the year's start. `rank`: by column `of`, largest
    first. `label`, `number`, `remark`: 县(区), 序号, 备注. `words`: what the reporting unit wrote, as `indicator`.
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


class AnnexHeading(Entry):
    """What one annex is called and whom it is about."""

    number: int
    file_name: str
    title: str
    institution: str = ""
    """The institution that the annex is about; empty for the summary of all."""


class AnnexLayout(AnnexHeading):
    """One annex: 附件 number, file name and title, institution and columns."""

    columns: tuple[AnnexColumn, ...]

    @property
    def is_words(self) -> bool:
        """Whether it prints what units wrote (附件1), not figures."""
        return any(column.derivation == "words" for column in self.columns)


class AnnexFamily(Entry):
    """One file under schemas/annexes/: annexes of the same columns, which stand there once."""

    annexes: tuple[AnnexHeading, ...]
    columns: tuple[AnnexColumn, ...]

    @property
    def layouts(self) -> tuple[AnnexLayout, ...]:
        """Each annex with the columns that all of them have."""
        return tuple(AnnexLayout(**dict(heading), columns=self.columns) for heading in self.annexes)
