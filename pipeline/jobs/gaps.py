"""How a month stands, what keeps it from being complete, what to do: words for the clerk, the twin and the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from pipeline.jobs.month import MonthView
from pipeline.transform.reported import TARGETS
from pipeline.validate.duties import MISSING, Duty
from pipeline.validate.verdicts import State

COUNTED = 366
"""Days overdue that are counted out; beyond a year the number only frightens."""


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


def next_step(view: MonthView, day: date) -> str:
    """What the clerk does about an incomplete month on that day; who still has time gets no reminder."""
    steps = []
    theirs = [duty for duty in view.missing if duty.form != TARGETS]
    waiting = [duty for duty in theirs if duty.due >= day]
    if len(waiting) < len(theirs):
        steps.append("用催报函催报" + ("已到期的未报单位" if waiting else "未报单位"))
    if waiting:
        first = min(duty.due for duty in waiting)
        steps.append(f"等候未到期的报送（最早{first.month}月{first.day}日到期）")
    if len(theirs) < len(view.missing):
        steps.append("补报本办的年度目标任务")
    asked = []
    if view.rejected_corrections or any(duty.state != State.WITHDRAWN for duty in view.not_in):
        asked.append("更正")
    if view.unexplained:
        asked.append("核实说明")
    if asked:
        steps.append(f"把退回单发给有关单位{'、'.join(asked)}")
    if any(duty.state == State.WITHDRAWN for duty in view.not_in):
        steps.append("请已撤出的单位重新报送")
    return f"下一步：{'，'.join(steps)}，收到后放入收件文件夹，再运行 make monthly。"


def refused_volunteers(view: MonthView) -> str:
    """What was sent without being owed and rejected, as a sentence: no month waits for it, but it is told."""
    refused = view.refused_volunteers
    return f"自愿报送被退回：{names(refused)}，不影响齐全，可请其更正后重报。" if refused else ""


def month_closing(view: MonthView, day: date, *, is_final: bool, final_wanted: bool = False) -> str:
    """The month in a sentence or two: what is complete, what is missing, what to do next as seen on that day."""
    label = view.month.label
    waiting = refused_volunteers(view)
    waiting += f"有{len(view.pending)}份在正式发布之后收到的报送待处理，尚未采用。" if view.pending else ""
    if is_final:
        lacking = "" if view.complete else f"（{'；'.join(gaps(view))}）"
        return f"{label}已正式发布{lacking}。{waiting}"
    if view.complete:
        return f"{label}应报{len(view.owed)}份全部采用，数据齐全，可以打印送审。{waiting}"
    refused = "不能正式发布，已按草稿生成；" if final_wanted else ""
    return f"{label}{refused}尚不齐全（草稿）：{'；'.join(gaps(view))}。{next_step(view, day)}{waiting}"


def left(days: int) -> str:
    """How much time there is until a day that has not passed: 「还有3天」, 「今天到期」."""
    return f"还有{days}天" if days else "今天到期"


def overdue(days: int) -> str:
    """「已过期2天」."""
    return f"已过期{days}天" if days <= COUNTED else "早已过期"


def state_of(duty: Duty, day: date) -> str:
    """One duty's state in words, as seen on that day: 已采用, 迟报3天, 未报送（未到期，还有3天）, and the like."""
    moved = f"延至{duty.due.month}月{duty.due.day}日" if duty.extended else ""
    if duty.state == MISSING:
        days = (day - duty.due).days
        if days > 0:
            return f"未报送，{overdue(days)}" + (f"（{moved}）" if moved else "")
        return f"未报送（{'，'.join(filter(None, ['未到期' if days else '', moved, left(-days)]))}）"
    words = f"{duty.state_label}（自愿报送）" if duty.voluntary else duty.state_label
    if duty.days_late:
        words += f"，迟报{duty.days_late}天"
    if moved:
        words += f"（{moved}）"
    if duty.is_in and duty.last and duty.counting and duty.last.record.id != duty.counting.record.id:
        words += f"；后报的一份{duty.last.state.label}"
    if duty.is_in and duty.counting and duty.counting.unexplained:
        words += f"；待核实{len(duty.counting.unexplained)}项"
    return words
