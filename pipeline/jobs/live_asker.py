"""Whose blank form it is, and what all of its live rules need: what is known, which rules are in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

from pipeline.catalog import Catalog, Form
from pipeline.jobs.form_past import Known
from pipeline.model import Severity
from pipeline.periods import Month
from pipeline.render.form_rules import LiveRule, Op, Term, When
from pipeline.validate.owed import ABSENT_IS_NONE
from pipeline.validate.registry import Rule

TOTAL, ALL = "total", "*"


@dataclass(frozen=True)
class Asker:
    """Whose form it is, what is known of it, and the rules in force."""

    unit: str
    form: Form
    month: Month
    catalog: Catalog
    known: Known
    rules: Mapping[tuple[str, int], Rule]
    keys: frozenset[str]
    areas: tuple[str, ...]
    """Without totals; of-which areas too."""
    step: int

    def rule(
        self, code: str, kind: str, figure: str, op: Op, terms: Iterable[Term], level: int = 1, **more: object
    ) -> LiveRule:
        """One relation with the weight and the first sentence of the rule's own message."""
        broken = self.rules[code, level].breaks[kind]
        message = more.pop("message", None) or self.sentence(code, kind, level)
        told = {"level": level, "kind": kind, **more}
        return LiveRule(code, broken.severity is Severity.HARD, figure, op, tuple(terms), str(message), **told)  # type: ignore[arg-type]

    def sentence(self, code: str, kind: str, level: int = 1) -> str:
        """The first sentence of a rule's own message: what is asked of whom comes behind it."""
        return self.rules[code, level].breaks[kind].message.partition("。")[0] + "。"

    def value(self, parameter: str) -> Fraction:
        """A policy parameter; yes is 1."""
        value = self.catalog.policy.value(parameter, self.month)
        return Fraction(int(value)) if isinstance(value, bool) else Fraction(str(value))

    def step_of(self, month: Month) -> int:
        """How finely a month's amounts were rounded, in fen; none where they were exact to the fen."""
        record = self.known.records.get((self.unit, self.form.code, month))
        step = record.step if record else self.step
        return step if step > 1 else 0

    def figure(self, area: str, key: str, back: int = 1) -> int | None:
        """What was in force so many months ago, or imported; None where nothing is known."""
        return self.known.at(self.unit, self.form.code, self.month.shifted(-back)).get((area, key))

    def stated(self, back: int) -> bool:
        """Whether a statement was in force so many months ago."""
        return (self.unit, self.form.code, self.month.shifted(-back)) in self.known.records

    def is_amount(self, code: str) -> bool:
        """Whether an indicator is money."""
        return self.form.by_code[code].is_amount

    @cached_property
    def counties(self) -> frozenset[str]:
        """The areas that add up."""
        return frozenset(area.id for area in self.catalog.areas.counties)

    @property
    def years_steps(self) -> int:
        """How many steps a ytd figure may count for against another figure: as many as months have passed."""
        return self.month.month if self.month.month > 1 else 1


def term(code: str, factor: int | Fraction = 1, when: When = When.NOW, area: str = "") -> Term:
    """A figure in a sum."""
    return Term(code, Fraction(factor), when, code in ABSENT_IS_NONE, area)


def keys_of(asker: Asker, code: str) -> list[str]:
    """The keys of an indicator: one, or one for each institution."""
    return [key for key in sorted(asker.keys) if key.partition("@")[0] == code]


def minus(terms: Iterable[Term]) -> tuple[Term, ...]:
    """The same figures, to be taken away."""
    return tuple(replace(one, factor=-one.factor) for one in terms)


def constant(value: int | Fraction) -> Term:
    """A number in the scale of the figure that it is held against."""
    return Term(factor=Fraction(value))


def bounds(figure: int | Fraction, part: Fraction) -> tuple[int, int]:
    """The least and the largest whole number that is off by no more than this part."""
    return ceil(figure * (1 - part)), floor(figure * (1 + part))
