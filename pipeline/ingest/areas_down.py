"""Tables whose rows are areas and whose header paths are indicators (M01 of ABC and PSBC, T01)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.catalog import Catalog
from pipeline.ingest.account import Account, Role
from pipeline.ingest.area_header import AreaTable, is_number_row, locate
from pipeline.ingest.area_labels import AreaLabels, area_labels, as_label
from pipeline.ingest.area_told import mark_header, seen_in, tell_nameless
from pipeline.ingest.area_words import takes_numbers
from pipeline.ingest.calendar_said import is_of_month, is_time
from pipeline.ingest.heading import FEW_FIGURES, is_figure, is_footer, packed
from pipeline.ingest.observe import TOTAL_AREA, Observer
from pipeline.ingest.said_columns import read_said
from pipeline.ingest.seen import Part, Seen
from pipeline.ingest.unread import ragged_rows
from pipeline.model import Cell

__all__ = ["AreaTable", "locate", "read"]

PAGE = re.compile(r"\(?(?:第?\d{1,3}页(?:[,/、]?共\d{1,3}页)?|续表\d?|[接转][上下]页)\)?")


def read(table: AreaTable, observer: Observer, catalog: Catalog, institution: str) -> int:
    """Read every row below the header; return the index of the last row that belongs to the table."""
    ignored = dict.fromkeys((*table.serial, *table.codes), Role.SERIAL)
    ignored |= dict.fromkeys(table.ratios, Role.TYPED_RATIO) | dict.fromkeys(table.sums, Role.TYPED_SUM)
    ignored |= dict.fromkeys(table.other_times, Role.OTHER_FIGURES)
    return _Reading(table, observer, area_labels(catalog, institution), institution, ignored).all()


@dataclass(slots=True)
class _Reading:
    table: AreaTable
    observer: Observer
    labels: AreaLabels
    institution: str
    ignored: Mapping[int, Role]
    """Columns that are not read, and what they are."""
    last: int = 0
    over_all: int = -1
    """The row of a 小计 that stands for the total."""
    rows: list[Seen] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    """The rows read."""
    totals: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Rows of typed totals read so far, with what stands in them."""

    def all(self) -> int:
        account, table = self.observer.account, self.table
        self.last = table.bottom
        self.over_all = self._subtotal_of_all()
        unread = mark_header(table, account, self.observer.faults)
        again = {_words(account.row(row)) for row in range(table.bottom + 1)}
        ragged = ragged_rows(account.sheet)
        broken_off = {row for row in ragged if not _HAS_NAME.search(as_label(account.text(row, table.area_col)))}
        ragged |= {row - 1 for row in broken_off if len(account.row(row - 1)) == 1}  # a name without its figures
        for row in (row for row in account.rows if row > table.bottom):
            if row in broken_off:
                account.mark(account.row(row), Role.FAULT)
                self.last = row
                continue
            if self._is_no_row(row, account.row(row), again):
                continue
            area = TOTAL_AREA if row == self.over_all else _area_of(account, table, row, self.labels)
            if area is not None and not self._is_remark(row, area):
                self.last = row
                (self._leave_row if row in ragged else self._read_row)(row, area, unread)
        read_said(table, self.observer, self.labels, [*self.lines, *self.totals])
        tell_nameless(table, account, self.observer.faults, self.lines)
        account.seen.append(seen_in(table, account, self.rows))
        return self.last

    def _is_no_row(self, row: int, cells: list[Cell], again: set[tuple[tuple[int, str], ...]]) -> bool:
        """What is printed again on every page, numbers of columns, and words between the rows."""
        account, role = self.observer.account, None
        label = as_label(account.text(row, self.table.area_col))
        numbers = is_number_row(account, row)
        if numbers and (self.last == self.table.bottom or _words(cells) in again):
            role = Role.COLUMN_NUMBER
        elif _words(cells) in again and not any(map(is_figure, cells)):
            role = Role.HEADER
        elif all(PAGE.fullmatch(packed(str(cell.value))) for cell in cells):
            role = Role.NOTE
        elif len(cells) == 1 and (label == "其中" or self.labels.is_subtotal(label) or self._says_nothing(label)):
            role = Role.HEADER
        elif self.labels.is_subtotal(_label_of(account, self.table, row, self.labels)) and row != self.over_all:
            role, self.last = Role.TYPED_SUM, row
        if role:
            account.mark(cells, role)
        return role is not None

    def _is_remark(self, row: int, area: str) -> bool:
        """Whether a line only says something of an area that has its row already: 汉滨区 | 本月到期收回较多."""
        said = [cell for cell in self.observer.account.row(row) if cell.col != self.table.area_col]
        is_read = bool(self.totals) if area == TOTAL_AREA else any(seen.area == area for seen in self.rows)
        return (
            is_read and len(said) == 1 and bool(_SENTENCE.search(packed(str(said[0].value)))) and not is_figure(said[0])
        )

    def _subtotal_of_all(self) -> int:
        """The row of the only 小计, where it stands for 合计: no other total, all areas on one side, no groups."""
        account, table, labels = self.observer.account, self.table, self.labels
        rows = [row for row in account.rows if row > table.bottom]
        label = {row: _label_of(account, table, row, labels) for row in rows}
        sums = [row for row in rows if labels.is_subtotal(label[row]) and _figures(account, table, row)]
        areas = [row for row in rows if not labels.is_subtotal(label[row]) and labels.named(label[row])]
        if len(sums) != 1 or not areas or any(labels.is_total(label[row]) for row in rows):
            return -1
        first, last = min(areas), max(areas)
        groups = (row for row in rows if min(first, *sums) <= row < last and label[row] not in ("", "其中"))
        whole = all(_figures(account, table, row) for row in groups)
        return sums[0] if whole and not first < sums[0] < last else -1

    def _says_nothing(self, label: str) -> bool:
        """Whether a label heads rows as anybody would expect them: 各县区."""
        form, month = self.table.words.form, self.table.month
        return bool(label) and (form.is_silent_heading(label) or (is_time(label) and is_of_month(label, month)))

    def _read_row(self, row: int, area: str, unread: Mapping[int, tuple[int, ...]]) -> None:
        account, table = self.observer.account, self.table
        if area == TOTAL_AREA and self._is_told_again(row):
            return
        for col, slot in table.owed.items():
            if col in unread or col not in table.slots:
                self.observer.leave(row, unread.get(col, (col,)), slot, area, self.institution)
            else:
                self.observer.observe(row, col, slot, area, self.institution)
        label = account.sheet.cells.get((row, table.area_col))
        account.mark([label] if label else [], Role.HEADER)
        for cell in account.row(row):
            if cell.col in table.remarks and (not is_figure(cell) or takes_numbers(table.header.path(cell.col))):
                account.mark([cell], Role.NOTE)
            if role := self.ignored.get(cell.col):
                account.mark([cell], role)
        self.lines.append(row)
        if label:
            self.rows.append(Seen(Part.AREA, label.address, str(label.value).strip(), (label.address,), area=area))

    def _leave_row(self, row: int, area: str, unread: Mapping[int, tuple[int, ...]]) -> None:
        """Of a row of a csv that has not as many fields as its heading no figure is read, and none is blank."""
        del unread
        account, label = self.observer.account, self.observer.account.text(row, self.table.area_col)
        for col, slot in self.table.owed.items():
            self.observer.leave(row, (col,), slot, area, self.institution, raw=label)
        account.mark(account.row(row), Role.FAULT)
        self.lines.append(row)
        self.rows.append(Seen(Part.AREA, account.sheet.place(row, self.table.area_col), label, (), area=area))

    def _is_told_again(self, row: int) -> bool:
        """Whether this total says what one above the table's end has said: 合计 on top and 总计 below."""
        account = self.observer.account
        figures = tuple(packed(account.text(row, col)) for col in self.table.slots)
        if figures in self.totals.values():
            account.mark(account.row(row), Role.TYPED_SUM)
            return True
        self.totals[row] = figures
        return False


_SENTENCE = re.compile(r"[\u4e00-\u9fff]{4}")
_HAS_NAME = re.compile(r"[\u4e00-\u9fff]")
"""A row of a csv that begins with a figure, or with nothing, is what broke off the row above."""


def _words(cells: Iterable[Cell]) -> tuple[tuple[int, str], ...]:
    return tuple((cell.col, packed(str(cell.value))) for cell in cells)


def _label_of(account: Account, table: AreaTable, row: int, labels: AreaLabels) -> str:
    """What a row is labelled; 合计 and 小计 may stand under 序号."""
    label = as_label(account.text(row, table.area_col))
    if label or not table.serial:
        return label
    said = (as_label(account.text(row, col)) for col in table.serial)
    return next((text for text in said if labels.is_total(text) or labels.is_subtotal(text)), "")


def _figures(account: Account, table: AreaTable, row: int) -> list[Cell]:
    return [cell for cell in account.row(row) if cell.col in table.slots and is_figure(cell)]


def _area_of(account: Account, table: AreaTable, row: int, labels: AreaLabels) -> str | None:
    """The area that this row is about; TOTAL_AREA; `unknown:…` for figures under an unknown label; None for no row."""
    label = _label_of(account, table, row, labels)
    if labels.is_total(label):
        return TOTAL_AREA
    found = labels.named(label)
    codes = [code for col in table.codes if (code := packed(account.text(row, col)).removesuffix(".0"))]
    other = next((code for code in codes if found and labels.named(code) not in (None, found)), "")
    if found and not other:
        return found
    label = f"{label}({other})" if other else label
    figures = _figures(account, table, row)
    if is_footer(account.row(row)) or not figures:
        return None
    if label or len(figures) >= FEW_FIGURES:
        return f"unknown:{label or f'第{row + 1}行'}"
    return None
