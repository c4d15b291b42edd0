"""The journal: an append-only chain of what was received, decided and released."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, func, insert, select

from pipeline.store import tables

RECEIVED, EXPLAINED, WITHDRAWN, UNDONE, RELEASED = "received", "explained", "withdrawn", "undone", "released"
IMPORTED, EXTENDED, REGISTERED, ACCEPTED = "imported", "extended", "registered", "accepted"
HEADER_ACCEPTED = "header-accepted"
ANSWER_REFUSED = "answer-refused"
"""An explanation that gives no cause: it settles nothing, and the next notice tells it."""
ASKED = "asked"
"""Which questions were sent out for the first time with a month that could not be released; else its release says."""
DECISIONS = (EXPLAINED, WITHDRAWN, UNDONE, IMPORTED, EXTENDED, REGISTERED, ACCEPTED, HEADER_ACCEPTED)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal; `seq` is a vintage, `at` Asia/Shanghai."""

    seq: int
    at: str
    kind: str
    body: dict[str, Any]
    hash: str


def append(connection: Connection, kind: str, at: str, body: dict[str, Any]) -> Entry:
    """Add one entry; its hash covers the entry before."""
    last = connection.execute(
        select(tables.journal.c.seq, tables.journal.c.hash).order_by(tables.journal.c.seq.desc()).limit(1)
    ).first()
    seq, previous = (last.seq + 1, last.hash) if last else (1, "")
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    chained = chain_hash(previous, at, kind, text)
    connection.execute(
        insert(tables.journal).values(
            seq=seq, at=at, kind=kind, period=body.get("period", ""), body=text, previous=previous, hash=chained
        )
    )
    return Entry(seq, at, kind, body, chained)


def chain_hash(previous: str, at: str, kind: str, body: str) -> str:
    """What binds an entry to the one before."""
    return sha256("\x1f".join([previous, at, kind, body]).encode()).hexdigest()


def entries(
    connection: Connection, kinds: Iterable[str], upto: int, periods: Iterable[str] | None = None
) -> list[Entry]:
    """Entries of these kinds up to a vintage, about some periods or all, oldest first."""
    j = tables.journal.c
    query = select(j.seq, j.at, j.kind, j.body, j.hash).where(j.kind.in_(tuple(kinds)), j.seq <= upto)
    if periods is not None:
        query = query.where(j.period.in_(tuple(periods)))
    rows = connection.execute(query.order_by(j.seq))
    return [Entry(row.seq, row.at, row.kind, json.loads(row.body), row.hash) for row in rows]


def entry(connection: Connection, seq: int, upto: int) -> Entry | None:
    """The entry at this position, if there is one up to that vintage."""
    j = tables.journal.c
    row = connection.execute(
        select(j.seq, j.at, j.kind, j.body, j.hash).where(j.seq == seq, j.seq <= upto)
    ).one_or_none()
    return Entry(row.seq, row.at, row.kind, json.loads(row.body), row.hash) if row else None


def times(connection: Connection, seqs: Iterable[int]) -> dict[int, str]:
    """When the entries at these positions were made."""
    j = tables.journal.c
    wanted = tuple(seqs)
    if not wanted:
        return {}
    return {row.seq: row.at for row in connection.execute(select(j.seq, j.at).where(j.seq.in_(wanted)))}


def last_entry_at(connection: Connection) -> str:
    """When the last entry was made; empty for an empty journal."""
    return connection.execute(select(func.max(tables.journal.c.at))).scalar() or ""


def last_that_matters(connection: Connection) -> int:
    """Position of the last entry that can change a figure: anything received or decided."""
    j = tables.journal.c
    return (
        connection.execute(select(func.max(j.seq)).where(j.kind.in_((RECEIVED, ANSWER_REFUSED, *DECISIONS)))).scalar()
        or 0
    )


def decided_since_release(connection: Connection) -> set[str]:
    """Periods in which a submission was taken out, or in, or a decision taken back, after the last release of any."""
    j = tables.journal.c
    released = select(func.max(j.seq)).where(j.kind == RELEASED).scalar_subquery()
    query = select(j.period).where(j.kind.in_((WITHDRAWN, ACCEPTED, UNDONE)), j.seq > func.coalesce(released, 0))
    return set(connection.execute(query).scalars())


def vintage_at(connection: Connection, clock: str) -> int:
    """The position of the journal as it stood at that moment."""
    j = tables.journal.c
    return connection.execute(select(func.max(j.seq)).where(j.at <= clock)).scalar() or 0


def in_effect(decisions: Iterable[Entry]) -> list[Entry]:
    """The decisions that no later entry undoes; an undoing can itself be undone."""
    standing: dict[int, Entry] = {}
    undone: set[int] = set()
    for entry in sorted(decisions, key=lambda e: -e.seq):
        if entry.seq in undone:
            continue
        if entry.kind == UNDONE:
            undone.add(entry.body["undone"])
        standing[entry.seq] = entry
    return [standing[seq] for seq in sorted(standing)]
