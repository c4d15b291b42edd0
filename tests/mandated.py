"""The mandated form of the five annexes as text: how each is built, cell by cell, whatever its figures.

Made from tables written here by hand, so that neither the sample nor a computation disturbs the picture.
`make golden` writes the descriptions anew.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

from pipeline.catalog import load_catalog
from pipeline.catalog.annexes import AnnexColumn, AnnexLayout
from pipeline.model import Figure, FigurePart, FigureRow, FigureTable, Symbol
from pipeline.render.annex import annex_bytes
from pipeline.render.measures_annex import measures_bytes
from pipeline.render.stamp import Stamp
from tests.cities import MARCH, WAN
from tests.measures import small_measures

FOLDER = Path(__file__).parent / "render" / "mandated"
STAMP = Stamp(MARCH, True, False, "安康市金融工作办公室", 1, 12, "2018-04-10")
NOTES = ("注一句。", "注又一句。")

INSTITUTIONS = (("total", "合计", 3), ("rcb", "农商银行", 1), ("psbc", "邮储银行", 2), ("abc", "农业银行", 0))
COUNTIES = (("total", "合计", 3), ("hanbin", "汉滨区", 1), ("hanyin", "汉阴县", 2), ("shiquan", "石泉县", 0))
"""Id, label, and how many times 100 households and 1 万元 are reported; 0: nothing was."""


def workbooks() -> dict[int, bytes]:
    """The five annexes."""
    layouts = load_catalog().annexes
    books = {1: measures_bytes(small_measures(), layouts[1], STAMP)}
    for number in (2, 3, 4, 5):
        parts: tuple[FigurePart, ...] = (_part("counties", "", COUNTIES, layouts[number]),)
        if number == 2:
            parts = (
                _part("institutions", "一、分机构", INSTITUTIONS, layouts[2]),
                _part("counties", "二、分县区", COUNTIES, layouts[2]),
            )
        books[number] = annex_bytes(FigureTable(number, "2018-03", parts, NOTES), layouts[number], STAMP)
    return books


def _part(name: str, title: str, rows: tuple[tuple[str, str, int], ...], layout: AnnexLayout) -> FigurePart:
    units = {column.id: column.unit for column in layout.columns}
    return FigurePart(name, title, tuple(_row(*row, layout, units) for row in rows))


def _row(row: str, label: str, times: int, layout: AnnexLayout, units: dict[str, str]) -> FigureRow:
    total = row == "total"
    figures = {c.id: _figure(c, times, total, units) for c in layout.columns if c.unit != "text"}
    return FigureRow(row, label, figures, is_total=total, remark="" if times else "未报送")


def _figure(column: AnnexColumn, times: int, total: bool, units: dict[str, str]) -> Figure:
    name, unit = column.id, column.unit
    if column.derivation == "rank":
        if total or not times:
            return Figure(name, unit, symbol=Symbol.NOT_APPLICABLE)
        return Figure(name, unit, 3 - times, rank_of=2)
    if not times:
        return Figure(name, unit, symbol=Symbol.MISSING)

    def value(of: str) -> int:
        return times * (100 if units.get(of, "户") == "户" else WAN)

    if column.derivation == "ratio":
        return Figure(name, unit, value(column.of), value(column.to))
    if column.derivation in ("growth", "change"):
        base = value(column.of) // 2
        return Figure(name, unit, value(column.of) - base, base if column.derivation == "growth" else 1, base=base)
    return Figure(name, unit, value(name))


# ------------------------------------------------------------------ as text


def described() -> dict[str, str]:
    """Each annex as lines, by the name of its file under FOLDER."""
    return {f"annex{number}.txt": "\n".join(_lines(data)) + "\n" for number, data in workbooks().items()}


def opened(data: bytes) -> Any:
    """The only sheet of a workbook."""
    (sheet,) = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    return sheet


def _lines(data: bytes) -> Iterator[str]:
    sheet = opened(data)
    yield f"sheet: {sheet.title} {sheet.dimensions}"
    yield from _set_up(sheet)
    widths = {
        openpyxl.utils.get_column_letter(at): f"{dimension.width:.2f}"
        for dimension in sheet.column_dimensions.values()
        for at in range(dimension.min, dimension.max + 1)
    }
    yield "widths: " + " ".join(f"{letter}={widths[letter]}" for letter in sorted(widths, key=lambda a: (len(a), a)))
    yield "heights: " + " ".join(f"{row}={sheet.row_dimensions[row].height:.2f}" for row in range(1, sheet.max_row + 1))
    yield "merged: " + " ".join(
        str(box) for box in sorted(sheet.merged_cells.ranges, key=lambda box: (box.min_row, box.min_col))
    )
    yield "cells: address, content [number format] font size, horizontal vertical, borders top right bottom left"
    inside = {(row, col) for box in sheet.merged_cells.ranges for row, col in list(box.cells)[1:]}
    for row in sheet.iter_rows():
        for cell in row:
            if (cell.row, cell.column) not in inside and (cell.value is not None or cell.has_style):
                yield _cell(cell)


def _set_up(sheet: Any) -> Iterator[str]:
    page, margins = sheet.page_setup, sheet.page_margins
    yield f"paper: {page.paperSize} (9 = A4) {page.orientation}"
    fit = sheet.sheet_properties.pageSetUpPr.fitToPage
    yield f"fit to page: {fit}, wide {page.fitToWidth or 1}, high {page.fitToHeight} (0 = as many as needed)"
    sides = ("left", "right", "top", "bottom", "header", "footer")
    yield "margins in mm: " + " ".join(f"{side}={getattr(margins, side) * 25.4:.1f}" for side in sides)
    yield f"centred across: {sheet.print_options.horizontalCentered}"
    yield f"rows repeated on every page: {sheet.print_title_rows}"
    yield f"print area: {sheet.print_area}"
    yield f"frozen above and left of: {sheet.freeze_panes}"
    for name, part in (("header", sheet.oddHeader), ("footer", sheet.oddFooter)):
        for place in ("left", "center", "right"):
            item = getattr(part, place)
            yield f"{name} {place}: {item.text or ''} [{item.font or ''} {item.size or ''}]"


def _cell(cell: Any) -> str:
    font, alignment, border = cell.font, cell.alignment, cell.border
    edges = " ".join(getattr(border, side).style or "-" for side in ("top", "right", "bottom", "left"))
    weight = " bold" if font.b else ""
    wrap = " wrap" if alignment.wrap_text else ""
    content = "" if cell.value is None else repr(cell.value)
    place = f"{alignment.horizontal} {alignment.vertical}{wrap}"
    return f"{cell.coordinate}: {content} [{cell.number_format}] {font.name} {font.size:g}{weight}, {place}, {edges}"
