"""Time in a heading said as the form says it: 1-3月累计 is 本年累计 in the table of March, 3月末余额 is 期末余额.

Only where the time is the table's own, and the words beside it leave no doubt which span is meant: 3月累计 may be
this month's, this year's or all, and is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.catalog.forms import Column
from pipeline.ingest.above_header import OTHERS
from pipeline.ingest.heading import packed
from pipeline.ingest.period_words import arabic
from pipeline.periods import Month

_YEAR = r"(?:(?P<year>(?:19|20)\d{2}|\d{2}(?=年\d))(?:年度?|[./-](?=\d)))"
_SPAN = re.compile(
    rf"{_YEAR}?(?P<first>\d{{1,2}})(?:月(?:份|1日)?)?(?:[-—–~]+|至|到)"
    rf"(?:(?P<later>(?:19|20)\d{{2}})年)?(?P<last>\d{{1,2}})月(?:份|(?P<day>\d{{1,2}})日)?"
)
_END = re.compile(
    rf"(?P<until>截?[至止到])?{_YEAR}?(?P<last>\d{{1,2}})(?:月(?:份?(?P<end>末|底)|(?P<day>\d{{1,2}})日(?:止|末)?))"
)
_MONTH = re.compile(rf"(?P<until>截[至止到])?{_YEAR}?(?P<last>\d{{1,2}})月份?(?![末底\d])")
_ONLY_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})年度?(?![末底初\d])")
_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_TO_THIS_MONTH = re.compile(r"^(?:本月|当月|本期)")
_OF_THIS_YEAR = re.compile(r"^(?:本年|当年|今年|年初以来)")
_OF_ALL_YEARS = re.compile(r"历史|历年|开办以来|自开办")
_STANDING = re.compile(r"^(?:期末|月末|本月末|本期末)")
_LEVELS = re.compile(r"((?<!\d)[/_|\\>]|[/_|\\>](?!\d))")
_A_TIME = re.compile(r"\d\s*[年月]")


def names_time(text: str) -> bool:
    """Whether a heading has a month or a year of the calendar in it, wherever."""
    return bool(_A_TIME.search(arabic(packed(text))))


@lru_cache(maxsize=4096)
def as_form_says(text: str, month: Month | None) -> tuple[tuple[str, str], ...]:
    """What a heading may be in the form's own words, each with what it must be then: `mtd`, `ytd`, `cum`, `end`.

    Nothing where it names no time, another time, or leaves a doubt. Any time will do while the month is not known.
    """
    parts = _LEVELS.split(arabic(packed(text)))
    found = [(number, list(_spoken(part, month))) for number, part in enumerate(parts) if names_time(part)]
    if len(found) != 1:
        return ()
    number, spellings = found[0]
    return tuple(("".join([*parts[:number], said, *parts[number + 1 :]]), kind) for said, kind in spellings)


def fits(column: Column, kind: str) -> bool:
    """Whether an indicator is of the span of time that a heading says."""
    ends = column.code.rpartition("_")[2]
    if ends in ("mtd", "ytd", "cum"):
        return ends == kind
    return column.kind == "stock" and kind == "end"


def _spoken(text: str, month: Month | None) -> Iterator[tuple[str, str]]:
    if OTHERS.search(text) or "年初" in text:
        return
    rest, said = _time_apart(text)
    if not said:
        return
    if span := _SPAN.fullmatch(said):
        yield from _of_year(rest, is_named=True) if _is_this_year_so_far(span, month) else ()
    elif year := _ONLY_YEAR.fullmatch(said):
        yield from _of_year(rest, is_named=False) if month is None or int(year["year"]) == month.year else ()
    elif end := _END.fullmatch(said):
        yield from _at_end(rest) if _is_at(end, month) and _closes(end, month) else ()
    elif alone := _MONTH.fullmatch(said):
        yield from (_at_end(rest) if alone["until"] else _of_month(rest)) if _is_at(alone, month) else ()


def _time_apart(text: str) -> tuple[str, str]:
    """The words of a heading and the one time in it: at its beginning, in brackets, or behind 本年 or 本月."""
    for brackets in _BRACKETS.finditer(text):
        if names_time(brackets[1]):
            rest = text[: brackets.start()] + text[brackets.end() :]
            return ("", "") if names_time(rest) else (rest, brackets[1])
    before = _OF_THIS_YEAR.match(text) or _TO_THIS_MONTH.match(text)
    start = before.end() if before else 0
    for time in (_SPAN, _END, _MONTH, _ONLY_YEAR):
        if found := time.match(text, start):
            rest = text[:start] + text[found.end() :]
            rest = rest[1:-1] if _BRACKETS.fullmatch(rest) else rest
            return ("", "") if names_time(rest) else (rest, found[0])
    return "", ""


def _is_at(said: re.Match[str], month: Month | None) -> bool:
    year = said["year"]
    if month is None:
        return 1 <= int(said["last"]) <= 12
    return int(said["last"]) == month.month and (not year or int(year[-2:]) == month.year % 100)


def _is_this_year_so_far(span: re.Match[str], month: Month | None) -> bool:
    later = span["later"]
    if int(span["first"]) != 1 or (later and later != (span["year"] or later)):
        return False
    return _is_at(span, month) and _closes(span, month)


def _closes(said: re.Match[str], month: Month | None) -> bool:
    return not said["day"] or month is None or int(said["day"]) == month.last_day.day


def _of_month(rest: str) -> Iterator[tuple[str, str]]:
    """What 3月, or 本月(3月), is: this month's flow, or what stands at its end."""
    if "累计" in rest or _OF_THIS_YEAR.search(rest) or _OF_ALL_YEARS.search(rest):
        return
    if _TO_THIS_MONTH.search(rest):
        yield rest, "mtd"
    elif _STANDING.search(rest):
        yield rest, "end"
    elif "余额" in rest or "结余" in rest:
        yield f"期末{rest}", "end"
    else:
        yield f"本月{rest}", "mtd"


def _of_year(rest: str, *, is_named: bool) -> Iterator[tuple[str, str]]:
    """What 1-3月 or 2018年 is: this year's flow so far. A year alone (not `is_named`) may be the whole table's."""
    if _OF_ALL_YEARS.search(rest) or "余额" in rest or "末" in rest or _TO_THIS_MONTH.search(rest):
        return
    if _OF_THIS_YEAR.search(rest):
        yield rest, "ytd"
    elif "累计" in rest:
        yield f"本年{rest}", "ytd"
    elif rest or is_named:
        yield f"本年累计{rest}", "ytd"


def _at_end(rest: str) -> Iterator[tuple[str, str]]:
    """What 3月末 is: the end of the period; beside 本年累计 and 历史累计 it is where they end."""
    if _OF_THIS_YEAR.search(rest):
        yield rest, "ytd"
    elif _OF_ALL_YEARS.search(rest):
        yield rest, "cum"
    elif _TO_THIS_MONTH.search(rest) and not _STANDING.search(rest):
        yield rest, "mtd"
    elif "累计" not in rest:
        if not _STANDING.search(rest):
            yield f"期末{rest}", "end"
        yield rest, "end"
