"""Words for change: 同比, 环比, 较年初, 百分点, 持平; and why nothing can be said.

Each takes the figure of a change and gives one phrase without a full stop.
"""

from __future__ import annotations

from fractions import Fraction

from pipeline.catalog.annexes import AnnexColumn, Derivation
from pipeline.model import Figure, Symbol
from pipeline.money import fixed, round_half_up
from pipeline.render.numbers import NOT_APPLICABLE, in_printed_unit, show

SAME = "持平"
YEAR_ON_YEAR, MONTH_ON_MONTH, SINCE_YEAR_START = "同比", "环比", "较年初"
NOT_REPORTED = "未报送"
_CHANGE = f"{SINCE_YEAR_START}变化"
_PLACES = 2
_MONTH_BEFORE = {
    Symbol.BASE_MISSING: "上月未统计",
    Symbol.BASE_ZERO: "上月为零，不计算增速",
    Symbol.BASE_NEGATIVE: "上月为负，不计算增速",
}
"""A growth's own words speak of the same month of last year."""


def growth_words(word: str, figure: Figure) -> str:
    """「同比增长12.30%」; `word` is 同比 or 环比."""
    if figure.numerator is None:
        own = _MONTH_BEFORE.get(figure.symbol) if word == MONTH_ON_MONTH and not figure.text else None
        return own or _reason(word, figure, "growth")
    percent = _printed(Fraction(figure.numerator, figure.denominator) * 100)
    return _turned(word, percent, ("增长", "下降"), "%")


def change_words(figure: Figure, unit: str) -> str:
    """「较年初增加12.30万元」; `unit` is what is printed behind the number."""
    if figure.numerator is None:
        return _reason(_CHANGE, figure, "change")
    value = in_printed_unit(Fraction(figure.numerator, figure.denominator), figure.unit)
    return _turned(SINCE_YEAR_START, _printed(value, 0 if figure.unit == "户" else _PLACES), ("增加", "减少"), unit)


def points_words(figure: Figure) -> str:
    """「较年初上升0.12个百分点」."""
    if figure.numerator is None:
        return _reason(_CHANGE, figure, "change")
    return _turned(SINCE_YEAR_START, _points(figure), ("上升", "下降"), "个百分点")


def pace_words(figure: Figure) -> str:
    """「快于序时进度1.20个百分点」."""
    if figure.numerator is None:
        return _reason("与序时进度的差距", figure, "change")
    sign, size = _points(figure)
    return f"{'快于' if sign > 0 else '慢于'}序时进度{size}个百分点" if sign else f"与序时进度{SAME}"


def _points(figure: Figure) -> tuple[int, str]:
    assert figure.numerator is not None
    return _printed(Fraction(figure.numerator, figure.denominator) * 100)


def _printed(value: Fraction, places: int = _PLACES) -> tuple[int, str]:
    """Sign and size at the printed precision; what is printed as zero has no sign."""
    rounded = round_half_up(value, places)
    return (rounded > 0) - (rounded < 0), fixed(abs(value), places)


def _turned(word: str, printed: tuple[int, str], verbs: tuple[str, str], unit: str) -> str:
    sign, size = printed
    return f"{word}{verbs[sign < 0]}{size}{unit}" if sign else f"{word}{SAME}"


def _reason(word: str, figure: Figure, derivation: Derivation) -> str:
    """Why there is no number: mostly the words that the annex prints in its place."""
    if figure.symbol is Symbol.NOT_COMPUTED:
        return f"未报齐，不计算{word}"
    told = show(figure, AnnexColumn(id=figure.name, header=("",), unit="ratio", derivation=derivation)).text
    if told == NOT_APPLICABLE:
        return f"{word}不适用"
    return f"{word}{told}" if figure.text else told or NOT_REPORTED
