"""The cells of a header block, column by column: which words stand over each, down from the highest heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from pipeline.ingest.above_header import headings_above
from pipeline.ingest.account import Account
from pipeline.ingest.calendar_said import names_time, without_time
from pipeline.ingest.header_lines import is_number_row
from pipeline.ingest.header_units import bare_unit
from pipeline.ingest.heading import is_figure, packed
from pipeline.model import Cell, CellKind

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


class Header:
    """A header block around the row that heads the areas, and the headings right above it; merged ranges filled in.

    `of_units`: names of banks may head groups of columns, as in the year's targets.
    """

    def __init__(self, account: Account, row: int, bottom: int, area_col: int, *, of_units: bool = False) -> None:
        self.account, self.row, self.bottom, self.area_col, self.of_units = account, row, bottom, area_col, of_units
        self.columns = account.columns_from(row)
        above = headings_above(account, row, area_col, frozenset(self.columns), of_units=of_units)
        self.over, self.top, self._silent = above.over, above.top, above.silent
        self.numbers = frozenset(line for line in range(row + 1, bottom + 1) if is_number_row(account, line))
        self.rows = [line for line in range(self.over, bottom + 1) if line not in self.numbers]
        self.groups = {
            (m.top, m.left): range(m.left, m.right + 1)
            for m in account.sheet.merged
            if m.right > m.left and self.over <= m.top <= bottom
        }
        self._levels: dict[int, list[str]] = {}
        self._cells: dict[int, list[Cell]] = {}

    def on(self, account: Account) -> Header:
        """The same rows of another account of the sheet."""
        return Header(account, self.row, self.bottom, self.area_col, of_units=self.of_units)

    @cached_property
    def names_time(self) -> bool:
        """Whether some heading has a month or a year in it: whose columns those are depends on the table's month."""
        levels = {level for col in self.columns for level in self.path(col)}
        return any(names_time(level) or without_time(level) != packed(level) for level in levels)

    def at(self, row: int, col: int) -> Cell | None:
        """The cell that shows in the header at this place; none where it is a title or a caption."""
        cell = self.account.at(row, col)
        return None if cell is None or (cell.row, cell.col) in self._silent else cell

    def text(self, row: int, col: int) -> str:
        """What shows there, as text; empty for blank."""
        cell = self.at(row, col)
        return "" if cell is None else str(cell.value).strip()

    def levels(self, col: int) -> list[str]:
        """The texts over a column from top to bottom, a repeated one once; a bare unit of measure in brackets."""
        if col not in self._levels:
            self._levels[col] = _distinct(self.text(row, col) for row in self.rows)
        return self._levels[col]

    def path(self, col: int) -> list[str]:
        """The same with the headings of groups that nobody merged, which are only written over their first column."""
        return self._carried[col] if col in self._carried else self.levels(col)

    def words(self, col: int) -> str:
        """The whole path of a column as it is told."""
        return "/".join(self.path(col))

    def cells(self, col: int) -> list[Cell]:
        """The cells that head a column, its own and those merged over it, from top to bottom."""
        if col not in self._cells:
            self._cells[col] = list(dict.fromkeys(cell for row in self.rows if (cell := self.at(row, col))))
        return self._cells[col]

    def over_column(self, col: int) -> list[Cell]:
        """The same, with the headings of groups that nobody merged."""
        carried = [cell for cell, cols in self.spans.items() if col in cols]
        return sorted({*self.cells(col), *carried}, key=lambda cell: (cell.row, cell.col))

    def own(self, col: int) -> list[Cell]:
        """The cells that head a column, those in its own column if there are any."""
        cells = self.cells(col)
        return [cell for cell in cells if cell.col == col] or cells

    def sole(self, col: int) -> list[Cell]:
        """The cells that head this column and no other."""
        return [cell for cell in self.cells(col) if len(self._columns_of(cell)) == 1]

    def is_shared(self, cell: Cell) -> bool:
        """Whether a heading stands over several columns."""
        return len(self._columns_of(cell)) > 1

    def spans_all(self, cell: Cell, columns: Iterable[int]) -> bool:
        """Whether a heading stands over all of these columns."""
        return set(columns) <= set(self._columns_of(cell))

    def _columns_of(self, cell: Cell) -> Sequence[int]:
        return self.groups.get((cell.row, cell.col)) or self.spans.get(cell) or (cell.col,)

    @cached_property
    def words_below(self) -> list[int]:
        """Columns right under the header in which there are Chinese words."""
        return [
            cell.col
            for cell in self.account.row(self.bottom + 1)
            if cell.kind is CellKind.TEXT and _CHINESE.search(str(cell.value)) and not is_figure(cell)
        ]

    @cached_property
    def alone(self) -> set[int]:
        """Columns with nothing but the heading of a group in which other columns have words of their own."""
        known = set(self.columns)
        found: set[int] = set()
        for place, span in self.groups.items():
            lowest = {col: cells[-1] for col in span if col in known and (cells := self.cells(col))}
            bare = {col for col, cell in lowest.items() if (cell.row, cell.col) == place}
            found |= bare if len(bare) < len(lowest) else set()
        return found

    # -------------------------------------------------------------- groups that nobody merged

    @cached_property
    def spans(self) -> dict[Cell, tuple[int, ...]]:
        """Headings with words below them → the columns right of them that go on below blanks, their own the first."""
        found: dict[Cell, list[int]] = {}
        for row in self.rows:
            heading: Cell | None = None
            for col in self.columns:
                cell = self.at(row, col)
                if cell or col == self.area_col:
                    heading = cell if cell and col != self.area_col and self._heads_a_group(cell) else None
                elif heading and self._has_words(row, col):
                    found.setdefault(heading, [heading.col]).append(col)
        return {cell: tuple(cols) for cell, cols in found.items()}

    def _heads_a_group(self, cell: Cell) -> bool:
        return (cell.row, cell.col) not in self.groups and self._has_words(cell.row, cell.col)

    def _has_words(self, row: int, col: int) -> bool:
        """Whether words other than a unit stand in this column below this row of the header."""
        here = self.at(row, col)
        below = (self.at(line, col) for line in self.rows if line > row)
        return any(cell and cell is not here and not bare_unit(str(cell.value)) for cell in below)

    @cached_property
    def _carried(self) -> dict[int, list[str]]:
        taken = {(cell.row, col): str(cell.value).strip() for cell, cols in self.spans.items() for col in cols[1:]}
        columns = {col for _, col in taken}
        return {col: _distinct(taken.get((row, col)) or self.text(row, col) for row in self.rows) for col in columns}


def _distinct(texts: Iterable[str]) -> list[str]:
    levels: list[str] = []
    for text in texts:
        shown = f"({unit})" if levels and (unit := bare_unit(text)) else text
        if shown and (not levels or levels[-1] != shown):
            levels.append(shown)
    return levels


def counts_rows(header: Header, col: int) -> bool:
    """Whether a column without a heading, left of the areas, only counts the rows: 1, 2, 3 …."""
    cells = [cell for cell in header.account.column(col) if cell.row > header.bottom]
    said = [packed(str(cell.value)).removesuffix(".0") for cell in cells if is_figure(cell)]
    return col < header.area_col and len(said) > 2 and said == [str(number) for number in range(1, len(said) + 1)]
