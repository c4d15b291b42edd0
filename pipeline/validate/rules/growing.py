"""What is counted since January only grows within the year (A23, C01-7)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pipeline.catalog.forms import Column
from pipeline.model import Bound
from pipeline.validate.equations import counted
from pipeline.validate.frames import Book, Hit
from pipeline.validate.last_return import last_return
from pipeline.validate.masked import Figures, Integers, true
from pipeline.validate.needs import Need
from pipeline.validate.neighbours import RETURN
from pipeline.validate.registry import DUTY, rule, soft
from pipeline.validate.tolerance import rounding

IN_YEAR = ("settled_loans_ytd", "renewed_amount_ytd", "extended_amount_ytd", "interest_subsidy_paid_ytd")
"""Those of a statement that no equation ties to last month's (A04 and A06 have the others)."""
FUND = ("fund_added_amount_ytd", "fund_compensated_amount_ytd")
"""Those of a county return."""

_LESS = (
    "{area}“{indicator}”{value}，小于上月的{expected}{allowed}：本年累计在年内只会增加。"
    "请核对；是上月报表有误的，请更正上月报表；如属实（如冲正），请说明原因。"
)


@rule(
    "A23",
    level=2,
    title="结清笔数、续贷、展期和已兑付贴息的本年累计不减少",
    source=DUTY,
    reads=("M01",),
    needs=(Need.LAST_MONTH_OF_THIS_YEAR,),
    breaks={"less": soft(_LESS, Bound.AT_LEAST)},
)
def year_so_far_never_shrinks(book: Book) -> Iterator[Hit]:
    """Settled loans, renewed, extended and paid subsidies of the year are not below last month's; not in January.

    Follows from the definition of what is counted since 1 January: a month adds to it.
    """
    for code in IN_YEAR:
        yield from _shrunk(book, book.form.by_code[code], book.base_before(code), book.step_before())


@rule(
    "C01-7",
    level=2,
    title="本年新增和代偿的风险补偿金累计不减少",
    source=DUTY,
    reads=(RETURN,),
    needs=(Need.LAST_RETURN_OF_THIS_YEAR,),
    breaks={"less": soft(_LESS, Bound.AT_LEAST)},
)
def fund_so_far_never_shrinks(book: Book) -> Iterator[Hit]:
    """What was added to the fund this year, and paid from it, is not below last month's return; not in January.

    Follows from the definition of what is counted since 1 January. That it is a tenth of last month's is C01-6's to
    tell, and told once (`diagnosis.beside`).
    """
    last = last_return(book)
    if last is None:
        return
    for code in FUND:
        yield from _shrunk(book, book.form.by_code[code], last.figures(code), last.step)


def _shrunk(book: Book, column: Column, before: Figures, steps: Integers) -> Iterator[Hit]:
    """A hit where a figure is below last month's by more than both roundings explain."""
    code, less = column.code, before - book.now_natural(column.code)
    twice = counted(book.step) + counted(steps) if column.is_amount else np.zeros(len(book.records), dtype=np.int64)
    for row in book.where(true(less * 2 > twice) & (book.month > 1)):
        yield book.hit("less", row, code, int(before[row]), allowed=rounding(book, code, int(twice[row])))
