"""Excel workbooks that look like forms: fixed properties, a few cell styles, merged headers of several levels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.generator.places import MARK

_CREATED = datetime(2017, 1, 1)  # noqa: DTZ001  a workbook's property has no zone; fixed, so that bytes are the same
_SONG = {"font_name": "宋体", "font_size": 10}
_BOX = {**_SONG, "border": 1, "valign": "vcenter"}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"},
    "plain": {**_SONG, "valign": "vcenter"},
    "right": {**_SONG, "valign": "vcenter", "align": "right"},
    "section": {**_SONG, "bold": True, "valign": "vcenter", "align": "center", "border": 1},
    "header": {**_BOX, "align": "center", "bold": True, "text_wrap": True},
    "mark": {**_SONG, "font_color": "#808080", "valign": "vcenter"},
    "label": {**_BOX, "text_wrap": True},
    "indented": {**_BOX, "indent": 1},
    "wrapped": {**_BOX, "text_wrap": True, "align": "center"},
    "centre": {**_BOX, "align": "center"},
    "count": {**_BOX, "num_format": "0", "align": "right"},
    "amount": {**_BOX, "num_format": "0.00", "align": "right"},
    "date": {**_BOX, "num_format": "yyyy-mm-dd", "align": "center"},
    "blank": _BOX,
}


class Form:
    """A workbook with a single sheet that is filled cell by cell; rows and columns count from 0."""

    def __init__(self, path: Path, sheet: str, title: str) -> None:
        self._book = xlsxwriter.Workbook(
            str(path), {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
        )
        self._book.set_properties({"title": title, "author": "示例", "comments": MARK, "created": _CREATED})
        self._styles = {name: self._book.add_format(style) for name, style in _STYLES.items()}
        self.sheet = self._book.add_worksheet(sheet)

    def put(self, row: int, col: int, value: float | str | datetime | None, style: str) -> None:
        """Write one cell; None leaves a blank with its border."""
        form = self._styles[style]
        if value is None:
            self.sheet.write_blank(row, col, None, form)
        elif isinstance(value, str):
            self.sheet.write_string(row, col, value, form)
        elif isinstance(value, datetime):
            self.sheet.write_datetime(row, col, value, form)
        else:
            self.sheet.write_number(row, col, value, form)

    def span(self, row: int, left: int, right: int, value: float | str | datetime | None, style: str) -> None:
        """Write one cell across columns `left` to `right`."""
        self.block(row, left, row, right, value, style)

    def block(
        self, top: int, left: int, bottom: int, right: int, value: float | str | datetime | None, style: str
    ) -> None:
        """Write one cell over a rectangle, merged if it is more than one cell."""
        if (top, left) != (bottom, right):
            self.sheet.merge_range(top, left, bottom, right, "", self._styles[style])
        self.put(top, left, value, style)

    def header(self, top: int, left: int, paths: Sequence[tuple[str, ...]], levels: int) -> None:
        """A merged header: equal beginnings of neighbouring paths run across, ends run down to the last level."""
        for column, path in enumerate(paths):
            for level, words in enumerate(path):
                head = path[: level + 1]
                if column and paths[column - 1][: level + 1] == head:
                    continue
                width = 1
                while column + width < len(paths) and paths[column + width][: level + 1] == head:
                    width += 1
                down = levels - 1 if level == len(path) - 1 else level
                self.block(top + level, left + column, top + down, left + column + width - 1, words, "header")

    def page(self, *, wide: bool = False, paper: int = 9) -> None:
        """Print one page wide, centred; `paper` is Excel's number (9 A4, 8 A3), `wide` turns it."""
        self.sheet.set_paper(paper)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.center_horizontally()
        self.sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        if wide:
            self.sheet.set_landscape()

    def close(self) -> None:
        """Write the file."""
        self._book.close()
