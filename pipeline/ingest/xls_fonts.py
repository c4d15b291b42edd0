"""Fonts of a .xls as far as they set signs apart: of a cell as a whole, or of the runs of its text."""

from __future__ import annotations

import xlrd

from pipeline.ingest.apart import Apart, Piece, pieces_of

_RAISED, _LOWERED = 1, 2


class Standing:
    """Answers for the cells of one workbook."""

    def __init__(self, book: xlrd.Book) -> None:
        self._book = book
        self._looks = [_look(font) for font in book.font_list]
        self._none = not any(self._looks)

    def pieces(self, sheet: xlrd.sheet.Sheet, row: int, col: int, value: object) -> list[Piece]:
        """How the signs of a cell stand, piece by piece."""
        if self._none:
            return []
        style = self._book.xf_list[sheet.cell_xf_index(row, col)]
        runs = [(0, style.font_index), *sheet.rich_text_runlist_map.get((row, col), ())]
        return pieces_of(str(value), [(start, self._look(font)) for start, font in runs])

    def _look(self, font: int) -> Apart | None:
        return self._looks[font] if font < len(self._looks) else None


def _look(font: xlrd.formatting.Font) -> Apart | None:
    if font.struck_out:
        return Apart.STRUCK
    return {_RAISED: Apart.RAISED, _LOWERED: Apart.LOWERED}.get(font.escapement)
