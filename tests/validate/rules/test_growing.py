"""A23 and C01-7: what is counted since January only grows within the year."""

import pytest

from pipeline.validate import check_beyond
from pipeline.validate.neighbours import Neighbours
from tests.validate.months import MONTHS, Over, check_over, imported
from tests.validate.returns import STEP, WAN, Case, catalog, cell_of, county_return

SETTLED, RENEWED, EXTENDED, PAID = (
    *("settled_loans_ytd", "renewed_amount_ytd", "extended_amount_ytd"),
    "interest_subsidy_paid_ytd",
)
ACCRUED = "interest_subsidy_accrued_ytd"
LABEL = {
    ACCRUED: "贴息/本年应贴息",
    SETTLED: "收回情况/本年累计/笔数",
    RENEWED: "本年续贷金额",
    EXTENDED: "本年展期金额",
    PAID: "贴息/本年已兑付",
}
ASK = "：本年累计在年内只会增加。请核对；是上月报表有误的，请更正上月报表；如属实（如冲正），请说明原因。"
EXACT = dict.fromkeys(MONTHS, 1)


def said(label, now, last, allowed=""):
    rounded = f"（四舍五入最多相差{allowed}万元）" if allowed else ""
    return f"汉阴县“{label}”{now}，小于上月的{last}{rounded}{ASK}"


def less(why, at, value, now, last, found, expected, allowed="", **more):
    return Over("A23", why, {at: value}, said(LABEL[at], now, last, allowed), "soft", at, found, expected, **more)


def anew(why, changes, first, december=None, more=""):
    at, now, year = first
    told = (
        f"汉阴县“{LABEL[at]}”{now}（上年12月{year}）{more}，达到上年全年的数：疑似本年累计没有从1月起重新计算。"
        "请核对这些数，改为1月发生的数；如属实，请说明原因。"
    )
    value = f"{changes[at] // 100}.00"
    return Over("A23", why, changes, told, "soft", at, value, period="2018-01", earlier={"2017-12": december or {}})


STATEMENTS = [
    Over("A23", "22 settled last month, 33 now; 10, 3 and 8 万元 then and now"),
    less("one loan less", SETTLED, 21, "21笔", "22笔", "21", "22"),
    Over("A23", "two roundings may differ by one step", {RENEWED: 10 * WAN - STEP}),
    less("one fen more", RENEWED, 10 * WAN - STEP - 1, "9.989999万元", "10.00万元", "99899.99", "100000.00", "0.01"),
    less("extended", EXTENDED, 2 * WAN, "2.00万元", "3.00万元", "20000.00", "30000.00", "0.01"),
    less("paid", PAID, 7 * WAN, "7.00万元", "8.00万元", "70000.00", "80000.00", "0.01"),
    Over("A23", "exact to the fen", {PAID: 8 * WAN}, step=1, steps=EXACT),
    less("one fen less", PAID, 8 * WAN - 1, "7.999999万元", "8.00万元", "79999.99", "80000.00", step=1, steps=EXACT),
    Over("A23", "last month was rounded to whole 万元", {RENEWED: 10 * WAN - WAN // 2 - STEP // 2},
         steps={"2018-02": WAN}),
    less("half of both and a fen", RENEWED, 10 * WAN - WAN // 2 - STEP // 2 - 1, "9.494999万元", "10.00万元",
         "94949.99", "100000.00", "0.505", steps={"2018-02": WAN}),
    less("what accrued too", ACCRUED, 12 * WAN - 1, "11.999999万元", "12.00万元", "119999.99", "120000.00", step=1, steps=EXACT),
    Over("A23", "in January the year begins anew", {RENEWED: 0, EXTENDED: 0, PAID: 0}, period="2018-01"),
    less("in February it has begun", SETTLED, 9, "9笔", "10笔", "9", "10", period="2018-02"),
    anew("what was renewed goes on", {RENEWED: 22 * WAN}, (RENEWED, "22.00万元", "20.00万元")),
    anew("December's stayed", {RENEWED: 20 * WAN}, (RENEWED, "20.00万元", "20.00万元")),
    Over("A23", "less by the last place", {RENEWED: 20 * WAN - STEP}, period="2018-01"),
    anew("subsidies that are owed", {ACCRUED: 25 * WAN}, (ACCRUED, "25.00万元", "24.00万元")),
    anew("subsidies that are paid", {PAID: 16 * WAN}, (PAID, "16.00万元", "16.00万元")),
    anew("a year of ten 万元", {EXTENDED: 10 * WAN}, (EXTENDED, "10.00万元", "10.00万元"), {EXTENDED: 10 * WAN}),
    Over("A23", "a year of less may be a loan or two", {EXTENDED: 10 * WAN}, period="2018-01",
         earlier={"2017-12": {EXTENDED: 10 * WAN - 1}}),
    anew("three are named", {RENEWED: 20 * WAN, EXTENDED: 12 * WAN, PAID: 16 * WAN}, (RENEWED, "20.00万元", "20.00万元"),
         {EXTENDED: 10 * WAN},
         more="；汉阴县“本年展期金额”12.00万元（上年12月10.00万元）；汉阴县“贴息/本年已兑付”16.00万元（上年12月16.00万元）"),
    anew("all of them are one message", {RENEWED: 20 * WAN, EXTENDED: 12 * WAN, PAID: 16 * WAN, ACCRUED: 24 * WAN},
         (RENEWED, "20.00万元", "20.00万元"), {EXTENDED: 10 * WAN}, more="；汉阴县“本年展期金额”12.00万元（上年12月10.00万元）"
         "；汉阴县“贴息/本年已兑付”16.00万元（上年12月16.00万元）；另有1处也是这样"),
    Over("A23", "only January starts anew", {RENEWED: 20 * WAN}, period="2018-02"),
    Over("A23", "nothing is known of December", {RENEWED: 20 * WAN}, period="2018-01", missing=("2017-12",)),
    Over("A23", "not reported", dict.fromkeys((SETTLED, RENEWED, EXTENDED, PAID))),
    Over("A23", "not reported last month", {SETTLED: 1}, earlier={"2018-02": {SETTLED: None}}),
    Over("A23", "nothing is in force of last month", {SETTLED: 1}, missing=("2018-02",)),
    Over("A23", "a figure below zero is A10's", {SETTLED: -1}),
    less("an imported figure is a base to ask about", SETTLED, 33, "33笔", "34笔", "33", "34", missing=("2018-02",),
         imported=(imported("2018-02", SETTLED, 34),)),
]  # fmt: skip


def test_a_year_that_goes_on_has_its_name_and_all_its_cells():
    (found,) = Over("A23", "", {RENEWED: 20 * WAN, PAID: 16 * WAN}, period="2018-01").found()
    assert (found.cause, found.places) == ("year_not_reset", f"{cell_of(RENEWED)}、{cell_of(PAID)}")


def test_one_figure_is_told_at_its_own_cell_alone():
    (found,) = Over("A23", "", {RENEWED: 20 * WAN}, period="2018-01").found()
    assert (found.cell, found.places) == (cell_of(RENEWED), "")


def test_loans_settled_are_the_loan_count_s_to_tell():
    """Were they as many as ten 万元 have fen."""
    same = Over("A23", "", {SETTLED: 10 * WAN}, period="2018-01", earlier={"2017-12": {SETTLED: 10 * WAN}})
    assert "A23" not in {finding.rule for finding in same.found()}


@pytest.mark.parametrize("case", STATEMENTS, ids=str)
def test_year_so_far_never_shrinks(case):
    check_over(case)


# ------------------------------------------------------------------ county returns

ADDED, COMPENSATED = "fund_added_amount_ytd", "fund_compensated_amount_ytd"
FUND = {ADDED: "本年新增风险补偿金", COMPENSATED: "本年代偿金额"}


def even(why, at, last, **given):
    return Case("C01-7", why, {}, given={"last": {at: last}, **given})


def fund(why, at, last, now, was, value, expected, allowed="", **given):
    message = said(FUND[at], now, was, allowed)
    return Case("C01-7", why, {}, message, "soft", at, value, expected, given={"last": {at: last}, **given})


RETURNS = [
    even("50 万元 were added, as last month", ADDED, 50 * WAN),
    even("more than last month", ADDED, 20 * WAN),
    even("two roundings may differ by one step", ADDED, 50 * WAN + STEP),
    fund("one fen more", ADDED, 50 * WAN + STEP + 1, "50.00万元", "50.010001万元", "500000.00", "500100.01", "0.01"),
    fund("compensated", COMPENSATED, 3 * WAN, "2.00万元", "3.00万元", "20000.00", "30000.00", "0.01"),
    fund("exact to the fen", ADDED, 50 * WAN + 1, "50.00万元", "50.000001万元", "500000.00", "500000.01", steps=(1, 1)),
    even("last month's in whole 万元", ADDED, 50 * WAN + WAN // 2 + STEP // 2, steps=(STEP, WAN)),
    fund("half of both and a fen", ADDED, 50 * WAN + WAN // 2 + STEP // 2 + 1, "50.00万元", "50.505001万元",
         "500000.00", "505050.01", "0.505", steps=(STEP, WAN)),
    even("in January the year begins anew", ADDED, 60 * WAN, period="2018-01"),
    fund("in February it has begun", ADDED, 60 * WAN, "50.00万元", "60.00万元", "500000.00", "600000.00", "0.01",
         period="2018-02"),
    even("not reported last month", ADDED, None),
    even("the fund itself may shrink", "fund_balance_amount", 800 * WAN),
]  # fmt: skip
FELL = (
    "：年内一般只增不减。请核对；是上月报表有误的，请更正上月报表；如属实（如动态调整、撤并），请说明减少的数和原因。"
)
SCORED, ELIGIBLE, INVESTED = "scored_households", "eligible_households", "project_invested_amount"


def fewer(why, at, label, last, now, was, value, expected, allowed="", **given):
    message = f"汉阴县“{label}”{now}，少于上月的{was}{f'（四舍五入最多相差{allowed}万元）' if allowed else ''}{FELL}"
    return Case("C01-7", why, {}, message, "soft", at, value, expected, given={"last": {at: last}, **given})


RETURNS += [
    even("1500 households wanted a loan last month too", ELIGIBLE, 1500),
    fewer("one household more did", ELIGIBLE, "符合条件且有贷款意愿户数", 1501, "1500户", "1501户", "1500", "1501"),
    even("in January the register is another", ELIGIBLE, 1501, period="2018-01"),
    even("registered households are held against the banks'", "registered_households", 2001),
]  # fmt: skip
CASES = [*STATEMENTS, *RETURNS]


def found(sent, *last):
    near = Neighbours(returns_before=lambda: last)
    return [finding for finding in check_beyond([sent], catalog(), near) if finding.rule == "C01-7"]


@pytest.mark.parametrize("case", RETURNS, ids=str)
def test_fund_so_far_never_shrinks(case):
    given = dict(case.given)
    last, (step, last_step) = given.pop("last"), given.pop("steps", (STEP, STEP))
    sent = county_return(step=step, **given)
    findings = found(sent, county_return(last, period="2018-02", step=last_step))
    assert [finding.message for finding in findings] == ([case.message] if case.message else [])
    for finding in findings:
        assert (finding.rule, finding.level, finding.severity, finding.indicator) == ("C01-7", 2, "soft", case.at)
        assert (finding.value, finding.expected, finding.area) == (case.value, case.expected, "hanyin")
        assert (finding.cell, finding.submission) == (cell_of(case.at), sent.id)


def test_without_last_months_return_nothing_is_compared():
    assert found(county_return({ADDED: 0})) == []
    assert found(county_return({ADDED: 0}), county_return(area="shiquan", period="2018-02")) == []


def test_a_figure_below_zero_is_told_as_that():
    assert found(county_return({ADDED: -1}), county_return(period="2018-02")) == []


def test_last_months_return_without_any_figure_is_none():
    empty = county_return(period="2018-02")
    empty.observations.clear()
    assert found(county_return(), empty) == []


def test_of_a_return_with_one_figure_nothing_else_is_compared():
    short = county_return(period="2018-02")
    short.observations[:] = [seen for seen in short.observations if seen.indicator == "project_invested_amount"][:1]
    assert found(county_return({ADDED: 0}), short) == []
