"""What a cell holds, in words for people: as it stands there, never as a program would print it."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal

from pipeline.ingest.number_format import MONTH_SHOWN, split_scale
from pipeline.model import Cell
from pipeline.money import shortest_decimal


def as_stored(cell: Cell) -> str:
    """The value alone: 5, not 5.0; all digits of an account number; TRUE; 2018-03-31."""
    value = cell.value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _digits(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)


def as_seen(cell: Cell) -> str:
    """The same with what its number format shows beside it: 30.25户, 4.35%, 2018年3月; nothing is rounded away."""
    value = cell.value
    if isinstance(value, date):
        return f"{value.year}年{value.month}月" if cell.format_text == MONTH_SHOWN else as_stored(cell)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return as_stored(cell)
    scale, words = split_scale(cell.format_text)
    number = Decimal(_digits(value)) / scale * (100 if cell.percent else 1)
    exponent = number.normalize().as_tuple().exponent
    places = max(cell.decimals or 0, -exponent if isinstance(exponent, int) else 0)
    return f"{number:.{places}f}{'%' if cell.percent else ''}{words}"


_SHORT = 16
"""So many signs of a double have no more than the digits that are kept of it: nearly all cells, and a shorter way."""


def _digits(value: float) -> str:
    text = str(value)
    if len(text) <= _SHORT and "e" not in text and "n" not in text:
        return text.removesuffix(".0")
    number = shortest_decimal(value)
    return f"{number.normalize():f}" if number.is_finite() else str(value)
