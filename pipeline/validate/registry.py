"""Edit rules 「审核关系」 as data: code, level, weight, words, source and dates, each beside its function.

The registry is what the runner goes through and what the handbook for banks is printed from. It needs neither
pandas nor pandera.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model import Bound, Severity
from pipeline.periods import Month
from pipeline.validate.needs import Need

if TYPE_CHECKING:
    from pipeline.validate.frames import Hit

DUTY = "安政办函〔2017〕284号 二.1"
"""The duty to report truthfully, every month: source of every identity that a true return fulfils."""

WORKING = "working: 本办约定"
"""Begins the source of a rule that the office itself has set; the reason follows."""


@dataclass(frozen=True, slots=True)
class Break:
    """One way in which a rule can be broken: its weight, and the sentence that the reporting unit reads."""

    severity: Severity
    message: str
    """A template; `{area}`, `{indicator}` and `{value}` are always known, other names come with the hit."""
    bound: Bound = Bound.EXACT
    """Whether the figure ought to be what it is held against, or only not above or below it."""


def hard(message: str, bound: Bound = Bound.EXACT) -> Break:
    """A break that must be corrected 「强制性」."""
    return Break(Severity.HARD, message, bound)


def soft(message: str, bound: Bound = Bound.EXACT) -> Break:
    """A break that must be explained 「核实性」."""
    return Break(Severity.SOFT, message, bound)


def note(message: str) -> Break:
    """A break that is only recorded 「提示」."""
    return Break(Severity.NOTE, message)


@dataclass(frozen=True, slots=True)
class Rule:
    """An edit rule. `check` gets one book for each form that it reads at a time, or all at once if `across`."""

    code: str
    level: int
    title: str
    source: str
    reads: tuple[str, ...]
    breaks: Mapping[str, Break]
    check: Callable[..., Iterable[Hit]]
    since: Month | None = None
    until: Month | None = None
    across: bool = False
    needs: tuple[Need, ...] = ()
    """What has to be there beside the submission; where it is not, that is told (`validate.not_run`)."""
    subject: str = ""
    """What it is about, in a word or two that a bank's clerk knows: 「年初余额」."""

    @property
    def severities(self) -> tuple[Severity, ...]:
        """The weights that its breaks can have, heaviest first."""
        present = {entry.severity for entry in self.breaks.values()}
        return tuple(severity for severity in Severity if severity in present)

    def holds(self, month: Month) -> bool:
        """Whether this rule is in force for returns about that month."""
        return (self.since is None or self.since <= month) and (self.until is None or month <= self.until)


RULES: list[Rule] = []
"""Every rule; filled when `pipeline.validate.rules` is imported. A rule that changes keeps its code: the old function
gets `until`, the new one `since`."""


def rule(
    code: str,
    *,
    level: int,
    title: str,
    subject: str,
    source: str,
    reads: tuple[str, ...],
    breaks: Mapping[str, Break],
    since: Month | None = None,
    until: Month | None = None,
    across: bool = False,
    needs: tuple[Need, ...] = (),
) -> Callable[[Callable[..., Iterable[Hit]]], Callable[..., Iterable[Hit]]]:
    """Register the decorated function as the rule with this code.

    Raises:
        ValueError: the code is taken at that time and level.
    """

    def register(check: Callable[..., Iterable[Hit]]) -> Callable[..., Iterable[Hit]]:
        new = Rule(code, level, title, source, reads, breaks, check, since, until, across, needs, subject)
        if any((old.code, old.level) == (code, level) and _overlap(old, new) for old in RULES):
            raise ValueError(f"rule {code} is defined twice for the same months at level {level}")
        RULES.append(new)
        return check

    return register


def in_words(codes: Iterable[str]) -> str:
    """What rules are about, for those who do not know their codes: 「年初余额（A03）、户均金额（A13）」."""
    subjects = {rule.code: rule.subject for rule in RULES}
    return "、".join(f"{subjects[code]}（{code}）" if code in subjects else code for code in codes)


def _overlap(one: Rule, other: Rule) -> bool:
    return not (
        (one.until is not None and other.since is not None and one.until < other.since)
        or (other.until is not None and one.since is not None and other.until < one.since)
    )
