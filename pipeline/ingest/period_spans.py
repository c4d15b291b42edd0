"""Spans of time and days in a text (2018年1月1日至3月31日, 截至3月20日, 3月上旬): which are a month, and which not.

Figures of a month are as of its end. A span from the year's start to that end is the month's too: what it adds up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.periods import Month

_BETWEEN = r"(?:[—–~]+|[至到])"
_COMPACT = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)(?=(?:-|[—–~]+|[至到])(?:19|20)\d{6}(?!\d))"
    r"|(?<=[-—–~至到])((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)(?!\d)"
)
"""20180101-20180331: both days are written with dots before the span is looked for."""
_SPAN = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})\s*[年./-]\s*(?P<first>\d{1,2})(?:\s*月\s*份?)?(?:[./-]?\s*(?P<from>\d{1,2})(?!\d)\s*日?)?\s*"
    rf"(?:{_BETWEEN}|-(?=\s*\d{{1,2}}\s*月|\s*(?:(?:19|20)\d{{2}}\s*[年./-]\s*)?\d{{1,2}}\s*[月./-]\s*\d{{1,2}}(?!\d)))\s*"
    r"(?:(?P<later>(?:19|20)\d{2})\s*[年./-]\s*)?"
    r"(?P<last>\d{1,2})\s*(?:[月./-]\s*(?P<to>\d{1,2})(?!\d)\s*日?|月)\s*[份末底]?"
)
"""「2019年1—3月」, 「2019年3月1日—3月31日」, 「2018.1.1-2018.3.31」: both ends named."""
_IN_MONTH = re.compile(
    rf"(?P<year>(?:19|20)\d{{2}})\s*年\s*(?P<first>\d{{1,2}})\s*月\s*(?P<from>\d{{1,2}})\s*日?\s*(?:{_BETWEEN}|-)\s*(?P<to>\d{{1,2}})\s*日"
)
"""「2018年3月1日至31日」."""

_DAY = re.compile(
    r"(?P<until>截[至止到](?:日期|时间|日)?[于到至为]?:?)?(?<!\d)(?:(?P<year>(?:19|20)\d{2})[年./-])?(?P<month>\d{1,2})(?:月|(?<=\d)[./-])(?P<day>\d{1,2})(?!\d|月)日?"
    r"(?=(?P<end>$|[()\[\]【】,，、;；。:]|止|数据|(?:金额)?单位:|币种|的?(?:统计|[月季年]?报表|情况|余额|数(?:$|[()]))))?"
)
_COMPACT_DAY = re.compile(
    r"(?P<until>截[至止到](?:日期|时间|日)?[于到至为]?:?)(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?!\d)(?P<end>)"
)
_TEN_DAYS = re.compile(
    r"(?<!\d)(?P<month>\d{1,2})月份?[上中下]旬(?!以?来|起|[之以]?前|开始|召开|(?:报送|上报|填报|报出|提交))"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A span of time as it stands in a text; whole months, or parts of them."""

    words: str
    first: Month
    last: Month
    is_whole: bool
    """Whether it begins with a month's first day and ends with a month's last."""

    @property
    def is_since_january(self) -> bool:
        """Whether it is the year up to a month's end."""
        return self.is_whole and self.first == Month(self.last.year, 1)


def spans_in(text: str) -> tuple[list[Span], str]:
    """The spans that a text (digits arabic, forms folded) names, and the text without them."""
    found: list[Span] = []
    rest = _COMPACT.sub(lambda day: ".".join(part for part in day.groups() if part), text)
    for pattern in (_IN_MONTH, _SPAN):
        for match in pattern.finditer(rest):
            found += _span(match)
        rest = pattern.sub(" ", rest)
    return found, rest if found else text


def _span(match: re.Match[str]) -> list[Span]:
    said = match.groupdict()
    year, first = int(said["year"]), int(said["first"])
    last = int(said.get("last") or first)
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return []
    begin, end = Month(year, first), Month(int(said.get("later") or year), last)
    starts = said["from"] is None or int(said["from"]) == 1
    closes = said["to"] is None or int(said["to"]) == end.last_day.day
    return [Span(match[0].strip(), begin, end, starts and closes)]


def span_against(text: str, month: Month) -> tuple[str, str]:
    """The words of a span that does not end as this month does (empty if none), and the text without any span."""
    spans, rest = spans_in(text)
    odd = next((s for s in spans if not s.is_whole or (s.is_since_january and s.last != month)), None)
    return odd.words if odd else "", rest


def day_within(text: str, month: Month, *, surely: bool = False) -> str:
    """The words of a day of this month before its end, as of which figures are (截至3月20日); empty if there is none.

    A day on which something was done is none; `surely`: only what stands behind 截至. The first day alone may stand
    for the month.
    """
    if (ten := _TEN_DAYS.search(text)) and int(ten["month"]) == month.month:
        return ten[0]
    return next(_days_within(text, month, surely=surely), "")


def _days_within(text: str, month: Month, *, surely: bool) -> Iterator[str]:
    for match in (*_DAY.finditer(text), *_COMPACT_DAY.finditer(text)):
        day = int(match["day"])
        if int(match["month"]) != month.month or int(match["year"] or month.year) != month.year:
            continue
        is_closed = match["end"] is not None and (match["year"] or "月" in match[0])
        first = 1 if match["until"] else 2
        if first <= day < month.last_day.day and (match["until"] or (is_closed and not surely)):
            yield match[0]
