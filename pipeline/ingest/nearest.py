"""Which indicators an unknown header comes nearest to by name: a proposal for a person, never a reading."""

from __future__ import annotations

import re
import shlex
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from pipeline.catalog import Meaning
from pipeline.ingest.matching import Words, folded

MOST = 3
NEAR_ENOUGH = 0.6
"""Of difflib's ratio: two of three characters are the same and in the same order."""
NOT_FAR_BEHIND = 0.2
"""One that is much less near than the nearest is not meant."""
_EVERYWHERE = re.compile(r"贷款|余额|金额|户数|笔数|情况|合计|[数额]$")
"""Words that half of all headers have: two headers that share these alone are not alike."""
LONGEST = 60
"""Characters of a header that is compared: longer ones are sentences."""


@dataclass(frozen=True, slots=True)
class Near:
    """An indicator as it is proposed."""

    code: str
    """`outstanding_amount`, or `mirror_outstanding_amount@rcb` where the form asks by institution."""
    label: str


def nearest(text: str, words: Words, taken: Collection[Meaning] = (), most: int = MOST) -> tuple[Near, ...]:
    """At most so many indicators of the form whose label, alias or row is near to this text, the nearest first.

    Those that stand in the table already (`taken`) are not meant a second time.
    """
    key = folded(text).replace("/", "")
    if not 2 <= len(key) <= LONGEST:
        return ()
    scores: dict[Meaning, float] = {}
    for spelling, meaning in _spellings(words):
        if meaning in taken or not _shares_its_subject(key, spelling):
            continue
        score = _likeness(key, spelling)
        if score >= NEAR_ENOUGH:
            scores[meaning] = max(scores.get(meaning, 0), score)
    least = max(scores.values(), default=0) - NOT_FAR_BEHIND
    scores = {meaning: score for meaning, score in scores.items() if score >= least}
    found = sorted(scores, key=lambda meaning: (-scores[meaning], meaning))[:most]
    return tuple(Near("@".join(filter(None, meaning)), label_of(words, meaning)) for meaning in found)


def label_of(words: Words, meaning: Meaning) -> str:
    """How an indicator is called in the form: 「期末余额/金额」; by institution in the words of its files."""
    code, institution = meaning
    column = words.form.by_code[code]
    if not column.by_institution:
        return column.label
    return next((key for key, found in words.paths.items() if found == meaning), f"{column.label}@{institution}")


def _spellings(words: Words) -> Iterator[tuple[str, Meaning]]:
    for key, meaning in words.paths.items():
        if "/" not in key:
            yield key, meaning
    for key, meanings in words.rows.items():
        if "/" not in key:
            yield from ((key, meaning) for meaning in meanings)


@lru_cache(maxsize=65536)
def _shares_its_subject(one: str, other: str) -> bool:
    """Whether two headers have a character in common beside the words that stand everywhere, or nothing but those."""
    first, second = (set(_EVERYWHERE.sub("", text)) for text in (one, other))
    return bool(first & second) or not (first or second)


@lru_cache(maxsize=65536)
def _likeness(one: str, other: str) -> float:
    if 2 * min(len(one), len(other)) < NEAR_ENOUGH * (len(one) + len(other)):
        return 0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= NEAR_ENOUGH else 0


def proposal(near: Iterable[Near], file: str, sheet: str, cell: str) -> str:
    """「最接近的指标：…」, and the command by which a person says which of them is meant, if any."""
    listed = [f"{one.label}（{one.code}）" for one in near]
    said = f"最接近的指标：{'、'.join(listed)}。" if listed else ""
    # Names of files and sheets come from strangers, and the line is there to be copied into a shell.
    place = f"{shlex.quote(_one_line(file))} {shlex.quote(_one_line(f'{sheet}!{cell}'))}"
    return f"{said}确属某个指标的，可由本办认定：accept-header {place} 指标代码 --by 姓名。"


def _one_line(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)
