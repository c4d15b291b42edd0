"""The list of items below an upright form: the projects of a county's return, a row each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from pipeline.catalog import Catalog
from pipeline.ingest.account import Account, Role
from pipeline.ingest.header_lines import is_number_row, is_unit_row
from pipeline.ingest.heading import BETWEEN_PAGES, TOTAL_ROWS, is_figure, is_footer, packed, plain
from pipeline.ingest.item_header import ItemHeader, columns_of, header_at
from pipeline.ingest.observe import Observer, Slot, merged_over
from pipeline.ingest.quoting import as_stored
from pipeline.ingest.upright_columns import made_of
from pipeline.ingest.upright_header import UprightTable
from pipeline.ingest.upright_told import tell_heading, tell_merged_item
from pipeline.ingest.values import NOT_APPLICABLE, Reading, read_text
from pipeline.model import Cell, CellKind, Merge, Symbol, address

_SUM = re.compile(
    r"(?:(?:全|本)?[县市区])?(?:(?:[一二三四五六七八九十]+|\d+)个|各|全部)?(?:项目)?(?:[合总小共累]?计|total|sum)[数额]?"
    r"(?:\(共?\d+个(?:项目)?\))?:?|共(?:[一二三四五六七八九十]+|\d+)个项目:?",
    re.IGNORECASE,
)
"""The label of a row that sums the items up: 项目合计, 合计(3个), 共3个项目."""
_ORDINAL = re.compile(r"\(?(?:\d{1,4}(?:\.0)?|[一二三四五六七八九十]{1,3})\)?[.、]?")
_NOTHING = NOT_APPLICABLE | {"无", "暂无", "没有", "0", "0.0"}
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,6}(?:镇|乡|村|办事处|街道)")


class _Line(Enum):
    """What a row below the header of a list is."""

    ITEM = auto()
    HEADING = auto()
    """Words alone: of the items below it, or the first line below the list."""
    HEADER = auto()
    """The header again, numbers of columns, 续表."""
    SUM = auto()
    SERIAL = auto()
    """A number and nothing behind it: a row that nobody filled in."""
    NOTHING = auto()
    """无, or dashes: there is no item."""


def read_items(table: UprightTable, observer: Observer, catalog: Catalog, place: tuple[str, str], start: int) -> int:
    """Read the list that begins at this row or below; return its last row, or the row before where there is none.

    `place` is the area and the institution that the items are of.
    """
    account = observer.account
    for row in range(start, account.last_row + 1):
        if header := header_at(account, table, row):
            _mark_heading_above(account, header.top)
            observer.item_header = header.rows
            return _Items(table, observer, catalog, place, header).all()
    return start - 1


def _mark_heading_above(account: Account, header: int) -> None:
    """The list's own heading, alone in the nearest line above; what else stands between is not understood."""
    above = next((row for row in range(header - 1, -1, -1) if account.row(row)), -1)
    cells = account.row(above)
    if len(cells) == 1 and not is_figure(cells[0]):
        account.mark(cells, Role.HEADER)


@dataclass(slots=True)
class _Items:
    table: UprightTable
    observer: Observer
    catalog: Catalog
    place: tuple[str, str]
    header: ItemHeader
    columns: Mapping[int, Slot] = field(default_factory=dict)
    told: set[Merge] = field(default_factory=set)
    """Merged ranges that hide what belongs to an item, and were told."""

    def all(self) -> int:
        """Read every item; those under a heading that says something of its own are left."""
        account, lines = self.observer.account, self._lines()
        rows = [row for row, line in lines.items() if line is _Line.ITEM]
        last = max((row for row, line in lines.items() if line is not _Line.HEADING), default=self.header.bottom)
        self.columns = columns_of(self.table, self.observer, self.header, rows)
        left = self._under_odd_headings({row: line for row, line in lines.items() if row <= last})
        roles = {_Line.HEADER: Role.HEADER, _Line.SUM: Role.TYPED_SUM, _Line.SERIAL: Role.SERIAL}
        roles[_Line.NOTHING] = Role.NOT_APPLICABLE
        for row, line in lines.items():
            if line in roles:
                account.mark(account.row(row), roles[line])
        for item, row in enumerate((row for row in rows if row not in left), 1):
            self._item(row, item)
        return last

    def _lines(self) -> dict[int, _Line]:
        """What each row below the header is, to the first that is not of the list; blank ones are none."""
        found: dict[int, _Line] = {}
        for row in (row for row in self.observer.account.rows if row > self.header.bottom):
            line = self._line(row, has_items=_Line.ITEM in found.values())
            if line is None:
                break
            found[row] = line
        return found

    def _line(self, row: int, *, has_items: bool) -> _Line | None:
        account, header = self.observer.account, self.header
        cells = account.row(row)
        own = [cell for cell in cells if cell.col in header.slots]
        if is_footer(cells) and not any(is_figure(cell) for cell in own if not header.slots[cell.col].column.is_text):
            return None
        if any(_words(cells) == _words(account.row(line)) for line in header.rows) or _goes_on(cells):
            return _Line.HEADER
        if not has_items and (is_number_row(account, row) or is_unit_row(account, row)):
            return _Line.HEADER
        rest = [cell for cell in cells if not (header.counts(cell) and _ORDINAL.fullmatch(packed(str(cell.value))))]
        if not rest:
            return _Line.SERIAL
        if len(cells) > 1 and all(packed(str(cell.value)) in _NOTHING for cell in rest):
            return _Line.NOTHING
        if len(own) > 1 or (own and any(map(_is_sum, cells))):
            return _Line.SUM if any(_is_sum(cell) for cell in cells if cell.col <= header.first) else _Line.ITEM
        if len(cells) > len(rest) and [cell.col for cell in rest] == [header.first]:
            return _Line.ITEM  # numbered and named, and nothing is known of it
        words = len(cells) == 1 and cells[0].kind is CellKind.TEXT and cells[0].col <= header.first
        return _Line.HEADING if words else None

    def _under_odd_headings(self, lines: Mapping[int, _Line]) -> set[int]:
        """The items under headings that say something of their own (上年项目): each heading is told, none is read."""
        account, left = self.observer.account, set[int]()
        headings = [row for row, line in lines.items() if line is _Line.HEADING]
        for row, end in zip(headings, [*headings, max(lines, default=0) + 1][1:], strict=True):
            cell = account.row(row)[0]
            below = [line for line in lines if row < line < end and lines[line] is _Line.ITEM]
            if self._says_nothing(cell) or not below:
                account.mark([cell], Role.HEADER)
                continue
            tell_heading(self.observer, cell, (below[0], below[-1]))
            account.mark((c for line in (row, *below) for c in account.row(line)), Role.FAULT)
            left |= set(below)
        return left

    def _says_nothing(self, heading: Cell) -> bool:
        """Whether a heading only groups the items: by bank, by place, by what the layout knows (产业类项目)."""
        text = packed(str(heading.value)).rstrip(":")
        banks = (plain(name) for one in self.catalog.units.institutions for name in (one.name, *one.aliases))
        areas = (plain(name) for area in self.catalog.areas.entries for name in area.all_names)
        silent = made_of(text, {*self.table.layout.headings, *banks, *areas})
        return "其中" not in text and (silent or bool(_PLACE.fullmatch(text)))

    def _item(self, row: int, item: int) -> None:
        account = self.observer.account
        account.mark(filter(self.header.counts, account.row(row)), Role.SERIAL)
        for col, slot in self.columns.items():
            cell, shown = account.sheet.cells.get((row, col)), account.at(row, col)
            merge = account.merge_at(row, col)
            if merge is None or shown is None or (row, col) == (merge.top, merge.left):
                self.observer.observe(row, col, slot, *self.place, item=item)
            elif cell and slot.column.is_text:
                hidden = merged_over(account, row, col, self.header.rows)
                self.observer.refuse(cell, slot, *self.place, item, hidden)
            elif cell:
                self.observer.observe(row, col, slot, *self.place, item=item)
            else:
                self._covered(row, col, slot, item, shown, merge)

    def _covered(self, row: int, col: int, slot: Slot, item: int, shown: Cell, merge: Merge) -> None:
        """A place that a merged cell covers: words beside several items are of each, but for names; else it is told."""
        ends = f"{address(merge.top, merge.left)}:{address(merge.bottom, merge.right)}"
        reading, raw = Reading(None, symbol=Symbol.MISSING), as_stored(shown)
        of_each = slot.column.is_text and merge.left == merge.right and col != self.header.first
        if of_each and not (said := read_text(shown)).problem:
            reading = Reading(
                None, text=said.text, symbol=said.symbol, changes=f"空白 → {said.text}（合并单元格{ends}）"
            )
        elif merge not in self.told:
            self.told.add(merge)
            is_told = merge.left == col and not slot.column.is_text  # as a figure that nobody can share out
            if not is_told:
                tell_merged_item(self.observer, shown, ends, row, slot)
        self.observer.keep(slot, *self.place, item, self.observer.account.sheet.place(row, col), reading, raw)


def _words(cells: list[Cell]) -> list[tuple[int, str]]:
    return [(cell.col, packed(str(cell.value))) for cell in cells]


def _goes_on(cells: list[Cell]) -> bool:
    """Whether a line only says that the list goes on here: 续表."""
    return all(BETWEEN_PAGES.fullmatch(packed(str(cell.value))) for cell in cells)


def _is_sum(cell: Cell) -> bool:
    words = packed(str(cell.value))
    return words in TOTAL_ROWS or bool(_SUM.fullmatch(words))
