"""Change against a base: 同比 in percent, 较年初 in the figure's own unit."""

from __future__ import annotations

from pipeline.model import Figure, Symbol
from pipeline.transform.sums import Sum, both


def growth(name: str, current: Sum, base: Sum) -> Figure:
    """Growth 「同比」 as the fraction (current - base) ÷ base; a figure without a number where it means nothing."""
    compared = _compared(current, base)
    if isinstance(compared, Symbol):
        return Figure(name, "ratio", symbol=compared)
    return growth_of(name, *compared)


def growth_of(name: str, current: int, base: int) -> Figure:
    """Growth between two known numbers."""
    if base == 0:
        return Figure(name, "ratio", symbol=Symbol.BASE_ZERO, base=0)
    if base < 0:
        turned = "由负转正" if current > 0 else ""
        return Figure(name, "ratio", symbol=Symbol.BASE_NEGATIVE, base=base, text=turned)
    if current < 0:
        # a fall is never more than 100 %
        return Figure(name, "ratio", symbol=Symbol.BASE_NEGATIVE, base=base, text="由正转负")
    return Figure(name, "ratio", current - base, base, base=base)


def change(name: str, unit: str, current: Sum, base: Sum) -> Figure:
    """Difference 「较年初增减」 in the unit of the sums."""
    compared = _compared(current, base)
    if isinstance(compared, Symbol):
        return Figure(name, unit, symbol=compared)
    return Figure(name, unit, compared[0] - compared[1], base=compared[1])


def matched(figure: Figure, current: Sum, base: Sum) -> Figure | None:
    """The same growth or change over the places present in both periods, where the whole cannot be compared."""
    pair = both(current, base)
    if figure.symbol is not Symbol.NOT_COMPUTED or pair is None:
        return None
    name = f"{figure.name}_matched"
    if figure.unit == "ratio":
        return growth_of(name, *pair)
    return Figure(name, figure.unit, pair[0] - pair[1], base=pair[1])


def _compared(current: Sum, base: Sum) -> tuple[int, int] | Symbol:
    """Both numbers, or why they cannot be compared."""
    if current.value is None:
        return current.symbol
    if base.value is None:
        return Symbol.NOT_COMPUTED if current.gaps else Symbol.BASE_MISSING
    if current.gaps or base.gaps:
        return Symbol.NOT_COMPUTED
    return current.value, base.value
