"""The figures of a release as numbers: where each is published, what stands there, and how it is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from pipeline.catalog import Catalog
from pipeline.catalog.annexes import AnnexColumn
from pipeline.errors import UsageError
from pipeline.jobs import month as months
from pipeline.jobs.compose import stamp_of
from pipeline.jobs.explained import with_explanations
from pipeline.jobs.figure_places import Meant, Place, in_annexes, in_twin, meant
from pipeline.model import Figure, FigurePart, FigureRow, FigureTable, position_of
from pipeline.model.lineage import Lineage
from pipeline.periods import Month
from pipeline.render.stamp import Stamp
from pipeline.render.tables_csv import annex_csv
from pipeline.store.journal import Entry
from pipeline.store.store import Connection
from pipeline.transform.annexes import annex_tables, periods_of
from pipeline.transform.lineage import MATCHED, Annex, indicators_of, lineage

_HOW = (
    "请写成“附件2!M9”（附件和单元格）、“附件1-5 数据表!附件2-1 分机构!C9”（数据表的工作表和单元格），"
    "或者“annex2/counties/shiquan/outstanding_amount”（data/annex2.csv 里的名称）。"
)


@dataclass(frozen=True, slots=True)
class ReleasedFigures:
    """The annexes of a release as numbers, and where these stand."""

    entry: Entry
    seen: months.MonthView
    tables: Mapping[int, FigureTable]
    annexes: Mapping[int, Annex]
    catalog: Catalog
    stamp: Stamp
    as_released: frozenset[int]
    """The annexes that give to the byte the csv that was released: registers or forms may have changed since."""

    @classmethod
    def of(cls, connection: Connection, catalog: Catalog, month: Month, entry: Entry) -> ReleasedFigures:
        """Those of this release, worked out from what was in force at its vintage."""
        seen = months.view(connection, catalog, month, entry.body["vintage"])
        facts = months.facts_about(connection, catalog, seen)
        tables = annex_tables(month, facts, catalog, months.unexplained_by_area(seen), months.units_overridden(seen))
        periods = periods_of(month, facts, catalog)
        stamp = stamp_of(seen, catalog, entry.body, months.submissions_in_force(connection, seen))
        annexes = {number: Annex(catalog.annexes[number], periods) for number in tables}
        tables = with_explanations(tables, seen, catalog)
        body, products = entry.body, entry.body["products"]
        same = {
            number
            for number, table in tables.items()
            if products.get(f"data/annex{number}.csv")
            == sha256(annex_csv(table, annexes[number].layout, body["release"], body["vintage"])).hexdigest()
        }
        return cls(entry, seen, tables, annexes, catalog, stamp, frozenset(same))

    # -------------------------------------------------------------- places

    def places(self) -> Iterator[Place]:
        """Every figure that stands in a cell of an annex."""
        return in_annexes(self.tables, self.catalog, self.stamp)

    def twin_places(self) -> Iterator[Place]:
        """Every figure that stands in a cell of the twin."""
        return in_twin(self.tables, self.catalog, self.stamp)

    def all_figures(self) -> Iterator[Place]:
        """The same, with growth over matched places, which stands in the csv alone."""
        for place in self.places():
            yield place
            matched = replace(place, cell="", figure=f"{place.figure}{MATCHED}")
            if matched.figure in self.row(place).figures:
                yield matched

    def place_of(self, what: str) -> Place:
        """What a person means; see `trace`."""
        asked = meant(what)
        if asked is None or (asked.annex and asked.annex not in self.tables):
            known = "、".join(f"附件{number}" for number in self.tables)
            raise UsageError(f"“{what}”不是可以追溯的成果，可以追溯的有{known}和附件1-5数据表。{_HOW}")
        if asked.name:
            found = (place for place in self.all_figures() if place.name == asked.name)
        elif asked.sheet:
            found = (p for p in self.twin_places() if (p.sheet, p.cell) == (asked.sheet, asked.cell))
        else:
            found = (p for p in self.places() if (p.annex, p.cell) == (asked.annex, asked.cell))
        place = next(found, None)
        if place is None:
            raise UsageError(f"{_nothing_there(what, asked)}{_HOW}")
        return place

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

    def is_made_of(self, place: Place, indicator: str) -> bool:
        """Whether its column is made of this indicator, whoever reports it."""
        return indicator in indicators_of(self.annexes[place.annex], self.column(place))

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


def _nothing_there(what: str, asked: Meant) -> str:
    if asked.name:
        return f"没有名为“{what}”的统计数。"
    where = f"数据表的工作表“{asked.sheet}”" if asked.sheet else f"附件{asked.annex}"
    return f"{where}的“{asked.cell}”{'里没有统计数' if position_of(asked.cell) else '不是单元格'}。"
