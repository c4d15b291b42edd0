"""Quality of what is outstanding: the five grades 「五级分类」 and what is past due (A08)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pipeline.model import Bound
from pipeline.validate.equations import GRADES, NPL, OUTSTANDING
from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import Figures, true
from pipeline.validate.registry import DUTY, hard, rule
from pipeline.validate.tolerance import rounding, slack

__all__ = ["GRADES", "NPL", "OUTSTANDING", "grades_and_arrears"]


@rule(
    "A08",
    level=1,
    title="五级分类之和等于余额，不良等于次级、可疑、损失之和，逾期和不良不大于余额",
    subject="五级分类",
    source=DUTY,
    reads=("M01",),
    breaks={
        "grades": hard(
            "{area}五级分类相加为{expected}，“{indicator}”为{value}，相差{difference}{allowed}。"
            "请核对五级分类各栏和余额，改正后重新报送。"
        ),
        "npl": hard(
            "{area}次级、可疑、损失三类相加为{expected}，“{indicator}”为{value}，相差{difference}{allowed}。"
            "请核对，改正后重新报送。"
        ),
        "past_due": hard(
            "{area}“{indicator}”{value}大于期末余额{expected}。请核对逾期贷款和余额，改正后重新报送。", Bound.AT_MOST
        ),
        "npl_above": hard(
            "{area}“{indicator}”{value}大于期末余额{expected}。请核对不良贷款和余额，改正后重新报送。", Bound.AT_MOST
        ),
    },
)
def grades_and_arrears(book: Book) -> Iterator[Hit]:
    """Five grades = outstanding; npl = its three grades; past due and npl within outstanding."""
    yield from _equal(book, "grades", OUTSTANDING, GRADES)
    yield from _equal(book, "npl", "npl_amount", NPL)
    yield from _within(book, "past_due", "past_due_amount", of_parts=())
    yield from _within(book, "npl_above", "npl_amount", of_parts=NPL)


def _equal(book: Book, kind: str, indicator: str, parts: tuple[str, ...]) -> Iterator[Hit]:
    total = _sum(book, parts)
    difference = abs(book.now_natural(indicator) - total)
    allowed = slack(book, len(parts) + 1)
    for row in book.where(difference * 2 > allowed):
        yield book.hit(
            kind,
            row,
            indicator,
            int(total[row]),
            difference=book.say(indicator, int(difference[row])),
            allowed=rounding(book, indicator, int(allowed[row])),
        )


def _sum(book: Book, parts: tuple[str, ...]) -> Figures:
    total = book.now_natural(parts[0])
    for part in parts[1:]:
        total = total + book.now_natural(part)
    return total


def _within(book: Book, kind: str, indicator: str, of_parts: tuple[str, ...]) -> Iterator[Hit]:
    """No tolerance between two figures of a row, unless one is itself the sum of rounded parts."""
    figure, outstanding = book.now_natural(indicator), book.now_natural(OUTSTANDING)
    is_sum = true(figure == _sum(book, of_parts)) if of_parts else False
    allowed = np.where(is_sum, slack(book, len(of_parts) + 1), 0)
    for row in book.where((figure - outstanding) * 2 > allowed):
        yield book.hit(kind, row, indicator, int(outstanding[row]))
