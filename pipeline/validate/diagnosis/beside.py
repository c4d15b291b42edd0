"""What is compared side by side in a month, each matter once: statements, county returns, words of the measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.model import Finding
from pipeline.validate.diagnosis.accused import tell_at_the_accused
from pipeline.validate.diagnosis.doubted import tell_with_the_doubt
from pipeline.validate.diagnosis.gathering import to_the_root
from pipeline.validate.diagnosis.in_returns import one_matter_each
from pipeline.validate.diagnosis.in_words import what_follows, wrong_together
from pipeline.validate.diagnosis.testimony import Denied, Words, columns_denied, words_against
from pipeline.validate.doubts import NO_DOUBTS, Doubts
from pipeline.validate.frames import Book
from pipeline.validate.neighbours import MEASURES, RETURN, STATEMENT


def told_once(found: Sequence[Finding], books: Mapping[str, Book], doubts: Doubts = NO_DOUBTS) -> list[Finding]:
    """The same findings, those that are one matter with another folded under it.

    One may move to the figure meant; where several speak against one statement, a finding at its figure is added, and
    theirs are under it. What a return or words have wrong by themselves comes first: that is no testimony.
    """
    told = list(found)
    if RETURN in books:
        one_matter_each(told, books[RETURN])
    if MEASURES in books:
        what_follows(told, books[MEASURES])
    if STATEMENT in books:
        _against_statements(told, books, doubts)
    wrong_together(told)
    return to_the_root(told)


def _against_statements(told: list[Finding], books: Mapping[str, Book], doubts: Doubts) -> None:
    """What counties and words say against statements; twice, for who is told with a doubt is no witness any more."""
    banks = books[STATEMENT]
    if doubts.found:
        denied, words = _testimony(told, books)
        tell_with_the_doubt(told, banks, denied, words, doubts)
    denied, words = _testimony(told, books)
    tell_at_the_accused(told, banks, denied, words)


def _testimony(told: Sequence[Finding], books: Mapping[str, Book]) -> tuple[Denied, Words]:
    denied = columns_denied(told, books[STATEMENT], books[RETURN]) if RETURN in books else {}
    return denied, words_against(told, books) if MEASURES in books else {}
