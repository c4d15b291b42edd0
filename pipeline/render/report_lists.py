"""问题清单 and 归并明细: a finding a row, nothing left off, with a way to the cell that it is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from pipeline.model import Severity
from pipeline.render.finding_rows import FOLDED, FindingRow, causes, folded_under, ranked
from pipeline.render.harmless import printable, shortened
from pipeline.render.measure import height, lines
from pipeline.render.report_content import STORE, Report
from pipeline.render.workbook import Formats

LIST, FOLDS = "问题清单", "归并明细"
_SIZE = 10
TITLE_SIZE = 16
_A4 = 9
_HEADER_ROW = 1
_HIGHEST = 400
_MOST_LINKS = 60_000
"""Excel opens no sheet with more than 65,530."""
_LONGEST = 32_000
_NUMBER = re.compile(r"(-?\d{1,13}(?:\.\d{1,6})?)(元?)")
_SHEET = re.compile(r"[^\[\]:*?/\\#%\x00-\x1f]{1,31}")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its header, width, look, and what it says of a finding."""

    header: str
    width: float
    look: str
    says: Callable[[FindingRow], str]


def _effect(row: FindingRow) -> str:
    return row.told_under or ("不明" if row.unmeasured else row.effect.words if row.effect else "")


_NUMBERED = _Column("序号", 5, "center", lambda row: "")
_PLACE = "单元格"
_COLUMNS = (
    _NUMBERED,
    _Column("性质", 7, "center", lambda row: row.severity.label),
    _Column("状态", 7, "center", lambda row: row.status_label),
    _Column("单位", 12, "body", lambda row: row.unit_label),
    _Column("报表", 5.5, "center", lambda row: row.form.partition(" ")[0]),
    _Column("县区", 7.5, "center", lambda row: row.area),
    _Column("指标", 13, "body", lambda row: row.indicator),
    _Column("文件、工作表", 20, "body", lambda row: row.source),
    _Column(_PLACE, 8, "center", lambda row: row.address),
    _Column("填报数", 18, "number", lambda row: row.value),
    _Column("应为/推算", 18, "number", lambda row: row.expected),
    _Column("影响", 15, "body", _effect),
    _Column("疑似原因", 9, "center", lambda row: row.cause),
    _Column("内容", 50, "body", lambda row: f"{row.rule}　{row.message}"),
    _Column("编号", 8, "center", lambda row: row.id),
)
_FOLD_COLUMNS = (
    _NUMBERED,
    *(column for column in _COLUMNS[1:] if column.header not in ("状态", "影响")),
)


def row_of(number: int) -> int:
    """The row, from 0, at which the finding with this number stands in the list."""
    return _HEADER_ROW + number


def write_list(sheet: Any, report: Report, formats: Formats) -> None:
    """Every finding by its rank."""
    links = count(1)
    rows = ranked(report.findings)
    title = f"{report.stamp.month.label}审核问题清单（共{len(rows)}个，未处理的在前，同类按影响从大到小）"
    _write_head(sheet, title, _COLUMNS, formats)
    numbers = {(row.submission, row.id): number for number, row in enumerate(rows, start=1) if row.status != FOLDED}
    told_by = causes(rows)
    for number, row in enumerate(rows, start=1):
        by = told_by.get((row.submission, row.id)) if row.status == FOLDED else None
        cause = numbers[by] if by else None
        told = replace(row, expected="", told_under=f"归入第{cause}号") if cause else row
        _write_row(sheet, row_of(number), str(number), told, _COLUMNS, formats, links)
    _finish(sheet, len(rows), _COLUMNS, formats, LIST)


def write_folds(sheet: Any, report: Report, formats: Formats) -> None:
    """What is folded, each group under the finding that tells its cause; the cause bears its number in the list."""
    rows = ranked(report.findings)
    under = folded_under(rows)
    title = f"归并明细：归入同一原因的问题共{sum(row.status == FOLDED for row in rows)}个，每组第一行是原因"
    _write_head(sheet, title, _FOLD_COLUMNS, formats)
    at, links = _HEADER_ROW, count(1)
    for number, row in enumerate(rows, start=1):
        for place, one in enumerate((row, *group) if (group := under.get((row.submission, row.id))) else ()):
            at += 1
            _write_row(sheet, at, str(number) if not place else "", one, _FOLD_COLUMNS, formats, links, cause=not place)
    beneath = {id(one) for group in under.values() for one in group}
    for row in (row for row in rows if row.status == FOLDED and id(row) not in beneath):
        at += 1
        _write_row(sheet, at, "", row, _FOLD_COLUMNS, formats, links)
    _finish(sheet, at - _HEADER_ROW, _FOLD_COLUMNS, formats, FOLDS)


def _write_head(sheet: Any, title: str, columns: Sequence[_Column], formats: Formats) -> None:
    sheet.write_string(0, 0, title, formats.get("sheet_title"))
    sheet.set_row(0, height(1, TITLE_SIZE))
    for col, column in enumerate(columns):
        sheet.set_column(col, col, column.width)
        sheet.write_string(_HEADER_ROW, col, column.header, formats.get("head"))  # of a table without rows
    sheet.set_row(_HEADER_ROW, height(1, _SIZE) + 6)


def _finish(sheet: Any, rows: int, columns: Sequence[_Column], formats: Formats, name: str) -> None:
    mark_table(sheet, _HEADER_ROW, rows, [column.header for column in columns], formats, name, autofilter=True)
    sheet.freeze_panes(_HEADER_ROW + 1, 4)
    sheet.repeat_rows(_HEADER_ROW)
    set_up_printing(sheet)


def _write_row(
    sheet: Any,
    at: int,
    number: str,
    row: FindingRow,
    columns: Sequence[_Column],
    formats: Formats,
    links: count[int],
    *,
    cause: bool = False,
) -> None:
    texts = [number, *(shortened(printable(column.says(row)), _LONGEST, "原件") for column in columns[1:])]
    for col, (text, column) in enumerate(zip(texts, columns, strict=True)):
        look = {"center": "cause_center", "body": "cause"}.get(column.look, column.look) if cause else column.look
        if column.header == "性质" and row.severity is Severity.HARD and not cause:
            look = "hard"
        if column.look == "number":
            look = "cause" if cause else "body"
        figure = _NUMBER.fullmatch(text) if column.look == "number" else None
        if column is _NUMBERED and number:
            sheet.write_number(at, col, int(number), formats.get(look))
        elif figure:
            sheet.write_number(
                at,
                col,
                float(figure[1]),
                formats.get("cause_number" if cause else "number", _pattern(*figure.groups())),
            )
        elif column.header == _PLACE and row.original and next(links) < _MOST_LINKS:
            sheet.write_url(
                at, col, _address(row), formats.get("link"), string=text or "打开", tip="打开原件的副本（只读）"
            )
        else:
            write_words(sheet, (at, col), text, formats.get(look))
    wrapped = (lines(t, c.width * 0.9, _SIZE) for t, c in zip(texts, columns, strict=True) if not _NUMBER.fullmatch(t))
    sheet.set_row(at, min(height(max(1, *wrapped), _SIZE) + 3, _HIGHEST))


def mark_table(
    sheet: Any, top: int, rows: int, header: Sequence[str], formats: Formats, name: str, *, autofilter: bool = False
) -> None:
    """Let those who cannot see know that this is a table, and which row is its header; a header alone is none."""
    if rows:
        columns = [{"header": text, "header_format": formats.get("head")} for text in header]
        options = {"name": name, "columns": columns, "autofilter": autofilter, "style": None, "banded_rows": False}
        sheet.add_table(top, 0, top + rows, len(header) - 1, {**options, "title": name, "description": name})


def write_words(sheet: Any, place: tuple[int, int], text: str, style: Any) -> None:
    """Words, or a bordered blank where there are none."""
    if text:
        sheet.write_string(*place, text, style)
    else:
        sheet.write_blank(*place, None, style)


def _pattern(number: str, unit: str) -> str:
    """As many decimals as are told, the unit behind them."""
    places = len(number.partition(".")[2])
    decimals = f".{'0' * places}" if places else ""
    return f'#,##0{decimals}"{unit}"' if unit else f"#,##0{decimals}"


def _address(row: FindingRow) -> str:
    """The copy of the file, at the cell where the file has sheets and cells."""
    target = f"external:{STORE}{row.original}"
    if row.address and _SHEET.fullmatch(row.sheet):
        quoted = row.sheet.replace("'", "''")
        return f"{target}#'{quoted}'!{row.address}"
    return target


def set_up_printing(sheet: Any) -> None:
    """A4 landscape, one page wide, pages numbered."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C&9&A　第 &P 页，共 &N 页")
