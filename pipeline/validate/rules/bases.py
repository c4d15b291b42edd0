"""Bases of comparison that a bank types, against the figures in force (A07)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pipeline.validate.equations import OUTSTANDING, counted
from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import Integers
from pipeline.validate.needs import Need
from pipeline.validate.registry import DUTY, rule, soft
from pipeline.validate.tolerance import rounding


@rule(
    "A07",
    level=2,
    title="填报的对比基数与本办采用的数一致",
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


def _differing(book: Book, code: str, back: Integers) -> Iterator[Hit]:
    base = book.base_before(OUTSTANDING, back)
    off = abs(book.now_natural(code) - base)
    allowed = counted(book.step) + counted(book.step_before(back))
    for row in book.where(off * 2 > allowed):
        yield book.hit(
            "differs",
            row,
            code,
            int(base[row]),
            month=book.months[book.records[row].submission].shifted(-int(back[row])).label,
            difference=book.say(code, int(off[row])),
            allowed=rounding(book, code, int(allowed[row])),
        )
