"""What a guess is called, at one figure or at several: what most of them tell, which slip the month has."""

from __future__ import annotations

from collections import Counter

from pipeline.validate.diagnosis.found import Found
from pipeline.validate.diagnosis.hypothesis import Hypothesis
from pipeline.validate.diagnosis.naming import BY_COINCIDENCE, WEAK, cause_of
from pipeline.validate.diagnosis.slips import STEMS, Cause, slip
from pipeline.validate.diagnosis.system import System
from pipeline.validate.diagnosis.witnesses import last_months
from pipeline.validate.masked import Integers

_BY_A_DIGIT = frozenset({Cause.DIGIT_MORE, Cause.DIGIT_LESS})
_CLEARLY = 2
"""Times as far from last month's flow: what a month repays changes much."""


def found_by(system: System, values: Integers, guess: Hypothesis) -> Found:
    """The cause as it is told, with its name; a figure that stays as it is, such as nought in 元, is none of it."""
    all_places = [(system.places[at], int(meant)) for at, meant in zip(guess.at, guess.meant, strict=True)]
    end = len(all_places) - guess.following
    own, totals = all_places[:end], tuple(all_places[end:])
    moved = [told for told, at in zip(own, guess.at, strict=False) if told[1] != int(values[at])]
    places, meant = (tuple(side) for side in zip(*(moved or own), strict=True))
    if guess.cause is not None:
        cause = common_cause(system, values, guess) if guess.cause is Cause.OTHER else guess.cause
        known = (guess.column, guess.rows, guess.factor, guess.coarser, guess.sources)
        return Found(cause, places, meant, *known, totals, guess.block, heard=guess.heard)
    cause = cause_of(system.book, places[0], int(values[guess.at[0]]), meant[0])
    return Found(cause, places, meant, places[0][1], totals=totals, heard=guess.heard)


def has_a_name(system: System, values: Integers, guess: Hypothesis) -> bool:
    """Whether it is a slip that we know: of one figure, none that fits by chance."""
    if guess.cause is not None:
        return guess.cause is not Cause.OTHER or common_cause(system, values, guess) is not Cause.OTHER
    at, meant = int(guess.at[0]), int(guess.meant[0])
    return cause_of(system.book, system.places[at], int(values[at]), meant) not in BY_COINCIDENCE


def common_cause(system: System, values: Integers, guess: Hypothesis) -> Cause:
    """What most of the figures tell of themselves, or which slip the month has that others carry on; not by chance."""
    row, code = system.places[guess.at[0]]
    spans = {(row, code.removesuffix("_mtd") + end) for end in STEMS}
    own = guess.at[: len(guess.at) - guess.following]
    if not guess.column and code.endswith("_mtd") and {system.places[at] for at in own} <= spans:
        return _slip_carried_on(system, values, guess, own)
    pairs = list(zip(guess.at, guess.meant, strict=True))
    of_areas = [pair for pair in pairs if system.book.single[system.places[pair[0]][0]]]
    told = Counter(
        cause_of(system.book, system.places[at], int(values[at]), int(meant)) for at, meant in of_areas or pairs
    )
    cause, times = told.most_common(1)[0]
    return cause if 2 * times > told.total() and cause not in WEAK else Cause.OTHER


def _slip_carried_on(system: System, values: Integers, guess: Hypothesis, own: Integers) -> Cause:
    """The slip that all these spans have; or that of the month alone, where last month speaks for it.

    Whatever balance and grade are off by together can be a slip in the month that others carry on: a round ten is the
    first digit of many an amount.
    """
    changes = list(zip(own.tolist(), guess.meant.tolist(), strict=False))
    slips = [slip(int(values[at]), meant, int(system.book.step[system.places[at][0]])) for at, meant in changes]
    (month, meant), slipped = changes[0], slips[0]
    before = last_months(system.book, *system.places[month])
    is_nearer = before is not None and abs(int(values[month]) - before) > _CLEARLY * abs(meant - before)
    is_sure = slipped not in _BY_A_DIGIT or len(set(slips)) == 1 or is_nearer
    return slipped if slipped and slipped not in WEAK and is_sure else Cause.OTHER
