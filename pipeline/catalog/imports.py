"""The form in which figures from before the program are taken in: the words of its header, as data."""

from __future__ import annotations

from typing import Literal

from pipeline.catalog.dated import Entry

FieldName = Literal["period", "unit", "area", "indicator", "value", "source", "measure", "symbol"]


class ImportField(Entry):
    """A column of the long table: how messages call it, and how its header may be written."""

    name: FieldName
    label: str
    words: tuple[str, ...]
    required: bool = False
    note: str = ""
    """What is written there, for people."""


class ImportForm(Entry):
    """One long table, a figure a row; it is no form that anybody owes."""

    code: str
    name: str
    forms: tuple[str, ...]
    """The forms whose figures may be imported."""
    fields: tuple[ImportField, ...]
    either: tuple[str, ...] = ()
    """Headers that mean the reporting unit; the unit of measure where another column names the reporting unit."""
    passed: tuple[str, ...] = ()
    """Headers of columns that are understood and not needed."""
