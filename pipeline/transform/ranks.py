"""Ranks 「位次」 on exact fractions."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from pipeline.model import Figure, Symbol


def ranks(values: Mapping[str, Fraction]) -> dict[str, int]:
    """Rank by size, largest first; equals share a rank and the next one is skipped (1, 2, 2, 4)."""
    ordered = sorted(values.values(), reverse=True)
    return {key: ordered.index(value) + 1 for key, value in values.items()}


def rank_figures(name: str, ranked: Mapping[str, Figure]) -> dict[str, Figure]:
    """Rank rows by a ratio of theirs; a row whose ratio has a gap gets none, and each says how many take part."""
    taking_part = {
        row: Fraction(figure.numerator, figure.denominator)
        for row, figure in ranked.items()
        if figure.numerator is not None and figure.symbol is Symbol.NONE
    }
    places = ranks(taking_part)
    return {
        row: Figure(name, "rank", places[row], rank_of=len(places))
        if row in places
        else Figure(name, "rank", symbol=_without_rank(figure), rank_of=len(places))
        for row, figure in ranked.items()
    }


def _without_rank(figure: Figure) -> Symbol:
    return Symbol.NOT_COMPUTED if figure.symbol is Symbol.PARTIAL else figure.symbol
