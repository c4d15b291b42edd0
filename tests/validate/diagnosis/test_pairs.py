"""Two slips in one row that have nothing to do with each other are two messages, each at its cell with its cause.

43.27万 were repaid until February and 20万 in March: 63.27万.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Severity
from pipeline.validate.past import Past
from tests.validate.diagnosis.county import FEBRUARY, TEN_FEBRUARIES, judged
from tests.validate.returns import COUNTY, TEN, WAN, statement, table

HUNDREDTH = WAN // 100
START = "outstanding_amount_year_start"
REPAID = {"repaid_amount_ytd": 6327 * HUNDREDTH, START: COUNTY[START] + 327 * HUNDREDTH}
BEFORE = FEBRUARY | {"repaid_amount_ytd": 4327 * HUNDREDTH}
PAST = Past.of_submissions([statement(BEFORE, period="2018-02")])
TRANSPOSED = {"repaid_amount_ytd": 3627 * HUNDREDTH}


def named(findings):
    return {(f.area, f.indicator, f.cause) for f in findings if not f.under}


@pytest.mark.parametrize(
    ("why", "changes", "other"),
    [
        ("a digit more among the grades", {"pass_amount": 11180 * WAN}, ("pass_amount", "digit_more")),
        ("in 元", {"disbursed_amount_cum": 2000 * 10_000 * WAN}, ("disbursed_amount_cum", "unit")),
        ("left out", {"disbursed_loans_mtd": 0}, ("disbursed_loans_mtd", "omitted")),
        ("below zero", {"outstanding_amount": -1200 * WAN}, ("outstanding_amount", "sign")),
        ("February's", {"disbursed_loans_cum": 489}, ("disbursed_loans_cum", "last_months")),
    ],
)
def test_two_slips_of_different_kinds(why, changes, other):
    findings = judged(statement(REPAID | TRANSPOSED | changes), past=PAST)
    by_figure = {indicator: cause for _, indicator, cause in named(findings)}
    assert by_figure.keys() == {"repaid_amount_ytd", other[0]}, why
    assert by_figure["repaid_amount_ytd"] == "transposed"
    assert by_figure[other[0]] == other[1]


def test_a_stock_that_only_the_total_tells_of_beside_one_that_an_equation_holds():
    """A digit more in what is past due: 99万 for 9万, of 90万 in all."""
    right = COUNTY | REPAID
    codes = [code for code in right if code != "weighted_average_rate"]
    areas = {area: right for area in TEN} | {TEN[0]: right | TRANSPOSED | {"past_due_amount": 99 * WAN}}
    past = Past.of_submissions([table({area: BEFORE for area in TEN}, period="2018-02")])
    findings = judged(table(areas, {code: 10 * right[code] for code in codes}), past=past)
    assert named(findings) == {
        (TEN[0], "repaid_amount_ytd", "transposed"), (TEN[0], "past_due_amount", "digit_more"),
    }  # fmt: skip


@pytest.mark.parametrize(("one", "other"), [(9, 7), (18, -18), (10, -10), (9, -7)])
@pytest.mark.parametrize("follows", [True, False])
def test_two_balances_are_wrong_and_the_grades_are_right(one, other, follows):
    """Whatever two counties' balances are off by, the grades that are not are never told to be wrong."""
    areas = {area: COUNTY for area in TEN}
    for area, off in zip(TEN, (one, other), strict=False):
        areas[area] = COUNTY | {"outstanding_amount": COUNTY["outstanding_amount"] + off * WAN}
    codes = [code for code in COUNTY if code != "weighted_average_rate"]
    typed = areas if follows else {area: COUNTY for area in TEN}
    findings = judged(table(areas, {c: sum(f[c] for f in typed.values()) for c in codes}), past=TEN_FEBRUARIES)
    open_ones = {(f.area, f.indicator, f.expected) for f in findings if not f.under and f.severity is Severity.HARD}
    assert open_ones == {(TEN[0], "outstanding_amount", "12000000.00"), (TEN[1], "outstanding_amount", "12000000.00")}


AMOUNTS = ("outstanding_amount", "pass_amount", "disbursed_amount_mtd", "repaid_amount_mtd", "repaid_amount_ytd")


@settings(max_examples=12, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(st.sampled_from(TEN[:3]), st.sampled_from(AMOUNTS), st.integers(-3000, 3000)), min_size=1, max_size=4
    ),
    st.booleans(),
)
def test_no_proposal_is_what_was_typed(slips, follows):
    """Whatever goes wrong: what a figure is said to have been is another figure than the one that is there."""
    areas = {area: dict(COUNTY) for area in TEN}
    for area, code, off in slips:
        areas[area][code] += off * HUNDREDTH
    codes = [code for code in COUNTY if code != "weighted_average_rate"]
    typed = areas if follows else {area: COUNTY for area in TEN}
    findings = judged(table(areas, {c: sum(f[c] for f in typed.values()) for c in codes}), past=TEN_FEBRUARIES)
    assert not [f for f in findings if not f.under and f.cause and f.value and f.value == f.expected]
