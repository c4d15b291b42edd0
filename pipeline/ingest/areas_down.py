"""Tables whose rows are areas and whose header paths are indicators (M01 of ABC and PSBC, T01)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.catalog import Catalog
from pipeline.ingest.account import Account, Role
from pipeline.ingest.area_header import AreaTable, Header, is_number_row, locate
from pipeline.ingest.heading import FEW_FIGURES, TOTAL_ROWS, is_figure, is_footer, packed
from pipeline.ingest.nearest import nearest, proposal
from pipeline.ingest.observe import TOTAL_AREA, Observer
from pipeline.ingest.seen import Part, Seen, TableSeen
from pipeline.model import Cell, address

__all__ = ["AreaTable", "locate", "read"]

MOST_PROPOSALS = 20
"""Unknown headers of a table for which near indicators are looked for: a table with more is another one."""
SUBTOTAL = "小计"
_OF_WHICH = re.compile(r"^(其中[:：]?|#|-|—)+")
_INCLUDING = re.compile(r"\([含共][^)]*\)$")
_CODE = re.compile(r"^(\d{6})(?:\.0)?|\(?(\d{6})\)?$")
PAGE = re.compile(r"\(?(?:第?\d{1,3}页(?:[,/、]?共\d{1,3}页)?|续表\d?|[接转][上下]页)\)?")


def read(table: AreaTable, observer: Observer, catalog: Catalog, institution: str) -> int:
    """Read every row below the header; return the index of the last row that belongs to the table."""
    ignored = dict.fromkeys(table.serial, Role.SERIAL)
    ignored |= dict.fromkeys(table.ratios, Role.TYPED_RATIO) | dict.fromkeys(table.sums, Role.TYPED_SUM)
    return _Reading(table, observer, _area_names(catalog), institution, ignored).all()


@dataclass(slots=True)
class _Reading:
    table: AreaTable
    observer: Observer
    areas: Mapping[str, str]
    institution: str
    ignored: Mapping[int, Role]
    """Columns that are not read, and what they are."""
    last: int = 0
    rows: list[Seen] = field(default_factory=list)
    totals: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Rows of typed totals read so far, with what stands in them."""

    def all(self) -> int:
        account, table = self.observer.account, self.table
        self.last = table.bottom
        header = Header(account, table.top, table.bottom)
        unread = _mark_header(table, header, self.observer)
        again = {_words(account.row(row)) for row in range(table.bottom + 1)}
        for row in (row for row in account.rows if row > table.bottom):
            if self._is_no_row(row, account.row(row), again):
                continue
            area = _area_of(account, table, row, self.areas)
            if area is not None:
                self.last = row
                self._read_row(row, area, unread)
        account.seen.append(_seen(table, header, self.rows))
        return self.last

    def _is_no_row(self, row: int, cells: list[Cell], again: set[tuple[tuple[int, str], ...]]) -> bool:
        """What is printed again on every page, numbers of columns, and words between the rows."""
        account, role = self.observer.account, None
        label = packed(account.text(row, self.table.area_col)).rstrip(":")
        numbers = is_number_row(account, row)
        if numbers and (self.last == self.table.bottom or _words(cells) in again):
            role = Role.COLUMN_NUMBER
        elif _words(cells) in again and not any(map(is_figure, cells)):
            role = Role.HEADER
        elif all(PAGE.fullmatch(packed(str(cell.value))) for cell in cells):
            role = Role.NOTE
        elif label in ("其中", SUBTOTAL) and len(cells) == 1:
            role = Role.HEADER
        elif label == SUBTOTAL:
            role, self.last = Role.TYPED_SUM, row
        if role:
            account.mark(cells, role)
        return role is not None

    def _read_row(self, row: int, area: str, unread: Mapping[int, int]) -> None:
        account, table = self.observer.account, self.table
        if area == TOTAL_AREA and self._is_told_again(row):
            return
        for col, slot in table.slots.items():
            if col in unread:
                self.observer.leave(row, (col, unread[col]), slot, area, self.institution)
            else:
                self.observer.observe(row, col, slot, area, self.institution)
        label = account.sheet.cells.get((row, table.area_col))
        account.mark([label] if label else [], Role.HEADER)
        for cell in account.row(row):
            if role := self.ignored.get(cell.col):
                account.mark([cell], role)
        if label:
            self.rows.append(Seen(Part.AREA, label.address, str(label.value).strip(), (label.address,), area=area))

    def _is_told_again(self, row: int) -> bool:
        """Whether this total says what one above the table's end has said: 合计 on top and 总计 below."""
        account = self.observer.account
        figures = tuple(packed(account.text(row, col)) for col in self.table.slots)
        if figures in self.totals.values():
            account.mark(account.row(row), Role.TYPED_SUM)
            return True
        self.totals[row] = figures
        return False


def _words(cells: Iterable[Cell]) -> tuple[tuple[int, str], ...]:
    return tuple((cell.col, packed(str(cell.value))) for cell in cells)


# ------------------------------------------------------------------ header


def _mark_header(table: AreaTable, header: Header, observer: Observer) -> dict[int, int]:
    """Give the header its role, tell what is odd about it; return the columns not read, each with its double."""
    account = header.account
    odd = {*table.unknown, *table.doubled}
    for row in range(table.top, table.bottom + 1):
        role = Role.COLUMN_NUMBER if row in table.numbers else Role.HEADER
        account.mark((cell for cell in account.row(row) if cell.col not in odd), role)
    for number, col in enumerate(table.unknown):
        _tell_unknown(table, header, observer, col, with_near=number < MOST_PROPOSALS)
    for col, slot in table.slots.items():
        if slot.respelt:
            told = f"表头“{_path(header, col)}”按登记的错字读作“{slot.respelt}”，数据已照常读入。请下次改用规定的表头。"
            observer.faults.add("F09", told, sheet=account.sheet.name, cell=_own(header, col)[-1].address)
    return {first: col for col, first in table.doubled.items() if not _is_copy(table, header, observer, col)}


def _tell_unknown(table: AreaTable, header: Header, observer: Observer, col: int, *, with_near: bool) -> None:
    account = header.account
    cell = _own(header, col)[-1]
    path = _path(header, col)
    near = nearest(path, table.words, table.meanings) if with_near else ()
    account.mark(_column(account, table, col), Role.FAULT)
    observer.faults.add(
        "F06",
        f"这一列的表头“{path}”不是本表的指标，整列没有读入。请改用规定的表头，或删去这一列后重新报送。"
        + proposal(near, observer.faults.file, account.sheet.name, cell.address),
        sheet=account.sheet.name,
        cell=cell.address,
        value=path,
    )


def _is_copy(table: AreaTable, header: Header, observer: Observer, col: int) -> bool:
    """Whether a column that is headed like an earlier one also holds the same; else neither of them is read."""
    account, first = header.account, table.doubled[col]
    rows = {cell.row for c in (col, first) for cell in account.column(c) if cell.row > table.bottom}
    same = all(account.text(row, col) == account.text(row, first) for row in rows)
    cell, slot = _own(header, col)[-1], table.slots[first]
    letters = [address(0, c)[:-1] for c in (first, col)]
    account.mark(_column(account, table, col), Role.COPY if same else Role.FAULT)
    both = f"{letters[0]}列和{letters[1]}列都是“{slot.label}”"
    told = f"{both}，内容相同，只读了前一列。"
    if not same:
        told = f"{both}，内容不同，无法确定以哪一列为准，两列都没有读入。请只保留一列后重新报送。"
    rule, value = "F09" if same else "F06", _path(header, col)
    observer.faults.add(rule, told, sheet=account.sheet.name, cell=cell.address, value=value)
    return same


def _column(account: Account, table: AreaTable, col: int) -> list[Cell]:
    return [cell for cell in account.column(col) if cell.row >= table.top]


def _own(header: Header, col: int) -> list[Cell]:
    """The cells that head a column, those in its own column if there are any."""
    cells = header.cells(col)
    return [cell for cell in cells if cell.col == col] or cells


def _path(header: Header, col: int) -> str:
    return "/".join(header.levels(col))


def _seen(table: AreaTable, header: Header, rows: Iterable[Seen]) -> TableSeen:
    headers, spread = [], dict[str, int]()
    unknown, proposed = set(table.unknown), set(table.unknown[:MOST_PROPOSALS])
    for col in header.columns:
        cells = header.cells(col)
        if col == table.area_col or not cells:
            continue
        for cell in cells:
            spread[cell.address] = spread.get(cell.address, 0) + 1
        slot = table.slots.get(col) or table.slots.get(table.doubled.get(col, -1))
        part = Part.UNKNOWN if col in unknown else Part.DOUBLED if col in table.doubled else Part.INDICATOR
        path = _path(header, col)
        near = nearest(path, table.words, table.meanings) if col in proposed else ()
        meanings = ((slot.column.code, slot.institution),) if slot else ()
        part = part if slot or part is Part.UNKNOWN else Part.IGNORED
        places = tuple(cell.address for cell in cells)
        headers.append(Seen(part, _own(header, col)[-1].address, path, places, meanings, near=near))
    shared = tuple(place for place, columns in spread.items() if columns > 1)
    sheet, form = header.account.sheet.name, table.words.form.code
    return TableSeen(sheet, form, "areas_down", tuple(headers), tuple(rows), shared)


# ------------------------------------------------------------------ rows


def _area_of(account: Account, table: AreaTable, row: int, areas: Mapping[str, str]) -> str | None:
    """The area that this row is about; TOTAL_AREA; `unknown:…` for figures under an unknown label; None for no row."""
    label = packed(account.text(row, table.area_col)).rstrip(":")
    if not label and table.serial:
        label = next((t for c in table.serial if (t := packed(account.text(row, c))) in TOTAL_ROWS), "")
    if _INCLUDING.sub("", label) in TOTAL_ROWS:
        return TOTAL_AREA
    found = _named(label, areas)
    if found:
        return found
    figures = [cell for cell in account.row(row) if cell.col in table.slots and is_figure(cell)]
    if is_footer(account.row(row)) or not figures:
        return None
    if label or len(figures) >= FEW_FIGURES:
        return f"unknown:{label or f'第{row + 1}行'}"
    return None


def _named(label: str, areas: Mapping[str, str]) -> str | None:
    """The area of a label: a name, a code, or both where they agree."""
    name = _INCLUDING.sub("", _OF_WHICH.sub("", label)).removesuffix("支行")
    if name in areas:
        return areas[name]
    code = _CODE.search(name)
    if not code:
        return None
    coded, rest = areas.get(code[1] or code[2]), _CODE.sub("", name, count=1).strip("-()·_/")
    return coded if not rest or areas.get(rest) == coded else None


def _area_names(catalog: Catalog) -> dict[str, str]:
    """Every name, alias and code of an area, of all times, as labels are compared; the city's own name is the total."""
    entries = catalog.areas.entries
    coded = {named.code: area.id for area in entries for named in area.names if named.code}
    coded |= {packed(name): TOTAL_AREA for name in catalog.profile.totals}
    return coded | {packed(name): area.id for area in entries for name in area.all_names}
