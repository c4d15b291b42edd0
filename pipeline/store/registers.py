"""Register workbooks that were taken in; which of them counts follows from the journal."""

from __future__ import annotations

from sqlalchemy import Connection

from pipeline.store import journal
from pipeline.store.journal import Entry


def in_force(connection: Connection, upto: int, profile: str, undone: int | None = None) -> Entry | None:
    """The last entry that registered units and deadlines for a profile, and that nobody has undone.

    Args:
        connection: the store's.
        upto: the vintage.
        profile: registers are of one profile.
        undone: an entry that is seen as if it were undone right now.
    """
    decisions = journal.entries(connection, (journal.REGISTERED, journal.UNDONE), upto, ("",))
    if undone is not None:
        decisions.append(Entry(upto + 1, "", journal.UNDONE, {"undone": undone}, ""))
    standing = [
        e for e in journal.in_effect(decisions) if e.kind == journal.REGISTERED and e.body["profile"] == profile
    ]
    return standing[-1] if standing else None
