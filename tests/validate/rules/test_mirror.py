"""A17: a bank's statement against what the county's finance office says of that bank."""

import pytest

from pipeline.validate import check_beyond
from tests.validate.returns import (
    ABSENT,
    COUNTY,
    DASH,
    STEP,
    TEN,
    WAN,
    Case,
    catalog,
    cell_of,
    codes,
    county_return,
    statement,
    table,
)  # fmt: skip

OWED, AMOUNT, HOUSEHOLDS = (
    "mirror_outstanding_amount@rcb", "mirror_disbursed_amount_ytd@rcb", "mirror_disbursed_households_ytd@rcb",
)  # fmt: skip
LABEL = {OWED: "农商银行期末贷款余额", AMOUNT: "农商银行本年累计发放金额", HOUSEHOLDS: "农商银行本年累计发放户数"}
HALF = STEP // 2
WITHIN = "（四舍五入最多相差{}万元）"
TRUE = {OWED: 1200 * WAN, AMOUNT: 130 * WAN, HOUSEHOLDS: 30}


def wrong(why, changes, typed, theirs, difference, at=OWED, allowed="0.01", also="", value="", expected="", **more):
    """A mirror that shows something else."""
    message = (
        f"汉阴县“{LABEL[at]}”填报{typed}，汉阴农商银行的报表为{theirs}，相差{difference}{WITHIN.format(allowed) if allowed else ''}{also}。"
        "请与该行核对，填错的一方更正后重新报送；口径不同的，请说明原因。"
    )
    return Case("A17", why, changes, message, "soft", at, value, expected, **more)


CASES = [
    Case("A17", "both say the same", {}),
    Case("A17", "two rounded figures may differ by one step", {OWED: 1200 * WAN + STEP}),
    Case("A17", "downwards too", {OWED: 1200 * WAN - STEP}),
    wrong(
        "one fen more is too much", {OWED: 1200 * WAN + STEP + 1}, "1200.010001万元", "1200.00万元", "0.010001万元",
        value="12000100.01", expected="12000000.00",
    ),
    wrong(
        "and one fen less", {OWED: 1200 * WAN - STEP - 1}, "1199.989999万元", "1200.00万元", "0.010001万元",
        value="11999899.99", expected="12000000.00",
    ),
    Case("A17", "lent this year, to the edge", {AMOUNT: 130 * WAN - STEP}),
    wrong(
        "and beyond", {AMOUNT: 130 * WAN - STEP - 1}, "129.989999万元", "130.00万元", "0.010001万元", at=AMOUNT,
        value="1299899.99", expected="1300000.00",
    ),
    wrong(
        "one household more: counts are not rounded", {HOUSEHOLDS: 31}, "31户", "30户", "1户", at=HOUSEHOLDS, allowed="",
        value="31", expected="30",
    ),
    wrong(
        "one household less", {HOUSEHOLDS: 29}, "29户", "30户", "1户", at=HOUSEHOLDS, allowed="",
        value="29", expected="30",
    ),
    wrong(
        "a bank and a county that differ in all are one finding",
        {OWED: 1201 * WAN, AMOUNT: 131 * WAN, HOUSEHOLDS: 31}, "1201.00万元", "1200.00万元", "1.00万元",
        also="；“农商银行本年累计发放金额”、“农商银行本年累计发放户数”也不一致", value="12010000.00", expected="12000000.00",
    ),
    wrong(
        "in two", {AMOUNT: 131 * WAN, HOUSEHOLDS: 31}, "131.00万元", "130.00万元", "1.00万元", at=AMOUNT,
        also="；“农商银行本年累计发放户数”也不一致", value="1310000.00", expected="1300000.00",
    ),
    wrong(
        "the bank's zero is a figure", {}, "1200.00万元", "0.00万元", "1200.00万元",
        value="12000000.00", expected="0.00", given={"bank": {"outstanding_amount": 0}},
    ),
    Case("A17", "nothing at both", {OWED: 0, AMOUNT: 0, HOUSEHOLDS: 0}, given={"bank": {
        "outstanding_amount": 0, "disbursed_amount_ytd": 0, "disbursed_households_ytd": 0}}),
    Case("A17", "what the county does not report", dict.fromkeys(TRUE)),
    Case("A17", "a dash", dict.fromkeys(TRUE, DASH)),
    Case("A17", "no such column", dict.fromkeys(TRUE, ABSENT)),
    Case("A17", "below zero is C01-1's", {OWED: -1 * WAN}),
    Case("A17", "what the bank does not report", {OWED: 1 * WAN}, given={"bank": {"outstanding_amount": None}}),
    wrong(
        "and the others are compared without it", {AMOUNT: 131 * WAN}, "131.00万元", "130.00万元", "1.00万元", at=AMOUNT,
        value="1310000.00", expected="1300000.00", given={"bank": {"outstanding_amount": None}},
    ),
    Case("A17", "below zero is A10's", {OWED: 1 * WAN}, given={"bank": {"outstanding_amount": -1 * WAN}}),
    Case("A17", "the county is exact to the fen: half the bank's step", {OWED: 1200 * WAN + HALF}, given={"step": 1}),
    wrong(
        "and one fen more is too much of that", {OWED: 1200 * WAN + HALF + 1}, "1200.005001万元", "1200.00万元", "0.005001万元",
        allowed="0.005", value="12000050.01", expected="12000000.00", given={"step": 1},
    ),
    Case("A17", "two fen are a step", {OWED: 1200 * WAN + 2}, given={"step": 2, "bank_step": 2}),
    wrong(
        "both are: no tolerance", {OWED: 1200 * WAN + 1}, "1200.000001万元", "1200.00万元", "0.000001万元",
        allowed="", value="12000000.01", expected="12000000.00", given={"step": 1, "bank_step": 1},
    ),
]  # fmt: skip


def found(*sent):
    return [finding for finding in check_beyond(sent, catalog()) if finding.rule == "A17"]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_statement_and_mirror_agree(case):
    given = dict(case.given)
    bank = statement(given.pop("bank", {}), **({"step": given.pop("bank_step")} if "bank_step" in given else {}))
    sent = county_return(TRUE | case.changes, **given)
    findings = check_beyond([bank, sent], catalog())
    assert [finding.message for finding in findings] == ([case.message] if case.message else [])
    for finding in findings:
        assert (finding.rule, finding.level, finding.severity, finding.indicator) == ("A17", 3, "soft", case.at)
        assert (finding.value, finding.expected, finding.area) == (case.value, case.expected, "hanyin")
        assert (finding.file, finding.sheet, finding.cell) == (sent.file, "报表", cell_of(case.at))
        assert (finding.unit, finding.form, finding.submission) == ("fin-hanyin", "C01", sent.id)


def test_a_bank_that_sent_nothing_is_not_compared():
    """农行 has not sent; of 农商银行 the county says what that says."""
    assert found(statement(), county_return(TRUE | {"mirror_outstanding_amount@abc": 1 * WAN})) == []


def test_a_county_that_sent_nothing_is_not_compared():
    assert found(statement(), county_return(area="shiquan")) == []


def test_a_form_that_did_not_come_at_all():
    assert found(statement()) == []
    assert found(county_return()) == []


def test_each_bank_is_a_finding_of_its_own():
    abc = table({area: COUNTY for area in TEN})
    findings = found(statement(), abc, county_return(TRUE | {OWED: 1 * WAN, "mirror_outstanding_amount@abc": 1 * WAN}))
    assert [(f.indicator, f.expected) for f in findings] == [
        ("mirror_outstanding_amount@rcb", "12000000.00"),
        ("mirror_outstanding_amount@abc", "12000000.00"),
    ]


def test_another_month_is_not_compared():
    assert found(statement(period="2018-02"), county_return(TRUE | {OWED: 1 * WAN})) == []


def test_several_units_of_one_institution_in_a_county_are_added():
    """Three rounded figures then: a step and a half."""
    other = table({"hanyin": COUNTY}, unit="rcb-hanbin")
    both = {OWED: 2400 * WAN, AMOUNT: 260 * WAN, HOUSEHOLDS: 60}
    assert found(statement(), other, county_return(both | {OWED: 2400 * WAN + STEP + HALF})) == []
    (finding,) = found(statement(), other, county_return(both | {OWED: 2400 * WAN + STEP + HALF + 1}))
    assert finding.expected == "24000000.00"
    assert "汉滨农商银行的报表为2400.00万元" in finding.message, "of the two the first by name of unit"
    assert "相差0.015001万元（四舍五入最多相差0.015万元）。" in finding.message


def test_areas_inside_a_county_are_part_of_it_already():
    abc = table({"hanbin": COUNTY, "gaoxin": COUNTY | {"outstanding_amount": 5 * WAN}})
    said = {"mirror_outstanding_amount@abc": 1200 * WAN, OWED: ABSENT, AMOUNT: ABSENT, HOUSEHOLDS: ABSENT}
    assert found(abc, county_return(said, area="hanbin")) == []


def test_typed_totals_are_nobody_s_figure():
    abc = table({"hanyin": COUNTY}, {"outstanding_amount": 1})
    assert found(abc, county_return({"mirror_outstanding_amount@abc": 1200 * WAN})) == []
    assert codes(found(abc, county_return({"mirror_outstanding_amount@abc": 1}))) == ["A17"]
