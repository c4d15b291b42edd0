"""Word documents that look like forms: A4, official fonts, bordered tables; the same words give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from tests.generator.places import MARK

_CREATED = datetime(2017, 1, 1)  # noqa: DTZ001  a document's property has no zone; fixed, so that bytes are the same
_ZIPPED = (2017, 1, 1, 0, 0, 0)
_STYLES: dict[str, tuple[str, float, bool, int]] = {
    "表题": ("方正小标宋简体", 20, False, WD_ALIGN_PARAGRAPH.CENTER),
    "表首": ("仿宋_GB2312", 12, False, WD_ALIGN_PARAGRAPH.LEFT),
    "小标题": ("黑体", 12, False, WD_ALIGN_PARAGRAPH.CENTER),
    "栏目": ("黑体", 11, False, WD_ALIGN_PARAGRAPH.CENTER),
    "居中": ("仿宋_GB2312", 11, False, WD_ALIGN_PARAGRAPH.CENTER),
    "内容": ("仿宋_GB2312", 11, False, WD_ALIGN_PARAGRAPH.LEFT),
    "注": ("宋体", 9, False, WD_ALIGN_PARAGRAPH.LEFT),
}
"""East-Asian font, size in points, bold, alignment. python-docx's own styles would send Chinese to a Japanese font."""

_LATIN = "Times New Roman"
_LONG = 400
"""A row with that many characters in a cell may break over pages."""

_KEPT_STYLES = ("Normal", "Default Paragraph Font", "Normal Table")
_UNNEEDED = ("stylesWithEffects", "customXml", "thumbnail", "numbering", "webSettings", "theme", "extended-properties")


class Paper:
    """A document that is filled from top to bottom."""

    def __init__(self, title: str) -> None:
        self._document: WordDocument = Document(BytesIO(_blank()))
        self._document.core_properties.title = title

    def line(self, words: str, style: str) -> None:
        """A paragraph outside tables."""
        self._document.add_paragraph(words, self._document.styles[style])

    def table(self, widths: Sequence[float]) -> Table:
        """An empty table with columns of these widths, in millimetres."""
        return Table(self._document, widths)

    def save(self, path: Path) -> None:
        """Write the file."""
        saved = BytesIO()
        self._document.save(saved)
        path.write_bytes(_packed(saved.getvalue()))


class Table:
    """A bordered table that grows by rows; a cell may reach over several columns."""

    def __init__(self, document: WordDocument, widths: Sequence[float]) -> None:
        self._styles = document.styles
        self._widths = [Mm(width) for width in widths]
        self._table = document.add_table(rows=0, cols=len(widths))
        self._table.alignment = WD_TABLE_ALIGNMENT.CENTER
        self._table.autofit = False
        self._table._tblPr.append(_borders())
        for column, width in zip(self._table.columns, self._widths, strict=True):
            column.width = width

    def row(self, cells: Sequence[tuple[str, str, int]], *, repeated: bool = False) -> None:
        """Add a row of (words, style, columns that it reaches over); `repeated`: at the head of every page."""
        row = self._table.add_row()
        marks = ["cantSplit"] if max(len(words) for words, _, _ in cells) < _LONG else []
        for mark in (*marks, *(["tblHeader"] if repeated else [])):
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:{mark} {nsdecls('w')}/>"))
        places = row.cells
        left = 0
        for words, style, columns in cells:
            cell = places[left] if columns == 1 else places[left].merge(places[left + columns - 1])
            cell.width = sum(self._widths[left : left + columns])
            self._fill(cell, words, style)
            left += columns

    def _fill(self, cell: _Cell, words: str, style: str) -> None:
        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))
        first, *more = words.split("\n")
        cell.paragraphs[0].text = first
        for paragraph in (cell.paragraphs[0], *(cell.add_paragraph(line) for line in more)):
            paragraph.style = self._styles[style]


def _borders() -> object:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    return parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>")


# ------------------------------------------------------------------ the blank document


@cache
def _blank() -> bytes:
    """An empty A4 document with our styles, without the parts of python-docx's template that nothing refers to."""
    document = Document()
    _drop_parts(document)
    _set_styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(25), Mm(20)
    section.left_margin = section.right_margin = Mm(23)
    footer = section.footer.paragraphs[0]
    footer.style = document.styles["注"]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_number(footer)
    properties = document.core_properties
    properties.author = properties.last_modified_by = "示例"
    properties.comments = MARK
    properties.created = properties.modified = _CREATED
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def _drop_parts(document: WordDocument) -> None:
    for owner in (document.part, document.part.package):
        for key, relation in list(owner.rels.items()):
            if any(word in relation.reltype for word in _UNNEEDED):
                del owner.rels[key]


def _set_styles(document: WordDocument) -> None:
    styles = document.styles
    for element in list(styles.element):
        if element.tag == qn("w:latentStyles"):
            styles.element.remove(element)
    for style in list(styles):
        if style.name not in _KEPT_STYLES:
            style.delete()
    defaults = styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for name in ("w:rFonts", "w:lang"):
        defaults.remove(defaults.find(qn(name)))
    defaults.insert(0, _fonts("仿宋_GB2312"))
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'))
    for name, (font, size, bold, alignment) in _STYLES.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.size, style.font.bold = Pt(size), bold or None
        style.element.get_or_add_rPr().insert(0, _fonts(font))
        style.paragraph_format.alignment = alignment
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)
        style.paragraph_format.line_spacing = 1.0
    styles["表题"].paragraph_format.space_after = Pt(10)
    for name in ("表题", "表首", "小标题"):
        styles[name].paragraph_format.keep_with_next = True
    styles["注"].font.color.rgb = RGBColor(0x80, 0x80, 0x80)


def _fonts(east_asian: str) -> object:
    return parse_xml(
        f'<w:rFonts {nsdecls("w")} w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:eastAsia="{east_asian}" w:cs="{_LATIN}"/>'
    )


def _page_number(paragraph: Paragraph) -> None:
    """「— 1 —」."""
    paragraph.add_run("— ")
    paragraph._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
    paragraph.add_run(" —")


def _packed(document: bytes) -> bytes:
    """The same parts zipped with a fixed time."""
    packed = BytesIO()
    with ZipFile(BytesIO(document)) as parts, ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            entry = ZipInfo(name, _ZIPPED)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, parts.read(name), compresslevel=9)
    return packed.getvalue()
