"""Balances that do not follow: the balance is wrong, a flow is wrong wherever it was added to, or two flows are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from pipeline.validate.diagnosis.hypothesis import Hypothesis, are_in, is_invented
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import System
from pipeline.validate.equations import FLOWS, OUTSTANDING
from pipeline.validate.masked import Integers, Mask
from pipeline.validate.rules.grades import GRADES

OTHER_CHANGE, WRITTEN_OFF = "other_change_amount", "written_off_amount"


def balance_wrong(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """The balance and its best grade, both with a flow of the month forgotten, or with another mistake in both."""
    both: dict[int, tuple[Integers, Integers]] = {}
    broken_grades = {
        system.lines[number].terms[0][0][0]: (int(missed), int(system.twice_allowed[number]))
        for number, missed in zip(np.flatnonzero(broken), system.off(values)[broken], strict=True)
        if system.lines[number].rule == "A08" and system.lines[number].terms[0][0][1] == OUTSTANDING
    }
    for row, off in _balances(system, values, broken):
        places = [(row, OUTSTANDING), (row, GRADES[0])]
        if not are_in(system, *places) or _are_off_alone(system, off, broken_grades.get(row)):
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


def _balances(system: System, values: Integers, broken: Mask) -> Iterator[tuple[int, int]]:
    """(row, by how much its balance is off) where it is off since last month."""
    off = system.off(values)
    for number in np.flatnonzero(broken):
        if system.lines[number].rule == "A02":
            yield system.lines[number].terms[0][0][0], int(off[number])


def month_and_year(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """A flow that is wrong in the month and in all that it was added to: it was mistyped, or forgotten."""
    for row, off in _balances(system, values, broken):
        for stem, sign in FLOWS:
            both, ever = [(row, f"{stem}_mtd"), (row, f"{stem}_ytd")], (row, f"{stem}_cum")
            for places in ([*both, ever], both) if ever in system.position else (both,):
                if are_in(system, *both) and not any(is_invented(p, int(values[system.position[p]])) for p in both):
                    at = np.array([system.position[place] for place in places])
                    yield Hypothesis(at, values[at] + sign * off, Cause.OTHER, rows=(row,))
        yield from _write_off_invented(system, values, row, off)
        yield from _transfer_invented(system, values, row, off)


def _write_off_invented(system: System, values: Integers, row: int, off: int) -> Iterator[Hypothesis]:
    """A write-off of the month, and in the year's, of which the balance knows nothing, where the county has that too.

    Otherwise the balance may as well have been left as it was before the loan was written off.
    """
    both = [(row, f"{WRITTEN_OFF}{span}") for span in ("_mtd", "_ytd")]
    if are_in(system, *both):
        at = np.array([system.position[place] for place in both])
        near = 2 * int(system.book.step[row]) if system.book.step[row] > 1 else 0
        if values[at[0]] and abs(int(values[at[0]]) - off) <= near:
            meant = values[at] - values[at[0]]
            yield Hypothesis(at, meant, Cause.MONTH_AND_YEAR, rows=(row,), witness=(row, OUTSTANDING))


def balance_and_flow(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """A balance that its grades deny, and a flow wrong by as much, so that it follows: the county has it as the grades.

    The best grade alone could be wrong as well.
    """
    off = system.off(values)
    follows = {
        line.terms[0][0][0]
        for line, wrong in zip(system.lines, broken, strict=True)
        if line.rule == "A02" and not wrong
    }
    for number in np.flatnonzero(broken):
        (row, code), _ = system.lines[number].terms[0]
        if (system.lines[number].rule, code) != ("A08", OUTSTANDING) or row not in follows:
            continue
        for stem, sign in FLOWS:
            flow = [
                (row, f"{stem}{span}") for span in ("_mtd", "_ytd", "_cum") if (row, f"{stem}{span}") in system.position
            ]
            at = np.array([system.position[place] for place in ((row, code), *flow)])
            if len(flow) > 1 and np.all(values[at]):
                meant = values[at] - int(off[number]) * np.array([1, *(sign for _ in flow)])
                yield Hypothesis(at, meant, Cause.MONTH_AND_YEAR, rows=(row,), witness=(row, code))


def _transfer_invented(system: System, values: Integers, row: int, off: int) -> Iterator[Hypothesis]:
    """Other changes of the month, and in the year's, of which the balance knows nothing: hardly anybody has any."""
    both = [(row, f"{OTHER_CHANGE}{span}") for span in ("_mtd", "_ytd")]
    if are_in(system, *both):
        at = np.array([system.position[place] for place in both])
        near = 2 * int(system.book.step[row]) if system.book.step[row] > 1 else 0
        if np.all(values[at]) and abs(int(values[at[0]]) + off) <= near:
            yield Hypothesis(at, values[at] - values[at[0]], Cause.MONTH_AND_YEAR, rows=(row,))


def flows_cancel(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
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
            if are_in(system, *places):
                at = np.array([system.position[place] for place in places])
                yield Hypothesis(at, values[at] + sign * off[[first, second]], Cause.MONTH_AND_YEAR, rows=(row,))
