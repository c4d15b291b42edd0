"""pandera is believed only as far as this: what was planted is what is found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.validate.building import books
from pipeline.validate.columns import failures
from tests.validate.returns import COUNTY, DASH, TEN, catalog, table

REQUIRED = {
    "credit_line_households",
    "credit_line_amount",
    "disbursed_loans_mtd",
    "disbursed_households_mtd",
    "disbursed_amount_mtd",
    "disbursed_loans_ytd",
    "disbursed_households_ytd",
    "disbursed_amount_ytd",
    "disbursed_households_cum",
    "disbursed_amount_cum",
    "repaid_amount_mtd",
    "repaid_amount_ytd",
    "outstanding_loans",
    "outstanding_households",
    "outstanding_amount",
    "pass_amount",
    "special_mention_amount",
    "substandard_amount",
    "doubtful_amount",
    "loss_amount",
    "past_due_households",
    "past_due_amount",
    "weighted_average_rate",
}
"""The column 必填 of the form's description, typed by hand; the rate is owed because something was lent."""

MAY_BE_NEGATIVE = {"other_change_amount_mtd", "other_change_amount_ytd", "weighted_average_rate"}

CELLS = [(area, code) for area in (*TEN, "gaoxin") for code in COUNTY if code != "disbursed_amount_ytd"]


def found_in(figures, total=None):
    (book,) = books([table(figures, total)], catalog()).values()
    return {(book.records[f.row].area, f.indicator, f.kind) for f in failures(book)}


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(CELLS), st.sampled_from([None, DASH, -1, -(10**14), 0])))
def test_what_is_planted_is_found_and_nothing_else(planted):
    figures = {area: dict(COUNTY) for area in (*TEN, "gaoxin")}
    for (area, code), value in planted.items():
        figures[area][code] = value
    blank = {
        (area, code, "blank")
        for (area, code), value in planted.items()
        if (value is None or value is DASH) and code in REQUIRED and area != "gaoxin"
    }
    negative = {
        (area, code, "negative")
        for (area, code), value in planted.items()
        if isinstance(value, int) and value < 0 and code not in MAY_BE_NEGATIVE
    }
    assert found_in(figures) == blank | negative


def test_all_figures_of_all_areas_at_once():
    wrong = {code: -1 for code in COUNTY}
    found = found_in({area: wrong for area in TEN})
    assert found == {(area, code, "negative") for area in TEN for code in set(COUNTY) - MAY_BE_NEGATIVE}


def test_typed_totals_are_left_to_the_rule_on_totals():
    assert found_in({area: COUNTY for area in TEN}, {"outstanding_amount": -1}) == set()


def test_a_figure_of_the_wrong_type_is_our_fault_and_not_a_finding():
    (book,) = books([table({"hanbin": COUNTY})], catalog()).values()
    book.figures["outstanding_amount"] = book.figures["outstanding_amount"].astype(float) + 0.5
    with pytest.raises(TypeError):
        failures(book)
