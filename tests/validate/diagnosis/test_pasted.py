"""A column of counts that holds an amount's figures is one message, whichever rules notice it."""

import pytest

from tests.validate.diagnosis.county import TEN_FEBRUARIES, judged, told
from tests.validate.returns import COUNTY, TEN, WAN, table

CODES = [code for code in COUNTY if code != "weighted_average_rate"]
AMOUNTS = {"outstanding_households": "outstanding_amount", "credit_line_households": "credit_line_amount"}


def pasted(code, areas=TEN, figures=COUNTY, of=None):
    """The whole 万元 of the amount beside them as households, in these areas; the total too."""
    wrong = figures | {code: figures[of or AMOUNTS[code]] // WAN}
    rows = {area: wrong if area in areas else figures for area in TEN}
    return table(rows, {code: sum(row[code] for row in rows.values()) for code in CODES})


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("outstanding_households", "“期末余额/户数”一栏填的是“期末余额/金额”的数，共11处，如汉滨区1200户"),
        ("credit_line_households", "“评级授信/授信户数”一栏填的是“评级授信/授信金额”的数，共11处，如汉滨区6000户"),
    ],
)
def test_it_is_told_at_the_column_with_the_one_it_was_taken_from(code, words):
    (root,) = [f for f in judged(pasted(code), past=TEN_FEBRUARIES) if not f.under]
    assert (root.cause, root.area, root.indicator, root.expected) == ("other_column", TEN[0], code, "")
    assert root.message.startswith(f"{words}：疑似填了别的栏的数。请改填“")
    assert root.places.count(":") == 1, "one column of cells"


def test_a_column_that_is_wrong_in_all_areas_but_one_is_not_that():
    findings = judged(pasted("outstanding_households", areas=TEN[1:]), past=TEN_FEBRUARIES)
    assert "other_column" not in {f.cause for f in findings}


def test_small_numbers_are_alike_by_chance():
    """9万元 past due and 9 households."""
    sent = pasted("past_due_households", of="past_due_amount")
    findings = judged(sent, past=TEN_FEBRUARIES)
    assert "other_column" not in {cause for _, _, cause in told(findings)}


def test_ten_households_are_not():
    """10万元 past due and 10 households, of 6 loans (A09)."""
    ten = COUNTY | {"past_due_amount": 10 * WAN}
    findings = judged(pasted("past_due_households", figures=ten, of="past_due_amount"), past=TEN_FEBRUARIES)
    assert told(findings) == [("A09", "past_due_households", "other_column")]
