"""The record of all units over any months, read from the store as it stood at a vintage 「报送记录」."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.catalog import Catalog
from pipeline.jobs.past import finals_of, periods_of
from pipeline.model import Severity
from pipeline.periods import Month, between
from pipeline.store import journal, records
from pipeline.store.store import Connection
from pipeline.validate.duties import Duty, duties_of
from pipeline.validate.reporting_record import ReportingRecord, reported
from pipeline.validate.verdicts import Standing, standings


def year_so_far(month: Month) -> list[Month]:
    """January to this month."""
    return list(between(Month(month.year, 1), month))


def reporting_record(
    connection: Connection, catalog: Catalog, chosen: Sequence[Month], upto: int, day: date
) -> ReportingRecord:
    """What each unit owed for these months, when and how it came; reads nothing of other months.

    Args:
        connection: the store's.
        catalog: registers, forms, deadlines.
        chosen: the months, oldest first: a quarter for the bulletin, a year for the assessment.
        upto: the vintage.
        day: the day from which what is missing is looked at.
    """
    periods = periods_of(chosen)
    decisions = journal.in_effect(journal.entries(connection, journal.DECISIONS, upto, periods))
    found = [
        stored
        for severity in (Severity.HARD, Severity.SOFT)
        for stored in records.findings(connection, upto, periods=periods, severity=severity)
    ]
    sent = records.submissions(connection, upto, periods)
    judged = standings(sent, found, decisions, finals_of(connection, upto, periods))
    by_period: dict[str, list[Standing]] = {}
    for standing in judged:
        by_period.setdefault(standing.record.period, []).append(standing)
    duties = [
        duty
        for month in chosen
        for duty in duties_of(
            month, [*by_period.get(str(month.year), ()), *by_period.get(str(month), ())], catalog, decisions
        )
        if _belongs(duty, month, catalog)
    ]
    rows = reported(duties, judged, found, decisions, day)
    return ReportingRecord(tuple(chosen), day, tuple(rows))


def _belongs(duty: Duty, month: Month, catalog: Catalog) -> bool:
    """A yearly form is owed all year long, and counted once: with the month whose deadline it has."""
    if "-" in duty.period:
        return True
    return month.month == int(catalog.policy.value("target_due_month", Month(month.year, 1)))
