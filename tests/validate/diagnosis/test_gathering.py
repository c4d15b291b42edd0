"""What is wrong throughout is one message: a report sent again, a column, a row, one figure."""

from dataclasses import replace

import pytest

from pipeline.model import Finding, Severity
from pipeline.validate.diagnosis.gathering import gathered, sent_again


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


def test_whatever_is_wrong_with_a_report_sent_again_follows_from_that():
    found = [finding("A02", "a", "x"), finding("A18", "", ""), finding("A09", "a", "x", Severity.NOTE)]
    assert {number: f.under for number, f in sent_again(found).items()} == {0: found[1].id}


def test_a_zero_return_that_is_to_be_confirmed_folds_nothing():
    found = [finding("A02", "a", "x"), finding("A18", "", "", Severity.SOFT)]
    assert sent_again(found) == {}


def test_a_figure_with_a_cause_of_its_own_stays_told_among_many():
    named = replace(finding("A04", "a", "v"), cause="transposed")
    found = [named, *(finding("A02", "a", code) for code in "wxyz")]
    assert left(found) == [("A04", "a"), ("A02", "a")]


def test_a_hard_finding_is_never_put_under_one_that_needs_only_an_explanation():
    soft = replace(finding("A07", "a", "x", Severity.SOFT), cause="other_month")
    assert left([soft, finding("A01", "a", "x")]) == [("A01", "a")]
