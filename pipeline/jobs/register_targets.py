"""The year's targets in a register workbook: form T01 of the office, read and checked as it is in any other file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.catalog import Catalog, ReportingUnit
from pipeline.catalog.register_sheets import NAME, TARGET_FORM, TARGETS
from pipeline.catalog.registers import OTHER
from pipeline.ingest.history import Problem
from pipeline.ingest.register_book import METHOD
from pipeline.jobs import month as months
from pipeline.jobs.clock import Clock
from pipeline.jobs.receive import Intake, check_readings
from pipeline.model import ReceivedFile, Severity, Submission
from pipeline.money import wan
from pipeline.periods import Month, period_label
from pipeline.store import journal
from pipeline.store.store import Connection

if TYPE_CHECKING:
    from pipeline.ingest.reading import FileReading

Values = Mapping[tuple[str, str, str], int | None]
"""(indicator, institution, area) → target."""
MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Targets:
    """What a workbook's sheet of targets brings: what is wrong with it, or what is different from those in force."""

    problems: tuple[Problem, ...] = ()
    changes: tuple[str, ...] = ()
    intake: Intake | None = None
    """To be recorded; None where nothing is different."""


def office(catalog: Catalog, year: int) -> ReportingUnit | None:
    """Who sets the targets of a year; None where nobody does."""
    owing = [unit for month in range(12, 0, -1) for unit in catalog.units.owing(TARGET_FORM, Month(year, month))]
    return owing[0] if owing else None


def targets_in_force(connection: Connection, catalog: Catalog, year: int, upto: int) -> Submission | None:
    """The office's targets of a year that count at a vintage."""
    seen = months.view(connection, catalog, Month(year, 12), upto)
    return next(iter(months.in_full(connection, seen, TARGET_FORM)), None)


def values_of(submission: Submission | None) -> Values:
    """Its targets; none where there is no submission."""
    found = submission.observations if submission else ()
    return {(o.indicator, o.institution, o.area): o.value for o in found if not o.total}


def read_targets(
    connection: Connection, path: Path, digest: str, by: str, catalog: Catalog, clock: Clock, upto: int
) -> Targets:
    """Read the sheet of targets of a register workbook, and compare it with those in force."""
    received = ReceivedFile(digest, NAME, clock.text, METHOD, sender=by)
    reading = _read(path, received, catalog)
    submission = next(iter(reading.submissions), None)
    if submission is None:
        return Targets(_problems(reading, []))
    now = values_of(targets_in_force(connection, catalog, int(submission.period), upto))
    label = f"{period_label(submission.period)}任务"
    if not any(o.raw for o in submission.observations if not o.total):
        return (
            Targets((_told(f"{label}全部空白，而库中已有。请重新导出；确要撤出的，请用 withdraw。"),))
            if now
            else Targets()
        )
    (own,) = check_readings([reading], catalog)
    if problems := _problems(reading, own):
        return Targets(problems)
    if values_of(submission) == now:
        return Targets()
    if any(entry.body["sha256"] == digest for entry in journal.entries(connection, (journal.RECEIVED,), upto)):
        again = "这个文件以前已收到过，其中的年度任务不能再次入库。请用 register export 重新导出一份，改好后再导入。"
        return Targets((_told(again),))
    changes = _changes(label, now, values_of(submission), catalog, int(submission.period))
    return Targets((), changes, Intake(files=[received], readings=[reading], findings=[own]))


def _read(path: Path, received: ReceivedFile, catalog: Catalog) -> FileReading:
    from pipeline.ingest.reading import FileReader
    from pipeline.ingest.worker import open_all

    reader = FileReader(catalog, {received.sha256: received})
    return next(reading for _, reading in open_all([(received.sha256, path)], reader, workers=1))


def _told(message: str) -> Problem:
    return Problem(TARGETS, "", message)


def _problems(reading: FileReading, own: list) -> tuple[Problem, ...]:  # type: ignore[type-arg]
    """What would have to be corrected or explained: a register brings no open questions into the store."""
    return tuple(
        Problem(finding.sheet or TARGETS, finding.cell, finding.message.replace("重新报送", "重新导入"))
        for finding in (*reading.findings, *own)
        if finding.severity is not Severity.NOTE and not finding.under
    )


def _changes(label: str, now: Values, after: Values, catalog: Catalog, year: int) -> tuple[str, ...]:
    if not now:
        return (f"{label}：新下达{sum(value is not None for value in after.values())}个数。",)
    month = Month(year, 12)
    told = []
    for key in dict.fromkeys((*after, *now)):
        if now.get(key) == after.get(key):
            continue
        indicator, institution, area = key
        column = catalog.forms[TARGET_FORM].by_code[indicator]
        lender = catalog.units.institution_by_id.get(institution)
        bank = lender.name if lender else institution.removeprefix(OTHER)
        was, is_now = (_shown(values.get(key), column.is_amount, column.unit) for values in (now, after))
        words = column.label.replace("{institution}", "").strip("/")
        told.append(f"{label}：{catalog.areas.name(area, month)}{bank}{words}由{was}改为{is_now}。")
    more = len(told) - MOST_TOLD
    return (*told[:MOST_TOLD], *([f"{label}：另有{more}个数有改动。"] if more > 0 else []))


def _shown(value: int | None, is_amount: bool, unit: str) -> str:
    if value is None:
        return "空白"
    return f"{wan(value) if is_amount else value}{unit}"
