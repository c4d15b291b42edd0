"""Sheets that our blank forms bring along, as who writes them and who reads them again know them.

Such a sheet says so in a fixed place, with a code of all that stands in it: whatever is changed or added shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model.digests import digest

CHECKS, GUIDE, RELATIONS = "审核", "填报说明", "审核关系"
LAST_MONTH, LAST_YEAR = "上月数", "上年数"
"""The sheet of earlier figures, of a form that is sent every month or quarter, or once a year."""

TITLE, PLACE = (0, 0), (1, 0)
"""Row and column of the title, which begins with the sheet's name, and of the sentence with the code."""
_SENTENCE = "本工作表随空白表印发，供填表时查看，不用填写，不作为报送内容。核对码："
_CODE = re.compile(re.escape(_SENTENCE) + r"([0-9a-f]+)")
FIRST_FORMULA, LAST_COLUMN = 2, 8
"""From which row on, and before which column, the sheet of checks holds formulas; the other sheets hold none."""

FIGURES_HEADER, FIRST_TIME = 3, 3
"""Row of the header of the sheet of earlier figures, and the first of its columns that has figures."""

Place = tuple[int, int, str | float]
"""Row, column, and what stands there and is no formula."""


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A figure on the sheet of earlier figures: of which area, under which label, in which unit, of which time."""

    area: str
    label: str
    unit: str
    time: str
    value: int | float


def sentence(cells: Iterable[Place]) -> str:
    """What stands at `PLACE` of a sheet with these cells."""
    return f"{_SENTENCE}{_code(cells)}"


def claims(said: str) -> bool:
    """Whether this is such a sentence, with whatever code."""
    return _CODE.fullmatch(said) is not None


def is_live(title: str, said: str) -> bool:
    """Whether a sheet with this title and this sentence is the one that checks what is being filled in."""
    return title.startswith(CHECKS) and claims(said.strip())


def holds(said: str, cells: Iterable[Place]) -> bool:
    """Whether this sentence is of a sheet with these cells."""
    found = _CODE.fullmatch(said)
    return found is not None and found[1] == _code(cells)


def _code(cells: Iterable[Place]) -> str:
    told = sorted((row, col, _said(value)) for row, col, value in cells)
    return digest(*(part for row, col, value in told for part in (str(row), str(col), value)))


def _said(value: str | float) -> str:
    """A number by what its double stands for, a text by its lines: as any program that saves the file keeps them."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("_x000D_", "").strip()
    return f"{float(value):.15g}"
