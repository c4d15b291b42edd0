"""Web pages saved as .xls: their tables as sheets, with what stands above and below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from pipeline.ingest import limits, number_format
from pipeline.ingest.apart import Apart
from pipeline.ingest.besides import with_formulas
from pipeline.ingest.characters import decode
from pipeline.ingest.filling import Filling
from pipeline.ingest.formulas import Reach, reach
from pipeline.ingest.heading import packed
from pipeline.ingest.html_page import Page, Table, Td, Tr, read_page
from pipeline.ingest.markup import finite_number
from pipeline.ingest.number_format import GENERAL, MONTH_SHOWN, NOT_SHOWN, NumberFormat, is_date
from pipeline.ingest.refusal import SEND_EXCEL, Refused, damaged, too_big
from pipeline.ingest.serial import read_serial
from pipeline.ingest.stored_and_shown import contradicted, settled
from pipeline.ingest.unread import Unread
from pipeline.model import Cell, CellKind, Grid, Merge, Scalar, Sheet, address

NOTE = "文件内容其实是网页（HTML），已按网页里的表格读取；网页只存显示出来的数，没有显示的小数无从知道。"
_PICTURES = "网页里有图片，没有读取，也没有从网上下载。"
_UNREAD_TEXT = "网页的表格以外有隐藏的文字或填写框，没有读取。"
_FRAMES = f"这只是网页的外框，表格在另外的文件里，没有随它送来。{SEND_EXCEL}"
_CUT_OFF = "网页没有传完（在表格或标签的中间断了），没有读取，以免漏掉后面的数。请报送单位重新导出或重新发送。"
_UNFINISHED = "网页末尾没有结束标记（</html>），表格已经读完；如表格后面还应有内容，可能没有传完，请与报送单位核对。"
_NO_TABLE = f"内容其实是网页（HTML），里面没有表格。请核对是否发错文件；如是报表，{SEND_EXCEL}"

ROWS_OF_A_TABLE = 3
"""Fewer rows with two cells filled are a title or a signature: they go with the table next to them."""

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""")
_ESCAPE = re.compile(r"\\(?:([0-9A-Fa-f]{4}) ?|(.))")
"""Office programs write four digits, whatever stands behind them: `m\\0022d` is no sign 22d."""
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,31})</x:Name>")
_NAMED_FORMATS = {"fixed": "0.00", "standard": "#,##0.00", "percent": "0.00%", "short date": "yyyy/m/d"}
_STORED = frozenset({"x:num", "x:str", "x:bool", "x:err", "x:fmla", "sdval"})
"""What office programs write beside the text of a cell."""
_MOST_ROWS, _MOST_COLS = 65_534, 1_000
"""How far a cell may span, as browsers have it."""


def open_html(data: bytes, css: str = "") -> Grid:
    """Open a page, with a style sheet beside it; raise Refused for no table, or cells whose place is not sure."""
    declared = _CHARSET.search(data[:4096].replace(b"\0", b""))
    found = decode(data, declared[1].decode("ascii") if declared else "")
    if len(_CELL.findall(found.text)) > limits.MAX_PAGE_CELLS:
        raise too_big(f"网页的单元格超过{limits.MAX_PAGE_CELLS}个")
    try:
        page = read_page(found.text, css)
    except etree.LxmlError as error:
        raise damaged("网页结构无法解读") from error
    if page.cut_off:
        raise Refused("F01", _CUT_OFF)
    if not any(isinstance(block, Table) for block in page.blocks):
        raise Refused("F01", _FRAMES) if re.search("<frame", found.text, re.IGNORECASE) else Refused("F02", _NO_TABLE)
    notes = [NOTE, *found.notes, *[_PICTURES] * page.pictures, *[_UNREAD_TEXT] * bool(page.unread)]
    notes += [_UNFINISHED] * page.unfinished
    layout = _Layout(page)
    return Grid("html", layout.filling.sheets, [*notes, *layout.told()])


class _Layout:
    """Lays the blocks of a page out on sheets: one for each table, with what stands above it."""

    def __init__(self, page: Page) -> None:
        self.filling = Filling()
        self._next = 0
        self._hidden: list[tuple[int, int]] = []
        self._hidden_cols: list[tuple[int, int]] = []
        self._unread: list[tuple[str, Unread]] = []
        self._reaching: list[tuple[Sheet, Cell, Reach]] = []
        waiting: list[str | Table] = []
        for block in page.blocks:
            waiting.append(block)
            if isinstance(block, Table) and _is_table(block):
                self._sheet(waiting)
                waiting = []
        if waiting and not self.filling.sheets:
            self._sheet(waiting)
        else:
            self._below(waiting)
        names = [name for comment in page.comments for name in _SHEET_NAME.findall(comment)]
        if len(names) == len(self.filling.sheets) == 1:
            self.filling.sheet.name = names[0]

    def told(self) -> list[str]:
        """What formulas of the page reach outside."""
        return with_formulas([(sheet.name, cell.row, cell.col, how) for sheet, cell, how in self._reaching], ())

    def _sheet(self, blocks: list[str | Table]) -> None:
        self.filling.begin(f"表{len(self.filling.sheets) + 1}")
        self._next, self._hidden, self._hidden_cols, self._unread = 0, [], [], []
        self._below(blocks)
        self.filling.sheet.hidden = all(block.hidden for block in blocks if isinstance(block, Table))

    def _below(self, blocks: list[str | Table]) -> None:
        for block in blocks:
            if isinstance(block, Table):
                self._table(block)
            else:
                self.filling.put(Cell(self._next, 0, CellKind.TEXT, block))
                self._next += 1
        self.filling.hide(self._hidden, self._hidden_cols)
        self.filling.sheet.unread = self._unread

    def _table(self, table: Table) -> None:
        top = self._next
        if _is_table(table):
            self._hidden_cols += table.hidden_cols
        for row, col, down, across, cell in _places(table):
            if down > 1 or across > 1:
                self.filling.merge(Merge(top + row, col, top + row + down - 1, col + across - 1))
            if cell.unread:
                place = address(top + row, col)
                self._unread += [(place, kind) for kind in sorted(cell.unread)]
            made = _cell(top + row, col, cell, cell.text)
            self.filling.put(made)
            if made.formula:
                how_it_reaches = reach(cell.attributes["x:fmla"])
                self._reaching += [(self.filling.sheet, made, how) for how in how_it_reaches]
        for row, tr in enumerate(table.rows):
            if tr.hidden:
                self._hidden.append((top + row, top + row))
        self._next += len(table.rows)


def _is_table(table: Table) -> bool:
    filled = (sum(bool(cell.text) for cell in row.cells) for row in table.rows)
    return sum(cells > 1 for cells in filled) >= ROWS_OF_A_TABLE


def _places(table: Table) -> Iterator[tuple[int, int, int, int, Td]]:
    """Row, column, rows and columns covered, and the cell: cells move to the right of what spans down from above."""
    taken: dict[int, int] = {}
    """Column → the last row that a cell above covers it to."""
    for row, tr in enumerate(table.rows):
        col = 0
        for cell in _shown_cells(tr, row):
            while taken.get(col, -1) >= row:
                col += 1
            across = max(1, cell.span("colspan", _MOST_COLS))
            down = min(cell.span("rowspan", _MOST_ROWS) or _MOST_ROWS, len(table.rows) - row)
            if col + across > limits.MAX_COLUMNS:
                raise too_big(f"网页的表格超过{limits.MAX_COLUMNS}列")
            for covered in range(col, col + across):
                taken[covered] = row + down - 1
            yield row, col, down, across, cell
            col += across


def _shown_cells(tr: Tr, row: int) -> Iterator[Td]:
    """The cells of a row; a browser leaves hidden ones out, and what follows moves to the left."""
    for cell in tr.cells:
        if not cell.look.gone:
            yield cell
        elif cell.text:
            raise Refused(
                "F01", f"网页的表格第{row + 1}行有不显示的单元格，后面各格属于哪一列无法确定，没有读取。{SEND_EXCEL}"
            )


def _cell(row: int, col: int, td: Td, text: str) -> Cell:
    attributes = td.attributes
    apart = td.apart or ""
    if not _STORED.intersection(attributes):
        return Cell(row, col, CellKind.TEXT, text, apart=apart)
    code = _format_code(td)
    kind, value = _understood(attributes, code, text)
    look = GENERAL
    if kind in (CellKind.NUMBER, CellKind.DATE):
        look = number_format.parse(code, value)
        look = look if kind is CellKind.NUMBER or look.text == MONTH_SHOWN else GENERAL
    if kind is CellKind.NUMBER and value and not text:
        look = NumberFormat(look.decimals, look.percent, NOT_SHOWN)
    formula = "x:fmla" in attributes
    cell = Cell(row, col, kind, value, look.decimals, look.percent, look.text, formula, apart=apart)
    if apart not in ("", Apart.ALL_STRUCK):
        return cell  # is refused for that
    if kind is CellKind.TEXT:
        stored = attributes.get("x:str", "").lstrip("'")
        return contradicted(replace(cell, value=stored), text) if stored and packed(stored) != packed(text) else cell
    return settled(cell, text, by_sign=";" in code)


def _understood(attributes: Mapping[str, str], code: str, text: str) -> tuple[CellKind, Scalar]:
    """What office programs write beside what is shown: the stored number, a truth, an error; else the text."""
    if "x:err" in attributes:
        return CellKind.ERROR, attributes["x:err"] or text
    if "x:bool" in attributes:
        return CellKind.BOOLEAN, attributes["x:bool"].strip().upper() in ("TRUE", "1")
    try:
        number = finite_number(attributes.get("x:num") or attributes.get("sdval") or "")
    except ValueError:
        return CellKind.TEXT, text
    return read_serial(number, since_1904=False) if is_date(code) else (CellKind.NUMBER, number)


def _format_code(td: Td) -> str:
    """The number format as a workbook would have it; empty where the page says nothing of it."""
    stated = td.look.declared.get("mso-number-format")
    if stated is None:
        return td.attributes.get("sdnum", ";;").split(";", 2)[-1]
    quoted = stated.strip("\"'")
    code = _ESCAPE.sub(lambda part: chr(int(part[1], 16)) if part[1] else part[2], quoted)
    return _NAMED_FORMATS.get(code.lower(), code)
