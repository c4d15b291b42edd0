"""Where all the figures of a cause stand, as short as a person writes it: 「D8:E9、G11」."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pipeline.model import Observation, ranges


def cells_told(figures: Iterable[Observation], sheet: str) -> str:
    """The cells of these figures as rectangles, by row and column; of other sheets than this with the sheet's name."""
    by_sheet: dict[str, list[str]] = defaultdict(list)
    for figure in figures:
        by_sheet[figure.sheet].append(figure.cell)
    names = sorted(by_sheet, key=lambda name: (name != sheet, name))
    return "；".join(f"{'' if name == sheet else f'工作表“{name}”'}{ranges(by_sheet[name])}" for name in names)
