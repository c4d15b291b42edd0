"""Words about rates of interest: of a year or of a month, in percent or in ‰; and where they contradict each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from pipeline.ingest.heading import packed

PER_MILLE = frozenset({"‰", "厘"})
_MILLE = re.compile(r"‰|厘|千分|月息")
"""月息 is counted in 厘."""
_PERCENT = re.compile(r"%|百分")
_MONTHLY = re.compile(r"月利率|月息|月加权|月化|[(/,、]月(?:$|[)/,、%‰])")
_YEARLY = re.compile(r"年利率|年息|年化")
_YEARLY_MARK = re.compile(r"[(/,、]年(?:$|[)/,、%‰])")
"""加权平均利率(年): the form's own label, which stays printed where a bank fills in a monthly rate in 厘."""


@dataclass(frozen=True, slots=True)
class RateWords:
    """What one place (a header, a column of units, a cell) says of a rate."""

    monthly: bool = False
    yearly: bool = False
    marked_yearly: bool = False
    percent: bool = False
    mille: bool = False

    @classmethod
    @lru_cache(maxsize=1024)
    def of(cls, text: str) -> RateWords:
        """What a text says."""
        said = packed(text)
        return cls(
            bool(_MONTHLY.search(said)),
            bool(_YEARLY.search(said)),
            bool(_YEARLY_MARK.search(said)),
            bool(_PERCENT.search(said)),
            bool(_MILLE.search(said)),
        )


@dataclass(frozen=True, slots=True)
class Span:
    """By what a number is multiplied to be a rate a year in percent, and how that is told."""

    factor: Fraction
    how: str = ""
    least: Fraction = Fraction(0)
    """A smaller number may be one in percent."""


YEARLY = Span(Fraction(1))
MONTHLY = Span(Fraction(12, 10), "月利率‰×12÷10折年利率%")
MONTHLY_UNSTATED = Span(MONTHLY.factor, MONTHLY.how, Fraction(125, 100))
"""月利率 without ‰ or %: from 1.25 on only ‰ makes sense, as so many percent would be 15 a year and more (rule A14)."""
MONTHLY_PERCENT = Span(Fraction(12), "月利率%×12折年利率%")
_ASKED = "请改填年利率（%）后重新报送。"


def span_of(header: RateWords, unit: RateWords, cell: RateWords) -> Span | str:
    """What a cell's rate is a rate of; a sentence where header, unit of measure and cell do not agree on it."""
    if problem := contradiction(header, unit):
        return problem
    monthly = header.monthly or unit.monthly or cell.monthly
    mille = header.mille or unit.mille or cell.mille
    if header.yearly and (monthly or mille):
        return f"表头写的是年利率，单元格写的却是月息（‰、厘），无法确定是年利率还是月利率。{_ASKED}"
    if header.monthly and header.percent and not mille:
        return MONTHLY_PERCENT
    percent = cell.percent or (unit.percent and not cell.mille and not cell.monthly)
    if (monthly or mille) and percent:
        return (
            f"表头或单元格写的是月息（‰、厘），数字却带百分号，无法确定是年利率还是月利率。{_ASKED}"
            if cell.percent
            else f"指标名称写的是月利率，计量单位却是百分号，无法确定是年利率还是月利率。{_ASKED}"
        )
    if mille:
        return MONTHLY
    return MONTHLY_UNSTATED if monthly else YEARLY


def contradiction(header: RateWords, unit: RateWords) -> str:
    """Why no number under this header and in this unit can be read; empty where one can."""
    mille, monthly = header.mille or unit.mille, header.monthly or unit.monthly
    if header.yearly and (mille or monthly):
        return f"写的是年利率，又写月息（‰、厘），无法确定是年利率还是月利率。{_ASKED}"
    if header.marked_yearly and (header.mille or header.monthly):
        return f"表头既写“年”，又写月息（‰、厘），无法确定是年利率还是月利率。{_ASKED}"
    if header.percent and mille:
        return f"表头既写百分号，又写千分号（‰、厘），无法确定。{_ASKED}"
    return ""
