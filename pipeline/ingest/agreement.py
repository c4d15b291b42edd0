"""A second opinion: what our own pass or xlrd has read of a workbook, compared with what calamine reads."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from pipeline.ingest.calamine import Values, read_values
from pipeline.ingest.refusal import SEND_EXCEL, Refused
from pipeline.ingest.serial import read_serial
from pipeline.model import Cell, CellKind, Grid, Sheet, address


def read_in_two_ways(sheet: str, cell: str) -> Refused:
    """Two readings disagree at a cell, or in how many cells there are."""
    place = f"工作表“{sheet}”" + (f"单元格{cell}" if cell else "")
    return Refused(
        "F01", f"{place}的内容用两种方法读出的结果不一致，为防止读错数没有读取。{SEND_EXCEL}", sheet=sheet, cell=cell
    )


def confirm(grid: Grid, whole: bytes) -> None:
    """Raise Refused unless calamine reads the same of the file, cell by cell."""
    for sheet, rows in zip(grid.sheets, read_values(whole, [sheet.name for sheet in grid.sheets]), strict=True):
        _agree(sheet, rows)


def _agree(sheet: Sheet, rows: Values) -> None:
    others = {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row) if _is_filled(value)}
    for place, cell in sheet.cells.items():
        if not _same(cell, others.pop(place, "")):
            raise read_in_two_ways(sheet.name, address(*place))
    if others:
        raise read_in_two_ways(sheet.name, address(*min(others)))


def _is_filled(value: Any) -> bool:
    return value.strip() != "" if isinstance(value, str) else True


def _same(cell: Cell, other: Any) -> bool:
    """Whether two readings agree; calamine knows nothing of errors, and dates what is no day as it likes."""
    if cell.kind in (CellKind.ERROR, CellKind.UNCALCULATED):
        return True
    if cell.kind is CellKind.NUMBER and isinstance(other, date | time | timedelta):
        return read_serial(float(cell.value), since_1904=False)[0] is CellKind.NUMBER  # type: ignore[arg-type]
    if cell.kind is CellKind.DATE:
        return (
            not isinstance(cell.value, date) or not isinstance(other, date) or str(other)[:10] == str(cell.value)[:10]
        )
    return bool(cell.value == other)
