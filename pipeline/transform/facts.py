"""What is in force for one period, as plain integers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.model import ImportedFigure

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
    imported: Mapping[Key, ImportedFigure] = field(default_factory=dict)
    """Figures from before the program which no submission in force has: bases of comparison, never published."""

    @property
    def as_base(self) -> Mapping[Key, int]:
        """What another period is compared with: the reported figures, and imported ones in the place of none."""
        return {**{key: figure.value for key, figure in self.imported.items()}, **self.values}
