"""Grades that move farther in a month than loans go (A31)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.money import FEN_PER_YUAN
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import Figures, Integers, Mask, true
from pipeline.validate.needs import Need
from pipeline.validate.owed import now_or_none
from pipeline.validate.registry import WORKING, rule, soft
from pipeline.validate.rules.exchanged import NEXT, PERFORMING, exchanged_rows
from pipeline.validate.rules.grades import GRADES, NPL, OUTSTANDING
from pipeline.validate.rules.vanished import NPL_TOTAL, vanished
from pipeline.validate.tolerance import slack

REPAID, WRITTEN_OFF, CHANGED = "repaid_amount_mtd", "written_off_amount_mtd", "other_change_amount_mtd"
_Most = Callable[..., str]
WORSE, BAD = 1, 2
"""From which grade on loans are no longer pass, and from which they are non-performing."""

_SAYS = "{area}“{indicator}”{value}，上月{before}："
_GONE = "请核对是否漏填；是上月报表有误的，请更正上月报表；如已收回或情况属实，请说明原因。"
_ASK = "请核对五级分类各栏；是上月报表有误的，请更正上月报表；如属实，请说明原因。"


@rule(
    "A31",
    level=2,
    title="五级分类逐级下调，不良只因收回、核销减少，不良和逾期不忽然没有",
    subject="分类变动",
    source=f"{WORKING}：贷款一般逐级下调，一个月内大额跳级、大额转为关注或不良上调的，多为几栏填错；"
    "不良、逾期一个月内全部没有的，多为漏填"
    "（参数 grade_move_*、grade_npl_percent、grade_worse_percent、grade_gone_*、jump_amount）",
    reads=("M01",),
    needs=(Need.LAST_MONTH,),
    breaks={
        "skipped": soft(
            _SAYS + "本月{grades}合计{now}，比上月{wider}合计还多{difference}，至少这么多贷款一个月内跳级下调。" + _ASK
        ),
        "worse": soft(_SAYS + "{grades}合计一个月增加{difference}，超过上月余额的{percent}{hint}。" + _ASK),
        "better": soft(
            _SAYS + "{grades}合计比上月减少{change}，比本月收回、核销及代偿的合计还多{difference}，"
            "至少这么多不良贷款上调。" + _ASK
        ),
        "gone": soft(_SAYS + "全部没有了，而本月核销及代偿、划出共{out}{also}。" + _GONE),
        "fallen": soft(
            _SAYS + "各县区合计{total}，连同本月核销及代偿、划出的{out}，不到上月合计{last}的{share}{also}。" + _GONE
        ),
    },
)
def loans_go_from_grade_to_grade(book: Book) -> Iterator[Hit]:
    """One finding a unit and area, at the grade that moved most; one a unit of what is gone (`vanished`).

    What is in a grade or below it was there last month or in the grade above: a loan goes down one at a time. What is
    no longer non-performing was repaid or written off. More than that by an amount and a part of the balance is asked
    about; so is a large part of the balance that is no longer pass, or has become non-performing. Not where grades do
    not add up (A08) or stand in each other's place (A27), nor where loans came in or went out another way.
    """
    tails = _Tails.of(book)
    stands = _add_up(book, tails) & ~_is_exchanged(book)
    asked = stands & true(now_or_none(book, CHANGED) == 0)
    amount, part = book.threshold("grade_move_amount", FEN_PER_YUAN), book.threshold("grade_move_percent")
    limit = np.ma.maximum(amount, tails.before[0] * part // 100)
    gone = book.now_natural(REPAID) + now_or_none(book, WRITTEN_OFF)
    told: set[int] = set()
    for first in reversed(range(BAD, len(GRADES))):
        excess = tails.now[first] - tails.before[first - 1]
        for row in _new(book, true(excess > limit) & asked, told):
            words = {"wider": _names(book, first - 1), "now": _say(book, tails.now[first], row)}
            yield _hit(book, "skipped", row, first, excess, words)
    for first, parameter in ((BAD, "grade_npl_percent"), (WORSE, "grade_worse_percent")):
        percent, more = book.threshold(parameter), tails.now[first] - tails.before[first]
        large = np.ma.maximum(book.threshold("jump_amount", FEN_PER_YUAN), tails.before[0] * percent // 100)
        for row in _new(book, true(more > large) & asked, told):
            yield _worse(book, row, first, more, f"{percent[row]}%")
    for first in reversed(range(BAD, len(GRADES))):
        less = tails.before[first] - tails.now[first]
        for row in _new(book, true(less - gone > limit) & asked, told):
            yield _hit(book, "better", row, first, less - gone, {"change": _say(book, less, row)}, min)
    yield from vanished(book, stands & _is_their_sum(book, tails), told)


@dataclass(frozen=True, eq=False)
class _Tails:
    """From every grade on, what is in it and in all below it, now and last month; the first is the balance."""

    now: Sequence[Figures]
    before: Sequence[Figures]

    @classmethod
    def of(cls, book: Book) -> _Tails:
        return cls(*(_summed([of(code) for code in GRADES]) for of in (book.now_natural, book.base_before)))


def _summed(figures: Sequence[Figures]) -> list[Figures]:
    sums = [figures[-1]]
    for figure in reversed(figures[:-1]):
        sums.append(sums[-1] + figure)
    return sums[::-1]


def _add_up(book: Book, tails: _Tails) -> Mask:
    allowed: Integers = slack(book, len(GRADES) + 1)
    return true(abs(book.now_natural(OUTSTANDING) - tails.now[0]) * 2 <= allowed)


def _is_their_sum(book: Book, tails: _Tails) -> Mask:
    """Where what is non-performing is what its grades add up to."""
    return true(abs(book.now_natural(NPL_TOTAL) - tails.now[BAD]) * 2 <= slack(book, len(NPL) + 1))


def _is_exchanged(book: Book) -> Mask:
    """Where two grades stand in each other's place; of a statement also where they only seem to."""
    rows = exchanged_rows(book)
    somewhere = np.isin(book.position, book.position[rows])
    return rows | (somewhere & (_look_exchanged(book, PERFORMING) | _look_exchanged(book, NEXT)))


def _look_exchanged(book: Book, pair: Sequence[str]) -> Mask:
    """Where less is in the better of two grades than in the other, and it was the other way round."""
    (better, worse), (last_better, last_worse) = ([of(code) for code in pair] for of in (book.now, book.base_before))
    return true(better < worse) & true(last_better > last_worse)


def _new(book: Book, broken: Mask, told: set[int]) -> list[int]:
    """The rows of which nothing was told yet; they are from now on."""
    rows = [row for row in book.where(broken) if row not in told]
    told.update(rows)
    return rows


def _hit(book: Book, kind: str, row: int, first: int, off: Figures, words: Mapping[str, str], most: _Most = max) -> Hit:
    """At the grade from `first` on that rose most, or fell most (`most` is `min`)."""
    at = most(GRADES[first:], key=lambda code: int((book.now(code) - book.base_before(code))[row]))
    known = {"before": _say(book, book.base_before(at), row), "difference": _say(book, off, row)}
    return book.hit(kind, row, at, None, **{"grades": _names(book, first), **known, **words})


def _worse(book: Book, row: int, first: int, more: Figures, percent: str) -> Hit:
    """Where it looks as if the grade above and the first of these stood in each other's place, that is said."""
    pair, grades = (PERFORMING, "关注和不良") if first == WORSE else (NEXT, "不良")
    hit = _hit(book, "worse", row, first, more, {"grades": grades, "percent": percent, "hint": ""})
    if hit.indicator != pair[1] or not _look_exchanged(book, pair)[row]:
        return hit
    hint = f"：疑似{'、'.join(_name(book, code) for code in pair)}{Cause.COLUMNS_EXCHANGED.value}"
    cells = (book.origins[row][pair[0]],)
    return replace(hit, words={**hit.words, "hint": hint}, cause=Cause.COLUMNS_EXCHANGED.name.lower(), others=cells)


def _names(book: Book, first: int) -> str:
    """「可疑、损失」."""
    return "、".join(_name(book, code) for code in GRADES[first:])


def _name(book: Book, code: str) -> str:
    return book.label(code).rpartition("/")[2]


def _say(book: Book, figures: Figures, row: int) -> str:
    return book.say(OUTSTANDING, int(figures[row]))
