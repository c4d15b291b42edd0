"""The rules can be satisfied all at once, and what could never be is found out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.catalog.policy import Parameter, PolicyValue
from pipeline.periods import Month
from pipeline.validate.consistency import (
    ORDERS,
    broken,
    contrary,
    not_alone,
    overlapping,
    turning_points,
    unsatisfiable,
    without_example,
)
from pipeline.validate.examples import EXAMPLES
from pipeline.validate.examples.truth import true_world
from pipeline.validate.registry import Rule, hard
from pipeline.validate.rules import RULES
from tests.validate.returns import catalog

MARCH = Month(2018, 3)
MONTHS = sorted({*turning_points(RULES, catalog()), *(Month(2018, month) for month in range(1, 13))})
BEFORE = Month(2017, 1)
"""When the first duties begin: of the months before it nobody reports."""


def planted(check, **more) -> Rule:
    """A rule on statements that somebody added."""
    fields = {"code": "X01", "level": 1, "title": "", "source": "", "reads": ("M01",), "breaks": {"x": hard("")}}
    return Rule(check=check, **{**fields, **more})


def with_policy(**values):
    """The catalogue with other values of these parameters, always."""
    policy = catalog().policy
    changed = {
        name: Parameter(name=name, title=name, unit=policy.parameters[name].unit, values=(PolicyValue(value=value),))
        for name, value in values.items()
    }
    return catalog().model_copy(
        update={"policy": policy.model_copy(update={"parameters": {**policy.parameters, **changed}})}
    )


# ------------------------------------------------------------------ the rules as they are


def test_the_months_are_those_in_which_something_changes():
    assert {Month(2017, 6), Month(2017, 7), Month(2017, 11), Month(2017, 12), Month(2020, 12), Month(2021, 1)} <= set(
        turning_points(RULES, catalog())
    )


@pytest.mark.parametrize("month", [month for month in MONTHS if month >= BEFORE], ids=str)
def test_true_returns_satisfy_all_rules_of_the_month(month):
    assert unsatisfiable([month], RULES, catalog()) == []


def test_there_is_a_true_return_of_every_form_that_a_rule_reads():
    """Or a month would be called satisfied because nothing was looked at."""
    forms = {table.form for table in true_world(MARCH).tables.values()}
    assert forms == {form for rule in RULES for form in rule.reads}


def test_no_rule_is_there_twice():
    assert overlapping(RULES) == []


def test_no_parameter_leaves_a_true_figure_without_room():
    assert contrary([month for month in MONTHS if month >= BEFORE], catalog()) == []


# ------------------------------------------------------------------ what is found out


def test_a_break_that_nothing_shows():
    rule = planted(lambda book: [], breaks={"never": hard(""), "x": hard("")})
    assert without_example([rule]) == [("X01", 1, "never"), ("X01", 1, "x")]
    assert without_example(RULES) == []


def test_a_rule_that_can_never_fire():
    """Its example changes something, and nothing is found."""
    example = next(e for e in EXAMPLES if e.code == "A19")
    dead = [planted(lambda book: [], code="A19", breaks={"other_change": hard("")})]
    others = [rule for rule in RULES if rule.code != "A19"]
    assert not_alone(example, MARCH, [*others, *dead], catalog()) == "A19/1 other_change: breaks []"


def test_an_example_that_was_not_true_before():
    example = next(e for e in EXAMPLES if e.code == "A19")
    assert "broken before the change: [('A19', 1, 'other_change')]" in not_alone(
        replace(example, given=example.edits), MARCH, RULES, catalog()
    )


def test_two_rules_that_ask_for_contrary_things():
    """Outstanding has to be above, and below, the same number: no statement can have both."""

    def above(book):
        return [book.hit("x", row, "outstanding_amount") for row in book.where(book.now("outstanding_amount") < 10**10)]

    def below(book):
        return [
            book.hit("x", row, "outstanding_amount") for row in book.where(book.now("outstanding_amount") >= 10**10)
        ]

    rules = [planted(above), planted(below, code="X02")]
    (told,) = unsatisfiable([MARCH], rules, catalog())
    assert told.startswith("2018-03: [('X01', 1, 'x')")


@pytest.mark.parametrize(("values", "rule"), [
    ({"rate_lower_percent": "15"}, "A14"),
    ({"rate_lower_percent": "0.5", "rate_upper_percent": "0.4"}, "A14"),
    ({"unit_slip_factor": 1}, "A13"),
    ({"loan_cap_household": 0}, "A13"),
    ({"unit_slip_min_households": 0}, "A13"),
    ({"average_jump_near_percent": 90}, "A13"),
    ({"exchange_near_percent": 80}, "A27"),
    ({"exchange_near_npl_percent": 80}, "A27"),
    ({"exchange_near_npl_percent": -1}, "A27"),
    ({"exchange_least_times": 1}, "A27"),
    ({"exchange_near_percent": -1}, "A27"),
    ({"grade_move_amount": -1}, "A31"),
    ({"grade_move_percent": -1}, "A31"),
    ({"grade_npl_percent": 0}, "A31"),
    ({"grade_npl_percent": 11}, "A31"),
    ({"grade_worse_percent": 0}, "A31"),
    ({"grade_worse_percent": 100}, "A31"),
    ({"grade_gone_amount": 0}, "A31"),
    ({"grade_gone_percent": 0}, "A31"),
    ({"grade_gone_percent": 101}, "A31"),
    ({"rate_jump_monthly_percent": 17}, "A14"),
    ({"rate_jump_monthly_percent": 20}, "A14"),
    ({"rate_jump_hundredfold_percent": 99}, "A14"),
    ({"jump_stock_percent": 0}, "A15"),
    ({"jump_flow_times": 0}, "A15"),
    ({"jump_after_months": 13}, "A15"),
    ({"jump_after_months": 0}, "A15"),
    ({"jump_window_months": 5}, "A15"),
    ({"jump_window_months": 13}, "A15"),
    ({"few_loans_with_zero_amount": -1}, "A09"),
    ({"fund_interest_percent": 100}, "C01-8"),
    ({"fund_interest_percent": -1}, "C01-8"),
    ({"mechanism_first_year": 2018}, "C01-9"),
    ({"mechanism_first_year": 1948}, "C01-9"),
    ({"target_average_least_part": 1}, "T01-4"),
    ({"target_near_percent": 50}, "T01-7"),
    ({"target_near_percent": -1}, "T01-7"),
    ({"year_reset_min_amount": 0}, "A23"),
    ({"subsidy_rate_percent": "99"}, "A24"),
    ({"quoted_rough_percent": "100"}, "Q01-2"),
    ({"assessment_ratio_limit_percent": "0"}, "A20"),
], ids=str)  # fmt: skip
def test_a_parameter_out_of_order(values, rule):
    told = contrary([MARCH], with_policy(**values))
    assert told and all(text.startswith(f"2018-03: {rule}: ") for text in told)


@pytest.mark.parametrize("values", [
    {"rate_lower_percent": "14.99"},
    {"unit_slip_factor": 2},
    {"unit_slip_min_households": 1},
    {"average_jump_near_percent": 89},
    {"exchange_near_percent": 79},
    {"exchange_near_percent": 0},
    {"exchange_near_npl_percent": 79},
    {"exchange_least_times": 2},
    {"grade_move_amount": 0, "grade_move_percent": 0, "grade_npl_percent": 1, "grade_worse_percent": 1},
    {"grade_gone_amount": 1, "grade_gone_percent": 1},
    {"grade_gone_percent": 100},
    {"grade_worse_percent": 99},
    {"rate_jump_monthly_percent": 16},
    {"jump_flow_times": 1},
    {"jump_after_months": 12},
    {"jump_window_months": 6},
    {"few_loans_with_zero_amount": 0},
    {"fund_interest_percent": 0},
    {"fund_interest_percent": 99},
    {"target_average_least_part": 2},
    {"target_near_percent": 49},
    {"target_near_percent": 0},
    {"year_reset_min_amount": 1},
    {"subsidy_rate_percent": "100"},
    {"quoted_rough_percent": "99"},
], ids=str)  # fmt: skip
def test_a_parameter_at_the_edge_of_its_order(values):
    assert contrary([MARCH], with_policy(**values)) == []


def test_every_numeric_limit_of_a_rule_is_in_an_order():
    from pipeline.validate.relations import WRITTEN

    numeric = {
        name
        for written in WRITTEN.values()
        for name in written.parameters
        if catalog().policy.parameters[name].unit in ("%", "倍", "户", "笔", "元", "月", "年")
    }
    assert numeric == {name for order in ORDERS for name in order.parameters}


@pytest.mark.parametrize(("one", "other", "expected"), [
    ({}, {}, ["X01/1 twice"]),
    ({"until": Month(2018, 3)}, {"since": Month(2018, 4)}, []),
    ({"until": Month(2018, 4)}, {"since": Month(2018, 4)}, ["X01/1 twice"]),
    ({"until": Month(2018, 3)}, {"until": Month(2017, 3)}, ["X01/1 twice"]),
    ({}, {"level": 2}, []),
    ({}, {"code": "X02"}, []),
])  # fmt: skip
def test_rules_in_force_at_the_same_time(one, other, expected):
    assert overlapping([planted(lambda book: [], **one), planted(lambda book: [], **other)]) == expected


def test_a_rule_is_asked_only_in_its_months():
    always = planted(lambda book: [book.remark("x", 0)], since=Month(2018, 4))
    assert broken(true_world(MARCH), [always], catalog()) == []
    assert broken(true_world(Month(2018, 4)), [always], catalog()) == [("X01", 1, "x")]
