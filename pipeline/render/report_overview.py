"""概况: counts first, then what moves most, then what could not be checked, and how to read the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.render.finding_rows import FindingRow
from pipeline.render.harmless import printable
from pipeline.render.measure import height, lines
from pipeline.render.report_content import Report, Table, by_effect, by_level, by_unit, by_weight, largest
from pipeline.render.report_lists import LIST, TITLE_SIZE, mark_table, row_of, set_up_printing, write_words
from pipeline.render.workbook import Formats

OVERVIEW = "概况"
_SIZE, _MARK_SIZE, _HEADING_SIZE = 10, 12, 13
_LINE, _HEADING = height(1, _SIZE), height(1, _HEADING_SIZE)
_PERCENT, _PAGE = 85, 590.0
"""So small that it is one page wide: shrunk by the program itself, Excel would not heed where pages begin. And how many
points of rows are then on a page: 182 mm of A4 across are 516, at their size on paper."""
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


class _Scroll:
    """The sheet from top to bottom: which row comes next, and how much of a printed page is taken above it."""

    def __init__(self, sheet: Any, formats: Formats) -> None:
        self.sheet, self.formats = sheet, formats
        self.row, self.breaks = 0, list[int]()
        self._taken = 0.0

    def down(self, high: float) -> None:
        """Make the row so high, and go to the next."""
        self.keep(high)
        self.sheet.set_row(self.row, high)
        self.row += 1
        self._taken += high

    def keep(self, high: float) -> None:
        """Begin a new page if this one has no room for so much: what fits on one is not torn apart."""
        if self._taken and self._taken + high > _PAGE:
            self.breaks.append(self.row)
            self._taken = 0.0

    def gap(self) -> None:
        """A line of white; none at the head of a page."""
        self.row += 1
        self._taken += _LINE

    def words(self, text: str, look: str, size: float) -> None:
        """A line that may run on to the right."""
        self.sheet.write_string(self.row, 0, text, self.formats.get(look))
        self.down(height(1, size))

    def across(self, sentence: str) -> None:
        """A sentence over all columns, as high as it needs."""
        text, last = printable(sentence), len(_WIDTHS) - 1
        self.sheet.merge_range(self.row, 0, self.row, last, "", self.formats.get("line"))
        self.sheet.write_string(self.row, 0, text, self.formats.get("line"))
        self.down(_across_high(text))


def _across_high(text: str) -> float:
    return height(max(1, lines(text, sum(_WIDTHS) - 2, _SIZE)), _SIZE)


def write_overview(sheet: Any, report: Report, formats: Formats) -> None:
    """One table below the other; sentences go across."""
    stamp, scroll = report.stamp, _Scroll(sheet, formats)
    for col, width in enumerate(_WIDTHS):
        sheet.set_column(col, col, width)
    scroll.words(f"{report.city}金融扶贫月报审核报告（{stamp.month.label}）", "sheet_title", TITLE_SIZE)
    if stamp.marks:
        scroll.words(stamp.marks, "mark", _MARK_SIZE)
    scroll.across(f"{stamp.office}　{stamp.version}　收件截至{stamp.as_of}")
    scroll.across(report.closing)
    found = report.findings
    for table in (by_weight(found), by_unit(found), by_level(found, report.levels), by_effect(found)):
        scroll.gap()
        _write_table(scroll, table)
    scroll.gap()
    _write_largest(scroll, report)
    everything = ("各条审核关系都能运行。",)
    for heading, sentences in (("没有运行的审核关系", report.not_run or everything), ("说明", _READING)):
        scroll.gap()
        scroll.keep(_HEADING + min(sum(_across_high(printable(sentence)) for sentence in sentences), _PAGE / 2))
        scroll.words(heading, "heading", _HEADING_SIZE)
        for sentence in sentences:
            scroll.across(sentence)
    sheet.set_h_pagebreaks(scroll.breaks)
    set_up_printing(sheet)
    sheet.set_print_scale(_PERCENT)


def _write_table(scroll: _Scroll, table: Table) -> None:
    highs = [height(max(1, lines(str(cells[0]), _WIDTHS[0] * 0.95, _SIZE)), _SIZE) for cells in table.rows]
    scroll.keep(_HEADING + _LINE + sum(highs))
    scroll.words(table.heading, "heading", _HEADING_SIZE)
    mark_table(
        scroll.sheet, scroll.row, len(table.rows), table.header, scroll.formats, table.heading.partition("（")[0]
    )
    scroll.down(_LINE)
    for cells, high in zip(table.rows, highs, strict=True):
        last = cells is table.rows[-1]
        for col, cell in enumerate(cells):
            if isinstance(cell, int):
                look = scroll.formats.get("sum" if last else "count")
                scroll.sheet.write_number(scroll.row, col, cell, look)
            else:
                look = scroll.formats.get("sum_label" if last else "body")
                scroll.sheet.write_string(scroll.row, col, printable(cell), look)
        scroll.down(high)


def _write_largest(scroll: _Scroll, report: Report) -> None:
    found, formats = largest(report.findings), scroll.formats
    texts = [[printable(text) for text in _told(one)] for _, one in found]
    highs = [_largest_high(told) for told in texts]
    scroll.keep(_HEADING + _LINE + min(sum(highs), _PAGE / 2))
    scroll.words("影响最大的问题（未处理）", "heading", _HEADING_SIZE)
    if not found:
        scroll.across("没有影响附件数字的未处理问题。")
        return
    mark_table(scroll.sheet, scroll.row, len(found), _LARGEST, formats, "影响最大的问题")
    scroll.down(_LINE)
    for (number, _), told, high in zip(found, texts, highs, strict=True):
        for col, text in enumerate(told):
            look = formats.get("center" if col in _CENTERED else "body")
            write_words(scroll.sheet, (scroll.row, col), text, look)
        target = f"internal:'{LIST}'!A{row_of(number) + 1}"
        scroll.sheet.write_url(scroll.row, 1, target, formats.get("link"), string=str(number))
        scroll.down(high)


def _told(one: FindingRow) -> tuple[str, ...]:
    """One of the largest in the columns of its table; its number is a link."""
    effect = one.effect.words if one.effect else ""
    return one.unit_label, "", one.severity.label, one.rule, one.area, one.cause, effect, one.message


def _largest_high(told: Sequence[str]) -> float:
    taken = max(lines(text, width * 0.84, _SIZE) for text, width in zip(told, _WIDTHS, strict=True))
    return height(max(1, taken), _SIZE) + 3
