"""What a blank form tells of what is not filled in (A16, T01-1, Q01-4), and of a month without business (A18)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.jobs.live_asker import Asker, keys_of
from pipeline.model import Severity
from pipeline.render.form_rules import NilRule, Owed
from pipeline.validate.neighbours import STATEMENT
from pipeline.validate.owed import LENT, RATE
from pipeline.validate.rules.measures import PRODUCTS

OF_THE_MONTH = "_mtd"
_CONTRADICTS = "{unit}写明“本月无业务”，但本月有的栏填的不是0，两者矛盾。"


_BLANK = ("A16", "T01-1", "Q01-4")
_NO_BUSINESS, _NO_TARGET, _NO_WORDS = "没有发生的填0。", "没有任务的填0。", "没有的写“无”，没有变化的选“与上月相同”。"


def owed_of(asker: Asker) -> Iterator[Owed]:
    """What must be filled in, county by county: nothing must be of an area inside one."""
    rules = (asker.rules.get((code, 1)) for code in _BLANK)
    rule = next((rule for rule in rules if rule and asker.form.code in rule.reads), None)
    if rule is None:
        return
    required = [column.code for column in asker.form.columns if column.required and not column.repeatable]
    always = tuple(key for code in required for key in keys_of(asker, code))
    if not asker.areas:
        is_hard = rule.breaks["blank"].severity is Severity.HARD
        listed = frozenset({PRODUCTS} & asker.keys)
        yield Owed(rule.code, "", always, listed=listed, hard=is_hard, of_words=True, advice=_NO_WORDS)
    advice = _NO_TARGET if rule.code == "T01-1" else _NO_BUSINESS
    monthly = frozenset(code for code in always if code.endswith(OF_THE_MONTH))
    beside = ((RATE, LENT),) if {RATE, LENT} <= asker.keys else ()
    for area in asker.areas:
        if area in asker.counties:
            yield Owed(rule.code, area, always, monthly, beside, advice=advice)


def nil_rules(asker: Asker) -> Iterator[NilRule]:
    """Nothing happened, and the box does not say so; it says so, and something did."""
    flows = frozenset(key for key in asker.keys if key.endswith(OF_THE_MONTH))
    if asker.form.code != STATEMENT or not flows:
        return
    unit = asker.catalog.units.by_id[asker.unit].name(asker.month)
    rule = asker.rules["A18", 2]
    for kind, message in (("zero", asker.sentence("A18", "zero", 2)), ("declared", _CONTRADICTS)):
        is_hard = rule.breaks[kind].severity is Severity.HARD
        yield NilRule(rule.code, is_hard, kind == "declared", flows, message.replace("{unit}", unit), kind=kind)
