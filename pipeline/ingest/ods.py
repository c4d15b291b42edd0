"""OpenDocument spreadsheets (.ods, and .fods in one XML file), read from their content in one pass."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import lru_cache
from xml.parsers import expat

from pipeline.ingest.apart import Apart, words_of
from pipeline.ingest.filling import Filling
from pipeline.ingest.markup import Reader, as_utf8, finite_number, not_well_formed
from pipeline.ingest.number_format import GENERAL
from pipeline.ingest.ods_fonts import Standing, Style, Styled
from pipeline.ingest.ods_notes import Besides
from pipeline.ingest.ods_styles import Styles
from pipeline.ingest.package import Package
from pipeline.ingest.refusal import ENCRYPTED, Refused, damaged
from pipeline.ingest.stored_and_shown import ERROR_SHOWN, settled
from pipeline.model import Cell, CellKind, Grid, Merge, Scalar, address

KIND = "OpenDocument 表格（.fods）"

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = {
    **{f"{_OASIS}{long}:1.0": short for long, short in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("datastyle", "number"),
        ("drawing", "draw"),
    )},
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
}  # fmt: skip
_ASIDE = {
    "table:tracked-changes", "table:shapes", "table:dde-links", "table:content-validations", "table:named-expressions",
    "table:database-ranges", "table:data-pilot-tables", "table:consolidation", "office:forms", "office:scripts",
    "text:ruby-text", "text:note",
}  # fmt: skip
"""Elements that may hold texts or tables of their own, none of them a cell's."""

_SPACE, _TAB, _BREAK = "\x01", "\x02", "\x03"
_BLANKS = re.compile(f"[ \\t\\r\\n{_SPACE}{_TAB}{_BREAK}]")
_MEANT = {1: " ", 2: "\t", 3: "\n"}
"""Signs that no XML holds stand for the blanks that are meant, until the others are out."""

_LINKED = ("table:table-source", "table:cell-range-source")
_CACHE = re.compile(r"'[A-Za-z][A-Za-z0-9+.-]*:(?:[^']|'')*'#.*")
"""`'file:///C:/别处.ods'#$表`: so a table is called that only keeps what formulas last found in another file."""
_FAMILIES = {"text:p": "paragraph", "text:span": "text", "text:a": "text"}
_CELLS = ("table:table-cell", "table:covered-table-cell")
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")


def open_ods(package: Package) -> Grid:
    """Open the package of a spreadsheet; raise Refused where it is encrypted, damaged or beyond the limits."""
    if b"encryption-data" in (package.xml("META-INF/manifest.xml") or b""):
        raise Refused("F01", ENCRYPTED)
    content = package.xml("content.xml")
    if content is None:
        raise damaged("内部没有 content.xml")
    try:
        return _read([package.xml("styles.xml") or b"<none/>", content], package)
    except expat.ExpatError as error:
        raise damaged("内部 XML 不完整") from error


def open_flat_ods(data: bytes) -> Grid:
    """Open a spreadsheet that is one XML file; raise Refused as above."""
    try:
        return _read([as_utf8(data)])
    except expat.ExpatError as error:
        raise not_well_formed(KIND, error) from error


def _read(parts: list[bytes], package: Package | None = None) -> Grid:
    reader = _Reader()
    # Counted in a moment; to be read cell by cell they would take longer than there is.
    reader.filling.room_for(sum(part.count(b"office:value-type=") for part in parts))
    for part in parts:
        reader.parse(part)
    if not reader.filling.sheets:
        raise damaged("里面没有工作表")
    return Grid("ods", reader.filling.sheets, reader.besides.notes(package))


@dataclass(slots=True)
class _Open:
    """A cell while it is read."""

    attributes: dict[str, str]
    paragraphs: list[str] = field(default_factory=list)
    comment: list[str] = field(default_factory=list)
    pieces: list[Styled] = field(default_factory=list)
    stray: bool = False
    """A text stands in it where no program looks for one."""


class _Reader(Reader):
    namespaces = _NAMESPACES

    def __init__(self) -> None:
        super().__init__()
        self.filling = Filling()
        self.styles = Styles()
        self.standing = Standing()
        self.besides = Besides()
        self._aside = 0
        self._text: list[str] | None = None
        self._cell: _Open | None = None
        self._commented = False
        self._inside: list[tuple[str, Style]] = []
        """Elements that are open in the cell, and the styles of their texts."""
        self._row = self._col = 0
        self._row_attributes: dict[str, str] = {}
        self._in_row: list[tuple[int, int, _Open]] = []
        """Column, how many columns alike, and the cell."""
        self._columns: list[tuple[int, int, str]] = []
        self._hidden_rows: list[tuple[int, int]] = []
        self._hidden_cols: list[tuple[int, int]] = []

    # -------------------------------------------------------------- elements

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._aside or _stands_aside(tag) or (tag == "table:table" and _is_cache(attributes)):
            self._aside += 1
            self.besides.start(tag, attributes)
            return
        if self._cell is not None:
            self._inside.append((tag, (_FAMILIES.get(tag, ""), attributes.get("text:style-name", ""))))
        if tag in _CELLS:
            self._cell, self._inside = _Open(attributes), []
        elif tag.startswith(("style:", "number:")):
            self.styles.start(tag, attributes)
            self.standing.start(tag, attributes)
            self._text = []
        elif tag == "text:p":
            # In a list, say, no program shows it.
            self._text = [] if len(self._inside) < 2 or self._commented else None
        elif tag.startswith("text:"):
            self._space(tag, attributes)
        elif tag == "office:annotation":
            self._commented = True
        else:
            self._start_table_part(tag, attributes)

    def _start_table_part(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table-row":
            self._row_attributes, self._col, self._in_row = attributes, 0, []
        elif tag == "table:table-column":
            self._column(attributes)
        elif tag == "table:table":
            self._table(attributes)
        elif tag in _LINKED:
            self.besides.link()

    def end(self, tag: str) -> None:
        if self._aside:
            self._aside -= 1
            self.besides.end()
            return
        if self._inside:
            self._inside.pop()
        if tag in _CELLS:
            self._end_cell()
        elif tag == "text:p":
            self._paragraph()
        elif tag.startswith(("style:", "number:")):
            self.styles.end(tag, "".join(self._text or ()))
            self.standing.end(tag)
            self._text = None
        elif tag == "office:annotation":
            self._commented = False
        elif tag == "table:table-row":
            self._end_row()
        elif tag == "table:table":
            self.filling.hide(self._hidden_rows, self._hidden_cols)

    def text(self, data: str) -> None:
        if self._aside:
            self.besides.text(data)
            return
        if self._cell is not None and not self._commented:
            self._cell.stray |= self._text is None and bool(data.strip())
            if self.standing.sets_apart:
                styles = tuple(style for _, style in self._inside if style[0])
                self._cell.pieces.append((data, styles))
                data = self._without_mark(data, styles)
        if self._text is not None:
            self._text.append(data)

    # -------------------------------------------------------------- texts

    def _without_mark(self, data: str, styles: tuple[Style, ...]) -> str:
        """A piece of a paragraph, nothing for a raised mark behind its words."""
        before = "".join((self._text or [])[-3:])
        return words_of([(before, None), (data, self.standing.look(styles))])[len(before) :]

    def _space(self, tag: str, attributes: dict[str, str]) -> None:
        """Blanks of the file's layout count as one; those that are meant have elements of their own."""
        if self._text is None:
            return
        if tag == "text:s":
            self._text.append(_SPACE * min(_count(attributes, "text:c"), 1000))
        elif tag in ("text:tab", "text:line-break"):
            self._text.append(_TAB if tag == "text:tab" else _BREAK)

    def _paragraph(self) -> None:
        text = "".join(self._text or ())
        if _BLANKS.search(text):
            text = re.sub(r"[ \t\r\n]+", " ", text).strip(" ").translate(_MEANT)
        self._text = None
        if self._cell is not None:
            (self._cell.comment if self._commented else self._cell.paragraphs).append(text)

    # -------------------------------------------------------------- tables, rows, columns

    def _table(self, attributes: dict[str, str]) -> None:
        if self._cell is not None:
            raise damaged("单元格里另有一张表")
        self.filling.begin(attributes.get("table:name", ""))
        self.filling.sheet.hidden = ("table", attributes.get("table:style-name", "")) in self.styles.hidden
        self._row, self._columns, self._hidden_rows, self._hidden_cols = 0, [], [], []

    def _column(self, attributes: dict[str, str]) -> None:
        first = self._columns[-1][1] + 1 if self._columns else 0
        last = first + _count(attributes, "table:number-columns-repeated") - 1
        self._columns.append((first, last, attributes.get("table:default-cell-style-name", "")))
        if self._is_hidden("table-column", attributes):
            self._hidden_cols.append((first, last))

    def _is_hidden(self, family: str, attributes: dict[str, str]) -> bool:
        collapsed = attributes.get("table:visibility", "visible") != "visible"
        return collapsed or (family, attributes.get("table:style-name", "")) in self.styles.hidden

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is None:
            return
        times = _count(cell.attributes, "table:number-columns-repeated")
        if cell.attributes or cell.paragraphs or cell.comment:
            self._in_row.append((self._col, times, cell))
        self._col += times

    def _end_row(self) -> None:
        rows = _count(self._row_attributes, "table:number-rows-repeated")
        if self._is_hidden("table-row", self._row_attributes):
            self._hidden_rows.append((self._row, self._row + rows - 1))
        filled = [(col, times, made) for col, times, cell in self._in_row if (made := self._made(col, cell))]
        # Asked first: a kilobyte can claim some thousand million cells.
        self.filling.room_for(rows * sum(times for _, times, _ in filled))
        if filled:
            for row in range(self._row, self._row + rows):
                self._put_row(row, filled)
        self._row += rows

    def _put_row(self, row: int, filled: list[tuple[int, int, Cell]]) -> None:
        for col, times, cell in filled:
            for at in range(col, col + times):
                self.filling.put(cell if (row, at) == (cell.row, cell.col) else replace(cell, row=row, col=at))

    # -------------------------------------------------------------- cells

    def _made(self, col: int, cell: _Open) -> Cell | None:
        """The cell as it stands first, None for a blank one; merges and comments of blank ones are kept too."""
        down = _count(cell.attributes, "table:number-rows-spanned")
        across = _count(cell.attributes, "table:number-columns-spanned")
        if down > 1 or across > 1:
            self.filling.merge(Merge(self._row, col, self._row + down - 1, col + across - 1))
        if cell.comment:
            self.filling.comments[address(self._row, col)] = "\n".join(cell.comment)
        kind, value = self._understood(self._row, col, cell)
        if kind is CellKind.TEXT and not str(value).strip():
            return None
        style = self._style(col, cell)
        shown = self.styles.of_cell(style, value) if kind is CellKind.NUMBER else GENERAL
        percent = shown.percent or (kind is CellKind.NUMBER and cell.attributes["office:value-type"] == "percentage")
        formula = "table:formula" in cell.attributes
        if formula:
            self.besides.formula(self.filling.sheet.name, self._row, col, cell.attributes["table:formula"])
        apart = self.standing.of(style, cell.pieces)
        made = Cell(self._row, col, kind, value, shown.decimals, percent, shown.text, formula, apart=apart)
        return self._settled(made, cell, style)

    def _settled(self, made: Cell, cell: _Open, style: str) -> Cell:
        """A number or day as read beside its text, which no program shows: it may as well repeat what is stored."""
        if made.kind not in (CellKind.NUMBER, CellKind.DATE) or made.apart not in ("", Apart.ALL_STRUCK):
            return made
        text = "\n".join(cell.paragraphs)
        if text in (cell.attributes.get("office:value", ""), cell.attributes.get("office:date-value", "")):
            return made
        return settled(made, text, by_sign=self.styles.by_sign(style))

    def _style(self, col: int, cell: _Open) -> str:
        own = cell.attributes.get("table:style-name") or self._row_attributes.get("table:default-cell-style-name")
        if own or not self._columns:
            return own or ""
        return next((style for first, last, style in self._columns if first <= col <= last), "")

    def _understood(self, row: int, col: int, cell: _Open) -> tuple[CellKind, Scalar]:
        attributes = cell.attributes
        kind = attributes.get("office:value-type", "")
        shown = "\n".join(cell.paragraphs) if len(cell.paragraphs) != 1 else cell.paragraphs[0]
        text = attributes.get("office:string-value") or shown
        formula = "table:formula" in attributes
        if attributes.get("calcext:value-type") == "error" or (formula and ERROR_SHOWN.fullmatch(text)):
            return CellKind.ERROR, text or "#N/A"
        if not kind and formula and not text:
            return CellKind.UNCALCULATED, ""
        try:
            if kind in ("", "string") and (cell.stray or (shown and "".join(shown.split()) != "".join(text.split()))):
                raise ValueError(kind)
            return _typed(kind, attributes, text)
        except (KeyError, ValueError) as error:
            sheet, place = self.filling.sheet.name, address(row, col)
            raise damaged(f"工作表“{sheet}”单元格{place}的内容无法解读", sheet=sheet, cell=place) from error


def _typed(kind: str, attributes: dict[str, str], text: str) -> tuple[CellKind, Scalar]:
    """Kind and value by the type that the file states; raise KeyError or ValueError where they do not fit."""
    if kind in ("float", "percentage", "currency"):
        return CellKind.NUMBER, finite_number(attributes["office:value"])
    if kind == "boolean":
        return CellKind.BOOLEAN, {"true": True, "false": False}[attributes["office:boolean-value"]]
    if kind == "date":
        moment = datetime.fromisoformat(attributes["office:date-value"])
        return CellKind.DATE, _day(moment)
    if kind == "time":
        found = _DURATION.fullmatch(attributes["office:time-value"])
        return CellKind.DATE, ":".join(f"{int(part):02}" for part in found.groups()) if found else text
    if kind not in ("", "string"):
        raise ValueError(kind)
    return CellKind.TEXT, text


def _day(moment: datetime) -> date | datetime:
    return moment.date() if moment.time() == time() else moment


def _count(attributes: dict[str, str], name: str) -> int:
    """How often, at least once; what is no number counts as once."""
    text = attributes.get(name)
    if text is None:
        return 1
    return max(1, int(text)) if text.isdecimal() and len(text) < 12 else 1


@lru_cache(maxsize=1024)
def _stands_aside(tag: str) -> bool:
    return tag in _ASIDE or tag.startswith("draw:")


def _is_cache(attributes: dict[str, str]) -> bool:
    return bool(_CACHE.fullmatch(attributes.get("table:name", "")))
