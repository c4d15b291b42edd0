"""The mandated form of the five annexes as text: how each is built, cell by cell, whatever its figures.

Made from tables written here by hand, so that neither the sample nor a computation disturbs the picture.
`make golden` writes the descriptions anew.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Side

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
    return {f"annex{number}.txt": description(data) for number, data in workbooks().items()}


def description(data: bytes) -> str:
    """All that a reader or a printer can see of a workbook's form; what is as usual is not said."""
    return "\n".join(_lines(data)) + "\n"


def opened(data: bytes) -> Any:
    """The only sheet of a workbook."""
    (sheet,) = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    return sheet


def _lines(data: bytes) -> Iterator[str]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    yield f"title: {book.properties.title}"
    yield f"sheets: {' '.join(f'{sheet.title} {sheet.sheet_state}' for sheet in book.worksheets)}"
    sheet = book.worksheets[0]
    yield f"used: {sheet.dimensions}"
    yield from _set_up(sheet)
    yield from _sizes(sheet)
    for box in sorted(sheet.merged_cells.ranges, key=lambda box: (box.min_row, box.min_col)):
        yield f"merged: {box}"
    yield "cells: address, content [number format] font size, horizontal vertical, borders top right bottom left"
    inside = {place for box in sheet.merged_cells.ranges for place in sorted(box.cells)[1:]}
    for row in sheet.iter_rows():
        for cell in row:
            if (cell.row, cell.column) not in inside and (cell.value is not None or cell.has_style):
                yield _cell(cell)
    yield f"merged, but not of one look: {' '.join(_patched(data, sheet)) or 'nothing'}"


def _patched(data: bytes, sheet: Any) -> Iterator[str]:
    """Merged ranges of which a cell is drawn otherwise than the first one: an edge may lack its line.

    As the file itself has it, for openpyxl gives all of them the first one's borders.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read("xl/worksheets/sheet1.xml").decode("utf-8")
    looks = dict(re.findall(r'<c r="([A-Z]+\d+)"(?: s="(\d+)")?', xml))
    for box in sorted(sheet.merged_cells.ranges, key=lambda box: (box.min_row, box.min_col)):
        cells = [f"{openpyxl.utils.get_column_letter(col)}{row}" for row, col in sorted(box.cells)]
        if len({looks.get(cell) for cell in cells}) > 1:
            yield box.coord


def _set_up(sheet: Any) -> Iterator[str]:
    page, margins, options = sheet.page_setup, sheet.page_margins, sheet.print_options
    yield f"paper: {page.paperSize} (9 = A4) {page.orientation}"
    fit = sheet.sheet_properties.pageSetUpPr.fitToPage
    yield f"fit to page: {fit}, wide {page.fitToWidth or 1}, high {page.fitToHeight} (0 = as many as needed)"
    sides = ("left", "right", "top", "bottom", "header", "footer")
    yield "margins in mm: " + " ".join(f"{side}={getattr(margins, side) * 25.4:.1f}" for side in sides)
    yield f"centred across: {options.horizontalCentered}, down: {bool(options.verticalCentered)}"
    yield f"printed besides: {_told(gridlines=options.gridLines, headings=options.headings)}"
    yield f"rows repeated on every page: {sheet.print_title_rows}, columns: {sheet.print_title_cols or 'none'}"
    yield f"print area: {sheet.print_area}"
    breaks = [str(at.id) for at in (*sheet.row_breaks.brk, *sheet.col_breaks.brk)]
    yield f"pages broken by hand at: {' '.join(breaks) or 'nothing'}"
    view = sheet.sheet_view
    yield f"frozen above and left of: {sheet.freeze_panes}"
    yield f"shown: {_told(zoom=view.zoomScale, no_gridlines=view.showGridLines is False, tab=sheet.sheet_properties.tabColor)}"
    for name, part in (("header", sheet.oddHeader), ("footer", sheet.oddFooter)):
        for place in ("left", "center", "right"):
            item = getattr(part, place)
            yield f"{name} {place}: {item.text or ''} [{item.font or ''} {item.size or ''}]"


def _sizes(sheet: Any) -> Iterator[str]:
    columns = {
        at: dimension
        for dimension in sheet.column_dimensions.values()
        for at in range(dimension.min, dimension.max + 1)
    }
    letter = openpyxl.utils.get_column_letter
    yield from (f"width of {letter(at)}: {columns[at].width:.2f}" for at in sorted(columns))
    heights = {row: sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)}
    yield from (
        f"height of {row}: {'as usual' if points is None else f'{points:.2f}'}" for row, points in heights.items()
    )
    hidden = [letter(at) for at in sorted(columns) if columns[at].hidden]
    hidden += [str(row) for row, dimension in sorted(sheet.row_dimensions.items()) if dimension.hidden]
    yield f"hidden: {' '.join(hidden) or 'nothing'}"
    yield f"conditions, choices, pictures: {len(sheet.conditional_formatting)} {len(sheet.data_validations.dataValidation)} {len(sheet._images)}"


def _cell(cell: Any) -> str:
    content = "" if cell.value is None else repr(cell.value)
    more = _told(link=cell.hyperlink and cell.hyperlink.ref, comment=cell.comment and cell.comment.text)
    return f"{cell.coordinate}: {content} [{cell.number_format}] {_look(cell)}" + (f", {more}" if more != "-" else "")


def _look(cell: Any) -> str:
    """Font, place and borders; colours and whatever else is unusual at the end."""
    font, place, border = cell.font, cell.alignment, cell.border
    sides = [getattr(border, side) or Side() for side in ("top", "right", "bottom", "left")]
    wrap = " wrap" if place.wrap_text else ""
    look = f"{font.name} {font.size:g}{' bold' if font.b else ''}, {place.horizontal} {place.vertical}{wrap}, "
    look += " ".join(line.style or "-" for line in sides)
    unusual = _told(
        italic=font.i,
        underlined=font.u,
        struck=font.strike,
        colour=_colour(font.color),
        filled=cell.fill.fill_type and _colour(cell.fill.fgColor),
        border_colours=" ".join(filter(None, (_colour(line.color) for line in sides))),
        indent=place.indent,
        turned=place.text_rotation,
        shrunk=place.shrink_to_fit,
        diagonal=border.diagonal and border.diagonal.style,
    )
    return look + (f", {unusual}" if unusual != "-" else "")


def _colour(colour: Any) -> str:
    """A colour of its own; nothing for black and the automatic ones."""
    if colour is None or colour.type == "auto" or (colour.type == "indexed" and colour.indexed == 64):
        return ""
    value = str(colour.value)
    return "" if (colour.type, value) == ("theme", "1") or value.endswith("000000") else f"{colour.type} {value}"


def _told(**unusual: object) -> str:
    """What is not as usual; `-` where all is."""
    return " ".join(f"{name}={value}" for name, value in unusual.items() if value) or "-"
