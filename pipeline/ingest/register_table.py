"""One sheet of a register workbook as rows of cells by heading; what cannot be read for sure is told at its cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from pipeline.catalog import squeezed
from pipeline.catalog.register_sheets import SheetPlan
from pipeline.ingest.account import Account
from pipeline.ingest.heading import plain
from pipeline.ingest.history import Problem
from pipeline.ingest.history_cells import Misread, shown, text_of
from pipeline.model import Cell, CellKind, Sheet, address
from pipeline.periods import Month

T = TypeVar("T")

EXPECTED_MONTH = "应为年月，如 2018-03、2018年3月"
_DAY = re.compile(r"((?:19|20)\d{2})[年./-](\d{1,2})[月./-](\d{1,2})日?")
_MONTH = re.compile(r"((?:19|20)\d{2})[年./-](\d{1,2})月?|((?:19|20)\d{2})(\d{2})")
_TENTH = re.compile(r"(?:19|20)\d{2}\.1")
_BETWEEN = re.compile(r"[、,，;；\n]+")
_FEWEST_HEADINGS = 2
_MOST_ROWS = 2_000
"""Far above the units of any province, far below what would slow the checks."""
_LONGEST_TEXT = 200
"""Characters of a name, an alias, a document, a reason."""


@dataclass(slots=True)
class Row:
    """One row of a table: its cells by what their headings mean."""

    table: Table
    number: int
    is_spoilt: bool = False
    """Something was told of it."""

    def cell(self, key: str) -> Cell | None:
        """The cell under a heading; None where it is blank."""
        found = self.table.sheet.cells.get((self.number, self.table.columns[key]))
        return found if found is not None and (text_of(found) or found.kind is CellKind.UNCALCULATED) else None

    def address(self, key: str) -> str:
        """`C5`."""
        return address(self.number, self.table.columns[key])

    def place(self, key: str) -> tuple[str, str]:
        """Sheet and address."""
        return self.table.sheet.name, self.address(key)

    def tell(self, key: str, message: str) -> None:
        """A problem at the cell under a heading."""
        self.is_spoilt = True
        self.table.tell(self.address(key), message)

    def text(self, key: str) -> str:
        """What the cell says in one line; empty where it is blank or cannot be read."""
        return self._tried(key, _text) or ""

    def parts(self, key: str) -> list[str]:
        """What the cell lists."""
        found = [part.strip() for part in _BETWEEN.split(self._tried(key, _lines) or "") if part.strip()]
        if any(len(part) > _LONGEST_TEXT for part in found):
            self.tell(key, f"“{self.table.plan.headings[key]}”有一项超过{_LONGEST_TEXT}个字。几项之间请用“、”隔开。")
        return found

    def month(self, key: str) -> str | None:
        """The month that the cell names, as `2018-03`; None for a blank."""
        month = self._tried(key, _month)
        return str(month) if month else None

    def whole(self, key: str) -> int | None:
        """A whole number; None for a blank."""
        return self._tried(key, _whole)

    def _tried(self, key: str, how: Callable[[Cell], T]) -> T | None:
        cell = self.cell(key)
        if cell is None:
            return None
        try:
            return how(_typed(cell))
        except Misread as misread:
            self.tell(key, f"“{self.table.plan.headings[key]}”{misread}")
            return None


class Table:
    """A sheet that people edit, its header found; `is_whole` says whether its rows can be read."""

    def __init__(self, sheet: Sheet, plan: SheetPlan, problems: list[Problem]) -> None:
        self.sheet, self.plan = sheet, plan
        self._problems = problems
        self._account = Account(sheet)
        self._header = self._header_row()
        heads = {cell.col: squeezed(str(cell.value)) for cell in self._account.row(self._header)}
        keys = {squeezed(heading): key for key, heading in plan.headings.items()}
        self.columns: dict[str, int] = {}
        for col, head in heads.items():
            if head in keys:
                self.columns.setdefault(keys[head], col)
        self.is_whole = self._is_whole(heads)

    def tell(self, cell: str, message: str) -> None:
        """A problem at a cell of this sheet."""
        self._problems.append(Problem(self.sheet.name, cell, message))

    def rows(self) -> Iterator[Row]:
        """The rows below the header that say anything."""
        for number in range(self._header + 1, self._account.last_row + 1):
            row = Row(self, number)
            if any(row.cell(key) for key in self.columns):
                yield row

    def _header_row(self) -> int:
        """The row with the most headings; -1 where none has two."""
        wanted = {squeezed(heading) for heading in self.plan.headings.values()}
        found = {
            row: len(wanted & {squeezed(str(cell.value)) for cell in self._account.row(row)})
            for row in range(self._account.last_row + 1)
        }
        best = max(found, key=lambda row: (found[row], -row), default=-1)
        return best if best >= 0 and found[best] >= _FEWEST_HEADINGS else -1

    def _is_whole(self, heads: dict[int, str]) -> bool:
        told = len(self._problems)
        labels = "、".join(self.plan.headings.values())
        if self._header < 0:
            self.tell("", f"没有找到表头。表头应在同一行写有：{labels}。请按导出的登记表恢复表头。")
            return False
        lacking = [heading for key, heading in self.plan.headings.items() if key not in self.columns]
        if lacking:
            where = address(self._header, 0)
            self.tell(where, f"表头缺少“{'”、“'.join(lacking)}”。应写有：{labels}。请恢复原来的表头。")
        below = {col for row, col in self.sheet.cells if row >= self._header}
        for col in sorted(below - set(self.columns.values())):
            said = "" if self.plan.private else f"“{shown(self._account.at(self._header, col))}”"
            what = f"表头{said}不是登记表的栏目" if heads.get(col) else "这一栏没有表头，却有内容"
            self.tell(address(self._header, col), f"{what}。应写有：{labels}；其他栏请删去。")
        if self._account.last_row - self._header > _MOST_ROWS:
            where = address(self._header + _MOST_ROWS + 1, 0)
            self.tell(where, f"表头下面超过{_MOST_ROWS}行。请删去多余的行。")
        self._tell_hidden_and_merged()
        return len(self._problems) == told

    def _tell_hidden_and_merged(self) -> None:
        sheet = self.sheet
        hidden = [at for at in sorted(sheet.cells) if at[0] in sheet.hidden_rows or at[1] in sheet.hidden_cols]
        if hidden:
            self.tell(address(*hidden[0]), "有隐藏或被筛选掉的行列。请取消隐藏和筛选，核对后重新导入。")
        for merge in sheet.merged:
            if merge.bottom >= self._header:
                self.tell(address(merge.top, merge.left), "有合并单元格。请取消合并，逐行填写。")


# ------------------------------------------------------------------ what one cell says


def _typed(cell: Cell) -> Cell:
    """The cell, if it was typed; a formula says one thing today and another tomorrow."""
    if cell.formula or cell.kind is CellKind.UNCALCULATED:
        raise Misread("是公式。请改为直接填写内容（复制后选择性粘贴为数值）。")
    if cell.kind is CellKind.ERROR:
        raise Misread(f"是错误值“{shown(cell)}”。请改为直接填写内容。")
    if cell.kind is CellKind.CONTRADICTED:
        raise Misread(f"显示的是“{shown(cell)}”，存储的却是“{cell.format_text[:40]}”。请重新填写这一格。")
    return cell


def _text(cell: Cell) -> str:
    if cell.kind is CellKind.DATE:
        raise Misread(f"写的被当作日期“{shown(cell)}”。请把单元格格式改为文本后重写。")
    said = " ".join(text_of(cell).split())
    if len(said) > _LONGEST_TEXT:
        raise Misread(f"有{len(said)}个字，最多{_LONGEST_TEXT}个字。请写短些。")
    return said


def _lines(cell: Cell) -> str:
    if cell.kind is CellKind.DATE:
        return _text(cell)
    return str(cell.value) if cell.kind is CellKind.TEXT else text_of(cell)


def _whole(cell: Cell) -> int:
    text = plain(text_of(cell)).removesuffix(".0")
    if cell.kind is CellKind.DATE or not re.fullmatch(r"\d{1,9}", text):
        raise Misread(f"写的“{shown(cell)}”不是整数。请填写整数。")
    return int(text)


def _month(cell: Cell) -> Month:
    if isinstance(cell.value, datetime | date):
        return _of_day(cell.value.year, cell.value.month, cell.value.day, cell)
    text = re.sub(r"\s+", "", plain(text_of(cell)))
    if cell.kind is CellKind.NUMBER and _TENTH.fullmatch(text):
        raise Misread(f"写的“{shown(cell)}”可能是1月，也可能是10月。请写成 {text[:4]}-01 或 {text[:4]}-10。")
    day = _DAY.fullmatch(text)
    if day:
        return _of_day(int(day[1]), int(day[2]), int(day[3]), cell)
    found = _MONTH.fullmatch(text)
    number = int(found[2] or found[4]) if found else 0
    if not found or not 1 <= number <= 12:
        raise Misread(f"写的“{shown(cell)}”不是一个月份；{EXPECTED_MONTH}。请改正。")
    return Month(int(found[1] or found[3]), number)


def _of_day(year: int, month: int, day: int, cell: Cell) -> Month:
    """A month typed as its first day (what Excel makes of 2018-3) or its last."""
    try:
        named = Month.of(date(year, month, day))
    except ValueError as error:
        raise Misread(f"写的“{shown(cell)}”不是一个日期；{EXPECTED_MONTH}。请改正。") from error
    if day not in (1, named.last_day.day):
        raise Misread(f"写的“{shown(cell)}”是月中的一天；{EXPECTED_MONTH}。请改正。")
    return named
