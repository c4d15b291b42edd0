"""An annex as a print-ready workbook: A4 landscape, one page wide, live formulas with our values cached."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.catalog.annexes import AnnexColumn, AnnexLayout
from pipeline.model import FigurePart, FigureRow, FigureTable
from pipeline.render.formulas import Places, formula
from pipeline.render.frame import Canvas, set_up_printing, sheet_bytes, write_foot, write_head
from pipeline.render.numbers import show
from pipeline.render.page import Page, plan
from pipeline.render.stamp import Stamp

UNIT_CAPTION = "单位：户、万元、%"


@dataclass(frozen=True, slots=True)
class _Canvas(Canvas):
    """A sheet of figures being written."""

    page: Page
    places: Places


def write_annex(path: Path, table: FigureTable, layout: AnnexLayout, stamp: Stamp) -> None:
    """Write an annex's workbook to this path; the same figures and stamp give the same bytes.

    Raises:
        OSError: the path cannot be written; the caller names the product and gives it its final name.
    """
    path.write_bytes(annex_bytes(table, layout, stamp))


def annex_bytes(table: FigureTable, layout: AnnexLayout, stamp: Stamp) -> bytes:
    """The workbook of an annex."""
    page = plan(table, layout, stamp)
    columns = {column.id: column for column in layout.columns}
    places = Places(table, columns, page.row_of, {name: col for col, name in enumerate(columns)})

    def write(canvas: Canvas) -> None:
        write_head(canvas, page, stamp, UNIT_CAPTION)
        for part in table.parts:
            _write_part(_Canvas(canvas.sheet, canvas.styles, page, places), part)
        set_up_printing(canvas, page, stamp, write_foot(canvas, page, stamp, page.first_note))

    return sheet_bytes(layout, stamp, write)


def _write_part(canvas: _Canvas, part: FigurePart) -> None:
    page = canvas.page
    if part.title:
        row = page.row_of[part.id, part.rows[0].id] - 1
        canvas.across((row, 0, row, page.last_col), part.title, "part")
        canvas.sheet.set_row(row, page.part_height)
    number = 0
    for entry in part.rows:
        number += 0 if entry.is_total else 1
        _write_row(canvas, part, entry, "" if entry.is_total else str(number))


def _write_row(canvas: _Canvas, part: FigurePart, entry: FigureRow, number: str) -> None:
    row = canvas.page.row_of[part.id, entry.id]
    for col, column in enumerate(canvas.page.layout.columns):
        if column.derivation == "number":
            canvas.text(row, col, number, "center")
        elif column.derivation == "label":
            canvas.text(row, col, entry.label, "center" if entry.is_total else "label", bold=entry.is_total)
        elif column.derivation == "remark":
            canvas.text(row, col, entry.remark, "remark")
        else:
            _write_figure(canvas, (row, col), part, entry, column)
    canvas.sheet.set_row(row, canvas.page.row_heights[part.id, entry.id])


def _write_figure(
    canvas: _Canvas, cell: tuple[int, int], part: FigurePart, entry: FigureRow, column: AnnexColumn
) -> None:
    shown = show(entry.figures[column.id], column)
    if shown.value is None:
        canvas.text(*cell, shown.text, "center" if len(shown.text) == 1 else "words")
        return
    look = "center" if column.unit == "rank" else "number"
    style = canvas.styles.get(look, bold=entry.is_total, number_format=shown.number_format)
    live = formula(canvas.places, part, entry, column)
    if live is None:
        canvas.sheet.write_number(*cell, float(shown.value), style)
    else:
        canvas.sheet.write_formula(*cell, live, style, float(shown.value))
