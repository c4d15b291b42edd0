"""Loans and households outstanding against last month's, those lent and those settled since (A28)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from pipeline.model import Bound
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.disowned_households import CUM, YTD
from pipeline.validate.equations import SO_FAR, YEAR_SO_FAR, balance
from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import Figures, Mask, true, without, zero_at
from pipeline.validate.needs import Need
from pipeline.validate.owed import now_or_none
from pipeline.validate.registry import DUTY, rule, soft
from pipeline.validate.rules.spans import OUTSTANDING, SETTLED

LENT, LENT_TO, HOUSEHOLDS = "disbursed_loans_mtd", "disbursed_households_mtd", "outstanding_households"
ALL_LENT = (LENT, "disbursed_loans_ytd", "disbursed_loans_cum")
"""Loans of a month that were counted twice are so in all of them: their own equations hold (A04, A05)."""
WRITTEN_OFF, CHANGED = "written_off_amount_mtd", "other_change_amount_mtd"
LENDING = tuple(equation for equation in (*YEAR_SO_FAR, *SO_FAR) if equation.figure.startswith("disbursed_loans"))
"""What tells whether the loans made this month are right (A04, A05)."""

_ASK = "{hint}。请核对期末笔数和结清笔数；是上月报表有误的，请更正上月报表；如属实，请说明原因。"
_DIFFERS = "{area}“{indicator}”{value}，不等于{sum}的{expected}" + _ASK
_ABOVE = "{area}“{indicator}”{value}，多于{sum}的{expected}" + _ASK
_ASK_HOUSEHOLDS = "是上月报表有误的，请更正上月报表；如属实，请说明原因。"
_MORE = (
    "{area}“{indicator}”{value}，多于{sum}的{expected}：本月没有发放的户不会新增。请核对期末户数和本月发放户数；"
    + _ASK_HOUSEHOLDS
)
_FEWER = (
    "{area}“{indicator}”{value}，少于{sum}的{expected}：每减少一户，至少结清一笔。请核对期末户数和结清笔数；"
    + _ASK_HOUSEHOLDS
)


@rule(
    "A28",
    level=2,
    title="期末笔数＝上月末笔数＋本月发放笔数－本月结清笔数；期末户数增加的不多于本月发放户数，减少的不多于本月结清笔数",
    subject="期末笔数",
    source=DUTY,
    reads=("M01",),
    needs=(Need.LAST_MONTH,),
    breaks={
        "outstanding": soft(_DIFFERS),
        "outstanding_above": soft(_ABOVE, Bound.AT_MOST),
        "settled": soft(_DIFFERS),
        "settled_above": soft(_ABOVE, Bound.AT_MOST),
        "households_more": soft(_MORE, Bound.AT_MOST),
        "households_fewer": soft(_FEWER, Bound.AT_LEAST),
    },
)
def loans_come_and_go(book: Book) -> Iterator[Hit]:
    """Loans outstanding are last month's, with those lent and without those settled since.

    They may be fewer where something was written off or paid for by a fund: such loans are not settled. Nothing is
    said where loans came in or went out another way. A renewed loan is one that is settled and one that is lent, an
    extended one stays: both keep the sum. Of two figures it is told at the one that is off: loans that keep beside
    their households are not, if as many households can have come and gone. Loans lent that are nearer to their
    households without what is off may be wrong as well. What was lent, a year that shrinks and too many households are
    others' to tell.

    Households outstanding have no such sum, as each may have several loans, but two bounds: no more came than were lent
    to in the month, and no more went than loans were settled, where nothing was written off. Where their loans are off
    the same way, it is one matter.
    """
    now, before, lent = book.now_natural(OUTSTANDING), book.base_before(OUTSTANDING), book.now_natural(LENT)
    since, so_far = book.now_natural(SETTLED), zero_at(book.base_before(SETTLED), book.month == 1)
    off = now - (before + lent - (since - so_far))
    written_off, changed = now_or_none(book, WRITTEN_OFF), now_or_none(book, CHANGED)
    can_be_told = true(written_off >= 0) & true(changed == 0) & ~true(book.now(HOUSEHOLDS) > now)
    more, fewer = true(off > 0), true(off < 0)
    broken = (more | fewer & true(written_off == 0)) & can_be_told & ~true(since < so_far) & ~_lending_is_off(book)
    bounds = _Bounds.of(book, since - so_far, written_off)
    beside = (now - book.now_natural(HOUSEHOLDS)) - (before - book.base_before(HOUSEHOLDS))
    settled_is_off = true(abs(beside) < abs(beside - off)) & ~(bounds.above | bounds.below)
    lent_may_be = true(lent + off >= book.now_natural(LENT_TO)) & fewer
    roots: dict[int, Hit] = {}
    for row in book.where(broken):
        bounded = "" if written_off[row] == 0 else "_above"
        last, new, left = int(before[row]), int(lent[row]), int(since[row] - so_far[row])
        if settled_is_off[row]:
            hit = _settled_hit(book, row, f"settled{bounded}", int(so_far[row]), last, new)
            yield _or_lent(book, row, hit, -int(off[row])) if lent_may_be[row] else hit
        else:
            words = f"上月末{_say(book, last)}＋本月发放{_say(book, new)}－本月结清{_say(book, left)}"
            roots[row] = book.hit(f"outstanding{bounded}", row, OUTSTANDING, last + new - left, sum=words, hint="")
    yield from roots.values()
    for row, hit in _households_beyond(book, bounds, can_be_told):
        is_same_way = (more if bounds.above[row] else fewer)[row]
        yield replace(hit, under=roots[row]) if row in roots and is_same_way else hit


@dataclass(frozen=True, eq=False)
class _Bounds:
    """Between which households outstanding lie, and where they do not."""

    most: Figures
    fewest: Figures
    above: Mask
    below: Mask

    @classmethod
    def of(cls, book: Book, settled: Figures, written_off: Figures) -> _Bounds:
        """From last month's: with all that were lent to, and without one for each loan settled in the month."""
        now, before = book.now_natural(HOUSEHOLDS), book.base_before(HOUSEHOLDS)
        most, fewest = (
            before + book.now_natural(LENT_TO),
            without(before - settled, ~true((written_off == 0) & (settled >= 0))),
        )
        return cls(most, fewest, true(now > most), true(now < fewest))


def _households_beyond(book: Book, bounds: _Bounds, rows: Mask) -> Iterator[tuple[int, Hit]]:
    last = book.base_before(HOUSEHOLDS)
    for row in book.where(bounds.above & rows & ~_lent_to_too_few(book)):
        before, lent_to = (
            book.say(code, int(of[row])) for code, of in ((HOUSEHOLDS, last), (LENT_TO, book.now(LENT_TO)))
        )
        words = f"上月末{before}＋本月发放{lent_to}"
        yield row, book.hit("households_more", row, HOUSEHOLDS, int(bounds.most[row]), sum=words)
    for row in book.where(bounds.below & rows):
        before, settled = book.say(HOUSEHOLDS, int(last[row])), int(last[row] - bounds.fewest[row])
        words = f"上月末{before}－本月结清{_say(book, settled)}"
        yield row, book.hit("households_fewer", row, HOUSEHOLDS, int(bounds.fewest[row]), sum=words)


def _lent_to_too_few(book: Book) -> Mask:
    """Where all sums of households lent to have grown by more than those of the month: of these it is A06's to tell."""
    new, so_far = book.now_natural(LENT_TO), zero_at(book.base_before(YTD), book.month == 1)
    beyond, within = np.zeros_like(book.single), np.zeros_like(book.single)
    for grown in (book.now_natural(YTD) - so_far, book.now_natural(CUM) - book.base_before(CUM)):
        beyond |= true(grown > new)
        within |= true(grown <= new)
    return beyond & ~within


def _lending_is_off(book: Book) -> Mask:
    """Whether what was lent is another rule's to tell."""
    told = np.zeros_like(book.single)
    for equation in LENDING:
        told |= true(balance(book, equation).broken)
    return told


def _or_lent(book: Book, row: int, hit: Hit, more: int) -> Hit:
    """It may as well be that so many loans were counted twice among those lent."""
    if hit.words["hint"]:
        return hit
    cells = tuple(at for code in ALL_LENT if (at := book.origins[row].get(code)) is not None)
    words = f"：也可能发放笔数（本月、本年累计、历史累计）多计{_say(book, more)}"
    return replace(hit, words={**hit.words, "hint": words}, others=cells)


def _settled_hit(book: Book, row: int, kind: str, so_far: int, last: int, new: int) -> Hit:
    """At the loans settled since January; in January those of December may still be among them, or all there is."""
    owing, said = int(book.now(OUTSTANDING)[row]), int(book.now(SETTLED)[row])
    meant = so_far + last + new - owing
    words = f"上月末{_say(book, last)}＋本月发放{_say(book, new)}－期末{_say(book, owing)}"
    words = f"上月的本年累计{_say(book, so_far)}＋{words}" if book.month[row] > 1 else words
    december = book.base_before(SETTLED)[row]
    goes_on = book.month[row] == 1 and december in (said, said - meant)
    hint = f"：疑似{Cause.YEAR_NOT_RESET.value}" if goes_on else ""
    hit = book.hit(kind, row, SETTLED, meant, sum=words, hint=hint)
    return replace(hit, cause=Cause.YEAR_NOT_RESET.name.lower()) if goes_on else hit


def _say(book: Book, loans: int) -> str:
    return book.say(OUTSTANDING, loans)
