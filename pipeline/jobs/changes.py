"""What is different between two months in what the catalogue says: forms, indicators, rules, policy, registers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pipeline.catalog import Catalog, PolicyValue
from pipeline.catalog.dated import holding
from pipeline.catalog.forms import Column
from pipeline.jobs.policy_words import UNMEASURED, basis, said, unit_of
from pipeline.periods import Month

if TYPE_CHECKING:
    from pipeline.validate.registry import Rule

Change = tuple[str, str, str]
"""Category, what it is about, what changed; for people."""


def changes(catalog: Catalog, before: Month, now: Month, rules: Iterable[Rule]) -> Iterator[Change]:
    """Every difference, in the catalogue's order."""
    yield from _indicators(catalog, before, now)
    yield from _rules(rules, before, now)
    yield from _policy(catalog, before, now)
    yield from _registers(catalog, before, now)
    yield from _duties(catalog, before, now)


# ------------------------------------------------------------------ what is asked


def _indicators(catalog: Catalog, before: Month, now: Month) -> Iterator[Change]:
    for form in catalog.forms.values():
        old, new = ({column.code: column for column in form.columns_in(month)} for month in (before, now))
        yield from _came_and_went(
            "指标",
            {code: f"{form.code} {_label(column)}" for code, column in old.items()},
            {code: f"{form.code} {_label(column)}" for code, column in new.items()},
        )
        for code, column in new.items():
            if code in old and (was := _asked(old[code])) != (now_asked := _asked(column)):
                yield "指标", f"{form.code} {_label(column)}", f"原为{was}；现为{now_asked}"


def _label(column: Column) -> str:
    return column.label.replace("{institution}", "〔机构〕")


def _asked(column: Column) -> str:
    """What a sender has to know of a column."""
    duty = "只作核对" if column.compared else "必填" if column.required else "有则填"
    meaning = f"，含义：{column.note}" if column.note else ""
    return f"“{_label(column)}”（{column.unit}，{duty}{meaning}）"


def _rules(rules: Iterable[Rule], before: Month, now: Month) -> Iterator[Change]:
    every = list(rules)
    old, new = ({(rule.code, rule.level): rule for rule in every if rule.holds(m)} for m in (before, now))
    yield from _came_and_went(
        "审核关系",
        {str(key): f"{rule.code} {rule.title}" for key, rule in old.items()},
        {str(key): f"{rule.code} {rule.title}" for key, rule in new.items()},
    )
    for key, rule in new.items():
        if key in old and old[key] is not rule:
            was, judged = _judged(old[key]), _judged(rule)
            told = f"原为{was}；现为{judged}" if was != judged else "核对方法或提示语有调整"
            yield "审核关系", f"{rule.code} {rule.title}", told


def _judged(rule: Rule) -> str:
    weights = "、".join(severity.label for severity in rule.severities)
    return f"“{rule.title}”（{weights}，{rule.source.replace('working: ', '')}）"


# ------------------------------------------------------------------ what is decided


def _policy(catalog: Catalog, before: Month, now: Month) -> Iterator[Change]:
    for parameter in catalog.policy.parameters.values():
        old, new = (next(iter(holding(parameter.values, month)), None) for month in (before, now))
        told = _revalued(old, new, parameter.unit, catalog)
        if told:
            yield "政策参数", parameter.title, told


def _revalued(old: PolicyValue | None, new: PolicyValue | None, unit: str, catalog: Catalog) -> str:
    """What became of a value; nothing where it and its basis are the same."""
    was, became = (_valued(value, unit, catalog) for value in (old, new))
    if old is None or new is None:
        return f"新增：{became}（{basis(new)}）" if new else f"不再有效，原为{was}" if old else ""
    if old.value != new.value:
        return f"由{was}改为{became}（{basis(new)}）"
    if basis(old) != basis(new):
        return f"取值不变（{became}），依据由“{basis(old)}”改为“{basis(new)}”"
    return ""


def _valued(value: PolicyValue | None, unit: str, catalog: Catalog) -> str:
    if value is None:
        return ""
    measured = unit_of(value.value, unit).removeprefix(UNMEASURED)
    return f"{said(value.value, catalog)}{measured}".replace("\n", "；")


# ------------------------------------------------------------------ who it is about


def _registers(catalog: Catalog, before: Month, now: Month) -> Iterator[Change]:
    for area in catalog.areas.entries:
        old, new = area.named(before), area.named(now)
        if (old.name, old.code) != (new.name, new.code):
            yield "县区", new.name, f"原为{old.name}{_coded(old.code)}，现为{new.name}{_coded(new.code)}"
    for unit in catalog.units.units:
        if unit.name(before) != unit.name(now):
            yield "填报单位", unit.name(now), f"原名{unit.name(before)}"


def _coded(code: str) -> str:
    return f"（{code}）" if code else ""


def _duties(catalog: Catalog, before: Month, now: Month) -> Iterator[Change]:
    for code, form in catalog.forms.items():
        old, new = ({unit.id: unit for unit in catalog.units.owing(code, month)} for month in (before, now))
        for words, gained, lost in (("开始报送", new, old), ("不再报送", old, new)):
            units = [unit.name(now) for name, unit in gained.items() if name not in lost]
            if units:
                yield "应报报表", f"{code} {form.name}", f"{len(units)}家{words}：{'、'.join(units)}"


def _came_and_went(category: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    yield from ((category, words, "新增") for key, words in new.items() if key not in old)
    yield from ((category, words, "取消") for key, words in old.items() if key not in new)
