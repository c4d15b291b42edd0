"""The unit's own workbook back: unchanged but for its faulty cells, which are filled and commented, and a last sheet.

openpyxl keeps formulas, formats and widths. It forgets what formulas came to: that is put back.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.model import Severity
from pipeline.render.answer_sheet import write_answer_sheet
from pipeline.render.harmless import printable, shortened
from pipeline.render.lost_parts import lost
from pipeline.render.marked_content import SHEET, Asked, MarkedContent, MarkedCopy, with_lost
from pipeline.render.measure import height, lines
from pipeline.render.own_part import leave_only
from pipeline.render.resaved import put_right

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

MARKER = "金融办审核"
"""Author of our comments: by it they are known again."""
_FILLS = {Severity.HARD: "FFC7CE", Severity.SOFT: "FFEB9C", Severity.NOTE: "FFEB9C"}
_LONGEST = 1500
_COMMENT_WIDTH, _COMMENT_SIZE = 320, 9
_OTHER_SHEET, _BOX = re.compile("工作表“(.+?)”"), re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}(:[A-Z]{1,3}[1-9]\d{0,6})?")


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
    write_answer_sheet(book, content)
    properties = book.properties
    properties.lastModifiedBy = content.office
    out = io.BytesIO()
    book.save(out)
    return put_right(out.getvalue(), book, stored, content.created)


def _forget_last_time(book: Workbook) -> None:
    """A marked workbook that came back corrected is marked anew: what we wrote into it before goes."""
    from openpyxl.styles import PatternFill

    if SHEET in book.sheetnames and len(book.sheetnames) > 1:
        del book[SHEET]
    for sheet in book.worksheets:
        for cell in [cell for row in sheet.iter_rows() for cell in row]:
            if cell.comment is not None and cell.comment.author == MARKER:
                cell.comment = None
                cell.fill = PatternFill()


def mark(book: Workbook, asked: Iterable[Asked]) -> None:
    """Fill each faulty cell and say in a comment what is wrong with it; the gravest gives the colour."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    for (name, address), group in _by_cell(asked).items():
        if name not in book.sheetnames or not hasattr(book[name], "merged_cells"):
            continue
        cell = _first_of_merged(book[name], address)
        severity = min((one.severity for one in group), key=lambda found: found.rank)
        cell.fill = PatternFill("solid", fgColor=_FILLS[severity])
        words = [f"【{one.severity.label}】{one.rule}　{one.message}" for one in group]
        if cell.comment:
            words.append(f"【原批注】{cell.comment.text}")
        text = shortened(printable("\n".join(words)), _LONGEST, f"工作表“{SHEET}”")
        comment = Comment(text, MARKER, width=_COMMENT_WIDTH)
        taken = lines(text, _COMMENT_WIDTH / 8, _COMMENT_SIZE)
        comment.height = height(taken + 1, _COMMENT_SIZE) * 96 / 72
        cell.comment = comment


def _by_cell(asked: Iterable[Asked]) -> dict[tuple[str, str], list[Asked]]:
    found: dict[tuple[str, str], list[Asked]] = {}
    for one in asked:
        for place in _addresses(one):
            found.setdefault(place, []).append(one)
    return found


def _addresses(one: Asked) -> Sequence[tuple[str, str]]:
    """(sheet, address): its own cell first, then the others of its cause, which may lie in other sheets."""
    from openpyxl.utils import rows_from_range

    found = dict.fromkeys([(one.sheet, one.cell)] if one.cell else [])
    for part in filter(None, one.cells.split("；")):
        other = _OTHER_SHEET.match(part)
        sheet = other[1] if other else one.sheet
        for box in part[other.end() if other else 0 :].split("、"):
            if _BOX.fullmatch(box):
                found.update(dict.fromkeys((sheet, cell) for row in rows_from_range(box) for cell in row))
    return list(found)


def _first_of_merged(sheet: Worksheet, address: str) -> Cell:
    """The cell itself, or the one that stands for the merged range in which it lies."""
    cell: Any = sheet[address]
    for merged_range in sheet.merged_cells.ranges:
        if address in merged_range:
            return sheet.cell(merged_range.min_row, merged_range.min_col)  # type: ignore[return-value]
    return cell  # type: ignore[no-any-return]
