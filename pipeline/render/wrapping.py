"""Where long words break into lines in a cell: never fewer lines than a spreadsheet program will need."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice

LEADING = 1.46
"""A line's height in sizes of its font, for the fonts that stand in for 宋体 too; 宋体 itself needs less."""
PADDING = 6.0
"""Points that a cell keeps free of words, above and below, or left and right."""

_WIDE = {"W": 1.06, "M": 0.98, "m": 0.98, "@": 0.95, "%": 0.95, "w": 0.85, "&": 0.85}
_MAY_NOT_START = frozenset("，。、；：？！）》」』】〕〉％‰℃”’…—～·,.;:?!)]}%")  # noqa: RUF001
_MAY_NOT_END = frozenset("（《「『【〔〈“‘([{￥$")  # noqa: RUF001


def line_heights(count: int, size: float) -> float:
    """The row height, in points, of so many lines."""
    return count * size * LEADING + PADDING


def lines_in(points: float, size: float) -> int:
    """How many lines go into a row of this height; at least one."""
    return max(1, int((points - PADDING + 1e-6) / (size * LEADING)))


@cache
def character_width(character: str) -> float:
    """In sizes of its font: as wide as it can well be in the fonts that people print with."""
    code = ord(character)
    if code < 0x80:
        return _WIDE.get(character) or (0.86 if character.isupper() else 0.67 if character.isalpha() else 0.58)
    if code < 0x2000:
        return 1.16
    if code in (0x2E3A, 0x2E3B, 0xFDFD):
        return 3.0
    return 1.0 if code < 0x1F000 else 1.4


def wrapped(text: str, points: float, size: float, most: int | None = None) -> list[str]:
    """The text as lines of a cell of this width, which together are the text; line ends stay with their line.

    Between Chinese characters a line may break, inside a Latin word or number only where it is longer than a line.
    With `most` only so many lines of it: where a line breaks does not depend on the lines below it.
    """
    room = max(1.5, (points - PADDING) / size)
    lines = (line for paragraph in text.splitlines(keepends=True) for line in _paragraph(paragraph, room))
    return list(islice(lines, most))


def _paragraph(text: str, room: float) -> Iterator[str]:
    start, used = 0, 0.0
    widths: list[float] = []
    for place, character in enumerate(text):
        width = 0.0 if character == "\n" else character_width(character)
        while used + width > room and place > start:
            end = next((gap for gap in range(place, start, -1) if _may_break(text[gap - 1], text[gap])), place)
            yield text[start:end]
            start = end
            used = sum(widths[start:place])
        widths.append(width)
        used += width
    yield text[start:]


def _may_break(before: str, after: str) -> bool:
    if after in _MAY_NOT_START or after.isspace() or before in _MAY_NOT_END:
        return False
    return before.isspace() or ord(before) > 0x2000 or ord(after) > 0x2000


def cut(text: str, lines: list[str], count: int) -> tuple[str, str]:
    """The text up to so many of its lines, or rather up to the last sentence that ends well within them; the rest.

    Of the lines no more are needed than one beyond the count.
    """
    taken = "".join(lines[:count])
    if len(lines) <= count:
        return text, ""
    tail = len("".join(lines[: count - count // 3]))
    ends = (place + 1 for place in range(len(taken) - 1, tail - 1, -1) if taken[place] in "\n。；！？")
    place = next(ends, len(taken))
    return text[:place].removesuffix("\n"), text[place:]
