"""Words for time in official prose, as seen from one reference period: its end, its span, or some other time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.periods import Month

Span = Literal["mtd", "ytd", "cum"]
"""Of a flow: this month, since 1 January, since lending began."""

END, SPAN, CUT, DAY, YEAR = "T", "S", "t", "o", "y"
"""What a phrase means: the period's end 「3月末」; a span that ends there 「今年以来」; the end of another time
「截至2月末」; any other day or span 「3月15日」「2月份」; another year 「去年」."""


@dataclass(frozen=True, slots=True)
class Time:
    """What one phrase means; `span` where it is a span that ends with the period."""

    kind: str
    span: Span | None = None


_MONTH_END, _YEAR_SO_FAR = Time(END), Time(SPAN, "ytd")
_ELSEWHERE = Time(DAY)

_NUMBER = r"[0-9]{1,2}|十[一二]?|[一二三四五六七八九]"
_BY = r"截至|截止到?|自|从|到|至"
_OF_YEAR = r"[0-9]{4}年度?|今年|本年度?|当年|去年|上年度?|前年"

PATTERN = "|".join(
    [
        r"(?:自|从)?(?:[0-9]{4}年(?:[0-9]{1,2}月份?)?)?(?P<begun>(?:业务)?开办[^，,。；;：:0-9]{0,10}?(?:以来|至今)|历史|历年)",
        r"(?P<so_far>(?:自|从)?(?:今年|本年|年初)(?:以来|至今))",
        rf"(?P<range_year>{_OF_YEAR})?(?P<first>1|一)月?份?[-—–~至到](?P<last>{_NUMBER})月份?(?P<range_end>[末底])?",
        rf"(?P<by>{_BY})?(?P<year>{_OF_YEAR})?(?P<month>{_NUMBER})月(?:(?P<day>[0-9]{{1,2}})日)?(?P<end>份?[末底])?份?(?:为?止)?",
        r"(?P<dots>(?:截至|截止到?)?(?P<dot_year>[0-9]{4})[-./](?P<dot_month>[0-9]{1,2})[-./](?P<dot_day>[0-9]{1,2}))",
        rf"(?:{_BY})?(?P<part_year>{_OF_YEAR})?(?P<part>第?[一二三四1-4]季度|上半年|下半年|前三(?:个)?季度)(?P<part_end>[末底])?",
        r"(?P<last_end>(?:截至|截止到?|到)?(?:上月|上季度?|上年年?|去年?年?)[末底]|(?:今年|今|本)?年初)",
        r"(?P<year_end>(?:截至|截止到?|到)?(?:今年|今|本|(?P<ended_year>[0-9]{4})年?)?年[末底])",
        r"(?P<quarter_end>(?:截至|截止到?|到)?本?季(?:度)?[末底])",
        r"(?P<month_end>(?:截至|截止到?|到)?(?:本?月|本?期|报告期)[末底])",
        r"(?P<now>(?:截至|截止到?)?(?:目前|当前|现在)|(?:截至|截止到?|至|迄)今|近年来?|近[两三几]年来?|往年|(?:上年|去年)?同期|上月|上季度)",
        r"(?P<this_month>本月份?|当月)",
        rf"(?P<one_year>(?:{_OF_YEAR})?(?:全年|年内)|{_OF_YEAR})",
        r"(?P<some_cut>截至|截止)",
    ]
)
"""Longer phrases first; the last branch is a cut-off whose day is not understood."""
STARTS = "0123456789自从业开历今本年截到至当去上前一二三四五六七八九十第下季月期报目现迄近往同全"
"""The characters that the pattern may begin with."""


def time_of(found: re.Match[str], month: Month) -> Time:
    """What a match of the pattern means for returns about this month."""
    said: dict[str, str] = found.groupdict("")
    if said["begun"]:
        return Time(SPAN, "cum")
    if said["so_far"]:
        return _YEAR_SO_FAR
    if said["first"]:
        return _range(said, month)
    if said["month"]:
        return _date(said, month)
    if said["dots"]:
        day = (int(said["dot_year"]), int(said["dot_month"]), int(said["dot_day"]))
        return _MONTH_END if day == (month.year, month.month, month.last_day.day) else Time(CUT)
    if said["part"]:
        return _part_of_year(said, month)
    if said["one_year"]:
        return _one_year(said["one_year"], month)
    return _relative(said, month)


def _relative(said: dict[str, str], month: Month) -> Time:
    if said["month_end"]:
        return _MONTH_END
    if said["quarter_end"]:
        return _MONTH_END if month.month % 3 == 0 else Time(CUT)
    if said["year_end"]:
        return _MONTH_END if _is_this_year(said["ended_year"], month) and month.month == 12 else Time(CUT)
    if said["this_month"]:
        return Time(SPAN, "mtd")
    return Time(CUT) if said["last_end"] or said["some_cut"] else _ELSEWHERE


def _date(said: dict[str, str], month: Month) -> Time:
    """「截至2018年3月末」, 「3月31日」, 「3月份」."""
    same = _is_this_year(said["year"], month) and _number(said["month"]) == month.month
    if said["by"] in ("自", "从"):
        return _ELSEWHERE
    if said["day"]:
        if same and int(said["day"]) == month.last_day.day:
            return _MONTH_END
        return Time(CUT) if said["by"] else _ELSEWHERE
    if said["by"] or said["end"]:
        return _MONTH_END if same else Time(CUT)
    return Time(SPAN, "mtd") if same else _ELSEWHERE


def _range(said: dict[str, str], month: Month) -> Time:
    """「1—3月」."""
    ours = _is_this_year(said["range_year"], month) and _number(said["last"]) == month.month
    return _YEAR_SO_FAR if ours and not said["range_end"] else _ELSEWHERE


_LAST_MONTHS = {"一": 3, "1": 3, "二": 6, "2": 6, "上": 6, "三": 9, "3": 9, "前": 9, "四": 12, "4": 12, "下": 12}
"""Of a quarter, a half or three quarters, by what its name begins with."""
_FROM_JANUARY = "一1上前"


def _part_of_year(said: dict[str, str], month: Month) -> Time:
    """A part of the year that ends with the period is the year so far if it began with it."""
    begins = said["part"].removeprefix("第")[0]
    ends_now = _is_this_year(said["part_year"], month) and _LAST_MONTHS[begins] == month.month
    if said["part_end"]:
        return _MONTH_END if ends_now else Time(CUT)
    return _YEAR_SO_FAR if ends_now and begins in _FROM_JANUARY else _ELSEWHERE


def _one_year(text: str, month: Month) -> Time:
    """「去年」, 「2018年」, 「2017年全年」; of this year all of it is a plan until December."""
    if not _is_this_year(text.removesuffix("全年").removesuffix("年内"), month):
        return Time(YEAR)
    return _ELSEWHERE if text.endswith("全年") and month.month != 12 else _YEAR_SO_FAR


def _is_this_year(text: str, month: Month) -> bool:
    """Whether a year is that of the period; where none is named it is."""
    return not text or text[0] in "今本当" or text.startswith(str(month.year))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else "零一二三四五六七八九十".index(text[-1]) + 10 * (len(text) > 1)
