"""Totals equal the sums of their parts, whoever is in force and in whatever order the figures come."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Symbol
from pipeline.transform.annexes import annex_tables
from pipeline.transform.facts import Facts
from pipeline.transform.sums import Place, Sum, add, both
from tests.cities import MARCH, TEN, large_catalog, large_facts

A, B, C = (Place("a", "x", "north"), Place("a", "x", "south"), Place("b", "y", "north"))
CATALOG = large_catalog()
UNITS = sorted([*(f"rcb-{area}" for area in TEN), "psbc", "abc", *(f"fin-{area}" for area in TEN)])


def test_a_place_counts_only_with_all_of_its_indicators():
    total = add([A, B, C], ["m", "n"], {(A, "m"): 1, (A, "n"): 2, (B, "m"): 4, (C, "m"): 8, (C, "n"): 16})
    assert (total.value, total.gaps, total.symbol, total.coverage) == (27, {B}, Symbol.PARTIAL, (1, 2))


def test_an_empty_sum_has_no_value():
    assert (Sum({}, frozenset({A})).value, Sum({}, frozenset()).symbol) == (None, Symbol.NOT_APPLICABLE)


def test_both_adds_the_places_that_two_sums_share():
    assert both(Sum({A: 1, B: 2}, frozenset()), Sum({B: 5, C: 9}, frozenset())) == (2, 5)
    assert both(Sum({A: 1}, frozenset()), Sum({C: 9}, frozenset())) is None


@settings(max_examples=25, deadline=None)
@given(st.sets(st.sampled_from(UNITS)))
def test_totals_equal_the_sums_of_their_parts_for_any_units_in_force(without):
    facts = large_facts(3, frozenset(without))
    tables = annex_tables(MARCH, facts, CATALOG, {})
    values = facts["2018-03"].values
    summed = [column for column in CATALOG.annexes[2].columns if column.derivation == "sum"]
    for table in tables.values():
        for part in table.parts:
            total, *rows = part.rows
            for column in summed:
                if column.id not in total.figures:
                    continue
                parts = [row.figures[column.id].numerator for row in rows]
                if any(row.figures[column.id].symbol is Symbol.NOT_APPLICABLE for row in rows):
                    continue
                known = [number for number in parts if number is not None]
                assert total.figures[column.id].numerator == (sum(known) if known else None)
                gap = any(row.figures[column.id].symbol is not Symbol.NONE for row in rows)
                assert (total.figures[column.id].symbol is Symbol.NONE) == (not gap)
    # and the city's total is that of the reported figures themselves
    reported = [value for key, value in values.items() if key[3] == "outstanding_amount"]
    for part in tables[2].parts:
        assert part.rows[0].figures["outstanding_amount"].numerator == (sum(reported) if reported else None)
    for annex, institution in ((3, "rcb"), (4, "psbc"), (5, "abc")):
        in_summary = {row.id: row for row in tables[2].parts[0].rows}[institution]
        own_total = tables[annex].parts[0].rows[0]
        for column in summed:
            if column.id in own_total.figures:
                assert in_summary.figures[column.id] == own_total.figures[column.id]


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 2**32))
def test_the_order_of_figures_does_not_matter(seed):
    facts = large_facts(5, frozenset({"abc"}))
    shuffled = {}
    for period, known in facts.items():
        items = list(known.values.items())
        random.Random(seed).shuffle(items)
        shuffled[period] = Facts(period, dict(items), known.units_in)
    assert annex_tables(MARCH, shuffled, CATALOG, {}) == annex_tables(MARCH, facts, CATALOG, {})
