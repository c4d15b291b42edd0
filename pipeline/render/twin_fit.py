"""How wide and high the cells of the accessible workbook must be so that all of their words are seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pipeline.render.harmless import printable
from pipeline.render.measure import PIXELS_PER_POINT, PIXELS_PER_WIDTH, column_width
from pipeline.render.styles import BODY_SIZE
from pipeline.render.wrapping import cut, line_heights, lines_in, wrapped

EXCEL_HIGHEST = 409.0
_MOST_LINES = lines_in(EXCEL_HIGHEST, BODY_SIZE)
_BOLD = 1.06
_NAME_LINES = 3


@lru_cache(maxsize=1024)
def _lines(text: str, width: float, size: float = BODY_SIZE) -> list[str]:
    """The text as lines of a column of that width, one more than a row holds at most.

    They are kept, because heights ask again for what was cut to pieces.
    """
    return wrapped(text, width * PIXELS_PER_WIDTH / PIXELS_PER_POINT, size, _MOST_LINES + 1)


def row_height(words: Iterable[tuple[str, float]], *, bold: bool = False) -> float:
    """Points in which all of these texts, each with the width of its column, are seen whole."""
    size = BODY_SIZE * (_BOLD if bold else 1.0)
    taken = max((len(_lines(text, width, size)) for text, width in words), default=1)
    return min(EXCEL_HIGHEST, line_heights(max(1, taken), BODY_SIZE))


def pieces(text: str, width: float) -> Iterator[str]:
    """The text without blank lines, in pieces that fit into one row each of a column of that width."""
    rest = "\n".join(line for line in printable(text).split("\n") if line.strip())
    while rest:
        piece, rest = cut(rest, _lines(rest, width), _MOST_LINES)
        if piece.strip():
            yield piece


def width_for(texts: Sequence[str], least: float, most: float, lines: int) -> float:
    """The least width in which each of these texts takes at most so many lines; no more than `most`."""
    width = least
    while width < most and any(len(_lines(text, width)) > lines for text in texts):
        width += 8
    return min(width, most)


def header_width(header: str, least: float) -> float:
    """A width, `least` or more, in which a header's name takes a few lines, and its unit and notes one each."""
    name, *rest = header.split("\n")
    words = [name[: -(-len(name) // _NAME_LINES)], *rest]
    return max(least, column_width(words, BODY_SIZE * _BOLD))
