"""Sheets that came with our own blank form 「审核、上月数、填报说明」: passed over, but only as we wrote them."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ingest.account import Account, Role
from pipeline.ingest.faults import Faults
from pipeline.model import Cell, Grid, Sheet
from pipeline.model.own_sheets import (
    CHECKS,
    FIGURES_HEADER,
    FIRST_FORMULA,
    FIRST_TIME,
    LAST_COLUMN,
    LAST_MONTH,
    PLACE,
    TITLE,
    Place,
    PrintedFigure,
    claims,
    holds,
)


def is_handed_out(grid: Grid) -> bool:
    """Whether a workbook is a blank form of ours that somebody has filled in."""
    return any(claims_to_be_ours(sheet) and _is_as_written(sheet) for sheet in grid.sheets)


def claims_to_be_ours(sheet: Sheet) -> bool:
    """Whether a sheet says in its place that it is ours, whatever it is called.

    Of two forms in one workbook a spreadsheet program calls the second one's sheets 审核 (2), 填报说明 (2).
    """
    cell = sheet.cells.get(PLACE)
    return cell is not None and claims(str(cell.value).strip())


def account_for(account: Account, faults: Faults) -> None:
    """Pass over a sheet that is as we wrote it; tell of one in which anything was changed or added."""
    sheet = account.sheet
    if _is_as_written(sheet):
        account.mark(sheet.cells.values(), Role.OWN_SHEET)
        return
    account.mark(sheet.cells.values(), Role.FAULT)
    stray = next(_strays(sheet), None)
    faults.add(
        "F06",
        f"这张工作表是随空白表印发的“{sheet.name}”，内容却与印发时不同，没有读入。"
        "要报的数请填在报表里；这张请恢复原样或删去，然后重新报送。",
        sheet=sheet.name,
        cell=stray.address if stray else sheet.place(*PLACE),
    )


def printed_figures(grid: Grid) -> list[PrintedFigure]:
    """What our sheet of earlier figures tells, as we wrote it; nothing where it is gone or was changed."""
    return [
        printed
        for sheet in grid.sheets
        if _says_first(sheet).startswith(LAST_MONTH) and claims_to_be_ours(sheet) and _is_as_written(sheet)
        for printed in _printed(sheet)
    ]


def _says_first(sheet: Sheet) -> str:
    title = sheet.cells.get(TITLE)
    return str(title.value) if title else ""


def _printed(sheet: Sheet) -> Iterator[PrintedFigure]:
    """Area, label, unit of measure, and a figure under each time; the list of items below has no such columns."""
    heads = {col: str(cell.value) for (row, col), cell in sheet.cells.items() if row == FIGURES_HEADER}
    for (row, col), cell in sorted(sheet.cells.items()):
        words = [sheet.cells.get((row, at)) for at in range(FIRST_TIME)]
        if row > FIGURES_HEADER and col >= FIRST_TIME and col in heads and isinstance(cell.value, int | float):
            area, label, unit = (str(one.value) if one else "" for one in words)
            if area:
                yield PrintedFigure(area, label, unit, heads[col], cell.value)


def _is_as_written(sheet: Sheet) -> bool:
    if next(_strays(sheet), None):
        return False
    said = str(sheet.cells[PLACE].value).strip()
    return holds(said, _fixed(sheet))


def _strays(sheet: Sheet) -> Iterator[Cell]:
    """Formulas where we write none."""
    checks = _says_first(sheet).startswith(CHECKS)
    for (row, col), cell in sheet.cells.items():
        if cell.formula and not (checks and row >= FIRST_FORMULA and col < LAST_COLUMN):
            yield cell


def _fixed(sheet: Sheet) -> Iterator[Place]:
    for (row, col), cell in sheet.cells.items():
        if not cell.formula and (row, col) != PLACE:
            yield row, col, cell.value if isinstance(cell.value, int | float) else str(cell.value)
