"""What speaks for a guess among those that explain as much: that it is a known slip, that it fits the month before."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

import numpy as np

from pipeline.validate.diagnosis.believed import is_of_an_area
from pipeline.validate.diagnosis.hypothesis import Hypothesis
from pipeline.validate.diagnosis.naming import BY_COINCIDENCE, cause_of
from pipeline.validate.diagnosis.several import common_cause
from pipeline.validate.diagnosis.slips import STEMS, Cause
from pipeline.validate.diagnosis.system import System
from pipeline.validate.diagnosis.witnesses import nearer
from pipeline.validate.masked import Integers
from pipeline.validate.rules.grades import GRADES
from pipeline.validate.rules.loans import MEASURES

_TELLING = 4
"""So many digits at least: of fewer, whatever a balance is off by soon looks like a slip."""
_POINTS = (Fraction(100), Fraction(1, 100))
"""Without the decimal point, or with a point too many."""


def credit(
    system: System, values: Integers, guess: Hypothesis, suspects: Collection[tuple[str, str]]
) -> tuple[float, ...]:
    """What speaks for a guess of those that explain as much: that it is a known slip, that it fits the month before."""
    if guess.cause in (Cause.FLOW_LEFT_OUT, Cause.MONTH_AND_YEAR):
        return (2.0, 0.0, 0.0, 0.0)  # to the fen what a flow of the month is: hardly by chance
    if guess.factor in _POINTS and guess.block:
        return (1.5, 0.0, 0.0, 0.0)  # last month bears out most of its figures
    if guess.cause is Cause.COLUMNS_EXCHANGED and _are_crossed(system, values, guess):
        return (1.5, 0.0, 0.0, 0.0)  # with households and loans so, as nobody can have them
    if guess.cause is Cause.COLUMNS_EXCHANGED and _is_of_two_places(system, values, guess):
        return (1.0, 0.0, 0.5, 0.0, 0.0)  # above one figure that is no known slip, below one that is
    if guess.cause is not None:
        # Many figures at once explain more by their number: believed where no single one explains as much.
        known = guess.cause is not Cause.OTHER or is_carried_on(system, values, guess, suspects)
        return (-1.0, float(known), -float(len(guess.at)), -_changed(system, values, guess))
    at, meant = int(guess.at[0]), int(guess.meant[0])
    row, code = system.places[at]
    cause = cause_of(system.book, (row, code), int(values[at]), meant)
    closer = nearer(system.book, (row, code), int(values[at]), meant)
    is_total = not system.book.single[row]
    possible = meant >= 0 or code.startswith("other_change")
    strong = cause not in BY_COINCIDENCE and not (cause is Cause.LAST_MONTHS and not _moves(code))
    suspected = not is_total and (system.book.records[row].area, code) in suspects
    return (float(possible), float(suspected), float(strong), closer, float(is_total))


def _are_crossed(system: System, values: Integers, guess: Hypothesis) -> bool:
    """Whether it is about loans and households of one row and measure, of which there are more households (A09)."""
    own = guess.at[: len(guess.at) - guess.following].tolist()
    figures = {system.places[at][1]: int(values[at]) for at in own}
    return is_of_an_area(system, guess) and any(
        figures.keys() == {loans, households} and figures[households] > figures[loans]
        for loans, households, _ in MEASURES
    )


def _is_of_two_places(system: System, values: Integers, guess: Hypothesis) -> bool:
    """Whether both of two figures of an area are last month's, as far as any is, once they change places."""
    own = guess.at[: len(guess.at) - guess.following]
    if len(own) != 2 or not is_of_an_area(system, guess):
        return False
    changes = zip(own.tolist(), guess.meant.tolist(), strict=False)
    return all(nearer(system.book, system.places[at], int(values[at]), meant) > 0 for at, meant in changes)


def _moves(code: str) -> bool:
    """Whether a figure of a month with any business differs from the month before; registers and bad loans may stay."""
    return code.endswith(tuple(STEMS)) or code.startswith("outstanding") or code == GRADES[0]


def _changed(system: System, values: Integers, guess: Hypothesis) -> float:
    """How many of the figures are not zero: what was forgotten reads zero, and is the likelier to be wrong."""
    return float(np.count_nonzero(values[guess.at]))


def is_carried_on(system: System, values: Integers, guess: Hypothesis, suspects: Collection[tuple[str, str]]) -> bool:
    """Whether a figure of the month tells that it is wrong, and the others of its row were added up from it."""
    row, code = system.places[guess.at[0]]
    if not code.endswith("_mtd") or len(guess.rows) != 1:
        return False
    digits = str(abs(int(values[guess.at[0]]))).rstrip("0")
    told = len(digits) >= _TELLING and common_cause(system, values, guess) is not Cause.OTHER
    return told or (system.book.records[row].area, code) in suspects
