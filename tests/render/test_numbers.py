from __future__ import annotations

from fractions import Fraction

import pytest

from pipeline.catalog.annexes import AnnexColumn, AnnexLayout
from pipeline.model import Figure, FigurePart, FigureRow, FigureTable, Symbol
from pipeline.render.numbers import is_negligible, rounding_shows, show


def _column(unit: str, derivation: str = "sum") -> AnnexColumn:
    return AnnexColumn(id="x", header=("某项",), unit=unit, derivation=derivation)


@pytest.mark.parametrize(
    ("why", "figure", "text", "number_format"),
    [
        ("two decimals of 万元", Figure("x", "fen", 12_345_678), "12.35", "0.00"),
        ("half up, away from zero", Figure("x", "fen", 1_005_000), "1.01", "0.00"),
        ("a fall half up, away from zero", Figure("x", "fen", -1_005_000), "-1.01", "0.00"),
        ("zero is 0", Figure("x", "fen", 0), "0", "0"),
        ("half the last digit is still printed", Figure("x", "fen", 5_000), "0.01", "0.00"),
        ("less than half the last digit", Figure("x", "fen", 4_999), "…", '"…"'),
        ("less than half, below zero", Figure("x", "fen", -4_999), "…", '"…"'),
        ("partial", Figure("x", "fen", 12_345_678, symbol=Symbol.PARTIAL), "12.35*", '0.00"*"'),
        ("partial and zero", Figure("x", "fen", 0, symbol=Symbol.PARTIAL), "0*", '0"*"'),
        ("partial and tiny", Figure("x", "fen", 1, symbol=Symbol.PARTIAL), "…*", '"…*"'),
        ("households", Figure("x", "户", 1234), "1234", "0"),
        ("a ratio in percent", Figure("x", "ratio", 1, 3), "33.33%", "0.00%"),
        ("1.125 % rounds up", Figure("x", "ratio", 45, 4000), "1.13%", "0.00%"),
        ("a tiny ratio", Figure("x", "ratio", 1, 100_000), "…", '"…"'),
        ("a partial ratio", Figure("x", "ratio", 1, 4, Symbol.PARTIAL), "25.00%*", '0.00%"*"'),
        ("a rank", Figure("x", "rank", 3, rank_of=9), "3", "0"),
    ],
)
def test_numbers(why, figure, text, number_format):
    shown = show(figure, _column(figure.unit))
    assert (shown.text, shown.number_format) == (text, number_format), why
    assert shown.value is not None


@pytest.mark.parametrize(
    ("why", "symbol", "derivation", "text"),
    [
        ("not reported is blank", Symbol.MISSING, "sum", ""),
        ("does not apply", Symbol.NOT_APPLICABLE, "ratio", "—"),
        ("incomplete", Symbol.NOT_COMPUTED, "growth", "未报齐，不计算"),
        ("no rank", Symbol.NOT_COMPUTED, "rank", "—"),
        ("no rank where nothing was reported", Symbol.MISSING, "rank", ""),
        ("base zero", Symbol.BASE_ZERO, "growth", "上年同期为零，不计算增速"),
        ("no base last year", Symbol.BASE_MISSING, "growth", "上年同期未统计"),
        ("no base last December", Symbol.BASE_MISSING, "change", "年初未统计"),
        ("base below zero", Symbol.BASE_NEGATIVE, "growth", "上年同期为负，不计算增速"),
    ],
)
def test_words_in_place_of_a_number(why, symbol, derivation, text):
    shown = show(Figure("x", "ratio", symbol=symbol), _column("ratio", derivation))
    assert (shown.text, shown.value) == (text, None), why


def test_a_figures_own_words_win():
    figure = Figure("x", "ratio", symbol=Symbol.BASE_NEGATIVE, base=-1, text="由负转正")
    assert show(figure, _column("ratio", "growth")).text == "由负转正"


def test_zero_is_never_negligible():
    assert not is_negligible(Fraction(0), "fen")


def _table(*amounts: int | None) -> FigureTable:
    def figure(number: int | None) -> dict[str, Figure]:
        return {"x": Figure("x", "fen", number, symbol=Symbol.NONE if number is not None else Symbol.MISSING)}

    total, *parts = amounts
    rows = [FigureRow(str(order), "县", figure(number)) for order, number in enumerate(parts)]
    return FigureTable(3, "2018-03", (FigurePart("c", "", (FigureRow("total", "合计", figure(total), True), *rows)),))


@pytest.mark.parametrize(
    ("why", "table", "shows"),
    [
        ("0.004 + 0.004 = 0.008 prints as 0.00 + 0.00 = 0.01", _table(8_000, 4_000, 4_000), True),
        ("0.01 + 0.01 = 0.02", _table(20_000, 10_000, 10_000), False),
        ("a total that is not known", _table(None, 10_000), False),
        ("a total over more than its rows is not a matter of rounding", _table(30_000, 10_000, None), False),
    ],
)
def test_the_note_on_rounding_stands_only_where_it_shows(why, table, shows):
    layout = AnnexLayout(number=3, file_name="", title="", columns=(_column("fen"),))
    assert rounding_shows(table, layout) is shows, why
