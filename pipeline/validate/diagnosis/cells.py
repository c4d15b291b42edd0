"""Where all the figures of a cause stand, as short as a person writes it: 「D8:E9、G11」."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.model import Finding, Observation, ranges


def cells_told(figures: Iterable[Observation], sheet: str) -> str:
    """The cells of these figures as rectangles, by row and column; of other sheets than this with the sheet's name."""
    return _told(((figure.sheet, figure.cell) for figure in figures), sheet)


def cells_of(findings: Sequence[Finding]) -> str:
    """The same of the figures at which these findings are; nothing where it is one, which the first names itself."""
    before = [finding.places for finding in findings if finding.places]
    at = dict.fromkeys((finding.sheet, finding.cell) for finding in findings if finding.cell and not finding.places)
    if not before and len(at) < 2:
        return ""
    return "；".join(dict.fromkeys((*before, *filter(None, [_told(at, findings[0].sheet)]))))


def _told(cells: Iterable[tuple[str, str]], sheet: str) -> str:
    by_sheet: dict[str, list[str]] = defaultdict(list)
    for name, cell in cells:
        by_sheet[name].append(cell)
    names = sorted(by_sheet, key=lambda name: (name != sheet, name))
    return "；".join(f"{'' if name == sheet else f'工作表“{name}”'}{ranges(by_sheet[name])}" for name in names)
