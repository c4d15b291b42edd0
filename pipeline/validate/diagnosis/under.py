"""Findings that follow from one that is told: put under it, by position among all findings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from pipeline.model import Finding, Severity, Submission

Check = Callable[[Sequence[Submission]], Sequence[Finding]]
"""The rules, run on statements; those of one run have to have different ids."""
Folded = dict[int, Finding]
"""By position among the findings: those that are told in other words, and those that follow from one."""


def under(
    found: Sequence[Finding], roots: Mapping[int, Finding], left: Collection[tuple[str, ...]] = frozenset()
) -> Folded:
    """These roots as they are told, and all that is to be answered in their submissions under them but what is left."""
    by_submission = {root.submission: (number, root) for number, root in roots.items()}
    folded: Folded = dict(roots)
    for number, finding in enumerate(found):
        if not is_to_answer(finding) or finding.submission not in by_submission:
            continue
        own, root = by_submission[finding.submission]
        if number != own and (finding.submission, *key_of(finding)) not in left:
            folded[number] = replace(finding, under=root.under or root.id)
    return folded


def left_after(check: Check, corrected: Sequence[Submission]) -> dict[str, set[tuple[str, str, str]]]:
    """By submission, what the rules still find in statements with other figures; they are not run for none."""
    left: dict[str, set[tuple[str, str, str]]] = {}
    for finding in check(corrected) if corrected else ():
        left.setdefault(finding.submission, set()).add(key_of(finding))
    return left


def is_to_answer(finding: Finding) -> bool:
    """Whether something has to be done about it; what reading a file found (level 0) is told by itself."""
    return finding.level > 0 and finding.severity is not Severity.NOTE


def key_of(finding: Finding) -> tuple[str, str, str]:
    """What makes two findings on the same statement the same."""
    return finding.rule, finding.area, finding.indicator
