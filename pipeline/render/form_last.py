"""The figures in force that a form is compared with 「上月数」: on a sheet of their own, to be seen and not changed."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.model import address
from pipeline.model.own_sheets import LAST_MONTH
from pipeline.render.form_content import BlankForm, Kind
from pipeline.render.form_looks import number_format
from pipeline.render.form_own import OwnSheet
from pipeline.render.form_page import in_unit
from pipeline.render.form_rules import When

_WIDTHS = (16.0, 44.0, 10.0)
_WIDTH = 23.0
_HEADER = 3
_TIMES = (When.LAST_MONTH, When.YEAR_START, When.YEAR_BEFORE, When.LARGEST)

Refs = Mapping[tuple[str, str, When], str]
"""(area, key, time) → the cell, as a formula of another sheet names it."""


def write_last(own: OwnSheet, form: BlankForm) -> Refs:
    """Write the sheet; return where each figure stands."""
    values = {(one.area, one.key, one.when): one.value for one in form.last}
    times = [when for when in _TIMES if any(one.when is when for one in form.last)]
    own.words(0, 0, f"{LAST_MONTH}：本办采用的以前各期数，填表时审核用（金额单位：{form.money}）", "heading")
    for col, width in enumerate((*_WIDTHS, *(_WIDTH for _ in times))):
        own.sheet.set_column(col, col, width)
    for col, words in enumerate(("县(区)", "栏目", "计量单位", *(form.times.get(when, when.value) for when in times))):
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
                    refs[line.area, asked.key, when] = f"'{LAST_MONTH}'!${column}${number}"
                else:
                    own.words(row, col, "", "figure")
            row += 1
    own.sheet.freeze_panes(_HEADER + 1, 2)
    own.sheet.repeat_rows(_HEADER)
    return refs
