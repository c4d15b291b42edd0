"""What `status` tells a clerk: who is chased for what with days, how the year went so far, what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from pipeline.jobs import month as months
from pipeline.jobs.chasing import Chase, Why
from pipeline.jobs.gaps import gaps, left, names, overdue, refused_volunteers
from pipeline.jobs.not_run import not_run_lines
from pipeline.jobs.status import StatusOutcome
from pipeline.jobs.telling import finding_line, typed_in
from pipeline.jobs.unsigned import unsigned, unsigned_lines
from pipeline.model import Severity
from pipeline.periods import period_label, span_label
from pipeline.transform.reported import TARGETS
from pipeline.validate.duties import Deadline
from pipeline.validate.reporting_record import ReportingRecord, Tally


def status_title(outcome: StatusOutcome) -> str:
    """「2018年3月报送情况（4月8日截止），已过2天」, with the forms by name."""
    duties, deadline = outcome.view.duties, outcome.deadline
    days = (outcome.clock.day - deadline.day).days
    monthly = any("-" in duty.period for duty in duties)
    until = f"（{_short(deadline.day)}截止{_moved(deadline)}），{_so_far(days)}" if monthly else ""
    forms = dict.fromkeys(f"{duty.form} {duty.form_name}" for duty in duties)
    return f"{outcome.view.month.label}报送情况{until}\n{'、'.join(forms)}"


def _moved(deadline: Deadline) -> str:
    return f"，{_short(deadline.stated)}休息顺延" if deadline.day != deadline.stated else ""


def _so_far(days: int) -> str:
    return overdue(days).replace("过期", "过") if days > 0 else left(-days)


def deadline_lines(deadline: Deadline) -> list[str]:
    """That a deadline is not for sure: the holidays of its year are not known."""
    if deadline.is_announced:
        return []
    day = deadline.day
    only_weekends = f"{day.year}年的放假安排本程序还不知道，{_short(day)}的截止日只按周末推算。"
    return [f"[期限] {only_weekends}放假通知公布后请更新程序；需要改期的用 extend 逐个延期。"]


def status_line(outcome: StatusOutcome) -> str:
    """The month in one sentence."""
    view, month = outcome.view, outcome.view.month
    if outcome.workspace is not None:
        return (
            f"{outcome.workspace.resolve()} 里没有 store 文件夹，还没有收过件。"
            "如果已经做过月报，请到那个文件夹里运行，或用 --workspace 指明。"
        )
    inside = sum(duty.is_in for duty in view.owed)
    head = f"{month.label}应报{len(view.owed)}份，已采用{inside}份"
    rest = gaps(view)
    if view.late:
        rest.append(f"迟报：{names(view.late)}")
    if refused := refused_volunteers(view).removesuffix("。"):
        rest.append(refused)
    if view.pending:
        rest.append(f"正式发布后收到、待处理：{len(view.pending)}份")
    if view.unidentified:
        rest.append(f"认不出的文件：{len({f.finding.sha256 for f in view.unidentified})}个")
    return f"{head}；{'；'.join(rest)}。" if rest else f"{head}，全部按时，没有问题。"


def count_line(outcome: StatusOutcome) -> str:
    """The month in numbers, under the lines that name everybody."""
    view = outcome.view
    if outcome.workspace is not None or not view.owed:
        return status_line(outcome)
    whys = [(chase.why, chase.questions or 1) for chase in outcome.chases if not chase.duty.voluntary]
    open_now = [
        f"{why.label}{n}{'项' if why is Why.UNEXPLAINED else '份'}"
        for why in Why
        if (n := sum(count for one, count in whys if one is why))
    ]
    more = [f"迟报{len(view.late)}份"] if view.late else []
    more += [f"待处理{len(view.pending)}份"] if view.pending else []
    unknown = len({f.finding.sha256 for f in view.unidentified})
    more += [f"认不出的文件{unknown}个"] if unknown else []
    inside = sum(duty.is_in for duty in view.owed)
    told = "，".join([*open_now, *more]) or "全部按时，没有问题"
    return f"{view.month.label}应报{len(view.owed)}份，已采用{inside}份；{told}。"


def release_words(outcome: StatusOutcome) -> str:
    """The last release of the month, in words."""
    if outcome.release is None:
        return "还没有发布过。"
    body = outcome.release.body
    return (
        f"最近一次发布：第{body['release']}版（{'正式' if body['status'] == 'final' else '草稿'}），{body['as_of']}。"
    )


def status_problem_lines(outcome: StatusOutcome) -> list[str]:
    """What waits, what the office typed in itself, what lacks a name, and open findings that ask for something."""
    view = outcome.view
    waiting = [f"[待处理 {s.record.id}] 文件《{s.record.file}》在正式发布之后收到，尚未采用。" for s in view.pending]
    typed = [f"[代录] {typed_in(record.file, name)}。" for record, name in outcome.transcribed]
    unit_names = {duty.unit: duty.unit_name for duty in view.duties}
    return (
        waiting
        + typed
        + unsigned_lines(unsigned(view), unit_names)
        + [
            finding_line(stored)
            for stored in outcome.ranking.sorted((*view.findings, *view.unidentified))
            if stored.finding.severity is not Severity.NOTE and view.status_of(stored) == "open"
        ]
        + [f"[未比对] {line}" for line in not_run_lines(outcome.not_run, view)]
    )


# ------------------------------------------------------------------ whom to chase


def chase_lines(outcome: StatusOutcome) -> list[str]:
    """Who owes what, since when, by when, with days: what stands alike in one line, the most pressing first."""
    alike: dict[tuple[Why, date | None, date | None], list[Chase]] = {}
    for chase in outcome.chases:
        alike.setdefault((chase.why, chase.until, chase.since), []).append(chase)
    ordered = sorted(alike.items(), key=lambda one: (list(Why).index(one[0][0]), one[0][1] or date.max))
    lines = [f"[{why.label}] {_named(group)}：{_asks(group[0])}。" for (why, _, _), group in ordered]
    late: dict[int, list[str]] = {}
    for duty in outcome.view.late:
        late.setdefault(duty.days_late, []).append(f"{duty.unit_name}（{duty.form_short}）")
    lines += [f"[迟报] {'、'.join(units)}：迟{days}天。" for days, units in sorted(late.items(), reverse=True)]
    return lines + _lines_of_earlier_months(outcome)


def _lines_of_earlier_months(outcome: StatusOutcome) -> list[str]:
    """「[往月未报送] 2018年2月，镇坪农商银行（月报、措施表）：3月8日到期，已过期33天。」 and the like."""
    alike: dict[tuple[str, Why, date | None, date | None], list[Chase]] = {}
    for chase in outcome.behind:
        alike.setdefault((chase.duty.period, chase.why, chase.until, chase.since), []).append(chase)
    return [
        f"[往月{why.label}] {period_label(period)}，{_named(group)}：{_asks(group[0])}。"
        for (period, why, _, _), group in alike.items()
    ]


def _named(group: Iterable[Chase]) -> str:
    """「农业银行安康分行（月报）1项」; where nothing is counted, the forms of a unit together."""
    group = list(group)
    if group[0].questions:
        return "、".join(f"{c.duty.unit_name}（{c.duty.form_short}）{c.questions}项" for c in group)
    return names(chase.duty for chase in group)


def _asks(chase: Chase) -> str:
    if chase.until is None:
        return "已按决定撤出，请重新报送"
    time = overdue(chase.days_over) if chase.days_over > 0 else left(-chase.days_over)
    moved = "（已延期）" if chase.duty.extended and chase.since is None else ""
    if chase.since is None:
        return f"{_short(chase.until)}到期{moved}，{time}"
    verb = {Why.UNEXPLAINED: "提出，应于{}前答复"}.get(chase.why, "退回，应于{}前更正重报")
    kept = "（仍采用原报送）" if chase.why is Why.CORRECTION_REJECTED else ""
    willing = "（自愿报送，不影响齐全）" if chase.duty.voluntary else ""
    return f"{_short(chase.since)}{verb.format(_short(chase.until))}{kept}{willing}，{time}"


def answer_words(duty_chases: Iterable[Chase]) -> str:
    """For the table: by when this duty's answer is due, 「4月13日，还有3天」; nothing where nothing is asked."""
    for chase in duty_chases:
        if chase.since is not None and chase.until is not None:
            time = overdue(chase.days_over) if chase.days_over > 0 else left(-chase.days_over)
            return f"{_short(chase.until)}，{time}"
    return ""


# ------------------------------------------------------------------ the year so far

_COUNTS: Mapping[str, tuple[str, str]] = {
    "in_time": ("按时", "份"),
    "late": ("迟报", "份"),
    "missing": ("未报", "份"),
    "not_due": ("未到期", "份"),
    "rejections": ("退回", "次"),
    "hard": ("强制性差错", "个"),
    "soft": ("核实性问题", "个"),
    "explained": ("已说明", "个"),
}
RECORD_HEADINGS = ("填报单位", "应报", *(label for label, _ in _COUNTS.values()), "自愿报送")
_CLEAN = ("late", "missing", "rejections", "hard", "soft")
"""What a unit has none of of which nothing need be told."""


def record_title(record: ReportingRecord) -> str:
    """「2018年1月至3月报送记录」."""
    return f"{span_label(record.months)}报送记录"


def record_lines(record: ReportingRecord) -> list[str]:
    """The record in short: all together, then those of whom there is something to tell."""
    if not record.rows:
        return []
    lines = [f"{record_title(record)}：{tally_words(record.total)}。"]
    told = {unit: tally for unit, tally in record.by_unit.items() if any(getattr(tally, name) for name in _CLEAN)}
    owing = [unit for unit, tally in record.by_unit.items() if tally.owed]
    lines += [f"  {record.names[unit]}：{tally_words(tally)}。" for unit, tally in told.items()]
    clean = [unit for unit in owing if unit not in told]
    if told and clean:
        lines.append(f"  其余{len(clean)}个单位：没有迟报、未报、退回和差错。")
    return lines


def tally_words(tally: Tally) -> str:
    """「应报6份，按时4份，未报2份」: nothing of what there is none of."""
    counted = [f"{label}{n}{unit}" for name, (label, unit) in _COUNTS.items() if (n := getattr(tally, name))]
    counted += [f"自愿报送{tally.voluntary}份"] if tally.voluntary else []
    return "，".join([f"应报{tally.owed}份", *counted] if tally.owed else counted)


def record_rows(record: ReportingRecord) -> Iterator[tuple[str, ...]]:
    """The record of every unit and of all, under RECORD_HEADINGS."""
    tallies = [(record.names[unit], tally) for unit, tally in record.by_unit.items()]
    for name, tally in (*tallies, ("合计", record.total)):
        yield (name, *(str(getattr(tally, count)) for count in ("owed", *_COUNTS, "voluntary")))


# ------------------------------------------------------------------ what to do


def next_line(outcome: StatusOutcome) -> str:
    """The last line: what to do next, the most pressing first."""
    if outcome.workspace is not None:
        return ""
    month, release = outcome.view.month, outcome.release
    if not outcome.view.owed:
        return "下一步：这个月没有应报的报表，请核对报告期。"
    if release is not None and months.is_final(release):
        return "下一步：没有要办的事；后报的更正留待订正时采用。" if outcome.view.pending else "下一步：没有要办的事。"
    steps = [*_chasing_steps(outcome)]
    again = f"make monthly PERIOD={month}"
    if steps:
        last = [f"收到后放入收件文件夹，再运行 {again}"]
    elif outcome.view.complete:
        last = [f"数据齐全，核对附件后正式发布：{again} FINAL=1" if release else f"数据齐全，生成附件：{again}"]
    else:
        last = []
    if outcome.behind:
        steps.append(f"往月未了的事项一并催办{_units(outcome.behind)}（写在同一份催报函里）")
    return f"下一步：{'；'.join([*steps, *last])}。"


def _chasing_steps(outcome: StatusOutcome) -> Iterator[str]:
    by_why: dict[Why, list[Chase]] = {}
    own = False
    for chase in outcome.chases:
        if chase.duty.form == TARGETS and chase.since is None:
            own = True  # the office writes itself no letter
        elif chase.duty.is_in or not chase.duty.voluntary:
            by_why.setdefault(chase.why, []).append(chase)
    if missing := by_why.get(Why.MISSING):
        yield f"催报{_units(missing)}（{_letters(outcome, missing)}）"
    asked = [c for why in (Why.REJECTED, Why.CORRECTION_REJECTED, Why.UNEXPLAINED) for c in by_why.get(why, ())]
    if over := [chase for chase in asked if chase.days_over > 0]:
        yield f"催{_units(over)}答复退回单"
    if waiting := [chase for chase in asked if chase.days_over <= 0]:
        until = min(chase.until for chase in waiting if chase.until)
        yield f"{'另' if over else ''}请{_units(waiting)}按退回单答复，最早的{_short(until)}到期"
    if withdrawn := by_why.get(Why.WITHDRAWN):
        yield f"请{_units(withdrawn)}重新报送"
    if own:
        yield "补报本办的年度目标任务（写进登记表导入，或把目标任务表放入收件文件夹）"
    if not_due := by_why.get(Why.NOT_DUE):
        until = min(chase.until for chase in not_due if chase.until)
        yield f"等候{_units(not_due)}，{_short(until)}到期"


def _letters(outcome: StatusOutcome, missing: Iterable[Chase]) -> str:
    """Where the letters lie; they are written by a run after the deadline."""
    if not outcome.view.standings:
        return "还没有收到任何报表，请先核对报告期"
    month, release = outcome.view.month, outcome.release
    last = date.fromisoformat(release.body["as_of"]) if release else date.min
    written = all(last > chase.duty.due for chase in missing)
    return f"催报函在 output/{month}/催报函" if written else f"运行 make monthly PERIOD={month} 生成催报函"


def _units(chases: Iterable[Chase], most: int = 3) -> str:
    """「镇坪农商银行」, 「汉滨农商银行、石泉农商银行、紫阳农商银行等12家」."""
    units = list(dict.fromkeys(chase.duty.unit_name for chase in chases))
    return "、".join(units[:most]) + (f"等{len(units)}家" if len(units) > most else "")


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
