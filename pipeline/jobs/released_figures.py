"""The figures of a release as numbers: where each is published, what stands there, and how it is made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.catalog import Catalog
from pipeline.catalog.annexes import AnnexColumn
from pipeline.errors import UsageError
from pipeline.jobs import month as months
from pipeline.jobs.compose import stamp_of
from pipeline.model import Figure, FigurePart, FigureRow, FigureTable, address, position_of
from pipeline.model.lineage import Lineage
from pipeline.periods import Month
from pipeline.render.page import plan
from pipeline.store.journal import Entry
from pipeline.store.store import Connection
from pipeline.transform.annexes import annex_tables, periods_of
from pipeline.transform.lineage import MATCHED, Annex, lineage

_NAMED = re.compile(r"(?:data/)?annex(\d)(?:\.csv)?[!/](\w+)/([\w:-]+)/(\w+)", re.IGNORECASE)
_PRODUCT = re.compile(r"附件\s*(\d)(?: .*?)?(?:\.xlsx)?")
_HOW = (
    "请写成“附件2!M9”（附件和单元格），或者“annex2/counties/shiquan/outstanding_amount”（data/annex2.csv 里的名称）。"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure is published: annex, part, row, column, and its cell in the annex's workbook.

    A growth over matched places has none: it stands in the csv and the twin.
    """

    annex: int
    product: str
    cell: str
    part: str
    row: str
    figure: str

    @property
    def name(self) -> str:
        """As the annex's csv has it: `annex2/counties/shiquan/outstanding_amount`."""
        return f"annex{self.annex}/{self.part}/{self.row}/{self.figure}"


@dataclass(frozen=True, slots=True)
class ReleasedFigures:
    """The annexes of a release as numbers, and where these stand."""

    entry: Entry
    seen: months.MonthView
    tables: Mapping[int, FigureTable]
    annexes: Mapping[int, Annex]
    rows_of: Mapping[int, Mapping[tuple[str, str], int]]

    @classmethod
    def of(cls, connection: Connection, catalog: Catalog, month: Month, entry: Entry) -> ReleasedFigures:
        """Those of this release, worked out from what was in force at its vintage."""
        seen = months.view(connection, catalog, month, entry.body["vintage"])
        facts = months.facts_about(connection, catalog, seen)
        tables = annex_tables(month, facts, catalog, months.unexplained_by_area(seen), months.units_overridden(seen))
        periods = periods_of(month, facts, catalog)
        stamp = stamp_of(seen, catalog, entry.body, months.submissions_in_force(connection, seen))
        layouts = {number: catalog.annexes[number] for number in tables}
        return cls(
            entry,
            seen,
            tables,
            {number: Annex(layout, periods) for number, layout in layouts.items()},
            {number: plan(tables[number], layout, stamp).row_of for number, layout in layouts.items()},
        )

    # -------------------------------------------------------------- places

    def places(self) -> Iterator[Place]:
        """Every figure that stands in a cell of an annex."""
        for number, table in self.tables.items():
            layout = self.annexes[number].layout
            for part in table.parts:
                for row in part.rows:
                    for col, column in enumerate(layout.columns):
                        if column.id in row.figures:
                            cell = address(self.rows_of[number][part.id, row.id], col)
                            yield Place(number, f"{layout.file_name}.xlsx", cell, part.id, row.id, column.id)

    def all_figures(self) -> Iterator[Place]:
        """The same, with growth over matched places, which stands in the csv and the twin alone."""
        for place in self.places():
            yield place
            matched = replace(place, cell="", figure=f"{place.figure}{MATCHED}")
            if matched.figure in self.row(place).figures:
                yield matched

    def place_of(self, what: str) -> Place:
        """What a person means; see `run`."""
        if named := _NAMED.fullmatch(what.strip()):
            return self._named(what, int(named[1]), named[2], named[3], named[4])
        product, _, cell = what.strip().rpartition("!")
        found = _PRODUCT.fullmatch(product.strip().strip("'"))
        if found is None or int(found[1]) not in self.tables:
            known = "、".join(f"附件{number}" for number in self.tables)
            raise UsageError(f"“{what}”不是可以追溯的成果，可以追溯的有{known}。{_HOW}")
        cell = cell.strip().replace("$", "").upper()
        for place in self.places():
            if (place.annex, place.cell) == (int(found[1]), cell):
                return place
        told = "里没有统计数" if position_of(cell) else "不是单元格"
        raise UsageError(f"附件{found[1]}的“{cell}”{told}。{_HOW}")

    def _named(self, what: str, number: int, part: str, row: str, figure: str) -> Place:
        own = [place for place in self.places() if place.annex == number]
        at = (part, row, figure.removesuffix(MATCHED))
        for place in own:
            if (place.part, place.row, place.figure) == at:
                found = replace(place, figure=figure, cell="" if figure.endswith(MATCHED) else place.cell)
                if figure in self.row(found).figures:
                    return found
        raise UsageError(f"没有名为“{what}”的统计数。{_HOW}")

    # -------------------------------------------------------------- what stands there

    def part(self, place: Place) -> FigurePart:
        """The block of rows."""
        return next(part for part in self.tables[place.annex].parts if part.id == place.part)

    def row(self, place: Place) -> FigureRow:
        """The row."""
        return next(row for row in self.part(place).rows if row.id == place.row)

    def figure(self, place: Place) -> Figure:
        """What is published there."""
        return self.row(place).figures[place.figure]

    def column(self, place: Place) -> AnnexColumn:
        """Its column; that of the whole for a growth over matched places."""
        return self.annexes[place.annex].columns[place.figure.removesuffix(MATCHED)]

    def lineage_of(self, place: Place) -> Lineage | None:
        """How it is made; None where words or a blank are printed."""
        if self.figure(place).numerator is None:
            return None
        ranked = [
            row.id
            for row in self.part(place).rows
            if self.column(place).derivation == "rank" and row.figures[place.figure].numerator is not None
        ]
        return lineage(self.annexes[place.annex], place.part, place.row, place.figure, ranked)
