"""What a blank form tells of what is not filled in (A16), and of a month without business (A18)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.jobs.live_asker import Asker
from pipeline.model import Severity
from pipeline.render.form_rules import NilRule, Owed
from pipeline.validate.neighbours import STATEMENT
from pipeline.validate.owed import LENT, RATE

OF_THE_MONTH = "_mtd"
_CONTRADICTS = "{unit}写明“本月无业务”，但本月有的栏填的不是0，两者矛盾。"


def owed_of(asker: Asker) -> Iterator[Owed]:
    """What must be filled in, county by county: nothing must be of an area inside one."""
    rule = asker.rules.get(("A16", 1))
    if rule is None or asker.form.code not in rule.reads:
        return
    always = tuple(c.code for c in asker.form.columns if c.required and not c.repeatable and c.code in asker.keys)
    monthly = frozenset(code for code in always if code.endswith(OF_THE_MONTH))
    beside = ((RATE, LENT),) if {RATE, LENT} <= asker.keys else ()
    for area in asker.areas:
        if area in asker.counties:
            yield Owed(rule.code, area, always, monthly, beside)


def nil_rules(asker: Asker) -> Iterator[NilRule]:
    """Nothing happened, and the box does not say so; it says so, and something did."""
    flows = frozenset(key for key in asker.keys if key.endswith(OF_THE_MONTH))
    if asker.form.code != STATEMENT or not flows:
        return
    unit = asker.catalog.units.by_id[asker.unit].name(asker.month)
    rule = asker.rules["A18", 2]
    for kind, message in (("zero", asker.sentence("A18", "zero", 2)), ("declared", _CONTRADICTS)):
        is_hard = rule.breaks[kind].severity is Severity.HARD
        yield NilRule(rule.code, is_hard, kind == "declared", flows, message.replace("{unit}", unit))
