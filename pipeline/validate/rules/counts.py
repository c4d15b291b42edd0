"""Counts that no equation holds, against last month's: a digit too many or too few (A25)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.validate.diagnosis.size import FAR, figure_slipped, meant_in_words
from pipeline.validate.frames import Book, Hit
from pipeline.validate.needs import Need
from pipeline.validate.registry import WORKING, rule, soft

COUNTS = (
    *("registered_households", "eligible_households", "rated_households", "credit_line_households"),
    *("outstanding_loans", "outstanding_households", "past_due_loans", "past_due_households"),
)
"""Stocks; lending is counted by A04 to A06, what was settled by A23 and A26."""


@rule(
    "A25",
    level=2,
    title="户数、笔数不比上月多写、少写一位",
    subject="上月户数笔数",
    source=f"{WORKING}：户数、笔数逐月变化不大，相差五倍以上而增减一位数字就与上月相近的，多为多写或少写一位"
    "（参数 return_jump_min_count）",
    reads=("M01",),
    needs=(Need.LAST_MONTH,),
    breaks={
        "digit": soft(
            "{area}“{indicator}”{value}，上月{before}，差五倍以上：疑似{slip}，{meant}。"
            "请核对；是上月报表有误的，请更正上月报表；如属实，请说明原因。"
        )
    },
)
def counts_keep_their_size(book: Book) -> Iterator[Hit]:
    """Households and loans that are far from last month's, and near them with a digit taken out or put in.

    Which slip and what was meant, and when last month's figure tells nothing, is `diagnosis.size`. The cause is left
    open: it is told together with what else the slip breaks (`diagnosis.by_last_month`).
    """
    for code in COUNTS:
        now, last = book.now_natural(code), book.base_before(code)
        for row in book.where((now > last * FAR) | (last > now * FAR)):
            size = figure_slipped(book, row, code)
            if size and size.last:
                yield book.hit(
                    "digit",
                    row,
                    code,
                    size.meant if size.is_exact else None,
                    before=book.say(code, size.last),
                    slip=size.cause.value,
                    meant=f"推算{meant_in_words(book, size)}",
                )
