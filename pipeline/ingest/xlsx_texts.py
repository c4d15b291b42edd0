"""Texts of an .xlsx beside its cells: comments, and the shared texts before calamine is asked to hand them out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pipeline.ingest import limits
from pipeline.ingest.opc import relations
from pipeline.ingest.package import Package
from pipeline.ingest.refusal import damaged, hostile, too_big
from pipeline.ingest.sheet_xml import SheetXml, local, xml_parser

_STATED = re.compile(rb"""<(?:\w+:)?sst\b[^>]*?uniqueCount\s*=\s*["'](\d{1,20})["']""")
_STATED_COUNTS_FROM = 1_000_000
_SHORTEST_ITEM = len(b"<si/>")


def check_shared_texts(xml: bytes | None, sheets: Iterable[SheetXml]) -> None:
    """Raise Refused where a list of shared texts makes its reader take memory without end.

    calamine makes room for as many texts as the list says it has, and copies a text for every cell that shows it.
    """
    if xml is None:
        return
    stated = _STATED.search(xml[:4096])
    if stated and int(stated[1]) > max(_STATED_COUNTS_FROM, len(xml) // _SHORTEST_ITEM):
        raise hostile("共享文字的个数不实")
    shown = [cell.value for sheet in sheets for cell in sheet.cells if cell.type == "s"]
    if not all((index or "").strip().isdecimal() for index in shown):
        raise damaged("单元格指向的共享文字不存在")
    if len(xml) * len(shown) > limits.MAX_TEXT_IN_ALL:
        lengths = _lengths(xml)
        total = sum(lengths[int(index or 0)] for index in shown if int(index or 0) < len(lengths))
        if total > limits.MAX_TEXT_IN_ALL:
            raise too_big(f"各单元格的文字合计有{total:,}个字（最多{limits.MAX_TEXT_IN_ALL:,}个字）")


def _lengths(xml: bytes) -> list[int]:
    lengths: list[int] = []
    parser = xml_parser()

    def start(tag: str, _: dict[str, str]) -> None:
        if local(tag) == "si":
            lengths.append(0)

    def text(data: str) -> None:
        if lengths:
            lengths[-1] += len(data)
            if lengths[-1] > 2 * limits.MAX_TEXT:
                raise too_big(f"一个单元格里的文字超过{limits.MAX_TEXT}个字")

    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.Parse(xml, True)
    return lengths


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
