"""What live rules take from the months before: bounds worked by hand, and nothing where too little is known."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from pipeline.catalog import load_catalog
from pipeline.jobs.form_content import blank_form
from pipeline.jobs.form_past import Known
from pipeline.periods import Month
from pipeline.store.records import Record
from pipeline.validate.duties import duties_of

CATALOG = load_catalog("ankang")
BANK, COUNTY = "rcb-shiquan", "fin-shiquan"
(AREA,) = CATALOG.units.by_id[BANK].areas
WAN = 1_000_000
APRIL = Month(2018, 4)


def _record(unit, form, month):
    return Record(
        f"{unit}{month}", 1, form, unit, str(month), "0" * 64, "", "", "", "", "万元", WAN // 100, False, False
    )


def _rules(unit, form, told, stated=True):
    """The rules of April's form, where `told` is {months ago: {indicator: value}} of the unit's own area."""
    months = {back: APRIL.shifted(-back) for back in told}
    figures = {(unit, form, months[back]): {(AREA, code): v for code, v in of.items()} for back, of in told.items()}
    records = {(unit, form, month): _record(unit, form, month) for month in months.values()} if stated else {}
    (duty,) = (one for one in duties_of(APRIL, [], CATALOG) if (one.unit, one.form) == (unit, form))
    return blank_form(duty, Known(APRIL, figures, records), CATALOG, date(2018, 5, 1)).rules


def _bounds(rules, code, figure):
    """(what it is held against, the upper end of that) of the rules of one figure, where these are numbers."""
    found = [rule for rule in rules if (rule.code, rule.figure) == (code, figure)]
    return [
        (rule.op.value, rule.terms[0].factor, *(term.factor for term in rule.upper))
        for rule in found
        if all(not term.key for term in rule.terms)
    ]


def _steady(months, **more):
    """So many months of 100.00万元 outstanding, growing by one each month."""
    return {back: {"outstanding_amount": (100 + months - back) * WAN, **more} for back in range(1, months + 1)}


@pytest.mark.parametrize(
    ("months", "bounds"),
    [
        (5, []),
        # 105 last month; 30 % are 31.5, less than 50
        (6, [("<=", 155 * WAN), (">=", 55 * WAN)]),
    ],
)
def test_movements_are_told_from_the_sixth_month_on(months, bounds):
    assert _bounds(_rules(BANK, "M01", _steady(months)), "A15", "outstanding_amount") == bounds


def test_the_largest_of_a_year_is_allowed():
    """A fall by 300 a year ago counts, one of thirteen months ago does not; flows three times, or 50."""
    told = _steady(13)
    told[13]["outstanding_amount"] += 300 * WAN
    told[2] |= {"repaid_amount_mtd": 20 * WAN}
    told[3] |= {"disbursed_amount_mtd": 10 * WAN}
    rules = _rules(BANK, "M01", told)
    last = 112 * WAN
    assert _bounds(rules, "A15", "outstanding_amount") == [("<=", last + 299 * WAN)]
    assert _bounds(rules, "A15", "repaid_amount_mtd") == [("<=", 60 * WAN)]
    assert _bounds(rules, "A15", "disbursed_amount_mtd") == [("<=", 50 * WAN)]
    assert _bounds(rules, "A15", "written_off_amount_mtd") == [("<=", 50 * WAN)], "left out, and so none"


def test_a_rate_is_held_against_the_last_that_was_told():
    """5.00 % two months ago; nought was told since: 5 ÷ 100, × 100 are out of range anyway; 12/10 within 2 %."""
    rates = {1: {"weighted_average_rate": 0}, 2: {"weighted_average_rate": 5_000_000}}
    found = [rule for rule in _rules(BANK, "M01", rates) if rule.code == "A14" and rule.op.value == "outside"]
    tenths = [(rule.terms[0].factor, rule.upper[0].factor) for rule in found]
    assert (5_880_000, 6_120_000) in tenths
    assert {rule.words["month"] for rule in found} == {"2018年2月"}


@pytest.mark.parametrize(
    ("last", "earlier", "is_held"),
    [(10, 10, True), (9, 9, False), (20, 10, True), (21, 10, False), (20, 41, False), (20, None, True), (20, 0, True)],
)
def test_a_count_that_was_itself_far_off_tells_nothing(last, earlier, is_held):
    told = {1: {"rated_households": last}, 2: {} if earlier is None else {"rated_households": earlier}}
    found = [rule for rule in _rules(BANK, "M01", told) if rule.code == "A25"]
    assert bool(found) is is_held


@pytest.mark.parametrize(
    ("last", "bounds"),
    [
        ((500, 100), [("outside", Fraction(70 * WAN), Fraction(130 * WAN))]),
        ((499, 100), []),
        ((50, 0), []),
        ((50.01, 0), [("outside", Fraction(0), Fraction(0))]),
    ],
)
def test_grades_are_far_apart_and_large(last, bounds):
    """pass_amount must be near what special_mention_amount was."""
    told = {1: dict(zip(("pass_amount", "special_mention_amount"), (int(one * WAN) for one in last), strict=True))}
    assert _bounds(_rules(BANK, "M01", told), "A27", "pass_amount") == bounds


def test_a_return_is_held_only_against_a_return():
    told = {1: {"fund_balance_amount": 300 * WAN, "fund_added_amount_ytd": 0, "fund_compensated_amount_ytd": 0}}
    sent = {rule.code for rule in _rules(COUNTY, "C01", told)}
    imported = {rule.code for rule in _rules(COUNTY, "C01", told, stated=False)}
    assert sent - imported == {"C01-6", "C01-8"}
