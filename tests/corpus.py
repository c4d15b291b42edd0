"""`python -m tests.corpus DIR`: what the program makes of any folder of foreign files, file by file, and whether it keeps the aims.

Each file is opened and read by a worker of the program's own pool, which lives for this file alone; its peak memory is
the highest that this process ever held, what it started with included. Nothing is stored. The exit code is 1 where
an aim is missed.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.catalog import Catalog, load_catalog
from pipeline.ingest.containers import Kind, kind_of
from pipeline.ingest.reading import FileReader
from pipeline.ingest.unpacking import Unpacker
from pipeline.ingest.worker import open_all
from pipeline.model import Grid, ReceivedFile, Unreadable
from pipeline.store.archive import Archive

SECONDS, MEGABYTES = 5.0, 500.0
"""Aims for a file."""
RECEIVED = "2018-04-10 09:00"


@dataclass(frozen=True)
class Seen:
    """What came of one file."""

    name: str
    format: str
    """As what it was opened; empty: refused."""
    why: str
    """Rule and first sentence of the refusal, or of the first finding."""
    notes: int
    cells: int
    accounted: int
    forms: tuple[str, ...]
    """Forms that it was taken for."""
    megabytes: float
    crashed: bool
    """The worker died or was stopped."""
    seconds: float = 0

    @property
    def missed(self) -> list[str]:
        """Which aims this file misses."""
        return [
            what
            for what, is_missed in (
                ("读取程序终止", self.crashed),
                (f"超过{SECONDS:.0f}秒", self.seconds > SECONDS),
                (f"超过{MEGABYTES:.0f} MB", self.megabytes > MEGABYTES),
                ("当作了报表", bool(self.forms)),
                ("有单元格没有交代", self.cells != self.accounted),
            )
            if is_missed
        ]

    def line(self) -> str:
        """The file in one line."""
        opened = f"打开({self.format})" if self.format else "拒绝"
        told = f"{self.seconds:5.2f}秒 {self.megabytes:5.0f} MB  {self.accounted}/{self.cells}格"
        return f"{self.name}\n    {opened}  {told}  认作：{'、'.join(self.forms) or '无'}  {self.why}" + "".join(
            f"\n    ！{what}" for what in self.missed
        )


@dataclass(frozen=True)
class Look:
    """What a worker does with an opened file: read it, and see what it cost."""

    reader: FileReader
    parent: int

    def __call__(self, key: str, opened: Grid | Unreadable) -> Seen:
        """What is seen of the file with this key."""
        reading = self.reader(key, opened)
        is_open = isinstance(opened, Grid)
        first = reading.findings[0] if reading.findings else None
        return Seen(
            name=self.reader.received[key].name,
            format=opened.format if is_open else "",
            why=f"{first.rule} {first.message}" if first else "",
            notes=len(opened.notes) if is_open else 0,
            cells=sum(len(sheet.cells) for sheet in opened.sheets) if is_open else 0,
            accounted=sum(reading.cells.values()),
            forms=tuple(submission.form for submission in reading.submissions),
            megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            crashed=os.getpid() == self.parent,
        )


def look(paths: Iterable[Path], folder: Path) -> Iterator[Seen]:
    """What is seen of each file, one after the other, each in a process of its own; files in archives and mails too."""
    catalog = load_catalog()
    with TemporaryDirectory() as scratch:
        archive = Archive(Path(scratch))
        for path in paths:
            name = str(path.relative_to(folder))
            kind = kind_of(_bytes(path))
            inside = [(path, name)]
            if kind:
                inside = yield from _unpacked(path, name, kind, archive)
            for file, called in inside:
                yield _looked_at(file, called, catalog)


def _unpacked(path: Path, name: str, kind: Kind, archive: Archive) -> Generator[Seen, None, list[tuple[Path, str]]]:
    """What is seen of an archive or a mail; the result are the files in it that are none themselves."""
    start = time.perf_counter()
    with Unpacker(archive.put) as unpacker:
        opened = unpacker.unpack(path, name, kind)
    members = [member for contents in opened.values() for member in contents.members if member.sha256 not in opened]
    told = [contents.unreadable.message for contents in opened.values() if contents.unreadable]
    told += [f"{what}：{why}" for contents in opened.values() for what, why in contents.refused]
    why = "；".join([f"取出{len(members)}个文件", *told])
    yield Seen(name, "" if told and not members else kind, why, 0, 0, 0, (), 0, False, time.perf_counter() - start)
    return [(archive.path(member.sha256), f"{name}/{member.name}") for member in members]


def _looked_at(path: Path, name: str, catalog: Catalog) -> Seen:
    received = ReceivedFile(sha256(_bytes(path) or name.encode()).hexdigest(), name, RECEIVED)
    reader = FileReader(catalog, {received.sha256: received})
    start = time.perf_counter()
    ((_, seen),) = open_all([(received.sha256, path)], Look(reader, os.getpid()), workers=1)
    return replace(seen, seconds=time.perf_counter() - start)


def _bytes(path: Path) -> bytes:
    """The bytes of a file, empty where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def files_in(folder: Path) -> list[Path]:
    """Every file below a folder; links are not followed."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def main(arguments: list[str]) -> int:
    """Print a line for each file and the summary; the result is the exit code."""
    folder = Path(*arguments[:1]) if len(arguments) == 1 else None
    if folder is None or not folder.is_dir():
        print("用法：make corpus DIR=文件夹", file=sys.stderr)
        return 2
    seen = []
    for one in look(files_in(folder), folder):
        print(one.line(), flush=True)
        seen.append(one)
    print(summary(seen))
    return 1 if any(one.missed for one in seen) else 0


def summary(seen: list[Seen]) -> str:
    """The aims, and how far they are kept."""
    missed = [what for one in seen for what in one.missed]
    opened = sum(bool(one.format) for one in seen)
    slowest, largest = (
        max(map(cost, seen), default=0) for cost in (lambda one: one.seconds, lambda one: one.megabytes)
    )
    aims = (
        ("没有一个使读取程序终止", "读取程序终止"),
        (f"没有一个超过{SECONDS:.0f}秒", f"超过{SECONDS:.0f}秒"),
        (f"没有一个超过{MEGABYTES:.0f} MB", f"超过{MEGABYTES:.0f} MB"),
        ("没有一个当作报表", "当作了报表"),
        ("每个单元格都有交代", "有单元格没有交代"),
    )
    told = [f"  {aim}：{'达到' if what not in missed else f'{missed.count(what)}个没有达到'}" for aim, what in aims]
    counted = (
        f"共{len(seen)}个文件：打开{opened}，拒绝{len(seen) - opened}；最慢{slowest:.2f}秒，内存最高{largest:.0f} MB"
    )
    return "\n".join(("", counted, *told))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
