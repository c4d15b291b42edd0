"""Two slips that have nothing to do with each other are two messages: ten hand-made counties after a true February."""

import pytest

from pipeline.model import Severity
from tests.validate.diagnosis.county import TEN_FEBRUARIES, judged
from tests.validate.returns import COUNTY, TEN, WAN, table

CODES = [code for code in COUNTY if code != "weighted_average_rate"]
TRUE = {code: 10 * COUNTY[code] for code in CODES}
"""Typed totals of ten alike counties: 60000 万元 of credit lines, 12000 outstanding, 20000 ever lent, 2900 households."""


def march(total, *changed):
    """Ten counties of which some figures are wrong, (area, indicator, value), under totals with others."""
    areas = {area: dict(COUNTY) for area in TEN}
    for area, code, value in changed:
        areas[area][code] = value
    return table(areas, TRUE | total)


def told(sent):
    found = judged(sent, past=TEN_FEBRUARIES)
    return {
        (f.area, f.indicator, f.cause, f.expected) for f in found if not f.under and f.severity is not Severity.NOTE
    }


BALANCE = (TEN[1], "outstanding_amount", 1020 * WAN)
"""1020 for 1200: 1175 + 45 − 20, the year, the five grades and the sum of ten all say 1200."""
EVER = (TEN[8], "disbursed_amount_cum", 2200 * WAN)
"""2200 for 2000: 1955 + 45 and the sum of ten both say 2000."""
LINES = {"credit_line_amount": 60_900 * WAN}
"""900 too many; no county tells which figure it is."""
PAST_DUE = {"past_due_loans": 600}
"""600 for 60."""


@pytest.mark.parametrize(
    ("why", "total", "changed", "expected"),
    [
        ("a sum and a balance", LINES, [BALANCE], {("", "credit_line_amount", "", "600000000.00"), (TEN[1], "outstanding_amount", "transposed", "12000000.00")}),
        ("a sum and all that was ever lent", LINES, [EVER], {("", "credit_line_amount", "", "600000000.00"), (TEN[8], "disbursed_amount_cum", "wrong_digit", "20000000.00")}),
        ("a sum with a digit more and a balance", PAST_DUE, [BALANCE], {("", "past_due_loans", "digit_more", "60"), (TEN[1], "outstanding_amount", "transposed", "12000000.00")}),
        ("a sum, a balance and all that was ever lent", LINES, [BALANCE, EVER], {("", "credit_line_amount", "", "600000000.00"), (TEN[1], "outstanding_amount", "transposed", "12000000.00"), (TEN[8], "disbursed_amount_cum", "wrong_digit", "20000000.00")}),
        ("two sums", LINES | {"outstanding_households": 2930}, [], {("", "credit_line_amount", "", "600000000.00"), ("", "outstanding_households", "", "2900")}),
    ],
)  # fmt: skip
def test_each_slip_is_told_at_its_own_cell_with_its_own_name(why, total, changed, expected):
    assert told(march(total, *changed)) == expected


def test_each_is_told_as_it_is_where_it_is_alone():
    """What the other slip adds is a message, and takes nothing from the first."""
    (alone,), both = told(march({}, BALANCE)), told(march(LINES, BALANCE))
    assert alone in both and both - {alone} == told(march(LINES))


def test_four_figures_of_a_county_that_no_slip_explains_are_still_one_message():
    """Four figures of one county by 137 each, none of them in any equation but the sum: the row is wrong."""
    codes = ("rated_households", "credit_line_households", "eligible_households", "registered_households")
    found = judged(march({}, *((TEN[3], code, COUNTY[code] + 137) for code in codes)), past=TEN_FEBRUARIES)
    hard = [f for f in found if not f.under and f.severity is Severity.HARD]
    assert len(hard) == 1


BASES = ("outstanding_amount_previous_month", "outstanding_amount_year_start")


def test_four_sums_that_three_counties_break_are_laid_at_no_row_of_totals():
    """A minus in the first, two typed bases exchanged in the second, a hundred times 12 万元 in the third."""
    exchanged = [(TEN[2], here, COUNTY[there]) for here, there in zip(BASES, BASES[::-1], strict=True)]
    subsidy = "interest_subsidy_accrued_ytd"
    sent = march({}, (TEN[1], "repaid_amount_mtd", -20 * WAN), *exchanged, (TEN[7], subsidy, 1200 * WAN))
    found = judged(sent, past=TEN_FEBRUARIES)
    roots = {f.id: (f.area, f.indicator, f.cause) for f in found if not f.under}
    assert set(roots.values()) == {
        (TEN[1], "repaid_amount_mtd", "sign"), (TEN[2], BASES[0], "columns_exchanged"), (TEN[7], subsidy, "point"),
    }  # fmt: skip
    of_sums = {f.indicator: roots[f.under or f.id][:2] for f in found if f.rule == "A01"}
    assert of_sums == {
        "repaid_amount_mtd": (TEN[1], "repaid_amount_mtd"), BASES[0]: (TEN[2], BASES[0]), BASES[1]: (TEN[2], BASES[0]),
        subsidy: (TEN[7], subsidy),
    }  # fmt: skip
