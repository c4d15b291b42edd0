"""The one door to python-docx: text into a Word template that holds all looks; the same content, the same bytes.

The template is a document of the office's own: its page, its styles and its footers stay, its text is replaced.
Text is set as text, never as a field or a tag.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import TemplateBroken
from pipeline.render.harmless import visible
from pipeline.render.line_breaks import breakable
from pipeline.render.package import packed_anew

if TYPE_CHECKING:
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

_SHORT = 160
"""Rows with fewer characters stay on one page: half a page of white would be worse than a break."""
_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
Lines = Sequence[str]
"""The paragraphs of a cell."""


class Paper:
    """A document that is written from top to bottom."""

    def __init__(self, template: Path) -> None:
        """Begin with what the template looks like, without its text.

        Raises:
            TemplateBroken: it is not there, or no Word document.
        """
        self._begin(_opened(str(template), template.name), template.name)
        body = self._document.element.body
        for element in list(body):
            if not element.tag.endswith("}sectPr"):
                body.remove(element)

    @classmethod
    def of(cls, written: bytes, name: str) -> Paper:
        """A document that has its text already, made from the template of that name.

        Raises:
            TemplateBroken: it is no Word document.
        """
        paper = cls.__new__(cls)
        paper._begin(_opened(io.BytesIO(written), name), name)
        return paper

    def _begin(self, document: Any, name: str) -> None:
        self._document, self._name = document, name
        self._styles: dict[str, Any] = {}

    def write(self, text: str, style: str) -> None:
        """A paragraph.

        Raises:
            TemplateBroken: the template has no such style.
        """
        self._document.add_paragraph(breakable(visible(text)), style=self._style(style))

    def table(
        self,
        header: Lines,
        rows: Sequence[Sequence[Lines]],
        widths: Sequence[float],
        styles: Lines,
        short: int = _SHORT,
    ) -> None:
        """A table; its header is repeated on every page, and a row of little text is not broken over two.

        Args:
            header: the words of its first row.
            rows: cells, each of some paragraphs.
            widths: of the columns, in mm.
            styles: of the table, of the header, and of each column's text.
            short: so many characters are little text.
        """
        self._table(header, rows, widths, styles, short)

    def table_at(
        self,
        mark: str,
        header: Lines,
        rows: Sequence[Sequence[Lines]],
        widths: Sequence[float],
        styles: Lines,
        short: int = _SHORT,
    ) -> None:
        """The same in the place of the paragraph that consists of this mark; nothing where the template has none.

        The room that the template leaves above and below that paragraph is left around the table.

        Raises:
            TemplateBroken: the mark stands among other words, or where no table can stand.
        """
        for paragraph in self._document.paragraphs:
            if paragraph.text.strip() == mark:
                made = self._table(header, rows, widths, styles, short)
                paragraph._p.addprevious(made._tbl)
                _leave_room(paragraph)
                paragraph._p.getparent().remove(paragraph._p)
                return
        if any(mark in (text.text or "") for text in self._document.element.body.iter(_TEXT)):
            raise TemplateBroken(
                f"模板 {self._name} 里的“{{{{ {mark.strip('〔〕')} }}}}”要独占一段，不能放在别的文字、表格或文本框里。"
                "请改正，或者恢复程序自带的模板。"
            )

    def _table(
        self,
        header: Lines,
        rows: Sequence[Sequence[Lines]],
        widths: Sequence[float],
        styles: Lines,
        short: int = _SHORT,
    ) -> Any:
        look, head, *texts = styles
        table: Any = self._document.add_table(rows=0, cols=len(widths), style=self._style(look))
        _fix(table, widths)
        for number, cells in enumerate([[[words] for words in header], *rows]):
            row = table.add_row()
            _keep(row, is_header=number == 0, is_short=sum(len(text) for lines in cells for text in lines) < short)
            for cell, lines, width, text in zip(row.cells, cells, widths, texts, strict=True):
                self._fill(cell, lines, width, head if number == 0 else text)
        return table

    def to_bytes(self, title: str, author: str, created: datetime) -> bytes:
        """The document, with these properties and nothing of when and where it was made."""
        properties = self._document.core_properties
        properties.title, properties.author, properties.last_modified_by = title, author, author
        properties.created = properties.modified = created
        properties.revision, properties.language = 1, "zh-CN"
        out = io.BytesIO()
        self._document.save(out)
        return packed_anew(out.getvalue())

    def _style(self, name: str) -> Any:
        """A style of the template, looked up once: every cell asks for its own."""
        try:
            if name not in self._styles:
                self._styles[name] = self._document.styles[name]
            return self._styles[name]
        except KeyError as error:
            raise TemplateBroken(f"模板 {self._name} 里没有样式“{name}”。请补上，或者恢复程序自带的模板。") from error

    def _fill(self, cell: _Cell, lines: Lines, width: float, style: str) -> None:
        from docx.shared import Mm

        cell.width = Mm(width)
        first, *others = lines or [""]
        paragraph = cell.paragraphs[0]
        paragraph.style = self._style(style)
        paragraph.add_run(breakable(visible(first)))
        for text in others:
            cell.add_paragraph(breakable(visible(text)), style=self._style(style))


def _opened(source: str | io.BytesIO, name: str) -> Any:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        return Document(source)
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise TemplateBroken(f"模板 {name} 打不开。请恢复程序自带的模板。") from error


def _leave_room(mark: Paragraph) -> None:
    """Give the space around a paragraph to its neighbours, where they have less: a table has none of its own."""
    from docx.text.paragraph import Paragraph as Neighbour

    above, below = mark._p.getprevious().getprevious(), mark._p.getnext()
    for element, own, side in ((above, "space_before", "space_after"), (below, "space_after", "space_before")):
        if element is not None and element.tag == mark._p.tag:
            neighbour = Neighbour(element, mark._parent)
            room = max(_space(mark, own), _space(neighbour, side))
            setattr(neighbour.paragraph_format, side, room)


def _space(paragraph: Paragraph, side: str) -> int:
    """Above or below a paragraph: its own, or that of its style, or of those on which that is built."""
    looks: list[Any] = [paragraph]
    look: Any = paragraph.style
    while look is not None:
        looks.append(look)
        look = look.base_style
    told = (getattr(one.paragraph_format, side) for one in looks)
    return next((space for space in told if space is not None), 0)


def _fix(table: Table, widths: Sequence[float]) -> None:
    """Columns are as wide as told, whatever stands in them."""
    from docx.shared import Mm

    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)


def _keep(row: _Row, *, is_header: bool, is_short: bool) -> None:
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()
    if is_short:
        properties.append(OxmlElement("w:cantSplit"))
    if is_header:
        properties.append(OxmlElement("w:tblHeader"))
