"""Figures that move as they never did, and averages and rates that part from last month's (A13 to A15)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np

from pipeline.money import FEN_PER_YUAN, MICRO_PER_PERCENT
from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import Figures, Integers, Mask, first_known, nothing, unknown, without
from pipeline.validate.needs import Need
from pipeline.validate.owed import RATE, before_or_none
from pipeline.validate.registry import WORKING, rule, soft
from pipeline.validate.rules.averages import MEASURES, average_words

STOCKS = ("outstanding_amount", "credit_line_amount", "past_due_amount")
FLOWS = ("disbursed_amount_mtd", "repaid_amount_mtd", "written_off_amount_mtd")
_TENFOLD = ((Fraction(1, 10), "十分之一"), (Fraction(10), "十倍"))


@rule(
    "A13",
    level=2,
    title="户均金额不与上月差十倍",
    subject="户均金额",
    source=f"{WORKING}：正常户均逐月变化很小，差十倍多为多一位或少一位（参数 average_jump_*）",
    reads=("M01",),
    needs=(Need.LAST_MONTH,),
    breaks={
        "tenfold": soft(
            "{area}“{indicator}”{value}、{households}，户均{average}，约为上月户均{before}的{times}："
            "疑似差十倍（多写或少写一位）。请核对金额和户数；如属实，请说明原因。"
        )
    },
)
def average_keeps_its_place(book: Book) -> Iterator[Hit]:
    """Within 10 % of a tenth or ten times last month's average, both with enough households; not where A13 cuts in."""
    least = book.threshold("unit_slip_min_households")
    cap, factor = book.threshold("loan_cap_household", FEN_PER_YUAN), book.threshold("unit_slip_factor")
    near = book.threshold("average_jump_near_percent")
    for amount_code, households_code in MEASURES:
        now, households = book.now(amount_code), book.now_natural(households_code)
        before, households_before = book.base_before(amount_code), book.base_before(households_code)
        known = ~unknown(before) & (households >= least) & (households_before >= least)
        reached = (now - 1) // households
        below = (now * factor) // households < cap
        for row in book.where(known & (reached < cap) & ~below):
            average = Fraction(int(now[row]), int(households[row]))
            last = Fraction(int(before[row]), int(households_before[row]))
            part = Fraction(int(near[row]), 100)
            words = next((words for times, words in _TENFOLD if _is_near(average, last * times, part)), "")
            if words:
                yield book.hit(
                    "tenfold",
                    row,
                    amount_code,
                    households=book.say(households_code, int(households[row])),
                    average=average_words(average),
                    before=average_words(last),
                    times=words,
                )


def _is_near(figure: Fraction, target: Fraction, part: Fraction) -> bool:
    return abs(figure - target) <= target * part


@rule(
    "A14",
    level=2,
    title="加权平均利率不与上次差百倍或差月息、年息",
    subject="利率",
    source=f"{WORKING}：利率逐月变化很小，差百倍多为小数与百分数填错，差12倍与10倍之比多为月息与年息换算有误"
    "（参数 rate_jump_*、jump_window_months）",
    reads=("M01",),
    needs=(Need.SOME_MONTH,),
    breaks={
        "hundredfold": soft(
            "{area}“{indicator}”{value}，约为上次（{month}）{before}的{times}：疑似小数与百分数填错。"
            "请核实；如属实，请说明原因。"
        ),
        "monthly": soft(
            "{area}“{indicator}”{value}，约为上次（{month}）{before}的{times}：疑似月息、年息换算有误（‰×12÷10＝%）。"
            "请核实；如属实，请说明原因。"
        ),
    },
)
def rate_keeps_its_place(book: Book) -> Iterator[Hit]:
    """Near 1/100 or 100 times, or 10/12 or 12/10 times, the last rate of that unit and area."""
    rate = book.now(RATE)
    before, back = _last_known(book, RATE)
    far, close = book.threshold("rate_jump_hundredfold_percent"), book.threshold("rate_jump_monthly_percent")
    low, high = (book.threshold(f"rate_{end}_percent", MICRO_PER_PERCENT) for end in ("lower", "upper"))
    candidates = (
        ("hundredfold", Fraction(1, 100), far, "百分之一"),
        ("hundredfold", Fraction(100), far, "一百倍"),
        ("monthly", Fraction(10, 12), close, "十二分之十"),
        ("monthly", Fraction(12, 10), close, "十分之十二"),
    )
    for row in book.where((rate >= low) & (rate <= high) & ~unknown(before)):
        now, last = Fraction(int(rate[row])), Fraction(int(before[row]))
        for kind, times, part, words in candidates:
            if _is_near(now, last * times, Fraction(int(part[row]), 100)):
                month = book.months[book.records[row].submission].shifted(-int(back[row]))
                yield book.hit(kind, row, RATE, month=month.label, before=book.say(RATE, int(last)), times=words)
                break


def _last_known(book: Book, indicator: str) -> tuple[Figures, Integers]:
    """The last figure in force within the window, and how many months ago that was; a zero says nothing."""
    window = book.threshold("jump_window_months")
    figure, back = nothing(len(book.records)), np.zeros(len(book.records), dtype=np.int64)
    for months in _months_back(window):
        if not unknown(figure).any():
            break
        earlier = without(_told_before(book, indicator, months), window < months)
        back = np.where(unknown(figure) & ~unknown(earlier), months, back)
        figure = first_known(figure, earlier)
    return figure, back


def _months_back(window: Integers) -> range:
    """How many months back to look: as far as the row that looks farthest."""
    return range(1, int(window.max(initial=0)) + 1)


def _told_before(book: Book, indicator: str, back: int) -> Figures:
    figures = book.base_before(indicator, back)
    return without(figures, figures.data == 0)


@rule(
    "A15",
    level=2,
    title="余额、授信和本月发生额没有超出往常的变动",
    subject="变动幅度",
    source=f"{WORKING}：比例、金额和月数按试算没有误判的界限（参数 jump_*）",
    reads=("M01",),
    needs=(Need.ENOUGH_MONTHS,),
    breaks={
        "stock": soft(
            "{area}“{indicator}”{value}，上月{before}，{moved}{change}（{percent}），超过以往{months}个月的最大变动{largest}"
            "{also}。请核实；如属实，请说明变动的原因。"
        ),
        "flow": soft(
            "{area}“{indicator}”{value}，超过以往{months}个月最大数{largest}的{times}倍{also}。"
            "请核实；如属实，请说明原因。"
        ),
    },
)
def movements_as_usual(book: Book) -> Iterator[Hit]:
    """One finding a unit and area, at the figure that moved most: a stock since last month, a flow above its largest.

    Stocks: a change above so many percent, above an amount, and above any change of so many months before; flows:
    above so many times the largest of those months, and above the amount. Not in the first months of a unit and area.
    """
    found: dict[int, list[tuple[Fraction, Hit]]] = {}
    enough = _months_known(book) >= book.threshold("jump_after_months")
    for code in STOCKS:
        for row, weight, hit in _stocks(book, code, enough):
            found.setdefault(row, []).append((weight, hit))
    for code in FLOWS:
        for row, weight, hit in _flows(book, code, enough):
            found.setdefault(row, []).append((weight, hit))
    for hits in found.values():
        first, *others = [hit for _, hit in sorted(hits, key=lambda pair: -pair[0])]
        also = "、".join(f"“{hit.book.label(hit.indicator)}”" for hit in others)
        yield replace(first, words={**first.words, "also": f"；{also}也有异常变动" if also else ""})


def _months_known(book: Book) -> Integers:
    """In how many of the months before this one the unit and area are known."""
    known, window = np.zeros(len(book.records), dtype=np.int64), book.threshold("jump_window_months")
    for back in _months_back(window):
        known += ~unknown(book.base_before(STOCKS[0], back)) & (window >= back)
    return known


def _stocks(book: Book, code: str, enough: Mask) -> Iterator[tuple[int, Fraction, Hit]]:
    now, last = book.now_natural(code), book.base_before(code)
    change, earlier = abs(now - last), last
    largest, months = np.zeros(len(now), dtype=np.int64), np.zeros(len(now), dtype=np.int64)
    window = book.threshold("jump_window_months")
    for back in _months_back(window):
        before = book.base_before(code, back + 1)
        moved = without(abs(earlier - before), window < back)
        months += ~unknown(moved)
        largest = np.maximum(largest, moved.filled(0))
        earlier = before
    percent, least = book.threshold("jump_stock_percent"), book.threshold("jump_amount", FEN_PER_YUAN)
    jumped = (change * 100 > last * percent) & (change > least) & (change > largest) & enough & (months > 0)
    for row in book.where(jumped):
        base = int(last[row])
        amount = int(change[row])
        yield (
            row,
            Fraction(amount),
            book.hit(
                "stock",
                row,
                code,
                before=book.say(code, base),
                moved="增加" if now[row] > base else "减少",
                change=book.say(code, amount),
                percent=f"{amount * 100 // base}%" if base else "上月为零",
                months=str(months[row]),
                largest=book.say(code, int(largest[row])),
                also="",
            ),
        )


def _flows(book: Book, code: str, enough: Mask) -> Iterator[tuple[int, Fraction, Hit]]:
    now = book.now(code)
    largest, months = np.zeros(len(now), dtype=np.int64), np.zeros(len(now), dtype=np.int64)
    window = book.threshold("jump_window_months")
    for back in _months_back(window):
        before = first_known(before_or_none(book, code, back), book.base_before(code, back))
        before = without(before, window < back)
        months += ~unknown(before)
        largest = np.maximum(largest, before.filled(0))
    times, least = book.threshold("jump_flow_times"), book.threshold("jump_amount", FEN_PER_YUAN)
    jumped = (now > largest * times) & (now > least) & enough & (months > 0)
    for row in book.where(jumped):
        yield (
            row,
            Fraction(int(now[row] - largest[row])),
            book.hit(
                "flow",
                row,
                code,
                months=str(months[row]),
                largest=book.say(code, int(largest[row])),
                times=str(times[row]),
                also="",
            ),
        )
