"""What comes with an .xlsx besides its cells, told in a sentence each: nothing of it is run, opened or followed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.parsers import expat

from pipeline.ingest.besides import LINKS, MACROS, STORED, unread
from pipeline.ingest.formulas import Reach
from pipeline.ingest.opc import elements
from pipeline.ingest.package import Package
from pipeline.ingest.sheet_xml import SheetXml, local, xml_parser
from pipeline.model import address

_PLACES_TOLD = 8
_WORDS_TOLD = 40
_FORMULAS = {
    Reach.DDE: f"{{places}}的公式用 DDE（动态数据交换）向其他程序取数，没有执行，{STORED}",
    Reach.WORKBOOK: f"{{places}}的公式引用外部工作簿，没有打开，{STORED}",
}
_CALLS = f"{{places}}的公式会联网、打开链接或调用其他程序（{{name}}），没有执行，{STORED}"
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
    formulas = list(_formulas(sheets))
    links_told = any("外部工作簿" in note for note in formulas)
    return [
        *formulas,
        *(note for note in notes_on_parts(package) if not (links_told and note == LINKS)),
        *_calculation(sheets, workbook),
    ]


def notes_on_parts(package: Package) -> list[str]:
    """What follows from the parts alone, in a package of XML or of binary records (.xlsb)."""
    names = package.names
    notes = [MACROS] if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names) else []
    if any("/externallinks/" in name for name in names):
        notes.append(LINKS)
    if any(name.endswith(("/connections.xml", "/connections.bin")) for name in names):
        notes.append(f"文件带有外部数据连接（数据库、网页等），没有连接、没有刷新，{STORED}")
    notes += _outside(package)
    notes += unread((said, sum(map(bool, map(part.search, names)))) for part, said in _UNREAD)
    notes += _drawn(package)
    return notes


def asks_for_calculation(workbook: bytes) -> bool:
    """Whether the program that wrote the file leaves calculating to the one that opens it; Excel itself does not."""
    return any(a.get("fullCalcOnLoad") in ("1", "true") for _, a in elements(workbook, "calcPr"))


def _calculation(sheets: Mapping[str, SheetXml], workbook: bytes) -> Iterator[str]:
    formulas = sum(cell.formula for sheet in sheets.values() for cell in sheet.cells)
    if formulas and any(a.get("calcMode") == "manual" for _, a in elements(workbook, "calcPr")):
        yield f"工作簿设为手动计算，{formulas}个公式的值可能不是最新的，请留意合计是否相符。"


def _formulas(sheets: Mapping[str, SheetXml]) -> Iterator[str]:
    places: dict[Reach, list[str]] = {}
    for name, sheet in sheets.items():
        for row, col, how in sheet.reaching:
            places.setdefault(how, []).append(f"“{name}”{address(row, col)}")
    for how, found in places.items():
        more = f"等{len(found)}个单元格" if len(found) > _PLACES_TOLD else ""
        said = _FORMULAS.get(how, _CALLS)
        yield said.format(places="、".join(found[:_PLACES_TOLD]) + more, name=how.value)


def _outside(package: Package) -> Iterator[str]:
    """What relations point at outside the file; their addresses are not told, they may be anything."""
    kinds: set[str] = set()
    for name in package.names:
        xml = package.xml(name) if name.endswith(".rels") else None
        if xml and b"External" in xml:
            found = [a for _, a in _quietly(xml, "Relationship") if a.get("TargetMode") == "External"]
            kinds |= {a.get("Type", "").rpartition("/")[2] for a in found} - _HARMLESS_OUTSIDE
    if kinds:
        said = "、".join(sorted({_OUTSIDE.get(kind, "内容") for kind in kinds}))
        yield f"文件引用了外部（网络或其他文件）的{said}，没有打开。如其中有数据，请填写在单元格里。"


def _quietly(xml: bytes, *wanted: str) -> Iterable[tuple[str, dict[str, str]]]:
    """Elements of a part that nothing else is read from: where it is broken, there is nothing to tell."""
    try:
        return elements(xml, *wanted)
    except expat.ExpatError:
        return []


def _drawn(package: Package) -> Iterator[str]:
    """Words in text boxes and shapes: a figure there is seen by whoever opens the file, and by no reader of cells."""
    words = [word for name in package.names if _DRAWING.search(name) for word in _words(package.xml(name) or b"")]
    text = " ".join("".join(words).split())
    if text:
        shown = text[:_WORDS_TOLD] + ("…" if len(text) > _WORDS_TOLD else "")
        yield f"文本框或图形里有{len(text)}个字（“{shown}”），没有读取。如是报表内容，请填写在单元格里。"


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
