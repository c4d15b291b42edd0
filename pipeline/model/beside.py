"""What a file has beside the values of its cells, as far as a copy of it is concerned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Place = tuple[int, int]
"""Row and column, from 0."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without its sign of equality, and the sheets that it names."""

    text: str
    sheets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Beside:
    """Formulas by sheet and place, those that could be told; and what a copy does not have, in words: 「图形2个」."""

    formulas: Mapping[str, Mapping[Place, Formula]] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
