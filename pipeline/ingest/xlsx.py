"""Office Open XML workbooks (.xlsx, .xlsm): values by calamine, the rest by our own pass, each checking the other."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from xml.parsers import expat

from pipeline.ingest import limits, number_format
from pipeline.ingest.agreement import read_in_two_ways
from pipeline.ingest.apart import Apart, Piece, of_runs, words_of
from pipeline.ingest.calamine import Values, read_values
from pipeline.ingest.markup import stored_number
from pipeline.ingest.number_format import GENERAL, NumberFormat
from pipeline.ingest.opc import elements, relations
from pipeline.ingest.package import Package
from pipeline.ingest.refusal import Refused, damaged, hostile, too_big
from pipeline.ingest.rich_text import RichText
from pipeline.ingest.sheet_xml import SheetXml, StoredCell, local, read_sheet
from pipeline.ingest.xlsx_doubt import SECOND, openpyxl_rows
from pipeline.ingest.xlsx_fonts import looks_of_styles
from pipeline.ingest.xlsx_notes import asks_for_calculation, notes_on
from pipeline.ingest.xlsx_texts import Text, comments_of, said, says_the_same, shared_texts
from pipeline.model import Cell, CellKind, Grid, Scalar, Sheet, address

_WORKBOOK = "xl/workbook.xml"
_BINARY = "xl/workbook.bin"
_TEXTS = ("s", "str", "inlineStr")
_HIDDEN = ("hidden", "veryHidden")
_NO_PART = "工作表“{name}”只有名称，文件里没有它的内容（多为旧版的宏模块）。"


def workbook_part(package: Package) -> str | None:
    """The workbook's own part: as the package says, else where it nearly always is; None for another package.

    Raises Refused where both are there: calamine reads the one, Excel shows the other.
    """
    with suppress(expat.ExpatError, KeyError):
        said = [part for kind, part in relations(package, "").values() if kind == "officeDocument"]
        part = package.only(said, _WORKBOOK, _BINARY)
        if part and elements(package.xml(part) or b"<none/>", "workbook"):
            return part
    return _WORKBOOK if _WORKBOOK in package else None


def open_xlsx(data: bytes, package: Package, workbook: str = _WORKBOOK) -> Grid:
    """Open a workbook; raise Refused where it is damaged, beyond the limits, or read in two ways."""
    try:
        related = relations(package, workbook)
        xml = package.xml(workbook) or b""
        entries = _sheet_entries(xml, related)
        styles = package.xml(_part_of("styles", related, package))
        looks, standing = _Looks(styles), looks_of_styles(styles)
        from_1904 = _counts_from_1904(xml)
        passes = _passes(package, entries)
        texts = shared_texts(package.xml(_part_of("sharedStrings", related, package)), passes.values())
        comments = {index: comments_of(package, entries[index].part) for index in passes}
        told = notes_on(package, {entries[index].name: found for index, found in passes.items()}, xml)
        ours = _Ours(texts, standing, asks_for_calculation(xml))
    except expat.ExpatError as error:
        raise damaged("内部 XML 不完整") from error
    except (KeyError, ValueError, IndexError) as error:
        raise damaged("内部结构缺项") from error
    rows, notes = _rows(data, {index: entries[index].name for index in passes})
    sheets = [
        Sheet(
            name=entries[index].name,
            cells=_cells(found, rows.pop(index), looks, entries[index].name, ours),
            merged=found.merged,
            hidden=entries[index].hidden,
            hidden_rows=frozenset(found.hidden_rows),
            hidden_cols=found.hidden_columns(),
            comments=comments[index],
            from_1904=from_1904,
        )
        for index, found in passes.items()
    ]
    notes += [_NO_PART.format(name=entry.name) for entry in entries if not entry.part]
    return Grid("xlsx", sheets, notes + told)


def _part_of(kind: str, related: Mapping[str, tuple[str, str]], package: Package) -> str:
    """The workbook's part of this kind: as it says, else where it nearly always is; raise Refused where both differ."""
    usual = f"xl/{kind}.xml"
    return package.only([part for found, part in related.values() if found == kind], usual) or usual


# ------------------------------------------------------------------ the workbook's parts


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sheet as the workbook lists it."""

    name: str
    hidden: bool
    part: str
    is_worksheet: bool


def _sheet_entries(workbook: bytes, relations: Mapping[str, tuple[str, str]]) -> list[_Entry]:
    entries: list[_Entry] = []
    for _, attributes in elements(workbook, "sheet"):
        by_local = {local(key): value for key, value in attributes.items() if key != "sheetId"}
        kind, part = relations.get(by_local.get("id", ""), ("", ""))
        if not kind and by_local.get("id") != "":
            raise damaged(f"工作表“{attributes['name']}”的内容缺失")
        entries.append(_Entry(attributes["name"], attributes.get("state") in _HIDDEN, part, kind == "worksheet"))
    if len(entries) > limits.MAX_SHEETS:
        raise too_big(f"有{len(entries)}张工作表（最多{limits.MAX_SHEETS}张）")
    for what, found in (("同名", [entry.name for entry in entries]), ("共用一份内容", _parts(entries))):
        if len(set(found)) < len(found):
            raise hostile(f"有两张工作表{what}")
    return entries


def _parts(entries: list[_Entry]) -> list[str]:
    return [entry.part for entry in entries if entry.part]


def _counts_from_1904(workbook: bytes) -> bool:
    properties = elements(workbook, "workbookPr")
    return any(attributes.get("date1904") in ("1", "true") for _, attributes in properties)


class _Looks:
    """Number formats by style number, each understood once it is needed."""

    def __init__(self, xml: bytes | None) -> None:
        self._codes: dict[int, str] = dict(number_format.BUILT_IN)
        self._styles: list[int] = []
        in_cells = False
        found = [] if xml is None else elements(xml, "numFmt", "cellXfs", "xf", "cellStyles", "dxfs")
        for tag, attributes in found:
            if tag == "numFmt":
                self._codes.setdefault(int(attributes["numFmtId"]), attributes["formatCode"])
            elif tag == "xf" and in_cells:
                self._styles.append(int(attributes.get("numFmtId", 0)))
            elif tag != "xf":
                in_cells = tag == "cellXfs"

    def of(self, cell: StoredCell) -> NumberFormat:
        """The number format of a cell; a workbook without styles shows all as it is."""
        if not self._styles:
            return GENERAL
        if not 0 <= cell.style < len(self._styles):
            raise damaged(f"单元格{address(cell.row, cell.col)}的格式不存在")
        return number_format.parse(self._codes.get(self._styles[cell.style], "General"))


def _passes(package: Package, entries: list[_Entry]) -> dict[int, SheetXml]:
    """The XML pass of every worksheet by its place; the limits hold for the file as a whole."""
    passes: dict[int, SheetXml] = {}
    cells = area = 0
    for index, entry in enumerate(entries):
        if not entry.is_worksheet:
            continue
        xml = package.xml(entry.part)
        if xml is None:
            raise damaged(f"工作表“{entry.name}”的内容缺失")
        passes[index] = read_sheet(xml, cells)
        cells += len(passes[index].cells)
        area += (passes[index].last_row + 1) * (passes[index].last_col + 1)
        if area > limits.MAX_AREA:
            last = address(passes[index].last_row, passes[index].last_col)
            raise too_big(f"工作表“{entry.name}”的内容散布到{last}")
    return passes


# ------------------------------------------------------------------ values


def _rows(data: bytes, names: Mapping[int, str]) -> tuple[dict[int, Values], list[str]]:
    """Values of the worksheets by place, each from A1 on, and what is told of how they were read."""
    try:
        return dict(zip(names, read_values(data, names), strict=True)), []
    except Refused:
        return dict(zip(names, openpyxl_rows(data, list(names.values())), strict=True)), [SECOND]


@dataclass(frozen=True, slots=True)
class _Ours:
    """What our own pass has read for all sheets."""

    texts: list[Text]
    """Those that cells share."""
    standing: Mapping[int, Apart]
    """By style number: how the signs of a cell stand."""
    recalculated: bool
    """Formulas are calculated only when the file is opened: a zero in one is what a program writes that does not."""

    def text(self, stored: StoredCell) -> Text:
        """What a cell with a text says, as the file writes it."""
        if stored.type == "s":
            return self.texts[int(stored.value or 0)]
        return stored.inline or stored.value or ""

    def pieces(self, stored: StoredCell) -> list[Piece]:
        """How the signs of a cell stand, piece by piece; none if they just stand in their line."""
        look = self.standing.get(stored.style)
        text = self.text(stored) if stored.type in _TEXTS else "0"
        if isinstance(text, RichText):
            return text.pieces(look)
        return [(text, look)] if look else []


def _cells(
    found: SheetXml, rows: list[list[Any]], looks: _Looks, sheet: str, ours: _Ours
) -> dict[tuple[int, int], Cell]:
    """Both readings as one; raise Refused at the first cell that they do not agree on."""
    cells: dict[tuple[int, int], Cell] = {}
    met = 0
    for stored in found.cells:
        row, col = stored.row, stored.col
        value = rows[row][col] if row < len(rows) and col < len(rows[row]) else ""
        met += value != ""
        kind, scalar = _understood(stored, value, ours)
        if kind is None:
            raise read_in_two_ways(sheet, address(row, col))
        if kind is CellKind.TEXT and not str(scalar).strip():
            continue
        if kind is CellKind.TEXT and len(str(scalar)) > limits.MAX_TEXT:
            raise too_big(f"单元格{address(row, col)}里的文字超过{limits.MAX_TEXT}个字")
        if ours.recalculated and stored.formula and kind is CellKind.NUMBER and scalar == 0:
            kind, scalar = CellKind.UNCALCULATED, ""
        shown = looks.of(stored)
        pieces = ours.pieces(stored)
        apart = of_runs(pieces) if pieces else None
        if apart is Apart.RAISED and kind is CellKind.TEXT:
            scalar = words_of(pieces)
        cells[row, col] = Cell(
            row, col, kind, scalar, shown.decimals, shown.percent, shown.text, stored.formula, apart=apart or ""
        )
    if met != sum(value != "" for row_values in rows for value in row_values):
        raise read_in_two_ways(sheet, "")
    if found.misplaced:
        raise damaged(f"单元格{found.misplaced}写在别的一行里")
    return cells


def _understood(stored: StoredCell, value: Any, ours: _Ours) -> tuple[CellKind | None, Scalar]:
    """Kind and value of a cell from both readings; None for the kind where they contradict each other."""
    if stored.twofold or (stored.inline is not None) is not (stored.type == "inlineStr"):
        return None, ""
    if stored.type == "e":
        return CellKind.ERROR, stored.value or "#N/A"
    if stored.type in _TEXTS:
        if stored.type == "str" and stored.formula and stored.value is None:
            return CellKind.UNCALCULATED, ""
        return (CellKind.TEXT if _says(ours.text(stored), value) else None), value
    if not (stored.value or "").strip():
        if value != "":
            return None, ""
        return (CellKind.UNCALCULATED if stored.formula else CellKind.TEXT), ""
    return _typed(stored, value)


def _says(text: Text, value: Any) -> bool:
    twofold = isinstance(text, RichText) and text.twofold
    return not twofold and isinstance(value, str) and says_the_same(said(text), value)


def _typed(stored: StoredCell, value: Any) -> tuple[CellKind | None, Scalar]:
    """The same of a cell that holds something and no text."""
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
        return stored.type == "n" and stored_number(stored.value or "") == value
    except ValueError:
        return False
