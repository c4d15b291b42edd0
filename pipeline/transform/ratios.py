"""Ratios of sums, never of ratios; kept as numerator and denominator."""

from __future__ import annotations

from pipeline.model import Figure, Symbol
from pipeline.transform.sums import Sum


def ratio(name: str, numerator: Sum, denominator: Sum, *, same_form: bool) -> Figure:
    """One sum over another.

    Where something is missing the ratio stands, marked as partial, only if both sums come from the same form and
    lack the same places; otherwise one side would speak for more counties than the other.
    """
    if numerator.value is None or denominator.value is None:
        lacking = numerator if numerator.value is None else denominator
        return Figure(name, "ratio", symbol=lacking.symbol)
    if numerator.gaps != denominator.gaps or (numerator.gaps and not same_form):
        return Figure(name, "ratio", symbol=Symbol.NOT_COMPUTED)
    if denominator.value == 0:
        return Figure(name, "ratio", symbol=Symbol.NOT_APPLICABLE)
    symbol = Symbol.PARTIAL if numerator.gaps else Symbol.NONE
    return Figure(name, "ratio", numerator.value, denominator.value, symbol=symbol)
