"""Where each figure of a release is published: its cell in an annex, in the twin, its name in the csv."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.catalog import Catalog
from pipeline.model import FigureTable, address
from pipeline.render.page import plan
from pipeline.render.stamp import Stamp
from pipeline.render.twin import FILE_NAME
from pipeline.render.twin_content import Notes
from pipeline.render.twin_tables import figure_columns, figure_sheets

_NAMED = re.compile(r"(?:data/)?annex(\d)(?:\.csv)?[!/](\w+)/([\w:-]+)/(\w+)", re.IGNORECASE)
_ANNEX = re.compile(r"附件\s*(\d)(?: .*?)?(?:\.xlsx)?")
_TWIN = re.compile(r"附件1-5(?: .*?)?(?:\.xlsx)?")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure is published: annex, part, row, column, and its cell in a workbook.

    A growth over matched places has no cell: it stands in the csv alone.
    """

    annex: int
    product: str
    cell: str
    part: str
    row: str
    figure: str
    sheet: str = ""
    """Of the twin, which has several."""

    @property
    def name(self) -> str:
        """As the annex's csv has it: `annex2/counties/shiquan/outstanding_amount`."""
        return f"annex{self.annex}/{self.part}/{self.row}/{self.figure}"


@dataclass(frozen=True, slots=True)
class Meant:
    """What a person asks about: a cell of an annex or of a sheet of the twin, or a figure by its name."""

    annex: int = 0
    sheet: str = ""
    cell: str = ""
    name: str = ""


def meant(what: str) -> Meant | None:
    """Read `附件2!M9`, `附件1-5 数据表!附件2-1 分机构!M9` or `annex2/counties/shiquan/outstanding_amount`."""
    if named := _NAMED.fullmatch(what.strip()):
        return Meant(int(named[1]), name="/".join([f"annex{named[1]}", *named.groups()[1:]]))
    product, *sheet, cell = (part.strip().strip("'") for part in ("!" + what).rsplit("!", 2))
    cell = cell.replace("$", "").upper()
    if sheet and _TWIN.fullmatch(product.lstrip("!")):
        return Meant(sheet=sheet[0], cell=cell)
    found = _ANNEX.fullmatch(sheet[0] if sheet else "")
    return Meant(int(found[1]), cell=cell) if found else None


def in_annexes(tables: Mapping[int, FigureTable], catalog: Catalog, stamp: Stamp) -> Iterator[Place]:
    """Every figure that stands in a cell of an annex."""
    for number, table in tables.items():
        layout = catalog.annexes[number]
        row_of = plan(table, layout, stamp).row_of
        for part in table.parts:
            for row in part.rows:
                for col, column in enumerate(layout.columns):
                    if column.id in row.figures:
                        cell = address(row_of[part.id, row.id], col)
                        yield Place(number, f"{layout.file_name}.xlsx", cell, part.id, row.id, column.id)


def in_twin(tables: Mapping[int, FigureTable], catalog: Catalog, stamp: Stamp) -> Iterator[Place]:
    """The same of the accessible twin."""
    for number, table in tables.items():
        layout = catalog.annexes[number]
        sheets = figure_sheets(table, layout, catalog, stamp, Notes())
        for part, sheet in zip(table.parts, sheets, strict=True):
            for line, row in enumerate(part.rows, start=sheet.first_row):
                for col, column in enumerate(figure_columns(layout), start=1):
                    yield Place(number, FILE_NAME, address(line, col), part.id, row.id, column.id, sheet.name)
