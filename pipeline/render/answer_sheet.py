"""The last sheet of a workbook that goes back: all findings, a way to each cell, and room for answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.model import Severity
from pipeline.model.answers import ANSWER, AS_ABOVE, AUTHOR, BETWEEN, FINDING, IN_THE_TABLE, QUESTION, VALUE
from pipeline.render.harmless import printable, shortened
from pipeline.render.marked_content import SHEET, Asked, AskedCell, MarkedContent
from pipeline.render.measure import height, lines

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_SIZE, _TITLE_SIZE = 10, 15
_LONGEST = 8000
_HIGHEST = 400.0
_A4 = 9
_TAB = "C00000"


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
    sheet.sheet_properties.tabColor = _TAB
    for number, column in enumerate(_COLUMNS, start=1):
        sheet.column_dimensions[sheet.cell(1, number).column_letter].width = column.width
    top = _write_head(sheet, content)
    row = top
    for number, asked in enumerate(content.asked, start=1):
        _write_row(sheet, row := row + 1, number, asked, book)
        for also, other in enumerate(asked.others, start=2):
            _write_other(sheet, row := row + 1, f"{number}-{also}", asked, other, book)
    sheet.sheet_properties.outlinePr.summaryBelow = False
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
    _write_texts(sheet, row, texts)
    sheet.cell(row, 1).value = number
    if asked.severity is Severity.HARD:
        sheet.cell(row, 2).font = Font(name="宋体", size=_SIZE, bold=True, color="C00000")
    if asked.needs_answer:
        sheet.cell(row, _REPLY).fill = _room()
    else:
        sheet.cell(row, _REPLY).font = Font(name="宋体", size=_SIZE, color="808080")
    _lead(sheet.cell(row, _CELL), asked, book)
    taken = [lines(text, column.width * 0.92, _SIZE) for text, column in zip(texts, _COLUMNS, strict=True)]
    sheet.row_dimensions[row].height = min(height(max(2, *taken), _SIZE) + 2, _HIGHEST)


def _write_other(sheet: Any, row: int, number: str, asked: Asked, other: AskedCell, book: Workbook) -> None:
    """A further cell of the same finding, below it: it is answered there, and bears its id to be known again."""
    from openpyxl.styles import Font

    texts = [number, asked.severity.label, other.sheet, other.cell, other.area, other.indicator]
    texts += [other.value, other.expected, AS_ABOVE, "" if asked.needs_answer else IN_THE_TABLE, asked.id]
    _write_texts(sheet, row, texts)
    for col in (_QUESTION, _REPLY, len(_COLUMNS)):
        sheet.cell(row, col).font = Font(name="宋体", size=_SIZE, color="808080")
    _lead(sheet.cell(row, _CELL), other, book)
    taken = [lines(text, column.width * 0.92, _SIZE) for text, column in zip(texts, _COLUMNS, strict=True)]
    sheet.row_dimensions[row].height = height(max(taken), _SIZE) + 2
    sheet.row_dimensions[row].outlineLevel = 1


def _write_texts(sheet: Any, row: int, texts: Sequence[str]) -> None:
    for col, (text, column) in enumerate(zip(texts, _COLUMNS, strict=True), start=1):
        _put(sheet, row, col, text, centred=column.centred)


def _lead(cell: Any, to: Asked | AskedCell, book: Workbook) -> None:
    """A click leads to the cell that it is about, where the workbook has it."""
    if not to.cell or to.sheet not in book.sheetnames:
        return
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    quoted = to.sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{to.cell}", display=to.cell)
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
