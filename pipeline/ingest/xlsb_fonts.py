"""Fonts of a .xlsb as far as they set signs apart ([MS-XLSB]): of a cell as a whole, or of the runs of its text."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from pipeline.ingest.apart import Apart, Piece, pieces_of

_FONT, _XF, _BEGIN_CELL_XFS, _END_CELL_XFS = 43, 47, 617, 618
_STRUCK = 0x08
_RAISED, _LOWERED = 1, 2
_HAS_RUNS = 1

Runs = list[tuple[int, int]]
"""Where each run starts, and its font."""


def runs_of(content: bytes, flags: int, end: int) -> Runs:
    """The runs behind a text that ends at `end`; raise struct.error where they break off."""
    if not flags & _HAS_RUNS:
        return []
    count = struct.unpack_from("<I", content, end)[0]
    return [struct.unpack_from("<HH", content, end + 4 + 4 * run) for run in range(min(count, len(content)))]


class Standing:
    """Answers for the cells of one workbook, from the records of its styles."""

    def __init__(self, styles: Iterable[tuple[int, bytes]]) -> None:
        self._fonts: list[Apart | None] = []
        self._styles: list[Apart | None] = []
        in_cells = False
        for number, content in styles:
            if number == _FONT:
                self._fonts.append(_look(content))
            elif number in (_BEGIN_CELL_XFS, _END_CELL_XFS):
                in_cells = number == _BEGIN_CELL_XFS
            elif number == _XF and in_cells:
                self._styles.append(self._look(struct.unpack_from("<H", content, 4)[0]))

    def pieces(self, style: int, text: str, runs: Runs) -> list[Piece]:
        """How the signs of a cell of this style stand, piece by piece."""
        whole = self._styles[style] if style < len(self._styles) else None
        return pieces_of(text, [(0, whole), *((start, self._look(font)) for start, font in runs)])

    def _look(self, font: int) -> Apart | None:
        return self._fonts[font] if font < len(self._fonts) else None


def _look(font: bytes) -> Apart | None:
    flags, _, script = struct.unpack_from("<HHH", font, 2)
    if flags & _STRUCK:
        return Apart.STRUCK
    return {_RAISED: Apart.RAISED, _LOWERED: Apart.LOWERED}.get(script)
