"""Findings on a month side by side that still ask for something, and how several become one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from pipeline.model import Finding, Severity


def asking(told: Sequence[Finding], *rules: str) -> Iterator[tuple[int, Finding]]:
    """Findings of these rules that ask for something and follow from nothing yet, with their position."""
    for number, finding in enumerate(told):
        if finding.rule in rules and not finding.under and finding.severity is not Severity.NOTE:
            yield number, finding


def by_submission(
    told: Sequence[Finding], is_meant: Callable[[Finding], bool], *rules: str
) -> Iterator[tuple[str, list[int]]]:
    """The positions of those that are meant, submission by submission."""
    groups: dict[str, list[int]] = {}
    for number, finding in asking(told, *rules):
        if is_meant(finding):
            groups.setdefault(finding.submission, []).append(number)
    yield from groups.items()


def gather(told: list[Finding], numbers: Sequence[int], also: str = "") -> None:
    """All these findings under the first of them; `also` is added to its words and may name their `count`."""
    root, *others = numbers
    if others and also:
        told[root] = replace(told[root], message=told[root].message + also.format(count=len(others)))
    for number in others:
        told[number] = replace(told[number], under=told[root].id)
