"""Opening many files in processes that can be stopped: a file that hangs, aborts or eats memory costs only itself."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from concurrent.futures import TimeoutError as TimedOut
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

try:
    import resource
except ImportError:  # Windows: the limits of size and time remain
    resource = None  # type: ignore[assignment]

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from pipeline.errors import reason

# Imported here and not where they are used: a forked worker inherits them ready.
from pipeline.ingest import (  # noqa: F401
    child,
    delimited,
    docx,
    html_table,
    limits,
    ods,
    package,
    sheet_xml,
    spreadsheetml,
    xls,
    xlsb,
    xlsx,
)
from pipeline.ingest.refusal import SEND_EXCEL
from pipeline.ingest.workbook import open_grid
from pipeline.model import Grid, Unreadable

Opened = Grid | Unreadable
Named = tuple[str, Path]
T = TypeVar("T")
Then = Callable[[str, Opened], T]
"""What a worker makes of a file once it is open, given its key."""

CHUNK_FILES = 8
CHUNK_BYTES = 2**20
"""Small files travel together, a message for each would take longer than opening them; large ones go alone."""

_LOOK_EVERY = 1.0
"""Seconds after which it is asked whether anybody is still reading."""

_TIMED_OUT = (
    f"文件打开超过{limits.SECONDS_PER_FILE:.0f}秒仍未完成，已停止读取。"
    "请只保留报表本身（删去多余的行列、图片和工作表），另存为 .xlsx 后重新报送。"
)
_DIED = f"文件在打开时使读取程序异常终止，内容可能已损坏或过大，没有读取。{SEND_EXCEL}"
_UNFORESEEN = f"读取时遇到没有预料到的内容（{{name}}），没有读取。请把原件交给程序维护人员；急用时{SEND_EXCEL}"
_UNREAD = "文件从磁盘上读不出来（{reason}）。请检查文件权限和磁盘，或重新放入文件。"


def open_all(files: Iterable[Named], then: Then[T], workers: int = 2, starts: int = 3) -> Iterator[tuple[str, T]]:
    """Open files, given as (key, path); yields (key, what `then` makes of the grid or reason) in the order given.

    `then` runs in the worker too: whatever is done with a stranger's cells is stopped when it takes too long.
    The workers start with this call, not with the first result: other things can be done meanwhile. Stop iterating
    and close the iterator, and they are stopped. Where all of them are gone at once, they start anew, up to `starts`
    times.
    """
    chunks = list(_chunks(files))
    if not chunks:
        return iter(())
    pool = ProcessPool(
        min(workers, len(chunks)), initializer=_prepare, initargs=[then, os.getpid()], context=_context()
    )
    futures = [_schedule(pool, chunk) for chunk in chunks]
    return _collected(pool, chunks, futures, then, starts - 1)


def _collected(
    pool: ProcessPool,
    chunks: Sequence[list[Named]],
    futures: Sequence[ProcessFuture[list[T]]],
    then: Then[T],
    starts: int,
) -> Iterator[tuple[str, T]]:
    done = 0
    try:
        for chunk, future in zip(chunks, futures, strict=True):
            made = _made(pool, chunk, future, then)
            done += 1
            yield from zip((key for key, _ in chunk), made, strict=True)
    except (BrokenExecutor, RuntimeError):
        if pool.active or not starts:
            raise
        left = [named for chunk in chunks[done:] for named in chunk]
        yield from open_all(left, then, min(2, len(left)), starts)
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        # Takes a tenth of a second of waiting: done while the caller works on with what it has.
        threading.Thread(target=pool.join).start()


def _made(pool: ProcessPool, chunk: list[Named], future: ProcessFuture[list[T]], then: Then[T]) -> list[T]:
    """The results of a chunk; where it failed, each of its files is tried alone."""
    try:
        return list(_result(pool, future))
    except (TimedOut, ProcessExpired) as error:
        if len(chunk) == 1:
            return [then(chunk[0][0], Unreadable("F01", _TIMED_OUT if isinstance(error, TimedOut) else _DIED))]
    return [made for named in chunk for made in _made(pool, [named], _schedule(pool, [named]), then)]


def _result(pool: ProcessPool, future: ProcessFuture[list[T]]) -> list[T]:
    """What a future comes to; a pool that broke while it waited in the queue would never tell.

    Raises:
        BrokenExecutor: the pool is no more, and nobody works on it.
    """
    while True:
        try:
            return future.result(timeout=_LOOK_EVERY)
        except TimedOut:
            if future.done():
                return future.result()  # it may be the file that took too long
            if not pool.active:
                raise BrokenExecutor("all readers are gone") from None


def _schedule(pool: ProcessPool, chunk: list[Named]) -> ProcessFuture[list[Any]]:
    return pool.schedule(_make, args=(chunk,), timeout=limits.SECONDS_PER_FILE)


def _chunks(files: Iterable[Named]) -> Iterator[list[Named]]:
    chunk: list[Named] = []
    size = 0
    for key, path in files:
        bytes_here = _size(path)
        if chunk and (len(chunk) == CHUNK_FILES or size + bytes_here > CHUNK_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append((key, path))
        size += bytes_here
    if chunk:
        yield chunk


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _context() -> multiprocessing.context.BaseContext:
    """Forking where it is native, because it costs milliseconds.

    The worker takes no lock that a thread of the parent could hold: it imports nothing, logs nothing, prints
    nothing, and is ended without clean-up.
    """
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


# ------------------------------------------------------------------ in the worker


_then: list[Then[Any]] = []
"""What this worker does with an opened file; set once, when it starts."""


def _make(chunk: Sequence[Named]) -> list[Any]:
    return [_make_one(key, path, *_then) for key, path in chunk]


def _make_one(key: str, path: Path, then: Then[T]) -> T:
    """What is not foreseen in one file costs only this file; what `then` cannot even say of it is about us."""
    try:
        return then(key, open_file(path))
    except MemoryError:
        return then(key, Unreadable("F01", _DIED))
    # Hostile files find what nobody thought of; a panic of a Rust library is no Exception, and cannot be pickled.
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return then(key, Unreadable("F01", _UNFORESEEN.format(name=type(error).__name__)))


def open_file(path: Path) -> Opened:
    """Open one file in the process that calls it."""
    try:
        with path.open("rb") as file:
            data = file.read(limits.MAX_FILE_BYTES + 1)
        return open_grid(data, path.name)
    except OSError as error:
        return Unreadable("F01", _UNREAD.format(reason=reason(error)))
    except MemoryError:
        return Unreadable("F01", _DIED)


def _prepare(then: Then[Any], parent: int) -> None:
    """Take the task, begin as a child of `parent`, and limit memory."""
    _then[:] = [then]
    child.begin(parent)
    limit_memory()


def limit_memory() -> None:
    """Let this process take no more than `limits.MEMORY_BYTES` beyond what it has."""
    if resource is None:
        return
    with suppress(OSError, ValueError):
        wanted = _address_space() + limits.MEMORY_BYTES
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _address_space() -> int:
    """Bytes of address space that this process has already; libraries reserve much more than they use."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 2**31
    return pages * os.sysconf("SC_PAGE_SIZE")
