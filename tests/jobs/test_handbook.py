"""The handbook of edit rules holds every rule of the month, with limits in force and examples as the rules find them."""

from __future__ import annotations

import json
from functools import cache

import pytest
from jsonschema import Draft202012Validator
from pypdf import PdfReader

from pipeline.catalog import load_catalog, schemas_root
from pipeline.catalog.registers import AreaRegister
from pipeline.jobs.handbook import handbook
from pipeline.model import Severity
from pipeline.periods import Month
from pipeline.render.handbook import handbook_json
from pipeline.render.handbook_word import handbook_docx
from pipeline.validate.rules import RULES
from tests.office import convert

MARCH = Month(2018, 3)
CATALOG = load_catalog()


@cache
def book():
    return handbook(CATALOG, MARCH)


def entry(code, level):
    (found,) = (e for e in book().entries if (e.code, e.level) == (code, level))
    return found


def test_every_rule_of_the_month_is_in_it_by_level():
    assert sorted((e.code, e.level) for e in book().entries if e.level) == sorted((r.code, r.level) for r in RULES)
    assert [(group.level, group.title) for group in book().groups] == [
        (0, "文件"), (1, "本表之内"), (2, "与上月等相邻数据"), (3, "银行与县区对照"), (5, "与登记表等外部数据"),
    ]  # fmt: skip
    assert [e.code for e in book().groups[0].entries] == [*(f"F{number:02}" for number in range(1, 11)), "A00"]


def test_a_rule_has_an_example_of_each_way_to_break_it_that_can_happen():
    for rule in RULES:
        shown = {case.kind for case in entry(rule.code, rule.level).cases}
        left_out = {kind for kind in rule.breaks if kind.endswith("_adjusted")}
        assert shown == set(rule.breaks) - left_out, "the register of the poor is fixed for a year here"


def test_the_messages_are_those_of_the_rules():
    (case,) = entry("A02", 2).cases
    assert (case.severity, case.month) == (Severity.HARD, MARCH)
    assert case.passing == "1166.19万元＝1143.98万元＋42.36万元－20.15万元－0.00万元＋0.00万元"
    assert case.given == "没有填对比基数"
    assert case.change == "上月报表的汉阴县“期末余额/金额”由1143.98万元改为1142.98万元"
    assert case.message.startswith(
        "汉阴县“期末余额/金额”1166.19万元，而上月“期末余额/金额”1142.98万元＋“发放情况/本月/金额”42.36万元"
        "－“收回情况/本月金额”20.15万元，合计应为1165.19万元，相差1.00万元（四舍五入最多相差0.03万元）。"
    )


def test_limits_have_their_value_of_the_month_and_its_authority():
    (cap, factor, least) = entry("A13", 1).thresholds
    assert (cap.title, cap.value, factor.value, least.value) == ("每户小额贷款上限", "50000元", "50倍", "3户")
    assert cap.basis == "本办约定：安康尚无明文，按全国通行的“5万元以下、3年以内”执行"
    (repeated, nothing) = entry("Q01-1", 2).thresholds
    assert (repeated.value, nothing.value) == ("联系人", "无、暂无、没有")


@pytest.mark.parametrize(("code", "level", "weights"), [
    ("A02", 2, "强制性"), ("A06", 2, "强制性"), ("A09", 1, "强制性、提示"), ("A13", 1, "强制性、核实性"), ("F08", 0, "核实性"),
])  # fmt: skip
def test_weights_are_those_that_can_happen(code, level, weights):
    assert entry(code, level).weights == weights


def test_examples_are_of_a_month_in_which_they_can_happen():
    assert {case.month for case in entry("Q01-1", 2).cases} == {MARCH}
    assert {case.kind: case.month for case in entry("A06", 2).cases}["january"] == Month(2018, 1)


def test_a_city_without_the_counties_of_the_examples_has_rules_without_examples():
    areas = AreaRegister(entries=tuple(a for a in CATALOG.areas.entries if a.id != "hanyin"))
    told = handbook(CATALOG.model_copy(update={"areas": areas}), MARCH).entries
    assert [(e.code, e.level) for e in told] == [(e.code, e.level) for e in book().entries]
    assert not any(e.cases for e in told)
    assert next(e for e in told if e.code == "A06").weights == "强制性、核实性"


def test_limits_are_told_once():
    assert not [e.code for e in book().entries if "（参数" in e.source]
    assert entry("A14", 1).source == "本办约定：扶贫小额贷款执行基准利率上下，范围以外多为百分数、千分数或月息填错"


def test_codes_of_the_file_are_nobody_elses():
    assert not {e.code for e in book().groups[0].entries} & {rule.code for rule in RULES}


def test_the_data_follow_their_schema():
    schema = json.loads((schemas_root() / "products" / "rules.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    data = json.loads(handbook_json(book()))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []
    assert len(data["rules"]) == len(book().entries)


def test_it_prints_with_page_numbers_and_a_header_on_every_page(tmp_path):
    document = tmp_path / "审核关系.docx"
    document.write_bytes(handbook_docx(book()))
    (pdf,) = convert([document], "pdf", tmp_path)
    pages = [page.extract_text() for page in PdfReader(pdf).pages]
    assert len(pages) > 10
    for number, text in enumerate(pages, start=1):
        assert f"— {number} —" in text
    listed = [text for text in pages if "F09" in text or "A20" in text or "T01-3" in text][:2]
    assert all("代码" in text and "起止" in text for text in listed)
    width, height = (round(float(side) / 72 * 25.4) for side in PdfReader(pdf).pages[0].mediabox[2:])
    assert (width, height) == (210, 297)
