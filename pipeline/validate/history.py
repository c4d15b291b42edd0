"""What has been before, where a rule of one return has to know it: other changes (A11), the targets set (T01)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.model import ImportedFigure, Submission

OTHER_CHANGES = ("other_change_amount_mtd", "other_change_amount_ytd")
MONTHLY_FLOWS = (
    "disbursed_loans_mtd",
    "disbursed_households_mtd",
    "disbursed_amount_mtd",
    "repaid_amount_mtd",
    "written_off_amount_mtd",
)
TARGETS = ("target_amount", "target_households")
"""Told with the bank: `target_amount@rcb`."""
Told = tuple[str, str, str, str, int]
"""(unit, area, period, indicator, value) of a figure that is other than usual, or a target."""


@dataclass(frozen=True, slots=True)
class History:
    """Units and areas that have had other changes 「其他变动」, flows that had a negative month, and yearly targets."""

    other_changes: frozenset[tuple[str, str]] = frozenset()
    """(unit, area)."""
    reversals: frozenset[tuple[str, str, str, str]] = frozenset()
    """(unit, area, year, indicator of the month's flow)."""
    targets: Mapping[tuple[str, str, str], Mapping[tuple[str, str], frozenset[int]]] = field(default_factory=dict)
    """By (unit, year, indicator), by (area, bank): what has been set, more than once where it was set again."""

    @classmethod
    def of(cls, figures: Iterable[Told]) -> History:
        """What these figures tell."""
        told = list(figures)
        targets: dict[tuple[str, str, str], dict[tuple[str, str], frozenset[int]]] = {}
        for unit, area, period, code, value in told:
            indicator, _, bank = code.partition("@")
            if indicator in TARGETS:
                own = targets.setdefault((unit, period, indicator), {})
                own[area, bank] = own.get((area, bank), frozenset()) | {value}
        unusual = [(unit, area, period, code) for unit, area, period, code, value in told if _is_unusual(code, value)]
        return cls(
            frozenset((unit, area) for unit, area, _, code in unusual if code in OTHER_CHANGES),
            frozenset(
                (unit, area, period.partition("-")[0], code)
                for unit, area, period, code in unusual
                if code in MONTHLY_FLOWS
            ),
            targets,
        )


NOTHING_KNOWN = History()


def told_by(submissions: Iterable[Submission]) -> list[Told]:
    """The figures of these submissions that a history is made of."""
    sent = list(submissions)
    return [
        *_targets(sent),
        *_unusual(sent),
    ]


def _targets(submissions: Iterable[Submission]) -> Iterator[Told]:
    return (
        (submission.unit, o.area, submission.period, f"{o.indicator}@{o.institution}", o.value)
        for submission in submissions
        for o in submission.observations
        if o.value is not None and not o.total and o.indicator in TARGETS
    )


def _unusual(submissions: Iterable[Submission]) -> Iterator[Told]:
    return (
        (submission.unit, o.area, submission.period, o.indicator, o.value)
        for submission in submissions
        for o in submission.observations
        if o.value is not None and not o.total and _is_unusual(o.indicator, o.value)
    )


def told_by_imported(figures: Iterable[ImportedFigure]) -> list[Told]:
    """The figures from before the program that a history is made of: what happened then has happened too."""
    return [(f.unit, f.area, f.period, f.indicator, f.value) for f in figures if _is_unusual(f.indicator, f.value)]


def _is_unusual(indicator: str, value: int) -> bool:
    """Whether loans came in or went out another way, or a month's flow is less than nought."""
    return (indicator in OTHER_CHANGES and value != 0) or (indicator in MONTHLY_FLOWS and value < 0)
