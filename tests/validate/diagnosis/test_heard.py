"""Figures wrong by as much, so that the bank's own equations hold: the county's return for the bank tells which."""

import pytest

from pipeline.validate import check, check_over_time, diagnose
from pipeline.validate.past import Past
from tests.validate.diagnosis.county import FEBRUARY, TEN_FEBRUARIES, ten
from tests.validate.returns import ABSENT, COUNTY, TEN, WAN, catalog, county_return, statement

BALANCE, MIRROR = "outstanding_amount", "mirror_outstanding_amount"
REPAID, LENT = "repaid_amount", "disbursed_amount"
LOST = ("written_off_amount_mtd", "written_off_amount_ytd")
PAST = Past.of_submissions([statement(FEBRUARY, period="2018-02")])


def told(sent, *returns, past=PAST):
    """Rule, place, cause and proposal of what is to be answered."""
    found = [*check([sent], catalog()), *check_over_time([sent], catalog(), past)]
    findings = diagnose(found, [sent], catalog(), past, returns=returns)
    return [(f.rule, f.indicator, f.cause, f.expected) for f in findings if not f.under]


def off(amount, *codes):
    return {code: COUNTY[code] + amount * WAN for code in codes}


def too_much_repaid(amount=7):
    return off(amount, f"{REPAID}_mtd", f"{REPAID}_ytd")


def says(balance, **changes):
    return county_return({f"{MIRROR}@rcb": balance * WAN} | changes)


BALANCE_AND_REPAID = off(-7, BALANCE) | too_much_repaid()
"""1193 = 1175 + 45 - 27, and the grades are 1200."""


def test_a_balance_and_what_was_repaid_go_wrong_together_where_the_county_has_it_as_the_grades():
    assert told(statement(BALANCE_AND_REPAID), says(1200)) == [("A08", BALANCE, "month_and_year", "12000000.00")]


@pytest.mark.parametrize(
    ("why", "returns"),
    [
        ("no return", []),
        ("of another month", [county_return(period="2018-02")]),
        ("of another county", [county_return(area="shiquan")]),
        ("that says nothing of this bank", [county_return({f"{MIRROR}@rcb": ABSENT})]),
        ("that is below nought", [says(-1200)]),
        ("that agrees with the balance as it is typed", [says(1193)]),
        ("that agrees with neither", [says(1100)]),
    ],
)
def test_without_a_county_that_says_so_the_grade_alone_is_told(why, returns):
    """1173 of 1180 in the best grade would add up to the balance as it is typed."""
    assert told(statement(BALANCE_AND_REPAID), *returns) == [("A08", "pass_amount", "other", "11730000.00")], why


@pytest.mark.parametrize(("fen", "is_heard"), [(10_000, True), (10_001, False), (-10_000, True), (-10_001, False)])
def test_a_county_agrees_within_the_roundings_of_both(fen, is_heard):
    """Half of 100 yuan on either side."""
    found = told(statement(BALANCE_AND_REPAID), county_return({f"{MIRROR}@rcb": 1200 * WAN + fen}))
    assert (found[0][1] == BALANCE) is is_heard


LENT_MORE = off(4, BALANCE, *(f"{LENT}_{span}" for span in ("mtd", "ytd", "cum")))
"""1204 = 1175 + 49 - 20."""


@pytest.mark.parametrize(
    ("why", "lent", "flow"),
    [
        ("the county has what was lent as it was: that is wrong too", 130, "发放情况/本月/金额”49.00万元应为45.00万元"),
        ("it has that as it is typed: what was repaid is wrong", 134, "收回情况/本月金额”20.00万元应为24.00万元"),
    ],
)
def test_the_flow_that_the_county_denies_is_told_with_the_balance(why, lent, flow):
    sent = statement(LENT_MORE)
    found = [*check([sent], catalog()), *check_over_time([sent], catalog(), PAST)]
    returns = [says(1200, **{f"mirror_{LENT}_ytd@rcb": lent * WAN})]
    (finding,) = [f for f in diagnose(found, [sent], catalog(), PAST, returns=returns) if not f.under]
    assert (finding.indicator, finding.cause, finding.expected) == (BALANCE, "month_and_year", "12000000.00"), why
    assert flow in finding.message and "县区报表中该行的“期末余额/金额”1200.00万元" in finding.message


def test_what_was_repaid_is_told_where_the_county_has_the_balance_as_it_is():
    """1175 + 45 - 28 is 1192; the balance and its best grade could be 8万 less."""
    sent = statement(too_much_repaid(8))
    assert told(sent)[0][2] == ""
    assert told(sent, says(1200)) == [("A02", f"{REPAID}_mtd", "month_and_year", "200000.00")]


def test_the_balance_and_its_grade_are_told_where_the_county_has_them_otherwise():
    """1192 and 1172; what was repaid could be 8万 more."""
    sent = statement(off(-8, BALANCE, "pass_amount"))
    assert told(sent)[0][2] == ""
    assert told(sent, says(1200)) == [("A02", BALANCE, "month_and_year", "12000000.00")]


def test_a_write_off_that_never_was_is_told_where_the_county_has_the_balance_as_it_is():
    """5万 this month, 6万 this year."""
    (finding,) = told(statement(dict(zip(LOST, (5 * WAN, 6 * WAN), strict=True))), says(1200))
    assert finding == ("A02", LOST[0], "month_and_year", "0.00")


def test_a_balance_that_was_left_as_it_was_is_told_where_the_county_has_the_other():
    (finding,) = told(statement(dict(zip(LOST, (5 * WAN, 6 * WAN), strict=True))), says(1195))
    assert finding == ("A02", BALANCE, "flow_left_out", "11950000.00")


def test_nobody_is_accused_while_the_figures_agree():
    assert told(statement(), says(900)) == []


def test_in_a_row_of_ten_the_county_is_heard_too():
    """Totals follow what is wrong: the sums hold."""
    wrong = off(-7, BALANCE) | too_much_repaid()
    total = {code: 10 * COUNTY[code] + wrong[code] - COUNTY[code] for code in wrong}
    says_so = county_return({f"{MIRROR}@abc": 1200 * WAN}, area=TEN[0])
    assert told(ten(total, **wrong), says_so, past=TEN_FEBRUARIES) == [
        ("A08", BALANCE, "month_and_year", "12000000.00")
    ]


def test_of_two_banks_that_the_county_means_nobody_is_heard():
    """Two units of one institution with one county: nobody knows of which the figure is."""
    two = catalog().model_copy(
        update={
            "units": catalog().units.model_copy(
                update={
                    "units": (
                        *catalog().units.units,
                        catalog().units.by_id["rcb-hanyin"].model_copy(update={"id": "rcb-hanyin-2"}),
                    )
                }
            )
        }
    )
    sent = statement(BALANCE_AND_REPAID)
    found = [*check([sent], two), *check_over_time([sent], two, PAST)]
    (finding,) = [f for f in diagnose(found, [sent], two, PAST, returns=[says(1200)]) if not f.under]
    assert finding.indicator == "pass_amount"
