"""How wide and how high text is, in the units of a sheet: nothing may be clipped or shown as ####."""

from __future__ import annotations

from collections.abc import Iterable

PIXELS_PER_POINT = 96 / 72
_CELL_PADDING = 4
PIXELS_PER_WIDTH = 8
_PIXELS_BESIDE = 5
"""Every column is that much wider than its digits."""


def text_points(text: str, size: float) -> float:
    """The width of a line of text set in `size` points; a Chinese character is as wide as it is high."""
    return sum(1.0 if ord(character) > 0x2000 else 0.56 for character in text) * size


def column_width(texts: Iterable[str], size: float) -> float:
    """The column width that shows each of these on one line."""
    widest = max((text_points(text, size) for text in texts), default=0.0)
    return (widest * PIXELS_PER_POINT + _CELL_PADDING) / PIXELS_PER_WIDTH


def lines(text: str, width: float, size: float) -> int:
    """How many lines a text takes in a column (or several merged) of this width."""
    if not text:
        return 0
    per_line = max(size, width * PIXELS_PER_WIDTH / PIXELS_PER_POINT)
    taken = 0
    for paragraph in text.split("\n"):
        used, count = 0.0, 1
        for character in paragraph:
            step = text_points(character, size)
            if used + step > per_line:
                used, count = 0.0, count + 1
            used += step
        taken += count
    return taken


def width_points(widths: Iterable[float]) -> float:
    """How wide columns of these widths are together, in points."""
    return sum(width * PIXELS_PER_WIDTH + _PIXELS_BESIDE for width in widths) / PIXELS_PER_POINT


def height(count: float, size: float) -> float:
    """The row height, in points, of so many lines."""
    return count * size * 1.35 + 4
