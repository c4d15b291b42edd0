"""Words in whole runs: Q01-1 to Q01-3 come and go with whatever they look at, in whichever order it arrives."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from pipeline.jobs import monthly
from tests.jobs.inprocess import asked, run
from tests.jobs.sample import AS_OF, SAMPLE, changed_copy
from tests.jobs.test_runlog import lines

UNIT, NAME = "rcb-shiquan", "石泉农商银行"
STATEMENT = SAMPLE / "2018-03" / "石泉农商银行2018年3月.xlsx"
SAME = "与上月相同"


def written(folder: Path, month: int, texts: dict[str, str], name: str = "") -> Path:
    """A measures form in Excel, as a bank fills it in."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "措施"
    sheet.append(["金融机构扶贫工作措施表"])
    sheet.append([f"填报单位：{NAME}", f"报告期：2018年{month}月"])
    sheet.append(["指标名称", "内容"])
    for label, text in texts.items():
        sheet.append([label, text])
    path = folder / "inbox" / (name or f"石泉措施{month}月.xlsx")
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def rated() -> int:
    """How many rated households 石泉's statement of March has."""
    rows = openpyxl.load_workbook(STATEMENT).active.iter_rows(values_only=True)
    return next(int(cell) for row in rows if row[0] == "评级户数" for cell in row[3:] if isinstance(cell, int | float))


def findings(capsys, here, rule: str, period: str = "2018-03") -> list[tuple[str, str, str]]:
    """(status, cell, message) of what was found by one rule, ended ones too."""
    told = asked(capsys, "status", period, *here)["data"]["findings"]
    return [(f["status"], f["cell"], f["message"]) for f in told if f["rule"] == rule]


def still(capsys, here, rule: str, period: str = "2018-03") -> list[str]:
    """The states of what one rule still asks."""
    return [state for state, *_ in findings(capsys, here, rule, period) if state != "corrected"]


def claim(households: int) -> dict[str, str]:
    return {"评级授信与入户走访": f"截至3月末，累计评级{households}户。", "联系人": "示例甲 0900-1234567"}


@pytest.fixture
def alone(tmp_path):
    """A workspace in which nothing has come yet."""
    return tmp_path, ("--workspace", tmp_path, "--as-of", AS_OF)


def receive(folder: Path, change=None, name: str = "石泉月报.xlsx") -> None:
    """Put the statement into the inbox; changed: the number of rated households."""
    changed_copy(STATEMENT, folder / "inbox" / name, "评级户数", change or (lambda number: number))


def test_words_first_figures_later(capsys, alone):
    folder, here = alone
    written(folder, 3, claim(rated() + 1))
    run(capsys, "monthly", "2018-03", *here)
    assert findings(capsys, here, "Q01-2") == []
    receive(folder)
    run(capsys, "monthly", "2018-02", *here)
    ((state, cell, message),) = findings(capsys, here, "Q01-2")
    assert (state, cell) == ("open", "B4")
    assert message == (
        f"文件《石泉措施3月.xlsx》工作表“措施”单元格B4：“评级授信与入户走访”写“累计评级{rated() + 1}户”，"
        f"本单位同期月报的“评级授信/评级户数”为{rated()}户，两者不一致。请核对，更正措施表或月报后重新报送；如属实，请说明原因。"
    )


def test_figures_first_words_later_and_corrections_of_either(capsys, workspace, here):
    written(workspace, 3, claim(rated() + 1), "一.xlsx")
    run(capsys, "monthly", "2018-03", *here)
    assert still(capsys, here, "Q01-2") == ["open"]
    receive(workspace, lambda number: number + 1, "月报更正.xlsx")
    run(capsys, "monthly", "2018-03", *here)
    assert findings(capsys, here, "Q01-2")[0][0] == "corrected", "the statement has come to agree"
    receive(workspace, lambda number: number + 2, "月报再更正.xlsx")
    run(capsys, "monthly", "2018-03", *here)
    assert still(capsys, here, "Q01-2") == ["open"], "and to disagree again"
    written(workspace, 3, claim(rated() + 2), "二.xlsx")
    run(capsys, "monthly", "2018-03", *here)
    assert still(capsys, here, "Q01-2") == [], "the words have come to agree"


def test_an_explanation_holds_while_the_quoted_figure_is_the_same(capsys, workspace, here, monkeypatch):
    written(workspace, 3, claim(rated() + 1), "一.xlsx")
    run(capsys, "monthly", "2018-03", *here)
    told = asked(capsys, "status", "2018-03", *here)["data"]["findings"]
    found = next(f for f in told if f["rule"] == "Q01-2")
    assert (found["value"], found["expected"]) == (str(rated() + 1), str(rated()))
    answer = "有一户3月31日评级，系统4月1日才入账。"
    asked(capsys, "explain", found["finding"], "--text", answer, "--by", "示例甲", *here)
    assert still(capsys, here, "Q01-2") == ["explained"]
    receive(workspace, lambda number: number - 1, "月报更正.xlsx")
    written(workspace, 3, claim(rated() + 1) | {"存在问题": "新写的问题。"}, "二.xlsx")
    run(capsys, "monthly", "2018-03", *here)
    assert still(capsys, here, "Q01-2") == ["explained"], "both forms came again, the figure in question did not change"
    monkeypatch.setattr(monthly, "__version__", "0.0.0-next")
    run(capsys, "monthly", "2018-03", *here)
    assert still(capsys, here, "Q01-2") == ["explained"], "read anew from the archive"
    written(workspace, 3, claim(rated() + 5), "三.xlsx")
    run(capsys, "monthly", "2018-03", *here)
    assert still(capsys, here, "Q01-2") == ["open"], "another figure, another answer"


def test_the_month_before_may_come_after(capsys, workspace, here):
    """March repeats February's words and refers to them; February itself comes last, and is taken out again."""
    march = {"组织领导": "成立领导小组。", "制度建设": SAME, "存在问题": "无", "联系人": SAME}
    written(workspace, 3, march)
    run(capsys, "monthly", "2018-03", *here)
    ((_, cell, message),) = findings(capsys, here, "Q01-3")
    assert cell == "B5"
    assert "“制度建设”“联系人”2项写“与上月相同”，但上月（2018年2月）没有采用的" in message
    assert findings(capsys, here, "Q01-1") == [], "nothing to compare with"
    judged = next(line for line in reversed(lines(workspace)) if line["event"] == "judged")
    assert (judged["period"], judged["findings"]["Q01-3"]) == ("2018-03", 1)
    (compared,) = (missed for missed in judged["not_run"] if missed["rules"] == ["Q01-1"])
    assert compared["reason"] == "上月（2018年2月）没有采用的措施表"
    assert UNIT in compared["units"], "which the run log says"
    written(workspace, 2, {"组织领导": "成立 领导小组", "制度建设": "印发办法。", "存在问题": "无", "联系人": "示例甲"})
    run(capsys, "monthly", "2018-01", *here)
    assert still(capsys, here, "Q01-3") == []
    message = next(m for state, _, m in findings(capsys, here, "Q01-1") if state == "open")
    assert "单元格B4：“组织领导”“制度建设”2项的内容与上月（2018年2月）相同，季度末应当更新。" in message
    february = asked(capsys, "status", "2018-02", *here)["data"]["duties"]
    sent = next(d["submission"] for d in february if (d["reporting_unit"], d["form"]) == (UNIT, "Q01"))
    asked(capsys, "withdraw", sent, "--reason", "发错单位", "--by", "示例甲", *here)
    run(capsys, "monthly", "2018-02", *here)
    assert still(capsys, here, "Q01-3") == ["open"]


def test_a_month_further_back_is_looked_at_through_the_one_between(capsys, alone):
    """June says 「与上月相同」, May too, April has words: then April is corrected, and only April was touched."""
    folder, here = alone[0], ("--workspace", alone[0], "--as-of", "2018-07-10")
    written(folder, 6, {"制度建设": SAME, "存在问题": "六月的问题。"})
    written(folder, 5, {"制度建设": SAME, "存在问题": "五月的问题。"})
    run(capsys, "monthly", "2018-06", *here)
    assert (still(capsys, here, "Q01-3", "2018-05"), still(capsys, here, "Q01-3", "2018-06")) == (["open"], ["open"])
    written(folder, 4, {"制度建设": "印发办法。", "存在问题": "四月的问题。"})
    run(capsys, "monthly", "2018-04", *here)
    assert (still(capsys, here, "Q01-3", "2018-05"), still(capsys, here, "Q01-3", "2018-06")) == ([], [])
    assert still(capsys, here, "Q01-1", "2018-06") == ["open"]


def test_no_name_and_no_number_of_a_person_leaves_by_a_finding(capsys, workspace, here):
    hostile = "联系人示例甲（610902198001011234）：截至3月末，累计评级1户，<script>。"
    written(workspace, 3, {"评级授信与入户走访": hostile, "联系人": "示例乙 0900-7654321"})
    run(capsys, "monthly", "2018-03", *here)
    path = workspace / "output" / "2018-03" / "data" / "findings.csv"
    rows = [row for row in csv.DictReader(path.open(encoding="utf-8-sig")) if row["form"] == "Q01"]
    assert "Q01-2" in {row["rule"] for row in rows}
    assert not [
        row for row in rows if any(word in str(row) for word in ("示例甲", "示例乙", "610902198001011234", "<script>"))
    ]
