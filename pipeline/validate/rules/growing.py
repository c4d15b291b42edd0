"""What is counted since January only grows within the year, and starts anew in January (A23, C01-7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from pipeline.catalog.forms import Column
from pipeline.model import Bound
from pipeline.money import FEN_PER_YUAN
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.equations import counted
from pipeline.validate.frames import Book, Hit
from pipeline.validate.last_return import last_return
from pipeline.validate.masked import Figures, Integers, true
from pipeline.validate.needs import Need
from pipeline.validate.neighbours import RETURN
from pipeline.validate.registry import WORKING, rule, soft
from pipeline.validate.tolerance import rounding

IN_YEAR = (
    *("settled_loans_ytd", "renewed_amount_ytd", "extended_amount_ytd"),
    *("interest_subsidy_paid_ytd", "interest_subsidy_accrued_ytd"),
)
"""Those of a statement that no equation ties to last month's (A04 and A06 have the others)."""
ANEW = IN_YEAR[1:]
"""Those that January tells by themselves; of loans settled it is A28's to tell."""
FUND = ("fund_added_amount_ytd", "fund_compensated_amount_ytd")
"""Those of a county return."""
KEPT = (
    *("eligible_households", "credit_households", "credit_villages", "credit_townships"),
    *("visited_households", "scored_households"),
    *("posts_county_set_up", "posts_township_set_up", "posts_village_set_up"),
    *("project_invested_amount", "project_loan_amount"),
)
"""What a county has reached of households, places and projects: the register changes in January, if it does."""

_TOLD = 3
"""So many places are named in a sentence."""
_LESS = (
    "{area}“{indicator}”{value}，小于上月的{expected}{allowed}：本年累计在年内只会增加。"
    "请核对；是上月报表有误的，请更正上月报表；如属实（如冲正），请说明原因。"
)


@rule(
    "A23",
    level=2,
    title="结清笔数、续贷、展期和贴息的本年累计在年内不减少，1月重新起算",
    subject="年内累计",
    source=f"{WORKING}：本年累计从1月起算（安政办函〔2017〕284号 二.1），一个月达到上年全年的，多为没有重新起算"
    "（参数 year_reset_min_amount）",
    reads=("M01",),
    needs=(Need.LAST_MONTH,),
    breaks={
        "less": soft(_LESS, Bound.AT_LEAST),
        "not_reset": soft(
            "{cases}，达到上年全年的数：疑似本年累计没有从1月起重新计算。请核对这些数，改为1月发生的数；如属实，请说明原因。"
        ),
    },
)
def year_so_far_never_shrinks(book: Book) -> Iterator[Hit]:
    """Settled loans, renewed, extended, subsidies accrued and paid of the year are not below last month's.

    Follows from the definition of what is counted since 1 January: a month adds to it. In January one month is as much
    as the year before only where the year was a loan or two: one finding a statement, at its first figure.
    """
    for code in IN_YEAR:
        yield from _shrunk(book, book.form.by_code[code], book.base_before(code), book.step_before())
    least, found = book.threshold("year_reset_min_amount", FEN_PER_YUAN), dict[int, list[tuple[int, str]]]()
    for code in ANEW:
        year = book.base_before(code)
        for row in book.where(true((book.now(code) >= year) & (year >= least)) & (book.month == 1)):
            found.setdefault(book.records[row].submission, []).append((row, code))
    for cases in found.values():
        yield _not_reset(book, sorted(cases, key=lambda case: case[0]))


@rule(
    "C01-7",
    level=2,
    title="本年新增和代偿的风险补偿金累计，走访、评分、信用、网点和项目的累计数，年内不减少",
    subject="年内累计",
    source=f"{WORKING}：本年累计从1月起算（安政办函〔2017〕284号 二.1）；走访、评分等是累计做到的数，"
    "名册一般在年初调整，年内少了的多为填错",
    reads=(RETURN,),
    needs=(Need.LAST_RETURN_OF_THIS_YEAR,),
    breaks={
        "less": soft(_LESS, Bound.AT_LEAST),
        "fewer": soft(
            "{area}“{indicator}”{value}，少于上月的{expected}{allowed}：年内一般只增不减。"
            "请核对；是上月报表有误的，请更正上月报表；如属实（如动态调整、撤并），请说明减少的数和原因。",
            Bound.AT_LEAST,
        ),
    },
)
def fund_so_far_never_shrinks(book: Book) -> Iterator[Hit]:
    """What was added to the fund this year, and paid from it, or reached so far, is not below last month's return.

    Not in January, when the year begins, and the register of the poor may be another.

    Follows from the definition of what is counted since 1 January. That it is a tenth of last month's is C01-6's to
    tell, and told once (`diagnosis.beside`).
    """
    last = last_return(book)
    if last is None:
        return
    for kind, codes in (("less", FUND), ("fewer", KEPT)):
        for code in codes:
            yield from _shrunk(book, book.form.by_code[code], last.figures(code), last.step, kind)


def _not_reset(book: Book, cases: Sequence[tuple[int, str]]) -> Hit:
    row, code = cases[0]
    said = "；".join(_case(book, row, code) for row, code in cases[:_TOLD])
    more = f"；另有{len(cases) - _TOLD}处也是这样" if len(cases) > _TOLD else ""
    at = tuple(book.origins[row][code] for row, code in cases)
    hit = book.hit("not_reset", row, code, cases=said + more)
    return replace(hit, cause=Cause.YEAR_NOT_RESET.name.lower(), others=at)


def _case(book: Book, row: int, code: str) -> str:
    """「汉阴县“本年续贷金额”12.00万元（上年12月11.00万元）」."""
    now, year = (book.say(code, int(of(code)[row])) for of in (book.now, book.base_before))
    record = book.records[row]
    return f"{book.area_name(record.area, record.submission)}“{book.label(code)}”{now}（上年12月{year}）"


def _shrunk(book: Book, column: Column, before: Figures, steps: Integers, kind: str = "less") -> Iterator[Hit]:
    """A hit where a figure is below last month's by more than both roundings explain."""
    code, less = column.code, before - book.now_natural(column.code)
    twice = counted(book.step) + counted(steps) if column.is_amount else np.zeros(len(book.records), dtype=np.int64)
    for row in book.where(true(less * 2 > twice) & (book.month > 1)):
        yield book.hit(kind, row, code, int(before[row]), allowed=rounding(book, code, int(twice[row])))
