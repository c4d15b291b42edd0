"""The edit rules of county returns and targets that their blank forms check by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.jobs.live_asker import ALL, TOTAL, Asker, constant, term
from pipeline.jobs.live_balances import grown
from pipeline.jobs.live_last_return import against_last_return
from pipeline.jobs.live_rules import statement_rules
from pipeline.render.form_rules import Label, LiveRule, Op
from pipeline.validate.neighbours import RETURN, STATEMENT
from pipeline.validate.rules.county import WITHIN
from pipeline.validate.rules.growing import FUND

TARGETS = "T01"


def live_rules(asker: Asker) -> list[LiveRule]:
    """The relations that the form of this unit checks while it is filled in; none for words."""
    if asker.form.code == STATEMENT:
        return statement_rules(asker)
    makers = {RETURN: _return, TARGETS: _targets}
    make = makers.get(asker.form.code)
    found = [rule for rule in make(asker) if rule.figure in asker.keys] if make else []
    return sorted(found, key=lambda rule: rule.code)


def _return(asker: Asker) -> Iterator[LiveRule]:
    for column in asker.form.columns:
        if not column.is_text:
            for key in _keys(asker, column.code):
                yield asker.rule("C01-1", "negative", key, Op.AT_LEAST, [constant(0)])
    for code, pairs in WITHIN.items():
        for smaller, larger in pairs:
            yield asker.rule(code, "above", smaller, Op.AT_MOST, [term(larger)], words={"other": Label(larger)})
    if asker.month.month > 1:
        yield from grown(asker, "C01-7", FUND)
    yield from against_last_return(asker)


def _targets(asker: Asker) -> Iterator[LiveRule]:
    for column in asker.form.columns:
        for key in _keys(asker, column.code):
            yield asker.rule("T01-2", "negative", key, Op.AT_LEAST, [constant(0)])
            steps = len(asker.areas) + 1 if column.is_amount else 0
            yield asker.rule("T01-3", "mismatch", key, Op.EQUAL, [term(key, area=ALL)], areas=(TOTAL,), steps=steps)


def _keys(asker: Asker, code: str) -> list[str]:
    """The keys of an indicator: one, or one for each institution."""
    return [key for key in sorted(asker.keys) if key.partition("@")[0] == code]
