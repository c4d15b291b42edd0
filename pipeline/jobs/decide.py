"""Decisions of people, written into the journal: explain, withdraw, extend, undo."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pipeline.catalog import Catalog, ReportingUnit, squeezed
from pipeline.errors import UsageError
from pipeline.jobs import month as months
from pipeline.jobs import runlog
from pipeline.jobs.clock import Clock, refuse_backwards
from pipeline.jobs.explanations import OF_A_DECISION, why_refused
from pipeline.jobs.history import judge_again_if_needed
from pipeline.jobs.rereading import refuse_undoing
from pipeline.model import Severity
from pipeline.periods import Month, period_label
from pipeline.store import headers, imports, journal, records
from pipeline.store.journal import Entry
from pipeline.store.records import StoredFinding
from pipeline.store.store import Connection, Store
from pipeline.validate.duties import due_of, extended_days
from pipeline.validate.verdicts import State, explained_values

Decision = Callable[[Connection, int], tuple[str, dict[str, Any], str]]


@dataclass(frozen=True, slots=True)
class Decided:
    """The journal entry that was made, and the sentence that tells it."""

    entry: Entry
    sentence: str


def explain(workspace: Path, finding: str, text: str, by: str, catalog: Catalog, clock: Clock) -> Decided:
    """Record a reporting unit's answer to a soft finding; the answer is bound to the reported value."""
    answer, author = text.strip(), person(by)

    def decision(connection: Connection, upto: int) -> tuple[str, dict[str, Any], str]:
        found = records.findings(connection, upto, id_prefix=_id(finding, "F"))
        ids = sorted({f.id for f in found})
        if not ids:
            raise UsageError(f"没有编号为 {finding} 的审核问题。编号见 data/findings.csv 第一列，或运行 status 查看。")
        if len(ids) > 1:
            raise UsageError(f"编号 {finding} 对应{len(ids)}个审核问题（{'、'.join(ids[:5])}）。请写全编号。")
        stored = _asked(connection, found, catalog, upto)
        if stored.finding.severity is not Severity.SOFT:
            raise UsageError(
                f"{stored.id}（{stored.finding.rule}）是{stored.finding.severity.label}问题，不能用说明代替。"
                + ("请报送单位更正后重新报送。" if stored.finding.severity is Severity.HARD else "它不需要说明。")
            )
        if why := why_refused(answer, catalog, clock):
            raise UsageError(f"核实说明“{answer}”{why}")
        body = {
            "finding": stored.id,
            "period": stored.finding.period,
            "submission": stored.finding.submission,
            "value": stored.finding.value,
            "text": answer,
            "by": author,
        }
        return journal.EXPLAINED, body, f"已记录对 {stored.id}（{stored.finding.rule}）的核实说明。"

    return decided_in("explain", workspace, clock, decision)


def _asked(connection: Connection, found: Sequence[StoredFinding], catalog: Catalog, upto: int) -> StoredFinding:
    """Of all versions of a finding the one that waits for an answer: in what is in force before what went back."""
    period = found[-1].finding.period
    live = [f for f in found if f.until is None] or found
    if not period:
        return live[-1]
    seen = months.view(connection, catalog, Month.parse(period if "-" in period else f"{period}-12"), upto)
    explained, in_force = explained_values(seen.decisions), {standing.record.id for standing in seen.in_force}
    waiting = [f for f in live if (f.id, f.finding.value) not in explained] or live
    return next((f for f in reversed(waiting) if f.finding.submission in in_force), waiting[-1])


def withdraw(workspace: Path, submission: str, reason: str, by: str, clock: Clock) -> Decided:
    """Take a submission out of force; the one before it, if any, counts again."""
    why, author = _reason(reason), person(by)

    def decision(connection: Connection, upto: int) -> tuple[str, dict[str, Any], str]:
        record = _submission(connection, upto, submission)
        effective = journal.in_effect(journal.entries(connection, journal.DECISIONS, upto, (record.period,)))
        if any(e.kind == journal.WITHDRAWN and e.body["submission"] == record.id for e in effective):
            raise UsageError(f"报送 {record.id} 已经撤出，不需要再撤。")
        body = {"submission": record.id, "period": record.period, "reason": why, "by": author}
        _refuse_after_final(connection, upto, record)
        return journal.WITHDRAWN, body, f"已撤出报送 {record.id}（《{record.file}》）。"

    return decided_in("withdraw", workspace, clock, decision)


def accept(workspace: Path, submission: str, reason: str, by: str, catalog: Catalog, clock: Clock) -> Decided:
    """Take a rejected submission in despite its hard findings 「强制采用」: marked, and its reason printed."""
    why, author = _reason(reason), person(by)
    if refused := why_refused(why, catalog, clock, OF_A_DECISION):
        raise UsageError(f"强制采用的理由“{why}”{refused}")

    def decision(connection: Connection, upto: int) -> tuple[str, dict[str, Any], str]:
        record = _submission(connection, upto, submission)
        seen = months.view(
            connection, catalog, Month.parse(record.period if "-" in record.period else f"{record.period}-12"), upto
        )
        standing = next(s for s in seen.standings if s.record.id == record.id)
        if standing.state is not State.REJECTED:
            raise UsageError(
                f"报送 {record.id}（《{record.file}》）现在是“{standing.state.label}”，不是退回，不需要强制采用。"
            )
        _refuse_after_final(connection, upto, record)
        body = {"submission": record.id, "period": record.period, "reason": why, "by": author}
        return journal.ACCEPTED, body, f"已强制采用报送 {record.id}（《{record.file}》），附件会注明理由。"

    return decided_in("accept", workspace, clock, decision)


def _submission(connection: Connection, upto: int, said: str) -> records.Record:
    """The one submission whose id begins so."""
    found = records.matching_submissions(connection, upto, _id(said, "S"))
    if len(found) == 1:
        return found[0]
    listed = "、".join(record.id for record in found[:5])
    raise UsageError(
        f"编号 {said} 对应{len(found)}份报送（{listed}）。请写全编号。"
        if found
        else f"没有编号为 {said} 的报送。编号见 status 的“报送编号”一列。"
    )


def _refuse_after_final(connection: Connection, upto: int, record: records.Record) -> None:
    """What a final release was made from stays what it was made from; what waits behind it can still be taken out."""
    if "-" not in record.period:
        return
    finals = [r for r in months.releases(connection, upto, Month.parse(record.period)) if months.is_final(r)]
    if finals and record.entry <= finals[-1].seq:
        raise UsageError(
            f"{period_label(record.period)}已正式发布，有关报送 {record.id} 的决定不能再改。"
            "如需订正，请报送单位重新报送；新报送会留待订正时采用。"
        )


def extend(
    workspace: Path, unit: str, period: str, day: str, reason: str, by: str, catalog: Catalog, clock: Clock
) -> Decided:
    """Move the last day in time of one unit's forms about a month or a year; the latest such decision counts."""
    owing, about, until = _unit(unit, catalog), _period(period), _day(day)
    why, author = _reason(reason), person(by)
    name = owing.name(Month.parse(about if "-" in about else f"{about}-12"))
    _refuse_without_duty(owing, name, about, catalog)

    def decision(connection: Connection, upto: int) -> tuple[str, dict[str, Any], str]:
        effective = journal.in_effect(journal.entries(connection, journal.DECISIONS, upto, (about,)))
        ordinary = due_of(catalog, about)
        was = extended_days(effective).get((owing.id, about), ordinary)
        _refuse_day(until, ordinary, was, f"{name}{period_label(about)}的报送期限")
        body = {"unit": owing.id, "period": about, "due": str(until), "reason": why, "by": author}
        sentence = f"已把{name}{period_label(about)}的报送期限由{_shown(was)}延至{_shown(until)}。"
        if "-" in about and any(map(months.is_final, months.releases(connection, upto, Month.parse(about)))):
            sentence += f"{period_label(about)}已正式发布，成果不变。"
        return journal.EXTENDED, body, sentence

    return decided_in("extend", workspace, clock, decision, "迟报从此按新的期限计算")


def _unit(said: str, catalog: Catalog) -> ReportingUnit:
    """The reporting unit with this id, name or alias."""
    known = {_key(name): unit for unit in catalog.units.units for name in (unit.id, *unit.all_names)}
    if _key(said) in known:
        return known[_key(said)]
    near = dict.fromkeys(known[key].names[-1].name for key in get_close_matches(_key(said), known, n=9, cutoff=0.4))
    meant = f"是不是：{'、'.join(list(near)[:3])}？" if near else ""
    raise UsageError(f"没有填报单位“{said[:40]}”。{meant}请用登记的名称或编号，见 register export 导出的登记表。")


def _key(text: str) -> str:
    return squeezed(text).lower()


def _period(text: str) -> str:
    packed = text.strip()
    if re.fullmatch(r"(19|20)\d{2}|(19|20)\d{2}-(0[1-9]|1[0-2])", packed):
        return packed
    raise UsageError(f"报告期“{text}”写法不对。月报请写成 2018-03，年度报表请写成 2018。")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else "")
    except ValueError:
        raise UsageError(f"日期“{text}”写法不对。请写成 2018-04-12 这样的日期。") from None


def _refuse_without_duty(unit: ReportingUnit, name: str, period: str, catalog: Catalog) -> None:
    frequency = "month" if "-" in period else "year"
    about = [Month.parse(period)] if "-" in period else [Month(int(period), month) for month in range(1, 13)]
    if not any(unit.owes(f.code, month) for f in catalog.forms.values() if f.frequency == frequency for month in about):
        forms = "月报" if frequency == "month" else "报表"
        raise UsageError(f"{name}没有应报的{period_label(period)}{forms}，不需要延期。请核对单位和报告期。")


def _refuse_day(until: date, ordinary: date, was: date, what: str) -> None:
    if until <= ordinary:
        raise UsageError(f"{what}本来就是{_shown(ordinary)}，延期应晚于这一天。请核对日期。")
    if until > ordinary + timedelta(days=366):
        raise UsageError(f"{what}是{_shown(ordinary)}，延至{_shown(until)}已超过一年。请核对年份。")
    if until == was:
        raise UsageError(f"{what}已经延至{_shown(until)}，不需要再延。")


def _shown(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def undo(workspace: Path, entry: str, reason: str, by: str, clock: Clock) -> Decided:
    """Take back a decision by a new entry; nothing is deleted."""
    why, author = _reason(reason), person(by)
    if entry.strip().isdecimal():
        refuse_undoing(workspace, int(entry), clock)

    def decision(connection: Connection, upto: int) -> tuple[str, dict[str, Any], str]:
        target = journal.entry(connection, int(entry), upto) if re.fullmatch(r"\d{1,9}", entry.strip()) else None
        if target is None or target.kind not in journal.DECISIONS:
            raise UsageError(
                f"记录 {entry} 不是可以撤销的决定。记录号是 explain、accept、withdraw、extend、import-history、"
                "register import 执行后显示的编号。"
            )
        period = target.body["period"]
        effective = journal.in_effect(journal.entries(connection, journal.DECISIONS, upto, (period,)))
        if target.seq not in {e.seq for e in effective}:
            raise UsageError(f"记录 {entry} 已经撤销过，不需要再撤。")
        if "-" in period and any(
            months.is_final(r) and r.seq > target.seq for r in months.releases(connection, upto, Month.parse(period))
        ):
            raise UsageError(f"{period_label(period)}已正式发布，发布前的决定（记录 {target.seq}）不能再撤销。")
        _refuse_header_in_use(connection, target, upto)
        body = {"undone": target.seq, "period": period, "reason": why, "by": author}
        _judge_again_without(connection, target, upto)
        return journal.UNDONE, body, f"已撤销记录 {target.seq}。"

    return decided_in("undo", workspace, clock, decision)


def _refuse_header_in_use(connection: Connection, target: Entry, upto: int) -> None:
    """By what a header was read when a final release was made, its tables are read for good."""
    said = headers.behind(connection, target, upto)
    if said is None:
        return
    made = [r for r in journal.entries(connection, (journal.RELEASED,), upto) if r.seq > target.seq]
    finals = sorted(r.body["period"] for r in made if months.is_final(r) and r.body["period"] >= said.body["since"])
    if finals:
        raise UsageError(
            f"{period_label(finals[0])}已正式发布，发布前对表头的认定（记录 {target.seq}）不能再撤销。"
            "如认定有误，请报送单位改用规定的表头重新报送。"
        )


def _judge_again_without(connection: Connection, target: Entry | None, upto: int) -> None:
    """An import that comes or goes may change what other statements are judged by."""
    while target is not None and target.kind == journal.UNDONE:
        target = journal.entry(connection, target.body["undone"], upto)
    if target is not None and target.kind == journal.IMPORTED:
        judge_again_if_needed(connection, imports.of_file(connection, target.body["sha256"]))


def decided_in(
    command: str,
    workspace: Path,
    clock: Clock,
    decision: Decision,
    effect: str = "重新运行 make monthly 后生效于附件",
) -> Decided:
    """Make a decision in a workspace that has a store, and write it into the journal."""
    if not (workspace / "store").is_dir():
        raise UsageError(f"{workspace} 中还没有数据。请先运行 make monthly，或核对 --workspace。")
    with runlog.kept(workspace, command, clock) as log:
        store = Store(workspace, create=True)
        with store.transaction() as connection:
            refuse_backwards(clock, journal.last_entry_at(connection))
            kind, body, sentence = decision(connection, journal.vintage_at(connection, clock.text))
            entry = journal.append(connection, kind, clock.text, body)
        store.close()
        runlog.note_decision(log, entry)
    return Decided(entry, f"{sentence}记录号 {entry.seq}；{effect}。")


def _id(text: str, letter: str) -> str:
    packed = text.strip()
    if not re.fullmatch(rf"{letter}[0-9a-f]{{4,12}}", packed):
        raise UsageError(f"编号“{text}”写法不对。编号以 {letter} 开头，后接4到12位数字或字母 a–f。")
    return packed


def person(by: str) -> str:
    """Who decides; raise UsageError for nobody."""
    if not by.strip():
        raise UsageError("请用 --by 写明由谁决定（姓名）。")
    return by.strip()


def _reason(reason: str) -> str:
    if not reason.strip():
        raise UsageError("请用 --reason 写明理由。")
    return reason.strip()
