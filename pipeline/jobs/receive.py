"""Receiving: bytes into the archive, cells into observations, observations through the edit rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import validate
from pipeline.catalog import Catalog
from pipeline.errors import reason
from pipeline.ingest.inbox import Arrival, scan, told_unlisted
from pipeline.jobs.aside import Aside
from pipeline.jobs.clock import Clock
from pipeline.jobs.history import read_again
from pipeline.jobs.runlog import Progress
from pipeline.model import Finding, ReceivedFile, Submission
from pipeline.render import month_page
from pipeline.store import imports, journal, records
from pipeline.store.store import Connection, Store, derived_with, set_derived_with
from pipeline.validate.history import MONTHLY_FLOWS, OTHER_CHANGES, History, Told, told_by, told_by_imported

if TYPE_CHECKING:
    from pipeline.ingest.reading import FileReading

UNREADABLE_MONEY = frozenset({"F05"})
"""Where the unit of money is not known, amounts are not judged: they would only echo this finding."""


@dataclass(slots=True)
class Intake:
    """What one look into the inbox brought, before it is recorded."""

    files: list[ReceivedFile] = field(default_factory=list)
    readings: list[FileReading] = field(default_factory=list)
    findings: list[list[Finding]] = field(default_factory=list)
    """Findings of each file's submissions by the edit rules, beside those of its reading."""
    duplicates: list[tuple[str, str]] = field(default_factory=list)
    """(name, name under which the same bytes came before)."""
    left: list[str] = field(default_factory=list)
    """Names of files whose time of receipt is after the clock."""
    notes: list[str] = field(default_factory=list)
    files_in_inbox: int = 0


def take_in(store: Store, inbox: Path, catalog: Catalog, clock: Clock, progress: Progress, aside: Aside) -> Intake:
    """Archive and read everything in the inbox that is new; nothing is recorded yet."""
    found = scan(inbox)
    intake = Intake(notes=list(found.notes), files_in_inbox=len(found.arrivals))
    with store.transaction() as connection:
        known = records.known_files(connection)
        imported = imports.all_figures(connection, journal.vintage_at(connection, "9999"))
    for arrival in sorted(found.arrivals, key=lambda a: (a.received_at or clock.text, a.name)):
        _archive(arrival, store, known, clock, intake)
    new = {received.name for received in intake.files}
    intake.notes += told_unlisted([name for name in found.unlisted if name in new])
    read_new(store, intake, catalog, told_by_imported(imported), progress, aside)
    return intake


def _archive(arrival: Arrival, store: Store, known: dict[str, str], clock: Clock, intake: Intake) -> None:
    received_at = arrival.received_at or clock.text
    if received_at > clock.text:
        intake.left.append(arrival.name)
        return
    try:
        data = arrival.path.read_bytes()
    except OSError as error:
        intake.notes.append(f"文件《{arrival.name}》读不出来（{reason(error)}）。请检查权限，或请报送单位重新发送。")
        return
    digest = sha256(data).hexdigest()
    if digest in known:
        if known[digest] != arrival.name:
            intake.duplicates.append((arrival.name, known[digest]))
        return
    store.archive.put(data)
    known[digest] = arrival.name
    intake.files.append(
        ReceivedFile(digest, arrival.name, received_at, arrival.method, arrival.sender, arrival.transcribed_by)
    )


def read_new(
    store: Store, intake: Intake, catalog: Catalog, imported: Sequence[Told], progress: Progress, aside: Aside
) -> None:
    """Open, read and check the files of an intake, in their order; `imported` is told of months before the program."""
    if not intake.files:
        return
    from pipeline.ingest.reading import FileReader
    from pipeline.ingest.worker import open_all

    aside.ask(month_page.warm_up)
    reader = FileReader(catalog, {received.sha256: received for received in intake.files})
    readings = open_all(((key, store.archive.path(key)) for key in reader.received), reader)
    validate.warm_up()
    for done, (_, reading) in enumerate(readings, start=1):
        intake.readings.append(reading)
        progress("读取报表", done, len(intake.files))
    progress("审核", 0, 1)
    with store.transaction() as connection:
        known = records.unusual(connection, OTHER_CHANGES, MONTHLY_FLOWS)
    intake.findings = check_readings(intake.readings, catalog, [*known, *imported])
    progress("审核", 1, 1)


def check_readings(
    readings: Sequence[FileReading], catalog: Catalog, known: Sequence[Told] = ()
) -> list[list[Finding]]:
    """Findings of the edit rules for each reading; `known` is what the store tells of other months."""
    judged: list[Submission] = []
    for reading in readings:
        unsure = {f.submission for f in reading.findings if f.rule in UNREADABLE_MONEY}
        judged += [s for s in reading.submissions if s.id not in unsure]
    by_submission: dict[str, list[Finding]] = {}
    history = History.of([*known, *told_by(judged)])
    for finding in validate.check(judged, catalog, history) if judged else ():
        by_submission.setdefault(finding.submission, []).append(finding)
    return [
        [finding for submission in reading.submissions for finding in by_submission.get(submission.id, ())]
        for reading in readings
    ]


# ------------------------------------------------------------------ recording


def record(connection: Connection, intake: Intake, clock: Clock) -> None:
    """Put an intake into the store: a journal entry for each file, and what was read from it."""
    entries = [
        journal.append(connection, journal.RECEIVED, clock.text, _body(received, clock)).seq
        for received in intake.files
    ]
    record_derived(connection, intake, entries)


def record_derived(connection: Connection, intake: Intake, entries: Sequence[int]) -> None:
    """Put what was read from files into the derived tables; `entries` are their vintages."""
    for received, reading, findings, entry in zip(intake.files, intake.readings, intake.findings, entries, strict=True):
        records.add_file(connection, received, entry)
        records.add_submissions(connection, reading.submissions, [entry] * len(reading.submissions))
        records.add_findings(connection, ((finding, entry) for finding in [*reading.findings, *findings]))


def derive_again_if_needed(store: Store, catalog: Catalog, fingerprint: str, progress: Progress, aside: Aside) -> bool:
    """Read the whole archive anew when forms, rules or the store's shape have changed since; say whether it was."""
    with store.transaction() as connection:
        upto = journal.vintage_at(connection, "9999")
        if not store.stale and derived_with(connection) == fingerprint:
            return False
        entries = journal.entries(connection, (journal.RECEIVED,), upto)
        imported = journal.entries(connection, (journal.IMPORTED,), upto)
        standing = imports.in_effect(connection, upto)
        if not entries and not imported:
            set_derived_with(connection, fingerprint)
            return False
    intake = Intake(files=[received_of(entry.body) for entry in entries])
    for received in intake.files:
        store.archive.get(received.sha256)  # refuses bytes that are gone or no longer what they were
    history = read_again(store, imported, standing, catalog)
    read_new(store, intake, catalog, told_by_imported(imports.counting(history, standing)), progress, aside)
    with store.transaction() as connection:
        records.forget_derived(connection)
        imports.add(connection, history)
        record_derived(connection, intake, [entry.seq for entry in entries])
        set_derived_with(connection, fingerprint)
    store.stale = False
    return True


def _body(received: ReceivedFile, clock: Clock) -> dict[str, object]:
    """What the journal keeps of a file; the subject only where it came in a mail."""
    body = {**asdict(received), "ingested_at": clock.text}
    return {name: value for name, value in body.items() if name != "subject" or value}


def received_of(body: Mapping[str, str]) -> ReceivedFile:
    """The file that a journal entry says was received."""
    return ReceivedFile(
        body["sha256"],
        body["name"],
        body["received_at"],
        body["method"],
        body["sender"],
        body["transcribed_by"],
        body.get("subject", ""),
    )
