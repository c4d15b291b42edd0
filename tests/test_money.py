from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.money import FEN_PER_WAN, fixed, plain, round_half_up, shortest_decimal, to_integer, wan, yuan


@pytest.mark.parametrize(
    ("why", "number", "places", "text"),
    [
        ("half goes up, as Excel shows it", Fraction(1, 200), 2, "0.01"),
        ("half goes away from zero below zero too", Fraction(-1, 200), 2, "-0.01"),
        ("less than half is gone, and there is no minus zero", Fraction(-1, 201), 2, "0.00"),
        ("binary floats would say 1.00", Fraction("1.005"), 2, "1.01"),
        ("whole numbers have no point", Fraction(5, 2), 0, "3"),
        ("leading zeros of the rest stay", Fraction(1205, 100), 2, "12.05"),
    ],
)
def test_numbers_are_rounded_once_and_half_up(why, number, places, text):
    assert fixed(number, places) == text


@pytest.mark.parametrize(
    ("why", "stored", "unit", "fen", "rounded"),
    [
        ("two decimals of 万元", 12.34, FEN_PER_WAN, 12_340_000, False),
        ("a double that is a hair off is what it stands for", 0.1 + 0.2, FEN_PER_WAN, 300_000, False),
        ("a part of a fen is rounded and told", 0.0000015, FEN_PER_WAN, 2, True),
        ("within 0.001 fen of a fen it is that fen", 1.0000000009, FEN_PER_WAN, 1_000_000, False),
        ("元 with fen", 1234.56, 100, 123_456, False),
        ("half a fen goes up", 0.005, 100, 1, True),
        ("half a fen below zero goes down", -0.005, 100, -1, True),
    ],
)
def test_stored_numbers_become_fen(why, stored, unit, fen, rounded):
    exact = to_integer(shortest_decimal(stored), unit)
    assert (exact.value, exact.rounded) == (fen, rounded)


@pytest.mark.parametrize(
    ("fen", "text"),
    [(123_456_700, "123.4567"), (120_000, "0.12"), (1, "0.000001"), (-50_000_000, "-50.00"), (0, "0.00")],
)
def test_wan_hides_nothing(fen, text):
    assert wan(fen) == text


def test_yuan_has_two_decimals():
    assert yuan(-5) == "-0.05"
    assert yuan(123456) == "1234.56"


def test_plain_drops_trailing_zeros_only_behind_the_point():
    assert plain(Fraction(435, 100), 6) == "4.35"
    assert plain(Fraction(100), 6) == "100"


@given(st.integers(-(10**14), 10**14))
def test_any_amount_of_fen_survives_being_typed_in_wan(fen):
    typed = Decimal(fen) / Decimal(FEN_PER_WAN)
    assert to_integer(typed, FEN_PER_WAN).value == fen
    assert Fraction(Decimal(wan(fen))) * FEN_PER_WAN == fen


@given(st.fractions(), st.integers(0, 6))
def test_rounding_errs_by_at_most_half_a_unit(number, places):
    units = round_half_up(number, places)
    assert abs(Fraction(units, 10**places) - number) <= Fraction(1, 2 * 10**places)
