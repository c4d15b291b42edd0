"""A sheet that comes with a blank form and is not filled in: it says so, with a code of all that stands in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pipeline.model.own_sheets import PLACE, Place, sentence
from pipeline.render.harmless import printable
from pipeline.render.workbook import Formats


@dataclass(slots=True)
class OwnSheet:
    """Keeps account of what is written; `close` writes the sentence by which the sheet is known again."""

    sheet: Any
    looks: Formats
    cells: list[Place] = field(default_factory=list)

    def words(self, row: int, col: int, text: str, look: str) -> None:
        """A text; a blank cell with its borders where there is none."""
        said = printable(text)
        if said.strip():
            self.cells.append((row, col, said))
            self.sheet.write_string(row, col, said, self.looks.get(look))
        else:
            self.sheet.write_blank(row, col, None, self.looks.get(look))

    def number(self, row: int, col: int, value: float, look: str, shown: str = "") -> None:
        """A number in a number format."""
        self.cells.append((row, col, value))
        self.sheet.write_number(row, col, value, self.looks.get(look, shown))

    def merge(self, row: int, left: int, right: int, look: str) -> None:
        """One cell of several columns; what stands in it is written after."""
        self.sheet.merge_range(row, left, row, right, "", self.looks.get(look))

    def across(self, row: int, left: int, right: int, text: str, look: str) -> None:
        """A text over several columns."""
        self.merge(row, left, right, look)
        self.words(row, left, text, look)

    def formula(self, row: int, col: int, formula: str, look: str, stored: float | str) -> None:
        """A formula, with what it comes to in a blank form."""
        self.sheet.write_formula(row, col, formula, self.looks.get(look), stored)

    def link(self, row: int, col: int, sheet: str, cell: str) -> None:
        """A cell's name that leads to the cell."""
        self.cells.append((row, col, cell))
        self.sheet.write_url(row, col, f"internal:'{sheet}'!{cell}", self.looks.get("link"), cell)

    def close(self) -> None:
        """Write the sentence; nothing may be written after it."""
        self.sheet.write_string(*PLACE, sentence(self.cells), self.looks.get("small"))
