"""Columns beside the figures that say of every row what a caption says of the table: 月份, 金额单位, 银行, 市.

Where they say the same as the statement they say nothing new; where not, it is a finding at the first such cell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipeline.ingest.account import Role
from pipeline.ingest.area_header import AreaTable
from pipeline.ingest.area_labels import AreaLabels, as_label
from pipeline.ingest.area_words import said_of
from pipeline.ingest.heading import packed
from pipeline.ingest.measures import is_measure
from pipeline.ingest.money_words import money_in_caption
from pipeline.ingest.observe import Observer
from pipeline.ingest.period_words import months_alone, months_named, years_named
from pipeline.ingest.quoting import as_seen
from pipeline.model import Cell, address
from pipeline.periods import Month

_RULES = {"period": "F04", "day": "F04", "unit": "F05", "sender": "F03", "city": "F06"}
_CURRENCIES = frozenset({"人民币", "RMB", "CNY"})


def read_said(table: AreaTable, observer: Observer, labels: AreaLabels, rows: Iterable[int]) -> None:
    """Hold what these columns say in the rows of the table against the statement."""
    account, lines = observer.account, set(rows)
    for col in table.said:
        head = table.header.own(col)[-1]
        asked = _Asked(table, observer, labels, said_of(packed(str(head.value))))
        cells = [cell for cell in account.column(col) if cell.row in lines]
        odd = next((cell for cell in cells if asked.against(cell)), None)
        account.mark(cells, Role.FAULT if odd else Role.NOTE)
        if odd:
            asked.tell(head, odd)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What kind of column it is, and the statement that it speaks of."""

    table: AreaTable
    observer: Observer
    labels: AreaLabels
    kind: str

    def against(self, cell: Cell) -> str:
        """What the statement has in place of what a cell says; empty where they agree."""
        text = packed(str(cell.value)).removesuffix(".0")
        if self.kind in ("period", "day"):
            month = self.table.month
            same = month is None or _is_of(cell, text, month, is_filing=self.kind == "day")
            of_year = self.table.words.form.frequency == "year"
            return "" if same or month is None else f"报告期{month.year}年" if of_year else f"报告期{month.label}"
        if self.kind == "city":
            return "" if text in self.labels.parents else "填报单位所在的市"
        if self.kind == "unit" and (text in _CURRENCIES or is_measure(text)):
            money, unit = money_in_caption(text), self.observer.money_unit
            return "" if not money or unit is None or money == [unit] else f"表中写明的金额单位{unit}"
        return "" if self._is_of_sender(cell, text) else "填报单位"

    def _is_of_sender(self, cell: Cell, text: str) -> bool:
        if text in self.labels.branches:
            return True
        area = self.labels.named(as_label(self.observer.account.text(cell.row, self.table.area_col)))
        return area is not None and self.labels.named(text) == area

    def tell(self, head: Cell, odd: Cell) -> None:
        """One finding for the column."""
        letter, words, said = address(0, head.col)[:-1], packed(str(head.value)), as_seen(odd)
        told = (
            f"{letter}列“{words}”写的是“{said}”，与{self.against(odd)}不一致。"
            "请核对是否混入了别的数，改正这一列（或删去）后重新报送。"
        )
        self.observer.faults.add(
            _RULES[self.kind], told, sheet=self.observer.account.sheet.name, cell=odd.address, value=said
        )


def _is_of(cell: Cell, text: str, month: Month, *, is_filing: bool) -> bool:
    """Whether a cell says this month, its year, or a day in it; a column of days may also say when it was filled in."""
    if isinstance(cell.value, date):
        said = Month(cell.value.year, cell.value.month)
        return said == month or (is_filing and said > month)
    if text.isdecimal() and len(text) <= 2:
        return int(text) == month.month
    if text.isdecimal() and len(text) == 4:
        return int(text) == month.year
    named = months_named(text, compact=True)
    if not named and is_filing:
        return True
    others = [month.year == int(year) for year in years_named(text)] + [
        one == month.month for one in months_alone(text)
    ]
    return all(one == month for one in named) and all(others) and bool(named or others)
