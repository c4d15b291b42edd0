"""A county's return against last month's, as its blank form checks it: jumps (C01-6), and the fund (C01-8)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pipeline.catalog.forms import Column
from pipeline.jobs.live_asker import Asker, bounds, constant, minus, term
from pipeline.money import FEN_PER_YUAN
from pipeline.render.form_rules import Condition, Either, Every, Held, LiveRule, Op, Sum, When
from pipeline.validate.diagnosis.slips import Cause
from pipeline.validate.rules.fund import ADDED, BALANCE, PAID
from pipeline.validate.rules.tenfold import SINCE_NEW_YEAR, TIMES


def against_last_return(asker: Asker) -> Iterator[LiveRule]:
    """Only what the county itself sent last month; projects are known by their names, which nobody has typed yet."""
    if asker.stated(1):
        for column in asker.form.columns:
            if (column.is_amount or column.is_count) and not column.by_institution and not column.repeatable:
                for area in asker.areas:
                    yield from _jumps(asker, area, column)
        for area in asker.areas:
            yield from _fund(asker, area)


# ------------------------------------------------------------------ far from last month's


def _jumps(asker: Asker, area: str, column: Column) -> Iterator[LiveRule]:
    code, last = column.code, asker.figure(area, column.code)
    grows = code.endswith(SINCE_NEW_YEAR)
    least = 1 if column.is_amount else asker.value("return_jump_min_count")
    if last is None or last < least or (grows and asker.month.month == 1):
        return
    before = {"expected": term(code, when=When.LAST_MONTH)}
    for times, kind, cause, said in TIMES:
        if (kind == "tenfold" or column.is_amount) and not (grows and cause is Cause.DIGIT_MORE):
            low, high = bounds(last * times, _near(asker))
            yield asker.rule(
                "C01-6", kind, code, Op.OUTSIDE, [constant(low)], 2, upper=(constant(high),), areas=(area,),
                words={**before, "times": said, "slip": cause.value},
            )  # fmt: skip
    if not grows:
        times = int(asker.value("return_jump_times"))
        guards = _is_no_multiple(asker, column, last)
        far_up, far_down = _matters(asker, column, last)
        more = {**before, "moved": "增加", "times": f"{times}倍以上"}
        less = {**before, "moved": "减少", "times": f"1/{times}以下"}
        for op, bound, far, words in (
            (Op.AT_MOST, Fraction(last * times), far_up, more),
            (Op.AT_LEAST, Fraction(last, times), far_down, less),
        ):
            yield asker.rule(
                "C01-6", "far", code, op, [constant(bound)], 2, guards=(*guards, *far), words=words, areas=(area,)
            )


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


def _fund(asker: Asker, area: str) -> Iterator[LiveRule]:
    """The balance where it moved otherwise than is told; what is told where the balance did not move."""
    last = asker.figure(area, BALANCE)
    if last is None or not {BALANCE, ADDED, PAID} <= asker.keys:
        return
    in_january = asker.month.month == 1
    added, paid = (
        (term(code), *(() if in_january else (term(code, -1, When.LAST_MONTH),))) for code in (ADDED, PAID)
    )
    before = term(BALANCE, when=When.LAST_MONTH)
    slack = {"steps": 3, "twice": (1 if in_january else 3) * asker.step_of(asker.month.previous)}
    interest = constant(last * int(asker.value("fund_interest_percent")) // 100)
    expected: Sum = (before, *added, *minus(paid))
    moved: Sum = (term(BALANCE), *minus((before,)))
    not_less = (Held(added, Op.AT_LEAST), Held(paid, Op.AT_LEAST))
    common = (*not_less, *_is_usual(asker, last))
    too_much = (*paid, *minus((before, *added)))
    words = {
        "before": before, "added": added, "paid": paid, "expected": expected, "now": term(BALANCE),
    }  # fmt: skip
    moves = Either((Held(moved, Op.BELOW, **slack), Held((*moved, *minus((interest,))), Op.ABOVE, **slack)))
    for op, most in ((Op.AT_LEAST, expected), (Op.AT_MOST, (*expected, interest))):
        guards = (*common, moves, Held(too_much, Op.AT_MOST))
        yield asker.rule("C01-8", "balance", BALANCE, op, most, 2, guards=guards, words=words, areas=(area,), **slack)
    stays = Every((Held(moved, Op.AT_LEAST, **slack), Held((*moved, *minus((interest,))), Op.AT_MOST, **slack)))
    off: Sum = (term(BALANCE), *minus(expected))
    is_off = Either((Held(off, Op.BELOW, **slack), Held((*off, *minus((interest,))), Op.ABOVE, **slack)))
    for code, flow, op in ((ADDED, added, Op.AT_LEAST), (PAID, paid, Op.BELOW)):
        guards = (*common, is_off, Either((stays, Held(too_much, Op.ABOVE))), Held((*added, *minus(paid)), op))
        yield asker.rule(
            "C01-8", "flow", code, Op.TOLD, (), 2, guards=guards, words={**words, "difference": flow}, areas=(area,)
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

