"""问题清单 and 归并明细: a finding a row, nothing left off, with a way to the cell that it is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from pipeline.model import Bound, Severity
from pipeline.render.finding_rows import FOLDED, FindingRow, causes, folded_under, is_figure, ranked
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
_DIGITS = 15
"""Of a number that Excel keeps as it is; a longer one stays a word."""
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


def _content(row: FindingRow) -> str:
    places = f"全部单元格：{row.places}。" if row.places else ""
    answer = f"核实说明：{row.explained}" if row.explained else ""
    return f"{row.rule}　{row.message}{places}{answer}"


_NUMBERED = _Column("序号", 5, "center", lambda row: "")
_EXPECTED = _Column("应为/推算", 14, "number", lambda row: row.expected)
_PLACE, _TOGETHER = "单元格", "归并明细"
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
    _Column("填报数", 14, "number", lambda row: row.value),
    _EXPECTED,
    _Column("计量单位", 8.5, "center", lambda row: row.measure),
    _Column("影响", 15, "body", _effect),
    _Column(_TOGETHER, 9, "center", lambda row: ""),
    _Column("疑似原因", 12, "center", lambda row: row.cause),
    _Column("内容", 50, "body", _content),
    _Column("编号", 14.5, "center", lambda row: row.id),
)
_FOLD_COLUMNS = (
    _NUMBERED,
    *(column for column in _COLUMNS[1:] if column.header not in ("状态", "影响", _TOGETHER)),
)


def row_of(number: int) -> int:
    """The row, from 0, at which the finding with this number stands in the list."""
    return _HEADER_ROW + number


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a sheet: a finding, its number in the list, and where in the other sheet it is told with its kin."""

    row: FindingRow
    number: int | None = None
    cause: bool = False
    """Stands above what is folded under it."""
    link: str = ""
    there: str = ""
    """What the link says."""


def write_list(sheet: Any, report: Report, formats: Formats) -> None:
    """Every finding by its rank."""
    links = count(1)
    rows = ranked(report.findings)
    title = f"{report.stamp.month.label}审核问题清单（共{len(rows)}个，未处理的在前，同类按影响从大到小）"
    _write_head(sheet, title, _COLUMNS, formats)
    numbers = {(row.submission, row.id): number for number, row in enumerate(rows, start=1) if row.status != FOLDED}
    under, there = folded_under(rows), {id(line.row): at for at, line in enumerate(_fold_lines(rows), start=1)}
    told_by = causes(rows)
    for number, row in enumerate(rows, start=1):
        by = told_by.get((row.submission, row.id)) if row.status == FOLDED else None
        cause = numbers[by] if by else None
        told = replace(row, expected="", told_under=f"归入第{cause}号") if cause else row
        link = _inside(FOLDS, row_of(there[id(row)])) if id(row) in there else ""
        words = "明细" if row.status == FOLDED else f"{len(under.get((row.submission, row.id), ()))}个"
        _write_line(sheet, row_of(number), _Line(told, number, False, link, words), _COLUMNS, formats, links)
    _finish(sheet, len(rows), _COLUMNS, formats, LIST)


def write_folds(sheet: Any, report: Report, formats: Formats) -> None:
    """What is folded, each group under the finding that tells its cause; the cause bears its number in the list."""
    rows, links = ranked(report.findings), count(1)
    title = f"归并明细：归入同一原因的问题共{sum(row.status == FOLDED for row in rows)}个，每组第一行是原因"
    _write_head(sheet, title, _FOLD_COLUMNS, formats)
    lines_told = _fold_lines(rows)
    for at, line in enumerate(lines_told, start=1):
        _write_line(sheet, row_of(at), line, _FOLD_COLUMNS, formats, links)
    _finish(sheet, len(lines_told), _FOLD_COLUMNS, formats, FOLDS)


def _fold_lines(rows: Sequence[FindingRow]) -> list[_Line]:
    """Causes in their order, each with what is folded under it; last what nobody tells."""
    under = folded_under(rows)
    told: list[_Line] = []
    for number, row in enumerate(rows, start=1):
        if group := under.get((row.submission, row.id)):
            told.append(_Line(row, number, True, _inside(LIST, row_of(number))))
            told += map(_Line, group)
    beneath = {id(one) for group in under.values() for one in group}
    return told + [_Line(row) for row in rows if row.status == FOLDED and id(row) not in beneath]


def _inside(sheet: str, row: int) -> str:
    """The way to a row of another sheet, counted from 0."""
    return f"internal:'{sheet}'!A{row + 1}"


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


def _write_line(
    sheet: Any, at: int, line: _Line, columns: Sequence[_Column], formats: Formats, links: count[int]
) -> None:
    row, number = line.row, "" if line.number is None else str(line.number)
    texts = [number, *(shortened(printable(column.says(row)), _LONGEST, "原件") for column in columns[1:])]
    for col, (text, column) in enumerate(zip(texts, columns, strict=True)):
        place, look = (at, col), _look(column, line)
        if column is _NUMBERED and number:
            _write_number(sheet, place, line, formats, links)
        elif column.look == "number" and _is_number(text):
            bound = row.bound if column is _EXPECTED else Bound.EXACT
            style = formats.get("cause_number" if line.cause else "number", _pattern(text, row.measure, bound))
            sheet.write_number(*place, float(text), style)
        elif column.header == _TOGETHER and line.link and next(links) < _MOST_LINKS:
            sheet.write_url(*place, line.link, formats.get("link"), string=line.there, tip="到归并明细")
        elif column.header == _PLACE and row.original and next(links) < _MOST_LINKS:
            tip = "打开原件的副本（只读）"
            sheet.write_url(*place, _address(row), formats.get("link"), string=text or "打开", tip=tip)
        else:
            write_words(sheet, place, text, formats.get(look))
    wrapped = (lines(t, c.width * 0.9, _SIZE) for t, c in zip(texts, columns, strict=True) if not _is_number(t))
    sheet.set_row(at, min(height(max(1, *wrapped), _SIZE) + 3, _HIGHEST))


def _look(column: _Column, line: _Line) -> str:
    """How words of a column look in a row."""
    look = "body" if column.look == "number" else column.look
    if line.cause:
        return {"center": "cause_center", "body": "cause"}[look]
    return "hard" if column.header == "性质" and line.row.severity is Severity.HARD else look


def _write_number(sheet: Any, place: tuple[int, int], line: _Line, formats: Formats, links: count[int]) -> None:
    """The number in the list; from a cause's group it is the way back."""
    back = line.cause and line.link and next(links) < _MOST_LINKS
    if back:
        sheet.write_url(*place, line.link, formats.get("cause_link"), tip="到问题清单")
    sheet.write_number(*place, line.number, formats.get("cause_link" if back else _look(_NUMBERED, line)))


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


def _is_number(text: str) -> bool:
    return is_figure(text) and len(text.strip("-").replace(".", "")) <= _DIGITS


def _pattern(number: str, measure: str, bound: Bound) -> str:
    """As many decimals as are told; thousands apart where it is known that they are an amount or a count.

    What only bounds the value is shown as such, and stays a number.
    """
    places = len(number.partition(".")[2])
    whole = "#,##0" if measure else "0"
    figure = f"{whole}.{'0' * places}" if places else whole
    return f'"{bound}"{figure};"{bound}"-{figure}' if bound else figure


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
