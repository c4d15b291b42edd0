"""Annex 1 as a print-ready workbook: what each unit wrote, whole, on A4 landscape pages."""

from __future__ import annotations

from typing import Any

from pipeline.catalog.annexes import AnnexLayout
from pipeline.model import MeasureTable
from pipeline.render.frame import Canvas, set_up_printing, sheet_bytes, write_foot, write_head
from pipeline.render.measures_page import MeasuresPage, Strip, plan_measures
from pipeline.render.stamp import Stamp

_LINE, _DOTTED = 1, 4


def measures_bytes(table: MeasureTable, layout: AnnexLayout, stamp: Stamp) -> bytes:
    """The workbook of annex 1; the same words and stamp give the same bytes."""
    page = plan_measures(table, layout, stamp)

    def write(canvas: Canvas) -> None:
        write_head(canvas, page, stamp, "", "measure_header")
        row = page.first_row
        for strip in page.strips:
            _write_strip(canvas, page, row, strip)
            row += 1
        set_up_printing(canvas, page, stamp, write_foot(canvas, page, stamp, row, "measure_note"))
        canvas.sheet.set_h_pagebreaks(
            [page.first_row + place for place, strip in enumerate(page.strips) if strip.page_break]
        )

    return sheet_bytes(layout, stamp, write)


def _write_strip(canvas: Canvas, page: MeasuresPage, row: int, strip: Strip) -> None:
    canvas.sheet.set_row(row, strip.height)
    if strip.heading:
        canvas.across((row, 0, row, page.last_col), strip.heading, "measure_group")
        return
    more: dict[str, Any] = {
        "font_size": page.size,
        "top": _LINE if strip.first else _DOTTED,
        "bottom": _LINE if strip.last else _DOTTED,
    }
    for col, (column, text) in enumerate(zip(page.layout.columns, strip.texts, strict=True)):
        look = "measure_number" if column.derivation == "number" else "measure"
        canvas.words(row, col, text, canvas.styles.get(look, **more))
