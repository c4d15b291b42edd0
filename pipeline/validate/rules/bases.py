"""Bases that a bank types, against the figures in force (A07); what follows from them where there are none (A30)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pipeline.validate.disowned import LAST_MONTH_BASE, YEAR_START_BASE, disowned
from pipeline.validate.equations import (
    OUTSTANDING,
    SINCE_LAST_MONTH,
    SINCE_YEAR_START,
    TYPED_SINCE_LAST_MONTH,
    TYPED_SINCE_YEAR_START,
    Equation,
    broken_hits,
    counted,
)
from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import Integers, Mask, true, unknown
from pipeline.validate.needs import Need
from pipeline.validate.registry import DUTY, rule, soft
from pipeline.validate.tolerance import rounding

__all__ = [
    "LAST_MONTH_BASE",
    "UNPROVEN",
    "YEAR_START_BASE",
    "balance_goes_on_from_typed_bases",
    "bases_are_the_figures_in_force",
    "unproven",
]
_BASE_OF = {LAST_MONTH_BASE: SINCE_LAST_MONTH, YEAR_START_BASE: SINCE_YEAR_START}
"""What is said of a base that is right and the figure in force wrong, A29 says."""
UNPROVEN = (TYPED_SINCE_LAST_MONTH, TYPED_SINCE_YEAR_START)
"""What a balance follows from, as far as the statement itself tells."""


@rule(
    "A07",
    level=2,
    title="填报的对比基数与本办采用的数一致",
    subject="对比基数",
    source=DUTY,
    reads=("M01",),
    needs=(Need.LAST_MONTH, Need.YEAR_START, Need.YEAR_BEFORE),
    breaks={
        "differs": soft(
            "{area}“{indicator}”填报{value}，本办采用的{month}期末余额为{expected}，相差{difference}{allowed}。"
            "附件按采用的数比较。请核对；是那个月报表有误的，请更正那个月的报表，否则请说明原因。"
        )
    },
)
def bases_are_the_figures_in_force(book: Book) -> Iterator[Hit]:
    """Typed outstanding of last month, of December and of the same month last year; not where none is in force."""
    year = np.full(len(book.records), 12, dtype=np.int64)
    for code, back in (
        ("outstanding_amount_previous_month", np.ones_like(year)),
        ("outstanding_amount_year_start", book.month),
        ("outstanding_amount_previous_year", year),
    ):
        yield from _differing(book, code, back)


@rule(
    "A30",
    level=2,
    title="期末余额与本表所填的对比基数相接（没有采用基数所在月份的报表时）",
    subject="所填基数",
    source=DUTY,
    reads=("M01",),
    breaks={
        "differs": soft(
            "{area}“{indicator}”{value}，而{sum}，合计应为{expected}，相差{difference}{allowed}。"
            "本办没有采用那个月的报表，按本表所填的基数核对。请核对余额、基数和发生额，填错的改正后重新报送；如属实，请说明原因。"
        )
    },
)
def balance_goes_on_from_typed_bases(book: Book) -> Iterator[Hit]:
    """Outstanding = typed base + what happened since, where nothing is known of the base's month; A02, A03 elsewhere.

    A base is no figure in force, and may itself be mistyped: the statement contradicts itself, but it only asks. One
    finding an area, the first of the two.
    """
    told: set[tuple[int, str]] = set()
    for hit in broken_hits(book, "differs", UNPROVEN, lambda equation: ~unproven(book, equation)):
        if (hit.submission, hit.area) not in told:
            told.add((hit.submission, hit.area))
            yield hit


def unproven(book: Book, equation: Equation) -> Mask:
    """The rows at which nothing is known of the month whose balance the sender types as a base."""
    back = book.month if equation is TYPED_SINCE_YEAR_START else 1
    return unknown(book.base_before(OUTSTANDING, back))


def _differing(book: Book, code: str, back: Integers) -> Iterator[Hit]:
    base = book.base_before(OUTSTANDING, back)
    off = abs(book.now_natural(code) - base)
    allowed = counted(book.step) + counted(book.step_before(back))
    told = disowned(book).excuses(_BASE_OF[code]) if code in _BASE_OF else np.zeros(len(off), dtype=bool)
    for row in book.where(true(off * 2 > allowed) & ~told):
        yield book.hit(
            "differs",
            row,
            code,
            int(base[row]),
            month=book.months[book.records[row].submission].shifted(-int(back[row])).label,
            difference=book.say(code, int(off[row])),
            allowed=rounding(book, code, int(allowed[row])),
        )
