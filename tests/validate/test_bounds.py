"""What a figure is held against is what it ought to be, or bounds it: the words of the rule and the figure agree."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.model import Bound
from pipeline.periods import Month
from pipeline.validate.examples import EXAMPLES
from pipeline.validate.examples.staging import staged
from pipeline.validate.examples.world import hits
from pipeline.validate.findings import _finding
from pipeline.validate.rules import RULES
from tests.validate.returns import catalog

TOO_MUCH, TOO_LITTLE = ("大于", "多于", "高于", "超过"), ("小于", "少于", "低于", "不能是负数")
OTHERWISE = {
    ("A12", 1, "lines"): Bound.AT_LEAST,
    ("A13", 1, "slip"): Bound.AT_MOST,
    ("A20", 5, "county"): Bound.AT_LEAST,
    ("A22", 1, "county"): Bound.AT_LEAST,
    ("A24", 1, "unit"): Bound.EXACT,
    ("A12", 2, "alike"): Bound.EXACT,
    ("A31", 2, "worse"): Bound.EXACT,
}
"""Whose words leave it to the cases which side is too much, tell it of the other side, or know what was meant."""


def bound_of(rule, kind):
    """As the sentence says it: what comes first."""
    if (rule.code, rule.level, kind) in OTHERWISE:
        return OTHERWISE[rule.code, rule.level, kind]
    words = rule.breaks[kind].message.partition("。")[0]
    found = [bound for bound, said in ((Bound.AT_MOST, TOO_MUCH), (Bound.AT_LEAST, TOO_LITTLE)) if _in(said, words)]
    return found[0] if found else Bound.EXACT


def _in(said, words):
    return any(word in words for word in said)


@pytest.mark.parametrize(
    ("rule", "kind"),
    [(rule, kind) for rule in RULES for kind in rule.breaks if "约为" not in rule.breaks[kind].message],
)
def test_the_bound_is_what_the_words_say(rule, kind):
    held_against_nothing = rule.code == "A15"
    assert rule.breaks[kind].bound is (Bound.EXACT if held_against_nothing else bound_of(rule, kind))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.code}-{example.level}-{example.kind}")
def test_a_figure_is_beyond_its_bound(example):
    (own,) = (rule for rule in RULES if (rule.code, rule.level) == (example.code, example.level))
    _, after = staged(example, Month(2018, 3))
    for rule, hit in hits(after, catalog(), [own]):
        finding = _finding(rule, hit)
        if finding.bound is Bound.AT_MOST:
            assert Decimal(finding.value) > Decimal(finding.expected)
        elif finding.bound is Bound.AT_LEAST:
            assert Decimal(finding.value) < Decimal(finding.expected)
        else:
            assert finding.value != finding.expected or not finding.value
