"""One statement as a system of equations: A·x = b, each with its tolerance, over the figures of all its areas."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pipeline.validate.diagnosis.county_says import Said, said_by_counties
from pipeline.validate.disowned import disowned
from pipeline.validate.equations import (
    BASES,
    OUTSTANDING,
    SINCE_LAST_MONTH,
    SINCE_YEAR_START,
    SO_FAR,
    TYPED_BASES,
    YEAR_SO_FAR,
    Balance,
    Equation,
    Since,
    balance,
    counted,
)
from pipeline.validate.frames import Book
from pipeline.validate.masked import Figures, Integers, Mask, true, unknown, without
from pipeline.validate.owed import ABSENT_IS_NONE, tells
from pipeline.validate.rules.areas import area_faults
from pipeline.validate.rules.averages import average_loan
from pipeline.validate.rules.bases import UNPROVEN, unproven
from pipeline.validate.rules.grades import GRADES, NPL
from pipeline.validate.tolerance import steps_counted

Place = tuple[int, str]
"""(row of the book, indicator)."""
BASE_OF = {"A02": "outstanding_amount_previous_month", "A03": "outstanding_amount_year_start"}
"""The base that a sender types of what these rules begin with."""
Matrix = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Line:
    """One equation: its figures with their signs, what they must come to, and twice what they may be off."""

    rule: str
    terms: tuple[tuple[Place, int], ...]
    constant: int
    twice_allowed: int


@dataclass(frozen=True, eq=False)
class System:
    """The figures of one statement and all equations that can be evaluated on them.

    `matrix` is equations × figures, `values` the figures as reported, in the order of `places`.
    """

    book: Book
    submission: int
    places: tuple[Place, ...]
    values: Integers
    lines: tuple[Line, ...]
    matrix: Matrix
    constants: Integers
    twice_allowed: Integers
    slips: tuple[Place, ...] = ()
    """Amounts whose average a household is beyond any loan, or next to nothing (A13)."""
    said: Mapping[Place, Said] = field(default_factory=dict)
    """What counties say of these figures."""

    def without(self, places: Collection[Place]) -> System:
        """The same without the equations that hold any of these figures."""
        if not places:
            return self
        left = [n for n, line in enumerate(self.lines) if not any(place in places for place, _ in line.terms)]
        lines = tuple(self.lines[number] for number in left)
        return replace(
            self, lines=lines, matrix=self.matrix[left], constants=self.constants[left],
            twice_allowed=self.twice_allowed[left],
        )  # fmt: skip

    @cached_property
    def position(self) -> Mapping[Place, int]:
        """Where a figure stands among the values."""
        return {place: at for at, place in enumerate(self.places)}

    def off(self, values: Integers) -> Integers:
        """By how much each equation is missed."""
        missed: Integers = self.matrix @ values - self.constants
        return missed

    def broken(self, values: Integers, leeway: Integers) -> Mask:
        """Which equations do not hold, twice the `leeway` of each allowed besides."""
        wrong: Mask = 2 * np.abs(self.off(values)) > self.twice_allowed + leeway
        return wrong

    def leeway(self, at: Integers, times: int) -> Integers:
        """What these figures' roundings are worth in each equation, where they are to be multiplied: of both sides."""
        if times <= 1:
            return np.zeros(len(self.lines), dtype=np.int64)
        coarser = np.zeros(len(self.places), dtype=np.int64)
        coarser[at] = times * self.book.submissions[self.submission].step
        worth: Integers = np.abs(self.matrix) @ coarser
        return worth

    def broken_after(
        self, values: Integers, changes: Sequence[tuple[Integers, Integers]], leeways: Sequence[Integers]
    ) -> Mask:
        """The same for each of several changes (positions, new values): changes × equations.

        In floating point, which is exact to 2^53 fen and thrice as fast: guesses are only compared by it.
        """
        deltas = np.zeros((len(changes), len(values)))
        for number, (at, meant) in enumerate(changes):
            deltas[number, at] = meant - values[at]
        missed = self.off(values) + deltas @ self._as_floats.T
        wrong: Mask = 2 * np.abs(missed) > self.twice_allowed + np.array(leeways)
        return wrong

    @cached_property
    def totals(self) -> Mapping[int, tuple[int, int]]:
        """Of a figure that is added up, by position: where its typed total stands, and which equation says so."""
        found: dict[int, tuple[int, int]] = {}
        for number, line in enumerate(self.lines):
            if line.rule == "A01":
                (total, _), *areas = line.terms
                found |= {self.position[area]: (self.position[total], number) for area, _ in areas}
        return found

    @cached_property
    def _as_floats(self) -> npt.NDArray[np.float64]:
        return self.matrix.astype(np.float64)

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """The book's rows of this statement, its typed total last."""
        own = np.flatnonzero(self.book.position == self.submission)
        return tuple(int(row) for row in own)


@dataclass(frozen=True, eq=False)
class Equations:
    """All equations of a book, evaluated once for all its statements."""

    book: Book

    @cached_property
    def balances(self) -> tuple[tuple[str, Balance], ...]:
        """(rule, evaluated equation)."""
        named = [("A02", SINCE_LAST_MONTH), ("A03", SINCE_YEAR_START)]
        named += [("A04", one) for one in YEAR_SO_FAR] + [("A05", one) for one in SO_FAR]
        found = [(rule, balance(self.book, equation)) for rule, equation in named]
        return (*found, *(("A30", self._typed(equation)) for equation in UNPROVEN))

    def _typed(self, equation: Equation) -> Balance:
        """What follows from a typed base, where it is not known from elsewhere."""
        found = balance(self.book, equation)
        return replace(found, off=without(found.off, ~unproven(self.book, equation)))

    @cached_property
    def bases(self) -> tuple[tuple[str, Figures, Integers], ...]:
        """(typed base, the figure in force, twice the tolerance)."""
        book = self.book
        backs = [(code, book.month if back == 0 else np.full(len(book.records), back)) for code, back in BASES]
        return tuple(
            (code, book.base_before(OUTSTANDING, back), counted(book.step) + counted(book.step_before(back)))
            for code, back in backs
        )

    @cached_property
    def _disputed(self) -> Mapping[str, Mask]:
        """By typed base, where a balance follows from it and not from ours: no figure of this statement is wrong.

        Not where they are far apart: a statement in the wrong unit of money is true to itself.
        """
        bases, balances = {code: base for code, base, _ in self.bases}, dict(self.balances)
        disputed: dict[str, Mask] = {}
        for rule, code in BASE_OF.items():
            found = balances[rule]
            ours, typed = bases[code], self.book.now(code)
            follows = true(2 * abs(found.off + ours - typed) <= found.twice_allowed)
            disputed[code] = true(found.broken) & follows & true(2 * typed > ours) & true(typed < 2 * ours)
        return disputed

    @cached_property
    def _is_typed_twice(self) -> Mask:
        """Where last month's balance and the year's first are the same, and typed as the same: so it is no slip."""
        (last, *_), (start, *_), _ = self.bases
        twice: Mask = true(self.book.now(last) == self.book.now(start)) & (self.book.month == 1)
        return twice

    def _is_as_much(self, found: Balance, row: int) -> bool:
        """Whether an equation is missed by what the sender's last month differs from ours: it follows from that."""
        (_, ours, allowed), typed = self.bases[0], self.book.now(BASE_OF["A02"])
        differs = abs(int(typed[row]) - int(ours[row]))
        return 2 * abs(abs(int(found.off[row])) - differs) <= int(found.twice_allowed[row]) + int(allowed[row])

    @cached_property
    def own(self) -> Integers:
        """The submission of each row."""
        own: Integers = self.book.position
        return own

    def system(self, submission: int) -> System:
        """The equations of one statement."""
        lines = tuple(self._lines(submission))
        told = [place for line in lines for place, _ in line.terms]
        places = tuple(dict.fromkeys([*told, *self._beside(submission)]))
        at = {place: number for number, place in enumerate(places)}
        matrix = np.zeros((len(lines), len(places)), dtype=np.int64)
        for number, line in enumerate(lines):
            for place, sign in line.terms:
                matrix[number, at[place]] = sign
        values = np.array([int(self.book.now(code).data[row]) for row, code in places], dtype=np.int64)
        return System(
            self.book, submission, places, values, lines, matrix,
            np.array([line.constant for line in lines], dtype=np.int64),
            np.array([line.twice_allowed for line in lines], dtype=np.int64),
            tuple(place for place in self._slips if self.own[place[0]] == submission),
            {place: said for place, said in self._said.items() if place in at},
        )  # fmt: skip

    def _beside(self, submission: int) -> Iterator[Place]:
        """Figures of areas that no equation holds: they may stand in the place of those that one does."""
        codes = [column.code for column in self.book.form.columns if column.is_amount or column.is_count]
        for row in np.flatnonzero((self.own == submission) & self.book.single):
            yield from ((int(row), code) for code in codes if not unknown(self.book.now(code))[row])

    @cached_property
    def _not_all_areas(self) -> frozenset[int]:
        """Submissions in which an area is missing or doubled: their totals cannot be compared (A01)."""
        return frozenset(hit.submission for hit in area_faults(self.book))

    @cached_property
    def _slips(self) -> tuple[Place, ...]:
        hits = [hit for hit in average_loan(self.book) if hit.kind == "slip"]
        at = {record: row for row, record in enumerate(self.book.records)}
        by_area = {(record.submission, record.area): at[record] for record in self.book.records if not record.total}
        return tuple((by_area[hit.submission, hit.area], hit.indicator) for hit in hits)

    @cached_property
    def _said(self) -> Mapping[Place, Said]:
        return said_by_counties(self.book)

    @cached_property
    def _tells(self) -> Mask:
        return tells(self.book)

    def _lines(self, submission: int) -> Iterator[Line]:
        rows = np.flatnonzero(self.own == submission)
        single = [int(row) for row in rows if self.book.single[row]]
        for row in single:
            yield from self._over_time(row)
            yield from self._grades(row)
        added = [row for row in single if self.book.added[row]]
        totals = [int(row) for row in rows if not self.book.single[row]]
        for total in [] if submission in self._not_all_areas else totals:
            yield from self._totals(total, added)

    def _over_time(self, row: int) -> Iterator[Line]:
        disputed = {code for code, rows in self._disputed.items() if rows[row]}
        excuses = disowned(self.book).excuses
        for rule, found in self.balances:
            if bool(unknown(found.off)[row]) or BASE_OF.get(rule) in disputed or excuses(found.equation)[row]:
                continue
            if BASE_OF["A02"] in disputed and self._is_as_much(found, row):
                continue
            terms: list[tuple[Place, int]] = [((row, found.equation.figure), 1)]
            constant = 0
            for term, values in zip(found.equation.terms, found.terms, strict=True):
                if term.since is Since.NOW and not (term.indicator in TYPED_BASES and self._is_typed_twice[row]):
                    if not unknown(self.book.now(term.indicator))[row]:
                        terms.append(((row, term.indicator), -term.sign))
                else:
                    constant += term.sign * int(values[row])
            yield Line(rule, tuple(terms), constant, int(found.twice_allowed[row]))
        for code, base, allowed in self.bases:
            if not (unknown(base)[row] or unknown(self.book.now(code))[row] or code in disputed):
                yield Line("A07", (((row, code), 1),), int(base[row]), int(allowed[row]))

    def _grades(self, row: int) -> Iterator[Line]:
        step = int(counted(self.book.step)[row])
        for figure, parts in ((OUTSTANDING, GRADES), ("npl_amount", NPL)):
            codes = (figure, *parts)
            if not any(unknown(self.book.now(code))[row] for code in codes):
                signs = (1, *(-1 for _ in parts))
                terms = tuple(((row, code), sign) for code, sign in zip(codes, signs, strict=True))
                yield Line("A08", terms, 0, step * len(codes))

    def _totals(self, total: int, areas: Sequence[int]) -> Iterator[Line]:
        month, step = self.book.month[total : total + 1], int(counted(self.book.step)[total])
        for column in self.book.form.columns:
            if not (column.is_amount or column.is_count) or unknown(self.book.now(column.code))[total]:
                continue
            blank = [row for row in areas if unknown(self.book.now(column.code))[row]]
            if blank and (column.code not in ABSENT_IS_NONE or not self._tells[blank].all()):
                continue
            there = [row for row in areas if row not in blank]
            times = int(steps_counted([column.code], month)[0, 0]) if column.is_amount else 0
            terms = (((total, column.code), 1), *(((row, column.code), -1) for row in there))
            yield Line("A01", terms, 0, times * (len(areas) + 1) * step)
