"""A form of words: items down, each with its words, and a list of items below."""

from __future__ import annotations

from pipeline.render.form_page import SAMPLE, Page
from pipeline.render.form_upright import write_items
from pipeline.render.harmless import printable

SAME = "与上月相同"
_SIGNATURES = ("填报人：", "联系电话：", "填报日期：")
_WIDTHS = (6, 18, 30, 16, 14, 18, 26)
_HEADER = 2


def write_words(page: Page) -> tuple[int, int]:
    """Write the table; return the first row and column that scroll."""
    form, last = page.form, len(_WIDTHS) - 1
    page.span(0, 0, last, form.title, "title")
    page.sheet.set_row(0, 30)
    page.span(1, 0, 3, f"填报单位：{form.unit}", "plain")
    page.span(1, 4, last, f"报告期：{form.period}", "right")
    number, label, content = form.item_heads
    page.put(_HEADER, 0, number, "header")
    page.put(_HEADER, 1, label, "header")
    page.span(_HEADER, 2, last, content, "header")
    row = _HEADER + 1
    for at, asked in enumerate(form.asked, start=1):
        page.put(row, 0, at, "number")
        page.put(row, 1, asked.words[0], "center")
        page.fill(row, 2, asked, right=last, prose=True)
        page.sheet.data_validation(
            row, 2, row, 2,
            {
                "validate": "list", "source": [SAME], "show_error": False,
                "input_title": _hint(asked.words[0], 32), "input_message": _hint(asked.hint, 250),
            },
        )  # fmt: skip
        page.sheet.set_row(row, 58)
        row += 1
    if form.items:
        row = write_items(page, row, form.items, numbered=False)
    for col, words in zip((0, 3, 5), _SIGNATURES, strict=True):
        page.put(row, col, words, "signed")
    if form.sample:
        page.put(row + 1, 0, SAMPLE, "mark")
    for col, width in enumerate(_WIDTHS):
        page.sheet.set_column(col, col, width)
    return _HEADER + 1, 2


def _hint(text: str, longest: int) -> str:
    """Words beside a cell, as long as Excel takes them."""
    return printable(text)[:longest]
