"""What is in force for one period, as plain integers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Key = tuple[str, str, str, str]
"""(reporting unit, institution, area, indicator)."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The reported figures of one period, from submissions in force only.

    `values` holds what has a value, in the indicator's scale (fen, count); no typed totals. Of-which areas may be
    in it and are left out of every sum. `units_in` names the reporting units in force, by form.
    """

    period: str
    values: Mapping[Key, int]
    units_in: Mapping[str, frozenset[str]]
    absent: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Why what (unit, form) owes is not in force, in words, where it is not that nothing came."""
