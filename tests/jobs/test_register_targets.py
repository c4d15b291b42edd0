"""The targets in a register workbook: form T01 of the office, checked as ever, recorded only where they are other."""

from __future__ import annotations

import csv
import json

import openpyxl
import pytest

from tests.jobs.inprocess import asked, duty
from tests.jobs.registers import BY, edited, exported, imported, journal, tenth_from_april
from tests.jobs.sample import AS_OF, tree
from tests.registers import TARGETS, UNITS, row_of

HANBIN = 5
"""The row of 汉滨区; column B is 农商银行's amount, C its households."""


@pytest.fixture
def book(tmp_path):
    return tmp_path / "登记表.xlsx"


def more(workbook):
    """30 万元 more for 农商银行 in 汉滨区; the total is a formula."""
    workbook[TARGETS].cell(HANBIN, 2).value += 30


def problems(told) -> list[tuple[str, str, str]]:
    assert told["status"] == "refused"
    return [(one["sheet"], one["cell"], one["message"]) for one in told["data"]["problems"]]


def target(workspace, figure="target_amount", annex=3, row="hanbin") -> str:
    path = workspace / f"output/2018-03/data/annex{annex}.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return next(line["value"] for line in csv.DictReader(lines) if (line["row"], line["figure"]) == (row, figure))


def test_the_targets_in_force_stand_in_the_workbook(capsys, here, book):
    sheet = openpyxl.load_workbook(exported(capsys, here, book))[TARGETS]
    assert [cell.value for cell in sheet[HANBIN]] == ["汉滨区", 3970, 1302, 1350, 441, 1130, 369]
    assert "示例数据" in sheet["A16"].value


def test_other_targets_become_a_submission_of_the_office(capsys, here, workspace, book):
    path = edited(exported(capsys, here, book), more)
    before = journal(workspace)
    told = asked(capsys, "register", "import", path, *BY, *here)
    assert told["data"]["changes"] == ["2018年度任务：汉滨区农商银行目标金额由3970.00万元改为4000.00万元。"]
    assert told["data"]["entry"] is None, "units and deadlines are the same"
    assert journal(workspace) == [*before, "received"]
    assert told["message"] == (
        f"年度任务已作为报送 {told['data']['submission']} 入库（可用 withdraw 撤出）。"
        "重新运行 make monthly 后生效于附件；已正式发布的不变。"
    )
    asked(capsys, "monthly", "2018-03", *here)
    assert target(workspace) == "40000000.00"
    (targets,) = [one for one in json_of(workspace)["inputs"] if one["form"] == "T01"]
    assert (targets["submission"], targets["file"], targets["sheet"], targets["sha256"]) == (
        told["data"]["submission"],
        "登记表.xlsx",
        "年度任务",
        told["data"]["sha256"],
    )
    with (workspace / "output/2018-03/data/observations.csv").open(encoding="utf-8-sig", newline="") as lines:
        found = [one for one in csv.DictReader(lines) if one["form"] == "T01"]
    cells = {(one["institution"], one["area"], one["indicator"]): one["cell"] for one in found}
    assert cells["rcb", "hanbin", "target_amount"] == "B5"
    assert len(found) == 60


def json_of(workspace):
    return json.loads((workspace / "output/2018-03/release.json").read_text("utf-8"))


def test_the_same_targets_become_none(capsys, here, workspace, book):
    told = imported(capsys, here, book, tenth_from_april)
    assert told["data"]["submission"] is None
    assert journal(workspace)[-1] == "registered"
    assert asked(capsys, "register", "import", exported(capsys, here, book), *BY, *here)["status"] == "unchanged"


def test_both_may_come_at_once(capsys, here, workspace, book):
    def both(workbook):
        more(workbook)
        tenth_from_april(workbook)

    told = imported(capsys, here, book, both)
    assert len(told["data"]["changes"]) == 2
    assert journal(workspace)[-2:] == ["registered", "received"]
    asked(capsys, "monthly", "2018-03", *here)
    assert target(workspace) == "40000000.00", "also after everything was read by the new register"


def test_they_can_be_taken_back(capsys, here, workspace, book):
    told = imported(capsys, here, book, more)
    words = ("withdraw", told["data"]["submission"], "--reason", "改错了", *BY, *here)
    assert asked(capsys, *words)["exit"] == 0
    asked(capsys, "monthly", "2018-03", *here)
    assert target(workspace) == "39700000.00"


def test_next_years_targets_are_next_years(capsys, here, workspace, book):
    def next_year(workbook):
        sheet = workbook[TARGETS]
        sheet["A1"] = sheet["A1"].value.replace("2018", "2019")
        for row in range(HANBIN, 15):
            for col in range(2, 8):
                sheet.cell(row, col).value = 100

    told = imported(capsys, here, book, next_year)
    assert told["data"]["changes"] == ["2019年度任务：新下达60个数。"]
    asked(capsys, "monthly", "2018-03", *here)
    assert target(workspace) == "39700000.00"
    later = ("--workspace", workspace, "--as-of", "2019-02-20")
    assert duty(asked(capsys, "status", "2019-01", *later), "office", "T01")["state"] == "in_force"


def test_targets_that_were_never_set_may_stay_blank(capsys, tmp_path, book):
    here = ("--workspace", tmp_path / "other", "--as-of", AS_OF)
    told = imported(capsys, here, book, tenth_from_april)
    assert (told["status"], told["data"]["submission"]) == ("registered", None)


def test_the_first_file_of_a_workspace_may_be_a_register(capsys, tmp_path, book):
    folder = tmp_path / "other"
    here = ("--workspace", folder, "--as-of", AS_OF)

    def all_hundred(workbook):
        for row in range(HANBIN, 15):
            for col in range(2, 8):
                workbook[TARGETS].cell(row, col).value = 100

    assert imported(capsys, here, book, all_hundred)["data"]["submission"]
    (folder / "inbox").mkdir()
    told = asked(capsys, "monthly", "2018-03", *here)
    assert told["exit"] == 3
    assert duty(asked(capsys, "status", "2018-03", *here), "office", "T01")["state"] == "in_force"


# ------------------------------------------------------------------ what is wrong with them


def test_a_wrong_total_is_told(capsys, here, workspace, book):
    def typed(workbook):
        workbook[TARGETS]["B15"] = 1

    before = tree(workspace / "store/archive"), journal(workspace)
    ((sheet, cell, message),) = problems(imported(capsys, here, book, typed))
    assert (sheet, cell) == (TARGETS, "B15")
    assert "合计" in message
    assert (tree(workspace / "store/archive"), journal(workspace)) == before


@pytest.mark.parametrize(
    ("why", "address", "value", "message"),
    [
        ("below zero", "B5", -1, "汉滨区“农商银行/目标金额”为-1.00万元，不能是负数。请核对，改正后重新导入。"),
        ("blank", "B5", None, "汉滨区的“农商银行/目标金额”空白。空白不等于0：请补填后重新导入，没有任务的填0。"),
        ("half a household", "C5", 1.5, "“农商银行 目标户数”的内容“1.5”无法确定读法：户数、笔数应为整数。请核对是否填错栏，改正后重新导入。"),
        ("no county", "A5", "天水市", "“天水市”不是登记的县区，这一行没有计入；应报的汉滨区却没有，疑似名称写错。请改用规范的县区名称，或删去这一行后重新导入。"),
    ],
)  # fmt: skip
def test_targets_are_checked_as_ever(capsys, here, book, why, address, value, message):
    def wrong(workbook):
        workbook[TARGETS][address] = value

    assert message in [said for _, _, said in problems(imported(capsys, here, book, wrong))]


def test_targets_are_checked_together_with_the_rest(capsys, here, book):
    def wrong(workbook):
        workbook[TARGETS]["B5"] = -1
        workbook[UNITS].cell(row_of(workbook[UNITS], "abc"), 7).value = None

    found = [(sheet, cell) for sheet, cell, _ in problems(imported(capsys, here, book, wrong))]
    assert found == [(UNITS, "G18"), (TARGETS, "B5")]


def test_targets_in_force_are_not_blanked_out(capsys, here, book):
    def blank(workbook):
        for row in range(HANBIN, 15):
            for col in range(2, 8):
                workbook[TARGETS].cell(row, col).value = None

    assert problems(imported(capsys, here, book, blank)) == [
        (TARGETS, "", "2018年度任务全部空白，而库中已有。请重新导出；确要撤出的，请用 withdraw。")
    ]


def test_hidden_rows_are_refused_and_bring_no_open_question(capsys, here, book):
    def hidden(workbook):
        workbook[TARGETS].row_dimensions[7].hidden = True

    ((sheet, _, message),) = problems(imported(capsys, here, book, hidden))
    assert sheet == TARGETS
    assert message.startswith("有隐藏的行列（第7行）")


def test_the_name_of_the_file_says_nothing_about_the_targets(capsys, here, book):
    path = edited(exported(capsys, here, book), more, "汉滨农商银行2017年新增.xlsx")
    assert asked(capsys, "register", "import", path, *BY, *here)["status"] == "registered"


def test_the_same_file_cannot_bring_its_targets_twice(capsys, here, book):
    first = edited(exported(capsys, here, book), more, "一.xlsx")
    second = edited(book, lambda workbook: [more(workbook), more(workbook)], "二.xlsx")
    for path in (first, second):
        assert asked(capsys, "register", "import", path, *BY, *here)["status"] == "registered"
    assert problems(asked(capsys, "register", "import", first, *BY, *here)) == [
        (
            TARGETS,
            "",
            "这个文件以前已收到过，其中的年度任务不能再次入库。请用 register export 重新导出一份，改好后再导入。",
        )
    ]


def test_of_many_changes_the_first_are_told(capsys, here, book):
    def all_more(workbook):
        for row in range(HANBIN, 15):
            workbook[TARGETS].cell(row, 2).value += 1

    changes = imported(capsys, here, book, all_more)["data"]["changes"]
    assert len(changes) == 6
    assert changes[-1] == "2018年度任务：另有5个数有改动。"


def test_a_register_in_the_inbox_is_told_and_takes_nothing_from_anybody(capsys, here, workspace, book):
    path = edited(exported(capsys, here, book), more)
    path.rename(workspace / "inbox/登记表.xlsx")
    told = asked(capsys, "monthly", "2018-03", *here)
    (received,) = told["data"]["received"]
    assert received["submissions"] == []
    assert [(one["rule"], one["message"]) for one in received["findings"]] == [
        ("F02", "文件《登记表.xlsx》：这是登记表，不是报表，没有读取。请用 register import 导入，并移出收件文件夹。")
    ]
    assert target(workspace) == "39700000.00"
