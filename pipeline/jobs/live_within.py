"""The edit rules of a statement by itself, as its blank form checks them: totals, sums and bounds of one row."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pipeline.jobs.live_asker import ALL, TOTAL, Asker, constant, minus, term
from pipeline.money import FEN_PER_YUAN, MICRO_PER_PERCENT
from pipeline.render.form_rules import Either, Guard, Held, Label, LiveRule, Op, Quotient
from pipeline.validate.equations import OUTSTANDING
from pipeline.validate.history import OTHER_CHANGES
from pipeline.validate.owed import LENT, RATE, is_reversible, may_not_be_negative

_NO_CHANGES = tuple(Guard(code, Op.EQUAL, 0, absent_is_none=True) for code in OTHER_CHANGES)


def totals(asker: Asker) -> Iterator[LiveRule]:
    """A01: areas add up to the total."""
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


def grades(asker: Asker) -> Iterator[LiveRule]:
    """A08: grades add up, and what is bad is part of the balance."""
    from pipeline.validate.rules.grades import GRADES, NPL

    yield asker.rule("A08", "grades", OUTSTANDING, Op.EQUAL, map(term, GRADES), steps=len(GRADES) + 1)
    yield asker.rule("A08", "npl", "npl_amount", Op.EQUAL, map(term, NPL), steps=len(NPL) + 1)
    yield asker.rule("A08", "past_due", "past_due_amount", Op.AT_MOST, [term(OUTSTANDING)])
    yield asker.rule("A08", "npl_above", "npl_amount", Op.AT_MOST, [term(OUTSTANDING)], steps=len(NPL) + 1)


def loans(asker: Asker) -> Iterator[LiveRule]:
    """A09: households, loans and amounts go together."""
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


def signs(asker: Asker) -> Iterator[LiveRule]:
    """A10: what is never below zero, and what seldom is."""
    for column in asker.form.columns:
        if not column.is_text and may_not_be_negative(column):
            if is_reversible(column):
                message = asker.rules["A10", 1].breaks["reversal"].message
                yield asker.rule("A10", "reversal", column.code, Op.AT_LEAST, [constant(0)], message=message)
            else:
                yield asker.rule("A10", "negative", column.code, Op.AT_LEAST, [constant(0)])


def spans(asker: Asker) -> Iterator[LiveRule]:
    """A11: month, year and ever."""
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


def lines(asker: Asker) -> Iterator[LiveRule]:
    """A12: lines cover what is lent."""
    from pipeline.validate.rules.lines import PAIRS

    message = "{area}“{indicator}”{value}小于“{other}”{expected}。"
    for larger, smaller in PAIRS:
        words = {"other": Label(smaller)}
        yield asker.rule("A12", "lines", larger, Op.AT_LEAST, [term(smaller)], message=message, words=words)


def averages(asker: Asker) -> Iterator[LiveRule]:
    """A13: an average above the cap, or in the wrong unit."""
    from pipeline.validate.rules.averages import MEASURES, money

    cap = int(asker.value("loan_cap_household") * FEN_PER_YUAN)
    factor, least = int(asker.value("unit_slip_factor")), int(asker.value("unit_slip_min_households"))
    for amount, households in MEASURES:
        words: dict[str, object] = {
            "households": term(households), "average": Quotient(amount, households), "cap": money(cap),
        }  # fmt: skip
        some, enough = Guard(households, Op.ABOVE, 0), Guard(households, Op.ABOVE, least - 1)
        lent = Guard(amount, Op.ABOVE, 0)
        no_slip = Held((term(amount), term(households, -cap * factor)), Op.AT_MOST)
        only = Either((Guard(households, Op.BELOW, least), no_slip))
        guards = (some, lent, only)
        yield asker.rule("A13", "cap", amount, Op.AT_MOST, [term(households, cap)], guards=guards, words=words)
        above = {**words, "direction": f"高于上限的{factor}倍"}
        yield asker.rule(
            "A13", "slip", amount, Op.AT_MOST, [term(households, cap * factor)], guards=(enough, lent), words=above
        )
        below = {**words, "direction": f"不到上限的{factor}分之一"}
        yield asker.rule(
            "A13", "slip", amount, Op.AT_LEAST, [term(households, Fraction(cap, factor))], guards=(enough, lent),
            words=below,
        )  # fmt: skip


def rates(asker: Asker) -> Iterator[LiveRule]:
    """A14: a rate out of range; A16: one of nothing."""
    low, high = (asker.value(f"rate_{bound}_percent") * MICRO_PER_PERCENT for bound in ("lower", "upper"))
    lent = Either((Guard(RATE, Op.ABOVE, 0), Guard(LENT, Op.ABOVE, 0, absent_is_none=True)))
    yield asker.rule("A14", "low", RATE, Op.AT_LEAST, [constant(low)], guards=(lent,))
    yield asker.rule("A14", "high", RATE, Op.AT_MOST, [constant(high)])
    nothing = tuple(Guard(code, Op.EQUAL, 0) for code in (LENT, "disbursed_loans_ytd", "disbursed_households_ytd"))
    yield asker.rule("A16", "rate_of_nothing", RATE, Op.EQUAL, [constant(0)], guards=nothing)


def other_changes(asker: Asker) -> Iterator[LiveRule]:
    """A19: loans that came or went another way."""
    mtd, ytd = OTHER_CHANGES
    yield asker.rule("A19", "other_change", mtd, Op.EQUAL, [constant(0)])
    still = (Guard(mtd, Op.EQUAL, 0, absent_is_none=True),)
    yield asker.rule("A19", "other_change", ytd, Op.EQUAL, [constant(0)], guards=still)


def parts(asker: Asker) -> Iterator[LiveRule]:
    """A21, A22: a part is not more than the whole."""
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


def subsidies(asker: Asker) -> Iterator[LiveRule]:
    """A24: a subsidy is not more than all interest."""
    from pipeline.validate.rules.subsidy import ACCRUED, HELD, SUBSIDIES

    percent = asker.value("rate_upper_percent")
    not_out = tuple(Guard(code, Op.AT_LEAST, 0, absent_is_none=True) for code in OTHER_CHANGES)
    for code in SUBSIDIES:
        words = {"rate": f"{percent}%", "also": ""}
        held = [term(one, percent / 100) for one in HELD]
        yield asker.rule("A24", "above", code, Op.AT_MOST, held, guards=not_out, words=words)
    months = min(asker.month.month + int(asker.value("subsidy_settled_months")), 12)
    so_far = [term(one, percent / 100 * months / 12) for one in HELD]
    words = {
        "rate": f"{percent}%", "months": str(months), "when": f"{asker.month.month}个月",
        "settled": str(int(asker.value("subsidy_settled_months"))),
    }  # fmt: skip
    in_a_year = Held((term(ACCRUED), *minus(held)), Op.AT_MOST)
    yield asker.rule("A24", "months", ACCRUED, Op.AT_MOST, so_far, guards=(*not_out, in_a_year), words=words)


def settled(asker: Asker) -> Iterator[LiveRule]:
    """A26: what is settled and what is owing is not more than was lent."""
    from pipeline.validate.rules.spans import LENT as MADE
    from pipeline.validate.rules.spans import OUTSTANDING as OWING
    from pipeline.validate.rules.spans import SETTLED

    told_by_itself = Held((term(OWING), term(MADE, -1)), Op.AT_MOST)
    for kind, figure, most, guard, words in (
        ("settled", SETTLED, (term(MADE), term(OWING, -1)), told_by_itself, {"owing": Label(OWING)}),
        ("outstanding", OWING, (term(MADE),), Guard(SETTLED, Op.AT_LEAST, 0), {}),
    ):
        yield asker.rule(
            "A26", kind, figure, Op.AT_MOST, most, areas=_unchanged(asker), guards=(*_NO_CHANGES, guard),
            words={"other": Label(MADE), **words},
        )  # fmt: skip
