"""The published data files as data: what each field is called, means, is measured in and may hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field as Default

from pipeline.catalog.dated import Entry

FieldType = Literal["string", "integer", "number", "datetime"]
"""Types of the Frictionless Table Schema that our files use."""


class Field(Entry):
    """One field of a csv file."""

    name: str
    title: str
    type: FieldType
    description: str
    unit: str = ""
    """What its numbers count; empty where that is no question, or another field says it."""
    required: bool = False
    """Never empty."""
    pattern: str = ""
    values: Mapping[str, str] = Default(default_factory=dict)
    """The codes that may stand there, each with its meaning; empty where anything may."""


class DataTable(Entry):
    """One kind of csv file under `data/`."""

    id: str
    files: tuple[str, ...]
    """Names of the files that have these fields."""
    title: str
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...] = ()
