"""A09: loans, households and amounts of one measure."""

import pytest

from pipeline.validate import check
from tests.validate.returns import COUNTY, NOTHING_LENT, STEP, TEN, WAN, Case, catalog, check_case, statement, table

LOANS, HOUSEHOLDS, AMOUNT = "disbursed_loans_mtd", "disbursed_households_mtd", "disbursed_amount_mtd"


def month(loans, households, amount):
    return {LOANS: loans, HOUSEHOLDS: households, AMOUNT: amount}


BOTH = (
    "汉阴县“发放情况/本月/户数”为{}户，而“发放情况/本月/笔数”为{}笔，应当同时为0或同时不为0。请核对，改正后重新报送。"
)
NO_AMOUNT = "汉阴县“发放情况/本月/金额”为0，而“发放情况/本月/笔数”为{}。请核对金额，改正后重新报送。"
REST = "汉阴县“{}”为0，而“{}”为{}：如为不足最小填报单位的尾数，不需处理。"

CASES = [
    Case("A09", "one loan for each household", month(10, 10, 45 * WAN)),
    Case(
        "A09",
        "one household more than loans",
        month(10, 11, 45 * WAN),
        "汉阴县“发放情况/本月/户数”11户多于“发放情况/本月/笔数”10笔。一户至少一笔，请核对，改正后重新报送。",
        at=HOUSEHOLDS,
        value="11",
        expected="10",
    ),
    Case("A09", "nothing this month", month(0, 0, 0)),
    Case(
        "A09",
        "households and an amount without a loan: the loans are missing",
        month(0, 10, 45 * WAN),
        "汉阴县“发放情况/本月/笔数”为0笔，而“发放情况/本月/户数”为10户，应当同时为0或同时不为0。请核对，改正后重新报送。",
        at="disbursed_loans_mtd",
        value="0",
        expected="",
    ),
    Case(
        "A09",
        "the smallest amount is one: the loans are missing too",
        month(0, 10, 1),
        "汉阴县“发放情况/本月/笔数”为0笔，而“发放情况/本月/户数”为10户，应当同时为0或同时不为0。请核对，改正后重新报送。",
        at="disbursed_loans_mtd",
        value="0",
        expected="",
        also=frozenset({"A13"}),
    ),
    Case(
        "A09",
        "an amount that is not reported says nothing of the loans",
        month(0, 10, None),
        BOTH.format(10, 0),
        at=HOUSEHOLDS,
        value="10",
        expected="0",
        also=frozenset({"A16"}),
    ),
    Case("A09", "households alone", month(0, 10, 0), BOTH.format(10, 0), at=HOUSEHOLDS, value="10", expected="0"),
    Case("A09", "a loan to nobody", month(1, 0, 4 * WAN), BOTH.format(0, 1), at=HOUSEHOLDS, value="0", expected="1"),
    Case(
        "A09",
        "an amount without any loan",
        month(0, 0, STEP),
        "汉阴县“发放情况/本月/金额”为0.01万元，而笔数、户数为0。请核对笔数、户数和金额，改正后重新报送。",
        at=AMOUNT,
        value="100.00",
        expected="0.00",
    ),
    Case(
        "A09",
        "be it one fen, and the households not reported",
        month(0, None, 1),
        "汉阴县“发放情况/本月/金额”为0.000001万元，而笔数、户数为0。请核对笔数、户数和金额，改正后重新报送。",
        at=AMOUNT,
        value="0.01",
        expected="0.00",
        also=frozenset({"A16"}),
    ),
    Case("A09", "a reversal in a month without loans is A10's", month(0, 0, -5 * WAN), also=frozenset({"A10"})),
    Case(
        "A09",
        "three loans may add up to less than half a step",
        month(3, 3, 0),
        REST.format("发放情况/本月/金额", "发放情况/本月/笔数", "3笔"),
        severity="note",
        at=AMOUNT,
        value="0.00",
    ),
    Case("A09", "four may not", month(4, 4, 0), NO_AMOUNT.format("4笔"), at=AMOUNT, value="0.00"),
    Case(
        "A09",
        "a sender exact to the fen has no such rests",
        month(1, 1, 0),
        NO_AMOUNT.format("1笔"),
        at=AMOUNT,
        value="0.00",
        given={"step": 1},
    ),
    Case(
        "A09",
        "one that rounds to two fen has",
        month(3, 3, 0),
        REST.format("发放情况/本月/金额", "发放情况/本月/笔数", "3笔"),
        severity="note",
        at=AMOUNT,
        value="0.00",
        given={"step": 2},
    ),
    Case(
        "A09",
        "households stand for loans that are not reported",
        {
            "past_due_loans": None,
            "past_due_households": 3,
            "past_due_amount": 0,
            "past_due_beyond_grace_amount": 0,
        },
        REST.format("逾期贷款/余额", "逾期贷款/户数", "3户"),
        severity="note",
        at="past_due_amount",
        value="0.00",
    ),
    Case(
        "A09",
        "no households means no loans, though these are not reported",
        {"past_due_loans": None, "past_due_households": 0, "past_due_amount": 9 * WAN},
        "汉阴县“逾期贷款/余额”为9.00万元，而笔数、户数为0。请核对笔数、户数和金额，改正后重新报送。",
        at="past_due_amount",
        value="90000.00",
        expected="0.00",
    ),
    Case("A09", "loans ever that are not reported are not compared", {"disbursed_loans_cum": None}),
    Case("A09", "a year without business", {**NOTHING_LENT}),
    Case("A09", "a negative count is A10's", month(-1, 10, 45 * WAN), also=frozenset({"A10"})),
    Case("A09", "beside a negative count nothing is missing", month(-1, 0, 45 * WAN), also=frozenset({"A10"})),
    Case("A09", "nor beside negative households", month(0, -1, 45 * WAN), also=frozenset({"A10"})),
    Case(
        "A09",
        "the stock is compared too",
        {"outstanding_loans": 289},
        "汉阴县“期末余额/户数”290户多于“期末余额/笔数”289笔。一户至少一笔，请核对，改正后重新报送。",
        at="outstanding_households",
        value="290",
        expected="289",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_loans_households_amounts(case):
    check_case(case, statement(case.changes, **case.given))


OF_TEN = {area: COUNTY for area in TEN}
"""290 households have 300 loans in each county."""
FEW = {"outstanding_loans": 289}
"""One loan less than households."""


def told(changed):
    """What is found where these counties have fewer loans than households."""
    found = check([table(OF_TEN | {area: COUNTY | FEW for area in changed})], catalog())
    return [(f.rule, f.area, f.indicator, f.cause) for f in found if f.rule == "A09"]


def test_columns_are_exchanged_where_no_county_is_in_order():
    assert told(TEN) == [("A09", "hanbin", "outstanding_households", "columns_exchanged")]
    assert {cause for *_, cause in told(TEN[1:])} == {""}, "one county in order: nine slips"
    assert len(told(TEN[1:])) == 9


def test_a_county_of_as_many_loans_as_households_tells_nothing():
    same = {TEN[0]: COUNTY | {"outstanding_loans": 290}}
    rest = {area: COUNTY | FEW for area in TEN[1:]}
    (finding,) = [f for f in check([table(OF_TEN | same | rest)], catalog()) if f.rule == "A09"]
    assert (finding.area, finding.cause) == (TEN[1], "columns_exchanged")
    assert finding.message == (
        "汉阴县“期末余额/户数”290户多于“期末余额/笔数”289笔，凡两栏不同的各行都是这样：疑似两栏互换。"
        "请核对这两栏，改正后重新报送。"
    )


@pytest.mark.parametrize(("counties", "cause"), [(2, ""), (3, "columns_exchanged")])
def test_two_counties_may_be_chance(counties, cause):
    rows = {area: COUNTY | {"outstanding_loans": 290} for area in TEN[counties:]}
    found = check([table(OF_TEN | rows | {area: COUNTY | FEW for area in TEN[:counties]})], catalog())
    assert {f.cause for f in found if f.rule == "A09"} == {cause}


def test_each_statement_tells_its_exchange_at_its_first_county_in_their_order():
    sent = [table({area: COUNTY | FEW for area in TEN}, period=period) for period in ("2018-02", "2018-03", "2018-04")]
    found = [f for f in check(sent, catalog()) if f.rule == "A09"]
    assert [(f.period, f.area) for f in found] == [(s.period, "hanbin") for s in sent]
