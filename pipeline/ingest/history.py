"""Form H01: a long table of figures from before the program → figures, or everything that is wrong with it.

All or nothing is decided by whoever calls: here every row is read, and every problem is told at its cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from pipeline.catalog import Catalog, ReportingUnit, squeezed
from pipeline.catalog.forms import Column, Form
from pipeline.catalog.imports import ImportForm
from pipeline.ingest.account import Account
from pipeline.ingest.heading import is_footer
from pipeline.ingest.history_cells import Misread, Names, period_of, shown, source_of, text_of
from pipeline.ingest.history_header import Header, money_within_brackets
from pipeline.ingest.history_plausible import implausible
from pipeline.ingest.measures import is_of
from pipeline.ingest.quantities import Reading
from pipeline.ingest.values import read_amount, read_count, read_rate
from pipeline.model import Cell, Grid, ImportedFigure, ReceivedFile, Sheet, Unreadable, address
from pipeline.money import MONEY_UNITS
from pipeline.privacy import without_identities

T = TypeVar("T")

CODE = "H01"
FEW = 3
"""Fields that a row of figures has at least, however much is forgotten in it."""
_INSTRUCTIONS = re.compile(r"说明|填表须知|填报须知|目录|封面")
_ABSENT = frozenset({"missing", "not_applicable"})


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one place of the file: what was found, what is expected, what to do."""

    sheet: str
    cell: str
    message: str

    @property
    def told(self) -> str:
        """「工作表“表”单元格C7：…」, to stand behind the name of the file."""
        sheet = f"工作表“{self.sheet}”" if self.sheet else ""
        cell = f"单元格{self.cell}" if self.cell else ""
        return f"{sheet}{cell}：{self.message}"


@dataclass(slots=True)
class HistoryReading:
    """What an imported file holds."""

    figures: list[ImportedFigure] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    doubled: int = 0
    """Rows that say again, with the same value, what an earlier row says."""
    left_blank: int = 0
    """Rows that say of themselves that there is no figure."""
    rounded: int = 0
    """Amounts with a part of a fen."""
    assumed_yuan: bool = False
    """A machine-made table without a unit of money."""


@dataclass(frozen=True, slots=True)
class HistoryReader:
    """Reads an opened file: what a worker is given to do."""

    catalog: Catalog
    received: ReceivedFile
    today: date

    def __call__(self, key: str, opened: Grid | Unreadable) -> HistoryReading:
        """What the file holds."""
        return read_history(opened, self.received, self.catalog, self.today)


def read_history(opened: Grid | Unreadable, received: ReceivedFile, catalog: Catalog, today: date) -> HistoryReading:
    """Read every table of a file; nothing is filled down, carried over or guessed."""
    reading = HistoryReading()
    if isinstance(opened, Unreadable):
        reading.problems.append(Problem("", "", opened.message.replace("重新报送", "重新补录")))
        return reading
    form = catalog.imports[CODE]
    names = Names.of(catalog, form.forms)
    tables = 0
    for sheet in opened.sheets:
        if not sheet.cells:
            continue
        if sheet.hidden:
            _tell(reading, sheet, None, "这张工作表是隐藏的，没有读取。请取消隐藏，或删去后重新补录。")
            continue
        header = Header.of(Account(sheet), form)
        if header is None:
            if not _INSTRUCTIONS.search(sheet.name):
                _tell(reading, sheet, None, f"没有找到补录表的表头。表头应在同一行写有：{_labels(form)}。")
            continue
        tables += 1
        _Table(sheet, header, names, received, today, reading).read()
    if not tables and not reading.problems:
        reading.problems.append(Problem("", "", f"文件里没有补录表。表头应在同一行写有：{_labels(form)}。"))
    if not reading.figures and not reading.problems:
        reading.problems.append(Problem("", "", "补录表里没有一个数字。请核对是否发错文件。"))
    _refuse_contradictions(reading)
    wrong = implausible(reading.figures, catalog)
    reading.problems += [Problem(figure.sheet, figure.cell, told) for figure, told in wrong]
    return reading


def _labels(form: ImportForm) -> str:
    return "、".join(entry.label for entry in form.fields if entry.required or entry.name == "area")


def _tell(reading: HistoryReading, sheet: Sheet, cell: str | None, message: str) -> None:
    reading.problems.append(Problem(sheet.name, cell or "", without_identities(message)))


def _refuse_contradictions(reading: HistoryReading) -> None:
    """The same figure twice with the same value counts once; with two values it is a problem."""
    first: dict[tuple[str, ...], ImportedFigure] = {}
    for figure in reading.figures:
        key = (figure.period, figure.unit, figure.form, figure.institution, figure.area, figure.indicator)
        before = first.setdefault(key, figure)
        if before is figure:
            continue
        if before.value == figure.value:
            reading.doubled += 1
            continue
        where = f"工作表“{before.sheet}”单元格{before.cell}"
        message = (
            f"这个数与{where}是同一期、同一单位、同一县区、同一指标，数值却不同"
            f"（“{before.raw[:40]}”和“{figure.raw[:40]}”）。请只保留一个。"
        )
        reading.problems.append(Problem(figure.sheet, figure.cell, message))
    reading.figures = list(first.values())


# ------------------------------------------------------------------ rows


@dataclass(slots=True)
class _Table:
    """Reads the rows of one table."""

    sheet: Sheet
    header: Header
    names: Names
    received: ReceivedFile
    today: date
    reading: HistoryReading
    money: str = ""
    """The unit of money that the header or the caption gives; empty for none."""
    unpriced: int = 0
    """Amounts for which no unit of money is written anywhere."""

    def read(self) -> None:
        """Tell what is wrong with the header; where its columns are known, read every row."""
        if not self._header_is_complete():
            return
        self._tell_hidden()
        money = self.header.money
        if len(money) > 1:
            where = address(self.header.row, self.header.columns["value"])
            self._tell(where, f"写了几个金额单位（{'、'.join(money)}），无法确定以哪个为准。请只保留一个。")
            return
        self.money = money[0] if money else ""
        for row in range(self.header.row + 1, self.header.account.last_row + 1):
            cells = self.header.account.row(row)
            if cells and not self._is_note(row, cells):
                self._read_row(row)
        if self.unpriced:
            what = f"没有写明金额单位，有{self.unpriced}个金额无法确定。"
            where = address(self.header.row, self.header.columns["value"])
            self._tell(where, f"{what}请在表头写“数值（万元）”或“数值（元）”，或加一栏“计量单位”。")

    def _tell(self, cell: str, message: str) -> None:
        _tell(self.reading, self.sheet, cell, message)

    def _header_is_complete(self) -> bool:
        header = self.header
        lacking = [f.label for f in header.form.fields if f.required and f.name not in header.columns]
        if lacking:
            self._tell(address(header.row, 0), f"表头缺少“{'”、“'.join(lacking)}”。应写有：{_labels(header.form)}。")
        labels = {entry.name: entry.label for entry in header.form.fields}
        for name, col in header.twice:
            said = header.account.text(header.row, col)
            self._tell(address(header.row, col), f"“{said}”与另一栏都是{labels[name]}。请只保留一栏。")  # type: ignore[index]
        for col in header.strange:
            said = header.account.text(header.row, col)
            what = f"表头“{said[:40]}”不是补录表的栏目" if said else "这一栏没有表头，却有内容"
            self._tell(address(header.row, col), f"{what}。应写有：{_labels(header.form)}；其他栏请删去。")
        return not (lacking or header.twice or header.strange)

    def _tell_hidden(self) -> None:
        hidden = {
            row for row, col in self.sheet.cells if row in self.sheet.hidden_rows or col in self.sheet.hidden_cols
        }
        if hidden:
            what = "有隐藏或被筛选掉的行列。请取消隐藏和筛选，核对后重新补录。"
            self._tell(address(min(hidden), 0), what)
        first = {kind: place for place, kind in reversed(self.sheet.unread)}
        for kind, place in first.items():
            self._tell(place, f"有{kind}，没有读取。请接受修订、取消隐藏、改成文字，核对后重新补录。")

    def _is_note(self, row: int, cells: list[Cell]) -> bool:
        """A line such as 填表人 … 填表日期 …, which has neither indicator nor value and little else."""
        given = [f.name for f in self.header.form.fields if f.required and self._cell(row, f.name)]
        return is_footer(cells) and len(given) < FEW and not {"indicator", "value"} & set(given)

    def _cell(self, row: int, name: str) -> Cell | None:
        """The cell of a field; a merged one counts for all its rows, but a value stands where it stands."""
        col = self.header.columns.get(name)
        if col is None:
            return None
        found = self.sheet.cells.get((row, col)) if name == "value" else self.header.account.at(row, col)
        return found if found is not None and text_of(found) else None

    def _read_row(self, row: int) -> None:
        """Keep the figure of a row, or tell every one of its cells that cannot be read."""
        cells: dict[str, Cell | None] = {f.name: self._cell(row, f.name) for f in self.header.form.fields}
        if cells["value"] is None and text_of(cells["symbol"]) in _ABSENT:
            self.reading.left_blank += 1
            return
        month = self._try(row, "period", lambda: period_of(cells["period"], self.today))
        unit = self._try(row, "unit", lambda: self.names.unit(cells["unit"], month))
        source = self._try(row, "source", lambda: source_of(cells["source"]))
        area = self._try(row, "area", lambda: self.names.area(cells["area"], unit))
        found = self._try(row, "indicator", lambda: self.names.indicator(cells["indicator"], unit))
        read = self._try(row, "value", lambda: self._value(cells, found[1])) if found else None
        if month and unit and source and area and found and read:
            self._keep(cells["value"], str(month), unit, area.id, found, read, source)

    def _try(self, row: int, name: str, how: Callable[[], T]) -> T | None:
        """What a field says; where it cannot be read, None, and the reason is told at its cell."""
        try:
            return how()
        except Misread as misread:
            self._tell(address(row, self.header.columns.get(name, self.header.columns["value"])), str(misread))
            return None

    def _keep(
        self,
        cell: Cell | None,
        period: str,
        unit: ReportingUnit,
        area: str,
        found: tuple[Form, Column],
        read: Reading,
        source: str,
    ) -> None:
        if cell is None or read.value is None:
            return
        form, column = found
        self.reading.rounded += read.rounded
        self.reading.figures.append(
            ImportedFigure(
                period=period,
                unit=unit.id,
                form=form.code,
                institution=unit.institution,
                area=area,
                indicator=column.code,
                value=read.value,
                source=source,
                file=self.received.name,
                sha256=self.received.sha256,
                sheet=self.sheet.name,
                cell=cell.address,
                raw=str(cell.value),
                changes=read.changes,
            )
        )

    # -------------------------------------------------------------- value

    def _value(self, cells: Mapping[str, Cell | None], column: Column) -> Reading:
        cell, said = cells["value"], text_of(cells["indicator"])
        if cell is None:
            raise Misread("没有写数值。没有发生的填 0；没有统计的，请删去这一行。")
        measure = squeezed(text_of(cells["measure"]))
        if column.is_amount:
            read = self._amount(cell, measure, said)
        elif column.is_count:
            self._agree(measure, column)
            read = read_count(cell, column)
        else:
            self._agree(measure, column)
            read = read_rate(cell, f"{said} {measure}")
        if read.problem and not read.problem.startswith("不是数"):
            raise Misread(f"数值“{shown(cell)}”无法确定：{read.problem}".replace("后重新报送", "后重新补录"))
        if read.value is None:
            raise Misread(f"数值“{shown(cell)}”不是数。没有发生的填 0；没有统计或不适用的，请删去这一行。")
        if read.value < 0 and not column.code.endswith("_mtd") and not column.code.startswith("other_change"):
            raise Misread(f"数值“{shown(cell)}”是负数，“{column.label}”不应为负。请核对。")
        return read

    @staticmethod
    def _agree(measure: str, column: Column) -> None:
        """A unit of measure may be written; then it has to be this indicator's."""
        if measure and not is_of(column, measure):
            raise Misread(
                f"计量单位写的是“{measure[:20]}”，指标“{column.label}”的单位是{column.unit}。请核对指标和单位。"
            )

    def _amount(self, cell: Cell, measure: str, said: str) -> Reading:
        """An amount in the unit of its row, its indicator, the header or the caption; its own words win over these."""
        if measure and measure not in MONEY_UNITS:
            raise Misread(f"计量单位写的是“{measure[:20]}”，这个指标是金额，应为万元或元。请核对指标和单位。")
        brackets = money_within_brackets(said)
        written = measure or (brackets[0] if brackets else "") or self.money
        assumed = not written and self.header.machine_made
        read = read_amount(cell, MONEY_UNITS[written or "元"])
        if read.problem or read.value is None:
            return read
        if not written and not assumed and not read.own_unit and not _names_yuan(cell):
            self.unpriced += 1
        if measure and read.own_unit:
            raise Misread(f"数值“{shown(cell)}”自带的单位与计量单位“{measure}”不一致。请核对，只保留一个。")
        self.reading.assumed_yuan |= assumed and not read.own_unit
        return read


def _names_yuan(cell: Cell) -> bool:
    """Whether a cell itself says 元."""
    return "元" in f"{text_of(cell) if isinstance(cell.value, str) else ''}{cell.format_text}"
