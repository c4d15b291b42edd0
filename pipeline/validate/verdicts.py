"""Verdicts on submissions: the latest accepted one is in force, and why the others are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model import Severity
from pipeline.store.journal import ACCEPTED, EXPLAINED, WITHDRAWN, Entry
from pipeline.store.records import Record, StoredFinding

VERSIONS = "F10"
"""Two versions that came together; the finding's value names the other submissions, and it holds while one stands."""


class State(StrEnum):
    """What became of a submission."""

    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    PENDING = "pending"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {
            "in_force": "已采用",
            "superseded": "已被后报替代",
            "rejected": "退回",
            "withdrawn": "已撤出",
            "pending": "待处理",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Standing:
    """A submission, its state, and its findings that still hold."""

    record: Record
    state: State
    hard: tuple[StoredFinding, ...]
    unexplained: tuple[StoredFinding, ...]


def standings(
    records: Sequence[Record],
    findings: Iterable[StoredFinding],
    decisions: Sequence[Entry],
    finals: Mapping[str, int],
) -> list[Standing]:
    """Judge every submission.

    Args:
        records: submissions in order of receipt.
        findings: what is wrong with them.
        decisions: journal entries in effect.
        finals: period → vintage of its final release; what came later waits for a rerun.
    """
    explained, withdrawn = explained_values(decisions), withdrawn_of(decisions)
    taken_in = accepted_of(decisions)
    hard: dict[str, list[StoredFinding]] = {}
    soft: dict[str, list[StoredFinding]] = {}
    for stored in findings:
        if stored.until is None and stored.finding.severity is Severity.HARD and not is_settled(stored, withdrawn):
            hard.setdefault(stored.finding.submission, []).append(stored)
        if stored.until is None and is_unexplained(stored, explained):
            soft.setdefault(stored.finding.submission, []).append(stored)
    states = {
        record.id: _own_state(record, bool(hard.get(record.id)) and record.id not in taken_in, withdrawn, finals)
        for record in records
    }
    latest = {
        (record.unit, record.form, record.period): record.id
        for record in records
        if states[record.id] is State.IN_FORCE
    }
    return [
        Standing(
            record,
            _among_others(record, states[record.id], latest),
            tuple(hard.get(record.id, ())),
            tuple(soft.get(record.id, ())),
        )
        for record in records
    ]


def explained_values(decisions: Iterable[Entry]) -> set[tuple[str, str]]:
    """(finding id, reported value) pairs that have an explanation."""
    return {(e.body["finding"], e.body["value"]) for e in decisions if e.kind == EXPLAINED}


def withdrawn_of(decisions: Iterable[Entry]) -> set[str]:
    """The submissions that are taken out."""
    return {entry.body["submission"] for entry in decisions if entry.kind == WITHDRAWN}


def accepted_of(decisions: Iterable[Entry]) -> dict[str, Entry]:
    """The submissions that are taken in despite their hard findings 「强制采用」, and the decisions."""
    return {entry.body["submission"]: entry for entry in decisions if entry.kind == ACCEPTED}


def is_settled(stored: StoredFinding, withdrawn: Set[str]) -> bool:
    """Whether a submission stands against no other version any more."""
    return stored.finding.rule == VERSIONS and set(stored.finding.value.split()) <= withdrawn


def is_unexplained(stored: StoredFinding, explained: set[tuple[str, str]]) -> bool:
    """Whether this is a soft finding to which nobody has answered for this value; what is folded needs no answer."""
    if stored.finding.under:
        return False
    return stored.finding.severity is Severity.SOFT and (stored.id, stored.finding.value) not in explained


def _own_state(record: Record, has_hard: bool, withdrawn: set[str], finals: Mapping[str, int]) -> State:
    if record.id in withdrawn:
        return State.WITHDRAWN
    if record.entry > finals.get(record.period, record.entry):
        return State.PENDING
    return State.REJECTED if has_hard else State.IN_FORCE


def _among_others(record: Record, state: State, latest: Mapping[tuple[str, str, str], str]) -> State:
    if state is State.IN_FORCE and latest[record.unit, record.form, record.period] != record.id:
        return State.SUPERSEDED
    return state
