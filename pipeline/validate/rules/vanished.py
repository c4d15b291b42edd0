"""Bad loans that are there no more though they were not written off (A31)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.money import FEN_PER_YUAN
from pipeline.validate.frames import Book, Hit
from pipeline.validate.masked import Figures, Integers, Mask, true, unknown
from pipeline.validate.owed import now_or_none

NPL_TOTAL, PAST_DUE, PAST_DUE_LOANS = "npl_amount", "past_due_amount", "past_due_loans"
_WRITTEN_OFF, _CHANGED = "written_off_amount_mtd", "other_change_amount_mtd"
_AMOUNT, _PERCENT = "grade_gone_amount", "grade_gone_percent"
_ALSO = {"gone": "没有了", "fallen": "减少了"}


def vanished(book: Book, is_sound: Mask, told: Collection[int]) -> Iterator[Hit]:
    """One finding a unit, at the area in which most is gone; the others, and what is past due, are named.

    An area that had as much as is worth asking, and has nothing; or a unit whose areas together have kept too small a
    part of it. What was written off or transferred out is not missing. Of what is past due only the former: one
    household that pays up may halve a small county's. Left out are areas of which the rule has told something (`told`);
    of what is non-performing, those where it does not add up (not `is_sound`), of what is past due, those that still
    count loans (A09).
    """
    asked = ~np.isin(np.arange(len(book.records)), list(told))
    npl = _Balance(book, NPL_TOTAL, asked & is_sound)
    past_due = _Balance(book, PAST_DUE, asked & ~true(book.now(PAST_DUE_LOANS) > 0))
    cases = (
        *_cases("gone", npl, npl.gone()),
        *_cases("fallen", npl, npl.fallen()),
        *_cases("gone", past_due, past_due.gone()),
    )
    by_unit: dict[int, dict[str, _Case]] = {}
    for case in cases:
        by_unit.setdefault(case.unit, {}).setdefault(case.balance.code, case)
    for of_unit in by_unit.values():
        yield _hit(list(of_unit.values()))


@dataclass(frozen=True, eq=False)
class _Balance:
    """What is non-performing, or past due; `asked` are the rows at which it may be judged."""

    book: Book
    code: str
    asked: Mask

    @property
    def now(self) -> Figures:
        """This month's."""
        return self.book.now_natural(self.code)

    @property
    def before(self) -> Figures:
        """Last month's."""
        return self.book.base_before(self.code)

    @property
    def out(self) -> Figures:
        """What was written off, and what was transferred out."""
        written_off, changed = (now_or_none(self.book, code) for code in (_WRITTEN_OFF, _CHANGED))
        return written_off - np.ma.minimum(changed, 0)

    def gone(self) -> Mask:
        """Where there was much, and nothing is left."""
        large = self.before >= self.book.threshold(_AMOUNT, FEN_PER_YUAN)
        return true(large & (self.now == 0) & (self.out < self.before)) & self.asked

    def fallen(self) -> Mask:
        """Where less is left, of units whose areas, each known and asked about, have kept too small a part together."""
        left = self.now + self.out
        is_open = unknown(left) | unknown(self.before) | ~self.asked
        then, still = together(self.book, self.before), together(self.book, left)
        large = then >= self.book.threshold(_AMOUNT, FEN_PER_YUAN)
        fell = large & (still * 100 < then * self.book.threshold(_PERCENT)) & (together(self.book, is_open) == 0)
        less: Mask = true(left < self.before) & self.book.added & fell
        return less

    def say(self, figures: Figures | Integers, row: int) -> str:
        """A figure of a row."""
        return self.book.say(self.code, int(figures[row]))


def together(book: Book, figures: Figures | Mask) -> Integers:
    """Of each row, what the areas of its statement add up to."""
    sums = np.zeros(len(book.submissions), dtype=np.int64)
    np.add.at(sums, book.position[book.added], np.ma.filled(figures, 0)[book.added])
    of_rows: Integers = sums[book.position]
    return of_rows


@dataclass(frozen=True, eq=False)
class _Case:
    """What a unit is asked about one figure, and at which rows, the first where most is gone."""

    kind: str
    balance: _Balance
    unit: int
    rows: Sequence[int]


def _cases(kind: str, balance: _Balance, broken: Mask) -> Iterator[_Case]:
    change = balance.now - balance.before
    by_unit: dict[int, list[int]] = {}
    for row in sorted(balance.book.where(broken), key=lambda row: int(change[row])):
        by_unit.setdefault(balance.book.records[row].submission, []).append(row)
    return (_Case(kind, balance, unit, rows) for unit, rows in by_unit.items())


def _hit(cases: Sequence[_Case]) -> Hit:
    first = cases[0]
    balance, row, book = first.balance, first.rows[0], first.balance.book
    out = balance.out if first.kind == "gone" else together(book, balance.out)
    hit = book.hit(
        first.kind,
        row,
        balance.code,
        before=balance.say(balance.before, row),
        out=balance.say(out, row),
        total=balance.say(together(book, balance.now), row),
        last=balance.say(together(book, balance.before), row),
        share=f"{book.threshold(_PERCENT)[row]}%",
        also=_also(cases),
    )
    cells = (book.origins[at][case.balance.code] for case in cases for at in case.rows)
    return replace(hit, others=tuple(cells))


def _also(cases: Sequence[_Case]) -> str:
    """「；石泉县、紫阳县也没有了；石泉县“逾期贷款/余额”也没有了」."""
    book, told = cases[0].balance.book, []
    for number, case in enumerate(cases):
        rows, label = (case.rows, f"“{book.label(case.balance.code)}”") if number else (case.rows[1:], "")
        names = "、".join(book.area_name(book.records[row].area, book.records[row].submission) for row in rows)
        told += [f"；{names}{label}也{_ALSO[case.kind]}"] if names else []
    return "".join(told)
