"""Tables, and the notes that they refer to."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from math import ceil
from typing import Any

from tests.a11y.checklist import decides
from tests.a11y.opened import Opened, Sheet, Table, holds_numbers, is_blank, is_code, is_number

_DEFAULT_TABLE = re.compile(r"(table|tbl|表|表格|表_)\d*", re.IGNORECASE)
_DEFAULT_COLUMN = re.compile(r"(column|列)\d+", re.IGNORECASE)
_MARKER = re.compile(r"\[注(\d+(?:、\d+)*)\]")
_LIKE_A_MARKER = re.compile(r"[\[［【][^\]］】]{0,8}\d[^\]］】]{0,8}[\]］】]")
_SIGNPOST = re.compile(r"[*＊†‡§#※¹²³⁴⁵⁶⁷⁸⁹①-⑳]")
_NOTE_NUMBER = re.compile(r"注(\d+)(（续\d+）)?")


@decides("tables.marked")
def marked(book: Opened) -> Iterator[str]:
    if not any(sheet.tables for sheet in book.sheets):
        yield "整个文件没有一张标记为表的表。"
    for sheet in book.sheets:
        for row, cells in Counter(cell.row for cell in sheet.outside).items():
            if cells > 1:
                yield f"工作表“{sheet.name}”第{row}行有{cells}格并排，却不属于任何标记为表的表。"


@decides("tables.named")
def named(book: Opened) -> Iterator[str]:
    names = Counter(table.name.casefold() for _, table in book.tables())
    for sheet, table in book.tables():
        if _DEFAULT_TABLE.fullmatch(table.name) or names[table.name.casefold()] > 1:
            yield f"工作表“{sheet.name}”的表叫“{table.name}”，没有说明是什么，或者与别的表重名。"


@decides("tables.unmerged")
def unmerged(book: Opened) -> Iterator[str]:
    for sheet in book.sheets:
        for merged in sheet.page.merged_cells.ranges:
            yield f"工作表“{sheet.name}”合并了{merged}。"
        for one, other in combinations(sheet.tables, 2):
            if one.holds(other.top, other.left) or other.holds(one.top, one.left):
                yield f"工作表“{sheet.name}”的表“{one.name}”与“{other.name}”互相重叠。"


@decides("tables.no_blank_lines")
def no_blank_lines(book: Opened) -> Iterator[str]:
    for sheet, table in book.tables():
        for cells in sheet.rows(table):
            if all(is_blank(cell.value) for cell in cells):
                yield f"工作表“{sheet.name}”第{cells[0].row}行是空行。"
        for header, cells in sheet.columns(table):
            if all(is_blank(cell.value) for cell in cells):
                yield f"{sheet.told(header)}下面是空列。"


@decides("tables.header")
def header(book: Opened) -> Iterator[str]:
    for sheet, table in book.tables():
        if table.element.headerRowCount == 0:
            yield f"工作表“{sheet.name}”的表没有标记表头。"
            continue
        cells = sheet.headers(table)
        for cell in cells:
            if is_blank(cell.value) or _DEFAULT_COLUMN.fullmatch(str(cell.value)):
                yield f"{sheet.told(cell)}没有栏名。"
        for text, times in Counter(str(cell.value) for cell in cells).items():
            if times > 1:
                yield f"工作表“{sheet.name}”有{times}栏都叫“{text}”。"
        if [str(cell.value) for cell in cells] != [column.name for column in table.element.tableColumns]:
            yield f"工作表“{sheet.name}”表头格中的文字与表自己记的栏名不一致。"
        yield from _second_header(sheet, table)


def _second_header(sheet: Sheet, table: Table) -> Iterator[str]:
    for _, cells in sheet.columns(table):
        first = cells[0]
        if holds_numbers(cells) and not (is_number(first.value) or is_blank(first.value) or is_code(first.value)):
            yield f"{sheet.told(first)}像是第二行表头：以下是数，这一格是文字“{first.value}”。"
            return


@decides("tables.wrapped")
def wrapped(book: Opened) -> Iterator[str]:
    for sheet, table in book.tables():
        for cell in (cell for row in [sheet.headers(table), *sheet.rows(table)] for cell in row):
            width = sheet.width(cell.column)
            if is_number(cell.value):
                if len(_shown(cell)) > width:
                    yield f"{sheet.told(cell)}的数太宽，显示为####。"
            elif not is_blank(cell.value):
                yield from _not_seen(sheet, cell, width)


def _shown(cell: Any) -> str:
    decimals = re.search(r"\.(0+)", cell.number_format)
    return f"{cell.value:.{len(decimals[1]) if decimals else 0}f}"


def _not_seen(sheet: Sheet, cell: Any, width: float) -> Iterator[str]:
    """A text that cannot be seen whole in its cell, by a reckoning that is rather too lenient."""
    paragraphs = [_digits_wide(line) for line in str(cell.value).split("\n")]
    if not cell.alignment.wrap_text:
        if max(paragraphs) > width or len(paragraphs) > 1:
            yield f"{sheet.told(cell)}的文字比栏宽，又没有自动换行。"
        return
    height = sheet.page.row_dimensions[cell.row].height
    lines = sum(max(1, ceil(wide / width)) for wide in paragraphs)
    if height is not None and lines * cell.font.sz * 1.2 > height + 1:
        yield f"{sheet.told(cell)}的文字要{lines}行，行高只有{height:g}磅，看不全。"


def _digits_wide(text: str) -> float:
    return sum(1.8 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


@decides("tables.no_filters")
def no_filters(book: Opened) -> Iterator[str]:
    for sheet in book.sheets:
        if sheet.page.auto_filter.ref or any(table.element.autoFilter is not None for table in sheet.tables):
            yield f"工作表“{sheet.name}”有筛选。"
    for name, text in book.xml("xl/worksheets/sheet"):
        if re.search(r"<pane\b", text):
            yield f"{name}有冻结或者拆分的窗格。"


@decides("tables.no_blank_cells")
def no_blank_cells(book: Opened) -> Iterator[str]:
    for sheet, table in book.tables():
        for cells in sheet.rows(table):
            for cell in cells:
                if is_blank(cell.value):
                    yield f"{sheet.told(cell)}是空白格。"


@decides("tables.nothing_hidden")
def nothing_hidden(book: Opened) -> Iterator[str]:
    for sheet in book.sheets:
        if sheet.page.sheet_state != "visible":
            yield f"工作表“{sheet.name}”是隐藏的。"
        for row, dimension in sheet.page.row_dimensions.items():
            if dimension.hidden or dimension.height == 0:
                yield f"工作表“{sheet.name}”第{row}行是隐藏的。"
        for letter, dimension in sheet.page.column_dimensions.items():
            if dimension.hidden or (dimension.customWidth and dimension.width == 0):
                yield f"工作表“{sheet.name}”{letter}列是隐藏的。"
        for cell in sheet.filled:
            if re.fullmatch(r';+|""', cell.number_format):
                yield f"{sheet.told(cell)}的数字格式把内容藏了起来。"


# ------------------------------------------------------------------ notes


@decides("notes.no_symbols")
def no_symbols(book: Opened) -> Iterator[str]:
    for name, text in (*book.xml("xl/styles"), *book.xml("xl/sharedStrings"), *book.xml("xl/worksheets/")):
        if 'vertAlign val="superscript"' in text:
            yield f"{name}用了上标。"
    for sheet in book.sheets:
        for cell in _signposts(sheet):
            if _SIGNPOST.search(str(cell.value)):
                yield f"{sheet.told(cell)}用符号指向注释：“{cell.value}”。"
        for cell in sheet.filled:
            if is_number(cell.value) and _SIGNPOST.search(re.sub(r"#", "", cell.number_format)):
                yield f"{sheet.told(cell)}的数字格式带符号：{cell.number_format}。"


def _signposts(sheet: Sheet) -> list[Any]:
    """Where notes may be referred to: titles, lines, headers, the labels of rows."""
    headers = [cell for table in sheet.tables for cell in sheet.headers(table)]
    labels = [row[0] for table in sheet.tables for row in sheet.rows(table) if not is_number(row[0].value)]
    return [cell for cell in [*sheet.outside, *headers, *labels] if not is_blank(cell.value)]


@decides("notes.called_notes")
def called_notes(book: Opened) -> Iterator[str]:
    for sheet in book.sheets:
        for cell in _signposts(sheet):
            for found in _LIKE_A_MARKER.finditer(str(cell.value)):
                if not _MARKER.fullmatch(found[0]):
                    yield f"{sheet.told(cell)}的“{found[0]}”没有写明是注。"


@decides("notes.not_in_cells")
def not_in_cells(book: Opened) -> Iterator[str]:
    for sheet, table in book.tables():
        for cells in sheet.rows(table):
            for cell in cells:
                if isinstance(cell.value, str) and _MARKER.search(cell.value):
                    yield f"{sheet.told(cell)}是数据格，里面有注号。"


@decides("notes.on_a_sheet")
def on_a_sheet(book: Opened) -> Iterator[str]:
    lists = [numbers for sheet, table in book.tables() if (numbers := _note_numbers(sheet, table))]
    if len(lists) > 1:
        yield "注释分散在几张表里。"
    known = {number for numbers in lists for number in numbers}
    for numbers in lists:
        if numbers != list(range(1, len(numbers) + 1)):
            yield "注释没有从1起连续编号。"
    for sheet in book.sheets:
        for cell in _signposts(sheet):
            for found in _MARKER.finditer(str(cell.value)):
                for number in found[1].split("、"):
                    if int(number) not in known:
                        yield f"{sheet.told(cell)}指向注{number}，注释表里没有。"


def _note_numbers(sheet: Sheet, table: Table) -> list[int]:
    """The numbers of a table of notes, each once; nothing for any other table."""
    found = [_NOTE_NUMBER.fullmatch(str(row[0].value)) for row in sheet.rows(table)]
    return [int(match[1]) for match in found if match and not match[2]] if found and all(found) else []
