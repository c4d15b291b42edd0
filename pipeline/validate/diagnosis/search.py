"""The fewest changes that make a statement true: one cause after the other, the one that explains most first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from pipeline.money import FEN_PER_YUAN, round_half_up
from pipeline.validate.diagnosis.hypotheses import UNITS, Hypothesis, hypotheses
from pipeline.validate.diagnosis.slips import Cause, slip
from pipeline.validate.diagnosis.system import Place, System
from pipeline.validate.frames import Book
from pipeline.validate.masked import Integers, Mask, unknown

MOST_CAUSES = 12
"""In one statement. Whoever has more must look at it all anyway."""
STEMS = {"_mtd": ("_ytd", "_cum"), "_ytd": ("_mtd", "_cum"), "_cum": ("_ytd", "_mtd")}
_HARDLY = 0.05
"""Parts of a figure by which it may well change in a month."""
_SHARED = frozenset(
    {
        Cause.UNIT,
        Cause.LAST_MONTHS,
        Cause.YEAR_AS_MONTH,
        Cause.MONTH_AS_YEAR,
        Cause.TOTAL_NOT_UPDATED,
        Cause.OF_WHICH_ADDED,
        Cause.SIGN,
    }
)
"""What happens to several figures of a row or column at once; a slip of the finger happens to one."""
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
    factor: Fraction = Fraction(1)

    @property
    def meant_at(self) -> dict[Place, int]:
        """What each figure was meant to be."""
        return dict(zip(self.places, self.meant, strict=True))


def causes(system: System) -> list[Found]:
    """The causes of all broken equations of a statement, as far as they tell themselves."""
    values = system.values.copy()
    found: list[Found] = []
    for _ in range(MOST_CAUSES):
        broken = system.broken(values)
        if not broken.any():
            found += _slips_alone(system) if not found else []
            break
        best = _best(system, values, broken)
        if best is None:
            break
        found.append(_found(system, values, best))
        values = best.applied(values)
    return _merged(found)


def _slips_alone(system: System) -> list[Found]:
    """Wrong units where no equation tells: of a statement in 元 for 万元 all equations hold without a month before."""
    amounts = [place for place in system.places if system.book.form.by_code[place[1]].is_amount]
    if len(system.slips) < 2:
        return []
    row, code = system.slips[0]
    cap = int(system.book.threshold("loan_cap_household", FEN_PER_YUAN)[row])
    households = int(system.book.now(code.replace("_amount", "_households"))[row])
    factor = Fraction(1, UNITS) if int(system.book.now(code)[row]) > cap * households else Fraction(UNITS)
    rows = {row for row, _ in system.slips}
    chosen = amounts if len(rows) > 1 else [place for place in amounts if place[0] in rows]
    meant = tuple(round_half_up(int(system.values[system.position[place]]) * factor) for place in chosen)
    return [Found(Cause.UNIT, tuple(chosen), meant, "", () if len(rows) > 1 else tuple(rows), factor)]


def _best(system: System, values: Integers, broken: Mask) -> Hypothesis | None:
    guesses = hypotheses(system, values, broken)
    after = system.broken_after(values, [(guess.at, guess.meant) for guess in guesses])
    cleared = (broken & ~after).sum(axis=1)
    fresh = (~broken & after).sum(axis=1)
    likely = np.flatnonzero((cleared > 0) & (fresh == 0))
    if not len(likely):
        return None
    most = cleared[likely].max()
    first = [guesses[number] for number in likely if cleared[number] == most]
    return max(first, key=lambda guess: _credit(system, values, guess))


def _credit(system: System, values: Integers, guess: Hypothesis) -> tuple[float, ...]:
    """What speaks for a guess of those that explain as much: that it is a known slip, that it fits the month before."""
    if guess.cause is not None:
        # Many figures at once explain more by their number: believed where no single one explains as much.
        return (-1.0, float(guess.cause is not Cause.OTHER), -float(len(guess.at)), 0.0)
    at, meant = int(guess.at[0]), int(guess.meant[0])
    row, code = system.places[at]
    cause = cause_of(system.book, (row, code), int(values[at]), meant)
    nearer = _nearer(system.book, (row, code), int(values[at]), meant)
    is_total = not system.book.single[row]
    possible = meant >= 0 or code.startswith("other_change")
    return (float(possible), float(cause not in _WEAK), nearer, float(is_total))


def _nearer(book: Book, place: Place, reported: int, meant: int) -> float:
    """How much nearer to last month's figure the meant one is, in parts of it; nothing where it hardly matters."""
    before = _before(book, *place)
    if before is None:
        return 0.0
    away, left = abs(reported - before), abs(meant - before)
    nearer = (away - left) / max(1, abs(before), abs(meant))
    return nearer if abs(nearer) > _HARDLY else 0.0


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
        meant_all = tuple(int(value) for value in guess.meant)
        cause = _common_cause(system, values, guess) if guess.cause is Cause.OTHER else guess.cause
        return Found(cause, places, meant_all, guess.column, guess.rows, guess.factor)
    (at,), (meant,) = guess.at, guess.meant
    return Found(cause_of(system.book, places[0], int(values[at]), int(meant)), places, (int(meant),), places[0][1])


def _common_cause(system: System, values: Integers, guess: Hypothesis) -> Cause:
    """What the areas of a column tell, if all tell the same."""
    told = {
        cause_of(system.book, system.places[at], int(values[at]), int(meant))
        for at, meant in zip(guess.at, guess.meant, strict=True)
        if system.book.single[system.places[at][0]]
    }
    return told.pop() if len(told) == 1 else Cause.OTHER


def _merged(found: Sequence[Found]) -> list[Found]:
    """Single figures of one column, or of one row, that went wrong in the same way are one cause."""
    by_column = _together(found, {id(one): one.column for one in found if len(one.places) == 1})
    return _together(by_column, {id(one): one.places[0][0] for one in by_column if len(one.places) == 1})


def _together(found: Sequence[Found], keys: Mapping[int, object]) -> list[Found]:
    groups: dict[object, list[Found]] = {}
    for one in found:
        is_one_of_many = id(one) in keys and one.cause in _SHARED
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
