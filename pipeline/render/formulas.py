"""Live formulas: how a printed total, ratio, growth or change follows from other printed cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.catalog.annexes import AnnexColumn
from pipeline.model import Figure, FigurePart, FigureRow, FigureTable, address
from pipeline.money import plain
from pipeline.render.numbers import in_printed_unit


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything stands on the sheet; rows and columns count from 0."""

    table: FigureTable
    columns: Mapping[str, AnnexColumn]
    row_of: Mapping[tuple[str, str], int]
    """(part, row) → sheet row."""
    col_of: Mapping[str, int]

    def cell(self, part: FigurePart, row: FigureRow, column: str) -> str:
        """The A1 name of a figure's cell."""
        return address(self.row_of[part.id, row.id], self.col_of[column])


def formula(places: Places, part: FigurePart, row: FigureRow, column: AnnexColumn) -> str | None:
    """The formula of a cell, or None where its number is a constant."""
    figure = row.figures[column.id]
    if figure.numerator is None:
        return None
    if column.derivation == "sum":
        return _total(places, part, row, column) if row.is_total else None
    if column.derivation == "ratio":
        above = _operand(places, part, row, column.of, figure.numerator)
        below = _operand(places, part, row, column.to, figure.denominator)
        return f"={above}/{below}"
    if column.derivation in ("growth", "change"):
        return _compared(places, part, row, column, figure)
    return None


def _total(places: Places, part: FigurePart, row: FigureRow, column: AnnexColumn) -> str | None:
    """The sum of the rows beneath; where these hold no figure, the same total in another part."""
    rows = [other for other in part.rows if not other.is_total]
    numbers = [number for other in rows if (number := other.figures[column.id].numerator) is not None]
    total = row.figures[column.id].numerator
    if numbers and sum(numbers) == total:
        spanned = f"{places.cell(part, rows[0], column.id)}:{places.cell(part, rows[-1], column.id)}"
        # signed parts can leave a rest of 1e-17 where they should cancel out
        return f"=ROUND(SUM({spanned}),6)" if min(numbers) < 0 else f"=SUM({spanned})"
    for other_part in places.table.parts:
        for other in other_part.rows:
            if other_part is not part and other.is_total and other.figures[column.id].numerator == total:
                return f"={places.cell(other_part, other, column.id)}"
    return None


def _operand(places: Places, part: FigurePart, row: FigureRow, column: str, number: int) -> str:
    """The cell that shows this number: in the row itself, else in the part's total; else the number."""
    total = [other for other in part.rows if other.is_total]
    for candidate in (row, *total):
        shown = candidate.figures.get(column)
        if shown is not None and shown.numerator == number and shown.unit != "ratio":
            return places.cell(part, candidate, column)
    unit = places.columns[column].unit if column in places.columns else ("fen" if "_amount" in column else "户")
    return _literal(number, unit)


def _compared(places: Places, part: FigurePart, row: FigureRow, column: AnnexColumn, figure: Figure) -> str | None:
    source = row.figures.get(column.of)
    if source is None or source.numerator is None or figure.base is None:
        return None
    base = _literal(figure.base, source.unit)
    difference = f"ROUND({places.cell(part, row, column.of)}-{base},6)"
    return f"={difference}/{base}" if column.derivation == "growth" else f"={difference}"


def _literal(number: int, unit: str) -> str:
    text = plain(in_printed_unit(number, unit), 6)
    return f"({text})" if number < 0 else text
