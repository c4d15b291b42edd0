"""Relations are written in words and numbers from what the rules compute with; limits are those that decide."""

from __future__ import annotations

import pytest

from pipeline.catalog.policy import Policy
from pipeline.periods import Month
from pipeline.validate.consistency import broken
from pipeline.validate.examples import EXAMPLES
from pipeline.validate.examples.formula import in_numbers, in_words
from pipeline.validate.examples.staging import staged
from pipeline.validate.relations import WRITTEN
from pipeline.validate.rules import RULES
from tests.validate.returns import catalog


def test_every_rule_is_written_down_and_nothing_else_is():
    assert sorted(WRITTEN) == sorted((rule.code, rule.level) for rule in RULES)


@pytest.mark.parametrize(("rule", "words", "numbers"), [
    (("A02", 2),
     "期末余额/金额〔22〕＝上月期末余额/金额〔22〕＋发放情况/本月/金额〔08〕－收回情况/本月金额〔15〕－核销及代偿/本月金额〔18〕＋其他变动/本月金额〔19A〕",
     "22＝上月22＋08－15－18＋19A"),
    (("A03", 2),
     "期末余额/金额〔22〕＝上年末期末余额/金额〔22〕＋发放情况/本年累计/金额〔11〕－收回情况/本年累计/金额〔17〕－核销及代偿/本年累计金额〔19〕＋其他变动/本年累计金额〔19B〕",
     "22＝上年末22＋11－17－19＋19B"),
    (("A08", 1),
     "期末余额/金额〔22〕＝五级分类/正常〔26〕＋五级分类/关注〔27〕＋五级分类/次级〔28〕＋五级分类/可疑〔29〕＋五级分类/损失〔30〕",
     "22＝26＋27＋28＋29＋30"),
    (("A12", 1), "评级授信/授信户数〔04〕≥期末余额/户数〔21〕", "04≥21"),
    (("A13", 1), "发放情况/本月/金额〔08〕÷发放情况/本月/户数〔07〕≤每户小额贷款上限", ""),
    (("A22", 1), "其中区域期末余额/金额〔22〕≤所在县区期末余额/金额〔22〕（除其他变动和利率外，各栏相同）",
     "其中区域22≤所在县区22（除其他变动和利率外，各栏相同）"),
    (("A24", 1),
     "贴息/本年应贴息〔39〕≤（期末余额/金额〔22〕＋收回情况/本年累计/金额〔17〕＋核销及代偿/本年累计金额〔19〕＋其他变动/本年累计金额〔19B〕）按加权平均年利率上限计一年的利息",
     ""),
    (("A25", 2),
     ("建档立卡情况/建档立卡贫困户数〔01〕、建档立卡情况/符合条件且有贷款意愿户数〔02〕、评级授信/评级户数〔03〕、评级授信/授信户数〔04〕、"
      "期末余额/笔数〔20〕、期末余额/户数〔21〕、逾期贷款/笔数〔32〕、逾期贷款/户数〔33〕与上月相差五倍以上的，增减一位数字也不与上月相近"),
     ""),
    (("A27", 2), "五级分类/正常〔26〕、五级分类/关注〔27〕不与上月的五级分类/关注〔27〕、五级分类/正常〔26〕相近", ""),
    (("C01-7", 2), "本年新增风险补偿金〔05〕≥上月本年新增风险补偿金〔05〕", "05≥上月05"),
    (("A17", 3), "县区报表农商银行期末贷款余额〔23〕＝期末余额/金额〔22〕", "县区报表23＝22"),
    (("C01-4", 1), "建档立卡贫困户数〔01〕≥走访户数〔19〕", "01≥19"),
    (("C01-5", 1), "金融扶贫项目/总投资≥金融扶贫项目/已完成投资", ""),
])  # fmt: skip
def test_a_relation_is_written_in_words_and_in_the_numbers_of_the_form(rule, words, numbers):
    line = WRITTEN[rule].relations[0]
    assert (in_words(line, catalog()), in_numbers(line, catalog())) == (words, numbers)


@pytest.mark.parametrize(("rule", "numbers"), [
    (("A04", 2), ["09＝上月09＋06", "11＝上月11＋08", "17＝上月17＋15", "19＝上月19＋18"]),
    (("A05", 2), ["12＝上月12＋06", "14＝上月14＋08"]),
    (("A06", 2), ["1月：10＝07", "2月起：上月10≤10≤上月10＋07", "2月起：10≥本年以前各月中最大的07", "上月13≤13≤上月13＋07"]),
    (("A07", 2), ["23＝上月22", "24＝上年末22", "25＝上年同月22"]),
    (("A11", 1), ["09≥06", "10≥07", "11≥08", "17≥15", "19≥18", "12≥09", "13≥10", "14≥11", "14≥22"]),
    (("A12", 1), ["04≥21", "05≥22", "03≥04", "01≥02"]),
    (("A19", 1), ["19A＝0", "19B＝0"]),
    (("A20", 5), ["13≤县区报表01", "21≤县区报表01"]),
    (("A21", 1), ["36≤11", "36≤17", "32≤20", "33≤21", "35≤34"]),
    (("A26", 1), ["16＋20≤12"]),
    (("A27", 2), [""] * 5),
    (("A28", 2), ["1月：20＝上月20＋06－16", "2月起：20＝上月20＋06－16＋上月16", "21≤上月21＋07", "1月：21≥上月21－16",
                  "2月起：21≥上月21－16＋上月16"]),
    (("A31", 2),
     ["28＋29＋30≤上月27＋上月28＋上月29＋上月30", "29＋30≤上月28＋上月29＋上月30", "30≤上月29＋上月30", "", "",
      "上月28＋上月29＋上月30≤28＋29＋30＋15＋18", "上月29＋上月30≤29＋30＋15＋18", "上月30≤30＋15＋18", "", ""]),
    (("A29", 2), ["上月22＝23", "上年末22＝24", "上月09＝09－06", "上月11＝11－08", "上月17＝17－15", "上月19＝19－18",
                  "上月12＝12－06", "上月14＝14－08", "上月13≤13≤上月13＋07（本年累计户数相同）"]),
    (("A30", 2), ["22＝23＋08－15－18＋19A", "22＝24＋11－17－19＋19B"]),
    (("A23", 2), ["16≥上月16", "36≥上月36", "37≥上月37", "40≥上月40", "39≥上月39", ""]),
])  # fmt: skip
def test_all_relations_of_a_rule_are_there(rule, numbers):
    assert [in_numbers(line, catalog()) for line in WRITTEN[rule].relations] == numbers


@pytest.mark.parametrize("written", WRITTEN.values(), ids=map(str, WRITTEN))
def test_a_rule_is_explained_in_whole_sentences(written):
    assert len(written.meaning) >= 10 and written.meaning.endswith("。")
    assert not written.tolerance or written.tolerance.endswith("。")
    assert written.relations
    assert all("{" not in in_words(line, catalog()) for line in written.relations)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.code}-{rule.level}")
def test_the_limits_named_are_those_that_the_rule_asks_for(rule, monkeypatch):
    asked = set()
    value = Policy.value

    def listening(self, name, month):
        asked.add(name)
        return value(self, name, month)

    monkeypatch.setattr(Policy, "value", listening)
    for example in EXAMPLES:
        if (example.code, example.level) == (rule.code, rule.level):
            broken(staged(example, Month(2018, 3))[1], [rule], catalog())
    assert asked == set(WRITTEN[rule.code, rule.level].parameters)


def test_a_tolerance_is_told_where_a_message_has_one():
    with_one = {
        (rule.code, rule.level) for rule in RULES for entry in rule.breaks.values() if "{allowed}" in entry.message
    }
    told = {key for key, written in WRITTEN.items() if written.tolerance}
    assert told == with_one | {("A11", 1)}


MARCH = Month(2018, 3)


@pytest.mark.parametrize(
    ("rule", "without", "with_values"),
    [
        (("A13", 1), "每户上限的规定倍数，不低于每户上限的规定分之一", "每户上限的50倍，不低于每户上限的50分之一"),
        (("A13", 1), "≤每户小额贷款上限", "≤每户小额贷款上限（5万元）"),
        (("A15", 2), "超过规定的比例、规定的金额和规定月数内的", "超过30%、50万元和12个月内的"),
        (("A24", 1), "本年已过月数另加规定月数的利息", "本年已过月数另加3个月的利息"),
        (("A31", 2), "不超过上月余额的规定比例", "不超过上月余额的3%"),
        (("C01-6", 2), "上月的规定倍数，也不少于上月的规定分之一", "上月的3倍，也不少于上月的3分之一"),
        (("C01-9", 1), "不早于规定年份，", "不早于2014年，"),
    ],
)
def test_limits_are_read_with_their_values_where_the_month_is_known(rule, without, with_values):
    """The values are those of schemas/policy/ankang for March 2018."""
    lines = WRITTEN[rule].relations
    assert any(without in in_words(line, catalog()) for line in lines)
    assert any(with_values in in_words(line, catalog(), MARCH) for line in lines)


def test_no_limit_is_left_open_in_a_month_and_no_sentence_is_a_parameters_title():
    for rule, written in WRITTEN.items():
        for line in written.relations:
            assert "规定" not in in_words(line, catalog(), MARCH), rule
            assert "即须核实" not in in_words(line, catalog()), rule
