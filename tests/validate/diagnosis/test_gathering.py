"""What is wrong throughout is one message: a column, a row, one figure."""

from dataclasses import replace

import pytest

from pipeline.model import Accused, Finding, Severity
from pipeline.validate.diagnosis.gathering import gathered


def finding(rule, area, indicator, severity=Severity.HARD, submission="S1"):
    return Finding(rule, 2, severity, "…。", "a.xlsx", "0", "2018-03", "M01", submission, "abc", area, indicator)


def left(found, rows=3):
    return [(f.rule, f.area) for f in gathered(found, {"S1": rows}) if not f.under]


@pytest.mark.parametrize(
    ("why", "found", "rows", "told"),
    [
        ("one rule at one column of two areas of three", [finding("A09", a, "x") for a in "ab"], 3, 2),
        ("of three of three", [finding("A09", a, "x") for a in "abc"], 3, 1),
        ("of three of ten", [finding("A09", a, "x") for a in "abc"], 10, 3),
        ("three figures of an area", [finding("A02", "a", c) for c in "xyz"], 3, 3),
        ("four", [finding("A02", "a", c) for c in "wxyz"], 3, 1),
        ("four that are only to be explained", [finding("A15", "a", c, Severity.SOFT) for c in "wxyz"], 3, 4),
        ("one figure, twice", [finding("A08", "a", "x"), finding("A15", "a", "x", Severity.SOFT)], 3, 1),
        ("two areas, one figure each", [finding("A02", "a", "x"), finding("A04", "b", "y")], 3, 2),
    ],
)
def test_what_has_one_reason_is_told_once(why, found, rows, told):
    assert len(left(found, rows)) == told


def test_the_heaviest_tells():
    found = [finding("A15", "a", "x", Severity.SOFT), finding("A08", "a", "x")]
    assert left(found) == [("A08", "a")]


def test_another_submission_and_a_note_stay_what_they_are():
    found = [finding("A08", "a", "x"), replace(finding("A15", "a", "x"), submission="S2")]
    found += [finding("A09", "a", "x", Severity.NOTE)]
    assert gathered(found, {"S1": 3}) == found


def test_a_figure_with_a_cause_of_its_own_stays_told_among_many():
    named = replace(finding("A04", "a", "v"), cause="transposed")
    found = [named, *(finding("A02", "a", code) for code in "wxyz")]
    assert left(found) == [("A04", "a"), ("A02", "a")]


def test_a_hard_finding_is_never_put_under_one_that_needs_only_an_explanation():
    soft = replace(finding("A07", "a", "x", Severity.SOFT), cause="other_month")
    assert left([soft, finding("A01", "a", "x")]) == [("A01", "a")]


def test_a_row_of_which_much_is_wrong_is_told_as_a_row_and_proposes_no_figure():
    values = {"w": "0.00", "x": "5", "y": "6", "z": "7"}
    found = [replace(finding("A02", "a", code), value=value, expected="1.00") for code, value in values.items()]
    (root,) = [f for f in gathered(found, {"S1": 3}, {"a": "甲县"}) if not f.under]
    assert (root.cause, root.value, root.expected) == ("row", "5", "")
    assert root.message.startswith("甲县有4处")


def test_a_row_of_noughts_was_forgotten():
    found = [replace(finding("A02", "a", c), value="0.00") for c in "wxyz"]
    (root,) = [f for f in gathered(found, {"S1": 3}) if not f.under]
    assert root.cause == "omitted"


def test_a_month_without_business_whose_year_moved_is_one_message():
    idle = finding("A18", "", "", Severity.SOFT)
    found = [idle, finding("A02", "a", "x"), finding("A04", "b", "y"), finding("A09", "b", "z")]
    assert left(found, 10) == [("A02", "a"), ("A09", "b")]


@pytest.mark.parametrize(("typed", "told"), [("1150.00", ["A03"]), ("1140.00", ["A03", "A07"])])
def test_a_base_that_is_off_by_what_the_balance_is_off_is_one_matter(typed, told):
    """1200 is 50 above 1150; a base of 1150 for 1100 is the same difference, one of 1140 is 40."""
    balance = replace(finding("A03", "a", "outstanding_amount"), value="1200.00", expected="1150.00")
    base = finding("A07", "a", "outstanding_amount_year_start", Severity.SOFT)
    found = [balance, replace(base, value=typed, expected="1100.00")]
    assert [rule for rule, _ in left(found, 10)] == told


def test_what_is_under_another_is_under_the_one_that_is_told():
    """The figure's second finding goes under its first, that one under the row's."""
    found = [
        finding("A08", "a", "x"),
        finding("A15", "a", "x", Severity.SOFT),
        *(finding("A02", "a", c) for c in "yzw"),
    ]
    told = gathered(found, {"S1": 3})
    (root,) = [f for f in told if not f.under]
    assert {f.under for f in told if f is not root} == {root.id}


SOFT = Severity.SOFT
INSIDE = {"gaoxin": "hanbin", "hengkou": "hanbin"}


def inside(found):
    return [(f.rule, f.area, f.indicator) for f in gathered(found, {"S1": 12}, within=INSIDE) if not f.under]


def test_an_area_above_a_figure_of_its_county_that_is_doubted_itself_is_that_matter():
    found = [finding("A12", "hanbin", "x", SOFT), finding("A22", "gaoxin", "x", SOFT)]
    assert inside(found) == [("A12", "hanbin", "x")]
    assert inside([finding("A12", "hanbin", "y", SOFT), found[1]]) == [("A12", "hanbin", "y"), ("A22", "gaoxin", "x")]
    assert inside([finding("A12", "hanyin", "x", SOFT), found[1]]) == [("A12", "hanyin", "x"), ("A22", "gaoxin", "x")]


def test_but_not_where_a_proposal_was_tried_and_it_is_above_all_the_same():
    found = [replace(finding("A04", "hanbin", "x"), cause="digit_more"), finding("A22", "gaoxin", "x", SOFT)]
    assert inside(found) == [("A04", "hanbin", "x"), ("A22", "gaoxin", "x")]


def test_a_part_above_a_figure_that_is_doubted_itself_is_that_matter():
    found = [
        finding("A21", "hanyin", "past_due_beyond_grace_amount", SOFT),
        finding("A15", "hanyin", "past_due_amount", SOFT),
    ]
    assert left(found) == [("A15", "hanyin")]


def test_a_row_that_is_above_its_county_in_many_columns_is_one_message():
    found = [finding("A22", "gaoxin", code, SOFT) for code in "vwxyz"] + [finding("A22", "hengkou", "v", SOFT)]
    assert inside(found) == [("A22", "gaoxin", "v"), ("A22", "hengkou", "v")]


def test_what_areas_have_more_than_a_county_whose_row_was_forgotten_is_that_matter():
    zeros = [replace(finding("A02", "hanbin", code), value="0.00", expected="1.00") for code in "wxyz"]
    assert inside([*zeros, finding("A22", "gaoxin", "v", SOFT)]) == [("A02", "hanbin", "w")]
    blank = finding("A16", "hanbin", "")
    assert inside([blank, finding("A22", "gaoxin", "v", SOFT)]) == [("A16", "hanbin", "")]
    one = replace(finding("A02", "hanbin", "w"), value="0.00", expected="1.00", cause="omitted")
    assert len(inside([one, finding("A22", "gaoxin", "v", SOFT)])) == 2


@pytest.mark.parametrize(
    ("why", "figures", "told"),
    [
        ("past due and renewed", ["past_due_beyond_grace_amount", "renewed_amount_ytd"], 2),
        ("loans and households outstanding", ["past_due_loans", "past_due_households"], 1),
    ],
)
def test_two_pairs_of_figures_of_one_area_are_two_matters(why, figures, told):
    assert len(left([finding("A21", "a", code, SOFT) for code in figures])) == told


def test_what_is_told_with_another_has_its_cell_told():
    cells = {"past_due_loans": "G31", "past_due_households": "G32"}
    found = [replace(finding("A21", "a", code, SOFT), sheet="表", cell=cell) for code, cell in cells.items()]
    (root,) = [f for f in gathered(found, {"S1": 3}) if not f.under]
    assert (root.cell, root.places) == ("G31", "G31:G32")


ALL = (Accused("表", "E35"), Accused("表", "E38"))


@pytest.mark.parametrize(
    ("why", "other", "told"),
    [
        ("of one that the cause names", {}, ["A23"]),
        ("of one that it does not", {"cell": "E37"}, ["A23", "A24"]),
        ("that is heavier", {"severity": Severity.HARD}, ["A23", "A24"]),
        ("that has a cause of its own", {"cause": "unit"}, ["A23", "A24"]),
    ],
)
def test_what_is_asked_of_a_figure_goes_with_the_cause_that_names_it(why, other, told):
    cause = replace(finding("A23", "a", "renewed", SOFT), cause="year_not_reset", sheet="表", cell="E35", accused=ALL)
    asked = replace(finding("A24", "a", "accrued", SOFT), sheet="表", cell="E38")
    assert [rule for rule, _ in left([cause, replace(asked, **other)])] == told


def test_a_row_told_as_wrong_has_all_its_cells_told():
    cells = {"w": "D5", "x": "E5", "y": "G5", "z": "H5"}
    found = [replace(finding("A02", "a", code), sheet="表", cell=cell) for code, cell in cells.items()]
    (root,) = [f for f in gathered(found, {"S1": 3}, {"a": "甲县"}) if not f.under]
    assert root.places == "D5:E5、G5:H5"
