"""A17: the registered households, which banks report only to be compared, against the county's own."""

import pytest

from pipeline.validate import check_beyond
from pipeline.validate.neighbours import Neighbours
from tests.validate.returns import ABSENT, COUNTY, catalog, cell_of, county_return, statement, table


def found(*sent):
    return [finding for finding in check_beyond(sent, catalog()) if finding.rule == "A17"]


REGISTERED = "registered_households"
OF_BANK = (
    "汉阴县“建档立卡情况/建档立卡贫困户数”填报{}户，县区报表为2000户{}。这个数各家银行应当一致，以县区报表为准："
    "请核对，填错的更正后重新报送；如属实，请说明原因。"
)


@pytest.mark.parametrize(("said", "told"), [(2000, 0), (2001, 1), (1999, 1), (0, 1), (None, 0), (-1, 0)])
def test_a_bank_counts_other_registered_households_than_the_county(said, told):
    bank = statement({REGISTERED: said})
    findings = found(bank, county_return())
    assert [f.message for f in findings] == [OF_BANK.format(said, "")] * told
    for finding in findings:
        assert (finding.severity, finding.form, finding.submission) == ("soft", "M01", bank.id)
        assert (finding.area, finding.indicator, finding.expected) == ("hanyin", REGISTERED, "2000")


def test_of_one_statement_it_is_one_finding():
    abc = table({area: COUNTY | {REGISTERED: 2001} for area in ("hanyin", "shiquan", "ziyang")})
    truly = [county_return(area=area) for area in ("shiquan", "hanyin", "ziyang")]
    (finding,) = found(abc, *truly)
    assert finding.message == OF_BANK.format(2001, "；另有2个县区也不一致")


@pytest.mark.parametrize(("rcb", "abc", "forms"), [
    (2001, 2001, ["C01"]),
    (2001, 2000, ["M01"]),
    (2001, 2002, ["M01", "M01"]),
    (2001, None, ["M01"]),
])  # fmt: skip
def test_where_all_banks_say_another_number_it_is_the_county_s(rcb, abc, forms):
    sent = [statement({REGISTERED: rcb}), table({"hanyin": COUNTY | {REGISTERED: abc}}), county_return()]
    findings = found(*sent)
    assert [f.form for f in findings] == forms
    if forms == ["C01"]:
        assert findings[0].cause == ""  # 2000 for 2001 has no name that a reader would miss
        assert findings[0].message == (
            "汉阴县“建档立卡贫困户数”填报2000户，而2家银行的报表都是2001户。"
            "请与扶贫部门核对，填错的一方更正后重新报送；如属实，请说明原因。"
        )


def test_a_slip_of_the_county_s_has_its_name():
    abc = table({"hanyin": COUNTY})
    (finding,) = found(statement(), abc, county_return({REGISTERED: 200, "eligible_households": 150}))
    assert (finding.form, finding.cause) == ("C01", "digit_less")
    assert "而2家银行的报表都是2000户：疑似少写一位。请与扶贫部门核对" in finding.message


def test_households_have_no_unit_of_money():
    """Ten thousand times too many are no 元 for 万元."""
    abc = table({"hanyin": COUNTY})
    assert [f.cause for f in found(statement(), abc, county_return({REGISTERED: 20_000_000})) if f.form == "C01"] == [
        ""
    ]


def registers(bank, county, last, more=()):
    """What is told of the register: the county's as typed, its last month's, and that of 农商银行 and others."""
    near = Neighbours(returns_before=lambda: [county_return({REGISTERED: last}, period="2018-02")])
    sent = [statement({REGISTERED: bank}), *more, county_return({REGISTERED: county})]
    return [f for f in check_beyond(sent, catalog(), near) if f.rule == "A17"]


@pytest.mark.parametrize(("why", "bank", "county", "last", "form"), [
    ("the county's has changed, the bank says what it was", 2001, 2000, 2001, "C01"),
    ("the county says what it said, the bank does not", 2001, 2000, 2000, "M01"),
    ("neither says what was", 2001, 2000, 2002, "M01"),
    ("one household beside what was", 2002, 2000, 2001, "M01"),
    ("last month's is blank", 2001, 2000, None, "M01"),
    ("last month's has no such row", 2001, 2000, ABSENT, "M01"),
    ("a blank of last month is no nought", 0, 2000, None, "M01"),
    ("nought then, nought at the bank", 0, 2000, 0, "C01"),
])  # fmt: skip
def test_a_bank_that_says_what_the_county_said_last_month_is_not_told(why, bank, county, last, form):
    assert [f.form for f in registers(bank, county, last)] == [form], why


def test_a_county_that_exchanged_two_digits_beside_its_only_bank():
    """6871 last month and at the bank, 6781 now."""
    (finding,) = registers(6871, 6781, 6871)
    assert (finding.form, finding.indicator, finding.value, finding.expected) == ("C01", REGISTERED, "6781", "6871")
    assert (finding.cell, finding.cause, finding.severity) == (cell_of(REGISTERED), "transposed", "soft")
    assert finding.message == (
        "汉阴县“建档立卡贫困户数”填报6781户，而上月县区报表和本月汉阴农商银行的报表都是6871户：疑似数字前后颠倒。"
        "请与扶贫部门核对，填错的一方更正后重新报送；如属实，请说明原因。"
    )


def test_all_that_agree_is_nothing_to_tell_whatever_was():
    assert registers(2000, 2000, 2001) == []


def test_where_another_bank_says_as_the_county_last_month_does_not_count():
    """2001 last month and at 农商银行; 农行 and the county say 2000."""
    abc = table({"hanyin": COUNTY})
    assert [f.form for f in registers(2001, 2000, 2001, [abc])] == ["M01"]


def test_several_banks_that_say_what_the_county_said_are_told_by_their_number():
    (finding,) = registers(2001, 2000, 2001, [table({"hanyin": COUNTY | {REGISTERED: 2001}})])
    assert finding.form == "C01" and "而2家银行的报表都是2001户" in finding.message


def test_another_month_s_register_is_not_compared():
    assert found(statement({REGISTERED: 2001}, period="2018-02"), county_return()) == []
