"""The account of a sheet: every non-blank cell ends in one role, and what has none is a finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.model import Cell, Merge, Sheet

if TYPE_CHECKING:
    from pipeline.ingest.seen import TableSeen


class Role(StrEnum):
    """What became of a cell."""

    USED = "used"
    HEADER = "header"
    TOTAL = "checked total"
    NOTE = "note"
    COLUMN_NUMBER = "ignored: column number"
    SERIAL = "ignored: serial number"
    TYPED_RATIO = "ignored: typed ratio, always recomputed"
    TYPED_SUM = "ignored: typed sum over institutions or items"
    OTHER_FIGURES = "ignored: a column of other figures than the form asks for"
    NOT_APPLICABLE = "ignored: does not apply"
    COPY = "ignored: the same column again"
    HIDDEN_SHEET = "ignored: hidden sheet"
    INSTRUCTIONS = "ignored: sheet of instructions"
    OWN_SHEET = "ignored: sheet of our own blank form, as it was handed out"
    OWN_LETTER = "ignored: letter of ours that came back"
    NOT_CALCULATED = "ignored: a total of our own blank form that no program has calculated"
    ANSWER = "answers to findings"
    FAULT = "finding"


class Account:
    """Roles of the cells of one sheet; also answers what stands where, merged ranges filled in."""

    def __init__(self, sheet: Sheet, *, handed_out: bool = False) -> None:
        self.sheet = sheet
        self.handed_out = handed_out
        """The sheet is of our own blank form, filled in."""
        self.roles: dict[tuple[int, int], Role] = {}
        self.seen: list[TableSeen] = []
        """The tables of figures that were read in it."""
        self._origin = _origins(sheet.merged, sheet.cells)

    def at(self, row: int, col: int) -> Cell | None:
        """The cell that shows at this place: its own, or the merged range's."""
        return self.sheet.cells.get((row, col)) or self.sheet.cells.get(self._origin.get((row, col), (-1, -1)))

    def merge_at(self, row: int, col: int) -> Merge | None:
        """The merged range of several places that this place belongs to."""
        return self._merged.get((row, col))

    @cached_property
    def _merged(self) -> dict[tuple[int, int], Merge]:
        found: dict[tuple[int, int], Merge] = {}
        for merge in self.sheet.merged:
            if 1 < _size(merge) <= MERGE_FILL_LIMIT - len(found):
                found.update(dict.fromkeys(_places(merge), merge))
        return found

    def text(self, row: int, col: int) -> str:
        """What shows at this place, as text; empty for blank."""
        cell = self.at(row, col)
        return "" if cell is None else str(cell.value).strip()

    def mark(self, cells: Iterable[Cell], role: Role) -> None:
        """Give cells their role; the first role stays."""
        for cell in cells:
            self.roles.setdefault((cell.row, cell.col), role)

    def row(self, row: int) -> list[Cell]:
        """The non-blank cells of a row, from left to right."""
        return self._rows.get(row, [])

    @property
    def rows(self) -> list[int]:
        """The rows that hold anything, from top to bottom."""
        return list(self._rows)

    def columns_from(self, row: int) -> list[int]:
        """The columns that hold anything in this row or below it, from left to right."""
        return sorted(col for col, last in self._last_rows.items() if last >= row)

    def column(self, col: int) -> list[Cell]:
        """The non-blank cells of a column, from top to bottom."""
        return self._columns.get(col, [])

    @cached_property
    def _columns(self) -> dict[int, list[Cell]]:
        columns: dict[int, list[Cell]] = {}
        for row in self._rows.values():
            for cell in row:
                columns.setdefault(cell.col, []).append(cell)
        return columns

    @cached_property
    def _last_rows(self) -> dict[int, int]:
        last: dict[int, int] = {}
        for row, col in self.sheet.cells:
            last[col] = max(last.get(col, row), row)
        return last

    @cached_property
    def _rows(self) -> dict[int, list[Cell]]:
        rows: dict[int, list[Cell]] = {}
        for position in sorted(self.sheet.cells):
            rows.setdefault(position[0], []).append(self.sheet.cells[position])
        return rows

    @cached_property
    def last_row(self) -> int:
        """Index of the last row that holds anything; -1 for an empty sheet."""
        return max((row for row, _ in self.sheet.cells), default=-1)

    def open_cells(self) -> list[Cell]:
        """Cells that have no role yet, in reading order."""
        return [cell for position, cell in sorted(self.sheet.cells.items()) if position not in self.roles]

    def tally(self) -> Counter[str]:
        """How many cells ended in which role."""
        return Counter({role.value: count for role, count in Counter(self.roles.values()).items()})


MERGE_FILL_LIMIT = 20_000
"""Places filled in from merged ranges: far above any form, far below what would slow a run."""


def _size(merge: Merge) -> int:
    return (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1)


def _places(merge: Merge) -> Iterator[tuple[int, int]]:
    return ((row, col) for row in range(merge.top, merge.bottom + 1) for col in range(merge.left, merge.right + 1))


def _origins(merged: Iterable[Merge], cells: dict[tuple[int, int], Cell]) -> dict[tuple[int, int], tuple[int, int]]:
    origins: dict[tuple[int, int], tuple[int, int]] = {}
    for merge in merged:
        if (merge.top, merge.left) in cells and len(origins) + _size(merge) <= MERGE_FILL_LIMIT:
            origins.update(dict.fromkeys(_places(merge), (merge.top, merge.left)))
    return origins
