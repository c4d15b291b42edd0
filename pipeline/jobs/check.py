"""A dry run for a sender: findings of files, nothing stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pipeline.catalog import Catalog
from pipeline.errors import UsageError, reason
from pipeline.ingest.reading import FileReader, FileReading
from pipeline.ingest.worker import open_all
from pipeline.jobs.clock import Clock
from pipeline.jobs.receive import check_readings
from pipeline.model import Finding, ReceivedFile, Severity


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


def run(paths: Sequence[Path], catalog: Catalog, clock: Clock) -> CheckOutcome:
    """Read and check these files as if they had come in at the clock's time."""
    received = []
    for path in paths:
        try:
            digest = sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise UsageError(f"文件 {path} 读不出来（{reason(error)}）。请核对路径和文件名后重新运行。") from error
        received.append(ReceivedFile(digest, path.name, clock.text))
    reader = FileReader(catalog, {str(place): one for place, one in enumerate(received)})
    readings = [reading for _, reading in open_all(((str(n), path) for n, path in enumerate(paths)), reader)]
    found = check_readings(readings, catalog)
    return CheckOutcome(
        tuple(
            (r, reading, (*reading.findings, *own)) for r, reading, own in zip(received, readings, found, strict=True)
        )
    )
