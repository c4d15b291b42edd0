"""A14 and A15: which months they look back to, and which they count."""

import pytest

from pipeline.periods import Month
from pipeline.validate import check_over_time
from pipeline.validate.past import Past
from tests.validate.months import MONTHS, history, month, with_policy
from tests.validate.returns import COUNTY, WAN, catalog, table

LINES, LENT, OWED, RATE = "credit_line_amount", "disbursed_amount_mtd", "outstanding_amount", "weighted_average_rate"
BEFORE = [period for period in MONTHS if period < "2018-03"]
"""Thirteen months, the last of them February."""


def found(changes, blank=None, own=()):
    """A15 on a March with these changes, where these indicators were blank in these months before."""
    earlier = {period: {code: None for code, gone in (blank or {}).items() if period in gone} for period in BEFORE}
    past = Past.of_submissions([*history(changes=earlier), *own])
    findings = check_over_time([month(changes=changes)], catalog(), past)
    return [(f.indicator, f.message.partition("。")[0]) for f in findings if f.rule == "A15"]


LEAP = {LINES: 9000 * WAN}
"""Half as much again as the 6000 万元 of every month before."""


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (BEFORE[-5:], False),
        (BEFORE[-6:], True),
        (BEFORE[1:7], True),
        (BEFORE[:6], False),
        ([], False),
    ],
)
def test_six_of_the_last_twelve_months_are_enough_and_those_of_the_balance_are_counted(known, told):
    """Of the first six of thirteen only five lie within twelve months."""
    blank = {OWED: [period for period in BEFORE if period not in known]}
    assert bool(found(LEAP, blank)) is told


def test_this_month_sent_before_is_none_of_them():
    blank = {OWED: BEFORE[:-5]}
    assert found(LEAP, blank, own=[month(changes={LENT: 1})]) == []


def test_this_month_s_larger_figure_sent_before_is_nothing_to_compare_with():
    much = {LENT: 200 * WAN}
    assert [code for code, _ in found(much, own=[month(changes=much)])] == [LENT]


@pytest.mark.parametrize(
    ("last_known", "told"),
    [
        (1, False),
        (2, True),
    ],
)
def test_one_change_of_a_stock_before_is_enough_to_compare_with(last_known, told):
    assert bool(found(LEAP, {LINES: BEFORE[:-last_known]})) is told


@pytest.mark.parametrize(("last_known", "told"), [(0, False), (1, True)])
def test_one_month_of_a_flow_before_is_enough(last_known, told):
    blank = {LENT: BEFORE[: len(BEFORE) - last_known]}
    assert [code for code, _ in found({LENT: 200 * WAN}, blank)] == [LENT] * told


def test_what_moved_most_is_told_first():
    """Credit lines 2100 more; lending 2100, which is 2049 more than the 51 of its largest month."""
    ((code, words),) = found({LINES: 8100 * WAN, LENT: 2100 * WAN})
    assert code == LINES and words.startswith("汉阴县“评级授信/授信金额”8100.00万元，上月6000.00万元，增加2100.00万元")
    assert "“发放情况/本月/金额”也有异常变动" in words


def test_each_area_has_its_own_last_rate():
    """汉阴's of February, though 石泉 has to look back to January."""
    past = [
        table({"hanyin": COUNTY | {RATE: 6_000_000}, "shiquan": COUNTY | {RATE: rate}}, period=period)
        for period, rate in (("2018-01", 4_350_000), ("2018-02", None))
    ]
    sent = table({"hanyin": COUNTY | {RATE: 5_000_000}, "shiquan": COUNTY | {RATE: 5_220_000}})
    findings = check_over_time([sent], catalog(), Past.of_submissions(past))
    told = {f.area: f.message for f in findings if f.rule == "A14"}
    assert "（2018年2月）6%的十二分之十" in told["hanyin"]
    assert "（2018年1月）4.35%的十分之十二" in told["shiquan"]


# ------------------------------------------------------------------ how many months, from when on


def half_a_year_from_march():
    """Until February 2018 twelve months are compared with, from March on six: September is the last of them."""
    changed = with_policy(jump_window_months=12)
    window = changed.policy.parameters["jump_window_months"]
    twelve = window.values[0].model_copy(update={"until": Month(2018, 2)})
    six = twelve.model_copy(update={"value": 6, "since": Month(2018, 3), "until": None})
    dated = window.model_copy(update={"values": (twelve, six)})
    parameters = {**changed.policy.parameters, "jump_window_months": dated}
    return changed.model_copy(update={"policy": changed.policy.model_copy(update={"parameters": parameters})})


def told_in(rule, changes, earlier):
    """The months told of February and March, judged together with these changes, and what is said of March."""
    sent = [month(period, changes) for period in ("2018-02", "2018-03")]
    past = Past.of_submissions(history(changes=earlier))
    findings = [f for f in check_over_time(sent, half_a_year_from_march(), past) if f.rule == rule]
    return {f.period: f.message for f in findings}


@pytest.mark.parametrize(("known", "told"), [("2017-09", ["2018-02", "2018-03"]), ("2017-08", ["2018-02"])])
def test_the_last_rate_is_looked_for_in_so_many_months(known, told):
    """6 % then and never since: 5 % are its ten twelfths."""
    earlier = {period: {RATE: None} for period in BEFORE} | {known: {RATE: 6_000_000}}
    assert list(told_in("A14", {RATE: 5_000_000}, earlier)) == told


@pytest.mark.parametrize(
    ("before", "months"),
    [
        (["2017-08"], None),
        (["2017-07"], 6),
    ],
)
def test_changes_of_a_stock_are_those_of_so_many_months(before, months):
    """2000 万元 from August to September is March's sixth change back; from July to August the seventh."""
    earlier = {period: {LINES: 4000 * WAN} for period in before}
    march = told_in("A15", {LINES: 8000 * WAN}, earlier).get("2018-03", "")
    assert ("超过以往6个月的最大变动0.00万元" in march) is (months == 6)
    assert bool(march) is (months == 6)


@pytest.mark.parametrize(("period", "told"), [("2017-09", False), ("2017-08", True)])
def test_the_largest_flow_is_that_of_so_many_months(period, told):
    """200 万元 are less than three times 100, and more than three times the 51 or 45 of other months."""
    march = told_in("A15", {LENT: 200 * WAN}, {period: {LENT: 100 * WAN}}).get("2018-03", "")
    assert ("超过以往6个月最大数45.00万元的3倍" in march) is told


@pytest.mark.parametrize(("blank", "told"), [("2017-09", False), ("2017-08", True)])
def test_six_months_have_to_be_known_of_the_six(blank, told):
    earlier = {blank: {OWED: None}}
    assert ("2018-03" in told_in("A15", LEAP, earlier)) is told
    assert "2018-02" in told_in("A15", LEAP, earlier)
