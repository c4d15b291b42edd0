"""Whole numbers some of which are not known."""

import numpy as np

from pipeline.validate.masked import first_known, nothing, taken, true, unknown, without, zero_at


def known(*values):
    """Figures; None is not known."""
    return np.ma.array([value or 0 for value in values], mask=[value is None for value in values])


def told(figures):
    return [None if gone else int(value) for value, gone in zip(figures.data, unknown(figures), strict=True)]


def rows(*chosen):
    return np.array(chosen, dtype=bool)


def test_so_many_figures_that_nobody_reports():
    assert told(nothing(2)) == [None, None]
    assert told(nothing(0)) == []


def test_what_is_computed_from_an_unknown_is_unknown():
    assert told(known(1, None, 3) + known(1, 1, None)) == [2, None, None]
    assert list(true(known(1, None, 3) < known(2, 2, None))) == [True, False, False]


def test_a_comparison_that_was_not_made_is_not_true_whatever_it_would_have_been():
    assert list(true(known(None, None) == known(0, 1))) == [False, False]
    assert list(true(known(None, None) != known(0, 1))) == [False, False]


def test_without_some_rows():
    assert told(without(known(1, None, 3), rows(True, True, False))) == [None, None, 3]


def test_zero_at_some_rows_known_or_not():
    assert told(zero_at(known(1, None, 3, None), rows(True, True, False, False))) == [0, 0, 3, None]


def test_the_first_that_is_known():
    assert told(first_known(known(1, None, None, 4), known(9, 8, None, None))) == [1, 8, None, 4]


def test_figures_taken_from_other_places_and_from_nowhere():
    assert told(taken(known(1, None, 3, 4), np.array([3, 0, -1, 1, 2]))) == [4, 1, None, None, 3]


def test_the_given_figures_are_not_changed():
    given = known(1, None, 3)
    zero_at(given, rows(True, True, True))
    without(given, rows(True, True, True))
    first_known(given, known(7, 7, 7))
    assert told(given) == [1, None, 3]
