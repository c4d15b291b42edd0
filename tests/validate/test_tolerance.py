"""Roundings: what is exact to the fen has none, two fen are already a step."""

import numpy as np
import pytest

from pipeline.validate.building import books
from pipeline.validate.equations import counted
from pipeline.validate.tolerance import may_add_up_months, rounding, slack, slack_of_years, steps_counted
from tests.validate.returns import catalog, statement


def test_what_is_exact_to_the_fen_is_not_rounded():
    assert counted(np.array([0, 1, 2, 10_000])).tolist() == [0, 0, 2, 10_000]


@pytest.mark.parametrize(("step", "twice"), [(1, 0), (2, 6), (10_000, 30_000)])
def test_three_figures_have_three_steps(step, twice):
    book = books([statement(step=step)], catalog())["M01"]
    assert slack(book, 3).tolist() == [twice]


def test_a_year_counts_its_months():
    assert steps_counted(("a_mtd", "a_ytd"), np.array([1, 12])).tolist() == [[1, 1], [1, 12]]


@pytest.mark.parametrize(
    ("period", "month", "year", "may"),
    [
        ("2018-02", 5, 9, True),
        ("2018-01", 9, 9, True),
        ("2018-01", 5, 9, False),
        ("2018-01", None, 9, True),
        ("2018-01", 9, None, False),
    ],
)
def test_a_year_may_be_a_sum_from_february_on_and_in_january_where_it_is_the_month(period, month, year, may):
    sent = statement({"repaid_amount_mtd": month, "repaid_amount_ytd": year}, period=period)
    book = books([sent], catalog())["M01"]
    assert may_add_up_months(book, "repaid_amount_mtd", "repaid_amount_ytd").tolist() == [may]


def test_half_of_what_is_kept_doubled_is_said():
    book = books([statement()], catalog())["M01"]
    assert rounding(book, "outstanding_amount", 30_000) == "（四舍五入最多相差0.015万元）"
    assert rounding(book, "outstanding_amount", 0) == ""


@pytest.mark.parametrize(("period", "twice"), [("2018-01", 0), ("2018-02", 30_000), ("2018-12", 130_000)])
def test_of_two_years_one_may_be_a_sum_of_rounded_months(period, twice):
    book = books([statement(period=period)], catalog())["M01"]
    assert slack_of_years(book).tolist() == [twice]


def test_two_years_that_are_exact_may_not():
    assert slack_of_years(books([statement(step=1)], catalog())["M01"]).tolist() == [0]
