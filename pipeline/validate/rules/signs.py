"""What may be below zero, and what must be explained when it is not zero (A10, A19)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Bound
from pipeline.validate.columns import failures
from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import true
from pipeline.validate.owed import is_reversible
from pipeline.validate.registry import DUTY, WORKING, hard, rule, soft


@rule(
    "A10",
    level=1,
    title="存量、户数、笔数和累计数不为负数",
    subject="正负号",
    source=DUTY,
    reads=("M01",),
    breaks={
        "negative": hard("{area}“{indicator}”为{value}，不能是负数。请核对，改正后重新报送。", Bound.AT_LEAST),
        "reversal": soft("{area}“{indicator}”为{value}。本月金额为负数一般是冲正：请说明冲正的是哪笔业务、什么原因。"),
    },
)
def not_negative(book: Book) -> Iterator[Hit]:
    """Stocks, counts, ytd and cum are not negative; a negative amount of the month is a reversal 「冲正」.

    That households and loans are whole numbers is seen when they are read (F07): what comes here is whole.
    """
    for failure in failures(book):
        if failure.kind == "negative":
            kind = "reversal" if is_reversible(book.form.by_code[failure.indicator]) else "negative"
            yield book.hit(kind, failure.row, failure.indicator, 0)


@rule(
    "A19",
    level=1,
    title="其他变动不为零须说明",
    subject="其他变动",
    source=f"{WORKING}：划入划出、对象调整不属于发放和收回，不说明来龙去脉就无法核对余额",
    reads=("M01",),
    breaks={
        "other_change": soft("{area}“{indicator}”为{value}。请说明是划入、划出还是对象调整，以及对应的贷款和依据。"),
    },
)
def other_change_explained(book: Book) -> Iterator[Hit]:
    """other_change_amount is not zero: one finding an area, at the month where it has one, else at the year."""
    moved, moved_before = (true(book.now(f"other_change_amount_{span}") != 0) for span in ("mtd", "ytd"))
    for row in book.where(moved):
        yield book.hit("other_change", row, "other_change_amount_mtd", 0)
    for row in book.where(moved_before & ~moved):
        yield book.hit("other_change", row, "other_change_amount_ytd", 0)
