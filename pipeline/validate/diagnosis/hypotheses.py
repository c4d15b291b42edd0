"""What may have gone wrong in a statement: every guess worth trying, at single figures, columns, rows and totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np

from pipeline.money import YUAN_PER_WAN
from pipeline.validate.diagnosis.exchanges import (
    amounts_exchanged,
    areas_exchanged,
    columns_exchanged,
    rows_shifted,
    totals_exchanged,
)
from pipeline.validate.diagnosis.hypothesis import Hypothesis, is_invented, with_totals
from pipeline.validate.diagnosis.of_balances import balance_and_flow, balance_wrong, flows_cancel, month_and_year
from pipeline.validate.diagnosis.of_counts import counts_alike
from pipeline.validate.diagnosis.renamed import names_sorted
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import Place, System
from pipeline.validate.equations import TYPED_BASES
from pipeline.validate.masked import Integers, Mask

APART = {YUAN_PER_WAN: Cause.UNIT, 10: Cause.UNIT, 1000: Cause.UNIT, 100: Cause.POINT}
"""元 and 万元; 千元 and 万元; 元 and 千元; with the decimal point and without."""


def hypotheses(system: System, values: Integers, broken: Mask) -> list[Hypothesis]:
    """Every guess worth trying on a statement of which some equations are broken."""
    if all(system.lines[line].rule == "A01" for line in np.flatnonzero(broken)):
        return [
            *totals_exchanged(system, values, broken),
            *amounts_exchanged(system, values, broken),
            *_totals_wrong(system, values, broken),
            *_single(system, values, broken),
        ]
    touched = {place for line in np.flatnonzero(broken) for place, _ in system.lines[line].terms}
    guesses = [
        *_wrong_units(system, values, touched),
        *areas_exchanged(system, values, touched),
        *columns_exchanged(system, values, touched),
        *rows_shifted(system, values, touched),
        *names_sorted(system, values, broken),
        *_columns_wrong(system, values, broken),
        *_totals_wrong(system, values, broken),
        *_rows_wrong(system, values, touched, broken),
        *balance_wrong(system, values, broken),
        *balance_and_flow(system, values, broken),
        *counts_alike(system, values, broken),
        *month_and_year(system, values, broken),
        *flows_cancel(system, values, broken),
        *_single(system, values, broken),
    ]
    return [with_totals(system, values, broken, guess) for guess in guesses]


def _single(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """One figure, as each broken equation would have it."""
    off = system.off(values)
    seen: set[tuple[int, int]] = set()
    for line in np.flatnonzero(broken):
        for place, sign in system.lines[line].terms:
            at = system.position[place]
            if is_invented(place, int(values[at])):
                continue
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
            if not is_invented(place, int(values[system.position[place]])):
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
            totals_at = [place for place, _ in with_total]
            added = [int(values[place]) + delta for place, delta in with_total]
            for told in (added, _added_up(system, values, dict(zip(at, meant, strict=True)), totals_at)):
                yield Hypothesis(np.array([*at, *totals_at]), np.array([*meant, *told]), Cause.OTHER, code)


def _added_up(system: System, values: Integers, meant: Mapping[int, int], totals: Sequence[int]) -> list[int]:
    """What these totals come to with areas as they were meant: they were rounded, or mistyped, as the areas were."""
    lines = {total: number for total, number in system.totals.values()}
    off = system.off(values)
    told = []
    for total in totals:
        areas = {area for area, (own, _) in system.totals.items() if own == total}
        changed = sum(value - int(values[area]) for area, value in meant.items() if area in areas)
        told.append(int(values[total]) + changed - (int(off[lines[total]]) if total in lines else 0))
    return told


def _totals_wrong(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """Several typed totals at once, each as its areas add up."""
    off = system.off(values)
    sums = [number for number in np.flatnonzero(broken) if system.lines[number].rule == "A01"]
    if len(sums) > 1:
        at = np.array([system.position[system.lines[number].terms[0][0]] for number in sums])
        rows = tuple({system.places[place][0] for place in at})
        yield Hypothesis(at, values[at] - off[sums], Cause.OTHER, rows=rows)


def _rows_wrong(system: System, values: Integers, touched: set[Place], broken: Mask) -> Iterator[Hypothesis]:
    """An area in many columns, as the typed totals would have it."""
    off = system.off(values)
    sums = [number for number in np.flatnonzero(broken) if system.lines[number].rule == "A01"]
    exact = system.book.submissions[system.submission].step == 1
    roundings = 1 if exact else len(system.rows)
    for row in sorted({row for row, _ in touched if system.book.added[row]}):
        changes = {
            system.position[place]: int(off[number])
            for number in sums
            for place, _ in system.lines[number].terms
            if place[0] == row
        }
        if len(changes) > 1:
            at = np.array(list(changes), dtype=np.int64)
            meant = values[at] + np.array(list(changes.values()))
            yield Hypothesis(at, meant, Cause.OTHER, rows=(row,), coarser=roundings)


def _wrong_units(system: System, values: Integers, touched: set[Place]) -> Iterator[Hypothesis]:
    """All amounts, those of a column or of a row, in 元 for 万元 or the reverse; with the bases or beside them.

    In a form that the office hands out the bases stand already, and are right whatever a unit does with the rest.
    """
    amounts = [at for at, (_, code) in enumerate(system.places) if system.book.form.by_code[code].is_amount]
    rows = sorted({row for row, _ in touched})
    codes = sorted({code for _, code in touched if system.book.form.by_code[code].is_amount})
    of_areas = [at for at in amounts if system.book.single[system.places[at][0]]]
    groups: list[tuple[list[int], str, tuple[int, ...]]] = [(amounts, "", ())]
    if len(of_areas) < len(amounts):
        groups.append((of_areas, "", ()))
    groups += [([at for at in amounts if system.places[at][0] == row], "", (row,)) for row in rows]
    groups += [([at for at in group if system.places[at][1] not in TYPED_BASES], "", own) for group, _, own in groups]
    groups += [([at for at in amounts if system.places[at][1] == code], code, ()) for code in codes]
    for places, column, own in groups:
        at = np.array(places, dtype=np.int64)
        if len(at) > 1 and np.any(values[at]):
            for times, cause in APART.items():
                less = np.round(values[at] / times).astype(np.int64)
                yield Hypothesis(at, less, cause, column, own, Fraction(1, times))
                if np.all(np.abs(values[at]) < np.iinfo(np.int64).max // times):
                    yield Hypothesis(at, values[at] * times, cause, column, own, Fraction(times), times)
