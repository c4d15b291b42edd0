"""概况: counts first, then what moves most, then what could not be checked, and how to read the rest."""

from __future__ import annotations

from typing import Any

from pipeline.render.harmless import printable
from pipeline.render.measure import height, lines
from pipeline.render.report_content import Report, Table, by_effect, by_level, by_unit, by_weight, largest
from pipeline.render.report_lists import LIST, TITLE_SIZE, mark_table, row_of, set_up_printing, write_words
from pipeline.render.workbook import Formats

OVERVIEW = "概况"
_SIZE = 10
_PAGE = 36
"""Rows of counts that a printed page holds."""
_HEAD = 2
"""Rows above those of a table: its heading and its header."""
_WIDTHS = (24.0, 10.0, 10.0, 10.0, 15.0, 14.0, 19.0, 57.0)
_LARGEST = ("填报单位", "序号", "性质", "审核关系", "县区", "疑似原因", "影响", "内容")
_CENTERED = (2, 3, 4, 5)
_READING = (
    "影响：把这个数改为应为的数（没有应为的数，就去掉这个数）后，各附件合计变动的百分比、比率变动的百分点，取其中最大的。",
    "“整份缺”：强制性问题使整份报表没有采用，影响按该单位上月的数估计（上月没有的，按本次所报）。不影响附件数字的，影响为空。",
    "“不明”：整份文件没有采用，读不出数，影响无从计算，所以排在最前。",
    "填报数、应为/推算：金额以万元计，精确到分，与内容里的写法一致；文件本身的问题照文件所写，不注计量单位。",
    "应为/推算前有“≤”“≥”的只是界限，应为多少由填报单位核对；影响前写“至少”的，是改到界限时的影响。",
    "“归入同一原因”的问题随它的原因一起消除，不必单独处理；列在工作表“归并明细”里，从问题清单“归并明细”一栏的链接可以到达。",
    "单元格一栏的链接打开收到的原件的副本（store/originals，只读；带宏的文件不设链接），在本报告的原位置才能打开。",
    "报告移动或发出后，请按文件名和单元格查找。",
)


def write_overview(sheet: Any, report: Report, formats: Formats) -> None:
    """One table below the other; sentences go across."""
    stamp = report.stamp
    for col, width in enumerate(_WIDTHS):
        sheet.set_column(col, col, width)
    sheet.write_string(0, 0, f"{report.city}金融扶贫月报审核报告（{stamp.month.label}）", formats.get("sheet_title"))
    sheet.set_row(0, height(1, TITLE_SIZE))
    row = 1
    if stamp.marks:
        sheet.write_string(row, 0, stamp.marks, formats.get("mark"))
        row += 1
    row = _across(sheet, row, f"{stamp.office}　{stamp.version}　收件截至{stamp.as_of}", formats)
    row = _across(sheet, row, report.closing, formats) + 1
    found, pages = report.findings, [0]
    for table in (by_weight(found), by_unit(found), by_level(found, report.levels), by_effect(found)):
        _begin_page(pages, row, len(table.rows) + _HEAD)
        row = _write_table(sheet, row, table, formats) + 1
    _begin_page(pages, row, _PAGE // 2)
    row = _write_largest(sheet, row, report, formats) + 1
    sheet.set_h_pagebreaks(pages[1:])
    everything = ("各条审核关系都能运行。",)
    for heading, sentences in (("没有运行的审核关系", report.not_run or everything), ("说明", _READING)):
        row = _heading(sheet, row, heading, formats)
        for sentence in sentences:
            row = _across(sheet, row, sentence, formats)
        row += 1
    set_up_printing(sheet)


def _begin_page(pages: list[int], row: int, rows: int) -> None:
    """A new page for so many rows if this one has no room for them: a table is not torn apart if it fits on one."""
    if row + rows > pages[-1] + _PAGE:
        pages.append(row)


def _heading(sheet: Any, row: int, text: str, formats: Formats) -> int:
    sheet.write_string(row, 0, text, formats.get("heading"))
    sheet.set_row(row, height(1, 13))
    return row + 1


def _across(sheet: Any, row: int, sentence: str, formats: Formats) -> int:
    """A sentence over all columns, as high as it needs; the next row."""
    text, last = printable(sentence), len(_WIDTHS) - 1
    sheet.merge_range(row, 0, row, last, "", formats.get("line"))
    sheet.write_string(row, 0, text, formats.get("line"))
    sheet.set_row(row, height(max(1, lines(text, sum(_WIDTHS) - 2, _SIZE)), _SIZE))
    return row + 1


def _write_table(sheet: Any, row: int, table: Table, formats: Formats) -> int:
    row = _heading(sheet, row, table.heading, formats)
    name = table.heading.partition("（")[0]
    mark_table(sheet, row, len(table.rows), table.header, formats, name)
    for cells in table.rows:
        row += 1
        last = cells is table.rows[-1]
        for col, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(row, col, cell, formats.get("sum" if last else "count"))
            else:
                sheet.write_string(row, col, printable(cell), formats.get("sum_label" if last else "body"))
        sheet.set_row(row, height(max(1, lines(str(cells[0]), _WIDTHS[0] * 0.95, _SIZE)), _SIZE))
    return row + 1


def _write_largest(sheet: Any, row: int, report: Report, formats: Formats) -> int:
    found = largest(report.findings)
    row = _heading(sheet, row, "影响最大的问题（未处理）", formats)
    if not found:
        return _across(sheet, row, "没有影响附件数字的未处理问题。", formats)
    mark_table(sheet, row, len(found), _LARGEST, formats, "影响最大的问题")
    for number, one in found:
        row += 1
        effect = one.effect.words if one.effect else ""
        texts = [one.unit_label, "", one.severity.label, one.rule, one.area, one.cause, effect, one.message]
        texts = [printable(text) for text in texts]
        for col, text in enumerate(texts):
            write_words(sheet, (row, col), text, formats.get("center" if col in _CENTERED else "body"))
        target = f"internal:'{LIST}'!A{row_of(number) + 1}"
        sheet.write_url(row, 1, target, formats.get("link"), string=str(number))
        taken = max(lines(text, width * 0.84, _SIZE) for text, width in zip(texts, _WIDTHS, strict=True))
        sheet.set_row(row, height(max(1, taken), _SIZE) + 3)
    return row + 1
