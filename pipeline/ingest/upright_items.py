"""The list of items below an upright form: the projects of a county's return, a row each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.ingest.account import Account, Role
from pipeline.ingest.header_lines import is_number_row, is_unit_row
from pipeline.ingest.heading import TOTAL_ROWS, is_figure, is_footer, packed
from pipeline.ingest.observe import Observer, Slot
from pipeline.ingest.upright_header import SERIAL_HEADERS, UprightTable, head_of
from pipeline.model import Cell

_SUM = re.compile(
    r"(?:(?:全|本)?[县市区])?(?:(?:[一二三四五六七八九十]+|\d+)个|各|全部)?(?:项目)?(?:[合总小共累]?计|total|sum)[数额]?"
    r"(?:\(共?\d+个(?:项目)?\))?:?|共(?:[一二三四五六七八九十]+|\d+)个项目:?",
    re.IGNORECASE,
)
"""The label of a row that sums the items up: 项目合计, 合计(3个), 共3个项目."""


def read_items(table: UprightTable, observer: Observer, area: str, institution: str, start: int) -> int:
    """Read the list that begins at this row or below; return its last row, or the row before where there is none."""
    account = observer.account
    for row in range(start, account.last_row + 1):
        columns = dict(item_columns(account, table, row))
        if len(columns) < 2:
            continue
        account.mark((c for c in account.row(row) if c.col in columns or head_of(c) in SERIAL_HEADERS), Role.HEADER)
        _mark_heading_above(account, row)
        return _read_item_rows(observer, row, columns, area, institution)
    return start - 1


def _mark_heading_above(account: Account, header: int) -> None:
    """The list's own heading, alone in the nearest line above; what else stands between is not understood."""
    above = next((row for row in range(header - 1, -1, -1) if account.row(row)), -1)
    cells = account.row(above)
    if len(cells) == 1 and not is_figure(cells[0]):
        account.mark(cells, Role.HEADER)


def item_columns(account: Account, table: UprightTable, row: int) -> Iterator[tuple[int, Slot]]:
    """The cells of a row that head a list of items, and what each means."""
    for cell in account.row(row):
        slot = table.words.slot(str(cell.value), str(cell.value))
        if slot and slot.column.repeatable:
            yield cell.col, slot


def _read_item_rows(observer: Observer, header: int, columns: Mapping[int, Slot], area: str, institution: str) -> int:
    account = observer.account
    observer.item_header = range(header, header + 1)
    first = min(columns)
    last, item = header, 0
    for row in range(header + 1, account.last_row + 1):
        cells = [cell for cell in account.row(row) if cell.col in columns]
        figures = any(is_figure(cell) for cell in cells if not columns[cell.col].column.is_text)
        if len(cells) < 2 or (is_footer(account.row(row)) and not figures):
            break
        last = row
        if not item and (is_number_row(account, row) or is_unit_row(account, row)):
            account.mark(account.row(row), Role.HEADER)
            continue
        if any(_is_sum(cell) for cell in account.row(row) if cell.col <= first):
            account.mark(account.row(row), Role.TYPED_SUM)
            continue
        item += 1
        account.mark((c for c in account.row(row) if c.col < first), Role.SERIAL)
        for col, slot in columns.items():
            observer.observe(row, col, slot, area, institution, item=item)
    return last


def _is_sum(cell: Cell) -> bool:
    words = packed(str(cell.value))
    return words in TOTAL_ROWS or bool(_SUM.fullmatch(words))
