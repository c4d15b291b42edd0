"""Where everything of an annex stands on its sheet, and how wide and high it is: one printed A4 page wide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.catalog.annexes import AnnexColumn, AnnexLayout
from pipeline.model import FigureRow, FigureTable
from pipeline.render.frame import A4_LANDSCAPE, FOOTER_HEIGHT, HEAD_HEIGHTS, HEADER_ROW, MARGINS, Frame, numbered
from pipeline.render.header import heights, spans
from pipeline.render.measure import column_width, height, lines, width_points
from pipeline.render.numbers import ROUNDING_NOTE, rounding_shows, show
from pipeline.render.stamp import Stamp
from pipeline.render.styles import BODY_SIZE, NOTE_SIZE, WORDS_SIZE

_ROW_HEIGHTS = range(40, 21, -1)
_SAFETY = 0.96
"""Printers and programs differ a little in what they get onto a page."""


@dataclass(frozen=True, slots=True)
class Page(Frame):
    """The plan of a sheet; rows and columns count from 0, widths in characters, heights in points."""

    table: FigureTable
    row_of: Mapping[tuple[str, str], int]
    """(part, row) → sheet row."""
    row_heights: Mapping[tuple[str, str], float]
    part_height: float

    @property
    def first_note(self) -> int:
        """The row below the table."""
        return max(self.row_of.values()) + 1


def plan(table: FigureTable, layout: AnnexLayout, stamp: Stamp) -> Page:
    """Lay an annex out."""
    rows = [row for part in table.parts for row in part.rows]
    widths = tuple(round(max(column.width, _width(column, rows)), 2) for column in layout.columns)
    header = tuple(spans([column.header for column in layout.columns]))
    header_heights = tuple(heights(header, widths, BODY_SIZE))
    notes = _notes(table, layout, stamp)
    note_heights = tuple(height(lines(text, sum(widths), NOTE_SIZE), NOTE_SIZE) for text in notes)
    wrapped = {
        (part.id, row.id): height(_lines(row, layout, widths), WORDS_SIZE) for part in table.parts for row in part.rows
    }
    titles = sum(1 for part in table.parts if part.title)
    around = sum(HEAD_HEIGHTS) + sum(header_heights) + sum(note_heights) + FOOTER_HEIGHT
    common = _row_height(list(wrapped.values()) + [0.0] * titles, _page_height(widths) - around)
    return Page(
        layout,
        header,
        header_heights,
        widths,
        notes,
        note_heights,
        table,
        _row_of(table, HEADER_ROW + len(header_heights)),
        {key: max(common, needed) for key, needed in wrapped.items()},
        common,
    )


def _row_of(table: FigureTable, row: int) -> dict[tuple[str, str], int]:
    """Give every row its place, below the row that names its part."""
    places = {}
    for part in table.parts:
        row += 1 if part.title else 0
        for entry in part.rows:
            places[part.id, entry.id] = row
            row += 1
    return places


def _width(column: AnnexColumn, rows: list[FigureRow]) -> float:
    """What a column needs so that numbers stay on one line; words may wrap."""
    if column.derivation == "label":
        return column_width((row.label for row in rows), BODY_SIZE)
    if column.derivation == "remark":
        return column_width((row.remark[:9] for row in rows), WORDS_SIZE)
    if column.derivation == "number":
        return 0.0
    cells = [show(row.figures[column.id], column) for row in rows]
    words = column_width((cell.text[:4] for cell in cells if cell.value is None), WORDS_SIZE)
    return max(words, column_width((cell.text for cell in cells if cell.value is not None), BODY_SIZE))


def _lines(row: FigureRow, layout: AnnexLayout, widths: tuple[float, ...]) -> int:
    """How many lines the row's longest words take."""
    taken = 1
    for column, width in zip(layout.columns, widths, strict=True):
        text = row.remark if column.derivation == "remark" else ""
        if column.id in row.figures and row.figures[column.id].numerator is None:
            text = show(row.figures[column.id], column).text
        taken = max(taken, lines(text, width, WORDS_SIZE))
    return taken


def _page_height(widths: tuple[float, ...]) -> float:
    """How many points of sheet go on a page when the sheet is as wide as the page."""
    wide = A4_LANDSCAPE[0] - MARGINS["left"] - MARGINS["right"]
    high = A4_LANDSCAPE[1] - MARGINS["top"] - MARGINS["bottom"]
    return width_points(widths) * high / wide * _SAFETY


def _row_height(needed: list[float], available: float) -> float:
    """The greatest common row height, within reason, with which all rows go on one page."""
    for candidate in _ROW_HEIGHTS:
        if sum(max(candidate, least) for least in needed) <= available:
            return float(candidate)
    return float(_ROW_HEIGHTS[-1])


def _notes(table: FigureTable, layout: AnnexLayout, stamp: Stamp) -> tuple[str, ...]:
    return numbered(sentences(table, layout, stamp))


def sentences(table: FigureTable, layout: AnnexLayout, stamp: Stamp) -> list[str]:
    """What stands under the table, not yet numbered."""
    rounding = [ROUNDING_NOTE] if rounding_shows(table, layout) else []
    return [*table.notes, *rounding, *stamp.overrides]
