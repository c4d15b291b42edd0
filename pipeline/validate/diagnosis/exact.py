"""What figures were meant to be to the last digit: equations tell it only as far as roundings let them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pipeline.validate.diagnosis.hypothesis import Hypothesis, with_totals
from pipeline.validate.diagnosis.slips import Cause, exact_inverses
from pipeline.validate.diagnosis.system import System
from pipeline.validate.masked import Integers, Mask

_FEW = 3
"""A flow of the month, of the year and of all years: more figures at once are wrong for another reason than digits."""


def exactly(system: System, values: Integers, guess: Hypothesis, broken: Mask, leeway: Integers) -> Hypothesis:
    """The guess with each amount as it was before the slip, where that makes as many equations true."""
    own = len(guess.at) - guess.following
    if guess.cause not in (None, Cause.OTHER) or own > _FEW:
        return guess
    for number, at in enumerate(guess.at[:own].tolist()):
        row, code = system.places[at]
        if system.book.form.by_code[code].is_amount and values[at]:
            step = max(1, int(system.book.step[row]))
            for inverse in _nearest_first(int(values[at]), int(guess.meant[number]), step):
                other = _with(system, values, broken, guess, number, inverse)
                if _is_as_good(system, values, (guess, other), broken, leeway):
                    guess = other
                    break
    return guess


def _nearest_first(reported: int, known: int, step: int) -> list[int]:
    """The figures before a slip that may be what is known of the true one; nought and the sign before any digits."""
    nought, unsigned, *others = exact_inverses(reported, step)
    return sorted((nought, unsigned), key=lambda one: abs(one - known)) + sorted(
        others, key=lambda one: abs(one - known)
    )


def _with(system: System, values: Integers, broken: Mask, guess: Hypothesis, number: int, inverse: int) -> Hypothesis:
    """The guess with another value of one figure; typed totals go with it."""
    own = len(guess.at) - guess.following
    meant = guess.meant[:own].copy()
    meant[number] = inverse
    return with_totals(system, values, broken, replace(guess, at=guess.at[:own], meant=meant, following=0))


def _is_as_good(
    system: System, values: Integers, guesses: tuple[Hypothesis, Hypothesis], broken: Mask, leeway: Integers
) -> bool:
    """Whether the second makes true whatever the first does, and breaks nothing."""
    first, second = (system.broken(guess.applied(values), leeway) for guess in guesses)
    return not np.any(second & ~first) and not np.any(second & ~broken)
