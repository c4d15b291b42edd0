"""How an old .xls looks, put upon its cells in a new workbook: fonts, borders, fills, formats, widths and heights."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import xlrd
    from openpyxl import Workbook

_ACROSS = (None, "left", "center", "right", "fill", "justify", "centerContinuous", "distributed")
_DOWN = ("top", "center", "bottom", "justify", "distributed")
_EDGES = (
    *(None, "thin", "medium", "dashed", "dotted", "thick", "double", "hair"),
    *("mediumDashed", "dashDot", "mediumDashDot", "dashDotDot", "mediumDashDotDot", "slantDashDot"),
)
_SOLID = 1
"""[MS-XLS] 2.5.11 (BorderStyle), 2.5.129 (FillPattern), 2.5.163 (HorizAlign), 2.5.327 (VertAlign), by their numbers."""
_TWIPS, _CHARACTER = 20, 256
"""A point in the unit of heights; a character in the unit of widths."""
_MOST_CELLS = 20_000
"""A statement has some hundred; beyond, the look of cells is not worth the wait."""


def put_looks_on(book: Workbook, original: bytes, names: dict[str, str]) -> None:
    """Make the written sheets look like those of the original.

    Args:
        book: the new workbook, its cells written at their places.
        original: the .xls as it was received.
        names: what each of its sheets is called in the new workbook.

    Raises:
        Exception: whatever xlrd raises on a file that it cannot follow; the workbook then looks plain.
    """
    import xlrd

    old = xlrd.open_workbook(file_contents=original, formatting_info=True)
    looks = _Looks(old)
    for name in old.sheet_names():
        if name in names:
            _sheet(book[names[name]], old.sheet_by_name(name), looks)


def _sheet(written: Any, sheet: xlrd.sheet.Sheet, looks: _Looks) -> None:
    from openpyxl.utils import get_column_letter

    for col, info in sheet.colinfo_map.items():
        if info.width:
            written.column_dimensions[get_column_letter(col + 1)].width = info.width / _CHARACTER
    for row, height in sheet.rowinfo_map.items():
        if height.height and not height.hidden:
            written.row_dimensions[row + 1].height = height.height / _TWIPS
    if sheet.nrows * sheet.ncols > _MOST_CELLS:
        return
    for row in range(sheet.nrows):
        for col in range(sheet.row_len(row)):
            looks.put(written.cell(row + 1, col + 1), sheet.cell_xf_index(row, col))


class _Looks:
    """The formats of a workbook in the words of a new one, each worked out once."""

    def __init__(self, book: xlrd.Book) -> None:
        self._book = book
        self._made = cache(self._make)

    def put(self, cell: Any, number: int) -> None:
        """Make one cell look as format `number` says."""
        cell.font, cell.border, cell.fill, cell.alignment, shown = self._made(number)
        if shown != "General":
            cell.number_format = shown

    def _make(self, number: int) -> tuple[Any, ...]:
        from openpyxl.styles import Alignment

        xf = self._book.xf_list[number]
        place = xf.alignment
        alignment = Alignment(
            horizontal=_ACROSS[place.hor_align],
            vertical=_DOWN[place.vert_align],
            wrap_text=bool(place.text_wrapped),
            indent=place.indent_level,
        )
        shown = self._book.format_map[xf.format_key].format_str
        return self._font(xf.font_index), self._border(xf.border), self._fill(xf.background), alignment, shown

    def _font(self, number: int) -> Any:
        from openpyxl.styles import Font

        font = self._book.font_list[number]
        return Font(
            name=font.name,
            size=font.height / _TWIPS,
            bold=bool(font.bold),
            italic=bool(font.italic),
            underline="single" if font.underlined else None,
            strike=bool(font.struck_out),
            color=self._colour(font.colour_index),
        )

    def _border(self, border: Any) -> Any:
        from openpyxl.styles import Border, Side

        sides: dict[str, Any] = {}
        for side in ("left", "right", "top", "bottom"):
            colour = self._colour(getattr(border, f"{side}_colour_index"))
            style: Any = _EDGES[getattr(border, f"{side}_line_style")]
            sides[side] = Side(style=style, color=colour)
        return Border(**sides)

    def _fill(self, background: Any) -> Any:
        from openpyxl.styles import PatternFill

        colour = self._colour(background.pattern_colour_index)
        if background.fill_pattern != _SOLID or colour is None:
            return PatternFill()
        return PatternFill("solid", fgColor=colour)

    def _colour(self, number: int) -> str | None:
        """RRGGBB; None where it is the system's own."""
        rgb = self._book.colour_map.get(number)
        return "".join(f"{part:02X}" for part in rgb) if rgb else None
