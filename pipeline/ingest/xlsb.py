"""Binary workbooks (.xlsb): our own pass over the records, and calamine's reading beside it."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from xml.parsers import expat

from pipeline.ingest import number_format
from pipeline.ingest.agreement import confirm
from pipeline.ingest.apart import of_runs
from pipeline.ingest.filling import MAX_ROW, Filling
from pipeline.ingest.markup import Reader
from pipeline.ingest.number_format import GENERAL, is_date
from pipeline.ingest.out_of_sight import is_low, is_narrow_in_digits
from pipeline.ingest.package import Package
from pipeline.ingest.refusal import damaged
from pipeline.ingest.serial import BUILT_IN_DATES, read_serial
from pipeline.ingest.xlsb_fonts import Runs, Standing, runs_of
from pipeline.ingest.xlsb_records import ERRORS, records, rk, word
from pipeline.ingest.xlsx_notes import notes_on_parts
from pipeline.model import Cell, CellKind, Grid, Merge, Scalar, address

_WORKBOOK = "xl/workbook.bin"

_ROW, _BLANK, _COLUMNS, _MERGED = 0, 1, 60, 176
_RK, _ERROR, _BOOLEAN, _REAL, _TEXT, _SHARED, _RICH = 2, 3, 4, 5, 6, 7, 62
_FORMULA_TEXT, _FORMULA_REAL, _FORMULA_BOOLEAN, _FORMULA_ERROR = 8, 9, 10, 11
_CELLS = {
    _RK, _ERROR, _BOOLEAN, _REAL, _TEXT, _SHARED, _RICH,
    _FORMULA_TEXT, _FORMULA_REAL, _FORMULA_BOOLEAN, _FORMULA_ERROR,
}  # fmt: skip
_SHARED_ITEM, _FORMAT, _XF, _BEGIN_CELL_XFS, _END_CELL_XFS, _SHEET, _WORKBOOK_PROPERTIES = (
    19,
    44,
    47,
    617,
    618,
    156,
    153,
)
_COMMENT, _COMMENT_TEXT = 635, 637
_HIDDEN_ROW = 0x10
_TWIPS, _PARTS_OF_A_DIGIT = 20, 256
"""Heights are stored in twentieths of a point, widths in parts of a digit."""


def open_xlsb(data: bytes, package: Package) -> Grid:
    """Open a workbook; raise Refused where it is damaged, beyond the limits, or read in two ways."""
    try:
        grid = _Workbook(package).read()
    except (struct.error, IndexError, KeyError, UnicodeDecodeError, expat.ExpatError) as error:
        raise damaged("记录不完整") from error
    confirm(grid, data)
    grid.notes = [*grid.notes, *notes_on_parts(package)]
    return grid


class _Relations(Reader):
    """Relation id → (last word of its type, part); links that lead outside are left alone."""

    def __init__(self, part: str, xml: bytes | None) -> None:
        super().__init__()
        self.found: dict[str, tuple[str, str]] = {}
        self._folder = dirname(part)
        if xml is not None:
            self.parse(xml)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """One relationship."""
        if tag.endswith(":Relationship") and attributes.get("TargetMode") != "External":
            target = attributes["Target"]
            part = target.lstrip("/") if target.startswith("/") else normpath(join(self._folder, target))
            self.found[attributes["Id"]] = (attributes["Type"].rpartition("/")[2], part)


@dataclass(slots=True)
class _Formats:
    """Number formats by style: their codes, and whether they show a day."""

    codes: list[str] = field(default_factory=list)
    days: list[bool] = field(default_factory=list)


class _Workbook:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._filling = Filling()
        self._since_1904 = False
        self._named = self._relations(_WORKBOOK).values()
        self._texts = [
            _rich(content, 0)
            for number, content in self._records(self._part("sharedStrings"))
            if number == _SHARED_ITEM
        ]
        self._formats = self._read_formats()
        self._standing = Standing(self._records(self._part("styles")))

    def read(self) -> Grid:
        """All worksheets, in the order of the tabs."""
        relations = self._relations(_WORKBOOK)
        for number, content in self._records(_WORKBOOK):
            if number == _WORKBOOK_PROPERTIES:
                self._since_1904 = bool(content[0] & 1)
            if number != _SHEET:
                continue
            relation, end = word(content, 8)
            name, _ = word(content, end)
            kind, part = relations.get(relation, ("", ""))
            if kind == "worksheet":
                self._filling.begin(name).hidden = struct.unpack_from("<I", content)[0] != 0
                self._read_sheet(part)
            elif not kind and relation:
                raise damaged(f"工作表“{name}”的内容缺失", sheet=name)
        if not self._filling.sheets:
            raise damaged("里面没有工作表")
        return Grid("xlsb", self._filling.sheets)

    def _records(self, part: str) -> list[tuple[int, bytes]]:
        return list(records(self._package.binary(part) or b""))

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        return _Relations(part, self._package.xml(f"{dirname(part)}/_rels/{part.rpartition('/')[2]}.rels")).found

    def _part(self, kind: str) -> str:
        """The workbook's part of this kind: as it says, which must be where calamine looks for it too."""
        usual = f"xl/{kind}.bin"
        return self._package.only([part for found, part in self._named if found == kind], usual) or usual

    def _read_formats(self) -> _Formats:
        codes, found, in_cells = dict(number_format.BUILT_IN), _Formats(), False
        for number, content in self._records(self._part("styles")):
            if number == _FORMAT:
                codes[struct.unpack_from("<H", content)[0]] = word(content, 2)[0]
            elif number in (_BEGIN_CELL_XFS, _END_CELL_XFS):
                in_cells = number == _BEGIN_CELL_XFS
            elif number == _XF and in_cells:
                index = struct.unpack_from("<H", content, 2)[0]
                code = codes.get(index, "General")
                found.codes.append(code)
                found.days.append(index in BUILT_IN_DATES or is_date(code))
        return found

    # -------------------------------------------------------------- sheets

    def _read_sheet(self, part: str) -> None:
        if self._package.binary(part) is None:
            raise damaged(f"工作表“{self._filling.sheet.name}”的内容缺失", sheet=self._filling.sheet.name)
        row, hidden_rows, hidden_cols = -1, list[tuple[int, int]](), list[tuple[int, int]]()
        for number, content in self._records(part):
            if number == _ROW:
                row = struct.unpack_from("<I", content)[0]
                if row >= MAX_ROW:
                    raise damaged("工作表里有无法理解的单元格位置")
                height = struct.unpack_from("<H", content, 8)[0]
                if content[11] & _HIDDEN_ROW or is_low(height / _TWIPS):
                    hidden_rows.append((row, row))
            elif number in _CELLS:
                self._put(row, number, content)
            elif number == _COLUMNS:
                first, last, width, _, flags = struct.unpack_from("<IIIIH", content)
                if flags & 1 or is_narrow_in_digits(width / _PARTS_OF_A_DIGIT):
                    hidden_cols.append((first, last))
            elif number == _MERGED:
                top, bottom, left, right = struct.unpack_from("<IIII", content)
                self._filling.merge(Merge(top, left, bottom, right))
        self._filling.hide(hidden_rows, hidden_cols)
        self._read_comments(part)

    def _put(self, row: int, number: int, content: bytes) -> None:
        col, packed = struct.unpack_from("<II", content)
        style = packed & 0xFFFFFF
        if row < 0:
            raise damaged("工作表里有无法理解的单元格位置")
        kind, value = self._value(number, content)
        if kind is CellKind.NUMBER and style < len(self._formats.days) and self._formats.days[style]:
            kind, value = read_serial(float(value), since_1904=self._since_1904)  # type: ignore[arg-type]
        code = self._formats.codes[style] if style < len(self._formats.codes) else ""
        shown = number_format.parse(code, value) if kind is CellKind.NUMBER else GENERAL
        formula = number in (_FORMULA_TEXT, _FORMULA_REAL, _FORMULA_BOOLEAN, _FORMULA_ERROR)
        apart = of_runs(self._standing.pieces(style, str(value), self._runs(number, content))) or ""
        self._filling.put(Cell(row, col, kind, value, shown.decimals, shown.percent, shown.text, formula, apart=apart))

    def _runs(self, number: int, content: bytes) -> Runs:
        if number == _SHARED:
            index: int = struct.unpack_from("<I", content, 8)[0]
            return self._texts[index][1]
        return _rich(content, 8)[1] if number == _RICH else []

    def _value(self, number: int, content: bytes) -> tuple[CellKind, Scalar]:
        if number == _RK:
            return CellKind.NUMBER, rk(content, 8)
        if number in (_REAL, _FORMULA_REAL):
            return CellKind.NUMBER, struct.unpack_from("<d", content, 8)[0]
        if number in (_BOOLEAN, _FORMULA_BOOLEAN):
            return CellKind.BOOLEAN, bool(content[8])
        if number in (_ERROR, _FORMULA_ERROR):
            return CellKind.ERROR, ERRORS.get(content[8], "#N/A")
        if number == _SHARED:
            return CellKind.TEXT, self._texts[struct.unpack_from("<I", content, 8)[0]][0]
        return CellKind.TEXT, word(content, 9 if number == _RICH else 8)[0]

    def _read_comments(self, part: str) -> None:
        place = ""
        for kind, target in self._relations(part).values():
            if kind != "comments":
                continue
            for number, content in self._records(target):
                if number == _COMMENT:
                    row, _, col, _ = struct.unpack_from("<IIII", content, 4)
                    place = address(row, col)
                elif number == _COMMENT_TEXT:
                    self._filling.comments[place] = word(content, 1)[0]


def _rich(content: bytes, at: int) -> tuple[str, Runs]:
    """A text with its flags before it, and its runs."""
    text, end = word(content, at + 1)
    return text, runs_of(content, content[at], end)
