"""How figures and months of an invented world are called."""

from __future__ import annotations

from pipeline.catalog.catalog import Catalog
from pipeline.catalog.forms import Column
from pipeline.validate.examples.world import BANK, COUNTY, TARGETS, WHOLE, WORDS, Value, World
from pipeline.validate.frames import say

_FORM = {BANK: "M01", WHOLE: "M01", COUNTY: "C01", WORDS: "Q01", TARGETS: "T01"}


def column(place: str, table: str, catalog: Catalog) -> Column:
    """The indicator of a place in the form of its table."""
    return catalog.forms[_FORM[table]].by_code[place.partition("#")[0].partition("@")[0]]


def label(place: str, table: str, catalog: Catalog) -> str:
    """The indicator as its form calls it."""
    institution = catalog.units.institution_by_id.get(place.partition("@")[2])
    return column(place, table, catalog).label.replace("{institution}", institution.name if institution else "")


def number(place: str, table: str, catalog: Catalog) -> str:
    """The indicator's number in its form; empty where it has none."""
    return column(place, table, catalog).no


def said(place: str, value: Value, table: str, catalog: Catalog) -> str:
    """A value as people write it."""
    if value is None:
        return "空白"
    return f"“{value}”" if isinstance(value, str) else say(column(place, table, catalog), value)


def months_back(back: int, world: World) -> int:
    """How many months ago; -1 stands for last December."""
    return world.month.month if back < 0 else back


def months_told(back: int, world: World) -> str:
    """Whose figure it is, where it is not this month's."""
    return {0: "", 1: "上月报表的", -1: "上年12月报表的"}.get(back, f"{world.month.shifted(-back).label}报表的")
