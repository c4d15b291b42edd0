"""What came in: the files of an inbox and those in archives and mails, each once, in the order of their receipt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from pipeline.errors import reason
from pipeline.ingest import limits
from pipeline.ingest.contained import holds_files, told_of
from pipeline.ingest.containers import Contents, Kind, Member, kind_of
from pipeline.ingest.inbox import Arrival, Inbox
from pipeline.ingest.mail import sent_at
from pipeline.jobs.clock import SHANGHAI, Clock
from pipeline.model import ReceivedFile, Unreadable
from pipeline.store.archive import Archive, ChangedError, slices

BY_MAIL = "邮件"


@dataclass(frozen=True, slots=True)
class Container:
    """An archive or mail that was opened: what was found in it, and what there is to tell of it."""

    holds: tuple[tuple[str, str], ...] = ()
    """(name, sha256) of every file in it."""
    told: tuple[Unreadable, ...] = ()


@dataclass(slots=True)
class Arrived:
    """Files that are new, in the order of their receipt; a container comes before what lay in it."""

    files: list[ReceivedFile] = field(default_factory=list)
    containers: dict[str, Container] = field(default_factory=dict)
    duplicates: list[tuple[str, str]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    undated: set[str] = field(default_factory=set)
    """Names of files of which nothing says when they came."""


@dataclass(frozen=True, slots=True)
class _Item:
    """One file that lies there, new or not."""

    received: ReceivedFile
    kind: Kind | None
    dated: bool
    """Whether a register or a mail says when it came."""
    outer: str = ""
    """Name of the container that it lies in."""
    outermost: str = ""
    """Name of the file of the inbox that it lies in."""


OpenThem = Callable[[Sequence[tuple[str, str, Kind]]], Mapping[str, Contents]]
"""Opens containers, given as (sha256, name, kind)."""


def arrived(inbox: Inbox, archive: Archive, known: Mapping[str, str], clock: Clock, open_them: OpenThem) -> Arrived:
    """Archive what is new in the inbox, open what holds files, and say what came when.

    `known` are the files received before (sha256 → name): a container among them is not opened again.
    """
    found = Arrived()
    top = [item for arrival in inbox.arrivals for item in _looked_at(arrival, archive, known, clock, found)]
    new = {item.received.sha256: item for item in top if item.kind and item.received.sha256 not in known}
    opened = open_them([(digest, item.received.name, item.kind) for digest, item in new.items() if item.kind])
    items: list[_Item] = []
    for item in top:
        inside = list(_members(item, inbox, opened, clock))
        later = [inner for inner in inside if inner.received.received_at > clock.text]
        if later:  # the whole waits: what has been received is never opened again
            found.left.append(item.received.name)
            continue
        items += [item, *inside]
        if item.received.sha256 in opened:
            found.notes += _rows_without_file(item.received.name, inbox, inside)
    _take_each_once(sorted(items, key=_order), known, opened, found)
    return found


def _order(item: _Item) -> tuple[str, str]:
    return item.received.received_at, item.received.name


# ------------------------------------------------------------------ the files of the inbox


def _looked_at(
    arrival: Arrival, archive: Archive, known: Mapping[str, str], clock: Clock, found: Arrived
) -> Iterator[_Item]:
    if (arrival.received_at or "") > clock.text:
        found.left.append(arrival.name)
        return
    try:
        data, digest = start_and_digest(arrival.path)
    except OSError as error:
        found.notes.append(f"文件《{arrival.name}》读不出来（{reason(error)}）。请检查权限，或请报送单位重新发送。")
        return
    kind = kind_of(data)
    received_at, method = arrival.received_at, arrival.method
    if kind == "mail" and received_at is None:
        received_at, method = _sent(data), method or BY_MAIL
        if received_at is None and digest not in known:
            found.notes.append(
                f"邮件《{arrival.name}》没有可用的发送时间，收到时间按本次读取的时间计。请在收件登记里写明收到时间。"
            )
    if received_at is None:
        found.undated.add(arrival.name)
    elif received_at > clock.text:
        found.left.append(arrival.name)
        return
    if digest not in known:
        try:
            _keep(arrival.path, data, digest, archive)
        except ChangedError:
            found.notes.append(f"文件《{arrival.name}》还在写入，这次没有读取。请等它复制完后重新运行。")
            return
    yield _Item(
        ReceivedFile(digest, arrival.name, received_at or clock.text, method, arrival.sender, arrival.transcribed_by),
        kind,
        dated=received_at is not None,
    )


def start_and_digest(path: Path) -> tuple[bytes, str]:
    """The bytes of a file as far as anything here can open it, and its sha256; no file is too large to be kept."""
    hashed, start = sha256(), bytearray()
    for piece in slices(path):
        hashed.update(piece)
        if len(start) <= limits.MAX_CONTAINER_BYTES:
            start += piece
    return bytes(start), hashed.hexdigest()


def _keep(path: Path, start: bytes, digest: str, archive: Archive) -> None:
    if len(start) <= limits.MAX_CONTAINER_BYTES:
        archive.put(start)
    else:
        archive.put_file(path, digest)


def _sent(data: bytes) -> str | None:
    """The Date of a mail, if it is one that can have been: a sender's computer may run ahead."""
    at = sent_at(data)
    return at if at and at <= datetime.now(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") else None


# ------------------------------------------------------------------ what lies in them


def _members(
    outer: _Item, inbox: Inbox, opened: Mapping[str, Contents], clock: Clock, above: frozenset[str] = frozenset()
) -> Iterator[_Item]:
    """What lies in a container, at any depth; of one that holds nothing that could be a form, nothing."""
    digest = outer.received.sha256
    if digest not in opened or digest in above or not holds_files(digest, opened):
        return
    for member in opened[digest].members:
        inner = _inside(outer, member, inbox, opened, clock)
        yield inner
        yield from _members(inner, inbox, opened, clock, above | {digest})


def _inside(outer: _Item, member: Member, inbox: Inbox, opened: Mapping[str, Contents], clock: Clock) -> _Item:
    """One member: its own row in a register goes before what is known of the container, that before a mail's Date."""
    name, contents = f"{outer.received.name}/{member.name}", opened.get(member.sha256)
    came = replace(
        outer.received,
        sha256=member.sha256,
        name=name,
        inside=outer.received.sha256,
        subject=member.subject or outer.received.subject,
    )
    dated, sent = outer.dated, contents.sent_at if contents else None
    if sent and sent <= clock.text and not dated:
        came, dated = replace(came, received_at=sent, method=came.method or BY_MAIL), True
    if row := inbox.row_of(name):
        came = replace(
            came,
            received_at=row.received_at or came.received_at,
            method=row.method,
            sender=row.sender,
            transcribed_by=row.transcribed_by,
        )
        dated = dated or row.received_at is not None
    kind = contents.kind if contents else None
    return _Item(came, kind, dated, outer.received.name, outer.outermost or outer.received.name)


def _rows_without_file(container: str, inbox: Inbox, inside: Sequence[_Item]) -> list[str]:
    names = {item.received.name for item in inside}
    return [
        f"{place}登记的《{name}》不在《{container}》里。请核对文件名是否一致。"
        for place, name in inbox.rows_inside(container)
        if name not in names
    ]


# ------------------------------------------------------------------ each once


def _take_each_once(
    items: Sequence[_Item], known: Mapping[str, str], opened: Mapping[str, Contents], found: Arrived
) -> None:
    """The same bytes count once, under the name with which they came first."""
    names = dict(known)
    repeated: set[str] = set()
    for item in items:
        received = item.received
        if received.sha256 in names:
            repeated.add(received.name)
            if names[received.sha256] != received.name and item.outer not in repeated:
                found.duplicates.append((received.name, names[received.sha256]))
            continue
        names[received.sha256] = received.name
        found.files.append(received)
        if contents := opened.get(received.sha256):
            holds = tuple((member.name, member.sha256) for member in contents.members)
            found.containers[received.sha256] = Container(holds, tuple(told_of(received.sha256, opened)))
    found.notes += _told_of_opened(items, found)


def _told_of_opened(items: Sequence[_Item], found: Arrived) -> Iterator[str]:
    """How many files came out of which file of the inbox."""
    new = {received.name for received in found.files if received.sha256 not in found.containers}
    opened_in = {item.outermost for item in items if item.received in found.files}
    taken = Counter(item.outermost for item in items if item.outermost and item.received.name in new)
    for received in found.files:
        if received.sha256 in found.containers and not received.inside:
            if taken[received.name]:
                yield f"从《{received.name}》中取出{taken[received.name]}个文件。"
            elif not found.containers[received.sha256].told and received.name not in opened_in:
                yield f"《{received.name}》里的文件都已收过，没有新文件。"
