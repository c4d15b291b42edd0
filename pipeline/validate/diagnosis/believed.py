"""Which guesses may be believed: whatever makes equations true may do so by chance, where anything else could too."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from pipeline.validate.diagnosis.heard import is_borne_out
from pipeline.validate.diagnosis.hypothesis import Hypothesis
from pipeline.validate.diagnosis.naming import BY_CHANCE, BY_COINCIDENCE, WEAK, cause_of
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import System
from pipeline.validate.diagnosis.witnesses import bear_out, becomes_no_loan, last_months, nearer, usual_change
from pipeline.validate.masked import Integers, Mask
from pipeline.validate.owed import SIGNED
from pipeline.validate.rules.mirror import REGISTERED

_OLD = frozenset({Cause.LAST_MONTHS, Cause.OTHER_MONTH})


def can_be(system: System, guess: Hypothesis) -> bool:
    """Whether the figures would be what they may be: none below zero that never is, one alone no loan beyond any."""
    if guess.cause is None and becomes_no_loan(system, int(guess.at[0]), int(guess.meant[0])):
        return False
    return all(system.places[at][1] in SIGNED for at in guess.at[guess.meant < 0])


def takes_back(system: System, values: Integers, guess: Hypothesis) -> bool:
    """Whether it puts a figure that an earlier cause changed back to what is reported: then nothing is proposed."""
    number, step = len(guess.at) - guess.following, system.book.submissions[system.submission].step
    own, meant = guess.at[:number], guess.meant[:number]  # totals go with what is wrong in both directions
    is_back = np.abs(meant - system.values[own]) <= (step if step > 1 else 0)
    return bool(np.any((values[own] != system.values[own]) & is_back))


def may_be(
    system: System, values: Integers, guess: Hypothesis, suspects: Collection[tuple[str, str]], is_contested: bool
) -> bool:
    """Whether a guess that makes equations true has more than that for it, where it has to."""
    if guess.witness and not is_borne_out(system, values, guess):
        return False
    is_exchange = guess.cause is Cause.COLUMNS_EXCHANGED and is_of_an_area(system, guess)
    if guess.factor != 1 or (is_contested and is_exchange):
        return bear_out(system, values, guess)
    return guess.cause is not None or not is_contested or _tells_itself(system, values, guess, suspects)


def is_of_an_area(system: System, guess: Hypothesis) -> bool:
    """Whether it is about one area only."""
    return len(guess.rows) == 1 and bool(system.book.single[guess.rows[0]])


def contested(system: System, guesses: Sequence[Hypothesis], clears: Mask, fits: Mask, sums: Mask) -> Mask:
    """Which guesses are about sums alone, where the figure of an area that is in nothing else could explain one."""
    by_sums = ~clears[:, ~sums].any(axis=1)
    single = [guess.cause is None and is_of_an_area(system, guess) for guess in guesses]
    disputed = clears[fits & by_sums & np.array(single)].any(axis=0)
    exchanged = [guess.cause is Cause.COLUMNS_EXCHANGED and is_of_an_area(system, guess) for guess in guesses]
    found: Mask = np.asarray(by_sums & (clears[:, disputed].any(axis=1) | np.array(exchanged)))
    return found


def _tells_itself(system: System, values: Integers, guess: Hypothesis, suspects: Collection[tuple[str, str]]) -> bool:
    """Whether one figure of a sum tells more of itself than any other of the sum could: else nobody is accused.

    Any area may be the one that is a household short, and one of ten then easily has last month's figure by chance.
    """
    book, at, meant = system.book, int(guess.at[0]), int(guess.meant[0])
    (row, code), reported = system.places[at], int(values[at])
    if book.single[row] and (book.records[row].area, code) in suspects:
        return True
    if code == REGISTERED and len(moved := _moved(system, values, code)) == 1:
        return moved == [(row, reported - meant)]
    if not book.form.by_code[code].is_amount and abs(meant - reported) < BY_CHANCE:
        return False
    cause = cause_of(book, (row, code), reported, meant)
    tells = cause not in (WEAK if not book.single[row] else BY_COINCIDENCE | _OLD)
    if not tells and abs(meant - reported) <= usual_change(book, row, code):
        return False
    return not book.single[row] or nearer(book, (row, code), reported, meant) > 0


def _moved(system: System, values: Integers, code: str) -> list[tuple[int, int]]:
    """Areas of a column whose figure is not last month's, and by how much; who is registered stays so for a year."""
    known = ((row, last_months(system.book, row, code)) for row in system.rows if system.book.added[row])
    pairs = [(row, int(values[system.position[row, code]]) - last) for row, last in known if last is not None]
    return [(row, off) for row, off in pairs if off]
