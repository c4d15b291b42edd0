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
_LINE_END = re.compile(r"\r\n?")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def shared_texts(xml: bytes | None, sheets: Iterable[SheetXml]) -> list[RichText]:
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
        total = sum(len(texts[int(index)].text) for index in shown)
        if total > limits.MAX_TEXT_IN_ALL:
            raise too_big(f"各单元格的文字合计有{total:,}个字（最多{limits.MAX_TEXT_IN_ALL:,}个字）")
    return texts


def _read_texts(xml: bytes) -> list[RichText]:
    texts: list[RichText] = []
    parser = xml_parser()
    reader = TextReader(parser)

    def start(tag: str, _: dict[str, str]) -> None:
        if local(tag) == "si":
            reader.begin()
            parser.StartElementHandler = reader.start
            parser.EndElementHandler = end

    def end(_: str) -> None:
        if reader.end():
            texts.append(reader.taken())
            if len(texts) > limits.MAX_MARKS:
                raise too_big(f"工作簿的共享文字超过{limits.MAX_MARKS}条")
            parser.StartElementHandler = start
            parser.EndElementHandler = None

    parser.StartElementHandler = start
    parser.Parse(xml, True)
    return texts


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
