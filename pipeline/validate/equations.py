"""Figures that follow from others: this month's from last month's and what happened since (A02 to A05).

An equation is data: which figure, and which terms add up to it. It is evaluated for all rows at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import Figures, Integers, Mask, true, unknown, without, zero_at
from pipeline.validate.owed import ABSENT_IS_NONE, before_or_none, is_unsigned, now_or_none
from pipeline.validate.tolerance import rounding


class Since(StrEnum):
    """The month that a term is of, as a sentence begins with it."""

    NOW = ""
    LAST_MONTH = "上月"
    YEAR_START = "上年12月"


@dataclass(frozen=True, slots=True)
class Term:
    """A figure that is added, or taken away (`sign` -1)."""

    indicator: str
    sign: int = 1
    since: Since = Since.NOW


@dataclass(frozen=True, slots=True)
class Equation:
    """`figure` is the sum of `terms`, each row by itself."""

    figure: str
    terms: tuple[Term, ...]
    but_in_january: bool = False
    """The first term is last month's of a count that starts anew each year: nothing, in January."""


FLOWS = (
    ("disbursed_amount", 1),
    ("repaid_amount", -1),
    ("written_off_amount", -1),
    ("other_change_amount", 1),
)
OUTSTANDING = "outstanding_amount"
NPL = ("substandard_amount", "doubtful_amount", "loss_amount")
GRADES = ("pass_amount", "special_mention_amount", *NPL)
BASES = (
    ("outstanding_amount_previous_month", 1),
    ("outstanding_amount_year_start", 0),
    ("outstanding_amount_previous_year", 12),
)
"""Typed bases and how many months ago their figure was; 0 stands for last December."""
TYPED_BASES = frozenset(code for code, _ in BASES)
SINCE_LAST_MONTH = Equation(
    OUTSTANDING,
    (Term(OUTSTANDING, 1, Since.LAST_MONTH), *(Term(f"{stem}_mtd", sign) for stem, sign in FLOWS)),
)
SINCE_YEAR_START = Equation(
    OUTSTANDING,
    (Term(OUTSTANDING, 1, Since.YEAR_START), *(Term(f"{stem}_ytd", sign) for stem, sign in FLOWS)),
)
TYPED_SINCE_LAST_MONTH = Equation(OUTSTANDING, (Term(BASES[0][0]), *SINCE_LAST_MONTH.terms[1:]))
TYPED_SINCE_YEAR_START = Equation(OUTSTANDING, (Term(BASES[1][0]), *SINCE_YEAR_START.terms[1:]))
"""The same from the bases that the sender types: true within the statement, whatever is in force."""
YEAR_SO_FAR = tuple(
    Equation(f"{stem}_ytd", (Term(f"{stem}_ytd", 1, Since.LAST_MONTH), Term(f"{stem}_mtd")), but_in_january=True)
    for stem in ("disbursed_loans", "disbursed_amount", "repaid_amount", "written_off_amount")
)
SO_FAR = tuple(
    Equation(f"{stem}_cum", (Term(f"{stem}_cum", 1, Since.LAST_MONTH), Term(f"{stem}_mtd")))
    for stem in ("disbursed_loans", "disbursed_amount")
)


_OF_THE_YEAR = (SINCE_YEAR_START, TYPED_SINCE_YEAR_START)


@dataclass(frozen=True, eq=False)
class Balance:
    """An equation evaluated on a book: what the terms add up to, by how much the figure is off, twice what it may be.

    By row, in the figure's unit; not known where a term is not.
    """

    equation: Equation
    terms: tuple[Figures, ...]
    expected: Figures
    off: Figures
    twice_allowed: Integers

    @property
    def broken(self) -> Mask:
        """Whether the difference is more than roundings explain."""
        broken: Mask = abs(self.off) * 2 > self.twice_allowed
        return broken


def balance(book: Book, equation: Equation) -> Balance:
    """What the equation says of every row."""
    return book.once(_balance, equation)


def _balance(book: Book, equation: Equation) -> Balance:
    terms = tuple(_term(book, equation, term) for term in equation.terms)
    signed = (values * term.sign for term, values in zip(equation.terms, terms, strict=True))
    expected = sum(signed, start=np.ma.zeros(len(book.records), dtype=np.int64))
    off = natural(book, equation.figure, book.now(equation.figure)) - expected
    return Balance(equation, terms, expected, off, _steps(book, equation))


def natural(book: Book, indicator: str, figures: Figures) -> Figures:
    """The figures of an indicator, not where they are below zero though they never may: that is A10's to name."""
    column = book.form.by_code.get(indicator)
    return without(figures, figures.data < 0) if column is not None and is_unsigned(column) else figures


def _term(book: Book, equation: Equation, term: Term) -> Figures:
    if term.since is Since.NOW:
        values = natural(book, term.indicator, now_or_none(book, term.indicator))
    else:
        values = before_or_none(book, term.indicator, _back(book, term))
    if _starts_anew(equation, term):
        values = zero_at(values, book.month == 1)
    return values


def _starts_anew(equation: Equation, term: Term) -> bool:
    return equation.but_in_january and term is equation.terms[0]


def _is_reported(book: Book, term: Term) -> Mask:
    told = book.now(term.indicator) if term.since is Since.NOW else book.before(term.indicator, _back(book, term))
    return ~unknown(told)


def _back(book: Book, term: Term) -> int | Integers:
    return book.month if term.since is Since.YEAR_START else 1


# ------------------------------------------------------------------ roundings


def _steps(book: Book, equation: Equation) -> Integers:
    """The steps of all figures in it together, in fen; none of a count, of what is exact to the fen or not there."""
    column = book.form.by_code.get(equation.figure)
    if column is None or not column.is_amount:
        return np.zeros(len(book.records), dtype=np.int64)
    total = counted(book.step)
    for term in equation.terms:
        steps = book.step if term.since is Since.NOW else book.step_before(_back(book, term))
        steps, there = counted(steps), _is_reported(book, term)
        if equation in _OF_THE_YEAR and term.indicator.endswith("_ytd"):
            steps = np.where(_may_be_sum(book, term), np.maximum(steps * book.month, book.once(_steps_of_year)), steps)
        if _starts_anew(equation, term):
            there = there & (book.month > 1)
        total = total + np.where(there, steps, 0)
    return total


def counted(steps: Integers) -> Integers:
    """What is exact to the fen is not rounded."""
    return np.where(steps > 1, steps, 0)


def _may_be_sum(book: Book, term: Term) -> Mask:
    """Whether a year was added up from rounded months, as far as is known: then each of them can be half a step off.

    Only asked where the year stands against another figure than its own months (A03).
    """
    summed = months_added_up(book, term.indicator.replace("_ytd", "_mtd"))
    may_be: Mask = np.ma.filled(summed == book.now(term.indicator), True)
    return may_be


def _steps_of_year(book: Book) -> Integers:
    """The steps of the year's months together: a sender may have rounded more coarsely before."""
    total = counted(book.step)
    for back in book.earlier_months:
        total = total + np.where(back < book.month, counted(book.step_before(back)), 0)
    return total


def months_added_up(book: Book, mtd: str) -> Figures:
    """The year's months of a flow together; not known where one of them is not."""
    return book.once(_months_added_up, mtd)


def _months_added_up(book: Book, mtd: str) -> Figures:
    total = now_or_none(book, mtd)
    for back in book.earlier_months:
        total = total + zero_at(before_or_none(book, mtd, back), book.month <= back)
    return total


# ------------------------------------------------------------------ words


def spelt(book: Book, found: Balance, row: int) -> str:
    """The sum as it is written: 上月“期末余额/金额”12.00万元＋“发放情况/本月/金额”3.00万元－….

    Of what is rare, only what happened; but where nothing at all did, that.
    """
    terms = [
        (term, int(values[row]))
        for term, values in zip(found.equation.terms, found.terms, strict=True)
        if not (_starts_anew(found.equation, term) and book.month[row] == 1)
    ]
    happened = [(term, value) for term, value in terms if value or term.indicator not in ABSENT_IS_NONE]
    parts = [
        f"{'＋' if term.sign == 1 else '－'}{term.since}“{book.label(term.indicator)}”{book.say(term.indicator, value)}"
        for term, value in happened or terms
    ]
    return "".join(parts)[1:]


def broken_hits(
    book: Book, kind: str, equations: Sequence[Equation], excused: Callable[[Equation], Mask] | None = None
) -> Iterator[Hit]:
    """A hit at the figure of each row at which one of these equations does not hold, and is not excused."""
    for equation in equations:
        found = balance(book, equation)
        for row in book.where(found.broken if excused is None else true(found.broken) & ~excused(equation)):
            figure = equation.figure
            yield book.hit(
                kind,
                row,
                figure,
                int(found.expected[row]),
                sum=spelt(book, found, row),
                difference=book.say(figure, abs(int(found.off[row]))),
                allowed=rounding(book, figure, int(found.twice_allowed[row])),
            )
