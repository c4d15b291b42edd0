"""How each unit reports over the months 「报送记录」: in time or not, how often sent back, with how many errors.

Derived from submissions, findings and decisions as they stand at a vintage; never kept as a truth of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Self, TypeVar

from pipeline.model import Severity
from pipeline.periods import Month
from pipeline.store.journal import WITHDRAWN, Entry
from pipeline.store.records import StoredFinding
from pipeline.validate.duties import MISSING, Duty
from pipeline.validate.verdicts import (
    Standing,
    State,
    accepted_of,
    explained_values,
    is_settled,
)

K = TypeVar("K", bound=Hashable)
TAKEN = (State.IN_FORCE, State.SUPERSEDED)
"""States of a submission that counts, or counted until a later one came."""


class Punctuality(StrEnum):
    """Whether the first submission of a form came by its deadline; what became of it is another matter."""

    IN_TIME = "in_time"
    LATE = "late"
    MISSING = "missing"
    NOT_DUE = "not_due"
    VOLUNTARY = "voluntary"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {
            "in_time": "按时",
            "late": "迟报",
            "missing": "未报",
            "not_due": "未到期",
            "voluntary": "自愿报送",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Reported:
    """One form of one unit for one period: when it was due, when it came, and how often until it was right.

    Errors are those of the first submission that still hold: what turned out to be the fault of another figure,
    and what is folded under a cause, is nobody's error.
    """

    duty: Duty
    punctuality: Punctuality
    received_at: str
    """When the first submission came, Asia/Shanghai; empty where nothing has come."""
    days_late: int
    """Days from the deadline to the first submission, or to the day of looking where nothing has come; 0 in time."""
    submissions: int
    rejections: int
    """Submissions with hard findings, those that a person took in all the same among them."""
    hard: int
    soft: int
    explained: int
    """Soft findings on any of the submissions that were answered."""
    unexplained: int
    """Soft findings without an answer on what is in force."""
    accepted_on: date | None
    """The day on which a submission first counted; None where none does."""

    @property
    def days_to_accept(self) -> int | None:
        """Days from the first submission to the day on which one counted; None where none does."""
        if self.accepted_on is None:
            return None
        return (self.accepted_on - date.fromisoformat(self.received_at[:10])).days


@dataclass(frozen=True, slots=True)
class Tally:
    """Forms counted: `owed` = in_time + late + missing + not_due; voluntary ones are counted apart."""

    owed: int = 0
    in_time: int = 0
    late: int = 0
    missing: int = 0
    not_due: int = 0
    voluntary: int = 0
    days_late: int = 0
    """Of those that came late, together."""
    accepted: int = 0
    """Owed or not, with figures in force."""
    rejections: int = 0
    faulty: int = 0
    """Forms whose first submission had hard findings."""
    hard: int = 0
    soft: int = 0
    explained: int = 0
    unexplained: int = 0

    def __add__(self, other: Self) -> Self:
        """Both together."""
        return type(self)(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @classmethod
    def of(cls, reported: Reported) -> Self:
        """One form."""
        how = reported.punctuality
        return cls(
            owed=int(how is not Punctuality.VOLUNTARY),
            in_time=int(how is Punctuality.IN_TIME),
            late=int(how is Punctuality.LATE),
            missing=int(how is Punctuality.MISSING),
            not_due=int(how is Punctuality.NOT_DUE),
            voluntary=int(how is Punctuality.VOLUNTARY),
            days_late=reported.days_late if how is Punctuality.LATE else 0,
            accepted=int(reported.duty.is_in),
            rejections=reported.rejections,
            faulty=int(reported.hard > 0),
            hard=reported.hard,
            soft=reported.soft,
            explained=reported.explained,
            unexplained=reported.unexplained,
        )


@dataclass(frozen=True, slots=True)
class ReportingRecord:
    """Every form owed or sent for some months as seen on a day, in the order of periods and of the register.

    A yearly form belongs to the month with whose deadline it is due.
    """

    months: tuple[Month, ...]
    day: date
    rows: tuple[Reported, ...]

    def tallied(self, by: Callable[[Reported], K]) -> dict[K, Tally]:
        """Counts by whatever a row is asked for, in order of first appearance."""
        counts: dict[K, Tally] = {}
        for row in self.rows:
            key = by(row)
            counts[key] = counts.get(key, Tally()) + Tally.of(row)
        return counts

    @property
    def by_unit(self) -> dict[str, Tally]:
        """Counts by reporting unit."""
        return self.tallied(lambda row: row.duty.unit)

    @property
    def names(self) -> dict[str, str]:
        """Each unit's name in the last month of which there is anything."""
        return {row.duty.unit: row.duty.unit_name for row in self.rows}

    @property
    def total(self) -> Tally:
        """All of it."""
        return sum(map(Tally.of, self.rows), Tally())


def reported(
    duties: Iterable[Duty],
    standings: Iterable[Standing],
    findings: Iterable[StoredFinding],
    decisions: Sequence[Entry],
    day: date,
) -> list[Reported]:
    """The record of these duties.

    Args:
        duties: of one or more periods.
        standings: all submissions about these periods, in order of receipt.
        findings: the hard and soft ones on them.
        decisions: journal entries in effect.
        day: from which what has not come is looked at.
    """
    sent: dict[tuple[str, str, str], list[Standing]] = {}
    for standing in standings:
        record = standing.record
        sent.setdefault((record.unit, record.form, record.period), []).append(standing)
    found: dict[str, list[StoredFinding]] = {}
    for stored in findings:
        found.setdefault(stored.finding.submission, []).append(stored)
    looking = _Looking(found, decisions, day)
    return [looking.at(duty, sent.get((duty.unit, duty.form, duty.period), [])) for duty in duties]


class _Looking:
    def __init__(self, found: Mapping[str, Sequence[StoredFinding]], decisions: Sequence[Entry], day: date) -> None:
        self._found, self._day = found, day
        self._explained = explained_values(decisions)
        self._accepted = accepted_of(decisions)
        self._withdrawn = {e.body["submission"]: e for e in decisions if e.kind == WITHDRAWN}

    def at(self, duty: Duty, own: Sequence[Standing]) -> Reported:
        late = duty.days_late if own else (self._day - duty.due).days
        first = [stored for stored in self._of(own[:1]) if self._is_error(stored)]
        answered = {s.id for s in self._of(own) if (s.id, s.finding.value) in self._explained and not s.finding.under}
        days = [self._day_taken(standing) for standing in own if standing.state in TAKEN]
        return Reported(
            duty=duty,
            punctuality=_punctuality(duty, self._day),
            received_at=own[0].record.received_at if own else "",
            days_late=0 if duty.voluntary else max(0, late),
            submissions=len(own),
            rejections=sum(bool(standing.hard) for standing in own),
            hard=sum(stored.finding.severity is Severity.HARD for stored in first),
            soft=sum(stored.finding.severity is Severity.SOFT for stored in first),
            explained=len(answered),
            unexplained=len(duty.counting.unexplained) if duty.is_in and duty.counting else 0,
            accepted_on=min(days, default=None),
        )

    def _of(self, standings: Iterable[Standing]) -> list[StoredFinding]:
        return [stored for standing in standings for stored in self._found.get(standing.record.id, ())]

    def _is_error(self, stored: StoredFinding) -> bool:
        return stored.until is None and not stored.finding.under and not is_settled(stored, self._withdrawn.keys())

    def _day_taken(self, standing: Standing) -> date:
        """The day of receipt; where a person had to decide first, the day of that decision.

        A hard finding that went away because another figure was corrected was never this unit's.
        """
        moments = [standing.record.received_at]
        if standing.hard and standing.record.id in self._accepted:
            moments.append(self._accepted[standing.record.id].at)
        for stored in self._of([standing]):
            if stored.until is None and is_settled(stored, self._withdrawn.keys()):
                moments += [self._withdrawn[other].at for other in stored.finding.value.split()]
        return date.fromisoformat(max(moments)[:10])


def _punctuality(duty: Duty, day: date) -> Punctuality:
    if duty.voluntary:
        return Punctuality.VOLUNTARY
    if duty.state == MISSING:
        return Punctuality.MISSING if day > duty.due else Punctuality.NOT_DUE
    return Punctuality.LATE if duty.days_late else Punctuality.IN_TIME
