"""Reference periods 「报告期」: months, and the years that targets are set for."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pipeline.errors import UsageError

_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month; written `2018-03`, shown 「2018年3月」."""

    year: int
    month: int

    def __post_init__(self) -> None:
        """Refuse what is not a month of the years that statistics are kept for."""
        if not (1900 <= self.year <= 2999 and 1 <= self.month <= 12):
            raise ValueError(f"no such month: {self.year}-{self.month}")

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `2018-03`; raise UsageError for anything else."""
        found = _MONTH.fullmatch(text.strip())
        if not found or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1900:
            raise UsageError(f"报告期“{text}”写法不对。请写成 2018-03 这样的年月。")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that holds this day."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        """`2018-03`, the form used in files and arguments."""
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def label(self) -> str:
        """「2018年3月」."""
        return f"{self.year}年{self.month}月"

    @property
    def first_day(self) -> date:
        """The month's first day."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The month's last day, the date its stocks are of."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def shifted(self, months: int) -> Month:
        """The month so many months later (earlier, if negative)."""
        count = self.year * 12 + self.month - 1 + months
        return Month(count // 12, count % 12 + 1)

    @property
    def previous(self) -> Month:
        """The month before: base of 环比."""
        return self.shifted(-1)

    @property
    def year_start(self) -> Month:
        """December of the year before, whose closing stocks are this year's opening: base of 较年初."""
        return Month(self.year - 1, 12)

    @property
    def year_before(self) -> Month:
        """The same month a year earlier: base of 同比."""
        return self.shifted(-12)

    @property
    def pace(self) -> Fraction:
        """How much of the year has gone by at the month's end 「序时进度」."""
        return Fraction(self.month, 12)


def parse_range(text: str) -> list[Month]:
    """Read `2018-03` or `2017-01:2018-03`, both ends included; raise UsageError if it runs backwards."""
    first_text, _, last_text = text.partition(":")
    first = Month.parse(first_text)
    last = Month.parse(last_text) if last_text else first
    if last < first:
        raise UsageError(f"报告期范围“{text}”前后颠倒。请先写较早的月份。")
    return list(between(first, last))


def between(first: Month, last: Month) -> Iterator[Month]:
    """Every month from first to last, both included."""
    while first <= last:
        yield first
        first = first.shifted(1)


def period_label(period: str) -> str:
    """How a stored period is shown: `2018-03` as 2018年3月, `2018` as 2018年度."""
    return Month.parse(period).label if "-" in period else f"{period}年度"


def span_label(months: Sequence[Month]) -> str:
    """How months in a row are shown: 2018年1月至3月, 2017年11月至2018年2月, 2018年1月; nothing for none."""
    if not months:
        return ""
    first, last = months[0], months[-1]
    if first == last:
        return first.label
    return f"{first.label}至{f'{last.month}月' if first.year == last.year else last.label}"
