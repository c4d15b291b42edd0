"""Statements are diagnosed a few at a time: looking one up costs as much as the book is long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.model import Finding, Submission
from pipeline.validate.diagnosis.under import is_to_answer

AT_ONCE = 25
"""Statements in one book: more make each look-up dearer, fewer make the rules run more often."""
Portion = tuple[list[Submission], list[int]]
"""Statements, and where their findings stand among all."""


def portions(found: Sequence[Finding], statements: Sequence[Submission]) -> Iterator[Portion]:
    """The statements of which something has to be answered, and all that is found on them; each is judged by itself."""
    numbers_of: dict[str, list[int]] = {}
    for number, finding in enumerate(found):
        numbers_of.setdefault(finding.submission, []).append(number)
    asked = {finding.submission for finding in found if is_to_answer(finding)}
    waiting = [statement for statement in statements if statement.id in asked]
    for start in range(0, len(waiting), AT_ONCE):
        portion = waiting[start : start + AT_ONCE]
        yield portion, sorted(number for statement in portion for number in numbers_of[statement.id])
