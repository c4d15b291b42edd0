"""One file that a person names: found among what was received or on disk, and read with all that was recognised."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from pipeline.catalog import Catalog
from pipeline.errors import UsageError
from pipeline.jobs.clock import Clock
from pipeline.jobs.dry_run import Looked, look_at, looked_into
from pipeline.jobs.receive import received_of
from pipeline.model import ReceivedFile
from pipeline.store import journal
from pipeline.store.store import Store


def read_one(workspace: Path, said: str, catalog: Catalog, clock: Clock) -> list[Looked]:
    """Read the file that a person names, by its name as listed or by a path; of an archive or mail, those in it.

    Raises:
        UsageError: There is no such file, or the name is of several.
    """
    return look_at([_found(workspace, said, clock)], catalog, clock, with_tables=True)


def _found(workspace: Path, said: str, clock: Clock) -> tuple[Path, ReceivedFile]:
    known = _received(workspace, clock)
    for path in (Path(said), workspace / "inbox" / said):
        if path.is_file():
            _, digest = looked_into(path)
            before = next((one for one in known if one.sha256 == digest), None)
            return path, before or ReceivedFile(digest, path.name, clock.text)
    wanted = _key(said)
    named = [one for one in known if _key(one.name) == wanted]
    named = named or [one for one in known if PurePosixPath(_key(one.name)).name == wanted]
    names = sorted({one.name for one in named})
    if not names:
        raise UsageError(f"没有收到过文件“{said[:80]}”，也没有这个路径。请写 status 中列出的文件名，或文件的路径。")
    if len(names) > 1:
        raise UsageError(f"有{len(names)}个文件都叫“{said[:80]}”：{'、'.join(names[:5])}。请写全文件夹和文件名。")
    latest = max(named, key=lambda one: one.received_at)
    archive = Store(workspace, create=False).archive
    archive.get(latest.sha256)  # refuses bytes that are gone or no longer what they were
    return archive.path(latest.sha256), latest


def _received(workspace: Path, clock: Clock) -> list[ReceivedFile]:
    """Every file received up to the clock, oldest first."""
    if not (workspace / "store").is_dir():
        return []
    store = Store(workspace, create=False)
    with store.transaction() as connection:
        entries = journal.entries(connection, (journal.RECEIVED,), journal.vintage_at(connection, clock.text))
    store.close()
    return [received_of(entry.body) for entry in entries]


def _key(name: str) -> str:
    """A name as it is listed and typed: with or without 《》, either slash."""
    return re.sub(r"^inbox/", "", name.strip().strip("《》").replace("\\", "/").removeprefix("./"))
