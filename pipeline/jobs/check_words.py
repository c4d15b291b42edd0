"""What a sender's own check cannot know: which rules need more than the file, and what of, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.validate.needs import Need

if TYPE_CHECKING:
    from pipeline.validate.registry import Rule

PRINTED = frozenset(
    {
        Need.LAST_MONTH,
        Need.LAST_MONTH_OF_THIS_YEAR,
        Need.YEAR_START,
        Need.YEAR_BEFORE,
        Need.LAST_RETURN_OF_THIS_YEAR,
    }
)
"""What a blank form brings along in full; of last month's return the list of projects is not compared."""
_NEEDS: Mapping[Need, str] = {
    Need.LAST_MONTH: "上月的报表",
    Need.LAST_MONTH_OF_THIS_YEAR: "上月的报表",
    Need.MONTHS_OF_THIS_YEAR: "本年以前各月的报表",
    Need.YEAR_START: "上年12月的报表",
    Need.YEAR_BEFORE: "上年同月的报表",
    Need.ANY_MONTH: "以前各月的报表",
    Need.SOME_MONTH: "以前各月的报表",
    Need.ENOUGH_MONTHS: "以前半年以上的报表",
    Need.LAST_RETURN: "上月的县区报表",
    Need.LAST_RETURN_OF_THIS_YEAR: "上月的县区报表",
    Need.LAST_WORDS: "上月的措施表",
    Need.LAST_TARGETS: "上年的目标任务",
    Need.OWN_STATEMENT: "本单位同期的月报",
    Need.OTHER_FORMS: "其他单位的报表",
    Need.MIRROR: "县区报表",
}
_IN_ITSELF = frozenset({"A30"})
"""Held against the bases that a statement types, where nothing is known of their month."""
_BY_LEVEL: Mapping[int, str] = {2: "上月的报表", 3: "其他单位的报表", 4: "台账", 5: "全市的数"}


def reason_of(rule: Rule) -> str:
    """「要与上月的报表、上年12月的报表比对」."""
    told = dict.fromkeys(_NEEDS[need] for need in rule.needs) or {_BY_LEVEL[rule.level]: None}
    return f"要与{'、'.join(told)}比对"


def is_told_by_form(rule: Rule) -> bool:
    """Whether a blank form of ours brings along all that the rule looks at."""
    return rule.code in _IN_ITSELF or (bool(rule.needs) and PRINTED.issuperset(rule.needs))
