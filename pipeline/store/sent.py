"""What was sent under a form and period, whatever became of it, and when anything last happened about a period."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, func, select, tuple_

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


def senders(connection: Connection, form: str, period: str, but: Collection[tuple[str, str]] = ()) -> set[str]:
    """Units that sent a form about a period, figures or words, whatever became of it.

    Submissions with a finding of one of these (rule, cause) are passed over.
    """
    s, f = tables.submission.c, tables.finding.c
    passed_over = select(f.submission).where(f.period == period, tuple_(f.rule, f.cause).in_(but))
    query = select(s.unit).where(s.form == form, s.period == period, s.id.not_in(passed_over))
    return set(connection.execute(query).scalars())


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
