"""Units of measure as words say them (户, 百户, 万元, %), and whether they are those of an indicator."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.catalog.forms import Column
from pipeline.ingest.heading import packed
from pipeline.money import MONEY_UNITS

_MONEY = r"(?:人民币|RMB|CNY)?[十百千万亿]{0,3}[美港欧日]?元"
_PLACES = frozenset({"村", "镇", "乡"})
_PIECES = r"[百千万]{0,2}(?:户次|户|笔次|笔|个|人次|人|家|村|镇|乡|处|所)"
_RATES = r"%|‰|厘|百分比|千分比"
_MEASURE = re.compile(rf"(?P<money>{_MONEY})|(?P<pieces>{_PIECES})|(?P<rate>{_RATES})")
_SEVERAL = re.compile(rf"(?:单位:?)?(?:{_MONEY}|{_PIECES}|{_RATES})(?:[、,;/和](?:{_MONEY}|{_PIECES}|{_RATES}))*")
_BRACKETED = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")

PIECES = frozenset(
    {"户", "户次", "笔", "笔次", "个", "人", "人次", "家", "村", "镇", "乡", "处", "所", "件", "项", "次"}
)
"""All that things are counted in; which of them are those of a column, `is_of` says."""
_PIECES_OF = {
    "户": frozenset({"户", "户次"}),
    "笔": frozenset({"笔", "笔次"}),
    "个": frozenset({"个", "处", "所", "家"}),
    "人": frozenset({"人", "人次"}),
}
_PERCENT = frozenset({"%", "百分比"})
_YEARLY_PERCENT = re.compile(r"年(?:化|利率|息)*[,、:/]?\(?(?:%|百分比)\)?|(?:%|百分比)(?:/年|\(?年(?:化|利率)*\)?)")
_PER_MILLE = frozenset({"‰", "厘", "千分比"})


@lru_cache(maxsize=4096)
def is_measure(text: str) -> bool:
    """Whether a packed text is nothing but units of measure: 万元, (户), 户、笔."""
    return bool(_SEVERAL.fullmatch(text.strip("()[]【】")))


@lru_cache(maxsize=4096)
def measures_in(text: str) -> tuple[str, ...]:
    """The units of measure that a packed text consists of; none where it holds anything else."""
    bare = text.strip("()[]【】")
    return tuple(found[0].removeprefix("人民币") for found in _MEASURE.finditer(bare)) if is_measure(bare) else ()


@lru_cache(maxsize=4096)
def measures_in_brackets(text: str) -> tuple[str, ...]:
    """Those in the brackets of a header or a label: 授信户数（万元） → 万元."""
    return tuple(unit for inner in _BRACKETED.findall(packed(text)) for unit in measures_in(inner))


def is_of(column: Column, unit: str) -> bool:
    """Whether an indicator is measured in this unit as it is written: 百户 is not 户."""
    if column.is_amount:
        return unit in MONEY_UNITS
    if column.is_rate:
        return unit in _PERCENT | _PER_MILLE or bool(_YEARLY_PERCENT.fullmatch(unit))
    return unit in _PIECES_OF.get(column.unit, frozenset()) or _counts_places(column, unit) if column.is_count else True


def _counts_places(column: Column, unit: str) -> bool:
    """Whether 村, 镇 or 乡 is what an indicator counts, by its own names: 信用村数 is in 村, never in 镇."""
    return unit in _PLACES and column.unit == "个" and any(unit in name for name in (column.label, *column.aliases))


def contradicts(column: Column, units: Iterable[str]) -> bool:
    """Whether units are stated and none of them is the indicator's; several units of money are told elsewhere."""
    stated = tuple(units)
    if column.is_amount:
        return bool(stated) and not any(unit.endswith("元") for unit in stated)
    return bool(stated) and not any(is_of(column, unit) for unit in stated)


def is_over(column: Column, units: Iterable[str]) -> bool:
    """Whether figures of an indicator may stand in a column headed by these units: money says nothing of counts."""
    stated = tuple(units)
    if not stated or column.is_text:
        return True
    if column.is_amount:
        return not contradicts(column, stated)
    return all(unit.endswith("元") or unit in _PERCENT or _is_whole(unit) for unit in stated)


def _is_whole(unit: str) -> bool:
    return unit in _PLACES or any(unit in units for units in _PIECES_OF.values())
