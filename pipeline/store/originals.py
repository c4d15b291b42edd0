"""Copies of received files to look at: with an ending, so that Excel opens them, and apart, so that it changes nothing.

The archive keeps bytes without a name; whoever opens one of its files and saves it has changed the evidence. These
copies can be made again at any time.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath

from pipeline.store.archive import Archive

FOLDER = "originals"
_ENDINGS = frozenset({".xlsx", ".xls", ".xlsb", ".et", ".ods", ".csv", ".txt", ".docx", ".pdf"})
"""What opens without running anything: no macros, scripts or programs."""


def place(digest: str, name: str) -> str:
    """Where the copy of a file lies in the store, with slashes; empty if its ending promises nothing harmless."""
    ending = PurePosixPath(name).suffix.lower()
    return f"{FOLDER}/{digest}{ending}" if digest and ending in _ENDINGS else ""


def lay_out(archive: Archive, places: Iterable[str]) -> None:
    """Make the copies that are not there yet; one that cannot be made is not worth stopping for."""
    for wanted in sorted({found for found in places if found}):
        path = archive.folder.parent / wanted
        with suppress(OSError):
            _copy(archive.path(path.stem), path)


def _copy(source: Path, path: Path) -> None:
    if path.exists():
        return
    half = path.with_name(f"{path.name}.{os.getpid()}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(source, half)
        half.chmod(0o444)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
