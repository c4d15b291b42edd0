"""Which slip turns one figure into another, and when none does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.validate.diagnosis.slips import Cause, exact_inverses, slip


@pytest.mark.parametrize(
    ("reported", "true", "step", "cause"),
    [
        (-1234, 1234, 1, Cause.SIGN),
        (12_340_000, 1234, 1, Cause.UNIT),
        (1234, 12_340_000, 1, Cause.UNIT),
        (14_020_399_600_000, 1_402_040_000, 10_000, Cause.UNIT),
        (12340, 1234, 1, Cause.DIGIT_MORE),
        (12334, 1234, 1, Cause.DIGIT_MORE),
        (1234, 12340, 1, Cause.DIGIT_LESS),
        (134, 1234, 1, Cause.DIGIT_LESS),
        (1324, 1234, 1, Cause.TRANSPOSED),
        (2134, 1234, 1, Cause.TRANSPOSED),
        (1294, 1234, 1, Cause.WRONG_DIGIT),
        (0, 1234, 1, Cause.OMITTED),
        (123_400, 1234, 1, Cause.POINT),
        (1234, 1_234_000, 1, Cause.POINT),
        (9876, 1234, 1, None),
        (1234, 1234, 1, None),
        (4321, 1234, 1, None),
        (5, 3, 1, None),
        (132_40_0000, 123_40_0000, 10_000, Cause.TRANSPOSED),
        (132_40_0000, 123_41_0000, 10_000, Cause.TRANSPOSED),
        (132_40_0000, 123_39_0000, 10_000, Cause.TRANSPOSED),
        (132_40_0000, 123_42_0000, 10_000, None),
        (1223_40_0000, 123_41_0000, 10_000, Cause.DIGIT_MORE),
        (72, 0, 1, None),
        (85_0000, 1_0000, 10_000, None),
        (85_0000, 0, 10_000, None),
        (20_000_0000, 2_0000, 10_000, Cause.UNIT),
    ],
)
def test_the_slip_by_which_a_figure_became_another(reported, true, step, cause):
    assert slip(reported, true, step) is cause


@pytest.mark.parametrize(
    ("reported", "true", "cause"),
    [
        (1, 11, Cause.DIGIT_LESS),
        (21, 11, Cause.WRONG_DIGIT),
        (11, 0, None),
        (21, 12, Cause.TRANSPOSED),
        (110, 11, Cause.DIGIT_MORE),
        (10_000, 1, None),
        (0, 11, Cause.OMITTED),
    ],
)
def test_a_count_is_exact_and_has_no_unit(reported, true, cause):
    assert slip(reported, true, 1, is_amount=False) is cause


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_an_honest_pair_is_never_called_a_slip_of_ten(reported, true):
    found = slip(reported, true, 1)
    if found in (Cause.DIGIT_MORE, Cause.DIGIT_LESS):
        assert abs(len(str(reported)) - len(str(true))) == 1


@given(st.integers(10, 10**12))
def test_what_was_meant_is_no_slip(figure):
    assert slip(figure, figure, 1) is None


@pytest.mark.parametrize(
    ("why", "reported", "true"),
    [
        ("nothing", 850_0000, 0),
        ("the minus", -1408_0000, 1408_0000),
        ("ten times as much", 1410_0000, 141_0000),
        ("a tenth", 141_0000, 1410_0000),
        ("two digits exchanged", 1048_0000, 1408_0000),
        ("a digit twice", 14408_0000, 1408_0000),
    ],
)
def test_a_slip_undone_is_exact(why, reported, true):
    assert true in exact_inverses(reported, 10_000), why


def test_a_tenth_that_cannot_be_typed_is_no_exact_inverse():
    """14.08万 is no ten times of anything with two decimals."""
    assert 1408_000 not in exact_inverses(1408_0000, 10_000)
