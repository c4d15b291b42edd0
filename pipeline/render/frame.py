"""What all annexes share: the workbook, head, header, foot and print set-up of an A4 page across."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.catalog.annexes import AnnexLayout
from pipeline.render.header import Span
from pipeline.render.stamp import Stamp
from pipeline.render.styles import BASE, HEI, LOOKS, SONG
from pipeline.render.workbook import Formats, workbook_bytes

INCH = 1 / 25.4
MARGINS = {"left": 10 * INCH, "right": 10 * INCH, "top": 18 * INCH, "bottom": 16 * INCH}
A4_LANDSCAPE = (297 * INCH, 210 * INCH)

HEAD_HEIGHTS = (24.0, 42.0, 24.0)
"""附件 number, title, caption."""
HEADER_ROW = len(HEAD_HEIGHTS)
FOOTER_HEIGHT = 36.0
_A4 = 9
_DEFAULT = (SONG, 11)
"""Widths count digits of this font: 8 pixels each, a standard column has 72."""
_STANDARD_COLUMN = 72


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds an annex's rows; widths in characters, heights in points."""

    layout: AnnexLayout
    header: tuple[Span, ...]
    header_heights: tuple[float, ...]
    widths: tuple[float, ...]
    notes: tuple[str, ...]
    note_heights: tuple[float, ...]

    @property
    def last_col(self) -> int:
        """The table's right edge."""
        return len(self.layout.columns) - 1

    @property
    def first_row(self) -> int:
        """The row below the header."""
        return HEADER_ROW + len(self.header_heights)


@dataclass(frozen=True, slots=True)
class Canvas:
    """A sheet being written."""

    sheet: Any
    styles: Formats

    def text(self, row: int, col: int, text: str, look: str, *, bold: bool = False) -> None:
        """Write words, never as a formula or a link; nothing leaves a bordered blank."""
        self.words(row, col, text, self.styles.get(look, bold=bold))

    def words(self, row: int, col: int, text: str, style: Any) -> None:
        """The same in a given format."""
        if text:
            self.sheet.write_string(row, col, text, style)
        else:
            self.sheet.write_blank(row, col, None, style)

    def across(self, box: tuple[int, int, int, int], text: str, look: str) -> None:
        """Write words over several cells: top, left, bottom, right."""
        top, left, bottom, right = box
        if (top, left) != (bottom, right):
            self.sheet.merge_range(top, left, bottom, right, "", self.styles.get(look))
        self.text(top, left, text, look)


def sheet_bytes(layout: AnnexLayout, stamp: Stamp, write: Callable[[Canvas], None]) -> bytes:
    """A workbook of one sheet, named after the annex, that `write` fills."""

    def fill(workbook: Any) -> None:
        write(Canvas(workbook.add_worksheet(f"附件{layout.number}"), Formats(workbook, BASE, LOOKS)))

    return workbook_bytes(fill, _properties(layout, stamp), _DEFAULT, default_column_width=_STANDARD_COLUMN)


def _properties(layout: AnnexLayout, stamp: Stamp) -> dict[str, Any]:
    return {
        "title": f"附件{layout.number} {layout.title}（{stamp.month.label}）",
        "author": stamp.office,
        "subject": stamp.month.label,
        "comments": "；".join(filter(None, [stamp.version, stamp.marks])),
        "created": stamp.created,
    }


def write_head(canvas: Canvas, frame: Frame, stamp: Stamp, unit_caption: str, header_look: str = "header") -> None:
    """Column widths; 附件 number and marks, title, caption, and the merged header."""
    for col, width in enumerate(frame.widths):
        canvas.sheet.set_column(col, col, width)
    last = frame.last_col
    middle = last // 2
    canvas.across((0, 0, 0, middle), f"附件{frame.layout.number}", "annex")
    canvas.across((0, middle + 1, 0, last), stamp.marks, "mark")
    canvas.across((1, 0, 1, last), frame.layout.title, "title")
    canvas.across((2, 0, 2, middle), stamp.stocks_of, "caption_left")
    canvas.across((2, middle + 1, 2, last), unit_caption, "caption_right")
    for span in frame.header:
        box = (HEADER_ROW + span.top, span.left, HEADER_ROW + span.bottom, span.right)
        canvas.across(box, span.text, header_look)
    for row, points in enumerate((*HEAD_HEIGHTS, *frame.header_heights)):
        canvas.sheet.set_row(row, points)


def write_foot(canvas: Canvas, frame: Frame, stamp: Stamp, row: int, note_look: str = "note") -> int:
    """Notes from this row on, then who made the table; the last row written."""
    for text, points in zip(frame.notes, frame.note_heights, strict=True):
        canvas.across((row, 0, row, frame.last_col), text, note_look)
        canvas.sheet.set_row(row, points)
        row += 1
    signers = (f"制表单位：{stamp.office}", "审核人：", "制表人：", "报出日期：")
    edges = [round(share * (frame.last_col + 1)) for share in (0, 0.4, 0.6, 0.8, 1)]
    for text, (left, right) in zip(signers, pairwise(edges), strict=True):
        canvas.across((row, left, row, right - 1), text, "footer")
    canvas.sheet.set_row(row, FOOTER_HEIGHT)
    return row


def set_up_printing(canvas: Canvas, frame: Frame, stamp: Stamp, last_row: int) -> None:
    """A4 landscape, one page wide, header rows repeated on every page."""
    sheet = canvas.sheet
    labels = [col for col, column in enumerate(frame.layout.columns) if column.derivation == "label"]
    sheet.freeze_panes(frame.first_row, labels[0] + 1 if labels else 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW, frame.first_row - 1)
    sheet.print_area(0, 0, last_row, frame.last_col)
    sheet.center_horizontally()
    sheet.set_margins(**MARGINS)
    sheet.set_header(f'&R&"{HEI},Regular"&9{stamp.marks}' if stamp.marks else "", {"margin": 8 * INCH})
    sheet.set_footer(f"&L&9{stamp.version}&C&9第 &P 页，共 &N 页", {"margin": 7 * INCH})


def numbered(sentences: Sequence[str]) -> tuple[str, ...]:
    """「注：1. …」, then each on a line of its own."""
    return tuple(
        f"{'注：' if number == 1 else '　　'}{number}. {sentence}" for number, sentence in enumerate(sentences, start=1)
    )
