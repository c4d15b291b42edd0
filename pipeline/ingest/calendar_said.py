"""The calendar's times in a heading as a month has them: in March 3月末 is 本月末, 2月末 上月末, 2017年末 年初."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.ingest.heading import packed
from pipeline.ingest.period_words import month_alone_arabic
from pipeline.periods import Month

_TO = r"(?:[-—–~]+|[至到])"
_UNTIL = r"(?:截[至止到])"


def _year(name: str = "year") -> str:
    return rf"(?:(?P<{name}>(?<!\d)(?:(?:19|20)\d{{2}}|[1-4]\d))年度?)"


_SINCE = re.compile(
    rf"[自从]?(?:{_year()}?(?<!\d)0?1月(?:份|0?1日)?|(?:{_year('of')}|[本今当]年度?)(?:年?初)?|年初)"
    r"(?:起?至今|以来|起|开始|[至到](?:[本当]|报告)?[月期][末底]?)"
    rf"|[自从](?:{_year('since')}年?初|[本今当]年初|年初)"
)
"""2018年以来, 年初至今, 自年初, 自1月1日起."""
_SPAN = re.compile(
    rf"{_UNTIL}?{_year()}?(?<!\d)(?P<first>\d{{1,2}})(?:月(?:份|0?1日)?)?{_TO}{_year('later')}?"
    r"(?P<month>\d{1,2})(?:月(?:份|(?P<day>\d{1,2})日)?[末底止]?|(?=累计|\)|$))"
)
_QUARTER = re.compile(
    rf"{_UNTIL}?{_year()}?(?:前(?P<first>[23])个?季度?|1{_TO}(?P<upto>[234])季度?|第?(?P<quarter>[1-4])季度?"
    r"|(?P<half>[上下])半年度?|(?P<whole>全)年|(?P<own>本)季度?)(?P<end>[末底])?"
)
_EDGE = re.compile(rf"{_UNTIL}?{_year()}年?(?:(?P<end>[末底])|初)")
_SAME = re.compile(rf"{_year()}同[期月][末底]?")
_POINT = re.compile(
    rf"(?P<until>{_UNTIL})?{_year()}?(?<![第近前后每逾.\d])(?<![\d一二三四五六七八九十月日][至到—–~-])(?P<month>\d{{1,2}})月(?!以[上内下]|期)"
    r"(?:(?P<day>\d{1,2})日)?(?P<part>[上中下]旬)?份?(?P<end>[末底止])?"
)
_ONLY_YEAR = re.compile(_year())
_A_TIME = re.compile(r"\d\s*[年月季]|半年|本季|全年|[上去]一?年(?!同期)")

_NEAR_YEAR = re.compile(r"(?:(?P<own>[本今当])|上一?|去)年")
_DOTTED = re.compile(r"(?<!\d)((?:19|20)\d{2})([./-])(\d{1,2})(?:\2(\d{1,2})(?!\d|月))?(?![\d月])")
_DOTTED_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})[./-](?=\d{1,2}月)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)?(?!\d)")
_QUARTER_SIGN = re.compile(r"[一二两三四](?=个?季|[至到—–~-]+[二三四]个?季)")
_SIGNS = str.maketrans("一二两三四", "12234")
_FOREIGN = "\0"


@dataclass(frozen=True, slots=True)
class Said:
    """A heading with 本月, 本月末, 本年, 年初至本月, 上月末, 年初, 上年同期 for the calendar's times."""

    text: str
    is_foreign: bool
    """Whether a time in it is none of these."""


@lru_cache(maxsize=4096)
def said_in_digits(text: str) -> str:
    """A packed heading with its times in digits behind 年, 月, 日: 二〇一八年三月, 2018-03, 201803, 一季度."""
    text = month_alone_arabic(packed(text))
    text = _QUARTER_SIGN.sub(lambda sign: sign[0].translate(_SIGNS), text)
    text = _DOTTED.sub(lambda day: _spelt(day[1], day[3], day[4]), _DOTTED_YEAR.sub(r"\1年", text))
    return _COMPACT.sub(lambda day: _spelt(day[1], day[2], day[3]), text)


def _spelt(year: str, month: str, day: str | None) -> str:
    return f"{year}年{month}月{day}日" if day else f"{year}年{month}月"


def names_time(text: str) -> bool:
    """Whether a heading names a time that the statement's month gives its meaning: 3月, 2018年, 一季度, 去年末."""
    return bool(_A_TIME.search(said_in_digits(text)))


def is_time(text: str) -> bool:
    """Whether a heading says a month or a year, and nothing else."""
    said = said_in_digits(text)
    if point := _POINT.fullmatch(said):
        return not point["part"] and _closes(point.groupdict(), None)
    return bool(_ONLY_YEAR.fullmatch(said))


@lru_cache(maxsize=1024)
def without_time(text: str) -> str:
    """The words of a packed heading without the month or year that it begins with."""
    said = said_in_digits(text)
    found = _POINT.match(said) or _ONLY_YEAR.match(said)
    return said[found.end() :] if found else packed(text)


def is_of_month(text: str, month: Month | None) -> bool:
    """Whether all time of the calendar that a heading names is this month, its year or a part of both."""
    said = said_of_month(text, month)
    return not said.is_foreign and not re.search(r"[上去]年|[上前]月|年初(?!至)", said.text)


@lru_cache(maxsize=4096)
def said_of_month(text: str, month: Month | None) -> Said:
    """A packed heading as a month has it; any time will do while the month is not known."""
    rest, is_foreign = said_in_digits(text), False
    if month:
        rest = _NEAR_YEAR.sub(lambda near: f"{month.year if near['own'] else month.year - 1}年", rest)
    for pattern, meaning in _MEANINGS.items():
        for found in list(pattern.finditer(rest)):
            told = meaning(found.groupdict(), month)
            is_foreign = is_foreign or told is None
            rest = rest.replace(found[0], told or _FOREIGN, 1)
    return Said(rest, is_foreign)


Groups = Mapping[str, str | None]


def _year_of(groups: Groups, *names: str) -> int | None:
    said = next((int(year) for name in names or ("year",) if (year := groups.get(name))), None)
    return said + 2000 if said and said < 100 else said


def _closes(groups: Groups, month: Month | None) -> bool:
    """Whether a day is its month's last; one without its year may be any year's."""
    day, number = groups.get("day"), int(groups["month"] or 0)
    if not day or not 1 <= number <= 12:
        return 1 <= number <= 12
    year = _year_of(groups) or (month.year if month else None)
    last = {Month(year, number).last_day.day} if year else {Month(y, number).last_day.day for y in (2019, 2020)}
    return int(day) in last


def _since(groups: Groups, month: Month | None) -> str | None:
    year = _year_of(groups, "year", "of", "since")
    return "年初至本月" if month is None or year in (None, month.year) else None


def _span(groups: Groups, month: Month | None) -> str | None:
    year, later, last = _year_of(groups), _year_of(groups, "later"), int(groups["month"] or 0)
    if int(groups["first"] or 0) != 1 or (later and later != (year or later)):
        return None
    return _so_far(later or year, last, month) if _closes(groups, month) else None


def _so_far(year: int | None, last: int, month: Month | None) -> str | None:
    is_own = month is None or (last == month.month and year in (None, month.year))
    return "年初至本月" if is_own else None


def _quarter(groups: Groups, month: Month | None) -> str | None:
    year = _year_of(groups)
    if groups["own"]:
        begin, last = (month.month - 1) // 3 * 3 + 1 if month else 1, month.month if month else 12
        last = last if not groups["end"] else begin + 2
    elif groups["quarter"]:
        begin, last = 3 * int(groups["quarter"]) - 2, 3 * int(groups["quarter"])
    elif groups["half"]:
        begin, last = (1, 6) if groups["half"] == "上" else (7, 12)
    else:
        begin, last = 1, 12 if groups["whole"] else 3 * int(groups["first"] or groups["upto"] or 0)
    if groups["end"]:
        return _at(year, last, month, closes=True)
    return _so_far(year, last, month) if begin == 1 else None


def _edge(groups: Groups, month: Month | None) -> str | None:
    year = _year_of(groups)
    if month and year == month.year - bool(groups["end"]):
        return "年初" if not groups["end"] or year < month.year else None
    return _at(year, 12, month, closes=True) if groups["end"] else None


def _same(groups: Groups, month: Month | None) -> str | None:
    return "上年同期" if month is None or _year_of(groups) == month.year - 1 else None


def _point(groups: Groups, month: Month | None) -> str | None:
    if groups["part"] or not _closes(groups, month):
        return None
    closes = bool(groups["until"] or groups["end"] or groups["day"])
    return _at(_year_of(groups), int(groups["month"] or 0), month, closes=closes)


def _at(year: int | None, number: int, month: Month | None, *, closes: bool) -> str | None:
    """What a month, or its end, is to the statement's; without its year it is this month or the one before."""
    if month is None or (number == month.month and year in (None, month.year)):
        return "本月末" if closes else "本月"
    before = month.previous
    if number == before.month and year in (None, before.year):
        return "上月末" if closes else "上月"
    if closes and (year, number) == (month.year - 1, 12):
        return "年初"
    if (year, number) == (month.year - 1, month.month):
        return "上年同期" if closes else "上年同月"
    return None


def _whole_year(groups: Groups, month: Month | None) -> str | None:
    year = _year_of(groups)
    if month is None or year == month.year:
        return "本年"
    return "上年" if year == month.year - 1 else None


_MEANINGS: Mapping[re.Pattern[str], Callable[[Groups, Month | None], str | None]] = {
    _SINCE: _since,
    _SPAN: _span,
    _QUARTER: _quarter,
    _SAME: _same,
    _EDGE: _edge,
    _POINT: _point,
    _ONLY_YEAR: _whole_year,
}
"""Longer times before those that stand in them."""
