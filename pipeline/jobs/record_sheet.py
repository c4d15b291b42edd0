"""The year's record of all units as a table to print: a word a month, and counts 「报送记录」."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from pipeline.catalog import Catalog
from pipeline.jobs.month import MonthView
from pipeline.jobs.reporting_record import reporting_record, year_so_far
from pipeline.periods import Month
from pipeline.render.report_content import COUNTS, RecordRow, RecordTable
from pipeline.store.store import Connection
from pipeline.validate.duties import MISSING
from pipeline.validate.reporting_record import Punctuality, Reported, ReportingRecord, Tally
from pipeline.validate.verdicts import State

NOT_OWED = "不须报"


def record_of_year(connection: Connection, catalog: Catalog, seen: MonthView, day: date) -> RecordTable:
    """The record of the year up to a month as it is seen there."""
    chosen = year_so_far(seen.month)
    return record_table(reporting_record(connection, catalog, chosen, seen.upto, day), catalog)


def record_table(record: ReportingRecord, catalog: Catalog) -> RecordTable:
    """A row for each form of each unit, in the register's order, and the sum of all."""
    rows: dict[tuple[str, str], list[Reported]] = {}
    for row in record.rows:
        rows.setdefault((row.duty.unit, row.duty.form), []).append(row)
    order = catalog.units.by_id
    placed = sorted(rows.items(), key=lambda one: (order[one[0][0]].order, *one[0]))
    forms = {form.code: form.short or form.name for form in catalog.forms.values()}
    lines = [
        RecordRow(
            record.names[unit],
            f"{form} {forms[form]}",
            _cells(own, record.months, catalog),
            _counts(sum(map(Tally.of, own), Tally())),
        )
        for (unit, form), own in placed
    ]
    return RecordTable(record.months, tuple(lines), _counts(record.total))


def _cells(own: Iterable[Reported], months: Sequence[Month], catalog: Catalog) -> tuple[str, ...]:
    said = {record_month(row.duty.period, catalog): cell_words(row) for row in own}
    return tuple(said.get(month, NOT_OWED) for month in months)


def record_month(period: str, catalog: Catalog) -> Month:
    """The month in which a form is counted: its own, or for a yearly one that with whose deadline it is due."""
    if "-" in period:
        return Month.parse(period)
    january = Month(int(period), 1)
    return Month(january.year, int(catalog.policy.value("target_due_month", january)))


def cell_words(row: Reported) -> str:
    """「按时」, 「迟3天，退1次」, 「按时，退1次，未采用」, 「未报」."""
    words = f"迟{row.days_late}天" if row.punctuality is Punctuality.LATE else row.punctuality.label
    sent_back = f"退{row.rejections}次" if row.rejections else ""
    unused = "" if row.duty.is_in or row.duty.state == MISSING else _unused(row)
    return "，".join(filter(None, [words, sent_back, unused]))


def _unused(row: Reported) -> str:
    return "未采用" if row.duty.state == State.REJECTED else row.duty.state_label


def _counts(tally: Tally) -> tuple[int, ...]:
    return tuple(getattr(tally, name) for name in COUNTS)
