"""Fonts of Excel 2003's XML as far as they set signs apart: of a cell's style, and of words within its text."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.ingest.apart import Apart, Piece

_TAGS = {"html:Sup": Apart.RAISED, "html:Sub": Apart.LOWERED, "html:S": Apart.STRUCK, "html:Strike": Apart.STRUCK}
_SCRIPTS = {"Superscript": Apart.RAISED, "Subscript": Apart.LOWERED}


def look_of(tags: Iterable[str]) -> Apart | None:
    """How signs stand that are within these tags."""
    found = {look for tag in tags if (look := _TAGS.get(tag))}
    return next((look for look in Apart if look in found), None)


class Standing:
    """Collects styles while they are parsed, then answers for cells."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}
        self._fonts: dict[str, Apart | None] = {}
        self._style = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take note of an element of a style that begins."""
        if tag == "ss:Style":
            self._style = attributes.get("ss:ID", "")
            self._parents[self._style] = attributes.get("ss:Parent", "")
        elif tag == "ss:Font":
            struck = attributes.get("ss:StrikeThrough") == "1"
            self._fonts[self._style] = Apart.STRUCK if struck else _SCRIPTS.get(attributes.get("ss:VerticalAlign", ""))

    def pieces(self, style: str, own: Iterable[Piece]) -> list[Piece]:
        """How the signs of a cell of this style stand; pieces of its text say what their own tags say."""
        of_cell = self._font(style)
        return [(text, look or of_cell) for text, look in own]

    def _font(self, style: str) -> Apart | None:
        met: set[str] = set()
        while style in self._parents and style not in met:
            met.add(style)
            if style in self._fonts:
                return self._fonts[style]
            style = self._parents[style]
        return None
