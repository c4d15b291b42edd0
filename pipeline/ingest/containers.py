"""What holds files of its own: zip archives, gzip and mails; known by the content, never by the name."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.ingest import limits
from pipeline.model import Unreadable

Kind = Literal["zip", "gzip", "mail"]
WORDS: dict[Kind, str] = {"zip": "压缩包", "gzip": "压缩包", "mail": "邮件"}


@dataclass(frozen=True, slots=True)
class Lying:
    """One file as it lies in a container: its bytes, or why they were not taken out."""

    name: str
    data: bytes = b""
    why: str = ""
    subject: str = ""
    """Subject of the mail that it is attached to."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file that was taken out; `picture` says what it is if it can never be read as a form."""

    name: str
    sha256: str
    picture: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What one container holds."""

    kind: Kind
    members: tuple[Member, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    """(name, why) of what was not taken out."""
    beside: tuple[str, ...] = ()
    """What a mail holds beside attachments: its text, pictures in it."""
    unreadable: Unreadable | None = None
    """Why it was not opened at all."""
    sent_at: str | None = None
    """A mail's Date as `2018-04-08 16:30`, Asia/Shanghai."""


def kind_of(data: bytes) -> Kind | None:
    """Which container these bytes are; None for a file, and for a workbook or document, which are zips as well."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip" if _is_archive(data) else None
    if data.startswith(b"\x1f\x8b"):
        return "gzip"
    return "mail" if is_mail(data) else None


# ------------------------------------------------------------------ zip

_OF_DOCUMENTS = {
    "[content_types].xml",
    "mimetype",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/workbook.bin",
    "word/document.xml",
    "ofd.xml",
    "index/document.iwa",
}
"""Parts at the top of workbooks and documents of Microsoft, OpenDocument, OFD and Apple."""
_END = b"PK\x05\x06"
_LAST_END = 65_557
"""The end record stands in the last bytes: 22, and a comment of at most 65,535."""


def _is_archive(data: bytes) -> bool:
    names = names_at_top(data)
    return bool(names) and not names & _OF_DOCUMENTS


def names_at_top(data: bytes) -> set[str]:
    """The names in a zip's directory, folded; what is not ASCII in them is of no matter."""
    return {name.replace(b"\\", b"/").lower().decode("ascii", "replace") for name in _names(data)}


def _names(data: bytes) -> Iterator[bytes]:
    """Names of a zip's directory, read without trusting it; of a zip without an end the first file's name."""
    end = data.rfind(_END, max(0, len(data) - _LAST_END))
    if end < 0 or len(data) < end + 22:
        yield from _first_name(data)
        return
    count, size = struct.unpack_from("<HL", data, end + 10)
    at = end - size
    if size == 0xFFFFFFFF or at < 0 or (count and data[at : at + 4] != b"PK\x01\x02"):
        yield from _first_name(data)
        return
    for _ in range(min(count, limits.MAX_PARTS)):
        if data[at : at + 4] != b"PK\x01\x02" or at + 46 > end:
            return
        name, extra, comment = struct.unpack_from("<HHH", data, at + 28)
        yield data[at + 46 : at + 46 + name]
        at += 46 + name + extra + comment


def _first_name(data: bytes) -> Iterator[bytes]:
    at = data.find(b"PK\x03\x04", 0, 8)
    if at >= 0 and len(data) >= at + 30:
        (length,) = struct.unpack_from("<H", data, at + 26)
        yield data[at + 30 : at + 30 + length]


def entries_claimed(data: bytes) -> tuple[int, int]:
    """How many entries a zip says that it has, and how many its directory can hold at most, before it is read."""
    end = data.rfind(_END, max(0, len(data) - _LAST_END))
    if end < 0 or len(data) < end + 22:
        return 0, 0
    count, size = struct.unpack_from("<HL", data, end + 10)
    return count, data.count(b"PK\x01\x02", max(0, end - size), end)


# ------------------------------------------------------------------ mail

_HEADERS_WITHIN = 256 * 2**10
_HEADER = re.compile(rb"([!-9;-~]+)[ \t]*:")
_OF_A_MAIL = {b"received", b"message-id", b"return-path", b"delivered-to", b"to", b"subject", b"x-mailer", b"date"}
_SENT = {b"received", b"message-id", b"return-path", b"delivered-to", b"to", b"cc"}
_OF_A_PAGE = {b"snapshot-content-location", b"x-document-type"}
_RELATED = re.compile(rb"^content-type[ \t]*:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_ENVELOPE = re.compile(rb"From \S+ [^\r\n]*\d{4}[^\r\n]*\r?\n")
"""What mail boxes of old put before each mail: its sender and when it came."""


def is_mail(data: bytes) -> bool:
    """Whether a message begins here: header lines alone, of which a sender and two more speak of a mail."""
    names = {name.lower() for name in _header_names(data)}
    return b"from" in names and len(names & _OF_A_MAIL) >= 2 and not (names & _OF_A_PAGE or is_web_archive(data))


def is_web_archive(data: bytes) -> bool:
    """Whether it is a web page or workbook saved as one file: written like a mail, but nobody sent it."""
    names = {name.lower() for name in _header_names(data)}
    if b"mime-version" not in names or not _RELATED.search(headers_of(data)):
        return False
    return bool(names & _OF_A_PAGE) or not names & _SENT


def headers_of(data: bytes) -> bytes:
    """The bytes before the first empty line."""
    start = _start(data[:_HEADERS_WITHIN])
    return re.split(rb"\r?\n\r?\n|\r\r", start, maxsplit=1)[0]


def _header_names(data: bytes) -> Iterator[bytes]:
    if not _HEADER.match(_start(data[:1024])):
        return
    for line in headers_of(data).splitlines():
        if line[:1] in (b" ", b"\t"):
            continue
        found = _HEADER.match(line)
        if not found:
            return
        yield found[1]


def _start(data: bytes) -> bytes:
    """Where the first header begins."""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    envelope = _ENVELOPE.match(start)
    return start[envelope.end() :] if envelope else start
