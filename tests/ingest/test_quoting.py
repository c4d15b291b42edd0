from datetime import date, datetime

import pytest

from pipeline.ingest.heading import is_figure
from pipeline.ingest.number_format import MONTH_SHOWN, NOT_SHOWN, UNSURE
from pipeline.ingest.quoting import as_seen, as_stored
from pipeline.model import Cell, CellKind


def number(value, decimals=None, words="", percent=False):
    return Cell(0, 0, CellKind.NUMBER, value, decimals, percent, words)


@pytest.mark.parametrize(
    ("cell", "stored", "seen"),
    [
        (number(5.0), "5", "5"),
        (number(5.0, 2), "5", "5.00"),
        (number(30.25, 2, "户"), "30.25", "30.25户"),
        (number(30.2512345, 2), "30.2512345", "30.2512345"),
        (number(30.250000000000004), "30.25", "30.25"),
        (number(302500.0, 2, "÷10000万元"), "302500", "30.25万元"),
        (number(0.0435, 2, percent=True), "0.0435", "4.35%"),
        (number(0.09, 0, percent=True), "0.09", "9%"),
        (number(100.0), "100", "100"),
        (number(-0.5), "-0.5", "-0.5"),
        (number(6.2284800123456789e18), "6228480012345680000", "6228480012345680000"),
        (number(5.0, None, NOT_SHOWN), "5", "5"),
        (number(5.0, None, UNSURE), "5", "5"),
        (number(float("inf")), "inf", "inf"),
        (Cell(0, 0, CellKind.BOOLEAN, True), "TRUE", "TRUE"),
        (Cell(0, 0, CellKind.DATE, date(2018, 3, 31)), "2018-03-31", "2018-03-31"),
        (Cell(0, 0, CellKind.DATE, date(2018, 3, 1), format_text=MONTH_SHOWN), "2018-03-01", "2018年3月"),
        (Cell(0, 0, CellKind.DATE, datetime.fromisoformat("2018-03-31 08:30")), "2018-03-31 08:30", "2018-03-31 08:30"),
        (Cell(0, 0, CellKind.TEXT, "1,23,4.5"), "1,23,4.5", "1,23,4.5"),
        (Cell(0, 0, CellKind.ERROR, "#REF!"), "#REF!", "#REF!"),
    ],
)
def test_what_people_are_told_stands_in_a_cell(cell, stored, seen):
    assert (as_stored(cell), as_seen(cell)) == (stored, seen)


@pytest.mark.parametrize(("text", "figure"), [("'12.34", True), ("‘12", True), ("12.34'", False), ("'汉滨", False)])
def test_a_number_behind_a_stored_quote_is_a_figure(text, figure):
    """A row of such under a label that nobody knows is data that was not understood, not a note."""
    assert is_figure(Cell(0, 0, CellKind.TEXT, text)) is figure
