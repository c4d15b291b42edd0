"""C01-8: a county's fund is last month's, with what was added and without what was paid from it since.

700 万元 now and last month; 50 were added this year, 2 paid from it, all of it by last month.
"""

import pytest

from pipeline.validate import check_beyond
from pipeline.validate.neighbours import Neighbours
from tests.validate.returns import STEP, WAN, Case, catalog, county_return

BALANCE, ADDED, PAID = "fund_balance_amount", "fund_added_amount_ytd", "fund_compensated_amount_ytd"
LABEL = {BALANCE: "风险补偿金余额", ADDED: "本年新增风险补偿金", PAID: "本年代偿金额"}
ASK = "请核对风险补偿金余额、本年新增和本年代偿；是上月报表有误的，请更正上月报表；如属实（如退回、划转），请说明原因。"


def none(why, now, last=None, **given):
    return Case("C01-8", why, now, given={"last": last or {}, **given})


def balance(why, now, said, expected, words, value, last=None, **given):
    told = f"汉阴县“{LABEL[BALANCE]}”{said}，而{words}，推算应为{expected}。{ASK}"
    return Case("C01-8", why, now, told, "soft", BALANCE, value[0], value[1], given={"last": last or {}, **given})


NOT_RESET = "：疑似本年累计没有从1月起重新计算"


def flow(why, at, now, said, more, funds, value, last=None, hint="", **given):
    than = "从年初起算，本月发生" if given.get("period") == "2018-01" else "比上月的累计多"
    told = f"汉阴县“{LABEL[at]}”{said}，{than}{more}，而风险补偿金余额{funds}，没有相应变动{hint}。{ASK}"
    return Case("C01-8", why, now, told, "soft", at, value, "", given={"last": last or {}, **given})


NOTHING = "上月700.00万元、本月新增0.00万元、代偿0.00万元"
STAYS = "700.00万元，上月700.00万元"
CASES = [
    none("nothing happened", {}),
    none("added, and there", {ADDED: 60 * WAN, BALANCE: 710 * WAN}),
    none("paid, and gone", {PAID: 12 * WAN, BALANCE: 690 * WAN}),
    none("interest of one in a hundred, and three steps", {BALANCE: 707 * WAN + 3 * STEP}),
    balance("one fen more", {BALANCE: 707 * WAN + 3 * STEP + 1}, "707.030001万元", "700.00万元", NOTHING,
            ("7070300.01", "7000000.00")),
    none("three steps less", {BALANCE: 700 * WAN - 3 * STEP}),
    balance("one fen less", {BALANCE: 700 * WAN - 3 * STEP - 1}, "699.969999万元", "700.00万元", NOTHING,
            ("6999699.99", "7000000.00")),
    balance("added, but more is there", {ADDED: 60 * WAN, BALANCE: 730 * WAN}, "730.00万元", "710.00万元",
            "上月700.00万元、本月新增10.00万元、代偿0.00万元", ("7300000.00", "7100000.00")),
    flow("added, and not there", ADDED, {ADDED: 60 * WAN}, "60.00万元", "10.00万元", STAYS, "600000.00"),
    flow("paid, and not gone", PAID, {PAID: 3_000_000 * WAN}, "3000000.00万元", "2999998.00万元", STAYS,
         "30000000000.00"),
    flow("paid more than there was, of a fund that moved", PAID, {PAID: 703 * WAN, BALANCE: 650 * WAN}, "703.00万元",
         "701.00万元", "650.00万元，上月700.00万元", "7030000.00"),
    balance("paid all that there was", {PAID: 702 * WAN, BALANCE: 650 * WAN}, "650.00万元", "0.00万元",
            "上月700.00万元、本月新增0.00万元、代偿700.00万元", ("6500000.00", "0.00")),
    balance("what was added could be paid too", {ADDED: 60 * WAN, PAID: 707 * WAN, BALANCE: 650 * WAN}, "650.00万元",
            "5.00万元", "上月700.00万元、本月新增10.00万元、代偿705.00万元", ("6500000.00", "50000.00")),
    flow("as last month but for three steps", ADDED, {ADDED: 60 * WAN, BALANCE: 700 * WAN - 3 * STEP}, "60.00万元",
         "10.00万元", "699.97万元，上月700.00万元", "600000.00"),
    balance("and one fen", {ADDED: 60 * WAN, BALANCE: 700 * WAN - 3 * STEP - 1}, "699.969999万元", "710.00万元",
            "上月700.00万元、本月新增10.00万元、代偿0.00万元", ("6999699.99", "7100000.00")),
    flow("interest and three steps", ADDED, {ADDED: 90 * WAN, BALANCE: 707 * WAN + 3 * STEP}, "90.00万元", "40.00万元",
         "707.03万元，上月700.00万元", "900000.00"),
    balance("and one fen more", {ADDED: 90 * WAN, BALANCE: 707 * WAN + 3 * STEP + 1}, "707.030001万元", "740.00万元",
            "上月700.00万元、本月新增40.00万元、代偿0.00万元", ("7070300.01", "7400000.00")),
    balance("a part of a fen is no interest", {BALANCE: 707 * WAN + 100}, "707.0001万元", "700.000099万元",
            "上月700.000099万元、本月新增0.00万元、代偿0.00万元", ("7070001.00", "7000000.99"),
            {BALANCE: 700 * WAN + 99}, step=1, last_step=1),
    none("a year that shrinks by a fen", {ADDED: 50 * WAN - 1, BALANCE: 600 * WAN}),
    none("what was paid shrinks by a fen", {PAID: 2 * WAN - 1, BALANCE: 600 * WAN}),
    flow("both, but more was paid", PAID, {ADDED: 51 * WAN, PAID: 12 * WAN}, "12.00万元", "10.00万元", STAYS, "120000.00"),
    flow("only interest is there", ADDED, {ADDED: 90 * WAN, BALANCE: 707 * WAN}, "90.00万元", "40.00万元",
         "707.00万元，上月700.00万元", "900000.00"),
    none("a year that shrinks is C01-7's", {ADDED: 40 * WAN}),
    none("and what was paid", {PAID: WAN}),
    none("January starts anew", {ADDED: 0, PAID: 0}, period="2018-01"),
    flow("and did not", ADDED, {PAID: 0}, "50.00万元", "50.00万元", STAYS, "500000.00",
         hint=NOT_RESET, period="2018-01"),
    flow("with December's, one was paid and is gone", ADDED, {ADDED: 50 * WAN, PAID: WAN, BALANCE: 699 * WAN},
         "50.00万元", "50.00万元", "699.00万元，上月700.00万元", "500000.00", hint=NOT_RESET, period="2018-01"),
    flow("what was paid in December with what was paid in January", PAID, {ADDED: 0, PAID: 23 * WAN,
         BALANCE: 697 * WAN}, "23.00万元", "23.00万元", "697.00万元，上月700.00万元", "230000.00", {PAID: 20 * WAN},
         hint=NOT_RESET, period="2018-01"),
    flow("less than December's: something else", ADDED, {ADDED: 49 * WAN, PAID: WAN, BALANCE: 699 * WAN},
         "49.00万元", "49.00万元", "699.00万元，上月700.00万元", "490000.00", period="2018-01"),
    flow("added ten and paid five, of which the fund knows the five", ADDED, {ADDED: 60 * WAN, PAID: 7 * WAN,
         BALANCE: 695 * WAN}, "60.00万元", "10.00万元", "695.00万元，上月700.00万元", "600000.00"),
    flow("six roundings less", ADDED, {ADDED: 60 * WAN, PAID: 7 * WAN, BALANCE: 695 * WAN - 3 * STEP}, "60.00万元",
         "10.00万元", "694.97万元，上月700.00万元", "600000.00"),
    balance("and one fen", {ADDED: 60 * WAN, PAID: 7 * WAN, BALANCE: 695 * WAN - 3 * STEP - 1}, "694.969999万元",
            "705.00万元", "上月700.00万元、本月新增10.00万元、代偿5.00万元", ("6949699.99", "7050000.00")),
    flow("of which it knows the ten", PAID, {ADDED: 60 * WAN, PAID: 12 * WAN, BALANCE: 710 * WAN + 3 * STEP}, "12.00万元",
         "10.00万元", "710.03万元，上月700.00万元", "120000.00", last={BALANCE: 700 * WAN}),
    none("two steps in January, and no more", {ADDED: 0, PAID: 0, BALANCE: 700 * WAN - 2 * STEP}, period="2018-01"),
    balance("one fen less in January", {ADDED: 0, PAID: 0, BALANCE: 700 * WAN - 2 * STEP - 1}, "699.979999万元",
            "700.00万元", NOTHING, ("6999799.99", "7000000.00"), period="2018-01"),
    none("exact to the fen", {}, step=1, last_step=1),
    balance("one fen is too much there", {BALANCE: 700 * WAN - 1}, "699.999999万元", "700.00万元", NOTHING,
            ("6999999.99", "7000000.00"), step=1, last_step=1),
    none("last month's not reported", {BALANCE: 600 * WAN}, {BALANCE: None}),
    none("what was added is not reported", {BALANCE: 600 * WAN, ADDED: None}),
    none("a fund of ten times as much is C01-6's", {BALANCE: 7000 * WAN}),
    none("below zero is C01-1's", {PAID: -WAN}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_fund_moves_by_what_is_told(case):
    given = dict(case.given)
    last, step, last_step = given.pop("last"), given.pop("step", STEP), given.pop("last_step", STEP)
    before = county_return(last, period="2018-02" if given.get("period") is None else "2017-12", step=last_step)
    near = Neighbours(returns_before=lambda: [before])
    sent = county_return(case.changes, step=step, **given)
    found = [finding for finding in check_beyond([sent], catalog(), near) if finding.rule == "C01-8"]
    assert [finding.message for finding in found] == ([case.message] if case.message else [])
    for finding in found:
        assert (finding.severity, finding.indicator, finding.level) == (case.severity, case.at, 2)
        assert (finding.value, finding.expected) == (case.value, case.expected)


def test_without_last_months_return_nothing_is_compared():
    assert [f for f in check_beyond([county_return({BALANCE: WAN})], catalog()) if f.rule == "C01-8"] == []
