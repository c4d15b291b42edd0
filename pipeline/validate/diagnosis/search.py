"""The fewest changes that make a statement true: one cause after the other, the one that explains most first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

import numpy as np

from pipeline.money import FEN_PER_WAN, FEN_PER_YUAN, round_half_up
from pipeline.validate.diagnosis.blocks import blocks
from pipeline.validate.diagnosis.copies import copied, exchanged, negative
from pipeline.validate.diagnosis.found import Found
from pipeline.validate.diagnosis.hypotheses import UNITS, Hypothesis, hypotheses, with_totals
from pipeline.validate.diagnosis.likeness import Likeness
from pipeline.validate.diagnosis.slips import STEMS, Cause, slip
from pipeline.validate.diagnosis.system import BASES, Place, System
from pipeline.validate.equations import OUTSTANDING
from pipeline.validate.frames import Book
from pipeline.validate.masked import Integers, Mask, unknown
from pipeline.validate.neighbours import MONTHS_BACK
from pipeline.validate.owed import SIGNED
from pipeline.validate.rules.grades import GRADES

MOST_CAUSES = 12
"""In one statement. Whoever has more must look at it all anyway."""
_HARDLY = 0.05
"""Parts of a figure by which it may well change in a month."""
_SHARED = frozenset(
    {
        Cause.UNIT,
        Cause.LAST_MONTHS,
        Cause.YEAR_AS_MONTH,
        Cause.MONTH_AS_YEAR,
        Cause.EVER_AS_YEAR,
        Cause.YEAR_AS_EVER,
        Cause.TOTAL_NOT_UPDATED,
        Cause.OF_WHICH_ADDED,
        Cause.SIGN,
    }
)
"""What happens to several figures of a row or column at once; a slip of the finger happens to one."""
_WEAK = frozenset({Cause.OTHER, Cause.WRONG_DIGIT})
"""What may fit by chance."""
_BY_COINCIDENCE = _WEAK | {Cause.OTHER_COLUMN}
"""What speaks for no guess: among forty figures of a row two are easily alike."""
_BY_CHANCE = 10
"""A count below this may well be another's too."""


def causes(system: System, likeness: Likeness, suspects: Collection[tuple[str, str]] = ()) -> list[Found]:
    """The causes of all broken equations of a statement, as far as they tell themselves.

    Args:
        system: the statement.
        likeness: the rows of its book, side by side.
        suspects: (area, indicator) of figures that other rules find wrong.
    """
    values = system.values.copy()
    found: list[Found] = []
    nothing = np.zeros(len(system.lines), dtype=np.int64)
    for guess in negative(system, values):
        meant = with_totals(system, values, system.broken(values, nothing), guess)
        found.append(_found(system, values, meant))
        values = meant.applied(values)
    at_sight = copied(system, system.broken(values, nothing), likeness)
    rest = system.without({place for one in at_sight for place in one.blank})
    found += [*at_sight, *_step_by_step(rest, values, suspects, is_first=not (found or at_sight))]
    return found or [_found(system, values, guess) for guess in exchanged(system, values)]


def _step_by_step(
    system: System, values: Integers, suspects: Collection[tuple[str, str]], *, is_first: bool
) -> list[Found]:
    """One cause after the other, each of those that explain most of what is left."""
    found = _slips_throughout(system, values) if is_first else []
    if found:
        return found
    leeway = np.zeros(len(system.lines), dtype=np.int64)
    for _ in range(MOST_CAUSES):
        broken = system.broken(values, leeway)
        if not broken.any():
            break
        best = _best(system, values, broken, leeway, suspects)
        if best is None:
            break
        found.append(_found(system, values, best))
        values, leeway = best.applied(values), leeway + system.leeway(best.at, best.coarser)
    return _merged(found)


def _slips_throughout(system: System, values: Integers) -> list[Found]:
    """Wrong units where nothing is wrong besides, whatever roundings look like ten thousand times as large."""
    alone = _slips_alone(system)
    for one in alone:
        at = np.array([system.position[place] for place in one.places], dtype=np.int64)
        meant = values.copy()
        meant[at] = np.array(one.meant)
        if system.broken(meant, system.leeway(at, one.coarser)).any():
            return []
    return alone


def _slips_alone(system: System) -> list[Found]:
    """Wrong units where no equation tells: of a statement in 元 for 万元 all equations hold without a month before."""
    if len(system.slips) < 2:
        return []
    book, (row, code) = system.book, system.slips[0]
    cap = int(book.threshold("loan_cap_household", FEN_PER_YUAN)[row])
    households = int(book.now(code.replace("_amount", "_households"))[row])
    factor = Fraction(1, UNITS) if int(book.now(code)[row]) > cap * households else Fraction(UNITS)
    coarser = UNITS if factor > 1 else 1
    rows = {row for row, _ in system.slips}
    amounts = [place for place in system.places if book.form.by_code[place[1]].is_amount]
    chosen = dict.fromkeys((*system.slips, *(place for place in amounts if len(rows) > 1 or place[0] in rows)))
    meant = tuple(round_half_up(int(book.now(code)[row]) * factor) for row, code in chosen)
    return [Found(Cause.UNIT, tuple(chosen), meant, "", () if len(rows) > 1 else tuple(rows), factor, coarser)]


def _best(
    system: System, values: Integers, broken: Mask, leeway: Integers, suspects: Collection[tuple[str, str]]
) -> Hypothesis | None:
    several = [with_totals(system, values, broken, guess) for guess in blocks(system, values, broken)]
    guesses = [guess for guess in [*hypotheses(system, values, broken), *several] if _can_be(system, guess)]
    if not guesses:
        return None
    leeways = [leeway + system.leeway(guess.at, guess.coarser) for guess in guesses]
    after = system.broken_after(values, [(guess.at, guess.meant) for guess in guesses], leeways)
    cleared = (broken & ~after).sum(axis=1)
    fresh = (~broken & after).sum(axis=1)
    likely = np.flatnonzero((cleared > 0) & (fresh == 0))
    if not len(likely):
        return None
    most = cleared[likely].max()
    first = [guesses[number] for number in likely if cleared[number] == most]
    return max(first, key=lambda guess: _credit(system, values, guess, suspects))


def _can_be(system: System, guess: Hypothesis) -> bool:
    """Whether many figures at once would be what they may be: none below zero that never is."""
    below = guess.at[guess.meant < 0] if guess.cause is not None else guess.at[:0]
    return all(system.places[at][1] in SIGNED for at in below)


def _credit(
    system: System, values: Integers, guess: Hypothesis, suspects: Collection[tuple[str, str]]
) -> tuple[float, ...]:
    """What speaks for a guess of those that explain as much: that it is a known slip, that it fits the month before."""
    if guess.cause is Cause.FLOW_LEFT_OUT:
        return (2.0, 0.0, 0.0, 0.0)  # to the fen what a flow of the month is: hardly by chance
    if guess.cause is not None:
        # Many figures at once explain more by their number: believed where no single one explains as much.
        return (-1.0, float(guess.cause is not Cause.OTHER), -float(len(guess.at)), -_changed(system, values, guess))
    at, meant = int(guess.at[0]), int(guess.meant[0])
    row, code = system.places[at]
    cause = cause_of(system.book, (row, code), int(values[at]), meant)
    nearer = _nearer(system.book, (row, code), int(values[at]), meant)
    is_total = not system.book.single[row]
    possible = meant >= 0 or code.startswith("other_change")
    strong = cause not in _BY_COINCIDENCE and not (cause is Cause.LAST_MONTHS and not _moves(code))
    suspected = not is_total and (system.book.records[row].area, code) in suspects
    return (float(possible), float(suspected), float(strong), nearer, float(is_total))


def _moves(code: str) -> bool:
    """Whether a figure of a month with any business differs from the month before; registers and bad loans may stay."""
    return code.endswith(tuple(STEMS)) or code.startswith("outstanding") or code == GRADES[0]


def _changed(system: System, values: Integers, guess: Hypothesis) -> float:
    """How many of the figures are not zero: what was forgotten reads zero, and is the likelier to be wrong."""
    return float(np.count_nonzero(values[guess.at]))


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
    step = int(book.step[row]) if book.form.by_code[code].is_amount else 1
    if not book.single[row]:
        told = _cause_of_total(book, place, reported, meant)
    else:
        told = _of_another_time(book, place, reported, meant) or _of_another_column(book, place, reported)
    slipped = slip(reported, meant, step, is_amount=book.form.by_code[code].is_amount)
    if slipped in _WEAK or slipped is None:
        return told or _of_another_month(book, place, reported) or slipped or Cause.OTHER
    return slipped if told is Cause.OTHER_COLUMN else told or slipped


def _of_another_time(book: Book, place: Place, reported: int, meant: int) -> Cause | None:
    """Another month's figure, or another span's."""
    row, code = place
    before = _before(book, row, code)
    if reported and reported == before:
        return Cause.LAST_MONTHS
    for end, others in STEMS.items():
        for other, cause in others.items() if code.endswith(end) else ():
            beside = book.now(code.removesuffix(end) + other)
            if reported and not unknown(beside)[row] and int(beside[row]) == reported:
                return cause
    is_january = code.endswith("_ytd") and book.month[row] == 1
    if is_january and before and abs(reported - meant - before) <= _rounded(book, place, 2):
        return Cause.YEAR_NOT_RESET
    return None


def _of_another_month(book: Book, place: Place, reported: int) -> Cause | None:
    """The figure of a month longer ago; of a typed base, the balance of another month than it names."""
    row, code = place
    if not book.single[row] or not reported:
        return None
    source = OUTSTANDING if code in dict(BASES) else code
    for back in range(1, MONTHS_BACK + 1):
        then = book.before(source, back)
        if not unknown(then)[row] and int(then[row]) == reported:
            return Cause.OTHER_MONTH
    return None


def _of_another_column(book: Book, place: Place, reported: int) -> Cause | None:
    """An amount that is a count of the same row, or another amount of it; small numbers agree by chance."""
    row, code = place
    if not book.form.by_code[code].is_amount:
        return None
    for column in book.form.columns:
        there = book.now(column.code)
        if column.code == code or column.is_text or column.is_rate or unknown(there)[row]:
            continue
        typed = int(there[row]) * (1 if column.is_amount else FEN_PER_WAN if book.step[row] > 1 else FEN_PER_YUAN)
        if typed == reported and int(there[row]) >= _BY_CHANCE:
            return Cause.OTHER_COLUMN
    return None


def _cause_of_total(book: Book, place: Place, reported: int, meant: int) -> Cause | None:
    """What a typed total tells: last month's, with of-which areas in it, or without one of its areas."""
    row, code = place
    values, own = book.now(code), book.rows["submission"].to_numpy() == book.records[row].submission
    single, added = (np.flatnonzero(own & which & ~unknown(values)) for which in (book.single, book.added))
    inside = sorted(set(single) - set(added))
    near = _rounded(book, place, len(added) + 1)
    before = _before(book, row, code)
    if reported and before is not None and abs(reported - before) <= near:
        return Cause.TOTAL_NOT_UPDATED
    surplus = reported - meant
    extra = [int(values[other]) for other in inside]
    if surplus > near and any(abs(surplus - value) <= near for value in (sum(extra), *extra)):
        return Cause.OF_WHICH_ADDED
    if surplus < -near and any(abs(surplus + int(values[other])) <= near for other in added):
        return Cause.AREA_LEFT_OUT
    return None


def _rounded(book: Book, place: Place, figures: int) -> int:
    """By how much a figure may be off where so many roundings meet."""
    row, code = place
    return int(book.step[row]) * figures // 2 if book.form.by_code[code].is_amount and book.step[row] > 1 else 0


def _found(system: System, values: Integers, guess: Hypothesis) -> Found:
    all_places = [(system.places[at], int(meant)) for at, meant in zip(guess.at, guess.meant, strict=True)]
    own = len(all_places) - guess.following
    places, meant = (tuple(side) for side in zip(*all_places[:own], strict=True))
    totals = tuple(all_places[own:])
    if guess.cause is not None:
        cause = _common_cause(system, values, guess) if guess.cause is Cause.OTHER else guess.cause
        known = (guess.column, guess.rows, guess.factor, guess.coarser, guess.sources)
        return Found(cause, places, meant, *known, totals, guess.block)
    cause = cause_of(system.book, places[0], int(values[guess.at[0]]), meant[0])
    return Found(cause, places, meant, places[0][1], totals=totals)


def _common_cause(system: System, values: Integers, guess: Hypothesis) -> Cause:
    """What most of the figures tell of themselves."""
    pairs = list(zip(guess.at, guess.meant, strict=True))
    of_areas = [pair for pair in pairs if system.book.single[system.places[pair[0]][0]]]
    told = Counter(
        cause_of(system.book, system.places[at], int(values[at]), int(meant)) for at, meant in of_areas or pairs
    )
    cause, times = told.most_common(1)[0]
    return cause if 2 * times > told.total() else Cause.OTHER


def _merged(found: Sequence[Found]) -> list[Found]:
    """Single figures of one column, or of one row, that went wrong in the same way are one cause."""
    by_column = _together(found, {id(one): one.column for one in found if len(one.places) == 1})
    by_row = _together(by_column, {id(one): one.places[0][0] for one in by_column if len(one.places) == 1})
    return _absorbed(by_row)


def _absorbed(found: Sequence[Found]) -> list[Found]:
    """A single figure that went wrong as many others of its row did is one of them."""
    left: list[Found] = []
    for one in found:
        alike = (at for at, other in enumerate(left) if other.cause is one.cause and _are_of_row(one, other))
        at = next(alike, None) if len(one.places) == 1 else None
        if at is None:
            left.append(one)
        else:
            left[at] = _joined([left[at], one])
    return left


def _are_of_row(one: Found, other: Found) -> bool:
    return len(other.places) > 1 and {row for row, _ in other.places} == {row for row, _ in one.places}


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
    totals = tuple(total for one in group for total in one.totals)
    return Found(first.cause, places, meant, column, first.rows, totals=totals)
