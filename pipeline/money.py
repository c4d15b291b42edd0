"""Exact numbers: amounts are integers of fen inside, and are rounded once, at the edge.

Also the scales of what is not money, so that every observation is one integer:
counts are themselves, rates are millionths of a percentage point.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

FEN_PER_YUAN = 100
FEN_PER_WAN = 1_000_000
YUAN_PER_WAN = FEN_PER_WAN // FEN_PER_YUAN
MICRO_PER_PERCENT = 1_000_000

MONEY_UNITS: dict[str, int] = {
    "元": FEN_PER_YUAN,
    "百元": 100 * FEN_PER_YUAN,
    "千元": 1_000 * FEN_PER_YUAN,
    "万元": FEN_PER_WAN,
    "百万元": 100 * FEN_PER_WAN,
    "千万元": 1_000 * FEN_PER_WAN,
    "亿元": 10_000 * FEN_PER_WAN,
}
"""Units of money that this program reads, in fen."""

LIMIT = 10**15
"""Amounts in fen and counts at or beyond this are not read: far above any city, far below int64."""

_NEARLY = Fraction(1, 1000)
_SURELY_EXACT = 15
"""Digits that a product with any unit of money keeps within the 28 of decimal's context: a shorter way to the same."""


@dataclass(frozen=True, slots=True)
class Exact:
    """An integer read from a decimal, and whether something had to be rounded away (rule A00)."""

    value: int
    rounded: bool


def shortest_decimal(number: float) -> Decimal:
    """The decimal that a stored double stands for: its shortest form to 15 significant digits."""
    return Decimal(f"{number:.15g}")


def to_integer(amount: Decimal, per_unit: int | Fraction) -> Exact:
    """`amount` times `per_unit`, exactly; within 0.001 of an integer it is that integer, else half up."""
    if per_unit.denominator == 1 and len(amount.as_tuple().digits) <= _SURELY_EXACT:
        product = amount * per_unit.numerator
        if product == product.to_integral_value():
            return Exact(int(product), False)
    exact = Fraction(amount) * per_unit
    nearest = round_half_up(exact)
    return Exact(nearest, abs(exact - nearest) > _NEARLY)


def round_half_up(number: Fraction | int, places: int = 0) -> int:
    """Round to `places` decimals, halves away from zero 「四舍五入」; the result counts units of the last place."""
    numerator, denominator = number.numerator * 10**places, number.denominator
    magnitude: int = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if numerator >= 0 else -magnitude


def fixed(number: Fraction | int, places: int) -> str:
    """Decimal text with exactly `places` decimals, rounded half up; never `-0.00`."""
    units = round_half_up(number, places)
    if not places:
        return str(units)
    whole, rest = divmod(abs(units), 10**places)
    return f"{'-' if units < 0 else ''}{whole}.{rest:0{places}d}"


def plain(number: Fraction | int, places: int) -> str:
    """Like `fixed`, without trailing zeros."""
    text = fixed(number, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def yuan(fen: int) -> str:
    """Fen as 元 with two decimals, as the csv files give them."""
    whole, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{'-' if fen < 0 else ''}{whole}.{rest:02d}"


def wan(fen: int) -> str:
    """Fen as 万元 for a sentence: two decimals, or up to six where these would hide something."""
    short = fixed(Fraction(fen, FEN_PER_WAN), 2)
    exact = Fraction(fen, FEN_PER_WAN)
    return short if Fraction(Decimal(short)) == exact else plain(exact, 6)
