"""Styles of OpenDocument as far as they set signs apart: of a cell, of a paragraph in it, or of words in that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.ingest.apart import Apart, of_runs

Style = tuple[str, str]
"""Family (table-cell, paragraph, text) and name."""
Styled = tuple[str, tuple[Style, ...]]
"""A piece of a cell's text, and the styles around it, the outer one first."""

_LINES_THROUGH = ("style:text-line-through-style", "style:text-line-through-type")


@dataclass(slots=True)
class _Look:
    """What a style states itself; None: nothing, so that what is around it counts."""

    parent: str
    struck: bool | None = None
    position: Apart | str | None = None
    """Empty: neither raised nor lowered."""


class Standing:
    """Collects styles while they are parsed, then answers for cells."""

    def __init__(self) -> None:
        self._looks: dict[Style, _Look] = {}
        self._open: _Look | None = None
        self.sets_apart = False
        """Some style does: else there is nothing to ask."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take note of an element that begins."""
        if tag == "style:style":
            self._open = _Look(attributes.get("style:parent-style-name", ""))
            self._looks[attributes.get("style:family", ""), attributes.get("style:name", "")] = self._open
        elif tag == "style:text-properties" and self._open:
            self._open.struck = _struck(attributes)
            self._open.position = _position(attributes.get("style:text-position", ""))
            self.sets_apart |= bool(self._open.struck or self._open.position)

    def end(self, tag: str) -> None:
        """Take note of an element that ends."""
        if tag == "style:style":
            self._open = None

    def of(self, cell: str, pieces: Iterable[Styled]) -> str:
        """How the signs of a cell of this style stand apart; one without a text shows a number all the same."""
        if not self.sets_apart:
            return ""
        own: Style = ("table-cell", cell)
        found = [(text, self.look((own, *styles))) for text, styles in pieces]
        return of_runs(found or [("0", self.look((own,)))]) or ""

    def look(self, styles: tuple[Style, ...]) -> Apart | None:
        """How signs stand within these styles, the outer one first."""
        struck, position = False, ""
        for style in styles:
            for look in reversed(list(self._line(style))):
                struck = struck if look.struck is None else look.struck
                position = position if look.position is None else look.position
        return Apart.STRUCK if struck else Apart(position) if position else None

    def _line(self, style: Style) -> Iterable[_Look]:
        """A style and its ancestors."""
        family, name = style
        met: set[str] = set()
        while (family, name) in self._looks and name not in met:
            met.add(name)
            yield self._looks[family, name]
            name = self._looks[family, name].parent


def _struck(attributes: dict[str, str]) -> bool | None:
    stated = [attributes[key] for key in _LINES_THROUGH if key in attributes]
    return any(value != "none" for value in stated) if stated else None


def _position(stated: str) -> Apart | str | None:
    """`super 58%`, `-33% 58%`; how far comes first."""
    if not stated.strip():
        return None
    how = stated.split()[0]
    if how in ("super", "sub"):
        return Apart.RAISED if how == "super" else Apart.LOWERED
    if not how.strip("0.%-+"):
        return ""
    return Apart.LOWERED if how.startswith("-") else Apart.RAISED
