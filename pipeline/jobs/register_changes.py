"""What is different between two registers, unit by unit and deadline by deadline, as plain sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from pipeline.catalog import Catalog, ReportingUnit
from pipeline.catalog.dated import Dated, holding
from pipeline.catalog.overlay import CALENDAR
from pipeline.catalog.policy import Parameter, PolicyValue
from pipeline.catalog.register_sheets import LISTED, MAY, NO, OWED, YES, Contact
from pipeline.catalog.registers import Duty
from pipeline.periods import Month


def register_changes(now: Catalog, after: Catalog) -> Iterator[str]:
    """Every difference in units, duties and deadlines, in the order of the register."""
    old, new = now.units.by_id, after.units.by_id
    for unit in sorted(after.units.units, key=lambda unit: (unit.order, unit.id)):
        if unit.id in old:
            yield from _unit_changes(old[unit.id], unit, now, after)
        else:
            yield f"新增填报单位：{_called(unit)}（{unit.id}）{_duties_told(unit)}。"
    for unit in now.units.units:
        if unit.id not in new:
            yield f"删去填报单位：{_called(unit)}（{unit.id}）。"
    for name in CALENDAR:
        if name in after.policy.parameters:
            yield from _deadline_changes(now.policy.parameters[name], after.policy.parameters[name])


def contact_changes(now: Sequence[Contact], after: Sequence[Contact], catalog: Catalog) -> Iterator[str]:
    """Of which units the contacts differ: the units only, never the persons."""
    own = {unit.id: [[c for c in group if c.unit == unit.id] for group in (now, after)] for unit in catalog.units.units}
    changed = [catalog.units.by_id[unit] for unit, (old, new) in own.items() if old != new]
    if changed:
        yield f"联系人有变动：{LISTED.join(map(_called, changed))}。"


# ------------------------------------------------------------------ one unit


def _unit_changes(old: ReportingUnit, new: ReportingUnit, now: Catalog, catalog: Catalog) -> Iterator[str]:
    name = _called(new)
    if old.names != new.names:
        yield f"{_called(old)}（{new.id}）的名称改为：{LISTED.join(f'{n.name}{_window(n)}' for n in new.names)}。"
    if old.institution != new.institution:
        institutions = {**now.units.institution_by_id, **catalog.units.institution_by_id}
        was, is_now = (institutions[i].name if i else "无" for i in (old.institution, new.institution))
        yield f"{name}的机构由{was}改为{is_now}。"
    if old.areas != new.areas:
        yield f"{name}的县区{_came_and_went(_areas(old, catalog), _areas(new, catalog))}。"
    if old.aliases != new.aliases:
        yield f"{name}的别名{_came_and_went(old.aliases, new.aliases)}。"
    if old.order != new.order:
        yield f"{name}的顺序由{old.order}改为{new.order}。"
    for form in dict.fromkeys(duty.form for duty in (*old.duties, *new.duties)):
        was_due, is_due = ([duty for duty in unit.duties if duty.form == form] for unit in (old, new))
        if was_due != is_due:
            yield f"{name}的{form}{_duty_change(was_due, is_due)}。"


def _called(unit: ReportingUnit) -> str:
    return unit.names[-1].name


def _areas(unit: ReportingUnit, catalog: Catalog) -> list[str]:
    return [catalog.areas.by_id[area].names[-1].name for area in unit.areas]


def _came_and_went(old: Iterable[str], new: Iterable[str]) -> str:
    before, after = list(old), list(new)
    added, gone = [one for one in after if one not in before], [one for one in before if one not in after]
    told = [f"增加{LISTED.join(added)}"] if added else []
    told += [f"删去{LISTED.join(gone)}"] if gone else []
    return "，".join(told) or "调整了次序"


def _duties_told(unit: ReportingUnit) -> str:
    told = LISTED.join(f"{duty.form}{_duty(duty)}" for duty in unit.duties)
    return f"，{told}" if told else "，没有应报报表"


def _duty_change(old: Sequence[Duty], new: Sequence[Duty]) -> str:
    if not new:
        return "不再登记"
    if not old:
        return f"新增：{LISTED.join(map(_duty, new))}"
    if len(old) == len(new) == 1 and (old[0].voluntary, old[0].since) == (new[0].voluntary, new[0].since):
        until = new[0].until
        return f"停报：报到{until.label}为止" if until else "恢复报送，不再停报"
    return f"由{LISTED.join(map(_duty, old))}改为{LISTED.join(map(_duty, new))}"


def _duty(duty: Duty) -> str:
    return f"{MAY if duty.voluntary else OWED}{_window(duty)}"


def _window(entry: Dated) -> str:
    """「（2018年4月起）」; empty for what holds always."""
    told = [f"{entry.since.label}起"] if entry.since else []
    told += [f"至{entry.until.label}"] if entry.until else []
    return f"（{'，'.join(told)}）" if told else ""


# ------------------------------------------------------------------ deadlines


def _deadline_changes(old: Parameter, new: Parameter) -> Iterator[str]:
    """One sentence for each stretch of months with another value; else that something else is written of it."""
    if old.values == new.values:
        return
    both = (*old.values, *new.values)
    turns = {entry.since for entry in both if entry.since} | {e.until.shifted(1) for e in both if e.until}
    steps = [
        (month, _value_change(_value(old, month), _value(new, month), new.unit)) for month in (None, *sorted(turns))
    ]
    stretches = [next(same) for _, same in groupby(steps, key=lambda step: step[1])]
    told = [
        f"{new.title}：{_span(since, end)}{change}。"
        for (since, change), (end, _) in pairwise([*stretches, (None, "")])
        if change
    ]
    yield from told or [f"{new.title}：取值不变，起止月份或依据有改动。"]


def _span(since: Month | None, end: Month | None) -> str:
    """「自2018年4月起至2018年6月止」; `end` is the month after."""
    return (f"自{since.label}起" if since else "") + (f"至{end.previous.label}止" if end else "")


def _value(parameter: Parameter, month: Month | None) -> PolicyValue | None:
    """What holds in a month; None for the month: before all others."""
    return next(iter(holding(parameter.values, month or Month(1900, 1))), None)


def _value_change(was: PolicyValue | None, is_now: PolicyValue | None, unit: str) -> str:
    if was is None or is_now is None or was.value == is_now.value:
        return ""
    authority = is_now.reference or f"本办约定：{is_now.working}"
    return f"由{_shown(was.value, unit)}改为{_shown(is_now.value, unit)}（{authority}）"


def _shown(value: object, unit: str) -> str:
    return (YES if value else NO) if isinstance(value, bool) else f"{value}{unit}"
