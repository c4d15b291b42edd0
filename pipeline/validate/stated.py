"""What a unit's statement says in all: its areas together, as far as rounding lets one know."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from pipeline.money import MICRO_PER_PERCENT, fixed, plain, round_half_up
from pipeline.validate.frames import Book, Mask, machine, say
from pipeline.validate.owed import RATE

NPL = ("substandard_amount", "doubtful_amount", "loss_amount")
"""Non-performing is what these grades add up to; the bank's own sum is only compared."""
NPL_AMOUNT = "npl_amount"
RATIOS: dict[str, tuple[str, str, str]] = {
    "npl_ratio": ("不良率", NPL_AMOUNT, "outstanding_amount"),
    "past_due_ratio": ("逾期率", "past_due_amount", "outstanding_amount"),
}
"""What a text may quote and the form does not ask for: its name, numerator and denominator."""
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

    def contradicts(self, low: Fraction | None, high: Fraction | None) -> bool:
        """Whether nothing between these limits can be the true figure; None is without a limit."""
        return (high is not None and high < self.low) or (low is not None and low > self.high)


@dataclass(frozen=True, slots=True)
class Statement:
    """One unit's statement within a book."""

    book: Book
    position: int

    def says(self, indicator: str) -> tuple[Stated, ...]:
        """The figure that follows from its areas, and the one typed as total; none where an area did not report it."""
        if indicator in RATIOS:
            return self._ratio(indicator)
        if indicator == RATE:
            return self._rate()
        whole = self._sum(indicator)
        if whole is None:
            return ()
        typed = self.book[indicator].to_numpy(dtype="int64", na_value=-1)[self._rows(total=True)]
        half = Fraction(self._step(indicator), 2)
        return (whole, *(self._as_stated(indicator, int(value), half) for value in typed if value >= 0))

    def _rows(self, *, total: bool) -> Mask:
        own: Mask = self.book.rows["submission"].to_numpy(np.int64) == self.position
        typed: Mask = self.book.rows["total"].to_numpy(bool)
        return own & typed if total else own & self.book.added

    def _sum(self, indicator: str) -> Stated | None:
        """The areas together, once every area that the register expects is there and has reported it."""
        rows = self._rows(total=False)
        areas = {self.book.records[int(row)].area for row in np.flatnonzero(rows)}
        unit = self.book.unit(self.position)
        if unit is None or areas != set(unit.areas):
            return None
        parts = NPL if indicator == NPL_AMOUNT else (indicator,)
        columns = [self.book[part].iloc[np.flatnonzero(rows)] for part in parts]
        if any(column.isna().any() for column in columns):
            return None
        slack = Fraction(self._step(indicator) * len(parts) * len(areas), 2)
        return self._as_stated(indicator, sum(int(column.sum()) for column in columns), slack)

    def _step(self, indicator: str) -> int:
        """How far rounding may have moved one area's figure, doubled; a year may have been added up from its months."""
        column = self.book.form.by_code[indicator]
        step = self.book.submissions[self.position].step
        if not column.is_amount or step <= 1:
            return 0
        return step * (self.book.months[self.position].month if indicator.endswith(("_ytd", "_cum")) else 1)

    def _as_stated(self, indicator: str, value: int, slack: Fraction) -> Stated:
        column = self.book.form.by_code[indicator]
        return Stated(value - slack, value + slack, column.label, say(column, value), machine(column, value))

    def _ratio(self, indicator: str) -> tuple[Stated, ...]:
        label, numerator, denominator = RATIOS[indicator]
        above, below = self._sum(numerator), self._sum(denominator)
        if above is None or below is None or below.low <= 0:
            return ()
        percent = 100 * MICRO_PER_PERCENT
        low, high = above.low / below.high * percent, above.high / below.low * percent
        exact = (above.low + above.high) / (below.low + below.high) * 100
        words = f"{above.words}÷{below.words}={fixed(exact, 2)}%"
        return (Stated(low, high, label, words, plain(exact, 6)),)

    def _rate(self) -> tuple[Stated, ...]:
        """Between the lowest and the highest of its areas, however they are weighted."""
        rates = [int(rate) for rate in self.book[RATE].iloc[np.flatnonzero(self._rows(total=False))].dropna()]
        if not rates or self._sum("disbursed_amount_ytd") is None:
            return ()
        column = self.book.form.by_code[RATE]
        low, high = min(rates), max(rates)
        words = say(column, low) if low == high else f"{say(column, low)}至{say(column, high)}"
        told = machine(column, round_half_up(Fraction(low + high, 2))) if low == high else ""
        return (Stated(low - _half(low), high + _half(high), column.label, words, told),)


def _half(rate: int) -> Fraction:
    """Half the last place that a rate was surely rounded to: 0.01 %, or finer where it is given finer."""
    place = _RATE_PLACE
    while place > 1 and rate % place:
        place //= 10
    return Fraction(place, 2)


def statements(book: Book) -> dict[str, Statement]:
    """By unit; of one period."""
    return {submission.unit: Statement(book, place) for place, submission in enumerate(book.submissions)}
