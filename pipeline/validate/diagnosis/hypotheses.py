"""What may have gone wrong in a statement: each guess says which figures were meant to be what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, product

import numpy as np

from pipeline.money import YUAN_PER_WAN
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import Place, System
from pipeline.validate.equations import FLOWS, OUTSTANDING, TYPED_BASES
from pipeline.validate.masked import Integers, Mask
from pipeline.validate.owed import ABSENT_IS_NONE
from pipeline.validate.rules.grades import GRADES

APART = {YUAN_PER_WAN: Cause.UNIT, 10: Cause.UNIT, 1000: Cause.UNIT, 100: Cause.POINT}
"""元 and 万元; 千元 and 万元; 元 and 千元; with the decimal point and without."""
OTHER_CHANGE = "other_change_amount"
GRADED = (*GRADES, "npl_amount")
"""What is filled in from a report of its own."""
_MOST_PAIRS = 400
"""Of two columns or areas that may be exchanged: enough for a city, and no more than a moment."""
_FAR_MORE = 10
"""Times what roundings allow: what two amounts differ by is then no chance."""


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
    coarser: int = 1
    """How many roundings a figure then stands for: of amounts in too large a unit, of differences from a total."""
    sources: tuple[int, ...] = ()
    """The rows in which the figures of `rows` stand, where whole rows stand in the wrong place."""
    following: int = 0
    """How many of the figures, the last ones, are typed totals that were added up from what is wrong."""
    block: tuple[str, ...] = ()
    """The indicators, where it is about several columns; of an exchange, first those of one side."""

    def applied(self, values: Integers) -> Integers:
        """The statement as it was meant."""
        changed = values.copy()
        changed[self.at] = self.meant
        return changed


def hypotheses(system: System, values: Integers, broken: Mask) -> list[Hypothesis]:
    """Every guess worth trying on a statement of which some equations are broken."""
    if all(system.lines[line].rule == "A01" for line in np.flatnonzero(broken)):
        return [
            *_totals_exchanged(system, values, broken),
            *_amounts_exchanged(system, values, broken),
            *_totals_wrong(system, values, broken),
            *_single(system, values, broken),
        ]
    touched = {place for line in np.flatnonzero(broken) for place, _ in system.lines[line].terms}
    guesses = [
        *_wrong_units(system, values, touched),
        *_areas_exchanged(system, values, touched),
        *_columns_exchanged(system, values, touched),
        *_rows_shifted(system, values, touched),
        *_columns_wrong(system, values, broken),
        *_totals_wrong(system, values, broken),
        *_rows_wrong(system, values, touched, broken),
        *_balance_wrong(system, values, broken),
        *_month_and_year(system, values, broken),
        *_flows_cancel(system, values, broken),
        *_single(system, values, broken),
    ]
    return [with_totals(system, values, broken, guess) for guess in guesses]


def with_totals(system: System, values: Integers, broken: Mask, guess: Hypothesis) -> Hypothesis:
    """Totals that agree with the wrong figures were added up from them, and go with them."""
    own = set(guess.at.tolist())
    off: dict[int, int] = {}
    for at, meant in zip(guess.at.tolist(), guess.meant.tolist(), strict=True):
        total, line = system.totals.get(at, (at, 0))
        if total not in own and not broken[line]:
            off[total] = off.get(total, 0) + meant - int(values[at])
    moved = {total: change for total, change in off.items() if change}
    if not moved:
        return guess
    totals = np.array(list(moved), dtype=np.int64)
    changes = np.array(list(moved.values()), dtype=np.int64)
    return replace(
        guess,
        at=np.concatenate([guess.at, totals]),
        meant=np.concatenate([guess.meant, values[totals] + changes]),
        following=len(moved),
    )


def _single(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """One figure, as each broken equation would have it."""
    off = system.off(values)
    seen: set[tuple[int, int]] = set()
    for line in np.flatnonzero(broken):
        for place, sign in system.lines[line].terms:
            at = system.position[place]
            if _is_invented(place, int(values[at])):
                continue
            meant = int(values[at] - sign * off[line])
            if (at, meant) not in seen:
                seen.add((at, meant))
                yield Hypothesis(np.array([at]), np.array([meant]), rows=(place[0],), column=place[1])


def _is_invented(place: Place, reported: int) -> bool:
    """Whether a proposal would be made up: what is rare and reads nought fits every balance that does not follow."""
    return place[1] in ABSENT_IS_NONE and not reported


def _columns_wrong(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """A column in several areas at once, as the same equation of each area would have it; its total goes with them."""
    off = system.off(values)
    found: dict[tuple[str, str], dict[int, int]] = {}
    for number in np.flatnonzero(broken):
        line = system.lines[number]
        if line.rule == "A01":
            continue
        for place, sign in line.terms:
            if not _is_invented(place, int(values[system.position[place]])):
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


def _balances(system: System, values: Integers, broken: Mask) -> Iterator[tuple[int, int]]:
    """(row, by how much its balance is off) where it is off since last month."""
    off = system.off(values)
    for number in np.flatnonzero(broken):
        if system.lines[number].rule == "A02":
            yield system.lines[number].terms[0][0][0], int(off[number])


def _balance_wrong(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """The balance and its best grade, both with a flow of the month forgotten, or with another mistake in both."""
    both: dict[int, tuple[Integers, Integers]] = {}
    broken_grades = {
        system.lines[number].terms[0][0][0]: (int(missed), int(system.twice_allowed[number]))
        for number, missed in zip(np.flatnonzero(broken), system.off(values)[broken], strict=True)
        if system.lines[number].rule == "A08" and system.lines[number].terms[0][0][1] == OUTSTANDING
    }
    for row, off in _balances(system, values, broken):
        places = [(row, OUTSTANDING), (row, GRADES[0])]
        if not _are_in(system, *places) or _are_off_alone(system, off, broken_grades.get(row)):
            continue
        at = np.array([system.position[place] for place in places])
        flows = [system.position.get((row, f"{stem}_mtd")) for stem, _ in FLOWS if stem != OTHER_CHANGE]
        near = 2 * int(system.book.step[row]) if system.book.step[row] > 1 else 0
        forgotten = any(flow is not None and values[flow] and abs(abs(off) - values[flow]) <= near for flow in flows)
        cause = Cause.FLOW_LEFT_OUT if forgotten else Cause.OTHER
        both[row] = (at, values[at] - off)
        yield Hypothesis(at, values[at] - off, cause, rows=(row,))
    if len(both) > 1:
        at, meant = (np.concatenate([pair[side] for pair in both.values()]) for side in (0, 1))
        yield Hypothesis(at, meant, Cause.OTHER, rows=tuple(both))


def _are_off_alone(system: System, off: int, grades: tuple[int, int] | None) -> bool:
    """Whether the grades are beside the balance by what it is off since last month: then they are right, and not it."""
    if grades is None:
        return False
    missed, allowed = grades
    return abs(missed - off) <= allowed + 2 * system.book.submissions[system.submission].step


def _month_and_year(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """A flow that is wrong in the month and in all that it was added to: it was mistyped, or forgotten."""
    for row, off in _balances(system, values, broken):
        for stem, sign in FLOWS:
            both, ever = [(row, f"{stem}_mtd"), (row, f"{stem}_ytd")], (row, f"{stem}_cum")
            for places in ([*both, ever], both) if ever in system.position else (both,):
                if _are_in(system, *both) and not any(_is_invented(p, int(values[system.position[p]])) for p in both):
                    at = np.array([system.position[place] for place in places])
                    yield Hypothesis(at, values[at] + sign * off, Cause.OTHER, rows=(row,))
        yield from _transfer_invented(system, values, row, off)


def _flows_cancel(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """Two flows of an area wrong by as much, so that its balance still follows: of the month, or of the year so far."""
    off = system.off(values)
    carried = [number for number in np.flatnonzero(broken) if system.lines[number].rule == "A04"]
    stems = {f"{stem}_ytd": stem for stem, _ in FLOWS}
    flows = [(system.lines[n].terms[0][0], n) for n in carried if system.lines[n].terms[0][0][1] in stems]
    signs = {f"{stem}_ytd": sign for stem, sign in FLOWS}
    for ((row, one), first), ((other_row, other), second) in combinations(flows, 2):
        step = int(system.book.step[row])
        left = signs[one] * int(off[first]) + signs[other] * int(off[second])
        if row != other_row or abs(left) > (2 * step if step > 1 else 0):
            continue
        for span, sign in (("_mtd", 1), ("_ytd", -1)):
            places = [(row, stems[code] + span) for code in (one, other)]
            if _are_in(system, *places):
                at = np.array([system.position[place] for place in places])
                yield Hypothesis(at, values[at] + sign * off[[first, second]], Cause.MONTH_AND_YEAR, rows=(row,))


def _transfer_invented(system: System, values: Integers, row: int, off: int) -> Iterator[Hypothesis]:
    """Other changes of the month, and in the year's, of which the balance knows nothing: hardly anybody has any."""
    both = [(row, f"{OTHER_CHANGE}{span}") for span in ("_mtd", "_ytd")]
    if _are_in(system, *both):
        at = np.array([system.position[place] for place in both])
        near = 2 * int(system.book.step[row]) if system.book.step[row] > 1 else 0
        if np.all(values[at]) and abs(int(values[at[0]]) + off) <= near:
            yield Hypothesis(at, values[at] - values[at[0]], Cause.MONTH_AND_YEAR, rows=(row,))


def _totals_wrong(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """Several typed totals at once, each as its areas add up."""
    off = system.off(values)
    sums = [number for number in np.flatnonzero(broken) if system.lines[number].rule == "A01"]
    if len(sums) > 1:
        at = np.array([system.position[system.lines[number].terms[0][0]] for number in sums])
        rows = tuple({system.places[place][0] for place in at})
        yield Hypothesis(at, values[at] - off[sums], Cause.OTHER, rows=rows)


def _totals_exchanged(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """Two typed totals, each in the other's column."""
    wrong = [system.lines[number].terms[0][0] for number in np.flatnonzero(broken)]
    for (row, one), (other_row, other) in list(combinations(wrong, 2))[:_MOST_PAIRS]:
        if row == other_row:
            pair = [((row, one), (row, other))]
            yield from _exchanged(system, values, pair, Cause.COLUMNS_EXCHANGED, f"{one} {other}", (row,))


def _amounts_exchanged(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """Two amounts of an area, each in the other's column, where only the totals of both columns tell."""
    off, sums = system.off(values), {system.lines[n].terms[0][0][1]: n for n in np.flatnonzero(broken)}
    amounts = sorted(code for code in sums if system.book.form.by_code[code].is_amount)
    for one, other in list(combinations(amounts, 2))[:_MOST_PAIRS]:
        missed, allowed = int(off[sums[one]]), int(system.twice_allowed[sums[one]])
        if abs(missed + int(off[sums[other]])) <= allowed and abs(missed) > _FAR_MORE * allowed:
            for row in (row for row in system.rows if system.book.added[row]):
                pair = [((row, one), (row, other))]
                yield from _exchanged(system, values, pair, Cause.COLUMNS_EXCHANGED, f"{one} {other}", (row,))


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


def _areas_exchanged(system: System, values: Integers, touched: set[Place]) -> Iterator[Hypothesis]:
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


def _columns_exchanged(system: System, values: Integers, touched: set[Place]) -> Iterator[Hypothesis]:
    """Two columns of one kind, in all rows or in one: a count in an amount's place would be read as 万元."""
    told = {place for place in system.places if not _is_invented(place, int(values[system.position[place]]))}
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
                shifted = Hypothesis(np.array(at), np.array(meant), Cause.ROW_SHIFTED, column, tuple(block))
                yield shifted if column else replace(shifted, sources=tuple(np.roll(block, by).tolist()))
