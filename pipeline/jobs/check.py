"""A dry run for a sender: findings of files, nothing stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline import validate
from pipeline.catalog import Catalog
from pipeline.ingest.reading import FileReading
from pipeline.jobs.check_words import is_told_by_form, reason_of
from pipeline.jobs.clock import Clock
from pipeline.jobs.dry_run import look_at, looked_into
from pipeline.jobs.explanations import why_refused
from pipeline.jobs.printed_past import past_of, printed_of, return_of
from pipeline.jobs.receive import check_readings
from pipeline.jobs.together import refuse_versions
from pipeline.model import Finding, ReceivedFile, Severity
from pipeline.validate.neighbours import RETURN, STATEMENT, Neighbours


@dataclass(frozen=True, slots=True)
class Beyond:
    """A rule that did not run, or not in full: its code, its title, and what it needs."""

    rule: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class RefusedAnswer:
    """An explanation that would not be accepted: whose file, which cell, its words, and why."""

    file: str
    cell: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """What was read and found, file by file."""

    files: tuple[tuple[ReceivedFile, FileReading, tuple[Finding, ...]], ...]

    beyond: tuple[Beyond, ...] = ()
    """Rules that look beyond the form itself, and what of that a sender's file does not say."""
    compared: bool = False
    """Some of the forms were held against the earlier figures that came with them."""
    refused: tuple[RefusedAnswer, ...] = ()
    """Explanations that give no cause."""

    @property
    def not_run(self) -> tuple[str, ...]:
        """The codes of these."""
        return tuple(sorted({one.rule for one in self.beyond}))

    @property
    def findings(self) -> list[Finding]:
        """All findings, file after file."""
        return [finding for _, _, found in self.files for finding in found]

    @property
    def exit_code(self) -> int:
        """0 nothing to do, 1 something to correct or explain, 3 a file that is no form at all."""
        if any(not reading.submissions and reading.answers is None for _, reading, _ in self.files):
            return 3
        return 1 if self.refused or any(f.severity is not Severity.NOTE for f in self.findings) else 0


def run(paths: Sequence[Path], catalog: Catalog, clock: Clock) -> CheckOutcome:
    """Read and check these files, and those in archives and mails, as if they had come in at the clock's time."""
    named = [(path, ReceivedFile(looked_into(path)[1], path.name, clock.text)) for path in paths]
    looked = look_at(named, catalog, clock)
    readings = [one.reading for one in looked]
    refuse_versions([one.received for one in looked], readings)
    found = [
        _diagnosed(reading, [*own, *_over_time(reading, catalog)], catalog)
        for reading, own in zip(readings, check_readings(readings, catalog), strict=True)
    ]
    return CheckOutcome(
        tuple(
            (one.received, one.reading, (*one.reading.findings, *own)) for one, own in zip(looked, found, strict=True)
        ),
        _beyond(readings),
        any(reading.printed for reading in readings),
        tuple(
            RefusedAnswer(one.received.name, answer.cell, answer.text, why)
            for one in looked
            for answer in one.reading.answers or ()
            if answer.text and (why := why_refused(answer.text, catalog, clock))
        ),
    )


def _over_time(reading: FileReading, catalog: Catalog) -> list[Finding]:
    """A blank form of ours against the earlier figures that came with it."""
    found: list[Finding] = []
    for sent in reading.submissions if reading.printed else ():
        printed = printed_of(sent, reading.printed, catalog)
        if sent.form == STATEMENT:
            found += validate.check_over_time([sent], catalog, past_of(sent, printed))
        elif sent.form == RETURN:
            beside = Neighbours(returns_before=partial(return_of, sent, printed))
            found += validate.check_beyond([sent], catalog, beside)
    return found


def _beyond(readings: Sequence[FileReading]) -> tuple[Beyond, ...]:
    """The rules on these forms and months that need more than the forms."""
    from pipeline.validate.frames import month_of
    from pipeline.validate.rules import RULES

    read = {(s.form, month_of(s.period), bool(reading.printed)) for reading in readings for s in reading.submissions}
    beyond = (rule for rule in RULES if rule.level >= validate.BEYOND or rule.needs)
    missed = {
        Beyond(rule.code, rule.title, reason_of(rule))
        for rule in beyond
        for form, month, printed in read
        if form in rule.reads and rule.holds(month) and not (printed and is_told_by_form(rule))
    }
    return tuple(sorted(missed, key=lambda one: (one.rule, one.title)))


def _diagnosed(reading: FileReading, found: list[Finding], catalog: Catalog) -> list[Finding]:
    """What asks for something, each cause once: what follows from it goes without saying."""
    from pipeline.validate.past import NO_PAST

    told = validate.diagnose(found, reading.submissions, catalog, NO_PAST) if found else []
    told = validate.tell_once(told, reading.submissions, catalog)
    return [finding for finding in told if not finding.under]
