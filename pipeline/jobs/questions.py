"""Questions to those who report: which are open, since when each is asked, by when its answer is in time.

The journal remembers the day on which a question was first sent out, by rule, place and value: what is found is derived
anew when forms or program change, and a question does not become a new one by that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from pipeline.catalog import Catalog
from pipeline.jobs.clock import Clock
from pipeline.jobs.month import MonthView
from pipeline.model import Severity, digest
from pipeline.periods import Month
from pipeline.store import journal
from pipeline.store.records import StoredFinding
from pipeline.store.store import Connection
from pipeline.validate.duties import last_day

Question = str
"""Stands for a finding and its value."""


def question_of(stored: StoredFinding) -> Question:
    """The same for as long as rule, place and value are."""
    return digest(stored.id, stored.finding.value)


def open_questions(seen: MonthView) -> list[StoredFinding]:
    """What notices ask: everything open, on a submission, that is more than a note."""
    sent = {standing.record.id for standing in seen.standings}
    return [
        stored
        for stored in seen.told
        if stored.finding.submission in sent
        and stored.finding.severity is not Severity.NOTE
        and seen.status_of(stored) == "open"
    ]


def asked_since(connection: Connection, seen: MonthView) -> dict[Question, date]:
    """The day on which each was first sent out."""
    found: dict[Question, date] = {}
    for entry in journal.entries(connection, (journal.RELEASED, journal.ASKED), seen.upto, (str(seen.month),)):
        for question in entry.body.get("asked", ()):
            found.setdefault(question, date.fromisoformat(entry.at[:10]))
    return found


def asked_now(connection: Connection, seen: MonthView) -> list[Question]:
    """What is sent out for the first time, for the journal."""
    known = asked_since(connection, seen)
    return sorted({question_of(stored) for stored in open_questions(seen)} - known.keys())


def remember_asked(connection: Connection, seen: MonthView, clock: Clock) -> bool:
    """Journal what a month without a release sends out for the first time; returns whether there is any."""
    asked = asked_now(connection, seen)
    if asked:
        journal.append(connection, journal.ASKED, clock.text, {"period": str(seen.month), "asked": asked})
    return bool(asked)


def answer_by(catalog: Catalog, month: Month, asked: date) -> date:
    """The last day on which an answer to what was asked on this day is in time."""
    return last_day(catalog, month, asked + timedelta(days=int(catalog.policy.value("answer_within_days", month))))


def days_of(
    connection: Connection, seen: MonthView, findings: Iterable[StoredFinding], unasked: date | None = None
) -> dict[int, date]:
    """By finding number, the day on which it was first sent out, else `unasked`, else that on which it was found."""
    chosen, since = list(findings), asked_since(connection, seen)
    found = journal.times(connection, {stored.entry for stored in chosen})
    return {
        one.number: since.get(question_of(one)) or unasked or date.fromisoformat(found[one.entry][:10])
        for one in chosen
    }


def answer_days(catalog: Catalog, seen: MonthView, days: Mapping[int, date]) -> dict[str, date]:
    """By unit, the day by which it is to answer all that it is asked: the last question has its full time.

    `days` are those of `days_of`; a question that is not among them is left aside.
    """
    units = {standing.record.id: standing.record.unit for standing in seen.standings}
    last: dict[str, date] = {}
    for stored in open_questions(seen):
        unit = units[stored.finding.submission]
        if day := days.get(stored.number):
            last[unit] = max(day, last.get(unit, day))
    return {unit: answer_by(catalog, seen.month, day) for unit, day in last.items()}


def answer_days_in_letters(connection: Connection, seen: MonthView, catalog: Catalog, today: date) -> dict[str, date]:
    """The same as letters of today name it: what was never sent out is asked now; a day that is over is given anew."""
    since = asked_since(connection, seen)
    days = {stored.number: since.get(question_of(stored), today) for stored in open_questions(seen)}
    anew = answer_by(catalog, seen.month, today)
    return {unit: day if day >= today else anew for unit, day in answer_days(catalog, seen, days).items()}
