"""What is compared side by side in a month, each matter once: a county return, and what a bank writes."""

import pytest

from pipeline.model import Finding, Severity
from pipeline.validate import check, check_side_by_side, tell_once
from pipeline.validate.building import books
from pipeline.validate.diagnosis.in_returns import one_matter_each
from pipeline.validate.neighbours import Neighbours
from tests.validate.returns import COUNTY, WAN, catalog, cell_of, county_return, measures, statement, table

REGISTERED, VISITED, SCORED, ELIGIBLE = (
    "registered_households", "visited_households", "scored_households", "eligible_households",
)  # fmt: skip
FUND, REQUIRED = "fund_balance_amount", "fund_required_amount"
ASK = "请核对；如属实，请说明原因。"


def told(changes, *others, last=None):
    """(rule, place, what it is under) of all findings on a return, beside others, with February's as it was."""
    before = [county_return(last or {}, period="2018-02")]
    near = Neighbours(returns_before=lambda: before)
    findings = check_side_by_side([county_return(changes), *others], catalog(), near)
    names = {finding.id: finding.rule for finding in findings}
    return [(f.rule, f.indicator, names[f.under] if f.under else "") for f in findings]


def test_a_figure_that_lost_a_digit_takes_along_what_is_above_it():
    """2000 registered, typed 200: 1500 are willing, 1800 were visited; both are more. 441 ever had a loan, 240 have.

    And the bank says 2000.
    """
    assert sorted(told({REGISTERED: 200}, statement())) == [
        ("A17", REGISTERED, "C01-6"),
        ("A20", "disbursed_households_cum", "C01-6"),
        ("A20", "outstanding_households", "C01-6"),
        ("C01-2", ELIGIBLE, "C01-6"),
        ("C01-4", VISITED, "C01-6"),
        ("C01-6", REGISTERED, ""),
    ]


def test_a_figure_with_a_digit_more_takes_along_what_it_is_above():
    assert told({VISITED: 18_000}) == [("C01-4", VISITED, "C01-6"), ("C01-6", VISITED, "")]


def test_another_figure_of_the_return_is_another_matter():
    assert told({FUND: 70 * WAN, ELIGIBLE: 2001}) == [("C01-2", ELIGIBLE, ""), ("C01-6", FUND, "")]


def test_one_figure_above_another_stays_where_it_is():
    assert told({VISITED: 2001}) == [("C01-4", VISITED, "")]


def test_two_figures_above_one_are_told_at_that_one():
    """1600 is no slip of 2000: nothing but 1501 and 1800 being more speaks against it."""
    sent = county_return({REGISTERED: 1400})
    root, other = check_side_by_side([sent], catalog())
    assert (root.rule, root.indicator, root.cell, root.value) == ("C01-2", REGISTERED, cell_of(REGISTERED), "1400")
    assert root.message == (
        "汉阴县“建档立卡贫困户数”1400户，而“符合条件且有贷款意愿户数”1500户、“走访户数”1800户都比它大：疑似“建档立卡贫困户数”填错。"
        + ASK
    )
    assert (other.rule, other.indicator, other.under) == ("C01-4", VISITED, root.id)


def test_one_figure_and_a_bank_above_one_are_told_at_that_one():
    lent = statement({"disbursed_households_cum": 1801, "disbursed_loans_cum": 1900})
    findings = check_side_by_side([county_return({REGISTERED: 1799, ELIGIBLE: 1500}), lent], catalog())
    root, other = (f for f in findings if f.rule in ("C01-4", "A20"))
    assert (root.rule, root.indicator, other.rule, other.under) == ("C01-4", REGISTERED, "A20", root.id)
    assert root.message == (
        "汉阴县“建档立卡贫困户数”1799户，而“走访户数”1800户比它大，按它计算的考核比例也超过了上限：疑似“建档立卡贫困户数”填错。"
        + ASK
    )


def test_ratios_alone_stay_with_the_banks():
    """Explaining one must not hide the other."""
    lent = statement({"disbursed_households_cum": 2001, "disbursed_loans_cum": 2100, "outstanding_households": 2001})
    found = [entry for entry in told({}, lent) if entry[0] == "A20"]
    assert found == [("A20", "disbursed_households_cum", ""), ("A20", "outstanding_households", "")]


def test_a_chain_is_two_matters():
    """Scored above visited, visited above registered: each is above another figure."""
    assert told({SCORED: 2002, VISITED: 2001}) == [("C01-4", VISITED, ""), ("C01-4", SCORED, "")]


def test_two_projects_are_two_matters():
    over = {"project_invested_amount#1": 501 * WAN, "project_invested_amount#2": 201 * WAN}
    assert [entry[2] for entry in told(over)] == ["", ""]


def test_the_figures_of_a_project_in_yuan_are_one_message_that_names_their_cells():
    """500 and 300 万元 were typed in 元."""
    total, invested = "project_total_amount#1", "project_invested_amount#1"
    near = Neighbours(returns_before=lambda: [county_return(period="2018-02")])
    sent = county_return({total: 5_000_000 * WAN, invested: 3_000_000 * WAN})
    root, other = check_side_by_side([sent], catalog(), near)
    assert (root.indicator, root.cause, root.cell) == (total, "unit", cell_of(total))
    assert (other.indicator, other.under) == (invested, root.id)
    assert root.message.endswith(f"另有1处（{cell_of(invested)}）也是这样，一并核对。")


def test_a_return_in_yuan_is_one_matter():
    mirror = "mirror_outstanding_amount@rcb"
    changes = {FUND: 7_000_000 * WAN, REQUIRED: 8_000_000 * WAN, mirror: 12_000_000 * WAN}
    found = told(changes, statement())
    assert [entry for entry in found if entry[2] == ""] == [("C01-6", REQUIRED, "")]
    assert {(rule, place) for rule, place, under in found if under} == {("C01-6", FUND), ("A17", mirror)}


@pytest.mark.parametrize(("mirror", "under"), [("last_months", True), ("transposed", False)])
def test_the_registered_households_of_a_return_sent_again_are_last_months_too(mirror, under):
    sent = county_return()
    found = [
        Finding(
            "A17", 3, Severity.SOFT, "。", sent.file, sent.sha256, "2018-03", "C01", sent.id, sent.unit, "hanyin",
            place, cause=cause,
        )
        for place, cause in ((REGISTERED, ""), ("mirror_outstanding_amount@rcb", mirror))
    ]  # fmt: skip
    one_matter_each(found, books([sent], catalog())["C01"])
    assert found[0].under == (found[1].id if under else "")
    assert not found[1].under


def test_two_digits_too_many_are_two_matters():
    assert [under for *_, under in told({FUND: 7000 * WAN, REQUIRED: 8000 * WAN})] == ["", ""]


def test_a_dry_run_tells_it_once_too():
    sent = county_return({REGISTERED: 1400})
    root, other = tell_once(check([sent], catalog()), [sent], catalog())
    assert (root.indicator, other.under) == (REGISTERED, root.id)


def test_two_counties_have_nothing_to_do_with_each_other():
    sent = [county_return({VISITED: 2001}), county_return({ELIGIBLE: 2001}, area="shiquan")]
    assert [f.under for f in check_side_by_side(sent, catalog())] == ["", ""]


# ------------------------------------------------------------------ words


UNIT = "rcb-hanyin"


def words(texts, before, period="2018-03"):
    """Findings on what a bank writes whose statement says 1200 万元; last month's said 1190 and 9."""
    sent = measures(texts, period=period)
    near = Neighbours(
        words={(UNIT, f"measure_{item}"): text for item, text in texts.items()},
        words_before={(UNIT, f"measure_{item}"): text for item, text in before.items()},
        units_before=frozenset({UNIT}),
        statements_before=lambda: [
            statement({"outstanding_amount": 1190 * WAN, "loss_amount": COUNTY["loss_amount"] + WAN}, period="2018-02")
        ],
    )
    return check_side_by_side([sent, statement(period=period)], catalog(), near)


RESULTS = "我行扶贫小额贷款余额1190.00万元，不良贷款余额9.00万元。"


def test_figures_in_words_that_were_not_renewed_follow_from_that():
    root, *others = words({"results": RESULTS}, {"results": RESULTS})
    assert (root.rule, root.under) == ("Q01-1", "")
    assert [(f.rule, f.under) for f in others] == [("Q01-2", root.id), ("Q01-2", root.id)]


def test_figures_in_words_that_were_renewed_do_not():
    texts = {"organisation": "成立领导小组。", "results": "我行扶贫小额贷款余额1195.00万元。"}
    root, other = words(texts, {"organisation": "成立领导小组。", "results": RESULTS})
    assert [(f.rule, f.under) for f in (root, other)] == [("Q01-1", ""), ("Q01-2", "")]


def test_last_months_figures_in_the_middle_of_a_quarter_are_one_matter():
    root, other = words({"results": RESULTS}, {"results": RESULTS}, period="2018-02")
    assert (root.rule, root.cause, other.under) == ("Q01-2", "last_months", root.id)
    assert root.message.endswith("另有1个数也与上月月报相同，一并更新。")


def test_what_is_not_last_months_is_told_by_itself():
    text = "我行扶贫小额贷款余额1190.00万元，不良贷款余额7.00万元。"
    assert [f.under for f in words({"results": text}, {}, period="2018-02")] == ["", ""]


@pytest.mark.parametrize(
    ("why", "text", "told"),
    [
        ("loans and amount of one lending", "截至3月末，本年累计发放贷款34笔、131.00万元。", 1),
        ("two matters", "截至3月末，扶贫小额贷款余额1195.00万元，本年累计发放131.00万元。", 2),
        ("this month's and this year's lending", "3月份，本月发放46.00万元，本年累计发放131.00万元。", 2),
        ("so many that it is another statement",
         "截至3月末，扶贫小额贷款余额1195.00万元，本年累计发放131.00万元，本年累计收回61.00万元。", 1),
    ],
)  # fmt: skip
def test_what_is_wrong_together_in_words_is_one_matter(why, text, told):
    """True are 33 loans, 130 万元, 45 of them this month, 60 repaid, and 8 of 1200 万元 that are bad."""
    found = words({"results": text}, {})
    assert len(found) >= 2
    assert {f.rule for f in found} == {"Q01-2"}
    assert sum(not f.under for f in found) == told
    assert found[0].message.endswith(f"另有{len(found) - 1}个数也与月报不一致，一并核对。") is (told == 1)


def test_a_ratio_of_a_balance_that_differs_follows_from_that():
    """8 ÷ 1000 = 0.80 %, beside a statement with 8 ÷ 1200 = 0.67 %."""
    root, ratio = words({"results": "我行扶贫小额贷款余额1000.00万元，不良率0.80%。"}, {}, period="2018-02")
    assert (root.indicator, root.under) == ("outstanding_amount", "")
    assert (ratio.indicator, ratio.under) == ("npl_ratio", root.id)


def test_a_ratio_that_differs_beside_a_balance_that_does_not_is_told():
    (ratio,) = words({"results": "我行扶贫小额贷款余额1200.00万元，不良率0.80%。"}, {}, period="2018-02")
    assert (ratio.indicator, ratio.under) == ("npl_ratio", "")


@pytest.mark.parametrize("form", ["C01", "Q01"])
def test_without_anything_to_tell(form):
    sent = {"C01": county_return(), "Q01": measures({"results": "好"})}[form]
    assert tell_once([], [sent], catalog()) == []


def test_statements_are_passed_over():
    sent = table({"hanyin": COUNTY | {"weighted_average_rate": 20_000_000}}, unit=UNIT)
    found = check([sent], catalog())
    assert tell_once(found, [sent], catalog()) == found


def test_a_year_that_lost_a_digit_is_less_than_last_month_s_and_told_once():
    added = "fund_added_amount_ytd"
    assert told({added: 5 * WAN}) == [("C01-6", added, ""), ("C01-7", added, "C01-6")]
    assert told({added: 40 * WAN}) == [("C01-7", added, "")]
