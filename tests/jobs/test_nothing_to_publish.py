"""A month of which nothing can be published is told all the same: the report, the notices, the reminders."""

from __future__ import annotations

import json

import openpyxl

from tests.jobs.inprocess import asked, run
from tests.jobs.sample import AS_OF, inbox_of, tree


def test_what_is_wrong_is_told_although_no_annex_can_be_made(capsys, tmp_path):
    here = ("--workspace", tmp_path, "--as-of", AS_OF)
    inbox_of(tmp_path, "2018-03", only="汉阴")
    told = asked(capsys, "monthly", "2018-03", *here)
    assert (told["exit"], told["status"]) == (3, "nothing")
    assert "汉阴农商银行的报送被退回或未采用。审核报告和退回单已生成" in told["message"]
    output = tmp_path / "output" / "2018-03"
    made = set(tree(output))
    assert {"审核报告.xlsx", "release.json", "催报函/石泉农商银行.docx"} <= made
    assert {name.split("/")[1] for name in made if name.startswith("退回单/")} >= {"汉阴农商银行"}
    assert not [name for name in made if name.startswith(("附件", "index"))]
    listed = (output / "data" / "findings.csv").read_text("utf-8-sig").splitlines()
    assert ["F6302208cb8c1,A13,1,hard,2018-03,M01" in line for line in listed].count(True) == 1
    assert {name for name in made if name.startswith("data/")} == {"data/findings.csv"}
    record = json.loads((output / "release.json").read_text("utf-8"))
    assert (record["release"], record["status"]) == (0, "nothing")
    cells = [c.value for r in openpyxl.load_workbook(output / "审核报告.xlsx").worksheets[0].iter_rows() for c in r]
    assert any("未发布" in str(value) for value in cells)
    again = tree(output)
    run(capsys, "monthly", "2018-03", *here)
    assert tree(output) == again, "nothing has happened"
    inbox_of(tmp_path, "2018-03", only="石泉")
    released = asked(capsys, "monthly", "2018-03", *here)
    assert released["data"]["releases"][0]["release"] == 1
    made = set(tree(output))
    assert "附件3 安康市农商银行小额贷款进展情况统计表.xlsx" in made
    assert "催报函/石泉农商银行.docx" not in made, "what was told before is told anew"
    assert not [name for name in made if name.startswith("v0/")]


def test_of_a_month_of_which_nobody_has_sent_anything_nothing_is_written(capsys, tmp_path):
    (tmp_path / "inbox").mkdir()
    told = asked(capsys, "monthly", "2018-03", "--workspace", tmp_path, "--as-of", AS_OF)
    assert told["exit"] == 3
    assert not (tmp_path / "output" / "2018-03").exists()
