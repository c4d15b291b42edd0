"""Headings of value columns that say a time (3月, 1-3月累计, 2018年3月末余额), and those of other times' figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from pipeline.catalog import normalise_header
from pipeline.ingest.area_words import is_reckoned
from pipeline.ingest.heading import packed
from pipeline.ingest.period_words import arabic
from pipeline.model import Cell
from pipeline.periods import Month

_YEAR = r"(?:(?P<year>(?:19|20)\d{2}|[1-4]\d)年)"
_SPAN = re.compile(rf"(?:截[至止到])?{_YEAR}?0?1月?份?(?:[-—–~]+|[至到])(?P<month>\d{{1,2}})月(?:份|[末底])?")
_POINT = re.compile(
    rf"(?P<until>截[至止到])?{_YEAR}?(?P<month>\d{{1,2}})月(?:(?P<day>\d{{1,2}})日)?(?P<part>[上中下]旬)?份?(?P<end>[末底止])?"
    r"|(?P<year2>(?:19|20)\d{2})[-./](?P<month2>\d{1,2})(?:[-./](?P<day2>\d{1,2}))?"
)
_WHOLE_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})年度?")
_SIGNS = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
_MONTH_IN_SIGNS = re.compile(
    r"(?<![一二三四五六七八九十个])(十[一二]?|[一二三四五六七八九])(?=月|[至到-][一二三四五六七八九十]+月)"
)
_FILLING = re.compile(r"(?:数据|数值|数额|金额|合计|发生额|发生数|发生|数)$")
"""What a heading may add to a span of time without saying anything more: 本月金额, 期末余额合计."""
_DIGIT = re.compile(r"\d")
_OWN = re.compile(r"^(?:年初至本月|本月末|本月|本年)")
_BRACKETS = re.compile(r"\(([^()]*)\)")

_OTHER = re.compile(
    r"上年|去年|前年|上一年|同期|上月|上个月|前月|下月|次月|上期|前期|上季|年初(?!至|以来)|计划|目标|任务|预算|预计"
)
_CURRENT = re.compile(r"本月|本期|当月|当期|本季|本年(?!度?(?:计划|目标|任务))")
NEUTRAL = frozenset({"本期", "本期数", "当期", "当期数", "报告期", "报告期数"})
"""Words that say no more than that the figures are this statement's: another word of the path says the span."""


def said(cell: Cell) -> str:
    """The words of a header cell; a month that was typed as one (2018年3月) is stored as a day."""
    day = cell.value
    if not isinstance(day, date):
        return str(day)
    closes = day.day == Month(day.year, day.month).last_day.day
    return f"{day.year}年{day.month}月{'末' if closes else ''}"


@lru_cache(maxsize=4096)
def own_time(text: str, month: Month | None) -> str | None:
    """A packed heading with the statement's own month and year as 本月, 本月末, 年初至本月, 本年; None if another's."""
    rest = _arabic(text)
    for pattern in (_SPAN, _POINT, _WHOLE_YEAR):
        for found in list(pattern.finditer(rest)):
            if not _is_of(found, month):
                return None
            rest = rest.replace(found[0], _spelt(pattern, found), 1)
    return rest.replace("本年年初", "年初")


def _arabic(text: str) -> str:
    return _MONTH_IN_SIGNS.sub(lambda found: str(_SIGNS[found[1]]), arabic(text))


def _is_of(found: re.Match[str], month: Month | None) -> bool:
    groups = found.groupdict()
    year = groups.get("year") or groups.get("year2")
    named, day = groups.get("month") or groups.get("month2"), groups.get("day") or groups.get("day2")
    if groups.get("part"):
        return False
    if month is None:
        return True
    return (
        (not year or int(year) in (month.year, month.year % 100))
        and (not named or int(named) == month.month)
        and (not day or int(day) == month.last_day.day)
    )


def _spelt(pattern: re.Pattern[str], found: re.Match[str]) -> str:
    if pattern is not _POINT:
        return "年初至本月" if pattern is _SPAN else "本年"
    return "本月末" if any(found[name] for name in ("until", "end", "day", "day2")) else "本月"


def span_of(text: str, spans: Mapping[str, str], month: Month | None) -> str | None:
    """Which span of time a heading names as the statement's own; None where it names none, or another time's."""
    bare = _bare(packed(text))
    readings = [bare]
    if _DIGIT.search(_arabic(bare)):
        own = own_time(packed(text), month)
        outer = own and _without_times(own)
        readings = [_bare(one) for said in (own, outer) if said for one in (said, _OWN.sub("", said))]
    return next((spans[one] for said in readings for one in (said, _FILLING.sub("", said)) if one in spans), None)


def _without_times(text: str) -> str:
    """A heading without brackets that say nothing but the statement's own time: 期末余额(本月末)."""
    return _BRACKETS.sub(lambda found: "" if _OWN.sub("", found[1]) == "" else found[0], text)


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    return re.sub(r"\(?[甲乙丙丁戊\d]\)?$", "", normalise_header(text))


@lru_cache(maxsize=4096)
def is_own_time(text: str, month: Month | None) -> bool:
    """Whether a heading says the statement's own month or year, or 本期, and nothing else."""
    bare = packed(text)
    if bare in NEUTRAL:
        return True
    own = own_time(bare.strip("()"), month) if _DIGIT.search(_arabic(bare)) else None
    return own is not None and bool(own) and not _OWN.sub("", own)


def is_of_others(cells: Sequence[Cell], month: Month | None) -> Cell | None:
    """The heading by which a column is of other figures than the month's: another time's, planned or reckoned ones."""
    texts = [packed(said(cell)) for cell in cells]
    if texts and is_reckoned(texts):
        return cells[-1]
    for cell, text in zip(cells, texts, strict=True):
        is_other = own_time(text, month) is None or (_OTHER.search(text) and not _CURRENT.search(text))
        if is_other:
            return cell
    return None
