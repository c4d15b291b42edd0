"""The county return against last month's: a digit too many or too few, the wrong unit of money, far off (C01-6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np

from pipeline.catalog.forms import Column
from pipeline.money import FEN_PER_YUAN, YUAN_PER_WAN
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.frames import Book, Hit
from pipeline.validate.last_return import last_return
from pipeline.validate.masked import Figures
from pipeline.validate.needs import Need
from pipeline.validate.neighbours import RETURN
from pipeline.validate.registry import WORKING, rule, soft

SINCE_NEW_YEAR = "_ytd"
TIMES = (
    (Fraction(10), "tenfold", Cause.DIGIT_MORE, "十倍"),
    (Fraction(1, 10), "tenfold", Cause.DIGIT_LESS, "十分之一"),
    (Fraction(YUAN_PER_WAN), "unit", Cause.UNIT, "一万倍"),
    (Fraction(1, YUAN_PER_WAN), "unit", Cause.UNIT, "一万分之一"),
)
_ASK = "请核对；是上月报表有误的，请更正上月报表；如属实，请说明原因。"


@rule(
    "C01-6",
    level=2,
    title="县区报表各项与上月不差十倍、一万倍，也不差几倍",
    subject="上月的数",
    source=f"{WORKING}：县区各项逐月变化不大，恰好差十倍、一万倍的多为多写少写一位、金额单位填错"
    "；差几倍的也多为填错（参数 average_jump_near_percent、return_jump_min_count、return_jump_times、jump_amount）",
    reads=(RETURN,),
    needs=(Need.LAST_RETURN,),
    breaks={
        "tenfold": soft("{area}“{indicator}”{value}，约为上月{expected}的{times}：疑似{slip}。" + _ASK),
        "unit": soft("{area}“{indicator}”{value}，约为上月{expected}的{times}：疑似金额单位填错（元、万元）。" + _ASK),
        "far": soft("{area}“{indicator}”{value}，上月{expected}，{moved}到{times}。" + _ASK),
    },
)
def return_keeps_its_place(book: Book) -> Iterator[Hit]:
    """Amounts and larger counts near ten times or a tenth, amounts near ten thousand times, last month's in force.

    And what is otherwise far from it; amounts only where it matters for the city. Projects are compared by name. What
    is counted since 1 January may well become ten times as much; in January it is not compared, and where it is
    otherwise less that is C01-7's. The mirror is A17's.
    """
    last = last_return(book)
    if last is None:
        return
    for column in book.form.columns:
        if (column.is_amount or column.is_count) and not column.by_institution:
            yield from _jumped(book, column, last.figures(column.code))


def _jumped(book: Book, column: Column, before: Figures) -> Iterator[Hit]:
    now = book.now(column.code)
    least = np.ones_like(book.month) if column.is_amount else book.threshold("return_jump_min_count")
    known = (now >= 0) & (before >= least)
    grows = column.code.endswith(SINCE_NEW_YEAR)
    if grows:
        known &= book.month > 1
    for row in book.where(known):
        value, base = int(now[row]), int(before[row])
        found = list(_multiples(book, row, column, value, base))
        yield from found
        if not found and not grows and _is_far(book, row, column, value, base):
            yield _far(book, row, column, value, base)


def _multiples(book: Book, row: int, column: Column, value: int, base: int) -> Iterator[Hit]:
    near = int(book.threshold("average_jump_near_percent")[row])
    grows = column.code.endswith(SINCE_NEW_YEAR)
    for times, kind, cause, words in TIMES:
        is_near = abs(value - base * times) * 100 <= base * times * near
        if is_near and (kind == "tenfold" or column.is_amount) and not (grows and cause is Cause.DIGIT_MORE):
            hit = book.hit(kind, row, column.code, base, times=words, slip=cause.value)
            yield replace(hit, cause=cause.name.lower())


def _is_far(book: Book, row: int, column: Column, value: int, base: int) -> bool:
    times = int(book.threshold("return_jump_times")[row])
    if column.is_amount and abs(value - base) <= int(book.threshold("jump_amount", FEN_PER_YUAN)[row]):
        return False
    return value > base * times or value * times < base


def _far(book: Book, row: int, column: Column, value: int, base: int) -> Hit:
    times = int(book.threshold("return_jump_times")[row])
    moved, words = ("增加", f"{times}倍以上") if value > base else ("减少", f"1/{times}以下")
    return book.hit("far", row, column.code, base, moved=moved, times=words)
