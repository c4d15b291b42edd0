"""One streamed pass over a sheet's XML: what calamine loses, and what it must not be asked to open.

Error cells, formulas without a stored value, style numbers, hidden rows and columns, merged ranges; the extent
of the sheet is known before calamine lays it out in memory. Formulas are looked at for what they reach outside the
file; they are never calculated.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from pipeline.ingest import limits
from pipeline.ingest.formulas import Reach, reach
from pipeline.ingest.out_of_sight import is_low, is_narrow_in_digits, stated
from pipeline.ingest.refusal import damaged, hostile, too_big
from pipeline.ingest.rich_text import RichText, TextReader
from pipeline.model import Merge, address

MAX_ROW, MAX_COL = 2**20, 2**14
"""A sheet's size by the standard."""


@dataclass(slots=True)
class StoredCell:
    """A cell as the file writes it; `value` is None where there is no <v>."""

    row: int
    col: int
    type: str
    style: int
    formula: bool
    value: str | None
    inline: RichText | None = None
    """The text that is written inside the cell."""
    twofold: bool = False
    """Two values are written: which of both is meant cannot be known."""


@dataclass(slots=True)
class SheetXml:
    """What one pass over a sheet brings."""

    cells: list[StoredCell] = field(default_factory=list)
    merged: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: list[tuple[int, int]] = field(default_factory=list)
    """First and last of each run of hidden columns."""
    reaching: list[tuple[int, int, Reach]] = field(default_factory=list)
    """Row and column of each formula that reaches outside the file, and how."""
    misplaced: str = ""
    """The first cell that stands in the element of another row: which of both is hidden cannot be known."""
    last_row: int = -1
    last_col: int = -1

    def hidden_columns(self) -> frozenset[int]:
        """The hidden columns, as far as the sheet is filled."""
        runs = set(self.hidden_cols)
        return frozenset(col for first, last in runs for col in range(max(first, 0), min(last, self.last_col) + 1))


def read_sheet(xml: bytes, cells_so_far: int = 0) -> SheetXml:
    """Read a sheet; raise Refused where it is damaged or beyond the limits."""
    parse = _Pass(cells_so_far)
    try:
        parse.parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise damaged("工作表的 XML 不完整") from error
    except ValueError as error:
        raise damaged("工作表里有无法理解的单元格位置") from error
    _refuse_overlaps(parse.sheet)
    return parse.sheet


def _refuse_overlaps(sheet: SheetXml) -> None:
    """One range merged twice is one; two that overlap show one thing here and another there."""
    sheet.merged = list(dict.fromkeys(sheet.merged))
    above: list[Merge] = []
    for merge in sorted(sheet.merged, key=lambda merge: merge.top):
        above = [other for other in above if other.bottom >= merge.top]
        if any(other.left <= merge.right and merge.left <= other.right for other in above):
            place = address(merge.top, merge.left)
            raise damaged(f"合并单元格在{place}互相重叠", cell=place)
        above.append(merge)


def xml_parser() -> expat.XMLParserType:
    """A parser that stops at a document type: entities are declared nowhere else."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def local(tag: str) -> str:
    """A tag without its prefix: some programs write `x:c` for `c`."""
    return tag.rpartition(":")[2]


def read_ref(ref: str) -> tuple[int, int]:
    """`C7` as row and column from 0; raise ValueError for what is none."""
    letters = ref.rstrip("0123456789")
    col = _COLUMNS.get(letters)
    if col is None:
        col = _COLUMNS[letters] = _column(letters)
    row = int(ref[len(letters) :]) - 1
    if not 0 <= row < MAX_ROW:
        raise ValueError(f"row out of range: {ref}")
    return row, col


_COLUMNS: dict[str, int] = {}


def _column(letters: str) -> int:
    number = 0
    for letter in letters.replace("$", ""):
        if not "A" <= letter <= "Z":
            raise ValueError(f"no column: {letters}")
        number = number * 26 + ord(letter) - 64
    if not 1 <= number <= MAX_COL:
        raise ValueError(f"no column: {letters}")
    return number - 1


def _refuse_doctype(*_: object) -> None:
    raise hostile("XML 实体声明")


class _Pass:
    """Handlers of one parse. The cell's own tags come first and without detours: they are nearly all there is.

    Where a cell stands is only worked out once it holds something: formatted blanks can be millions.
    """

    def __init__(self, cells_so_far: int) -> None:
        self.sheet = SheetXml()
        self.parser = xml_parser()
        self.parser.StartElementHandler = self._root
        self.parser.EndElementHandler = self._end
        self._room = limits.MAX_CELLS - cells_so_far
        self._marks = limits.MAX_MARKS
        self._row = -1
        self._col = -1
        self._row_stated = False
        self._ref: str | None = None
        self._open: dict[str, str] | None = None
        self._cell: StoredCell | None = None
        self._inline = TextReader(self.parser)
        self._text: list[str] = []
        self._others = {
            "row": self._start_row,
            "mergeCell": self._merge,
            "col": self._columns,
        }

    def _root(self, tag: str, _: dict[str, str]) -> None:
        if local(tag) != "worksheet":
            raise damaged("工作表的部件里不是工作表")
        self.parser.StartElementHandler = self._start

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if ":" in tag:
            tag = local(tag)
        if tag == "c":
            ref = attributes.get("r")
            if ref is None:
                self._col = (self._col if self._ref is None else read_ref(self._ref)[1]) + 1
            self._ref = ref
            self._open = attributes
            self._count()
        elif self._open is None:
            other = self._others.get(tag)
            if other is not None:
                other(attributes)
        elif tag in ("v", "f"):
            self._begin_cell(self._open).formula |= tag == "f"
            self._text = []
            self.parser.CharacterDataHandler = self._text.append
        elif tag == "is":
            cell = self._begin_cell(self._open)
            cell.twofold |= cell.inline is not None
            self._inline.begin()
            self.parser.StartElementHandler = self._inline.start
            self.parser.EndElementHandler = self._end_inline

    def _begin_cell(self, attributes: dict[str, str]) -> StoredCell:
        """The open cell, now that it holds something."""
        if self._cell is None:
            if self._ref is not None:
                row, self._col = read_ref(self._ref)
                if row != self._row and self._row_stated:
                    self.sheet.misplaced = self.sheet.misplaced or self._ref
                self._row = row
            style = int(attributes.get("s") or 0)
            self._cell = StoredCell(self._row, self._col, attributes.get("t", "n"), style, False, None)
        return self._cell

    def _end(self, tag: str) -> None:
        if ":" in tag:
            tag = local(tag)
        cell = self._cell
        if tag == "c":
            if cell is not None:
                if cell.inline is not None or cell.formula or cell.value is not None:
                    self._keep(cell)
                self._cell = None
            self._open = None
        elif cell is None:
            return
        elif tag == "v":
            self.parser.CharacterDataHandler = None
            cell.twofold |= cell.value is not None
            cell.value = "".join(self._text)
        elif tag == "f":
            self.parser.CharacterDataHandler = None
            for how in reach("".join(self._text)):
                self.sheet.reaching.append((cell.row, cell.col, how))

    def _end_inline(self, _: str) -> None:
        if self._inline.end() and self._cell is not None:
            self._cell.inline = self._inline.taken()
            self.parser.StartElementHandler = self._start
            self.parser.EndElementHandler = self._end

    def _count(self) -> None:
        self._marks -= 1
        if self._marks < 0:
            raise too_big(f"一张工作表里带格式的行和单元格超过{limits.MAX_MARKS}个，多数是空白的")

    def _keep(self, cell: StoredCell) -> None:
        sheet = self.sheet
        sheet.cells.append(cell)
        if cell.row > sheet.last_row:
            sheet.last_row = cell.row
        if cell.col > sheet.last_col:
            sheet.last_col = cell.col
            if cell.col >= limits.MAX_COLUMNS:
                told = f"内容写到了第{cell.col + 1}列（最多{limits.MAX_COLUMNS}列）"
                raise too_big(told, cell=address(cell.row, cell.col))
        if len(sheet.cells) > self._room:
            raise too_big(f"有内容的单元格超过{limits.MAX_CELLS}个")

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self._row_stated = number is not None
        self._row = self._row + 1 if number is None else int(number) - 1
        self._col, self._ref = -1, None
        self._count()
        if _true(attributes.get("hidden")) or is_low(stated(attributes.get("ht"))):
            self.sheet.hidden_rows.add(self._row)

    def _columns(self, attributes: dict[str, str]) -> None:
        if _true(attributes.get("hidden")) or is_narrow_in_digits(stated(attributes.get("width"))):
            self.sheet.hidden_cols.append((int(attributes["min"]) - 1, int(attributes["max"]) - 1))
            if len(self.sheet.hidden_cols) > limits.MAX_COLUMNS:
                raise too_big(f"隐藏的列有{len(self.sheet.hidden_cols)}处之多")

    def _merge(self, attributes: dict[str, str]) -> None:
        first, _, last = attributes["ref"].partition(":")
        top, left = read_ref(first)
        bottom, right = read_ref(last or first)
        self.sheet.merged.append(Merge(min(top, bottom), min(left, right), max(top, bottom), max(left, right)))
        if len(self.sheet.merged) > limits.MAX_MERGED:
            raise too_big(f"一张工作表的合并单元格超过{limits.MAX_MERGED}处")


def _true(flag: str | None) -> bool:
    return flag in ("1", "true", "on")
