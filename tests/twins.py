"""Accessible twins of the invented cities, and one read back sheet by sheet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import Any

import openpyxl

from pipeline.catalog import load_catalog
from pipeline.catalog.catalog import Catalog
from pipeline.model import FigureTable, MeasureTable
from pipeline.render.stamp import Stamp
from pipeline.render.twin import twin_bytes
from pipeline.transform.annexes import annex_tables
from tests.cities import MARCH, large_catalog, large_facts, small_catalog, small_facts
from tests.measures import small_measures

STAMP = Stamp(MARCH, True, True, "虚构市金融工作办公室", 2, 12, "2018-04-10", ("经负责人同意先行发布。",))
GAP = frozenset({"rcb-north"})
"""The small city's month without 北山农商银行: that county's 农商银行 row is blank, its sums lack it."""


def with_measures(catalog: Catalog) -> Catalog:
    """The catalogue with the real annex 1 and the real forms, whose columns have names."""
    real = load_catalog()
    return catalog.model_copy(update={"annexes": {**catalog.annexes, 1: real.annexes[1]}, "forms": real.forms})


CATALOG = with_measures(small_catalog())
MEASURES = small_measures()


@cache
def small_tables(without: frozenset[str] = frozenset()) -> dict[int, FigureTable]:
    """Annexes 2, 3 and 5 of the small city."""
    return annex_tables(MARCH, small_facts(without), small_catalog(), {})


def small_twin(
    without: frozenset[str] = frozenset(),
    measures: MeasureTable | None = MEASURES,
    stamp: Stamp = STAMP,
    notes_on_data: Sequence[str] = (),
    annexes: Sequence[int] = (2, 3, 5),
) -> bytes:
    """The small city's twin."""
    tables = {number: small_tables(without)[number] for number in annexes}
    return twin_bytes(tables, measures, CATALOG, stamp, notes_on_data)


def large_twin(seed: int = 1) -> bytes:
    """Ten counties, twelve banks, figures to the fen."""
    catalog = with_measures(large_catalog())
    return twin_bytes(annex_tables(MARCH, large_facts(seed), catalog, {}), small_measures(), catalog, STAMP)


def opened(data: bytes) -> Any:
    """The workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(data))


def table_of(sheet: Any) -> list[dict[str, Any]]:
    """A sheet's table as rows by header; the lines of a header joined, without the numbers of notes."""
    (table,) = sheet.tables.values()
    header, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    names = ["".join(line for line in name.split("\n") if not line.startswith("[注")) for name in header]
    assert len(set(names)) == len(names)
    return [dict(zip(names, row, strict=True)) for row in rows]


def lines_of(sheet: Any) -> list[str]:
    """What stands in column A above the table, or on a sheet without one."""
    tops = [int(openpyxl.utils.range_boundaries(table.ref)[1]) for table in sheet.tables.values()]
    return [sheet.cell(row, 1).value for row in range(1, min(tops, default=sheet.max_row + 1))]
