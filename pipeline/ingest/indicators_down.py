"""The official upright form: rows are indicators, value columns are spans of time (M01 of the RCB, C01)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.catalog import Catalog, Meaning
from pipeline.ingest.account import Account, Role
from pipeline.ingest.area_header import is_number_row
from pipeline.ingest.area_words import REMARKS, TYPED_RATIO
from pipeline.ingest.heading import is_figure, is_footer, packed, plain
from pipeline.ingest.item_header import header_at
from pipeline.ingest.measures import contradicts, is_of, is_over, measures_in_brackets
from pipeline.ingest.money_words import is_short_for_money, usual
from pipeline.ingest.observe import Observer, Slot
from pipeline.ingest.seen import Part, Seen, TableSeen
from pipeline.ingest.upright_columns import CONTINUED, Contested, distinct
from pipeline.ingest.upright_groups import odd_groups
from pipeline.ingest.upright_header import UprightTable, head_of, holds_figures, locate
from pipeline.ingest.upright_items import read_items
from pipeline.ingest.upright_times import is_of_others
from pipeline.ingest.upright_told import (
    MOST_PROPOSALS,
    near_row,
    tell_contested,
    tell_doubled_column,
    tell_doubled_row,
    tell_heading,
    tell_measures,
    tell_odd_label,
    tell_other_figures,
    tell_strange_column,
    tell_unit,
    tell_unknown_row,
)
from pipeline.model import Cell, address
from pipeline.money import MONEY_UNITS

__all__ = ["UprightTable", "locate", "read"]

SIGNS = frozenset({"", "—", "－", "-", "--", "——", "/", "×", "x", "X"})
NOT_APPLICABLE = SIGNS | {"0", "0.0", "0.00"}
"""What may stand in a cell that does not apply to its row: signs for that, or a zero, which says nothing there."""
SUMS = frozenset({"小计", "合计", "总计"})
_PIECES = re.compile("(?<=[户笔个人家])数$")
_ORDINALS = re.compile(r"\(?([甲乙丙丁戊]|\d{1,2}(\.0)?)\)?")

Row = Mapping[str, Slot]
"""Canonical value column → what stands there."""


def read(table: UprightTable, observer: Observer, catalog: Catalog, area: str, institution: str) -> int:
    """Read every row of indicators, and the list of items below where the form has one; return the last row."""
    account = observer.account
    known, unknown, start = _rows(account, table)
    last = max(known, default=table.bottom)
    reading = _Reading(table, observer, area, institution)
    reading.header(last)
    rows = [_seen_row(account, table, row) for row in known]
    reading.rows(known, last)
    taken = {meaning for seen in rows for meaning in seen.meanings}
    for number, row in enumerate(unknown):
        rows.append(_unknown(table, observer, row, taken, with_near=number < MOST_PROPOSALS))
    headers = [_seen_span(account, table, col) for col in table.value_cols]
    seen = TableSeen(account.sheet.name, table.words.form.code, "indicators_down", tuple(headers), tuple(rows))
    account.seen.append(seen)
    return max(last, read_items(table, observer, catalog, (area, institution), max(last + 1, start)))


# ------------------------------------------------------------------ which rows are what


def _rows(account: Account, table: UprightTable) -> tuple[dict[int, Row], list[int], int]:
    """Rows of indicators, rows of figures with an unknown label, and the row in which a list of items may begin."""
    again = {_words(account, row) for row in range(table.header, table.bottom + 1)}
    above = {packed(str(cell.value)) for row in range(table.header) for cell in account.row(row)}
    known: dict[int, Row] = {}
    unknown: list[int] = []
    for row in account.rows:
        cells = account.row(row)
        if row <= table.bottom or (not known and not unknown and _is_column_numbers(account, row)):
            continue
        if header_at(account, table, row):
            return _without_headings(account, table, known), unknown, row
        slots = table.slots(account, row)
        if slots:
            known[row] = slots
        elif _words(account, row) in again or _is_numbers_again(account, row, cells) or _is_said_again(cells, above):
            account.mark(cells, Role.HEADER)
        elif role := _reckoned(account, table, row):
            account.mark(cells, role)
        elif _is_unknown(account, table, row):
            unknown.append(row)
    return _without_headings(account, table, known), unknown, 0


def _without_headings(account: Account, table: UprightTable, known: Mapping[int, Row]) -> dict[int, Row]:
    """The rows of indicators without those that head others: 三、期末余额, and below it a row 期末贷款余额."""
    bare = {row for row in known if _is_label_alone(account, table, row)}
    full = {table.meanings(account, row) for row in known if row not in bare}
    heads = {row for row in bare if table.meanings(account, row) in full}
    return {row: slots for row, slots in known.items() if row not in heads}


def _is_label_alone(account: Account, table: UprightTable, row: int) -> bool:
    """Whether beside its label a row holds nothing but signs for what does not apply, and words in other columns."""
    others = (cell for cell in account.row(row) if cell.col not in table.label_cols)
    own = {table.unit_col, table.code_col, *table.value_cols}
    return all(plain(cell.value) in SIGNS or (cell.col not in own and not is_figure(cell)) for cell in others)


def _words(account: Account, row: int) -> tuple[tuple[int, str], ...]:
    return tuple((cell.col, packed(str(cell.value))) for cell in account.row(row))


def _is_column_numbers(account: Account, row: int) -> bool:
    cells = account.row(row)
    ordinals = all(_ORDINALS.fullmatch(plain(cell.value)) for cell in cells)
    if not cells or not (ordinals or is_number_row(account, row)):
        return False
    account.mark(cells, Role.COLUMN_NUMBER)
    return True


def _is_numbers_again(account: Account, row: int, cells: Sequence[Cell]) -> bool:
    """The row 甲 乙 丙 1 2 3 once more, on the next printed page."""
    return plain(cells[0].value).strip("()") == "甲" and is_number_row(account, row)


def _is_said_again(cells: Sequence[Cell], above: Collection[str]) -> bool:
    """What stands above the table once more, on the next printed page."""
    return bool(cells) and all(CONTINUED.sub("", packed(str(cell.value))) in above for cell in cells)


def _reckoned(account: Account, table: UprightTable, row: int) -> Role | None:
    """Rows that a sender reckons from others are never data; under a code of the form they may be, and are unknown."""
    label = packed(table.label(account, row).rpartition("/")[2]).rstrip(":")
    if table.of_code(account, row):
        return None
    if label in SUMS:
        return Role.TYPED_SUM
    return Role.TYPED_RATIO if TYPED_RATIO.search(label) else None


def _is_unknown(account: Account, table: UprightTable, row: int) -> bool:
    """Whether figures stand in a row under a label that means nothing."""
    cells = account.row(row)
    label = packed(table.label(account, row))
    values = [cell for cell in cells if cell.col in table.value_cols or cell.col in table.contested]
    figures = any(is_figure(cell) or re.match(r"[-(]?\d[\d,.]*", plain(cell.value)) for cell in values)
    return bool(label) and figures and not is_footer(cells) and not re.fullmatch(r"[\d.,]+", label)


def _unknown(table: UprightTable, observer: Observer, row: int, taken: set[Meaning], *, with_near: bool) -> Seen:
    account = observer.account
    near = near_row(observer, table, row, taken) if with_near else ()
    account.mark(account.row(row), Role.FAULT)
    tell_unknown_row(observer, table, row, near)
    own = address(row, table.label_col)
    places = tuple(cell.address for cell in account.row(row))
    return Seen(Part.UNKNOWN, own, table.label(account, row), tuple(dict.fromkeys((own, *places))), near=near)


def _seen_row(account: Account, table: UprightTable, row: int) -> Seen:
    own = address(row, table.label_col)
    return Seen(Part.INDICATOR, own, table.label(account, row), (own,), table.meanings(account, row))


def _seen_span(account: Account, table: UprightTable, col: int) -> Seen:
    texts = dict.fromkeys(text for r in range(table.header, table.bottom + 1) if (text := account.text(r, col)))
    own = address(table.bottom, col)
    return Seen(Part.SPAN, own, "/".join(texts), (own,), span=table.value_cols[col])


# ------------------------------------------------------------------ what stands in them


@dataclass(slots=True)
class _Reading:
    table: UprightTable
    observer: Observer
    area: str
    institution: str
    unread: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Spans of time whose columns are not sure → these columns."""
    odd_columns: set[int] = field(default_factory=set)
    """Columns whose unit of measure was told."""

    def header(self, last: int) -> None:
        """Give the header its roles, and tell what is odd about its columns, each with all that stands in it."""
        for col in self.table.doubled:
            self._doubled_column(col, last)
        for one, cols in distinct(self.table.contested):
            self._contested(one, cols, last)
        self._others(last)
        self._other_heads(last)

    def _contested(self, one: Contested, cols: Iterable[int], last: int) -> None:
        tell_contested(self.observer, one, cols)
        self.observer.account.mark([one.cell], Role.FAULT)
        for col in cols:
            self._leave_out(col, last)
            for span in self.table.contested[col].spans:
                if span not in self.table.value_cols.values():
                    self.unread[span] = (*self.unread.get(span, ()), col)

    def _others(self, last: int) -> None:
        """Columns of figures that are not the month's: told once at the heading that says so, and passed over."""
        headings: dict[Cell, list[int]] = {}
        for col, cell in self.table.others.items():
            headings.setdefault(cell, []).append(col)
        for cell, cols in headings.items():
            tell_other_figures(self.observer, cell, cols)
            for col in cols:
                self._pass_over(col, last, Role.OTHER_FIGURES)

    def _other_heads(self, last: int) -> None:
        table, account = self.table, self.observer.account
        own = {*table.label_cols, table.unit_col, table.code_col, *table.value_cols, *table.serial_cols}
        cells = [cell for row in range(table.header, table.bottom + 1) for cell in account.row(row)]
        strange: dict[int, Cell] = {}
        for cell in cells:
            if cell.col in own or cell.col < table.label_cols[0] or (cell.row, cell.col) in account.roles:
                account.mark([cell], Role.HEADER)
            else:
                strange[cell.col] = cell
        for col, head in strange.items():
            figures = holds_figures(account, table, col, last)
            is_remark = bool(REMARKS.search(head_of(head))) and (table.is_whole or not figures)
            if figures and not is_remark:
                tell_strange_column(self.observer, head, is_other=is_of_others([head], table.month) is not None)
                self._leave_out(col, last)
                continue
            if not is_remark and any(table.bottom < cell.row <= last for cell in account.column(col)):
                tell_other_figures(self.observer, head, [col])
            self._pass_over(col, last, Role.NOTE)

    def _pass_over(self, col: int, last: int, role: Role) -> None:
        table, account = self.table, self.observer.account
        cells = [cell for cell in account.column(col) if table.header <= cell.row <= last]
        account.mark((cell for cell in cells if cell.row <= table.bottom), Role.HEADER)
        account.mark((cell for cell in cells if cell.row > table.bottom), role)

    def _doubled_column(self, col: int, last: int) -> None:
        table, account = self.table, self.observer.account
        first = table.doubled[col]
        rows = range(table.bottom + 1, last + 1)
        same = all(account.text(row, col) == account.text(row, first) for row in rows)
        tell_doubled_column(self.observer, table, col, same=same)
        account.mark(
            (c for c in account.column(col) if table.header <= c.row <= last), Role.COPY if same else Role.FAULT
        )
        if not same:
            span = table.value_cols[first]
            self.unread[span] = tuple(dict.fromkeys((*self.unread.get(span, (first,)), col)))

    def _leave_out(self, col: int, last: int) -> None:
        account = self.observer.account
        account.mark((cell for cell in account.column(col) if self.table.header <= cell.row <= last), Role.FAULT)

    def rows(self, known: Mapping[int, Row], last: int) -> None:
        """Read the rows of indicators; rows under an odd heading, doubled ones and contradictory ones are left."""
        table, account = self.table, self.observer.account
        odd = odd_groups(account, table, known, last)
        for heading, below in odd:
            tell_heading(self.observer, heading, (below[0], below[-1]))
        under_odd = {row for _, below in odd for row in below}
        sure = [row for row in known if row not in under_odd]
        doubled = self._doubled(sure)
        left = {row for row, is_copy in doubled.items() if not is_copy}
        sure = [row for row in sure if row not in doubled]
        for row in sure:
            self._row(row, known[row])
        for row in (*left, *under_odd):
            account.mark(account.row(row), Role.FAULT)
            self._leave(row, known[row], {name: (col,) for col, name in table.value_cols.items()})

    def _doubled(self, rows: Iterable[int]) -> dict[int, bool]:
        """Rows that are labelled alike → whether the row is only a copy; where they differ none of them is sure."""
        table, account = self.table, self.observer.account
        first: dict[tuple[tuple[str, str], ...], int] = {}
        found: dict[int, bool] = {}
        for row in rows:
            before = first.setdefault(table.meanings(account, row), row)
            if before == row:
                continue
            same = all(account.text(row, col) == account.text(before, col) for col in table.value_cols)
            tell_doubled_row(self.observer, table, (before, row), same=same)
            found[row] = same
            account.mark(account.row(row), Role.COPY if same else Role.FAULT)
            if not same:
                found[before] = False
        return found

    def _row(self, row: int, slots: Row) -> None:
        table, account = self.table, self.observer.account
        heads = (*table.label_cols, table.unit_col, table.code_col)
        account.mark((c for c in account.row(row) if c.col in heads), Role.HEADER)
        serial = (c for c in account.row(row) if c.col < table.label_cols[0] or c.col in table.serial_cols)
        account.mark(serial, Role.SERIAL)
        unit = _unit(account, table, row)
        if not tell_odd_label(self.observer, table, row) or self._unit_is_wrong(row, next(iter(slots.values())), unit):
            self._leave(row, slots, {name: (col,) for col, name in table.value_cols.items()})
            account.mark(account.row(row), Role.FAULT)
            return
        self._leave(row, slots, self.unread)
        for col, name in table.value_cols.items():
            cell = account.sheet.cells.get((row, col))
            slot = slots.get(name)
            if slot is None:
                if cell is not None and plain(cell.value) in NOT_APPLICABLE:
                    account.mark([cell], Role.NOT_APPLICABLE)
            elif name not in self.unread and not _shares_row(slots, name, slot, account, row, table):
                self._cell(row, col, slot, unit)

    def _cell(self, row: int, col: int, slot: Slot, unit: str) -> None:
        table, stated = self.table, self.table.measures.get(col, ())
        if is_over(slot.column, stated):
            own = _own_unit(slot, unit, stated)
            self.observer.observe(row, col, slot, self.area, self.institution, unit=own)
            return
        if col not in self.odd_columns:
            self.odd_columns.add(col)
            tell_measures(self.observer, table, col, slot.column)
        self.observer.leave(row, (col,), slot, self.area, self.institution)

    def _unit_is_wrong(self, row: int, slot: Slot, unit: str) -> bool:
        """Whether label or column of units say another unit than the indicator's; told once a row."""
        table, account = self.table, self.observer.account
        said = measures_in_brackets(table.label(account, row))
        if contradicts(slot.column, said):
            tell_unit(self.observer, slot, address(row, table.label_col), "、".join(said))
            return True
        if unit and not is_of(slot.column, unit):
            tell_unit(self.observer, slot, address(row, table.unit_col or 0), unit)
            return True
        return False

    def _leave(self, row: int, slots: Row, spans: Mapping[str, Sequence[int]]) -> None:
        """Keep what stands in these columns of a row as not read, once an indicator that is read nowhere else."""
        sure = {
            slots[name].column.code for name in self.table.value_cols.values() if name in slots and name not in spans
        }
        done = {(o.indicator, o.institution) for o in self.observer.observations}
        for name, slot in slots.items():
            key = (slot.column.code, slot.institution or self.institution)
            if name in spans and slot.column.code not in sure and key not in done:
                self.observer.leave(row, spans[name], slot, self.area, self.institution)
                done.add(key)


def _unit(account: Account, table: UprightTable, row: int) -> str:
    """The unit of measure of a row as its own column says it: （户） and 户数 are 户, 萬元 is 万元, a dash is none."""
    text = packed(account.text(row, table.unit_col)) if table.unit_col is not None else ""
    bare = text.strip("()[]【】").removeprefix("单位:").removeprefix("人民币").removesuffix("人民币")
    if is_short_for_money(bare) or bare.endswith(("元", "圆")):
        return usual(bare)
    return "" if bare in SIGNS else _PIECES.sub("", bare)


def _own_unit(slot: Slot, unit: str, stated: Sequence[str]) -> str:
    """The unit that goes before the caption's: of the row, or of the column; of two units of money both."""
    if not slot.column.is_amount:
        return unit if slot.column.is_rate else ""
    named = (unit if unit in MONEY_UNITS else "", *(money for money in stated if money.endswith("元")))
    return "、".join(dict.fromkeys(filter(None, named)))


def _shares_row(slots: Row, name: str, slot: Slot, account: Account, row: int, table: UprightTable) -> bool:
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
