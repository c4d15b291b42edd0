"""Figures that a text may quote and the form does not ask for: each worked out from two that it does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from pipeline.money import FEN_PER_WAN, MICRO_PER_PERCENT, fixed, plain, round_half_up, wan, yuan

_ALL = 100 * MICRO_PER_PERCENT
_READABLE = FEN_PER_WAN // 100
NPL_AMOUNT = "npl_amount"
_OWED = "outstanding_amount"
Bounds = tuple[Fraction, Fraction]
"""Between which a figure truly lies."""


class Made(Enum):
    """How a figure is made from two."""

    SHARE = "÷"
    AVERAGE = "每户"
    CHANGE = "－"
    GROWTH = "增长"


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure of the whole unit; `figure` and `base` are the form's."""

    made: Made
    label: str
    figure: str
    base: str

    @property
    def is_percent(self) -> bool:
        """In millionths of a percentage point; otherwise in fen."""
        return self.made in (Made.SHARE, Made.GROWTH)

    @property
    def made_from(self) -> tuple[str, str]:
        """The form's figures."""
        return self.figure, self.base

    @property
    def is_signed(self) -> bool:
        """Whether it may be a fall as well as a rise."""
        return self.made in (Made.CHANGE, Made.GROWTH)

    def value(self, figure: Fraction, base: Fraction) -> Fraction:
        """What these two make."""
        if self.made is Made.CHANGE:
            return figure - base
        if self.made is Made.AVERAGE:
            return figure / base
        return (figure if self.made is Made.SHARE else figure - base) / base * _ALL

    def bounds(self, figure: Bounds, base: Bounds) -> Bounds | None:
        """Between which it truly lies; None where it may have nothing to be measured by."""
        (low, high), (least, most) = figure, base
        if least <= 0 and self.made is not Made.CHANGE:
            return None
        return self.value(low, most), self.value(high, least)

    def words(self, figure: str, base: str, value: Fraction) -> str:
        """How it is worked out: 「1200.00万元÷290户=4.14万元」."""
        said = f"{fixed(value / MICRO_PER_PERCENT, 2)}%" if self.is_percent else f"{wan(_cent(value))}万元"
        sign = "－" if self.made is Made.CHANGE else "÷"
        return f"{figure}{sign}{base}{'－1' if self.made is Made.GROWTH else ''}={said}"

    def machine(self, value: Fraction) -> str:
        """As plain decimal text: percent, or 元 with two decimals."""
        return plain(value / MICRO_PER_PERCENT, 6) if self.is_percent else yuan(round_half_up(value))


def _cent(fen: Fraction) -> int:
    """To 0.01 万元, for reading only."""
    return round_half_up(fen / _READABLE) * _READABLE


_BASES = {
    "year_start": ("较年初", "outstanding_amount_year_start"),
    "last_month": ("较上月末", "outstanding_amount_previous_month"),
    "last_year": ("较上年同期", "outstanding_amount_previous_year"),
}
DERIVED: dict[str, Derived] = {
    "npl_ratio": Derived(Made.SHARE, "不良率", NPL_AMOUNT, _OWED),
    "past_due_ratio": Derived(Made.SHARE, "逾期率", "past_due_amount", _OWED),
    "outstanding_average": Derived(Made.AVERAGE, "户均余额", _OWED, "outstanding_households"),
    "credit_line_average": Derived(Made.AVERAGE, "户均授信", "credit_line_amount", "credit_line_households"),
    **{
        f"outstanding_since_{base}": Derived(Made.CHANGE, f"期末余额{words}增减", _OWED, code)
        for base, (words, code) in _BASES.items()
    },
    **{
        f"outstanding_growth_since_{base}": Derived(Made.GROWTH, f"期末余额{words}增幅", _OWED, code)
        for base, (words, code) in _BASES.items()
    },
}
"""By the name under which it is told."""
