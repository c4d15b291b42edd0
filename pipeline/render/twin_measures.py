"""Annex 1 in the accessible workbook: one row a measure, so that long words stay readable and nothing is clipped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.catalog.annexes import AnnexColumn, AnnexLayout
from pipeline.model import MeasureRow, MeasureTable, Symbol, Wording
from pipeline.periods import Month
from pipeline.render.measures_csv import CONTACT
from pipeline.render.numbers import NOT_APPLICABLE
from pipeline.render.stamp import Stamp
from pipeline.render.twin_content import Cell, Column, Notes, TwinSheet, sheet_name, table_name
from pipeline.render.twin_fit import pieces
from pipeline.render.twin_tables import (
    DATA_NOTE,
    NOT_REPORTED,
    NOTHING_TO_REMARK,
    REMARK,
    code,
    in_words_of_the_twin,
    sheet_lines,
    to_contents,
    whole_table,
)

WHOLE_FORM = "全部项目"
INSTITUTION, UNIT, ITEM, WORDS = "机构", "填报单位", "项目", "内容"
COLUMNS = (Column(INSTITUTION, 14), Column(UNIT, 26), Column(ITEM, 24), Column(WORDS, 96), Column(REMARK, 26))
_TOLD_AT_THE_ITEM = ("沿用", "写“与上月相同”")
"""Parts of a unit's remark that name items: here each stands in the rows of its own item."""
_REFERS_TO_NOTHING = "写“与上月相同”，但上月没有可引用的内容"


def items_of(layout: AnnexLayout) -> list[AnnexColumn]:
    """The annex's columns of words but for contact persons."""
    return [column for column in layout.columns if column.derivation == "words" and column.indicator != CONTACT]


def measure_sheet(table: MeasureTable, layout: AnnexLayout, stamp: Stamp, notes: Notes) -> TwinSheet:
    """All measures of all units, by institution, in the order of the annex's columns."""
    name = sheet_name(f"附件{layout.number} 工作措施")
    items = items_of(layout)
    rows = tuple(
        line for group in table.groups for row in group.rows for line in _rows(group.title, row, items, stamp.month)
    )
    lines = sheet_lines(stamp, COLUMNS, rows)
    lines += [f"一行是一个填报单位的一项措施；应报{table.coverage_of}家，已报{table.coverage_in}家。不列联系人。"]
    lines += ["方括号里的文字代替没有的内容，含义见“符号”工作表；各栏和各项目的含义见“指标定义”工作表。"]
    lines += whole_table([notes.add(DATA_NOTE, text, name) for text in in_words_of_the_twin(table.notes)])
    title = f"附件{layout.number}　{layout.title}（{stamp.month.label}）"
    return TwinSheet(name, title, (*lines, to_contents()), table_name(name), COLUMNS, rows)


def _rows(institution: str, row: MeasureRow, items: Sequence[AnnexColumn], month: Month) -> Iterator[tuple[Cell, ...]]:
    if not row.submission:
        yield institution, row.label, WHOLE_FORM, NOT_REPORTED, row.remark or NOTHING_TO_REMARK
        return
    about_all = [part for part in row.remark.split("；") if part and not any(w in part for w in _TOLD_AT_THE_ITEM)]
    for column in items:
        wording = row.wordings.get(column.indicator, Wording("", symbol=Symbol.MISSING))
        remark = "；".join([*about_all, *_remarks(wording, month)]) or NOTHING_TO_REMARK
        item = "".join(column.header)
        for place, piece in enumerate(_pieces(wording)):
            yield institution, row.label, f"{item}（续{place}）" if place else item, piece, remark


def _pieces(wording: Wording) -> list[str]:
    """The words, on as many rows as they need, or a code."""
    if wording.text.strip() == NOT_APPLICABLE or wording.symbol is Symbol.NOT_APPLICABLE:
        return [code(NOT_APPLICABLE)]
    return list(pieces(wording.text, COLUMNS[3].room)) or [NOT_REPORTED]


def _remarks(wording: Wording, month: Month) -> Iterator[str]:
    """Whose month these words are of, where the unit declared 「与上月相同」."""
    if wording.text and wording.period not in ("", str(month)):
        yield f"沿用{Month.parse(wording.period).label}"
    if not wording.text and wording.submission:
        yield _REFERS_TO_NOTHING
