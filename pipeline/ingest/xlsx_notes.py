"""What comes with an .xlsx besides its cells, told in a sentence each: nothing of it is run, opened or followed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.parsers import expat

from pipeline.ingest.besides import CONNECTIONS, LINKS, MACROS, drawn, outside, unread, with_formulas
from pipeline.ingest.opc import elements
from pipeline.ingest.package import Package
from pipeline.ingest.sheet_xml import SheetXml, local, xml_parser

_UNREAD = (
    (re.compile(r"(?:^|/)media/"), "图片{count}幅"),
    (re.compile(r"(?:^|/)embeddings/"), "嵌入对象{count}个"),
    (re.compile(r"(?:^|/)(?:activex/activex\d*\.xml|ctrlprops/)"), "控件{count}个"),
)
_DRAWING = re.compile(r"(?:^|/)drawings/(?:drawing|vmldrawing)\d*\.(?:xml|vml)")
_HARMLESS_OUTSIDE = {"hyperlink", "externalLinkPath"}
"""An address on a cell; and what an external workbook is called, which is told by itself."""
_OUTSIDE = {"image": "图片", "oleObject": "对象", "attachedTemplate": "模板"}


def notes_on(package: Package, sheets: Mapping[str, SheetXml], workbook: bytes) -> list[str]:
    """The sentences; `sheets` are the passes over the worksheets by name."""
    formulas = ((name, *place) for name, sheet in sheets.items() for place in sheet.reaching)
    return [*with_formulas(formulas, notes_on_parts(package)), *_calculation(sheets, workbook)]


def notes_on_parts(package: Package) -> list[str]:
    """What follows from the parts alone, in a package of XML or of binary records (.xlsb)."""
    names = package.names
    notes = [MACROS] if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names) else []
    if any("/externallinks/" in name for name in names):
        notes.append(LINKS)
    if any(name.endswith(("/connections.xml", "/connections.bin")) for name in names):
        notes.append(CONNECTIONS)
    notes += _outside(package)
    notes += unread((said, sum(map(bool, map(part.search, names)))) for part, said in _UNREAD)
    notes += drawn(word for name in names if _DRAWING.search(name) for word in _words(package.xml(name) or b""))
    return notes


def asks_for_calculation(workbook: bytes) -> bool:
    """Whether the program that wrote the file leaves calculating to the one that opens it; Excel itself does not."""
    return any(a.get("fullCalcOnLoad") in ("1", "true") for _, a in elements(workbook, "calcPr"))


def _calculation(sheets: Mapping[str, SheetXml], workbook: bytes) -> Iterator[str]:
    formulas = sum(cell.formula for sheet in sheets.values() for cell in sheet.cells)
    if formulas and any(a.get("calcMode") == "manual" for _, a in elements(workbook, "calcPr")):
        yield f"工作簿设为手动计算，{formulas}个公式的值可能不是最新的，请留意合计是否相符。"


def _outside(package: Package) -> list[str]:
    """What relations point at outside the file."""
    kinds: set[str] = set()
    for name in package.names:
        xml = package.xml(name) if name.endswith(".rels") else None
        if xml and b"External" in xml:
            found = [a for _, a in _quietly(xml, "Relationship") if a.get("TargetMode") == "External"]
            kinds |= {a.get("Type", "").rpartition("/")[2] for a in found} - _HARMLESS_OUTSIDE
    return outside(_OUTSIDE.get(kind, "内容") for kind in kinds)


def _quietly(xml: bytes, *wanted: str) -> Iterable[tuple[str, dict[str, str]]]:
    """Elements of a part that nothing else is read from: where it is broken, there is nothing to tell."""
    try:
        return elements(xml, *wanted)
    except expat.ExpatError:
        return []


def _words(xml: bytes) -> list[str]:
    """The words of shapes (`a:t`), and of text boxes of old (`v:textbox`) that are not the frames of comments."""
    if b"t>" not in xml:
        return []
    found: list[str] = []
    parser = xml_parser()

    def start(tag: str, _: dict[str, str]) -> None:
        parser.CharacterDataHandler = found.append if local(tag) == "t" else None

    def end(tag: str) -> None:
        parser.CharacterDataHandler = None
        if local(tag) == "p":
            found.append(" ")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        return []
    return found
