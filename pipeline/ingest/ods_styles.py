"""Styles of OpenDocument: which number format a cell is shown by, and what a style hides."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.ingest import number_format
from pipeline.ingest.number_format import GENERAL, NumberFormat, holds
from pipeline.ingest.out_of_sight import is_low, is_narrow
from pipeline.model import Scalar

_DATA_STYLES = {"number:number-style", "number:percentage-style", "number:currency-style", "number:text-style"}
_OTHER_LOOKS = {"number:scientific-number": "0.00E+00", "number:fraction": "# ?/?", "number:text-content": "@"}
_LENGTH = re.compile(r"(\d*\.?\d+)(mm|cm|in|pt|pc|px)")
_POINTS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72, "pt": 1, "pc": 12, "px": 0.75}
_MOST_DIGITS = 30


@dataclass(slots=True)
class _Style:
    parent: str
    data_style: str


@dataclass(slots=True)
class _DataStyle:
    """A number format, written anew as the format code that a workbook would have."""

    code: str = ""
    instead: list[tuple[str, str]] = field(default_factory=list)
    """Condition → the style that is shown in its stead, the first that holds."""


@dataclass(slots=True)
class Styles:
    """Collects the styles of styles.xml and content.xml while these are parsed, then answers for cells."""

    hidden: set[tuple[str, str]] = field(default_factory=set)
    """(family, name) of styles that make a table, row or column invisible."""
    _styles: dict[str, _Style] = field(default_factory=dict)
    _data: dict[str, _DataStyle] = field(default_factory=dict)
    _at: tuple[str, str] = ("", "")
    _open: _DataStyle | None = None
    _number: dict[str, str] | None = None
    _moved: int = 0
    _found: dict[str, _DataStyle | None] = field(default_factory=dict)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take note of an element that begins."""
        name = attributes.get("style:name", "")
        if tag in _DATA_STYLES:
            self._open = self._data[name] = _DataStyle()
        elif tag == "style:style":
            self._at = (attributes.get("style:family", ""), name)
            if self._at[0] == "table-cell":
                parent, data = attributes.get("style:parent-style-name", ""), attributes.get("style:data-style-name")
                self._styles[name] = _Style(parent, data or "")
        elif tag == "number:number" and self._open:
            self._number, self._moved = attributes, 0
        elif tag == "number:embedded-text":
            self._moved = min(_whole(attributes.get("number:position")), _MOST_DIGITS)
        elif tag in _OTHER_LOOKS and self._open:
            self._open.code += _OTHER_LOOKS[tag]
        elif tag == "style:map" and self._open:
            condition = attributes.get("style:condition", "").replace(" ", "").replace("!=", "<>")
            self._open.instead.append((condition.removeprefix("value()"), attributes.get("style:apply-style-name", "")))
        elif _hides(tag, attributes):
            self.hidden.add(self._at)

    def end(self, tag: str, text: str) -> None:
        """Take note of an element that ends, and of its text."""
        if tag in _DATA_STYLES:
            self._open = None
        elif self._open is None:
            return
        elif tag in ("number:text", "number:currency-symbol"):
            quoted = text.replace('"', "")
            self._open.code += "%" if quoted.strip() == "%" else f'"{quoted}"'
        elif tag == "number:embedded-text" and text.strip() != ".":
            self._moved = 0
        elif tag == "number:number" and self._number is not None:
            self._open.code += _digits(self._number, self._moved)
            self._number = None

    def of_cell(self, name: str, value: Scalar) -> NumberFormat:
        """How a cell of this style shows this number: by the style's own number format or its nearest ancestor's."""
        style = self._style_of(name)
        if style is None or not isinstance(value, int | float):
            return GENERAL
        chosen = (self._data.get(instead) for condition, instead in style.instead if holds(condition, value))
        return number_format.parse(next(filter(None, chosen), style).code, value)

    def by_sign(self, name: str) -> bool:
        """Whether a cell of this style shows some numbers, those below zero say, in a way of their own."""
        style = self._style_of(name)
        return style is not None and bool(style.instead)

    def _style_of(self, name: str) -> _DataStyle | None:
        if name not in self._found:
            self._found[name] = self._data_style(name)
        return self._found[name]

    def _data_style(self, name: str) -> _DataStyle | None:
        met: set[str] = set()
        while name in self._styles and name not in met:
            met.add(name)
            if self._styles[name].data_style:
                return self._data.get(self._styles[name].data_style)
            name = self._styles[name].parent
        return None


def _digits(attributes: dict[str, str], moved: int) -> str:
    """The digits of a format code; a literal point so many digits before their end shows 元 as 万元, say."""
    decimals = attributes.get("number:decimal-places")
    if decimals is None:
        return "General"
    places = min(_whole(decimals), _MOST_DIGITS)
    point = f'"."{"0" * moved}' if moved else ""
    thousands = attributes.get("number:display-factor", "1").count("000")
    return "0" + point + "." * bool(places) + "0" * places + "," * thousands


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 4 else 0


def _hides(tag: str, attributes: dict[str, str]) -> bool:
    if tag == "style:table-properties":
        return attributes.get("table:display") == "false"
    if tag == "style:table-row-properties":
        return is_low(_points(attributes.get("style:row-height")))
    return tag == "style:table-column-properties" and is_narrow(_points(attributes.get("style:column-width")))


def _points(length: str | None) -> float | None:
    found = _LENGTH.fullmatch((length or "").strip())
    return float(found[1]) * _POINTS[found[2]] if found else None
