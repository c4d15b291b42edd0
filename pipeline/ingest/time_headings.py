"""Headings that say a time and nothing else: 2018年3月末, 截至2018年3月31日, 2018年; and whether that is a month's."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.ingest.heading import packed
from pipeline.ingest.period_words import arabic, months_alone, months_named, years_named
from pipeline.periods import Month

_TIME = re.compile(
    r"(?:截[至止到])?(?:(?:\d{2}|(?:19|20)\d{2})(?:年度?|[./-](?=\d)))?(?:\d{1,2}月?(?:[./-]?\d{1,2}日?)?)?(?:份|末|底|止)?"
)
_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=1024)
def without_time(text: str) -> str:
    """The words of a packed heading without the month or year that it begins with."""
    said = packed(text)
    found = _TIME.match(arabic(said))
    return arabic(said)[found.end() :] if found and _DIGIT.search(found[0]) else said


def is_time(text: str) -> bool:
    """Whether a heading says a month or a year, and nothing else."""
    said = packed(text)
    return bool(said) and not without_time(said) and _names_time(said)


def _names_time(text: str) -> bool:
    return bool(months_named(text) or months_alone(text) or years_named(text))


@lru_cache(maxsize=4096)
def is_of_month(text: str, month: Month | None) -> bool:
    """Whether all time that a heading names is this month or its year; any one time will do where none is given."""
    named, alone, years = months_named(text), months_alone(text), years_named(text)
    if month is None:
        return len(named) <= 1 and len(alone) <= 1 and len(years) <= 1
    return (
        all(one == month for one in named)
        and all(one == month.month for one in alone)
        and all(int(year) == month.year for year in years)
    )
