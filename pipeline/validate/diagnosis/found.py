"""A cause as it was found: which figures of a statement are wrong, why, and what they were meant to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from pipeline.model import Bound, Finding
from pipeline.money import FEN_PER_YUAN
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import Place
from pipeline.validate.frames import Book

_MONTHS = 12


@dataclass(frozen=True, eq=False)
class Found:
    """A cause: the figures that are wrong and what they were meant to be."""

    cause: Cause
    places: tuple[Place, ...]
    meant: tuple[int, ...]
    column: str = ""
    rows: tuple[int, ...] = ()
    factor: Fraction = Fraction(1)
    coarser: int = 1
    sources: tuple[int, ...] = ()
    """The rows in which the figures of `rows` stand, where whole rows stand in the wrong place."""
    totals: tuple[tuple[Place, int], ...] = ()
    """Typed totals that were added up from these figures, and what they come to."""
    block: tuple[str, ...] = ()
    """The indicators, where it is about several columns; of an exchange, first those of one side."""
    blank: tuple[Place, ...] = ()
    """Figures that are wrong though nobody knows what they were meant to be."""
    heard: tuple[Place, ...] = ()
    """Figures of the statement that a county has in its return as they then are, where that decided."""
    words: str = ""
    """What is said of it, where that is not made of its figures."""

    @property
    def meant_at(self) -> dict[Place, int]:
        """What each figure was meant to be."""
        return dict(zip(self.places, self.meant, strict=True))


def as_the_rule_has_it(findings: Sequence[Finding], book: Book, cause: Found) -> Found:
    """The same cause, a figure without a name as the rule expects it that is told at it, if only roundings lie between.

    Of several equations each allows what its own roundings come to: one message names one figure.
    """
    if cause.cause is not Cause.OTHER or len(cause.places) != 1:
        return cause
    ((row, code),), (meant,) = cause.places, cause.meant
    record, column = book.records[row], book.form.by_code[code]
    place = (book.submissions[record.submission].id, "" if record.total else record.area, code)
    told = [f for f in findings if (f.submission, f.area, f.indicator) == place and f.expected and f.level]
    told = [f for f in told if f.bound is Bound.EXACT and column.is_amount and not f.cause]
    if not told or cause.totals:
        return cause
    first = min(told, key=lambda finding: (finding.severity.rank, finding.rule))
    expected = int(Decimal(first.expected) * FEN_PER_YUAN)
    near = abs(expected - meant) <= int(book.step[row]) * _MONTHS
    return replace(cause, meant=(expected,)) if near else cause
