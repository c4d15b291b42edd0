"""What was sent under a form and period, whatever became of it, and when anything last happened about a period."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from pipeline.store import journal, tables

Row = tuple[str, str, str, str, int]
"""(unit, area, institution, indicator, value)."""


def sent(connection: Connection, form: str, period: str) -> list[Row]:
    """Every single figure, of every version."""
    o, s = tables.observation.c, tables.submission.c
    query = (
        select(s.unit, o.area, o.institution, o.indicator, o.value)
        .join(tables.submission, s.id == o.submission)
        .where(s.form == form, s.period == period, o.value.is_not(None), o.total.is_(False), o.item == 0)
    )
    return [(unit, area, bank, code, value) for unit, area, bank, code, value in connection.execute(query)]


EVERY_PERIOD = ""
"""Under which decisions stand that are about no single one: the register's."""


def last_touched(connection: Connection, upto: int) -> dict[str, int]:
    """By period, the entry with which something last came or was decided about it, up to a vintage."""
    s, j = tables.submission.c, tables.journal.c
    came = select(s.period, func.max(s.entry)).where(s.entry <= upto).group_by(s.period)
    decided = select(j.period, func.max(j.seq)).where(j.kind.in_(journal.DECISIONS), j.seq <= upto).group_by(j.period)
    found: dict[str, int] = {}
    for period, entry in (*connection.execute(came), *connection.execute(decided)):
        found[period] = max(entry, found.get(period, 0))
    return found
