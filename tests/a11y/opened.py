"""A workbook as another program reads it: cells and styles through openpyxl, all else from the package's own XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries


@dataclass(frozen=True)
class Table:
    """A marked table: its name, its edges (from 1, inclusive) and the element as read."""

    element: Any
    left: int
    top: int
    right: int
    bottom: int

    @property
    def name(self) -> str:
        return self.element.displayName

    def holds(self, row: int, col: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= col <= self.right


class Sheet:
    """One sheet with its tables and filled cells."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.name: str = page.title
        self.tables = [Table(table, *range_boundaries(table.ref)) for table in page.tables.values()]

    @cached_property
    def filled(self) -> list[Any]:
        """Every cell that holds something, row by row."""
        return [cell for row in self.page.iter_rows() for cell in row if not is_blank(cell.value)]

    @cached_property
    def outside(self) -> list[Any]:
        """Filled cells that belong to no table."""
        return [cell for cell in self.filled if not any(t.holds(cell.row, cell.column) for t in self.tables)]

    def headers(self, table: Table) -> list[Any]:
        """The cells of a table's first row."""
        return [self.page.cell(table.top, col) for col in range(table.left, table.right + 1)]

    def rows(self, table: Table) -> list[list[Any]]:
        """The cells below the header, row by row."""
        columns = range(table.left, table.right + 1)
        return [[self.page.cell(row, col) for col in columns] for row in range(table.top + 1, table.bottom + 1)]

    def columns(self, table: Table) -> Iterator[tuple[Any, list[Any]]]:
        """Each header cell with the cells below it."""
        rows = self.rows(table)
        for place, header in enumerate(self.headers(table)):
            yield header, [row[place] for row in rows]

    def width(self, col: int) -> float:
        """A column's width in digits."""
        for dimension in self.page.column_dimensions.values():
            if dimension.min and dimension.min <= col <= (dimension.max or dimension.min):
                return float(dimension.width)
        return float(self.page.sheet_format.defaultColWidth or 8.43)

    def told(self, cell: Any) -> str:
        """工作表“甲”B3."""
        return f"工作表“{self.name}”{get_column_letter(cell.column)}{cell.row}"


class Opened:
    """The workbook: openpyxl's view of it, and its parts as bytes."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.sheets = [Sheet(page) for page in self.book.worksheets]

    def tables(self) -> Iterator[tuple[Sheet, Table]]:
        """Every table with its sheet."""
        for sheet in self.sheets:
            for table in sheet.tables:
                yield sheet, table

    def xml(self, beginning: str) -> Iterator[tuple[str, str]]:
        """Name and text of the XML parts whose name begins so."""
        for name, data in self.parts.items():
            if name.startswith(beginning) and name.endswith((".xml", ".vml")):
                yield name, data.decode("utf-8")


def is_blank(value: object) -> bool:
    """Nothing, or nothing that can be seen."""
    return value is None or (isinstance(value, str) and not value.strip())


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def holds_numbers(cells: list[Any]) -> bool:
    """Whether a column is one of numbers: at least one cell holds one, and no cell holds words that are no code."""
    return any(is_number(cell.value) for cell in cells) and all(
        is_number(cell.value) or is_blank(cell.value) or is_code(cell.value) for cell in cells[1:]
    )


def is_code(value: object) -> bool:
    """Words in square brackets that stand in a number's place."""
    return isinstance(value, str) and value.startswith("[") and value.endswith("]")
