"""Households are counted once a span, so that months do not add up: between which bounds they lie (A06)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pipeline.model import Bound
from pipeline.validate.disowned import disowned
from pipeline.validate.disowned_households import CUM, MTD, YTD
from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import Figures, Mask, nothing, true, unknown, without
from pipeline.validate.needs import Need
from pipeline.validate.registry import DUTY, Break, hard, rule, soft

__all__ = ["CUM", "MTD", "YTD", "households_within_bounds"]
_ASK: dict[str, str] = {
    "january": "请核对这两个户数，改正后重新报送。",
    "largest": "请核对累计的户数，改正后重新报送；是那个月的报表有误的，请先更正那个月的报表。",
}
_ASK_LAST = "请核对本月和累计的户数，改正后重新报送；是上月报表有误的，请先更正上月报表。"
_EXPLAIN = "请核对本月和累计的户数；因扶贫对象动态调整的，请说明增减的户数和原因。"
_WORDS = {
    "january": "{area}“{indicator}”{value}，而“{other}”{expected}：1月的本年累计就是本月。",
    "largest": "{area}“{indicator}”{value}，少于本年{when}一个月就发放的{expected}。",
    "less": "{area}“{indicator}”{value}，少于上月的{expected}：累计户数只会增加。",
    "more": "{area}“{indicator}”{value}，多于{expected}（上月{before}＋本月{households}）："
    "新增的户数不会多于本月发放的户数。",
}
_BOUNDS = {"january": Bound.EXACT, "largest": Bound.AT_LEAST, "less": Bound.AT_LEAST, "more": Bound.AT_MOST}
_BREAKS: dict[str, Break] = {
    **{kind: hard(words + _ASK.get(kind, _ASK_LAST), _BOUNDS[kind]) for kind, words in _WORDS.items()},
    **{f"{kind}_adjusted": soft(words + _EXPLAIN, _BOUNDS[kind]) for kind, words in _WORDS.items()},
}

_Broken = tuple[int, str, str, int, dict[str, str]]
"""(row, kind, indicator, bound, words)."""


@rule(
    "A06",
    level=2,
    title="累计发放户数不减少，增加的不多于本月发放户数",
    subject="累计发放户数",
    source=DUTY,
    reads=("M01",),
    needs=(Need.LAST_MONTH, Need.MONTHS_OF_THIS_YEAR),
    breaks=_BREAKS,
)
def households_within_bounds(book: Book) -> Iterator[Hit]:
    """January: ytd = mtd. Later: largest earlier mtd of the year ≤ ytd, last ytd ≤ ytd ≤ last ytd + mtd; cum likewise.

    Where a month is not known only the bounds that do not need it. One finding a figure and row, the first in this
    order. Soft where the profile lets the register of the poor change (`households_adjusted_dynamically`).
    """
    suffix = {True: "_adjusted", False: ""}
    adjusted = book.threshold("households_adjusted_dynamically")
    told: set[tuple[int, str]] = set()
    for row, kind, indicator, bound, words in _hits(book):
        if (row, indicator) not in told:
            told.add((row, indicator))
            yield book.hit(kind + suffix[bool(adjusted[row])], row, indicator, bound, **words)


def _hits(book: Book) -> Iterator[_Broken]:
    """Every bound that is broken."""
    mtd, ytd, january = book.now_natural(MTD), book.now_natural(YTD), book.month == 1
    for row in book.where((ytd != mtd) & january):
        yield row, "january", YTD, int(mtd[row]), {"other": book.label(MTD)}
    yield from _between(book, YTD, ~january)
    yield from _largest(book, ytd)
    yield from _between(book, CUM, np.ones_like(january))


def _largest(book: Book, ytd: Figures) -> Iterator[_Broken]:
    """Not less than the largest of the year's earlier months."""
    largest, when = nothing(len(book.records)), np.zeros(len(book.records), dtype=np.int64)
    for back in book.earlier_months:
        earlier = without(book.before(MTD, back), book.month <= back)
        is_larger = true(earlier > largest) | (unknown(largest) & ~unknown(earlier))
        when = np.where(is_larger, book.month - back, when)
        largest = np.ma.array(np.where(is_larger, earlier.data, largest.data), mask=unknown(largest) & ~is_larger)
    for row in book.where(ytd < largest):
        yield row, "largest", YTD, int(largest[row]), {"when": f"{when[row]}月"}


def _between(book: Book, indicator: str, rows: Mask) -> Iterator[_Broken]:
    """Not less than last month's, and not more than that and this month's; what last month has wrong A29 tells."""
    figure, before, now = book.now_natural(indicator), book.before(indicator), book.now_natural(MTD)
    rows = rows & ~disowned(book).excuses(indicator)
    for row in book.where((figure < before) & rows):
        yield row, "less", indicator, int(before[row]), {}
    most = before + now
    for row in book.where((figure > most) & rows):
        words = {
            "before": book.say(indicator, int(before[row])),
            "households": book.say(MTD, int(now[row])),
        }
        yield row, "more", indicator, int(most[row]), words
