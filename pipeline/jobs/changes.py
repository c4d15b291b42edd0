"""What is different between two months in what the catalogue says: forms, indicators, rules, policy, registers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pipeline.catalog import Catalog
from pipeline.catalog.dated import holding
from pipeline.periods import Month

Change = tuple[str, str, str]
"""Category, what it is about, what changed; for people."""


def changes(catalog: Catalog, before: Month, now: Month) -> Iterator[Change]:
    """Every difference, in the catalogue's order."""
    yield from _indicators(catalog, before, now)
    yield from _rules(before, now)
    yield from _policy(catalog, before, now)
    yield from _registers(catalog, before, now)
    yield from _duties(catalog, before, now)


def _indicators(catalog: Catalog, before: Month, now: Month) -> Iterator[Change]:
    for form in catalog.forms.values():
        old = {column.code: column for column in form.columns_in(before)}
        new = {column.code: column for column in form.columns_in(now)}
        yield from _came_and_went(
            "指标", {c: f"{form.code} {old[c].label}" for c in old}, {c: f"{form.code} {new[c].label}" for c in new}
        )
        for code in old.keys() & new.keys():
            if (old[code].label, old[code].unit) != (new[code].label, new[code].unit):
                yield (
                    "指标",
                    f"{form.code} {new[code].label}",
                    f"原为“{old[code].label}”（{old[code].unit}），现为“{new[code].label}”（{new[code].unit}）",
                )


def _rules(before: Month, now: Month) -> Iterator[Change]:
    from pipeline.validate.rules import RULES

    old = {f"{r.code} {r.title}": f"{r.code} {r.title}" for r in RULES if r.holds(before)}
    new = {f"{r.code} {r.title}": f"{r.code} {r.title}" for r in RULES if r.holds(now)}
    yield from _came_and_went("审核关系", old, new)


def _policy(catalog: Catalog, before: Month, now: Month) -> Iterator[Change]:
    for parameter in catalog.policy.parameters.values():
        old, new = (next(iter(holding(parameter.values, month)), None) for month in (before, now))
        if old is None and new is not None:
            yield "政策参数", parameter.title, f"新增：{new.value}{parameter.unit}（{new.reference or new.working}）"
        elif old is not None and new is None:
            yield "政策参数", parameter.title, f"不再有效（原为{old.value}{parameter.unit}）"
        elif old is not None and new is not None and old.value != new.value:
            yield (
                "政策参数",
                parameter.title,
                f"由{old.value}{parameter.unit}改为{new.value}{parameter.unit}（{new.reference or new.working}）",
            )
        elif old is not None and new is not None and old.reference != new.reference:
            yield "政策参数", parameter.title, f"取值不变，依据改为：{new.reference or f'本办约定，{new.working}'}"


def _registers(catalog: Catalog, before: Month, now: Month) -> Iterator[Change]:
    for area in catalog.areas.entries:
        old, new = area.named(before), area.named(now)
        if old != new:
            yield "县区", new.name, f"原为{old.name}（{old.code}），现为{new.name}（{new.code}）"
    for unit in catalog.units.units:
        if unit.name(before) != unit.name(now):
            yield "填报单位", unit.name(now), f"原名{unit.name(before)}"


def _duties(catalog: Catalog, before: Month, now: Month) -> Iterator[Change]:
    for code, form in catalog.forms.items():
        old, new = ({unit.id: unit for unit in catalog.units.owing(code, month)} for month in (before, now))
        for words, gained, lost in (("开始报送", new, old), ("不再报送", old, new)):
            units = [unit.name(now) for name, unit in gained.items() if name not in lost]
            if units:
                yield "应报报表", f"{code} {form.name}", f"{len(units)}家{words}：{'、'.join(units)}"


def _came_and_went(category: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterable[Change]:
    yield from ((category, words, "新增") for key, words in new.items() if key not in old)
    yield from ((category, words, "取消") for key, words in old.items() if key not in new)
