"""Raised, lowered and struck signs: a figure that has some is refused at its cell, words are what they are."""

import pickle

import pytest

from pipeline.ingest.apart import Apart, of_runs, words_of
from pipeline.ingest.values import read_amount, read_count, read_rate, read_text
from pipeline.model import Cell, CellKind
from tests.ingest.sheets import CATALOG


def cell(value, apart, kind=CellKind.TEXT):
    return Cell(3, 5, kind, value, apart=apart)


@pytest.mark.parametrize(
    ("why", "runs", "apart"),
    [
        ("a figure like any", [("30.25", None)], None),
        ("two pieces of one look", [("30", None), (".25", None)], None),
        ("a footnote's mark", [("30", None), ("2", Apart.RAISED)], Apart.RAISED),
        ("a mark below", [("30", None), ("2", Apart.LOWERED)], Apart.LOWERED),
        ("a mark alone is no figure either", [("2", Apart.RAISED)], Apart.RAISED),
        ("an old figure before the new one", [("100", Apart.STRUCK), ("30.25", None)], Apart.STRUCK),
        ("all of it", [("30", Apart.STRUCK), (".25", Apart.STRUCK)], Apart.ALL_STRUCK),
        ("struck, and a mark: what of it is meant is not known", [("3", Apart.STRUCK), ("1", Apart.RAISED)], "删除线"),
        ("a raised blank is none", [("30.25", None), (" \n", Apart.RAISED)], None),
        ("blanks between struck signs", [("3", Apart.STRUCK), (" ", None)], Apart.ALL_STRUCK),
        ("nothing", [], None),
    ],
)
def test_how_the_signs_of_a_text_stand(why, runs, apart):
    assert of_runs(runs) == apart, why


@pytest.mark.parametrize(
    ("runs", "words"),
    [
        ([("期末余额", None), ("1", Apart.RAISED)], "期末余额"),
        ([("期末余额(万元)", None), ("[2]", Apart.RAISED)], "期末余额(万元)"),
        ([("汉滨区", None), ("注1", Apart.RAISED), ("、汉阴县", None), ("*", Apart.RAISED)], "汉滨区、汉阴县"),
        ([("300m", None), ("2", Apart.RAISED)], "300m2"),
        ([("30", None), ("2", Apart.RAISED)], "302"),
        ([("2", Apart.RAISED)], "2"),
        ([("金额", None), ("万元", Apart.RAISED)], "金额万元"),
        ([("户数", None), ("2018", Apart.RAISED)], "户数2018"),
        ([("CO", None), ("2", Apart.LOWERED)], "CO2"),
        ([("旧文字", Apart.STRUCK), ("新文字", None)], "旧文字新文字"),
    ],
)
def test_a_raised_mark_behind_a_word_is_no_part_of_it(runs, words):
    assert words_of(runs) == words


@pytest.mark.parametrize("apart", [Apart.RAISED, Apart.LOWERED, Apart.STRUCK])
def test_a_figure_with_signs_apart_is_not_read(apart):
    for reading in (
        read_amount(cell("302", apart), 1_000_000),
        read_count(cell("302", apart), CATALOG.forms["M01"].by_code["outstanding_households"]),
        read_rate(cell("302", apart), ""),
        read_amount(cell(302.0, apart, CellKind.NUMBER), 1_000_000),
        read_amount(cell("—1", apart), 1_000_000),
    ):
        assert (reading.value, apart.value in reading.problem) == (None, True)


def test_a_figure_that_is_struck_as_a_whole_is_read_where_it_stands():
    assert read_amount(cell("30.25", Apart.ALL_STRUCK), 1_000_000).value == 30_250_000


def test_raised_signs_in_words_are_harmless_and_struck_ones_are_not_read_as_if_they_were_meant():
    assert read_text(cell("建成厂房300m2", Apart.RAISED)).text == "建成厂房300m2"
    assert read_text(cell("完工", Apart.ALL_STRUCK)).text == "完工"
    assert "删除线" in read_text(cell("在建完工", Apart.STRUCK)).problem


def test_it_comes_home_from_the_workers():
    struck = cell("30.25", Apart.STRUCK)
    assert pickle.loads(pickle.dumps(struck)) == struck
