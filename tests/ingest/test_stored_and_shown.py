"""A stored number beside a text: the same number shown, or another."""

from datetime import date, datetime, time

import pytest

from pipeline.ingest.number_format import parse
from pipeline.ingest.stored_and_shown import settled
from pipeline.model import Cell, CellKind


def number(stored, text, code=""):
    look = parse(code, stored)
    cell = Cell(0, 0, CellKind.NUMBER, stored, look.decimals, look.percent, look.text)
    return settled(cell, text, by_sign=";" in code)


@pytest.mark.parametrize(
    ("stored", "text", "code"),
    [
        (30.25, "30.25", ""),
        (5.0, "5", ""),
        (1234.5678, "1,234.57", "#,##0.00"),
        (1234.5678, "1,235", ""),
        (3025.0, "30.25", "0!.00"),
        (302500.0, "303", "0,"),
        (0.0435, "4.35%", "0.00%"),
        (0.0435, "4.4 %", "0.0%"),
        (-3.0, "(3.00)", "0.00_);(0.00)"),
        (-3.0, "3.00", "0.00;[Red]0.00"),
        (-3.0, "△3", "0;△0"),
        (-3.0, "负3", "0;负0"),
        (-3.0, "3.00-", "0.00;0.00-"),
        (3.0, "￥ 3.00", '"￥ "0.00'),
        (3.0, "￥3.00", ""),
        (35.0, "35户", '0"户"'),
        (123456789012.0, "1.23457E+11", ""),
        (30.25, "30,25", ""),
        (30.25, "３０．２５", ""),
        (30.25, "####", "0.00"),
        (0.0, "—", '0;-0;"—"'),
        (2.0, "(2)", r"\(General\)"),
    ],
)
def test_the_same_number(stored, text, code):
    found = number(stored, text, code)
    assert (found.kind, found.value) == (CellKind.NUMBER, stored)


@pytest.mark.parametrize(
    ("stored", "text", "percent", "words"),
    [
        (302500.0, "302500元", False, "元"),
        (30.25, "30.25 亿", False, "亿"),
        (35.0, "35户", False, "户"),
        (0.0435, "4.35%", True, ""),
        (4.35, "4.35%", False, "%"),
        (3.6, "3.6‰", False, "‰"),
    ],
)
def test_units_that_only_the_text_shows(stored, text, percent, words):
    found = number(stored, text)
    assert (found.kind, found.percent, found.format_text) == (CellKind.NUMBER, percent, words)


@pytest.mark.parametrize(
    ("stored", "text", "code"),
    [
        (99.25, "30.25", ""),
        (30.25, "3025", ""),
        (30.25, "-30.25", ""),
        (-30.25, "30.25", ""),
        (-30.25, "30.25", "0.00"),
        (3.025, "3,025", ""),
        (30.26, "30.2", ""),
        (30.26, "30.3", "0.00"),
        (30.25, "30.2500001", ""),
        (302500.0, "30.25万元", ""),
        (302500.0, "302500", '0!.0000"万元"'),
        (30.25, "30.25元", '0.00"万元"'),
        (0.3025, "0.3025", "0.00%"),
        (99.25, "无", ""),
        (0.0, "—", ""),
        (0.0, "无", ""),
        (30.25, "约30.25", ""),
        (30.25, "30.\u202e25", ""),
        (43190.0, "2018-03-30", ""),
        (43190.0, "3月31日", ""),
    ],
)
def test_another_number_is_never_a_guess(stored, text, code):
    found = number(stored, text, code)
    assert (found.kind, found.value) == (CellKind.CONTRADICTED, text)
    assert float(found.format_text) == stored


def test_a_number_shown_as_its_day():
    found = number(43190.0, "2018年3月31日")
    assert (found.kind, found.value) == (CellKind.DATE, date(2018, 3, 31))


def test_an_error_shown():
    assert number(0.0, "#NAME?").kind is CellKind.ERROR


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2018-03-31", True),
        ("2018年3月", True),
        ("3/31/18", True),
        ("31-Mar-18", True),
        ("二〇一八年三月三十一日", True),
        ("2018-03-31 12:00 AM", True),
        ("#####", True),
        ("", True),
        ("2018-02-28", False),
        ("2018-31-03", False),
        ("2017年3月31日", False),
        ("31-Feb-18", False),
        ("107年3月31日", False),
        ("无", False),
    ],
)
@pytest.mark.parametrize("day", [date(2018, 3, 31), datetime.combine(date(2018, 3, 31), time(9, 30))])
def test_days(day, text, same):
    found = settled(Cell(0, 0, CellKind.DATE, day), text, by_sign=False)
    assert found.kind is (CellKind.DATE if same else CellKind.CONTRADICTED)


def test_a_day_that_the_writer_counted_from_1904():
    found = settled(Cell(0, 0, CellKind.DATE, date(2014, 3, 30)), "2018-03-31", by_sign=False)
    assert found.value == date(2018, 3, 31)
