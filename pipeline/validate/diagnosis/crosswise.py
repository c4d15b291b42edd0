"""Two areas with each other's figure in one column that no equation holds: each has about the other's of last month."""

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

_NEAR, _NEARER = 10, 3
"""Of the other's last a tenth off at most, and so many times nearer to it than to one's own."""
_FLOW = "_mtd"


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
