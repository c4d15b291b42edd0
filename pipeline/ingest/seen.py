"""What was recognised in a sheet, header by header and row by row: for whoever has to decide about the rest."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.catalog import Meaning
from pipeline.ingest.nearest import Near


class Part(StrEnum):
    """What a header, or a row label, was taken for."""

    INDICATOR = "indicator"
    UNKNOWN = "unknown"
    DOUBLED = "doubled"
    """It says the same as another one, and what stands in the two differs."""
    ODD_UNIT = "odd_unit"
    """An indicator, but in a unit that is none of its own: it is not read."""
    SPAN = "span"
    """A value column of the upright form: 本月, 期末余额."""
    AREA = "area"
    IGNORED = "ignored"
    """Serial numbers, typed ratios and sums: always reckoned anew."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A header or a row label: where it stands, its words with levels joined by `/`, what they mean."""

    part: Part
    cell: str
    words: str
    places: tuple[str, ...]
    """The cells that are this header and no other's."""
    meanings: tuple[Meaning, ...] = ()
    area: str = ""
    span: str = ""
    key: str = ""
    """Those of its words by which it is known again next month: no date, no unit in a row of its own."""
    units: tuple[str, ...] = ()
    """The units of measure that it states."""
    near: tuple[Near, ...] = ()
    """For an unknown one: which indicators it comes nearest to by name."""


@dataclass(frozen=True, slots=True)
class TableSeen:
    """A table that was read; `shape` is as layouts have it."""

    sheet: str
    form: str
    shape: str
    headers: tuple[Seen, ...]
    rows: tuple[Seen, ...]
    shared: tuple[str, ...] = ()
    """Header cells that stand over several columns."""

    @property
    def unknown(self) -> list[Seen]:
        """What a person has to decide about."""
        return [seen for seen in (*self.headers, *self.rows) if seen.part is Part.UNKNOWN]
