"""Every way to break a rule happens in an example: one change in true returns, this rule and no other."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from pipeline.periods import Month
from pipeline.validate.consistency import broken, not_alone
from pipeline.validate.examples import EXAMPLES, formula
from pipeline.validate.examples.edits import Put
from pipeline.validate.examples.staging import staged
from pipeline.validate.examples.truth import statement
from pipeline.validate.examples.world import AREA
from pipeline.validate.rules import RULES
from tests.validate.returns import catalog

MARCH = Month(2018, 3)
WITH_RELATION = [example for example in EXAMPLES if example.line]


def named(example) -> str:
    return f"{example.code}-{example.level}-{example.kind}"


def ways():
    return [(rule.code, rule.level, kind) for rule in RULES for kind in rule.breaks]


def test_there_is_one_example_for_each_way_to_break_a_rule():
    assert sorted((e.code, e.level, e.kind) for e in EXAMPLES) == sorted(ways())


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_one_change_breaks_this_rule_and_no_other(example):
    assert not_alone(example, MARCH, RULES, catalog()) == ""


@pytest.mark.parametrize("month", [Month(2017, 1), Month(2018, 12)], ids=str)
def test_the_examples_work_in_other_months(month):
    by_rule = {(rule.code, rule.level): rule for rule in RULES}
    for example in EXAMPLES:
        own = (example.code, example.level)
        before, after = staged(example, month)
        assert broken(before, [by_rule[own]], catalog()) == [], named(example)
        assert broken(after, [by_rule[own]], catalog()) == [(*own, example.kind)], named(example)


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_the_change_is_in_one_place_or_in_one_movement_of_money(example):
    """A movement stands in the month, the year, the balance and its grade: true books cannot have it in one.

    A balance that is wrong is so in its grade too, or the grades would be told.
    """
    places = [edit.place for edit in example.edits if isinstance(edit, Put)]
    assert len(example.edits) in (1, 2, 4)
    if len(example.edits) == 2:
        assert places == ["outstanding_amount", "pass_amount"]
    if len(example.edits) == 4:
        stem = places[0].removesuffix("_mtd")
        assert places == [f"{stem}_mtd", f"{stem}_ytd", "outstanding_amount", "pass_amount"]


# ------------------------------------------------------------------ the relation as it is written


COMPARED = {"＝": "==", "≠": "!=", "≤": "<=", "≥": ">="}
JOINED = {"＋": "+", "－": "-", "×": "*", "÷": "/"}


def holds(line: str) -> bool:
    """What a relation comes to, worked out from its own text: nothing here knows the rules."""
    condition, _, then = line.removeprefix("若").partition("，则") if line.startswith("若") else ("", "", line)
    return (bool(condition) and not holds(condition)) or _compared(then)


def _compared(text: str) -> bool:
    for sign, python in {**COMPARED, **JOINED}.items():
        text = text.replace(sign, python)
    exact = re.sub(r"\d+", r"F(\g<0>)", text)
    assert re.fullmatch(r"[F()\d<>=!+\-*/]+", exact), text
    return eval(exact, {"F": Fraction})


@pytest.mark.parametrize("example", WITH_RELATION, ids=named)
def test_the_relation_is_true_before_the_change_and_false_after_it(example):
    before, after = staged(example, MARCH)
    assert holds(formula.in_fractions(example.line, before, catalog()))
    assert not holds(formula.in_fractions(example.line, after, catalog()))


@pytest.mark.parametrize(("line", "expected"), [
    ("(1)＝(1/2)＋(1/2)", True),
    ("(1)＝(1/3)＋(1/3)", False),
    ("(2)≤(3)－(1)≤(2)", True),
    ("若(0)≠0，则(0)≠0", True),
    ("若(3)≠0，则(0)≠0", False),
])  # fmt: skip
def test_the_reader_of_relations_can_count(line, expected):
    assert holds(line) is expected


# ------------------------------------------------------------------ true books, by hand


def test_the_true_month_is_the_one_that_was_worked_out_by_hand():
    """300 + 39 months of 42.36 - 20.15 万元 since December 2014."""
    row = statement(MARCH).of(AREA)
    assert row["outstanding_amount"] == 116_619 * 10_000
    assert row["disbursed_amount_ytd"] == 12_708 * 10_000
    assert row["repaid_amount_ytd"] == 6_045 * 10_000
    assert row["outstanding_amount_year_start"] == 109_956 * 10_000
    assert (row["disbursed_households_ytd"], row["disbursed_households_cum"]) == (28, 551)


FIGURES = {
    ("A02", "differs"): (
        "1166.19万元＝1143.98万元＋42.36万元－20.15万元－0.00万元＋0.00万元",
        "1165.19万元＝1143.98万元＋42.36万元－20.15万元－0.00万元＋0.00万元",
    ),
    ("A05", "differs"): ("2352.04万元＝2309.68万元＋42.36万元", "2353.04万元＝2309.68万元＋42.36万元"),
    ("A06", "more"): ("551户≤542户＋10户", "571户≤542户＋10户"),
    ("A08", "npl"): ("8.30万元＝4.20万元＋3.10万元＋1.00万元", "9.30万元＝4.20万元＋3.10万元＋1.00万元"),
    ("A13", "cap"): ("1166.19万元÷354户≤50000元", "1166.19万元÷224户≤50000元"),
    ("A14", "high"): ("4.35%≤15%", "43.5%≤15%"),
}


@pytest.mark.parametrize("way", FIGURES, ids=str)
def test_figures_are_written_as_people_write_them(way):
    (example,) = (e for e in EXAMPLES if (e.code, e.kind) == way)
    before, after = staged(example, MARCH)
    assert tuple(formula.in_figures(example.line, world, catalog()) for world in (before, after)) == FIGURES[way]


@pytest.mark.parametrize("code", ["A02", "A03", "A04", "A05", "A23"])
def test_what_is_wrong_stands_in_the_month_that_is_reported(code):
    """No bank is shown how another month's report, long since taken in, would be falsified."""
    (example,) = (e for e in EXAMPLES if e.code == code)
    assert [edit.back for edit in example.edits] == [0] * len(example.edits)
