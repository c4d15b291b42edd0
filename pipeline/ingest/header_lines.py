"""Rows below the words of a header that are still of it: units of measure, one a column, and numbers of columns."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.catalog import normalise_header
from pipeline.ingest.account import Account
from pipeline.ingest.header_units import bare_unit
from pipeline.ingest.heading import packed, plain

_ORDINALS = frozenset("甲乙丙丁戊")
_NUMBERED = re.compile(r"\(?(\d{1,2})\)?栏?(?:=[\d()+*/×÷%-]+)?")
"""The number of a column, and how it is reckoned from others: (3)=(1)+(2)."""
_NUMBERS_OF = frozenset({"栏次", "栏号", "列次", "列号"})
_UNITS_OF = ("单位", "计量单位")


@lru_cache(maxsize=4096)
def bare_head(text: str) -> str:
    """A header word as it is compared, without the ordinal that some print in the same cell: 「指标名称 甲」."""
    return re.sub(r"\(?[甲乙丙丁戊\d]\)?$", "", normalise_header(text))


def with_tail(account: Account, bottom: int) -> int:
    """The last row of a header once rows of units and of column numbers below it are counted in."""
    while is_unit_row(account, bottom + 1) or is_number_row(account, bottom + 1):
        bottom += 1
    return bottom


def is_unit_row(account: Account, row: int) -> bool:
    """A row of nothing but units of measure, one a column: 户 万元 万元."""
    texts = [packed(str(cell.value)) for cell in account.row(row)]
    first = texts[0] if texts else ""
    return len(texts) > 1 and all(map(bare_unit, texts[1:])) and bool(bare_unit(first) or first in _UNITS_OF)


def is_number_row(account: Account, row: int) -> bool:
    """A row such as 甲 乙 1 2 3, (1) (2) (3), ① ②, 栏次 1 2 or 甲 1 2 3=1+2."""
    texts = [packed(plain(cell.value)).removesuffix(".0") for cell in account.row(row)]
    texts = texts[1:] if texts and texts[0] in _NUMBERS_OF else texts
    if len(texts) < 2:
        return False
    bare = [text.strip("()") for text in texts]
    numbers = [int(found[1]) for text in texts if (found := _NUMBERED.fullmatch(text))]
    if len(numbers) + sum(text in _ORDINALS for text in bare) != len(texts):
        return False
    return bare[0] in _ORDINALS or numbers == list(range(1, len(numbers) + 1))
