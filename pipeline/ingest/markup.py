"""XML of spreadsheets parsed by namespace: short names for tags and attributes, no document types, nothing fetched."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from xml.parsers import expat

from pipeline.ingest.characters import decode
from pipeline.ingest.refusal import SEND_EXCEL, Refused, hostile

_NUMBER = re.compile(r"[ \t\r\n]*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[ \t\r\n]*", re.ASCII)
_DECLARED = re.compile(r"""\A<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")


def stored_number(text: str) -> float:
    """A number as XML writes it; raise ValueError for what only Python takes for one: 3_0, full-width digits, inf.

    What has too many digits for a number is infinite.
    """
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return float(found[1])


def finite_number(text: str) -> float:
    """The same, and ValueError for what is infinite."""
    number = stored_number(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


class _Names(dict[str, str]):
    """Short names, made when they are first asked for: nearly all of an XML file is the same few tags."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        super().__init__()
        self._namespaces = namespaces

    def __missing__(self, name: str) -> str:
        space, _, local = name.rpartition(" ")
        short = self[name] = f"{self._namespaces.get(space, '?')}:{local}" if space else local
        return short


class Reader:
    """Base of readers of one XML: `start`, `end` get short names; the text of an element goes to `text`."""

    namespaces: Mapping[str, str] = {}
    """Address of a namespace → its short name; a tag of another namespace keeps its local name after `?:`."""

    def __init__(self) -> None:
        self._names = _Names(self.namespaces)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Characters, in pieces."""

    def parse(self, xml: bytes) -> None:
        """Read it through; raise ExpatError where it is not well-formed, Refused for a document type."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = self._start
        names, end = self._names, self.end
        parser.EndElementHandler = lambda tag: end(names[tag])
        parser.CharacterDataHandler = self.text
        parser.Parse(xml, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        names = self._names
        self.start(names[tag], {names[key]: value for key, value in attributes.items()} if attributes else attributes)


def _refuse_doctype(*_: object) -> None:
    raise hostile("XML 实体声明")


def as_utf8(data: bytes) -> bytes:
    """A bare XML file in UTF-8 without its declaration, whatever Chinese encoding it came in."""
    start = data[:200].decode("latin-1")
    declared = _DECLARED.search(start.lstrip("\xef\xbb\xbf"))
    text = decode(data, declared[1] if declared else "utf-8").text.lstrip("\ufeff \t\r\n")
    return re.sub(r"\A<\?xml[^>]*\?>", "", text).encode("utf-8")


def not_well_formed(kind: str, error: expat.ExpatError) -> Refused:
    """The file is of this kind, and broken at a line."""
    return Refused(
        "F01",
        f"内容其实是 {kind}，但第{error.lineno}行附近的结构不完整（标签没有配对，或是没有填好的模板），没有读取。"
        f"{SEND_EXCEL}",
    )
