"""A cause is accepted in few words, an assurance in none."""

from __future__ import annotations

import pytest

from pipeline.jobs.clock import clock_for
from pipeline.jobs.explanations import why_refused
from tests.faults.expecting import CATALOG

CLOCK = clock_for("2018-04-10")


@pytest.mark.parametrize(
    "cause",
    [
        "三户联保贷款各八万元",
        "数据属实，系三户联保贷款",
        "经我行核实，月末集中还款所致",
        "情况属实：易地搬迁户集中放款",
        "无还本续贷两户，共十万元",
        "李家沟合作社3户新贷",
        "因系统问题，三户放款未入账",
        "系统升级，3月放款延至4月入账",
        "录入时多输一个零，已更正为五户",
        "填报时误将千分数当百分数",
    ],
)
def test_a_cause_is_accepted(cause):
    assert why_refused(cause, CATALOG, CLOCK) == ""


@pytest.mark.parametrize(
    "assurance",
    [
        *("该数据经核实无误，情况属实", "数据正确请予以认可谢谢", "报表数字真实准确，没有问题", "核实核实核实核实"),
        *("情况属实。", "经核实，无误", "数据准确", "同上", "见附件", "已整改", "无", "。。。", "系统问题"),
        *("系统自动生成数据，无法修改", "数据来源于核心系统，真实可靠", "已按要求整改完毕，特此说明"),
        *("经我行核查，该笔数据真实有效", "正在核实，稍后回复", "不清楚为什么这样", "详见附件，情况属实"),
    ],
)
def test_an_assurance_in_other_words_is_none(assurance):
    assert why_refused(assurance, CATALOG, CLOCK).startswith("没有写明原因，不予受理。")
