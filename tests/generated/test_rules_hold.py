"""Every edit rule holds on the simulated loans, except where a defect was planted."""

from __future__ import annotations

import pytest

from pipeline.periods import Month
from tests.generated.checker import COUNTIES, check_all, check_city, check_jumps, check_neighbours, check_row, rows_of
from tests.generator import months_until, simulate


def test_fifteen_clean_months_break_no_rule(clean_city, months):
    assert len(months) == 15
    assert check_all(clean_city, months) == []


def test_with_defects_only_the_average_of_the_month_is_above_the_cap(city, months):
    (sentence,) = check_all(city, months)
    assert sentence.startswith("A13 abc ziyang 2018-03 disbursed_{}_mtd 5")


@pytest.mark.parametrize("seed", [1, 2])
def test_other_seeds_break_no_rule(seed):
    last = Month(2018, 3)
    assert check_all(simulate(seed, last, planted=False), months_until(last)) == []


def test_thirty_six_months_break_no_rule():
    last = Month(2019, 12)
    months = months_until(last)
    assert len(months) == 36
    assert check_all(simulate(3, last, planted=False), months) == []


@pytest.mark.parametrize("month", [Month(2017, 1), Month(2017, 8), Month(2019, 2)])
def test_defects_move_with_the_last_month(month):
    found = check_all(simulate(4, month), months_until(month))
    spans = ["mtd", "ytd"] if month.month == 1 else ["mtd"]  # in January the month is the year
    assert [words.split()[:4] for words in found] == [
        ["A13", "abc", "ziyang", str(month), f"disbursed_{{}}_{span}"][:4] for span in spans
    ]


BREAKS = [
    ("a month's lending that the balance does not show", {"disbursed_amount_mtd": 1_000_000}, "A02"),
    ("a household too many this year", {"disbursed_households_ytd": 1_000}, "A06"),
    ("a grade too high", {"pass_amount": 50_000}, "A08"),
    ("more households than loans", {"past_due_households": 900}, "A09"),
    ("more this month than this year", {"repaid_amount_mtd": 10**12}, "A11"),
    ("more households with loans than with lines", {"outstanding_households": 10**5}, "A12"),
    ("yuan for ten thousand yuan", {"disbursed_amount_mtd": 10**12}, "A13"),
    ("a rate of fifteen per cent", {"weighted_average_rate": 15_000_000}, "A14"),
    ("a balance that doubles", {"outstanding_amount": 6 * 10**9}, "A15"),
    ("a transfer", {"other_change_amount_mtd": 1}, "A19"),
    ("more beyond the grace period than past due", {"past_due_beyond_grace_amount": 10**9}, "A21"),
    ("fewer loans settled this year than last month", {"settled_loans_ytd": -(10**4)}, "A23"),
    ("a subsidy of more than a year's interest", {"interest_subsidy_accrued_ytd": 10**11}, "A24"),
    ("more loans settled than were made", {"settled_loans_ytd": 10**5}, "A26"),
    ("a loan that came from nowhere", {"outstanding_loans": 1}, "A28"),
    ("a hundred households that borrowed nothing", {"outstanding_households": 100}, "A28"),
    ("much more lost than was doubtful", {"loss_amount": 10**9}, "A31"),
    ("six times as many rated", {"rated_households": 10**5}, "A25"),
]


@pytest.mark.parametrize(("why", "added", "rule"), BREAKS, ids=[why for why, _, _ in BREAKS])
def test_the_checker_can_fail(clean_city, months, why, added, rule):
    history = [rows_of(clean_city, "rcb-hanbin", month)["hanbin"] for month in months]
    row = dict(history.pop())
    for code, value in added.items():
        row[code] += value
    found = check_row(row, 10_000, "x") + check_jumps(row, history, "x")
    found += check_neighbours(months[-1], months[:-1], row, history, 10_000, "x")
    assert rule in {part for sentence in found for part in sentence.split()[0].split("/")}, found


def test_lending_looks_like_a_city(clean_city):
    """Big counties have thousands of 万元 outstanding, small ones hundreds; spring outdoes the Spring Festival."""
    month = Month(2018, 2)
    owed = {county: clean_city.statement(f"rcb-{county}", month)[county, "outstanding_amount"] for county in COUNTIES}
    assert 3_500 <= owed["hanbin"] / 1_000_000 <= 6_500
    assert 200 <= owed["zhenping"] / 1_000_000 <= 800
    april, february = (clean_city.total("abc", Month(2017, m))["disbursed_amount_mtd"] for m in (4, 2))
    assert april > february
    assert check_city(clean_city, month) == []
