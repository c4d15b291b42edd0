"""What people have said of headers in single units' tables; which of it counts follows from the journal."""

from __future__ import annotations

from sqlalchemy import Connection

from pipeline.store import journal
from pipeline.store.journal import Entry


def in_force(connection: Connection, upto: int, profile: str) -> list[Entry]:
    """The decisions about headers that nobody has undone up to a vintage, oldest first."""
    decisions = journal.entries(connection, (journal.HEADER_ACCEPTED, journal.UNDONE), upto, ("",))
    standing = (e for e in journal.in_effect(decisions) if e.kind == journal.HEADER_ACCEPTED)
    return [entry for entry in standing if entry.body["profile"] == profile]


def behind(connection: Connection, entry: Entry, upto: int) -> Entry | None:
    """The decision about a header that an entry is, or takes back, or brings back; None for all others."""
    found: Entry | None = entry
    while found is not None and found.kind == journal.UNDONE:
        found = journal.entry(connection, found.body["undone"], upto)
    return found if found is not None and found.kind == journal.HEADER_ACCEPTED else None
