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

    @property
    def due(self) -> int:
        """How many messages those that were detected should have: one for each error."""
        return self.detected * self.kind.errors

    def add(self, number: int, fresh: Sequence[Told]) -> None:
        """Count one planting and what was found of it; what is folded is not told.

        Of several errors at once each has to be told at a place of its own, and by a name of its own.
        """
        shown = [(finding, at) for finding, at in fresh if not finding.under]
        places = {(f.sheet, f.cell, f.area, f.indicator) for f, at in shown if at}
        at_cell = len(places) >= self.kind.errors
        cause = self._are_named([finding for finding, _ in shown])
        self.planted += 1
        self.detected += bool(shown)
        self.messages += len(shown)
        self.at_cell += at_cell
        self.cause += cause
        if not (at_cell and cause) or len(shown) > self.kind.errors:
            self.missed.append(number)

    def _are_named(self, shown: Sequence[Finding]) -> bool:
        """Whether each error has a name that tells it right; errors that share one have it as often as they are."""
        own = [{finding.cause, finding.rule} & self.kind.causes for finding in shown]
        names, errors = set[str]().union(*own), self.kind.errors
        shared = errors > len(self.kind.causes)
        return sum(bool(one) for one in own) >= errors if shared else len(names) >= errors


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
