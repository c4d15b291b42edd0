"""The unit's own workbook back: unchanged but for its faulty cells, which are filled and commented, and a last sheet.

openpyxl keeps formulas, formats and widths. It forgets what formulas came to: that is put back.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pipeline.model import Severity
from pipeline.model.own_comments import of_others, signed
from pipeline.model.own_sheets import PLACE, TITLE, is_live
from pipeline.render.answer_sheet import write_answer_sheet
from pipeline.render.harmless import printable, shortened
from pipeline.render.lost_parts import lost
from pipeline.render.marked_content import SHEET, Asked, MarkedContent, MarkedCopy, with_live_sheet, with_lost
from pipeline.render.measure import height, lines
from pipeline.render.own_part import leave_only
from pipeline.render.resaved import put_right

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

MARKER = "金融办审核"
"""Author of our comments: by it they are known again."""
_SOMEBODY = "原批注"
"""Author of what stood under one of ours: whose it was nobody knows any more."""
_FILLS = {Severity.HARD: "FFC7CE", Severity.SOFT: "FFEB9C", Severity.NOTE: "FFEB9C"}
_LONGEST = 1500
_COMMENT_WIDTH, _COMMENT_SIZE = 320, 9


def marked(original: bytes, content: MarkedContent) -> MarkedCopy:
    """An .xlsx or .xlsm as it came, marked; what openpyxl does not write again is told in it and beside it.

    Raises:
        Exception: whatever openpyxl raises on a file that it cannot open; the caller has the grid to fall back on.
    """
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(original), rich_text=True)
    stored = load_workbook(io.BytesIO(original), data_only=True)
    missing = lost(original, book, whole=content.sheets is None)
    if content.sheets is not None:
        leave_only(book, content.sheets, stored)
    return MarkedCopy(finished(book, with_lost(content, missing), stored), missing)


def finished(book: Workbook, content: MarkedContent, stored: Workbook | None = None) -> bytes:
    """The workbook with its marks and its last sheet, as bytes that say nothing of when they were made."""
    _forget_last_time(book)
    mark(book, content.asked)
    write_answer_sheet(book, with_live_sheet(content, _live_sheet(book)))
    _open_at(book, SHEET)
    properties = book.properties
    properties.lastModifiedBy = content.office
    out = io.BytesIO()
    book.save(out)
    return put_right(out.getvalue(), book, stored, content.created)


def _forget_last_time(book: Workbook) -> None:
    """A marked workbook that came back corrected is marked anew: what we wrote into it before goes."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    if SHEET in book.sheetnames and len(book.sheetnames) > 1:
        del book[SHEET]
    for sheet in book.worksheets:
        for cell in [cell for row in sheet.iter_rows() for cell in row]:
            if cell.comment is not None and cell.comment.author == MARKER:
                before = of_others(cell.comment.text)
                cell.comment = Comment(before, _SOMEBODY) if before else None
                cell.fill = PatternFill()


def _live_sheet(book: Workbook) -> str:
    """The sheet of a blank form of ours that checks while the bank types; empty where there is none."""
    for sheet in book.worksheets:
        title, said = (str(sheet.cell(row + 1, col + 1).value) for row, col in (TITLE, PLACE))
        if is_live(title, said):
            return str(sheet.title)
    return ""


def _open_at(book: Workbook, name: str) -> None:
    """The sheet that is seen first, and no other chosen with it: whoever types would type into both."""
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet.title == name
    book.active = book.sheetnames.index(name)


def mark(book: Workbook, asked: Iterable[Asked]) -> None:
    """Fill each faulty cell and say in a comment what is wrong with it; the gravest gives the colour."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    for (name, address), group in _by_cell(asked).items():
        if name not in book.sheetnames or not hasattr(book[name], "merged_cells"):
            continue
        cell = _first_of_merged(book[name], address)
        severity = min((severity for severity, _ in group), key=lambda found: found.rank)
        cell.fill = PatternFill("solid", fgColor=_FILLS[severity])
        words = shortened(printable("\n".join(said for _, said in group)), _LONGEST, f"工作表“{SHEET}”")
        before = printable(cell.comment.text) if cell.comment else ""
        text = signed(words, shortened(before, _LONGEST, "原件"))
        comment = Comment(text, MARKER, width=_COMMENT_WIDTH)
        taken = lines(text, _COMMENT_WIDTH / 8, _COMMENT_SIZE)
        comment.height = height(taken + 1, _COMMENT_SIZE) * 96 / 72
        cell.comment = comment


def _by_cell(asked: Iterable[Asked]) -> dict[tuple[str, str], list[tuple[Severity, str]]]:
    """(sheet, address) → how grave it is and what is said there: at a finding's own cell all, at its others theirs."""
    found: dict[tuple[str, str], list[tuple[Severity, str]]] = {}
    for number, one in enumerate(asked, start=1):
        said = {(one.sheet, one.cell): one.message} if one.cell else {}
        more = f"与{one.cell or one.sheet}是同一问题，见工作表“{SHEET}”第{number}条。"
        for other in one.others:
            if other.cell:
                said.setdefault((other.sheet, other.cell), f"{other.found}。{more}")
        for place, words in said.items():
            found.setdefault(place, []).append((one.severity, f"【{one.severity.label}】{one.rule}　{words}"))
    return found


def _first_of_merged(sheet: Worksheet, address: str) -> Cell:
    """The cell itself, or the one that stands for the merged range in which it lies."""
    cell: Any = sheet[address]
    for merged_range in sheet.merged_cells.ranges:
        if address in merged_range:
            return sheet.cell(merged_range.min_row, merged_range.min_col)  # type: ignore[return-value]
    return cell  # type: ignore[no-any-return]
