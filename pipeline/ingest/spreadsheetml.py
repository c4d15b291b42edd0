"""The XML of Excel 2003 (SpreadsheetML), often saved as .xls by systems that export reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time
from xml.parsers import expat

from pipeline.ingest import number_format
from pipeline.ingest.apart import Apart, Piece, of_runs, words_of
from pipeline.ingest.besides import CONNECTIONS, LINKS, with_formulas
from pipeline.ingest.filling import Filling
from pipeline.ingest.formulas import Reach, reach
from pipeline.ingest.markup import Reader, as_utf8, finite_number, not_well_formed
from pipeline.ingest.number_format import GENERAL, NumberFormat
from pipeline.ingest.refusal import SEND_EXCEL, Refused, damaged
from pipeline.ingest.spreadsheetml_fonts import Standing, look_of
from pipeline.model import Cell, CellKind, Grid, Merge, Scalar, address

KIND = "Excel 2003 的 XML 表格"

_OFFICE = "urn:schemas-microsoft-com:office:"
_NAMESPACES = {
    f"{_OFFICE}spreadsheet": "ss", f"{_OFFICE}excel": "x", "http://www.w3.org/TR/REC-html40": "html",
}  # fmt: skip
_NAMED_FORMATS = {
    "General Number": "General", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
    "Currency": "#,##0.00", "Euro Currency": "#,##0.00",
}  # fmt: skip
"""Formats that this kind of file names by a word; the others are dates or words for yes and no."""

_BESIDES = {"x:SupBook": LINKS, "x:ExternName": LINKS, "x:QueryTable": CONNECTIONS}
_HIDDEN = ("SheetHidden", "SheetVeryHidden")


def open_spreadsheetml(data: bytes) -> Grid:
    """Open a workbook that is one XML file; raise Refused where it is not well-formed or beyond the limits."""
    reader = _Reader()
    try:
        reader.parse(as_utf8(data))
    except expat.ExpatError as error:
        raise not_well_formed(KIND, error) from error
    if not reader.filling.sheets:
        raise damaged(f"是 {KIND}，但里面没有工作表")
    return Grid("xml", reader.filling.sheets, with_formulas(reader.reaching, list(reader.told)))


@dataclass(slots=True)
class _Open:
    """A cell while it is read; `type` is None as long as it has no data."""

    attributes: dict[str, str]
    type: str | None = None
    text: list[str] = field(default_factory=list)
    comment: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    """The text again, with how each piece of it stands."""
    unclear: bool = False
    """Its text is written twice, or where no program looks for one."""


class _Reader(Reader):
    namespaces = _NAMESPACES

    def __init__(self) -> None:
        super().__init__()
        self.filling = Filling()
        self.reaching: list[tuple[str, int, int, Reach]] = []
        self.told: dict[str, None] = {}
        """What comes besides cells, a sentence each."""
        self._formats: dict[str, tuple[str, str]] = {}
        """Style → (its parent, its format code)."""
        self._style = ""
        self._standing = Standing()
        self._tags: list[str] = []
        """Those that are open within a text."""
        self._cell: _Open | None = None
        self._to: list[str] | None = None
        self._commented = False
        self._row = self._col = self._last_row = -1
        self._row_style = ""
        self._columns: list[tuple[int, int, str]] = []
        self._hidden_rows: list[tuple[int, int]] = []
        self._hidden_cols: list[tuple[int, int]] = []
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "ss:Cell": self._start_cell,
            "ss:Row": self._start_row,
            "ss:Column": self._start_column,
            "ss:Worksheet": self._start_sheet,
        }

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "ss:Data" and self._cell:
            self._start_data(self._cell, attributes)
        elif self._to is not None:
            self._tags.append(tag)
        elif tag in self._starts:
            self._starts[tag](attributes)
        elif tag == "ss:Comment":
            self._commented = True
        elif tag in ("ss:Style", "ss:NumberFormat", "ss:Font"):
            self._start_style(tag, attributes)
        elif tag == "x:Visible":
            self._to = []
        elif tag in _BESIDES:
            self.told[_BESIDES[tag]] = None

    def _start_sheet(self, attributes: dict[str, str]) -> None:
        self.filling.begin(attributes.get("ss:Name", ""))
        self._row = self._last_row = -1
        self._columns, self._hidden_rows, self._hidden_cols = [], [], []

    def _start_data(self, cell: _Open, attributes: dict[str, str]) -> None:
        self._to, self._tags = (cell.comment if self._commented else cell.text), []
        if not self._commented:
            cell.unclear |= cell.type is not None
            cell.type = attributes.get("ss:Type", "String")

    def end(self, tag: str) -> None:
        if self._tags:
            self._tags.pop()
        elif tag == "ss:Data":
            self._to = None
        elif tag == "ss:Cell":
            self._end_cell()
        elif tag == "ss:Comment":
            self._commented = False
        elif tag == "ss:Worksheet":
            self.filling.hide(self._hidden_rows, self._hidden_cols)
        elif tag == "x:Visible" and self.filling.sheets:
            self.filling.sheet.hidden = "".join(self._to or ()).strip() in _HIDDEN
            self._to = None

    def text(self, data: str) -> None:
        if self._to is not None:
            self._to.append(data)
            if self._cell and self._to is self._cell.text:
                self._cell.pieces.append((data, look_of(self._tags)))
        elif self._cell and data.strip():
            self._cell.unclear = True

    def _start_style(self, tag: str, attributes: dict[str, str]) -> None:
        self._standing.start(tag, attributes)
        if tag == "ss:Style":
            self._style = attributes.get("ss:ID", "")
            self._formats[self._style] = (attributes.get("ss:Parent", ""), "")
        elif tag == "ss:NumberFormat" and self._style in self._formats:
            self._formats[self._style] = (self._formats[self._style][0], attributes.get("ss:Format", "General"))

    # -------------------------------------------------------------- rows, columns, cells

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = self._place(attributes, self._last_row)
        self._col, self._row_style = -1, attributes.get("ss:StyleID", "")
        self._last_row = self._row + _count(attributes, "ss:Span")
        if _is_hidden(attributes, "ss:Height"):
            self._hidden_rows.append((self._row, self._last_row))

    def _start_column(self, attributes: dict[str, str]) -> None:
        first = self._place(attributes, self._columns[-1][1] if self._columns else -1)
        last = first + _count(attributes, "ss:Span")
        self._columns.append((first, last, attributes.get("ss:StyleID", "")))
        if _is_hidden(attributes, "ss:Width"):
            self._hidden_cols.append((first, last))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._col = self._place(attributes, self._col)
        self._cell = _Open(attributes)

    def _place(self, attributes: dict[str, str], before: int) -> int:
        """Where an element stands, from 0; raise Refused where its index goes back."""
        place = _count(attributes, "ss:Index") - 1 if "ss:Index" in attributes else before + 1
        if place <= before:
            raise damaged(f"第{self._row + 1}行附近的位置编号前后颠倒")
        return place

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is None:
            return
        row, col = self._row, self._col
        self._col += _count(cell.attributes, "ss:MergeAcross")
        self.filling.merge(Merge(row, col, row + _count(cell.attributes, "ss:MergeDown"), self._col))
        if cell.comment:
            self.filling.comments[address(row, col)] = "".join(cell.comment)
        try:
            kind, value = _understood(cell)
        except ValueError as error:
            raise damaged(f"工作表“{self.filling.sheet.name}”单元格{address(row, col)}的内容无法解读") from error
        shown = self._format(self._style_of(cell, col)) if kind is CellKind.NUMBER else GENERAL
        formula = cell.attributes.get("ss:Formula")
        self.reaching += [(self.filling.sheet.name, row, col, how) for how in reach(formula or "")]
        apart = of_runs(pieces := self._standing.pieces(self._style_of(cell, col), cell.pieces)) or ""
        if apart == Apart.RAISED and kind is CellKind.TEXT:
            value = words_of(pieces)
        self.filling.put(
            Cell(row, col, kind, value, shown.decimals, shown.percent, shown.text, formula is not None, apart=apart)
        )

    def _style_of(self, cell: _Open, col: int) -> str:
        own = cell.attributes.get("ss:StyleID") or self._row_style
        return own or next((style for first, last, style in self._columns if first <= col <= last), "") or "Default"

    def _format(self, style: str) -> NumberFormat:
        met: set[str] = set()
        while style in self._formats and style not in met:
            met.add(style)
            style, code = self._formats[style]
            if code:
                return number_format.parse(_NAMED_FORMATS.get(code, code))
        return GENERAL


def _understood(cell: _Open) -> tuple[CellKind, Scalar]:
    """Kind and value by the type that the file states; raise ValueError where they do not fit."""
    text = "".join(cell.text)
    if cell.unclear:
        raise ValueError(text)
    if cell.type is None:
        return (CellKind.UNCALCULATED if "ss:Formula" in cell.attributes else CellKind.TEXT), ""
    if cell.type == "Number":
        return CellKind.NUMBER, finite_number(text)
    if cell.type == "Boolean":
        return CellKind.BOOLEAN, bool(int(text))
    if cell.type == "DateTime":
        return CellKind.DATE, _moment(datetime.fromisoformat(text.strip()))
    if cell.type == "Error":
        return CellKind.ERROR, text or "#N/A"
    if cell.type != "String":
        raise ValueError(cell.type)
    return CellKind.TEXT, text


def _moment(moment: datetime) -> Scalar:
    """A day, a moment, or the text of a time of day, which the file dates to the day before its first."""
    if moment.year < 1900 or (moment.year == 1904 and moment.month == moment.day == 1):
        return str(moment.time())
    return moment.date() if moment.time() == time() else moment


def _is_hidden(attributes: dict[str, str], size: str) -> bool:
    return attributes.get("ss:Hidden") == "1" or attributes.get(size, "1").strip("0.") == ""


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "0")
    if not text.isdecimal() or len(text) > 9:
        raise Refused(
            "F01", f"内容其实是 {KIND}，但里面的 {name} 不是编号（可能是没有填好的模板），没有读取。{SEND_EXCEL}"
        )
    return int(text)
