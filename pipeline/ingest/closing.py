"""The end of a sheet's account: titles and notes get their role, hidden rows are told, the rest is a finding."""

from __future__ import annotations

from itertools import groupby

from pipeline.ingest.account import Account, Role
from pipeline.ingest.faults import Faults
from pipeline.ingest.heading import is_figure, is_footer
from pipeline.model import Cell, CellKind, address


def close(account: Account, faults: Faults, header_top: int, last_row: int) -> None:
    """Account for every cell that the table's reader left over."""
    for row, cells in groupby(account.open_cells(), key=lambda cell: cell.row):
        _close_row(account, faults, list(cells), row, header_top, last_row)
    _tell_hidden(account, faults)


def _close_row(account: Account, faults: Faults, cells: list[Cell], row: int, header_top: int, last_row: int) -> None:
    """Words above the table are its heading, words below it notes; a line with figures in it is one finding."""
    line = account.row(row)
    silent = not any(map(is_figure, cells)) and all(cell.kind in (CellKind.TEXT, CellKind.DATE) for cell in cells)
    if row < header_top and (silent or any(cell.kind is CellKind.TEXT and not is_figure(cell) for cell in line)):
        account.mark(cells, Role.HEADER)
    elif row > last_row and (silent or is_footer(line)):
        account.mark(cells, Role.NOTE)
    else:
        account.mark(cells, Role.FAULT)
        first = next(filter(is_figure, cells), cells[0])
        words = "、".join(str(cell.value)[:20] for cell in cells[:6])
        faults.add(
            "F06",
            f"内容“{words}”不在本表的指标和县区之内，没有读入。请核对是否错位、是否改了指标名称；不需要的内容请删去后重新报送。",
            sheet=account.sheet.name,
            cell=first.address,
            value=words,
        )


def _tell_hidden(account: Account, faults: Faults) -> None:
    sheet = account.sheet
    rows = sorted({row for row, _ in sheet.cells if row in sheet.hidden_rows})
    cols = sorted({col for _, col in sheet.cells if col in sheet.hidden_cols})
    if not rows and not cols:
        return
    names = [f"第{row + 1}行" for row in rows] + [f"{address(0, col)[:-1]}列" for col in cols]
    faults.add(
        "F08",
        f"有隐藏的行列（{'、'.join(names)}），内容已照常读取。请确认这些数据应当报送，取消隐藏或说明原因。",
        sheet=sheet.name,
        cell=address(rows[0] if rows else 0, cols[0] if cols else 0),
        value="、".join(names),
    )
