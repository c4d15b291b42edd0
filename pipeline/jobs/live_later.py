"""What a blank form cannot check by itself, and why: said in its guide, and held against the rules by a test."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.validate.registry import Rule

AT_ONCE = "填写时"
_OTHERWISE: Mapping[int, str] = {
    1: "本表没有这种情况",
    2: "收到以后：以前各期采用的数不够，不能先比",
    3: "收到以后：要与其他单位的报表对照",
    4: "收到以后：要与台账对照",
    5: "收到以后：要与全市的数对照",
}
"""By level, where a form does not check a rule that others of its kind may."""

_INSTEAD: Mapping[tuple[str, int], str] = {("A30", 2): "已有采用的上月、上年末数，按A02、A03审核"}
"""What a form checks in the place of a rule where it has the figures for more."""

NEVER: Mapping[tuple[str, int], str] = {
    ("A12", 2): "要与以前各月的变动一起比，看是哪一栏忽然与另一栏相同",
    ("A29", 2): "填写时接不上的按A02至A07提示，是上月报表有误的，再请本单位核实上月的数",
    ("Q01-2", 2): "要与本单位同期月报对照，文中的数要读懂才能比",
    ("T01-6", 1): "要把两家银行各县区的目标与上年的一起比对",
    ("T01-7", 1): "要把一家银行各县区的目标与上年的一起比对",
}
"""By code and level: rules of levels 1 and 2 of which a form has nothing to check."""

PARTS: Mapping[tuple[str, int, str], str] = {
    ("A16", 1, "missing_area"): "各行已经列好，不能删除",
    ("A16", 1, "doubled_area"): "各行已经列好，不能增加",
    ("A16", 1, "unknown_area"): "县区名称已经写好，不能改动",
    ("A16", 1, "odd_total"): "合计一行已经写好，不能改动",
    ("A16", 1, "foreign_area"): "只列本单位的县区",
    ("A16", 1, "empty_row"): "填写时与漏填的格一起提示",
    ("A16", 1, "missing_column"): "各栏已经列好，不能删除",
    ("A16", 1, "empty_column"): "填写时与漏填的格一起提示",
    ("A16", 1, "no_rate"): "填写时与漏填的格一起提示",
    ("A09", 1, "exchanged"): "填写时逐格按户数多于笔数提示",
    ("A09", 1, "small_rest"): "只作记录，不需处理",
    ("A14", 1, "between"): "合计行的利率不填，没有可比的数",
    ("A18", 2, "again"): "收到以后：整张表与以前各月比对，各月的对比基数不同，填在这张表里不会全部相同",
    ("A22", 1, "county"): "填写时逐格按其中区域大于县区提示",
    ("A24", 1, "unit"): "填写时按贴息大于利息提示，不推算是否填错单位",
    ("A24", 1, "rate"): "收到以后：应贴息与按本年加权平均利率的规定比例计算的利息相比",
    ("A31", 2, "gone"): "收到以后：各县区不良、逾期余额一起与上月相比",
    ("A31", 2, "fallen"): "收到以后：各县区不良合计与上月相比",
    ("T01-1", 1, "missing"): "各行已经列好，不能删除",
    ("T01-1", 1, "missing_bank"): "各栏已经列好，不能删除",
    ("T01-1", 1, "doubled"): "各行已经列好，不能增加",
    ("T01-1", 1, "unknown"): "县区名称已经写好，不能改动",
    ("T01-3", 1, "blank"): "合计自动计算，不会与各县区之和不同",
    ("T01-4", 1, "households"): "填写时在目标金额一格提示，不判断是哪一栏填错",
}
"""By code, level and way to break it: what a form tells in another way, or what cannot happen in it."""


def when_checked(rule: Rule, live: Collection[tuple[str, int]]) -> str:
    """When a rule is checked for whoever fills in a form that checks these by itself; for the guide."""
    place = rule.code, rule.level
    later = [reason for (*of, _), reason in PARTS.items() if tuple(of) == place and reason.startswith("收到以后")]
    if place in live:
        return "；".join([AT_ONCE, *later])
    if place in NEVER:
        return f"收到以后：{NEVER[place]}"
    return _INSTEAD.get(place, _OTHERWISE[rule.level])
