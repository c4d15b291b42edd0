"""Annex 1 in the accessible workbook: one row a measure, so that long words stay readable and nothing is clipped."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.catalog.annexes import AnnexColumn, AnnexLayout
from pipeline.model import MeasureRow, MeasureTable, Symbol, Wording
from pipeline.periods import Month
from pipeline.render.measure import PIXELS_PER_POINT, text_points
from pipeline.render.stamp import Stamp
from pipeline.render.styles import BODY_SIZE
from pipeline.render.twin_content import Cell, Column, Notes, TwinSheet, sheet_name, table_name
from pipeline.render.twin_tables import (
    DATA_NOTE,
    NOT_REPORTED,
    NOTHING_TO_REMARK,
    REMARK,
    back_to_contents,
    code,
    sheet_lines,
)

CONTACT = "measure_contact"
"""The names and numbers of persons: in the printed annex only."""

WHOLE_FORM = "全部项目"
COLUMNS = (
    Column("机构", 14),
    Column("填报单位", 24),
    Column("项目", 22),
    Column("内容", 96),
    Column(REMARK, 26),
)
_LINES_A_ROW = 20
"""Excel's rows end at 409 points: a longer text goes on in the next row."""


def measure_sheet(table: MeasureTable, layout: AnnexLayout, stamp: Stamp, notes: Notes) -> TwinSheet:
    """All measures of all units, by institution, in the order of the annex's columns."""
    name = sheet_name(f"附件{layout.number} 工作措施")
    items = [column for column in layout.columns if column.derivation == "words" and column.indicator != CONTACT]
    rows = tuple(
        line for group in table.groups for row in group.rows for line in _rows(group.title, row, items, stamp.month)
    )
    own = [notes.add(DATA_NOTE, text, name) for text in table.notes]
    lines = sheet_lines(stamp, COLUMNS, rows)
    lines += [f"一行是一个填报单位的一项措施；应报{table.coverage_of}家，已报{table.coverage_in}家。不列联系人。"]
    lines += ["方括号里的文字代替没有的内容，含义见“符号”工作表；各栏含义见“指标定义”工作表。"]
    if own:
        lines += [f"整张表适用：{''.join(note.marker for note in own)}，全文见“说明”工作表。"]
    title = f"附件{layout.number}　{layout.title}（{stamp.month.label}）"
    return TwinSheet(name, title, (*lines, back_to_contents()), table_name(name), COLUMNS, rows)


def _rows(institution: str, row: MeasureRow, items: list[AnnexColumn], month: Month) -> Iterator[tuple[Cell, ...]]:
    wordings = [(column, row.wordings.get(column.indicator)) for column in items]
    remarks = [row.remark] if row.remark else []
    if not any(wording and wording.text for _, wording in wordings):
        yield institution, row.label, WHOLE_FORM, NOT_REPORTED, "；".join(remarks) or NOTHING_TO_REMARK
        return
    for column, wording in wordings:
        said = "；".join([*remarks, *_carried(wording, month)]) or NOTHING_TO_REMARK
        item = "".join(column.header)
        for place, piece in enumerate(_pieces(_text(wording))):
            yield institution, row.label, f"{item}（续{place}）" if place else item, piece, said


def _text(wording: Wording | None) -> str:
    if wording is not None and wording.text.strip():
        return wording.text
    missing = wording is None or wording.symbol in (Symbol.MISSING, Symbol.NONE)
    return NOT_REPORTED if missing else code("—")


def _carried(wording: Wording | None, month: Month) -> list[str]:
    """Words that the unit declared unchanged say whose month they are of."""
    if wording is None or wording.period in ("", str(month)):
        return []
    return [f"填报单位声明与上月相同，原文为{Month.parse(wording.period).label}所报"]


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that fit into one row each; cut at line ends where there are any."""
    width = COLUMNS[3].width * 8 / PIXELS_PER_POINT * 0.97
    piece, used, taken = "", 0.0, 1
    for character in text.replace("\r\n", "\n").replace("\r", "\n"):
        step = text_points(character, BODY_SIZE)
        if character == "\n" or used + step > width:
            taken, used = taken + 1, 0.0
        if taken > _LINES_A_ROW:
            yield piece.strip("\n")
            piece, taken = "", 1
        piece += character
        used += 0 if character == "\n" else step
    yield piece.strip("\n")
