"""What time a heading names: whether it is the statement's own, and which kind of figure stands below it then.

First the calendar's times are said as the statement's month has them: in March 3月末 is 本月末, 1-3月 and 一季度 are
年初至本月, 2月末 is 上月末, 2017年末 is 年初. Then such words are taken out of the heading: they say its kind, and
what is left goes behind the form's own word for that kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.catalog.forms import Column
from pipeline.ingest.calendar_said import names_time, said_of_month
from pipeline.ingest.heading import packed
from pipeline.periods import Month

__all__ = [
    "COMPARED",
    "as_form_says",
    "as_if_own",
    "fits",
    "is_of_other_time",
    "is_own_time",
    "names_time",
    "stands_at_point",
    "sums_to_date",
]

_BASES = {
    "previous_month": (re.compile(r"上个?月[末底]|上个?月(?=.*(?:余额|结余))"), "上月末"),
    "year_start": (re.compile(r"年初"), "年初"),
    "previous_year": (re.compile(r"[上去]年同期|上年同月(?=.*(?:余额|结余))"), "上年同期"),
}
"""What stood at another month's end and is only compared: how headings and how the form itself speak of it."""
COMPARED = frozenset(_BASES)
_SPANS = {
    "span": re.compile(r"年初[至到]本月[末底]?"),
    **{kind: words for kind, (words, _) in _BASES.items()},
    "cum": re.compile(r"[自从]?开办(?:以来)?|历史|历年"),
    "end": re.compile(r"截[至止到](?:[本当]|报告)[月期][末底止]?|(?<![上个下次前])(?:[本当]|报告)?[月期][末底]"),
    "year": re.compile(r"[本今当]年度?(?!年?[末底初])"),
    "month": re.compile(r"[本当][月期]"),
}
"""Words for times that need no calendar, in the order in which they are taken out of a heading."""
_OF_FORM = {"mtd": "本月", "ytd": "本年累计", "cum": "历史累计", "end": "期末"}
_OTHER = re.compile(r"上年|去年|前年|上一年|同期|同月|上月|上个月|前月|下月|次月|上期|前期|上季|下季|年初|期初|月初")
_INSTEAD = (
    (re.compile(r"[上去前]一?年(?:同期|同月)|同期|同月"), ""),
    (re.compile(r"[上去前]一?年"), "本年"),
    (re.compile(r"[上前下次]个?月"), "本月"),
    (re.compile(r"[上前]期"), "本期"),
    (re.compile(r"[年期月]初(?!至)"), "期末"),
)
_STANDING = re.compile(r"余额|结余")
_POINTS = re.compile(r"余额|结余|[末底初]|同期")
_TO_DATE = "累计"
_EMPTY = re.compile(r"\(\)|\[\]|【】")
_IN_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_FILLING = re.compile(r"(?<![户笔个人次])(?:数据|数值|发生额|发生数|发生|数)(?=\(|$)")
"""What a heading may add to a time without saying anything more."""
_LEVELS = re.compile(r"((?<!\d)[/_|\\>]|[/_|\\>](?!\d))")


@dataclass(frozen=True, slots=True)
class _Told:
    """The times that a heading names, as keys of `_SPANS`, and its words without them."""

    times: frozenset[str]
    rest: str
    is_foreign: bool
    """Whether a time of the calendar is none that the form knows."""


@lru_cache(maxsize=4096)
def _told(text: str, month: Month | None) -> _Told:
    said = said_of_month(text, month)
    rest, times = said.text, set[str]()
    for name, words in _SPANS.items():
        less = words.sub("", rest)
        times |= {name} if less != rest else set()
        rest = less
    rest = _EMPTY.sub("", rest)
    return _Told(frozenset(times), rest, said.is_foreign)


@lru_cache(maxsize=4096)
def as_form_says(text: str, month: Month | None) -> tuple[tuple[str, str], ...]:
    """What a heading may be in the form's own words, each with the kind that it must be of then (see `fits`).

    Nothing where it names no time, another one, or leaves a doubt: 3月累计 may be this month's, this year's or all.
    """
    parts = _LEVELS.split(packed(text))
    timed = [number for number, part in enumerate(parts) if names_time(part)]
    found = [(n, said) for n in timed or range(len(parts)) if (said := tuple(_readings(parts[n], month)))]
    if len(found) != 1 or len(timed) > 1:
        return ()
    number, readings = found[0]
    whole = (("".join([*parts[:number], said, *parts[number + 1 :]]), kind) for said, kind in readings)
    return tuple((said, kind) for said, kind in whole if said != packed(text))


def fits(column: Column, kind: str) -> bool:
    """Whether an indicator is of the kind that a heading says: `mtd`, `ytd`, `cum`, `end`, `year`, or only compared."""
    if column.code.endswith(tuple(f"_{one}" for one in ("mtd", "ytd", "cum", *_BASES))):
        return column.code.endswith(f"_{kind}")
    return kind == ("end" if column.kind == "stock" else "year")


def is_of_other_time(text: str, month: Month | None) -> bool:
    """Whether a heading says that what stands below it is another time's: 上年同期, 2月, 2017年末余额, 年初数."""
    told = _told(text, month)
    is_other = bool(told.times & _BASES.keys()) or bool(_OTHER.search(told.rest))
    return told.is_foreign or (is_other and not told.times & {"span", "year", "month"})


def as_if_own(text: str) -> tuple[str, str]:
    """A heading of another time as it would be of the statement's own, and without it: 上月发放 as 本月发放, 发放."""
    said = said_of_month(text, None).text
    own = said
    for other, word in _INSTEAD:
        own = other.sub(word, own)
    told = _told(text, None)
    return own, _EMPTY.sub("", _OTHER.sub("", told.rest))


def stands_at_point(text: str) -> bool:
    """Whether a heading speaks of what stands at a time, or of a time to compare with, not of a flow."""
    return bool(_POINTS.search(packed(text)))


def sums_to_date(text: str, month: Month | None) -> tuple[str, str] | None:
    """What 截至3月末累计 may be in the form's own words: the year's sum, or that of all years."""
    told = _told(text, month)
    if told.is_foreign or told.times != {"end"} or _TO_DATE not in told.rest or _OTHER.search(told.rest):
        return None
    rest = told.rest.replace(_TO_DATE, "")
    return f"{_OF_FORM['ytd']}{rest}", f"{_OF_FORM['cum']}{rest}"


def is_own_time(text: str, month: Month | None) -> bool:
    """Whether a heading says the statement's own month, its end, or its year, and nothing else."""
    told = _told(packed(text).strip("()"), month)
    return not told.is_foreign and not told.rest and bool(told.times) and told.times <= {"end", "year", "month"}


def _readings(text: str, month: Month | None) -> Iterator[tuple[str, str]]:
    told = _told(text, month)
    kind = "" if told.is_foreign or _OTHER.search(told.rest) else _kind(told.times, told.rest)
    if not kind or (told.times == {"year"} and not told.rest and names_time(text)):
        return
    rest = told.rest.replace(_TO_DATE, "") if kind in ("ytd", "cum") else told.rest
    rest = found[1] if (found := _IN_BRACKETS.fullmatch(rest)) else rest
    words = _BASES[kind][1] if kind in _BASES else _OF_FORM[kind]
    for one in dict.fromkeys((rest, _FILLING.sub("", rest))):
        yield f"{words}{one}", kind
        if kind == "end" and one:
            yield one, kind
        if told.times == {"year"} and one and _TO_DATE not in told.rest:
            yield one, "year"


def _kind(times: frozenset[str], rest: str) -> str:
    """Which kind of figure times and what stands beside them leave no doubt of; else empty."""
    is_sum, stands = _TO_DATE in rest, bool(_STANDING.search(rest))
    if compared := next((kind for kind in _BASES if kind in times), ""):
        return compared if len(times) == 1 and not is_sum else ""
    if "cum" in times:
        return "" if stands or times & {"span", "year", "month"} else "cum"
    if "span" in times:
        return "" if stands or "month" in times else "ytd"
    if "month" in times:
        return "" if is_sum else "end" if stands else "mtd"
    if "year" in times and not stands and (is_sum or "end" not in times):
        return "ytd"
    return "end" if "end" in times and not is_sum else ""
