"""Figures that stand in another's place: two columns, two areas or two totals exchanged, areas one row further."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product

import numpy as np

from pipeline.validate.diagnosis.hypothesis import Hypothesis, are_in, is_invented
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import Place, System
from pipeline.validate.masked import Integers, Mask
from pipeline.validate.rules.grades import GRADES
from pipeline.validate.rules.loans import MEASURES

GRADED = (*GRADES, "npl_amount")
"""What is filled in from a report of its own."""
_MOST_PAIRS = 400
"""Of two columns or areas that may be exchanged: enough for a city, and no more than a moment."""
_FAR_MORE = 10
"""Times what roundings allow: what two amounts differ by is then no chance."""


def totals_exchanged(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """Two typed totals, each in the other's column."""
    wrong = [system.lines[number].terms[0][0] for number in np.flatnonzero(broken)]
    for (row, one), (other_row, other) in list(combinations(wrong, 2))[:_MOST_PAIRS]:
        if row == other_row:
            pair = [((row, one), (row, other))]
            yield from _exchanged(system, values, pair, Cause.COLUMNS_EXCHANGED, f"{one} {other}", (row,))


def amounts_exchanged(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """Two amounts of an area, or loans and households, each in the other's column, where only the totals tell."""
    off, sums = system.off(values), {system.lines[n].terms[0][0][1]: n for n in np.flatnonzero(broken)}
    amounts = sorted(code for code in sums if system.book.form.by_code[code].is_amount)
    counts = [(loans, households) for loans, households, _ in MEASURES if {loans, households} <= sums.keys()]
    for one, other in [*combinations(amounts, 2), *counts][:_MOST_PAIRS]:
        missed, allowed = int(off[sums[one]]), int(system.twice_allowed[sums[one]])
        if abs(missed + int(off[sums[other]])) <= allowed and abs(missed) > _FAR_MORE * allowed:
            for row in (row for row in system.rows if system.book.added[row]):
                pair = [((row, one), (row, other))]
                yield from _exchanged(system, values, pair, Cause.COLUMNS_EXCHANGED, f"{one} {other}", (row,))


def areas_exchanged(system: System, values: Integers, touched: set[Place]) -> Iterator[Hypothesis]:
    """Two areas, in all columns or in one."""
    rows = sorted({row for row, _ in touched if system.book.single[row]})
    for one, other in list(combinations(rows, 2))[:_MOST_PAIRS]:
        whole = [((one, code), (other, code)) for row, code in system.places if row == one]
        for guess in _exchanged(system, values, whole, Cause.AREAS_EXCHANGED, "", (one, other)):
            yield replace(guess, sources=(other, one))
        graded = [((one, code), (other, code)) for code in GRADED] if (one, GRADES[0]) in touched else []
        for guess in _exchanged(system, values, graded, Cause.AREAS_EXCHANGED, "", (one, other)):
            yield replace(guess, block=GRADED)
        for code in sorted({code for row, code in touched if row in (one, other)}):
            single = [((one, code), (other, code))]
            yield from _exchanged(system, values, single, Cause.AREAS_EXCHANGED, code, (one, other))


def columns_exchanged(system: System, values: Integers, touched: set[Place]) -> Iterator[Hypothesis]:
    """Two columns of one kind, in all rows or in one: a count in an amount's place would be read as 万元."""
    told = {place for place in system.places if not is_invented(place, int(values[system.position[place]]))}
    codes = sorted({code for _, code in touched & told})
    others = sorted({code for _, code in told} - set(codes))
    rows = sorted({row for row, _ in touched})
    kinds = {code: system.book.form.by_code[code].is_amount for code in (*codes, *others)}
    pairs = [*combinations(codes, 2), *product(codes, others)]
    for one, other in [pair for pair in pairs if kinds[pair[0]] == kinds[pair[1]]][:_MOST_PAIRS]:
        whole = [((row, one), (row, other)) for row, code in system.places if code == one]
        if len(whole) > 1:
            yield from _exchanged(system, values, whole, Cause.COLUMNS_EXCHANGED, f"{one} {other}", ())
        for row in rows:
            single = [((row, one), (row, other))] if {(row, one), (row, other)} <= told else []
            yield from _exchanged(system, values, single, Cause.COLUMNS_EXCHANGED, f"{one} {other}", (row,))


def _exchanged(
    system: System,
    values: Integers,
    pairs: Sequence[tuple[Place, Place]],
    cause: Cause,
    column: str,
    rows: tuple[int, ...],
) -> Iterator[Hypothesis]:
    """These pairs of figures exchanged, where both are known to the system and differ."""
    at = [(system.position[one], system.position[other]) for one, other in pairs if are_in(system, one, other)]
    differing = [(one, other) for one, other in at if values[one] != values[other]]
    if differing:
        first, second = (np.array(side, dtype=np.int64) for side in zip(*differing, strict=True))
        both = np.concatenate([first, second])
        yield Hypothesis(both, np.concatenate([values[second], values[first]]), cause, column, rows)


def rows_shifted(system: System, values: Integers, touched: set[Place]) -> Iterator[Hypothesis]:
    """Areas from one to another, each with its neighbour's figures; in all columns or in one."""
    rows = [row for row in system.rows if system.book.added[row]]
    wrong = [number for number, row in enumerate(rows) if any(place[0] == row for place in touched)]
    if len(wrong) < 3:
        return
    block = rows[wrong[0] : wrong[-1] + 1]
    codes = sorted({code for row, code in system.places if row in block})
    for column in ("", *sorted({code for row, code in touched if row in block})):
        for by in (1, -1):
            at: list[int] = []
            meant: list[int] = []
            for code in [column] if column else codes:
                places = [system.position.get((row, code)) for row in block]
                if any(place is None for place in places):
                    continue
                known = np.array(places, dtype=np.int64)
                at += known.tolist()
                meant += np.roll(values[known], by).tolist()
            if at:
                shifted = Hypothesis(np.array(at), np.array(meant), Cause.ROW_SHIFTED, column, tuple(block))
                yield shifted if column else replace(shifted, sources=tuple(np.roll(block, by).tolist()))
