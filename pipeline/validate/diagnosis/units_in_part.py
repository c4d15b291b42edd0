"""Some amounts of a row, or some columns of all rows, in 元 for 万元 or the reverse: the grades, most often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np

from pipeline.money import YUAN_PER_WAN
from pipeline.validate.diagnosis.hypothesis import Hypothesis
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import System
from pipeline.validate.diagnosis.witnesses import last_months
from pipeline.validate.equations import TYPED_BASES
from pipeline.validate.masked import Integers, Mask
from pipeline.validate.rules.grades import GRADES, NPL

_BLOCKS = (GRADES, (*GRADES, "npl_amount"), (*NPL, "npl_amount"))
"""Columns side by side that are filled in from one report of their own."""
_LEAST = 2
"""So many columns are a block."""
POINT = 100
"""Times as much without the point before two decimals."""
_APART = 100
"""Times last month's figure, or a part of it: nearer to ten thousand than to one."""


def units_in_part(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """Guesses at a block of amounts in the wrong unit, in all rows, in all areas or in one row."""
    touched = {row for line in np.flatnonzero(broken) for (row, _), _ in system.lines[line].terms}
    areas = [row for row in system.rows if system.book.single[row]]
    slipped = {row: _slipped(system, values, row) for row in areas}
    times = Counter(code for own in slipped.values() for code in own)
    throughout = tuple(code for code, count in times.items() if 2 * count > len(areas))
    groups: list[tuple[Sequence[int], tuple[int, ...], tuple[str, ...]]] = []
    if len(areas) > 1:
        groups += [(rows, (), throughout) for rows in (system.rows, areas)]
    groups += [([row], (row,), slipped[row]) for row in areas if row in touched]
    for rows, own, codes in groups:
        for block in dict.fromkeys((*_BLOCKS, codes)):
            yield from _in_other_unit(system, values, rows, own, block)


def _slipped(system: System, values: Integers, row: int) -> tuple[str, ...]:
    """The amounts of a row that are thousands of times last month's, or thousandths.

    None where no other is of last month's size but a base of comparison: the row is in the other unit as a whole.
    """
    form, found, rest = system.book.form, [], False
    for column in form.columns:
        at = system.position.get((row, column.code))
        if at is None or not column.is_amount or not values[at]:
            continue
        before, now = last_months(system.book, row, column.code), abs(int(values[at]))
        if before and (now > _APART * abs(before) or abs(before) > _APART * now):
            found.append(column.code)
        elif before and column.code not in TYPED_BASES:
            rest = True
    return tuple(found) if rest else ()


def _in_other_unit(
    system: System, values: Integers, rows: Sequence[int], own: tuple[int, ...], block: Sequence[str]
) -> Iterator[Hypothesis]:
    """These amounts in the other unit, or without their point; first those that are not nought."""
    there = [(row, code) for row in rows for code in block if (row, code) in system.position]
    order = [system.position[place] for place in there]
    at = np.array(sorted(order, key=lambda position: not values[position]), dtype=np.int64)
    codes = tuple(dict.fromkeys(code for _, code in there))
    if len(codes) < _LEAST or not np.any(values[at]):
        return
    for times, cause in ((YUAN_PER_WAN, Cause.UNIT), (POINT, Cause.POINT)):
        less = np.round(values[at] / times).astype(np.int64)
        yield Hypothesis(at, less, cause, rows=own, factor=Fraction(1, times), block=codes)
        if np.all(np.abs(values[at]) < np.iinfo(np.int64).max // times):
            more = values[at] * times
            yield Hypothesis(at, more, cause, rows=own, factor=Fraction(times), coarser=times, block=codes)
