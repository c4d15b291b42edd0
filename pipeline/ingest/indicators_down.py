"""The official upright form: rows are indicators, value columns are spans of time (M01 of the RCB, C01)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.catalog.forms import Column
from pipeline.ingest.account import Account, Role
from pipeline.ingest.area_header import is_number_row
from pipeline.ingest.heading import TOTAL_ROWS, is_figure, is_footer, packed, plain
from pipeline.ingest.nearest import Near, nearest, proposal
from pipeline.ingest.observe import Observer, Slot
from pipeline.ingest.seen import Part, Seen, TableSeen
from pipeline.ingest.upright_header import SERIAL_HEADERS, UprightTable, head_of, holds_figures, locate
from pipeline.model import Cell, CellKind, address
from pipeline.money import MONEY_UNITS

__all__ = ["UprightTable", "locate", "read"]

NOT_APPLICABLE = frozenset({"", "—", "－", "-", "--", "——", "/", "×", "x", "X", "0", "0.0", "0.00"})
"""What may stand in a cell that does not apply to its row: signs for that, or a zero, which says nothing there."""
_ORDINALS = re.compile(r"\(?([甲乙丙丁戊]|\d{1,2}(\.0)?)\)?")
MOST_PROPOSALS = 20
"""Unknown rows of a table for which near indicators are looked for: a table with more is another one."""


def read(table: UprightTable, observer: Observer, area: str, institution: str) -> int:
    """Read every row of indicators, and the list of items below where the form has one; return the last row."""
    account = observer.account
    _mark_header(account, table, observer)
    known, unknown, start = _rows(account, table)
    last = max(known, default=table.bottom)
    rows = [_seen_row(account, table, row) for row in known]
    for row, same in _doubled(account, table, known, observer).items():
        account.mark(account.row(row), Role.COPY if same else Role.FAULT)
        del known[row]
    for row, slots in known.items():
        _read_row(table, observer, row, slots, area, institution)
    taken = {meaning for seen in rows for meaning in seen.meanings}
    for number, row in enumerate(unknown):
        near = nearest(table.label(account, row), table.words, taken) if number < MOST_PROPOSALS else ()
        rows.append(_tell_unknown(account, table, row, observer, near))
    headers = [_seen_span(account, table, col) for col in table.value_cols]
    seen = TableSeen(account.sheet.name, table.words.form.code, "indicators_down", tuple(headers), tuple(rows))
    account.seen.append(seen)
    return max(last, _read_items(table, observer, area, institution, max(last + 1, start)))


def _rows(account: Account, table: UprightTable) -> tuple[dict[int, dict[str, Slot]], list[int], int]:
    """Rows of indicators, rows of figures with an unknown label, and the row in which a list of items may begin."""
    again = {_words(account, row) for row in range(table.header, table.bottom + 1)}
    known: dict[int, dict[str, Slot]] = {}
    unknown: list[int] = []
    for row in account.rows:
        cells = account.row(row)
        if row <= table.bottom or (not known and not unknown and _is_column_numbers(account, row)):
            continue
        if len(dict(_item_columns(account, table, row))) >= 2:
            return known, unknown, row
        slots = table.slots(account, row)
        if slots:
            known[row] = slots
        elif _words(account, row) in again or _is_numbers_again(account, row, cells):
            account.mark(cells, Role.HEADER)
        elif _is_unknown(account, table, row):
            unknown.append(row)
    last = max(known, default=table.bottom)
    _mark_headings(account, table, (row for row in account.rows if table.bottom < row < last))
    return known, unknown, 0


def _mark_headings(account: Account, table: UprightTable, rows: Iterable[int]) -> None:
    """Words alone in their row, where labels stand, head the rows below: 一、发放情况."""
    for cells in map(account.row, rows):
        if len(cells) == 1 and cells[0].col <= table.label_col and cells[0].kind is CellKind.TEXT:
            account.mark((cell for cell in cells if not is_figure(cell)), Role.HEADER)


def _words(account: Account, row: int) -> tuple[tuple[int, str], ...]:
    return tuple((cell.col, packed(str(cell.value))) for cell in account.row(row))


def _is_numbers_again(account: Account, row: int, cells: Sequence[Cell]) -> bool:
    """The row 甲 乙 丙 1 2 3 once more, on the next printed page."""
    return plain(cells[0].value).strip("()") == "甲" and is_number_row(account, row)


def _is_unknown(account: Account, table: UprightTable, row: int) -> bool:
    """Whether figures stand in a row under a label that means nothing."""
    cells = account.row(row)
    label = packed(table.label(account, row))
    figures = any(cell.col in table.value_cols and is_figure(cell) for cell in cells)
    return bool(label) and figures and not is_footer(cells) and not re.fullmatch(r"[\d.,]+", label)


def _tell_unknown(account: Account, table: UprightTable, row: int, observer: Observer, near: tuple[Near, ...]) -> Seen:
    label, own = table.label(account, row), address(row, table.label_col)
    first = next(cell for cell in account.row(row) if cell.col in table.value_cols and is_figure(cell))
    account.mark(account.row(row), Role.FAULT)
    observer.faults.add(
        "F06",
        f"这一行的指标名称“{label}”不在本表之内，整行没有读入。请核对是否错位、是否改了指标名称；"
        f"不需要的内容请删去后重新报送。{proposal(near, observer.faults.file, account.sheet.name, own)}",
        sheet=account.sheet.name,
        cell=first.address,
        value=label,
    )
    places = tuple(cell.address for cell in account.row(row))
    return Seen(Part.UNKNOWN, own, label, tuple(dict.fromkeys((own, *places))), near=near)


def _seen_row(account: Account, table: UprightTable, row: int) -> Seen:
    own = address(row, table.label_col)
    return Seen(Part.INDICATOR, own, table.label(account, row), (own,), table.meanings(account, row))


def _seen_span(account: Account, table: UprightTable, col: int) -> Seen:
    texts = dict.fromkeys(text for r in range(table.header, table.bottom + 1) if (text := account.text(r, col)))
    own = address(table.bottom, col)
    return Seen(Part.SPAN, own, "/".join(texts), (own,), span=table.value_cols[col])


def _doubled(
    account: Account, table: UprightTable, known: Mapping[int, Mapping[str, Slot]], observer: Observer
) -> dict[int, bool]:
    """Rows that are labelled like an earlier one → whether they hold the same; each is told."""
    first: dict[tuple[tuple[str, str], ...], int] = {}
    found: dict[int, bool] = {}
    for row in known:
        before = first.setdefault(table.meanings(account, row), row)
        if before == row:
            continue
        same = all(account.text(row, col) == account.text(before, col) for col in table.value_cols)
        found[row] = same
        both = f"第{before + 1}行和第{row + 1}行都是“{table.label(account, row)}”"
        told = f"{both}，内容不同，无法确定以哪一行为准。请只保留一行后重新报送。"
        observer.faults.add(
            "F09" if same else "F06",
            f"{both}，内容相同，只读了前一行。" if same else told,
            sheet=account.sheet.name,
            cell=address(row, table.label_col),
            value=table.label(account, row),
        )
    return found


def _mark_header(account: Account, table: UprightTable, observer: Observer) -> None:
    """The header rows; a value column that the form does not have is one finding, with all that stands in it."""
    own = {*table.label_cols, table.unit_col, table.code_col, *table.value_cols, *table.serial_cols}
    for row in range(table.header, table.bottom + 1):
        for cell in account.row(row):
            if cell.col in own or cell.col < table.label_cols[0] or not holds_figures(account, table, cell.col):
                account.mark([cell], Role.HEADER)
            elif (row, cell.col) not in account.roles:
                _tell_strange_column(account, table, cell, observer)


def _tell_strange_column(account: Account, table: UprightTable, cell: Cell, observer: Observer) -> None:
    account.mark((below for below in account.column(cell.col) if below.row >= table.header), Role.FAULT)
    told = f"这一栏“{cell.value}”不是本表的栏目，整栏没有读入。请改用规定的栏目名称，或删去这一栏后重新报送。"
    if name := table.doubled.get(cell.col):
        told = f"表中有两栏都是“{name}”，无法确定以哪一栏为准，这一栏没有读入。请只保留一栏后重新报送。"
    observer.faults.add("F06", told, sheet=account.sheet.name, cell=cell.address, value=str(cell.value))


def _is_column_numbers(account: Account, row: int) -> bool:
    cells = account.row(row)
    ordinals = all(_ORDINALS.fullmatch(plain(cell.value)) for cell in cells)
    if not cells or not (ordinals or is_number_row(account, row)):
        return False
    account.mark(cells, Role.COLUMN_NUMBER)
    return True


def _read_row(
    table: UprightTable, observer: Observer, row: int, slots: Mapping[str, Slot], area: str, institution: str
) -> None:
    account = observer.account
    heads = (*table.label_cols, table.unit_col, table.code_col)
    account.mark((c for c in account.row(row) if c.col in heads), Role.HEADER)
    serial = (c for c in account.row(row) if c.col < table.label_cols[0] or c.col in table.serial_cols)
    account.mark(serial, Role.SERIAL)
    _tell_odd_label(table, observer, row)
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
        own = _own_unit(table, col, slot, unit)
        observer.observe(row, col, slot, area, institution, unit=own)


def _tell_odd_label(table: UprightTable, observer: Observer, row: int) -> None:
    """A label that contradicts its code, or that is read without a registered slip of the pen."""
    account, label = observer.account, table.label(observer.account, row)
    place = {"sheet": account.sheet.name, "cell": address(row, table.label_col)}
    if table.code_disagrees(account, row):
        told = f"“{label}”与代码{account.text(row, table.code_col or 0)}不是同一指标，无法确定读哪一个。"
        observer.faults.add("F06", f"{told}请按规定的指标名称和代码填写后重新报送。", **place)
    elif not table.by_label(label) and not table.words.codes.get(table.code(account, row)):
        meant = table.words.respelt(packed(label))
        told = f"指标名称“{label}”按登记的错字读作“{meant}”，数据已照常读入。请下次改用规定的名称。"
        observer.faults.add("F09", told, **place)


def _own_unit(table: UprightTable, col: int, slot: Slot, unit: str) -> str:
    """The unit that goes before the caption's: of the row, or of the column; of two units of money both."""
    if not slot.column.is_amount:
        return unit if "‰" in unit else ""
    stated = (unit if unit in MONEY_UNITS else None, table.money.get(col))
    return "、".join(dict.fromkeys(filter(None, stated)))


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
        account.mark((c for c in account.row(row) if c.col in columns or head_of(c) in SERIAL_HEADERS), Role.HEADER)
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
    observer.item_header = range(header, header + 1)
    first = min(columns)
    last, item = header, 0
    for row in range(header + 1, account.last_row + 1):
        cells = [cell for cell in account.row(row) if cell.col in columns]
        figures = any(is_figure(cell) for cell in cells if not columns[cell.col].column.is_text)
        if len(cells) < 2 or (is_footer(account.row(row)) and not figures):
            break
        last = row
        if any(packed(str(cell.value)) in (*TOTAL_ROWS, "小计") for cell in account.row(row)):
            account.mark(account.row(row), Role.TYPED_SUM)
            continue
        item += 1
        account.mark((c for c in account.row(row) if c.col < first), Role.SERIAL)
        for col, slot in columns.items():
            observer.observe(row, col, slot, area, institution, item=item)
    return last
