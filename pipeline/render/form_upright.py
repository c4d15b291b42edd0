"""The upright form: indicators down, spans of time across, and a list of items below where the form has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.render.form_content import UPRIGHT_COLUMNS, Asked, Items, Kind
from pipeline.render.form_page import Page

_HEADER = 5
_NO = "—"
"""Stands where something does not apply."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Left and right end of every column of the table."""

    label: tuple[int, int]
    unit: int
    code: int
    spans: tuple[tuple[int, int], ...]

    @property
    def last(self) -> int:
        return self.spans[-1][1]


def write_upright(page: Page) -> tuple[int, int]:
    """Write the table; return the first row and column that scroll."""
    form = page.form
    columns = _columns(len(form.spans), form.items)
    last, middle = columns.last, columns.code + 1
    page.span(0, 0, last, form.title, "title")
    page.sheet.set_row(0, 30)
    page.span(1, middle, last, f"表号：{form.code}", "plain")
    page.span(2, 0, columns.code, f"填报单位：{form.unit}", "plain")
    page.span(2, middle, last, f"制定机关：{form.office}", "plain")
    page.span(3, 0, columns.code, f"报告期：{form.period}", "plain")
    page.span(3, middle, last, f"单位：{form.units}", "plain")
    if form.nil:
        page.nil_box(4, 0)
    _write_line(page, _HEADER, columns, (*UPRIGHT_COLUMNS, *form.spans), "header")
    _write_line(page, _HEADER + 1, columns, ("甲", "乙", "丙", *range(1, len(form.spans) + 1)), "number")
    row = _write_rows(page, _HEADER + 2, columns)
    row = write_items(page, row, form.items) if form.items else _write_remark(page, row, last)
    page.signatures(row, [0, 1, 3, last - 1])
    _set_widths(page, columns)
    return _HEADER + 2, columns.label[1] + 1


def _columns(spans: int, items: Items | None) -> _Columns:
    """The table takes the columns of the list below it: label and last span are the wider ones."""
    if items is None:
        return _Columns((0, 0), 1, 2, tuple((3 + at, 3 + at) for at in range(spans)))
    last = len(items.asked)
    ends = [(4 + at, 4 + at) for at in range(spans)]
    ends[-1] = (ends[-1][0], max(last, ends[-1][0]))
    return _Columns((0, 1), 2, 3, tuple(ends))


def _write_line(page: Page, row: int, columns: _Columns, words: Sequence[str | int], look: str) -> None:
    label, unit, code, *spans = words
    page.span(row, *columns.label, str(label), look)
    page.put(row, columns.unit, unit, look)
    page.put(row, columns.code, code, look)
    for (left, right), said in zip(columns.spans, spans, strict=True):
        if right > left:
            page.sheet.merge_range(row, left, row, right, "", page.looks.get(look))
        page.put(row, left, said, look)


def _write_rows(page: Page, row: int, columns: _Columns) -> int:
    """One row for all that is asked under one label; the result is the first row below."""
    form = page.form
    area = form.lines[0].area if form.lines else ""
    by_label: dict[str, dict[str, Asked]] = {}
    for asked in form.asked:
        by_label.setdefault(asked.words[0], {})[asked.span] = asked
    for label, own in by_label.items():
        first = next(iter(own.values()))
        look = "inside" if label.startswith("其中") else "label"
        page.span(row, *columns.label, label, look)
        unit = form.money if first.kind is Kind.AMOUNT else first.unit
        page.put(row, columns.unit, unit, "center")
        page.put(row, columns.code, first.no, "center")
        for span, (left, right) in zip(form.spans, columns.spans, strict=True):
            if span in own:
                page.fill(row, left, own[span], area, right=right)
            else:
                page.span(row, left, right, _NO, "number")
        row += 1
    return row


def _write_remark(page: Page, row: int, last: int) -> int:
    page.span(row, 0, last, "备注：", "words")
    page.sheet.set_row(row, 32)
    return row + 1


def write_items(page: Page, row: int, items: Items, *, numbered: bool = True) -> int:
    """The list: its heading, its header, rows to fill in; the result is the first row below."""
    page.span(row, 0, len(items.asked), items.heading, "section")
    for col, words in enumerate(("序号", *(asked.words[0] for asked in items.asked))):
        page.put(row + 1, col, words, "header")
    first = row + 2
    for number in range(items.rows):
        page.put(first + number, 0, number + 1 if numbered else "", "number")
        for col, asked in enumerate(items.asked, start=1):
            page.fill(first + number, col, asked, f"#{number + 1}")
    return first + items.rows


def _set_widths(page: Page, columns: _Columns) -> None:
    sheet = page.sheet
    if columns.label[1]:
        for col, width in enumerate((16, 30, 13, 13, 13, 26)):
            sheet.set_column(col, col, width)
        return
    sheet.set_column(0, 0, 30)
    sheet.set_column(columns.unit, columns.code, 10)
    for left, _ in columns.spans:
        sheet.set_column(left, left, 16)
