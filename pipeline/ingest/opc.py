"""Parts of an Office Open XML package: their elements, and how they point to one another."""

from __future__ import annotations

from posixpath import dirname, join, normpath

from pipeline.ingest import limits
from pipeline.ingest.package import Package
from pipeline.ingest.refusal import too_big
from pipeline.ingest.sheet_xml import local, xml_parser

Element = tuple[str, dict[str, str]]


def elements(xml: bytes, *wanted: str) -> list[Element]:
    """The elements of these local names with their attributes, in document order; raise Refused for far too many."""
    found: list[Element] = []
    parser = xml_parser()

    def start(tag: str, attributes: dict[str, str]) -> None:
        if (name := local(tag)) in wanted:
            found.append((name, attributes))
            if len(found) > limits.MAX_LISTED:
                raise too_big(f"工作簿里的样式或关联超过{limits.MAX_LISTED}个")

    parser.StartElementHandler = start
    parser.Parse(xml, True)
    return found


def relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Relation id → (last word of its type, part it points to) of one part; links that lead outside are left alone."""
    xml = package.xml(f"{dirname(part)}/_rels/{part.rpartition('/')[2]}.rels")
    if xml is None:
        return {}
    return {
        attributes["Id"]: (attributes["Type"].rpartition("/")[2], _target(part, attributes["Target"]))
        for _, attributes in elements(xml, "Relationship")
        if attributes.get("TargetMode") != "External"
    }


def _target(part: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
