"""The XML of a Word document as a small tree: what carries text, order, tables and revisions; the rest is left out.

An element that says nothing of these is transparent: its children belong to its parent. So text is found wherever
it stands: inside hyperlinks, insertions, smart tags, content controls and drawings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from pipeline.ingest.refusal import damaged, hostile, too_big
from pipeline.ingest.sheet_xml import local, xml_parser

MAX_DOCUMENT_BYTES = 8 * 2**20
"""A report of a hundred pages is 2 MB of XML; this opens in about two seconds."""
MAX_DEPTH = 100
"""Tables in cells of tables come to about 30."""

PICTURES = frozenset(("blip", "imagedata", "OLEObject", "chart", "relIds"))
"""What shows words that are no text: pictures, embedded objects, charts, diagrams."""
FOOTNOTES = frozenset(("footnoteReference", "endnoteReference"))

_BODY = PICTURES | FOOTNOTES
_BODY |= {"body", "p", "pPr", "pStyle", "r", "rPr", "rStyle", "vanish", "rt", "altChunk"}
_BODY |= {"t", "delText", "tab", "br", "cr", "ptab", "noBreakHyphen", "sym", "ffData", "checkBox", "checked", "default"}
_BODY |= {"tbl", "tr", "trPr", "gridBefore", "hidden", "tc", "tcPr", "gridSpan", "vMerge", "cellDel", "del", "moveFrom"}
_BODY |= {"sdt", "sdtPr", "showingPlcHdr", "txbxContent", "AlternateContent", "Choice", "Fallback"}
_STYLES = frozenset(("style", "basedOn", "rPr", "pPr", "vanish"))
_TEXT = frozenset(("t", "delText"))
_OFF = frozenset(("0", "false", "off"))


@dataclass(slots=True)
class Element:
    """An element that counts: local name, attributes by local name, children in order; `text` for t and delText."""

    name: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def child(self, name: str) -> Element | None:
        """The first child of this name."""
        return next((child for child in self.children if child.name == name), None)

    def under(self, *names: str) -> Element | None:
        """The element at the end of this path of children."""
        found: Element | None = self
        for name in names:
            found = found.child(name) if found else None
        return found

    def number(self, *names: str, default: int) -> int:
        """The `val` of the element at the end of a path; raise ValueError for what is no number."""
        found = self.under(*names)
        return default if found is None else int(found.attributes.get("val", default))

    def says(self, *names: str) -> bool | None:
        """What a switch such as `vanish` at the end of a path says; None where it is not there."""
        found = self.under(*names)
        return None if found is None else found.attributes.get("val") not in _OFF

    def below(self) -> Iterator[Element]:
        """This element and everything in it, in document order."""
        yield self
        for child in self.children:
            yield from child.below()


def document_tree(xml: bytes) -> Element:
    """The tree of a main document part; raise Refused for what is damaged, hostile or too large."""
    if len(xml) > MAX_DOCUMENT_BYTES:
        raise too_big(f"文字部分超过{MAX_DOCUMENT_BYTES >> 20} MB")
    return _parsed(xml, _BODY)


def hidden_styles(xml: bytes | None) -> frozenset[str]:
    """Ids of the styles whose text is hidden, by themselves or by the style that they are based on."""
    if xml is None:
        return frozenset()
    parents: dict[str, str] = {}
    says: dict[str, bool | None] = {}
    for style in (found for found in _parsed(xml, _STYLES).children if found.name == "style"):
        name = style.attributes.get("styleId", "")
        based = style.child("basedOn")
        parents[name] = based.attributes.get("val", "") if based else ""
        says[name] = style.says("rPr", "vanish")
    return frozenset(name for name in says if _inherited(name, says, parents))


def _inherited(name: str, says: dict[str, bool | None], parents: dict[str, str]) -> bool:
    for _ in parents:
        if name not in says:
            return False
        said = says[name]
        if said is not None:
            return said
        name = parents[name]
    return False


def _parsed(xml: bytes, kept: frozenset[str]) -> Element:
    root = Element("", {})
    stack = [root]
    pieces: list[str] = []
    parser = xml_parser()

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name not in kept:
            return
        element = Element(name, {local(key): value for key, value in attributes.items()})
        stack[-1].children.append(element)
        stack.append(element)
        if len(stack) > MAX_DEPTH:
            raise hostile("嵌套过深")

    def end(tag: str) -> None:
        if local(tag) not in kept:
            return
        element = stack.pop()
        if element.name in _TEXT:
            element.text = "".join(pieces)
            pieces.clear()

    def text(data: str) -> None:
        if stack[-1].name in _TEXT:
            pieces.append(data)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise damaged("文档的 XML 不完整") from error
    return root
