"""Delimited text (csv and its kin): which characters, which delimiter, and whether it is a table at all."""

from __future__ import annotations

import csv
import re
from collections import Counter
from contextlib import suppress
from io import StringIO
from itertools import islice

from pipeline.ingest import limits
from pipeline.ingest.characters import decode
from pipeline.ingest.refusal import SEND_EXCEL, Refused, too_big
from pipeline.ingest.unread import Unread
from pipeline.model import Cell, CellKind, Grid, Sheet, address

SHEET = "csv"
DELIMITERS = ("\t", ",", ";", "|")

_SAMPLE_ROWS = 200
_END_OF_FILE = b"\x1a"
"""DOS ended its texts with this sign."""

_STATED = re.compile(r"sep=([\t,;|])\r?\n", re.IGNORECASE)
"""A first line for Excel that names the delimiter; Excel counts its rows from the next."""

_NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+%?")


def open_delimited(data: bytes) -> Grid:
    """Open delimited text, every cell as text; raise Refused for what is not surely read or is no table."""
    lines = max(data.count(b"\n"), data.count(b"\r"))
    if lines > limits.MAX_LINES:
        raise too_big(f"有{lines}行（最多{limits.MAX_LINES}行）")
    found = decode(data.rstrip(_END_OF_FILE))
    records = read_records(found.text)
    cells: dict[tuple[int, int], Cell] = {}
    for row, record in enumerate(records):
        if len(record) > limits.MAX_COLUMNS:
            told = f"第{row + 1}行有{len(record)}列（最多{limits.MAX_COLUMNS}列）"
            raise too_big(told, sheet=SHEET, cell=address(row, limits.MAX_COLUMNS))
        for col, text in enumerate(record):
            if text.strip():
                cells[row, col] = Cell(row, col, CellKind.TEXT, text)
        if len(cells) > limits.MAX_CELLS:
            raise too_big(f"有内容的单元格超过{limits.MAX_CELLS}个")
    unread = [(address(row, 0), Unread.RAGGED) for row in _ragged(records)]
    return Grid("csv", [Sheet(SHEET, cells, unread=unread)], found.notes)


# ------------------------------------------------------------------ rows


def read_records(text: str, rows_alike: int = 2) -> list[list[str]]:
    """The rows of a table; raise Refused where the text is none or its quotes do not close.

    A table is where at least `rows_alike` rows have the same number of columns, above one.
    """
    stated = _STATED.match(text)
    text = text[stated.end() :] if stated else text
    delimiter = stated[1] if stated else _delimiter(text, rows_alike)
    if delimiter is None and len(text.strip().splitlines()) == 1 and rows_alike > 1:
        raise Refused("F02", "文件只有一行内容，不是完整的报表，可能没有传完。请重新导出或重新发送。")
    if delimiter is None:
        raise Refused(
            "F02",
            "文件内容是一般文字，不是表格。请核对是否发错文件；如是报表，请用 Excel 填好后另存为 .xlsx 重新报送。",
        )
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[list[str]] = []
    lines = 0
    try:
        for record in reader:
            records.append(record)
            lines = reader.line_num
    except csv.Error as error:
        raise _broken_off(len(records), within_line=reader.line_num == lines + 1, why=str(error)) from error
    return records


def _broken_off(row: int, *, within_line: bool, why: str) -> Refused:
    """What is told of a row that csv does not read: a cell too long, or one whose quote takes in what follows."""
    if within_line and "field larger" in why:
        told = f"第{row + 1}行有一格的文字超过{csv.field_size_limit()}个字"
        return too_big(told, sheet=SHEET, cell=address(row, 0))
    told = f"第{row + 1}行的引号不成对，后面的内容无法分格。请核对这一行，删去多余的引号；{SEND_EXCEL}"
    return Refused("F01", told, sheet=SHEET, cell=address(row, 0))


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


def _ragged(records: list[list[str]]) -> list[int]:
    """Rows of figures with another number of columns than most, and than any heading above them: a figure is lost."""
    figures = {row: record for row, record in enumerate(records) if _figures(record) > 1}
    headings = [(row, len(record)) for row, record in enumerate(records) if row not in figures and _filled(record) > 1]
    widths = Counter(map(len, figures.values()))
    stated = {width for _, width in headings}
    usual = max(widths, key=lambda width: (widths[width], width in stated), default=0)
    return [
        row
        for row, record in figures.items()
        if len(record) != usual and len(record) not in {width for above, width in headings if above < row}
    ]


def _figures(record: list[str]) -> int:
    return sum(_NUMBER.fullmatch(text.strip()) is not None for text in record)


def _filled(record: list[str]) -> int:
    return sum(bool(text.strip()) for text in record)
