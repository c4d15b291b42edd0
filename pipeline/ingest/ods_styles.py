"""Styles of OpenDocument: which number format a cell is shown by, and what a style hides."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.ingest import number_format
from pipeline.ingest.number_format import GENERAL, NumberFormat

_DATA_STYLES = {"number:number-style", "number:percentage-style", "number:currency-style"}
_POSITIVE = ("value()>=0", "value()>0")
_MOST_DIGITS = 30


@dataclass(slots=True)
class _Style:
    parent: str
    data_style: str


@dataclass(slots=True)
class _DataStyle:
    """A number format, written anew as the format code that a workbook would have."""

    code: str = ""
    positive: str = ""
    """The style that is shown in its stead for amounts above zero."""


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
    _formats: dict[str, NumberFormat] = field(default_factory=dict)

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
        elif tag == "style:map" and self._open and attributes.get("style:condition", "").replace(" ", "") in _POSITIVE:
            self._open.positive = attributes.get("style:apply-style-name", "")
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

    def of_cell(self, name: str) -> NumberFormat:
        """The number format of a cell style, its own or the nearest of its ancestors'."""
        if name not in self._formats:
            self._formats[name] = self._found(name)
        return self._formats[name]

    def _found(self, name: str) -> NumberFormat:
        met: set[str] = set()
        while name in self._styles and name not in met:
            met.add(name)
            if self._styles[name].data_style:
                return self._parsed(self._styles[name].data_style)
            name = self._styles[name].parent
        return GENERAL

    def _parsed(self, name: str) -> NumberFormat:
        style = self._data.get(name)
        if style is None:
            return GENERAL
        positive = self._data.get(style.positive)
        return number_format.parse((positive or style).code)


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
        return _is_zero(attributes.get("style:row-height"))
    return tag == "style:table-column-properties" and _is_zero(attributes.get("style:column-width"))


def _is_zero(length: str | None) -> bool:
    return length is not None and not length.strip("0.abcdefghijklmnopqrstuvwxyz")
