"""Word documents (.docx): paragraphs and rows of tables as the rows of one sheet, in the order in which they are read.

What a revision has deleted, and what is hidden, is not read but told; what a revision has inserted is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest import limits
from pipeline.ingest.declared import MENTIONED
from pipeline.ingest.package import Package
from pipeline.ingest.refusal import WORD, Refused, damaged, too_big
from pipeline.ingest.word_xml import Element, document_tree, hidden_styles
from pipeline.model import Cell, CellKind, Grid, Merge, Sheet

SHEET = "正文"
_MAIN = re.compile(r"word/document\d*\.xml")
_BREAKS = frozenset(("br", "cr"))
_TABS = frozenset(("tab", "ptab"))
_BOXES = frozenset(("txbxContent", "p", "tbl"))
_SYMBOLS = {
    **dict.fromkeys(("FE", "52", "53"), "☑"),
    **dict.fromkeys(("FD", "51", "54"), "☒"),
    **dict.fromkeys(("A8", "6F", "A3", "2A", "30"), "☐"),
    **dict.fromkeys(("FC", "50"), "✓"),
}
"""Boxes and ticks of the Wingdings fonts by the last two digits of their code."""
_TOLD_LENGTH = 20


def main_part(package: Package) -> str | None:
    """The name of a Word document's main part; some programs number it."""
    return next((name for name in package.names if _MAIN.fullmatch(name)), None)


def open_docx(package: Package, part: str) -> Grid:
    """Open a document; raise Refused where it is damaged, too large, or text alone: no table and no declaration."""
    reader = _Reader(hidden_styles(package.xml("word/styles.xml")))
    try:
        reader.blocks(document_tree(package.xml(part) or b""))
    except ValueError as error:
        raise damaged("文档里有无法理解的表格") from error
    if not reader.in_tables and not any(MENTIONED.search(str(cell.value)) for cell in reader.cells.values()):
        raise Refused("F02", WORD)
    return Grid("docx", [Sheet(SHEET, reader.cells, reader.merged, unread=tuple(reader.unread.items()))])


class _Reader:
    """Walks through the blocks; rows count on over paragraphs and tables."""

    def __init__(self, hidden: frozenset[str]) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merged: list[Merge] = []
        self.unread: dict[str, str] = {}
        self.in_tables = False
        self._hidden = hidden
        self._row = -1
        self._paragraphs = 0
        self._tables = 0

    def blocks(self, parent: Element) -> None:
        """Read the blocks of a body, of a content control or of a text box that holds a table."""
        for child in _flat(parent):
            if child.name == "p":
                self._paragraph(child)
            elif child.name == "tbl":
                self._tables += 1
                _Table(self, self._tables).read(child)
            elif child.name == "altChunk":
                self.tell(f"第{self._paragraphs}段之后", "插入的外部内容", "")
            elif child.name in ("body", "txbxContent"):
                self.blocks(child)

    def _paragraph(self, paragraph: Element) -> None:
        place = f"第{self._paragraphs + 1}段"
        text, boxes = self.inline(paragraph, place)
        if text.strip() or boxes:
            self._paragraphs += 1
        self.next_row()
        self.keep(0, text, place)
        for box in boxes:
            if any(child.name == "tbl" for child in _flat(box)):
                self.blocks(box)
            else:
                self.next_row()
                self.keep(0, self.lines(box, place), f"{place}文本框")

    # -------------------------------------------------------------- rows and cells

    def next_row(self) -> int:
        """Go on to the next row; its number."""
        self._row += 1
        return self._row

    def keep(self, col: int, text: str, place: str) -> None:
        """A cell of the current row, unless it is blank."""
        if not text.strip():
            return
        self.cells[self._row, col] = Cell(self._row, col, CellKind.TEXT, text.strip(), name=place)
        if len(self.cells) > limits.MAX_CELLS:
            raise too_big(f"有内容的段落和单元格超过{limits.MAX_CELLS}个")

    def tell(self, place: str, what: str, text: str) -> None:
        """Something at this place is not read."""
        text = " ".join(text.split())
        if what and (text or not self.unread.get(place)):
            quoted = f"“{text[:_TOLD_LENGTH]}{'…' if len(text) > _TOLD_LENGTH else ''}”" if text else ""
            told = self.unread.get(place, "")
            self.unread[place] = f"{told}、{what}{quoted}" if told else f"{what}{quoted}"

    # -------------------------------------------------------------- text

    def lines(self, block: Element, place: str) -> str:
        """The text of a cell or text box, line by line; a table in it is a line a row, its cells a tab apart."""
        found: list[str] = []
        for child in _flat(block):
            if child.name == "p":
                text, boxes = self.inline(child, place)
                if text or not boxes:
                    found.append(text)
                found += [self.lines(box, place) for box in boxes]
            elif child.name == "tbl":
                for row in _rows(child):
                    cells = [" ".join(self.lines(cell, place).split()) for cell in _cells(row)]
                    found.append("\t".join(cells))
            elif child.name in ("txbxContent", "body"):
                found.append(self.lines(child, place))
        return "\n".join(found).strip()

    def inline(self, paragraph: Element, place: str) -> tuple[str, list[Element]]:
        """The text of a paragraph as it shows, and the text boxes that hang on it."""
        pieces: list[str] = []
        boxes: list[Element] = []
        self._walk(paragraph, pieces, boxes, place, hidden=self._styled_hidden(paragraph, "pPr", "pStyle"))
        return "".join(pieces), boxes

    def _styled_hidden(self, element: Element, *path: str) -> bool:
        style = element.under(*path)
        return style is not None and style.attributes.get("val") in self._hidden

    def _walk(self, parent: Element, pieces: list[str], boxes: list[Element], place: str, *, hidden: bool) -> None:
        for child in _flat(parent):
            if child.name == "r":
                self._run(child, pieces, boxes, place, hidden=hidden)
            elif child.name in ("del", "moveFrom"):
                self.tell(place, "修订中删除的文字", _all_text(child))
            elif child.name in _BOXES:
                boxes.append(child)
            elif child.name == "delText":
                self.tell(place, "修订中删除的文字", child.text)
            elif child.name == "ffData":
                pieces.append(_form_box(child))
            else:
                pieces.append(_sign(child))

    def _run(self, run: Element, pieces: list[str], boxes: list[Element], place: str, *, hidden: bool) -> None:
        own = run.says("rPr", "vanish")
        if own if own is not None else hidden or self._styled_hidden(run, "rPr", "rStyle"):
            self.tell(place, "隐藏的文字", _all_text(run))
        else:
            self._walk(run, pieces, boxes, place, hidden=False)


class _Table:
    """One table of the body; its cells lie on the table's grid, so that columns stand under their headers."""

    def __init__(self, reader: _Reader, number: int) -> None:
        self._reader = reader
        self._number = number
        self._open: dict[int, Merge] = {}
        """Merged ranges that reach down to the row before, by their left column."""

    def read(self, table: Element) -> None:
        """Read all rows; a row that a revision deleted, or that is hidden, is told."""
        for number, row in enumerate(_rows(table, gone=True), start=1):
            top = self._reader.next_row()
            gone = row.child("trPr") and (row.under("trPr", "del") or row.says("trPr", "hidden"))
            if gone:
                what = "修订中删除的一行" if row.under("trPr", "del") else "隐藏的一行"
                self._reader.tell(f"表{self._number}第{number}行", what, _all_text(row))
            else:
                self._read_row(row, top, number)
        self._close(self._open)

    def _read_row(self, row: Element, top: int, number: int) -> None:
        col = row.number("trPr", "gridBefore", default=0)
        still_open: dict[int, Merge] = {}
        for cell in _cells(row):
            span = max(1, cell.number("tcPr", "gridSpan", default=1))
            if not 0 <= col <= limits.MAX_COLUMNS - span:
                raise too_big(f"表{self._number}超过{limits.MAX_COLUMNS}列")
            place = f"表{self._number}第{number}行第{col + 1}列"
            text = self._reader.lines(cell, place)
            merge = cell.under("tcPr", "vMerge")
            above = self._open.get(col)
            if merge and merge.attributes.get("val") != "restart" and above:
                self._reader.tell(place, "合并单元格里遮住的文字" if text else "", text)
                still_open[col] = Merge(above.top, above.left, top, above.right)
            else:
                self._reader.in_tables |= bool(text)
                self._reader.keep(col, text, place)
                still_open[col] = Merge(top, col, top, col + span - 1)
                if not merge:
                    self._close({col: still_open.pop(col)})
            col += span
        self._close({left: merge for left, merge in self._open.items() if still_open.get(left, merge).top != merge.top})
        self._close({left: merge for left, merge in self._open.items() if left not in still_open})
        self._open = still_open

    def _close(self, ended: dict[int, Merge]) -> None:
        """Keep the ranges that are larger than one cell."""
        merged = self._reader.merged
        merged += [m for m in ended.values() if (m.top, m.left) != (m.bottom, m.right)]
        if len(merged) > limits.MAX_MERGED:
            raise too_big(f"合并单元格超过{limits.MAX_MERGED}处")


# ------------------------------------------------------------------ the tree


def _flat(parent: Element) -> Iterator[Element]:
    """The children, content controls and alternatives opened: one alternative alone, no prompts."""
    for child in parent.children:
        if child.name == "sdt":
            if not child.says("sdtPr", "showingPlcHdr"):
                yield from _flat(child)
        elif child.name == "AlternateContent":
            yield from _flat(_alternative(child))
        elif child.name not in ("sdtPr", "rt"):
            yield child


def _alternative(choices: Element) -> Element:
    """The first alternative that says anything: all of them say the same."""
    return next((choice for choice in choices.children if _all_text(choice)), Element("Fallback", {}))


def _rows(table: Element, *, gone: bool = False) -> Iterator[Element]:
    for row in _flat(table):
        if row.name == "tr" and (gone or not (row.under("trPr", "del") or row.says("trPr", "hidden"))):
            yield row


def _cells(row: Element) -> Iterator[Element]:
    return (cell for cell in _flat(row) if cell.name == "tc")


def _sign(element: Element) -> str:
    if element.name == "t":
        return element.text
    if element.name in _BREAKS:
        return "\n"
    if element.name in _TABS:
        return "\t"
    if element.name == "noBreakHyphen":
        return "-"
    return _symbol(element) if element.name == "sym" else ""


def _symbol(element: Element) -> str:
    code = element.attributes.get("char", "")
    if element.attributes.get("font", "").startswith("Wingdings") and code[-2:].upper() in _SYMBOLS:
        return _SYMBOLS[code[-2:].upper()]
    return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) and not code.upper().startswith("D") else ""


def _form_box(field: Element) -> str:
    """The box of an old form field, which is no text: ☑ or ☐."""
    box = field.child("checkBox")
    if box is None:
        return ""
    checked = box.says("checked")
    return "☑" if (box.says("default") if checked is None else checked) else "☐"


def _all_text(element: Element) -> str:
    """Every text below an element, deleted or not, for telling what is not read."""
    return _sign(element) + (element.text if element.name == "delText" else "") + "".join(
        map(_all_text, element.children)
    )
