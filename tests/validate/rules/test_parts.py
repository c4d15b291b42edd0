"""A21 and A22: what is part of something is not more than that."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from pipeline.validate import check
from tests.validate.returns import COUNTY, STEP, TEN, WAN, Case, catalog, cell_of, check_case, statement, table

JANUARY = {"period": "2018-01"}
DECEMBER = {"period": "2018-12"}
GRACE, RENEWED = "past_due_beyond_grace_amount", "renewed_amount_ytd"
LENT, BACK = ("“发放情况/本年累计/金额”130.00万元", "“收回情况/本年累计/金额”60.00万元")
ROUNDED = "（四舍五入最多相差{}万元）"


def above(why, changes, part, whole, at, value, expected, allowed="", **more):
    """A part that is more; `part` and `whole` as the message has them."""
    rounded = ROUNDED.format(allowed) if allowed else ""
    message = f"汉阴县{part}大于{whole}{rounded}。前者是后者的一部分，不应比它大。请核对这两栏；如属实，请说明原因。"
    return Case("A21", why, changes, message, "soft", at, value, expected, **more)


def renewed(why, amount, said, whole, value, expected, allowed="", **more):
    return above(why, {RENEWED: amount}, f"“本年续贷金额”{said}万元", whole, RENEWED, value, expected, allowed, **more)


OF_A_ROW = [
    Case("A21", "as the county has it", {}),
    Case("A21", "all that is past due is beyond the grace period", {GRACE: 9 * WAN}),
    above("one fen more", {GRACE: 9 * WAN + 1}, "“逾期贷款/其中：逾期超过缓冲期余额”9.000001万元",
          "“逾期贷款/余额”9.00万元", GRACE, "90000.01", "90000.00"),
    Case("A21", "a part below zero is A10's", {GRACE: -1}, also=frozenset({"A10"})),
    Case("A21", "a whole below zero too", {"past_due_amount": -1}, also=frozenset({"A10"})),
    Case("A21", "a part that is not reported", {GRACE: None}),
    Case("A21", "March: three rounded months against one figure, four halves", {RENEWED: 60 * WAN + 2 * STEP}),
    renewed("one fen more", 60 * WAN + 2 * STEP + 1, "60.020001", BACK, "600200.01", "600000.00", "0.02"),
    Case("A21", "December: twelve months, six steps and a half", {RENEWED: 60 * WAN + 6 * STEP + STEP // 2},
         given=DECEMBER),
    renewed("one fen more", 60 * WAN + 6 * STEP + STEP // 2 + 1, "60.065001", BACK, "600650.01", "600000.00", "0.065",
            given=DECEMBER),
    Case("A21", "January: two roundings of one month keep their order", {RENEWED: 60 * WAN}, given=JANUARY),
    renewed("one fen more", 60 * WAN + 1, "60.000001", BACK, "600000.01", "600000.00", given=JANUARY),
    Case("A21", "exact to the fen, all that was repaid", {RENEWED: 60 * WAN}, given={"step": 1}),
    renewed("one fen more", 60 * WAN + 1, "60.000001", BACK, "600000.01", "600000.00", given={"step": 1}),
    renewed("above both is told once, at the first", 131 * WAN, "131.00", LENT, "1310000.00", "1300000.00", "0.02"),
    Case("A21", "what is not reported is not compared", {RENEWED: 61 * WAN, "repaid_amount_ytd": None},
         also=frozenset({"A16"})),
    Case("A21", "every loan is past due", {"past_due_loans": 300, "past_due_households": 290}),
    above("one loan more", {"past_due_loans": 301}, "“逾期贷款/笔数”301笔", "“期末余额/笔数”300笔", "past_due_loans",
          "301", "300"),
    above("one household more", {"past_due_loans": 300, "past_due_households": 291}, "“逾期贷款/户数”291户",
          "“期末余额/户数”290户", "past_due_households", "291", "290"),
]  # fmt: skip


@pytest.mark.parametrize("case", OF_A_ROW, ids=str)
def test_parts_within_wholes(case):
    check_case(case, statement(case.changes, **case.given))


def test_renewed_is_compared_with_what_was_repaid_where_nothing_is_known_of_lending():
    sent = statement({RENEWED: 131 * WAN, "disbursed_amount_ytd": None})
    assert [(f.indicator, f.expected) for f in check([sent], catalog()) if f.rule == "A21"] == [(RENEWED, "600000.00")]


# ------------------------------------------------------------------ areas inside a county

INNER = ["gaoxin", "hengkou"]
AREAS = [*TEN, *INNER]
HANBIN_ROW, GAOXIN_ROW = 5, 15


@dataclass(frozen=True)
class Inside:
    """One line of a table: figures of 汉滨区 and what lies in it, all alike but for these changes, and what is found."""

    why: str
    changes: Mapping[str, Mapping[str, Any]]
    message: str | None = None
    at: tuple[str, str] = ("", "")
    value: str = ""
    expected: str = ""
    given: Mapping[str, Any] | None = None
    also: frozenset[str] = frozenset()
    rule: str = "A22"

    def __str__(self) -> str:
        return self.why


def gaoxin(code, value):
    return {"gaoxin": {code: value}}


def larger(why, code, value, label, said, county, at, expected, allowed="", **more):
    rounded = ROUNDED.format(allowed) if allowed else ""
    message = (
        f"高新区“{label}”{said}大于汉滨区的{county}{rounded}。高新区在汉滨区之内，不应比它大。"
        "请核对这两处；如属实，请说明原因。"
    )
    return Inside(why, gaoxin(code, value), message, ("gaoxin", code), at, expected, **more)


PAID, SETTLED, LINES, LAST = (
    *("repaid_amount_ytd", "settled_loans_ytd", "credit_line_households"),
    "outstanding_amount_previous_month",
)
OF_A_COUNTY = [
    Inside("as large as the county, in every column", {}),
    larger("one household more", LINES, 1201, "评级授信/授信户数", "1201户", "1200户", "1201", "1200"),
    larger("one fen more", "credit_line_amount", 6000 * WAN + 1, "评级授信/授信金额", "6000.000001万元", "6000.00万元",
           "60000000.01", "60000000.00"),
    larger("in the month", "repaid_amount_mtd", 20 * WAN + 1, "收回情况/本月金额", "20.000001万元", "20.00万元",
           "200000.01", "200000.00"),
    Inside("a year may be a sum of rounded months: two steps in March", gaoxin(PAID, 60 * WAN + 2 * STEP)),
    larger("one fen more", PAID, 60 * WAN + 2 * STEP + 1, "收回情况/本年累计/金额", "60.020001万元", "60.00万元",
           "600200.01", "600000.00", "0.02"),
    larger("loans of a year are counted", SETTLED, 34, "收回情况/本年累计/笔数", "34笔", "33笔", "34", "33"),
    larger("January has one month", PAID, 60 * WAN + 1, "收回情况/本年累计/金额", "60.000001万元", "60.00万元",
           "600000.01", "600000.00", given={"period": "2018-01"}),
    larger("ever", "disbursed_amount_cum", 2000 * WAN + 1, "发放情况/历史累计/金额", "2000.000001万元", "2000.00万元",
           "20000000.01", "20000000.00"),
    larger("a base that is only compared", LAST, 1175 * WAN + 1, "对比基数/上月末余额", "1175.000001万元",
           "1175.00万元", "11750000.01", "11750000.00"),
    Inside("two areas are above one figure: that is the wrong one",
           {"hanbin": {LINES: 1199}},
           "汉滨区“评级授信/授信户数”1199户，而在它之内的高新区1200户、恒口示范区1200户都比它大：疑似汉滨区的这一栏填错。"
           "请核对；如属实，请说明原因。", ("hanbin", LINES), "1199", "1200"),
    Inside("and what it should be at least is the largest",
           {"hanbin": {LINES: 1199}, "hengkou": {LINES: 1201}},
           "汉滨区“评级授信/授信户数”1199户，而在它之内的高新区1200户、恒口示范区1201户都比它大：疑似汉滨区的这一栏填错。"
           "请核对；如属实，请说明原因。", ("hanbin", LINES), "1199", "1201"),
    Inside("another county is smaller", {"hanyin": {LINES: 1100}}),
    Inside("transfers between areas of one county", gaoxin("other_change_amount_ytd", 5 * WAN), also=frozenset({"A19"})),
    Inside("a rate is no part of another", gaoxin("weighted_average_rate", 5_000_000)),
    Inside("the county does not report it", {"hanbin": {"rated_households": None}}),
    Inside("a dash of the area", gaoxin("rated_households", None)),
    Inside("a month taken back is A10's", {"hanbin": {"written_off_amount_mtd": -1}}, also=frozenset({"A10"})),
    Inside("so is an area below zero", {**gaoxin("npl_amount", -1), "hanbin": {"npl_amount": -2}},
           also=frozenset({"A08", "A10"})),
]  # fmt: skip
CASES = [*OF_A_ROW, *OF_A_COUNTY]


def city(changes, **given):
    return table({area: COUNTY | dict(changes.get(area, {})) for area in AREAS}, **given)


@pytest.mark.parametrize("case", OF_A_COUNTY, ids=str)
def test_inner_areas_within_county(case):
    sent = city(case.changes, **(case.given or {}))
    found = check([sent], catalog())
    own = [finding for finding in found if finding.rule == "A22"]
    assert [finding.message for finding in own] == ([case.message] if case.message else [])
    assert {finding.rule for finding in found} - {"A22"} <= case.also
    for finding in own:
        row = HANBIN_ROW if case.at[0] == "hanbin" else GAOXIN_ROW
        assert (finding.level, finding.severity, finding.area, finding.indicator) == (1, "soft", *case.at)
        assert (finding.value, finding.expected, finding.cell) == (case.value, case.expected, cell_of(case.at[1], row))


def test_an_area_is_compared_with_its_county_in_the_same_statement():
    small = table({"hanbin": COUNTY | {LINES: 1199}, **dict.fromkeys(TEN[1:], COUNTY)}, unit="psbc")
    assert [f for f in check([small, city({})], catalog()) if f.rule == "A22"] == []


def test_a_county_that_is_not_there_is_not_compared():
    assert [f for f in check([table({"gaoxin": COUNTY})], catalog()) if f.rule == "A22"] == []


def test_a_typed_total_holds_no_area_and_is_none():
    total = {code: 1 for code in COUNTY}
    sent = table({area: COUNTY for area in AREAS}, total)
    assert [f for f in check([sent], catalog()) if f.rule == "A22"] == []
