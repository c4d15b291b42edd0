"""The header of a list of items: one line or more, each column known by its whole path of words, or told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.catalog import normalise_header
from pipeline.ingest.account import Account, Role
from pipeline.ingest.area_words import REMARKS
from pipeline.ingest.header_lines import is_number_row
from pipeline.ingest.header_units import bare_unit
from pipeline.ingest.heading import is_figure, packed
from pipeline.ingest.observe import Observer, Slot
from pipeline.ingest.upright_columns import made_of
from pipeline.ingest.upright_header import SERIAL_HEADERS, UprightTable, head_of
from pipeline.ingest.upright_told import tell_list_columns, tell_other_figures
from pipeline.model import Cell, CellKind

_MORE_LINES = 2
"""So many lines of words may stand below the first one of a header."""
_LEAST = 2
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class ItemHeader:
    """The rows of a header; the cells that head each column from top to bottom; and what each column means."""

    top: int
    bottom: int
    heads: Mapping[int, tuple[Cell, ...]]
    slots: Mapping[int, Slot]

    @property
    def rows(self) -> range:
        """Its rows."""
        return range(self.top, self.bottom + 1)

    @property
    def first(self) -> int:
        """The leftmost column that is known."""
        return min(self.slots)

    def counts(self, cell: Cell) -> bool:
        """Whether a cell below only numbers its row: under 序号, or left of the items under nothing."""
        heads = self.heads.get(cell.col, ())
        if heads:
            return head_of(heads[-1]) in SERIAL_HEADERS
        return cell.col < self.first and is_figure(cell)


def header_at(account: Account, table: UprightTable, row: int) -> ItemHeader | None:
    """The header of a list of items that begins in this row; None where none does."""
    cells = account.row(row)
    if len(cells) < _LEAST or not any(column.repeatable for column in table.words.form.columns):
        return None
    bottom = _bottom(account, row)
    rows = range(row, bottom + 1)
    cols = sorted({c.col for line in rows for c in account.row(line)} | set(_merged_cols(account, cells)))
    heads = {col: path for col in cols if (path := tuple(_path(account, rows, col)))}
    slots = {col: slot for col, path in heads.items() if (slot := _slot(table, path))}
    return ItemHeader(row, bottom, heads, slots) if len(slots) >= _LEAST else None


def _merged_cols(account: Account, cells: Sequence[Cell]) -> Iterator[int]:
    for cell in cells:
        if merge := account.merge_at(cell.row, cell.col):
            yield from range(merge.left, merge.right + 1) if merge.bottom > cell.row else ()


def _bottom(account: Account, top: int) -> int:
    """The last line of the header: as far as its cells are merged down, and lines of words or units that go on."""
    merges = (account.merge_at(cell.row, cell.col) for cell in account.row(top))
    down = max((merge.bottom for merge in merges if merge), default=top)
    bottom = top
    while bottom < top + _MORE_LINES and (bottom < down or _goes_on(account, top, bottom + 1)):
        if any(map(is_figure, account.row(bottom + 1))):
            break
        bottom += 1
    return bottom


def _goes_on(account: Account, top: int, row: int) -> bool:
    """Whether nothing but units stands in a row, or words, though none under the first two: there items are named."""
    cells = account.row(row)
    if cells and all(bare_unit(packed(str(cell.value))) for cell in cells):
        return True
    named = {cell.col for cell in account.row(top)[:2]}
    words = all(cell.kind is CellKind.TEXT and _CHINESE.search(str(cell.value)) for cell in cells)
    return bool(cells) and words and not is_number_row(account, row) and not named & {cell.col for cell in cells}


def _path(account: Account, rows: range, col: int) -> Iterator[Cell]:
    """The cells over a column, each once; a group's heading that was not merged goes on over what is headed below."""
    seen: set[tuple[int, int]] = set()
    for row in rows:
        cell = account.at(row, col)
        below = any(account.at(line, col) for line in range(row + 1, rows.stop))
        if cell is None and below:
            left = next((c for c in reversed(account.row(row)) if c.col < col), None)
            is_group = left and account.merge_at(row, left.col) is None and account.at(row + 1, left.col)
            cell = left if is_group else None
        if cell and (cell.row, cell.col) not in seen:
            seen.add((cell.row, cell.col))
            yield cell


def _slot(table: UprightTable, path: Sequence[Cell]) -> Slot | None:
    """What a column means: by its words joined, or by the lowest where those above say nothing more."""
    levels = [str(cell.value) for cell in path]
    units = [f"({unit})" if (unit := bare_unit(packed(level))) else level for level in levels]
    slot = table.words.slot("/".join(units), " ".join(units)) or table.words.slot("".join(units), " ".join(units))
    words = [level for level in levels if not bare_unit(packed(level))]
    if slot is None and len(words) > 1 and all(_is_silent(table, level, words[-1]) for level in words[:-1]):
        slot = table.words.slot(words[-1], " ".join(units))
    return slot if slot and slot.column.repeatable else None


def _is_silent(table: UprightTable, upper: str, lower: str) -> bool:
    """Whether a group's heading says nothing that the words below it do not: 投资情况 over 总投资."""
    own = normalise_header(lower)
    parts = {own[start:stop] for start in range(len(own)) for stop in range(start + 2, len(own) + 1)}
    return "其中" not in packed(upper) and made_of(upper, {*table.layout.headings, *parts})


# ------------------------------------------------------------------ what its columns hold


def columns_of(table: UprightTable, observer: Observer, header: ItemHeader, rows: Collection[int]) -> dict[int, Slot]:
    """The columns that are read; give the header its roles, tell what doubts a column, pass over the others."""
    account = observer.account
    taken: dict[str, int] = {}
    doubled: dict[int, int] = {}
    for col, slot in header.slots.items():
        if (first := taken.setdefault(slot.column.code, col)) != col:
            doubled[col] = first
    for col, first in list(doubled.items()):
        if all(account.text(row, col) == account.text(row, first) for row in rows):
            account.mark((cell for cell in account.column(col) if cell.row in rows), Role.COPY)
            del doubled[col]
    strange = sorted({*doubled, *doubled.values()})
    if strange:
        _leave(observer, header, strange, rows, why="同一内容写了两栏，数字又不相同，无法确定以哪一栏为准")
    columns = {col: header.slots[col] for col in taken.values() if col not in strange}
    _others(table, observer, header, rows)
    for row in header.rows:
        account.mark(account.row(row), Role.HEADER)
    return columns


def _others(table: UprightTable, observer: Observer, header: ItemHeader, rows: Collection[int]) -> None:
    """Further columns of the list: passed over with a note; where one may be a column of the form's, told."""
    account = observer.account
    held = {slot.column.code for slot in header.slots.values()}
    owed = [c for c in table.words.form.columns if c.repeatable and (table.month is None or c.holds(table.month))]
    missing = [column for column in owed if column.code not in held]
    doubted: list[int] = []
    for col, heads in header.heads.items():
        if col in header.slots or head_of(heads[-1]) in SERIAL_HEADERS:
            continue
        cells = [cell for cell in account.column(col) if cell.row in rows]
        figures, words = any(map(is_figure, cells)), any(not is_figure(cell) for cell in cells)
        if any((words if column.is_text else figures) for column in missing) and not _is_remark(heads, figures=figures):
            doubted.append(col)
            continue
        if cells and not _is_remark(heads, figures=False):
            tell_other_figures(observer, heads[-1], [col])
        account.mark(cells, Role.NOTE if _is_remark(heads, figures=False) else Role.OTHER_FIGURES)
    if doubted:
        labels = "、".join(column.label.rpartition("/")[2] for column in missing)
        _leave(observer, header, doubted, rows, why=f"不是规定的栏目，规定的“{labels}”又没有")


def _is_remark(heads: Sequence[Cell], *, figures: bool) -> bool:
    return bool(REMARKS.search(head_of(heads[-1]))) and not figures


def _leave(observer: Observer, header: ItemHeader, cols: Sequence[int], rows: Collection[int], *, why: str) -> None:
    """Columns that are not read, told once with the words over them."""
    account = observer.account
    heads = [header.heads[col] for col in cols]
    account.mark((c for col in cols for c in account.column(col) if c.row in rows or c.row in header.rows), Role.FAULT)
    words = "、".join(dict.fromkeys("/".join(packed(str(cell.value)) for cell in path) for path in heads))
    tell_list_columns(observer, heads[0][-1], cols, words, why)
