"""A county's fund against last month's, what was added and what was paid from it since (C01-8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.equations import counted
from pipeline.validate.frames import Book, Hit
from pipeline.validate.last_return import last_return
from pipeline.validate.masked import Figures, Integers, Mask, true, unknown, zero_at
from pipeline.validate.needs import Need
from pipeline.validate.neighbours import RETURN
from pipeline.validate.registry import WORKING, rule, soft
from pipeline.validate.rules.tenfold import return_keeps_its_place

BALANCE, ADDED, PAID = "fund_balance_amount", "fund_added_amount_ytd", "fund_compensated_amount_ytd"
_ASK = (
    "请核对风险补偿金余额、本年新增和本年代偿；是上月报表有误的，请更正上月报表；如属实（如退回、划转），请说明原因。"
)


@rule(
    "C01-8",
    level=2,
    title="风险补偿金余额＝上月余额＋本月新增－本月代偿",
    subject="风险补偿金余额",
    source=f"{WORKING}：补偿金只因新增和代偿增减，存款利息可使余额略多（参数 fund_interest_percent）",
    reads=(RETURN,),
    needs=(Need.LAST_RETURN,),
    breaks={
        "balance": soft(
            "{area}“{indicator}”{value}，而上月{before}、本月新增{added}、代偿{paid}，推算应为{expected}。" + _ASK
        ),
        "flow": soft(
            "{area}“{indicator}”{value}，{than}{difference}，而风险补偿金余额{now}，上月{before}，没有相应变动{hint}。"
            + _ASK
        ),
    },
)
def fund_moves_by_what_is_told(book: Book) -> Iterator[Hit]:
    """The fund is last month's, with what was added and without what was paid since, and perhaps a little interest.

    Where the fund is as last month, or less was in it than was paid, it is told at what is said to have moved it; where
    it moved by one of the two alone, at the other. A year that shrinks is C01-7's to tell, a fund that is far from last
    month's C01-6's; in January both start anew, and December's may still be among what is told.
    """
    last = last_return(book)
    if last is None:
        return
    now, before = book.now_natural(BALANCE), last.figures(BALANCE)
    added, paid = (book.now_natural(code) - zero_at(last.figures(code), book.month == 1) for code in (ADDED, PAID))
    off, moved = now - (before + added - paid), now - before
    in_january = np.where(book.month == 1, 1, 3)  # of last month's figures the balance alone
    slack: Integers = np.asarray(3 * counted(book.step) + in_january * counted(last.step), dtype=np.int64)
    interest = before * book.threshold("fund_interest_percent") // 100
    is_off = ~_is_within(off, slack, interest) & ~unknown(off) & true((added >= 0) & (paid >= 0))
    stays = _is_within(moved, slack, interest) | true(paid > before + added)
    goes_on = {  # December's is still in it
        code: _is_within(off + sign * year, slack, interest) & true(year <= told) & (book.month == 1)
        for code, sign, told in ((ADDED, 1, added), (PAID, -1, paid))
        for year in (last.figures(code),)
    }
    told_at = {
        ADDED: _is_within(off + added, slack, interest) | goes_on[ADDED],
        PAID: _is_within(off - paid, slack, interest) | goes_on[PAID],
    }
    told = {(hit.submission, hit.area) for hit in return_keeps_its_place(book) if hit.indicator == BALANCE}
    for row in book.where(is_off):
        if (book.records[row].submission, book.records[row].area) in told:
            continue
        figures = {"now": now, "before": before, "added": added, "paid": paid}
        words = {name: book.say(BALANCE, int(values[row])) for name, values in figures.items()}
        flows = {ADDED: int(added[row]), PAID: int(paid[row])}
        alone = [code for code, by_itself in told_at.items() if by_itself[row]]
        if not stays[row] and len(alone) != 1:
            yield book.hit("balance", row, BALANCE, int(now[row] - off[row]), **words)
            continue
        code = max(flows if stays[row] else alone, key=lambda code: flows[code])
        words["difference"] = book.say(BALANCE, flows[code])
        words["than"] = since(int(book.month[row]))
        hint = f"：疑似{Cause.YEAR_NOT_RESET.value}" if goes_on[code][row] else ""
        hit = book.hit("flow", row, code, None, hint=hint, **words)
        yield replace(hit, cause=Cause.YEAR_NOT_RESET.name.lower()) if hint else hit


def since(month: int) -> str:
    """What a year so far is more than: last month's, and in January nothing."""
    return "从年初起算，本月发生" if month == 1 else "比上月的累计多"


def _is_within(figure: Figures, slack: Integers, interest: Figures) -> Mask:
    """Whether a difference is no more than roundings explain, and a little interest above it."""
    return true((figure * 2 >= -slack) & ((figure - interest) * 2 <= slack))
