"""The zip container of Office Open XML: within limits, checksums right, no entity declarations."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from pipeline.ingest import limits
from pipeline.ingest.refusal import damaged, hostile, too_big

_DOCTYPE = tuple(
    "<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
)
_XML = (".xml", ".rels", ".vml")
_END_OF_DIRECTORY = b"PK\5\6"
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_KIND_OF_FILE, _LINK = 0o170000, 0o120000
_SLICE = 2**20


class Package:
    """Parts by name. Opening it has read every part once, because calamine does not look at checksums."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = ZipFile(BytesIO(data))
        except (BadZipFile, OSError, ValueError) as error:
            raise damaged("压缩结构不完整") from error
        self._by_name: dict[str, ZipInfo] = {}
        self._xml: dict[str, bytes] = {}
        entries = self._archive.infolist()
        _keep_within_limits(entries, len(data))
        for entry in entries:
            name = _folded(entry.filename)
            if name in self._by_name:
                raise hostile(f"内部有两个同名部件 {_shown(entry)}")
            _refuse_tricks(name, entry)
            self._by_name[name] = entry
        if data.count(_END_OF_DIRECTORY, _end_of_parts(entries)) > 1:
            raise hostile("有两份压缩目录，不同的程序会读到不同的内容")
        for name, entry in self._by_name.items():
            self._check(name, entry)

    def __contains__(self, name: str) -> bool:
        """Whether the part is there; names differ in case between programs."""
        return _folded(name) in self._by_name

    @property
    def names(self) -> list[str]:
        """Names of all parts, folded."""
        return list(self._by_name)

    def xml(self, name: str) -> bytes | None:
        """The bytes of an XML part, or None."""
        return self._xml.get(_folded(name))

    def binary(self, name: str) -> bytes | None:
        """The bytes of any part, or None."""
        entry = self._by_name.get(_folded(name))
        if entry is not None and entry.file_size > limits.MAX_XML_BYTES:
            raise too_big(f"部件 {_shown(entry)} 解压后超过{limits.MAX_XML_BYTES >> 20} MB")
        return None if entry is None else self._archive.read(entry)

    def only(self, stated: Iterable[str], *usual: str) -> str | None:
        """The part that relations state, None if it is not there; raise Refused for one too many.

        Where another one stands at the usual place, some programs read that one without asking the relations.
        """
        said = {_folded(part): part for part in stated if part in self}
        if said and len({*said, *(_folded(part) for part in usual if part in self)}) > 1:
            raise hostile(f"有两份内容不同的部件 {_shown(self._by_name[min(said)])}，不同的程序会读到不同的内容")
        return next(iter(said.values()), None)

    def start_of(self, name: str) -> bytes:
        """The first bytes of any part, empty if there is none."""
        entry = self._by_name.get(_folded(name))
        if entry is None:
            return b""
        with self._archive.open(entry) as part:
            return part.read(200)

    def _check(self, name: str, entry: ZipInfo) -> None:
        pieces: list[bytes] = []
        kept = name.endswith(_XML)
        try:
            # In slices: what a part claims to hold says nothing of what comes out of it.
            with self._archive.open(entry) as part:
                while piece := part.read(_SLICE):
                    if kept:
                        pieces.append(piece)
        except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
            raise damaged(f"部件 {_shown(entry)} 校验不符") from error
        if kept:
            content = b"".join(pieces)
            if any(mark in content for mark in _DOCTYPE):
                raise hostile("XML 实体声明")
            self._xml[name] = content


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _shown(entry: ZipInfo) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in entry.filename[:60])


def _refuse_tricks(name: str, entry: ZipInfo) -> None:
    """Names and kinds of parts that no spreadsheet program writes."""
    if ".." in name.split("/") or not entry.filename.isprintable():
        raise hostile(f"部件名称异常 {_shown(entry)}")
    if (entry.external_attr >> 16) & _KIND_OF_FILE == _LINK:
        raise hostile(f"部件 {_shown(entry)} 是指向别处的链接")
    if entry.flag_bits & _ENCRYPTED:
        raise damaged("内部有加密的部件")


def _end_of_parts(entries: list[ZipInfo]) -> int:
    """Where the last part ends; parts that share their bytes serve to make a small file unpack to a huge one."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise hostile(f"部件 {_shown(entry)} 与别的部件重叠")
        end = entry.header_offset + _LOCAL_HEADER + entry.compress_size
    return end


def _keep_within_limits(entries: list[ZipInfo], packed: int) -> None:
    if len(entries) > limits.MAX_PARTS:
        raise too_big(f"内部有{len(entries)}个部件（最多{limits.MAX_PARTS}个）")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.MAX_UNPACKED_BYTES:
        raise too_big(f"解压后超过{limits.MAX_UNPACKED_BYTES >> 20} MB")
    xml = sum(entry.file_size for entry in entries if entry.filename.lower().endswith(_XML))
    if xml > limits.MAX_XML_BYTES:
        raise too_big(f"表格内容解压后超过{limits.MAX_XML_BYTES >> 20} MB")
    if unpacked > limits.RATIO_COUNTS_FROM and unpacked > limits.MAX_RATIO * packed:
        raise too_big(f"解压后是原来的{unpacked // packed}倍（最多{limits.MAX_RATIO}倍）")
