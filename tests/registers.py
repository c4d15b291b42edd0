"""Register workbooks as the office has them: exported, edited by another program as Excel would, and read again."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache

import openpyxl

from pipeline.catalog import Catalog, load_catalog
from pipeline.catalog.register_sheets import Contact
from pipeline.ingest.register_book import RegisterReading, read_register
from pipeline.ingest.workbook import open_grid
from pipeline.render.register_book import register_bytes
from pipeline.render.register_rows import Extension, RegisterBook, TargetTable

CATALOG = load_catalog()
DAY = date(2018, 4, 10)
UNITS, DUTIES, DEADLINES, CONTACTS, TARGETS = "填报单位", "应报报表", "期限", "联系人", "年度任务"
FIRST = 3
"""The row below a sheet's header."""
MONTHLY, IN_TIME, TARGET_MONTH = (
    "月报截止日（次月几日前）",
    "截止日当天送达是否算按时",
    "年度目标任务（T01）随哪个月的月报期限报送",
)
Change = Callable[[openpyxl.Workbook], object]


def written(
    catalog: Catalog = CATALOG,
    contacts: Sequence[Contact] = (),
    extensions: Sequence[Extension] = (),
    targets: TargetTable | None = TargetTable(2018, "安康市金融工作办公室", {}, False),  # noqa: B008 - never changed
    day: date = DAY,
) -> bytes:
    """The workbook of a catalogue, and whatever else is in it."""
    return register_bytes(RegisterBook(catalog, day, contacts, extensions, targets))


def edited(data: bytes, change: Change) -> bytes:
    """The workbook after somebody has edited and saved it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes, catalog: Catalog = CATALOG, name: str = "登记表.xlsx") -> RegisterReading:
    """What a workbook of these bytes holds."""
    return read_register(open_grid(data, name), catalog)


def after(change: Change, catalog: Catalog = CATALOG) -> RegisterReading:
    """What the exported workbook holds after it was edited so."""
    return read(edited(_exported() if catalog is CATALOG else written(catalog), change), catalog)


@cache
def _exported() -> bytes:
    return written()


def told(reading: RegisterReading) -> list[tuple[str, str, str]]:
    """Sheet, cell and message of every problem."""
    return [(problem.sheet, problem.cell, problem.message) for problem in reading.problems]


def row_of(sheet, *words: object) -> int:
    """The first row that begins with these."""
    rows = sheet.iter_rows(min_row=FIRST, max_col=len(words), values_only=True)
    return next(number for number, row in enumerate(rows, start=FIRST) if row == words)
