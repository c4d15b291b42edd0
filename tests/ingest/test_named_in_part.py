"""A line that names the reporting unit or the month, and adds that the figures are only a part of it, or others."""

import pytest

from tests.ingest.sheets import Statement, found

TITLE, UNIT = "金融扶贫小额贷款统计表（2018年3月）", "填报单位：农业银行安康分行"


def said(line):
    return found(Statement(above=[[TITLE], [line], ["单位：万元"]]).read())


@pytest.mark.parametrize("part", ["旬阳县支行", "汉滨支行", "营业部（本级）", "城关分理处"])
def test_a_branch_behind_the_units_name_is_not_the_unit(part):
    assert said(UNIT + part) == [("F03", "A2")]


@pytest.mark.parametrize("line", [f"{UNIT}（预计数）", f"{UNIT}（上年同期数）", "报告期：2018年3月（草稿）"])
def test_other_figures_in_brackets_behind_a_label_are_told(line):
    above = [[TITLE], [line], [UNIT if line.startswith("报告期") else ""], ["单位：万元"]]
    assert found(Statement(above=above).read()) == [("F06", "A2")]


@pytest.mark.parametrize(
    "more",
    [
        "",
        "（盖章）",
        "（汇总）",
        "（每月5日前报送市金融办）",
        "信贷部",
        "　联系支行：城关支行",
        "（公章）　2018年4月3日",
    ],
)
def test_what_else_may_stand_behind_the_units_name(more):
    assert said(UNIT + more) == []
