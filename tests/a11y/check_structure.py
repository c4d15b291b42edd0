"""How the workbook is built: its sheets, where their tables stand, what it says of itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tests.a11y.checklist import decides
from tests.a11y.opened import Opened, holds_numbers, is_blank, is_code, is_number

_DEFAULT_NAME = re.compile(r"(sheet|工作表|表)\s*\d*", re.IGNORECASE)
_UNIT = re.compile(r"（[^（）]+）")
_NUMBER_AS_WORDS = re.compile(r"[-+－]?[\d,，．.]+\s*(%|％|万?元|户|\*)?")


@decides("structure.names")
def names(book: Opened) -> Iterator[str]:
    times = Counter(sheet.name.casefold() for sheet in book.sheets)
    for sheet in book.sheets:
        if _DEFAULT_NAME.fullmatch(sheet.name) or sheet.name != sheet.name.strip() or times[sheet.name.casefold()] > 1:
            yield f"工作表名“{sheet.name}”是默认名、首尾有空格或者重复。"


@decides("structure.no_blank_sheets")
def no_blank_sheets(book: Opened) -> Iterator[str]:
    for sheet in book.sheets:
        if not sheet.filled:
            yield f"工作表“{sheet.name}”是空白的。"


@decides("structure.column_a")
def column_a(book: Opened) -> Iterator[str]:
    for sheet in book.sheets:
        for cell in sheet.outside:
            if cell.column > 1:
                yield f"{sheet.told(cell)}的说明不在A列。"
        end = sheet.tables[0].top if sheet.tables else sheet.page.max_row + 1
        for row in range(1, end):
            if is_blank(sheet.page.cell(row, 1).value):
                yield f"工作表“{sheet.name}”A{row}是空的，自上而下读会断。"
        second = sheet.page["A2"].value
        if sheet.tables and not re.search(r"本工作表.*表", str(second)):
            yield f"工作表“{sheet.name}”的A2没有说明本工作表有什么。"


@decides("structure.left_edge")
def left_edge(book: Opened) -> Iterator[str]:
    for sheet, table in book.tables():
        if table.left != 1:
            yield f"工作表“{sheet.name}”的表不从A列开始。"


@decides("structure.nothing_below")
def nothing_below(book: Opened) -> Iterator[str]:
    for sheet in book.sheets:
        for cell in sheet.outside:
            if any(cell.row > table.bottom or cell.column > table.right for table in sheet.tables):
                yield f"{sheet.told(cell)}在表的下面或者右面。"


@decides("structure.one_table")
def one_table(book: Opened) -> Iterator[str]:
    for sheet in book.sheets:
        if len(sheet.tables) > 1:
            yield f"工作表“{sheet.name}”有{len(sheet.tables)}张表。"


# ------------------------------------------------------------------ statistics


@decides("statistics.cover")
def cover(book: Opened) -> Iterator[str]:
    first = book.sheets[0]
    if first.tables:
        yield f"第一个工作表“{first.name}”是表，不是封面。"
    elif not any(cell.style == "Heading 2" for cell in first.filled):
        yield f"封面“{first.name}”没有用二级标题分段。"


@decides("statistics.contents")
def contents(book: Opened) -> Iterator[str]:
    best: tuple[set[str], set[str]] = (set(), set())
    for sheet, table in book.tables():
        cells = [cell for row in sheet.rows(table) for cell in row if cell.hyperlink is not None]
        linked = {re.sub(r"^'?(.*?)'?![^!]*$", r"\1", cell.hyperlink.location or "") for cell in cells}
        best = max(best, (linked, {book.sheets[0].name, sheet.name}), key=lambda one: len(one[0]))
    linked, apart = best
    for sheet in book.sheets:
        if sheet.name not in linked | apart:
            yield f"目录里没有能点击前往工作表“{sheet.name}”的一行。"


@decides("statistics.units")
def units(book: Opened) -> Iterator[str]:
    for sheet, table in book.tables():
        for header, cells in sheet.columns(table):
            if holds_numbers(cells) and not _UNIT.search(str(header.value)):
                yield f"{sheet.told(header)}“{header.value}”没有写计量单位。"


@decides("statistics.numbers")
def numbers(book: Opened) -> Iterator[str]:
    for name, xml in book.xml("xl/worksheets/sheet"):
        if re.search(r"<f[ >/]", xml):
            yield f"{name}有公式。"
    for sheet, table in book.tables():
        for _, cells in sheet.columns(table):
            if any(is_number(cell.value) for cell in cells):
                for cell in cells:
                    if isinstance(cell.value, str) and _NUMBER_AS_WORDS.fullmatch(cell.value.strip()):
                        yield f"{sheet.told(cell)}的数“{cell.value}”存成了文字。"
                    elif is_number(cell.value) and "%" in cell.number_format:
                        yield f"{sheet.told(cell)}靠百分号格式显示，格中的数与显示的不同。"


@decides("statistics.codes")
def codes(book: Opened) -> Iterator[str]:
    explained: set[str] = set()
    used: dict[str, str] = {}
    for sheet, table in book.tables():
        for cells in sheet.rows(table):
            explained.update(str(cell.value) for cell in cells[:1] if is_code(cell.value))
            used.update((str(cell.value), sheet.told(cell)) for cell in cells[1:] if is_code(cell.value))
    for code, told in used.items():
        if code not in explained:
            yield f"{told}的“{code}”没有解释。"


# ------------------------------------------------------------------ before publishing


@decides("publishing.properties")
def properties(book: Opened) -> Iterator[str]:
    core = book.parts.get("docProps/core.xml", b"").decode("utf-8")
    for tag, word in (("dc:title", "标题"), ("dc:creator", "作者"), ("dc:language", "语言")):
        if not re.search(rf"<{tag}[^>]*>[^<]*\S[^<]*</{tag}>", core):
            yield f"文件属性没有填写{word}。"


@decides("publishing.cursor")
def cursor(book: Opened) -> Iterator[str]:
    if book.book.active is not book.book.worksheets[0]:
        yield "打开时不在第一个工作表。"
    for sheet in book.sheets:
        view = sheet.page.sheet_view
        if any(selection.activeCell not in (None, "A1") for selection in view.selection):
            yield f"工作表“{sheet.name}”的光标不在A1。"
        if view.zoomScale not in (None, 100):
            yield f"工作表“{sheet.name}”的显示比例是{view.zoomScale}%。"
