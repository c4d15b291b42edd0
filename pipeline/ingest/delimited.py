"""Delimited text (csv and its kin): which characters, which delimiter, and whether it is a table at all."""

from __future__ import annotations

import csv
import re
from collections import Counter
from contextlib import suppress
from io import StringIO
from itertools import islice

from pipeline.ingest import limits
from pipeline.ingest.refusal import SEND_EXCEL, Refused, too_big
from pipeline.model import Cell, CellKind, Grid, Sheet

SHEET = "csv"
DELIMITERS = ("\t", ",", ";")

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_BINARY = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")
_SAMPLE_ROWS = 200

COMMON_SHARE = 0.8
"""Of office text in simplified Chinese 97 % and more of the characters are of GB 2312 level 1; a Big5 file decoded
as GB18030 has less than half."""


def open_delimited(data: bytes) -> Grid:
    """Open delimited text, every cell as text; raise Refused for what is not surely read or is no table."""
    records = read_records(decode(data))
    cells: dict[tuple[int, int], Cell] = {}
    for row, record in enumerate(records):
        if len(record) > limits.MAX_COLUMNS:
            raise too_big(f"第{row + 1}行有{len(record)}列（最多{limits.MAX_COLUMNS}列）")
        for col, text in enumerate(record):
            if text.strip():
                cells[row, col] = Cell(row, col, CellKind.TEXT, text)
        if len(cells) > limits.MAX_CELLS:
            raise too_big(f"有内容的单元格超过{limits.MAX_CELLS}个")
    return Grid("csv", [Sheet(SHEET, cells)])


# ------------------------------------------------------------------ characters


def decode(data: bytes) -> str:
    """The text of the bytes: by mark, else strict UTF-8, else GB18030 where it reads as Chinese; else Refused."""
    text = _decoded(data)
    if _BINARY.search(text):
        raise Refused(
            "F02", f"文件不是表格，也不是文字（内容是二进制数据）。请核对是否发错文件；如是报表，{SEND_EXCEL}"
        )
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise _unsure() from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if b"\0" in data:
        return "\0"
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _unsure() from error
    if not reads_as_chinese(text):
        raise _unsure()
    return text


def reads_as_chinese(text: str) -> bool:
    """Whether nearly all that is not ASCII is common simplified Chinese, or full-width punctuation."""
    foreign = Counter(sign for sign in text if sign > "\x7f")
    common = sum(count for sign, count in foreign.items() if _is_common(sign))
    return common >= COMMON_SHARE * foreign.total()


def _is_common(sign: str) -> bool:
    """Of GB 2312: the symbols of rows 1 to 3, and level 1, the 3,755 characters of daily use."""
    code = sign.encode("gb18030")
    if len(code) != 2 or code[1] < 0xA1:
        return False
    return 0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7


def _unsure() -> Refused:
    return Refused(
        "F01",
        "文字编码无法确定（不是 UTF-8，也不像简体中文的 GB18030，可能是繁体 Big5 或文件已损坏），"
        f"没有读取，以免成为乱码。{SEND_EXCEL}",
    )


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
