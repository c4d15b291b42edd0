from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Figure, Symbol
from pipeline.render.change_words import (
    MONTH_ON_MONTH,
    YEAR_ON_YEAR,
    change_words,
    growth_words,
    pace_words,
    points_words,
)


def ratio(numerator: int | None, denominator: int = 10_000, symbol: Symbol = Symbol.NONE, text: str = "") -> Figure:
    return Figure("x", "ratio", numerator, denominator, symbol=symbol, text=text)


def without(symbol: Symbol, text: str = "") -> Figure:
    return ratio(None, symbol=symbol, text=text)


@pytest.mark.parametrize(
    ("why", "word", "figure", "words"),
    [
        ("more", YEAR_ON_YEAR, ratio(1320), "同比增长13.20%"),
        ("less", YEAR_ON_YEAR, ratio(-1320), "同比下降13.20%"),
        ("all of it gone", YEAR_ON_YEAR, ratio(-10_000), "同比下降100.00%"),
        ("six times as much", YEAR_ON_YEAR, ratio(51443), "同比增长514.43%"),
        ("equal", YEAR_ON_YEAR, ratio(0), "同比持平"),
        ("equal as far as it is printed", YEAR_ON_YEAR, ratio(1, 20_001), "同比持平"),
        ("half up", YEAR_ON_YEAR, ratio(1, 20_000), "同比增长0.01%"),
        ("nothing last year", YEAR_ON_YEAR, without(Symbol.BASE_ZERO), "上年同期为零，不计算增速"),
        ("last year nobody counted", YEAR_ON_YEAR, without(Symbol.BASE_MISSING), "上年同期未统计"),
        ("below zero last year", YEAR_ON_YEAR, without(Symbol.BASE_NEGATIVE), "上年同期为负，不计算增速"),
        ("above zero again", YEAR_ON_YEAR, without(Symbol.BASE_NEGATIVE, "由负转正"), "同比由负转正"),
        ("below zero now", YEAR_ON_YEAR, without(Symbol.BASE_NEGATIVE, "由正转负"), "同比由正转负"),
        ("some are missing", YEAR_ON_YEAR, without(Symbol.NOT_COMPUTED), "未报齐，不计算同比"),
        ("all are missing", YEAR_ON_YEAR, without(Symbol.MISSING), "未报送"),
        ("nobody lends", YEAR_ON_YEAR, without(Symbol.NOT_APPLICABLE), "同比不适用"),
        ("against the month before", MONTH_ON_MONTH, ratio(-1233), "环比下降12.33%"),
        ("nothing the month before", MONTH_ON_MONTH, without(Symbol.BASE_ZERO), "上月为零，不计算增速"),
        ("the month before nobody counted", MONTH_ON_MONTH, without(Symbol.BASE_MISSING), "上月未统计"),
        ("below zero the month before", MONTH_ON_MONTH, without(Symbol.BASE_NEGATIVE), "上月为负，不计算增速"),
        ("below zero this month", MONTH_ON_MONTH, without(Symbol.BASE_NEGATIVE, "由正转负"), "环比由正转负"),
    ],
)
def test_growth(why, word, figure, words):
    assert growth_words(word, figure) == words, why


@pytest.mark.parametrize(
    ("figure", "unit", "words"),
    [
        (Figure("x", "fen", 111_460_000), "万元", "较年初增加111.46万元"),
        (Figure("x", "fen", -111_460_000), "万元", "较年初减少111.46万元"),
        (Figure("x", "fen", 4_999), "万元", "较年初持平"),
        (Figure("x", "fen", 0), "万元", "较年初持平"),
        (Figure("x", "户", 146), "户次", "较年初增加146户次"),
        (Figure("x", "fen", None, symbol=Symbol.BASE_MISSING), "万元", "年初未统计"),
        (Figure("x", "fen", None, symbol=Symbol.NOT_COMPUTED), "万元", "未报齐，不计算较年初变化"),
    ],
)
def test_change_since_the_year_began(figure, unit, words):
    assert change_words(figure, unit) == words


@pytest.mark.parametrize(
    ("figure", "since_year_start", "pace"),
    [
        (ratio(12), "较年初上升0.12个百分点", "快于序时进度0.12个百分点"),
        (ratio(-699), "较年初下降6.99个百分点", "慢于序时进度6.99个百分点"),
        (ratio(0), "较年初持平", "与序时进度持平"),
        (without(Symbol.BASE_MISSING), "年初未统计", "年初未统计"),
        (without(Symbol.NOT_COMPUTED), "未报齐，不计算较年初变化", "未报齐，不计算与序时进度的差距"),
    ],
)
def test_points_between_rates(figure, since_year_start, pace):
    assert points_words(figure) == since_year_start
    assert pace_words(figure) == pace


@given(st.integers(-(10**6), 10**6), st.integers(1, 10**6))
def test_direction_is_a_word_and_the_number_has_no_sign(numerator, denominator):
    figure = ratio(numerator, denominator)
    for words in (growth_words(YEAR_ON_YEAR, figure), points_words(figure), pace_words(figure)):
        found = re.fullmatch(r"\D+?(\d+\.\d\d)(?:%|个百分点)|\D+持平", words)
        assert found, words
        assert found[1] != "0.00"
        down = any(word in words for word in ("下降", "慢于"))
        assert not (down and numerator > 0)
        assert numerator >= 0 or down or words.endswith("持平")
