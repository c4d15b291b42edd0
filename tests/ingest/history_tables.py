"""Tables of form H01 as files, and how they are read."""

from __future__ import annotations

from datetime import date

from pipeline.catalog import load_catalog
from pipeline.ingest.history import HistoryReading, read_history
from pipeline.ingest.workbook import open_grid
from pipeline.model import ImportedFigure, ReceivedFile
from tests.ingest.files import xlsx

CATALOG = load_catalog()
TODAY = date(2017, 2, 11)
HEADER = ["报告期", "填报单位", "县区", "指标", "数值（万元）", "来源"]
ROW = ["2016-12", "农业银行安康分行", "汉滨区", "期末余额/金额", 1234.5, "2016年统计年报"]


def workbook(*rows, header=HEADER, above=()) -> bytes:
    """A table as a workbook; days become date cells."""

    def write(book, sheet):
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for r, row in enumerate([*above, header, *rows]):
            for c, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(r, c, value, day)
                elif isinstance(value, str):
                    sheet.write_string(r, c, value)
                elif value is not None:
                    sheet.write(r, c, value)

    return xlsx(write)


def csv(text: str, encoding: str = "utf-8") -> bytes:
    """A table as text."""
    return text.strip().encode(encoding)


def read(data: bytes, catalog=CATALOG) -> HistoryReading:
    """What a file of these bytes holds, on 2017-02-11."""
    return read_history(open_grid(data, "历史.xlsx"), ReceivedFile("a" * 64, "历史.xlsx", "2017-02-11"), catalog, TODAY)


def told(data: bytes) -> list[tuple[str, str]]:
    """Cell and message of every problem."""
    return [(problem.cell, problem.message) for problem in read(data).problems]


def only(data: bytes) -> ImportedFigure:
    """The one figure of a file without problems."""
    reading = read(data)
    assert reading.problems == []
    (figure,) = reading.figures
    return figure
