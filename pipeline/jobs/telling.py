"""What a job did, told to the clerk: plain sentences, the last one says what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pipeline.jobs.answering import answer_lines
from pipeline.jobs.gaps import month_closing
from pipeline.jobs.not_run import not_run_lines
from pipeline.jobs.outcome import MonthlyOutcome
from pipeline.jobs.ranking import UNRANKED
from pipeline.jobs.release import Released
from pipeline.model import Finding, Severity, Submission
from pipeline.periods import period_label, span_label
from pipeline.store.records import StoredFinding
from pipeline.validate.neighbours import STATEMENT

if TYPE_CHECKING:
    from pipeline.catalog import Catalog
    from pipeline.ingest.reading import FileReading
    from pipeline.jobs.check import CheckOutcome


# ------------------------------------------------------------------ monthly


def received_lines(outcome: MonthlyOutcome) -> list[str]:
    """What came in, what had come before, what was left alone."""
    intake = outcome.intake
    lines = []
    if outcome.derived_again:
        lines.append("报表定义、登记表或程序有变化，已按新的定义重新读取全部存档文件。")
    if intake.files:
        files = sum(not intake.was_taken_apart(received) for received in intake.files)
        read = sum(len(reading.submissions) for reading in intake.readings)
        lines.append(f"新收到{files}个文件，读出报表{read}份{_found(outcome)}。")
    elif known := intake.files_in_inbox - len(intake.left):
        lines.append(f"收件文件夹中的{known}个文件都已收过，没有新文件。")
    elif not intake.left:
        lines.append("收件文件夹是空的，没有新文件。")
    if intake.left:
        lines.append(f"有{len(intake.left)}个文件的收到时间晚于本次日期，暂不处理：{_some(intake.left)}。")
    lines += [f"《{name}》与已收过的《{before}》内容完全相同，不重复入库。" for name, before in intake.duplicates]
    lines += intake.notes
    lines += answer_lines(intake.answered)
    if intake.typed_in:
        lines.append(f"[代录] {_some([typed_in(file.name, file.transcribed_by) for file in intake.typed_in])}。")
    return lines


def typed_in(file: str, name: str) -> str:
    """Who signs for what the office typed in itself."""
    return f"《{file}》由{name}照原件录入"


def _found(outcome: MonthlyOutcome) -> str:
    """How much is new, of the months asked for; of others, which are judged anew with them, apart from that."""
    wanted = [*(one.month for one in outcome.released), *(one.month for one in outcome.impossible)]
    about = {"", *map(str, wanted), *(str(month.year) for month in wanted)}
    told = [f for f in _all(outcome) if f.severity is not Severity.NOTE and (f.id, f.value) not in outcome.answered]
    own, others = ([f for f in told if (f.period in about) is is_own] for is_own in (True, False))
    if not others:
        return f"，发现{_counted(own)}" if own else ""
    label = span_label(sorted(wanted))
    elsewhere = _some([period_label(period) for period in sorted({f.period for f in others})], most=3)
    return (
        f"，{label}{f'发现{_counted(own)}' if own else '没有发现问题'}；其他月份（{elsewhere}）另有{_counted(others)}"
    )


def _counted(findings: Sequence[Finding]) -> str:
    hard = sum(f.severity is Severity.HARD for f in findings)
    return f"强制性问题{hard}个、核实性问题{len(findings) - hard}个"


def _all(outcome: MonthlyOutcome) -> list[Finding]:
    """What is new: found in the files themselves, and beside what else is in force."""
    intake = outcome.intake
    months = {str(judged.month) for judged in outcome.judged}
    again = {(f.submission, f.level) for judged in outcome.judged for f in judged.found}
    alone = [
        f
        for reading, own in zip(intake.readings, intake.findings, strict=True)
        for f in (*reading.findings, *(f for f in own if f.form != STATEMENT or f.period not in months))
        if (f.level == 0 and not f.under) or (f.level and (f.submission, f.level) not in again)
    ]
    came = {submission.id for reading in intake.readings for submission in reading.submissions}
    judged = (f for one in outcome.judged for f in one.found if f.submission in came or f in one.new)
    return [*alone, *(finding for finding in judged if not finding.under)]


def problem_lines(outcome: MonthlyOutcome, most: int = 12) -> list[str]:
    """The gravest findings of the months asked for, one line each; of equal ones those that move the most.

    Of a month without anything to use, all that came.
    """
    views = [
        *((one.view, one.ranking, _just_received(one.view.unidentified, outcome)) for one in outcome.released),
        *((nothing.view, UNRANKED, nothing.view.unidentified) for nothing in outcome.impossible),
    ]
    open_now = {
        stored.id: (ranking.rank(stored), stored)
        for view, ranking, nobodys in views
        for stored in (*view.findings, *nobodys)
        if view.status_of(stored) == "open" and stored.finding.severity is not Severity.NOTE
    }
    ordered = [stored for _, stored in sorted(open_now.values(), key=lambda ranked: ranked[0])]
    lines = [finding_line(stored) for stored in ordered[:most]]
    if len(ordered) > most:
        lines.append(f"……另有{len(ordered) - most}个，全部列在审核报告.xlsx。")
    return lines


def _just_received(unidentified: Iterable[StoredFinding], outcome: MonthlyOutcome) -> list[StoredFinding]:
    """Files that are nobody's submission are told once, in the run that received them; `status` keeps them."""
    new = {received.sha256 for received in outcome.intake.files}
    return [stored for stored in unidentified if stored.finding.sha256 in new]


def finding_line(stored: StoredFinding) -> str:
    """A finding with its weight, its rule and its number, by which it is answered."""
    finding = stored.finding
    return f"[{finding.severity.label} {finding.rule} {stored.id}] {finding.told}"


def release_line(released: Released, output: str) -> str:
    """Which release was made, or why none was."""
    word = "正式" if released.is_final else "草稿"
    folder = f"{output}/{released.month}"
    if released.is_new:
        return f"{released.month.label}：已生成第{released.number}版（{word}），放在 {folder}。"
    if released.is_final:
        return f"{released.month.label}：已于此前正式发布（第{released.number}版），成果不变，放在 {folder}。"
    return f"{released.month.label}：与第{released.number}版（{word}）相比没有变化，不再重做，放在 {folder}。"


def closing_line(outcome: MonthlyOutcome) -> str:
    """The last line: what is complete, what is missing, what to do next."""
    if outcome.impossible:
        return outcome.impossible[-1].why
    return "".join(closing_lines(outcome)[-1:])


def closing_lines(outcome: MonthlyOutcome) -> list[str]:
    """Each month's closing sentence."""
    return [
        month_closing(released.view, released.day, is_final=released.is_final, final_wanted=outcome.final_wanted)
        for released in outcome.released
    ]


def _some(names: Sequence[str], most: int = 5) -> str:
    listed = "、".join(names[:most])
    return f"{listed}等{len(names)}个" if len(names) > most else listed


# ------------------------------------------------------------------ check


def check_line(outcome: CheckOutcome) -> str:
    """The result of a dry run in one sentence."""
    hard = sum(f.severity is Severity.HARD for f in outcome.findings)
    soft = sum(f.severity is Severity.SOFT for f in outcome.findings)
    unread = [
        received.name for received, reading, _ in outcome.files if not reading.submissions and reading.answers is None
    ]
    if unread:
        return f"有{len(unread)}个文件不能作为报表读取：{_some(unread)}。请按上面的提示处理后再查。"
    if hard:
        return f"发现强制性问题{hard}个、核实性问题{soft}个。强制性问题必须更正，请改正后再查，再报送。"
    if outcome.refused:
        return f"有{len(outcome.refused)}条核实说明没有写明原因，报送后不予受理。请写明原因后再查，再报送。"
    if soft:
        return f"发现核实性问题{soft}个，没有强制性问题。请核对；数据属实的，报送时请写明原因。"
    return "报表本身没有发现问题，可以报送。"


_SAID = 40
"""So many characters of an answer tell which it is."""


def check_lines(outcome: CheckOutcome, catalog: Catalog) -> list[str]:
    """What was recognised and found in each file, and the closing sentence."""
    lines = []
    for received, reading, found in outcome.files:
        what = "；".join(f"{_recognised(s, catalog)}（工作表“{s.sheet}”）" for s in reading.submissions)
        known = "、".join(f"“{name}”" for name in dict.fromkeys(reading.recognised))
        lines.append(f"《{received.name}》：{what or _no_form(known, reading)}")
        lines += [f"  [{f.severity.label} {f.rule}] {f.told}" for f in found]
    lines += [f"[核实说明] 《{one.file}》{one.cell}“{one.text[:_SAID]}”{one.why}" for one in outcome.refused]
    return [*lines, *_beyond_line(outcome), check_line(outcome)]


def _recognised(sent: Submission, catalog: Catalog) -> str:
    """Whose form about when: what a sender can see for himself whether it is true."""
    from pipeline.validate.frames import month_of

    unit = catalog.units.by_id[sent.unit].name(month_of(sent.period))
    return f"{unit}{period_label(sent.period)}《{catalog.forms[sent.form].name}》"


def _no_form(known: str, reading: FileReading) -> str:
    if reading.answers is not None:
        return f"核实说明清单，写了{sum(bool(answer.text) for answer in reading.answers)}条说明"
    return f"认出是{known}，没有读入" if known else "没有认出报表"


def _beyond_line(outcome: CheckOutcome) -> list[str]:
    """What a dry run cannot know, so that nobody takes its silence for more than it is."""
    told = []
    if outcome.compared:
        told.append("[已比对] 随空白表印发的“上月数”已经比对；报送后以本办当时采用的数为准。")
    if outcome.not_run:
        codes = "、".join(outcome.not_run)
        seen = "报表本身和随表印发的以前各期数" if outcome.compared else "报表本身"
        told.append(
            f"[未比对] 自查只看{seen}：{codes}要与以前月份或其他报表比对，没有运行或没有全部运行，报送后由市办审核。"
        )
        told += [f"  {one.rule} {one.title}：{one.reason}。" for one in outcome.beyond]
    return told


def monthly_lines(outcome: MonthlyOutcome, output: str) -> list[str]:
    """Everything that a run tells, in order; the closing sentence last."""
    return [
        *received_lines(outcome),
        *problem_lines(outcome),
        *(f"[未比对] {line}" for one in outcome.released for line in not_run_lines(one.not_run, one.view)),
        *(
            f"注意：{name} 与发布时不一致，可能被手工改过，或者程序、规则在发布后更新过。"
            for name in outcome.changed_by_hand
        ),
        *(release_line(released, output) for released in outcome.released),
        *closing_lines(outcome)[:-1],
        *(nothing.why for nothing in outcome.impossible[:-1]),
        closing_line(outcome),
    ]
