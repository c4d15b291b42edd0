"""Figures beyond a bound that another figure sets them: put at the bound, what else would be gone goes with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.catalog.forms import Column
from pipeline.model import Bound, Finding, Severity, Submission
from pipeline.money import FEN_PER_YUAN
from pipeline.validate.diagnosis.under import Check, is_to_answer, key_of, left_after
from pipeline.validate.frames import Book

MOST_TRIED = 12
"""Findings of one statement. Whoever has more must look at it all anyway."""
_HARDLY_EVER_TRUE = "A28"
"""The rule that only asks, though hardly any true figure is beyond its bounds."""


@dataclass(frozen=True, eq=False)
class _Trial:
    """A finding, by its number, and the statement with its figure at the bound."""

    number: int
    at_bound: Submission


def bounded(found: Sequence[Finding], book: Book, check: Check) -> list[Finding]:
    """The same findings, those that would be gone with one that has a bound, and are no heavier, folded under it."""
    told = list(found)
    trials = list(_trials(told, book))
    left = left_after(check, [trial.at_bound for trial in trials])
    open_ones: dict[str, list[int]] = {}
    for number, finding in enumerate(told):
        if _is_open(finding):
            open_ones.setdefault(finding.submission, []).append(number)
    for trial in trials:
        root, still = told[trial.number], left.get(trial.at_bound.id, set())
        others = [number for number in open_ones[root.submission] if number != trial.number and not told[number].under]
        known = {key_of(told[number]) for number in open_ones[root.submission]}
        if root.under or key_of(root) in still or still - known:
            continue
        for number in others:
            if key_of(told[number]) not in still and told[number].severity.rank >= root.severity.rank:
                told[number] = replace(told[number], under=root.id)
    return told


def _is_open(finding: Finding) -> bool:
    return is_to_answer(finding) and not finding.under


def _tells_a_bound(finding: Finding) -> bool:
    return finding.severity is Severity.HARD or (finding.rule == _HARDLY_EVER_TRUE and finding.bound is not Bound.EXACT)


def _trials(told: Sequence[Finding], book: Book) -> Iterator[_Trial]:
    """Of every statement with more than one finding, those that say how much a figure may be."""
    by_id = {submission.id: submission for submission in book.submissions}
    by_submission: dict[str, list[int]] = {}
    for number, finding in enumerate(told):
        if finding.submission in by_id and _is_open(finding):
            by_submission.setdefault(finding.submission, []).append(number)
    for submission, numbers in by_submission.items():
        if len(numbers) < 2:
            continue
        with_bound = [n for n in numbers if _tells_a_bound(told[n]) and not told[n].cause and told[n].cell]
        for number in with_bound[:MOST_TRIED]:
            at_bound = _at_bound(by_id[submission], told[number], book)
            if at_bound is not None:
                yield _Trial(number, replace(at_bound, sha256=f"{at_bound.sha256}#bound{number}"))


def _at_bound(submission: Submission, finding: Finding, book: Book) -> Submission | None:
    column = book.form.by_code.get(finding.indicator)
    if column is None or column.is_text or not finding.expected:
        return None
    value = _value(column, finding.expected)
    observations = [
        replace(seen, value=value) if (seen.sheet, seen.cell) == (finding.sheet, finding.cell) else seen
        for seen in submission.observations
    ]
    return replace(submission, observations=observations)


def _value(column: Column, text: str) -> int:
    """A figure of a finding in whole units: fen, counts, millionths of a percentage point."""
    scale = FEN_PER_YUAN if column.is_amount else 10**6 if column.is_rate else 1
    return int(Decimal(text) * scale)
