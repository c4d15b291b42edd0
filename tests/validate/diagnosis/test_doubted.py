"""A figure that a statement's own rules doubt, and what others say of it: under the rule's finding, or not."""

import pytest

from pipeline.validate import check, check_over_time, check_side_by_side
from pipeline.validate.doubts import Doubts
from pipeline.validate.neighbours import Neighbours
from pipeline.validate.past import Past
from tests.validate.diagnosis.county import FEBRUARY, judged
from tests.validate.returns import COUNTY, TEN, WAN, catalog, county_return, measures, statement, table

LINE, BALANCE = "credit_line_amount", "outstanding_amount"


def shown(sent, *others):
    """(rule, form, place) of all that asks for something; what is folded is under a finding of the statement."""
    own = check([sent], catalog())
    found = check_side_by_side([sent, *others], catalog(), doubts=Doubts(own, lambda meant: check(meant, catalog())))
    ids = {finding.id for finding in own}
    assert {finding.under for finding in found if finding.under} <= ids | {finding.id for finding in found}
    return [(f.rule, f.form, f.indicator) for f in (*own, *found) if not f.under]


def words(text, unit="rcb-hanyin"):
    return measures({"results": text}, unit=unit)


@pytest.mark.parametrize(
    ("why", "said", "apart"),
    [
        ("the bank says what would do: 6000 granted, 1200 lent", "6000.00", False),
        ("just as much as was lent", "1200.00", False),
        ("a fen of the last place less would not do either", "1199.99", True),
    ],
)
def test_words_on_a_figure_that_is_doubted(why, said, apart):
    found = shown(statement({LINE: 1000 * WAN}), words(f"我行累计授信金额{said}万元。"))
    assert found == [("A12", "M01", LINE), *([("Q01-2", "Q01", LINE)] if apart else [])], why


def test_a_rate_that_is_no_percentage_beside_words_that_say_it():
    """0.0435 % is below any rate; 4.35 % is one, and 0.04 % is not."""
    sent = statement({"weighted_average_rate": 43_500})
    assert shown(sent, words("我行扶贫小额贷款加权平均利率4.35%。")) == [("A14", "M01", "weighted_average_rate")]
    assert len(shown(sent, words("我行扶贫小额贷款加权平均利率0.03%。"))) == 2


def test_words_on_another_figure_are_another_matter():
    found = shown(statement({LINE: 1000 * WAN}), words("我行扶贫小额贷款余额1190.00万元。"))
    assert found == [("A12", "M01", LINE), ("Q01-2", "Q01", BALANCE)]


@pytest.mark.parametrize(("why", "said", "apart"), [("as much as all", 60_000, False), ("less still", 54_500, True)])
def test_words_on_the_whole_are_put_down_to_the_county_that_is_doubted(why, said, apart):
    """6000 万元 in each of nine counties and 1000 in one, where 1200 is lent: 6000 would do there, 500 would not."""
    sent = table({area: COUNTY | ({LINE: 1000 * WAN} if area == "ziyang" else {}) for area in TEN})
    found = shown(sent, words(f"我行累计授信金额{said}.00万元。", "abc"))
    assert found == [("A12", "M01", LINE), *([("Q01-2", "Q01", LINE)] if apart else [])], why


HIGH = {BALANCE: 1600 * WAN, "pass_amount": 1580 * WAN}
"""Of 290 households that are 5.5 万元 each, above the cap, which may be so; 1200 would be 4.1."""
MIRROR = "mirror_outstanding_amount@rcb"


def test_a_county_alone_against_what_may_be_true_is_told_for_itself():
    assert shown(statement(HIGH), county_return()) == [("A13", "M01", BALANCE), ("A17", "C01", MIRROR)]


def test_words_alone_against_what_may_be_true_too():
    found = shown(statement(HIGH), words("我行扶贫小额贷款余额1200.00万元。"))
    assert found == [("A13", "M01", BALANCE), ("Q01-2", "Q01", BALANCE)]


@pytest.mark.parametrize(
    ("why", "county", "said", "together"),
    [
        ("both would do", 1200, "1200.00", True),
        ("as far apart as three roundings", 1200, "1200.02", True),
        ("further apart", 1200, "1200.03", False),
        ("of one mind, and still above the cap", 1500, "1500.00", False),
    ],
)
def test_a_county_and_words_of_one_mind_are_told_with_what_is_unusual(why, county, said, together):
    sent = county_return({MIRROR: county * WAN})
    found = shown(statement(HIGH), sent, words(f"我行扶贫小额贷款余额{said}万元。"))
    assert (found == [("A13", "M01", BALANCE)]) is together, why


LENT, LENT_MIRROR = "disbursed_amount_ytd", "mirror_disbursed_amount_ytd@rcb"
DEAR = {LENT: 1300 * WAN}
"""To 30 households that are 43.3 万元 each, above the cap; 130 would be 4.3."""


@pytest.mark.parametrize(
    ("why", "county", "apart"),
    [
        ("a tenth of it", 130 * WAN, False),
        ("a tenth but for two roundings", 130 * WAN + 10_000, False),
        ("and a fen", 130 * WAN + 10_001, True),
        ("another figure", 140 * WAN, True),
    ],
)
def test_what_is_unusual_and_ten_times_what_a_county_says_is_told_once(why, county, apart):
    found = shown(statement(DEAR), county_return({LENT_MIRROR: county}))
    assert found == [("A13", "M01", LENT), *([("A17", "C01", LENT_MIRROR)] if apart else [])], why


@pytest.mark.parametrize(("why", "said", "apart"), [("a tenth", "130.00", False), ("another figure", "140.00", True)])
def test_so_it_is_with_the_banks_own_words(why, said, apart):
    found = shown(statement(DEAR), words(f"我行今年累计发放扶贫小额贷款{said}万元。"))
    assert found == [("A13", "M01", LENT), *([("Q01-2", "Q01", LENT)] if apart else [])], why


def test_a_tenth_that_another_denies_is_told():
    """The county has a tenth, the bank's own words a ninth: both would do, and they are not of one mind."""
    said = words("我行今年累计发放扶贫小额贷款144.00万元。")
    found = shown(statement(DEAR), county_return({LENT_MIRROR: 130 * WAN}), said)
    assert ("A17", "C01", LENT_MIRROR) in found and ("Q01-2", "Q01", LENT) in found


def test_without_the_rules_nothing_is_settled():
    sent = statement({LINE: 1000 * WAN})
    found = check_side_by_side([sent, words("我行累计授信金额6000.00万元。")], catalog())
    assert [(f.rule, f.under) for f in found] == [("Q01-2", "")]


@pytest.mark.parametrize(
    ("why", "typed", "county", "apart"),
    [
        ("a digit too many, and the county has what was meant", 20_000, 2000, False),
        ("the county has as many as this would do too", 20_000, 2500, False),
        ("a county that has as many as are six times last month's speaks of something else", 20_000, 14_001, True),
        ("no slip", 2001, 2000, True),
    ],
)
def test_the_countys_register_beside_a_slip_that_last_month_tells(why, typed, county, apart):
    """2000 last month; with 14001 a digit would still be too many: 1400 and 4001 without one."""
    past = Past.of_submissions([statement(FEBRUARY, period="2018-02")])
    sent, register = statement({"registered_households": typed}), county_return({"registered_households": county})
    own = judged(sent, past=past)
    doubts = Doubts(own, lambda meant: [*check(meant, catalog()), *check_over_time(meant, catalog(), past)])
    found = check_side_by_side([sent, register], catalog(), doubts=doubts)
    (mirror,) = [f for f in found if f.rule == "A17" and f.indicator == "registered_households"]
    assert (not mirror.under) is apart, why


# ------------------------------------------------------------------ figures that were taken in though they are wrong

OLD = "这个数与上月月报相同，疑似沿用了上月的文字。"


def beside_february(changes, text, balance=1175):
    """What is told of words in March, where the bank owed so many 万元 in February."""
    past = Past.of_submissions([statement(FEBRUARY, period="2018-02")])
    sent = statement(changes)
    own = judged(sent, past=past)
    doubts = Doubts(own, lambda meant: [*check(meant, catalog()), *check_over_time(meant, catalog(), past)])
    last = statement(FEBRUARY | {BALANCE: balance * WAN}, period="2018-02")
    near = Neighbours(units_before=frozenset({"rcb-hanyin"}), statements_before=lambda: [last])
    found = check_side_by_side([sent, words(text)], catalog(), near, doubts)
    return own, [f for f in found if f.rule == "Q01-2"]


def test_old_words_beside_a_true_statement_are_called_old():
    own, (finding,) = beside_february({}, "贷款余额1175.00万元")
    assert own == []
    assert (finding.cause, finding.under) == ("last_months", "")
    assert OLD in finding.message


@pytest.mark.parametrize(
    ("why", "owed", "said", "last", "under", "message"),
    [
        ("a balance that is wrong, and words that have what it should be", 1290, "1200.00", 1200, True, ""),
        ("neither would do: which is wrong is open", 1290, "1175.00", 1175, False, "月报的这个数另有强制性问题（A02），请先核对月报。"),
        ("nor is it last month's", 1290, "1111.00", 1175, False, ""),
    ],
)  # fmt: skip
def test_words_beside_a_balance_that_is_wrong(why, owed, said, last, under, message):
    """1175 + 45 - 20 = 1200; the grades add up to 1200 too."""
    own, (finding,) = beside_february({BALANCE: owed * WAN}, f"贷款余额{said}万元", last)
    roots = {f.id for f in own if f.severity == "hard" and not f.under}
    assert (finding.under in roots) is under, why
    if not under:
        assert OLD not in finding.message
        assert finding.cause == ""
        assert message in finding.message


@pytest.mark.parametrize(
    ("why", "typed", "text", "under"),
    [
        ("a base that is not December's; the words have it right", 1100, "贷款余额1200.00万元，较年初增加69.00万元", True),
        ("the words are wrong as well", 1100, "贷款余额1200.00万元，较年初增加60.00万元", False),
        ("a growth goes with it", 1100, "贷款余额1200.00万元，较年初增长6.1%", True),
    ],
)  # fmt: skip
def test_what_words_make_of_a_base_that_is_doubted(why, typed, text, under):
    """1131 in December, and 1200 now: 69 more, 6.1 %."""
    december = statement({BALANCE: 1131 * WAN}, period="2017-12")
    past = Past.of_submissions([december])
    sent = statement({"outstanding_amount_year_start": typed * WAN})
    own = [f for f in judged(sent, past=past) if f.rule == "A07"]
    doubts = Doubts(own, lambda meant: check(meant, catalog()))
    (finding,) = [f for f in check_side_by_side([sent, words(text)], catalog(), doubts=doubts) if f.rule == "Q01-2"]
    assert (finding.under == own[0].id) is under, why


@pytest.mark.parametrize(
    ("why", "text", "under"),
    [
        ("1200 for 290 households", "贷款余额1200.00万元，户均4.14万元", True),
        ("ten times 29 is only about what was meant", "贷款余额1200.00万元，户均4.55万元", True),
        ("no household count near that makes it", "贷款余额1200.00万元，户均4.60万元", False),
    ],
)
def test_an_average_beside_households_that_lost_a_digit(why, text, under):
    own, (finding,) = beside_february({"outstanding_households": 29}, text)
    assert (finding.under in {f.id for f in own}) is under, why


def test_words_on_bad_loans_that_are_gone_go_with_what_is_asked_of_them():
    """8 万元 non-performing in February, none now, all else as it was: the words have what is missing."""
    none_left = {"substandard_amount": 0, "doubtful_amount": 0, "loss_amount": 0, "npl_amount": 0}
    sent = statement({**none_left, "pass_amount": 1188 * WAN})
    past = Past.of_submissions([statement(FEBRUARY, period="2018-02")])
    again = lambda meant: [*check(meant, catalog()), *check_over_time(meant, catalog(), past)]  # noqa: E731
    own = again([sent])
    found = check_side_by_side([sent, words("不良贷款余额8.00万元。")], catalog(), doubts=Doubts(own, again))
    assert [(f.rule, f.indicator) for f in own] == [("A31", "npl_amount")]
    assert [f.under for f in found] == [own[0].id]


@pytest.mark.parametrize(("why", "said", "apart"), [
    ("as it was: 8 and not 108", "8.00", False),
    ("85.25 less lost would do: all that was doubtful, and one in a hundred of the balance", "22.75", False),
    ("the last place less would not", "22.76", True),
    ("words that have more", "110.00", True),
])  # fmt: skip
def test_words_on_what_is_non_performing_beside_a_grade_that_rose_too_far(why, said, apart):
    """101 万元 lost for 1, out of what is pass."""
    sent = statement({"loss_amount": 101 * WAN, "npl_amount": 108 * WAN, "pass_amount": 1080 * WAN})
    past = Past.of_submissions([statement(FEBRUARY, period="2018-02")])
    again = lambda meant: [*check(meant, catalog()), *check_over_time(meant, catalog(), past)]  # noqa: E731
    own = again([sent])
    found = check_side_by_side([sent, words(f"不良贷款余额{said}万元。")], catalog(), doubts=Doubts(own, again))
    assert [(f.rule, f.indicator) for f in own] == [("A31", "loss_amount")]
    assert [f.under for f in found] == ["" if apart else own[0].id], why
