"""A figure that no equation holds, far from last month's: told where it stands, with the slip that explains it."""

from dataclasses import replace

import pytest

from pipeline.validate import check, check_over_time, check_side_by_side
from pipeline.validate.building import books
from pipeline.validate.diagnosis.by_last_month import told_by_last_month
from pipeline.validate.doubts import Doubts
from pipeline.validate.past import Past
from tests.validate.diagnosis.county import FEBRUARY, judged, told
from tests.validate.returns import COUNTY, TEN, WAN, YUAN, catalog, measures, statement, table

ELIGIBLE, RATED, LINES = "eligible_households", "rated_households", "credit_line_households"
LOANS, HOUSEHOLDS, LINE = "outstanding_loans", "outstanding_households", "credit_line_amount"
PAST_DUE = "past_due_amount"


def shown(*sent, past=None):
    return [(f.rule, f.indicator, f.cause, f.expected) for f in judged(*sent, past=past) if not f.under]


def february(**changes):
    return Past.of_submissions([statement(FEBRUARY | changes, period="2018-02")])


@pytest.mark.parametrize(
    ("why", "changes", "rule", "at", "cause", "proposal"),
    [
        ("9 万元 typed in 元, above all that is lent", {PAST_DUE: 90_000 * WAN}, "A08", PAST_DUE, "unit", "90000.00"),
        ("1200 with a nought more: above those rated", {LINES: 12_000}, "A12", LINES, "digit_more", "1200"),
        ("1500 with a nought more: above those registered", {ELIGIBLE: 15_000}, "A12", ELIGIBLE, "digit_more", "1500"),
        ("290 without its last digit: far fewer than were left", {HOUSEHOLDS: 29}, "A28", HOUSEHOLDS, "digit_less", ""),
        ("300 without its last digit: fewer than households", {LOANS: 30}, "A09", LOANS, "digit_less", ""),
        ("6000 万元 a tenth: below what is lent", {LINE: 600 * WAN}, "A12", LINE, "digit_less", ""),
        ("6000 万元 a ten thousandth", {LINE: 6000 * YUAN}, "A12", LINE, "unit", ""),
    ],
)
def test_the_figure_that_is_far_from_last_months_is_told_with_its_slip(why, changes, rule, at, cause, proposal):
    assert shown(statement(changes)) == [(rule, at, cause, proposal)], why


def test_what_lost_a_digit_is_known_only_about():
    (finding,) = [f for f in judged(statement({HOUSEHOLDS: 29})) if not f.under]
    assert "29户疑似少写一位，推算应约为290户（上月290户）" in finding.message


@pytest.mark.parametrize(
    ("why", "typed", "last", "cause", "proposal"),
    [
        ("a tenth is 1950, 30 % above 1500", 19_500, 1500, "digit_more", "1950"),
        ("above 30 % of 1499: 1500 and 1900 are near too", 19_500, 1499, "digit_more", ""),
        ("a tenth is 2000, without the 1 it is 9999", 19_999, 1500, "", "19999"),
        (
            "without the second digit 1234; 1123, 1124 and 1134 are near 1500 too, 234 is not",
            11_234,
            1500,
            "digit_more",
            "",
        ),
        ("only without the 9 near 1500: 1888 is above, 9xxx far off", 91_888, 1500, "digit_more", "1888"),
        ("five times 1500 is not yet absurd: 7500, without a digit 750, 700, 500", 7_500, 1500, "", "7500"),
    ],
)
def test_a_slip_leaves_an_ordinary_change(why, typed, last, cause, proposal):
    (found,) = [f for f in shown(statement({ELIGIBLE: typed}), past=february(**{ELIGIBLE: last})) if f[0] == "A12"]
    assert found[2:] == (cause, proposal), why


def test_of_what_has_a_digit_too_few_the_digit_is_looked_for():
    """39 of 739 is a tenth of nothing near 729; with a 7 before it, it is. 11 of 800 were made this month."""
    past = february(**{LOANS: 729, HOUSEHOLDS: 290, "disbursed_loans_cum": 789, "settled_loans_ytd": 32})
    (finding,) = [f for f in judged(statement({LOANS: 39, "disbursed_loans_cum": 800}), past=past) if not f.under]
    assert (finding.cause, finding.expected) == ("digit_less", "")
    assert "推算应约为739笔（上月729笔）" in finding.message


def past_due(households):
    return {"past_due_loans": 12, "past_due_households": households}


@pytest.mark.parametrize(("last", "cause"), [(10, "digit_more"), (9, "")])
def test_of_few_households_ten_times_as_many_may_be_true(last, cause):
    """Ten times as many are above the 12 loans: A09, with or without a name."""
    sent = statement(past_due(last * 10))
    assert [f[:3] for f in shown(sent, past=february(**past_due(last)))] == [("A09", "past_due_households", cause)]


@pytest.mark.parametrize(("amount", "at"), [(12_000, (LINES, "digit_more")), (12_001, (RATED, ""))])
def test_what_moves_with_the_other_figures_of_its_matter_has_happened(amount, at):
    """Ten times as many households with a credit line, and lines of twice as much, or of more than twice."""
    found = [f[1:3] for f in shown(statement({LINES: 12_000, LINE: amount * WAN})) if f[0] == "A12"]
    assert found == [at]


@pytest.mark.parametrize(("january", "cause"), [(750, "digit_more"), (749, "")])
def test_where_last_months_was_unusual_itself_nobody_knows_by_what_slip(january, cause):
    """1500 in February is just twice 750; 15000 is the figure that moved, whatever moved it."""
    months = [statement(FEBRUARY, period="2018-02"), statement(FEBRUARY | {ELIGIBLE: january}, period="2018-01")]
    found = shown(statement({ELIGIBLE: 15_000}), past=Past.of_submissions(months))
    assert [f[1:3] for f in found if f[0] == "A12"] == [(ELIGIBLE, cause)]


def test_a_slip_that_brings_something_new_when_it_is_put_right_is_none():
    """The rules are asked again; here they have something else to say then."""
    sent, known = statement({LINES: 12_000}), february()
    found = [*check([sent], catalog()), *check_over_time([sent], catalog(), known)]
    other = replace(found[0], rule="A99")
    book = books([sent], catalog(), past=known)["M01"]
    new = told_by_last_month(found, found, book, lambda again: [replace(other, submission=s.id) for s in again])
    assert new == found


def test_without_last_month_nothing_is_supposed():
    nothing = Past.of_submissions([])
    assert told(judged(statement({LINES: 12_000}), past=nothing)) == [("A12", RATED, "")]


def test_where_only_last_month_speaks_it_is_said_once():
    (finding,) = [f for f in judged(statement({RATED: 14_000})) if not f.under]
    assert (finding.rule, finding.indicator, finding.cause, finding.expected) == ("A25", RATED, "digit_more", "1400")
    assert finding.message == (
        "汉阴县“评级授信/评级户数”14000户疑似多写一位，推算应为1400户（上月1400户）。改正后上月户数笔数（A25）能对上。"
        "请核对，改正后重新报送；如属实，请说明原因。"
    )


@pytest.mark.parametrize(
    ("why", "households", "told_at", "meant"),
    [
        ("1 of 15 may have been 10 to 19: 15 are as last month", 15, "past_due_loans", "15笔"),
        (
            "16 households cannot have 15 loans: 14 and 13 are as near or nearer, 16 will do",
            16,
            "past_due_loans",
            "16笔",
        ),
        ("19 will do", 19, "past_due_loans", "19笔"),
        ("20 households have more loans than last month's 15 and thirty percent", 20, "past_due_households", ""),
    ],
)
def test_a_digit_that_was_lost_is_one_with_which_the_rules_agree(why, households, told_at, meant):
    """Ten is farther from last month's 15 than thirty percent: 11 to 19 are near, and 21, without their 1 or 2."""
    past = february(past_due_loans=15, past_due_households=15)
    found = judged(statement({"past_due_loans": 1, "past_due_households": households}), past=past)
    (finding,) = [f for f in found if f.rule == "A09"]
    assert finding.indicator == told_at, why
    assert f"推算应约为{meant}" in finding.message if meant else not finding.cause


# ------------------------------------------------------------------ a column


def column(code, typed, last, total=True):
    """Ten counties with these figures, after a February with those; the total as its areas."""
    sent = [
        table(
            {area: figures | {code: value} for area, value in zip(TEN, values, strict=True)},
            {code: sum(values)} if total else {},
            period=period,
        )
        for figures, values, period in ((COUNTY, typed, "2018-03"), (FEBRUARY, last, "2018-02"))
    ]
    return [f for f in judged(sent[0], past=Past.of_submissions(sent[1:])) if f.indicator == code and not f.under]


def test_a_column_in_another_unit_is_one_message_of_all_its_cells():
    (finding,) = column(PAST_DUE, [90_000 * WAN] * 10, [9 * WAN] * 10)
    assert (finding.rule, finding.cause, finding.expected) == ("A08", "unit", "90000.00")
    assert "一栏疑似元、万元填错，共11处" in finding.message


def test_counties_that_had_nothing_last_month_go_with_the_column():
    (finding,) = column(PAST_DUE, [90_000 * WAN] * 10, [9 * WAN] * 9 + [0])
    assert (finding.cause, "共11处" in finding.message) == ("unit", True)


def test_a_county_that_is_as_last_month_does_not():
    (finding,) = column(PAST_DUE, [90_000 * WAN] * 9 + [9 * WAN], [9 * WAN] * 10, total=False)
    assert (finding.cause, "共9处" in finding.message) == ("unit", True)


@pytest.mark.parametrize("first", [9, 900])
def test_a_total_that_went_with_one_wrong_county_is_no_place_of_its_own(first):
    """90000 万元 of 9, or 9000000 of 900, where the total is ten times as large by it, and comes right with it."""
    (finding,) = column(PAST_DUE, [first * 10_000 * WAN] + [9 * WAN] * 9, [first * WAN] + [9 * WAN] * 9)
    assert (finding.rule, finding.area, finding.cause) == ("A08", TEN[0], "unit")
    assert finding.expected == f"{first}0000.00" and "一栏" not in finding.message


@pytest.mark.parametrize(
    ("why", "typed", "last", "cells"),
    [
        ("ten and the total, of which two were fewer than ten", [120] * 8 + [80] * 2, [12] * 8 + [8] * 2, 11),
        ("only one was ten", [100, *[80] * 9], [10, *[8] * 9], 11),
        ("130 of 17 are 13 as the others are, and not 10", [120] * 9 + [130], [12] * 9 + [17], 11),
    ],
)
def test_a_column_of_counts_ten_times_too_much(why, typed, last, cells):
    (finding,) = column("past_due_loans", typed, last)
    assert (finding.cause, f"共{cells}处" in finding.message) == ("digit_more", True), why


def test_households_above_their_loans_in_every_row_are_no_exchange_where_they_are_tenfold():
    """120 of 12 loans are past due, and were 12 last month: by itself A09 calls the columns exchanged."""
    now, last = (
        table({area: figures | {"past_due_loans": 12, "past_due_households": n} for area in TEN}, period=period)
        for figures, n, period in ((COUNTY, 120, "2018-03"), (FEBRUARY, 12, "2018-02"))
    )
    (root,) = [f for f in judged(now, past=Past.of_submissions([last])) if not f.under]
    assert (root.rule, root.indicator, root.cause) == ("A09", "past_due_households", "digit_more")
    assert root.expected == "12" and "共10处" in root.message


def test_a_count_that_is_as_last_month_does_not_go_with_the_column():
    (finding,) = column("past_due_loans", [120] * 9 + [10], [12] * 9 + [10], total=False)
    assert (finding.cause, "共9处" in finding.message) == ("digit_more", True)


def test_where_nothing_is_far_no_column_of_tens_is():
    assert column("past_due_loans", [20] * 10, [20] * 10) == []


# ------------------------------------------------------------------ beside words


@pytest.mark.parametrize(
    ("why", "changes", "said", "apart"),
    [
        ("what the slip comes to", {LINES: 12_000}, "授信户数1200户", False),
        ("above those rated too", {LINES: 12_000}, "授信户数1401户", True),
        ("290 households of 4.1 万元", {HOUSEHOLDS: 29}, "贷款户数290户", False),
        ("40 of 30 万元 cannot be either", {HOUSEHOLDS: 29}, "贷款户数40户", True),
    ],
)
def test_words_that_say_what_the_slip_comes_to_are_that_matter(why, changes, said, apart):
    sent = statement(changes)
    words = measures({"results": f"我行扶贫小额贷款余额1200.00万元、300笔，{said}。"}, unit="rcb-hanyin")
    past = Past.of_submissions([statement(FEBRUARY, period="2018-02")])

    def rules(meant):
        return [*check(meant, catalog()), *check_over_time(meant, catalog(), past)]

    doubts = Doubts(judged(sent), rules)
    found = [f for f in check_side_by_side([sent, words], catalog(), doubts=doubts) if f.rule == "Q01-2"]
    assert [not f.under for f in found] == [apart], why


@pytest.mark.parametrize(
    ("why", "loans", "households", "cause"),
    [
        ("both with a nought more", 3000, 2900, "digit_more"),
        ("both without their last", 30, 29, "digit_less"),
    ],
)
def test_two_counts_that_slipped_together_are_told_each_at_its_cell(why, loans, households, cause):
    """300 loans of 290 households, and the money as it was: no business has grown, or shrunk, to a tenth."""
    found = [f[1:3] for f in shown(statement({LOANS: loans, HOUSEHOLDS: households}))]
    assert sorted(found) == [(HOUSEHOLDS, cause), (LOANS, cause)], why


@pytest.mark.parametrize(("amount", "is_slip"), [(18, True), (19, False)])
def test_counts_that_grow_with_their_money_have_happened(amount, is_slip):
    """12 and 11 past due of 9 万元 become 120 and 110: of 18 万元 they are twice as much at most, of 19 they are not."""
    changes = {"past_due_loans": 120, "past_due_households": 110, PAST_DUE: amount * WAN}
    found = shown(statement(changes), past=february(**{"past_due_loans": 12, "past_due_households": 11}))
    assert (("A25", "past_due_loans", "digit_more", "12") in found) is is_slip
