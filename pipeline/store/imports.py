"""Figures from before the program, in and out of the store; which of them count follows from the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from sqlalchemy import ColumnElement, Connection, delete, insert, select

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
    return _counting_of(connection, upto, tables.imported_figure.c.period == period)


def figures_of(connection: Connection, upto: int, periods: Sequence[str]) -> list[ImportedFigure]:
    """The same for several periods."""
    return _counting_of(connection, upto, tables.imported_figure.c.period.in_(periods))


def all_figures(connection: Connection, upto: int) -> list[ImportedFigure]:
    """The imported figures that count at a vintage, of all periods."""
    return _counting_of(connection, upto)


def of_file(connection: Connection, sha256: str) -> list[ImportedFigure]:
    """All that was read from one imported file, whether it counts or not."""
    return _read(connection, tables.imported_figure.c.sha256 == sha256)


def _counting_of(connection: Connection, upto: int, *wanted: ColumnElement[bool]) -> list[ImportedFigure]:
    standing = in_effect(connection, upto)
    if not standing:
        return []
    return counting(_read(connection, tables.imported_figure.c.sha256.in_(standing), *wanted), standing)


def _read(connection: Connection, *wanted: ColumnElement[bool]) -> list[ImportedFigure]:
    t = tables.imported_figure.c
    query = select(*(t[name] for name in _FIELDS)).where(*wanted).order_by(t.number)
    return [ImportedFigure(**row._mapping) for row in connection.execute(query)]


def counting(read: Iterable[ImportedFigure], standing: Mapping[str, Entry]) -> list[ImportedFigure]:
    """Those that count among all that was read: of each unit and period those of the last file that nobody has undone.

    Args:
        read: figures of any imported files.
        standing: sha256 → entry, as `in_effect` gives them.
    """
    found = [figure for figure in read if figure.sha256 in standing]
    last: dict[tuple[str, str], str] = {}
    for figure in sorted(found, key=lambda f: standing[f.sha256].seq):
        last[figure.period, figure.unit] = figure.sha256
    return [figure for figure in found if last[figure.period, figure.unit] == figure.sha256]


def covered(connection: Connection, hashes: Iterable[str]) -> dict[str, set[tuple[str, str]]]:
    """sha256 → the (period, unit) pairs that these imported files have figures about."""
    t = tables.imported_figure.c
    query = select(t.sha256, t.period, t.unit).where(t.sha256.in_(tuple(hashes))).distinct()
    found: dict[str, set[tuple[str, str]]] = {}
    for row in connection.execute(query):
        found.setdefault(row.sha256, set()).add((row.period, row.unit))
    return found
