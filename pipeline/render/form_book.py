"""Blank forms 「空白表」 to hand out: a unit's own layout, filled in as far as the office knows it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pipeline.model.own_sheets import CHECKS, GUIDE, RELATIONS
from pipeline.render.form_areas import write_areas
from pipeline.render.form_checks import write_checks
from pipeline.render.form_content import BlankForm, Shape
from pipeline.render.form_guide import write_guide, write_relations
from pipeline.render.form_last import Refs, write_last
from pipeline.render.form_looks import BASE, LOOKS, SIZE
from pipeline.render.form_own import OwnSheet
from pipeline.render.form_page import Page, pages_across
from pipeline.render.form_upright import write_upright
from pipeline.render.form_words import write_words
from pipeline.render.harmless import printable
from pipeline.render.workbook import Formats, workbook_bytes

_A4, _A3 = 9, 8
_WIDE = 24
"""More columns than that are too small to read on A4."""
_WRITERS = {Shape.AREAS: write_areas, Shape.UPRIGHT: write_upright, Shape.WORDS: write_words}


def form_bytes(form: BlankForm) -> bytes:
    """The workbook; the same content gives the same bytes."""
    day = form.made
    created = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - workbooks know no time zone
    properties = {"title": printable(form.title)[:200], "author": printable(form.office)[:200], "created": created}
    return workbook_bytes(lambda workbook: _fill(workbook, form), properties, ("宋体", SIZE))


def _fill(workbook: Any, form: BlankForm) -> None:
    looks = Formats(workbook, BASE, LOOKS)
    sheet = workbook.add_worksheet(form.sheet)
    page = Page(form, sheet, looks)
    row, col = _WRITERS[form.shape](page)
    sheet.freeze_panes(row, col)
    sheet.repeat_rows(0, row - 1)
    wide = len(form.asked) > _WIDE and form.shape is Shape.AREAS
    set_up_printing(sheet, wide=wide, upright=bool(form.is_upright), across=pages_across(page.width))
    if pages_across(page.width) > 1:
        sheet.repeat_columns(0)
        sheet.print_across()
    protect(sheet)
    if form.rules or form.owed:
        refs: Refs = {}
        checks = OwnSheet(workbook.add_worksheet(CHECKS), looks)
        if form.last or form.last_words or form.last_items:
            last = OwnSheet(workbook.add_worksheet(form.past), looks)
            refs = write_last(last, page)
            _finish(last)
        write_checks(checks, page, refs, workbook)
        _finish(checks, high=1)
    if guide := form.guide:
        own = OwnSheet(workbook.add_worksheet(GUIDE), looks)
        write_guide(own, form, guide)
        _finish(own)
        relations = OwnSheet(workbook.add_worksheet(RELATIONS), looks)
        write_relations(relations, form, guide)
        _finish(relations)


def _finish(own: OwnSheet, *, high: int = 0) -> None:
    own.close()
    set_up_printing(own.sheet, high=high)
    protect(own.sheet)


def protect(sheet: Any) -> None:
    """Locked without a password: whoever must can open it; widths and heights may always be changed."""
    sheet.protect("", {"format_columns": True, "format_rows": True})


def set_up_printing(sheet: Any, *, wide: bool = False, upright: bool = False, across: int = 1, high: int = 0) -> None:
    """One page wide; a form of very many columns on A3, and on more than one where it would be too small to read.

    `high`: on so many pages from top to bottom; as many as it takes if 0.
    """
    sheet.set_paper(_A3 if wide else _A4)
    if not upright:
        sheet.set_landscape()
    sheet.fit_to_pages(across, high)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.set_footer("&C&9&A　第 &P 页，共 &N 页")
