"""What stands beside the submissions in force of a month, where a rule of level 2 has to know it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model import Submission
from pipeline.periods import Month

MEASURES, STATEMENT, RETURN = "Q01", "M01", "C01"
MONTHS_BACK = 13
"""How far statements are laid beside a new one: a year, and the month before, without which its first has no change.

A fact of the calendar and no threshold: what is laid beside is searched whole (A18 for a statement sent again).
"""
Place = tuple[str, str]
"""(reporting unit, item of the measures form)."""


def _nothing() -> Sequence[Submission]:
    return ()


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Words of this month and the last, 「与上月相同」 written out, county returns, last month's statements."""

    words: Mapping[Place, str] = field(default_factory=dict)
    dangling: frozenset[Place] = frozenset()
    """Items that refer to last month's although there is nothing in force that this could mean."""
    words_before: Mapping[Place, str] = field(default_factory=dict)
    units_before: frozenset[str] = frozenset()
    """Units whose measures of last month are in force."""
    returns: Sequence[Submission] = ()
    """The county returns in force of the months of statements that are judged by themselves: heard, not compared."""
    statements_before: Callable[[], Sequence[Submission]] = _nothing
    """Last month's statements in force; read only when somebody asks."""
    returns_before: Callable[[], Sequence[Submission]] = _nothing
    """Last month's county returns in force; read only when somebody asks."""


ALONE = Neighbours()


def ends_quarter(month: Month) -> bool:
    """Whether words must have been renewed in that month (Q01-1)."""
    return month.month % 3 == 0
