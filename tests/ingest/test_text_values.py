"""What one cell says as text: its words by lines, numbers as they show."""

import pytest

from pipeline.ingest.values import as_lines, read_amount, read_text
from pipeline.model import Cell, CellKind, Symbol


def number(value, **look):
    return Cell(0, 0, CellKind.NUMBER, value, **look)


@pytest.mark.parametrize(
    ("why", "stored", "lines"),
    [
        ("as Excel ends a line", "一\n二", "一\n二"),
        ("as Windows does", "一\r\n二", "一\n二"),
        ("as old Macs did", "一\r二", "一\n二"),
        ("as some writers leave it behind", "一_x000D_\n二", "一\n二"),
        ("as Word breaks a line", "一\v二\f三", "一\n二\n三"),
        ("as Unicode would", "一\u2028二\u2029三\x85四", "一\n二\n三\n四"),
        ("a blank line inside stays", "一\n\n二", "一\n\n二"),
        ("blanks around are gone, full-width ones too", " 　\n一 二　\n", "一 二"),
        ("so are marks that nobody sees", "\ufeff\u200b一\u200b二\u200b", "一\u200b二"),
        ("a tabulator is a wide blank", "一\t二", "一　二"),
        ("control characters are none", "一\x07二\x00", "一二"),
        ("nothing", " \u200b\n", ""),
    ],
)
def test_lines(why, stored, lines):
    assert as_lines(stored) == lines


@pytest.mark.parametrize(
    ("why", "cell", "text"),
    [
        ("a whole number", number(12.0), "12"),
        ("a fraction", number(4.35), "4.35"),
        ("a percentage", number(0.0435, percent=True, decimals=2), "4.35%"),
        ("a percentage stored with noise", number(0.1 + 0.2, percent=True), "30%"),
        ("with a unit in its format", number(5.0, format_text="万元"), "5万元"),
        ("months", number(36.0, format_text="个月"), "36个月"),
        ("with a currency sign in its format", number(5.0, format_text="¥"), "5"),
        ("a telephone number", number(13900000000.0), "13900000000"),
        ("a large round number", number(1e14), "100000000000000"),
        ("a negative one", number(-3.5), "-3.5"),
    ],
)
def test_numbers_as_they_show(why, cell, text):
    read = read_text(cell)
    assert (read.text, read.value, read.problem) == (text, None, "")


@pytest.mark.parametrize(
    ("why", "cell", "said"),
    [
        ("digits that are lost", number(6.10902198001011e17), "数字超过15位"),
        ("words in the format that are no unit", number(5.0, format_text="约"), "数字格式里带有文字"),
        ("a format that shows thousands", number(5000.0, format_text="÷1000千元"), "数字格式里带有文字或缩放"),
        ("no finite number", number(float("inf")), "不是有限的数"),
    ],
)
def test_numbers_that_do_not_show_for_sure(why, cell, said):
    read = read_text(cell)
    assert (read.text, read.problem.startswith(said)) == ("", True)


@pytest.mark.parametrize(
    ("text", "symbol"), [("—", Symbol.NOT_APPLICABLE), ("　/ ", Symbol.NOT_APPLICABLE), ("NULL", Symbol.MISSING)]
)
def test_signs_are_no_words(text, symbol):
    read = read_text(Cell(0, 0, CellKind.TEXT, text))
    assert (read.text, read.symbol) == ("", symbol)


@pytest.mark.parametrize("text", ["无", "零", "0", "暂无", "没有"])
def test_words_for_nothing_are_words(text):
    assert read_text(Cell(0, 0, CellKind.TEXT, text)).text == text


@pytest.mark.parametrize("typed", ["6,277,672.16-", "12.5 -", "7-"])
def test_a_minus_behind_a_number_is_said_to_stand_there(typed):
    assert "负号写在数字后面" in read_amount(Cell(0, 0, CellKind.TEXT, typed), 100).problem
