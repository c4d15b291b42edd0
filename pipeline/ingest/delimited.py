"""Delimited text (csv and its kin): which characters, which delimiter, and whether it is a table at all."""

from __future__ import annotations

import csv
from collections import Counter
from contextlib import suppress
from io import StringIO
from itertools import islice

from pipeline.ingest import limits
from pipeline.ingest.characters import decode
from pipeline.ingest.refusal import SEND_EXCEL, Refused, too_big
from pipeline.model import Cell, CellKind, Grid, Sheet

SHEET = "csv"
DELIMITERS = ("\t", ",", ";")

_SAMPLE_ROWS = 200


def open_delimited(data: bytes) -> Grid:
    """Open delimited text, every cell as text; raise Refused for what is not surely read or is no table."""
    found = decode(data)
    records = read_records(found.text)
    cells: dict[tuple[int, int], Cell] = {}
    for row, record in enumerate(records):
        if len(record) > limits.MAX_COLUMNS:
            raise too_big(f"第{row + 1}行有{len(record)}列（最多{limits.MAX_COLUMNS}列）")
        for col, text in enumerate(record):
            if text.strip():
                cells[row, col] = Cell(row, col, CellKind.TEXT, text)
        if len(cells) > limits.MAX_CELLS:
            raise too_big(f"有内容的单元格超过{limits.MAX_CELLS}个")
    return Grid("csv", [Sheet(SHEET, cells)], found.notes)


# ------------------------------------------------------------------ rows


def read_records(text: str, rows_alike: int = 2) -> list[list[str]]:
    """The rows of a table; raise Refused where the text is none or its quotes do not close.

    A table is where at least `rows_alike` rows have the same number of columns, above one.
    """
    delimiter = _delimiter(text, rows_alike)
    if delimiter is None:
        raise Refused(
            "F02",
            "文件内容是一般文字，不是表格。请核对是否发错文件；如是报表，请用 Excel 填好后另存为 .xlsx 重新报送。",
        )
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        raise Refused(
            "F01", f"第{reader.line_num}行的引号不成对，或有一格过长，后面的内容无法确定。{SEND_EXCEL}"
        ) from error


def _delimiter(text: str, rows_alike: int) -> str | None:
    """The delimiter by which most rows have the same width above one; None where too few have."""
    best: tuple[int, str] | None = None
    for delimiter in DELIMITERS:
        widths: Counter[int] = Counter()
        # What breaks off here is said with its line when the rows are read.
        with suppress(csv.Error):
            for record in islice(csv.reader(StringIO(text, newline=""), delimiter=delimiter), _SAMPLE_ROWS):
                widths[len(record)] += len(record) > 1
        alike = max(widths.values(), default=0)
        if alike >= rows_alike and (best is None or alike > best[0]):
            best = (alike, delimiter)
    return best[1] if best else None
