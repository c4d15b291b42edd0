"""The files attached to a mail, its subject, and when it was sent; nothing in it is followed or shown."""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email.errors import CloseBoundaryNotFoundDefect, HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.utils import collapse_rfc2231_value, parsedate_tz
from itertools import count

from pipeline.ingest import limits
from pipeline.ingest.archives import chinese, within
from pipeline.ingest.containers import Lying, headers_of
from pipeline.ingest.inbox import read_time, visible_name
from pipeline.ingest.kinds import OUTLOOK, OUTLOOK_START
from pipeline.ingest.mail_content import is_calendar, is_file, is_table, written_in
from pipeline.ingest.refusal import Refused
from pipeline.privacy import without_identities

CUT_OFF = "没有传完（邮件到这里中断）。请报送单位重新发送"
BROKEN = "的编码不完整，取不出来。请报送单位重新发送"
TNEF = f"是 {OUTLOOK}"
SEALED = "经过加密或签名封装，取不出来。请报送单位不加密重新发送"
ELSEWHERE = "不在邮件里，只有一个链接。请下载后把文件本身放进收件文件夹"
TOO_MANY = "没有取出，邮件里的附件太多。请分几次发送"
_CLOUD = re.compile(rb"\xe8\xb6\x85\xe5\xa4\xa7\xe9\x99\x84\xe4\xbb\xb6|\xb3\xac\xb4\xf3\xb8\xbd\xbc\xfe")
"""超大附件, in UTF-8 or GB18030: a link in the text takes the attachment's place."""
_SHANGHAI = timezone(timedelta(hours=8))
_NEXT_IN_BOX = re.compile(rb"^From \S+ +\w{3} +\w{3} +\d+ [\d:]+ [^\r\n]*\d{4}", re.MULTILINE)
"""Before each mail of a box; in a mail's own text it is written `>From`."""
_EARLIEST = "2000-01-01"
_LONGEST_SUBJECT = 200


@dataclass(slots=True)
class Mail:
    """What a mail holds."""

    attached: list[Lying] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    """Its text and the pictures in it, in words."""


def open_mail(data: bytes, bytes_left: int, members_left: int) -> Mail:
    """Take a mail apart; raise Refused where it is nested or torn beyond reading, or several in one file."""
    mails = len(_NEXT_IN_BOX.findall(data))
    if mails > 1 and _NEXT_IN_BOX.match(data.lstrip(b"\xef\xbb\xbf\r\n")):
        raise Refused("F01", f"这是邮箱文件（mbox），里面有{mails}封邮件，没有打开。请把每封邮件分别另存为 .eml。")
    try:
        walk = _Walk(bytes_left, members_left)
        message = BytesParser().parsebytes(data.lstrip(b"\xef\xbb\xbf\r\n"))
        with suppress(_Enough):
            walk.through(message, "", _subject(message), depth=1, torn=message.is_multipart())
    except MemoryError:
        raise
    # The library raises whatever its arithmetic on broken headers comes to, and when parts lie too deep.
    except Exception as error:
        raise Refused("F01", "这是邮件，结构过于复杂或已损坏，没有打开。请报送单位把报表作为附件重新发送。") from error
    return Mail(walk.attached, walk.beside())


# ------------------------------------------------------------------ the parts


class _Walk:
    """Goes through the parts of a message in their order and collects what is attached."""

    def __init__(self, bytes_left: int, members_left: int) -> None:
        self.attached: list[Lying] = []
        self._bytes_left, self._members_left = bytes_left, members_left
        self._names: set[str] = set()
        self._pictures = 0
        self._text: set[str] = set()
        self._unnamed = count(1)

    def beside(self) -> list[str]:
        pictures = [f"正文里的图片{self._pictures}张"] if self._pictures else []
        return [*sorted(self._text), *pictures]

    def through(self, message: Message, prefix: str, subject: str, *, depth: int, torn: bool) -> None:
        """Look at a message or part; `torn` says that the mail may end within it before its time."""
        if message.get_content_type() == "multipart/encrypted":
            self.attached.append(Lying(prefix + "邮件内容", why=SEALED))
        elif message.get_content_maintype() == "multipart" and message.is_multipart():
            parts = _parts(message)
            unfinished = any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in message.defects)
            for part in parts:
                self.through(part, prefix, subject, depth=depth, torn=torn and unfinished and part is parts[-1])
        elif message.get_content_maintype() == "multipart":
            self.attached.append(Lying(self._unique(prefix, "附件"), why=CUT_OFF))
        elif message.get_content_type() == "message/rfc822":
            self._forwarded(message, prefix, depth, torn=torn)
        else:
            self._leaf(message, prefix, subject, torn=torn)

    def _forwarded(self, part: Message, prefix: str, depth: int, *, torn: bool) -> None:
        inner = _message_in(part)
        own = _subject(inner) if inner else ""
        name = self._unique(prefix, _as_mail(_file_name(part) or own or "转发的邮件"))
        if inner is None:
            self.attached.append(Lying(name, why=BROKEN))
        elif depth >= limits.MAX_NESTED:
            self.attached.append(Lying(name, why=f"套在{depth}层邮件里，没有打开。请把报表作为附件直接发送"))
        else:
            self.through(inner, f"{name}/", own, depth=depth + 1, torn=torn)

    def _leaf(self, part: Message, prefix: str, subject: str, *, torn: bool) -> None:
        name, kind = _file_name(part), part.get_content_type()
        content = _content(part)
        if kind in _SIGNATURES:
            return
        if not is_file(content or b""):
            if kind.startswith("image/") and _is_shown(part):
                self._pictures += 1
                return
            if _is_text(part, kind, name, content or b""):
                self._see_text(content or b"", prefix, subject, torn=torn)
                return
        self._attach(self._taken(kind, content, self._named(prefix, name), subject, torn=torn), prefix)

    def _named(self, prefix: str, name: str) -> str:
        return self._unique(prefix, name or f"附件{next(self._unnamed)}")

    def _attach(self, lying: Lying, prefix: str) -> None:
        if len(self.attached) >= self._members_left:
            self.attached.append(Lying(prefix + "其余附件", why=TOO_MANY))
            raise _Enough
        self.attached.append(lying)

    def _taken(self, kind: str, content: bytes | None, name: str, subject: str, *, torn: bool) -> Lying:
        if kind in ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"):
            return Lying(name, why=SEALED)
        if kind in ("message/external-body", "message/partial"):
            return Lying(name, why=ELSEWHERE)
        if torn:
            return Lying(name, why=CUT_OFF)
        if content is None:
            return Lying(name, why=BROKEN)
        if content.startswith(OUTLOOK_START):
            return Lying(name, why=TNEF)
        if len(content) > min(limits.MAX_FILE_BYTES, self._bytes_left):
            return Lying(name, why=f"有{len(content) >> 20} MB，太大。请只保留报表本身后重新发送")
        self._bytes_left -= len(content)
        return Lying(name, content, subject=subject)

    def _see_text(self, content: bytes, prefix: str, subject: str, *, torn: bool) -> None:
        self._text.add("正文")
        for raw, file in written_in(content):
            name = self._named(prefix, chinese(raw))
            self._attach(self._taken("", file, name, subject, torn=False), prefix)
        if torn:
            self.attached.append(Lying(self._unique(prefix, "附件"), why=CUT_OFF))
        if _CLOUD.search(content):
            self._text.add("“超大附件”的链接")

    def _unique(self, prefix: str, name: str) -> str:
        """A name that nothing else in the mail has: two attachments of one name are two files."""
        shown = prefix + within(name).rpartition("/")[2]
        stem, dot, suffix = shown.rpartition(".") if "." in shown.rpartition("/")[2] else (shown, "", "")
        numbered = (f"{stem}（{number}）{dot}{suffix}" for number in count(2))
        while shown in self._names:
            shown = next(numbered)
        self._names.add(shown)
        return shown


class _Enough(Exception):
    """There are more attachments than may be taken."""


_SIGNATURES = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
_REPORTS = {"message/delivery-status", "message/disposition-notification", "text/rfc822-headers"}
_TABLE_SUFFIXES = (".xls", ".xlsx", ".xlsm", ".xlsb", ".et", ".ods", ".csv")
_TABLES = {"text/csv", "text/comma-separated-values", "text/tab-separated-values"}
_ADDED_BY_SERVER = re.compile(r"ATT\d+\.(?:html?|txt)", re.IGNORECASE)


def _parts(message: Message) -> list[Message]:
    payload = message.get_payload()
    return [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []


def _message_in(part: Message) -> Message | None:
    """The mail in a part, which some programs encode although they must not."""
    inner = next(iter(_parts(part)), None)
    encoding = _text(part, "content-transfer-encoding").strip().lower()
    if inner is None or encoding not in ("base64", "quoted-printable"):
        return inner
    carrier = Message()
    carrier["content-transfer-encoding"] = encoding
    carrier.set_payload(inner.as_string())
    content = _content(carrier)
    return BytesParser().parsebytes(content) if content else None


def _is_text(part: Message, kind: str, name: str, content: bytes) -> bool:
    """Whether a part is the mail's own text, or what a server says of it, and nothing attached."""
    if kind in _REPORTS or (kind == "text/calendar" and is_calendar(content)):
        return True
    if _ADDED_BY_SERVER.fullmatch(name):
        return not is_table(content)
    return kind.startswith("text/") and kind not in _TABLES and not name and _disposition(part) != "attachment"


def _is_shown(part: Message) -> bool:
    """A picture that the text shows is no attachment; what is called a table is none, even if it is broken."""
    if _file_name(part).lower().endswith(_TABLE_SUFFIXES):
        return False
    return _disposition(part) != "attachment" or "content-id" in part


def _disposition(part: Message) -> str:
    return _text(part, "content-disposition").partition(";")[0].strip().lower()


def _content(part: Message) -> bytes | None:
    """The bytes of a part; None where its encoding is broken, for half a file is no file."""
    encoding = _text(part, "content-transfer-encoding").partition(";")[0].strip().lower()
    if encoding == "base64":
        payload = part.get_payload()
        raw = payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""
        try:
            return base64.b64decode(b"".join(raw.split()), validate=True)
        except (binascii.Error, ValueError):
            return None
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else None


# ------------------------------------------------------------------ headers


def _text(message: Message, name: str) -> str:
    """A header as text, whatever bytes it is written in."""
    for header, value in message.raw_items():
        if header.lower() == name:
            raw = str(value).encode("utf-8", "surrogateescape")
            return chinese(raw)
    return ""


def _subject(message: Message) -> str:
    """The subject on one line, without identity numbers."""
    return without_identities(visible_name(_words(_text(message, "subject")).strip()))[:_LONGEST_SUBJECT]


def _file_name(part: Message) -> str:
    """The name of an attachment, without its folders: RFC 2231, RFC 2047, or plain bytes."""
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        carrier = Message()
        carrier[header] = " ".join(_text(part, header).splitlines())
        try:
            found = carrier.get_param(parameter, header=header)
        except (ValueError, LookupError, IndexError):
            found = None
        name = _collapsed(found) if isinstance(found, tuple) else _words(found or "")
        bare = name.replace("\\", "/").rstrip("/ ").rpartition("/")[2].strip()
        if bare:
            return bare
    return ""


def _collapsed(found: tuple[str | None, str | None, str]) -> str:
    """A parameter of RFC 2231; what says GB2312 is often GBK."""
    charset, language, value = found
    if charset and _charset(charset) == "gb18030":
        return value.encode("latin-1", "replace").decode("gb18030", "replace")
    return collapse_rfc2231_value((charset, language, value))


def _words(text: str) -> str:
    """Text with encoded words of RFC 2047; what they cannot mean is left as it stands."""
    try:
        pieces = decode_header(" ".join(text.split()))
    except (HeaderParseError, binascii.Error, ValueError):
        return text
    return "".join(piece if isinstance(piece, str) else _decoded(piece, charset) for piece, charset in pieces)


def _decoded(raw: bytes, charset: str | None) -> str:
    if charset is None:  # the standard library has put characters beyond Latin-1 like this
        return raw.decode("raw-unicode-escape", "replace")
    name = _charset(charset)
    return raw.decode(name, "replace") if name else chinese(raw)


def _charset(said: str) -> str:
    """The codec for a charset as mails say it; empty for one that nobody knows."""
    name = said.partition("*")[0].strip().lower()
    if re.match(r"(?:x-)?(?:gb|cp936|936|ms936|euc-cn)", name):
        return "gb18030"
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""


def _as_mail(name: str) -> str:
    bare = re.sub(r"[/\\]", " ", name)
    return bare if bare.lower().endswith(".eml") else f"{bare}.eml"


# ------------------------------------------------------------------ time


def sent_at(data: bytes) -> str | None:
    """A mail's Date as `2018-04-08 16:30`, Asia/Shanghai; None where there is none that can be meant."""
    found = re.search(rb"^date[ \t]*:((?:.*)(?:\r?\n[ \t].*)*)", headers_of(data), re.IGNORECASE | re.MULTILINE)
    text = " ".join(found[1].decode("ascii", "replace").split()) if found else ""
    at = _moment(text) or read_time(text)
    return at if at and at >= _EARLIEST else None


_ZONE = re.compile(r"[+-]\d{4}\b|\b(?:GMT|UTC?|Z|[EMP][SD]T|CDT)\b")
_CHINA = 8 * 3600


def _moment(text: str) -> str | None:
    """A date of RFC 5322. One without a zone is local; a bare CST is China's, as Java writes it here."""
    try:
        parsed = parsedate_tz(text)
        if parsed is None or not re.search(r"\d:\d", text):
            return None
        zone = timezone(timedelta(seconds=(parsed[9] or 0) if _ZONE.search(text) else _CHINA))
        moment = datetime(*parsed[:5], tzinfo=zone).astimezone(_SHANGHAI)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return f"{moment:%Y-%m-%d %H:%M}"
