"""Causes that are one: figures of a column, or of a row, that went wrong in the same way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.validate.diagnosis.found import Found
from pipeline.validate.diagnosis.slips import Cause

_SHARED = frozenset(
    {
        Cause.UNIT,
        Cause.LAST_MONTHS,
        Cause.YEAR_AS_MONTH,
        Cause.MONTH_AS_YEAR,
        Cause.EVER_AS_YEAR,
        Cause.YEAR_AS_EVER,
        Cause.TOTAL_NOT_UPDATED,
        Cause.OF_WHICH_ADDED,
        Cause.SIGN,
    }
)
"""What happens to several figures of a row or column at once; a slip of the finger happens to one."""


def merged(found: Sequence[Found]) -> list[Found]:
    """Single figures of one column, or of one row, that went wrong in the same way are one cause."""
    by_column = _together(found, {id(one): one.column for one in found if len(one.places) == 1})
    by_row = _together(by_column, {id(one): one.places[0][0] for one in by_column if len(one.places) == 1})
    return _absorbed(by_row)


def _absorbed(found: Sequence[Found]) -> list[Found]:
    """A single figure that went wrong as many others of its row did is one of them."""
    left: list[Found] = []
    for one in found:
        alike = (at for at, other in enumerate(left) if other.cause is one.cause and _are_of_row(one, other))
        at = next(alike, None) if len(one.places) == 1 else None
        if at is None:
            left.append(one)
        else:
            left[at] = _joined([left[at], one])
    return left


def _are_of_row(one: Found, other: Found) -> bool:
    return len(other.places) > 1 and {row for row, _ in other.places} == {row for row, _ in one.places}


def _together(found: Sequence[Found], keys: Mapping[int, object]) -> list[Found]:
    groups: dict[object, list[Found]] = {}
    for one in found:
        is_one_of_many = id(one) in keys and one.cause in _SHARED
        groups.setdefault((keys[id(one)], one.cause) if is_one_of_many else id(one), []).append(one)
    return [_joined(group) for group in groups.values()]


def _joined(group: Sequence[Found]) -> Found:
    first = group[0]
    if len(group) == 1:
        return first
    places = tuple(place for one in group for place in one.places)
    meant = tuple(value for one in group for value in one.meant)
    column = first.column if len({one.column for one in group}) == 1 else ""
    totals = tuple(total for one in group for total in one.totals)
    return Found(first.cause, places, meant, column, first.rows, totals=totals)
