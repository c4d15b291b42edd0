"""The archive: received bytes under their sha256, never changed, never deleted."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from pipeline.errors import StoreError, reason

_SLICE = 2**20


def slices(path: Path) -> Iterator[bytes]:
    """The bytes of a file, a megabyte at a time."""
    with path.open("rb") as file:
        while piece := file.read(_SLICE):
            yield piece


class ChangedError(StoreError):
    """A file that is being written while it is read."""


def _unchanged(path: Path, digest: str) -> Iterator[bytes]:
    hashed = sha256()
    for piece in slices(path):
        hashed.update(piece)
        yield piece
    if hashed.hexdigest() != digest:
        raise ChangedError(f"文件 {path} 还在写入。请等它复制完后重新运行。")


class Archive:
    """Content-addressed files in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, digest: str) -> Path:
        """Where the bytes with this sha256 are, or would be."""
        return self.folder / self.place(digest)

    @staticmethod
    def place(digest: str) -> str:
        """The same as seen from the archive's folder, with slashes."""
        return f"{digest[:2]}/{digest}"

    def put(self, data: bytes) -> str:
        """Keep these bytes; return their sha256. Whole or not at all, even when killed or out of space."""
        digest = sha256(data).hexdigest()
        self._keep(digest, (data,))
        return digest

    def put_file(self, source: Path, digest: str) -> None:
        """Keep the bytes of a large file under its sha256, as `put` does, without holding them all in memory.

        Raise StoreError as `put` does, ChangedError where the file is no longer what it was.
        """
        self._keep(digest, _unchanged(source, digest))

    def _keep(self, digest: str, pieces: Iterable[bytes]) -> None:
        path = self.path(digest)
        if path.exists():
            return
        half = path.with_name(f"{digest}.{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with half.open("wb") as file:
                for piece in pieces:
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            half.replace(path)
        except (OSError, ChangedError) as error:
            with suppress(OSError):
                half.unlink(missing_ok=True)
            if isinstance(error, StoreError):
                raise
            raise StoreError(
                f"收到的文件存不进档案（{path.parent}）：{reason(error)}。请检查磁盘空间和写入权限后重新运行。"
            ) from error

    def get(self, digest: str) -> bytes:
        """The bytes with this sha256; StoreError if they are gone or no longer what they were."""
        try:
            data = self.path(digest).read_bytes()
        except OSError as error:
            raise StoreError(f"档案中缺少文件 {digest}。请从备份恢复 store 文件夹。") from error
        if sha256(data).hexdigest() != digest:
            raise StoreError(f"档案中的文件 {digest} 已被改动。请从备份恢复 store 文件夹。")
        return data
