"""Q01-1 to Q01-4: items left blank, words against last month's, and against the same unit's statement."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from pipeline.catalog.registers import UnitRegister
from pipeline.errors import RuleCrashed
from pipeline.model import Submission, Symbol
from pipeline.validate import check, check_beyond
from pipeline.validate.neighbours import Neighbours
from pipeline.validate.rules.measures import bare
from tests.validate.returns import COUNTY, STEP, TEN, WAN, catalog, measures, statement, table

UNIT, SAME = "rcb-hanyin", "与上月相同"


@dataclass(frozen=True)
class Case:
    """What a unit wrote this month and last (None: nothing in force), and what is found."""

    rule: str
    why: str
    now: dict[str, str]
    last: dict[str, str] | None = None
    message: str | None = None
    severity: str = "soft"
    at: str = ""
    cell: str = ""
    value: str = ""
    given: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.rule}: {self.why}"


def neighbours(now: dict[str, str], last: dict[str, str] | None, unit: str = UNIT) -> Neighbours:
    """As jobs hand it on: what refers to last month stands for last month's words."""
    before = {(unit, f"measure_{item}"): text for item, text in (last or {}).items()}
    said = {(unit, f"measure_{item}"): text for item, text in now.items() if "#" not in item}
    words = {place: before.get(place, "") if text == SAME else text for place, text in said.items()}
    return Neighbours(
        words={place: text for place, text in words.items() if text},
        dangling=frozenset(place for place, text in words.items() if not text),
        words_before=before,
        units_before=frozenset() if last is None else frozenset({unit}),
    )


def found(case: Case, *more: Submission) -> list:
    sent = measures(case.now, period=case.given.get("period", "2018-03"), unit=case.given.get("unit", UNIT))
    near = neighbours(case.now, case.last, sent.unit)
    return check_beyond([sent, *more], catalog(), near)


OLD = {
    "organisation": "成立领导小组，行长任组长。",
    "rules": "印发管理办法。",
    "problems": "无",
    "contact": "示例甲 0900-1234567",
}
NEW = {
    "organisation": "3月15日召开推进会。",
    "rules": "3月修订管理办法。",
    "problems": "无",
    "contact": "示例甲 0900-1234567",
}
AGAIN = "的内容与上月（2018年2月）相同，季度末应当更新。请写明本季度的进展后重新报送；确实没有变化的，请说明原因。"
NO_FORM = "写“与上月相同”，但上月（2018年2月）没有采用的金融机构扶贫工作措施表可以沿用。请补写内容后重新报送；不能补写的，请说明原因。"
NO_WORDS = "写“与上月相同”，但上月（2018年2月）采用的金融机构扶贫工作措施表里没有这些内容可以沿用。请补写后重新报送；不能补写的，请说明原因。"

OF_WORDS = [
    Case("Q01-1", "all is new but what may stay", NEW, OLD),
    Case(
        "Q01-1", "all is old: one finding, at the first item", OLD, OLD,
        f"“组织领导”“制度建设”2项{AGAIN}", at="measure_organisation", cell="C5", value="组织领导、制度建设",
    ),
    Case("Q01-1", "one item is old", NEW | {"rules": OLD["rules"]}, OLD, f"“制度建设”{AGAIN}", at="measure_rules", cell="C6", value="制度建设"),
    Case(
        "Q01-1", "only blanks, width and punctuation differ", NEW | {"rules": "印发　管理\n办法；"}, OLD,
        f"“制度建设”{AGAIN}", at="measure_rules", cell="C6", value="制度建设",
    ),
    Case("Q01-1", "a digit differs", NEW | {"rules": "印发办法1.5"}, OLD | {"rules": "印发办法15"}),
    Case("Q01-1", "declared to be as last month", NEW | {"rules": SAME}, OLD, f"“制度建设”{AGAIN}", at="measure_rules", cell="C6", value="制度建设"),
    Case("Q01-1", "in February nobody asks", OLD, OLD, given={"period": "2018-02"}),
    Case("Q01-1", "in April neither", OLD, OLD, given={"period": "2018-04"}),
    Case("Q01-1", "last month's form is not in force: nothing to compare with", OLD, None),
    Case("Q01-3", "last month's words are there", {"rules": SAME}, OLD, given={"period": "2018-02"}),
    Case("Q01-3", "no form of last month", {"rules": SAME, "results": "新"}, None, f"“制度建设”{NO_FORM}", at="measure_rules", cell="C5", value="制度建设"),
    Case(
        "Q01-3", "the whole form refers to nothing", dict.fromkeys(("rules", "contact"), SAME), None,
        f"“制度建设”“联系人”2项{NO_FORM}", at="measure_rules", cell="C5", value="制度建设、联系人",
    ),
    Case("Q01-3", "a form, but not these words", {"results": SAME}, OLD, f"“主要成效”{NO_WORDS}", at="measure_results", cell="C5", value="主要成效"),
    Case("Q01-3", "no reference, no question", {"rules": "印发办法。"}, None, given={"period": "2018-02"}),
]  # fmt: skip


@pytest.mark.parametrize("case", OF_WORDS, ids=str)
def test_words_against_last_months(case):
    findings = [finding for finding in found(case) if finding.rule == case.rule]
    assert [finding.message for finding in findings] == ([case.message] if case.message else [])
    for finding in findings:
        assert (finding.level, finding.severity, finding.indicator) == (2, case.severity, case.at)
        assert (finding.cell, finding.value, finding.area) == (case.cell, case.value, "")
        assert (finding.unit, finding.form, finding.file) == (UNIT, "Q01", f"{UNIT}措施.xlsx")


def test_what_dangles_is_not_said_to_be_unchanged_too():
    case = Case("", "", {"rules": SAME, "results": SAME}, OLD)
    assert [(f.rule, f.value) for f in found(case)] == [("Q01-1", "制度建设"), ("Q01-3", "主要成效")]


def test_a_list_of_products_is_told_at_its_first_line():
    sent = measures({"product_name#1": "富民贷", "product_limit#1": "5万元"})
    listed = {(UNIT, "measure_products"): "1. 富民贷（额度：5万元）"}
    near = Neighbours(words=listed, words_before=listed, units_before=frozenset({UNIT}))
    (finding,) = check_beyond([sent], catalog(), near)
    assert (finding.rule, finding.indicator, finding.cell) == ("Q01-1", "measure_products", "D5")


def test_words_before_the_list_are_its_place():
    sent = measures({"products": "产品如下：", "product_name#1": "富民贷"})
    listed = {(UNIT, "measure_products"): "产品如下：\n1. 富民贷"}
    near = Neighbours(words=listed, words_before=listed, units_before=frozenset({UNIT}))
    (finding,) = check_beyond([sent], catalog(), near)
    assert (finding.rule, finding.indicator, finding.cell) == ("Q01-1", "measure_products", "C5")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("余额1,234.5万元。", "余额１２３４．５ 万元", True),
        ("余额12.5万元", "余额125万元", False),
        ("1-3月", "13月", False),
        ("增长5%", "增长5", False),
        ("“三查”制度", "三查制度", True),
        ("Q贷", "q贷", True),
        ("", " 。\n", True),
    ],
)
def test_what_makes_no_difference(one, other, same):
    assert (bare(one) == bare(other)) is same


# ------------------------------------------------------------------ against the statement

OTHERWISE = "请核对，更正措施表或月报后重新报送；如属实，请说明原因。"


def quoting(text: str, item: str = "results", **more: Any) -> Case:
    return Case("Q01-2", text, {item: text}, {}, given=more)


def wrong(quoted: str, figure: str, stated: str, item: str = "主要成效") -> str:
    return f"“{item}”写“{quoted}”，本单位同期月报的“{figure}”为{stated}，两者不一致。{OTHERWISE}"


FIGURES = [
    ("截至3月末，扶贫小额贷款余额1200万元", None, ""),
    ("截至3月末，扶贫小额贷款余额1200.01万元", None, ""),
    ("截至3月末，扶贫小额贷款余额1200.02万元", wrong("扶贫小额贷款余额1200.02万元", "期末余额/金额", "1200.00万元"), "outstanding_amount"),
    ("截至3月末，扶贫小额贷款余额1201万元", wrong("扶贫小额贷款余额1201万元", "期末余额/金额", "1200.00万元"), "outstanding_amount"),
    ("贷款余额0.12亿元", None, ""),
    ("贷款余额0.121亿元", wrong("贷款余额0.121亿元", "期末余额/金额", "1200.00万元"), "outstanding_amount"),
    ("截至3月末，扶贫小额贷款余额约1150万元", None, ""),
    ("截至3月末，扶贫小额贷款余额约1050万元", wrong("扶贫小额贷款余额约1050万元", "期末余额/金额", "1200.00万元"), "outstanding_amount"),
    ("截至3月末，扶贫小额贷款余额超过1100万元", None, ""),
    ("截至3月末，扶贫小额贷款余额超过1300万元", wrong("扶贫小额贷款余额超过1300万元", "期末余额/金额", "1200.00万元"), "outstanding_amount"),
    ("本年累计发放33笔、130万元，本月发放11笔、45万元；历史累计发放500笔、2000万元", None, ""),
    ("本年累计发放34笔、130万元", wrong("本年累计发放34笔", "发放情况/本年累计/笔数", "33笔"), "disbursed_loans_ytd"),
    ("本月发放10户、46万元", wrong("本月发放10户、46万元", "发放情况/本月/金额", "45.00万元"), "disbursed_amount_mtd"),
    ("历史累计发放2001万元", wrong("历史累计发放2001万元", "发放情况/历史累计/金额", "2000.00万元"), "disbursed_amount_cum"),
    ("授信1200户、6000万元", None, ""),
    ("授信1201户、6000万元", wrong("授信1201户", "评级授信/授信户数", "1200户"), "credit_line_households"),
    ("逾期5户、9万元，逾期率0.75%", None, ""),
    ("逾期5户、9万元，逾期率0.76%", wrong("逾期率0.76%", "逾期率", "9.00万元÷1200.00万元=0.75%"), "past_due_ratio"),
    ("不良率0.67%", None, ""),
    ("不良率0.7%", None, ""),
    ("不良率0.76%", wrong("不良率0.76%", "不良率", "8.00万元÷1200.00万元=0.67%"), "npl_ratio"),
    ("不良贷款余额8.1万元", wrong("不良贷款余额8.1万元", "不良贷款余额", "8.00万元"), "npl_amount"),
    ("不良贷款3户、8万元", None, ""),
    ("不良贷款3户、9万元", wrong("不良贷款3户、9万元", "不良贷款余额", "8.00万元"), "npl_amount"),
    ("本年累计收回12户，金额61万元", wrong("本年累计收回12户，金额61万元", "收回情况/本年累计/金额", "60.00万元"), "repaid_amount_ytd"),
    ("加权平均利率4.35%", None, ""),
    ("本年应贴息12万元，已兑付8万元；本年核销及代偿1万元；本年办理续贷10万元、展期3万元", None, ""),
    ("本年应贴息13万元", wrong("本年应贴息13万元", "贴息/本年应贴息", "12.00万元"), "interest_subsidy_accrued_ytd"),
    ("本年核销及代偿2万元", wrong("本年核销及代偿2万元", "核销及代偿/本年累计金额", "1.00万元"), "written_off_amount_ytd"),
    ("本年核销1万元", None, ""),
    ("本年核销0.5万元", None, ""),
    ("本年核销2万元", wrong("本年核销2万元", "核销及代偿/本年累计金额", "1.00万元"), "written_off_amount_ytd"),
    ("贷款余额1200万元，较年初增加69万元，增长6.1%，户均4.14万元", None, ""),
    ("贷款余额1200万元，较年初增加68万元", wrong("较年初增加68万元", "期末余额较年初增减", "1200.00万元－1131.00万元=69.00万元"), "outstanding_since_year_start"),
    ("贷款余额1200万元，户均4.25万元", wrong("户均4.25万元", "户均余额", "1200.00万元÷290户=4.14万元"), "outstanding_average"),
    ("加权平均利率4.53%", wrong("加权平均利率4.53%", "加权平均利率(年)", "4.35%"), "weighted_average_rate"),
]  # fmt: skip
ALL = {
    item: f"3月{item}。"
    for item in (
        *("organisation", "rules", "products", "rates", "service", "rating"),
        *("industry", "results", "problems", "next_steps", "contact"),
    )
}
"""Every item, answered."""
FILL = "没有填写。请补填后重新报送，没有的请写“无”，没有变化的请写“与上月相同”；不能补填的，请说明原因。"
WITHOUT_PRODUCTS = {item: text for item, text in ALL.items() if item != "products"}

OF_BLANKS = [
    Case("Q01-4", "every item is answered", ALL),
    Case("Q01-4", "nothing to say is an answer", dict.fromkeys(ALL, "无")),
    Case("Q01-4", "as last month is an answer", dict.fromkeys(ALL, SAME)),
    Case("Q01-4", "a list of products is an answer", WITHOUT_PRODUCTS | {"product_name#1": "富民贷"}),
    Case("Q01-4", "one is blank", ALL | {"rules": ""}, message=f"“制度建设”{FILL}", at="measure_rules", cell="C6", value="制度建设"),
    Case(
        "Q01-4", "two are: one finding, at the first", ALL | {"rules": "", "contact": ""}, message=f"“制度建设”“联系人”2项{FILL}",
        at="measure_rules", cell="C6", value="制度建设、联系人",
    ),
    Case("Q01-4", "neither products nor a list of them", WITHOUT_PRODUCTS, message=f"“信贷产品”{FILL}", at="measure_products", value="信贷产品"),
]  # fmt: skip


@pytest.mark.parametrize("case", OF_BLANKS, ids=str)
def test_items_left_blank(case):
    findings = check([measures(case.now)], catalog())
    assert [finding.message for finding in findings] == ([case.message] if case.message else [])
    for finding in findings:
        assert (finding.rule, finding.level, finding.severity, finding.indicator) == (case.rule, 1, "soft", case.at)
        assert (finding.cell, finding.value, finding.form) == (case.cell, case.value, "Q01")


def test_a_dash_is_an_answer():
    sent = measures(ALL | {"rules": ""})
    sent.observations = [
        replace(o, symbol=Symbol.NOT_APPLICABLE, raw="—") if o.indicator == "measure_rules" else o
        for o in sent.observations
    ]
    assert check([sent], catalog()) == []


CASES = [
    *OF_WORDS,
    *(Case("Q01-2", text, {"results": text}, {}, message, at=at) for text, message, at in FIGURES),
    *OF_BLANKS,
]
"""Read by `test_promises.py`, too: each rule has cases of both kinds."""


@pytest.mark.parametrize(("text", "message", "at"), FIGURES, ids=[text for text, *_ in FIGURES])
def test_quoted_figures_agree(text, message, at):
    findings = found(quoting(text), statement())
    assert [finding.message for finding in findings] == ([message] if message else [])
    for finding in findings:
        assert (finding.rule, finding.level, finding.severity) == ("Q01-2", 2, "soft")
        assert (finding.form, finding.unit, finding.indicator, finding.cell) == ("Q01", UNIT, at, "C5")


@pytest.mark.parametrize(
    ("why", "late", "text", "agrees"),
    [
        ("1.245 % became 1.25 % and that 1.3 %", 14_940_000, "逾期率1.3%", True),
        ("1.2444 % becomes 1.24 %", 14_930_000, "逾期率1.3%", False),
        ("rounded once", 14_930_000, "逾期率1.2%", True),
        ("1.349 % is 1.3 % once, 1.4 % twice", 16_190_000, "逾期率1.3%", True),
        ("1.349 % is 1.35 % first", 16_190_000, "逾期率1.4%", True),
        ("1.3508 % is never 1.3 %", 16_210_000, "逾期率1.3%", False),
        ("two decimals are rounded from the quotient", 14_934_000, "逾期率1.25%", False),
        ("1.45 % became 1.5 % and that 2 %", 17_400_000, "逾期率2%", True),
        ("1.4492 % became 1.4 %", 17_390_000, "逾期率2%", False),
        ("a bound is a bound", 14_940_000, "截至3月末，逾期率超过1.3%", False),
    ],
)
def test_a_ratio_may_have_been_rounded_twice(why, late, text, agrees):
    """Of a balance of 1200万元; 14.94万元 (`late` is in fen) are 1.245 %."""
    findings = found(quoting(text), statement({"past_due_amount": late}, step=1))
    assert [finding.rule for finding in findings if finding.rule == "Q01-2"] == ([] if agrees else ["Q01-2"]), why


def test_what_is_reported_is_the_quoted_figure_and_what_is_expected_the_statements():
    (amount, ratio) = found(quoting("贷款余额1.3亿元，不良率0.76%"), statement())
    assert (amount.value, amount.expected) == ("130000000.00", "12000000.00")
    assert (ratio.value, ratio.expected) == ("0.76", "0.666667")


def test_more_decimals_than_are_kept_are_rounded():
    rate, households = found(quoting("加权平均利率4.1234567%，评级1.23456万户"), statement())
    assert (rate.value, households.value) == ("4.123457", "12346")


def test_one_indicator_one_finding_wherever_it_is_wrong():
    texts = {"results": "贷款余额1300万元", "problems": "贷款余额1400万元", "rates": "贷款余额1500万元"}
    (finding,) = found(Case("Q01-2", "", texts, {}), statement())
    assert (finding.cell, finding.value) == ("C5", "13000000.00")
    assert "两者不一致，“存在问题”中也是，“利率优惠与减费让利”中也是。" in finding.message


@pytest.mark.parametrize("item", ["rules", "products", "next_steps", "contact"])
def test_limits_products_plans_and_telephones_are_not_compared(item):
    assert found(quoting("截至3月末，扶贫小额贷款余额1300万元", item), statement()) == []


def test_without_the_other_form_nothing_is_compared():
    words = quoting("贷款余额1300万元")
    assert found(words) == []
    assert check_beyond([statement()], catalog()) == []
    assert found(words, table({area: COUNTY for area in TEN})) == [], "another unit's statement"


def test_a_unit_that_the_register_does_not_know_is_not_compared():
    assert found(quoting("贷款余额1300万元", unit="nobody"), table({"hanyin": COUNTY}, unit="nobody")) == []


def test_words_taken_over_were_compared_when_they_were_written():
    case = Case("Q01-2", "", {"results": SAME}, {"results": "贷款余额1300万元"})
    assert [f.rule for f in found(case, statement())] == ["Q01-1"]


def test_a_blank_in_the_statement_is_no_zero():
    assert found(quoting("评级1500户"), statement({"rated_households": None})) == []


def test_a_city_branch_is_compared_with_its_counties_together():
    ten = table({area: COUNTY for area in TEN}, unit="abc")
    assert found(quoting("截至3月末，贷款余额1.2亿元", unit="abc"), ten) == []
    (finding,) = found(quoting("截至3月末，贷款余额1.3亿元", unit="abc"), ten)
    assert "“期末余额/金额”各县区合计为12000.00万元，两者不一致" in finding.message


def test_the_city_is_whose_counties_are_all_of_it():
    """「全市」 of who lends in one county is everybody's."""
    ten = table({area: COUNTY for area in TEN}, unit="abc")
    (finding,) = found(quoting("截至3月末，全市累计评级15000户", unit="abc"), ten)
    assert "“评级授信/评级户数”各县区合计为14000户，两者不一致" in finding.message
    assert found(quoting("截至3月末，全市累计评级15000户"), statement()) == []


def test_two_counties_are_several():
    units = catalog().units
    abc = units.by_id["abc"].model_copy(update={"areas": ("hanbin", "hanyin")})
    register = UnitRegister(
        institutions=units.institutions, units=tuple(abc if unit.id == "abc" else unit for unit in units.units)
    )
    known = catalog().model_copy(update={"units": register})
    two = table({area: COUNTY for area in abc.areas}, unit="abc")
    sent = [two, measures({"results": "截至3月末，贷款余额2500万元"}, unit="abc")]
    (finding,) = [f for f in check_beyond(sent, known) if f.rule == "Q01-2"]
    assert "“期末余额/金额”各县区合计为2400.00万元" in finding.message


def test_ten_rounded_counties_may_lie_beside_what_the_bank_knows_exactly():
    """Ten amounts, each within 50 元: half a step each, and half of what the text's last digit stands for."""
    ten = table({area: COUNTY for area in TEN}, unit="abc", step=STEP)
    assert found(quoting("贷款余额12000.05万元", unit="abc"), ten) == []
    assert len(found(quoting("贷款余额12000.06万元", unit="abc"), ten)) == 1


def test_a_total_that_the_bank_typed_itself_is_as_good():
    ten = table({area: COUNTY for area in TEN}, {"outstanding_amount": 12000 * WAN + 7 * STEP}, unit="abc")
    assert found(quoting("贷款余额12000.07万元", unit="abc"), ten) == []
    (finding,) = found(quoting("贷款余额12001万元", unit="abc"), ten)
    assert "各县区合计为12000.00万元，两者不一致" in finding.message, "the counties together come first"


def test_a_branch_s_rate_lies_between_those_of_its_counties():
    rows = {area: COUNTY | {"weighted_average_rate": 4_350_000 + 50_000 * place} for place, area in enumerate(TEN)}
    assert found(quoting("加权平均利率4.50%", unit="abc"), table(rows, unit="abc")) == []
    (finding,) = found(quoting("加权平均利率4.9%", unit="abc"), table(rows, unit="abc"))
    assert "“加权平均利率(年)”为4.35%至4.8%，两者不一致" in finding.message


def test_last_months_figure_is_called_so():
    asked = []

    def last_month():
        asked.append(1)
        return [statement({"outstanding_amount": 1175 * WAN}, period="2018-02")]

    def told(text: str) -> str:
        near = Neighbours(units_before=frozenset({UNIT}), statements_before=last_month)
        (finding,) = check_beyond([measures({"results": text}), statement()], catalog(), near) or [None]
        return finding.message if finding else ""

    assert told("贷款余额1200万元") == ""
    assert not asked, "last month is read only when something is wrong"
    assert "两者不一致。这个数与上月月报相同，疑似沿用了上月的文字。请核对" in told("贷款余额1175万元")
    assert "上月" not in told("贷款余额1300万元")


def test_a_crash_names_the_rule(monkeypatch):
    def crash(*_):
        raise KeyError("示例甲 610902198001011234")

    monkeypatch.setattr("pipeline.validate.quoted.Reader.quotes", crash)
    with pytest.raises(RuleCrashed, match="Q01-2") as crashed:
        found(quoting("贷款余额1300万元"), statement())
    assert "示例甲" not in str(crashed.value)
