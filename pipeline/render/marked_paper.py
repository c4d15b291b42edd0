"""How a sheet of a marked copy that was no .xlsx goes on paper."""

from __future__ import annotations

from math import ceil
from typing import Any

from pipeline.model.beside import Printing

_A3, _A4 = 8, 9
_LEGIBLE = {_A4: 280, _A3: 400}
"""Characters across a landscape page at half their size, the smallest that can be read."""
_USUAL = 8.43
"""Characters in a column whose width nobody has set."""


def put_on_paper(sheet: Any, printing: Printing | None) -> None:
    """As its sender has set it up; where he has not, on as few pages across as it takes to read it."""
    from openpyxl.worksheet.properties import PageSetupProperties

    setup = sheet.page_setup
    if printing is None or not printing.is_meant:
        wide = _width(sheet)
        setup.orientation, setup.paperSize = "landscape", _A4 if wide <= _LEGIBLE[_A4] else _A3
        setup.fitToWidth, setup.fitToHeight = max(1, ceil(wide / _LEGIBLE[setup.paperSize])), 0
        if setup.fitToWidth > 1:
            sheet.print_title_cols = "A:A"
        is_fitted = True
    else:
        _as_sent(sheet, printing)
        is_fitted = printing.fits is not None
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=is_fitted)


def _width(sheet: Any) -> float:
    """Of the columns in which something stands, in characters: an old workbook has widths for all 256."""
    from openpyxl.utils import get_column_letter

    columns = [sheet.column_dimensions.get(get_column_letter(col)) for col in range(1, sheet.max_column + 1)]
    return float(sum(_USUAL if column is None else 0.0 if column.hidden else column.width for column in columns))


def _as_sent(sheet: Any, printing: Printing) -> None:
    setup = sheet.page_setup
    setup.orientation, setup.paperSize = "landscape" if printing.is_landscape else "portrait", printing.paper
    if printing.fits is None:
        setup.scale = printing.percent
    else:
        setup.fitToWidth, setup.fitToHeight = printing.fits
    for side, inches in printing.margins.items():
        setattr(sheet.page_margins, side, inches)
    sheet.print_options.horizontalCentered = printing.is_centred
    if printing.area:
        sheet.print_area = printing.area
    if printing.rows:
        sheet.print_title_rows = printing.rows
    if printing.cols:
        sheet.print_title_cols = printing.cols
