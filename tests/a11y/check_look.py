"""How the workbook looks: letters, titles, links, colours, and what floats above the cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.a11y.checklist import decides
from tests.a11y.opened import Opened, Sheet, is_blank, is_number

_SANS_SERIF = {"微软雅黑", "黑体", "等线", "思源黑体", "Microsoft YaHei", "SimHei", "DengXian", "Noto Sans CJK SC"} | {
    *("Arial", "Calibri", "Verdana", "Tahoma", "Helvetica", "Segoe UI")
}
_SMALLEST = 12
_SAYS_NOTHING = re.compile(r"(点击)?(这里|此处|更多|链接|详情|here|click here|more|link)", re.IGNORECASE)
_ADDRESS = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_SPACED_OUT = re.compile(r"(?<!\S)(?:[\u4e00-\u9fff][ \u3000]+){2,}[\u4e00-\u9fff](?!\S)")
_BLACK = {"FF000000", "00000000"}
_PLAIN_BORDERS = {None, "thin", "hair", "dotted", "dashed"}
_ENOUGH_CONTRAST = 4.5


@decides("look.links")
def links(book: Opened) -> Iterator[str]:
    names = {sheet.name for sheet in book.sheets}
    leads: dict[str, set[str]] = {}
    for sheet, cell in _links(book):
        text, link = str(cell.value or ""), cell.hyperlink
        target = link.location or link.target or ""
        leads.setdefault(target, set()).add(text)
        if is_blank(text) or _ADDRESS.fullmatch(text) or _SAYS_NOTHING.fullmatch(text):
            yield f"{sheet.told(cell)}的链接文字“{text}”没有说明去处。"
        if not cell.font.u:
            yield f"{sheet.told(cell)}的链接没有下划线。"
        if link.location and re.sub(r"^'?(.*?)'?![^!]*$", r"\1", link.location).replace("''", "'") not in names:
            yield f"{sheet.told(cell)}的链接去处“{link.location}”不存在。"
    for target, texts in leads.items():
        if len(texts) > 1:
            yield f"去“{target}”的链接有几种写法：{'、'.join(sorted(texts))}。"
    for text, times in Counter(text for texts in leads.values() for text in texts).items():
        if times > 1:
            yield f"链接文字“{text}”通往{times}个不同的地方。"


def _links(book: Opened) -> Iterator[tuple[Sheet, Any]]:
    for sheet in book.sheets:
        for row in sheet.page.iter_rows():
            for cell in row:
                if cell.hyperlink is not None:
                    yield sheet, cell


@decides("look.text")
def letters(book: Opened) -> Iterator[str]:
    for sheet in book.sheets:
        for cell in sheet.filled:
            for fault in _hard_to_read(cell):
                yield f"{sheet.told(cell)}{fault}。"
        for cell in sheet.outside:
            if cell.alignment.horizontal not in (None, "general", "left"):
                yield f"{sheet.told(cell)}在表外，没有左对齐。"


def _hard_to_read(cell: Any) -> Iterator[str]:
    font, alignment = cell.font, cell.alignment
    if font.name not in _SANS_SERIF:
        yield f"的字体“{font.name}”不是无衬线字体"
    if font.sz < _SMALLEST:
        yield f"的字只有{font.sz:g}磅，不到{_SMALLEST}磅"
    if font.i or font.strike or (font.u and cell.hyperlink is None):
        yield "用了斜体、删除线或者装饰下划线"
    if alignment.textRotation:
        yield "的文字不是横排"
    if isinstance(cell.value, str) and _SPACED_OUT.search(cell.value):
        yield f"用空格拉开字距：“{cell.value}”"
    if is_number(cell.value) and alignment.horizontal not in (None, "general", "right"):
        yield "的数没有右对齐"


@decides("look.titles")
def titles(book: Opened) -> Iterator[str]:
    for sheet in book.sheets:
        title = sheet.page["A1"]
        if is_blank(title.value):
            yield f"工作表“{sheet.name}”的A1没有标题。"
        elif title.style != "Heading 1":
            yield f"工作表“{sheet.name}”的A1没有标记为一级标题。"
        for cell in sheet.filled:
            if cell.coordinate != "A1" and cell.style == "Heading 1":
                yield f"{sheet.told(cell)}是又一个一级标题。"
    for told, times in Counter(str(sheet.page["A1"].value) for sheet in book.sheets).items():
        if times > 1:
            yield f"有{times}个工作表的标题都是“{told}”。"


@decides("look.symbols")
def symbols(book: Opened) -> Iterator[str]:
    for sheet in book.sheets:
        for cell in sheet.filled:
            if isinstance(cell.value, str) and not re.search(r"\w", cell.value):
                yield f"{sheet.told(cell)}只有符号“{cell.value}”。"


@decides("look.no_floating")
def no_floating(book: Opened) -> Iterator[str]:
    for name, xml in book.xml("xl/worksheets/sheet"):
        if re.search(r"<(odd|even|first)(Header|Footer)>[^<]", xml):
            yield f"{name}有页眉或者页脚。"
    for name in book.parts:
        if re.match(r"xl/(comments|threadedComments|ctrlProps|activeX|embeddings)", name):
            yield f"{name}浮在单元格上面：批注、控件或者嵌入的对象。"
    for name, xml in book.xml("xl/drawings/"):
        if re.search(r"<xdr:sp[ >]", xml):
            yield f"{name}里有文本框或者图形。"


@decides("look.no_dividers")
def no_dividers(book: Opened) -> Iterator[str]:
    for sheet, table in book.tables():
        style = table.element.tableStyleInfo
        if style is not None and style.name and (style.showRowStripes or style.showColumnStripes):
            yield f"工作表“{sheet.name}”的表隔行或者隔列变色。"
        for cells in sheet.rows(table):
            for cell in cells:
                edges = (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)
                if any(edge is not None and edge.style not in _PLAIN_BORDERS for edge in edges):
                    yield f"{sheet.told(cell)}用粗线分隔数据。"


@decides("look.no_fill")
def no_fill(book: Opened) -> Iterator[str]:
    for sheet in book.sheets:
        for row in sheet.page.iter_rows():
            for cell in row:
                if cell.fill.fill_type not in (None, "none"):
                    yield f"{sheet.told(cell)}有底色。"
    for sheet, table in book.tables():
        if table.element.tableStyleInfo is not None and table.element.tableStyleInfo.name:
            yield f"工作表“{sheet.name}”的表套用了样式“{table.element.tableStyleInfo.name}”，带底色或者边框。"


@decides("look.not_by_colour")
def not_by_colour(book: Opened) -> Iterator[str]:
    for sheet in book.sheets:
        if list(sheet.page.conditional_formatting):
            yield f"工作表“{sheet.name}”有条件格式。"
        for cell in sheet.filled:
            if _rgb(cell) and cell.hyperlink is None:
                yield f"{sheet.told(cell)}的文字另有颜色。"
            if re.search(
                r"\[(Red|Blue|Green|Yellow|Cyan|Magenta|White|Color ?\d+|红色|蓝色|绿色)\]", cell.number_format
            ):
                yield f"{sheet.told(cell)}的数字格式带颜色：{cell.number_format}。"


@decides("look.contrast")
def contrast(book: Opened) -> Iterator[str]:
    for sheet in book.sheets:
        for cell in sheet.filled:
            behind = cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else "FFFFFFFF"
            front = _rgb(cell) or "FF000000"
            if isinstance(behind, str) and (ratio := _contrast(front, behind)) < _ENOUGH_CONTRAST:
                yield f"{sheet.told(cell)}的文字与底色对比只有{ratio:.1f}比1。"


def _rgb(cell: Any) -> str:
    """The colour that was chosen for a cell's letters; nothing for the automatic one."""
    colour = cell.font.color
    if colour is None or colour.type != "rgb" or colour.rgb in _BLACK:
        return ""
    return str(colour.rgb)


def _contrast(one: str, other: str) -> float:
    """As WCAG 2.1 reckons it."""
    dark, light = sorted(_luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (2, 4, 6)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@decides("look.no_images")
def no_images(book: Opened) -> Iterator[str]:
    for name in book.parts:
        if re.match(r"xl/(media|charts|chartsheets|diagrams)/", name):
            yield f"{name}是图片或者图表。"


@decides("look.no_macros")
def no_macros(book: Opened) -> Iterator[str]:
    for name in book.parts:
        if re.search(r"vbaProject|macrosheets|customUI", name):
            yield f"{name}是宏。"
    if b"macroEnabled" in book.parts["[Content_Types].xml"]:
        yield "文件类型是启用宏的工作簿。"
