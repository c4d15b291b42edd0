"""Whom to chase for what: missing, sent back, asked; since when, by when an answer is due, how many days are left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pipeline.catalog import Catalog
from pipeline.jobs.month import MonthView
from pipeline.periods import Month
from pipeline.store import journal
from pipeline.store.records import StoredFinding
from pipeline.store.store import Connection
from pipeline.validate.duties import MISSING, Duty
from pipeline.validate.verdicts import Standing, State


class Why(StrEnum):
    """Why somebody is chased, the most pressing first."""

    MISSING = "missing"
    REJECTED = "rejected"
    CORRECTION_REJECTED = "correction_rejected"
    WITHDRAWN = "withdrawn"
    UNEXPLAINED = "unexplained"
    NOT_DUE = "not_due"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {
            "missing": "未报送",
            "rejected": "退回",
            "correction_rejected": "更正件退回",
            "withdrawn": "已撤出",
            "unexplained": "待核实",
            "not_due": "未到期",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Chase:
    """One duty that somebody still has to do something about."""

    why: Why
    duty: Duty
    since: date | None
    """Since when the unit is asked; None where nothing was sent that could be asked about."""
    until: date | None
    """The last day in time: the deadline, or that of the answer; None where a person took it out."""
    days_over: int
    """Days after `until`; 0 on the day itself, negative while there is time."""
    questions: int = 0
    """Findings that wait for an answer."""


def answer_by(catalog: Catalog, month: Month, asked: date) -> date:
    """The last day on which an answer to what was asked on this day is in time."""
    return asked + timedelta(days=int(catalog.policy.value("answer_within_days", month)))


def chases(connection: Connection, seen: MonthView, catalog: Catalog, day: date) -> list[Chase]:
    """All that a month waits for, by urgency, then in the register's order.

    A unit is asked on the day on which the program found what it asks about: that day's run writes the notice.
    """
    waiting = [(why, duty, _standing(why, duty)) for duty in seen.duties for why in _reasons(duty, day)]
    first = {s.record.id: _first_asked(s) for _, _, s in waiting if s is not None and _findings(s)}
    asked = journal.times(connection, set(first.values()))
    since = {submission: date.fromisoformat(asked[entry][:10]) for submission, entry in first.items()}
    found = [_chase(*one, since, catalog, seen.month, day) for one in waiting]
    return sorted(found, key=lambda chase: list(Why).index(chase.why))


def _reasons(duty: Duty, day: date) -> Iterable[Why]:
    if duty.state == MISSING:
        yield Why.MISSING if day > duty.due else Why.NOT_DUE
    elif duty.state == State.WITHDRAWN and not duty.voluntary:
        yield Why.WITHDRAWN
    elif duty.last is not None and duty.last.state is State.REJECTED:
        yield Why.CORRECTION_REJECTED if duty.is_in else Why.REJECTED
    if duty.is_in and duty.counting is not None and duty.counting.unexplained:
        yield Why.UNEXPLAINED


def _standing(why: Why, duty: Duty) -> Standing | None:
    return {
        Why.REJECTED: duty.last,
        Why.CORRECTION_REJECTED: duty.last,
        Why.UNEXPLAINED: duty.counting,
    }.get(why)


def _findings(standing: Standing) -> tuple[StoredFinding, ...]:
    return standing.hard if standing.state is State.REJECTED else standing.unexplained


def _first_asked(standing: Standing) -> int:
    """The vintage at which the first of what is still open was known."""
    return min(max(standing.record.entry, stored.entry) for stored in _findings(standing))


def _chase(
    why: Why,
    duty: Duty,
    standing: Standing | None,
    since: Mapping[str, date],
    catalog: Catalog,
    month: Month,
    day: date,
) -> Chase:
    asked = since.get(standing.record.id) if standing is not None else None
    until = answer_by(catalog, month, asked) if asked else duty.due if why in (Why.MISSING, Why.NOT_DUE) else None
    over = (day - until).days if until else 0
    questions = len(_findings(standing)) if standing is not None and why is Why.UNEXPLAINED else 0
    return Chase(why, duty, asked, until, over, questions)
