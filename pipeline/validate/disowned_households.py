"""Households lent to of last month that this month's statement does not go on from: which of the two months is wrong.

Households of months do not add up: what is compared are the bounds between which a sum lies (A06).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.validate.frames import Book
from pipeline.validate.masked import Figures, Mask, true, unknown, zero_at

MTD, YTD, CUM = (f"disbursed_households_{span}" for span in ("mtd", "ytd", "cum"))
_MORE = 10
"""A digit too many."""


@dataclass(frozen=True, slots=True)
class Between:
    """A sum of last month that is doubted: of which row of the book, and between which bounds it was meant to be."""

    row: int
    indicator: str
    least: int
    most: int


@dataclass(frozen=True, eq=False)
class _Sums:
    """Households of a span: now, last month, the month before; those of the month, now and last month."""

    now: Figures
    last: Figures
    before: Figures
    new: Figures
    new_then: Figures

    @classmethod
    def of(cls, book: Book, code: str) -> _Sums:
        before = book.before(code, 2)
        return cls(
            book.now_natural(code),
            book.before(code),
            zero_at(before, book.month == 2) if code == YTD else before,
            book.now_natural(MTD),
            book.before(MTD),
        )

    @property
    def broken(self) -> Mask:
        """Where this month does not go on from last month's."""
        return true(self.now < self.last) | true(self.now > self.last + self.new)

    @property
    def goes_on_from_before(self) -> Mask:
        """Where it does from the month before, and last month's did not."""
        strays = true(self.last < self.before) | true(self.last > self.before + self.new_then)
        return strays & true(self.now >= self.before) & true(self.now <= self.before + self.new_then + self.new)

    @property
    def was_tenfold(self) -> Mask:
        """Where last month's is ten times what this month goes on from, and nothing before it could tell.

        Not where this month's is the tenth of what goes on from last month's.
        """
        meant = self.last // _MORE
        is_slip = true(self.last == meant * _MORE) & true(self.now <= meant + self.new)
        is_ours = true(self.now * _MORE <= self.last + self.new)
        return is_slip & ~is_ours & unknown(self.before)


def disowned_households(book: Book, is_true: Mask) -> Iterator[tuple[str, Mask, list[Between]]]:
    """(indicator, rows at which it is not this month's that is wrong, what last month's was).

    Of statements that are true to themselves (`is_true`).
    """
    for code in (YTD, CUM):
        sums = _Sums.of(book, code)
        within = sums.broken & is_true & (book.month > 1 if code == YTD else np.ones_like(is_true))
        chain, slip = within & sums.goes_on_from_before, within & sums.was_tenfold
        least = np.ma.maximum(sums.before, sums.now - sums.new)
        most = np.ma.minimum(sums.now, sums.before + sums.new_then)
        figures = [Between(row, code, int(least[row]), int(most[row])) for row in map(int, np.flatnonzero(chain))]
        tenths = [(row, int(sums.last[row]) // _MORE) for row in map(int, np.flatnonzero(slip))]
        yield code, chain | slip, [*figures, *(Between(row, code, meant, meant) for row, meant in tenths)]
