"""Figures in a bank's words that are not its statement's, each matter once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Finding
from pipeline.validate.derived import DERIVED
from pipeline.validate.diagnosis.asking import asking, by_submission, gather
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.frames import Book

UNCHANGED, CONTRADICTED = "Q01-1", "Q01-2"
LAST_MONTHS = Cause.LAST_MONTHS.name.lower()
_TOO_MANY_TO_BE_SLIPS = 3


def what_follows(told: list[Finding], measures: Book) -> None:
    """Fold what follows from another figure of the same words, or from not having renewed them at a quarter's end."""
    _derived_follow(told)
    _not_renewed(told, measures)


def wrong_together(told: list[Finding]) -> None:
    """Fold figures that are wrong together: those that are last month's, loans and amount of the same lending."""
    for _, numbers in by_submission(told, lambda f: f.cause == LAST_MONTHS, CONTRADICTED):
        gather(told, numbers, "另有{count}个数也与上月月报相同，一并更新。")
    for _, numbers in by_submission(told, lambda f: True, CONTRADICTED):
        for group in _matters(told, numbers):
            gather(told, group, "另有{count}个数也与月报不一致，一并核对。")


def matter(indicator: str) -> tuple[str, str]:
    """(what happened, in which span): of disbursed_loans_ytd disbursed and ytd."""
    *_, span = indicator.split("_")
    return indicator.partition("_")[0], span if span in ("mtd", "ytd", "cum") else ""


def _not_renewed(told: list[Finding], measures: Book) -> None:
    """Figures in words that were not renewed contradict the statement because of that."""
    unchanged = {f.submission: f for _, f in asking(told, UNCHANGED)}
    items = {
        (sent.id, seen.sheet, seen.cell): measures.form.by_code[seen.indicator].label
        for sent in measures.submissions
        for seen in sent.observations
    }
    for number, finding in asking(told, CONTRADICTED):
        root = unchanged.get(finding.submission)
        item = items.get((finding.submission, finding.sheet, finding.cell))
        if root and item in root.value.split("、"):
            told[number] = replace(finding, under=root.id)


def _matters(told: Sequence[Finding], numbers: Sequence[int]) -> list[list[int]]:
    """Figures of one lending or of one balance.

    So many of them that the words and the statement are not of the same figures at all are one matter too.
    """
    if len(numbers) >= _TOO_MANY_TO_BE_SLIPS:
        return [list(numbers)]
    groups: dict[tuple[str, str], list[int]] = {}
    for number in numbers:
        groups.setdefault(matter(told[number].indicator), []).append(number)
    return list(groups.values())


def _derived_follow(told: list[Finding]) -> None:
    """A ratio, an average or a change differs because what it is made from does; a growth because the change does."""
    contradicted = {(f.submission, f.indicator): f for _, f in asking(told, CONTRADICTED)}
    for number, finding in asking(told, CONTRADICTED):
        derived = DERIVED.get(finding.indicator)
        made_from = (*derived.made_from, finding.indicator.replace("_growth", "")) if derived else ()
        keys = [(finding.submission, code) for code in made_from if code != finding.indicator]
        roots = [contradicted[key] for key in keys if key in contradicted]
        if roots:
            told[number] = replace(finding, under=roots[0].id)
