"""A18: last month sent again, and a month in which nothing happened."""

import pytest

from pipeline.validate import check_over_time
from pipeline.validate.past import Past
from tests.validate.months import MONTHS, Over, check_over, history, imported, month
from tests.validate.returns import WAN, catalog, codes, table

FEBRUARY, MARCH = MONTHS["2018-02"], MONTHS["2018-03"]
AGAIN = (
    "汉阴农商银行报的各项数字与{}的报表完全相同，而本月发生额不全为零：疑似重报了{}的报表。"
    "请改报2018年3月的数字；确实相同的，请与本办核对后重新报送。"
)
ZERO = (
    "汉阴农商银行本月发放、收回、核销及代偿、其他变动全部为0，但没有写明“本月无业务”：零业务请确认。"
    "确无业务的，请说明；漏填的，请补填后重新报送。"
)
FLOWS = [code for code in MARCH if code.endswith("_mtd")]
STILL = {code: FEBRUARY[code] for code in FEBRUARY if code.endswith(("_ytd", "_cum"))}
QUIET = dict.fromkeys(FLOWS, 0) | STILL | {"outstanding_amount": 1175 * WAN}
"""March, if nothing had happened since February."""

EQUATIONS = frozenset({"A02", "A03", "A04", "A05", "A06", "A07"})


def again(why, label, **more):
    return Over("A18", why, message=AGAIN.format(label, label), **more)


CASES = [
    Over("A18", "another month, other figures"),
    again(
        "February's figures in March",
        "2018年2月",
        changes=FEBRUARY,
        also=frozenset({"A02", "A04", "A05", "A07"}),
    ),
    Over("A18", "one fen differs", FEBRUARY | {"credit_line_amount": 6000 * WAN + 1}, also=frozenset({"A02", "A04", "A05", "A07"})),
    Over("A18", "one household differs", FEBRUARY | {"eligible_households": 1501}, also=frozenset({"A02", "A04", "A05", "A07"})),
    Over("A18", "a figure is not reported that was", FEBRUARY | {"eligible_households": None}, also=frozenset({"A02", "A04", "A05", "A07"})),
    again(
        "blank as it was",
        "2018年2月",
        changes=FEBRUARY | {"eligible_households": None},
        earlier={"2018-02": {"eligible_households": None}},
        also=frozenset({"A02", "A04", "A05", "A07"}),
    ),
    again("a year ago", "2017年3月", changes=MONTHS["2017-03"], also=EQUATIONS),
    again("the oldest month that is laid beside it", "2017年2月", changes=MONTHS["2017-02"], also=EQUATIONS),
    again(
        "of two that are the same the last",
        "2018年2月",
        changes=FEBRUARY,
        earlier={"2017-12": FEBRUARY},
        also=frozenset({"A02", "A03", "A04", "A05", "A07"}),
    ),
    again("with a month between that is not there", "2017年12月", changes=MONTHS["2017-12"], missing=("2018-01", "2018-02"),
          also=frozenset({"A03", "A07"})),
    Over("A18", "nothing is there to be the same", FEBRUARY, missing=tuple(MONTHS)),
    Over("A18", "an imported balance is no statement", missing=tuple(MONTHS),
         imported=(imported("2018-02", "outstanding_amount", 1200 * WAN),), changes={"outstanding_amount_previous_month": None}),
    Over("A18", "nothing happened, and nobody says so", QUIET, ZERO, "soft"),
    Over("A18", "the same as last month, but nothing had happened then either", QUIET, ZERO, "soft",
         earlier={"2018-02": QUIET}),
    Over("A18", "without a past too", QUIET, ZERO, "soft", missing=tuple(MONTHS)),
    Over("A18", "one fen was repaid", QUIET | {"repaid_amount_mtd": 1}),
    Over("A18", "one fen was taken back", QUIET | {"repaid_amount_mtd": -1}),
    Over("A18", "one household was lent to", QUIET | {"disbursed_households_mtd": 1}),
    Over("A18", "one fen went to another bank", QUIET | {"other_change_amount_mtd": -1}),
    Over("A18", "zeros and blanks", QUIET | {"written_off_amount_mtd": None, "other_change_amount_mtd": None}, ZERO, "soft"),
    Over("A18", "blank throughout is A16's", QUIET | dict.fromkeys(FLOWS)),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_months_differ(case):
    check_over(case)


def test_nothing_happened_and_the_bank_says_so():
    sent = month(changes=QUIET)
    sent.nil = True
    assert check_over_time([sent], catalog(), Past.of_submissions(history())) == []


@pytest.mark.parametrize(("one_fen", "told"), [(0, 0), (1, 1), (-1, 1)])
def test_nothing_happened_it_is_said_and_yet_it_did(one_fen, told):
    """At the first figure that contradicts; the typed total says the same, and is not the place."""
    still = {area: MARCH | QUIET for area in ("hanyin", "shiquan")}
    still["shiquan"] |= {"repaid_amount_mtd": one_fen, "written_off_amount_mtd": one_fen}
    sent = table(still, total={"repaid_amount_mtd": one_fen})
    sent.nil = True
    busy = month()  # of another bank, before it in the book
    found = [f for f in check_over_time([busy, sent], catalog(), Past()) if f.rule == "A18"]
    assert [(f.area, f.indicator, f.severity) for f in found] == [("shiquan", "repaid_amount_mtd", "soft")] * told
    assert [f.message for f in found] == [
        "农业银行安康分行写明“本月无业务”，但石泉县“收回情况/本月金额”填报0.000001万元，两者矛盾。".replace(
            "0.000001", "0.000001" if one_fen > 0 else "-0.000001"
        )
        + "确有业务的，请说明，以后不要再写“本月无业务”；填错月份的，请改正后重新报送。"
    ] * told


def test_a_declaration_without_a_table_says_it_too():
    sent = month()
    sent.observations, sent.nil = [], True
    assert check_over_time([sent], catalog(), Past.of_submissions(history())) == []


def test_one_area_in_which_something_happened_is_enough():
    areas = {"hanbin": QUIET, "hanyin": QUIET, "shiquan": QUIET | {"repaid_amount_mtd": 1}}
    full = {area: MARCH | changes for area, changes in areas.items()}
    assert codes(check_over_time([table(full)], catalog(), Past())) == []
    full["shiquan"] = MARCH | QUIET
    (found,) = check_over_time([table(full)], catalog(), Past())
    assert found.message.startswith("农业银行安康分行本月发放")


def test_one_area_that_differs_is_enough():
    def found(now):
        past = Past.of_submissions([table({"hanbin": FEBRUARY, "hanyin": FEBRUARY}, period="2018-02")])
        return [f for f in check_over_time([table(now)], catalog(), past) if f.rule == "A18"]

    assert len(found({"hanbin": FEBRUARY, "hanyin": FEBRUARY})) == 1
    assert found({"hanbin": FEBRUARY, "hanyin": FEBRUARY | {"loss_amount": 1}}) == []
    assert found({"hanbin": FEBRUARY, "hanyin": FEBRUARY, "shiquan": FEBRUARY}) == []
    blank = dict.fromkeys(FEBRUARY)
    assert found({"hanbin": FEBRUARY, "hanyin": FEBRUARY, "shiquan": blank}) == [], "nobody knows what it said before"


@pytest.mark.parametrize(("period", "told"), [("2017-02", 1), ("2017-01", 0)])
def test_more_than_thirteen_months_ago_is_not_looked_at(period, told):
    past = Past.of_submissions([month("2018-02"), table({"hanyin": MARCH}, unit="rcb-hanyin", period=period)])
    assert codes(check_over_time([month()], catalog(), past)).count("A18") == told


def test_a_typed_total_is_not_looked_at():
    past = Past.of_submissions([table({"hanbin": FEBRUARY}, {"outstanding_amount": 1}, period="2018-02")])
    found = check_over_time([table({"hanbin": FEBRUARY}, {"outstanding_amount": 2})], catalog(), past)
    assert "A18" in codes(found)


def test_whoever_files_it_is_named_and_no_cell():
    (found,) = (f for f in Over("A18", "", FEBRUARY).found() if f.rule == "A18")
    assert (found.severity, found.area, found.indicator, found.cell, found.value, found.expected) == (
        "hard", "", "", "", "", "",
    )  # fmt: skip
    assert (found.unit, found.sheet) == ("rcb-hanyin", "报表")
