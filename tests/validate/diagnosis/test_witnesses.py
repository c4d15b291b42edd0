"""What equations alone would tell wrongly: what is known besides speaks for a guess, or nobody is accused."""

from dataclasses import replace

import pytest

from pipeline.validate.past import NO_PAST, Past
from tests.validate.diagnosis.county import FEBRUARY, TEN_FEBRUARIES, judged, ten, told
from tests.validate.returns import COUNTY, STEP, TEN, WAN, statement, table

AMOUNTS = [code for code in COUNTY if "amount" in code or "subsidy" in code]
TOTALED = [code for code in COUNTY if code != "weighted_average_rate"]
MONTH, YEAR, EVER = (f"disbursed_amount_{span}" for span in ("mtd", "ytd", "cum"))


def _totals(areas):
    return {code: sum(figures[code] for figures in areas.values()) for code in TOTALED}


def roots(findings):
    return [finding for finding in findings if not finding.under]


# ------------------------------------------------------------------ a factor common to many amounts


@pytest.mark.parametrize(("times", "cause"), [(10, "unit"), (100, "point"), (1000, "unit"), (10_000, "unit")])
def test_all_amounts_too_large_by_a_factor_are_one_message(times, cause):
    findings = judged(statement({code: COUNTY[code] * times for code in AMOUNTS}))
    assert [cause for _, _, cause in told(findings)] == [cause]


@pytest.mark.parametrize("past", [TEN_FEBRUARIES, NO_PAST], ids=["known", "first"])
def test_that_all_would_be_so_small_that_nothing_differs_is_no_reason(past):
    """Two counties' grades do not add up, by 3 and by 2 万元; in a ten thousandth of it they would."""
    areas = {area: COUNTY for area in TEN} | {
        TEN[1]: COUNTY | {"pass_amount": 1183 * WAN},
        TEN[2]: COUNTY | {"pass_amount": 1178 * WAN},
    }
    findings = judged(table(areas, _totals(areas)), past=past)
    assert "unit" not in {cause for _, _, cause in told(findings)}
    assert {finding.rule for finding in roots(findings)} == {"A08"}


def test_in_a_first_month_the_cap_speaks_for_a_unit_beside_another_mistake():
    """In 元 for 万元, and the bad loans 1 万元 (as typed) too many: without a month before."""
    wrong = {code: COUNTY[code] * 10_000 for code in AMOUNTS}
    findings = judged(statement(wrong | {"npl_amount": 8 * WAN * 10_000 + 500_000 * WAN}), past=NO_PAST)
    assert ("A13", "unit") in {(rule, cause) for rule, _, cause in told(findings)}


def test_two_columns_of_which_one_counts_and_one_is_money_are_not_exchanged():
    """The loans of the year and ever are February's: were March's 11 loans the nothing that was written off, all held."""
    areas = {area: COUNTY | {"disbursed_loans_ytd": 22, "disbursed_loans_cum": 489} for area in TEN}
    findings = judged(table(areas, _totals(areas)), past=TEN_FEBRUARIES)
    assert "columns_exchanged" not in {cause for _, _, cause in told(findings)}


# ------------------------------------------------------------------ rounded too much

ODD_FEBRUARY = FEBRUARY | {
    "outstanding_amount": 117_537 * STEP,
    "pass_amount": 115_537 * STEP,
    MONTH: 4_500 * STEP,
    YEAR: 8_511 * STEP,
    EVER: 195_542 * STEP,
    "repaid_amount_ytd": 4_007 * STEP,
}
ODD = COUNTY | {
    "outstanding_amount": 120_045 * STEP,
    "pass_amount": 118_045 * STEP,
    "outstanding_amount_previous_month": 117_537 * STEP,
    "outstanding_amount_year_start": 113_133 * STEP,
    MONTH: 4_521 * STEP,
    YEAR: 13_032 * STEP,
    EVER: 200_063 * STEP,
    "repaid_amount_mtd": 2_013 * STEP,
    "repaid_amount_ytd": 6_020 * STEP,
}
"""1175.37 + 45.21 − 20.13 = 1200.45; 85.11 + 45.21 = 130.32; 1955.42 + 45.21 = 2000.63; 40.07 + 20.13 = 60.20."""
ODD_PAST = Past.of_submissions([statement(ODD_FEBRUARY, period="2018-02")])


def _to_ten_wan(fen):
    return (fen + 5 * WAN) // (10 * WAN) * 10 * WAN


def test_amounts_that_were_all_rounded_are_one_message_of_the_whole_report():
    """Beside it 9 万元 past due became 10, and 2 beyond the grace period 0."""
    assert judged(statement(ODD), past=ODD_PAST) == []
    findings = judged(statement(ODD | {code: _to_ten_wan(ODD[code]) for code in AMOUNTS}), past=ODD_PAST)
    (root,) = [f for f in roots(findings) if f.severity == "hard"]
    assert (root.cause, root.area, root.indicator, root.cell) == ("rounded", "", "", "")
    assert root.message.startswith("全表金额都是10.00万元的整倍数，而表中金额写到0.01万元；")


def test_one_amount_with_a_last_place_is_a_report_that_was_not_rounded():
    rounded = ODD | {code: _to_ten_wan(ODD[code]) for code in AMOUNTS} | {"credit_line_amount": 600_001 * STEP}
    findings = judged(statement(rounded), past=ODD_PAST)
    assert "rounded" not in {cause for _, _, cause in told(findings)}


def test_whoever_sent_round_figures_last_month_too_has_no_others():
    """All of February and March is in whole 万元: what does not follow is not so because of rounding."""
    wrong = {"outstanding_amount": 1202 * WAN, YEAR: 131 * WAN, "repaid_amount_ytd": 61 * WAN, EVER: 2001 * WAN}
    assert "rounded" not in {cause for _, _, cause in told(judged(statement(wrong)))}


def test_a_rounded_column_takes_along_a_total_that_was_rounded_by_itself():
    """1200 each was 1203.4 … 1204.3; the total 12040 is neither what the areas add up to nor what they were."""
    balances = ("outstanding_amount", "pass_amount")
    bases = ("outstanding_amount_previous_month", "outstanding_amount_year_start")
    last, true = {}, {}
    for number, area in enumerate(TEN):
        more, households = (340 + 10 * number) * STEP, {"credit_line_households": 1250}
        last[area] = FEBRUARY | households | {code: FEBRUARY[code] + more for code in balances}
        true[area] = COUNTY | households | {code: COUNTY[code] + more for code in (*balances, *bases)}
    past = Past.of_submissions([table(last, period="2018-02")])
    assert judged(table(true, _totals(true)), past=past) == []
    rounded = {area: figures | {"outstanding_amount": 1200 * WAN} for area, figures in true.items()}
    findings = judged(table(rounded, _totals(true) | {"outstanding_amount": 12_040 * WAN}), past=past)
    assert [(f.indicator, f.cause) for f in roots(findings)] == [("outstanding_amount", "other")]


# ------------------------------------------------------------------ a sum alone accuses nobody


@pytest.mark.parametrize("off", [1, 9])
@pytest.mark.parametrize("code", ["outstanding_loans", "credit_line_households", "past_due_loans"])
def test_a_count_that_only_its_total_knows_is_told_in_the_words_of_the_sum(code, off):
    """Nine of ten counties have last month's figure, as often happens: none of them is accused of it."""
    total = {code: 10 * COUNTY[code] + off}
    (root,) = roots(judged(ten(total), past=TEN_FEBRUARIES))
    assert (root.rule, root.area, root.cause) == ("A01", "", "")


@pytest.mark.parametrize(("total", "cause"), [(3300, ""), (3301, "other")], ids=["any", "none"])
def test_in_a_first_month_an_area_may_be_wrong_by_as_much_as_it_is(total, cause):
    """Ten counties with 300 loans each are 3000: a sum that is further off than any of them is itself wrong."""
    (root,) = roots(judged(ten({"outstanding_loans": total}), past=NO_PAST))
    assert (root.rule, root.area, root.cause) == ("A01", "", cause)


def test_a_slip_that_last_month_speaks_against_is_still_told():
    """6000 typed as 60000: last month it was 6000 too."""
    areas = {area: COUNTY for area in TEN}
    sent = table(areas | {TEN[4]: COUNTY | {"credit_line_amount": 60_000 * WAN}}, _totals(areas))
    (root,) = [f for f in roots(judged(sent, past=TEN_FEBRUARIES)) if f.severity == "hard"]
    assert (root.area, root.indicator, root.cause) == (TEN[4], "credit_line_amount", "digit_more")


def test_a_total_that_no_area_could_explain_is_called_by_its_slip():
    """12000 typed as 12900: each county's balance agrees with its grades and with February."""
    (root,) = roots(judged(ten({"outstanding_amount": 12_900 * WAN}), past=TEN_FEBRUARIES))
    assert (root.rule, root.area, root.cause, root.expected) == ("A01", "", "wrong_digit", "120000000.00")


def test_grades_of_a_county_that_are_exchanged_are_told_by_both_totals():
    areas = {area: COUNTY for area in TEN}
    wrong = areas | {TEN[2]: COUNTY | {"pass_amount": 12 * WAN, "special_mention_amount": 1180 * WAN}}
    (root,) = roots(judged(table(wrong, _totals(areas)), past=TEN_FEBRUARIES))
    assert (root.area, root.cause) == (TEN[2], "columns_exchanged")


# ------------------------------------------------------------------ what is carried on


def test_a_slip_of_the_month_that_was_carried_on_is_told_there():
    """45 typed as 54, and nine too many in the year and ever: 1175 and 54 less 20 is not 1200."""
    (root,) = roots(judged(statement({MONTH: 54 * WAN, YEAR: 139 * WAN, EVER: 2009 * WAN})))
    assert (root.indicator, root.cause, root.expected) == (MONTH, "transposed", "450000.00")


@pytest.mark.parametrize("off", [7, -7])
def test_a_balance_and_a_flow_that_fit_alike_are_told_in_the_words_of_the_balance(off):
    """A digit wrong in the month's lending and all it was added to, or in the balance and its best grade."""
    wrong = {code: COUNTY[code] + off * WAN for code in (MONTH, YEAR, EVER)}
    (root,) = roots(judged(statement(wrong)))
    assert (root.rule, root.indicator, root.cause) == ("A02", "outstanding_amount", "")


TYPED = "outstanding_amount_previous_month"
IN_FORCE = [statement(FEBRUARY, period="2018-02")]


def _from_another_february(off, *codes):
    bases = ("outstanding_amount", "pass_amount", "outstanding_amount_previous_month")
    return {code: COUNTY[code] + off * WAN for code in bases} | {code: COUNTY[code] + abs(off) * WAN for code in codes}


@pytest.mark.parametrize(
    ("off", "codes"),
    [(3, (YEAR, EVER)), (-5, ("repaid_amount_ytd",))],
    ids=["lending", "repayments"],
)
def test_a_correction_of_last_month_that_was_not_carried_is_one_message(off, codes):
    """Balance, typed base and what is summed up go on from a February that is not ours: none of March is blamed."""
    sent = _from_another_february(off, *codes)
    was = {code: sent[code] - COUNTY[code] + FEBRUARY[code] for code in sent if code != TYPED} | {
        "outstanding_amount": sent[TYPED]
    }
    past = Past.of_submissions(IN_FORCE, replaced=[statement(FEBRUARY | was, period="2018-02")])
    (root,) = roots(judged(statement(sent), past=past))
    assert (root.rule, root.indicator, root.cause) == ("A02", "outstanding_amount", "correction_not_carried")
    assert f"与本办采用的2018年2月报表同差{abs(off)}.00万元" in root.message


@pytest.mark.parametrize(("off", "codes"), [(3, (YEAR, EVER)), (-5, ("repaid_amount_ytd",))])
def test_where_nobody_corrected_february_it_is_february_that_is_asked_about(off, codes):
    (root,) = roots(judged(statement(_from_another_february(off, *codes))))
    assert (root.rule, root.severity, root.indicator, root.cause) == ("A29", "soft", TYPED, "last_month_wrong")
    assert "订正" not in root.message


def test_a_sum_that_is_off_by_something_else_is_a_matter_of_its_own():
    found = judged(statement(_from_another_february(3) | {YEAR: 171 * WAN}))
    assert YEAR in {finding.indicator for finding in roots(found)}


def test_a_total_in_wan_of_a_statement_in_yuan_is_its_unit():
    """12,000 万元 as 1.20 万元, cut to hundreds of 元."""
    exact = replace(ten({"outstanding_amount": 12_000 * WAN // 10_000}), step=1)
    (root,) = roots(judged(exact, past=TEN_FEBRUARIES))
    assert (root.indicator, root.area, root.cause) == ("outstanding_amount", "", "unit")


REGISTER = "registered_households"


def _registered(first, others=0, total=20_000):
    """Ten counties of 2000 registered households; one counts so many more, the others each so many."""
    areas = {area: COUNTY | {REGISTER: 2000 + others} for area in TEN} | {TEN[4]: COUNTY | {REGISTER: 2000 + first}}
    codes = [code for code in COUNTY if code != "weighted_average_rate"]
    sent = table(areas, {code: 10 * COUNTY[code] for code in codes} | {REGISTER: total})
    return [(f.area, f.cause, f.expected) for f in judged(sent, past=TEN_FEBRUARIES) if f.rule == "A01"]


@pytest.mark.parametrize(("more", "cause"), [(1, "wrong_digit"), (12, "other"), (-150, "other")])
def test_the_only_figure_of_a_sum_that_moved_is_wrong_where_the_total_did_not(more, cause):
    assert _registered(more) == [(TEN[4], cause, "2000")]


def test_where_all_moved_the_total_was_not_updated():
    assert _registered(12, others=12) == [("", "total_not_updated", "20120")]
