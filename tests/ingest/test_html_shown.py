"""What a browser does not show of a page, or shows otherwise than it stands there."""

import pytest

from pipeline.ingest.reading import read_file
from pipeline.ingest.unread import Unread
from pipeline.ingest.workbook import open_grid
from pipeline.model import ReceivedFile
from tests.ingest.dialects import as_html
from tests.ingest.sheets import CATALOG, Statement, found
from tests.ingest.test_html_table import ROWS, opened, places, refused, sheet


@pytest.mark.parametrize(
    "row", ["style='visibility:collapse'", "height=0", "style='height:0pt'", "style='height:0.0pt'", "hidden"]
)
def test_a_row_that_is_not_shown_is_hidden(row):
    assert sheet(f"<tr><td>甲<td>1<tr {row}><td>乙<td>2<tr height=10><td>丙<td>3").hidden_rows == {1}


@pytest.mark.parametrize("col", ["width=0", "style='width:0pt'", "style='visibility:collapse'"])
def test_a_column_without_width_is_hidden(col):
    assert sheet(f"<col width=10><col {col}>{ROWS}").hidden_cols == {1}


def test_hidden_rows_and_columns_are_known():
    got = sheet(
        "<colgroup><col><col style='display:none' span=1><col></colgroup>"
        "<tr><td>甲<td>1<td>2<tr style='display: none'><td>乙<td>3<td>4<tr class=no><td>丙<td>5<td>6",
        "<style>.no{display:none}</style>",
    )
    assert (got.hidden_rows, got.hidden_cols) == ({1, 2}, {1})
    assert got.cells[1, 1].value == "3"


@pytest.mark.parametrize("around", ["<table style='display:none'>{}</table>", "<div hidden><table>{}</table></div>"])
def test_a_hidden_table_is_a_hidden_sheet(around):
    assert opened(f"<html>{around.format(ROWS)}").sheets[0].hidden


def test_a_blank_hidden_cell_is_left_out_as_a_browser_does():
    got = sheet("<tr><td rowspan=2>甲<td>1<tr><td style='display:none'><td>2<tr><td>乙<td>3")
    assert places(got) == {(0, 0): "甲", (0, 1): "1", (1, 1): "2", (2, 0): "乙", (2, 1): "3"}


def test_a_hidden_cell_with_a_content_leaves_the_columns_unsure():
    got = refused("<table><tr><td>甲<td>1<tr><td style='display:none'>2<td>3</table>")
    assert (got.rule, got.message[:25]) == ("F01", "网页的表格第2行有不显示的单元格，后面各格属于哪一")


@pytest.mark.parametrize(
    ("why", "inside", "kind"),
    [
        ("hidden words", "1<span style='display:none'>2</span>", Unread.HIDDEN),
        ("a word without size", "1<span style='font-size:0'>2</span>", Unread.HIDDEN),
        ("a word that cannot be seen", "1<span style='visibility:hidden'>2</span>", Unread.HIDDEN),
        ("a word cut away", "1<i style='position:absolute;clip:rect(0,0,0,0)'>2</i>", Unread.HIDDEN),
        ("a box without height", "1<i style='display:block;height:0;overflow:hidden'>2</i>", Unread.HIDDEN),
        ("an indent out of sight", "1<i style='text-indent:-9999px'>2</i>", Unread.HIDDEN),
        ("words in a hidden word", "1<i style='opacity:0'><b style='opacity:1'>2</b></i>", Unread.HIDDEN),
        ("a list of proposals", "1<datalist><option>2</datalist>", Unread.HIDDEN),
        ("brackets around what stands above", "1<ruby>甲<rp>2</rp></ruby>", Unread.HIDDEN),
        ("another page", "1<iframe src='http://localhost:9/'></iframe>", Unread.EMBEDDED),
        ("an object", "1<object data='a.xls'>2</object>", Unread.EMBEDDED),
        ("a film", "1<video>2</video>", Unread.EMBEDDED),
        ("a formula", "1<math><mn>2</mn></math>", Unread.EMBEDDED),
        ("a word from right to left", "1<i style='direction:rtl;unicode-bidi:bidi-override'>2</i>", Unread.MAY_DIFFER),
        ("a field to fill in", "<input value='120'>", Unread.CONTROL),
        ("a choice", "<select><option>120</select>", Unread.CONTROL),
    ],
)
def test_what_is_not_read_in_a_cell_is_told(why, inside, kind):
    got = sheet(f"<tr><td>甲<td>{inside}")
    assert got.unread == [("B1", kind)], why
    assert all("2" not in str(c.value) for c in got.cells.values()), why


@pytest.mark.parametrize(
    ("why", "inside"),
    [
        ("shown again inside", "<i style='visibility:hidden'><b style='visibility:visible'>1</b></i>"),
        ("a size of its own", "<i style='font-size:0'><b style='font-size:12px'>1</b></i>"),
        ("its own style goes before its class", "<i class=no style='display:inline'>1</i>"),
        ("half a size", "<i style='font-size:0.5em;opacity:0.5'>1</i>"),
        ("a blank that is hidden", "1<i style='display:none'> </i>"),
        ("open details", "<details open>1</details>"),
        ("the line that unfolds", "<details><summary>1</summary></details>"),
        ("a drawing without words", "1<svg><path d='m0'/></svg>"),
    ],
)
def test_what_is_shown_is_read_and_nothing_told(why, inside):
    got = sheet(f"<tr><td>甲<td>{inside}", "<style>.no{display:none}</style>")
    assert (got.cells[0, 1].value, got.unread) == ("1", []), why


def test_a_cell_that_cannot_be_seen_keeps_its_place():
    got = sheet("<tr><td>甲<td style='visibility:hidden'>2<td>3")
    assert (places(got), got.unread) == ({(0, 0): "甲", (0, 2): "3"}, [("B1", Unread.HIDDEN)])


@pytest.mark.parametrize(
    ("inside", "apart"),
    [
        ("30<sup>2</sup>", "上标"),
        ("30<span style='vertical-align:super'>2</span>", "上标"),
        ("30<sub>2</sub>", "下标"),
        ("<del>100</del>30", "删除线"),
        ("<strike>100</strike>30", "删除线"),
        ("<i style='text-decoration:underline line-through'>100</i>30", "删除线"),
        ("<s>30</s>", "整格删除线"),
        ("期末余额<sup>1</sup>", "上标"),
        ("30<sup>&nbsp;</sup>", ""),
        ("<u>30</u>", ""),
    ],
)
def test_signs_that_stand_apart_are_known(inside, apart):
    assert sheet(f"<tr><td>甲<td>{inside}").cells[0, 1].apart == apart


def test_a_struck_cell_is_struck_as_a_whole():
    assert sheet("<tr><td>甲<td style='text-decoration:line-through'>30").cells[0, 1].apart == "整格删除线"
    assert sheet("<tr><td>甲<td style='vertical-align:super'>30").cells[0, 1].apart == "", "of a cell that is its place"


def test_what_was_not_read_sends_a_statement_back():
    data = as_html(Statement().lines()).replace(b"<td>28</td>", b"<td><input type=text value=28></td>")
    name = "农行.xls"
    reading = read_file(open_grid(data), ReceivedFile("f" * 64, name, "2018-04-05 09:00"), CATALOG)
    assert ("F06", "B12") in found(reading)


def test_hidden_and_silent_inputs_are_nothing():
    assert sheet("<tr><td>甲<input type=hidden value=9><input type=button value=查询>").unread == []


def test_a_raised_mark_behind_a_word_is_no_part_of_it_and_other_raised_signs_are():
    got = sheet("<tr><td>期末余额<sup>1</sup><td>300m<sup>2</sup><td>3<sup>2</sup>")
    assert [cell.value for cell in got.cells.values()] == ["期末余额", "300m2", "32"]
