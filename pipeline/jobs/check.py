"""A dry run for a sender: findings of files, nothing stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline import validate
from pipeline.catalog import Catalog
from pipeline.errors import UsageError, reason
from pipeline.ingest.containers import kind_of
from pipeline.ingest.inbox import Arrival, Inbox
from pipeline.ingest.reading import FileReader, FileReading, told_of_container
from pipeline.ingest.worker import open_all
from pipeline.jobs.arriving import Container, arrived
from pipeline.jobs.clock import Clock
from pipeline.jobs.receive import check_readings, open_containers
from pipeline.jobs.together import refuse_versions
from pipeline.model import Finding, ReceivedFile, Severity
from pipeline.store.archive import Archive


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """What was read and found, file by file."""

    files: tuple[tuple[ReceivedFile, FileReading, tuple[Finding, ...]], ...]

    @property
    def findings(self) -> list[Finding]:
        """All findings, file after file."""
        return [finding for _, _, found in self.files for finding in found]

    @property
    def exit_code(self) -> int:
        """0 nothing to do, 1 something to correct or explain, 3 a file that is no form at all."""
        if any(not reading.submissions for _, reading, _ in self.files):
            return 3
        return 1 if any(f.severity is not Severity.NOTE for f in self.findings) else 0


@dataclass(frozen=True, slots=True)
class _Piece:
    """One file to check: where its bytes are, and, of an archive or mail, what was found in it."""

    received: ReceivedFile
    path: Path
    container: Container | None = None

    @property
    def counts(self) -> bool:
        """Whether there is anything to tell of it: not of a container whose files came out."""
        return self.container is None or bool(self.container.told)


def run(paths: Sequence[Path], catalog: Catalog, clock: Clock) -> CheckOutcome:
    """Read and check these files, and those in archives and mails, as if they had come in at the clock's time."""
    with TemporaryDirectory() as folder:
        archive = Archive(Path(folder))
        pieces = [piece for path in paths for piece in _pieces(path, archive, clock)]
        to_read = {str(place): piece for place, piece in enumerate(pieces) if not piece.container}
        reader = FileReader(catalog, {place: piece.received for place, piece in to_read.items()})
        opened = dict(open_all(((place, piece.path) for place, piece in to_read.items()), reader))
    readings = [
        told_of_container(piece.received, piece.container.told) if piece.container else opened[str(place)]
        for place, piece in enumerate(pieces)
    ]
    refuse_versions([piece.received for piece in pieces], readings)
    found = [
        _diagnosed(reading, own, catalog)
        for reading, own in zip(readings, check_readings(readings, catalog), strict=True)
    ]
    return CheckOutcome(
        tuple(
            (piece.received, reading, (*reading.findings, *own))
            for piece, reading, own in zip(pieces, readings, found, strict=True)
            if piece.counts
        )
    )


def _diagnosed(reading: FileReading, found: list[Finding], catalog: Catalog) -> list[Finding]:
    """What asks for something, each cause once: what follows from it goes without saying."""
    from pipeline.validate.past import NO_PAST

    told = validate.diagnose(found, reading.submissions, catalog, NO_PAST) if found else []
    return [finding for finding in told if not finding.under]


def _pieces(path: Path, archive: Archive, clock: Clock) -> list[_Piece]:
    """A file, or what lies in it; `archive` takes what lies in archives and mails, for as long as it is looked at."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"文件 {path} 读不出来（{reason(error)}）。请核对路径和文件名后重新运行。") from error
    if kind_of(data) is None:
        return [_Piece(ReceivedFile(sha256(data).hexdigest(), path.name, clock.text), path)]
    inbox = Inbox([Arrival(path, path.name, clock.text)])
    came = arrived(inbox, archive, {}, clock, lambda containers: open_containers(archive, containers))
    return [
        _Piece(received, archive.path(received.sha256), came.containers.get(received.sha256)) for received in came.files
    ]
