"""The sheet of targets: form T01 as the office always sends it, its totals as live sums."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from pipeline.catalog import Catalog
from pipeline.catalog.register_sheets import TARGET_FORM
from pipeline.model import address
from pipeline.money import FEN_PER_WAN
from pipeline.periods import Month
from pipeline.render.header import heights, spans
from pipeline.render.measure import height
from pipeline.render.register_rows import RegisterBook, TargetTable

STATEMENT = "M01"
"""Who owes this form has a target."""

_TOP = 2
_WIDTH = 13.0
_SIZE = 11
_A4 = 9
_CENTS = 10_000
"""Fen in the last place of 万元 with two decimals."""


def write_targets(sheet: Any, book: RegisterBook, table: TargetTable, look: Callable[..., Any]) -> None:
    """Counties down, for each bank an amount and households; blank where there are no targets yet."""
    catalog, month = book.catalog, Month(table.year, 12)
    columns = [
        (indicator, bank, (name, column.label.replace("{institution}", "").strip("/")))
        for bank, name in _banks(catalog, table)
        for indicator, column in catalog.forms[TARGET_FORM].by_code.items()
    ]
    _write_head(sheet, catalog, table, [("县(区)",), *(path for *_, path in columns)], look)
    first = _TOP + 2
    counties = catalog.areas.counties
    last = first + len(counties)
    for row, county in enumerate(counties, start=first):
        sheet.write_string(row, 0, county.named(month).name, look("body"))
    sheet.write_string(last, 0, "合计", look("center"))
    for col, (indicator, bank, _) in enumerate(columns, start=1):
        values = [table.values.get((indicator, bank, county.id)) for county in counties]
        is_amount = catalog.forms[TARGET_FORM].by_code[indicator].is_amount
        style = look("body", _pattern(values, is_amount=is_amount))
        for row, value in enumerate(values, start=first):
            if value is None:
                sheet.write_blank(row, col, None, style)
            else:
                sheet.write_number(row, col, _typed(value, is_amount=is_amount), style)
        letter = _letter(col)
        total = _typed(sum(value or 0 for value in values), is_amount=is_amount)
        sheet.write_formula(last, col, f"=SUM({letter}{first + 1}:{letter}{last})", style, total)
    note = "说明：改好后随登记表一起导入。没有任务的填0；整张表空白表示还没有下达。"
    sheet.write_string(last + 1, 0, note + ("示例数据" if table.sample else ""), look("intro"))
    for row in range(first, last + 2):
        sheet.set_row(row, height(1, _SIZE) + 2)
    _set_up(sheet, first)


def _banks(catalog: Catalog, table: TargetTable) -> list[tuple[str, str]]:
    owing = catalog.units.owing(STATEMENT, Month(table.year, 1))
    named = {unit.institution for unit in owing} | {bank for _, bank, _ in table.values}
    entries = sorted(catalog.units.institutions, key=lambda entry: entry.order)
    return [(entry.id, entry.name) for entry in entries if entry.id in named]


def _write_head(
    sheet: Any, catalog: Catalog, table: TargetTable, paths: list[tuple[str, ...]], look: Callable[..., Any]
) -> None:
    sheet.set_column(0, len(paths) - 1, _WIDTH)
    title = f"{catalog.profile.city}{table.year}年度金融扶贫小额贷款目标任务分解表"
    sheet.write_string(0, 0, title, look("title"))
    sheet.set_row(0, height(1, 18))
    sheet.set_row(1, height(1, _SIZE) + 2)
    sheet.write_string(1, 0, f"填报单位：{table.office}", look("intro"))
    sheet.write_string(1, len(paths) - 1, "单位：万元、户", look("right"))
    header = spans(paths)
    for span in header:
        box = (_TOP + span.top, span.left, _TOP + span.bottom, span.right)
        if box[:2] != box[2:]:
            sheet.merge_range(*box, "", look("head"))
        sheet.write_string(*box[:2], span.text, look("head"))
    for row, points in enumerate(heights(header, [_WIDTH] * len(paths), _SIZE), start=_TOP):
        sheet.set_row(row, points)


def _pattern(values: list[int | None], *, is_amount: bool) -> str:
    """Two decimals of 万元, or six where these would hide something."""
    if not is_amount:
        return "0"
    return "0.00" if all((value or 0) % _CENTS == 0 for value in values) else "0.000000"


def _typed(value: int, *, is_amount: bool) -> float:
    return float(Fraction(value, FEN_PER_WAN)) if is_amount else value


def _letter(col: int) -> str:
    return address(0, col)[:-1]


def _set_up(sheet: Any, first: int) -> None:
    sheet.freeze_panes(first, 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&9&A　第 &P 页，共 &N 页")
