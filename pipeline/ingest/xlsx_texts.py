"""Texts of an .xlsx beside its cells: comments, and the texts that cells share, read beside calamine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pipeline.ingest import limits
from pipeline.ingest.opc import relations
from pipeline.ingest.package import Package
from pipeline.ingest.refusal import damaged, hostile, too_big
from pipeline.ingest.rich_text import RichText, TextReader
from pipeline.ingest.sheet_xml import SheetXml, local, xml_parser

_STATED = re.compile(rb"""<(?:\w+:)?sst\b[^>]*?uniqueCount\s*=\s*["'](\d{1,20})["']""")
_STATED_COUNTS_FROM = 1_000_000
_SHORTEST_ITEM = len(b"<si/>")
Text = str | RichText
"""A plain text, or one with runs."""

_LINE_END = re.compile(r"\r\n?")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def shared_texts(xml: bytes | None, sheets: Iterable[SheetXml]) -> list[Text]:
    """The texts that cells share; raise Refused where their list makes its reader take memory without end.

    calamine makes room for as many texts as the list says it has, and copies a text for every cell that shows it.
    """
    if xml is None:
        return []
    stated = _STATED.search(xml[:4096])
    if stated and int(stated[1]) > max(_STATED_COUNTS_FROM, len(xml) // _SHORTEST_ITEM):
        raise hostile("共享文字的个数不实")
    texts = _read_texts(xml)
    shown = [(cell.value or "").strip() for sheet in sheets for cell in sheet.cells if cell.type == "s"]
    if not all(index.isdecimal() and int(index) < len(texts) for index in shown):
        raise damaged("单元格指向的共享文字不存在")
    if len(xml) * len(shown) > limits.MAX_TEXT_IN_ALL:
        total = sum(len(said(texts[int(index)])) for index in shown)
        if total > limits.MAX_TEXT_IN_ALL:
            raise too_big(f"各单元格的文字合计有{total:,}个字（最多{limits.MAX_TEXT_IN_ALL:,}个字）")
    return texts


def said(text: Text) -> str:
    """What a text says."""
    return text if isinstance(text, str) else text.text


def _read_texts(xml: bytes) -> list[Text]:
    reading = _Texts()
    reading.parser.Parse(xml, True)
    return reading.found


class _Texts:
    """Handlers of one parse. Nearly all texts are plain, a list may have some hundred thousand: these go first."""

    def __init__(self) -> None:
        self.found: list[Text] = []
        self.parser = xml_parser()
        self._rich = TextReader(self.parser)
        self._plain: list[str] = []
        self._is_written = False
        self._listen()

    def _listen(self) -> None:
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if ":" in tag:
            tag = local(tag)
        if tag == "si":
            self._plain, self._is_written = [], False
        elif tag == "t" and not self._is_written:
            self._is_written = True
            self.parser.CharacterDataHandler = self._plain.append
        elif self.parser.CharacterDataHandler is not None:
            raise damaged("共享文字里另有标签")
        elif tag not in ("sst", "phoneticPr"):
            self._rich.begin("".join(self._plain))
            self._rich.start(tag, attributes)
            self.parser.StartElementHandler = self._rich.start
            self.parser.EndElementHandler = self._end_rich

    def _end(self, tag: str) -> None:
        if ":" in tag:
            tag = local(tag)
        if tag == "t":
            self.parser.CharacterDataHandler = None
        elif tag == "si":
            self._keep("".join(self._plain))

    def _end_rich(self, _: str) -> None:
        if self._rich.end():
            self._keep(self._rich.taken())
            self._listen()

    def _keep(self, text: Text) -> None:
        self.found.append(text)
        if len(self.found) > limits.MAX_MARKS:
            raise too_big(f"工作簿的共享文字超过{limits.MAX_MARKS}条")


def says_the_same(own: str, other: str) -> bool:
    """Whether two readings of a text agree; ends of lines and `_x000D_` for a sign are written one way and another."""
    if own == other:
        return True
    plain, others = _LINE_END.sub("\n", own).strip(), _LINE_END.sub("\n", other).strip()
    return others in (plain, _unescaped(plain)) or _unescaped(others) == _unescaped(plain)


def _unescaped(text: str) -> str:
    return _LINE_END.sub("\n", _ESCAPE.sub(lambda code: chr(int(code[1], 16)), text)).strip()


def comments_of(package: Package, part: str) -> Mapping[str, str]:
    """The comments on the cells of a sheet, by address."""
    pieces: dict[str, list[str]] = {}
    for kind, target in relations(package, part).values():
        xml = package.xml(target)
        if kind == "comments" and xml is not None:
            _read_comments(xml, pieces)
    return {ref: "".join(texts)[: limits.MAX_TEXT] for ref, texts in pieces.items()}


def _read_comments(xml: bytes, pieces: dict[str, list[str]]) -> None:
    parser = xml_parser()
    here: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal here
        if local(tag) == "comment":
            here = pieces.setdefault(attributes["ref"], [])
            if len(pieces) > limits.MAX_COMMENTS:
                raise too_big(f"一张工作表的批注超过{limits.MAX_COMMENTS}条")
        parser.CharacterDataHandler = text if local(tag) == "t" else None

    def text(data: str) -> None:
        here.append(data)

    def end(_: str) -> None:
        parser.CharacterDataHandler = None

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(xml, True)
