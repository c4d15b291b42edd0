from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Figure, Symbol
from pipeline.transform.ranks import rank_figures, ranks


def test_ties_share_a_rank_and_the_next_is_skipped():
    assert ranks({"a": Fraction(1), "b": Fraction(3), "c": Fraction(2), "d": Fraction(2)}) == {
        "b": 1,
        "c": 2,
        "d": 2,
        "a": 4,
    }


def test_what_prints_alike_is_not_a_tie():
    # 33.33 % both, but not equal
    assert ranks({"a": Fraction(33_333, 100_000), "b": Fraction(1, 3)}) == {"b": 1, "a": 2}


def test_rows_with_gaps_take_no_part():
    ranked = {
        "whole": Figure("r", "ratio", 1, 2),
        "partial": Figure("r", "ratio", 9, 10, Symbol.PARTIAL),
        "missing": Figure("r", "ratio", symbol=Symbol.MISSING),
        "also": Figure("r", "ratio", 1, 4),
    }
    made = rank_figures("rank", ranked)
    assert made["whole"] == Figure("rank", "rank", 1, rank_of=2)
    assert made["also"] == Figure("rank", "rank", 2, rank_of=2)
    assert made["partial"] == Figure("rank", "rank", symbol=Symbol.NOT_COMPUTED, rank_of=2)
    assert made["missing"] == Figure("rank", "rank", symbol=Symbol.MISSING, rank_of=2)


@given(st.dictionaries(st.text(max_size=3), st.fractions(max_denominator=50), max_size=12))
def test_a_rank_is_one_more_than_the_number_of_larger_ones(values):
    for key, rank in ranks(values).items():
        assert rank == 1 + sum(other > values[key] for other in values.values())
