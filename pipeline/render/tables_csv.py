"""`data/annexN.csv`: one row a figure, exact."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pipeline.catalog.annexes import AnnexColumn, AnnexLayout
from pipeline.model import Figure, FigureRow, FigureTable
from pipeline.money import plain, yuan
from pipeline.render.csvfile import csv_bytes, safe_text

HEADER = (
    *("period", "annex", "part", "row", "row_label", "figure", "label"),
    *("value", "numerator", "denominator", "unit", "symbol", "rank"),
    *("coverage_in", "coverage_of", "release", "vintage"),
)
RATIO_PLACES = 10
_UNITS = {"fen": "元"}


def annex_csv(table: FigureTable, layout: AnnexLayout, release: int, vintage: int) -> bytes:
    """The annex as csv: rows in printed order, columns in printed order, matched growth after what it stands for.

    Money is in 元 with two decimals. A ratio gives its quotient to ten places and both of its sides, in 元 or counts;
    a rank gives how many take part as its denominator.
    """
    return csv_bytes(HEADER, _lines(table, layout, release, vintage))


def _lines(table: FigureTable, layout: AnnexLayout, release: int, vintage: int) -> Iterator[list[object]]:
    columns = {column.id: column for column in layout.columns}
    for part in table.parts:
        for row in part.rows:
            for column in layout.columns:
                for name in (column.id, f"{column.id}_matched"):
                    if name not in row.figures:
                        continue
                    label = "/".join(column.header) + ("（可比口径）" if name != column.id else "")
                    place = [table.period, table.annex, part.id, row.id, safe_text(row.label), name, safe_text(label)]
                    yield [*place, *_fields(row.figures[name], row, column, columns), release, vintage]


def _fields(figure: Figure, row: FigureRow, column: AnnexColumn, columns: dict[str, AnnexColumn]) -> list[object]:
    """value, numerator, denominator, unit, symbol, rank, coverage_in, coverage_of."""
    covered, owed = figure.coverage_in, figure.coverage_of
    if not owed:
        covered, owed = row.coverage_in, row.coverage_of
    return [
        _value(figure),
        *_sides(figure, column, columns),
        _UNITS.get(figure.unit, figure.unit),
        figure.symbol.value,
        _rank(column, row, columns),
        covered,
        owed,
    ]


def _value(figure: Figure) -> str:
    if figure.numerator is None:
        return ""
    if figure.unit == "ratio":
        return plain(Fraction(figure.numerator, figure.denominator), RATIO_PLACES)
    return _amount(figure.numerator, figure.unit)


def _sides(figure: Figure, column: AnnexColumn, columns: dict[str, AnnexColumn]) -> tuple[str, str]:
    if figure.numerator is None:
        return "", ""
    if figure.unit == "rank":
        return str(figure.numerator), str(figure.rank_of)
    if figure.unit != "ratio":
        return "", ""
    side_unit = columns[column.of].unit if column.of in columns else ("fen" if "_amount" in column.of else "户")
    return _amount(figure.numerator, side_unit), _amount(figure.denominator, side_unit)


def _amount(number: int, unit: str) -> str:
    return yuan(number) if unit == "fen" else str(number)


def _rank(column: AnnexColumn, row: FigureRow, columns: dict[str, AnnexColumn]) -> str:
    """The row's rank by this figure, where the annex ranks by it."""
    for other in columns.values():
        if other.derivation == "rank" and column.id in (other.of, other.id):
            rank = row.figures[other.id].numerator
            return "" if rank is None else str(rank)
    return ""
