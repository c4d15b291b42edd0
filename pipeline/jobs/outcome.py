"""What a monthly run did, and how the run log tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from pipeline.jobs import beyond
from pipeline.jobs.month import MonthView
from pipeline.jobs.receive import Intake
from pipeline.jobs.release import Released
from pipeline.jobs.runlog import RunLog
from pipeline.periods import Month

_DATA = "data/"


@dataclass(frozen=True, slots=True)
class Impossible:
    """A month of which nothing could be produced, why, and how it stands."""

    month: Month
    why: str
    view: MonthView
    products: Mapping[str, bytes] = field(default_factory=dict)
    """What is told of it all the same: the report and the letters."""


@dataclass(frozen=True, slots=True)
class MonthlyOutcome:
    """What a run did: what came in, what was released, what could not be, what was changed by hand since."""

    intake: Intake
    judged: tuple[beyond.Judged, ...]
    """Months on which the rules that look beyond one submission were run."""
    released: tuple[Released, ...]
    impossible: tuple[Impossible, ...]
    changed_by_hand: tuple[str, ...]
    final_wanted: bool
    derived_again: bool
    answered: frozenset[tuple[str, str]] = frozenset()
    """(finding, value) of what was explained before everything was read anew: found again, but not news."""

    @property
    def exit_code(self) -> int:
        """0 complete, 1 released with gaps, 3 nothing produced: that of the worst month."""
        if self.impossible:
            return 3
        return max((0 if r.is_final or r.view.complete else 1 for r in self.released), default=3)


def note_monthly(log: RunLog, outcome: MonthlyOutcome) -> None:
    """What a monthly run read and released."""
    intake = outcome.intake
    for received, reading, own in zip(intake.files, intake.readings, intake.findings, strict=True):
        log.note(
            "received",
            sha256=received.sha256,
            received_at=received.received_at,
            submissions=[
                {"id": s.id, "form": s.form, "unit": s.unit, "period": s.period, "observations": len(s.observations)}
                for s in reading.submissions
            ],
            cells=dict(sorted(reading.cells.items())),
            findings=dict(sorted(Counter(f.rule for f in (*reading.findings, *own)).items())),
        )
    log.note(
        "inbox",
        files=intake.files_in_inbox,
        new=len(intake.files),
        duplicates=len(intake.duplicates),
        left=len(intake.left),
        notes=len(intake.notes),
        derived_again=outcome.derived_again,
    )
    for judged in outcome.judged:
        found = dict(sorted(Counter(f.rule for f in judged.found).items()))
        log.note(
            "judged", period=str(judged.month), findings=found, not_run=[asdict(missed) for missed in judged.not_run]
        )
    for released in outcome.released:
        body = released.entry.body
        facts = {name: body[name] for name in ("release", "vintage", "status", "complete")}
        made = _without_letters(body["products"])
        log.note(
            "released", period=str(released.month), new=released.is_new, **facts, products=made,
            changed_by_hand=sum(name.startswith(f"{released.month}/") for name in outcome.changed_by_hand),
        )  # fmt: skip
    for nothing in outcome.impossible:
        log.note("impossible", period=str(nothing.month))


def _without_letters(products: Mapping[str, str]) -> dict[str, str]:
    """Those whose names are the program's own: what goes back to a unit bears the name that it gave its file."""
    return {path: digest for path, digest in products.items() if "/" not in path or path.startswith(_DATA)}
