"""What may have gone wrong in a statement: each guess says which figures were meant to be what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np

from pipeline.money import FEN_PER_WAN, FEN_PER_YUAN
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import Place, System
from pipeline.validate.masked import Integers, Mask

UNITS = FEN_PER_WAN // FEN_PER_YUAN
_MOST_PAIRS = 400
"""Of two columns or areas that may be exchanged: enough for a city, and no more than a moment."""


@dataclass(frozen=True, eq=False)
class Hypothesis:
    """Figures (`at`: positions in the system) and what they were meant to be. `cause` is empty for a single figure."""

    at: Integers
    meant: Integers
    cause: Cause | None = None
    column: str = ""
    """The indicator, where it is about one column."""
    rows: tuple[int, ...] = ()
    """The rows of the book that it is about, where it is about rows."""
    factor: Fraction = Fraction(1)
    """Wrong units: what the amounts are to be multiplied by, those outside all equations too."""

    def applied(self, values: Integers) -> Integers:
        """The statement as it was meant."""
        changed = values.copy()
        changed[self.at] = self.meant
        return changed


def hypotheses(system: System, values: Integers, broken: Mask) -> list[Hypothesis]:
    """Every guess worth trying on a statement of which some equations are broken."""
    touched = {place for line in np.flatnonzero(broken) for place, _ in system.lines[line].terms}
    return [
        *_wrong_units(system, values, touched),
        *_areas_exchanged(system, values, touched),
        *_columns_exchanged(system, values, touched),
        *_rows_shifted(system, values, touched),
        *_columns_wrong(system, values, broken),
        *_single(system, values, broken),
    ]


def _single(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """One figure, as each broken equation would have it."""
    off = system.off(values)
    seen: set[tuple[int, int]] = set()
    for line in np.flatnonzero(broken):
        for place, sign in system.lines[line].terms:
            at = system.position[place]
            meant = int(values[at] - sign * off[line])
            if (at, meant) not in seen:
                seen.add((at, meant))
                yield Hypothesis(np.array([at]), np.array([meant]), rows=(place[0],), column=place[1])


def _columns_wrong(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """A column in several areas at once, as the same equation of each area would have it; its total goes with them."""
    off = system.off(values)
    found: dict[tuple[str, str], dict[int, int]] = {}
    for number in np.flatnonzero(broken):
        line = system.lines[number]
        if line.rule == "A01":
            continue
        for place, sign in line.terms:
            found.setdefault((line.rule, place[1]), {})[place[0]] = int(-sign * off[number])
    for (_, code), changes in found.items():
        if len(changes) < 2:
            continue
        areas = {row: delta for row, delta in changes.items() if system.book.added[row]}
        totals = {row: sum(areas.values()) for row in system.rows if not system.book.single[row]}
        at = [system.position[row, code] for row in changes]
        meant = [int(values[system.position[row, code]]) + delta for row, delta in changes.items()]
        with_total = [
            (system.position[row, code], delta) for row, delta in totals.items() if (row, code) in system.position
        ]
        yield Hypothesis(np.array(at), np.array(meant), Cause.OTHER, code)
        if with_total:
            at += [place for place, _ in with_total]
            meant += [int(values[place]) + delta for place, delta in with_total]
            yield Hypothesis(np.array(at), np.array(meant), Cause.OTHER, code)


def _wrong_units(system: System, values: Integers, touched: set[Place]) -> Iterator[Hypothesis]:
    """All amounts, those of a column or of a row, in 元 for 万元 or the reverse."""
    amounts = [at for at, (_, code) in enumerate(system.places) if system.book.form.by_code[code].is_amount]
    rows = sorted({row for row, _ in touched})
    codes = sorted({code for _, code in touched if system.book.form.by_code[code].is_amount})
    groups: list[tuple[list[int], str, tuple[int, ...]]] = [(amounts, "", ())]
    groups += [([at for at in amounts if system.places[at][0] == row], "", (row,)) for row in rows]
    groups += [([at for at in amounts if system.places[at][1] == code], code, ()) for code in codes]
    for places, column, own in groups:
        at = np.array(places, dtype=np.int64)
        if len(at) > 1 and np.any(values[at]):
            less = np.round(values[at] / UNITS).astype(np.int64)
            yield Hypothesis(at, less, Cause.UNIT, column, own, Fraction(1, UNITS))
            if np.all(np.abs(values[at]) < np.iinfo(np.int64).max // UNITS):
                yield Hypothesis(at, values[at] * UNITS, Cause.UNIT, column, own, Fraction(UNITS))


def _areas_exchanged(system: System, values: Integers, touched: set[Place]) -> Iterator[Hypothesis]:
    """Two areas, in all columns or in one."""
    rows = sorted({row for row, _ in touched if system.book.single[row]})
    for one, other in list(combinations(rows, 2))[:_MOST_PAIRS]:
        whole = [((one, code), (other, code)) for row, code in system.places if row == one]
        yield from _exchanged(system, values, whole, Cause.AREAS_EXCHANGED, "", (one, other))
        for code in sorted({code for row, code in touched if row in (one, other)}):
            single = [((one, code), (other, code))]
            yield from _exchanged(system, values, single, Cause.AREAS_EXCHANGED, code, (one, other))


def _columns_exchanged(system: System, values: Integers, touched: set[Place]) -> Iterator[Hypothesis]:
    """Two columns, in all rows or in one."""
    codes = sorted({code for _, code in touched})
    rows = sorted({row for row, _ in touched})
    for one, other in list(combinations(codes, 2))[:_MOST_PAIRS]:
        whole = [((row, one), (row, other)) for row, code in system.places if code == one]
        if len(whole) > 1:
            yield from _exchanged(system, values, whole, Cause.COLUMNS_EXCHANGED, f"{one} {other}", ())
        for row in rows:
            single = [((row, one), (row, other))]
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
    at = [(system.position[one], system.position[other]) for one, other in pairs if _are_in(system, one, other)]
    differing = [(one, other) for one, other in at if values[one] != values[other]]
    if differing:
        first, second = (np.array(side, dtype=np.int64) for side in zip(*differing, strict=True))
        both = np.concatenate([first, second])
        yield Hypothesis(both, np.concatenate([values[second], values[first]]), cause, column, rows)


def _are_in(system: System, *places: Place) -> bool:
    return all(place in system.position for place in places)


def _rows_shifted(system: System, values: Integers, touched: set[Place]) -> Iterator[Hypothesis]:
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
                yield Hypothesis(np.array(at), np.array(meant), Cause.ROW_SHIFTED, column, tuple(block))
