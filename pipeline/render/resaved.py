"""A workbook as openpyxl saves it, put right: what it forgets, and what it puts in an order of chance.

It keeps formulas and drops what they came to; without that, whoever reads the file without Excel finds formulas that
have never been calculated (F07). Merged ranges and the ranges of rules come out of sets: each time in another order.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from pipeline.render.package import packed, parts_of

if TYPE_CHECKING:
    from openpyxl import Workbook

_NAMES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_PROPERTIES = "docProps/core.xml"
_CHANGED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_TAG = f"{{{_NAMES['m']}}}"


def put_right(saved: bytes, book: Workbook, stored: Workbook | None, made: datetime) -> bytes:
    """The saved workbook with the values of its formulas, the same bytes each time.

    Args:
        saved: the workbook as openpyxl saved it.
        book: the same in memory: which sheet is which part.
        stored: the original opened for its values; None where it has no formulas.
        made: when it says to have been changed.
    """
    parts = parts_of(saved)
    parts[_PROPERTIES] = _CHANGED.sub(rf"\g<1>{made:%Y-%m-%dT%H:%M:%SZ}\g<2>".encode(), parts[_PROPERTIES])
    for number, sheet in enumerate(book.worksheets, start=1):
        name = f"xl/worksheets/sheet{number}.xml"
        values = stored[sheet.title] if stored is not None and sheet.title in stored.sheetnames else None
        parts[name] = _sheet(parts[name], values)
    return packed(parts)


def _sheet(part: bytes, values: Any) -> bytes:
    from lxml import etree

    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    for cell in root.iterfind(".//m:c[m:f]", _NAMES) if values is not None else ():
        _give_value(cell, values)
    for merges in root.iterfind("m:mergeCells", _NAMES):
        merges[:] = sorted(merges, key=lambda merge: merge.get("ref"))
    for element in root.iterfind(".//*[@sqref]"):
        element.set("sqref", " ".join(sorted(element.get("sqref", "").split())))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _give_value(cell: Any, values: Any) -> None:
    from lxml import etree

    was = values[cell.get("r")]
    kind, text = _as_stored(was.value, was.data_type, values.parent.epoch)
    stored = cell.find("m:v", _NAMES)
    if stored is None:
        stored = etree.SubElement(cell, f"{_TAG}v")
    stored.text = text
    cell.attrib.pop("t", None)
    if kind:
        cell.set("t", kind)


def _as_stored(value: Any, data_type: str, epoch: datetime) -> tuple[str, str | None]:
    """(type, text) as a sheet has it; a formula that was never calculated has none."""
    if value is None:
        return "", None
    if data_type == "e":
        return "e", str(value)
    if isinstance(value, bool):
        return "b", str(int(value))
    if isinstance(value, int | float):
        return "", repr(value)
    if isinstance(value, datetime | date | time | timedelta):
        from openpyxl.utils.datetime import to_excel

        return "", repr(to_excel(value, epoch))  # type: ignore[no-untyped-call]
    return "str", str(value)
