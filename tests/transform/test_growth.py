from __future__ import annotations

from fractions import Fraction

import pytest

from pipeline.model import Symbol
from pipeline.money import fixed
from pipeline.transform.growth import change, growth, growth_of, matched
from pipeline.transform.sums import Place, Sum

A, B = Place("a", "x", "north"), Place("b", "x", "south")


def _sum(*gaps: Place, **parts: int) -> Sum:
    return Sum({{"a": A, "b": B}[name]: number for name, number in parts.items()}, frozenset(gaps))


@pytest.mark.parametrize(
    ("why", "current", "base", "percent"),
    [
        ("阳江 2019: 596 households against 97", 596, 97, "514.43"),
        ("阳江 2019: 2,024.39 against 279.13 万元", 2_024_390_000, 279_130_000, "625.25"),
        ("a fall to nothing is 100 %", 0, 97, "-100.00"),
        ("no change", 97, 97, "0.00"),
    ],
)
def test_growth_in_percent(why, current, base, percent):
    figure = growth("yoy", _sum(a=current), _sum(a=base))
    assert fixed(Fraction(figure.numerator, figure.denominator) * 100, 2) == percent, why


def test_the_published_total_of_yangjiang_adds_up():
    # 34,238.57 + 19,191.75 = 53,430.32 万元
    assert _sum(a=34_238_570_000, b=19_191_750_000).value == 53_430_320_000


@pytest.mark.parametrize(
    ("why", "current", "base", "symbol"),
    [
        ("a base of zero has no rate", _sum(a=5), _sum(a=0), Symbol.BASE_ZERO),
        ("nobody knows the base", _sum(a=5), _sum(A), Symbol.BASE_MISSING),
        ("nobody owed the base", _sum(a=5), _sum(), Symbol.BASE_MISSING),
        ("part of the base is missing", _sum(a=5, b=5), _sum(B, a=4), Symbol.NOT_COMPUTED),
        ("part of the current is missing", _sum(B, a=5), _sum(a=4, b=4), Symbol.NOT_COMPUTED),
        ("part of the current and all of the base is missing", _sum(B, a=5), _sum(A, B), Symbol.NOT_COMPUTED),
        ("nothing is reported now", _sum(A), _sum(a=4), Symbol.MISSING),
        ("nobody lends here", _sum(), _sum(), Symbol.NOT_APPLICABLE),
        ("a negative base has no rate", _sum(a=5), _sum(a=-4), Symbol.BASE_NEGATIVE),
    ],
)
def test_growth_that_means_nothing_is_not_given(why, current, base, symbol):
    figure = growth("yoy", current, base)
    assert (figure.numerator, figure.symbol) == (None, symbol), why


@pytest.mark.parametrize(
    ("why", "current", "base", "text"),
    [
        ("from below zero to above", 5, -4, "由负转正"),
        ("below zero in both", -5, -4, ""),
        ("from above zero to below: never a fall of more than 100 %", -5, 4, "由正转负"),
    ],
)
def test_signs_that_turn(why, current, base, text):
    figure = growth_of("yoy", current, base)
    assert (figure.numerator, figure.symbol, figure.text) == (None, Symbol.BASE_NEGATIVE, text), why


def test_change_is_in_the_unit_of_the_sums_and_knows_its_base():
    figure = change("change", "fen", _sum(a=5, b=-7), _sum(a=4, b=0))
    assert (figure.numerator, figure.unit, figure.base) == (-6, "fen", 4)


def test_matched_is_made_only_where_the_whole_cannot_be_compared():
    whole, base = _sum(a=6, b=5), _sum(a=4, b=4)
    assert matched(growth("yoy", whole, base), whole, base) is None
    partial = _sum(B, a=6)
    figure = matched(growth("yoy", partial, base), partial, base)
    assert (figure.name, figure.numerator, figure.denominator) == ("yoy_matched", 2, 4)
    difference = matched(change("change", "fen", partial, base), partial, base)
    assert (difference.name, difference.numerator) == ("change_matched", 2)
    apart = _sum(A, b=5), _sum(B, a=4)
    assert matched(growth("yoy", *apart), *apart) is None
