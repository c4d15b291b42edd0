"""The figures in force that a form is compared with 「上月数」: on a sheet of their own, to be seen and not changed."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.model import address
from pipeline.model.own_sheets import FIGURES_HEADER as _HEADER
from pipeline.render.form_content import BlankForm, Kind
from pipeline.render.form_looks import SIZE, number_format
from pipeline.render.form_own import OwnSheet
from pipeline.render.form_page import Page, absolute, in_unit
from pipeline.render.form_rules import When
from pipeline.render.form_said import same_items_figure
from pipeline.render.measure import height, lines

_WIDTHS = (16.0, 44.0, 10.0)
_WHOSE, _NAME_WIDTH = "县(区)、项目", 34.0
_WIDTH = 23.0
_WORD_WIDTHS = (24.0, 120.0)
_TIMES = (When.LAST_MONTH, When.YEAR_START, When.YEAR_BEFORE, When.LARGEST, When.LAST_YEAR)

Refs = Mapping[tuple[str, str, When], str]
"""(area, key, time) → the cell, as a formula of another sheet names it; of items what finds them by their name."""


def write_last(own: OwnSheet, page: Page) -> Refs:
    """Write the sheet; return where each figure stands."""
    form = page.form
    if form.last_words:
        return _write_words(own, form)
    refs, row = _write_figures(own, form)
    own.sheet.freeze_panes(_HEADER + 1, 2)
    own.sheet.repeat_rows(_HEADER)
    return {**refs, **_write_items(own, page, row)} if form.last_items and form.items else refs


def _write_figures(own: OwnSheet, form: BlankForm) -> tuple[dict[tuple[str, str, When], str], int]:
    values = {(one.area, one.key, one.when): one.value for one in form.last}
    known = {one.when for one in form.last} | ({When.LAST_MONTH} if form.last_items else set())
    times = [when for when in _TIMES if when in known]
    own.words(0, 0, f"{form.past}：本办采用的以前各期数，填表时审核用（金额单位：{form.money}）", "heading")
    for col, width in enumerate((*_WIDTHS, *(_WIDTH for _ in times))):
        own.sheet.set_column(col, col, width)
    if form.last_items:
        own.sheet.set_column(0, 0, _NAME_WIDTH)
    heads = (_WHOSE if form.last_items else "县(区)", "栏目", "计量单位")
    for col, words in enumerate((*heads, *(form.times.get(when, when.value) for when in times))):
        own.words(_HEADER, col, words, "header")
    refs: dict[tuple[str, str, When], str] = {}
    row = _HEADER + 1
    for line in form.lines:
        for asked in form.asked:
            told = {
                when: values[line.area, asked.key, when] for when in times if (line.area, asked.key, when) in values
            }
            if not told:
                continue
            unit = form.money if asked.kind is Kind.AMOUNT else asked.unit
            for col, words in enumerate((line.name, asked.label, unit)):
                own.words(row, col, words, "cell")
            for col, when in enumerate(times, start=len(_WIDTHS)):
                if when in told:
                    shown = number_format(asked, form)
                    own.number(row, col, in_unit(form, asked.kind, told[when]), "figure", shown)
                    column, number = address(0, col)[:-1], row + 1
                    refs[line.area, asked.key, when] = f"'{form.past}'!${column}${number}"
                else:
                    own.words(row, col, "", "figure")
            row += 1
    return refs, row


def _write_items(own: OwnSheet, page: Page, row: int) -> Refs:
    """Last month's list among the figures, one kind of figure after the other; an item is found there by its name."""
    form, items = page.form, page.form.items
    if items is None:
        return {}
    name, amounts = items.asked[0], [asked for asked in items.asked if asked.is_number]
    count, col = len(form.last_items), len(_WIDTHS)
    blocks: dict[str, str] = {}
    for asked in amounts:
        unit = form.money if asked.kind is Kind.AMOUNT else asked.unit
        for at, item in enumerate(form.last_items, start=row):
            for place, words in enumerate((item.name, asked.label, unit)):
                own.words(at, place, words, "cell")
            value = in_unit(form, asked.kind, item.figures.get(asked.key, 0))
            own.number(at, col, value, "figure", number_format(asked, form))
        blocks[asked.key] = f"'{form.past}'!{absolute(row, col)}:{absolute(row + count - 1, col)}"
        row += count
    first = row - count * len(amounts)
    names = f"'{form.past}'!{absolute(first, 0)}:{absolute(first + count - 1, 0)}"
    refs = {("*", name.key, When.LAST_MONTH): names}
    for number in range(1, items.rows + 1):
        cell = f"'{form.sheet}'!{absolute(*page.places[f'#{number}', name.key])}"
        for key, figures in blocks.items():
            refs[f"#{number}", key, When.LAST_MONTH] = same_items_figure(cell, names, figures)
    return refs


def _write_words(own: OwnSheet, form: BlankForm) -> Refs:
    """What was said last month, item by item."""
    own.words(0, 0, f"{form.past}：本办采用的上月内容，季度末应当更新", "heading")
    for col, width in enumerate(_WORD_WIDTHS):
        own.sheet.set_column(col, col, width)
    for col, words in enumerate(("项目", form.times.get(When.LAST_MONTH, When.LAST_MONTH.value))):
        own.words(_HEADER, col, words, "header")
    refs: dict[tuple[str, str, When], str] = {}
    told = [(asked, form.last_words[asked.key]) for asked in form.asked if asked.key in form.last_words]
    for row, (asked, text) in enumerate(told, start=_HEADER + 1):
        own.words(row, 0, asked.label, "cell")
        own.words(row, 1, text, "cell")
        own.sheet.set_row(row, height(lines(text, _WORD_WIDTHS[1] * 0.9, SIZE), SIZE) + 2)
        refs["", asked.key, When.LAST_MONTH] = f"'{form.past}'!{absolute(row, 1)}"
    own.sheet.freeze_panes(_HEADER + 1, 1)
    own.sheet.repeat_rows(_HEADER)
    return refs
