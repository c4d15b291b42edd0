"""The one door to calamine, which reads values fast and may panic: whatever it stumbles over is damage of the file."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook

from pipeline.ingest.refusal import damaged

Values = list[list[Any]]
"""A sheet's values row by row from A1 on, blanks as empty texts."""


def read_values(data: bytes, sheets: Iterable[int | str]) -> list[Values]:
    """The values of these sheets, given by place or name; raise Refused where calamine does not read them.

    It lays out a sheet as far as its last cell: whoever asks knows that this is within the limits.
    """
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        return [_sheet(workbook, sheet).to_python(skip_empty_area=False) for sheet in sheets]
    # A panic of the Rust library arrives as a BaseException whose class cannot be imported.
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise damaged("工作簿结构不符合规范") from error


def _sheet(workbook: CalamineWorkbook, sheet: int | str) -> Any:
    return workbook.get_sheet_by_index(sheet) if isinstance(sheet, int) else workbook.get_sheet_by_name(sheet)
