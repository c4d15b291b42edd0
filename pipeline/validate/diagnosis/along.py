"""Figures of one area that stand one cell further than they belong: one column, or in an upright form one row.

What is pasted one cell further begins with a figure that stands twice, where it belongs and beside that, and ends on a
figure that is lost. The lost one is as an equation has it; the others are known, and have to make equations true.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise

import numpy as np

from pipeline.model import position_of
from pipeline.money import FEN_PER_WAN, MONEY_UNITS
from pipeline.validate.diagnosis.hypothesis import Hypothesis
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import System
from pipeline.validate.diagnosis.witnesses import last_months
from pipeline.validate.frames import Book
from pipeline.validate.masked import Integers, Mask

_LEAST, _MOST = 3, 20
"""So many figures at least, that no two neighbours which are alike are a block, and at most: a row is a row."""
SHIFTED = {Cause.ROW_SHIFTED: ("上一行", "下一行"), Cause.COLUMN_SHIFTED: ("前一列", "后一列")}
"""What is said of where the figures come from that stand too far, and not far enough."""


def along(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """Guesses at areas of which an equation of their own is broken."""
    own = (system.lines[number] for number in np.flatnonzero(broken))
    rows = sorted({line.terms[0][0][0] for line in own if line.rule != "A01"})
    for row in rows:
        for cause, codes in _lines_of(system.book, row):
            for order in (codes, codes[::-1]):
                yield from _further(system, values, row, order, cause)


def is_back(book: Book, row: int, block: Sequence[str]) -> bool:
    """Whether figures stand before the cells in which they belong; the block is told from the one that stands twice."""
    (first_row, first_col), (last_row, last_col) = (_at(book, row, code) for code in (block[0], block[-1]))
    return (last_row, last_col) < (first_row, first_col)


def _at(book: Book, row: int, code: str) -> tuple[int, int]:
    return position_of(book.origins[row][code].cell) or (0, 0)


def _lines_of(book: Book, row: int) -> Iterator[tuple[Cause, list[str]]]:
    """The amounts and counts of a row that stand side by side, and those that stand one under the other."""
    form = book.form.by_code
    figures = {code for code in book.origins[row] if form[code].is_amount or form[code].is_count}
    at = {code: _at(book, row, code) for code in figures}
    for cause, across in ((Cause.COLUMN_SHIFTED, 0), (Cause.ROW_SHIFTED, 1)):
        order = sorted(figures, key=lambda code: (at[code][across], at[code][1 - across]))
        line: list[str] = []
        for code in order:
            follows = line and _follows(at[line[-1]], at[code], across)
            if line and not follows:
                yield from [(cause, line)] if len(line) > _LEAST else []
            line = [*line, code] if follows else [code]
        yield from [(cause, line)] if len(line) > _LEAST else []


def _follows(one: tuple[int, int], other: tuple[int, int], across: int) -> bool:
    return one[across] == other[across] and one[1 - across] + 1 == other[1 - across]


def _further(system: System, values: Integers, row: int, codes: Sequence[str], cause: Cause) -> Iterator[Hypothesis]:
    """Blocks that begin with a figure that stands twice; the order of the codes is the way in which they went."""
    typed = [_typed(system, values, row, code) for code in codes]
    twice = [n for n, (one, other) in enumerate(pairwise(typed), start=1) if one and one == other]
    for first in twice:
        meant: dict[str, int] = {}
        for last in range(first + 1, min(len(codes), first + _MOST)):
            figure = _in_column(system, row, codes[last - 1], typed[last])
            if figure is None:
                break
            meant[codes[last - 1]] = figure
            beyond = [other for other in codes[last + 1 : last + 2] if (row, other) not in system.position]
            goes_on = beyond and typed[last + 1] is not None  # a number that its column cannot have was pasted too
            if last - first + 1 >= _LEAST and not goes_on:
                yield from _with_the_lost(system, values, row, meant, codes[first : last + 1], cause)


def _typed(system: System, values: Integers, row: int, code: str) -> Decimal | None:
    """What stands in the cell, in the units of the sheet; also where it could not be read as what it should be."""
    at = system.position.get((row, code))
    if at is not None:
        return Decimal(int(values[at])) / _unit(system, row, code)
    try:
        return Decimal(system.book.origins[row][code].raw.replace(",", ""))
    except InvalidOperation:
        return None


def _in_column(system: System, row: int, code: str, typed: Decimal | None) -> int | None:
    """The same as a figure of a column, None where it is none."""
    figure = None if typed is None else typed * _unit(system, row, code)
    return None if figure is None or figure != int(figure) else int(figure)


def _unit(system: System, row: int, code: str) -> int:
    book = system.book
    money = MONEY_UNITS.get(book.submissions[book.records[row].submission].money_unit, FEN_PER_WAN)
    return money if book.form.by_code[code].is_amount else 1


def _with_the_lost(
    system: System, values: Integers, row: int, meant: dict[str, int], block: Sequence[str], cause: Cause
) -> Iterator[Hypothesis]:
    """The block with its last figure as any equation has it that holds it; as it is, where none does.

    Any figure can be made up that makes a sum true: it has to be nearer to last month's than what is typed.
    """
    known = [code for code in meant if (row, code) in system.position]
    at = np.array([system.position[row, code] for code in known], dtype=np.int64)
    figures = np.array([meant[code] for code in known], dtype=np.int64)
    if np.count_nonzero(values[at] != figures) < _LEAST - 1:
        return
    right = values.copy()
    right[at] = figures
    back = -1 if is_back(system.book, row, block) else 1
    for lost, figure in _lost(system, right, system.position.get((row, block[-1]))):
        places, true = np.append(at, lost).astype(np.int64), np.append(figures, figure).astype(np.int64)
        yield Hypothesis(places[::back], true[::back], cause, rows=(row,), block=tuple(block))


def _lost(system: System, values: Integers, at: int | None) -> Iterator[tuple[list[int], list[int]]]:
    """(where it stands, what it was) of the lost figure; nothing of one that no equation holds."""
    signs = np.zeros(0) if at is None else system.matrix[:, at]
    if at is None or not signs.any():
        yield [], []
        return
    told = {int(values[at] - sign * off) for sign, off in zip(signs, system.off(values), strict=True) if sign}
    last = last_months(system.book, *system.places[at])
    for figure in sorted(told):
        if last is None or abs(figure - last) < abs(int(values[at]) - last):
            yield [at], [figure]
