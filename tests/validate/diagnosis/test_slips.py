"""Which slip turns one figure into another, and when none does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.validate.diagnosis.slips import Cause, slip


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
