"""Imported figures that cannot be in the unit in which they were read: rates typed under 万元, yuan typed as 万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from pipeline.catalog import Catalog
from pipeline.errors import PolicyUndefined
from pipeline.model import ImportedFigure
from pipeline.money import FEN_PER_WAN, FEN_PER_YUAN, MICRO_PER_PERCENT, fixed
from pipeline.periods import Month


def implausible(figures: Sequence[ImportedFigure], catalog: Catalog) -> Iterator[tuple[ImportedFigure, str]]:
    """Figures that are surely in another unit, each with what to tell; by the limits in force in their own months."""
    households = {
        _where(figure, figure.indicator): figure.value for figure in figures if "_households" in figure.indicator
    }
    for figure in figures:
        column = catalog.forms[figure.form].by_code[figure.indicator]
        if column.is_rate:
            told = _rate(figure, column.label, catalog)
        elif column.is_amount:
            counted = figure.indicator.replace("_amount", "_households")
            told = _amount(figure, column.label, households.get(_where(figure, counted), 0), catalog)
        else:
            continue
        if told:
            yield figure, told


def _where(figure: ImportedFigure, indicator: str) -> tuple[str, ...]:
    return figure.period, figure.unit, figure.form, figure.institution, figure.area, indicator


def _rate(figure: ImportedFigure, label: str, catalog: Catalog) -> str:
    """Outside the range of A14; a zero beside no lending says nothing."""
    low, high = (_limit(name, figure, catalog) for name in ("rate_lower_percent", "rate_upper_percent"))
    if not figure.value or low is None or high is None:
        return ""
    if low * MICRO_PER_PERCENT <= figure.value <= high * MICRO_PER_PERCENT:
        return ""
    rate = fixed(Fraction(figure.value, MICRO_PER_PERCENT), 4)
    return (
        f"“{label}”读作{rate}%，不在{fixed(low, 1)}%至{fixed(high, 1)}%之间。"
        "利率请按年利率（%）填写，如 4.35，不要填金额、小数或月利率。请改正后重新补录。"
    )


def _amount(figure: ImportedFigure, label: str, households: int, catalog: Catalog) -> str:
    """So many times the cap of a household above it, as A13 has it, where the file has the households too."""
    cap, factor, least = (
        _limit(name, figure, catalog) for name in ("loan_cap_household", "unit_slip_factor", "unit_slip_min_households")
    )
    if cap is None or factor is None or least is None or not households or households < least:
        return ""
    if figure.value <= cap * FEN_PER_YUAN * factor * households:
        return ""
    average = fixed(Fraction(figure.value, households * FEN_PER_WAN), 2)
    return (
        f"“{label}”读作{fixed(Fraction(figure.value, FEN_PER_WAN), 2)}万元，同期{households}户，户均{average}万元，"
        f"高于每户上限的{int(factor)}倍：单位疑似填错（元／万元）。请核对金额单位，改正后重新补录。"
    )


def _limit(name: str, figure: ImportedFigure, catalog: Catalog) -> Fraction | None:
    """A limit of policy; None for months of which it says nothing: then nothing is held against it."""
    try:
        value: Any = catalog.policy.value(name, Month.parse(figure.period))
    except PolicyUndefined:
        return None
    return Fraction(str(value))
