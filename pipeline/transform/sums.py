"""Sums that know what is missing in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from pipeline.model import Symbol


class Place(NamedTuple):
    """Where a figure is owed: by which unit, for which institution (empty: for none), about which county."""

    unit: str
    institution: str
    area: str


class Sum(NamedTuple):
    """A total, the parts it is made of and the places that owe a part and have none."""

    parts: Mapping[Place, int]
    gaps: frozenset[Place]

    @property
    def value(self) -> int | None:
        """The total of what is there; None where nothing is."""
        return sum(self.parts.values()) if self.parts else None

    @property
    def complete(self) -> bool:
        """Something is there and nothing is missing."""
        return bool(self.parts) and not self.gaps

    @property
    def symbol(self) -> Symbol:
        """What stands beside the value, or instead of it."""
        if self.parts:
            return Symbol.PARTIAL if self.gaps else Symbol.NONE
        return Symbol.MISSING if self.gaps else Symbol.NOT_APPLICABLE

    @property
    def coverage(self) -> tuple[int, int]:
        """Reporting units whose part is there in full, and all that owe one."""
        lacking = {place.unit for place in self.gaps}
        units = {place.unit for place in self.parts} | lacking
        return len(units - lacking), len(units)


def add(places: Iterable[Place], indicators: Collection[str], cells: Mapping[tuple[Place, str], int]) -> Sum:
    """Add up one or more indicators over these places; a place counts only if it has all of them."""
    parts: dict[Place, int] = {}
    gaps: set[Place] = set()
    for place in places:
        values = [cells.get((place, indicator)) for indicator in indicators]
        present = [value for value in values if value is not None]
        if len(present) == len(values):
            parts[place] = sum(present)
        else:
            gaps.add(place)
    return Sum(parts, frozenset(gaps))


def both(one: Sum, other: Sum) -> tuple[int, int] | None:
    """Two totals over the places that have a part in both; None where there is no such place."""
    shared = one.parts.keys() & other.parts.keys()
    if not shared:
        return None
    return sum(one.parts[place] for place in shared), sum(other.parts[place] for place in shared)
