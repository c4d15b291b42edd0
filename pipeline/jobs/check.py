"""A dry run for a sender: findings of files, nothing stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import validate
from pipeline.catalog import Catalog
from pipeline.ingest.reading import FileReading
from pipeline.jobs.clock import Clock
from pipeline.jobs.dry_run import look_at, looked_into
from pipeline.jobs.receive import check_readings
from pipeline.jobs.together import refuse_versions
from pipeline.model import Finding, ReceivedFile, Severity, Submission


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """What was read and found, file by file."""

    files: tuple[tuple[ReceivedFile, FileReading, tuple[Finding, ...]], ...]

    not_run: tuple[str, ...] = ()
    """Rules that look beyond the form itself: of earlier months and of others' forms a sender's file says nothing."""

    @property
    def findings(self) -> list[Finding]:
        """All findings, file after file."""
        return [finding for _, _, found in self.files for finding in found]

    @property
    def exit_code(self) -> int:
        """0 nothing to do, 1 something to correct or explain, 3 a file that is no form at all."""
        if any(not reading.submissions and reading.answers is None for _, reading, _ in self.files):
            return 3
        return 1 if any(f.severity is not Severity.NOTE for f in self.findings) else 0


def run(paths: Sequence[Path], catalog: Catalog, clock: Clock) -> CheckOutcome:
    """Read and check these files, and those in archives and mails, as if they had come in at the clock's time."""
    named = [(path, ReceivedFile(looked_into(path)[1], path.name, clock.text)) for path in paths]
    looked = look_at(named, catalog, clock)
    readings = [one.reading for one in looked]
    refuse_versions([one.received for one in looked], readings)
    found = [
        _diagnosed(reading, own, catalog)
        for reading, own in zip(readings, check_readings(readings, catalog), strict=True)
    ]
    return CheckOutcome(
        tuple(
            (one.received, one.reading, (*one.reading.findings, *own)) for one, own in zip(looked, found, strict=True)
        ),
        _not_run([submission for reading in readings for submission in reading.submissions]),
    )


def _not_run(submissions: Sequence[Submission]) -> tuple[str, ...]:
    """Codes of the rules on these forms and months that need more than the form."""
    from pipeline.validate.frames import month_of
    from pipeline.validate.rules import RULES

    read = {(submission.form, month_of(submission.period)) for submission in submissions}
    beyond = (rule for rule in RULES if rule.level >= validate.BEYOND)
    return tuple(sorted({r.code for r in beyond for form, month in read if form in r.reads and r.holds(month)}))


def _diagnosed(reading: FileReading, found: list[Finding], catalog: Catalog) -> list[Finding]:
    """What asks for something, each cause once: what follows from it goes without saying."""
    from pipeline.validate.past import NO_PAST

    told = validate.diagnose(found, reading.submissions, catalog, NO_PAST) if found else []
    told = validate.tell_once(told, reading.submissions, catalog)
    return [finding for finding in told if not finding.under]
