"""Containers taken apart, with what lies in them again, in a process that can be stopped."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable
from hashlib import sha256
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.errors import PipelineError, reason
from pipeline.ingest import child, limits, worker
from pipeline.ingest.archives import in_gzip, in_zip
from pipeline.ingest.containers import WORDS, Contents, Kind, Lying, Member, kind_of
from pipeline.ingest.kinds import picture
from pipeline.ingest.mail import open_mail, sent_at
from pipeline.ingest.mail_content import is_note
from pipeline.ingest.refusal import Refused
from pipeline.model import Unreadable

Keep = Callable[[bytes], str]
"""Keeps bytes for good and returns their sha256."""
Opened = dict[str, Contents]
"""Everything that was opened, by sha256: the container itself, and those that lay in it."""

_TIMED_OUT = (
    f"打开超过{limits.SECONDS_PER_CONTAINER:.0f}秒仍未完成，已停止。请报送单位直接发送报表文件，不要打包或转发多次。"
)
_DIED = "打开时使读取程序异常终止，内容可能已损坏或过大，没有打开。请报送单位直接发送报表文件。"
_NOTE = "文字说明"
"""A text that accompanies what is sent is no file by itself, as the text of a mail is none."""
_UNREAD = "从磁盘上读不出来（{reason}）。请检查文件权限和磁盘，或重新放入文件。"


class Unpacker:
    """Opens containers one after another in one child process; a container that hangs or kills it costs only itself."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._process: multiprocessing.process.BaseProcess | None = None
        self._line: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def unpack(self, path: Path, name: str, kind: Kind) -> Opened:
        """Open one container. What is in it is kept by now; raise PipelineError where it could not be kept."""
        line = self._begun()
        try:
            line.send((str(path), name, kind))
            if not line.poll(limits.SECONDS_PER_CONTAINER):
                self._stop()
                return _failed(path, kind, _TIMED_OUT)
            answer = line.recv()
        except (EOFError, OSError):
            self._stop()
            return _failed(path, kind, _DIED)
        if isinstance(answer, PipelineError):
            raise answer
        opened: Opened = answer
        return opened

    def _begun(self) -> Connection:
        if self._line is None or self._process is None:
            context = _context()
            self._line, theirs = context.Pipe()
            self._process = context.Process(  # type: ignore[attr-defined]
                target=_serve, args=(theirs, self._keep, os.getpid()), daemon=True
            )
            self._process.start()
            theirs.close()
        return self._line

    def _stop(self) -> None:
        if self._line is not None and self._process is not None:
            self._line.close()
            self._process.kill()
            self._process.join()
        self._line = self._process = None


def _context() -> BaseContext:
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _failed(path: Path, kind: Kind, why: str) -> Opened:
    return {path.name: Contents(kind, unreadable=Unreadable("F01", f"这是{WORDS[kind]}，{why}"))}


def _serve(line: Connection, keep: Keep, parent: int) -> None:
    child.begin(parent)
    worker.limit_memory()
    while True:
        try:
            path, name, kind = line.recv()
        except (EOFError, OSError):
            return
        line.send(_answer(Path(path), name, kind, keep))


def _answer(path: Path, name: str, kind: Kind, keep: Keep) -> Opened | PipelineError:
    try:
        with path.open("rb") as file:
            data = file.read(limits.MAX_CONTAINER_BYTES + 1)
        return unpack(data, name, kind, keep)
    except PipelineError as error:
        return error
    except OSError as error:
        return _failed(path, kind, _UNREAD.format(reason=reason(error)))
    except MemoryError:
        return _failed(path, kind, _DIED)


# ------------------------------------------------------------------ in the child


def unpack(data: bytes, name: str, kind: Kind, keep: Keep) -> Opened:
    """Open a container and all within it, in the process that calls it; each file is kept as soon as it is whole."""
    unpacking = _Unpacking(keep)
    unpacking.open(data, sha256(data).hexdigest(), name, kind, depth=1)
    return unpacking.opened


class _Unpacking:
    """One outermost container: what may still be taken out of it, and what was opened."""

    def __init__(self, keep: Keep) -> None:
        self.opened: Opened = {}
        self._keep = keep
        self._bytes_left = limits.MAX_UNPACKED_BYTES
        self._members_left = limits.MAX_MEMBERS

    def open(self, data: bytes, digest: str, name: str, kind: Kind, *, depth: int) -> None:
        """Open one container, unless the same bytes were met before: an archive can hold itself."""
        if digest in self.opened:
            return
        self.opened[digest] = Contents(kind)
        try:
            self.opened[digest] = self._contents(data, name, kind, depth)
        except Refused as refused:
            self.opened[digest] = Contents(kind, unreadable=refused.unreadable)

    def _contents(self, data: bytes, name: str, kind: Kind, depth: int) -> Contents:
        what = f"这是{WORDS[kind]}，"
        if depth > limits.MAX_NESTED:
            raise Refused("F01", f"{what}套在{depth - 1}层压缩包或邮件里，没有打开。请解压后直接发送报表。")
        if len(data) > limits.MAX_CONTAINER_BYTES:
            most = limits.MAX_CONTAINER_BYTES >> 20
            raise Refused("F01", f"{what}超过{most} MB，没有打开。请分几次发送。")
        members: list[Member] = []
        refused: list[tuple[str, str]] = []
        beside: list[str] = []
        for lying in self._lying(data, name, kind, beside):
            if lying.why:
                refused.append((lying.name, lying.why))
            elif is_note(lying.name, lying.data):
                beside.append(_NOTE)
            else:
                members.append(self._member(lying, depth))
        return Contents(
            kind,
            tuple(members),
            tuple(refused),
            tuple(beside),
            sent_at=sent_at(data) if kind == "mail" else None,
        )

    def _lying(self, data: bytes, name: str, kind: Kind, beside: list[str]) -> Iterable[Lying]:
        if kind == "mail":
            mail = open_mail(data, self._bytes_left, self._members_left)
            beside += mail.beside
            return mail.attached
        if kind == "zip":
            return in_zip(data, self._bytes_left, self._members_left)
        return in_gzip(data, name, self._bytes_left)

    def _member(self, lying: Lying, depth: int) -> Member:
        self._bytes_left -= len(lying.data)
        self._members_left -= 1
        digest = self._keep(lying.data)
        if kind := kind_of(lying.data):
            self.open(lying.data, digest, lying.name, kind, depth=depth + 1)
        return Member(lying.name, digest, picture(lying.data), lying.subject)
