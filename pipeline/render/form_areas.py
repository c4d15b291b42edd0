"""A blank form whose rows are areas: merged headers of one to three levels, the total first or last."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import address
from pipeline.money import FEN_PER_WAN
from pipeline.render.form_content import Asked, Kind, Line
from pipeline.render.form_page import Page, areas_added, pages_across

AREA, REMARK = "县(区)", "备注"
_WIDTHS = {Kind.COUNT: 7.0, Kind.AMOUNT: 9.5, Kind.RATE: 7.5}
_YUAN_WIDTH, _NAME, _REMARK = 14.5, 17.0, 24.0
_SURELY = 0.95
"""Of a page's width: where exactly a page ends depends on whoever prints it."""
_HEADER = 3
"""Title, unit of measure and nil declaration stand above."""


def write_areas(page: Page) -> tuple[int, int]:
    """Write the table; return the first row and column that scroll."""
    form = page.form
    last, edge = len(form.asked) + 1, _edge(_widths(page))
    page.span(0, 0, edge, form.title, "title")
    page.span(1, 0, edge // 2, f"填报单位：{form.unit}", "plain")
    page.span(1, edge // 2 + 1, edge, f"单位：{form.units}", "right")
    if form.nil:
        page.nil_box(2, 0)
    paths = [(AREA,), *(asked.words for asked in form.asked), (REMARK,)]
    levels = max(len(path) for path in paths)
    _write_header(page, paths, levels)
    row = _HEADER + levels
    if form.numbered:
        for col, number in enumerate(("甲", *range(1, last), "乙")):
            page.put(row, col, number, "number")
        row += 1
    last_row = _write_rows(page, row)
    page.signatures(last_row + 1, [part * edge // 4 for part in range(4)])
    _set_widths(page, levels)
    return row, 1


def _write_header(page: Page, paths: Sequence[tuple[str, ...]], levels: int) -> None:
    """Equal beginnings of neighbouring paths run across, ends run down to the last level."""
    for col, path in enumerate(paths):
        for level, words in enumerate(path):
            head = path[: level + 1]
            if col and paths[col - 1][: level + 1] == head:
                continue
            width = 1
            while col + width < len(paths) and paths[col + width][: level + 1] == head:
                width += 1
            down = levels - 1 - level if level == len(path) - 1 else 0
            page.span(_HEADER + level, col, col + width - 1, words, "header", down=down)


def _write_rows(page: Page, first: int) -> int:
    """The areas and their total; the result is the last row."""
    form = page.form
    rows = {line.area: first + at + (not form.total_last) for at, line in enumerate(form.lines)}
    total = first + len(form.lines) if form.total_last else first
    for line in form.lines:
        _write_row(page, line, rows[line.area])
    page.put(total, 0, "合计", "center")
    for col, asked in enumerate(form.asked, start=1):
        if asked.kind is Kind.RATE:
            page.put(total, col, "—", "center")
        else:
            page.total(total, col, asked, _ranges(rows, col, page))
    page.put(total, len(form.asked) + 1, "", "center")
    return first + len(form.lines)


def _ranges(rows: dict[str, int], col: int, page: Page) -> list[str]:
    """The rows of the areas that add up, as ranges."""
    added = sorted(rows[area] for area in areas_added(page.form))
    runs: list[list[int]] = []
    for row in added:
        if runs and runs[-1][-1] == row - 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return [address(run[0], col) + (f":{address(run[-1], col)}" if len(run) > 1 else "") for run in runs]


def _write_row(page: Page, line: Line, row: int) -> None:
    page.put(row, 0, f"其中：{line.name}" if line.inside else line.name, "inside" if line.inside else "label")
    for col, asked in enumerate(page.form.asked, start=1):
        page.fill(row, col, asked, line.area)
    page.fill(row, len(page.form.asked) + 1, Asked(REMARK, (REMARK,), Kind.TEXT), line.area)


def _set_widths(page: Page, levels: int) -> None:
    sheet, widths = page.sheet, _widths(page)
    sheet.set_default_row(19)
    for col, width in enumerate(widths):
        sheet.set_column(col, col, width)
    page.width = sum(widths)
    sheet.set_row(0, 32)
    for level in range(levels):
        sheet.set_row(_HEADER + level, 54 if level == levels - 1 else 20)


def _widths(page: Page) -> list[float]:
    return [_NAME, *(_width(asked, page) for asked in page.form.asked), _REMARK]


def _edge(widths: Sequence[float]) -> int:
    """The last column of the first page, where a form is printed on more than one: what stands above is not cut."""
    across = pages_across(sum(widths))
    room = sum(widths) / across * _SURELY
    return len(widths) - 1 if across == 1 else max(at for at in range(len(widths)) if sum(widths[: at + 1]) <= room)


def _width(asked: Asked, page: Page) -> float:
    is_yuan = asked.kind is Kind.AMOUNT and page.form.fen < FEN_PER_WAN
    return _YUAN_WIDTH if is_yuan else _WIDTHS.get(asked.kind, 10.0)
