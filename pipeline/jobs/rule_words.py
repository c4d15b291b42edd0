"""Edit rules as a reader of the codebook sees them: whole sentences with words in place of what data fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.ingest.faults import FILE_RULES
from pipeline.periods import Month

if TYPE_CHECKING:
    from pipeline.validate.registry import Rule

_WORDS = {
    "area": "县区",
    "indicator": "指标",
    "value": "所报数",
    "expected": "应为数",
    "difference": "差额",
    "unit": "填报单位",
    "name": "名称",
    "cell": "单元格",
    "bank": "机构",
    "limit": "界限",
    "cap": "每户上限",
    "households": "户数",
    "average": "户均",
    "quoted": "文中的话",
    "figure": "指标",
    "form": "月报",
    "month": "上月",
    **dict.fromkeys(("whole", "also", "hint"), ""),
}
"""What stands for each of a message's fields; nothing for those that are only sometimes there."""


def rules_in_force(month: Month) -> Iterator[tuple[Rule, str, str, str]]:
    """(rule, weight, sentence, source) of every way to break a rule that holds in that month, files' rules first."""
    from pipeline.validate.rules import RULES

    for rule in sorted((r for r in RULES if r.holds(month)), key=lambda r: (r.level, r.code)):
        for broken in rule.breaks.values():
            yield rule, broken.severity.label, broken.message, rule.source.replace("working: ", "")


def file_rules() -> list[tuple[str, str, str]]:
    """(code, title, weight) of the rules about the file itself."""
    return [(rule.code, rule.title, rule.severity.label) for rule in FILE_RULES.values()]


def example(message: str) -> str:
    """A message with 〔words〕 where the data's own will stand."""

    def stand_in(found: re.Match[str]) -> str:
        word = _WORDS.get(found[1], "数据")
        return f"〔{word}〕" if word else ""

    return re.sub(r"\{(\w+)[^}]*\}", stand_in, message)
