"""The fewest changes that make a statement true: one cause after the other, the one that explains most first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.validate.diagnosis.hypotheses import Hypothesis, hypotheses
from pipeline.validate.diagnosis.slips import Cause, slip
from pipeline.validate.diagnosis.system import Place, System
from pipeline.validate.frames import Book
from pipeline.validate.masked import Integers, Mask, unknown

MOST_CAUSES = 12
"""In one statement. Whoever has more must look at it all anyway."""
STEMS = {"_mtd": ("_ytd", "_cum"), "_ytd": ("_mtd", "_cum"), "_cum": ("_ytd", "_mtd")}
_WEAK = frozenset({Cause.OTHER, Cause.WRONG_DIGIT})
"""What may fit by chance."""


@dataclass(frozen=True, eq=False)
class Found:
    """A cause: the figures that are wrong and what they were meant to be."""

    cause: Cause
    places: tuple[Place, ...]
    meant: tuple[int, ...]
    column: str = ""
    rows: tuple[int, ...] = ()


def causes(system: System) -> list[Found]:
    """The causes of all broken equations of a statement, as far as they tell themselves."""
    values = system.values.copy()
    found: list[Found] = []
    for _ in range(MOST_CAUSES):
        broken = system.broken(values)
        if not broken.any():
            break
        best = _best(system, values, broken)
        if best is None:
            break
        found.append(_found(system, values, best))
        values = best.applied(values)
    return _merged(found)


def _best(system: System, values: Integers, broken: Mask) -> Hypothesis | None:
    guesses = hypotheses(system, values, broken)
    after = system.broken(np.array([guess.applied(values) for guess in guesses]))
    cleared = (broken & ~after).sum(axis=1)
    fresh = (~broken & after).sum(axis=1)
    likely = [number for number in range(len(guesses)) if cleared[number] > 0 and fresh[number] == 0]
    if not likely:
        return None
    return guesses[max(likely, key=lambda number: _credit(system, values, guesses[number], int(cleared[number])))]


def _credit(system: System, values: Integers, guess: Hypothesis, cleared: int) -> tuple[float, ...]:
    """What speaks for a guess: how much it explains, that it is a known slip, that the figure fits the month before."""
    if guess.cause is not None:
        # Many figures at once explain more by their number: believed where no single one explains as much.
        return (cleared, -1.0, 0.0, 0.0, 0.0)
    at, meant = int(guess.at[0]), int(guess.meant[0])
    row, code = system.places[at]
    cause = cause_of(system.book, (row, code), int(values[at]), meant)
    nearer = _nearer(system.book, (row, code), int(values[at]), meant)
    is_total = not system.book.single[row]
    possible = meant >= 0 or code.startswith("other_change")
    return (cleared, float(possible), float(cause not in _WEAK), nearer, float(is_total))


def _nearer(book: Book, place: Place, reported: int, meant: int) -> float:
    """How much nearer to last month's figure the meant one is: 1 if it is that figure, -1 if the reported one is."""
    before = _before(book, *place)
    if before is None:
        return 0.0
    away, left = abs(reported - before), abs(meant - before)
    return round((away - left) / max(1, away + left), 6)


def _before(book: Book, row: int, code: str) -> int | None:
    """Last month's figure; of a total, what the areas came to."""
    earlier = book.before(code)
    if book.single[row]:
        return None if unknown(earlier)[row] else int(earlier[row])
    own = book.rows["submission"].to_numpy() == book.records[row].submission
    areas = np.flatnonzero(own & book.added & ~unknown(earlier))
    return int(earlier.data[areas].sum()) if len(areas) else None


# ------------------------------------------------------------------ what it is called


def cause_of(book: Book, place: Place, reported: int, meant: int) -> Cause:
    """What a single wrong figure tells of itself."""
    row, code = place
    if reported and reported == _before(book, row, code):
        return Cause.LAST_MONTHS if book.single[row] else Cause.TOTAL_NOT_UPDATED
    if not book.single[row] and _is_of_which(book, row, code, reported - meant):
        return Cause.OF_WHICH_ADDED
    for end, others in STEMS.items():
        for other in others if code.endswith(end) else ():
            beside = book.now(code.removesuffix(end) + other)
            if reported and not unknown(beside)[row] and int(beside[row]) == reported:
                return Cause.YEAR_AS_MONTH if end == "_mtd" or other == "_cum" else Cause.MONTH_AS_YEAR
    step = int(book.step[row]) if book.form.by_code[code].is_amount else 1
    return slip(reported, meant, step) or Cause.OTHER


def _is_of_which(book: Book, row: int, code: str, surplus: int) -> bool:
    own = (book.rows["submission"].to_numpy() == book.records[row].submission) & book.single & ~book.added
    inside = [int(book.now(code)[other]) for other in np.flatnonzero(own) if not unknown(book.now(code))[other]]
    return surplus > 0 and (surplus == sum(inside) or surplus in inside)


def _found(system: System, values: Integers, guess: Hypothesis) -> Found:
    places = tuple(system.places[at] for at in guess.at)
    if guess.cause is not None:
        return Found(guess.cause, places, tuple(int(v) for v in guess.meant), guess.column, guess.rows)
    (at,), (meant,) = guess.at, guess.meant
    return Found(cause_of(system.book, places[0], int(values[at]), int(meant)), places, (int(meant),), places[0][1])


def _merged(found: Sequence[Found]) -> list[Found]:
    """Single figures of one column, or of one row, that went wrong in the same way are one cause."""
    by_column = _together(found, {id(one): one.column for one in found if len(one.places) == 1})
    return _together(by_column, {id(one): one.places[0][0] for one in by_column if len(one.places) == 1})


def _together(found: Sequence[Found], keys: Mapping[int, object]) -> list[Found]:
    groups: dict[object, list[Found]] = {}
    for one in found:
        is_one_of_many = id(one) in keys and one.cause not in _WEAK
        groups.setdefault((keys[id(one)], one.cause) if is_one_of_many else id(one), []).append(one)
    return [_joined(group) for group in groups.values()]


def _joined(group: Sequence[Found]) -> Found:
    first = group[0]
    if len(group) == 1:
        return first
    places = tuple(place for one in group for place in one.places)
    meant = tuple(value for one in group for value in one.meant)
    column = first.column if len({one.column for one in group}) == 1 else ""
    return Found(first.cause, places, meant, column, first.rows)
