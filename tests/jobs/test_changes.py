"""What changed between two months, from schemas that are dated by hand; and what is real."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.catalog import load_catalog, schemas_root
from pipeline.jobs.changes import changes
from pipeline.model import Severity
from pipeline.periods import Month
from pipeline.validate.registry import Break
from pipeline.validate.rules import RULES

REAL = load_catalog()
BEFORE, NOW = Month(2017, 3), Month(2018, 3)


@pytest.fixture
def schemas(tmp_path: Path) -> Path:
    """A copy of schemas/ to date things in."""
    return Path(shutil.copytree(schemas_root(), tmp_path / "schemas"))


def edited(schemas: Path, name: str, old: str, new: str) -> None:
    path = schemas / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1, text.count(old)
    path.write_text(text.replace(old, new), "utf-8")


def told(schemas: Path, before: Month = BEFORE, now: Month = NOW, rules=()):
    """The changes that are not in the real schemas too."""
    real = list(changes(REAL, before, now, rules))
    return [change for change in changes(load_catalog(root=schemas), before, now, rules) if change not in real]


def changes_of_the_real_city():
    return list(changes(REAL, BEFORE, NOW, ()))


# ------------------------------------------------------------------ what is real


def test_the_year_to_march_2018():
    units = "汉滨农商银行、汉阴农商银行、石泉农商银行、宁陕农商银行、紫阳农商银行、岚皋农商银行、平利农商银行、镇坪农商银行、旬阳农商银行、白河农商银行、邮储银行安康市分行、农业银行安康分行"
    assert changes_of_the_real_city() == [
        (
            "政策参数",
            "月报截止日（次月几日前）",
            "取值不变（8日），依据由“本办约定：文件自2017年12月19日印发，此前的样本期比照执行”改为“安政办函〔2017〕284号 二.1”",
        ),
        ("填报单位", "汉阴农商银行", "原名汉阴信用联社"),
        ("填报单位", "石泉农商银行", "原名石泉信用联社"),
        ("填报单位", "宁陕农商银行", "原名宁陕信用联社"),
        ("填报单位", "镇坪农商银行", "原名镇坪信用联社"),
        ("应报报表", "Q01 金融机构扶贫工作措施表", f"12家开始报送：{units}"),
    ]


def test_a_county_becomes_a_city():
    """Real: 旬阳县 has been 旬阳市 since 2021, with another code."""
    assert ("县区", "旬阳市", "原为旬阳县（610928），现为旬阳市（610981）") in changes(
        REAL, Month(2020, 12), Month(2021, 1), ()
    )
    assert not list(changes(REAL, Month(2019, 12), Month(2020, 12), ()))


def test_a_month_differs_from_itself_in_nothing():
    assert not list(changes(REAL, NOW, NOW, RULES))


def test_before_the_statements_began_nobody_owed_any():
    gone = [what for category, what, _ in changes(REAL, NOW, Month(2016, 12), ()) if category == "应报报表"]
    assert gone == [
        "C01 金融扶贫工作县区月报表",
        "M01 金融扶贫小额贷款统计表",
        "Q01 金融机构扶贫工作措施表",
        "T01 金融扶贫小额贷款目标任务分解表",
    ]


# ------------------------------------------------------------------ what is dated by hand


def test_a_column_comes(schemas):
    edited(
        schemas,
        "forms/M01.yaml",
        "    code: interest_subsidy_paid_ytd\n",
        "    code: interest_subsidy_paid_ytd\n    since: 2018-01\n",
    )
    assert told(schemas) == [("指标", "M01 贴息/本年已兑付", "新增")]
    assert told(schemas, Month(2016, 12), Month(2017, 12)) == told(schemas, Month(2018, 1), NOW) == []


def test_a_column_goes(schemas):
    edited(
        schemas, "forms/C01.yaml", "    code: scored_households\n", "    code: scored_households\n    until: 2017-12\n"
    )
    assert told(schemas) == [("指标", "C01 评分户数", "取消")]


def test_a_column_is_asked_for_otherwise(schemas):
    """The same indicator from July on under another label, and it may no longer be left out."""
    old = "    code: mechanism_date\n    label: 机制建立日期\n"
    new = (
        "    code: mechanism_date\n    label: 机制签署日期\n    since: 2017-07\n    unit: 日期\n    kind: text\n    required: true\n"
        "    note: 协议签署的日期\n"
        '  - no: "09"\n    code: mechanism_date\n    until: 2017-06\n    label: 机制建立日期\n'
    )
    edited(schemas, "forms/C01.yaml", old, new)
    assert told(schemas) == [
        (
            "指标",
            "C01 机制签署日期",
            "原为“机制建立日期”（日期，有则填，含义：机制建立的日期）；现为“机制签署日期”（日期，必填，含义：协议签署的日期）",
        )
    ]


def test_a_policy_value_changes(schemas):
    edited(
        schemas,
        "policy/ankang/loan_cap.yaml",
        "    - value: 50000\n",
        "    - value: 100000\n      since: 2018-02\n      reference: 示例办发〔2018〕1号 三\n    - value: 50000\n      until: 2018-01\n",
    )
    assert told(schemas) == [("政策参数", "每户小额贷款上限", "由50000元改为100000元（示例办发〔2018〕1号 三）")]
    assert told(schemas, Month(2016, 3), Month(2017, 3)) == []


def test_a_policy_value_comes_and_goes(schemas):
    path = schemas / "policy/ankang/rates.yaml"
    path.write_text(
        path.read_text("utf-8").replace('    - value: "15"\n', '    - value: "15"\n      since: 2017-04\n'), "utf-8"
    )
    why = "本办约定：高于此数多为千分数与百分数填错，扶贫小额贷款不会如此之高"
    assert told(schemas) == [("政策参数", "加权平均年利率上限", f"新增：15%（{why}）")]
    assert told(schemas, NOW, BEFORE)[0] == ("政策参数", "加权平均年利率上限", "不再有效，原为15%")


@pytest.mark.parametrize(("name", "old", "new", "change"), [
    ("calendar", "    - value: true\n", "    - value: false\n      since: 2018-01\n      reference: 示例〔2018〕2号\n    - value: true\n      until: 2017-12\n",
     ("政策参数", "截止日当天送达是否算按时", "由是改为否（示例〔2018〕2号）")),
    ("explanations", "    - value: [情况属实, 已核实, 无误, 正常, 同上, 无]\n", "    - value: [无]\n      since: 2018-01\n      reference: 示例〔2018〕2号\n    - value: [情况属实, 同上]\n      until: 2017-12\n",
     ("政策参数", "不予采纳的核实说明", "由情况属实、同上改为无（示例〔2018〕2号）")),
])  # fmt: skip
def test_values_that_are_no_numbers_are_told_in_words(schemas, name, old, new, change):
    edited(schemas, f"policy/ankang/{name}.yaml", old, new)
    assert told(schemas) == [change]


def test_units_begin_and_end_to_report(schemas):
    path = schemas / "profiles/ankang/institutions.yaml"
    text = path.read_text("utf-8")
    at = text.index("  - id: fin-hanbin")
    path.write_text(
        text[:at] + text[at:].replace("{form: C01, since: 2017-01}", "{form: C01, since: 2017-01, until: 2017-12}", 1),
        "utf-8",
    )
    assert told(schemas) == [("应报报表", "C01 金融扶贫工作县区月报表", "1家不再报送：汉滨区金融办")]


# ------------------------------------------------------------------ rules


def dated(code: str, since: Month | None = None, until: Month | None = None, **changed):
    """A real rule with other dates."""
    real = next(rule for rule in RULES if rule.code == code)
    return replace(real, since=since, until=until, **changed)


def rule_changes(*rules):
    return [change for change in changes(REAL, BEFORE, NOW, rules) if change[0] == "审核关系"]


def test_rules_come_and_go():
    assert rule_changes(dated("A14", since=Month(2018, 1))) == [("审核关系", "A14 加权平均利率在合理范围内", "新增")]
    assert rule_changes(dated("A14", until=Month(2017, 12))) == [("审核关系", "A14 加权平均利率在合理范围内", "取消")]
    assert rule_changes(dated("A14")) == []


def test_a_rule_that_weighs_otherwise_is_one_change():
    soft = {"other": Break(Severity.SOFT, "请说明。")}
    hard = {"other": Break(Severity.HARD, "请更正。")}
    old = dated("A19", until=Month(2017, 12), breaks=soft)
    new = dated("A19", since=Month(2018, 1), breaks=hard, source="示例〔2018〕2号")
    assert rule_changes(old, new) == [
        (
            "审核关系",
            "A19 其他变动不为零须说明",
            "原为“其他变动不为零须说明”（核实性，本办约定：划入划出、对象调整不属于发放和收回，不说明来龙去脉就无法核对余额）；现为“其他变动不为零须说明”（强制性，示例〔2018〕2号）",
        )
    ]


def test_a_rule_that_is_only_worked_out_otherwise_says_so():
    old, new = dated("A19", until=Month(2017, 12)), dated("A19", since=Month(2018, 1))
    assert rule_changes(old, new) == [("审核关系", "A19 其他变动不为零须说明", "核对方法或提示语有调整")]
