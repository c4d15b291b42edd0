"""Loans and households of the month that are wrong by as much: equations hold the loans, bounds the households."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pipeline.validate.diagnosis.hypothesis import Hypothesis, are_in
from pipeline.validate.diagnosis.omitted import at_least
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import System
from pipeline.validate.masked import Integers, Mask

LOANS, HOUSEHOLDS = (f"disbursed_{what}_mtd" for what in ("loans", "households"))


def counts_alike(system: System, values: Integers, broken: Mask) -> Iterator[Hypothesis]:
    """Both so many too few, where that makes the households as many as the year and all years have more (A06)."""
    off = system.off(values)
    for number in np.flatnonzero(broken):
        (row, code), _ = system.lines[number].terms[0]
        places = [(row, LOANS), (row, HOUSEHOLDS)]
        if system.lines[number].rule != "A04" or code != "disbursed_loans_ytd" or not are_in(system, *places):
            continue
        at = np.array([system.position[place] for place in places])
        least = at_least(system.book, places[1])
        if least is not None and int(values[at[1]]) < least <= int(values[at[1]] + off[number]):
            yield Hypothesis(at, values[at] + off[number], Cause.MONTH_AND_YEAR, rows=(row,))
