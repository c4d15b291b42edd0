"""The real parameters: every value this program uses, from 2017-01 on without an end, on whose authority."""

import pytest

from pipeline.catalog import Catalog
from pipeline.errors import PolicyUndefined
from pipeline.periods import Month

VALUES = {
    "monthly_deadline_day": 8,
    "deadline_day_in_time": True,
    "deadline_moves_to_working_day": False,
    "target_due_month": 1,
    "loan_cap_household": 50000,
    "unit_slip_factor": 50,
    "unit_slip_min_households": 3,
    "rate_lower_percent": "0.5",
    "rate_upper_percent": "15",
    "few_loans_with_zero_amount": 3,
    "assessment_ratio_limit_percent": "100",
    "answer_within_days": 3,
    "explanation_min_characters": 8,
    "explanation_refused": ["情况属实", "已核实", "无误", "正常", "同上", "无"],
    "explanation_without_cause": [
        *("核实", "核查", "属实", "真实", "正确", "准确", "有效", "可靠", "无误", "没有问题", "没有错误", "没有填错"),
        *("无异常", "异常", "情况", "数据", "数字", "报表", "填报", "实际", "确实如此", "确认", "核对", "认可", "通过"),
        *("采纳", "予以", "谢谢", "我行", "本行", "我办", "本单位", "业务部门", "该笔", "该问题"),
        *("系统问题", "系统原因", "系统取数", "系统导出", "系统自动生成", "核心系统", "来源于", "导致", "无法修改"),
        *("按要求", "进行", "整改", "修改", "改正", "更正", "完毕"),
        *("见附件", "详见", "如上", "所述", "同上", "说明", "特此", "暂无", "其他", "正在", "稍后", "回复"),
        *("不清楚", "为什么", "测试"),
    ],
    "measures_may_repeat": ["联系人"],
    "measures_nothing_to_say": ["无", "暂无", "没有"],
    "quoted_rough_percent": "5",
    "households_adjusted_dynamically": False,
    "average_jump_near_percent": 10,
    "return_jump_min_count": 10,
    "return_jump_times": 3,
    "fund_interest_percent": 1,
    "target_average_least_part": 10,
    "target_near_percent": 20,
    "target_far_percent": 50,
    "mechanism_first_year": 2014,
    "year_reset_min_amount": 100_000,
    "exchange_near_percent": 30,
    "exchange_near_npl_percent": 10,
    "exchange_least_times": 5,
    "grade_move_amount": 100_000,
    "grade_move_percent": 1,
    "grade_npl_percent": 3,
    "grade_worse_percent": 10,
    "grade_gone_amount": 50_000,
    "grade_gone_percent": 50,
    "subsidy_settled_months": 3,
    "subsidy_rate_percent": "150",
    "rate_jump_hundredfold_percent": 10,
    "rate_jump_monthly_percent": 2,
    "jump_stock_percent": 30,
    "jump_amount": 500000,
    "jump_flow_times": 3,
    "jump_window_months": 12,
    "jump_after_months": 6,
}


@pytest.mark.parametrize("month", [Month(2017, 1), Month(2017, 11), Month(2017, 12), Month(2018, 3), Month(2035, 1)])
def test_every_parameter_has_its_value(catalog: Catalog, month):
    found = {name: catalog.policy.value(name, month) for name in catalog.policy.parameters}
    assert {name: found[name] for name in VALUES} == VALUES
    assert found.keys() - VALUES.keys() == {"assessment_figures"}


@pytest.mark.parametrize(
    ("why", "month", "working"),
    [
        ("due on 8 December, before the document of the 19th", Month(2017, 11), True),
        ("due on 8 January, after it", Month(2017, 12), False),
    ],
)
def test_the_deadline_has_an_article_since_the_document(catalog: Catalog, why, month, working):
    entry = catalog.policy.entry("monthly_deadline_day", month)
    assert bool(entry.working) is working
    assert entry.reference == ("" if working else "安政办函〔2017〕284号 二.1")


def test_working_values_are_listed_with_their_reasons(catalog: Catalog):
    listed = {entry["name"]: entry for entry in catalog.policy.working_values(Month(2018, 3))}
    assert listed.keys() == catalog.policy.parameters.keys() - {"monthly_deadline_day"}
    assert all(len(entry["reason"]) >= 8 and entry["unit"] and entry["title"] for entry in listed.values())


def test_targets_are_due_with_january_by_the_office_s_own_word(catalog: Catalog):
    entry = catalog.policy.entry("target_due_month", Month(2018, 3))
    assert entry.reference == ""
    assert entry.working == "任务应于年初分解下达，本办按每年1月的月报期限掌握"


def test_every_value_has_an_authority(catalog: Catalog):
    assert all(v.reference or v.working for p in catalog.policy.parameters.values() for v in p.values)


def test_the_assessment_figures_are_those_of_annex_2(catalog: Catalog):
    """One definition in two places must be the same in both."""
    columns = {column.id: column for column in catalog.annexes[2].columns}
    figures = catalog.policy.value("assessment_figures", Month(2018, 3))
    assert list(figures) == ["投放面", "投放量", "贷款贫困户比例", "贷款增速"]
    for figure in figures.values():
        column = columns[figure["column"]]
        if "denominator" in figure:
            assert (column.of, column.to) == (figure["numerator"], figure["denominator"])
        elif "base" in figure:
            assert (column.derivation, column.of) == ("growth", figure["numerator"])
        else:
            assert (column.derivation, column.indicator) == ("sum", figure["numerator"])


def test_an_unknown_parameter_is_told(catalog: Catalog):
    with pytest.raises(PolicyUndefined, match="政策参数 npl_suspension 未定义"):
        catalog.policy.value("npl_suspension", Month(2018, 3))


def test_a_month_without_a_value_is_told_with_its_file(catalog: Catalog):
    parameter = catalog.policy.parameters["monthly_deadline_day"]
    ended = parameter.model_copy(update={"values": parameter.values[:1]})
    policy = catalog.policy.model_copy(update={"parameters": {"monthly_deadline_day": ended}})
    with pytest.raises(PolicyUndefined, match=r"schemas/policy/ankang/calendar\.yaml：.*在2018年3月没有有效值"):
        policy.value("monthly_deadline_day", Month(2018, 3))
