"""What the rules of one form find in the statements in force, where it is held against what others say of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.model import Finding, Submission


def _finds_nothing(corrected: Sequence[Submission]) -> Sequence[Finding]:
    del corrected
    return ()


@dataclass(frozen=True, slots=True)
class Doubts:
    """Findings on statements as they are told, and the rules that found them, to be run on a corrected statement."""

    found: Sequence[Finding] = ()
    check: Callable[[Sequence[Submission]], Sequence[Finding]] = _finds_nothing


NO_DOUBTS = Doubts()
