"""The OLE2 container of .xls: its streams, also where the tables are not as they should be.

Programs other than Office write containers whose chains of sectors overlap or claim more than there is. xlrd refuses
these; here a chain is followed as long as it leads inside the file and never to the same place twice.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.ingest.refusal import Refused, damaged

_HEADER = 512
_ENTRY = 128
_FREE, _END = 0xFFFFFFFF, 0xFFFFFFFE
_LAST_SECTOR = 0xFFFFFFFA
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_IN_HEADER = 109


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Names:
    """What a container holds, names folded, whatever floor it is on."""

    streams: frozenset[str] = frozenset()
    storages: frozenset[str] = frozenset()
    """Folders of streams."""

    @classmethod
    def within(cls, data: bytes) -> Names:
        """The names in a container; none where its tables lead nowhere, or where it is none."""
        try:
            entries = Container(data).entries
        except Refused:
            return cls()
        kinds = {kind: frozenset(e.name.casefold() for e in entries if e.kind == kind) for kind in (_STREAM, _STORAGE)}
        return cls(kinds[_STREAM], kinds[_STORAGE])


class Container:
    """An OLE2 container opened leniently; raise Refused where its own tables cannot be followed at all."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            shift, mini_shift = struct.unpack_from("<HH", data, 30)
            self._first_dir, self._cutoff, self._first_mini = struct.unpack_from("<I4xII", data, 48)
        except struct.error as error:
            raise damaged("复合文档结构异常") from error
        if shift not in (9, 12) or mini_shift != 6:
            raise damaged("复合文档结构异常")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        self._table = self._sectors_table()
        self.entries = list(self._read_directory())

    @property
    def names(self) -> set[str]:
        """Names of all streams, whatever floor they are on."""
        return {entry.name for entry in self.entries if entry.kind == _STREAM}

    def stream(self, name: str) -> bytes | None:
        """A whole stream, None where there is none; raise Refused where it breaks off before its end."""
        entry = next((entry for entry in self.entries if entry.kind == _STREAM and _same(entry.name, name)), None)
        if entry is None:
            return None
        content = self._small(entry) if entry.size < self._cutoff else self._chain(entry.start)
        if len(content) < entry.size:
            raise damaged("复合文档结构异常")
        return content[: entry.size]

    # -------------------------------------------------------------- tables

    def _sector(self, number: int) -> bytes:
        start = _HEADER + number * self._size if self._size == _HEADER else (number + 1) * self._size
        return self._data[start : start + self._size]

    def _sectors_table(self) -> list[int]:
        """Sector → the next one of its chain."""
        places = list(struct.unpack_from(f"<{_IN_HEADER}I", self._data.ljust(_HEADER, b"\xff"), 76))
        more, met = struct.unpack_from("<I", self._data, 68)[0], set[int]()
        while more < _LAST_SECTOR and more not in met:
            met.add(more)
            words = _words(self._sector(more))
            if not words:
                break
            places += words[:-1]
            more = words[-1]
        within = len(self._data) // self._size
        return [word for place in places if place < within for word in _words(self._sector(place))]

    def _chain(self, number: int) -> bytes:
        return b"".join(self._sector(place) for place in _follow(number, self._table))

    def _small(self, entry: _Entry) -> bytes:
        """A stream below the cutoff lies in small pieces inside the root's own stream."""
        root = next((found for found in self.entries if found.kind == _ROOT), None)
        if root is None:
            return b""
        store, table = self._chain(root.start), _words(self._chain(self._first_mini))
        places = (place * self._mini_size for place in _follow(entry.start, table))
        return b"".join(store[place : place + self._mini_size] for place in places)

    def _read_directory(self) -> Iterator[_Entry]:
        directory = self._chain(self._first_dir)
        for place in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, place + 64)
            start, size = struct.unpack_from("<II", directory, place + 116)
            name = directory[place : place + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind in (_STORAGE, _STREAM, _ROOT):
                yield _Entry(name, kind, start, size)


def _same(name: str, other: str) -> bool:
    return name.casefold() == other.casefold()


def _words(content: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))


def _follow(number: int, table: list[int]) -> Iterator[int]:
    """The places of a chain, as long as it leads on and never back."""
    met: set[int] = set()
    while number < min(len(table), _LAST_SECTOR) and number not in met:
        met.add(number)
        yield number
        number = table[number]
