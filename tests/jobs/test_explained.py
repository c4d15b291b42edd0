"""Explanations under the annexes that print the figure, and nowhere else; no person's name or number among them."""

from __future__ import annotations

import openpyxl
import pytest

from tests.jobs.inprocess import asked

WHY = "紫阳县有三户产业大户按担保方式各发放八万元"


def explained(capsys, here, text):
    (finding,) = asked(capsys, "monthly", "2018-03", *here)["data"]["releases"][0]["unexplained"]
    asked(capsys, "explain", finding["finding"], "--text", text, "--by", "示例甲", *here)
    asked(capsys, "monthly", "2018-03", *here)


def notes(workspace, annex):
    (file,) = (workspace / "output" / "2018-03").glob(f"附件{annex} *.xlsx")
    cells = [c.value for r in openpyxl.load_workbook(file).active.iter_rows() for c in r]
    return [value for value in cells if isinstance(value, str) and "核实说明：" in value]


def test_it_stands_under_the_annexes_of_its_figure(capsys, workspace, here):
    explained(capsys, here, WHY + "。")
    told = f"核实说明：农业银行安康分行紫阳县“发放情况/本月/金额”——{WHY}。"
    assert [len(notes(workspace, annex)) for annex in (2, 3, 4, 5)] == [1, 0, 0, 1]
    assert all(told in note for annex in (2, 5) for note in notes(workspace, annex))
    assert "示例甲" not in "".join(notes(workspace, 5)), "who said it stands in the journal"
    output = workspace / "output" / "2018-03"
    assert f"{WHY}。（2018-04-10）" in (output / "index.html").read_text("utf-8")
    report = openpyxl.load_workbook(output / "审核报告.xlsx")["问题清单"]
    assert any(f"核实说明：{WHY}。（2018-04-10）" in str(c.value) for r in report.iter_rows() for c in r)
    twin = openpyxl.load_workbook(output / "附件1-5 数据表.xlsx")
    assert any(told in str(c.value) for sheet in twin for r in sheet.iter_rows() for c in r)


@pytest.mark.parametrize(
    ("why", "text", "shown"),
    [
        ("an identity number", "紫阳县大户张某身份证612401199001011234贷款八万元", "612401199001011234"),
        ("ten thousand characters", "紫阳县有三户大户" + "长" * 10_000, "长" * 500),
    ],
)
def test_what_an_annex_must_not_show(capsys, workspace, here, why, text, shown):
    explained(capsys, here, text)
    (note,) = notes(workspace, 5)
    assert shown not in note, why
    assert "紫阳县" in note


def test_hostile_words_stay_words(capsys, workspace, here):
    explained(capsys, here, "紫阳县有三户大户<&>{{7*7}}=cmd|x!A1各发放八万元")
    (note,) = notes(workspace, 5)
    assert "<&>{{7*7}}=cmd|x!A1" in note
    page = (workspace / "output" / "2018-03" / "index.html").read_text("utf-8")
    assert "&lt;&amp;&gt;{{7*7}}=cmd|x!A1" in page
