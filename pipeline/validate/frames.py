"""Submissions as arrays: one record a row, one indicator a column, and the way back to every cell.

Integers all the way: masked arrays keep what is not reported apart from zero, and a comparison with something
that is not reported is not a comparison, so rules need no word for it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import numpy as np

from pipeline.catalog.catalog import Catalog
from pipeline.catalog.forms import Column, Form
from pipeline.catalog.registers import ReportingUnit
from pipeline.model import Observation, Submission
from pipeline.money import MICRO_PER_PERCENT, plain, round_half_up, wan, yuan
from pipeline.periods import Month
from pipeline.validate.history import NOTHING_KNOWN, History
from pipeline.validate.masked import Figures, Integers, Mask, nothing, true, without
from pipeline.validate.neighbours import ALONE, Neighbours
from pipeline.validate.past import NO_PAST, Past, ordinal

T = TypeVar("T")


class Record(NamedTuple):
    """What one row of a book is about. `institution` and `item` are set where a form reports by them."""

    submission: int
    area: str
    total: bool
    institution: str
    item: int


@dataclass(frozen=True, eq=False)
class Book:
    """All submissions of one form, one row a record, in the order of submissions, areas, institutions and items."""

    form: Form
    catalog: Catalog
    submissions: tuple[Submission, ...]
    records: tuple[Record, ...]
    figures: Mapping[str, Figures]
    """Each indicator of the form that is no text: fen, counts, millionths of a percentage point."""
    origins: tuple[Mapping[str, Observation], ...]
    """For each row: indicator → where it was read."""
    doubled: dict[Record, Observation]
    """Records that a submission has more than once → the first cell of the second."""
    strangers: Mapping[tuple[int, str], Observation]
    """(submission, label) of rows that no area of the register bears → the row's first cell."""
    history: History = NOTHING_KNOWN
    neighbours: Neighbours = ALONE
    past: Past = NO_PAST
    _places: dict[int | bytes, Integers] = field(default_factory=dict, repr=False)
    _natural: dict[str, Figures] = field(default_factory=dict, repr=False)
    _before: dict[tuple[str, int | bytes], Figures] = field(default_factory=dict, repr=False)
    _bases: dict[tuple[str, int | bytes], Figures] = field(default_factory=dict, repr=False)
    _thresholds: dict[tuple[str, int], Integers] = field(default_factory=dict, repr=False)
    _once: dict[tuple[Any, ...], Any] = field(default_factory=dict, repr=False)

    # ------------------------------------------------------------------ which rows

    @cached_property
    def position(self) -> Integers:
        """Where the submission of each row stands in `submissions`."""
        return np.array([record.submission for record in self.records], dtype=np.int64)

    @cached_property
    def single(self) -> Mask:
        """Rows about one area, of-which areas included: all but typed totals."""
        single: Mask = np.array([not record.total for record in self.records], dtype=bool)
        return single

    @cached_property
    def added(self) -> Mask:
        """Rows about areas that add up: neither typed totals nor of-which areas."""
        inside = {area.id for area in self.catalog.areas.of_which}
        added: Mask = np.array([not r.total and r.area not in inside for r in self.records], dtype=bool)
        return added

    def where(self, broken: Mask, rows: Mask | None = None) -> list[int]:
        """Rows at which a comparison was made and came out true; of single areas, unless told."""
        return [int(row) for row in np.flatnonzero(true(broken) & (self.single if rows is None else rows))]

    # ------------------------------------------------------------------ figures

    def now(self, indicator: str) -> Figures:
        """The figures of an indicator; nowhere reported if the form does not have it."""
        return self.figures[indicator] if indicator in self.figures else nothing(len(self.records))

    def now_natural(self, indicator: str) -> Figures:
        """The same without negative figures: these are A10's to name, and nobody else's."""
        if indicator not in self._natural:
            figures = self.now(indicator)
            self._natural[indicator] = without(figures, figures.data < 0)
        return self._natural[indicator]

    @cached_property
    def month(self) -> Integers:
        """1 to 12, of each row."""
        return np.array([month.month for month in self.months], dtype=np.int64)[self.position]

    @cached_property
    def step(self) -> Integers:
        """How finely each row's amounts are rounded, in fen."""
        return np.array([submission.step for submission in self.submissions], dtype=np.int64)[self.position]

    # ------------------------------------------------------------------ earlier months

    @cached_property
    def earlier_months(self) -> range:
        """How many months ago the earlier months of the year were, of the row that has most of them."""
        return range(1, int(self.month.max(initial=1)))

    def before(self, indicator: str, back: int | Integers = 1) -> Figures:
        """What was in force of the same unit and area so many months ago (a number for all rows, or one for each)."""
        key = indicator, _key(back)
        if key not in self._before:
            self._before[key] = without(self.base_before(indicator, back), ~self.stated_before(back))
        return self._before[key]

    def base_before(self, indicator: str, back: int | Integers = 1) -> Figures:
        """The same, or an imported figure where no statement is in force: to compare with, not to reject for."""
        key = indicator, _key(back)
        if key not in self._bases:
            self._bases[key] = self.past.at(indicator, self._places_before(back))
        return self._bases[key]

    def step_before(self, back: int | Integers = 1) -> Integers:
        """How finely that was rounded, in fen; as this statement is where that is not known."""
        places = self._places_before(back)
        if not len(self.past.steps):
            return self.step
        steps = np.where(places >= 0, self.past.steps[places], 0)
        return np.where(steps > 0, steps, self.step)

    def stated_before(self, back: int | Integers = 1) -> Mask:
        """Whether a statement was in force of the same unit and area then, not only imported figures."""
        places = self._places_before(back)
        if not len(self.past.stated):
            return np.zeros(len(places), dtype=bool)
        stated: Mask = (places >= 0) & self.past.stated[places]
        return stated

    def known_before(self, back: int | Integers = 1) -> Mask:
        """Whether anything was in force of the same unit and area so many months ago."""
        known: Mask = self._places_before(back) >= 0
        return known

    def _places_before(self, back: int | Integers) -> Integers:
        key = _key(back)
        if key not in self._places:
            units, areas, months = self._keys
            self._places[key] = self.past.places(units, areas, months - back)
        return self._places[key]

    @cached_property
    def _keys(self) -> tuple[list[str], list[str], Integers]:
        at = [ordinal(month) for month in self.months]
        units = [self.submissions[record.submission].unit for record in self.records]
        months = np.array([at[record.submission] for record in self.records], dtype=np.int64)
        return units, [record.area for record in self.records], months

    # ------------------------------------------------------------------ registers

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """The month of each submission; January where the period is a year."""
        return tuple(month_of(submission.period) for submission in self.submissions)

    def unit(self, submission: int) -> ReportingUnit | None:
        """Who sent it, from the register."""
        return self.catalog.units.by_id.get(self.submissions[submission].unit)

    def threshold(self, parameter: str, scale: int = 1) -> Integers:
        """A dated parameter as each row's month has it, times `scale`, in whole units; yes is 1.

        Raises:
            PolicyUndefined: it has no value in the month of a submission.
        """
        if (parameter, scale) not in self._thresholds:
            policy = self.catalog.policy
            values = {m: round_half_up(_number(policy.value(parameter, m)) * scale) for m in set(self.months)}
            whole = np.array([values[month] for month in self.months], dtype=np.int64)
            self._thresholds[parameter, scale] = whole[self.position]
        return self._thresholds[parameter, scale]

    def once(self, work_out: Callable[..., T], *about: Hashable) -> T:
        """What that makes of this book and of what it is asked about: worked out for the first rule that asks.

        Nobody changes it afterwards.
        """
        key = work_out, *about
        if key not in self._once:
            self._once[key] = work_out(self, *about)
        worked_out: T = self._once[key]
        return worked_out

    # ------------------------------------------------------------------ words

    def area_name(self, area: str, submission: int) -> str:
        """How the area was printed in that month."""
        known = self.catalog.areas.by_id.get(area)
        return known.named(self.months[submission]).name if known else "合计"

    def place(self, indicator: str, row: int) -> str:
        """The indicator as findings name it; `target_amount@rcb`, `project_total_amount#2` where one code is many."""
        record, column = self.records[row], self.form.by_code[indicator]
        if column.by_institution and record.institution:
            return f"{indicator}@{record.institution}"
        return f"{indicator}#{record.item}" if record.item else indicator

    def label(self, place: str) -> str:
        """The header of an indicator, with the institution or item of its place."""
        code, _, item = place.partition("#")
        code, _, bank = code.partition("@")
        institution = self.catalog.units.institution_by_id.get(bank)
        text = self.form.by_code[code].label.replace("{institution}", institution.name if institution else "")
        return f"{text}（第{item}项）" if item else text

    def say(self, indicator: str, value: int) -> str:
        """A figure for a sentence: 万元, %, or a count with its unit."""
        return say(self.form.by_code[indicator], value)

    def hit(self, kind: str, row: int, indicator: str, bound: int | None = None, **words: str) -> Hit:
        """A broken rule at one row and indicator; `bound` is the expected figure (its words: `expected`)."""
        record = self.records[row]
        at = self.origins[row].get(indicator)
        column, place = self.form.by_code[indicator], self.place(indicator, row)
        known = {
            "area": self.area_name(record.area, record.submission),
            "indicator": self.label(place),
            "value": "" if at is None or at.value is None else say(column, at.value),
            "expected": "" if bound is None else say(column, bound),
        }
        return Hit(
            kind=kind,
            book=self,
            submission=record.submission,
            area="" if record.total else record.area,
            indicator=place,
            at=at,
            expected="" if bound is None else machine(column, bound),
            words=known | words,
        )

    def remark(
        self,
        kind: str,
        submission: int,
        area: str = "",
        indicator: str = "",
        at: Observation | None = None,
        **words: str,
    ) -> Hit:
        """A broken rule at a place that is no figure: a row or column that is missing, doubled, unknown."""
        known = {
            "area": self.area_name(area, submission),
            "indicator": self.label(indicator) if indicator else "",
            "value": "",
        }
        return Hit(kind, self, submission, area, indicator, at, words=known | words)


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule is broken, before it is put into words.

    `submission` counts within the book; `at` is the cell; `area` and `indicator` name the place in the finding
    (both may be empty). `expected` is plain decimal text; `words` fill the template; `value` is what is reported,
    where that is not what stands in the cell. `cause` is what seems to have gone wrong, where the rule can tell;
    `under` is another hit of the same rule from which this one follows; `others` are the other cells that it is about.
    """

    kind: str
    book: Book
    submission: int
    area: str = ""
    indicator: str = ""
    at: Observation | None = None
    expected: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    value: str | None = None
    cause: str = ""
    under: Hit | None = None
    others: tuple[Observation, ...] = ()


def _key(back: int | Integers) -> int | bytes:
    """What many rows ask for again: so many months ago, for all of them or one by one."""
    return back if isinstance(back, int) else back.tobytes()


def _number(value: object) -> Fraction:
    return Fraction(int(value)) if isinstance(value, bool) else Fraction(str(value))


def say(column: Column, value: int) -> str:
    """A figure as a clerk reads it: `12.34万元`, `5户`, `4.35%`."""
    if column.is_amount:
        return f"{wan(value)}万元"
    if column.is_rate:
        return f"{plain(Fraction(value, MICRO_PER_PERCENT), 6)}%"
    return f"{value}{column.unit}"


def machine(column: Column, value: int) -> str:
    """A figure as plain decimal text: 元 with two decimals, percent, or a count."""
    if column.is_amount:
        return yuan(value)
    return plain(Fraction(value, MICRO_PER_PERCENT), 6) if column.is_rate else str(value)


def month_of(period: str) -> Month:
    """The month that registers and policy are asked about: of a year, its January, when targets are set."""
    return Month.parse(period) if "-" in period else Month(int(period), 1)
