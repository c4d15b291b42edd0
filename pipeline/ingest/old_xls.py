"""Workbooks from before Excel 97 (BIFF 2 to 5): their texts are bytes, in an encoding that the file may state wrongly.

Systems of the nineties that export "Excel 5.0" write Chinese and state a western code page, or none.
"""

from __future__ import annotations

import re
from io import StringIO

import xlrd

from pipeline.ingest.characters import FREQUENT_SHARE, frequent_share, reads_as_chinese
from pipeline.ingest.refusal import SEND_EXCEL, Refused

_CHINESE = "gb18030"
_NOT_WESTERN = re.compile("[\u0250-\U0010ffff]|[\x80-\u024f]{2}")
"""In western languages a letter with an accent rarely stands next to another."""

_UNSURE = f"文件是很早的 Excel 格式（旧版 Excel），里面的文字是什么编码无法确定，没有读取，以免成为乱码。{SEND_EXCEL}"


def open_old(stream: bytes) -> xlrd.Book:
    """Open it by the encoding that it states where the texts are Chinese then, or plain; else as GB18030."""
    try:
        stated = _open(stream, None)
        if _is_sure(texts := _texts(stated)):
            return stated
    except UnicodeDecodeError:
        stated, texts = None, ""
    try:
        chinese = _open(stream, _CHINESE)
        if _is_sure(_texts(chinese)):
            return chinese
    except UnicodeDecodeError:
        pass
    if stated is None or _NOT_WESTERN.search(texts):
        raise Refused("F01", _UNSURE)
    return stated


def _open(stream: bytes, encoding: str | None) -> xlrd.Book:
    return xlrd.open_workbook(
        file_contents=stream, formatting_info=True, ragged_rows=True, encoding_override=encoding, logfile=StringIO()
    )


def _texts(book: xlrd.Book) -> str:
    texts = [sheet.name for sheet in book.sheets()]
    for sheet in book.sheets():
        for row in range(sheet.nrows):
            texts += [value for value in sheet.row_values(row) if isinstance(value, str)]
    return "".join(texts)


def _is_sure(texts: str) -> bool:
    return reads_as_chinese(texts) and frequent_share(texts) >= FREQUENT_SHARE
