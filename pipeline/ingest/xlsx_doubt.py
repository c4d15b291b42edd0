"""A .xlsx that calamine refuses: its values by openpyxl, which forgives more of the parts around the sheets."""

from __future__ import annotations

import warnings
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from pipeline.ingest.calamine import Values
from pipeline.ingest.refusal import damaged

SECOND = "文件的内部结构不合规范（多见于其他软件导出的文件），已换一种方法读取，与文件原文逐格核对一致。"


def openpyxl_rows(data: bytes, names: list[str]) -> list[Values]:
    """Values of the sheets of these names, as calamine gives them: each from A1 on, blanks as empty texts.

    Raises Refused where openpyxl does not open the file either.
    """
    # Seldom needed and slow to import: a tenth of a second.
    import openpyxl

    try:
        with warnings.catch_warnings(action="ignore"):
            workbook = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            return [_rows(workbook[name]) for name in names]
    except MemoryError:
        raise
    # openpyxl raises a dozen kinds of errors on broken parts; all of them mean one thing.
    except Exception as error:
        raise damaged("工作簿结构不符合规范") from error


def _rows(sheet: Any) -> Values:
    sheet.reset_dimensions()
    return [[_plain(value) for value in row] for row in sheet.iter_rows(values_only=True)]


def _plain(value: Any) -> Any:
    """A value as calamine gives it: a day without a time of day is a date."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return float(value) if isinstance(value, int) and not isinstance(value, bool | date) else value
