"""Signs that stand apart from the rest of a cell's text: a footnote's mark behind a figure, an old figure struck out.

30 with a raised 2 is not 302, a struck 100 before 30.25 not 10030.25. A reader of files says so of the cell
(`Cell.apart`); whoever reads a figure in it refuses to (`values`), words and headers are what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum


class Apart(StrEnum):
    """How signs stand apart; the value is what that is called."""

    STRUCK = "删除线"
    RAISED = "上标"
    LOWERED = "下标"
    ALL_STRUCK = "整格删除线"
    """Nothing but struck signs: what they say is sure, whether it is still meant is not."""


Piece = tuple[str, Apart | None]
"""A piece of a text, and how its signs stand."""

_MARK = re.compile(r"\s*[(\[（【〔]?(?:注?\d{1,2}|注|[a-z*\uff0a※①-⑳])[)\]）】〕]?\s*", re.ASCII)
_WORD = re.compile("[\u4e00-\u9fff][)）”》]?\\s*$")


def of_runs(runs: Iterable[Piece]) -> Apart | None:
    """What holds of a text, from its pieces and how each of them stands; pieces of blanks say nothing."""
    kinds = {kind for text, kind in runs if text.strip()}
    if not kinds:
        return None
    if kinds == {Apart.STRUCK}:
        return Apart.ALL_STRUCK
    return next((kind for kind in Apart if kind in kinds), None)


def words_of(runs: Iterable[Piece]) -> str:
    """The text without raised marks behind its words, which are no part of them: 期末余额¹; the 2 of 300m² stays."""
    words = ""
    for text, kind in runs:
        if not (kind is Apart.RAISED and _MARK.fullmatch(text) and _WORD.search(words)):
            words += text
    return words


def pieces_of(text: str, runs: Sequence[tuple[int, Apart | None]]) -> list[Piece]:
    """The pieces of a text of a binary workbook, from where its runs start and how each of them stands.

    Starts count as such files store texts: a sign beyond the first 65,536 is two.
    """
    signs = text.encode("utf-16-le", "surrogatepass")
    ends = [start for start, _ in runs[1:]] + [len(signs)]
    return [
        (signs[2 * start : 2 * end].decode("utf-16-le", "replace"), look)
        for (start, look), end in zip(runs, ends, strict=True)
    ]
