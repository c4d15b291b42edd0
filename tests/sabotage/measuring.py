"""How well the checks do, kind by kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model import Finding, Severity
from tests.sabotage.judging import Told, Turn
from tests.sabotage.planting import Kind


@dataclass
class Score:
    """What came of the errors of one kind."""

    kind: Kind
    planted: int = 0
    detected: int = 0
    at_cell: int = 0
    cause: int = 0
    messages: int = 0
    missed: list[int] = field(default_factory=list)
    """The numbers of those of which something went wrong, to look at."""

    def add(self, number: int, fresh: Sequence[Told]) -> None:
        """Count one error and what was found of it; what is folded is not told."""
        shown = [(finding, at) for finding, at in fresh if not finding.under]
        at_cell = any(at for _, at in shown)
        cause = any({finding.cause, finding.rule} & self.kind.causes for finding, _ in shown)
        self.planted += 1
        self.detected += bool(shown)
        self.messages += len(shown)
        self.at_cell += at_cell
        self.cause += cause
        if not (at_cell and cause) or len(shown) > 1:
            self.missed.append(number)


def scores(kinds: Iterable[Kind], fresh: Mapping[Turn, Sequence[Told]]) -> dict[str, Score]:
    """By the kind's name."""
    by_name = {kind.name: Score(kind) for kind in kinds}
    for (name, number), told in fresh.items():
        by_name[name].add(number, told)
    return by_name


@dataclass(frozen=True)
class Alarms:
    """False alarms on the clean months, a month."""

    months: int
    hard: int
    soft: int


def alarms(clean: Mapping[str, Sequence[Finding]]) -> Alarms:
    """Every finding on a clean month is false."""
    found = [finding for month in clean.values() for finding in month if not finding.under]
    weights = [finding.severity for finding in found]
    return Alarms(len(clean), weights.count(Severity.HARD), weights.count(Severity.SOFT))
