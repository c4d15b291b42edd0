"""The fewest changes that make a statement true: one cause after the other, the one that explains most first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from itertools import chain

import numpy as np

from pipeline.money import YUAN_PER_WAN, round_half_up
from pipeline.validate.diagnosis.along import along
from pipeline.validate.diagnosis.blocks import blocks
from pipeline.validate.diagnosis.copies import copied, exchanged, negative
from pipeline.validate.diagnosis.exact import exactly
from pipeline.validate.diagnosis.flows import named_flow
from pipeline.validate.diagnosis.found import Found
from pipeline.validate.diagnosis.hypotheses import Hypothesis, hypotheses, with_totals
from pipeline.validate.diagnosis.likeness import Likeness
from pipeline.validate.diagnosis.naming import BY_CHANCE, WEAK, cause_of
from pipeline.validate.diagnosis.pasted import pasted
from pipeline.validate.diagnosis.separable import laid_at_sums, separable
from pipeline.validate.diagnosis.slips import STEMS, Cause, slip
from pipeline.validate.diagnosis.system import Place, System
from pipeline.validate.diagnosis.units_in_part import units_in_part
from pipeline.validate.diagnosis.witnesses import (
    allowed,
    are_of_a_size,
    bear_out,
    becomes_no_loan,
    last_months,
    slips_settled,
    usual_change,
)
from pipeline.validate.frames import Book
from pipeline.validate.masked import Integers, Mask
from pipeline.validate.owed import SIGNED
from pipeline.validate.rules.grades import GRADES
from pipeline.validate.rules.mirror import REGISTERED

MOST_CAUSES = 12
"""In one statement. Whoever has more must look at it all anyway."""
_HARDLY = 0.05
"""Parts of a figure by which it may well change in a month."""
_TELLING = 4
"""So many digits at least: of fewer, whatever a balance is off by soon looks like a slip."""
_BY_A_DIGIT = frozenset({Cause.DIGIT_MORE, Cause.DIGIT_LESS})
_CLEARLY = 2
"""Times as far from last month's flow: what a month repays changes much."""
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
_POINTS = (Fraction(100), Fraction(1, 100))
"""Without the decimal point, or with a point too many."""
_BY_COINCIDENCE = WEAK | {Cause.OTHER_COLUMN}
"""What speaks for no guess: among forty figures of a row two are easily alike."""
_OLD = frozenset({Cause.LAST_MONTHS, Cause.OTHER_MONTH})


def causes(system: System, likeness: Likeness, suspects: Collection[tuple[str, str]] = ()) -> list[Found]:
    """The causes of all broken equations of a statement, as far as they tell themselves.

    Args:
        system: the statement.
        likeness: the rows of its book, side by side.
        suspects: (area, indicator) of figures that other rules find wrong.
    """
    found = pasted(system)
    system = system.without({place for one in found for place in one.blank})
    values = system.values.copy()
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
        best = _best(system, values, broken, leeway, suspects) if broken.any() else None
        if best is None:
            break
        found.append(_found(system, values, best))
        values, leeway = best.applied(values), leeway + system.leeway(best.at, best.coarser)
    return _merged([*found, *_slips_alone(system, {place for one in found for place in one.places})])


def _slips_throughout(system: System, values: Integers) -> list[Found]:
    """Wrong units where nothing is wrong besides, whatever roundings look like ten thousand times as large."""
    alone = _slips_alone(system, ())
    for one in alone:
        at = np.array([system.position[place] for place in one.places], dtype=np.int64)
        meant = values.copy()
        meant[at] = np.array(one.meant)
        if system.broken(meant, system.leeway(at, one.coarser)).any():
            return []
    return alone


def _slips_alone(system: System, told: Collection[Place]) -> list[Found]:
    """Wrong units where no equation tells: of a statement in 元 for 万元 all equations hold without a month before."""
    slips = [place for place in system.slips if place not in told]
    if len(slips) < 2:
        return []
    book, (row, code) = system.book, slips[0]
    cap = allowed(book, (row, code)) or 0
    factor = Fraction(1, YUAN_PER_WAN) if int(book.now(code)[row]) > cap else Fraction(YUAN_PER_WAN)
    coarser = YUAN_PER_WAN if factor > 1 else 1
    rows = {row for row, _ in slips}
    amounts = [place for place in system.places if book.form.by_code[place[1]].is_amount and place not in told]
    chosen = dict.fromkeys((*slips, *(place for place in amounts if len(rows) > 1 or place[0] in rows)))
    changes = [(at, (reported := int(book.now(at[1])[at[0]])), round_half_up(reported * factor)) for at in chosen]
    if not are_of_a_size(book, changes):
        return []
    meant = tuple(value for _, _, value in changes)
    return [Found(Cause.UNIT, tuple(chosen), meant, "", () if len(rows) > 1 else tuple(rows), factor, coarser)]


def _best(
    system: System, values: Integers, broken: Mask, leeway: Integers, suspects: Collection[tuple[str, str]]
) -> Hypothesis | None:
    together = chain(
        blocks(system, values, broken), units_in_part(system, values, broken), along(system, values, broken)
    )
    several = [with_totals(system, values, broken, guess) for guess in together]
    all_guesses = [*hypotheses(system, values, broken), *several]
    guesses = [guess for guess in all_guesses if _can_be(system, guess) and not _takes_back(system, values, guess)]
    if not guesses:
        return None
    leeways = [leeway + system.leeway(guess.at, guess.coarser) for guess in guesses]
    after = system.broken_after(values, [(guess.at, guess.meant) for guess in guesses], leeways)
    settled = np.array([slips_settled(system, values, guess) for guess in guesses])
    cleared = (broken & ~after).sum(axis=1)
    fresh = (~broken & after).sum(axis=1)
    fits = (cleared > 0) & (fresh == 0)
    clears = broken & ~after
    fits &= ~separable(guesses, clears, fits, lambda guess: _has_a_name(system, values, guess))
    sums = np.array([line.rule == "A01" for line in system.lines])
    fits &= ~laid_at_sums(guesses, clears, fits, sums)
    contested = _contested(system, guesses, clears, fits, sums)
    likely = [n for n in np.flatnonzero(fits) if _may_be(system, values, guesses[n], suspects, bool(contested[n]))]
    if not likely:
        return None
    explained = cleared + settled
    most = explained[likely].max()
    first = [guesses[number] for number in likely if explained[number] == most]
    best = max(first, key=lambda guess: _credit(system, values, guess, suspects))
    best = exactly(system, values, best, broken, leeway)
    return best if _has_a_name(system, values, best) else named_flow(system, best, first, int(most))


def _has_a_name(system: System, values: Integers, guess: Hypothesis) -> bool:
    """Whether it is a slip that we know: of one figure, none that fits by chance."""
    if guess.cause is not None:
        return guess.cause is not Cause.OTHER or _common_cause(system, values, guess) is not Cause.OTHER
    at, meant = int(guess.at[0]), int(guess.meant[0])
    return cause_of(system.book, system.places[at], int(values[at]), meant) not in _BY_COINCIDENCE


def _can_be(system: System, guess: Hypothesis) -> bool:
    """Whether the figures would be what they may be: none below zero that never is, one alone no loan beyond any."""
    if guess.cause is None and becomes_no_loan(system, int(guess.at[0]), int(guess.meant[0])):
        return False
    return all(system.places[at][1] in SIGNED for at in guess.at[guess.meant < 0])


def _takes_back(system: System, values: Integers, guess: Hypothesis) -> bool:
    """Whether it puts a figure that an earlier cause changed back to what is reported: then nothing is proposed."""
    number, step = len(guess.at) - guess.following, system.book.submissions[system.submission].step
    own, meant = guess.at[:number], guess.meant[:number]  # totals go with what is wrong in both directions
    is_back = np.abs(meant - system.values[own]) <= (step if step > 1 else 0)
    return bool(np.any((values[own] != system.values[own]) & is_back))


def _may_be(
    system: System, values: Integers, guess: Hypothesis, suspects: Collection[tuple[str, str]], contested: bool
) -> bool:
    """Whether a guess that makes equations true has more than that for it, where it has to."""
    is_exchange = guess.cause is Cause.COLUMNS_EXCHANGED and _is_of_an_area(system, guess)
    if guess.factor != 1 or (contested and is_exchange):
        return bear_out(system, values, guess)
    return guess.cause is not None or not contested or _tells_itself(system, values, guess, suspects)


def _is_of_an_area(system: System, guess: Hypothesis) -> bool:
    return len(guess.rows) == 1 and bool(system.book.single[guess.rows[0]])


def _contested(system: System, guesses: Sequence[Hypothesis], clears: Mask, fits: Mask, sums: Mask) -> Mask:
    """Which guesses are about sums alone, where the figure of an area that is in nothing else could explain one."""
    by_sums = ~clears[:, ~sums].any(axis=1)
    single = [guess.cause is None and _is_of_an_area(system, guess) for guess in guesses]
    disputed = clears[fits & by_sums & np.array(single)].any(axis=0)
    exchanged = [guess.cause is Cause.COLUMNS_EXCHANGED and _is_of_an_area(system, guess) for guess in guesses]
    contested: Mask = np.asarray(by_sums & (clears[:, disputed].any(axis=1) | np.array(exchanged)))
    return contested


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
    tells = cause not in (WEAK if not book.single[row] else _BY_COINCIDENCE | _OLD)
    if not tells and abs(meant - reported) <= usual_change(book, row, code):
        return False
    return not book.single[row] or _nearer(book, (row, code), reported, meant) > 0


def _moved(system: System, values: Integers, code: str) -> list[tuple[int, int]]:
    """Areas of a column whose figure is not last month's, and by how much; who is registered stays so for a year."""
    known = ((row, last_months(system.book, row, code)) for row in system.rows if system.book.added[row])
    pairs = [(row, int(values[system.position[row, code]]) - last) for row, last in known if last is not None]
    return [(row, off) for row, off in pairs if off]


def _credit(
    system: System, values: Integers, guess: Hypothesis, suspects: Collection[tuple[str, str]]
) -> tuple[float, ...]:
    """What speaks for a guess of those that explain as much: that it is a known slip, that it fits the month before."""
    if guess.cause in (Cause.FLOW_LEFT_OUT, Cause.MONTH_AND_YEAR):
        return (2.0, 0.0, 0.0, 0.0)  # to the fen what a flow of the month is: hardly by chance
    if guess.factor in _POINTS and guess.block:
        return (1.5, 0.0, 0.0, 0.0)  # last month bears out most of its figures
    if guess.cause is Cause.COLUMNS_EXCHANGED and _is_of_two_places(system, values, guess):
        return (1.0, 0.0, 0.5, 0.0, 0.0)  # above one figure that is no known slip, below one that is
    if guess.cause is not None:
        # Many figures at once explain more by their number: believed where no single one explains as much.
        known = guess.cause is not Cause.OTHER or _is_carried_on(system, values, guess, suspects)
        return (-1.0, float(known), -float(len(guess.at)), -_changed(system, values, guess))
    at, meant = int(guess.at[0]), int(guess.meant[0])
    row, code = system.places[at]
    cause = cause_of(system.book, (row, code), int(values[at]), meant)
    nearer = _nearer(system.book, (row, code), int(values[at]), meant)
    is_total = not system.book.single[row]
    possible = meant >= 0 or code.startswith("other_change")
    strong = cause not in _BY_COINCIDENCE and not (cause is Cause.LAST_MONTHS and not _moves(code))
    suspected = not is_total and (system.book.records[row].area, code) in suspects
    return (float(possible), float(suspected), float(strong), nearer, float(is_total))


def _is_of_two_places(system: System, values: Integers, guess: Hypothesis) -> bool:
    """Whether both of two figures of an area are last month's, as far as any is, once they change places."""
    own = guess.at[: len(guess.at) - guess.following]
    if len(own) != 2 or not _is_of_an_area(system, guess):
        return False
    changes = zip(own.tolist(), guess.meant.tolist(), strict=False)
    return all(_nearer(system.book, system.places[at], int(values[at]), meant) > 0 for at, meant in changes)


def _moves(code: str) -> bool:
    """Whether a figure of a month with any business differs from the month before; registers and bad loans may stay."""
    return code.endswith(tuple(STEMS)) or code.startswith("outstanding") or code == GRADES[0]


def _changed(system: System, values: Integers, guess: Hypothesis) -> float:
    """How many of the figures are not zero: what was forgotten reads zero, and is the likelier to be wrong."""
    return float(np.count_nonzero(values[guess.at]))


def _nearer(book: Book, place: Place, reported: int, meant: int) -> float:
    """How much nearer to last month's figure the meant one is, in parts of it; nothing where it hardly matters."""
    before = last_months(book, *place)
    if before is None:
        return 0.0
    away, left = abs(reported - before), abs(meant - before)
    nearer = (away - left) / max(1, abs(before), abs(meant))
    return nearer if abs(nearer) > _HARDLY else 0.0


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


def _is_carried_on(system: System, values: Integers, guess: Hypothesis, suspects: Collection[tuple[str, str]]) -> bool:
    """Whether a figure of the month tells that it is wrong, and the others of its row were added up from it."""
    row, code = system.places[guess.at[0]]
    if not code.endswith("_mtd") or len(guess.rows) != 1:
        return False
    digits = str(abs(int(values[guess.at[0]]))).rstrip("0")
    told = len(digits) >= _TELLING and _common_cause(system, values, guess) is not Cause.OTHER
    return told or (system.book.records[row].area, code) in suspects


def _common_cause(system: System, values: Integers, guess: Hypothesis) -> Cause:
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
