"""A sheet holds one table: where a second one begins, stacked below or side by side, it is told and not read."""

from __future__ import annotations

from dataclasses import replace

from pipeline.catalog import Catalog
from pipeline.ingest.account import Account
from pipeline.ingest.area_labels import area_labels
from pipeline.ingest.area_words import AREA_HEADERS
from pipeline.ingest.areas_again import begins_again
from pipeline.ingest.areas_down import PAGE, AreaTable
from pipeline.ingest.faults import Faults
from pipeline.ingest.heading import BETWEEN_PAGES, TOTAL_ROWS, is_figure, packed
from pipeline.ingest.indicators_down import UprightTable
from pipeline.ingest.item_header import header_at
from pipeline.ingest.upright_columns import CONTINUED
from pipeline.ingest.upright_header import LABEL_HEADERS
from pipeline.model import Cell, CellKind, address

Place = tuple[int, int]

_HEADERS = AREA_HEADERS | frozenset(LABEL_HEADERS)
_TOTALS = TOTAL_ROWS | {"", "小计", "甲"}
_MORE_HEADS = 2
"""A header of a table names so many columns beside its first."""


def without_second_table(
    table: AreaTable | UprightTable, account: Account, catalog: Catalog, faults: Faults
) -> tuple[Account, int]:
    """The account of the first table alone, and how many cells of a second one are left out (a finding says so)."""
    again = begins_again(table, account, area_labels(catalog)) if isinstance(table, AreaTable) else None
    found = min(filter(None, (_below(table, account), again and (again, True))), default=None)
    found = found or _beside(table, account)
    if found is None:
        return account, 0
    (row, col), is_below = found
    start = _first_line(account, row) if is_below else row
    cells = account.sheet.cells
    rest = {place for place in cells if (place[0] >= start if is_below else place[1] >= col)}
    where = f"第{row + 1}行起" if is_below else f"{address(0, col)[:-1]}列起"
    words = packed(account.text(row, col))
    told = (
        f"{where}又有一张表（表头“{words}”），没有读入：一张工作表只能放一张表。"
        "请把两张表分放在两张工作表里；同一张表接着往下排的，请删去中间的表头，然后重新报送。"
    )
    if again == (row, col) and len(account.row(row)) == 1:
        told = (
            f"第{row + 1}行“{words}”以下没有读入，下面的数说的是“{words}”，或是另一张表。"
            "请把它放在另一张工作表里，或者删去；如就是本表的数，请删去这一行，然后重新报送。"
        )
    if isinstance(table, UprightTable) and not is_below:
        told = (
            f"{where}右边又有一排指标（“{words}”），没有读入：指标要从上到下排成一列。"
            "请把右边的各行接到左边的表下面，或另放一张工作表，然后重新报送。"
        )
    faults.add("F06", told, sheet=account.sheet.name, cell=address(row, col), value=words)
    first = {place: cell for place, cell in cells.items() if place not in rest}
    return Account(replace(account.sheet, cells=first), handed_out=account.handed_out), len(rest)


def _below(table: AreaTable | UprightTable, account: Account) -> tuple[Place, bool] | None:
    """The first header of a table under the first table's own header."""
    own = range(table.top if isinstance(table, AreaTable) else table.header, table.bottom + 1)
    for row in range(own.stop, account.last_row + 1):
        cells = account.row(row)
        if _is_printed_again(table, account, own, row):
            continue
        if isinstance(table, UprightTable) and header_at(account, table, row):
            return None  # the list of items, which belongs to the form
        heads = [cell for cell in cells if _is_head(cell)]
        others = [cell for cell in cells if cell.kind is CellKind.TEXT and cell not in heads[:1]]
        if heads and len(others) >= _MORE_HEADS and not any(map(is_figure, cells)):
            return (row, heads[0].col), True
    return None


def _beside(table: AreaTable | UprightTable, account: Account) -> tuple[Place, bool] | None:
    """A second header in the first table's own header rows, behind which the same words come again."""
    if isinstance(table, UprightTable):
        return _labels_beside(table, account)
    own, rows = table.area_col, range(table.top, table.bottom + 1)
    cells = [cell for row in rows for cell in account.row(row)]
    head = next((cell for cell in cells if cell.col > own and _is_head(cell)), None)
    if head is None:
        return None
    left = {packed(str(cell.value)) for cell in cells if cell.col < head.col}
    right = {packed(str(cell.value)) for cell in cells if cell.col >= head.col}
    return ((head.row, head.col), False) if len(left & right) >= _MORE_HEADS else None


def _labels_beside(table: UprightTable, account: Account) -> tuple[Place, bool] | None:
    """Behind a value column, another column of indicators, whatever heads it: what is right of it belongs to those."""
    values = (col for col in (*table.value_cols, *table.contested) if col > table.label_col)
    first = min(values, default=None)
    if first is None:
        return None
    labels: dict[int, int] = {}
    for row in range(table.bottom + 1, account.last_row + 1):
        for cell in account.row(row):
            if cell.col > first and cell.kind is CellKind.TEXT and table.by_label(str(cell.value)):
                labels[cell.col] = labels.get(cell.col, 0) + 1
    col = min((col for col, count in labels.items() if count >= _MORE_HEADS), default=None)
    if col is None:
        return None
    head = next((cell for cell in account.column(col) if cell.row >= table.header), None)
    return ((head.row if head else table.header, col), False)


def _is_printed_again(table: AreaTable | UprightTable, account: Account, own: range, row: int) -> bool:
    """Whether this is the first table's header on its next page: between it and the figures stands nothing new."""
    if not any(_texts(account, row) == _texts(account, header) for header in own):
        return False
    col = table.area_col if isinstance(table, AreaTable) else table.label_col
    before, behind = (
        {account.text(line, col) for line in lines if any(map(is_figure, account.row(line)))}
        for lines in (range(own.stop, row), range(row + 1, account.last_row + 1))
    )
    if (before & behind) - _TOTALS:
        return False
    said = {packed(str(cell.value)) for above in range(own.stop) for cell in account.row(above)}
    for above in range(row - 1, own.stop - 1, -1):
        cells = account.row(above)
        if any(map(is_figure, cells)):
            return True
        texts = [text for cell in cells if not BETWEEN_PAGES.fullmatch(text := packed(str(cell.value)))]
        if not all(CONTINUED.sub("", text) in said or PAGE.fullmatch(text) for text in texts):
            return False
    return False


def _texts(account: Account, row: int) -> dict[int, str]:
    return {cell.col: packed(str(cell.value)) for cell in account.row(row)}


def _is_head(cell: Cell) -> bool:
    return cell.kind is CellKind.TEXT and packed(str(cell.value)) in _HEADERS


def _first_line(account: Account, header: int) -> int:
    """The row in which what heads a table begins: behind the last blank row above its header, else the header."""
    blank = next((row for row in range(header - 1, -1, -1) if not account.row(row)), None)
    near = blank is not None and not any(
        is_figure(cell) for row in range(blank + 1, header) for cell in account.row(row)
    )
    return blank + 1 if blank is not None and near else header
