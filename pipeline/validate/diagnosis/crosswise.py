"""Figures that no equation holds in each other's place: two areas of a column, loans and households of an area."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from pipeline.validate.diagnosis.naming import BY_CHANCE
from pipeline.validate.diagnosis.size import Sized, before
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.equations import TYPED_BASES
from pipeline.validate.frames import Book
from pipeline.validate.masked import unknown
from pipeline.validate.rules.loans import MEASURES

_NEAR, _NEARER = 10, 3
"""Of the other's last a tenth off at most, and so many times nearer to it than to one's own."""
_FLOW, _SPANS = "_mtd", ("_mtd", "_ytd", "_cum")


def crosswise(book: Book, position: int) -> Iterator[tuple[Sized, Sized]]:
    """Pairs of one statement's figures that fit each other's last month, in the order of the form.

    What happened in a month fits no other month, and is passed over; so are counts that are alike by chance.
    """
    rows = [int(row) for row in np.flatnonzero((book.position == position) & book.single)]
    for column in book.form.columns:
        if not (column.is_amount or column.is_count) or column.code.endswith(_FLOW) or column.code in TYPED_BASES:
            continue
        now, last = book.now_natural(column.code), {row: before(book, row, column.code) for row in rows}
        least = 1 if column.is_amount else BY_CHANCE
        known = {row: then for row in rows if not unknown(now)[row] and (then := last[row] or 0) >= least}
        figures = {row: (int(now[row]), then) for row, then in known.items()}
        for one, other in combinations(figures, 2):
            (mine, my_last), (theirs, their_last) = figures[one], figures[other]
            if _is_the_others(mine, my_last, their_last) and _is_the_others(theirs, their_last, my_last):
                yield (
                    Sized(one, column.code, mine, my_last, Cause.AREAS_EXCHANGED, theirs, is_exact=True),
                    Sized(other, column.code, theirs, their_last, Cause.AREAS_EXCHANGED, mine, is_exact=True),
                )


def _is_the_others(figure: int, own: int, other: int) -> bool:
    away = abs(figure - other)
    return _NEAR * away <= other and _NEARER * away < abs(figure - own)


def crossed_counts(book: Book, position: int) -> Iterator[tuple[Sized, Sized]]:
    """More households than loans, each nearer to the other's last month's than to its own: of stocks, row by row."""
    rows = [int(row) for row in np.flatnonzero((book.position == position) & book.single)]
    for loans, households, _ in MEASURES:
        now = [book.now_natural(code) for code in (households, loans)]
        for row in rows if not loans.endswith(_SPANS) else ():
            last = [before(book, row, code) for code in (households, loans)]
            if last[0] is None or last[1] is None or any(unknown(figures)[row] for figures in now):
                continue
            more, less = (int(figures[row]) for figures in now)
            if more > less and abs(more - last[1]) < abs(more - last[0]) and abs(less - last[0]) < abs(less - last[1]):
                yield (
                    Sized(row, households, more, last[0], Cause.COLUMNS_EXCHANGED, less, is_exact=True),
                    Sized(row, loans, less, last[1], Cause.COLUMNS_EXCHANGED, more, is_exact=True),
                )
