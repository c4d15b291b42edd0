"""Word documents (.docx): paragraphs and rows of tables as the rows of one sheet, in the order in which they are read.

An empty row follows each table. A table inside a cell becomes lines of that cell, its cells a tab apart; one that is
alone in its row has only a frame around it and is read as if that were not there. What a revision has deleted and what
is hidden is not read but told; what a revision has inserted is read. Numbers that Word itself counts are no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.ingest import limits
from pipeline.ingest.declared import MENTIONED
from pipeline.ingest.package import Package
from pipeline.ingest.refusal import WORD, Refused, damaged, too_big
from pipeline.ingest.unread import Unread
from pipeline.ingest.word_xml import FOOTNOTES, PICTURES, Element, document_tree, hidden_styles
from pipeline.model import DOCUMENT, Cell, CellKind, Grid, Merge, Sheet

_MAIN = re.compile(r"word/document\d*\.xml")
_SIGNS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_SYMBOLS = {
    **dict.fromkeys(("FE", "52", "53"), "☑"),
    **dict.fromkeys(("FD", "51", "54"), "☒"),
    **dict.fromkeys(("A8", "6F", "A3", "2A", "30"), "☐"),
    **dict.fromkeys(("FC", "50"), "✓"),
}
"""Boxes and ticks of the Wingdings fonts by the last two digits of their code."""


def main_part(package: Package) -> str | None:
    """The name of a Word document's main part; some programs number it. Two would leave open which one shows."""
    found = [name for name in package.names if _MAIN.fullmatch(name)]
    if len(found) > 1:
        raise damaged("文档里有两份正文")
    return found[0] if found else None


def open_docx(package: Package, part: str) -> Grid:
    """Open a document; raise Refused where it is damaged, too large, or has neither a table nor a declaration."""
    reader = _Reader(hidden_styles(package.xml("word/styles.xml")))
    try:
        reader.blocks(document_tree(package.xml(part) or b""))
    except ValueError as error:
        raise damaged("文档里有无法理解的表格") from error
    if not reader.has_table and not any(MENTIONED.search(str(cell.value)) for cell in reader.cells.values()):
        raise Refused("F02", WORD)
    return Grid("docx", [Sheet(DOCUMENT, reader.cells, reader.merged, places=reader.places, unread=reader.unread)])


class _Reader:
    """Walks through the blocks; rows count on over paragraphs and tables."""

    def __init__(self, hidden: frozenset[str]) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self.places: dict[tuple[int, int], str] = {}
        self.merged: list[Merge] = []
        self.unread: list[tuple[str, Unread]] = []
        self.has_table = False
        self.tables = 0
        self._hidden = hidden
        self._row = -1
        self._paragraphs = 0

    def blocks(self, parent: Element) -> None:
        """Read the blocks of a body, of a text box that holds a table, or of a cell that is only a frame."""
        for child in _flat(parent):
            if child.name == "p":
                self._paragraph(child)
            elif child.name == "tbl":
                _Table(self).read(child)
                self.next_row()
            elif child.name == "altChunk":
                self.tell(f"第{self._paragraphs}段之后", Unread.EMBEDDED)
            elif child.name in ("body", "txbxContent"):
                self.blocks(child)

    def _paragraph(self, paragraph: Element) -> None:
        place = f"第{self._paragraphs + 1}段"
        text, boxes = self._inline(paragraph, place)
        self._paragraphs += bool(text.strip() or boxes)
        self.keep(self.next_row(), 0, text, place)
        for box in boxes:
            if any(child.name == "tbl" for child in _flat(box)):
                self.blocks(box)
            else:
                self.keep(self.next_row(), 0, self.lines(box, place), f"{place}文本框")

    # -------------------------------------------------------------- rows and cells

    def next_row(self) -> int:
        """Go on to the next row; its number."""
        self._row += 1
        return self._row

    def keep(self, row: int, col: int, text: str, place: str) -> None:
        """A cell, unless it is blank."""
        if not text.strip():
            return
        self.cells[row, col] = Cell(row, col, CellKind.TEXT, text.strip(), name=place)
        if len(self.cells) > limits.MAX_CELLS:
            raise too_big(f"有内容的段落和单元格超过{limits.MAX_CELLS}个")

    def tell(self, place: str, what: Unread) -> None:
        """Something at this place is not read."""
        if (place, what) not in self.unread[-1:]:
            self.unread.append((place, what))

    # -------------------------------------------------------------- text

    def lines(self, block: Element, place: str) -> str:
        """The text of a cell or text box, line by line; a table in it is a line a row, its cells a tab apart."""
        found: list[str] = []
        for child in _flat(block):
            if child.name == "p":
                text, boxes = self._inline(child, place)
                found += [text] if text or not boxes else []
                found += [self.lines(box, place) for box in boxes]
            elif child.name == "tbl":
                rows = (row for row in _named(child, "tr") if not self.is_gone(row, place))
                found += [
                    "\t".join(" ".join(self.lines(cell, place).split()) for cell in _named(row, "tc")) for row in rows
                ]
            elif child.name in ("txbxContent", "body"):
                found.append(self.lines(child, place))
            elif child.name == "altChunk":
                self.tell(place, Unread.EMBEDDED)
        return "\n".join(found).strip("\n")

    def is_gone(self, row: Element, place: str) -> bool:
        """Whether a revision deleted this row of a table, or it is hidden; then it is told."""
        what = Unread.DELETED if row.under("trPr", "del") else Unread.HIDDEN
        gone = what is Unread.DELETED or bool(row.says("trPr", "hidden"))
        if gone and _text(row).strip():
            self.tell(place, what)
        return gone

    def _inline(self, paragraph: Element, place: str) -> tuple[str, list[Element]]:
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
            elif child.name in ("del", "moveFrom", "delText"):
                if _text(child).strip():
                    self.tell(place, Unread.DELETED)
            elif child.name == "txbxContent":
                boxes.append(child)
            elif child.name in ("p", "tbl"):
                boxes.append(Element("txbxContent", {}, [child]))
            elif child.name == "ffData":
                pieces.append(_form_box(child))
            else:
                pieces.append(_sign(child))

    def _run(self, run: Element, pieces: list[str], boxes: list[Element], place: str, *, hidden: bool) -> None:
        own = run.says("rPr", "vanish")
        if own if own is not None else hidden or self._styled_hidden(run, "rPr", "rStyle"):
            if _text(run).strip():
                self.tell(place, Unread.HIDDEN)
        else:
            self._walk(run, pieces, boxes, place, hidden=False)


class _Table:
    """One table of the page; its cells lie on the table's grid, so that columns stand under their headers."""

    def __init__(self, reader: _Reader) -> None:
        self._reader = reader
        self._number = 0
        self._open: dict[int, Merge] = {}
        """Merged ranges that reach down to the row before, by their left column."""

    def read(self, table: Element) -> None:
        """Read all rows; one that only frames another table is read as a part of the page."""
        for number, row in enumerate(_named(table, "tr"), start=1):
            cells = list(_named(row, "tc"))
            if len(cells) == 1 and any(child.name == "tbl" for child in _flat(cells[0])):
                self._close(self._open.values())
                self._open = {}
                self._reader.blocks(cells[0])
                continue
            if not self._number:
                self._reader.tables += 1
                self._number = self._reader.tables
            top, place = self._reader.next_row(), f"表{self._number}第{number}行"
            if not self._reader.is_gone(row, place):
                self._read_row(cells, row.number("trPr", "gridBefore", default=0), top, place)
        self._close(self._open.values())

    def _read_row(self, cells: list[Element], col: int, row: int, place: str) -> None:
        still_open: dict[int, Merge] = {}
        for number, cell in enumerate(cells, start=1):
            right = col + max(1, cell.number("tcPr", "gridSpan", default=1)) - 1
            if not 0 <= col <= right < limits.MAX_COLUMNS:
                raise too_big(f"{place}超过{limits.MAX_COLUMNS}列")
            here = self._reader.places[row, col] = f"{place}第{number}列"
            text = self._text(cell, here)
            merge, above = cell.under("tcPr", "vMerge"), self._open.get(col)
            if merge and merge.attributes.get("val") != "restart" and above:
                if text:
                    self._reader.tell(here, Unread.COVERED)
                still_open[col] = Merge(above.top, above.left, row, above.right)
            else:
                self._reader.has_table |= bool(text)
                self._reader.keep(row, col, text, here)
                own = Merge(row, col, row, right)
                if merge:
                    still_open[col] = own
                else:
                    self._close([own])
            col = right + 1
        going_on = {(merge.top, left) for left, merge in still_open.items()}
        self._close(merge for left, merge in self._open.items() if (merge.top, left) not in going_on)
        self._open = still_open

    def _text(self, cell: Element, place: str) -> str:
        """What a cell says; what it shows without saying it is told."""
        if cell.under("tcPr", "cellDel"):
            self._reader.tell(place, Unread.DELETED)
            return ""
        text = self._reader.lines(cell, place)
        names = {element.name for element in cell.below()}
        if names & FOOTNOTES:
            self._reader.tell(place, Unread.FOOTNOTE)
        if names & PICTURES and not text.strip():
            self._reader.tell(place, Unread.PICTURE)
        return text

    def _close(self, ended: Iterable[Merge]) -> None:
        """Keep the ranges that are larger than one cell."""
        merged = self._reader.merged
        merged += [m for m in ended if (m.top, m.left) != (m.bottom, m.right)]
        if len(merged) > limits.MAX_MERGED:
            raise too_big(f"合并单元格超过{limits.MAX_MERGED}处")


# ------------------------------------------------------------------ the tree


def _flat(parent: Element) -> Iterator[Element]:
    """The children, content controls and alternatives opened: one alternative alone, no prompts, no ruby."""
    for child in parent.children:
        if child.name == "sdt":
            if not child.says("sdtPr", "showingPlcHdr"):
                yield from _flat(child)
        elif child.name == "AlternateContent":
            yield from _flat(_alternative(child))
        elif child.name not in ("sdtPr", "rt"):
            yield child


def _alternative(choices: Element) -> Element:
    """The first alternative that says anything, else the first: all of them show the same."""
    nothing = choices.children[0] if choices.children else Element("Choice", {})
    return next((choice for choice in choices.children if _text(choice)), nothing)


def _named(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table, the cells of a row."""
    return (child for child in _flat(parent) if child.name == name)


def _sign(element: Element) -> str:
    if element.name == "t":
        return element.text
    return _symbol(element) if element.name == "sym" else _SIGNS.get(element.name, "")


def _symbol(element: Element) -> str:
    code = element.attributes.get("char", "")
    if element.attributes.get("font", "").startswith("Wingdings") and code[-2:].upper() in _SYMBOLS:
        return _SYMBOLS[code[-2:].upper()]
    sign = chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{2,4}", code) else ""
    return sign if sign.isprintable() else ""


def _form_box(field: Element) -> str:
    """The box of an old form field, which is no text: ☑ or ☐."""
    box = field.child("checkBox")
    if box is None:
        return ""
    checked = box.says("checked")
    return "☑" if (box.says("default") if checked is None else checked) else "☐"


def _text(element: Element) -> str:
    """Every text below an element, deleted or not."""
    return "".join(_sign(found) + (found.text if found.name == "delText" else "") for found in element.below())
