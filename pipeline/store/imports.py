"""Figures from before the program, in and out of the store; which of them count follows from the journal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields

from sqlalchemy import Connection, delete, insert, select

from pipeline.model import ImportedFigure
from pipeline.store import journal, tables
from pipeline.store.journal import Entry

_FIELDS = tuple(field.name for field in fields(ImportedFigure))


def add(connection: Connection, figures: Sequence[ImportedFigure]) -> None:
    """Keep what was read from imported files, in the place of what was read from them before."""
    t = tables.imported_figure
    for sha256 in sorted({figure.sha256 for figure in figures}):
        connection.execute(delete(t).where(t.c.sha256 == sha256))
    if figures:
        connection.execute(insert(t), [{name: getattr(figure, name) for name in _FIELDS} for figure in figures])


def in_effect(connection: Connection, upto: int) -> dict[str, Entry]:
    """sha256 → the last entry that imported this file, for every import that nobody has undone; oldest first."""
    decisions = journal.entries(connection, (journal.IMPORTED, journal.UNDONE), upto, ("",))
    standing = [entry for entry in journal.in_effect(decisions) if entry.kind == journal.IMPORTED]
    last = {entry.body["sha256"]: entry for entry in standing}
    return dict(sorted(last.items(), key=lambda pair: pair[1].seq))


def figures(connection: Connection, upto: int, period: str) -> list[ImportedFigure]:
    """The imported figures that count for a period at a vintage: for each unit those of the last file about it."""
    order = {sha256: entry.seq for sha256, entry in in_effect(connection, upto).items()}
    if not order:
        return []
    t = tables.imported_figure.c
    query = select(*(t[name] for name in _FIELDS)).where(t.period == period, t.sha256.in_(order)).order_by(t.number)
    read = [ImportedFigure(**row._mapping) for row in connection.execute(query)]
    last: dict[str, str] = {}
    for figure in sorted(read, key=lambda f: order[f.sha256]):
        last[figure.unit] = figure.sha256
    return [figure for figure in read if last[figure.unit] == figure.sha256]


def covered(connection: Connection, hashes: Iterable[str]) -> dict[str, set[tuple[str, str]]]:
    """sha256 → the (period, unit) pairs that these imported files have figures about."""
    t = tables.imported_figure.c
    query = select(t.sha256, t.period, t.unit).where(t.sha256.in_(tuple(hashes))).distinct()
    found: dict[str, set[tuple[str, str]]] = {}
    for row in connection.execute(query):
        found.setdefault(row.sha256, set()).add((row.period, row.unit))
    return found
