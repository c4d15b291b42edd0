"""The fewest changes that make a statement true: one cause after the other, the one that explains most first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from fractions import Fraction
from itertools import chain

import numpy as np

from pipeline.money import YUAN_PER_WAN, round_half_up
from pipeline.validate.diagnosis.agreeing import agreeing
from pipeline.validate.diagnosis.along import along
from pipeline.validate.diagnosis.believed import can_be, contested, may_be, takes_back
from pipeline.validate.diagnosis.blocks import blocks
from pipeline.validate.diagnosis.copies import copied, exchanged, negative
from pipeline.validate.diagnosis.credit import credit
from pipeline.validate.diagnosis.exact import exactly
from pipeline.validate.diagnosis.flows import named_flow
from pipeline.validate.diagnosis.found import Found
from pipeline.validate.diagnosis.heard import best_heard, evidence
from pipeline.validate.diagnosis.hypotheses import hypotheses
from pipeline.validate.diagnosis.hypothesis import Hypothesis, with_totals
from pipeline.validate.diagnosis.likeness import Likeness
from pipeline.validate.diagnosis.merging import merged
from pipeline.validate.diagnosis.past_due import past_due_left_out
from pipeline.validate.diagnosis.pasted import pasted
from pipeline.validate.diagnosis.separable import laid_at_sums, separable
from pipeline.validate.diagnosis.several import found_by, has_a_name
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import Place, System
from pipeline.validate.diagnosis.units_in_part import units_in_part
from pipeline.validate.diagnosis.witnesses import allowed, are_of_a_size, slips_settled
from pipeline.validate.masked import Integers, Mask

MOST_CAUSES = 12
"""In one statement. Whoever has more must look at it all anyway."""


def causes(system: System, likeness: Likeness, suspects: Collection[tuple[str, str]] = ()) -> list[Found]:
    """The causes of all broken equations of a statement, as far as they tell themselves.

    Args:
        system: the statement.
        likeness: the rows of its book, side by side.
        suspects: (area, indicator) of figures that other rules find wrong.
    """
    found = [*pasted(system), *past_due_left_out(system)]
    system = system.without({place for one in found for place in one.blank})
    values = system.values.copy()
    nothing = np.zeros(len(system.lines), dtype=np.int64)
    for guess in negative(system, values):
        meant = with_totals(system, values, system.broken(values, nothing), guess)
        found.append(found_by(system, values, meant))
        values = meant.applied(values)
    at_sight = copied(system, system.broken(values, nothing), likeness)
    rest = system.without({place for one in at_sight for place in one.blank})
    found += [*at_sight, *_step_by_step(rest, values, suspects, is_first=not (found or at_sight))]
    return found or [found_by(system, values, guess) for guess in exchanged(system, values)]


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
        found.append(found_by(system, values, best))
        values, leeway = best.applied(values), leeway + system.leeway(best.at, best.coarser)
    found = agreeing(system, found)
    return merged([*found, *_slips_alone(system, {place for one in found for place in one.places})])


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
    places, _, meant = zip(*(change for change in changes if change[1]), strict=True)
    return [Found(Cause.UNIT, places, meant, "", () if len(rows) > 1 else tuple(rows), factor, coarser)]


def _best(
    system: System, values: Integers, broken: Mask, leeway: Integers, suspects: Collection[tuple[str, str]]
) -> Hypothesis | None:
    together = chain(
        blocks(system, values, broken), units_in_part(system, values, broken), along(system, values, broken)
    )
    several = [with_totals(system, values, broken, guess) for guess in together]
    all_guesses = [*hypotheses(system, values, broken), *several]
    guesses = [guess for guess in all_guesses if can_be(system, guess) and not takes_back(system, values, guess)]
    if not guesses:
        return None
    leeways = [leeway + system.leeway(guess.at, guess.coarser) for guess in guesses]
    after = system.broken_after(values, [(guess.at, guess.meant) for guess in guesses], leeways)
    settled = np.array([slips_settled(system, values, guess) for guess in guesses])
    cleared = (broken & ~after).sum(axis=1)
    fresh = (~broken & after).sum(axis=1)
    fits = (cleared > 0) & (fresh == 0)
    clears = broken & ~after
    fits &= ~separable(guesses, clears, fits, lambda guess: has_a_name(system, values, guess))
    sums = np.array([line.rule == "A01" for line in system.lines])
    fits &= ~laid_at_sums(guesses, clears, fits, sums)
    disputed = contested(system, guesses, clears, fits, sums)
    likely = [n for n in np.flatnonzero(fits) if may_be(system, values, guesses[n], suspects, bool(disputed[n]))]
    if not likely:
        return None
    explained = cleared + settled
    most = explained[likely].max()
    first = [guesses[number] for number in likely if explained[number] == most]
    left = best_heard(system, values, first)
    likeliest, best = (max(some, key=lambda guess: credit(system, values, guess, suspects)) for some in (first, left))
    is_told = has_a_name(system, values, exact := exactly(system, values, best, broken, leeway))
    is_asked = not is_told or best.cause is Cause.FLOW_LEFT_OUT
    if best is not likeliest or best.witness or (is_asked and len(left) < len(first)):
        exact = replace(exact, heard=evidence(system, values, best, first))
    return exact if is_told else named_flow(system, exact, left, int(most))
