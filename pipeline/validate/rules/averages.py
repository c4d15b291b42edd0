"""Averages and rates that cannot be: the classic slip of the unit (A13, A14)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np

from pipeline.model import Bound
from pipeline.money import FEN_PER_WAN, FEN_PER_YUAN, MICRO_PER_PERCENT, fixed, round_half_up, wan, yuan
from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import Figures, Mask, true, without
from pipeline.validate.owed import LENT, RATE
from pipeline.validate.registry import WORKING, hard, rule, soft

_FAR_FROM_ANY_CAP = 100 * FEN_PER_WAN

_OF_MONTH = ("disbursed_amount_mtd", "disbursed_households_mtd")
_OF_YEAR = ("disbursed_amount_ytd", "disbursed_households_ytd")
MEASURES = (_OF_MONTH, _OF_YEAR, ("outstanding_amount", "outstanding_households"))


@rule(
    "A13",
    level=1,
    title="户均金额不超过每户上限，且不像填错单位",
    subject="户均金额",
    source=f"{WORKING}：每户上限按全国通行的5万元以下执行，倍数和户数按试算没有误判的界限"
    "（参数 loan_cap_household、unit_slip_*）",
    reads=("M01",),
    breaks={
        "slip": hard(
            "{area}“{indicator}”{value}、{households}，户均{average}，{direction}（每户上限{cap}）："
            "单位疑似填错（元／万元）。请核对这张表的金额单位，改正后重新报送。",
            Bound.AT_MOST,
        ),
        "cap": soft(
            "{area}“{indicator}”{value}、{households}，户均{average}，超过每户上限{cap}。"
            "请核实金额和户数；如属实，请说明超上限的户和原因。",
            Bound.AT_MOST,
        ),
    },
)
def average_loan(book: Book) -> Iterator[Hit]:
    """Average = amount ÷ households, for disbursed mtd and ytd and for outstanding.

    Above the cap: soft. With enough households to judge by, above so many times the cap or below that part of it:
    hard, the unit is wrong; what is too small is held against no figure. Compared by whole division, which is exact
    here and cannot overflow. Amounts that are zero or negative are for A09 and A10. A year that is above
    the cap only by its last month goes under that.
    """
    cap, factor = book.threshold("loan_cap_household", FEN_PER_YUAN), book.threshold("unit_slip_factor")
    least = book.threshold("unit_slip_min_households")
    of_month: dict[int, Hit] = {}
    for amount_code, households_code in MEASURES:
        amount, households = _positive(book, amount_code), _positive(book, households_code)
        reached = (amount - 1) // households
        enough = true(households >= least)
        above = true(reached >= cap * factor) & enough
        below = true((amount * factor) // households < cap) & enough
        for row in book.where(true(reached >= cap) | below):
            slip = bool(above[row] or below[row])
            hit = book.hit(
                "slip" if slip else "cap",
                row,
                amount_code,
                None if below[row] else int(cap[row] * households[row]),
                households=book.say(households_code, int(households[row])),
                average=average_words(Fraction(int(amount[row]), int(households[row]))),
                cap=money(int(cap[row])),
                direction=f"{'高于上限的' if above[row] else '不到上限的'}"
                f"{factor[row]}{'倍' if above[row] else '分之一'}",
            )
            if amount_code == _OF_MONTH[0] and not slip:
                of_month[row] = hit
            is_of_year = amount_code == _OF_YEAR[0] and not slip and row in of_month
            follows = is_of_year and _is_else_within(book, row, int(cap[row]))
            yield replace(hit, under=of_month[row]) if follows else hit


def _is_else_within(book: Book, row: int, cap: int) -> bool:
    """Whether what was lent in the year before this month is within the cap, by the fewest households it can have."""
    of = {code: int(book.now(code)[row]) for code in (*_OF_YEAR, *_OF_MONTH)}
    (amount, households), (lent, borrowers) = ([of[code] for code in span] for span in (_OF_YEAR, _OF_MONTH))
    return amount - lent <= cap * (households - borrowers)


def _positive(book: Book, indicator: str) -> Figures:
    figures = book.now(indicator)
    return without(figures, figures.data <= 0)


def average_words(average: Fraction) -> str:
    """An average in fen, rounded for reading only: to the fen, or to 0.01 万元 where it is far from any cap."""
    if average >= _FAR_FROM_ANY_CAP:
        return f"{fixed(average / FEN_PER_WAN, 2)}万元"
    return money(round_half_up(average))


def money(fen: int) -> str:
    """In whichever of 万元 and 元 is the easier to read."""
    return f"{wan(fen)}万元" if fen >= FEN_PER_WAN and fen % (FEN_PER_WAN // 100) == 0 else f"{yuan(fen)}元"


@rule(
    "A14",
    level=1,
    title="加权平均利率在合理范围内",
    subject="利率",
    source=f"{WORKING}：扶贫小额贷款执行基准利率上下，范围以外多为百分数、千分数或月息填错（参数 rate_*_percent）",
    reads=("M01",),
    breaks={
        "low": soft(
            "{area}“{indicator}”{value}，低于{expected}。请核实是否误填小数或月利率；如属实，请说明原因。",
            Bound.AT_LEAST,
        ),
        "high": soft(
            "{area}“{indicator}”{value}，高于{expected}。请核实是否误填千分数（‰）；如属实，请说明原因。", Bound.AT_MOST
        ),
        "between": soft(
            "{area}“{indicator}”{value}，不在各县区最低的{lowest}与最高的{highest}之间。"
            "合计的利率是各县区按发放金额加权的平均数，请核实是否填成了相加的数或别的数；如属实，请说明原因。"
        ),
    },
)
def rate_in_range(book: Book) -> Iterator[Hit]:
    """weighted_average_rate outside 0.5 to 15 %, a typed total's too; a zero beside no lending says nothing.

    Nor is a typed total's outside of what its areas have, all within that range, but for its last digit.
    """
    rate, rows = book.now(RATE), np.ones(len(book.records), dtype=bool)
    low = book.threshold("rate_lower_percent", MICRO_PER_PERCENT)
    high = book.threshold("rate_upper_percent", MICRO_PER_PERCENT)
    nothing = true(rate == 0) & ~true(book.now(LENT) > 0)
    for row in book.where(true(rate < low) & ~nothing, rows):
        yield book.hit("low", row, RATE, int(low[row]))
    for row in book.where(rate > high, rows):
        yield book.hit("high", row, RATE, int(high[row]))
    yield from _totals_between(book, true((rate >= low) & (rate <= high)))


def _totals_between(book: Book, plausible: Mask) -> Iterator[Hit]:
    """Typed totals outside of the rates of their areas, each of which that lent tells a plausible one."""
    rate, lent = book.now(RATE), true(book.now(LENT) != 0)
    for row in book.where(plausible, ~book.single):
        own = book.added & (book.position == book.position[row])
        told = rate[own & plausible].compressed()
        if not len(told) or (own & ~plausible & (lent | true(rate > 0))).any():
            continue
        value, lowest, highest = int(rate[row]), int(told.min()), int(told.max())
        beyond = max(lowest - value, value - highest)
        if 2 * beyond > _last_digit(value):
            yield book.hit("between", row, RATE, lowest=book.say(RATE, lowest), highest=book.say(RATE, highest))


def _last_digit(rate: int) -> int:
    """What one in the last decimal is that a rate shows; no coarser than a tenth of a percentage point."""
    tenths = (MICRO_PER_PERCENT // power for power in (10, 100, 1000, 10_000, 100_000))
    return next((digit for digit in tenths if rate % digit == 0), 1)
