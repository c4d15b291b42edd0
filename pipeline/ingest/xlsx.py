"""Office Open XML workbooks (.xlsx, .xlsm): values by calamine, the rest by our own pass, each checking the other."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time, timedelta
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any
from xml.parsers import expat

from python_calamine import CalamineWorkbook

from pipeline.ingest import limits, number_format
from pipeline.ingest.agreement import read_in_two_ways
from pipeline.ingest.number_format import GENERAL, NumberFormat
from pipeline.ingest.package import Package
from pipeline.ingest.refusal import damaged, too_big
from pipeline.ingest.sheet_xml import SheetXml, StoredCell, local, read_sheet, xml_parser
from pipeline.ingest.xlsx_doubt import SECOND, openpyxl_rows
from pipeline.model import Cell, CellKind, Grid, Scalar, Sheet, address

_WORKBOOK = "xl/workbook.xml"
_HIDDEN = ("hidden", "veryHidden")
_NO_PART = "工作表“{name}”只有名称，文件里没有它的内容（多为旧版的宏模块）。"


def workbook_part(package: Package) -> str | None:
    """The workbook's own part: where it nearly always is, else where the package says; None for another package."""
    if _WORKBOOK in package:
        return _WORKBOOK
    with suppress(expat.ExpatError, KeyError):
        for kind, part in _relations(package, "").values():
            if kind == "officeDocument" and _elements(package.xml(part) or b"<none/>", "workbook"):
                return part
    return None


def open_xlsx(data: bytes, package: Package, workbook: str = _WORKBOOK) -> Grid:
    """Open a workbook; raise Refused where it is damaged, beyond the limits, or read in two ways."""
    try:
        relations = _relations(package, workbook)
        entries = _sheet_entries(package.xml(workbook) or b"", relations)
        styles = next((part for kind, part in relations.values() if kind == "styles"), "xl/styles.xml")
        formats = _formats(package.xml(styles))
        from_1904 = _counts_from_1904(package.xml(workbook) or b"")
        passes = _passes(package, entries)
    except expat.ExpatError as error:
        raise damaged("内部 XML 不完整") from error
    except (KeyError, ValueError, IndexError) as error:
        raise damaged("内部结构缺项") from error
    rows, notes = _rows(data, {index: entries[index].name for index in passes})
    sheets: list[Sheet] = []
    for index, entry in enumerate(entries):
        if entry.is_worksheet:
            found = passes[index]
            sheets.append(
                Sheet(
                    name=entry.name,
                    cells=_cells(found, rows[index], formats, entry.name),
                    merged=found.merged,
                    hidden=entry.hidden,
                    hidden_rows=frozenset(found.hidden_rows),
                    hidden_cols=found.hidden_columns(),
                    comments=_comments(package, entry.part),
                    from_1904=from_1904,
                )
            )
    notes += [_NO_PART.format(name=entry.name) for entry in entries if not entry.part]
    return Grid("xlsx", sheets, notes)


# ------------------------------------------------------------------ the workbook's parts


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sheet as the workbook lists it."""

    name: str
    hidden: bool
    part: str
    is_worksheet: bool


def _elements(xml: bytes, *wanted: str) -> list[tuple[str, dict[str, str]]]:
    """The elements of these local names with their attributes, in document order."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = xml_parser()

    def start(tag: str, attributes: dict[str, str]) -> None:
        if (name := local(tag)) in wanted:
            found.append((name, attributes))

    parser.StartElementHandler = start
    parser.Parse(xml, True)
    return found


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Relation id → (last word of its type, part it points to) of one part; links that lead outside are left alone."""
    xml = package.xml(f"{dirname(part)}/_rels/{part.rpartition('/')[2]}.rels")
    if xml is None:
        return {}
    return {
        attributes["Id"]: (attributes["Type"].rpartition("/")[2], _target(part, attributes["Target"]))
        for _, attributes in _elements(xml, "Relationship")
        if attributes.get("TargetMode") != "External"
    }


def _target(part: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))


def _sheet_entries(workbook: bytes, relations: Mapping[str, tuple[str, str]]) -> list[_Entry]:
    entries: list[_Entry] = []
    for _, attributes in _elements(workbook, "sheet"):
        by_local = {local(key): value for key, value in attributes.items() if key != "sheetId"}
        kind, part = relations.get(by_local.get("id", ""), ("", ""))
        if not kind and by_local.get("id") != "":
            raise damaged(f"工作表“{attributes['name']}”的内容缺失")
        entries.append(_Entry(attributes["name"], attributes.get("state") in _HIDDEN, part, kind == "worksheet"))
    if len(entries) > limits.MAX_SHEETS:
        raise too_big(f"有{len(entries)}张工作表（最多{limits.MAX_SHEETS}张）")
    return entries


def _counts_from_1904(workbook: bytes) -> bool:
    properties = _elements(workbook, "workbookPr")
    return any(attributes.get("date1904") in ("1", "true") for _, attributes in properties)


def _formats(xml: bytes | None) -> list[NumberFormat]:
    """The number format of each style number."""
    if xml is None:
        return []
    codes: dict[int, str] = dict(number_format.BUILT_IN)
    styles: list[int] = []
    in_cells = False
    for tag, attributes in _elements(xml, "numFmt", "cellXfs", "xf", "cellStyles", "dxfs"):
        if tag == "numFmt":
            codes.setdefault(int(attributes["numFmtId"]), attributes["formatCode"])
        elif tag == "xf" and in_cells:
            styles.append(int(attributes.get("numFmtId", 0)))
        elif tag != "xf":
            in_cells = tag == "cellXfs"
    return [number_format.parse(codes.get(style, "General")) for style in styles]


def _passes(package: Package, entries: list[_Entry]) -> dict[int, SheetXml]:
    """The XML pass of every worksheet by its place; the limits hold for the file as a whole."""
    passes: dict[int, SheetXml] = {}
    cells = 0
    for index, entry in enumerate(entries):
        if not entry.is_worksheet:
            continue
        xml = package.xml(entry.part)
        if xml is None:
            raise damaged(f"工作表“{entry.name}”的内容缺失")
        passes[index] = read_sheet(xml, cells)
        cells += len(passes[index].cells)
        area = (passes[index].last_row + 1) * (passes[index].last_col + 1)
        if area > limits.MAX_AREA:
            last = address(passes[index].last_row, passes[index].last_col)
            raise too_big(f"工作表“{entry.name}”的内容散布到{last}")
    return passes


def _comments(package: Package, part: str) -> Mapping[str, str]:
    comments: dict[str, str] = {}
    for kind, target in _relations(package, part).values():
        xml = package.xml(target)
        if kind == "comments" and xml is not None:
            _read_comments(xml, comments)
    return comments


def _read_comments(xml: bytes, comments: dict[str, str]) -> None:
    parser = xml_parser()
    ref = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal ref
        if local(tag) == "comment":
            ref = attributes["ref"]
        parser.CharacterDataHandler = text if local(tag) == "t" else None

    def text(data: str) -> None:
        comments[ref] = comments.get(ref, "") + data

    def end(_: str) -> None:
        parser.CharacterDataHandler = None

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(xml, True)


# ------------------------------------------------------------------ values


def _rows(data: bytes, names: Mapping[int, str]) -> tuple[dict[int, list[list[Any]]], list[str]]:
    """Values of the worksheets by place, each from A1 on, and what is told of how they were read."""
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        return {index: workbook.get_sheet_by_index(index).to_python(skip_empty_area=False) for index in names}, []
    # A panic of the Rust library arrives as a BaseException whose class cannot be imported.
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
    return {index: rows for index, rows in zip(names, openpyxl_rows(data, list(names.values())), strict=True)}, [SECOND]


def _cells(
    found: SheetXml, rows: list[list[Any]], formats: list[NumberFormat], sheet: str
) -> dict[tuple[int, int], Cell]:
    """Both readings as one; raise Refused at the first cell that they do not agree on."""
    cells: dict[tuple[int, int], Cell] = {}
    met = 0
    for stored in found.cells:
        row, col = stored.row, stored.col
        value = rows[row][col] if row < len(rows) and col < len(rows[row]) else ""
        met += value != ""
        kind, scalar = _understood(stored, value)
        if kind is None:
            raise read_in_two_ways(sheet, address(row, col))
        if kind is CellKind.TEXT and not str(scalar).strip():
            continue
        shown = formats[stored.style] if stored.style < len(formats) else GENERAL
        cells[row, col] = Cell(row, col, kind, scalar, shown.decimals, shown.percent, shown.text, stored.formula)
    if met != sum(value != "" for row_values in rows for value in row_values):
        raise read_in_two_ways(sheet, "")
    return cells


def _understood(stored: StoredCell, value: Any) -> tuple[CellKind | None, Scalar]:
    """Kind and value of a cell from both readings; None for the kind where they contradict each other."""
    if stored.type == "e":
        return CellKind.ERROR, stored.value or "#N/A"
    if stored.type in ("s", "str", "inlineStr"):
        if stored.type == "str" and stored.formula and stored.value is None:
            return CellKind.UNCALCULATED, ""
        return (CellKind.TEXT if isinstance(value, str) else None), value
    if not (stored.value or "").strip():
        if value != "":
            return None, ""
        return (CellKind.UNCALCULATED if stored.formula else CellKind.TEXT), ""
    if isinstance(value, bool):
        return (CellKind.BOOLEAN if stored.type == "b" else None), value
    if isinstance(value, float | int):
        return (CellKind.NUMBER if _equals(stored, value) else None), float(value)
    if isinstance(value, date):
        return CellKind.DATE, value
    if isinstance(value, time | timedelta):
        return CellKind.DATE, str(value)
    return (CellKind.TEXT if stored.type == "d" and value != "" else None), value


def _equals(stored: StoredCell, value: float) -> bool:
    try:
        return stored.type == "n" and float(stored.value or "") == value
    except ValueError:
        return False
