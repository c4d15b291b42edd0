"""A county's return against last month's, as its blank form checks it: jumps (C01-6), and the fund (C01-8).

Projects are known by their names, which are typed later: what is held against them is looked up in the form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from pipeline.catalog.forms import Column
from pipeline.jobs.live_asker import Asker, bounds, constant, minus, term
from pipeline.money import FEN_PER_YUAN
from pipeline.render.form_rules import Condition, Either, Every, Held, LiveRule, Op, SameItem, Sum, Term, When, Word
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.last_return import NAME
from pipeline.validate.rules.fund import ADDED, BALANCE, PAID, since
from pipeline.validate.rules.growing import KEPT
from pipeline.validate.rules.tenfold import SINCE_NEW_YEAR, TIMES

_BEFORE = term(BALANCE, when=When.LAST_MONTH)


def against_last_return(asker: Asker) -> Iterator[LiveRule]:
    """Only what the county itself sent last month."""
    if asker.stated(1):
        yield from _projects(asker)
        for column in asker.form.columns:
            if (column.is_amount or column.is_count) and not column.by_institution and not column.repeatable:
                for area in asker.areas:
                    yield from _jumps(asker, area, column)
        for area in asker.areas:
            yield from _fund_rules(asker, area)


# ------------------------------------------------------------------ far from last month's


def _jumps(asker: Asker, area: str, column: Column) -> Iterator[LiveRule]:
    code, last = column.code, asker.figure(area, column.code)
    grows = code.endswith(SINCE_NEW_YEAR)
    least = 1 if column.is_amount else asker.value("return_jump_min_count")
    if last is None or last < least or (grows and asker.month.month == 1):
        return
    expected = term(code, when=When.LAST_MONTH)
    for multiple, kind, cause, said in TIMES:
        if (kind == "tenfold" or column.is_amount) and not (grows and cause is Cause.DIGIT_MORE):
            low, high = bounds(last * multiple, _near(asker))
            yield asker.rule(
                "C01-6", kind, code, Op.OUTSIDE, [constant(low)], 2, upper=(constant(high),), areas=(area,),
                words={"expected": expected, "times": said, "slip": cause.value},
            )  # fmt: skip
    if not grows:
        yield from _far(asker, area, column, last)


def _far(asker: Asker, area: str, column: Column, last: int) -> Iterator[LiveRule]:
    times, guards = int(asker.value("return_jump_times")), _is_no_multiple(asker, column, last)
    words: dict[str, Word] = {"expected": term(column.code, when=When.LAST_MONTH)}
    for op, bound, matters, moved, said in zip(
        (Op.AT_MOST, Op.AT_LEAST), (Fraction(last * times), Fraction(last, times)), _matters(asker, column, last),
        ("增加", "减少"), (f"{times}倍以上", f"1/{times}以下"), strict=True,
    ):  # fmt: skip
        yield asker.rule(
            "C01-6", "far", column.code, op, [constant(bound)], 2, guards=(*guards, *matters), areas=(area,),
            words={**words, "moved": moved, "times": said},
        )  # fmt: skip


def _projects(asker: Asker) -> Iterator[LiveRule]:
    """The same of every amount of a project, in whichever row it stands; within the year none shrinks (C01-7)."""
    if not asker.known.items.get((asker.unit, asker.form.code, asker.month.previous)):
        return
    near, far = _near(asker), int(asker.value("return_jump_times"))
    least = int(asker.value("jump_amount") * FEN_PER_YUAN)
    for column in asker.form.columns:
        if not (column.repeatable and column.is_amount and column.code in asker.keys):
            continue
        code, last = column.code, term(column.code, when=When.LAST_MONTH)
        is_known: tuple[Condition, ...] = (SameItem(NAME), Held((last,), Op.ABOVE))
        words: dict[str, Word] = {"expected": last}
        if code in KEPT and asker.month.month > 1:
            rounded = {"steps": 1, "twice": asker.step_of(asker.month.previous)}
            yield asker.rule("C01-7", "fewer", code, Op.AT_LEAST, [last], 2, guards=is_known, **rounded)
        others: list[Condition] = []
        for multiple, kind, cause, said in TIMES:
            low, high = (replace(last, factor=multiple * (1 + sign * near)) for sign in (-1, 1))
            yield asker.rule(
                "C01-6", kind, code, Op.OUTSIDE, [low], 2, upper=(high,), guards=is_known,
                words={**words, "times": said, "slip": cause.value},
            )  # fmt: skip
            below = Held((term(code), *minus((low,))), Op.BELOW)
            others.append(Either((below, Held((term(code), *minus((high,))), Op.ABOVE))))
        more = Held((term(code), *minus((last,)), constant(-least)), Op.ABOVE)
        less = Held((term(code), *minus((last,)), constant(least)), Op.BELOW)
        for op, times, matters, moved, said in (
            (Op.AT_MOST, Fraction(far), more, "增加", f"{far}倍以上"),
            (Op.AT_LEAST, Fraction(1, far), less, "减少", f"1/{far}以下"),
        ):
            yield asker.rule(
                "C01-6", "far", code, op, [replace(last, factor=times)], 2, guards=(*is_known, *others, matters),
                words={**words, "moved": moved, "times": said},
            )  # fmt: skip


def _near(asker: Asker) -> Fraction:
    return asker.value("average_jump_near_percent") / 100


def _is_no_multiple(asker: Asker, column: Column, last: int) -> tuple[Condition, ...]:
    """It is none of the multiples by which a slip is known."""
    code = column.code
    ranges = [bounds(last * times, _near(asker)) for times, kind, *_ in TIMES if kind == "tenfold" or column.is_amount]
    return tuple(
        Either((Held((term(code), constant(-low)), Op.BELOW), Held((term(code), constant(-high)), Op.ABOVE)))
        for low, high in ranges
    )


def _matters(asker: Asker, column: Column, last: int) -> tuple[tuple[Condition, ...], tuple[Condition, ...]]:
    """An amount is told only where it moves enough to matter for the city: up, and down."""
    if not column.is_amount:
        return (), ()
    least = int(asker.value("jump_amount") * FEN_PER_YUAN)
    more = Held((term(column.code), constant(-last - least)), Op.ABOVE)
    less = Held((term(column.code), constant(least - last)), Op.BELOW)
    return (more,), (less,)


# ------------------------------------------------------------------ the fund


@dataclass(frozen=True, slots=True)
class _Fund:
    """The fund of one county: last month's balance in fen, what was added and paid since, and what may be off."""

    last: int
    added: Sum
    paid: Sum
    interest: Term
    steps: int
    twice: int

    @classmethod
    def of(cls, asker: Asker, last: int) -> _Fund:
        """In January both start anew: of last month's figures the balance alone is compared."""
        in_january = asker.month.month == 1
        added, paid = (
            (term(code), *(() if in_january else (term(code, -1, When.LAST_MONTH),))) for code in (ADDED, PAID)
        )
        interest = constant(last * int(asker.value("fund_interest_percent")) // 100)
        return cls(last, added, paid, interest, 3, (1 if in_january else 3) * asker.step_of(asker.month.previous))

    @property
    def expected(self) -> Sum:
        """What follows from last month's, without interest."""
        return (_BEFORE, *self.added, *minus(self.paid))

    @property
    def overdrawn(self) -> Sum:
        """By how much more was paid than there was."""
        return (*self.paid, *minus((_BEFORE, *self.added)))

    def is_beyond(self, off: Sum) -> Condition:
        """More than roundings and interest explain."""
        without = (*off, *minus((self.interest,)))
        return Either((self._held(off, Op.BELOW), self._held(without, Op.ABOVE)))

    def is_within(self, off: Sum) -> Condition:
        """No more than these."""
        without = (*off, *minus((self.interest,)))
        return Every((self._held(off, Op.AT_LEAST), self._held(without, Op.AT_MOST)))

    def _held(self, off: Sum, op: Op) -> Condition:
        return Held(off, op, self.steps, self.twice)


def _fund_rules(asker: Asker, area: str) -> Iterator[LiveRule]:
    """The balance where it moved otherwise than is told; what is told where the balance did not move."""
    last = asker.figure(area, BALANCE)
    if last is None or not {BALANCE, ADDED, PAID} <= asker.keys:
        return
    fund = _Fund.of(asker, last)
    moved: Sum = (term(BALANCE), *minus((_BEFORE,)))
    common = (Held(fund.added, Op.AT_LEAST), Held(fund.paid, Op.AT_LEAST), *_is_usual(asker, last))
    words: dict[str, Word] = {
        "before": _BEFORE, "added": fund.added, "paid": fund.paid, "expected": fund.expected, "now": term(BALANCE),
    }  # fmt: skip
    moves = (*common, fund.is_beyond(moved), Held(fund.overdrawn, Op.AT_MOST))
    for op, terms in ((Op.AT_LEAST, fund.expected), (Op.AT_MOST, (*fund.expected, fund.interest))):
        yield asker.rule(
            "C01-8", "balance", BALANCE, op, terms, 2, guards=moves, words=words, areas=(area,),
            steps=fund.steps, twice=fund.twice,
        )  # fmt: skip
    is_off = fund.is_beyond((term(BALANCE), *minus(fund.expected)))
    stays = Either((fund.is_within(moved), Held(fund.overdrawn, Op.ABOVE)))
    for code, flow, op in ((ADDED, fund.added, Op.AT_LEAST), (PAID, fund.paid, Op.BELOW)):
        guards = (*common, is_off, stays, Held((*fund.added, *minus(fund.paid)), op))
        yield asker.rule(
            "C01-8",
            "flow",
            code,
            Op.TOLD,
            (),
            2,
            guards=guards,
            words={**words, "difference": flow, "than": since(asker.month.month), "hint": ""},
            areas=(area,),
        )


def _is_usual(asker: Asker, last: int) -> Iterator[Condition]:
    """The balance is not as far from last month's as C01-6 tells."""
    column = asker.form.by_code[BALANCE]
    if last < 1:
        return
    yield from _is_no_multiple(asker, column, last)
    times = int(asker.value("return_jump_times"))
    least = int(asker.value("jump_amount") * FEN_PER_YUAN)
    most, lowest = max(last * times, last + least), min(Fraction(last, times), Fraction(last - least))
    yield Held((term(BALANCE), constant(-most)), Op.AT_MOST)
    yield Held((term(BALANCE), constant(-lowest)), Op.AT_LEAST)
