"""Guesses at several figures that have no name and fall apart: errors that have nothing to do with each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from pipeline.validate.diagnosis.hypothesis import Hypothesis
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.masked import Mask

MANY = 4
"""So many figures of a row are no separate slips: nobody mistypes four figures of a county by chance."""


def separable(
    guesses: Sequence[Hypothesis], clears: Mask, fits: Mask, has_a_name: Callable[[Hypothesis], bool]
) -> Mask:
    """Which guesses say no more than single figures of theirs say, each by itself.

    What two slips in one statement break can always be laid at one county's door, at as many figures of it as there
    are slips; that explains more at once and is true of nobody. So a guess at several figures that is no known slip
    has to explain what its figures do not explain one by one; from `MANY` figures on, what figures that are known
    slips do not explain for the most part.

    Args:
        guesses: guesses at a statement.
        clears: guesses × equations: what each makes true.
        fits: which guesses make something true and nothing untrue.
        has_a_name: whether a guess, at one figure or at several, is a known slip.
    """
    single: dict[int, list[int]] = {}
    for number in np.flatnonzero(fits).tolist():
        if guesses[number].cause is None:
            single.setdefault(int(guesses[number].at[0]), []).append(number)
    found = np.zeros(len(guesses), dtype=bool)
    for number in np.flatnonzero(fits).tolist():
        guess = guesses[number]
        own = guess.at[: len(guess.at) - guess.following].tolist()
        alone = [one for at in own for one in single.get(at, ())] if guess.cause is Cause.OTHER else []
        if len(own) < 2 or not alone or has_a_name(guess):
            continue
        if len(own) >= MANY:
            alone = [one for one in alone if has_a_name(guesses[one])]
        explained = (clears[alone].any(axis=0) & clears[number]).sum()
        enough = clears[number].sum() if len(own) < MANY else clears[number].sum() // 2 + 1
        found[number] = explained >= enough
    return found


def laid_at_sums(guesses: Sequence[Hypothesis], clears: Mask, fits: Mask, sums: Mask) -> Mask:
    """Which guesses lay at several typed totals, for no reason that we know, what one area's figures explain better.

    Whatever is wrong in one area after the other breaks as many sums, and a row of totals could always have been wrong
    at all of them. A figure, or a known slip, that makes its sum true and an equation of its own too is better known.

    Args:
        guesses: guesses at a statement.
        clears: guesses × equations: what each makes true.
        fits: which guesses make something true and nothing untrue.
        sums: which equations are sums.
    """
    has_own = fits & clears[:, ~sums].any(axis=1)
    better = np.array([guess.cause is not Cause.OTHER for guess in guesses]) & has_own
    explained = clears[better].any(axis=0) & sums
    unnamed = np.array([guess.cause is Cause.OTHER and len(guess.at) > 1 for guess in guesses])
    found: Mask = unnamed & ~has_own & (clears & explained).any(axis=1)
    return found
