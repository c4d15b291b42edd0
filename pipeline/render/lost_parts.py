"""What an .xlsx has that openpyxl does not write again: told, so that nobody takes a marked copy for the original."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.render.package import parts_of

_PARTS = (
    (re.compile(r"(?:^|/)vbaproject\.bin$|/macrosheets/"), "宏"),
    (re.compile(r"/(?:activex/activex\d*\.xml|ctrlprops/)"), "窗体控件{count}个"),
    (re.compile(r"/embeddings/"), "嵌入对象{count}个"),
    (re.compile(r"/cellimages\.xml$"), "单元格内的图片"),
    (re.compile(r"/(?:slicers|timelines)/"), "切片器{count}个"),
    (re.compile(r"/threadedcomments/"), "批注中的讨论"),
    (re.compile(r"/(?:connections\.xml$|querytables/)"), "数据连接"),
    (re.compile(r"^_xmlsignatures/"), "数字签名"),
)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_IN_SHEETS = (
    (re.compile(rb"<(?:\w+:)?sparkline>"), "迷你图{count}个"),
    (re.compile(rb"<x14:conditionalFormatting\b"), "部分条件格式"),
    (re.compile(rb"<x14:dataValidation\b"), "部分下拉列表"),
    (re.compile(rb"<(?:\w+:)?legacyDrawingHF\b"), "页眉页脚中的图片"),
)
_DRAWING = re.compile(r"xl/drawings/[^/]+\.xml")
_SHAPES = ("sp", "cxnSp", "grpSp")
_LINK = re.compile(r"xl/externallinks/[^/]+\.xml")


def lost(original: bytes, book: Any, *, whole: bool = True) -> tuple[str, ...]:
    """What is not in the copy, in words: 「图形2个」, 「宏」.

    Args:
        original: the file.
        book: the same as openpyxl opened it.
        whole: whether all its sheets are still there; else what they showed is not missed.
    """
    return tuple(_lost(parts_of(original), book, whole=whole))


def _lost(parts: dict[str, bytes], book: Any, *, whole: bool) -> Iterator[str]:
    shapes, pictures, charts = _drawn(parts)
    if shapes:
        yield f"图形{shapes}个"
    for found, words in _PARTS:
        yield from _told(words, sum(bool(found.search(name.lower())) for name in parts))
    sheets = [data for name, data in parts.items() if _SHEET.fullmatch(name)]
    for pattern, words in _IN_SHEETS:
        yield from _told(words, sum(len(pattern.findall(data)) for data in sheets))
    if whole:
        yield from _told("图片{count}幅", pictures - sum(len(sheet._images) for sheet in book.worksheets))
        yield from _told("图表{count}个", charts - _charts(book))
        links = sum(bool(_LINK.fullmatch(name.lower())) for name in parts)
        yield from _told("外部链接{count}个", links - len(book._external_links))


def _told(words: str, count: int) -> Iterator[str]:
    if count > 0:
        yield words.format(count=count)


def _charts(book: Any) -> int:
    return sum(len(sheet._charts) for sheet in (*book.worksheets, *book.chartsheets))


def _drawn(parts: dict[str, bytes]) -> tuple[int, int, int]:
    """Shapes, pictures and charts in all drawings; what Excel hides behind a form control is no shape."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    shapes = pictures = charts = 0
    for name in filter(_DRAWING.fullmatch, parts):
        root = etree.fromstring(parts[name], parser)
        if root is None:
            continue
        for element in root.iter("{*}sp", "{*}cxnSp", "{*}grpSp", "{*}pic", "{*}graphicFrame"):
            above = {etree.QName(one).localname for one in element.iterancestors()}
            named = next(element.iter("{*}cNvPr"), None)
            if above & {"Fallback", "grpSp"} or (named is not None and named.get("hidden") == "1"):
                continue
            kind = etree.QName(element).localname
            shapes += kind in _SHAPES
            pictures += kind == "pic"
            charts += kind == "graphicFrame"
    return shapes, pictures, charts
