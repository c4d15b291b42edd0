"""A book of tables, each with a title and a sentence: as one page and as a workbook."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from pipeline.periods import Month
from pipeline.render.measure import column_width, height, lines, text_points
from pipeline.render.template import filled, source
from pipeline.render.workbook import workbook_bytes

_WIDEST, _WIDE = 60.0, 28.0
"""The most characters of a section's main column, and of the others, unless a code or a very long text needs more."""
_SIZE = 11
_A4 = 9
_HIGHEST = 409.0
"""The highest row that Excel knows, in points."""
_HEADER_ROW = 3
"""The first rows of a sheet are its title, its sentence and a way back; then the table."""


_CODE = re.compile(r"[!-~]+")
"""What is not broken over two lines."""


@dataclass(frozen=True, slots=True)
class Section:
    """One table: `id` is its anchor and no words; every row has as many cells as the header."""

    id: str
    title: str
    """Also the name of its sheet."""
    intro: str
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    key: int = 0
    """The column that says what a row is about."""
    empty: str = ""
    """What to say where there are no rows."""

    @property
    def widest(self) -> int:
        """The column with the most to say."""
        said = [sum(text_points(text, 1) for text in column) for column in zip(*self.rows, strict=True)]
        return said.index(max(said)) if said else 0


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


# ------------------------------------------------------------------ as a workbook


def codebook_xlsx(title: str, month: Month, office: str, sections: Sequence[Section]) -> bytes:
    """The book as a workbook: contents first, then one table a sheet."""
    heading = f"{title}（{month.label}）"
    made = datetime(month.year, month.month, 1)  # noqa: DTZ001 - workbooks know no time zone

    def fill(workbook: Any) -> None:
        looks = {name: workbook.add_format({**_PLAIN, **look}) for name, look in _LOOKS.items()}
        _write_contents(workbook.add_worksheet(_CONTENTS), heading, office, sections, looks)
        for section in sections:
            _write_section(workbook.add_worksheet(section.title), section, looks)

    return workbook_bytes(fill, {"title": heading, "author": office, "created": made})


_CONTENTS = "目录"
_PLAIN = {"font_name": "宋体", "font_size": _SIZE, "valign": "vcenter"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_name": "黑体", "font_size": 18},
    "intro": {"text_wrap": True, "valign": "top"},
    "link": {"font_color": "#1F4E79", "underline": 1, "valign": "top"},
    "body": {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#8C9AA8"},
    "head": {
        "font_name": "黑体", "text_wrap": True, "bg_color": "#DCE6F1", "border": 1, "border_color": "#8C9AA8",
    },
}  # fmt: skip


def _write_contents(sheet: Any, title: str, office: str, sections: Sequence[Section], looks: dict[str, Any]) -> None:
    sheet.write_string(0, 0, title, looks["title"])
    sheet.set_row(0, height(1, 18))
    sheet.write_string(1, 0, f"编制：{office}", looks["intro"])
    widths = (32.0, 100.0)
    for col, width in enumerate(widths):
        sheet.set_column(col, col, width)
    for row, section in enumerate(sections, start=_HEADER_ROW):
        sheet.write_url(row, 0, f"internal:'{section.title}'!A1", looks["link"], section.title)
        sheet.write_string(row, 1, section.intro, looks["body"])
        _set_height(sheet, row, [section.intro], widths[1:])
    _set_up_printing(sheet)


def _write_section(sheet: Any, section: Section, looks: dict[str, Any]) -> None:
    sheet.write_string(0, 0, section.title, looks["title"])
    sheet.set_row(0, height(1, 18))
    sheet.write_url(2, 0, f"internal:'{_CONTENTS}'!A1", looks["link"], "回到目录")
    sheet.hide_gridlines(2)
    if section.rows:
        _write_table(sheet, section, looks)
    else:
        sheet.write_string(1, 0, section.empty or section.intro)
    _set_up_printing(sheet)


def _write_table(sheet: Any, section: Section, looks: dict[str, Any]) -> None:
    table = [section.header, *section.rows]
    widths = [_width(column, main=col == section.widest) for col, column in enumerate(zip(*table, strict=True))]
    for col, width in enumerate(widths):
        sheet.set_column(col, col, width)
    sheet.merge_range(1, 0, 1, len(widths) - 1, section.intro, looks["intro"])
    _set_height(sheet, 1, [section.intro], [sum(widths)])
    for number, row in enumerate(table, start=_HEADER_ROW):
        for col, text in enumerate(row):
            sheet.write_string(number, col, text, looks["head" if number == _HEADER_ROW else "body"])
        _set_height(sheet, number, row, widths)
    last_row, last_col = _HEADER_ROW + len(section.rows), len(section.header) - 1
    sheet.freeze_panes(_HEADER_ROW + 1, section.key + 1)
    sheet.autofilter(_HEADER_ROW, 0, last_row, last_col)
    sheet.ignore_errors({"number_stored_as_text": f"A{_HEADER_ROW + 2}:{chr(ord('A') + last_col)}{last_row + 1}"})
    sheet.repeat_rows(_HEADER_ROW)


def _set_height(sheet: Any, row: int, texts: Sequence[str], widths: Sequence[float]) -> None:
    """As high as its longest text; rows of many lines get the little more that other fonts need."""
    sheet.set_row(row, min(_HIGHEST, max(_height(text, width) for text, width in zip(texts, widths, strict=True))))


def _height(text: str, width: float) -> float:
    taken = lines(text, width - 2, _SIZE)
    return height(taken, _SIZE) + taken


def _width(column: Sequence[str], *, main: bool) -> float:
    """Wide enough for each line of each cell, up to a limit, and for the highest row; the header beside its button."""
    head, *texts = column
    natural = column_width((line for text in texts for line in text.split("\n")), _SIZE) + 2
    codes = column_width((code for text in texts for code in _CODE.findall(text)), _SIZE) + 2
    is_cramped = any(_height(text, _WIDE) > _HIGHEST for text in texts)
    return max(column_width([head], _SIZE) + 4, min(natural, _WIDEST if main or is_cramped else max(_WIDE, codes)))


def _set_up_printing(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_footer("&C&9&A　第 &P 页，共 &N 页")
