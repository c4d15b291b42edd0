"""Edit rules as a blank form checks them by itself: sums of figures compared, and when the comparison is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction


class When(StrEnum):
    """The time that a figure is of; of all but the first the figures are known when the form is made."""

    NOW = ""
    LAST_MONTH = "上月"
    YEAR_START = "上年12月"
    YEAR_BEFORE = "上年同月"
    LARGEST = "本年前几个月中最大的"
    LAST_YEAR = "上年"


class Op(StrEnum):
    """How a figure compares with what it is held against."""

    EQUAL = "="
    AT_LEAST = ">="
    AT_MOST = "<="
    ABOVE = ">"
    NOT = "<>"
    BELOW = "<"
    OUTSIDE = "outside"
    """Not between two sums, both included."""
    TOLD = "told"
    """Nothing is compared: the guards alone tell."""


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


Sum = tuple[Term, ...]
"""Figures added up, for a sentence or to be compared with nought; all in the scale of the first."""


@dataclass(frozen=True, slots=True)
class Percent:
    """How many percent one figure is of another, for a sentence."""

    above: str
    below: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A phrase for a sentence: which of two, by whether a sum is above nought."""

    terms: Sum
    above: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class Label:
    """What a figure is called in this form."""

    key: str


Word = str | Term | Sum | Quotient | Percent | Choice | Label
"""What a name in a sentence stands for."""


@dataclass(frozen=True, slots=True)
class Guard:
    """The comparison is made only where this holds of another figure of the row."""

    key: str
    op: Op
    value: int
    absent_is_none: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A sum of figures compares so with nought; `steps`, `twice` are roundings that are allowed for, as in a rule."""

    terms: Sum
    op: Op
    steps: int = 0
    twice: int = 0
    or_blank: bool = False
    """It holds, too, where one of the figures in it is not filled in, or not known."""


@dataclass(frozen=True, slots=True)
class Digit:
    """A count lies between two others with a digit taken out of it (or, `is_less`, put into it), wherever it stands."""

    key: str
    low: int
    high: int
    is_less: bool = False


@dataclass(frozen=True, slots=True)
class Either:
    """One of these holds."""

    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Every:
    """All of these hold."""

    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Says:
    """The words in a cell are one of these, or (`within`) hold one of these; `is_not`: they are none of them."""

    key: str
    words: tuple[str, ...]
    within: bool = False
    is_not: bool = False


@dataclass(frozen=True, slots=True)
class Repeats:
    """The words in a cell are last month's, but for blanks and punctuation."""

    key: str


@dataclass(frozen=True, slots=True)
class Dated:
    """The day that a cell gives compares so (above, not below, below) with another; without: it gives no day at all."""

    key: str
    op: Op = Op.NOT
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """The year in a document's number 「〔2017〕」 compares so with a year, or that of a day in another cell.

    A document without a number has the year nought.
    """

    key: str
    op: Op
    year: int = 0
    of_day: str = ""


@dataclass(frozen=True, slots=True)
class OtherShare:
    """A text says how many percent of one figure another is 「完成投资60%」, and it is not so many."""

    key: str
    part: str
    whole: str


@dataclass(frozen=True, slots=True)
class SameItem:
    """An item stands once in this list, under the name in this cell, and once in last month's."""

    name: str


Said = Says | Repeats | Dated | Numbered | OtherShare | SameItem
"""Conditions on words."""
Condition = Guard | Held | Digit | Either | Every | Said


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
    words: Mapping[str, Word] = field(default_factory=dict)
    guards: tuple[Condition, ...] = ()
    steps: int = 0
    twice: int = 0
    upper: tuple[Term, ...] = ()
    """The upper end of what the figure must lie outside of; `terms` are the lower one."""
    areas: tuple[str, ...] = ()
    """Where it is checked; every area if empty."""
    level: int = 1
    kind: str = ""
    """The way in which the rule of this code and level is broken."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What must be filled in of an area, once anything of the form is; how much of it is not yet is told in one line.

    `monthly` are those of `keys` that may stay blank in a month that is declared to be without business; of each pair
    in `beside` the first must be filled in where the second is above nought; `listed` may be told by the list below
    alone. Of words a dash is an answer, of figures it is not.
    """

    code: str
    area: str
    keys: tuple[str, ...]
    monthly: frozenset[str] = frozenset()
    beside: tuple[tuple[str, str], ...] = ()
    listed: frozenset[str] = frozenset()
    hard: bool = True
    of_words: bool = False
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Copied:
    """Every figure of the form is what it was at another time, and there are at least so many: told at the first."""

    code: str
    hard: bool
    when: When
    least: int
    message: str
    """With {indicator} and {count}."""


@dataclass(frozen=True, slots=True)
class NilRule:
    """What the box 「本月无业务」 says against the figures of the month: told at the box."""

    code: str
    hard: bool
    is_declared: bool
    """Told where the box says so and a figure is not nought; else where all are nought and the box does not say so."""
    flows: frozenset[str]
    message: str
    level: int = 2
    kind: str = ""
