"""Whose the parts of a received file are: several units may report in one workbook."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from pipeline.store import tables


def sheets_of_units(connection: Connection, digests: Iterable[str]) -> dict[str, dict[str, set[str]]]:
    """By sha256 of a file and unit, the sheets on which that unit's submissions stand."""
    s, o = tables.submission.c, tables.observation.c
    found: dict[str, dict[str, set[str]]] = {}
    wanted = sorted(digests)
    own = select(s.sha256, s.unit, s.sheet).where(s.sha256.in_(wanted))
    read = select(s.sha256, s.unit, o.sheet).join(tables.submission, s.id == o.submission).where(s.sha256.in_(wanted))
    for digest, unit, sheet in connection.execute(own.union(read)):
        found.setdefault(digest, {}).setdefault(unit, set()).add(sheet)
    return found
