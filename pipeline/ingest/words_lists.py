"""Lists in a form of words, one row an entry (信贷产品清单): a table of its own, or a table inside an item's cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from pipeline.ingest.account import Account
from pipeline.ingest.declared import says
from pipeline.ingest.heading import packed
from pipeline.ingest.matching import Words, folded
from pipeline.ingest.observe import Slot
from pipeline.model import Cell, CellKind

Place = tuple[int, int]

REMARK_HEADERS = frozenset(("备注", "说明", "附注"))
LONGEST_REMARK = 10
TOTAL_NAMES = frozenset(("合计", "总计", "小计", "共计"))
"""A row of this name is no product."""
SERIAL_HEADERS = frozenset(("序号", "编号", "行次", "行号"))
LONGEST_HEAD = 24
MIN_COLUMNS = 2

_SIGNED = re.compile(
    r"(?:(?:单位|部门|分管)?(?:负责人|领导)|填表人|填报人|制表人?|审核人?|复核人?|经办人?|联系电话|电话|传真"
    r"|(?:报出|填报|填表|制表|报送)?日期|填报单位(?=[(](?:签章|盖章|公章))|[(]?(?:签章|盖章|公章)|附?注|备注|(?:填[报表])?说明)"
    r"(?:$|[:(、)])"
)


def is_signature(cells: Sequence[Cell]) -> bool:
    """Whether a line begins like 「单位负责人：… 填表人：…」 or 「注：…」."""
    return bool(cells) and bool(_SIGNED.match(packed(str(cells[0].value))))


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list found: its header row, what each column means, its rows; other columns are not the form's."""

    header: int
    columns: Mapping[int, Slot]
    serial: frozenset[int]
    strange: tuple[int, ...]
    rows: tuple[int, ...]

    @property
    def places(self) -> set[Place]:
        """Every place between its header and its last row, in its own columns."""
        cols = {*self.columns, *self.serial, *self.strange}
        return {(row, col) for row in (self.header, *self.rows) for col in cols}


def item_lists(account: Account, words: Words, labels: Set[Place]) -> Iterator[ItemList]:
    """Every list of the sheet; `labels` are the places of item labels, at which a list ends."""
    below = -1
    for row in sorted({row for row, _ in account.sheet.cells}):
        columns = _columns(account.row(row), words) if row > below else {}
        if len(columns) < MIN_COLUMNS:
            continue
        first = min(columns)
        others = [c.col for c in account.row(row) if c.col not in columns and (row, c.col) not in labels]
        serial = frozenset(col for col in others if packed(account.text(row, col)) in SERIAL_HEADERS)
        strange = tuple(col for col in others if col not in serial and col > first)
        rows = tuple(_rows(account, row, columns, labels, words))
        below = max((row, *rows))
        yield ItemList(row, columns, serial, strange, rows)


def _columns(cells: Sequence[Cell], words: Words) -> dict[int, Slot]:
    columns: dict[int, Slot] = {}
    for cell in cells:
        text = str(cell.value)
        if cell.kind is CellKind.TEXT and len(text) <= LONGEST_HEAD and not text.isascii():
            slot = words.slot(text, text)
            if slot and slot.column.repeatable:
                columns[cell.col] = slot
    return columns


def _rows(
    account: Account, header: int, columns: Mapping[int, Slot], labels: Set[Place], words: Words
) -> Iterator[int]:
    """The rows below a header up to a blank one, a label, another header or a signature.

    An entry may have a name alone only where it has a number too, or stands in a document's table: a single text may
    be any line below the list. A list may say in its first row that it is as last month.
    """
    for row in range(header + 1, account.last_row + 1):
        line = account.row(row)
        own = [cell for cell in line if cell.col in columns]
        if row == header + 1 and len(line) == 1 and says(str(line[0].value), None):
            yield row
            return
        if not line and any((row, col) in account.sheet.places for col in columns):
            continue  # a blank row of a document's table lies between products; on a sheet it ends the list
        if not own or any((row, cell.col) in labels for cell in line) or is_signature(line):
            return
        if len(_columns(line, words)) >= MIN_COLUMNS:
            return
        if len(own) == 1 and not _is_entry(account, own[0], line, columns):
            return
        yield row


def _is_entry(account: Account, cell: Cell, line: Sequence[Cell], columns: Mapping[int, Slot]) -> bool:
    numbered = cell.col == min(columns) and line[-1] is cell and line[0] is not cell
    return numbered or any((cell.row, col) in account.sheet.places for col in columns if col != cell.col)


# ------------------------------------------------------------------ a table inside a cell


@dataclass(frozen=True, slots=True)
class InnerList:
    """A table inside a cell: what each column means, the entries' texts by row, and the words around it."""

    columns: Mapping[int, Slot]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    words: str
    is_ragged: bool
    """Some row has more or fewer cells than the header."""


def inner_list(text: str, words: Words) -> InnerList | None:
    """The list that stands in a cell's lines, cells a tab apart; None where there is none."""
    lines = text.split("\n")
    for header, line in enumerate(lines):
        if "\t" not in line:
            continue
        heads = line.split("\t")
        slots = {col: words.slot(head, head) for col, head in enumerate(heads) if head.strip()}
        columns = {col: slot for col, slot in slots.items() if slot and slot.column.repeatable}
        if len(columns) < MIN_COLUMNS:
            continue
        entries: list[tuple[int, tuple[str, ...]]] = []
        end = header + 1
        while end < len(lines) and "\t" in lines[end]:
            entries.append((end - header + 1, tuple(lines[end].split("\t"))))
            end += 1
        known = {*columns, *(col for col, head in enumerate(heads) if folded(head) in SERIAL_HEADERS)}
        strange = any(len(cells) != len(heads) for _, cells in entries) or len(known) < len(heads)
        around = "\n".join([*lines[:header], *lines[end:]])
        return InnerList(columns, tuple(entries), around, strange)
    return None
