"""A flow wrong by as much in the month as in the year, a balance as its grade: where nothing else explains it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.validate.diagnosis.hypothesis import Hypothesis
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.diagnosis.system import System
from pipeline.validate.equations import FLOWS, OUTSTANDING
from pipeline.validate.rules.grades import GRADES

_TOLD = 2
"""Equations, or one and a county, that meet in both: what a single one tells may be any of its figures."""


def named_flow(system: System, best: Hypothesis, rivals: Sequence[Hypothesis], explained: int) -> Hypothesis:
    """The guess with its name, if nothing else explains as much; as it is, where other figures may be wrong.

    A flow of month and year, or the balance and its best grade.

    Args:
        system: the statement.
        best: a guess without a name.
        rivals: all guesses that explain as much.
        explained: how many broken equations that is.
    """
    own = _own(best)
    codes = {system.places[at][1] for at in own}
    is_flow = any(codes == {f"{stem}_mtd", f"{stem}_ytd"} for stem, _ in FLOWS)
    is_flow |= codes == {OUTSTANDING, GRADES[0]}
    is_alone = explained + bool(best.heard) >= _TOLD and all(_own(rival) == own for rival in rivals)
    is_of_row = len({system.places[at][0] for at in own}) == 1
    if best.cause is not Cause.OTHER or not (is_flow and is_alone and is_of_row):
        return best
    return replace(best, cause=Cause.MONTH_AND_YEAR, column="")


def _own(guess: Hypothesis) -> set[int]:
    return set(guess.at[: len(guess.at) - guess.following].tolist())
