"""Annex 1 as a table, for an invented city of four banks, one other lender and two departments."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.catalog.registers import Duty, Institution, ReportingUnit, UnitName, UnitRegister
from pipeline.model import Symbol
from pipeline.periods import Month
from pipeline.transform.measures import measure_table
from pipeline.transform.wordings import Words, resolved
from tests.cities import MARCH, annex_layouts, small_catalog

ITEMS = [
    f"measure_{item}"
    for item in (
        *("organisation", "rules", "products", "rates", "service", "rating", "industry"),
        *("results", "problems", "next_steps", "contact"),
    )
]


def _unit(unit: str, order: int, name: str, institution: str = "", *, voluntary: bool = False) -> ReportingUnit:
    duty = Duty(form="Q01", since=Month(2017, 12), voluntary=voluntary)
    return ReportingUnit(id=unit, order=order, names=(UnitName(name=name),), institution=institution, duties=(duty,))


UNITS = (
    # the register's order of units is not that of their institutions
    _unit("abc", 1, "农业银行虚构分行", "abc"),
    _unit("rcb-south", 3, "南河农商银行", "rcb"),
    _unit("rcb-north", 2, "北山农商银行", "rcb"),
    _unit("village", 9, "虚构村镇银行", "other:village"),
    _unit("dept-money", 52, "虚构市财政局", voluntary=True),
    _unit("dept-relief", 51, "虚构市扶贫局"),
)


def _catalog():
    catalog = small_catalog()
    institutions = (
        Institution(id="other:village", order=9, name="村镇银行"),
        Institution(id="abc", order=2, name="中国农业银行"),
        Institution(id="rcb", order=1, name="农村商业银行"),
    )
    register = UnitRegister(institutions=institutions, units=UNITS)
    return catalog.model_copy(update={"units": register, "annexes": annex_layouts(1)})


def _sent(submission: str, **texts: str) -> Words:
    return Words(submission, {f"measure_{item}": text for item, text in texts.items()})


def _table(*months: dict[str, Words], reasons=None, unexplained=None, month: Month = MARCH):
    newest_first = [(month.shifted(-place), words) for place, words in enumerate(months)]
    return measure_table(month, resolved(newest_first), _catalog(), reasons or {}, unexplained or {})


ALL = {unit.id: _sent(f"S-{unit.id}", organisation=f"{unit.id}成立小组") for unit in UNITS}


def test_units_stand_by_institution_in_the_registers_order_then_departments():
    table = _table(ALL)
    assert [(group.id, group.title, [row.unit for row in group.rows]) for group in table.groups] == [
        ("rcb", "农商银行", ["rcb-north", "rcb-south"]),
        ("abc", "农业银行", ["abc"]),
        ("other:village", "村镇银行", ["village"]),
        ("", "市直部门", ["dept-relief", "dept-money"]),
    ]
    row = table.groups[0].rows[0]
    assert (row.label, row.submission, row.remark) == ("北山农商银行", "S-rcb-north", "")
    assert list(row.wordings) == ITEMS
    assert row.wordings["measure_organisation"].text == "rcb-north成立小组"
    assert row.wordings["measure_rules"].symbol is Symbol.MISSING
    assert (table.annex, table.period) == (1, "2018-03")


def test_who_owes_and_did_not_send_is_printed_as_a_gap():
    sent = {unit: words for unit, words in ALL.items() if unit not in ("rcb-south", "abc", "dept-money")}
    table = _table(sent, reasons={"abc": "退回"})
    rows = {row.unit: row for group in table.groups for row in group.rows}
    assert list(rows) == ["rcb-north", "rcb-south", "abc", "village", "dept-relief"], "who may send but did not is out"
    assert [rows[unit].remark for unit in ("rcb-south", "abc")] == ["未报送", "退回"]
    assert {(w.text, w.symbol) for w in rows["abc"].wordings.values()} == {("", Symbol.MISSING)}
    assert rows["abc"].submission == ""
    assert (table.coverage_in, table.coverage_of) == (3, 5)
    assert table.notes == (
        "不含：农业银行虚构分行（退回）、南河农商银行（未报送）。",
        "应报送的单位5个，已报送3个。",
        "各栏为填报单位报送的原文，本办未作改写；信贷产品清单逐项列出。空白表示该项未报送。",
    )


def test_volunteers_are_counted_apart():
    table = _table(ALL)
    assert (table.coverage_in, table.coverage_of) == (5, 5)
    assert table.notes[0] == "应报送的单位5个，已报送5个；另有1个单位自愿报送。"


def test_a_volunteer_that_was_sent_back_has_a_row_and_is_told():
    table = _table({u: w for u, w in ALL.items() if u != "dept-money"}, reasons={"dept-money": "退回"})
    row = table.groups[-1].rows[-1]
    assert (row.unit, row.remark, {w.text for w in row.wordings.values()}) == ("dept-money", "退回", {""})
    assert (table.coverage_in, table.coverage_of) == (5, 5), "nobody waits for it"
    assert table.notes[:2] == ("不含：虚构市财政局（退回，自愿报送）。", "应报送的单位5个，已报送5个。")


def test_before_the_form_was_asked_for_there_is_nobody():
    table = _table({}, month=Month(2017, 11))
    assert (table.groups, table.coverage_of, table.notes) == ((), 0, ("本月没有单位应报送或报送措施。",))


SAME = "与上月相同"
JANUARY = _sent("S1", organisation="一月的小组", rules="一月的制度")


@pytest.mark.parametrize(
    ("march", "february", "remark"),
    [
        (_sent("S3", organisation=SAME, rules=SAME), _sent("S2", organisation=SAME, rules=SAME), "沿用2018年1月"),
        (_sent("S3", organisation=SAME), _sent("S2", organisation="二月的小组"), "沿用2018年2月"),
        (
            _sent("S3", organisation=SAME, rules="三月的制度"),
            _sent("S2", organisation="二月的小组"),
            "沿用2018年2月：组织领导",
        ),
        (
            _sent("S3", organisation=SAME, rules=SAME, rates="利率不变"),
            _sent("S2", organisation="二月的小组", rules=SAME),
            "沿用2018年2月：组织领导；沿用2018年1月：制度建设",
        ),
        (
            _sent("S3", organisation=SAME, problems=SAME, results=SAME),
            _sent("S2", organisation="二月的小组", problems=SAME),
            "沿用2018年2月；主要成效、存在问题：写“与上月相同”，但上月没有可引用的内容",
        ),
    ],
)
def test_words_taken_over_are_marked_with_their_month(march, february, remark):
    table = _table({"abc": march}, {"abc": february}, {"abc": JANUARY}, unexplained={})
    row = next(row for group in table.groups for row in group.rows if row.unit == "abc")
    assert (row.remark, row.submission) == (remark, "S3")
    assert any("沿用某月" in note for note in table.notes)


def test_what_is_to_be_explained_is_counted_last():
    table = _table({"abc": _sent("S3", organisation=SAME)}, unexplained={"abc": 2})
    row = next(row for group in table.groups for row in group.rows if row.unit == "abc")
    assert row.remark == "组织领导：写“与上月相同”，但上月没有可引用的内容；待核实2项"
    assert not any("沿用" in note for note in table.notes)


HIDDEN = "［身份证号已隐去］"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("示例甲612401198001011234。", f"示例甲{HIDDEN}。"),
        ("号61240119800101123X，61240119800101123x", f"号{HIDDEN}，{HIDDEN}"),
        ("６１２４０１１９８００１０１１２３Ｘ", HIDDEN),
        ("612401 19800101 1234", HIDDEN),
        ("612401-1980-01-01-123X", HIDDEN),
        ("123456789012345678", HIDDEN),
        ("电话09153210000、13900000000", "电话09153210000、13900000000"),
        ("账号1234567890123456789（十九位）", "账号1234567890123456789（十九位）"),
        ("投放100 200 300 400 500 600户", "投放100 200 300 400 500 600户"),
        ("金额20180331.50万元，1234567890123456元", "金额20180331.50万元，1234567890123456元"),
    ],
)
def test_identity_numbers_never_enter_the_annex(text, printed):
    table = _table({"abc": _sent("S3", organisation=text)})
    row = next(row for group in table.groups for row in group.rows if row.unit == "abc")
    assert row.wordings["measure_organisation"].text == printed
    assert ("文字中的身份证号不予公布，已隐去。" in table.notes) is (text != printed)


def test_identity_numbers_in_products_are_hidden_too():
    words = replace(_sent("S3"), products=({"product_name": "富民贷", "product_for_whom": "61240119800101123X"},))
    wording = next(
        row.wordings["measure_products"]
        for group in _table({"abc": words}).groups
        for row in group.rows
        if row.unit == "abc"
    )
    assert wording.text == f"1. 富民贷（对象：{HIDDEN}）"
    assert wording.items == (wording.text,)
