"""The edit rules of a statement that its blank form checks by itself: made from what the rules compute with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from pipeline.catalog import Form
from pipeline.jobs.form_past import Known
from pipeline.jobs.live_asker import ALL, TOTAL, Asker, constant, term
from pipeline.jobs.live_slips import slips
from pipeline.money import FEN_PER_YUAN, MICRO_PER_PERCENT
from pipeline.render.form_rules import Guard, Label, LastFigure, LiveRule, Op, Quotient, When
from pipeline.validate.equations import (
    BASES,
    OUTSTANDING,
    SINCE_LAST_MONTH,
    SINCE_YEAR_START,
    SO_FAR,
    YEAR_SO_FAR,
    Equation,
    Since,
)
from pipeline.validate.history import OTHER_CHANGES
from pipeline.validate.owed import LENT, RATE, is_reversible, may_not_be_negative

_WHEN = {Since.NOW: When.NOW, Since.LAST_MONTH: When.LAST_MONTH, Since.YEAR_START: When.YEAR_START}
_BASE_WHEN = {1: When.LAST_MONTH, 0: When.YEAR_START, 12: When.YEAR_BEFORE}
_NO_CHANGES = tuple(Guard(code, Op.EQUAL, 0, absent_is_none=True) for code in OTHER_CHANGES)
Maker = Callable[[Asker], Iterator[LiveRule]]


def statement_rules(asker: Asker) -> list[LiveRule]:
    """All relations of a bank's statement of which the form has the figures, in the order of their codes."""
    makers: tuple[Maker, ...] = (
        _totals, _balances, _households, _bases, _grades, _loans, _signs, _spans, _lines, _averages, _rates,
        _other_changes, _parts, _growing, _subsidies, _settled, slips,
    )  # fmt: skip
    found = [rule for make in makers for rule in make(asker) if _is_asked(rule, asker)]
    return sorted(found, key=lambda rule: rule.code)


def _is_asked(rule: LiveRule, asker: Asker) -> bool:
    return {rule.figure, *(term.key for term in rule.terms if term.key and not term.absent_is_none)} <= asker.keys


# ------------------------------------------------------------------ against last month and the year's start


def _balances(asker: Asker) -> Iterator[LiveRule]:
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
    terms = [term(t.indicator, t.sign, _WHEN[t.since]) for t in used]
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


def _households(asker: Asker) -> Iterator[LiveRule]:
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


def _bases(asker: Asker) -> Iterator[LiveRule]:
    for code, back in BASES:
        months = back or asker.month.month
        month = asker.month.shifted(-months)
        yield asker.rule(
            "A07", "differs", code, Op.EQUAL, [term(OUTSTANDING, when=_BASE_WHEN[back])], 2,
            words={"month": month.label}, steps=1, twice=asker.step_of(month),
        )  # fmt: skip


def _growing(asker: Asker) -> Iterator[LiveRule]:
    from pipeline.validate.rules.growing import IN_YEAR

    if asker.month.month > 1:
        yield from grown(asker, "A23", IN_YEAR)


def grown(asker: Asker, rule: str, codes: Iterable[str]) -> Iterator[LiveRule]:
    """What is counted since January is not below last month's."""
    for code in codes:
        amount = {"steps": 1, "twice": asker.step_of(asker.month.previous)} if asker.is_amount(code) else {}
        yield asker.rule(rule, "less", code, Op.AT_LEAST, [term(code, when=When.LAST_MONTH)], 2, **amount)


# ------------------------------------------------------------------ within the statement


def _totals(asker: Asker) -> Iterator[LiveRule]:
    added = [area for area in asker.areas if area in {one.id for one in asker.catalog.areas.counties}]
    if len(added) < 2:
        return
    for column in asker.form.columns:
        if column.is_amount or column.is_count:
            steps = (len(added) + 1) * (asker.years_steps if column.code.endswith("_ytd") else 1)
            yield asker.rule(
                "A01", "mismatch", column.code, Op.EQUAL, [term(column.code, area=ALL)], areas=(TOTAL,),
                steps=steps if column.is_amount else 0,
            )  # fmt: skip


def _grades(asker: Asker) -> Iterator[LiveRule]:
    from pipeline.validate.rules.grades import GRADES, NPL

    yield asker.rule("A08", "grades", OUTSTANDING, Op.EQUAL, map(term, GRADES), steps=len(GRADES) + 1)
    yield asker.rule("A08", "npl", "npl_amount", Op.EQUAL, map(term, NPL), steps=len(NPL) + 1)
    yield asker.rule("A08", "past_due", "past_due_amount", Op.AT_MOST, [term(OUTSTANDING)])
    yield asker.rule("A08", "npl_above", "npl_amount", Op.AT_MOST, [term(OUTSTANDING)], steps=len(NPL) + 1)


def _loans(asker: Asker) -> Iterator[LiveRule]:
    from pipeline.validate.rules.loans import MEASURES

    few = int(asker.value("few_loans_with_zero_amount")) if asker.step > 1 else 0
    for loans, households, amount in MEASURES:
        beside: dict[str, object] = {"other": Label(loans), "expected": term(loans)}
        none = Guard(loans, Op.EQUAL, 0)
        some = Guard(loans, Op.ABOVE, 0)
        yield asker.rule("A09", "one_zero", households, Op.EQUAL, [constant(0)], guards=(none,), words=beside)
        yield asker.rule("A09", "one_zero", households, Op.ABOVE, [constant(0)], guards=(some,), words=beside)
        yield asker.rule("A09", "households", households, Op.AT_MOST, [term(loans)], guards=(some,), words=beside)
        nobody = Guard(households, Op.EQUAL, 0)
        yield asker.rule("A09", "no_loans", amount, Op.EQUAL, [constant(0)], guards=(none, nobody))
        many = Guard(loans, Op.ABOVE, few)
        told = {"other": Label(loans), "count": term(loans)}
        yield asker.rule(
            "A09", "no_amount", amount, Op.NOT, [constant(0)], guards=(many, Guard(households, Op.ABOVE, 0)), words=told
        )


def _signs(asker: Asker) -> Iterator[LiveRule]:
    for column in asker.form.columns:
        if not column.is_text and may_not_be_negative(column):
            if is_reversible(column):
                message = asker.rules["A10", 1].breaks["reversal"].message
                yield asker.rule("A10", "reversal", column.code, Op.AT_LEAST, [constant(0)], message=message)
            else:
                yield asker.rule("A10", "negative", column.code, Op.AT_LEAST, [constant(0)])


def _spans(asker: Asker) -> Iterator[LiveRule]:
    from pipeline.validate.rules.spans import DISBURSED, MONTH_AND_YEAR

    year = str(asker.month.year)
    for stem in MONTH_AND_YEAR:
        longer, shorter = f"{stem}_ytd", f"{stem}_mtd"
        told = asker.known.history.reversals
        areas = tuple(area for area in asker.areas if (asker.unit, area, year, shorter) not in told)
        yield asker.rule(
            "A11", "year", longer, Op.AT_LEAST, [term(shorter)], areas=areas, words={"other": Label(shorter)}
        )
    for stem in DISBURSED:
        longer, shorter = f"{stem}_cum", f"{stem}_ytd"
        steps = asker.month.month + 1 if asker.is_amount(longer) else 0
        yield asker.rule(
            "A11", "ever", longer, Op.AT_LEAST, [term(shorter)], steps=steps, words={"other": Label(shorter)}
        )
    yield asker.rule(
        "A11", "lent", "disbursed_amount_cum", Op.AT_LEAST, [term(OUTSTANDING)], areas=_unchanged(asker),
        guards=_NO_CHANGES, words={"other": Label(OUTSTANDING)},
    )  # fmt: skip


def _unchanged(asker: Asker) -> tuple[str, ...]:
    """Areas in which no loans have come or gone another way."""
    return tuple(area for area in asker.areas if (asker.unit, area) not in asker.known.history.other_changes)


def _lines(asker: Asker) -> Iterator[LiveRule]:
    from pipeline.validate.rules.lines import PAIRS

    message = "{area}“{indicator}”{value}小于“{other}”{expected}。"
    for larger, smaller in PAIRS:
        words = {"other": Label(smaller)}
        yield asker.rule("A12", "lines", larger, Op.AT_LEAST, [term(smaller)], message=message, words=words)


def _averages(asker: Asker) -> Iterator[LiveRule]:
    from pipeline.validate.rules.averages import MEASURES, money

    cap = int(asker.value("loan_cap_household") * FEN_PER_YUAN)
    factor, least = int(asker.value("unit_slip_factor")), int(asker.value("unit_slip_min_households"))
    for amount, households in MEASURES:
        words: dict[str, object] = {
            "households": term(households), "average": Quotient(amount, households), "cap": money(cap),
        }  # fmt: skip
        some, enough = Guard(households, Op.ABOVE, 0), Guard(households, Op.ABOVE, least - 1)
        lent = Guard(amount, Op.ABOVE, 0)
        yield asker.rule("A13", "cap", amount, Op.AT_MOST, [term(households, cap)], guards=(some, lent), words=words)
        above = {**words, "direction": f"高于上限的{factor}倍"}
        yield asker.rule(
            "A13", "slip", amount, Op.AT_MOST, [term(households, cap * factor)], guards=(enough, lent), words=above
        )
        below = {**words, "direction": f"不到上限的{factor}分之一"}
        yield asker.rule(
            "A13", "slip", amount, Op.AT_LEAST, [term(households, Fraction(cap, factor))], guards=(enough, lent),
            words=below,
        )  # fmt: skip


def _rates(asker: Asker) -> Iterator[LiveRule]:
    low, high = (asker.value(f"rate_{bound}_percent") * MICRO_PER_PERCENT for bound in ("lower", "upper"))
    lent = Guard(RATE, Op.ABOVE, 0)
    yield asker.rule("A14", "low", RATE, Op.AT_LEAST, [constant(low)], guards=(lent,))
    yield asker.rule("A14", "high", RATE, Op.AT_MOST, [constant(high)])
    nothing = tuple(Guard(code, Op.EQUAL, 0) for code in (LENT, "disbursed_loans_ytd", "disbursed_households_ytd"))
    yield asker.rule("A16", "rate_of_nothing", RATE, Op.EQUAL, [constant(0)], guards=nothing)


def _other_changes(asker: Asker) -> Iterator[LiveRule]:
    mtd, ytd = OTHER_CHANGES
    yield asker.rule("A19", "other_change", mtd, Op.EQUAL, [constant(0)])
    still = (Guard(mtd, Op.EQUAL, 0, absent_is_none=True),)
    yield asker.rule("A19", "other_change", ytd, Op.EQUAL, [constant(0)], guards=still)


def _parts(asker: Asker) -> Iterator[LiveRule]:
    from pipeline.validate.rules.parts import WHOLES

    for part, wholes in WHOLES.items():
        sums = asker.is_amount(part) and part.endswith("_ytd") and asker.month.month > 1
        for whole in wholes:
            yield asker.rule(
                "A21", "above", part, Op.AT_MOST, [term(whole)], words={"other": Label(whole)},
                steps=asker.month.month + 1 if sums else 0,
            )  # fmt: skip
    for area in asker.catalog.areas.of_which:
        if area.id in asker.areas and area.within:
            yield from _inside(asker, area.id, area.within)


def _inside(asker: Asker, area: str, county: str) -> Iterator[LiveRule]:
    name = asker.catalog.areas.name(county, asker.month)
    for column in asker.form.columns:
        if (column.is_amount or column.is_count) and may_not_be_negative(column):
            sums = column.is_amount and column.code.endswith("_ytd") and asker.month.month > 1
            yield asker.rule(
                "A22", "above", column.code, Op.AT_MOST, [term(column.code, area=county)], areas=(area,),
                words={"county": name}, steps=asker.month.month + 1 if sums else 0,
            )  # fmt: skip


def _subsidies(asker: Asker) -> Iterator[LiveRule]:
    from pipeline.validate.rules.subsidy import HELD, SUBSIDIES

    percent = asker.value("rate_upper_percent")
    not_out = tuple(Guard(code, Op.AT_LEAST, 0, absent_is_none=True) for code in OTHER_CHANGES)
    for code in SUBSIDIES:
        words = {"rate": f"{percent}%", "also": ""}
        held = [term(one, percent / 100) for one in HELD]
        yield asker.rule("A24", "above", code, Op.AT_MOST, held, guards=not_out, words=words)


def _settled(asker: Asker) -> Iterator[LiveRule]:
    from pipeline.validate.rules.spans import LENT as MADE
    from pipeline.validate.rules.spans import OUTSTANDING as OWING
    from pipeline.validate.rules.spans import SETTLED

    words = {"other": Label(MADE), "owing": Label(OWING)}
    yield asker.rule(
        "A26", "settled", SETTLED, Op.AT_MOST, [term(MADE), term(OWING, -1)], areas=_unchanged(asker),
        guards=_NO_CHANGES, words=words,
    )  # fmt: skip


# ------------------------------------------------------------------ what is known


def last_figures(
    asker_unit: str, form: Form, keys: Iterable[str], areas: Iterable[str], known: Known
) -> list[LastFigure]:
    """The figures in force that rules compare with: last month's, those of the year's start and of a year ago."""
    month, wanted, own = known.month, set(keys), set(areas)
    found: list[LastFigure] = []
    for when, at, only in (
        (When.LAST_MONTH, month.previous, None),
        (When.YEAR_START, month.year_start, OUTSTANDING),
        (When.YEAR_BEFORE, month.year_before, OUTSTANDING),
    ):
        figures = known.at(asker_unit, form.code, at)
        found += [
            LastFigure(area, key, when, value)
            for (area, key), value in figures.items()
            if key in wanted and area in own and only in (None, key)
        ]
    return found + _largest(asker_unit, form, wanted, own, known)


def _largest(unit: str, form: Form, keys: set[str], areas: set[str], known: Known) -> list[LastFigure]:
    from pipeline.validate.rules.households import MTD

    if MTD not in keys:
        return []
    seen: dict[str, int] = {}
    for back in range(1, known.month.month):
        for (area, key), value in known.at(unit, form.code, known.month.shifted(-back)).items():
            if key == MTD and area in areas:
                seen[area] = max(value, seen.get(area, value))
    return [LastFigure(area, MTD, When.LARGEST, value) for area, value in seen.items()]
