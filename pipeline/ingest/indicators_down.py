"""The official upright form: rows are indicators, value columns are spans of time (M01 of the RCB, C01)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.catalog import Catalog, normalise_header
from pipeline.catalog.forms import Column, Layout
from pipeline.ingest.account import Account, Role
from pipeline.ingest.heading import TOTAL_ROWS, is_figure, is_footer, packed, plain
from pipeline.ingest.matching import Words, folded, words_of
from pipeline.ingest.observe import Observer, Slot
from pipeline.model import Cell, address
from pipeline.money import MONEY_UNITS
from pipeline.periods import Month

LABEL_HEADERS = ("指标名称", "指标", "项目指标")
UNIT_HEADERS = ("计量单位", "单位")
CODE_HEADERS = ("代码", "指标代码")
NOT_APPLICABLE = frozenset({"", "—", "－", "-", "--", "——", "/", "×", "x", "X", "0", "0.0", "0.00"})
"""What may stand in a cell that does not apply to its row: signs for that, or a zero, which says nothing there."""
SERIAL_HEADERS = frozenset({"序号", "编号", "行次", "行号"})
_ORDINALS = re.compile(r"\(?([甲乙丙丁戊]|\d{1,2}(\.0)?)\)?")


@dataclass(frozen=True, slots=True)
class UprightTable:
    """A table found: its header row, where labels, units and codes stand, and its value columns."""

    words: Words
    layout: Layout
    header: int
    label_col: int
    unit_col: int | None
    code_col: int | None
    value_cols: Mapping[int, str]
    """Column index → canonical value column (本月, 本年累计, …)."""
    serial_cols: frozenset[int]
    matched: float

    @property
    def score(self) -> float:
        """How many rows are understood."""
        return self.matched

    def in_month(self, month: Month, account: Account, catalog: Catalog) -> UprightTable:
        """The same table, read by the form as it is in that month."""
        return replace(self, words=self.words.in_month(month, catalog))


def locate(account: Account, catalog: Catalog) -> UprightTable | None:
    """The best reading of this sheet as an upright form; None if it is not one."""
    best: UprightTable | None = None
    for row in sorted({position[0] for position in account.sheet.cells}):
        by_word = {_head(cell): cell.col for cell in account.row(row)}
        label_col = next((by_word[word] for word in LABEL_HEADERS if word in by_word), None)
        if label_col is None:
            continue
        for words in words_of(catalog):
            for layout in catalog.layouts:
                if layout.form == words.form.code and layout.shape == "indicators_down":
                    table = _try(account, words, layout, row, label_col, by_word)
                    if table and table.matched >= 2 and (best is None or table.score > best.score):
                        best = table
    return best


def _head(cell: Cell) -> str:
    return _bare_head(str(cell.value))


@lru_cache(maxsize=4096)
def _bare_head(text: str) -> str:
    """A header cell's word without the ordinal that some print in the same cell: 「指标名称 甲」."""
    return re.sub(r"\(?[甲乙丙丁\d]\)?$", "", normalise_header(text))


def _try(
    account: Account, words: Words, layout: Layout, row: int, label_col: int, by_word: Mapping[str, int]
) -> UprightTable | None:
    value_cols = {
        by_word[word]: name
        for name, heads in layout.value_columns.items()
        for word in (name, *heads)
        if word in by_word
    }
    if not value_cols:
        return None
    table = UprightTable(
        words,
        layout,
        row,
        label_col,
        next((by_word[word] for word in UNIT_HEADERS if word in by_word), None),
        next((by_word[word] for word in CODE_HEADERS if word in by_word), None),
        value_cols,
        frozenset(by_word[word] for word in SERIAL_HEADERS if word in by_word),
        0,
    )
    matched = sum(_likeness(account, table, r) for r in range(row + 1, account.last_row + 1) if account.row(r))
    return replace(table, matched=matched)


_BY_CODE_ALONE = 0.1
"""Codes of different forms are the same small numbers: a row known only by its code says little of the form."""


def _likeness(account: Account, table: UprightTable, row: int) -> float:
    if folded(account.text(row, table.label_col)) in table.words.rows:
        return 1
    return _BY_CODE_ALONE if _slots_of_row(account, table, row) else 0


def _slots_of_row(account: Account, table: UprightTable, row: int) -> dict[str, Slot]:
    """Canonical value column → what stands there, for a row whose label or official code is known."""
    label = account.text(row, table.label_col)
    code = account.text(row, table.code_col).removesuffix(".0").upper() if table.code_col is not None else ""
    by_label = table.words.rows.get(folded(label), ()) if label else ()
    by_code = table.words.codes.get(code.zfill(2), ()) if code else ()
    known = by_label or by_code
    slots: dict[str, Slot] = {}
    for indicator, institution in known:
        column = table.words.form.by_code[indicator]
        for name in column.columns:
            slots[name] = Slot(column, institution, label)
    return slots


def code_disagrees(account: Account, table: UprightTable, row: int) -> bool:
    """Whether label and official code of a row are both known and mean different indicators."""
    label = folded(account.text(row, table.label_col))
    code = account.text(row, table.code_col).removesuffix(".0").upper().zfill(2) if table.code_col is not None else ""
    by_label, by_code = table.words.rows.get(label), table.words.codes.get(code)
    return bool(by_label and by_code and not set(by_label) & set(by_code))


# ------------------------------------------------------------------ reading


def read(table: UprightTable, observer: Observer, area: str, institution: str) -> int:
    """Read every row of indicators, and the list of items below where the form has one; return the last row."""
    account = observer.account
    _mark_header(account, table, observer)
    last = table.header
    for row in range(table.header + 1, account.last_row + 1):
        if last == table.header and _is_column_numbers(account, row):
            continue
        if len(dict(_item_columns(account, table, row))) >= 2:
            break
        slots = _slots_of_row(account, table, row)
        if slots:
            last = row
            _read_row(table, observer, row, slots, area, institution)
    return max(last, _read_items(table, observer, area, institution, last + 1))


def _mark_header(account: Account, table: UprightTable, observer: Observer) -> None:
    """The header row; a value column that the form does not have is one finding, with all that stands in it."""
    known = {table.label_col, table.unit_col, table.code_col, *table.value_cols, *table.serial_cols}
    for cell in account.row(table.header):
        if cell.col in known or cell.col < table.label_col or not _holds_figures(account, table, cell.col):
            account.mark([cell], Role.HEADER)
            continue
        column = [c for (r, c_), c in sorted(account.sheet.cells.items()) if c_ == cell.col and r >= table.header]
        account.mark(column, Role.FAULT)
        observer.faults.add(
            "F06",
            f"这一栏“{cell.value}”不是本表的栏目，整栏没有读入。请改用规定的栏目名称，或删去这一栏后重新报送。",
            sheet=account.sheet.name,
            cell=cell.address,
            value=str(cell.value),
        )


def _holds_figures(account: Account, table: UprightTable, col: int) -> bool:
    return any(c == col and r > table.header and is_figure(cell) for (r, c), cell in account.sheet.cells.items())


def _is_column_numbers(account: Account, row: int) -> bool:
    cells = account.row(row)
    if not cells or not all(_ORDINALS.fullmatch(plain(cell.value)) for cell in cells):
        return False
    account.mark(cells, Role.COLUMN_NUMBER)
    return True


def _read_row(
    table: UprightTable, observer: Observer, row: int, slots: Mapping[str, Slot], area: str, institution: str
) -> None:
    account = observer.account
    sheet = account.sheet.name
    account.mark(
        (c for c in account.row(row) if c.col in (table.label_col, table.unit_col, table.code_col)), Role.HEADER
    )
    serial = (c for c in account.row(row) if c.col < table.label_col or c.col in table.serial_cols)
    account.mark(serial, Role.SERIAL)
    if code_disagrees(account, table, row):
        observer.faults.add(
            "F06",
            f"“{account.text(row, table.label_col)}”与代码{account.text(row, table.code_col or 0)}不是同一指标，"
            "无法确定读哪一个。请按规定的指标名称和代码填写后重新报送。",
            sheet=sheet,
            cell=address(row, table.label_col),
        )
    unit = packed(account.text(row, table.unit_col)) if table.unit_col is not None else ""
    for col, name in table.value_cols.items():
        cell = account.sheet.cells.get((row, col))
        slot = slots.get(name)
        if slot is None:
            if cell is not None and plain(cell.value) in NOT_APPLICABLE:
                account.mark([cell], Role.NOT_APPLICABLE)
            continue
        if _shares_row(slots, name, slot, account, row, table):
            continue
        if not _unit_fits(slot.column, unit):
            _refuse_unit(observer, slot, row, table, unit)
        observer.observe(row, col, slot, area, institution, unit=unit if unit in MONEY_UNITS or "‰" in unit else "")


def _shares_row(
    slots: Mapping[str, Slot], name: str, slot: Slot, account: Account, row: int, table: UprightTable
) -> bool:
    """Whether this indicator may stand in several columns and stands in another one of this row."""
    places = [c for c, n in table.value_cols.items() if n in slots and slots[n].column.code == slot.column.code]
    if len(places) < 2:
        return False
    filled = [c for c in places if plain(account.text(row, c)) not in NOT_APPLICABLE]
    chosen = filled[0] if filled else places[0]
    if table.value_cols[chosen] == name:
        return False
    other = next(c for c in places if table.value_cols[c] == name)
    cell = account.sheet.cells.get((row, other))
    if cell is not None and plain(cell.value) in NOT_APPLICABLE:
        account.mark([cell], Role.NOT_APPLICABLE)
    return True


def _unit_fits(column: Column, unit: str) -> bool:
    if not unit:
        return True
    if column.is_amount:
        return unit in MONEY_UNITS
    if column.is_rate:
        return unit in ("%", "‰", "百分比", "厘")
    if column.is_count:
        return unit not in MONEY_UNITS and unit not in ("%", "‰")
    return True


def _refuse_unit(observer: Observer, slot: Slot, row: int, table: UprightTable, unit: str) -> None:
    observer.faults.add(
        "F05",
        f"“{slot.label}”的计量单位写作“{unit}”，应为{slot.column.unit}。请更正计量单位后重新报送。",
        sheet=observer.account.sheet.name,
        cell=address(row, table.unit_col or 0),
        value=unit,
        expected=slot.column.unit,
    )


# ------------------------------------------------------------------ repeatable items (projects)


def _read_items(table: UprightTable, observer: Observer, area: str, institution: str, start: int) -> int:
    account = observer.account
    for row in range(start, account.last_row + 1):
        columns = dict(_item_columns(account, table, row))
        if len(columns) < 2:
            continue
        account.mark((c for c in account.row(row) if c.col in columns or _head(c) in SERIAL_HEADERS), Role.HEADER)
        _mark_heading_above(account, row)
        return _read_item_rows(observer, row, columns, area, institution)
    return start - 1


def _mark_heading_above(account: Account, header: int) -> None:
    """The list's own heading, alone in the nearest line above; what else stands between is not understood."""
    above = next((row for row in range(header - 1, -1, -1) if account.row(row)), -1)
    cells = account.row(above)
    if len(cells) == 1 and not is_figure(cells[0]):
        account.mark(cells, Role.HEADER)


def _item_columns(account: Account, table: UprightTable, row: int) -> Iterator[tuple[int, Slot]]:
    for cell in account.row(row):
        slot = table.words.slot(str(cell.value), str(cell.value))
        if slot and slot.column.repeatable:
            yield cell.col, slot


def _read_item_rows(observer: Observer, header: int, columns: Mapping[int, Slot], area: str, institution: str) -> int:
    account = observer.account
    first = min(columns)
    last, item = header, 0
    for row in range(header + 1, account.last_row + 1):
        cells = [cell for cell in account.row(row) if cell.col in columns]
        if len(cells) < 2 or is_footer(account.row(row)):
            break
        last = row
        if any(packed(str(cell.value)) in TOTAL_ROWS for cell in account.row(row)):
            account.mark(account.row(row), Role.TYPED_SUM)
            continue
        item += 1
        account.mark((c for c in account.row(row) if c.col < first), Role.SERIAL)
        for col, slot in columns.items():
            observer.observe(row, col, slot, area, institution, item=item)
    return last
