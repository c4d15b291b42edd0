"""Files looked at without being received: each that is named, and those that lie in archives and mails."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.catalog import Catalog
from pipeline.errors import UsageError, reason
from pipeline.ingest.containers import kind_of
from pipeline.ingest.inbox import Arrival, Inbox
from pipeline.ingest.reading import FileReader, FileReading, told_of_container
from pipeline.ingest.refusal import not_filed
from pipeline.ingest.worker import open_all
from pipeline.jobs.arriving import Container, arrived, start_and_digest
from pipeline.jobs.clock import Clock
from pipeline.jobs.receive import open_containers
from pipeline.model import ReceivedFile
from pipeline.store.archive import Archive


@dataclass(frozen=True, slots=True)
class Looked:
    """A file, how it was received (or as if just now), and what it holds."""

    received: ReceivedFile
    reading: FileReading


@dataclass(frozen=True, slots=True)
class _Piece:
    """One file to read: where its bytes are, and, of an archive or mail, what was found in it."""

    received: ReceivedFile
    path: Path
    container: Container | None = None

    @property
    def counts(self) -> bool:
        """Whether there is anything to tell of it: not of a container whose files came out."""
        return self.container is None or bool(self.container.told)


def look_at(
    named: Sequence[tuple[Path, ReceivedFile]], catalog: Catalog, clock: Clock, *, with_tables: bool = False
) -> list[Looked]:
    """Read these files, and those in archives and mails, as if they had come in; nothing of them is kept."""
    with TemporaryDirectory() as folder:
        archive = Archive(Path(folder))
        pieces = [piece for path, received in named for piece in _pieces(path, received, archive, clock)]
        to_read = {str(place): piece for place, piece in enumerate(pieces) if not piece.container}
        reader = FileReader(catalog, {place: piece.received for place, piece in to_read.items()}, with_tables)
        opened = dict(open_all(((place, piece.path) for place, piece in to_read.items()), reader))
    return [
        Looked(
            piece.received,
            _dry(told_of_container(piece.received, piece.container.told) if piece.container else opened[str(place)]),
        )
        for place, piece in enumerate(pieces)
        if piece.counts
    ]


def _pieces(path: Path, received: ReceivedFile, archive: Archive, clock: Clock) -> Iterator[_Piece]:
    """A file, or what lies in it; `archive` takes what lies in archives and mails, for as long as it is looked at."""
    if kind_of(looked_into(path)[0]) is None:
        yield _Piece(received, path)
        return
    how = (received.received_at, received.method, received.sender, received.transcribed_by)
    inbox = Inbox([Arrival(path, received.name, *how)])
    came = arrived(inbox, archive, {}, clock, lambda containers: open_containers(archive, containers))
    if not came.files:
        raise UsageError("".join(came.notes))
    for inside in came.files:
        yield _Piece(inside, archive.path(inside.sha256), came.containers.get(inside.sha256))


def looked_into(path: Path) -> tuple[bytes, str]:
    """The bytes of a file that a person names, as far as anything here can open it, and its sha256.

    Raises:
        UsageError: It cannot be read, or is no file but a device or a pipe, which may never end.
    """
    try:
        if stat.S_ISREG(mode := path.stat().st_mode) or stat.S_ISDIR(mode):
            return start_and_digest(path)
        why = "这是设备或管道，不是文件"
    except OSError as error:
        why = reason(error)
    raise UsageError(f"文件 {path} 读不出来（{why}）。请核对路径和文件名后重新运行。")


def _dry(reading: FileReading) -> FileReading:
    """The same without a word of what is done with a file that is received, each matter once."""
    told = [replace(f, message=not_filed(f.message)) for f in reading.findings if not f.under]
    return replace(reading, findings=told)
