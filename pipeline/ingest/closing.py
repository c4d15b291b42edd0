"""The end of a sheet's account: titles and notes get their role, hidden rows are told, the rest is a finding."""

from __future__ import annotations

from pipeline.ingest.account import Account, Role
from pipeline.ingest.faults import Faults
from pipeline.ingest.heading import FOOTER, plain
from pipeline.model import CellKind, address


def close(account: Account, faults: Faults, header_top: int, last_row: int) -> None:
    """Account for every cell that the table's reader left over."""
    for cell in account.open_cells():
        if cell.row < header_top and (cell.kind is CellKind.TEXT or _beside_words(account, cell.row)):
            account.mark([cell], Role.HEADER)
        elif cell.row > last_row and (cell.kind is CellKind.TEXT or _beside_footer(account, cell.row)):
            account.mark([cell], Role.NOTE)
    for cell in account.open_cells():
        account.mark([cell], Role.FAULT)
        faults.add(
            "F06",
            f"内容“{str(cell.value)[:40]}”不在本表的指标和县区之内，没有读入。请核对是否错位；不需要的内容请删去后重新报送。",
            sheet=account.sheet.name,
            cell=cell.address,
            value=str(cell.value)[:80],
        )
    _tell_hidden(account, faults)


def _beside_words(account: Account, row: int) -> bool:
    return any(cell.kind is CellKind.TEXT for cell in account.row(row))


def _beside_footer(account: Account, row: int) -> bool:
    return any(cell.kind is CellKind.TEXT and FOOTER.search(plain(cell.value)) for cell in account.row(row))


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
