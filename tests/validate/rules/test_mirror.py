"""A17: a bank's statement against what the county's finance office says of that bank."""

import pytest

from pipeline.validate import check_beyond
from pipeline.validate.neighbours import ALONE, Neighbours
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
THEIRS = {OWED: "outstanding_amount", AMOUNT: "disbursed_amount_ytd", HOUSEHOLDS: "disbursed_households_ytd"}
TRUE = {OWED: 1200 * WAN, AMOUNT: 130 * WAN, HOUSEHOLDS: 30}


def wrong(why, changes, typed, theirs, difference, at=OWED, allowed="0.01", also="", value="", expected="", **more):
    """A mirror that shows something else."""
    message = (
        f"汉阴县“{LABEL[at]}”填报{typed}，汉阴农商银行的报表（单元格{cell_of(THEIRS[at])}）为{theirs}，相差{difference}{WITHIN.format(allowed) if allowed else ''}{also}。"
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


# ------------------------------------------------------------------ why they differ


OF_ABC = {"outstanding_amount": 1000 * WAN, "disbursed_amount_ytd": 110 * WAN, "disbursed_households_ytd": 25}
ABC_TRUE = {OWED.replace("rcb", "abc"): 1000 * WAN, AMOUNT.replace("rcb", "abc"): 110 * WAN,
            HOUSEHOLDS.replace("rcb", "abc"): 25}  # fmt: skip
LAST = {"outstanding_amount": 1190 * WAN, "disbursed_amount_ytd": 85 * WAN, "disbursed_households_ytd": 21}
LAST_OF_ABC = {"outstanding_amount": 990 * WAN, "disbursed_amount_ytd": 90 * WAN, "disbursed_households_ytd": 20}
SAID_LAST = {OWED: 1190 * WAN, AMOUNT: 85 * WAN, HOUSEHOLDS: 21}
SAID_LAST_OF_ABC = {OWED.replace("rcb", "abc"): 990 * WAN, AMOUNT.replace("rcb", "abc"): 90 * WAN,
                    HOUSEHOLDS.replace("rcb", "abc"): 20}  # fmt: skip


def told(changes, near=ALONE):
    """What is found beside two banks: 1200 and 1000 万元, 130 and 110 lent, to 30 and 25 households."""
    abc = table({area: COUNTY | OF_ABC for area in TEN})
    sent = county_return(TRUE | ABC_TRUE | changes)
    return [f for f in check_beyond([statement(), abc, sent], catalog(), near) if f.rule == "A17"]


def last_month():
    sent = [
        statement(LAST, period="2018-02"),
        table({area: COUNTY | LAST_OF_ABC for area in TEN}, period="2018-02"),
    ]
    return Neighbours(statements_before=lambda: sent)


SLIPS = [
    ("in yuan", {OWED: 12_000_000 * WAN}, "unit", "疑似元、万元填错"),
    ("a ten thousandth", {OWED: 120_000}, "unit", "疑似元、万元填错"),
    ("two digits", {AMOUNT: 310 * WAN}, "transposed", "疑似数字前后颠倒"),
    ("a digit more", {OWED: 12_000 * WAN}, "digit_more", "疑似多写一位"),
    ("a digit less", {OWED: 120 * WAN}, "digit_less", "疑似少写一位"),
    ("two places", {OWED: 12 * WAN}, "point", "疑似小数点错位"),
    ("left out", {OWED: 0}, "omitted", "疑似漏填（填作0）"),
    ("both amounts in yuan", {OWED: 12_000_000 * WAN, AMOUNT: 1_300_000 * WAN}, "unit", "疑似元、万元填错"),
    ("one in yuan, one otherwise", {OWED: 12_000_000 * WAN, AMOUNT: 131 * WAN}, "", ""),
    ("another digit is just another figure", {OWED: 1300 * WAN}, "", ""),
    ("households, a digit more", {HOUSEHOLDS: 300}, "digit_more", "疑似多写一位"),
    ("few households may differ by chance", {HOUSEHOLDS: 3}, "", ""),
    ("no household", {HOUSEHOLDS: 0}, "omitted", "疑似漏填（填作0）"),
]


@pytest.mark.parametrize(("why", "changes", "cause", "words"), SLIPS, ids=[slip[0] for slip in SLIPS])
def test_slips_have_their_name(why, changes, cause, words):
    (finding,) = told(changes)
    assert finding.cause == cause
    assert (f"。{words}。请与该行核对" in finding.message) if words else ("疑似" not in finding.message)


def test_a_bank_whose_figures_are_last_months():
    (finding,) = told(SAID_LAST, last_month())
    assert (finding.indicator, finding.cause, finding.under) == (OWED, "last_months", "")
    assert "也不一致。这是该行上月（2018年2月）的数，疑似沿用了上月的数。请与该行核对" in finding.message


def test_a_figure_that_is_not_last_months_is_not_called_so():
    """One step more than roundings allow, in one of the three."""
    (finding,) = told(SAID_LAST | {AMOUNT: 85 * WAN + STEP + 1}, last_month())
    assert finding.cause == ""


@pytest.mark.parametrize("balance", [None, ABSENT], ids=["left blank", "no such column"])
def test_what_was_not_reported_last_month_was_not_nought(balance):
    before = Neighbours(statements_before=lambda: [statement(LAST | {"outstanding_amount": balance}, period="2018-02")])
    (finding,) = told({OWED: 0}, before)
    assert finding.cause == "omitted"


def test_a_bank_that_sent_nothing_last_month_did_not_send_nought():
    before = Neighbours(statements_before=lambda: [table({area: COUNTY for area in TEN}, period="2018-02")])
    (finding,) = told({OWED: 0}, before)
    assert finding.cause == "omitted"


def test_a_slip_is_seen_through_the_countys_own_rounding():
    """A tenth of 1234.56 is 123.456, which a county that types one decimal says as 123.5."""
    sent = county_return(TRUE | {OWED: 1_235 * WAN // 10}, step=100_000)
    bank = statement({"outstanding_amount": 123_456 * WAN // 100})
    (finding,) = [f for f in check_beyond([bank, sent], catalog()) if f.rule == "A17"]
    assert finding.cause == "digit_less"


def test_nobody_knows_last_months_where_it_is_not_in_force():
    (finding,) = told(SAID_LAST)
    assert finding.cause == ""


def test_all_banks_of_last_month_are_one_finding():
    root, other = told(SAID_LAST | SAID_LAST_OF_ABC, last_month())
    assert (root.indicator, root.cause, root.under) == (OWED, "last_months", "")
    assert "这些数与各家银行上月（2018年2月）的报表都一致，疑似重报了上月的报表。" in root.message
    assert (other.cause, other.under) == ("last_months", root.id)


def test_one_bank_of_last_month_and_one_otherwise_are_two():
    findings = told(SAID_LAST | {OWED.replace("rcb", "abc"): 7 * WAN}, last_month())
    assert [(f.cause, f.under) for f in findings] == [("last_months", ""), ("", "")]


EXCHANGED = {
    **{place: ABC_TRUE[place.replace("rcb", "abc")] for place in TRUE},
    **{place.replace("rcb", "abc"): TRUE[place] for place in TRUE},
}


OF_PSBC = {"outstanding_amount": 700 * WAN, "disbursed_amount_ytd": 90 * WAN, "disbursed_households_ytd": 20}
EVERY = "其余各家银行的数也都与其报表不一致，疑似整份填错（报告期、口径、单位或者县区）。请与该行核对"


def beside_three(changes):
    """The same beside a third bank: 700 万元, 90 lent to 20 households."""
    abc, psbc = (
        table({area: COUNTY | own for area in TEN}, unit=unit) for unit, own in (("abc", OF_ABC), ("psbc", OF_PSBC))
    )
    of_psbc = {"mirror_outstanding_amount@psbc": 700 * WAN, "mirror_disbursed_amount_ytd@psbc": 90 * WAN}
    sent = county_return(TRUE | ABC_TRUE | of_psbc | changes)
    return [f for f in check_beyond([statement(), abc, psbc, sent], catalog()) if f.rule == "A17"]


def test_when_no_bank_agrees_it_is_one_finding_about_the_return():
    sums = {OWED: 1201 * WAN, "mirror_outstanding_amount@abc": 1001 * WAN, "mirror_outstanding_amount@psbc": 777 * WAN}
    root, *others = beside_three(sums)
    assert (root.indicator, root.cause, root.under) == (OWED, "", "")
    assert f"。{EVERY}" in root.message
    assert [other.under for other in others] == [root.id] * 2


def test_when_no_bank_agrees_for_one_reason_it_has_that_name():
    """汉阴 leaves out the last digit of every balance."""
    short = {OWED: 120 * WAN, "mirror_outstanding_amount@abc": 100 * WAN, "mirror_outstanding_amount@psbc": 70 * WAN}
    root, *others = beside_three(short)
    assert (root.cause, [other.under for other in others]) == ("digit_less", [root.id] * 2)
    assert f"。疑似少写一位；{EVERY}" in root.message


def test_where_one_bank_agrees_the_others_are_findings_of_their_own():
    assert [f.under for f in beside_three({OWED: 1201 * WAN, "mirror_outstanding_amount@abc": 1001 * WAN})] == ["", ""]


def test_two_banks_exchanged_are_one_finding():
    root, other = told(EXCHANGED)
    assert (root.indicator, root.cause, root.under) == (OWED, "banks_exchanged", "")
    assert "与“农业银行”的数正好相反，疑似两家银行填反。" in root.message
    assert (other.indicator, other.under) == (OWED.replace("rcb", "abc"), root.id)


def test_one_figure_of_two_banks_exchanged():
    root, other = told({OWED: 1000 * WAN, OWED.replace("rcb", "abc"): 1200 * WAN})
    assert (root.cause, other.under) == ("banks_exchanged", root.id)


def test_banks_are_exchanged_in_all_that_differs_or_not_at_all():
    findings = told(EXCHANGED | {HOUSEHOLDS: 26})
    assert [(f.cause, f.under) for f in findings] == [("", ""), ("", "")]
