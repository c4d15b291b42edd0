"""Heights and widths in which words are seen whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.render.harmless import printable
from pipeline.render.twin_fit import EXCEL_HIGHEST, header_width, pieces, row_height, width_for

LINE, PADDING = 12 * 1.46, 6


@pytest.mark.parametrize(
    ("why", "words", "lines"),
    [
        ("nothing is one line", [], 1),
        ("short words", [("甲", 10)], 1),
        ("20 characters of 16 pixels where 80 - 8 pixels are", [("甲" * 20, 10)], 5),
        ("the longest counts", [("甲", 10), ("甲" * 40, 20)], 5),
        ("ends of lines count", [("甲\n乙\n丙", 50)], 3),
    ],
)
def test_a_row_is_as_high_as_its_words(why, words, lines):
    assert row_height(words) == pytest.approx(lines * LINE + PADDING), why


def test_no_row_is_higher_than_excel_allows():
    assert row_height([("甲" * 10_000, 10)]) == EXCEL_HIGHEST


@given(st.text(max_size=2000), st.floats(8, 120))
def test_every_piece_fits_a_row_and_together_they_are_the_text(text, width):
    found = list(pieces(text, width))
    assert all(piece.strip() and row_height([(piece, width)]) <= EXCEL_HIGHEST for piece in found)
    assert len(found) <= 1 or all(len(piece) * 16 * 1.2 > width * 8 for piece in found[:-1]), "none without need"
    assert "".join("".join(found).split()) == "".join(printable(text).split())


@pytest.mark.parametrize(
    ("text", "found"),
    [("", []), (" \n\t ", []), ("甲\n\n乙", ["甲\n乙"]), ("句。" * 60, ["句。" * 46, "句。" * 14])],
)
def test_pieces(text, found):
    """23 lines of 4 characters go into a row of 10 digits' width: 92, and a sentence ends at the last of them."""
    assert list(pieces(text, 10)) == found


def test_long_words_are_cut_whole():
    text = "甲乙。\n" * 60_000
    found = list(pieces(text, 96))
    assert "".join(found).replace("\n", "") == text.replace("\n", "")


def test_a_remark_is_as_wide_as_few_lines_need():
    assert width_for(["无"], 30, 150, 3) == 30
    long = width_for(["长" * 100], 30, 150, 3)
    assert row_height([("长" * 100, long)]) <= 3 * LINE + PADDING + 1e-6
    assert width_for(["长" * 5000], 30, 150, 3) == 150


def test_a_header_is_as_wide_as_its_unit_and_notes_on_a_line_each():
    narrow, noted = header_width("授信户数\n（户）", 5.0), header_width("授信户数\n（户）\n[注11、12、13]", 5.0)
    assert narrow < noted
    assert noted * 8 >= (2 * 16 + 10 * 16 * 0.56), "注 and 、、 wide, digits and brackets narrow"
    assert header_width("户\n（户）", 30.0) == 30.0
