"""Cells that are understood become observations; what is not understood becomes a finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.catalog.forms import Column
from pipeline.ingest.account import Account, Role
from pipeline.ingest.faults import Faults
from pipeline.ingest.heading import is_figure, packed
from pipeline.ingest.money_words import money_in_brackets
from pipeline.ingest.quantities import Reading
from pipeline.ingest.quoting import as_seen, as_stored
from pipeline.ingest.rate_words import RateWords, contradiction
from pipeline.ingest.values import read_amount, read_count, read_rate, read_text
from pipeline.model import Cell, CellKind, Merge, Observation, Symbol, address
from pipeline.money import FEN_PER_WAN, FEN_PER_YUAN, MONEY_UNITS

TOTAL_AREA = "total"
"""Stands for the area of a typed total 「合计」."""

FORMULA = "="
"""Stands for what is stored in a cell whose formula nobody has calculated."""

_HANDFUL = 10
"""So many amounts above zero that are all whole, or all end in a nought, are rounded there."""
_FEW_IN, _MANY_IN = 5, 4
"""One amount in so many may be left unrounded by a formula, if one in so many of the others ends where they all do."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where one indicator is read: which column of the form, for which institution, under which words."""

    column: Column
    institution: str
    header: str
    respelt: str = ""
    """The words without a registered slip of the pen, where they were read so."""

    @property
    def label(self) -> str:
        """What to call this indicator in a message."""
        return self.header if self.column.by_institution else self.column.label

    def place(self, item: int) -> str:
        """The indicator as findings name it: `target_amount@rcb`, `project_total_amount#2` where one code is many."""
        if self.column.by_institution and self.institution:
            return f"{self.column.code}@{self.institution}"
        return f"{self.column.code}#{item}" if item else self.column.code

    @property
    def money_unit(self) -> str | None:
        """The unit of money that the words themselves give; None where they give none, or more than one."""
        named = money_in_brackets(self.header)
        return named[0] if len(named) == 1 and named[0] in MONEY_UNITS else None


@dataclass(frozen=True, slots=True)
class OwnMoney:
    """The unit of money that a header or a row states itself, and a cell where it does."""

    unit: str
    cell: str


@dataclass(frozen=True, slots=True)
class RatesRead:
    """How the words over or beside rates say that they are to be read."""

    label: str
    monthly: bool
    percent: bool


def _rounded_to(places: Sequence[int], unit: int) -> int:
    """The finest of these places; or the first decimal one of this unit at which many end, if hardly any is finer."""
    among = sorted(places)
    usual = among[len(among) // _FEW_IN]
    finer = among.index(usual)
    is_usual = usual < unit and among.count(usual) * _MANY_IN >= len(among) - finer
    return usual if is_usual else among[0]


def _rounded_in_wan(amounts: Sequence[int]) -> int:
    """The decimal place of 万元, in fen, at which amounts in 元 all end; one 元 where there is none.

    Where all are whole 万元, these may be the loans as they are made, and exact.
    """
    places = [FEN_PER_WAN // 10**decimals for decimals in range(5)]
    finest = next(place for place in places if place == FEN_PER_YUAN or not any(amount % place for amount in amounts))
    return FEN_PER_YUAN if finest == FEN_PER_WAN else finest


def _states(text: str, unit: str) -> bool:
    return unit in text or unit in money_in_brackets(text)


class Observer:
    """Reads the cells of one table; keeps the observations, the place that amounts are rounded to, and the faults."""

    def __init__(self, account: Account, faults: Faults, money_unit: str | None, *, header: range = range(0)) -> None:
        self.account = account
        self.faults = faults
        self.money_unit = money_unit
        self.header = header
        """The rows of the table's header."""
        self.item_header = range(0)
        """The same of a list of items in it."""
        self.observations: list[Observation] = []
        self.money_unit_missing = ""
        """The first amount for which no unit was found."""
        self.own_money: dict[str, OwnMoney] = {}
        """Header or row label → what it states itself."""
        self.caption_counts = False
        """Some amount was read in the caption's unit."""
        self.rates_read: dict[str, RatesRead] = {}
        """Header or row label → how the rates under it were read."""
        self._contradicted: set[str] = set()
        self._places: dict[str, list[Reading]] = {}

    @property
    def step(self) -> int:
        """The finest place, in fen, that amounts are rounded to, of those in the unit of money that most of them have.

        An amount that alone is given in another unit (贴息 in 元 beside 万元) says nothing of how the others were
        rounded. Nor does a format that shows more places than any of the amounts fills (12.34 as 12.3400): noughts in
        all of them are no precision. The format counts where noughts may be nature: in a handful of amounts, and
        where all are whole, as loans are made in whole 万元. Amounts in 元 that all end at the same decimal place of
        万元 (1,286,900 beside 54,100) were rounded in 万元 and multiplied. A few amounts that a formula left unrounded
        beside many that end at one place of decimals (16.6375 beside 12.34) are no rounding of the others either.
        """
        most = max(self._places, key=lambda unit: len(self._places[unit]), default=None)
        if most is None:
            return 1
        filled = [reading.digit_fen for reading in self._places[most] if reading.digit_fen]
        shown = [reading.step_fen for reading in self._places[most] if reading.step_fen]
        are_whole = all(reading.is_whole for reading in self._places[most])
        if most == "元" and are_whole and len(filled) >= _HANDFUL:
            return max(min(shown), _rounded_in_wan([reading.value for reading in self._places[most] if reading.value]))
        if are_whole or len(filled) < _HANDFUL:
            return min(shown)
        return _rounded_to(filled, MONEY_UNITS.get(most, 0))

    def observe(
        self, row: int, col: int, slot: Slot, area: str, institution: str, item: int = 0, unit: str = ""
    ) -> None:
        """Read the cell at this place as `slot` for `area`; a blank cell is an observation that is missing."""
        cell = self.account.sheet.cells.get((row, col))
        total = area == TOTAL_AREA
        if cell is None or (total and self._waits_for_calculation(cell)):
            if not total:
                self.keep(
                    slot,
                    area,
                    institution,
                    item,
                    self.account.sheet.place(row, col),
                    Reading(None, symbol=Symbol.MISSING),
                    "",
                )
            return
        if slot.column.is_amount and self._contradicts(cell, slot, unit):
            self.account.mark([cell], Role.FAULT)
            unread = Reading(None, symbol=Symbol.MISSING)
            self.keep(slot, area, institution, item, cell.address, unread, as_stored(cell), total=total)
            return
        if slot.column.is_rate and (why := contradiction(RateWords.of(slot.header), RateWords.of(unit))):
            self._refuse_rates(cell, slot, area, institution, item, why)
            return
        reading = self._read(cell, slot, unit)
        header = self.item_header if item else self.header
        merged = "" if slot.column.is_text else merged_over(self.account, row, col, header)
        if merged and not reading.problem:
            reading = Reading(None, problem=merged)
        if reading.problem:
            self.refuse(cell, slot, area, institution, item, reading.problem)
            return
        if slot.column.is_rate and reading.value is not None:
            self._keep_rates(slot, unit)
        if reading.rounded:
            self._note_rounding(cell, slot, area, item)
        if reading.step_fen is not None and not reading.own_unit:
            self._places.setdefault(self._money(cell, slot, unit) or "", []).append(reading)
        self.account.mark([cell], Role.TOTAL if total else Role.USED)
        # What stands for a blank (null, a quote alone) is owed like one: only what could not be read keeps its words.
        raw = "" if reading.symbol is Symbol.MISSING else as_stored(cell)
        self.keep(slot, area, institution, item, cell.address, reading, raw, total=total)

    def _waits_for_calculation(self, cell: Cell) -> bool:
        """Whether a total is our own formula, and no program has opened the form since it was filled in."""
        waits = self.account.handed_out and cell.formula and cell.kind is CellKind.UNCALCULATED
        self.account.mark([cell] if waits else [], Role.NOT_CALCULATED)
        return waits

    def _money(self, cell: Cell, slot: Slot, unit: str) -> str | None:
        own = unit or slot.money_unit
        if own and slot.header not in self.own_money:
            self.own_money[slot.header] = OwnMoney(own, self._where_said(own, cell).address)
        self.caption_counts |= not own and not slot.column.repeatable  # a list below may have no unit of its own
        return own or self.money_unit

    def _where_said(self, unit: str, amount: Cell) -> Cell:
        """The cell of the header or of the row that states an amount's unit, or else the amount itself."""
        heads = [self.account.at(row, amount.col) for row in reversed(self.header)]
        beside = [cell for cell in self.account.row(amount.row) if cell.col < amount.col]
        return next((cell for cell in [*heads, *beside] if cell and _states(packed(str(cell.value)), unit)), amount)

    def _contradicts(self, cell: Cell, slot: Slot, unit: str) -> bool:
        """Whether a column or row states several units of money, or one that is not read: told once, not read."""
        named = list(dict.fromkeys([*money_in_brackets(slot.header), *([unit] if unit else [])]))
        if len(named) < 2 and all(name in MONEY_UNITS for name in named):
            return False
        if slot.header not in self._contradicted:
            self._contradicted.add(slot.header)
            written = "、".join(named)
            self.faults.add(
                "F05",
                f"“{slot.label}”的金额单位写作“{written}”，无法确定，没有读入。请只写一种（万元或元）后重新报送。",
                sheet=self.account.sheet.name,
                cell=cell.address,
                value=written,
                indicator=slot.place(0),
            )
        return True

    def _keep_rates(self, slot: Slot, unit: str) -> None:
        own = RateWords.of(f"{slot.header} {unit}")
        monthly = own.monthly or own.mille
        self.rates_read.setdefault(slot.header, RatesRead(slot.label, monthly, own.percent))

    def _refuse_rates(self, cell: Cell, slot: Slot, area: str, institution: str, item: int, why: str) -> None:
        """Rates under words that contradict each other: told once, none is read."""
        if slot.header not in self._contradicted:
            self._contradicted.add(slot.header)
            self.refuse(cell, slot, area, institution, item, why)
        else:
            self.leave(cell.row, (cell.col,), slot, area, institution)

    def _read(self, cell: Cell, slot: Slot, unit: str) -> Reading:
        column = slot.column
        if column.is_amount:
            money = self._money(cell, slot, unit)
            if money is None:
                self.money_unit_missing = self.money_unit_missing or cell.address
                money = "万元"
            return read_amount(cell, MONEY_UNITS[money])
        if column.is_count:
            return read_count(cell, column)
        if column.is_rate:
            return read_rate(cell, slot.header, unit)
        return read_text(cell)

    def keep(
        self,
        slot: Slot,
        area: str,
        institution: str,
        item: int,
        cell: str,
        reading: Reading,
        raw: str,
        *,
        total: bool = False,
    ) -> None:
        """Keep what was read as an observation."""
        observation = Observation(
            indicator=slot.column.code,
            area=area,
            institution=slot.institution or institution,
            value=reading.value,
            sheet=self.account.sheet.name,
            cell=cell,
            text=reading.text,
            symbol=reading.symbol,
            item=item,
            total=total,
            raw=raw,
            changes=reading.changes,
        )
        self.observations.append(observation)

    def leave(
        self, row: int, cols: Sequence[int], slot: Slot, area: str, institution: str, raw: str | None = None
    ) -> None:
        """Keep the first of these places as not read, though not as blank: a finding about whole columns says why.

        `raw`: what is known of what was meant to stand there, if that is not what does.
        """
        cells = [cell for col in cols if (cell := self.account.sheet.cells.get((row, col)))]
        self.account.mark(cells, Role.FAULT)
        unread, place = Reading(None, symbol=Symbol.MISSING), self.account.sheet.place(row, cols[0])
        stored = as_stored(cells[0]) if cells else ""
        self.keep(slot, area, institution, 0, place, unread, stored if raw is None else raw, total=area == TOTAL_AREA)

    def refuse(self, cell: Cell, slot: Slot, area: str, institution: str, item: int, problem: str) -> None:
        """Tell it, and keep the place as not read but not blank: what was stored there is in `raw`."""
        self.account.mark([cell], Role.FAULT)
        unread = Reading(None, symbol=Symbol.MISSING)
        stored = as_stored(cell) or (FORMULA if cell.formula else "")
        self.keep(slot, area, institution, item, cell.address, unread, stored, total=area == TOTAL_AREA)
        quoted = "" if slot.column.is_text else as_seen(cell)  # words may name persons
        self.faults.add(
            "F07",
            f"“{slot.label}”的内容{f'“{quoted[:40]}”' if quoted else ''}无法确定读法：{problem}",
            sheet=self.account.sheet.name,
            cell=cell.address,
            value=quoted[:80],
            area=area,
            indicator=slot.place(item),
        )

    def _note_rounding(self, cell: Cell, slot: Slot, area: str, item: int) -> None:
        self.faults.add(
            "A00",
            f"“{slot.label}”的存储值{as_stored(cell)}不是整分，已四舍五入到分。如系计算所得，请在表中先行取整。",
            sheet=self.account.sheet.name,
            cell=cell.address,
            value=as_stored(cell),
            area=area,
            indicator=slot.place(item),
        )


def merged_over(account: Account, row: int, col: int, header: range) -> str:
    """Why a figure in a merged range is nobody's: covered, or covering rows or columns that its header does not."""
    merge = account.merge_at(row, col)
    if merge is None:
        return ""
    ends = f"{address(merge.top, merge.left)}:{address(merge.bottom, merge.right)}"
    if (row, col) != (merge.top, merge.left):
        return f"被合并单元格{ends}遮住，表上看不见。请取消合并、核对后重新报送。"
    if merge.top == merge.bottom and _is_one_column(account, merge, header):
        return ""
    return f"合并单元格{ends}跨了几行或几栏，无法确定属于哪一个。请取消合并、逐格填写后重新报送。"


def _is_one_column(account: Account, columns: Merge, header: range) -> bool:
    """Whether one cell of the header's lowest words is merged over all these columns: a group's heading is not."""
    over = [m for m in account.sheet.merged if m.top in header and m.left <= columns.left and m.right >= columns.right]
    lowest = max((m.bottom for m in over), default=header.stop)
    words = (account.sheet.cells.get((row, col)) for row in header if row > lowest
             for col in range(columns.left, columns.right + 1))  # fmt: skip
    return bool(over) and not any(cell and not is_figure(cell) for cell in words)
