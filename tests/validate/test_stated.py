"""What a statement says in all, and between which bounds."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pipeline.validate.building import books
from pipeline.validate.stated import Statement, statements
from tests.validate.returns import COUNTY, STEP, TEN, WAN, catalog, statement, table


def stated(sent, indicator: str):
    book = books([sent], catalog())["M01"]
    return statements(book)[sent.unit].says(indicator)


def bounds(sent, indicator: str) -> list[tuple[Fraction, Fraction]]:
    return [(one.low, one.high) for one in stated(sent, indicator)]


TEN_COUNTIES = {area: COUNTY for area in TEN}
NEARLY_NOTHING = {area: COUNTY | {"outstanding_amount": 0 if area != "hanbin" else 5 * STEP} for area in TEN}
"""500 元 in all, as far as ten amounts to 100 元 can tell: each may be 50 元 less."""


@pytest.mark.parametrize(
    ("why", "sent", "indicator", "wanted"),
    [
        ("one county, exact to the fen", statement(step=1), "outstanding_amount", (1200 * WAN, 1200 * WAN)),
        ("half a step either side", statement(), "outstanding_amount", (1200 * WAN - STEP // 2, 1200 * WAN + STEP // 2)),
        ("counts are exact", statement(), "outstanding_households", (290, 290)),
        ("ten counties, ten half steps", table(TEN_COUNTIES), "outstanding_amount", (12000 * WAN - 5 * STEP, 12000 * WAN + 5 * STEP)),
        ("of-which areas are inside a county", table(TEN_COUNTIES | {"gaoxin": COUNTY}), "outstanding_households", (2900, 2900)),
        ("a year is up to three rounded months in March", statement(), "disbursed_amount_ytd", (130 * WAN - 3 * STEP // 2, 130 * WAN + 3 * STEP // 2)),
        ("and one in January", statement(period="2018-01"), "disbursed_amount_ytd", (130 * WAN - STEP // 2, 130 * WAN + STEP // 2)),
        ("non-performing is three grades", statement(), "npl_amount", (8 * WAN - 3 * STEP // 2, 8 * WAN + 3 * STEP // 2)),
        ("a rate is as fine as it is written, at least to 0.01 %", statement(), "weighted_average_rate", (4_345_000, 4_355_000)),
        ("one fen past due of one fen", statement({"past_due_amount": 1, "outstanding_amount": 1}, step=1), "past_due_ratio", (100_000_000, 100_000_000)),
        ("a finer rate", statement({"weighted_average_rate": 4_351_200}), "weighted_average_rate", (4_351_150, 4_351_250)),
    ],
)  # fmt: skip
def test_a_figure_lies_between_what_rounding_allows(why, sent, indicator, wanted):
    assert bounds(sent, indicator) == [wanted]


@pytest.mark.parametrize(
    ("why", "sent", "indicator"),
    [
        ("a county is missing", table({area: COUNTY for area in TEN[1:]}), "outstanding_amount"),
        ("a county has not reported it", table(TEN_COUNTIES | {"baihe": COUNTY | {"rated_households": None}}), "rated_households"),
        ("nothing is owed: no ratio", statement({"outstanding_amount": 0}), "npl_ratio"),
        ("rounding may hide that nothing is owed", table(TEN_COUNTIES | NEARLY_NOTHING), "npl_ratio"),
        ("nobody has a rate", statement({"weighted_average_rate": None}), "weighted_average_rate"),
    ],
)  # fmt: skip
def test_where_not_all_is_known_nothing_is_said(why, sent, indicator):
    assert stated(sent, indicator) == ()


def test_a_typed_total_is_said_too():
    sent = table(TEN_COUNTIES, {"outstanding_amount": 12000 * WAN + STEP}, step=STEP)
    whole, typed = stated(sent, "outstanding_amount")
    assert (whole.words, typed.words) == ("12000.00万元", "12000.01万元")
    assert (typed.low, typed.high) == (12000 * WAN + STEP // 2, 12000 * WAN + 3 * STEP // 2)


def test_a_ratio_is_the_quotient_of_the_sums():
    (ratio,) = stated(statement(step=1), "past_due_ratio")
    assert ratio.low == ratio.high == Fraction(9, 1200) * 100 * 1_000_000
    assert (ratio.label, ratio.words, ratio.machine) == ("逾期率", "9.00万元÷1200.00万元=0.75%", "0.75")


def test_a_rate_is_one_figure_where_all_counties_have_the_same():
    (same,) = stated(table(TEN_COUNTIES), "weighted_average_rate")
    assert (same.words, same.machine) == ("4.35%", "4.35")
    (several,) = stated(
        table(TEN_COUNTIES | {"baihe": COUNTY | {"weighted_average_rate": 4_410_000}}), "weighted_average_rate"
    )
    assert (several.words, several.machine) == ("4.35%至4.41%", "")
    assert (several.low, several.high) == (4_345_000, 4_415_000)


@pytest.mark.parametrize(
    ("low", "high", "contradicts"),
    [
        (None, 1200 * WAN, False),
        (None, 1200 * WAN - 1, True),
        (1200 * WAN, None, False),
        (1200 * WAN + 1, None, True),
        (1200 * WAN, 1200 * WAN, False),
    ],
)
def test_a_limit_that_is_just_reached_is_kept(low, high, contradicts):
    """「不足」 and 「超过」 are told of rounded figures: a fen beside them is told apart, the figure itself is not."""
    (owed,) = stated(statement(step=1), "outstanding_amount")
    limits = [None if limit is None else Fraction(limit) for limit in (low, high)]
    assert owed.contradicts(*limits) is contradicts


def test_each_unit_has_its_own():
    sent = [statement(), table(TEN_COUNTIES)]
    found = statements(books(sent, catalog())["M01"])
    assert {unit: one.says("outstanding_households")[0].machine for unit, one in found.items()} == {
        "rcb-hanyin": "290",
        "abc": "2900",
    }
    assert all(isinstance(one, Statement) for one in found.values())
