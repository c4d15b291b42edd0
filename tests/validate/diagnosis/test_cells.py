"""All cells of a cause as rectangles: each cell once, none beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import address, cells_told, ranges


@pytest.mark.parametrize(
    ("why", "cells", "told"),
    [
        ("none", [], ""),
        ("one", ["G21"], "G21"),
        ("a column", ["D9", "D8", "D10"], "D8:D10"),
        ("a row", ["D8", "E8", "F8"], "D8:F8"),
        ("a rectangle and one by itself", ["D8", "E8", "D9", "E9", "G11"], "D8:E9、G11"),
        ("with a gap between columns", ["D8", "D9", "F8", "F9"], "D8:D9、F8:F9"),
        ("columns that do not begin alike", ["D8", "D9", "E9"], "D8:D9、E9"),
        ("beyond Z", ["Z5", "AA5", "AB5"], "Z5:AB5"),
        ("twice", ["D8", "D8"], "D8"),
        ("what a document calls its places", ["表1第2行第3列", "D8"], "D8、表1第2行第3列"),
    ],
)
def test_cells_are_told_as_rectangles(why, cells, told):
    assert ranges(cells) == told, why


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(22, 29)), max_size=30))
def test_every_cell_is_told_once_and_no_other(places):
    told = ranges(address(row, col) for row, col in places)
    found = [place for part in told.split("、") if part for place in inside(part)]
    assert sorted(found) == sorted(address(row, col) for row, col in places)


def inside(part: str) -> list[str]:
    """Every cell of a rectangle, counted out."""
    named = {address(row, col): (row, col) for row in range(8) for col in range(31)}
    ends = part.split(":")
    first, last = named[ends[0]], named[ends[-1]]
    return [address(r, c) for r in range(first[0], last[0] + 1) for c in range(first[1], last[1] + 1)]


def test_other_sheets_are_named():
    assert cells_told([("乙", "B2"), ("甲", "C3"), ("甲", "C4")], "甲") == "C3:C4；工作表“乙”B2"
