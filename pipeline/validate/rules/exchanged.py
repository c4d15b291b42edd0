"""Grades that stand in each other's place against last month, where their sums do not show it (A27)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from pipeline.money import FEN_PER_YUAN
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import Figures, Integers, Mask, true
from pipeline.validate.needs import Need
from pipeline.validate.registry import WORKING, rule, soft
from pipeline.validate.rules.grades import NPL

PERFORMING = ("pass_amount", "special_mention_amount")
NEXT = ("special_mention_amount", "substandard_amount")
PAIRS = (PERFORMING, NEXT, *combinations(NPL, 2))
"""Two grades of one sum, which stays as it is whichever stands where; of the last two of the performing and the
non-performing, the balance does, and what is non-performing where it is added up from what stands there."""


@rule(
    "A27",
    level=2,
    title="五级分类相邻各栏没有与上月对调",
    subject="相邻分类",
    source=f"{WORKING}：两类相差数倍而与上月对调的，余额、不良各项仍能对上，多为两栏填反（参数 exchange_*）",
    reads=("M01",),
    needs=(Need.LAST_MONTH,),
    breaks={
        "exchanged": soft(
            "{cases}，与上月对调：疑似两栏互换。"
            "请核对这些栏是否填反；是上月报表有误的，请更正上月报表；如属实，请说明原因。"
        )
    },
)
def grades_keep_their_columns(book: Book) -> Iterator[Hit]:
    """One finding a statement, at the first area's first figure, where each of two grades is about the other's last.

    Of the non-performing none may be nothing, then or now: a loan that goes down a grade leaves nothing where it was.
    Those that leave something come near what the next grade had, now and then, but hardly ever close to it.
    The only loan of an area that is no longer pass leaves nothing too: there what moves has to be a large amount.
    """
    found: dict[int, list[tuple[int, tuple[str, str]]]] = {}
    for pair in PAIRS:
        for row in book.where(_exchanged(book, pair)):
            found.setdefault(book.records[row].submission, []).append((row, pair))
    for cases in found.values():
        cases.sort(key=lambda case: case[0])
        row, (one, other) = cases[0]
        words = "；".join(_case(book, rows, pair) for pair, rows in _by_pair(cases).items())
        hit = book.hit("exchanged", row, one, int(book.now(other)[row]), cases=words)
        yield replace(hit, cause=Cause.COLUMNS_EXCHANGED.name.lower())


def exchanged_rows(book: Book) -> Mask:
    """Where any two grades stand in each other's place."""
    rows: Mask = np.logical_or.reduce([_exchanged(book, pair) for pair in PAIRS])
    return rows


def _exchanged(book: Book, pair: tuple[str, str]) -> Mask:
    (one, other), (one_before, other_before) = (map(of, pair) for of in (book.now_natural, book.base_before))
    is_performing = pair == PERFORMING
    near = book.threshold("exchange_near_percent" if is_performing else "exchange_near_npl_percent")
    crosswise = _is_near(one, other_before, near) & _is_near(other, one_before, near)
    more, less = np.ma.maximum(one_before, other_before), np.ma.minimum(one_before, other_before)
    is_large = less != 0
    if is_performing:
        is_large |= more > book.threshold("jump_amount", FEN_PER_YUAN)
    return true(crosswise & (more >= less * book.threshold("exchange_least_times")) & is_large)


def _is_near(figure: Figures, base: Figures, percent: Integers) -> Mask:
    near: Mask = abs(figure - base) * 100 <= base * percent
    return near


def _by_pair(cases: Sequence[tuple[int, tuple[str, str]]]) -> dict[tuple[str, str], list[int]]:
    rows: dict[tuple[str, str], list[int]] = {}
    for row, pair in cases:
        rows.setdefault(pair, []).append(row)
    return rows


def _case(book: Book, rows: Sequence[int], pair: tuple[str, str]) -> str:
    """「汉阴县“正常”12.00万元、“关注”1180.00万元，上月为1160.00万元、12.00万元（石泉县也是）」."""
    first, *others = rows
    now = "、".join(f"“{book.label(code)}”{book.say(code, int(book.now(code)[first]))}" for code in pair)
    last = "、".join(book.say(code, int(book.base_before(code)[first])) for code in pair)
    also = "、".join(_area(book, row) for row in others)
    return f"{_area(book, first)}{now}，上月为{last}{f'（{also}也是）' if also else ''}"


def _area(book: Book, row: int) -> str:
    record = book.records[row]
    return book.area_name(record.area, record.submission)
