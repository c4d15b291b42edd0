"""What is part of something is not more than that: of-which figures of a row, of-which areas of a county (A21, A22)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from pipeline.catalog.forms import Column
from pipeline.model import Bound
from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import Integers, taken, true
from pipeline.validate.owed import may_not_be_negative
from pipeline.validate.registry import DUTY, rule, soft
from pipeline.validate.tolerance import rounding, slack_of_years

WHOLES: Mapping[str, tuple[str, ...]] = {
    "renewed_amount_ytd": ("disbursed_amount_ytd", "repaid_amount_ytd"),
    "past_due_loans": ("outstanding_loans",),
    "past_due_households": ("outstanding_households",),
    "past_due_beyond_grace_amount": ("past_due_amount",),
}
"""By figure, those that it is part of."""

_YEAR, _NOWHERE = "_ytd", -1


@rule(
    "A21",
    level=1,
    title="其中项不大于所属项",
    subject="其中项",
    source=DUTY,
    reads=("M01",),
    breaks={
        "above": soft(
            "{area}“{indicator}”{value}大于“{other}”{expected}{allowed}。前者是后者的一部分，不应比它大。"
            "请核对这两栏；如属实，请说明原因。",
            Bound.AT_MOST,
        ),
    },
)
def parts_within_wholes(book: Book) -> Iterator[Hit]:
    """What is part of another figure of its row is not more than that; one finding a figure, at the first it exceeds.

    Follows from the definitions of the form: a renewal counts in both disbursed and repaid, and in renewed_amount_ytd
    as an of-which; whoever is past due has a loan outstanding; what is past due beyond the grace period is past due.
    """
    for part, wholes in WHOLES.items():
        told: set[int] = set()
        twice = _twice_allowed(book, book.form.by_code[part])
        for whole in wholes:
            for row in book.where(true((book.now_natural(part) - book.now_natural(whole)) * 2 > twice)):
                if row not in told:
                    told.add(row)
                    bound = int(book.now(whole)[row])
                    allowed = rounding(book, part, int(twice[row]))
                    yield book.hit("above", row, part, bound, other=book.label(whole), allowed=allowed)


def _twice_allowed(book: Book, column: Column) -> Integers:
    """Rounding keeps the order of two figures, unless one of them is a sum of rounded months."""
    if column.is_amount and column.code.endswith(_YEAR):
        return slack_of_years(book)
    return np.zeros(len(book.records), dtype=np.int64)


@rule(
    "A22",
    level=1,
    title="其中区域不大于所在县区",
    subject="其中区域",
    source=DUTY,
    reads=("M01",),
    breaks={
        "above": soft(
            "{area}“{indicator}”{value}大于{county}的{expected}{allowed}。{area}在{county}之内，不应比它大。"
            "请核对这两处；如属实，请说明原因。",
            Bound.AT_MOST,
        ),
        "county": soft(
            "{area}“{indicator}”{value}，而在它之内的{inner}都比它大：疑似{area}的这一栏填错。请核对；如属实，请说明原因。",
            Bound.AT_LEAST,
        ),
    },
)
def inner_areas_within_county(book: Book) -> Iterator[Hit]:
    """No stock, flow or count of an of-which area is above that of the county in which it lies.

    Follows from the definition of of-which areas: they lie inside a county, whose figures hold theirs. Where several
    areas are above one figure of their county it is that one which is told.
    """
    counties = counties_around(book)
    for column in book.form.columns:
        if (column.is_amount or column.is_count) and may_not_be_negative(column):
            yield from _above(book, column, counties)


def counties_around(book: Book) -> Integers:
    """Where in the book the county of each row's of-which area stands; -1 of a row that is no such area."""
    within = {area.id: area.within for area in book.catalog.areas.of_which}
    places = {(record.submission, record.area): row for row, record in enumerate(book.records) if not record.total}
    return np.array(
        [places.get((record.submission, within.get(record.area) or ""), _NOWHERE) for record in book.records],
        dtype=np.int64,
    )


def _above(book: Book, column: Column, counties: Integers) -> Iterator[Hit]:
    code, twice = column.code, _twice_allowed(book, column)
    own = book.now_natural(code)
    by_county: dict[int, list[int]] = {}
    for row in book.where(true((own - taken(own, counties)) * 2 > twice)):
        by_county.setdefault(int(counties[row]), []).append(row)
    for county, (row, *others) in by_county.items():
        if others:
            inner = {f"{_name(book, at)}{book.say(code, int(own[at]))}": int(own[at]) for at in (row, *others)}
            yield book.hit("county", county, code, max(inner.values()), inner="、".join(inner))
        else:
            allowed = rounding(book, code, int(twice[county]))
            yield book.hit("above", row, code, int(own[county]), county=_name(book, county), allowed=allowed)


def _name(book: Book, row: int) -> str:
    record = book.records[row]
    return book.area_name(record.area, record.submission)
