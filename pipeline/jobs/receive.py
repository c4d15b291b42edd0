"""Receiving: bytes into the archive, cells into observations, observations through the edit rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import validate
from pipeline.catalog import Catalog
from pipeline.ingest.containers import Contents, Kind
from pipeline.ingest.inbox import WITHOUT_FILE, scan, told_unlisted, told_unsigned
from pipeline.jobs.answering import Answered
from pipeline.jobs.arriving import Container, arrived
from pipeline.jobs.aside import Aside
from pipeline.jobs.carried import Before, before_now, before_then, leave_out_copies
from pipeline.jobs.clock import Clock
from pipeline.jobs.history import read_again
from pipeline.jobs.over_time import UNREADABLE_MONEY
from pipeline.jobs.runlog import Progress
from pipeline.jobs.together import refuse_versions
from pipeline.model import Answer, Finding, ReceivedFile, Submission, Unreadable
from pipeline.render import letters, month_page
from pipeline.store import imports, journal, records
from pipeline.store.archive import Archive
from pipeline.store.store import Connection, Store, derived_with, set_derived_with
from pipeline.validate.history import MONTHLY_FLOWS, OTHER_CHANGES, TARGETS, History, Told, told_by, told_by_imported

if TYPE_CHECKING:
    from pipeline.ingest.reading import FileReading


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
    containers: dict[str, Container] = field(default_factory=dict)
    """What is known of the archives and mails among the files, by sha256: they are not read themselves."""
    answered: list[Answered] = field(default_factory=list)
    """What became of the explanations that came home."""
    batches: dict[str, str] = field(default_factory=dict)
    """By sha256, the look into the inbox that brought a file; what came together has no order but its times."""

    @property
    def answers(self) -> list[tuple[ReceivedFile, list[Answer]]]:
        """The explanations in lists of findings, by the file in which they came."""
        read = zip(self.files, self.readings, strict=True)
        return [(file, reading.answers) for file, reading in read if reading.answers is not None]

    @property
    def typed_in(self) -> list[ReceivedFile]:
        """The reports among the files that the office typed in itself."""
        return [received for received in self._reports if received.transcribed_by]

    @property
    def _reports(self) -> list[ReceivedFile]:
        return [file for file, reading in zip(self.files, self.readings, strict=True) if reading.submissions]

    def tell_untyped(self) -> None:
        """What came on paper or by telephone can only have been typed in: somebody signs for that."""
        unsigned = [f.name for f in self._reports if f.method in WITHOUT_FILE and not f.transcribed_by]
        self.notes += told_unsigned(unsigned)

    def was_taken_apart(self, received: ReceivedFile) -> bool:
        """Whether this is a container that only counts through the files in it."""
        container = self.containers.get(received.sha256)
        inside = any(other.inside == received.sha256 for other in self.files)
        return container is not None and (inside or not container.told)


def take_in(store: Store, inbox: Path, catalog: Catalog, clock: Clock, progress: Progress, aside: Aside) -> Intake:
    """Archive and read everything in the inbox that is new; nothing is recorded yet."""
    found = scan(inbox)
    with store.transaction() as connection:
        known = records.known_files(connection)
        imported = imports.all_figures(connection, journal.vintage_at(connection, "9999"))

    def open_them(containers: Sequence[tuple[str, str, Kind]]) -> dict[str, Contents]:
        return open_containers(store.archive, containers, progress)

    came = arrived(found, store.archive, known, clock, open_them)
    new = {received.name for received in came.files}
    intake = Intake(
        files=came.files,
        duplicates=came.duplicates,
        left=came.left,
        notes=[*found.notes, *came.notes, *told_unlisted([n for n in found.unlisted if n in new & came.undated])],
        files_in_inbox=len(found.arrivals),
        containers=came.containers,
        batches={received.sha256: "this one" for received in came.files},
    )
    read_new(store, intake, catalog, told_by_imported(imported), progress, aside, before_now(store))
    intake.tell_untyped()
    return intake


def open_containers(
    archive: Archive, containers: Sequence[tuple[str, str, Kind]], progress: Progress | None = None
) -> dict[str, Contents]:
    """What lies in these archived containers (sha256, name, kind); every file in them is archived as well."""
    opened: dict[str, Contents] = {}
    if not containers:
        return opened
    from pipeline.ingest.unpacking import Unpacker

    with Unpacker(archive.put) as unpacker:
        for done, (digest, name, kind) in enumerate(containers, start=1):
            opened |= unpacker.unpack(archive.path(digest), name, kind)
            if progress:
                progress("打开压缩包和邮件", done, len(containers))
    return opened


def read_new(
    store: Store,
    intake: Intake,
    catalog: Catalog,
    imported: Sequence[Told],
    progress: Progress,
    aside: Aside,
    before: Before,
) -> None:
    """Open, read and check the files of an intake, in their order; `imported` is told of months before the program."""
    if not intake.files:
        return
    from pipeline.ingest.reading import FileReader, told_of_container
    from pipeline.ingest.worker import open_all
    from pipeline.jobs.misnamed import tell_misnamed

    aside.ask(month_page.warm_up)
    aside.ask(letters.warm_up)
    to_read = {received.sha256: received for received in intake.files if received.sha256 not in intake.containers}
    reader = FileReader(catalog, to_read)
    readings = open_all(((key, store.archive.path(key)) for key in reader.received), reader)
    validate.warm_up()
    for done, received in enumerate(intake.files, start=1):
        container = intake.containers.get(received.sha256)
        intake.readings.append(told_of_container(received, container.told) if container else next(readings)[1])
        progress("读取报表", done, len(intake.files))
    for _ in readings:  # to its end: it takes leave of its workers there
        pass
    intake.notes += [
        f"《{received.name}》是本办发出的《{reading.letter}》，已登记存档，不作为报表读取。"
        for received, reading in zip(intake.files, intake.readings, strict=True)
        if reading.letter
    ]
    intake.notes += leave_out_copies(intake.files, intake.readings, intake.batches, before)
    tell_misnamed(intake.files, intake.readings, intake.batches, catalog, before)
    refuse_versions(intake.files, intake.readings, intake.batches)
    progress("审核", 0, 1)
    with store.transaction() as connection:
        unusual = records.unusual(connection, OTHER_CHANGES, MONTHLY_FLOWS)
        known = [*unusual, *records.of_banks(connection, TARGETS)]
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
    batch = f"{journal.vintage_at(connection, '9999') + 1}"
    entries = [
        journal.append(connection, journal.RECEIVED, clock.text, {**_body(received, intake, clock), "batch": batch}).seq
        for received in intake.files
    ]
    record_derived(connection, intake, entries)


def _body(received: ReceivedFile, intake: Intake, clock: Clock) -> dict[str, object]:
    """What the journal keeps of a file: of a container also what was in it, so that it need not be opened again."""
    body: dict[str, object] = {**asdict(received), "ingested_at": clock.text}
    for only_inside in ("inside", "subject"):
        if not body[only_inside]:
            del body[only_inside]
    if container := intake.containers.get(received.sha256):
        body["holds"] = [{"name": name, "sha256": digest} for name, digest in container.holds]
        body["told"] = [{"rule": told.rule, "message": told.message} for told in container.told]
    return body


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
        before = before_then(connection, entries)
        if not entries and not imported:
            set_derived_with(connection, fingerprint)
            return False
    intake = Intake(
        files=[received_of(entry.body) for entry in entries],
        containers={entry.body["sha256"]: container_of(entry.body) for entry in entries if "holds" in entry.body},
        batches={entry.body["sha256"]: entry.body["batch"] for entry in entries if "batch" in entry.body},
    )
    for received in intake.files:
        store.archive.get(received.sha256)  # refuses bytes that are gone or no longer what they were
    history = read_again(store, imported, standing, catalog)
    read_new(store, intake, catalog, told_by_imported(imports.counting(history, standing)), progress, aside, before)
    with store.transaction() as connection:
        records.forget_derived(connection)
        imports.add(connection, history)
        record_derived(connection, intake, [entry.seq for entry in entries])
        set_derived_with(connection, fingerprint)
    store.stale = False
    return True


def received_of(body: Mapping[str, Any]) -> ReceivedFile:
    """The file that a journal entry says was received; entries from before containers were opened say less."""
    return ReceivedFile(
        body["sha256"],
        body["name"],
        body["received_at"],
        body["method"],
        body["sender"],
        body["transcribed_by"],
        body.get("inside", ""),
        body.get("subject", ""),
    )


def container_of(body: Mapping[str, Any]) -> Container:
    """The container that a journal entry says was opened."""
    return Container(
        tuple((member["name"], member["sha256"]) for member in body["holds"]),
        tuple(Unreadable(told["rule"], told["message"]) for told in body["told"]),
    )
