"""What keeps a month from being complete, and what to do about it: phrases for the clerk, the twin and the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.jobs.month import MonthView
from pipeline.validate.duties import Duty
from pipeline.validate.verdicts import State


def names(duties: Iterable[Duty]) -> str:
    """「汉阴农商银行（月报）、镇坪农商银行（月报、措施表）」."""
    forms: dict[str, list[str]] = {}
    for duty in duties:
        forms.setdefault(duty.unit_name, []).append(duty.form_short)
    return "、".join(f"{unit}（{'、'.join(owed)}）" for unit, owed in forms.items())


def gaps(view: MonthView) -> list[str]:
    """What keeps a month from being complete, a phrase for each kind."""
    phrases = []
    if view.missing:
        phrases.append(f"未报送：{names(view.missing)}")
    if view.not_in:
        grouped: dict[str, list[Duty]] = {}
        for duty in view.not_in:
            grouped.setdefault(duty.state_label, []).append(duty)
        phrases += [f"{label}：{names(duties)}" for label, duties in grouped.items()]
    if view.rejected_corrections:
        phrases.append(f"更正件被退回（仍采用原报送）：{names(view.rejected_corrections)}")
    if view.unexplained:
        units = Counter(stored.finding.unit for stored in view.unexplained)
        unit_names = {duty.unit: duty.unit_name for duty in view.duties}
        phrases.append("待核实：" + "、".join(f"{unit_names.get(unit, unit)}{n}项" for unit, n in units.items()))
    return phrases


def next_step(view: MonthView) -> str:
    """What the clerk does about an incomplete month."""
    steps = []
    if view.missing:
        steps.append("催报未报单位")
    if view.rejected_corrections or any(duty.state != State.WITHDRAWN for duty in view.not_in):
        steps.append("请被退回的单位更正后重报")
    if any(duty.state == State.WITHDRAWN for duty in view.not_in):
        steps.append("请已撤出的单位重新报送")
    if view.unexplained:
        steps.append("请有关单位说明原因并用 explain 记录")
    return f"下一步：{'，'.join(steps)}，收到后放入收件文件夹，再运行 make monthly。"
