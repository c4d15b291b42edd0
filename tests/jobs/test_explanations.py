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
    ],
)
def test_a_cause_is_accepted(cause):
    assert why_refused(cause, CATALOG, CLOCK) == ""


@pytest.mark.parametrize(
    "assurance",
    ["该数据经核实无误，情况属实", "数据正确请予以认可谢谢", "报表数字真实准确，没有问题", "核实核实核实核实"],
)
def test_an_assurance_in_other_words_is_none(assurance):
    assert why_refused(assurance, CATALOG, CLOCK).startswith("没有写明原因，不予受理。")
