"""Live rules in January, when what is counted since New Year starts anew: each one step beyond what it allows.

By hand, 石泉: 333 loans in December, 13 lent and 7 settled in January are 339, and one of them was written off; a fund
of 304.72 in December and 1.20 paid from it since are 303.52, four half steps are 0.02, a month's interest 3.0472.
"""

from __future__ import annotations

import pytest

from pipeline.cli import main
from pipeline.periods import Month
from tests.jobs.filled_forms import filled
from tests.jobs.live_forms import found_at_home, put, told
from tests.jobs.sample import SAMPLE, inbox_of
from tests.office import convert

YTD, CUM, END, VALUE = 5, 6, 7, 5
FUND, ADDED, PAID = ("风险补偿金余额", VALUE), ("本年新增风险补偿金", VALUE), ("本年代偿金额", VALUE)
STATEMENT = (
    ("right", {}, []),
    ("one was written off, or not", {("期末贷款笔数", END): 339}, []),
    ("a loan too many", {("期末贷款笔数", END): 340}, ["A28"]),
    ("the year was not begun anew", {("结清笔数", YTD): 124}, ["A28"]),
    ("what was lent is wrong itself", {("发放笔数", YTD): 14, ("期末贷款笔数", END): 340}, ["A04"]),
    ("what was ever lent is", {("发放笔数", CUM): 592, ("期末贷款笔数", END): 340}, ["A05"]),
)
RETURN = (
    ("a return as it is", {}, []),
    ("the fund within roundings", {FUND: 303.50}, []),
    ("the fund below", {FUND: 303.49}, ["C01-8"]),
    ("the fund with interest", {FUND: 306.58}, []),
    ("the fund above", {FUND: 306.59}, ["C01-8"]),
    ("what was added was not begun anew", {ADDED: 11}, ["C01-8"]),
    ("a year is not held against the last", {PAID: 0.29, FUND: 304.43}, []),
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("january")
    inbox_of(folder, "2017-12", only="石泉")
    for words in (("monthly", "2017-12", "--as-of", "2018-01-20"), ("forms", "2018-01", "--as-of", "2018-02-01")):
        with pytest.raises(SystemExit):
            main.main([*words, "--workspace", str(folder)])
    return folder


@pytest.fixture(scope="module")
def calculated(workspace, tmp_path_factory):
    folder, made = tmp_path_factory.mktemp("cases"), {}
    for own, unit, cases in (
        ("石泉农商银行2018年1月.xlsx", "石泉农商银行/*统计表", STATEMENT),
        ("石泉县金融办2018年1月报表.xlsx", "石泉县金融办/*月报表", RETURN),
    ):
        (blank,) = (workspace / "output" / "2018-01" / "空白表").glob(f"{unit}.xlsx")
        form = filled(SAMPLE / "2018-01" / own, blank, folder / own)
        for name, figures, _ in cases:
            made[name] = put(form, figures, folder / f"{len(made)}.xlsx")
    return dict(zip(made, convert(list(made.values()), "xlsx", folder), strict=True))


@pytest.mark.parametrize(("name", "codes"), [(case[0], case[2]) for case in (*STATEMENT, *RETURN)])
def test_a_rule_fires_one_step_beyond(calculated, name, codes):
    assert [line[0] for line in told(calculated[name])] == codes


def test_live_rules_are_the_rules(calculated, workspace):
    found = found_at_home(calculated, workspace, Month(2018, 1), "2018-02-01")
    live = {name: {line[0] for line in told(path)} for name, path in calculated.items()}
    assert {name: codes for name, codes in live.items() if codes != found[name]} == {}, found
