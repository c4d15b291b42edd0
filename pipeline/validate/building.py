"""Submissions become books: observations are laid out in rows and columns, in an order that is always the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from pipeline.catalog.catalog import Catalog
from pipeline.catalog.forms import Form
from pipeline.model import Observation, Submission
from pipeline.validate.frames import Book, Record
from pipeline.validate.history import NOTHING_KNOWN, History
from pipeline.validate.masked import Figures
from pipeline.validate.neighbours import ALONE, Neighbours
from pipeline.validate.past import NO_PAST, Past

UNKNOWN_AREA = "unknown:"
"""Begins the area of a row whose label is no area of the register; the label follows."""

_LAST = 10**6


def books(
    submissions: Iterable[Submission],
    catalog: Catalog,
    history: History = NOTHING_KNOWN,
    neighbours: Neighbours = ALONE,
    past: Past = NO_PAST,
) -> dict[str, Book]:
    """A book for each form that occurs, submissions in a fixed order however they are given."""
    by_form: dict[str, list[Submission]] = {}
    for submission in sorted(submissions, key=lambda s: _standing(s, catalog)):
        by_form.setdefault(submission.form, []).append(submission)
    return {
        code: book(catalog.forms[code], by_form[code], catalog, history, neighbours, past)
        for code in catalog.forms
        if code in by_form
    }


def book(
    form: Form,
    submissions: Sequence[Submission],
    catalog: Catalog,
    history: History = NOTHING_KNOWN,
    neighbours: Neighbours = ALONE,
    past: Past = NO_PAST,
) -> Book:
    """All these submissions of one form."""
    found: dict[Record, dict[str, Observation]] = {}
    doubled: dict[Record, Observation] = {}
    strangers: dict[tuple[int, str], Observation] = {}
    for position, submission in enumerate(submissions):
        for seen in submission.observations:
            if seen.area.startswith(UNKNOWN_AREA):
                strangers.setdefault((position, seen.area.removeprefix(UNKNOWN_AREA)), seen)
                continue
            record = Record(position, seen.area, seen.total, seen.institution, seen.item)
            if seen is not found.setdefault(record, {}).setdefault(seen.indicator, seen):
                doubled.setdefault(record, seen)
    records = _sorted(found, catalog)
    origins = tuple(found[record] for record in records)
    return Book(
        form, catalog, tuple(submissions), records, _figures(form, origins), origins, doubled, strangers,
        history, neighbours, past,
    )  # fmt: skip


def _figures(form: Form, origins: Sequence[Mapping[str, Observation]]) -> dict[str, Figures]:
    figures: dict[str, Figures] = {}
    for column in form.columns:
        if column.is_text:
            continue
        values = np.zeros(len(origins), dtype=np.int64)
        blank = np.ones(len(origins), dtype=bool)
        for row, seen in enumerate(origins):
            at = seen.get(column.code)
            if at is not None and at.value is not None:
                values[row], blank[row] = at.value, False
        figures[column.code] = np.ma.array(values, mask=blank)
    return figures


def _standing(submission: Submission, catalog: Catalog) -> tuple[object, ...]:
    unit = catalog.units.by_id.get(submission.unit)
    return submission.period, unit.order if unit else _LAST, submission.unit, submission.received_at, submission.id


def _sorted(records: Iterable[Record], catalog: Catalog) -> tuple[Record, ...]:
    """By submission, then counties in order, each followed by the areas inside it; then institution and item."""
    areas = catalog.areas
    nested = [a.id for c in areas.counties for a in (c, *(inner for inner in areas.of_which if inner.within == c.id))]
    places = {area: position for position, area in enumerate(nested)}
    banks = {bank.id: bank.order for bank in catalog.units.institutions}
    return tuple(
        sorted(
            records,
            key=lambda r: (
                r.submission,
                places.get(r.area, _LAST),
                r.area,
                banks.get(r.institution, 0),
                r.institution,
                r.item,
                r.total,
            ),
        )
    )
