"""Figures of earlier months that this month's statement disowns: true to itself, it goes on from others (A29).

An error of this month never looks like that. A balance is believed against the one in force only if it is what the
sender's own base and the month come to, what the year comes to, and what its grades add up to; a sum since January
only if balance and year hold with it; any sum also if it goes on from the month before last, which last month does
not, or if last month's is a slip of the pen away that nobody could have seen. Where last month was sent again, and the
statement goes on from the version that was replaced, it is this month's that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from pipeline.validate.diagnosis.slips import Cause, slip
from pipeline.validate.disowned_households import disowned_households
from pipeline.validate.equations import (
    BASES,
    FLOWS,
    GRADES,
    OUTSTANDING,
    SINCE_LAST_MONTH,
    SINCE_YEAR_START,
    SO_FAR,
    TYPED_SINCE_LAST_MONTH,
    TYPED_SINCE_YEAR_START,
    YEAR_SO_FAR,
    Balance,
    Equation,
    balance,
    natural,
)
from pipeline.validate.frames import Book
from pipeline.validate.masked import Figures, Mask, true, unknown, zero_at
from pipeline.validate.neighbours import MONTHS_BACK
from pipeline.validate.owed import before_or_none, now_or_none
from pipeline.validate.past import ordinal
from pipeline.validate.tolerance import slack
from pipeline.validate.typed_totals import mismatches

LAST_MONTH_BASE, YEAR_START_BASE, _ = (code for code, _ in BASES)
_SUMS = {equation.figure: equation for equation in YEAR_SO_FAR if equation.figure.endswith("_amount_ytd")}
_SIGNS = {f"{stem}_ytd": sign for stem, sign in FLOWS}
_NAMED = frozenset({Cause.UNIT, Cause.DIGIT_MORE, Cause.DIGIT_LESS, Cause.POINT, Cause.TRANSPOSED})
"""Slips that hardly happen by chance: any two figures of the same length may differ in a digit or two."""


@dataclass(frozen=True, slots=True)
class Disowned:
    """An earlier figure that is doubted: of which row of the book, so many months ago, and what it was meant to be."""

    row: int
    indicator: str
    back: int
    meant: int
    most: int | None = None
    """Where it is only known between which bounds it was meant to be, the upper one."""


@dataclass(frozen=True, eq=False)
class Verdict:
    """What is doubted, and by equation at which rows it is not this month's figures that are wrong."""

    size: int
    """How many rows the book has."""
    figures: tuple[Disowned, ...] = ()
    rows: Mapping[Equation | str, Mask] = field(default_factory=dict)

    def excuses(self, equation: Equation | str) -> Mask:
        """The rows at which the equation, or the bounds of households, are missed by an earlier month's fault."""
        return self.rows.get(equation, np.zeros(self.size, dtype=bool))


def disowned(book: Book) -> Verdict:
    """What this month's statements say of the figures in force before them."""
    return book.once(_disowned)


def _disowned(book: Book) -> Verdict:
    balances, sums = (SINCE_LAST_MONTH, SINCE_YEAR_START), (*YEAR_SO_FAR, *SO_FAR)
    found = {equation: balance(book, equation) for equation in (*balances, *sums)}
    wrong = _Balances.of(book, found)
    rows = _rows(book, found, wrong) if any(true(one.broken).any() for one in found.values()) else {}
    figures = list(_figures(book, found, rows))
    excused: dict[Equation | str, Mask] = dict(rows.items())
    for code, own, between in disowned_households(book, wrong.is_true_to_itself):
        excused[code] = own
        figures += [Disowned(one.row, code, 1, one.least, one.most) for one in between]
    return Verdict(len(book.records), tuple(figures), excused)


def _rows(book: Book, found: Mapping[Equation, Balance], wrong: _Balances) -> dict[Equation, Mask]:
    """By equation, the rows at which it is missed by an earlier month's fault."""
    rows: dict[Equation, Mask] = {SINCE_LAST_MONTH: wrong.last_month, SINCE_YEAR_START: wrong.year_start}
    rows |= _sums_of_the_year(found, wrong.is_true & (book.month > 1))
    for equation in SO_FAR:
        rows[equation] = _goes_along(found[equation], [found[other] for other in rows], list(rows.values()))
    for equation in (SINCE_LAST_MONTH, *YEAR_SO_FAR, *SO_FAR):
        begins = (book.month == 1) & equation.but_in_january
        alone: Mask = true(found[equation].broken) & wrong.is_true_to_itself & ~rows[equation] & ~begins
        rows[equation] = rows[equation] | _goes_on_from_before(book, found[equation], alone)
        if equation is not SINCE_LAST_MONTH:
            rows[equation] = rows[equation] | _was_a_slip(book, found[equation], alone)
    return {e: mask & _leaves_something(book, found[e]) & _is_beyond_doubt(book, found, e) for e, mask in rows.items()}


# ------------------------------------------------------------------ balances


@dataclass(frozen=True, eq=False)
class _Balances:
    """Rows at which the balance in force of last month, of December, is doubted; at which this month's is confirmed."""

    last_month: Mask
    year_start: Mask
    is_true: Mask
    is_true_to_itself: Mask
    """Where it is so by grades and totals alone."""

    @classmethod
    def of(cls, book: Book, found: Mapping[Equation, Balance]) -> _Balances:
        month, year = found[SINCE_LAST_MONTH], found[SINCE_YEAR_START]
        january = book.month == 1
        holds, year_holds = true(~month.broken), true(~year.broken)
        by_month = _typed(book, month, LAST_MONTH_BASE, TYPED_SINCE_LAST_MONTH, year_holds & ~january)
        by_year = _typed(book, year, YEAR_START_BASE, TYPED_SINCE_YEAR_START, holds & ~january)
        own_year = true(~balance(book, TYPED_SINCE_YEAR_START).broken)
        has_year = ~unknown(year.off) & ~january | ~unknown(book.now(YEAR_START_BASE))
        year_fits = (year_holds & ~january) | by_year | (own_year & (january | unknown(year.off))) | ~has_year
        true_to_itself = _is_true_to_itself(book)
        last_month = by_month & year_fits & true_to_itself
        year_start = true(year.broken) & true_to_itself & np.where(january, last_month, by_year & (holds | by_month))
        is_true = (holds | last_month) & ((year_holds & ~january) | year_start | own_year & has_year) & true_to_itself
        return cls(last_month, year_start, is_true, true_to_itself)


def _typed(book: Book, found: Balance, base: str, typed: Equation, anchored: Mask) -> Mask:
    """Where a balance follows from the base that the sender types, and not from ours, which is another.

    Not where they are far apart and nothing else in force agrees with the balance (`anchored`): a statement in the
    wrong unit of money is true to itself. Nor where the base is what was in force before it was corrected, or is
    another month's, or another county's: then it is another month's report, another county's row.
    """
    ours, theirs = found.terms[0], book.now_natural(base)
    is_near = anchored | (true(2 * theirs > ours) & true(theirs < 2 * ours))
    rows = true(found.broken) & true(~balance(book, typed).broken) & is_near
    for earlier in range(1, MONTHS_BACK + 1) if rows.any() else ():
        then = book.base_before(OUTSTANDING, earlier)
        rows &= ~true(then == theirs) & ~true(then == book.now(OUTSTANDING))
    back = book.month if typed is TYPED_SINCE_YEAR_START else np.ones(len(rows), dtype=np.int64)
    for row in np.flatnonzero(rows):
        beside = ours.data[(book.position == book.position[row]) & ~unknown(ours)]
        corrected = book.past.replaced.get(_place(book, int(row), OUTSTANDING, int(back[row])), ())
        rows[row] = int(theirs[row]) not in corrected and int(theirs[row]) not in beside
    return rows


def _is_true_to_itself(book: Book) -> Mask:
    """Where the grades add up to the balance, and no typed total of what the balance is made of is missed."""
    grades = sum((book.now_natural(code) for code in GRADES[1:]), start=book.now_natural(GRADES[0]))
    holds = true(abs(book.now_natural(OUTSTANDING) - grades) * 2 <= slack(book, len(GRADES) + 1))
    codes = {OUTSTANDING, *(f"{stem}{span}" for stem, _ in FLOWS for span in ("_mtd", "_ytd"))}
    missed = {hit.submission for hit in mismatches(book) if hit.indicator in codes}
    return holds & ~np.isin(book.position, list(missed)) & book.single


def _place(book: Book, row: int, indicator: str, back: int) -> tuple[str, str, int, str]:
    record = book.records[row]
    month = ordinal(book.months[record.submission]) - back
    return book.submissions[record.submission].unit, record.area, month, indicator


# ------------------------------------------------------------------ sums


def _sums_of_the_year(found: Mapping[Equation, Balance], is_true: Mask) -> dict[Equation, Mask]:
    """Amounts since January with which balance and year hold, and last month's do not.

    Not where two of them make up for one another.
    """
    offs = {code: found[equation].off * _SIGNS[code] for code, equation in _SUMS.items()}
    allowed = {code: found[equation].twice_allowed for code, equation in _SUMS.items()}
    none = np.zeros(len(is_true), dtype=np.int64)
    broken = {code: true(found[equation].broken) for code, equation in _SUMS.items()}
    rows = {code: broken[code] & is_true for code in _SUMS}
    for size in (2, 3):
        for codes in combinations(_SUMS, size):
            left = abs(sum((offs[code] for code in codes), start=np.ma.array(none)))
            together = left * 2 <= sum((allowed[code] for code in codes), start=none)
            cancels = true(together) & np.logical_and.reduce([broken[code] for code in codes])
            for code in codes:
                rows[code] &= ~cancels
    return {equation: rows.get(equation.figure, np.zeros(len(is_true), dtype=bool)) for equation in YEAR_SO_FAR}


def _goes_along(found: Balance, others: list[Balance], doubted: list[Mask]) -> Mask:
    """Where a sum differs by as much as an amount of last month that is doubted: one flow of that month was wrong."""
    rows = np.zeros(len(found.off), dtype=bool)
    if "_amount" in found.equation.figure:
        for other, mask in zip(others, doubted, strict=True):
            as_much = abs(abs(found.off) - abs(other.off)) * 2 <= found.twice_allowed + other.twice_allowed
            rows |= true(found.broken) & mask & true(as_much)
    return rows


def _goes_on_from_before(book: Book, found: Balance, rows: Mask) -> Mask:
    """Where this month goes on from the month before last and what happened since: last month's did not."""
    if not rows.any():
        return rows
    equation, steps = found.equation, 2 * found.twice_allowed
    first, *flows = equation.terms
    base = before_or_none(book, first.indicator, 2)
    base = zero_at(base, book.month == 2) if equation.but_in_january else base
    moved: Figures = base
    for term in flows:
        moved = moved + (before_or_none(book, term.indicator, 1) + now_or_none(book, term.indicator)) * term.sign
    return rows & true(abs(natural(book, equation.figure, book.now(equation.figure)) - moved) * 2 <= steps)


def _was_a_slip(book: Book, found: Balance, rows: Mask) -> Mask:
    """Where last month's is a slip of what this month goes on from, and nothing of the month before it could tell."""
    first = found.equation.terms[0]
    column = book.form.by_code[first.indicator]
    unheard = unknown(book.before(first.indicator, 2)) & ((book.month > 2) | (not found.equation.but_in_january))
    told = np.zeros(len(rows), dtype=bool)
    for row in np.flatnonzero(rows & unheard):
        before, step = int(found.terms[0][row]), int(book.step[row])
        now = int(book.now(found.equation.figure)[row])
        meant = before + int(found.off[row])
        was = slip(before, meant, step, is_amount=column.is_amount)
        is_now = slip(now, int(found.expected[row]), step, is_amount=column.is_amount)
        told[row] = was in _NAMED and is_now not in _NAMED
    return told


def _is_beyond_doubt(book: Book, found: Mapping[Equation, Balance], equation: Equation) -> Mask:
    """Where a difference is more than the roundings of all that confirms this month's figure could hide."""
    own = found[equation]
    beside = (
        found[SINCE_LAST_MONTH].twice_allowed + found[SINCE_YEAR_START].twice_allowed + slack(book, len(GRADES) + 1)
    )
    column = book.form.by_code[equation.figure]
    return true(2 * abs(own.off) > own.twice_allowed + (beside if column.is_amount else 0))


# ------------------------------------------------------------------ what they were


def _leaves_something(book: Book, found: Balance) -> Mask:
    """Where the earlier figure was reported, and what this month leaves for it is not below nought."""
    back = book.month if found.equation is SINCE_YEAR_START else 1
    return true(found.terms[0] + found.off >= 0) & ~unknown(book.before(found.equation.terms[0].indicator, back))


def _figures(book: Book, found: Mapping[Equation, Balance], rows: Mapping[Equation, Mask]) -> Iterator[Disowned]:
    """Each earlier figure once, the balance first."""
    told: set[tuple[int, int]] = set()
    for equation, mask in rows.items():
        for row in map(int, np.flatnonzero(mask)):
            back = int(book.month[row]) if equation is SINCE_YEAR_START else 1
            if equation in _TYPED and (row, back) in told:
                continue
            if equation in _TYPED:
                told.add((row, back))
            yield Disowned(row, equation.figure, back, _meant(book, found[equation], row))


_TYPED = {SINCE_LAST_MONTH: LAST_MONTH_BASE, SINCE_YEAR_START: YEAR_START_BASE}


def _meant(book: Book, found: Balance, row: int) -> int:
    """What the sender types of it, or what this month leaves for it."""
    before = int(found.terms[0][row]) + int(found.off[row])
    typed = book.now(_TYPED.get(found.equation, ""))
    near = int(found.twice_allowed[row])
    return int(typed[row]) if not unknown(typed)[row] and abs(int(typed[row]) - before) * 2 <= near else before
