"""How far reported figures may differ because each of them was rounded.

Tolerance of an equality = half the sum of the steps of all figures in it, both sides; none where the step is one
fen and for counts. Kept doubled, as figures × step in whole fen: `2 × |difference| > slack` is broken, so the edge
itself passes.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.validate.frames import Book
from pipeline.validate.masked import Integers, Mask, true, unknown


def slack(book: Book, figures: Integers | int) -> Integers:
    """Twice the tolerance, in fen, of an equality between so many figures of each row."""
    return np.where(book.step > 1, book.step * figures, 0)


def steps_counted(indicators: Sequence[str], months: Integers) -> Integers:
    """How many steps a figure counts for, months × indicators: a ytd one as many as months have passed, others one.

    A bank may keep its year by adding up months that are rounded already, and each of them can be half a step off.
    Where areas and total were each the sum of their own months, the figures themselves would tell; but what a sender
    typed as totals of earlier months is no figure in force, so it is never known that they were not. In January both
    readings agree.
    """
    return np.where([indicator.endswith("_ytd") for indicator in indicators], months[:, None], 1)


def may_add_up_months(book: Book, mtd: str, ytd: str) -> Mask:
    """Whether ytd can be a sum of rounded months as far as is known: from February always, in January if it equals mtd.

    Also where the month itself is not reported.
    """
    return (book.month > 1) | unknown(book.now(mtd)) | true(book.now(mtd) == book.now(ytd))


def slack_of_years(book: Book) -> Integers:
    """Twice how far a ytd amount may be above another that holds it, in fen.

    Either of them may be a sum of rounded months, against one that is rounded once; two such sums keep their order
    month by month, and so do two roundings, which is all there is in January.
    """
    return np.where(book.month > 1, slack(book, book.month + 1), 0)


def rounding(book: Book, indicator: str, twice: int) -> str:
    """What a sentence says of the tolerance: nothing where there is none."""
    return f"（四舍五入最多相差{book.say(indicator, twice // 2)}）" if twice else ""
