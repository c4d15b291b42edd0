"""What a unit's statement says in all: its areas together, as far as rounding lets one know."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from pipeline.money import MICRO_PER_PERCENT
from pipeline.validate.derived import DERIVED, NPL_AMOUNT
from pipeline.validate.frames import Book, machine, say
from pipeline.validate.masked import Mask
from pipeline.validate.owed import RATE

NPL = ("substandard_amount", "doubtful_amount", "loss_amount")
"""Non-performing is what these grades add up to; the bank's own sum is only compared."""
_RATE_PLACE = MICRO_PER_PERCENT // 100


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure of the whole unit: between which bounds it truly lies, and what to call it."""

    low: Fraction
    high: Fraction
    label: str
    words: str
    machine: str
    """Plain decimal text, as in findings."""

    @property
    def middle(self) -> Fraction:
        """As it is reported."""
        return (self.low + self.high) / 2

    def contradicts(self, low: Fraction | None, high: Fraction | None) -> bool:
        """Whether nothing between these limits can be the true figure; None is without a limit."""
        return (high is not None and high < self.low) or (low is not None and low > self.high)


@dataclass(frozen=True)
class Statement:
    """One unit's statement within a book."""

    book: Book
    position: int

    def says(self, indicator: str) -> tuple[Stated, ...]:
        """The figure that follows from its areas, and the one typed as total; none where an area did not report it."""
        if indicator in DERIVED:
            return self._derived(indicator)
        if indicator == RATE:
            return self._rate()
        whole = self._sum(indicator)
        if whole is None:
            return ()
        half = Fraction(self._step(indicator), 2)
        typed = [value for value in self._values(indicator, self._totals) if value is not None]
        return (whole, *(self._as_stated(indicator, value, half) for value in typed))

    @cached_property
    def _areas(self) -> list[int]:
        """The rows that add up to the whole."""
        return [int(row) for row in np.flatnonzero(self._own & self.book.added)]

    @cached_property
    def _totals(self) -> list[int]:
        return [int(row) for row in np.flatnonzero(self._own & ~self.book.single)]

    @cached_property
    def _own(self) -> Mask:
        own: Mask = self.book.position == self.position
        return own

    @cached_property
    def _is_complete(self) -> bool:
        """Whether every area that the register expects is there."""
        unit = self.book.unit(self.position)
        return unit is not None and {self.book.records[row].area for row in self._areas} == set(unit.areas)

    def _values(self, indicator: str, rows: list[int]) -> list[int | None]:
        seen = [self.book.origins[row].get(indicator) for row in rows]
        return [None if at is None else at.value for at in seen]

    def _sum(self, indicator: str) -> Stated | None:
        """The areas together, once every one of them is there and has reported it."""
        if not self._is_complete:
            return None
        parts = NPL if indicator == NPL_AMOUNT else (indicator,)
        values = [value for part in parts for value in self._values(part, self._areas)]
        known = [value for value in values if value is not None]
        if len(known) < len(values):
            return None
        return self._as_stated(indicator, sum(known), Fraction(self._step(indicator) * len(values), 2))

    def _step(self, indicator: str) -> int:
        """How far rounding may have moved one area's figure, doubled; a year may have been added up from its months."""
        column = self.book.form.by_code[indicator]
        step = self.book.submissions[self.position].step
        if not column.is_amount or step == 1:
            return 0
        return step * (self.book.months[self.position].month if indicator.endswith(("_ytd", "_cum")) else 1)

    def _as_stated(self, indicator: str, value: int, slack: Fraction) -> Stated:
        column = self.book.form.by_code[indicator]
        return Stated(value - slack, value + slack, column.label, say(column, value), machine(column, value))

    def _derived(self, indicator: str) -> tuple[Stated, ...]:
        derived = DERIVED[indicator]
        figure, base = self._sum(derived.figure), self._sum(derived.base)
        if figure is None or base is None:
            return ()
        bounds = derived.bounds((figure.low, figure.high), (base.low, base.high))
        if bounds is None:
            return ()
        exact = derived.value(figure.middle, base.middle)
        words = derived.words(figure.words, base.words, exact)
        return (Stated(*bounds, derived.label, words, derived.machine(exact)),)

    def _rate(self) -> tuple[Stated, ...]:
        """Between the lowest and the highest of its areas, however they are weighted."""
        rates = [rate for rate in self._values(RATE, self._areas) if rate is not None]
        if not rates or not self._is_complete:
            return ()
        column = self.book.form.by_code[RATE]
        low, high = min(rates), max(rates)
        words = say(column, low) if low == high else f"{say(column, low)}至{say(column, high)}"
        told = machine(column, low) if low == high else ""
        return (Stated(low - _half(low), high + _half(high), column.label, words, told),)


def _half(rate: int) -> Fraction:
    """Half the last place that a rate was surely rounded to: 0.01 %, or finer where it is given finer."""
    place = _RATE_PLACE
    while rate % place:
        place //= 10
    return Fraction(place, 2)


def statements(book: Book) -> dict[str, Statement]:
    """By unit; of one period."""
    return {submission.unit: Statement(book, place) for place, submission in enumerate(book.submissions)}
