"""The names of areas in another order than their figures: somebody sorted the first column alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from pipeline.validate.diagnosis.hypothesis import Hypothesis
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import System
from pipeline.validate.masked import Integers, Mask

_FEWEST = 3
"""Two areas are exchanged."""
_MOST = (3, 4)
"""Of the equations of an area: figures may have errors of their own."""
Own = Mapping[tuple[str, tuple[str, ...]], int]
"""Rule and figures of an equation → its number, of the equations of one row."""


def names_sorted(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """Each area with the figures of another one, in all columns: every row goes on from one area's months alone."""
    lines = _by_row(system)
    wrong = [row for row in system.rows if system.book.added[row] and any(broken[n] for n in lines[row].values())]
    if len(wrong) < _FEWEST:
        return
    off = system.off(values)
    sources: list[int] = []
    for row in wrong:
        held = [list(_held(system, values, off, lines[row], lines[other])) for other in wrong]
        fulfilled = [sum(one) for one in held]
        best = fulfilled.index(max(fulfilled))
        if fulfilled.count(fulfilled[best]) > 1 or fulfilled[best] * _MOST[1] < len(held[best]) * _MOST[0]:
            return
        sources.append(wrong[best])
    moved = sum(row != source for row, source in zip(wrong, sources, strict=True))
    if len(set(sources)) < len(wrong) or moved < _FEWEST or _are_shifted(system, wrong, sources):
        return
    at, meant = _places(system, values, wrong, sources)
    yield Hypothesis(at, meant, Cause.NAMES_SORTED, rows=tuple(wrong), sources=tuple(sources))


def _are_shifted(system: System, rows: Sequence[int], sources: Sequence[int]) -> bool:
    """Whether each row has its neighbour's figures, and the last one the first's: that has a name of its own."""
    areas = [row for row in system.rows if system.book.added[row]]
    block = areas[areas.index(rows[0]) : areas.index(rows[-1]) + 1]
    return any(np.array_equal(np.roll(block, by), sources) for by in (1, -1))


def _by_row(system: System) -> dict[int, dict[tuple[str, tuple[str, ...]], int]]:
    found: dict[int, dict[tuple[str, tuple[str, ...]], int]] = {row: {} for row in system.rows}
    for number, line in enumerate(system.lines):
        rows = {row for (row, _), _ in line.terms}
        if len(rows) == 1:
            found[rows.pop()][line.rule, tuple(code for (_, code), _ in line.terms)] = number
    return found


def _held(system: System, values: Integers, off: Integers, own: Own, others: Own) -> Iterator[bool]:
    """Of the equations that two rows share, whether the figures of the other one fulfil the row's."""
    for number, other in ((own[key], others[key]) for key in own.keys() & others.keys()):
        here, there = (
            sum(sign * int(values[system.position[place]]) for place, sign in system.lines[n].terms)
            for n in (number, other)
        )
        yield 2 * abs(there - here + int(off[number])) <= int(system.twice_allowed[number])


def _places(system: System, values: Integers, rows: Sequence[int], sources: Sequence[int]) -> tuple[Integers, Integers]:
    pairs = [
        (position, system.position[source, code])
        for row, source in zip(rows, sources, strict=True)
        for (own, code), position in system.position.items()
        if own == row and (source, code) in system.position
    ]
    differing = [(here, there) for here, there in pairs if values[here] != values[there]]
    here, there = (np.array(side, dtype=np.int64) for side in zip(*differing, strict=True))
    return here, values[there]
