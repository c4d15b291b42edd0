"""Edit rules as a blank form checks them by itself: sums of figures compared, and when the comparison is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class When(StrEnum):
    """The time that a figure is of; of all but the first the figures are known when the form is made."""

    NOW = ""
    LAST_MONTH = "上月"
    YEAR_START = "上年12月"
    YEAR_BEFORE = "上年同月"
    LARGEST = "本年前几个月中最大的"


class Op(StrEnum):
    """How a figure compares with what it is held against."""

    EQUAL = "="
    AT_LEAST = ">="
    AT_MOST = "<="
    ABOVE = ">"
    NOT = "<>"
    OUTSIDE = "outside"
    """Not between two sums, both included."""


@dataclass(frozen=True, slots=True)
class LastFigure:
    """A figure in force: fen, a count, or millionths of a percentage point."""

    area: str
    key: str
    when: When
    value: int


@dataclass(frozen=True, slots=True)
class Term:
    """A figure times a factor; with an empty key the factor alone, in the scale of the figure it is held against."""

    key: str = ""
    factor: Fraction = Fraction(1)
    when: When = When.NOW
    absent_is_none: bool = False
    """A blank means that nothing happened, and adds nothing."""
    area: str = ""
    """Another row than the one that is checked: an area, or `*` for all that add up."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """An average for a sentence."""

    above: str
    below: str


@dataclass(frozen=True, slots=True)
class Label:
    """What a figure is called in this form."""

    key: str


@dataclass(frozen=True, slots=True)
class Guard:
    """The comparison is made only where this holds of another figure of the row."""

    key: str
    op: Op
    value: int
    absent_is_none: bool = False


@dataclass(frozen=True, slots=True)
class LiveRule:
    """`figure` compares with the sum of `terms`; else the sentence is told at the figure's cell.

    `message` has names in braces: area, indicator, value, expected, difference, sum, allowed, those of `words`; `steps`
    is how many roundings of this month's amounts are allowed for, `twice` those of other months together, in fen.
    """

    code: str
    hard: bool
    figure: str
    op: Op
    terms: tuple[Term, ...]
    message: str
    words: Mapping[str, str | Term | Quotient | Label] = field(default_factory=dict)
    guards: tuple[Guard, ...] = ()
    steps: int = 0
    twice: int = 0
    upper: tuple[Term, ...] = ()
    """The upper end of what the figure must lie outside of; `terms` are the lower one."""
    areas: tuple[str, ...] = ()
    """Where it is checked; every area if empty."""
