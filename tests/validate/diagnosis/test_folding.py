"""One cause, one message: a hand-made county whose February is true, with one thing wrong in March."""

import re
from dataclasses import replace
from string import ascii_uppercase

import pytest

from pipeline.model import Finding, Severity, address
from pipeline.validate import check, diagnose
from pipeline.validate.past import NO_PAST, Past
from tests.validate.diagnosis.county import FEBRUARY, TEN_FEBRUARIES, judged, ten, told
from tests.validate.months import history, month
from tests.validate.returns import COUNTY, STEP, TEN, WAN, catalog, statement, table


def test_a_true_march_after_a_true_february_says_nothing():
    assert judged(statement()) == []


@pytest.mark.parametrize(
    ("why", "changes", "place", "cause", "meant"),
    [
        ("a digit more in the month's lending", {"disbursed_amount_mtd": 450 * WAN}, "disbursed_amount_mtd", "digit_more", "450000.00"),
        ("digits exchanged in the balance", {"outstanding_amount": 1020 * WAN}, "outstanding_amount", "transposed", "12000000.00"),
        ("a sign in what was repaid", {"repaid_amount_mtd": -20 * WAN}, "repaid_amount_mtd", "sign", "200000.00"),
        ("元 for 万元 in the year's lending", {"disbursed_amount_ytd": 1_300_000 * WAN}, "disbursed_amount_ytd", "unit", "1300000.00"),
        ("the year's figure as the month's", {"repaid_amount_mtd": 60 * WAN}, "repaid_amount_mtd", "year_as_month", "200000.00"),
        ("all that was ever lent as the year's", {"disbursed_amount_ytd": 2000 * WAN}, "disbursed_amount_ytd", "ever_as_year", "1300000.00"),
        ("the year's figure as all that was ever lent", {"disbursed_amount_cum": 130 * WAN}, "disbursed_amount_cum", "year_as_ever", "20000000.00"),
        ("last month's balance", {"outstanding_amount": 1175 * WAN}, "outstanding_amount", "last_months", "12000000.00"),
    ],
)  # fmt: skip
def test_one_wrong_figure_is_one_message_at_its_cell_with_its_name(why, changes, place, cause, meant):
    findings = judged(statement(changes))
    assert [(f.indicator, f.cause, f.expected) for f in findings if not f.under] == [(place, cause, meant)]
    (root,) = [f for f in findings if not f.under]
    assert all(f.under == root.id for f in findings if f is not root)
    assert root.cell, "and says where"


def test_a_proposal_changes_no_figure():
    sent = statement({"disbursed_amount_mtd": 450 * WAN})
    before = [replace(o) for o in sent.observations]
    judged(sent)
    assert sent.observations == before


def test_two_wrong_figures_are_two_messages():
    findings = judged(statement({"repaid_amount_mtd": 200 * WAN, "disbursed_loans_ytd": 303}))
    assert sorted(f.indicator for f in findings if not f.under) == ["disbursed_loans_ytd", "repaid_amount_mtd"]


def test_what_has_a_cause_of_its_own_is_not_folded():
    """The rate has nothing to do with the balance."""
    findings = judged(statement({"outstanding_amount": 1020 * WAN, "weighted_average_rate": 43_500_000}))
    assert {("A14", "weighted_average_rate", "")} < set(told(findings))


def test_the_same_slip_in_every_amount_of_a_statement_is_one():
    amounts = {code: value * 10_000 for code, value in COUNTY.items() if "amount" in code or "subsidy" in code}
    findings = judged(statement(amounts))
    assert [(rule, cause) for rule, _, cause in told(findings)] == [("A13", "unit")]
    (root,) = [f for f in findings if not f.under]
    sent = {o.cell for o in statement(amounts).observations if o.indicator in amounts and o.value}
    (named,) = re.findall("共([0-9]+)处", root.message)
    assert len(cells_in(root.places)) == int(named) and sent <= cells_in(root.places)
    assert not any(f.places for f in findings if f is not root)


def cells_in(told: str) -> set[str]:
    """Cells of one row, counted out of its ranges."""
    ends = [(part.split(":")[0], part.split(":")[-1]) for part in told.split("、")]
    row = [address(5, col) for col in range(80)]
    assert {cell.lstrip(ascii_uppercase) for pair in ends for cell in pair} == {"6"}
    return {row[col] for first, last in ends for col in range(row.index(first), row.index(last) + 1)}


def test_one_or_two_places_are_told_by_the_message_itself():
    assert {f.places for f in judged(statement({"outstanding_amount": 1020 * WAN}))} == {""}


def test_that_slip_is_one_in_a_first_month_too_when_no_equation_tells():
    amounts = {code: value * 10_000 for code, value in COUNTY.items() if "amount" in code or "subsidy" in code}
    assert [(rule, cause) for rule, _, cause in told(judged(statement(amounts), past=NO_PAST))] == [("A13", "unit")]


def test_a_statement_in_the_wrong_unit_and_its_bases_are_one_slip_and_no_dispute():
    """Everything ten thousand times, December's base too: the year adds up from it, and that proves nothing."""
    december = Past.of_submissions([statement(FEBRUARY | {"outstanding_amount": 1131 * WAN}, period="2017-12")])
    amounts = {code: value * 10_000 for code, value in COUNTY.items() if "amount" in code or "subsidy" in code}
    assert [(rule, cause) for rule, _, cause in told(judged(statement(amounts), past=december))] == [("A13", "unit")]


def test_without_a_month_before_the_equations_within_the_month_still_tell():
    findings = judged(statement({"pass_amount": 11800 * WAN}), past=NO_PAST)
    assert told(findings) == [("A08", "pass_amount", "digit_more")]


def test_a_total_that_differs_and_nothing_else_is_the_totals():
    areas = {area: COUNTY for area in TEN}
    wrong = table(areas, {"outstanding_loans": 3700, "credit_line_amount": 60_000 * WAN}, unit="abc")
    assert told(judged(wrong, past=NO_PAST)) == [("A01", "outstanding_loans", "wrong_digit")]


def test_half_a_step_is_no_cause():
    assert judged(statement({"outstanding_amount": 1200 * WAN + STEP})) == []


def test_where_the_bank_and_we_know_different_februaries_no_figure_of_march_is_blamed():
    """1180 in force, 1175 typed as February's: 1175 + 45 - 20 = 1200 holds, and so do grades and year."""
    other = Past.of_submissions([statement(FEBRUARY | {"outstanding_amount": 1180 * WAN}, period="2018-02")])
    (root,) = judged(statement(), past=other)
    assert (root.rule, root.severity, root.indicator) == ("A29", "soft", "outstanding_amount_previous_month")
    assert "“期末余额/金额”1180.00万元，按本月报表推算应为1175.00万元" in root.message


def test_where_february_was_corrected_and_march_goes_on_from_the_old_one_march_is_wrong():
    """1175 was sent first, 1180 is in force."""
    corrected = [statement(FEBRUARY | {"outstanding_amount": 1180 * WAN}, period="2018-02")]
    first = [statement(FEBRUARY, period="2018-02")]
    findings = judged(statement(), past=Past.of_submissions(corrected, replaced=first))
    (root,) = [f for f in findings if not f.under]
    assert (root.rule, root.indicator, root.cause, root.expected) == ("A02", "outstanding_amount", "", "12050000.00")
    assert "填报的对比基数与本办采用的也相差这么多" in root.message
    assert [f.rule for f in findings if f.under == root.id] == ["A07"]


@pytest.mark.parametrize(
    ("why", "changes", "cause"),
    [
        ("the balance and its best grade are last month's", {"outstanding_amount": 1175 * WAN, "pass_amount": 1155 * WAN}, "last_months"),
        ("both are off by 13", {"outstanding_amount": 1213 * WAN, "pass_amount": 1193 * WAN}, ""),
        ("interest was counted as repaid, in the month and the year", {"repaid_amount_mtd": 23 * WAN, "repaid_amount_ytd": 63 * WAN}, ""),
    ],
)  # fmt: skip
def test_no_transfer_is_made_up_where_a_balance_does_not_follow(why, changes, cause):
    """Whatever a balance is off by could be other changes that read nought: that says nothing."""
    (root,) = [f for f in judged(statement(changes)) if not f.under]
    assert (root.rule, root.indicator, root.cause) == ("A02", "outstanding_amount", cause)


def test_of_two_grades_that_were_last_month_s_too_the_one_that_moved_is_wrong():
    """Loss 1 → 3 while 次级 4 and 可疑 3 stay what they were in February."""
    findings = judged(statement({"loss_amount": 3 * WAN}))
    assert [(f.rule, f.indicator) for f in findings if not f.under] == [("A08", "loss_amount")]


def test_too_few_households_of_the_month_are_one_message_for_both_sums():
    """5 for 10: neither 20 + 5 = 25 < 30 nor 441 + 5 = 446 < 450 holds; and 45 万元 ÷ 5 is above the cap, ÷ 10 not."""
    findings = judged(statement({"disbursed_households_mtd": 5}))
    (root,) = [f for f in findings if not f.under]
    assert (root.rule, root.severity, root.indicator) == ("A06", "hard", "disbursed_households_mtd")
    assert {f.rule for f in findings if f.under == root.id} == {"A06", "A13"}


@pytest.mark.parametrize(("months", "cause"), [(["2018-02", "2017-03"], "other_month"), (["2018-02"], "other_column")])
def test_last_years_balance_is_another_months_and_stands_among_the_bases_only_besides(months, cause):
    """900 of March 2017, which the statement types as last year's too; who does not know that March sees only this."""
    known = {"2018-02": FEBRUARY, "2017-03": FEBRUARY | {"outstanding_amount": 900 * WAN, "pass_amount": 880 * WAN}}
    past = Past.of_submissions([statement(known[period], period=period) for period in months])
    (root,) = [f for f in judged(statement({"outstanding_amount": 900 * WAN}), past=past) if not f.under]
    assert (root.indicator, root.cause, root.expected) == ("outstanding_amount", cause, "12000000.00")


# ------------------------------------------------------------------ totals that go along


def test_a_total_that_was_added_up_from_a_wrong_figure_goes_with_it():
    findings = judged(ten(disbursed_amount_mtd=450 * WAN), past=TEN_FEBRUARIES)
    assert [(f.area, f.indicator, f.cause) for f in findings if not f.under] == [
        (TEN[0], "disbursed_amount_mtd", "digit_more")
    ]


@pytest.mark.parametrize(
    ("why", "total", "cause"),
    [
        ("a county is left out", {code: 9 * COUNTY[code] for code in ("credit_line_amount", "rated_households")}, "area_left_out"),
        ("last month's", {code: 10 * FEBRUARY[code] for code in ("outstanding_amount", "disbursed_loans_cum")}, "total_not_updated"),
    ],
)  # fmt: skip
def test_a_row_of_totals_that_is_wrong_in_one_way_is_one_message(why, total, cause):
    findings = judged(ten(total), past=TEN_FEBRUARIES)
    assert [(f.rule, f.area, f.cause) for f in findings if not f.under] == [("A01", "", cause)]


def test_a_flow_that_the_balance_and_its_grade_forget_is_named():
    changes = {"outstanding_amount": 1220 * WAN, "pass_amount": 1200 * WAN}
    assert [(f.indicator, f.cause) for f in judged(statement(changes)) if not f.under] == [
        ("outstanding_amount", "flow_left_out")
    ]


SUBSIDY, SETTLED = "interest_subsidy_accrued_ytd", "settled_loans_ytd"


def test_a_column_of_subsidies_in_yuan_is_one_message():
    """Ten counties with 12 万元 each, as 120000; the total says the same."""
    areas = {area: COUNTY | {SUBSIDY: 120_000 * WAN} for area in TEN}
    codes = [code for code in COUNTY if code != "weighted_average_rate"]
    sent = table(areas, {code: sum(figures[code] for figures in areas.values()) for code in codes})
    found = judged(sent, past=TEN_FEBRUARIES)
    assert told(found) == [("A24", SUBSIDY, "unit")]
    (root,) = [finding for finding in found if not finding.under]
    assert root.expected == "120000.00" and root.message.endswith("。另有9处与此相关，一并核对。")


def test_a_total_that_disagrees_tells_what_a_figure_above_its_whole_was_meant_to_be():
    """13 of 9 万元 past due are beyond the grace period; the total holds 2: without the rule it could be any county's."""
    grace = "past_due_beyond_grace_amount"
    found = judged(ten({grace: 20 * WAN}, **{grace: 13 * WAN}), past=TEN_FEBRUARIES)
    assert told(found) == [("A01", grace, "other")]
    (root,) = [finding for finding in found if not finding.under]
    assert (root.area, root.value, root.expected) == (TEN[0], "130000.00", "20000.00")


def test_rows_that_stand_one_too_low_take_along_what_no_equation_has():
    """Three counties have each other's figures; fewer loans settled than last month follow from that."""
    last, now = ({area: _larger(month, number) for number, area in enumerate(TEN)} for month in (FEBRUARY, COUNTY))
    past = Past.of_submissions([table(last, period="2018-02")])
    first, second, third = TEN[1:4]
    shifted = now | {first: now[third], second: now[first], third: now[second]}
    assert told(judged(table(now), past=past)) == []
    found = judged(table(shifted), past=past)
    assert [cause for _, _, cause in told(found)] == ["row_shifted"]
    assert [finding.area for finding in found if finding.rule == "A23" and finding.under] == [second, third]


def _larger(month, number):
    """A county with so many times 10 万元 more outstanding and ever lent, and 15 loans more settled; no bases typed."""
    more = ("outstanding_amount", "pass_amount", "credit_line_amount", "disbursed_amount_cum")
    untyped = {code: None for code in month if code.startswith("outstanding_amount_")}
    return (
        month
        | untyped
        | {code: month[code] + 10 * number * WAN for code in more}
        | {SETTLED: month[SETTLED] + 15 * number}
    )


def test_that_a_cell_which_could_not_be_read_is_blank_is_told_with_what_is_wrong_in_it():
    sent = statement({"outstanding_amount": None})
    seen = next(o for o in sent.observations if o.indicator == "outstanding_amount")
    unread = Finding(
        "F07", 0, Severity.HARD, "公式没有计算结果。", sent.file, sent.sha256, submission=sent.id, sheet=seen.sheet,
        cell=seen.cell, area=seen.area, indicator=seen.indicator,
    )  # fmt: skip
    found = diagnose([unread, *check([sent], catalog())], [sent], catalog(), NO_PAST)
    (blank,) = [f for f in found if f.rule == "A16"]
    assert blank.under == unread.id


@pytest.mark.parametrize("december", [1131 * WAN, 1131 * WAN + STEP, 1131 * WAN - STEP])
def test_one_message_names_one_figure_that_is_meant(december):
    """The year's lending by its months is 130.00 万元, by the balances of December and March a step more or less."""
    past = Past.of_submissions(history(changes={"2017-12": {"outstanding_amount": december}}))
    sent = month(changes={"disbursed_amount_ytd": 212 * WAN + 51 * STEP})
    (root,) = [f for f in judged(sent, past=past) if not f.under]
    assert (root.rule, root.indicator, root.expected) == ("A04", "disbursed_amount_ytd", "1300000.00")
    assert set(re.findall("应为([0-9.]+)万元", root.message)) == {"130.00"}


def test_no_proposal_leaves_households_and_an_amount_without_a_loan():
    """All three counts of loans are February's: by the sums nothing was lent in March, to 10 households, 45 万元."""
    loans = {code: FEBRUARY[code] for code in ("disbursed_loans_mtd", "disbursed_loans_ytd", "disbursed_loans_cum")}
    roots = [f for f in judged(statement(loans)) if not f.under]
    assert {f.rule for f in roots} == {"A04", "A09"}, "22 loans of the year to 30 households besides"
    assert all("应为0笔" not in f.message and f.expected != "0" for f in roots)
