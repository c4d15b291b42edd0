"""报送记录: how each unit reported in the months of the year so far, a row a form, and counts."""

from __future__ import annotations

from typing import Any

from pipeline.periods import span_label
from pipeline.render.harmless import printable
from pipeline.render.measure import height, lines
from pipeline.render.report_content import COUNTS, RecordRow, RecordTable
from pipeline.render.report_lists import TITLE_SIZE, mark_table, set_up_printing, write_words
from pipeline.render.workbook import Formats

RECORD = "报送记录"
_UNIT, _FORM, _MONTH, _COUNT = 22.0, 13.0, 8.5, 7.5
_LONG_COUNT = 11.5
"""Of a count with more than four characters above it."""
_SIZE = 10
_TOP = 2
"""The header's row: a title and a sentence stand above it."""
_READING = (
    "按时、迟报以第一次报来的为准，截至生成之日；退回次数是有强制性问题的报送份数；强制性差错、核实性问题是第一次报来的表中的，"
    "归入同一原因的只计原因。"
)


def write_record(sheet: Any, table: RecordTable, formats: Formats) -> None:
    """The table under its title, readable on one page's width."""
    header = ["填报单位", "报表", *(month.label.partition("年")[2] for month in table.months), *COUNTS.values()]
    widths = [
        _UNIT,
        _FORM,
        *(_MONTH for _ in table.months),
        *(_COUNT if len(text) <= 4 else _LONG_COUNT for text in COUNTS.values()),
    ]
    for col, width in enumerate(widths):
        sheet.set_column(col, col, width)
    sheet.write_string(0, 0, f"{span_label(table.months)}{RECORD}", formats.get("sheet_title"))
    sheet.set_row(0, height(1, TITLE_SIZE))
    sheet.merge_range(1, 0, 1, len(header) - 1, "", formats.get("line"))
    sheet.write_string(1, 0, _READING, formats.get("line"))
    sheet.set_row(1, height(lines(_READING, sum(widths) - 2, _SIZE), _SIZE))
    for col, text in enumerate(header):
        sheet.write_string(_TOP, col, text, formats.get("head"))
    sheet.set_row(_TOP, height(1, _SIZE) + 6)
    for at, row in enumerate(table.rows, start=_TOP + 1):
        _write_row(sheet, at, row, widths, formats)
    last = _TOP + len(table.rows) + 1
    _write_total(sheet, last, table, formats)
    mark_table(sheet, _TOP, len(table.rows) + 1, header, formats, RECORD)
    sheet.freeze_panes(_TOP + 1, 2)
    sheet.repeat_rows(_TOP)
    set_up_printing(sheet)


def _write_row(sheet: Any, at: int, row: RecordRow, widths: list[float], formats: Formats) -> None:
    texts = [printable(text) for text in (row.unit, row.form, *row.cells)]
    for col, text in enumerate(texts):
        write_words(sheet, (at, col), text, formats.get("body" if col < 2 else "center"))
    for col, count in enumerate(row.counts, start=len(texts)):
        sheet.write_number(at, col, count, formats.get("count"))
    taken = max(lines(text, width * 0.9, _SIZE) for text, width in zip(texts, widths, strict=False))
    sheet.set_row(at, height(max(1, taken), _SIZE) + 2)


def _write_total(sheet: Any, at: int, table: RecordTable, formats: Formats) -> None:
    for col, text in enumerate(("合计", "", *("" for _ in table.months))):
        write_words(sheet, (at, col), text, formats.get("sum_label"))
    for col, count in enumerate(table.total, start=2 + len(table.months)):
        sheet.write_number(at, col, count, formats.get("sum"))
