"""What commands print with --json: one envelope, one shape of data a command (schemas/contract/)."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from pipeline.ingest.seen import Seen, TableSeen
from pipeline.jobs.chasing import Chase
from pipeline.jobs.check import CheckOutcome
from pipeline.jobs.decide import Decided
from pipeline.jobs.describe import Described, Description
from pipeline.jobs.forms import Handed
from pipeline.jobs.history import HistoryOutcome
from pipeline.jobs.month import MonthView
from pipeline.jobs.outcome import MonthlyOutcome
from pipeline.jobs.printing import Printed
from pipeline.jobs.register_export import Exported
from pipeline.jobs.register_import import Imported
from pipeline.jobs.status import StatusOutcome
from pipeline.model import Finding
from pipeline.privacy import without_identities
from pipeline.validate.duties import Duty
from pipeline.validate.not_run import NotRun
from pipeline.validate.reporting_record import ReportingRecord


def envelope(command: str, status: str, exit_code: int, message: str, data: dict[str, Any]) -> str:
    """The JSON text of a result."""
    return json.dumps(
        {"schema": f"{command}/1", "status": status, "exit": exit_code, "message": message, "data": data},
        ensure_ascii=False,
        indent=2,
    )


def monthly_data(outcome: MonthlyOutcome) -> dict[str, Any]:
    """What came in and what was released."""
    intake = outcome.intake
    return {
        "received": [
            {
                "file": received.name,
                "sha256": received.sha256,
                "received_at": received.received_at,
                "submissions": [s.id for s in reading.submissions],
                "cells": dict(sorted(reading.cells.items())),
                "non_blank": reading.non_blank,
                "findings": [finding(f) for f in (*reading.findings, *own)],
            }
            for received, reading, own in zip(intake.files, intake.readings, intake.findings, strict=True)
        ],
        "duplicates": [{"file": name, "same_as": before} for name, before in intake.duplicates],
        "left": intake.left,
        "notes": intake.notes,
        "releases": [
            {
                "period": str(released.month),
                "release": released.number,
                "vintage": released.entry.body["vintage"],
                "status": released.entry.body["status"],
                "new": released.is_new,
                "products": sorted(released.entry.body["products"]),
                **month_data(released.view),
                "not_run": [_not_run(missed) for missed in released.not_run],
            }
            for released in outcome.released
        ],
        "impossible": [{"period": str(nothing.month), "message": nothing.why} for nothing in outcome.impossible],
        "changed_by_hand": list(outcome.changed_by_hand),
    }


def month_data(view: MonthView) -> dict[str, Any]:
    """A month's completeness."""
    return {
        "complete": view.complete,
        "duties": [_duty(duty) for duty in view.duties],
        "unexplained": [finding(f.finding) for f in view.unexplained],
        "pending": [s.record.id for s in view.pending],
    }


def _duty(duty: Duty) -> dict[str, Any]:
    counting = duty.counting.record if duty.counting else None
    return {
        "reporting_unit": duty.unit,
        "name": duty.unit_name,
        "form": duty.form,
        "period": duty.period,
        "due": str(duty.due),
        "extended": duty.extended,
        "voluntary": duty.voluntary,
        "state": duty.state,
        "late": duty.days_late > 0,
        "days_late": duty.days_late,
        "submission": counting.id if counting else None,
        "received_at": counting.received_at if counting else None,
        "last_submission": duty.last.record.id if duty.last else None,
        "last_state": duty.last.state.value if duty.last else None,
    }


def _not_run(missed: NotRun) -> dict[str, Any]:
    return {"reason": missed.reason, "rules": list(missed.rules), "reporting_units": list(missed.units)}


def check_data(outcome: CheckOutcome) -> dict[str, Any]:
    """Findings file by file, how each cell was accounted for, and how cells were understood."""
    return {
        "files": [
            {
                "file": received.name,
                "sha256": received.sha256,
                "submissions": [
                    {
                        "submission": s.id,
                        "form": s.form,
                        "reporting_unit": s.unit,
                        "period": s.period,
                        "sheet": s.sheet,
                        "layout": s.layout,
                        "money_unit": s.money_unit,
                        "nil": s.nil,
                    }
                    for s in reading.submissions
                ],
                "cells": dict(sorted(reading.cells.items())),
                "non_blank": reading.non_blank,
                "changes": [
                    {"sheet": o.sheet, "cell": o.cell, "old": o.raw, "new": o.value, "how": o.changes}
                    for s in reading.submissions
                    for o in s.observations
                    if o.changes
                ],
                "findings": [finding(f) for f in found],
            }
            for received, reading, found in outcome.files
        ],
        "not_run": list(outcome.not_run),
        "not_run_reasons": [{"rule": b.rule, "title": b.title, "reason": b.reason} for b in outcome.beyond],
        "compared_with_printed": outcome.compared,
        "answers_refused": [{"file": a.file, "cell": a.cell, "text": a.text, "why": a.why} for a in outcome.refused],
    }


def described_data(outcome: Description) -> dict[str, Any]:
    """What a file was taken for; of an archive or mail the first file in it, and `also` the others."""
    first, *others = [_described(file) for file in outcome.files]
    return {**first, "also": others} if others else first


def _described(outcome: Described) -> dict[str, Any]:
    """What one file was taken for, header by header and row by row, and what was not recognised."""
    reading = outcome.file.reading
    return {
        "file": outcome.file.received.name,
        "sha256": outcome.file.received.sha256,
        "tables": [_table(outcome, table) for table in outcome.tables],
        "forms_of_words": [
            {"form": s.form, "reporting_unit": s.unit, "period": s.period, "sheet": s.sheet} for s in outcome.words
        ],
        "findings": [finding(f) for f in (*outcome.problems, *outcome.notes)],
        "cells": dict(sorted(reading.cells.items())),
        "non_blank": reading.non_blank,
    }


def _table(outcome: Described, table: TableSeen) -> dict[str, Any]:
    submission = outcome.submission_of(table)
    return {
        "sheet": table.sheet,
        "form": table.form,
        "shape": table.shape,
        "reporting_unit": submission.unit if submission else None,
        "period": submission.period if submission else None,
        "money_unit": submission.money_unit if submission else "",
        "headers": [_seen(seen) for seen in table.headers],
        "rows": [_seen(seen) for seen in table.rows],
        "proposed_layout": outcome.layout(table),
    }


def _seen(seen: Seen) -> dict[str, Any]:
    return {
        "part": seen.part.value,
        "cell": seen.cell,
        "words": without_identities(seen.words),
        "indicators": ["@".join(filter(None, meaning)) for meaning in seen.meanings],
        "area": seen.area,
        "span": seen.span,
        "nearest": [{"indicator": near.code, "label": near.label} for near in seen.near],
    }


def status_data(outcome: StatusOutcome) -> dict[str, Any]:
    """A month's duties, problems and last release."""
    view = outcome.view
    return {
        "period": str(view.month),
        "as_of": outcome.clock.text,
        **month_data(view),
        "findings": [{**finding(f.finding), "status": view.status_of(f)} for f in view.told],
        "unidentified": [finding(f.finding) for f in view.unidentified],
        "not_run": [_not_run(missed) for missed in outcome.not_run],
        "transcribed": [
            {"submission": record.id, "file": record.file, "transcribed_by": name}
            for record, name in outcome.transcribed
        ],
        "release": (
            {key: outcome.release.body[key] for key in ("release", "status", "vintage", "as_of")}
            if outcome.release
            else None
        ),
        "deadline": {
            "due": str(outcome.deadline.day),
            "stated": str(outcome.deadline.stated),
            "holidays_known": outcome.deadline.is_announced,
        },
        "chases": [_chase(chase) for chase in outcome.chases],
        "behind": [_chase(chase) for chase in outcome.behind],
        "record": _record(outcome.record),
    }


def _chase(chase: Chase) -> dict[str, Any]:
    """Whom to chase for what; what was sent, if anything, is the duty's last submission."""
    return {
        "why": chase.why.value,
        "reporting_unit": chase.duty.unit,
        "form": chase.duty.form,
        "period": chase.duty.period,
        "since": str(chase.since) if chase.since else None,
        "until": str(chase.until) if chase.until else None,
        "days_over": chase.days_over,
        "questions": chase.questions,
    }


def _record(record: ReportingRecord) -> dict[str, Any]:
    """How each unit reported over some months: counts by unit, and every form that was owed or sent."""
    return {
        "from": str(record.months[0]),
        "to": str(record.months[-1]),
        "reporting_units": [
            {"reporting_unit": unit, "name": record.names[unit], **asdict(tally)}
            for unit, tally in record.by_unit.items()
        ],
        "forms": [
            {
                "reporting_unit": row.duty.unit,
                "form": row.duty.form,
                "period": row.duty.period,
                "due": str(row.duty.due),
                "punctuality": row.punctuality.value,
                "received_at": row.received_at or None,
                "days_late": row.days_late,
                "submissions": row.submissions,
                "rejections": row.rejections,
                "hard": row.hard,
                "soft": row.soft,
                "explained": row.explained,
                "unexplained": row.unexplained,
                "accepted_on": str(row.accepted_on) if row.accepted_on else None,
                "days_to_accept": row.days_to_accept,
            }
            for row in record.rows
        ],
    }


def decided_data(decided: Decided) -> dict[str, Any]:
    """The journal entry of a decision."""
    return {"entry": decided.entry.seq, "at": decided.entry.at, "kind": decided.entry.kind, **decided.entry.body}


def printed_data(made: Printed) -> dict[str, Any]:
    """The PDF, and the release that it shows."""
    return {
        "period": made.release.body["period"],
        "release": made.release.body["release"],
        "status": made.release.body["status"],
        "path": str(made.path),
        "annexes": list(made.annexes),
    }


def forms_data(made: Handed) -> dict[str, Any]:
    """The blank forms that were written, one for each duty."""
    return {
        "period": str(made.month),
        "folder": str(made.folder),
        "forms": [
            {
                "reporting_unit": duty.unit,
                "name": duty.unit_name,
                "form": duty.form,
                "period": duty.period,
                "due": str(duty.due),
                "path": str(path),
            }
            for path, duty in made.written.items()
        ],
        "kept": [str(path) for path in made.kept],
    }


def history_data(outcome: HistoryOutcome) -> dict[str, Any]:
    """What an import brought, what it replaced, or what is wrong with its file."""
    entry = outcome.entry or outcome.known
    reading = outcome.reading
    return {
        "file": outcome.file,
        "sha256": outcome.sha256,
        "entry": entry.seq if entry else None,
        "periods": outcome.periods,
        "reporting_units": outcome.units,
        "figures": len(outcome.figures),
        "replaced": [
            {"entry": before.seq, "period": period, "reporting_unit": unit}
            for before, (period, unit) in outcome.replaced
        ],
        "statement_in_force": [{"period": period, "reporting_unit": unit} for period, unit in outcome.overruled],
        "assumed_yuan": bool(reading and reading.assumed_yuan),
        "problems": [
            {"sheet": problem.sheet, "cell": problem.cell, "message": problem.message}
            for problem in (reading.problems if reading else ())
        ],
    }


def exported_data(made: Exported) -> dict[str, Any]:
    """The register workbook that was written."""
    return {
        "action": "export",
        "path": str(made.path),
        "reporting_units": made.units,
        "targets_of": made.year,
        "kept": str(made.kept) if made.kept else None,
    }


def imported_data(outcome: Imported) -> dict[str, Any]:
    """What a register workbook changed, or what is wrong with it."""
    return {
        "action": "import",
        "file": outcome.file,
        "sha256": outcome.sha256,
        "entry": outcome.entry.seq if outcome.entry else None,
        "submission": outcome.submission or None,
        "changes": list(outcome.changes),
        "problems": [{"sheet": p.sheet, "cell": p.cell, "message": p.message} for p in outcome.problems],
    }


def finding(found: Finding) -> dict[str, Any]:
    """One finding."""
    return {
        "finding": found.id,
        "rule": found.rule,
        "level": found.level,
        "severity": found.severity.value,
        "period": found.period,
        "form": found.form,
        "submission": found.submission,
        "reporting_unit": found.unit,
        "area": found.area,
        "indicator": found.indicator,
        "file": found.file,
        "sheet": found.sheet,
        "cell": found.cell,
        "value": found.value,
        "expected": found.expected,
        "message": found.told,
    }
