from __future__ import annotations

import pytest

from pipeline.model import Symbol
from pipeline.transform.ratios import ratio
from pipeline.transform.sums import Place, Sum

A, B = Place("a", "x", "north"), Place("b", "x", "south")
WHOLE, LACKING_B = Sum({A: 3, B: 1}, frozenset()), Sum({A: 3}, frozenset({B}))
NOTHING, NOBODY = Sum({}, frozenset({A, B})), Sum({}, frozenset())


@pytest.mark.parametrize(
    ("why", "above", "below", "same_form", "number", "symbol"),
    [
        ("a ratio of sums", WHOLE, WHOLE, True, (4, 4), Symbol.NONE),
        ("both sides lack the same: of what is there", LACKING_B, LACKING_B, True, (3, 3), Symbol.PARTIAL),
        ("one side lacks a part", LACKING_B, WHOLE, True, (None, 1), Symbol.NOT_COMPUTED),
        ("the other side lacks a part", WHOLE, LACKING_B, True, (None, 1), Symbol.NOT_COMPUTED),
        ("two forms with gaps never speak for the same", LACKING_B, LACKING_B, False, (None, 1), Symbol.NOT_COMPUTED),
        ("nothing to divide", NOTHING, WHOLE, True, (None, 1), Symbol.MISSING),
        ("nothing to divide by", WHOLE, NOTHING, True, (None, 1), Symbol.MISSING),
        ("nobody lends here", NOBODY, NOBODY, True, (None, 1), Symbol.NOT_APPLICABLE),
        ("nothing outstanding: no rate", WHOLE, Sum({A: 0}, frozenset()), True, (None, 1), Symbol.NOT_APPLICABLE),
        ("nothing past due is a rate of zero", Sum({A: 0}, frozenset()), WHOLE, True, (0, 4), Symbol.NONE),
    ],
)
def test_ratio(why, above, below, same_form, number, symbol):
    figure = ratio("r", above, below, same_form=same_form)
    assert (figure.numerator, figure.denominator, figure.symbol) == (*number, symbol), why
