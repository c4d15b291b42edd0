"""Words that several layouts share: what stands in which column of the bank statement, and how figures are typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pipeline.money import FEN_PER_WAN, FEN_PER_YUAN, MICRO_PER_PERCENT, fixed
from pipeline.periods import Month
from tests.generator.city import Statement
from tests.generator.intake import PHONE
from tests.generator.places import unit_name
from tests.generator.statements import COUNTS, RATE


@dataclass(frozen=True, slots=True)
class Colophon:
    """Who signs a form, and the day that stands on it."""

    head: str
    clerk: str
    signed: date

    @property
    def day(self) -> str:
        """「2018年4月4日」."""
        return f"{self.signed.year}年{self.signed.month}月{self.signed.day}日"

    @property
    def words(self) -> tuple[str, str, str, str]:
        """The footer's four phrases."""
        return (f"单位负责人：{self.head}", f"填表人：{self.clerk}", f"联系电话：{PHONE}", f"报出日期：{self.day}")


@dataclass(frozen=True, slots=True)
class CityReport:
    """What a bank says of all counties in one file; remarks are by county."""

    unit: str
    month: Month
    statement: Statement
    total: Mapping[str, int]
    remarks: Mapping[str, str]
    colophon: Colophon

    @property
    def title(self) -> str:
        """The line above the table."""
        return f"{unit_name(self.unit, self.month)}金融扶贫小额贷款统计表（{self.month.label}）"

    def figures(self, area: str) -> dict[str, int]:
        """The figures of one county or of-which area, by indicator."""
        return {code: value for (where, code), value in self.statement.items() if where == area}


def in_wan(indicator: str, value: int) -> float:
    """What is typed into a form in 万元, with counts as they are and rates in percent."""
    if indicator in COUNTS:
        return value
    return float(fixed(Fraction(value, MICRO_PER_PERCENT if indicator == RATE else FEN_PER_WAN), 2))


def in_yuan(indicator: str, value: int) -> float:
    """The same with amounts in 元."""
    if indicator in COUNTS or indicator == RATE:
        return in_wan(indicator, value)
    return float(fixed(Fraction(value, FEN_PER_YUAN), 2))


def exported(indicator: str, value: int) -> str:
    """What an export writes: amounts in 元 with two decimals, thousands separated; rates with four decimals."""
    if indicator == RATE:
        return fixed(Fraction(value, MICRO_PER_PERCENT), 4)
    if indicator in COUNTS:
        return f"{value:,}"
    whole, _, fen = fixed(Fraction(value, FEN_PER_YUAN), 2).partition(".")
    return f"{int(whole):,}.{fen}"
