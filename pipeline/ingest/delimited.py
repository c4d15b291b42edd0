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
from pipeline.ingest.ragged import ends_in_figures, ends_short, unsure_rows
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

_GUARDED = re.compile(r'="([^"]*)"')
"""How exports keep Excel from changing a number or a code; Excel itself shows what stands within."""
_GUARDING_TAB = re.compile(r"\t+(?=[,;|]|[\r\n]|\Z)|(?<=[,;|])\t+")
"""A tab beside another delimiter keeps Excel from changing what stands before it, and is no delimiter itself."""
_UNWRAPPED = '有些内容写成 ="…" 的形式（导出程序为防止 Excel 改动格式而加），已按引号里的内容读取。'
_ONE_LINE = (
    "文件只有一行文字，不是报表。请核对是否发错文件；如应是报表，可能没有导出完整或没有传完，请重新导出后重新报送。"
)
_NO_LAST_LINE_END = "文件最后一行（第{row}行）末尾没有换行，可能没有传完，请核对这一行的数是否完整。"


def open_delimited(data: bytes) -> Grid:
    """Open delimited text, every cell as text; raise Refused for what is not surely read or is no table."""
    lines = max(data.count(b"\n"), data.count(b"\r"))
    if lines > limits.MAX_LINES:
        raise too_big(f"有{lines}行（最多{limits.MAX_LINES}行）")
    found = decode(data.rstrip(_END_OF_FILE))
    records = read_records(found.text)
    notes = list(found.notes)
    if _unwrap(records):
        notes.append(_UNWRAPPED)
    unread = [(address(row, 0), Unread.RAGGED) for row in unsure_rows(records)]
    last = len(records) - 1
    if ends_short(found.text, records):
        unread.append((address(last, len(records[last]) - 1), Unread.CUT_OFF))
    elif ends_in_figures(found.text, records):
        notes.append(_NO_LAST_LINE_END.format(row=last + 1))
    return Grid("csv", [Sheet(SHEET, _cells(records), unread=unread)], notes)


def _cells(records: list[list[str]]) -> dict[tuple[int, int], Cell]:
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
    return cells


def _unwrap(records: list[list[str]]) -> bool:
    """Take the guards off, and say whether there were any."""
    guarded = False
    for record in records:
        for col, text in enumerate(record):
            if found := _GUARDED.fullmatch(text.strip()):
                record[col], guarded = found[1], True
    return guarded


# ------------------------------------------------------------------ rows


def read_records(text: str, rows_alike: int = 2) -> list[list[str]]:
    """The rows of a table; raise Refused where the text is none or its quotes do not close.

    A table is where at least `rows_alike` rows have the same number of columns, above one.
    """
    stated = _STATED.match(text)
    text = text[stated.end() :] if stated else text
    delimiter = stated[1] if stated else _delimiter(text, rows_alike)
    if delimiter is None and len(text.strip().splitlines()) == 1 and rows_alike > 1:
        raise Refused("F02", _ONE_LINE)
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
    """The delimiter by which most rows have the same width, of several the one with the widest; None for too few."""
    best: tuple[int, int] = (0, 0)
    chosen: str | None = None
    for delimiter in DELIMITERS:
        widths: Counter[int] = Counter()
        seen = _GUARDING_TAB.sub("", text) if delimiter == "\t" else text
        # What breaks off here is said with its line when the rows are read.
        with suppress(csv.Error):
            for record in islice(csv.reader(StringIO(seen, newline=""), delimiter=delimiter), _SAMPLE_ROWS):
                widths[len(record)] += len(record) > 1
        width, alike = max(widths.items(), key=lambda found: found[::-1], default=(0, 0))
        if alike >= rows_alike and (alike, width) > best:
            best, chosen = (alike, width), delimiter
    return chosen
