"""The last sheet of a workbook that goes back: all findings, a way to each cell, and room for answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.model import Severity
from pipeline.model.answers import ANSWER, AUTHOR, BETWEEN, FINDING, IN_THE_TABLE, QUESTION, VALUE
from pipeline.render.harmless import printable, shortened
from pipeline.render.marked_content import SHEET, Asked, MarkedContent
from pipeline.render.measure import height, lines

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_SIZE, _TITLE_SIZE = 10, 15
_LONGEST = 8000
_HIGHEST = 400.0
_A4 = 9


@dataclass(frozen=True, slots=True)
class _Column:
    header: str
    width: float
    centred: bool = False


_COLUMNS = (
    _Column("序号", 5, centred=True),
    _Column("性质", 8, centred=True),
    _Column("工作表", 11),
    _Column("单元格", 8, centred=True),
    _Column("县区", 9, centred=True),
    _Column("指标", 17),
    _Column(VALUE, 14, centred=True),
    _Column("应为/推算", 14, centred=True),
    _Column(QUESTION, 46),
    _Column(ANSWER, 36),
    _Column(FINDING, 15, centred=True),
)
_CELL, _QUESTION, _REPLY = 4, 9, 10
"""Columns from 1: the way to the cell, what is asked, where the answer goes."""
_PHONE = "联系电话"


def write_answer_sheet(book: Workbook, content: MarkedContent) -> None:
    """Add the sheet behind all others."""
    sheet: Any = book.create_sheet(SHEET)
    for number, column in enumerate(_COLUMNS, start=1):
        sheet.column_dimensions[sheet.cell(1, number).column_letter].width = column.width
    top = _write_head(sheet, content)
    for number, asked in enumerate(content.asked, start=1):
        _write_row(sheet, top + number, number, asked, book)
    sheet.freeze_panes = sheet.cell(top + 1, 1)
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = _fit()
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def _fit() -> Any:
    from openpyxl.worksheet.properties import PageSetupProperties

    return PageSetupProperties(fitToPage=True)


def _write_head(sheet: Any, content: MarkedContent) -> int:
    """Title, how to answer, who answers, headers; says in which row the headers stand."""
    from openpyxl.styles import Font, PatternFill

    wide = sum(column.width for column in _COLUMNS)
    row = 1
    for text, size, bold in [(content.title, _TITLE_SIZE, True), *((words, _SIZE, False) for words in content.guide)]:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(_COLUMNS))
        cell = _put(sheet, row, 1, text, centred=bold)
        cell.font, cell.border = Font(name="宋体", size=size, bold=bold), _no_border()
        sheet.row_dimensions[row].height = height(lines(text, wide, size), size) + 4
        row += 1
    for label, name, room in ((1, AUTHOR, range(3, 6)), (6, _PHONE, range(7, 9))):
        _put(sheet, row, label, f"{name}：", centred=True).border = _no_border()
        if room[0] > label + 1:
            sheet.merge_cells(start_row=row, start_column=label, end_row=row, end_column=room[0] - 1)
        for col in room:
            _put(sheet, row, col, "").fill = _room()
        sheet.merge_cells(start_row=row, start_column=room[0], end_row=row, end_column=room[-1])
    sheet.row_dimensions[row].height = 22
    row += 1
    for number, column in enumerate(_COLUMNS, start=1):
        cell = _put(sheet, row, number, column.header, centred=True)
        cell.font, cell.fill = Font(name="黑体", size=_SIZE), PatternFill("solid", fgColor="D9E1F2")
    return row


def _write_row(sheet: Any, row: int, number: int, asked: Asked, book: Workbook) -> None:
    from openpyxl.styles import Font

    question = shortened(printable(f"{asked.rule}{BETWEEN}{asked.message}{asked.history}"), _LONGEST, "Word 通知")
    texts = ["", asked.severity.label, asked.sheet, asked.cell, asked.area, asked.indicator]
    texts += [asked.value, asked.expected, question, "" if asked.needs_answer else IN_THE_TABLE, asked.id]
    for col, (text, column) in enumerate(zip(texts, _COLUMNS, strict=True), start=1):
        _put(sheet, row, col, text, centred=column.centred)
    sheet.cell(row, 1).value = number
    if asked.severity is Severity.HARD:
        sheet.cell(row, 2).font = Font(name="宋体", size=_SIZE, bold=True, color="C00000")
    if asked.needs_answer:
        sheet.cell(row, _REPLY).fill = _room()
    else:
        sheet.cell(row, _REPLY).font = Font(name="宋体", size=_SIZE, color="808080")
    if asked.cell and asked.sheet in book.sheetnames:
        _lead(sheet.cell(row, _CELL), asked.sheet, asked.cell)
    taken = [lines(text, column.width * 0.92, _SIZE) for text, column in zip(texts, _COLUMNS, strict=True)]
    sheet.row_dimensions[row].height = min(height(max(2, *taken), _SIZE) + 2, _HIGHEST)


def _lead(cell: Any, sheet: str, address: str) -> None:
    """A click leads to the cell that it is about."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    quoted = sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{address}", display=address)
    cell.font = Font(name="宋体", size=_SIZE, color="0563C1", underline="single")


def _put(sheet: Worksheet | Any, row: int, col: int, text: str, *, centred: bool = False) -> Any:
    """A text that stays a text, whatever it begins with."""
    from openpyxl.styles import Alignment, Border, Font, Side

    cell = sheet.cell(row, col)
    if text:
        cell.value = printable(text)
        cell.data_type = "s"
    edge = Side(style="thin", color="808080")
    cell.border = Border(left=edge, right=edge, top=edge, bottom=edge)
    cell.font = Font(name="宋体", size=_SIZE)
    cell.alignment = Alignment(horizontal="center" if centred else "left", vertical="center", wrap_text=True)
    return cell


def _no_border() -> Any:
    from openpyxl.styles import Border

    return Border()


def _room() -> Any:
    """The colour of what the unit fills in."""
    from openpyxl.styles import PatternFill

    return PatternFill("solid", fgColor="FFFFE0")
