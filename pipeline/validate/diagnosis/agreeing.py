"""Proposals of one statement that are put right together: what fits by chance, each by itself, is not told as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from pipeline.validate.diagnosis.found import Found
from pipeline.validate.diagnosis.naming import WEAK
from pipeline.validate.diagnosis.system import Line, System


def agreeing(system: System, found: Sequence[Found]) -> list[Found]:
    """The same causes without guesses that others contradict; what is then left is told in the words of its rule.

    Whoever corrects as proposed is not to be rejected again. A cause that has a name is believed all the same.

    Args:
        system: the statement.
        found: its causes in the order in which they were found, each beside those before it.
    """
    left = _without(found, _revised(found))
    return _without(left, _not_together(system, left))


def _without(found: Sequence[Found], contradicted: Iterable[Found]) -> list[Found]:
    gone = {id(one) for one in contradicted if one.cause in WEAK}
    return [one for one in found if id(one) not in gone]


def _revised(found: Sequence[Found]) -> Iterator[Found]:
    """Of two causes that propose different values for a figure the first; where that has a name, the other."""
    for number, later in enumerate(found):
        for earlier in found[:number]:
            shared = later.meant_at.keys() & earlier.meant_at.keys()
            if any(later.meant_at[place] != earlier.meant_at[place] for place in shared):
                yield earlier if earlier.cause in WEAK else later


def _not_together(system: System, found: Sequence[Found]) -> Iterator[Found]:
    """Causes that meet in an equation of one area which is broken with all of them put right."""
    values, leeway = system.values.copy(), np.zeros(len(system.lines), dtype=np.int64)
    for one in found:
        meant = {**dict(one.totals), **one.meant_at}
        at = np.array([system.position[place] for place in meant], dtype=np.int64)
        values[at] = list(meant.values())
        leeway = leeway + system.leeway(at, one.coarser)
    for number in np.flatnonzero(system.broken(values, leeway)).tolist():
        met = _met(system.lines[number], found)
        yield from met if len(met) > 1 else ()


def _met(line: Line, found: Sequence[Found]) -> list[Found]:
    """The causes that have a figure in an equation of one area; a sum of areas may be broken by yet another."""
    places = {place for place, _ in line.terms}
    is_of_one_area = len({row for row, _ in places}) == 1
    return [one for one in found if is_of_one_area and not places.isdisjoint(one.places)]
