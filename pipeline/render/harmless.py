"""Text from outside before it stands on a page: what cannot be seen is named, what is too long is cut and says so."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_LAYOUT = "\n\t"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Unicode categories without a shape of their own: controls, marks that turn the reading order, halves of pairs."""

_PLAIN = re.compile(r"[\n\t\x20-\x7e\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e·“”\u2018\u2019…—]*")
"""What nearly all texts consist of."""

_UNSEEN_BREAKS = re.compile("[\u00ad\u200b\u2060\ufeff]")
_JOINER = "\N{ZERO WIDTH JOINER}"
"""Holds the parts of an emoji together."""


def printable(text: str) -> str:
    """The text without what only guides line breaks; other characters that cannot be seen are named."""
    if _PLAIN.fullmatch(text):
        return text
    return _JOINER.join(map(visible, _UNSEEN_BREAKS.sub("", text).split(_JOINER)))


def visible(text: str) -> str:
    """The text with every character that shows nothing or turns its neighbours around written as ⟨U+202E⟩."""
    if _PLAIN.fullmatch(text):
        return text
    return "".join(map(_shown, text.replace("\r\n", "\n")))


@cache
def _shown(character: str) -> str:
    never_a_character = ord(character) & 0xFFFE == 0xFFFE
    unseen = never_a_character or (character not in _LAYOUT and unicodedata.category(character) in _UNSEEN)
    return f"⟨U+{ord(character):04X}⟩" if unseen else character


_NOT_IN_A_PATH = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def path_part(text: str, limit: int) -> str:
    """A name as a file or folder of any system may have it: never a way out of its folder, never empty."""
    plain = _NOT_IN_A_PATH.sub("_", printable(text)).strip(" .")[:limit].strip(" .")
    return plain or "_"


def shortened(text: str, limit: int, where: str) -> str:
    """At most `limit` characters of a text, then how long it is and where the whole of it stands."""
    return text if len(text) <= limit else f"{text[:limit]}……（全文共{len(text)}字，见{where}）"
