"""A24: subsidies of the year against a year's interest on 1200 + 60 + 1 万元: at 15 % 189.15, a month at 0.5 % 0.525417.

Loans of this year bear 10 %, half as much more are the 15 % that any may bear; in cases about that they bear 4.35 %.
"""

import pytest

from pipeline.validate import check
from tests.validate.months import with_policy
from tests.validate.returns import COUNTY, TEN, WAN, Case, catalog, check_case, statement, table

ACCRUED, PAID = "interest_subsidy_accrued_ytd", "interest_subsidy_paid_ytd"
RATE, PERCENT = "weighted_average_rate", 1_000_000
LABEL = {ACCRUED: "贴息/本年应贴息", PAID: "贴息/本年已兑付"}
MOST = 18_915 * WAN // 100
LEAST = 5_254_166_667
"""Fen: ten thousand times what 0.5 % of 1261 万元 come to in a month, 525416.666… fen."""


def beyond(why, changes, said, value, most="189.15", expected="1891500.00", also="", at=ACCRUED, **more):
    message = (
        f"汉阴县“{LABEL[at]}”{said}万元，超过本年所有贷款（余额加本年收回、核销等）按年利率15%计一年的利息{most}万元"
        f"{also}。请核对；如属实，请说明原因。"
    )
    return Case("A24", why, changes, message, "soft", at, value, expected, **more)


def in_yuan(why, changes, said, value, meant, expected, also="", at=ACCRUED, most="189.15"):
    message = (
        f"汉阴县“{LABEL[at]}”{said}万元，超过本年所有贷款（余额加本年收回、核销等）按年利率15%计一年的利息{most}万元："
        f"疑似按元填写，除以一万应为{meant}万元{also}。请核对金额单位，填错的改正后重新报送；如属实，请说明原因。"
    )
    return Case("A24", why, changes, message, "soft", at, value, expected)


HALF_YEAR = 94_575 * WAN // 1000
"""15 % of 1261 万元, six of twelve months: three of the year, and three whose interest may be settled in it."""


def too_soon(why, changes, said, value, most="94.575", expected="945750.00", months=6, when=3, **more):
    message = (
        f"汉阴县“{LABEL[ACCRUED]}”{said}万元，超过本年所有贷款（余额加本年收回、核销等）按年利率15%计{months}个月的利息{most}万元"
        f"（今年{when}个月，加结息跨年的3个月）。请核对是否填了上年或历年累计的数；如属实，请说明原因。"
    )
    return Case("A24", why, changes, message, "soft", ACCRUED, value, expected, **more)


CASES = [
    Case("A24", "12 and 8 万元", {}),
    Case("A24", "all the interest that there can be", {ACCRUED: HALF_YEAR, PAID: MOST}),
    too_soon("one fen more than half a year's in March", {ACCRUED: HALF_YEAR + 1}, "94.575001", "945750.01"),
    Case("A24", "half a year's on 5000 fen more is 375 fen more", {ACCRUED: HALF_YEAR + 375,
         "repaid_amount_ytd": 60 * WAN + 5000}),
    too_soon("and no more", {ACCRUED: HALF_YEAR + 376, "repaid_amount_ytd": 60 * WAN + 5000}, "94.575376", "945753.76",
             "94.575375", "945753.75"),
    too_soon("a year's", {ACCRUED: MOST}, "189.15", "1891500.00"),
    Case("A24", "a year's in September", {ACCRUED: MOST}, given={"period": "2018-09"}),
    too_soon("not in August: eleven months' are 173.3875", {ACCRUED: MOST}, "189.15", "1891500.00", "173.3875",
             "1733875.00", 11, 8, given={"period": "2018-08"}),
    Case("A24", "eleven months' are", {ACCRUED: 173_387_500}, given={"period": "2018-08"}),
    beyond("one fen more", {ACCRUED: MOST + 1}, "189.150001", "1891500.01"),
    beyond("paid", {PAID: MOST + 1}, "189.150001", "1891500.01", at=PAID),
    beyond("both are told once", {ACCRUED: MOST + 1, PAID: MOST + 1}, "189.150001", "1891500.01",
           also="；“贴息/本年已兑付”也超过了"),
    in_yuan("12 万元 as 120000", {ACCRUED: 120_000 * WAN}, "120000.00", "1200000000.00", "12.00", "120000.00"),
    in_yuan("8 as well", {ACCRUED: 120_000 * WAN, PAID: 80_000 * WAN}, "120000.00", "1200000000.00", "12.00",
            "120000.00", also="；“贴息/本年已兑付”也超过了"),
    in_yuan("8 alone", {PAID: 80_000 * WAN}, "80000.00", "800000000.00", "8.00", "80000.00", at=PAID),
    in_yuan("a month's at the lowest rate", {ACCRUED: LEAST}, "5254.166667", "52541666.67", "0.525417", "5254.17"),
    beyond("one fen less is no slip of the unit", {ACCRUED: LEAST - 1}, "5254.166666", "52541666.66"),
    in_yuan("a year's at the highest rate", {ACCRUED: MOST * 10_000}, "1891500.00", "18915000000.00", "189.15",
            "1891500.00"),
    beyond("one fen more is another mistake", {ACCRUED: MOST * 10_000 + 1}, "1891500.000001", "18915000000.01"),
    beyond("nothing was ever written off", {ACCRUED: 189 * WAN + 1, "written_off_amount_mtd": None,
           "written_off_amount_ytd": None}, "189.000001", "1890000.01", "189.00", "1890000.00"),
    Case("A24", "a part of a fen is none: 15 % of 1261 万元 and 6 fen", {PAID: MOST, "repaid_amount_ytd": 60 * WAN + 6}),
    beyond("of 7 fen one", {ACCRUED: MOST + 2, "repaid_amount_ytd": 60 * WAN + 7}, "189.150002", "1891500.02",
           "189.150001", "1891500.01"),
    Case("A24", "5000 fen bear 750", {PAID: MOST + 750, "repaid_amount_ytd": 60 * WAN + 5000}),
    beyond("and no more", {ACCRUED: MOST + 751, "repaid_amount_ytd": 60 * WAN + 5000}, "189.150751", "1891507.51",
           "189.15075", "1891507.50"),
    in_yuan("a month's at the lowest rate to the fen: 0.5 % of 1260 万元 by twelve", {ACCRUED: 5_250_000_000,
            "repaid_amount_ytd": 59 * WAN}, "5250.00", "52500000.00", "0.525", "5250.00", most="189.00"),
    Case("A24", "loans transferred to another bank bore interest before", {ACCRUED: 95 * WAN,
         "other_change_amount_ytd": -100 * WAN}, also=frozenset({"A19"})),
    Case("A24", "loans taken over are in the balance", {ACCRUED: 95 * WAN, "other_change_amount_ytd": 100 * WAN},
         also=frozenset({"A19"})),
    Case("A24", "not reported", {ACCRUED: None, PAID: None}),
    Case("A24", "below zero is A10's", {ACCRUED: -1}, also=frozenset({"A10"})),
    Case("A24", "not compared where the balance is not told", {ACCRUED: 120_000 * WAN, "outstanding_amount": None},
         also=frozenset({"A16"})),
    Case("A24", "nor without what was repaid", {ACCRUED: 120_000 * WAN, "repaid_amount_ytd": None},
         also=frozenset({"A16"})),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_subsidy_within_interest(case):
    check_case(case, statement({RATE: PERCENT * 10} | case.changes, **case.given))


OWN = 41_140_125
"""1261 万元 at 6.525 % are 82.28025 万元 a year, in six months half of it."""


def too_dear(why, changes, said, value, rate="6.525", most="41.140125", expected="411401.25", **more):
    message = (
        f"汉阴县“{LABEL[ACCRUED]}”{said}万元，超过本年所有贷款（余额加本年收回、核销等）按“加权平均利率(年)”的150%（{rate}%）"
        f"计6个月的利息{most}万元（今年3个月，加结息跨年的3个月）。请核对是否填了上年或历年累计的数；如属实，请说明原因。"
    )
    return Case("A24", why, changes, message, "soft", ACCRUED, value, expected, **more)


@pytest.mark.parametrize("case", [
    Case("A24", "what six months bear at half as much again as this year's loans", {ACCRUED: OWN}),
    too_dear("one fen more", {ACCRUED: OWN + 1}, "41.140126", "411401.26"),
    Case("A24", "what is paid may be of any year", {PAID: OWN + 1}),
    Case("A24", "in September a year's: 82.28025", {ACCRUED: 2 * OWN}, given={"period": "2018-09"}),
    too_dear("at 9.99 %: 1261 by 14.985 %, half", {RATE: PERCENT * 999 // 100, ACCRUED: 94_480_426}, "94.480426",
             "944804.26", "14.985", "94.480425", "944804.25"),
    too_dear("12 万元 at the least rate that there is: 1261 by 0.75 %, half", {RATE: PERCENT // 2}, "12.00", "120000.00",
             "0.75", "4.72875", "47287.50"),
    Case("A24", "a rate below it is A14's, and nothing is held against it", {RATE: PERCENT // 2 - 1},
         also=frozenset({"A14"})),
    Case("A24", "nor against one above all", {RATE: PERCENT * 15 + 1, ACCRUED: HALF_YEAR}, also=frozenset({"A14"})),
    Case("A24", "15 % are not half as much again", {RATE: PERCENT * 15, ACCRUED: HALF_YEAR}),
    Case("A24", "no rate is told", {RATE: None, ACCRUED: HALF_YEAR}, also=frozenset({"A16"})),
], ids=str)  # fmt: skip
def test_subsidy_within_interest_at_the_rate_of_this_years_loans(case):
    check_case(case, statement(case.changes, **case.given))


def test_how_many_times_is_said_as_it_is_dated():
    """Twice 4.35 %, half a year: 1261 by 4.35 %, 54.8535 万元."""
    sent = statement({ACCRUED: 54_853_501})
    (finding,) = [f for f in check([sent], with_policy(subsidy_rate_percent="200")) if f.rule == "A24"]
    assert "的200%（8.7%）计6个月的利息54.8535万元" in finding.message


def test_the_slip_of_the_unit_has_its_name_and_another_excess_has_none():
    sent = statement({ACCRUED: 120_000 * WAN}), statement({ACCRUED: 190 * WAN}, period="2018-02")
    found = [finding for finding in check(sent, catalog()) if finding.rule == "A24"]
    assert [(finding.period, finding.cause) for finding in found] == [("2018-02", ""), ("2018-03", "unit")]


@pytest.mark.parametrize(("amount", "told"), [(1_500_000_000_000_000, 0), (1_500_000_000_000_001, 1)])
def test_a_statement_in_fen_for_wan_overflows_nothing(amount, told):
    """15 % of 10^16 fen; 1500 times that is beyond 64 bits."""
    nothing = {"repaid_amount_ytd": 0, "written_off_amount_ytd": 0, "outstanding_amount": 10**16, RATE: PERCENT * 10}
    found = check([statement({ACCRUED: amount, PAID: 0} | nothing, period="2018-12")], catalog())
    assert [finding.rule for finding in found].count("A24") == told


def test_each_county_is_compared_with_its_own_loans():
    sent = table({area: COUNTY | ({ACCRUED: 120_000 * WAN} if area == "pingli" else {}) for area in TEN})
    assert [f.area for f in check([sent], catalog()) if f.rule == "A24"] == ["pingli"]


def test_the_highest_rate_is_said_as_it_is_dated():
    sent = statement({ACCRUED: 200 * WAN})
    (finding,) = [f for f in check([sent], with_policy(rate_upper_percent="15.25")) if f.rule == "A24"]
    assert "按年利率15.25%计一年的利息192.3025万元" in finding.message
