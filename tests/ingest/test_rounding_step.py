"""How finely a statement's amounts were rounded: by what they hold; by the format where noughts may be nature."""

import pytest

from pipeline.ingest.reading import read_file
from pipeline.ingest.workbook import open_grid
from pipeline.jobs.receive import check_readings
from pipeline.model import ReceivedFile
from tests.faults.expecting import CATALOG, RECEIVED
from tests.faults.pages import xlsx
from tests.faults.plain import AMOUNTS, CAPTION, TOTAL, bank, rows

PLACES = [(row, col) for row in range(3, 14) for col in AMOUNTS]
FEN_PER_WAN = 1_000_000


def statement(typed, total, number_format, money="万元"):
    formats = {place: number_format for place in PLACES if number_format}
    caption = (*CAPTION[:3], f"单位：{money}、户、笔")
    data = xlsx(bank(rows=[*typed, list(total)], caption=caption, page={"formats": formats}))
    return read_file(open_grid(data, "报表.xlsx"), ReceivedFile("f" * 64, "报表.xlsx", RECEIVED), CATALOG)


@pytest.mark.parametrize(
    ("why", "value", "number_format", "step"),
    [
        ("four places shown, two filled", 60.51, "0.0000", 10_000),
        ("two places shown, two filled", 60.51, "0.00", 10_000),
        ("none shown, two filled: what is stored counts", 60.51, "0", 10_000),
        ("General", 60.51, "", 10_000),
        ("noise of binary arithmetic is no place", 0.1 + 0.2, "0.00", 10_000),
    ],
)
def test_the_step_is_the_last_place_that_an_amount_fills(why, value, number_format, step):
    typed = rows()
    typed[0][2] = value
    assert statement(typed, TOTAL, number_format).submissions[0].step == step, why


AMOUNT_CELLS = [(row, col) for row in range(10) for col in AMOUNTS]


@pytest.mark.parametrize(
    ("why", "unrounded", "more", "step"),
    [
        ("one formula in thirty-three amounts says nothing of the others", 1, 0.0023, 10_000),
        ("nor do all digits of a quotient", 1, 0.00234567, 10_000),
        ("six in thirty-three are few", 6, 0.0023, 10_000),
        ("seven are not", 7, 0.0023, 100),
        ("where all are unrounded they are exact", 30, 0.0023, 100),
        ("to the fen", 30, 0.002345, 1),
    ],
)
def test_a_few_amounts_that_a_formula_left_unrounded_say_nothing_of_the_others(why, unrounded, more, step):
    typed = [list(row) for row in rows()]
    for row, col in AMOUNT_CELLS[:unrounded]:
        typed[row][col] = round(typed[row][col] + more, 8)
    assert statement(typed, TOTAL, "0.00").submissions[0].step == step, why


def test_beside_whole_amounts_a_finer_one_counts():
    """They may be whole by nature, as loans are: what is not says how finely its sender reports."""
    typed = [[round(v) if c in AMOUNTS else v for c, v in enumerate(row)] for row in rows()]
    typed[0][AMOUNTS[0]] += 0.0023
    total = (*TOTAL[:2], 650, *TOTAL[3:5], 348, 20, None)
    assert statement(typed, total, "0.00").submissions[0].step == 100


@pytest.mark.parametrize(("number_format", "step"), [("0.00", 10_000), ("0", FEN_PER_WAN), ("", FEN_PER_WAN)])
def test_of_whole_amounts_the_format_says_whether_they_are_rounded(number_format, step):
    """Loans are made in whole 万元: a statement of nothing else may well be exact to the places that it shows."""
    typed = [[round(v) if c in AMOUNTS else v for c, v in enumerate(row)] for row in rows()]
    total = (*TOTAL[:2], 650, *TOTAL[3:5], 348, 20, None)
    assert statement(typed, total, number_format).submissions[0].step == step


@pytest.mark.parametrize(
    ("why", "decimals", "step"),
    [
        ("one decimal of 万元", 1, 100_000),
        ("two decimals of 万元", 2, 10_000),
        ("three", 3, 1_000),
        ("four are 元", 4, 100),
        ("loans in whole 万元 are exact in 元", 0, 100),
    ],
)
def test_amounts_in_yuan_that_were_rounded_in_wan(why, decimals, step):
    """60.5万 is typed as 605000; one of them has one 1 more, at the last of these decimals."""
    typed = [[round(round(v, decimals) * 10_000) if c in AMOUNTS else v for c, v in enumerate(row)] for row in rows()]
    typed[0][2] += 10 ** (4 - decimals)
    total = [sum(row[c] for row in typed) if c in AMOUNTS else v for c, v in enumerate(TOTAL)]
    assert statement(typed, total, "", money="元").submissions[0].step == step, why


def test_of_a_handful_of_whole_amounts_the_format_counts():
    typed = [
        [(round(v) if n < 2 else 0) if c in AMOUNTS else v for c, v in enumerate(row)] for n, row in enumerate(rows())
    ]
    total = (*TOTAL[:2], 122, *TOTAL[3:5], 61, 4, None)
    assert statement(typed, total, "0.00").submissions[0].step == 10_000


@pytest.mark.parametrize(
    ("why", "off", "number_format", "wrong"),
    [
        ("five and a half hundredths are roundings", 0.05, "0.0000", False),
        ("six are not", 0.06, "0.0000", True),
        ("nor are they without a format", 0.06, "", True),
        ("an honest rounding is one by any format", 0.05, "0.00", False),
    ],
)
def test_totals_are_held_against_what_was_rounded(why, off, number_format, wrong):
    total = list(TOTAL)
    total[5] = round(347.5 + off, 2)
    reading = statement(rows(), total, number_format)
    found = [f for f in check_readings([reading], CATALOG)[0] if f.rule == "A01"]
    assert [f.cell for f in found] == (["F14"] if wrong else []), why
