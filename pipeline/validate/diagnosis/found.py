"""A cause as it was found: which figures of a statement are wrong, why, and what they were meant to be."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import Place


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
