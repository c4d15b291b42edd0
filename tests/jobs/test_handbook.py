"""The handbook of edit rules holds every rule of the month, with limits in force and examples as the rules find them."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import pytest
from jsonschema import Draft202012Validator
from pypdf import PdfReader

from pipeline.catalog import load_catalog, schemas_root
from pipeline.catalog.registers import AreaRegister
from pipeline.jobs.handbook import _entry, handbook
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
    assert case.given == "本单位没有报过上年12月的报表；没有填对比基数"
    assert case.change.startswith("汉阴县“期末余额/金额”由1166.19万元改为1165.19万元")
    assert case.message.startswith(
        "汉阴县“期末余额/金额”1165.19万元，而上月“期末余额/金额”1143.98万元＋“发放情况/本月/金额”42.36万元"
        "－“收回情况/本月金额”20.15万元，合计应为1166.19万元，相差1.00万元（四舍五入最多相差0.03万元）。"
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


# ------------------------------------------------------------------ since when


@pytest.mark.parametrize(("code", "level", "prescribed", "window"), [
    ("A02", 2, "2017-12", "2017年12月起"),  # 安政办函〔2017〕284号 二.1
    ("C01-1", 1, "2017-12", "2017年12月起"),
    ("A15", 2, "", "各月"),  # 本办约定
    ("T01-1", 1, "", "各月"),
    ("F04", 0, "", "各月"),
])  # fmt: skip
def test_a_rule_says_since_when_where_its_source_does(code, level, prescribed, window):
    found = entry(code, level)
    assert (found.since, found.prescribed, found.window) == ("", prescribed, window)


def test_the_introduction_says_what_the_sources_say_of_the_beginning():
    """284号 is of 19 December 2017 and asks for each month by the 8th of the next: December's is the first."""
    told = book().intro[-1]
    assert "安政办函〔2017〕284号《安康市金融扶贫“四项制度”》规定，2017年12月19日印发，第一期是2017年12月的报表" in told
    assert "此前各月的报表比照审核" in told and "没有写从何时起" in told


def test_the_first_period_is_that_of_the_calendar():
    scheme = CATALOG.profile.scheme
    by_document = [e for e in CATALOG.policy.parameters["monthly_deadline_day"].values if e.reference]
    assert [(e.since, e.reference) for e in by_document] == [(scheme.since, f"{scheme.document} 二.1")]
    assert Month.of(scheme.issued) == scheme.since


def test_a_city_without_a_document_says_that_no_source_names_a_beginning():
    profile = CATALOG.profile.model_copy(update={"scheme": None})
    told = handbook(CATALOG.model_copy(update={"profile": profile}), MARCH)
    assert {e.window for e in told.entries} == {"各月"}
    assert told.intro[-1] == "起止：各条审核关系的来源没有写从何时起，收到的各月报表都审核，写作“各月”。"


def test_a_rule_of_its_own_time_says_that():
    rule = replace(next(r for r in RULES if r.code == "A02"), since=Month(2018, 2), until=Month(2018, 12))
    found = _entry(rule, CATALOG, MARCH)
    assert (found.since, found.window) == ("2018-02", "2018年2月起至2018年12月止")


# ------------------------------------------------------------------ the file


def test_rules_of_the_file_have_relations_and_examples_as_all_others():
    assert [e.code for e in book().entries if not (e.relations and e.cases and e.window and e.meaning)] == []
    data = json.loads(handbook_json(book()))["rules"]
    assert [rule["code"] for rule in data if not (rule["relations"] and rule["examples"])] == []


def test_an_example_of_the_file_is_told_by_its_change_and_the_message():
    none, other = entry("F04", 0).cases
    assert entry("F04", 0).relations[0].words == "报告期＝表内写明的期数"
    assert (none.kind, none.severity, none.month) == ("no_period", Severity.HARD, MARCH)
    assert none.change == "A1单元格由“金融扶贫小额贷款统计表（2018年3月）”改为“金融扶贫小额贷款统计表”"
    assert none.message == "表中没有写明报告期。请在标题或“报告期”处写明（如2018年3月）后重新报送。"
    assert other.change == "文件名由《月报表.xlsx》改为《2018年2月报表.xlsx》"
    assert "文件名写的是2018年2月，表内报告期是2018年3月" in other.message


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
