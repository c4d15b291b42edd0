"""Blank forms filled in as a bank would: what stands in its own file is copied cell by cell, by labels and order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import xlrd
from docx import Document

from pipeline.ingest.reading import read_file
from pipeline.ingest.workbook import open_grid
from pipeline.model import ReceivedFile

SAME = "与上月相同"


def filled(own: Path, blank: Path, out: Path) -> Path:
    """The blank form with what the unit's own file says, saved by openpyxl."""
    book = openpyxl.load_workbook(blank)
    sheet, rows = book.worksheets[0], _rows(own)
    if "措施" in own.name:
        _fill_words(sheet, rows)
    elif any(row and row[0] == "指标名称" for row in rows):
        _fill_upright(sheet, rows)
    else:
        _fill_areas(sheet, rows)
    out.parent.mkdir(parents=True, exist_ok=True)
    book.save(out)
    return out


def _rows(path: Path) -> list[list]:
    if path.suffix == ".xls":
        sheet = xlrd.open_workbook(path).sheet_by_index(0)
        return [sheet.row_values(number) for number in range(sheet.nrows)]
    if path.suffix == ".docx":
        document = Document(path)
        rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
        return [*rows, *([line.text] for line in document.paragraphs)]
    return [list(row) for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True)]


def _number(value: object) -> object:
    """An export has its figures as text."""
    text = str(value).replace(",", "")
    return float(text) if isinstance(value, str) and text.replace(".", "").replace("-", "").isdigit() else value


def _label(row: list) -> str:
    return str(row[0] or "").replace("其中：", "").strip()


def _put(cell, value: object) -> None:
    """Only where nothing stands: what is filled in beforehand is locked."""
    if cell.value is None and value not in (None, ""):
        cell.value = value


def _fill_areas(sheet, rows: list[list]) -> None:
    said = {_label(row): row for row in rows if _label(row) and len(row) > 5 and row[5] not in (None, "")}
    for line in sheet.iter_rows():
        own = said.get(_label([line[0].value]))
        if own and _label(own) not in ("合计", "甲", "县(区)", "区县"):
            for cell, value in zip(line[1:], own[1:], strict=False):
                _put(cell, _number(value))


def _fill_upright(sheet, rows: list[list]) -> None:
    start = next(at for at, row in enumerate(rows) if row[0] == "指标名称")
    said = {_label(row): row for row in rows[start:] if row[0]}
    listed = next((at for at, row in enumerate(rows) if row[1] == "项目名称"), None)
    for line in sheet.iter_rows(min_row=7):
        own = said.get(_label([line[0].value]))
        if own and own[0] != "指标名称":
            for cell, value in zip(line[1:], own[1:], strict=True):
                _put(cell, value)
    if listed is not None:
        first = next(cell.row for cell in sheet["B"] if cell.value == "项目名称")
        for number, row in enumerate(_items(rows, listed), start=1):
            for cell, value in zip(sheet[first + number][1:], row[1:], strict=True):
                _put(cell, value)


def _items(rows: list[list], header: int) -> Iterator[list]:
    for row in rows[header + 1 :]:
        if not str(row[0]).isdigit():
            return
        yield row


def _fill_words(sheet, rows: list[list]) -> None:
    head = next(at for at, row in enumerate(rows) if row[0] == "序号")
    at_once = any("各项措施" in str(row[0]) for row in rows)
    items = list(_items(rows, head))
    for number, row in enumerate(items):
        _put(sheet.cell(4 + number, 3), row[2] or (SAME if at_once else None))
    listed = next((at for at, row in enumerate(rows) if len(row) > 6 and "产品名称" in str(row[1])), None)
    if listed is not None:
        first = next(cell.row for cell in sheet["B"] if cell.value == "产品名称")
        products = list(_items(rows, listed))
        for number, row in enumerate(products, start=1):
            for cell, value in zip(sheet[first + number][1:7], row[1:7], strict=True):
                _put(cell, value)
        if not products:  # the whole list is declared to be as last month's
            _put(sheet.cell(first + 1, 2), rows[listed + 1][0])


def readings(path: Path, catalog, digest: str = "0" * 64):
    """What the program reads in a file."""
    return read_file(open_grid(path.read_bytes()), ReceivedFile(digest, path.name, "2018-05-05 09:00"), catalog)


def said(submission) -> Counter:
    """All that a submission says of areas, without where it was read."""
    return Counter(
        (o.indicator, o.area, o.institution, o.item, o.value, o.text, o.symbol)
        for o in submission.observations
        if not o.total
    )
