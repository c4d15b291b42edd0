"""Comments that we write at faulty cells, as who writes them and who reads them again know them.

Such a comment ends with a code of its words: what anybody adds or changes shows, whatever program saved the file.
"""

from __future__ import annotations

import re

from pipeline.model.digests import digest

_SENTENCE = "（本批注为审核时所加，不用填写。核对码："
_CODE = re.compile(re.escape(_SENTENCE) + r"([0-9a-f]{12})）")
_BEFORE = "【原批注】"
"""Begins what stood at the cell before."""


def signed(words: str, before: str = "") -> str:
    """Our words with their code; below them what stood there before."""
    return f"{words}\n{_SENTENCE}{_code(words)}）" + (f"\n{_BEFORE}{before}" if before else "")


def of_others(text: str) -> str:
    """What of a comment is not ours: all of it, unless it begins as we wrote it."""
    found = _CODE.search(text)
    if found is None or found[1] != _code(text[: found.start()]):
        return text
    return text[found.end() :].strip().removeprefix(_BEFORE)


def is_ours(text: str) -> bool:
    """Whether a comment begins as we wrote it, whatever stands below."""
    return of_others(text) != text


def _code(words: str) -> str:
    """Of the words without blanks: one program writes the ends of lines so, another so."""
    return digest("".join(words.replace("_x000D_", "").split()))
