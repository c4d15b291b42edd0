"""How wide the columns of annex 1 are: as wide as their words need, together one page."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from pipeline.catalog.annexes import AnnexLayout
from pipeline.render.frame import A4_LANDSCAPE, MARGINS
from pipeline.render.measure import width_points
from pipeline.render.wrapping import PADDING, character_width

Texts = tuple[str, ...]
"""What stands in each column of a unit's row."""

_PAGE_WIDTH = 72 * (A4_LANDSCAPE[0] - MARGINS["left"] - MARGINS["right"]) * 0.98
"""In points; printers and programs differ a little in what they get onto a page."""
_NUMBER = re.compile(r"[0-9][0-9,.%-]*")
_LONGEST_NUMBER = 13
_STEP = 0.25
_ROUNDS = 24
_LITTLE = 1.0
_LOST = 1.2
"""What margins and ragged ends of lines take of a column, in characters."""


def column_widths(layout: AnnexLayout, rows: Sequence[Texts], size: float) -> tuple[float, ...]:
    """Widths in characters that together fill the page, shared out so that rows become as low as they can.

    A row is as high as its highest cell. Were cells' heights areas over widths, the sum of the rows' heights would be
    least where each column's width is the root of the areas that decide rows' heights in it; a few rounds find that.
    """
    widths = [column.width for column in layout.columns]
    free = [place for place, column in enumerate(layout.columns) if column.derivation in ("words", "remark")]
    if free:
        beside = width_points([0.0])
        room = (_PAGE_WIDTH - beside * len(widths)) / (width_points([1.0]) - beside)
        room -= sum(width for place, width in enumerate(widths) if place not in free)
        areas = [[_area(row[place]) for place in free] for row in rows]
        least = [max(widths[place], _for_numbers([row[place] for row in rows], size)) - _LOST for place in free]
        shared = _lowest(areas, least, room - _LOST * len(free))
        for place, width in zip(free, shared, strict=True):
            widths[place] = math.floor((width + _LOST) / _STEP) * _STEP
    return tuple(widths)


def _lowest(areas: Sequence[Sequence[float]], least: Sequence[float], room: float) -> list[float]:
    """The widths, which share this room, with which the rows are lowest."""
    widths = [room / len(least)] * len(least)
    for _ in range(_ROUNDS):
        deciding = _deciding(areas, widths)
        # only a quarter of the way each time, or it would swing to and fro
        nearer = [math.sqrt(math.sqrt(w * w * w * math.sqrt(area))) for w, area in zip(widths, deciding, strict=True)]
        widths = _shared(nearer, least, room)
    return widths


def _for_numbers(texts: Sequence[str], size: float) -> float:
    """The width in which telephone numbers, dates and amounts stay on one line."""
    tokens = (token for text in texts for token in _NUMBER.findall(text) if len(token) <= _LONGEST_NUMBER)
    widest = max((sum(map(character_width, token)) for token in tokens), default=0.0)
    beside = width_points([0.0])
    return (widest * size + PADDING - beside) / (width_points([1.0]) - beside)


def _area(text: str) -> float:
    """In squares of a character; a line of its own costs half a line, and no column is for nothing."""
    return 6.0 + sum(map(character_width, text)) + 3.0 * text.count("\n")


def _deciding(areas: Sequence[Sequence[float]], widths: Sequence[float]) -> list[float]:
    """For each column the areas that make rows as high as they are: the highest cell's wholly, lower ones' hardly."""
    found = [_LITTLE] * len(widths)
    for row in areas:
        heights = [area / width for area, width in zip(row, widths, strict=True)]
        weights = [_eighth_power(height / max(heights)) for height in heights]
        for place, (weight, area) in enumerate(zip(weights, row, strict=True)):
            found[place] += weight / sum(weights) * area
    return found


def _eighth_power(number: float) -> float:
    fourth = number * number * number * number
    return fourth * fourth


def _shared(parts: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """The room shared out in these proportions, none below its least."""
    held: set[int] = set()
    while True:
        rest = room - sum(least[place] for place in held)
        total = sum(part for place, part in enumerate(parts) if place not in held) or 1.0
        shares = [least[place] if place in held else part * rest / total for place, part in enumerate(parts)]
        below = {place for place, share in enumerate(shares) if share < least[place]}
        if not below:
            return shares
        held |= below
