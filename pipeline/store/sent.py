"""What was sent under a form and period, whatever became of it."""

from __future__ import annotations

from sqlalchemy import Connection, select

from pipeline.store import tables

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
