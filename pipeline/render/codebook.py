"""A book of tables, each with a title and a sentence: as one page and as a workbook."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from pipeline.periods import Month
from pipeline.render.measure import column_width, height, lines
from pipeline.render.template import filled, source

_WIDEST = 60.0
_SIZE = 11
_A4 = 9


@dataclass(frozen=True, slots=True)
class Section:
    """One table: `id` is its anchor and no words; every row has as many cells as the header."""

    id: str
    title: str
    intro: str
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    empty: str = ""
    """What to say where there are no rows."""


def codebook_html(title: str, month: Month, office: str, sections: Sequence[Section]) -> bytes:
    """The book as one self-contained page: no script, no network."""
    style = source("codebook.css")
    values = {
        "title": title,
        "month": month.label,
        "office": office,
        "sections": sections,
        "style": style,
        "style_hash": b64encode(sha256(style.encode()).digest()).decode(),
    }
    return filled("codebook.html.j2", values).encode()


def codebook_xlsx(title: str, month: Month, office: str, sections: Sequence[Section]) -> bytes:
    """The book as a workbook: contents first, then one table a sheet."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as workbook:
        made = datetime(month.year, month.month, 1)  # noqa: DTZ001 - workbooks know no time zone
        workbook.set_properties({"title": f"{title}（{month.label}）", "author": office, "created": made})
        looks = {name: workbook.add_format({**_PLAIN, **look}) for name, look in _LOOKS.items()}
        _write_contents(workbook.add_worksheet("目录"), f"{title}（{month.label}）", office, sections, looks)
        for section in sections:
            _write_section(workbook.add_worksheet(section.title), section, looks)
    return out.getvalue()


_PLAIN = {"font_name": "宋体", "font_size": _SIZE, "valign": "vcenter"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_name": "黑体", "font_size": 18},
    "intro": {},
    "link": {"font_color": "#1F4E79", "underline": 1},
    "body": {"text_wrap": True, "valign": "top", "border": 1},
    "head": {"font_name": "黑体", "text_wrap": True, "bg_color": "#DCE6F1", "border": 1},
}


def _write_contents(sheet: Any, title: str, office: str, sections: Sequence[Section], looks: dict[str, Any]) -> None:
    sheet.write_string(0, 0, title, looks["title"])
    sheet.set_row(0, height(1, 18))
    sheet.write_string(1, 0, f"编制：{office}", looks["intro"])
    widths = (30.0, 100.0)
    for col, width in enumerate(widths):
        sheet.set_column(col, col, width)
    for row, section in enumerate(sections, start=3):
        sheet.write_url(row, 0, f"internal:'{section.title}'!A1", looks["link"], section.title)
        sheet.write_string(row, 1, section.intro, looks["body"])
        sheet.set_row(row, height(lines(section.intro, widths[1], _SIZE), _SIZE))
    _set_up_printing(sheet)


def _write_section(sheet: Any, section: Section, looks: dict[str, Any]) -> None:
    sheet.write_string(0, 0, section.title, looks["title"])
    sheet.set_row(0, height(1, 18))
    sheet.write_string(1, 0, section.intro if section.rows or not section.empty else section.empty, looks["intro"])
    table = [section.header, *section.rows]
    widths = [min(_WIDEST, column_width(column, _SIZE) + 2) for column in zip(*table, strict=True)]
    for col, width in enumerate(widths):
        sheet.set_column(col, col, width)
    for number, row in enumerate(table, start=2):
        for col, text in enumerate(row):
            sheet.write_string(number, col, text, looks["head" if number == 2 else "body"])
        taken = max(lines(text, width - 2, _SIZE) for text, width in zip(row, widths, strict=True))
        sheet.set_row(number, height(taken, _SIZE))
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    _set_up_printing(sheet)


def _set_up_printing(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&9第 &P 页，共 &N 页")
