"""Signs that stand apart from the rest of a cell's text: a footnote's mark behind a figure, an old figure struck out.

30 with a raised 2 is not 302, a struck 100 before 30.25 not 10030.25. A reader of files says so of the cell
(`Cell.apart`); whoever reads a figure in it refuses to (`values`), words and headers are what they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Apart(StrEnum):
    """How signs stand apart; the value is what that is called."""

    STRUCK = "删除线"
    RAISED = "上标"
    LOWERED = "下标"
    ALL_STRUCK = "整格删除线"
    """Nothing but struck signs: what they say is sure, whether it is still meant is not."""


def of_runs(runs: Iterable[tuple[str, Apart | None]]) -> Apart | None:
    """What holds of a text, from its pieces and how each of them stands; pieces of blanks say nothing."""
    kinds = {kind for text, kind in runs if text.strip()}
    if kinds == {Apart.STRUCK}:
        return Apart.ALL_STRUCK
    return next((kind for kind in Apart if kind in kinds), None)
