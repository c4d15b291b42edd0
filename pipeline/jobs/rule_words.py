"""Edit rules as a reader of the codebook sees them: whole sentences with words in place of what data fill in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pipeline.periods import Month

if TYPE_CHECKING:
    from pipeline.validate.registry import Break, Rule

LEVELS = {
    0: "文件",
    1: "本表之内",
    2: "与上月等相邻数据",
    3: "银行与县区对照",
    4: "与台账对照",
    5: "与登记表等外部数据",
}
"""What a rule looks at."""

WORDS = {
    "added": "本月新增",
    "allowed": "四舍五入容许的差",
    "also": "",
    "area": "县区",
    "average": "户均金额",
    "bank": "机构",
    "base": "县区所报指标",
    "before": "上次的数",
    "cap": "每户上限",
    "cases": "各处的县区、指标和数",
    "cell": "单元格",
    "change": "变动额",
    "count": "数目",
    "county": "所在县区",
    "difference": "差额",
    "direction": "高于或低于上限的倍数",
    "expected": "对照的数",
    "figure": "考核指标",
    "form": "月报",
    "grades": "一类或几类",
    "guess": "",
    "hint": "",
    "highest": "最高的利率",
    "households": "户数",
    "indicator": "指标",
    "inner": "其中区域和它们的数",
    "lacking": "",
    "largest": "以往最大的数",
    "last": "上月合计",
    "lent": "发放金额",
    "limit": "界限",
    "lowest": "最低的利率",
    "meant": "推算应为的数",
    "measures": "措施表",
    "month": "月份",
    "months": "几",
    "most": "一年的利息",
    "moved": "增加或减少",
    "name": "所写名称",
    "now": "本月",
    "other": "对照的指标",
    "others": "对照的数",
    "out": "核销及代偿、划出",
    "owing": "期末余额/笔数",
    "own": "利率",
    "paid": "本月代偿",
    "percent": "变动幅度",
    "quoted": "文中的话",
    "rate": "利率上限",
    "ratio": "比例",
    "settled": "几",
    "share": "规定的比例",
    "slip": "多写或少写一位",
    "sum": "各项相加减",
    "than": "比上月的累计多",
    "there": "",
    "times": "倍数",
    "total": "合计",
    "unit": "填报单位",
    "value": "所报数",
    "when": "某月",
    "whole": "",
    "wider": "从高一级起各类",
}
"""What data fill in, by its name in the sentences of the rules; empty where a sentence mostly goes without."""


def in_force(rules: Iterable[Rule], month: Month) -> list[Rule]:
    """The rules that hold in a month, level by level."""
    return sorted((rule for rule in rules if rule.holds(month)), key=lambda rule: (rule.level, rule.code))


def sentences(breaks: Sequence[Break]) -> str:
    """What is said of each way to break a rule, a line each; where they are of different weight, each says its own."""
    told = [example(entry.message) for entry in breaks]
    if len({entry.severity for entry in breaks}) > 1:
        told = [f"{entry.severity.label}：{text}" for entry, text in zip(breaks, told, strict=True)]
    return told[0] if len(told) == 1 else "\n".join(f"{n}. {text}" for n, text in enumerate(told, start=1))


def example(message: str) -> str:
    """A message with 〔words〕 where the data's own will stand.

    Raises:
        KeyError: a name that nobody has given words.
    """
    return re.sub(r"\{(\w+)[^}]*\}", lambda found: _bracketed(WORDS[found[1]]), message)


def _bracketed(words: str) -> str:
    return f"〔{words}〕" if words else ""
