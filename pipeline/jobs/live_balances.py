"""The edit rules of a statement against last month, the year's start and a year ago, as its blank form checks them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.jobs.live_asker import Asker, minus, term
from pipeline.money import FEN_PER_YUAN
from pipeline.render.form_rules import Held, Label, LiveRule, Op, When
from pipeline.validate.equations import (
    BASES,
    OUTSTANDING,
    SINCE_LAST_MONTH,
    SINCE_YEAR_START,
    SO_FAR,
    TYPED_SINCE_LAST_MONTH,
    TYPED_SINCE_YEAR_START,
    YEAR_SO_FAR,
    Equation,
    Since,
)

WHEN = {Since.NOW: When.NOW, Since.LAST_MONTH: When.LAST_MONTH, Since.YEAR_START: When.YEAR_START}
_BASE_WHEN = {1: When.LAST_MONTH, 0: When.YEAR_START, 12: When.YEAR_BEFORE}


def balances(asker: Asker) -> Iterator[LiveRule]:
    """A02 to A05: the equations."""
    for code, equations in (
        ("A02", (SINCE_LAST_MONTH,)),
        ("A03", (SINCE_YEAR_START,)),
        ("A04", YEAR_SO_FAR),
        ("A05", SO_FAR),
    ):
        for equation in equations:
            yield from _equation(asker, code, equation)


def _equation(asker: Asker, code: str, equation: Equation) -> Iterator[LiveRule]:
    january = equation.but_in_january and asker.month.month == 1
    used = equation.terms[1:] if january else equation.terms
    terms = [term(t.indicator, t.sign, WHEN[t.since]) for t in used]
    earlier = [t for t in terms if t.when is not When.NOW]
    back = asker.month.month if equation is SINCE_YEAR_START else 1
    if earlier and not asker.stated(back):
        return
    now = 1 + len(terms) - len(earlier)
    steps, twice = now, sum(asker.step_of(asker.month.shifted(-back)) for _ in earlier)
    if equation is SINCE_YEAR_START:
        # each ytd figure may be the sum of months that were rounded, some of them more coarsely
        steps = 1 + (now - 1) * asker.years_steps
        twice += (now - 1) * _coarser(asker)
    is_amount = asker.is_amount(equation.figure)
    more: dict[str, object] = {"steps": steps, "twice": twice} if is_amount else {}
    yield asker.rule(code, "differs", equation.figure, Op.EQUAL, terms, 2, **more)


def _coarser(asker: Asker) -> int:
    """By how much the year's earlier months together were rounded more coarsely than this one is expected to be."""
    own = asker.step if asker.step > 1 else 0
    earlier = [asker.step_of(asker.month.shifted(-back)) for back in range(1, asker.month.month)]
    return sum(max(0, step - own) for step in earlier)


def households(asker: Asker) -> Iterator[LiveRule]:
    """A06: households that can at most have been added."""
    from pipeline.validate.rules.households import CUM, MTD, YTD

    suffix = "_adjusted" if asker.value("households_adjusted_dynamically") else ""
    words = {"before": term(YTD, when=When.LAST_MONTH), "households": term(MTD)}
    if asker.month.month == 1:
        yield asker.rule("A06", f"january{suffix}", YTD, Op.EQUAL, [term(MTD)], 2, words={"other": Label(MTD)})
    for code in (CUM,) if asker.month.month == 1 else (YTD, CUM):
        if not asker.stated(1):
            continue
        before = term(code, when=When.LAST_MONTH)
        yield asker.rule("A06", f"less{suffix}", code, Op.AT_LEAST, [before], 2)
        more = {**words, "before": before}
        yield asker.rule("A06", f"more{suffix}", code, Op.AT_MOST, [before, term(MTD)], 2, words=more)
    for area in asker.areas:
        when = _largest_month(asker, area, MTD)
        if when:
            largest = [term(MTD, when=When.LARGEST)]
            yield asker.rule(
                "A06", f"largest{suffix}", YTD, Op.AT_LEAST, largest, 2, words={"when": f"{when}月"}, areas=(area,)
            )


def _largest_month(asker: Asker, area: str, code: str) -> int:
    found = {
        back: value
        for back in range(1, asker.month.month)
        if (value := asker.known.at(asker.unit, asker.form.code, asker.month.shifted(-back)).get((area, code)))
        is not None
    }
    return asker.month.month - max(found, key=lambda back: found[back]) if found else 0


def bases(asker: Asker) -> Iterator[LiveRule]:
    """A07: typed bases of comparison."""
    for code, back in BASES:
        months = back or asker.month.month
        month = asker.month.shifted(-months)
        yield asker.rule(
            "A07", "differs", code, Op.EQUAL, [term(OUTSTANDING, when=_BASE_WHEN[back])], 2,
            words={"month": month.label}, steps=1, twice=asker.step_of(month),
        )  # fmt: skip


def typed_bases(asker: Asker) -> Iterator[LiveRule]:
    """A30: what follows from the bases that are typed, where nothing is known of their month."""
    for equation, back in ((TYPED_SINCE_LAST_MONTH, 1), (TYPED_SINCE_YEAR_START, asker.month.month)):
        areas = tuple(area for area in asker.areas if asker.figure(area, OUTSTANDING, back) is None)
        if areas:
            terms = [term(one.indicator, one.sign) for one in equation.terms]
            steps = 1 + len(terms) if equation is TYPED_SINCE_LAST_MONTH else 2 + (len(terms) - 1) * asker.years_steps
            yield asker.rule("A30", "differs", OUTSTANDING, Op.EQUAL, terms, 2, steps=steps, areas=areas)


def growing(asker: Asker) -> Iterator[LiveRule]:
    """A23: a year that does not shrink."""
    from pipeline.validate.rules.growing import ANEW, IN_YEAR

    if asker.month.month > 1:
        yield from grown(asker, "A23", IN_YEAR)
        return
    least = int(asker.value("year_reset_min_amount") * FEN_PER_YUAN)
    case = "{area}“{indicator}”{value}（上年12月{before}）"
    message = asker.sentence("A23", "not_reset", 2).replace("{cases}", case)
    for code in ANEW:
        last = term(code, when=When.LAST_MONTH)
        areas = tuple(area for area in asker.areas if (asker.figure(area, code) or 0) >= least)
        if areas:
            yield asker.rule(
                "A23", "not_reset", code, Op.TOLD, (), 2, guards=(Held((term(code), *minus((last,))), Op.AT_LEAST),),
                words={"before": last}, message=message, areas=areas,
            )  # fmt: skip


def grown(asker: Asker, rule: str, codes: Iterable[str], kind: str = "less") -> Iterator[LiveRule]:
    """What is counted since January is not below last month's."""
    for code in codes:
        amount = {"steps": 1, "twice": asker.step_of(asker.month.previous)} if asker.is_amount(code) else {}
        yield asker.rule(rule, kind, code, Op.AT_LEAST, [term(code, when=When.LAST_MONTH)], 2, **amount)
