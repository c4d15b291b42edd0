"""The checks, run on planted errors as the program runs them, and on the clean months."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from pipeline import validate
from pipeline.jobs.over_time import UNREADABLE_MONEY
from pipeline.model import Finding, Severity, Submission
from pipeline.periods import Month
from pipeline.transform.wordings import (
    LIST_NOT_FOUND,
    Resolved,
    Words,
    is_dangling,
    refers_back,
    resolved,
    texts,
    words_of,
)
from pipeline.transform.wordings import MEASURES as WORDS
from pipeline.validate.doubts import Doubts
from pipeline.validate.history import History as Before
from pipeline.validate.history import told_by
from pipeline.validate.neighbours import Neighbours
from pipeline.validate.past import Past
from tests.sabotage.history import History
from tests.sabotage.in_files import goes_through_a_file, read_back
from tests.sabotage.kinds import KINDS
from tests.sabotage.planting import Planting, is_at, plant

BATCH = 100
"""Submissions judged in one run."""
STATEMENT, RETURN = "M01", "C01"
Turn = tuple[str, int]
"""(kind, number): one error to be planted."""
Told = tuple[Finding, bool]
"""What is found, and whether it is at a place that is truly wrong."""
_inherited: list[tuple[Judge, int]] = []
"""The judge and the seed, for the workers."""


def judged(
    history: History, seed: int, turns: Sequence[Turn]
) -> tuple[dict[Turn, list[Told]], dict[str, list[Finding]], int]:
    """What each error brings that was not there before, what is found in each clean month, how many lay in files.

    In two processes.
    """
    _inherited[:] = [(Judge(history), seed)]
    count = max(2, -(-len(turns) // BATCH))
    with multiprocessing.get_context("fork").Pool(2) as pool:
        batches = pool.imap(_of_batch, [turns[start::count] for start in range(count)])
        months = pool.imap(_of_month, history.months)
        found: dict[Turn, list[Told]] = {}
        in_files = 0
        for told, files in batches:
            found |= dict(told)
            in_files += files
        clean = dict(zip(map(str, history.months), months, strict=True))
    known = {finding.id for findings in clean.values() for finding in findings}
    return {turn: [t for t in found[turn] if t[0].id not in known] for turn in turns}, clean, in_files


def _of_month(month: Month) -> list[Finding]:
    return _inherited[0][0].clean(month)


def _of_batch(turns: Sequence[Turn]) -> tuple[list[tuple[Turn, list[Told]]], int]:
    judge, seed = _inherited[0]
    plantings = [plant(KINDS[name], judge.history, seed, number) for name, number in turns]
    read: dict[int, list[Finding]] = {}
    with TemporaryDirectory() as folder:
        chosen = [at for at, planting in enumerate(plantings) if goes_through_a_file(planting, judge.history)]
        came, told = read_back(judge.history, [plantings[at] for at in chosen], Path(folder))
    for at, planting, findings in zip(chosen, came, told, strict=True):
        plantings[at], read[at] = planting, findings
    alone = judge.alone(plantings, [read.get(at, []) for at in range(len(plantings))])
    told_of = [
        (turn, [(finding, is_at(planting, finding)) for finding in judge.found(planting, found)])
        for turn, planting, found in zip(turns, plantings, alone, strict=True)
    ]
    return told_of, len(chosen)


class Judge:
    """Judges submissions beside the clean ones of their month."""

    def __init__(self, history: History) -> None:
        self.history = history

    @cached_property
    def targets(self) -> Before:
        """What has been set for every year."""
        return Before.of(told_by(sent for sent in self.history.submissions if sent.form == "T01"))

    def clean(self, month: Month) -> list[Finding]:
        """What is found in a clean month, with its year's targets."""
        sent = self.history.of(month)
        alone = self._diagnosed([*sent, *self.history.of(str(month.year))])
        return _with(alone, self._beyond(sent, month, alone))

    def month(self, month: Month) -> list[Finding]:
        """The same as a release judges it: what goes back stands beside nobody."""
        sent = self.history.of(month)
        alone = self._diagnosed([*sent, *self.history.of(str(month.year))])
        sent_back = {finding.submission for finding in alone if finding.severity is Severity.HARD}
        return _with(alone, self._beyond([s for s in sent if s.id not in sent_back], month, alone))

    def alone(self, plantings: Sequence[Planting], read: Sequence[Sequence[Finding]]) -> list[list[Finding]]:
        """What is found in each of these submissions, and against the months before, after what reading found."""
        known = [
            (p.sent, told)
            for p, told in zip(plantings, read, strict=True)
            if not any(finding.rule in UNREADABLE_MONEY for finding in told)
        ]
        by_id: dict[str, list[Finding]] = {}
        apart = [p for p in plantings if p.before]
        known = [(sent, told) for sent, told in known if sent.id not in {p.sent.id for p in apart}]
        for planting in apart:
            by_id[planting.sent.id] = self._diagnosed([planting.sent], past=_otherwise(self.history.past, planting))
        past = replace(self.history.past, replaced={at: said for p in plantings for at, said in p.replaced.items()})
        sent = [one for one, _ in known]
        for finding in self._diagnosed(sent, [f for _, told in known for f in told], past):
            by_id.setdefault(finding.submission, []).append(finding)
        return [
            [*(f for f in told if f.submission != p.sent.id or p.sent.id not in by_id), *by_id.get(p.sent.id, ())]
            for p, told in zip(plantings, read, strict=True)
        ]

    def found(self, planting: Planting, alone: list[Finding]) -> list[Finding]:
        """The same without notes; what is not rejected is in force, and is compared with other forms too."""
        if not any(finding.severity is Severity.HARD for finding in alone) and planting.sent.form != "T01":
            alone = _with(alone, self._beyond(self._beside(planting), Month.parse(planting.sent.period), alone))
        return [finding for finding in alone if finding.severity is not Severity.NOTE]

    def _diagnosed(
        self, sent: Sequence[Submission], read: Sequence[Finding] = (), past: Past | None = None
    ) -> list[Finding]:
        past = past or self.history.past
        periods = sorted({one.period for one in sent if one.form == STATEMENT})
        returns = [one for period in periods for one in self.history.of(period, RETURN)]
        return validate.diagnose([*read, *self._checked(sent, past)], sent, self.history.catalog, past, returns=returns)

    def _checked(self, sent: Sequence[Submission], past: Past | None = None) -> list[Finding]:
        catalog, past = self.history.catalog, past or self.history.past
        return [*validate.check(sent, catalog, self.targets), *validate.check_over_time(sent, catalog, past)]

    # ------------------------------------------------------------------ beside others

    def _beside(self, planting: Planting) -> list[Submission]:
        """What has to be there to judge it: what others say, the unit's own words, the statement that words are about."""
        sent = planting.sent
        others = self.history.of(sent.period)
        areas = {o.area for o in sent.observations}
        if sent.form == STATEMENT:
            near = [s for s in others if _speaks_of(s, sent.unit, areas)]
        elif sent.form == RETURN:
            near = [s for s in others if s.form == STATEMENT]
        else:
            near = [s for s in others if s.form == STATEMENT and s.unit == sent.unit]
        return [*(s for s in near if (s.form, s.unit) != (sent.form, sent.unit)), sent]

    def _beyond(self, in_force: Sequence[Submission], month: Month, alone: Sequence[Finding]) -> list[Finding]:
        neighbours, doubts = self._neighbours(in_force, month), Doubts(alone, self._checked)
        return validate.check_side_by_side(in_force, self.history.catalog, neighbours, doubts)

    def _neighbours(self, in_force: Sequence[Submission], month: Month) -> Neighbours:
        now = self._resolved(month, [sent for sent in in_force if sent.form == WORDS])
        last = self._resolved(month.previous, self.history.of(month.previous, WORDS))
        return Neighbours(
            words=texts(now),
            dangling=frozenset(_dangling(now)),
            words_before=texts(last),
            units_before=frozenset(last),
            statements_before=lambda: self.history.of(month.previous, STATEMENT),
            returns_before=lambda: self.history.of(month.previous, RETURN),
        )

    def _resolved(self, month: Month, sent: Iterable[Submission]) -> dict[str, Resolved]:
        read: list[tuple[Month, dict[str, Words]]] = [(month, dict(words_of(list(sent))))]
        while refers_back(read[-1][1]) & refers_back(read[0][1]):
            month = month.previous
            read.append((month, dict(words_of(self.history.of(month, WORDS)))))
        return resolved(read)


def _with(alone: Sequence[Finding], beyond: Sequence[Finding]) -> list[Finding]:
    """Both; what was found in a return alone and is told again beside others only so."""
    again = {(finding.submission, finding.level) for finding in beyond}
    return [*(finding for finding in alone if (finding.submission, finding.level) not in again), *beyond]


def _otherwise(past: Past, planting: Planting) -> Past:
    """The past in which last month's statement says something else."""
    figures = {code: values.copy() for code, values in past.figures.items()}
    for (unit, area, month, code), value in planting.before.items():
        (at,) = past.places([unit], [area], np.array([month]))
        figures[code][at] = value
    return replace(past, figures=figures)


def _speaks_of(other: Submission, unit: str, areas: set[str]) -> bool:
    """Whether it is compared with a statement of this unit on these areas, or is another statement."""
    own_words = other.form == WORDS and other.unit == unit
    return other.form == STATEMENT or own_words or (other.form == RETURN and bool(_about(other) & areas))


def _about(sent: Submission) -> set[str]:
    return {seen.area for seen in sent.observations}


def _dangling(measures: dict[str, Resolved]) -> Iterator[tuple[str, str]]:
    for unit, found in measures.items():
        for item, wording in found.wordings.items():
            if is_dangling(wording) or LIST_NOT_FOUND in wording.items:
                yield unit, item
