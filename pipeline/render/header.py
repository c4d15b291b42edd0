"""A multi-level header as merged spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.render.measure import height, lines


@dataclass(frozen=True, slots=True)
class Span:
    """One header cell; edges are inside it, counting from 0 at the header's first row and column."""

    top: int
    left: int
    bottom: int
    right: int
    text: str


def spans(paths: Sequence[Sequence[str]]) -> list[Span]:
    """Merge equal neighbours of a level that share all levels above; the last word reaches down to the bottom."""
    depth = max(len(path) for path in paths)
    found: list[Span] = []
    for level in range(depth):
        col = 0
        while col < len(paths):
            path = paths[col]
            if level >= len(path):
                col += 1
                continue
            if level == len(path) - 1:
                found.append(Span(level, col, depth - 1, col, path[level]))
                col += 1
                continue
            end = col
            while end + 1 < len(paths) and _continues(paths[end + 1], path, level):
                end += 1
            found.append(Span(level, col, level, end, path[level]))
            col = end + 1
    return found


def _continues(path: Sequence[str], first: Sequence[str], level: int) -> bool:
    return len(path) > level + 1 and tuple(path[: level + 1]) == tuple(first[: level + 1])


def heights(header: Sequence[Span], widths: Sequence[float], size: float) -> list[float]:
    """Row heights in which every header word is seen whole."""
    depth = max(span.bottom for span in header) + 1
    rows = [height(1, size)] * depth
    for span in sorted(header, key=lambda span: span.bottom - span.top):
        needed = height(lines(span.text, sum(widths[span.left : span.right + 1]), size), size)
        have = sum(rows[span.top : span.bottom + 1])
        if needed > have:
            rows[span.bottom] += needed - have
    return rows
