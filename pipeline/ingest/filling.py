"""Sheets filled cell by cell by our own readers of text and XML, never beyond the limits of a file."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.ingest import limits
from pipeline.ingest.refusal import damaged, too_big
from pipeline.model import Cell, CellKind, Merge, Sheet, address

MAX_ROW = 2**20
"""Rows of a sheet by the standard."""


class Filling:
    """The sheets of one file while they are read; the limit of cells holds for all of them together."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.merged: list[Merge] = []
        self.comments: dict[str, str] = {}
        """Both of the sheet that is being filled."""
        self._room = limits.MAX_CELLS
        self._last_row = self._last_col = -1

    @property
    def sheet(self) -> Sheet:
        """The sheet that is being filled; raise Refused where a cell stands outside of any."""
        if not self.sheets:
            raise damaged("单元格不在任何工作表里")
        return self.sheets[-1]

    def begin(self, name: str) -> Sheet:
        """A new sheet, to be filled from now on; raise Refused for one too many."""
        if len(self.sheets) == limits.MAX_SHEETS:
            raise too_big(f"工作表超过{limits.MAX_SHEETS}张")
        self.merged, self.comments = [], {}
        self.sheets.append(Sheet(name, {}, merged=self.merged, comments=self.comments))
        self._last_row = self._last_col = -1
        return self.sheet

    def put(self, cell: Cell) -> None:
        """Keep a cell unless it is blank; raise Refused beyond the limits."""
        if cell.kind is CellKind.TEXT and not str(cell.value).strip():
            return
        if cell.col > self._last_col or cell.row > self._last_row:
            self._reach(cell)
        self.room_for(1)
        self._room -= 1
        self.sheet.cells[cell.row, cell.col] = cell

    def _reach(self, cell: Cell) -> None:
        """The sheet comes to be as wide and long as to hold this cell; raise Refused beyond the limits."""
        if cell.col >= limits.MAX_COLUMNS:
            told = f"内容写到了第{cell.col + 1}列（最多{limits.MAX_COLUMNS}列）"
            raise too_big(told, sheet=self.sheet.name, cell=cell.address)
        if cell.row >= MAX_ROW:
            told = f"内容写到了第{cell.row + 1}行（最多{MAX_ROW}行）"
            raise too_big(told, sheet=self.sheet.name, cell=cell.address)
        self._last_row, self._last_col = max(self._last_row, cell.row), max(self._last_col, cell.col)
        if (self._last_row + 1) * (self._last_col + 1) > limits.MAX_AREA:
            last = address(self._last_row, self._last_col)
            raise too_big(f"工作表“{self.sheet.name}”的内容散布到{last}", sheet=self.sheet.name, cell=last)

    def room_for(self, cells: int) -> None:
        """Raise Refused where as many cells more are too many: asked before a thousand million are written."""
        if cells > self._room:
            raise too_big(f"有内容的单元格超过{limits.MAX_CELLS}个")

    def merge(self, range_: Merge) -> None:
        """Keep a merged range of more than one cell; raise Refused for one too many."""
        if (range_.top, range_.left) == (range_.bottom, range_.right):
            return
        if len(self.merged) == limits.MAX_MERGED:
            raise too_big(f"一张工作表的合并单元格超过{limits.MAX_MERGED}处")
        self.merged.append(range_)

    def hide(self, rows: Iterable[tuple[int, int]], cols: Iterable[tuple[int, int]]) -> None:
        """Mark runs (first, last) of rows and columns as hidden, as far as the sheet is filled."""
        self.sheet.hidden_rows = _within(rows, self._last_row)
        self.sheet.hidden_cols = _within(cols, self._last_col)


def _within(runs: Iterable[tuple[int, int]], last: int) -> frozenset[int]:
    return frozenset(place for first, end in runs for place in range(first, min(end, last) + 1))
