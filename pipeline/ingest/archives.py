"""The files in a zip archive or a gzip, each read whole and checked, or refused alone with the reason."""

from __future__ import annotations

import gzip
import stat
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pipeline.ingest import limits
from pipeline.ingest.containers import Lying, entries_claimed
from pipeline.ingest.inbox import nobody_put_it_there, visible_name
from pipeline.ingest.refusal import Refused

AGAIN = "请报送单位重新压缩后发送。"
ENCRYPTED = "有密码，打不开。请报送单位去掉密码后重新发送"
DAMAGED = "已损坏或没有传完（校验不符）。请报送单位重新发送"
TOO_LONG = f"超过{limits.MAX_FILE_BYTES >> 20} MB。请只保留报表本身后重新发送"
METHOD = "用的压缩方法不通用，取不出来。请解压后重新发送"
LINK = "不是文件，只是指向别处的链接。请发送文件本身"
TWICE = "同名的有几个，内容不同，分不清以哪个为准。请只保留一个后重新发送"
FOLDER = "名称是文件夹，里面却藏有内容。请重新压缩后发送"

_TORN = f"已损坏或没有传完，打不开；分卷压缩的也打不开。{AGAIN}"
_IN_ZIP64 = 0xFFFF
"""The count of an archive that says it elsewhere."""

_ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000
_UTF8_NAME = 0x800
_UNICODE_PATH = 0x7075
_SLICE = 2**20
_BROKEN = (
    BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
    IndexError, OverflowError,
)  # fmt: skip
"""What the standard library raises on broken archives."""


def whole_refused(what: str) -> Refused:
    """The archive is not opened at all; `what` says why and what to do."""
    return Refused("F01", f"这是压缩包，{what}")


# ------------------------------------------------------------------ zip


def in_zip(data: bytes, bytes_left: int, members_left: int) -> Iterator[Lying]:
    """The files of a zip archive; raise Refused where it is broken or holds more than may be left.

    Names come as they are shown: composed, without a way out of the archive, unseen characters named.
    """
    claimed, written = entries_claimed(data)
    if written > limits.MAX_PARTS:
        raise whole_refused(f"里面有{written}个以上的文件（最多{limits.MAX_MEMBERS}个），没有打开。请分几次发送。")
    try:
        archive = ZipFile(BytesIO(data))
    except _BROKEN as error:
        raise whole_refused(_TORN) from error
    with archive:
        if len(archive.infolist()) != claimed != _IN_ZIP64:
            raise whole_refused(_TORN)  # some of what it counts cannot be found
        entries = [entry for entry in archive.infolist() if entry.file_size or not entry.is_dir()]
        _keep_within(entries, len(data), bytes_left, members_left)
        for name, namesakes in _by_name(entries).items():
            if not nobody_put_it_there(name):
                yield _one_of(archive, name, namesakes)


def _keep_within(entries: list[ZipInfo], packed: int, bytes_left: int, members_left: int) -> None:
    if len(entries) > members_left:
        raise whole_refused(f"里面的文件太多（一次最多{limits.MAX_MEMBERS}个），没有打开。请分几次发送。")
    unpacked = sum(entry.file_size for entry in entries)
    _refuse_bomb(unpacked, packed)  # first: what follows has a sender send it again in parts
    if unpacked > bytes_left:
        others = "连同一起送来的其他内容，" if bytes_left < limits.MAX_UNPACKED_BYTES else ""
        raise whole_refused(f"{others}解压后超过{limits.MAX_UNPACKED_BYTES >> 20} MB，没有打开。请分几次发送。")


def _refuse_bomb(unpacked: int, packed: int) -> None:
    if unpacked > limits.RATIO_COUNTS_FROM and unpacked > limits.MAX_RATIO * packed:
        raise whole_refused(
            f"解压后至少是原来的{unpacked // packed}倍（最多{limits.MAX_RATIO}倍），不像正常的报表，没有打开。"
            "请报送单位核对文件来源，直接发送报表文件。"
        )


def _by_name(entries: list[ZipInfo]) -> dict[str, list[ZipInfo]]:
    found: dict[str, list[ZipInfo]] = {}
    for entry in entries:
        found.setdefault(_shown(entry), []).append(entry)
    return found


def _one_of(archive: ZipFile, name: str, namesakes: list[ZipInfo]) -> Lying:
    """The file with this name; several are one file if they are the same bytes."""
    first, *others = (_lying(archive, name, entry) for entry in namesakes)
    return Lying(name, why=TWICE) if any(other.data != first.data for other in others) else first


def _lying(archive: ZipFile, name: str, entry: ZipInfo) -> Lying:
    why = _why_not(entry)
    if why:
        return Lying(name, why=why)
    content = bytearray()
    try:
        with archive.open(entry) as file:
            while part := file.read(_SLICE):
                content += part
    except _BROKEN:
        return Lying(name, why=DAMAGED)
    return Lying(name, bytes(content)) if len(content) == entry.file_size else Lying(name, why=DAMAGED)


def _why_not(entry: ZipInfo) -> str:
    form = stat.S_IFMT(entry.external_attr >> 16)
    for refused, why in (
        (entry.flag_bits & _ENCRYPTED_FLAGS, ENCRYPTED),
        (form not in (0, stat.S_IFREG, stat.S_IFDIR), LINK),
        (entry.is_dir(), FOLDER),
        (entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED), METHOD),
        (entry.file_size > limits.MAX_FILE_BYTES, TOO_LONG),
    ):
        if refused:
            return why
    return ""


# ------------------------------------------------------------------ names


def _shown(entry: ZipInfo) -> str:
    return within(_decoded(entry))


def _decoded(entry: ZipInfo) -> str:
    """The name as it was typed: by the flag, by the field that says it in Unicode, else in UTF-8 or GB18030."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.orig_filename
    raw = entry.orig_filename.encode("cp437", "replace")
    return _unicode_path(entry.extra, raw) or chinese(raw)


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """What the extra field of Info-ZIP says, if it is about this very name."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UNICODE_PATH and field[:1] == b"\x01" and field[1:5] == zlib.crc32(raw).to_bytes(4, "little"):
            return field[5:].decode("utf-8", "replace")
    return ""


def chinese(raw: bytes) -> str:
    """A name of which nobody says the encoding. UTF-8 proves itself, but for short names that only look like it."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
    if text.isascii() or any(character >= "\u3000" for character in text):
        return text
    try:
        other = raw.decode("gb18030")
    except UnicodeDecodeError:
        return text
    return other if all(c.isascii() or "\u4e00" <= c <= "\u9fff" for c in other) else text


_LONGEST = 120


def within(name: str) -> str:
    """A member's name as it is shown: without drive, root and ways up, each part cut where no list could show it."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if parts and len(parts[0]) == 2 and parts[0][1] == ":":
        del parts[0]
    return "/".join(visible_name(_cut(part)) for part in parts) or "没有名称的文件"


def _cut(part: str) -> str:
    suffix = PurePosixPath(part).suffix[-10:]
    return part if len(part) <= _LONGEST else f"{part[: _LONGEST - len(suffix)]}…{suffix}"


# ------------------------------------------------------------------ gzip


def in_gzip(data: bytes, name: str, bytes_left: int) -> Iterator[Lying]:
    """The one file of a gzip, under the name that it says, else the container's own without `.gz`."""
    content = bytearray()
    try:
        with gzip.GzipFile(fileobj=BytesIO(data)) as file:
            while part := file.read(_SLICE):
                content += part
                _refuse_bomb(len(content), len(data))
                if len(content) > min(bytes_left, limits.MAX_FILE_BYTES):
                    raise whole_refused(f"解压后{TOO_LONG}。")
    except _BROKEN as error:
        raise whole_refused(f"已损坏或没有传完，打不开。{AGAIN}") from error
    yield Lying(within(_name_in_gzip(data) or _without_gz(name)), bytes(content))


def _name_in_gzip(data: bytes) -> str:
    flags, at = data[3], 10
    if flags & 4:
        at += 2 + int.from_bytes(data[at : at + 2], "little")
    end = data.find(b"\0", at, at + 1024)
    return chinese(data[at:end]).replace("\\", "/").rpartition("/")[2] if flags & 8 and end > at else ""


def _without_gz(name: str) -> str:
    bare = name.rpartition("/")[2]
    for suffix, instead in ((".gz", ""), (".tgz", ".tar")):
        if bare.lower().endswith(suffix) and len(bare) > len(suffix):
            return bare[: -len(suffix)] + instead
    return bare
