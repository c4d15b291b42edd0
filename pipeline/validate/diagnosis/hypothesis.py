"""A guess at what went wrong: which figures of a statement were meant to be what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import Place, System
from pipeline.validate.masked import Integers, Mask
from pipeline.validate.owed import ABSENT_IS_NONE


@dataclass(frozen=True, eq=False)
class Hypothesis:
    """Figures (`at`: positions in the system) and what they were meant to be. `cause` is empty for a single figure."""

    at: Integers
    meant: Integers
    cause: Cause | None = None
    column: str = ""
    """The indicator, where it is about one column."""
    rows: tuple[int, ...] = ()
    """The rows of the book that it is about, where it is about rows."""
    factor: Fraction = Fraction(1)
    """Wrong units: what the amounts are to be multiplied by, those outside all equations too."""
    coarser: int = 1
    """How many roundings a figure then stands for: of amounts in too large a unit, of differences from a total."""
    sources: tuple[int, ...] = ()
    """The rows in which the figures of `rows` stand, where whole rows stand in the wrong place."""
    following: int = 0
    """How many of the figures, the last ones, are typed totals that were added up from what is wrong."""
    block: tuple[str, ...] = ()
    """The indicators, where it is about several columns; of an exchange, first those of one side."""
    witness: Place | None = None
    """A figure that the county has to say as it then is: without that nothing speaks for the guess."""
    heard: tuple[Place, ...] = ()
    """Figures that the county says as they then are, where that decided."""

    def applied(self, values: Integers) -> Integers:
        """The statement as it was meant."""
        changed = values.copy()
        changed[self.at] = self.meant
        return changed


def with_totals(system: System, values: Integers, broken: Mask, guess: Hypothesis) -> Hypothesis:
    """Totals that agree with the wrong figures were added up from them, and go with them."""
    own = set(guess.at.tolist())
    off: dict[int, int] = {}
    for at, meant in zip(guess.at.tolist(), guess.meant.tolist(), strict=True):
        total, line = system.totals.get(at, (at, 0))
        if total not in own and not broken[line]:
            off[total] = off.get(total, 0) + meant - int(values[at])
    moved = {total: change for total, change in off.items() if change}
    if not moved:
        return guess
    totals = np.array(list(moved), dtype=np.int64)
    changes = np.array(list(moved.values()), dtype=np.int64)
    return replace(
        guess,
        at=np.concatenate([guess.at, totals]),
        meant=np.concatenate([guess.meant, values[totals] + changes]),
        following=len(moved),
    )


def are_in(system: System, *places: Place) -> bool:
    """Whether the statement has all these figures."""
    return all(place in system.position for place in places)


def is_invented(place: Place, reported: int) -> bool:
    """Whether a proposal would be made up: what is rare and reads nought fits every balance that does not follow."""
    return place[1] in ABSENT_IS_NONE and not reported
