"""From hits to findings: order, one finding a place, crashes with a name."""

import random
import subprocess
import sys

import pytest

from pipeline.errors import PolicyUndefined, RuleCrashed
from pipeline.model import Severity
from pipeline.periods import Month
from pipeline.validate import check
from pipeline.validate.building import books
from pipeline.validate.findings import run
from pipeline.validate.registry import RULES, Rule, hard, note, rule, soft
from tests.validate.returns import COUNTY, TEN, WAN, catalog, codes, county_return, statement, table, targets


def rule_of(function, *, across=False, since=None, until=None, breaks=None):
    breaks = breaks or {"wrong": hard("{area}“{indicator}”为{value}。")}
    return Rule("X99", 1, "试验", "working: 本办约定：试验", ("M01",), breaks, function, since, until, across)


def at_outstanding(book):
    for row in book.where(book.now("outstanding_amount") > 0):
        yield book.hit("wrong", row, "outstanding_amount")


def many_wrong():
    bad = COUNTY | {"past_due_amount": -1 * WAN, "credit_line_households": None, "loss_amount": 2 * WAN}
    return [
        county_return({"fund_balance_amount": -1, "eligible_households": 2001}),
        table({area: bad for area in TEN}),
        statement({"outstanding_households": 400, "weighted_average_rate": 90_000_000}),
        targets({("baihe", "target_amount@abc"): -1, ("hanbin", "target_amount@abc"): None}),
        statement({"repaid_amount_mtd": -5}, period="2018-02"),
    ]


def test_findings_come_by_rule_then_submission_then_area_then_indicator():
    findings = check(many_wrong(), catalog())
    assert codes(findings) == sorted(codes(findings))
    negative = [finding for finding in findings if finding.rule == "A10"]
    assert [(f.period, f.unit, f.area) for f in negative] == [
        ("2018-02", "rcb-hanyin", "hanyin"),
        *(("2018-03", "abc", area) for area in TEN),
    ]


def test_the_order_of_submissions_and_of_cells_does_not_matter():
    findings = check(many_wrong(), catalog())
    for seed in range(5):
        shuffled = many_wrong()
        dice = random.Random(seed)
        dice.shuffle(shuffled)
        for sent in shuffled:
            dice.shuffle(sent.observations)
        assert [(f.id, f.message) for f in check(shuffled, catalog())] == [(f.id, f.message) for f in findings]


def test_a_submission_is_judged_by_itself():
    together = check(many_wrong(), catalog())
    alone = [finding for sent in many_wrong() for finding in check([sent], catalog())]
    assert {f.id for f in together} == {f.id for f in alone}
    assert len(together) == len(alone)


def test_two_breaks_of_one_rule_at_one_place_are_one_finding_the_heavier():
    def twice(book):
        yield book.hit("light", 0, "outstanding_amount")
        yield book.hit("heavy", 0, "outstanding_amount")

    breaks = {"light": note("轻"), "middle": soft("中"), "heavy": hard("重")}
    broken = rule_of(twice, breaks=breaks)
    assert broken.severities == (Severity.HARD, Severity.SOFT, Severity.NOTE)
    (finding,) = run([broken], books([statement()], catalog()))
    assert (finding.severity, finding.message) == ("hard", "重")


def test_a_rule_holds_from_its_first_month_to_its_last():
    dated = rule_of(at_outstanding, since=Month(2018, 2), until=Month(2018, 3))
    sent = [statement(period=f"2018-0{month}") for month in (1, 2, 3, 4)]
    assert [f.period for f in run([dated], books(sent, catalog()))] == ["2018-02", "2018-03"]


def test_a_rule_that_crashes_stops_the_run_with_its_name_and_without_the_data():
    def crashing(book):
        raise KeyError("张三 61090219800101001X")
        yield

    with pytest.raises(RuleCrashed) as crash:
        run([rule_of(crashing)], books([statement()], catalog()))
    assert str(crash.value) == (
        "审核关系 X99（试验）运行出错（KeyError），本次检查已停止。"
        "这是程序的问题，不是填报单位的问题。请把这句话和收到的文件交给程序维护人员。"
    )
    assert isinstance(crash.value.__cause__, KeyError)


def test_a_missing_parameter_says_so_itself():
    def asking(book):
        yield from book.where(book.threshold("no_such_parameter") > 0)

    with pytest.raises(PolicyUndefined, match="no_such_parameter"):
        run([rule_of(asking)], books([statement()], catalog()))


def test_words_from_a_file_are_never_a_template():
    sent = table({area: COUNTY for area in TEN} | {"unknown:{unit}{0}": COUNTY})
    (finding,) = check([sent], catalog())
    assert finding.message.startswith("“{unit}{0}”不是登记的县区")


def test_a_code_is_taken_once_for_the_same_months():
    kept = list(RULES)
    try:
        words = {"level": 1, "title": "试验", "subject": "试验", "source": "试验", "reads": ("M01",)}
        words["breaks"] = {"wrong": hard("错")}
        rule("X98", until=Month(2018, 3), **words)(at_outstanding)
        rule("X98", since=Month(2018, 4), **words)(at_outstanding)
        with pytest.raises(ValueError, match="X98"):
            rule("X98", since=Month(2018, 1), until=Month(2018, 2), **words)(at_outstanding)
    finally:
        RULES[:] = kept


def test_nothing_to_check():
    assert check([], catalog()) == []


def test_the_room_opens_without_pandas():
    code = "import sys, pipeline.validate; sys.exit(bool({'pandas', 'pandera', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
