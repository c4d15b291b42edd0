"""What stands outside a guess and speaks for or against it: last month's figures, the cap, how figures move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import inf, log

import numpy as np

from pipeline.money import FEN_PER_YUAN
from pipeline.validate.diagnosis.hypothesis import Hypothesis
from pipeline.validate.diagnosis.system import Place, System
from pipeline.validate.frames import Book
from pipeline.validate.masked import Integers, unknown
from pipeline.validate.neighbours import MONTHS_BACK

_HARDLY = 0.05
"""Parts of a figure by which it may well change in a month."""
Change = tuple[Place, int, int]
"""(place, what is reported, what is said to be meant)."""


def last_months(book: Book, row: int, code: str, back: int = 1) -> int | None:
    """Last month's figure, or that of so many months ago; of a total, what the areas came to."""
    earlier = book.before(code, back)
    if book.single[row]:
        return None if unknown(earlier)[row] else int(earlier[row])
    own = book.position == book.records[row].submission
    areas = np.flatnonzero(own & book.added & ~unknown(earlier))
    return int(earlier.data[areas].sum()) if len(areas) else None


def usual_change(book: Book, row: int, code: str) -> int:
    """By how much a figure has changed in a month, at most, of late; of a total, what any of its areas has.

    As much as it is itself, where nothing is known.
    """
    own = book.position == book.records[row].submission
    rows = [row] if book.single[row] else np.flatnonzero(own & book.added).tolist()
    changed = (abs(book.before(code, back) - book.before(code, back + 1))[rows] for back in range(1, MONTHS_BACK))
    known = np.concatenate([np.ma.compressed(one) for one in changed])
    return int(known.max() if len(known) else np.abs(np.ma.filled(book.now(code), 0)[rows]).max(initial=0))


def nearer(book: Book, place: Place, reported: int, meant: int) -> float:
    """How much nearer to last month's figure the meant one is, in parts of it; nothing where it hardly matters."""
    before = last_months(book, *place)
    if before is None:
        return 0.0
    away, left = abs(reported - before), abs(meant - before)
    nearer = (away - left) / max(1, abs(before), abs(meant))
    return nearer if abs(nearer) > _HARDLY else 0.0


# ------------------------------------------------------------------ a common factor


def bear_out(system: System, values: Integers, guess: Hypothesis) -> bool:
    """Whether amounts that are all to be multiplied come nearer to most of what is known besides.

    An equation among these amounts alone holds in any unit of money, and in a unit that is large enough no difference
    is left of any equation: what has to be asked is whether the figures are then of the size that they should be.
    """
    pairs = zip(guess.at.tolist(), guess.meant.tolist(), strict=True)
    changes = [(system.places[at], int(values[at]), meant) for at, meant in pairs]
    return are_of_a_size(system.book, changes, _beside(system, values, guess))


def are_of_a_size(book: Book, changes: Iterable[Change], beside: Iterable[tuple[int, int, int]] = ()) -> bool:
    """Whether most of these figures are nearer to their witnesses as they are said to be meant.

    Args:
        book: the statements.
        changes: the figures.
        beside: (as reported, as meant, what it should come to) of further sums.
    """
    votes = [*beside]
    for place, reported, meant in changes:
        known = _witness(book, place)
        votes += [(reported, meant, known)] if known is not None else []
    telling = [vote for vote in votes if vote[0] and vote[2]]
    return 2 * sum(_is_nearer(*vote) for vote in telling) > len(telling)


def _is_nearer(reported: int, meant: int, known: int) -> bool:
    return abs(_apart(meant, known)) < abs(_apart(reported, known))


def _apart(one: int, other: int) -> float:
    """In orders of magnitude; nothing at all is a fen, and the other side of nought far away."""
    return log(max(1, abs(one))) - log(max(1, abs(other))) if one * other >= 0 else inf


def _witness(book: Book, place: Place) -> int | None:
    """What a figure should be about as large as: last month's, or what the cap allows its households."""
    before = last_months(book, *place)
    return allowed(book, place) if before is None else before


def allowed(book: Book, place: Place) -> int | None:
    """The cap of so many households as are reported beside an amount."""
    row, code = place
    households = book.now(code.replace("_amount", "_households"))
    if "_amount" not in code or unknown(households)[row]:
        return None
    return int(book.threshold("loan_cap_household", FEN_PER_YUAN)[row]) * int(households[row])


def _beside(system: System, values: Integers, guess: Hypothesis) -> Iterator[tuple[int, int, int]]:
    """Of every equation, what the figures of the guess come to in it, and what the others would have them come to."""
    inside = system.matrix[:, guess.at]
    reported, meant = inside @ values[guess.at], inside @ guess.meant
    others = reported - system.off(values)
    yield from zip(reported.tolist(), meant.tolist(), others.tolist(), strict=True)


def slips_settled(system: System, values: Integers, guess: Hypothesis) -> int:
    """How many averages that were beyond any loan, or next to nothing (A13), are loans again."""
    if not system.slips:
        return 0
    slips = {system.position[place] for place in system.slips if place in system.position}
    pairs = zip(guess.at.tolist(), guess.meant.tolist(), strict=True)
    return sum(at in slips and _is_a_loan(system, system.places[at], meant) for at, meant in pairs)


def becomes_no_loan(system: System, at: int, meant: int) -> bool:
    """Whether a figure that is of the size of loans would be beyond any loan as it is said to be meant."""
    place, reported = system.places[at], int(system.values[at])
    cap, times = allowed(system.book, place), int(system.book.threshold("unit_slip_factor")[place[0]])
    return cap is not None and cap > 0 and abs(reported) <= cap * times < abs(meant)


def _is_a_loan(system: System, place: Place, amount: int) -> bool:
    cap, times = allowed(system.book, place), int(system.book.threshold("unit_slip_factor")[place[0]])
    return cap is not None and cap <= amount * times and amount <= cap * times
