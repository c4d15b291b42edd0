"""Whom to chase for what: missing, sent back, asked; since when, by when an answer is due, how many days are left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.catalog import Catalog
from pipeline.jobs.month import MonthView
from pipeline.jobs.questions import answer_by, answer_days, days_of
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


def chases(
    connection: Connection, seen: MonthView, catalog: Catalog, day: date, unasked: date | None = None
) -> list[Chase]:
    """All that a month waits for, by urgency, then in the register's order.

    A unit is asked on the day of the run that first wrote it a notice about it; before that, on the day `unasked`, or
    since it was found.
    """
    waiting = [(why, duty, _standing(why, duty)) for duty in seen.duties for why in _reasons(duty, day)]
    days = days_of(
        connection, seen, (f for _, _, standing in waiting if standing for f in _findings(standing)), unasked
    )
    until = answer_days(catalog, seen, days)
    found = [_chase(*one, days, until, catalog, seen, day) for one in waiting]
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


def _chase(
    why: Why,
    duty: Duty,
    standing: Standing | None,
    days: Mapping[int, date],
    answers: Mapping[str, date],
    catalog: Catalog,
    seen: MonthView,
    day: date,
) -> Chase:
    findings = _findings(standing) if standing is not None else ()
    asked = min((days[stored.number] for stored in findings), default=None)
    until = duty.due if why in (Why.MISSING, Why.NOT_DUE) else None
    if asked:
        until = answers.get(duty.unit) or answer_by(catalog, seen.month, asked)
    over = (day - until).days if until else 0
    questions = len(findings) if why is Why.UNEXPLAINED else 0
    return Chase(why, duty, asked, until, over, questions)
