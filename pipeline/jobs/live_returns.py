"""The edit rules of every form that its blank form checks by itself; those of county returns by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.jobs.live_asker import Asker, constant, keys_of, term
from pipeline.jobs.live_balances import grown
from pipeline.jobs.live_blanks import nil_rules, owed_of
from pipeline.jobs.live_last_return import against_last_return
from pipeline.jobs.live_measures import measure_rules
from pipeline.jobs.live_rules import statement_rules
from pipeline.jobs.live_said import words_agree
from pipeline.jobs.live_targets import TARGETS, copied, target_rules
from pipeline.render.form_rules import Copied, Label, LiveRule, NilRule, Op, Owed
from pipeline.validate.neighbours import MEASURES, RETURN, STATEMENT
from pipeline.validate.rules.county import WITHIN
from pipeline.validate.rules.growing import FUND, KEPT


@dataclass(frozen=True, slots=True)
class Live:
    """All that a form checks by itself."""

    rules: tuple[LiveRule, ...]
    owed: tuple[Owed, ...]
    nil_rules: tuple[NilRule, ...]
    copied: tuple[Copied, ...]

    @property
    def told(self) -> frozenset[tuple[str, int]]:
        """The rules, by code and level."""
        own = {(rule.code, rule.level) for rule in self.rules} | {(rule.code, rule.level) for rule in self.nil_rules}
        whole = {one.code for one in self.owed} | {one.code for one in self.copied}
        return frozenset(own | {(code, 1) for code in whole})


def live_of(asker: Asker, *, nil: bool) -> Live:
    """Everything; of a month without business where one can be declared."""
    declared = tuple(nil_rules(asker)) if nil else ()
    return Live(tuple(live_rules(asker)), tuple(owed_of(asker)), declared, tuple(copied(asker)))


def live_rules(asker: Asker) -> list[LiveRule]:
    """The relations that the form of this unit checks while it is filled in."""
    if asker.form.code == STATEMENT:
        return statement_rules(asker)
    makers = {RETURN: _return, TARGETS: target_rules, MEASURES: measure_rules}
    make = makers.get(asker.form.code)
    found = [rule for rule in make(asker) if rule.figure in asker.keys] if make else []
    return sorted(found, key=lambda rule: rule.code)


def _return(asker: Asker) -> Iterator[LiveRule]:
    for column in asker.form.columns:
        if not column.is_text:
            for key in keys_of(asker, column.code):
                yield asker.rule("C01-1", "negative", key, Op.AT_LEAST, [constant(0)])
    for code, pairs in WITHIN.items():
        for smaller, larger in pairs:
            yield asker.rule(code, "above", smaller, Op.AT_MOST, [term(larger)], words={"other": Label(larger)})
    if asker.month.month > 1:
        yield from grown(asker, "C01-7", FUND)
        yield from grown(asker, "C01-7", (code for code in KEPT if not asker.form.by_code[code].repeatable), "fewer")
    yield from against_last_return(asker)
    yield from words_agree(asker)
