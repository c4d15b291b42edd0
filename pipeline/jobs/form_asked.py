"""What a form asks of a unit in a month, in the words and the order of the unit's layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.catalog import Catalog, Form
from pipeline.catalog.forms import Column, Layout
from pipeline.catalog.headers import PLACEHOLDER
from pipeline.periods import Month
from pipeline.render.form_content import Asked, Items, Kind, Shape
from pipeline.validate.owed import SIGNED, is_reversible

_KINDS = {"文本": Kind.TEXT, "日期": Kind.DATE, "是否": Kind.YES_NO, "%": Kind.RATE, "万元": Kind.AMOUNT}
REMARK = "remark"
_LISTED = {Shape.UPRIGHT: 12, Shape.WORDS: 8}
"""Rows for items below a form: more than any unit has had."""


def asked_in(form: Form, layout: Layout | None, month: Month, catalog: Catalog) -> Iterator[Asked]:
    """Everything but the items of a list."""
    columns = {c.code: c for c in form.columns_in(month) if not c.repeatable and c.code != REMARK}
    if layout is not None and layout.shape != Shape.AREAS.value:
        yield from _down(columns, layout, catalog)
        return
    own = {key: header for header, key in layout.headers.items() if key in columns} if layout else {}
    for code in [*own, *(code for code in columns if code not in own)]:
        column = columns[code]
        if column.by_institution:
            continue
        path = tuple(column.label.split("/"))
        words = (own[code],) if code in own else ("_".join(path),) if own else path
        yield _one(column, code, words)
    yield from _across_institutions(columns, catalog)


def _across_institutions(columns: Mapping[str, Column], catalog: Catalog) -> Iterator[Asked]:
    for bank in sorted(catalog.units.institutions, key=lambda one: one.order):
        for column in columns.values():
            if column.by_institution:
                path = column.label.replace(PLACEHOLDER, bank.name).split("/")
                yield _one(column, f"{column.code}@{bank.id}", tuple(path))


def _down(columns: Mapping[str, Column], layout: Layout, catalog: Catalog) -> Iterator[Asked]:
    """Rows of an upright form, or of a form of words; a group of rows has the number of its first."""
    numbers = {key: code for code, key in layout.codes.items()}
    first: dict[str, str] = {}
    own = [column for column in columns.values() if not column.by_institution]
    shared = Counter(_label(column) for column in own)
    for column in own:
        label = _label(column)
        one = _one(column, column.code, (label,), first.setdefault(label, column.no))
        yield replace(one, shares_its_row=shared[label] > 1)
    for bank in sorted(catalog.units.institutions, key=lambda one: one.order):
        for column in columns.values():
            if column.by_institution:
                key = f"{column.code}@{bank.id}"
                yield _one(column, key, (_label(column).replace(PLACEHOLDER, bank.name),), numbers.get(key, ""))


def _label(column: Column) -> str:
    return column.row[0] if column.row else column.label


def _one(column: Column, key: str, words: tuple[str, ...], no: str = "") -> Asked:
    return Asked(
        key,
        words,
        _KINDS.get(column.unit, Kind.COUNT),
        column.unit,
        no=no or column.no,
        span=column.columns[0] if column.columns else "",
        signed=column.code in SIGNED or is_reversible(column),
        hint=column.note,
    )


def listed_in(form: Form, shape: Shape, month: Month) -> Items | None:
    """The list of items below the form; None where it has none."""
    columns = [column for column in form.columns_in(month) if column.repeatable]
    if not columns:
        return None
    heading = columns[0].label.partition("/")[0]
    asked = tuple(_one(column, column.code, (column.label.rpartition("/")[2],)) for column in columns)
    return Items(f"{heading}清单", asked, _LISTED.get(shape, 0))
