"""A figure that a sheet gives twice: the same counts once, another is a finding and never a choice."""

import pytest

from tests.ingest.sheets import Statement, found, plain_rows


def values(reading, indicator, area="hanbin"):
    (submission,) = reading.submissions
    return [o.value for o in submission.observations if (o.indicator, o.area) == (indicator, area)]


def test_an_area_in_two_rows_with_other_figures_is_one_finding_at_the_first_of_them():
    reading = Statement(rows=[*plain_rows(), ["汉滨区", 20, 61.5, 10, 9, 31.25, None]]).read()
    assert found(reading) == [("F06", "C14")]
    assert "在单元格C4已经填过，两处内容不同" in reading.findings[0].message
    assert values(reading, "credit_line_amount") == [60_500_000]


def test_an_area_in_two_rows_with_the_same_figures_counts_once():
    reading = Statement(rows=[*plain_rows(), plain_rows()[0]]).read()
    assert found(reading) == []
    assert values(reading, "outstanding_amount") == [30_250_000]


@pytest.mark.parametrize("blank", [0, 1])
def test_a_second_place_that_is_blank_says_nothing_and_a_first_one_that_is_blank_is_contradicted(blank):
    twice = [["汉滨区", 20, 60.5, 10, 9, 30.25, None], ["汉滨区", 20, 60.5, 10, 9, 30.25, None]]
    twice[blank][5] = None
    reading = Statement(rows=[*twice, *plain_rows()[1:]]).read()
    assert found(reading) == ([] if blank else [("F06", "F5")])


def test_two_totals_that_differ_are_told_too():
    totals = [["合计", 245, 650, 145, 135, 347.5, None], ["总计", 245, 650, 145, 135, 348, None]]
    assert found(Statement(rows=[totals[0], *plain_rows(), totals[1]]).read()) == [("F06", "F15")]
