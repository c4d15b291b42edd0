"""`register export` and `import` from the outside: what an edited register changes from then on, and what it does not."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

import openpyxl
import pytest

from pipeline.errors import StoreError
from pipeline.jobs import codebook, register_import
from tests.jobs.inprocess import asked, duty, run
from tests.jobs.registers import (
    BY,
    PERSON,
    edited,
    exported,
    imported,
    journal,
    new_bank,
    other_bank,
    release,
    somebody,
    tenth_always,
    tenth_from_april,
    third_always,
)
from tests.jobs.sample import AS_OF, tree
from tests.jobs.test_runlog import lines
from tests.registers import CONTACTS, DEADLINES, DUTIES, MONTHLY, UNITS, row_of


@pytest.fixture
def book(tmp_path):
    return tmp_path / "登记表.xlsx"


# ------------------------------------------------------------------ nothing new


def test_an_unchanged_register_is_not_taken_in(capsys, here, workspace, book):
    before = journal(workspace)
    path = exported(capsys, here, book)
    told = asked(capsys, "register", "import", path, *BY, *here)
    assert (told["status"], told["exit"], told["data"]["changes"]) == ("unchanged", 0, [])
    assert told["message"] == "《登记表.xlsx》与现在采用的登记表相同，没有需要导入的。"
    assert journal(workspace) == before


def test_nor_one_that_was_saved_again_and_sorted(capsys, here, workspace, book):
    def sorted_by_name(workbook):
        sheet = workbook[UNITS]
        rows = sorted(([cell.value for cell in row] for row in sheet.iter_rows(min_row=3)), key=lambda row: row[1])
        for number, row in enumerate(rows, start=3):
            for col, value in enumerate(row, start=1):
                sheet.cell(number, col).value = value

    told = imported(capsys, here, book, sorted_by_name)
    assert told["status"] == "unchanged"
    assert "registered" not in journal(workspace)


def test_looking_and_trying_leave_an_empty_workspace_empty(capsys, tmp_path):
    folder = tmp_path / "other"
    folder.mkdir()
    here = ("--workspace", folder, "--as-of", AS_OF)
    path = exported(capsys, here, tmp_path / "登记表.xlsx")
    assert asked(capsys, "register", "import", path, *BY, *here)["status"] == "unchanged"
    bad = edited(path, lambda workbook: workbook[UNITS].cell(3, 7, "第一"))
    assert asked(capsys, "register", "import", bad, *BY, *here)["status"] == "refused"
    assert list(folder.iterdir()) == []


# ------------------------------------------------------------------ what changes


def test_a_register_may_be_the_first_thing_that_a_workspace_sees(capsys, tmp_path):
    here = ("--workspace", tmp_path / "other", "--as-of", "2018-05-02")
    assert imported(capsys, here, tmp_path / "登记表.xlsx", new_bank)["data"]["entry"] == 1
    assert duty(asked(capsys, "status", "2018-04", *here), "rcb-new")["state"] == "missing"


def test_from_then_on_every_command_goes_by_it(capsys, here, workspace, book):
    told = imported(capsys, here, book, tenth_from_april)
    assert told["data"]["changes"] == [f"{MONTHLY}：自2018年4月起由8日改为10日（示例办函〔2018〕5号）。"]
    entry = told["data"]["entry"]
    assert told["message"] == (
        f"登记表已导入（记录号 {entry}，可用 undo 撤销），从现在起按它办理。"
        "重新运行 make monthly 后生效于附件；已正式发布的不变。"
    )
    assert journal(workspace)[-1] == "registered"
    march, april = (asked(capsys, "status", month, *here) for month in ("2018-03", "2018-04"))
    assert (duty(march, "abc")["due"], duty(april, "abc")["due"]) == ("2018-04-08", "2018-05-10")
    again = openpyxl.load_workbook(exported(capsys, here, book))
    sheet = again[DEADLINES]
    row = row_of(sheet, MONTHLY, 10, "2018-04")
    assert sheet.cell(row, 5).value == "示例办函〔2018〕5号"


def test_what_is_told_is_told_in_lines_too(capsys, here, book):
    path = edited(exported(capsys, here, book), new_bank)
    code, out, err = run(capsys, "register", "import", path, *BY, *here)
    assert (code, err) == (0, "")
    first, last = out.splitlines()
    assert first == "新增填报单位：示例农商银行（rcb-new），M01必报（2018年4月起）。"
    assert last.startswith("登记表已导入（记录号 ")


def test_lateness_is_told_by_the_new_deadline(capsys, here, workspace, book):
    """汉阴 sent its county return of March on 5 April: in time by the 8th, two days late by the 3rd."""
    asked(capsys, "monthly", "2018-03", *here)
    assert release(workspace)["gaps"]["late"] == []
    imported(capsys, here, book, third_always)
    told = asked(capsys, "monthly", "2018-03", *here)
    assert told["data"]["releases"][0]["new"]
    late = {(one["reporting_unit"], one["form"]): one["days"] for one in release(workspace)["gaps"]["late"]}
    assert late["fin-hanyin", "C01"] == 2
    assert ("abc", "M01") not in late, "that came on the 3rd"
    *_, looked = [line for line in lines(workspace) if line["event"] == "inbox"]
    assert looked["derived_again"], "what was received was read by the new register"


def test_a_new_unit_owes_and_its_file_is_known(capsys, workspace, book):
    here = ("--workspace", workspace, "--as-of", "2018-05-02")
    imported(capsys, here, book, new_bank)
    told = asked(capsys, "status", "2018-04", *here)
    assert duty(told, "rcb-new")["name"] == "示例农商银行"
    assert "rcb-new" not in {d["reporting_unit"] for d in asked(capsys, "status", "2018-03", *here)["data"]["duties"]}


def statement_of_another_bank(inbox: Path) -> None:
    """What 石泉农商银行 sent, as if the new bank had sent it."""
    book = openpyxl.load_workbook(inbox / "石泉农商银行2018年3月.xlsx")
    for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
        cell.value = cell.value.replace("石泉农商银行", "示例银行安康分行")
    book.save(inbox / "示例银行安康分行2018年3月.xlsx")


def row_of_others(workspace: Path) -> dict[str, str]:
    """Figure → value of 其他机构 in annex 2."""
    with (workspace / "output/2018-03/data/annex2.csv").open(encoding="utf-8-sig", newline="") as file:
        return {one["figure"]: one["value"] for one in csv.DictReader(file) if one["row"] == "other"}


def test_a_bank_of_no_listed_institution_is_printed_under_other_institutions(capsys, here, workspace, book):
    told = imported(capsys, here, book, other_bank)
    assert told["data"]["changes"] == ["新增填报单位：示例银行安康分行（demo），M01必报（2018年3月起）。"]
    asked(capsys, "monthly", "2018-03", *here)
    assert row_of_others(workspace)["outstanding_amount"] == "", "owed, and not there yet"
    statement_of_another_bank(workspace / "inbox/2018-03")
    told = asked(capsys, "monthly", "2018-03", *here)
    assert duty(told, "demo")["state"] == "in_force"
    assert row_of_others(workspace)["credit_line_households"] == "492", "what 石泉 typed"
    again = openpyxl.load_workbook(exported(capsys, here, book))[UNITS]
    assert again.cell(row_of(again, "demo"), 5).value == "其他：示例银行"
    back = imported(capsys, here, book, lambda w: w[UNITS].cell(row_of(w[UNITS], "demo"), 5, "邮储银行"))
    assert back["data"]["changes"] == ["示例银行安康分行的机构由示例银行改为邮储银行。"]


def test_a_unit_that_stops_owes_no_more(capsys, here, book):
    def stopped(workbook):
        sheet = workbook[DUTIES]
        sheet.cell(row_of(sheet, "psbc", "邮储银行安康市分行", "M01 金融扶贫小额贷款统计表"), 6).value = "2018-02"

    told = imported(capsys, here, book, stopped)
    assert told["data"]["changes"] == ["邮储银行安康市分行的M01停报：报到2018年2月为止。"]
    owing = {(d["reporting_unit"], d["form"]) for d in asked(capsys, "status", "2018-03", *here)["data"]["duties"]}
    assert ("psbc", "M01") not in owing
    assert ("psbc", "Q01") in owing


def test_a_renamed_unit_is_called_so_from_that_month_on(capsys, here, book):
    def renamed(workbook):
        sheet = workbook[UNITS]
        sheet.cell(row_of(sheet, "abc"), 4).value = "2018-02"
        sheet.append(["abc", "示例农业银行", "2018-03"])

    told = imported(capsys, here, book, renamed)
    assert told["data"]["changes"] == [
        "农业银行安康分行（abc）的名称改为：农业银行安康分行（至2018年2月）、示例农业银行（2018年3月起）。"
    ]
    names = {m: duty(asked(capsys, "status", m, *here), "abc")["name"] for m in ("2018-02", "2018-03")}
    assert names == {"2018-02": "农业银行安康分行", "2018-03": "示例农业银行"}


def test_the_codebook_of_the_workspace_has_its_register(capsys, here, workspace, book):
    imported(capsys, here, book, tenth_from_april)
    for month, day in (("2018-03", "8"), ("2018-04", "10")):
        assert codebook.main([month, str(workspace)]) == 0
        rows = openpyxl.load_workbook(workspace / "output/codebook/指标手册.xlsx")["政策参数"].iter_rows(
            values_only=True
        )
        assert [row[1] for row in rows if "monthly_deadline_day" in row] == [day]


# ------------------------------------------------------------------ time, undoing


def test_before_the_import_nobody_knew_of_it(capsys, workspace, book):
    later = ("--workspace", workspace, "--as-of", "2018-04-12")
    imported(capsys, later, book, tenth_always)
    for day, due in ((AS_OF, "2018-04-08"), ("2018-04-12", "2018-04-10")):
        told = asked(capsys, "status", "2018-03", "--workspace", workspace, "--as-of", day)
        assert duty(told, "abc")["due"] == due
    told = asked(capsys, "register", "import", book, *BY, "--workspace", workspace, "--as-of", AS_OF)
    assert told["exit"] == 2
    assert "早于库中最后一条记录" in told["message"]


def test_an_import_can_be_taken_back_and_made_again(capsys, here, workspace, book):
    first = imported(capsys, here, book, tenth_always)["data"]["entry"]
    second = imported(capsys, here, book, somebody)["data"]["entry"]
    undo = ("--reason", "导错了", "--by", "示例甲", *here)
    assert asked(capsys, "undo", second, *undo)["exit"] == 0
    assert duty(asked(capsys, "status", "2018-03", *here), "abc")["due"] == "2018-04-10", "the one before counts"
    undone = asked(capsys, "undo", first, *undo)["data"]["entry"]
    assert duty(asked(capsys, "status", "2018-03", *here), "abc")["due"] == "2018-04-08", "the profile's own counts"
    asked(capsys, "undo", undone, *undo)
    assert duty(asked(capsys, "status", "2018-03", *here), "abc")["due"] == "2018-04-10"
    told = asked(capsys, "undo", 999, *undo)
    assert told["message"] == (
        "记录 999 不是可以撤销的决定。记录号是 explain、accept、withdraw、extend、import-history、"
        "register import 执行后显示的编号。"
    )


def test_a_register_is_one_profiles(capsys, here, book, workspace):
    imported(capsys, here, book, tenth_always)
    with sqlite3.connect(workspace / "store/store.sqlite") as raw:
        ((body,),) = raw.execute("select body from journal where kind = 'registered'")
    assert json.loads(body)["profile"] == "ankang"


# ------------------------------------------------------------------ releases


def test_a_contact_makes_no_release_anew_and_derives_nothing_again(capsys, here, workspace, book):
    asked(capsys, "monthly", "2018-03", *here)
    before = tree(workspace / "output")
    told = imported(capsys, here, book, somebody)
    assert told["data"]["changes"] == ["联系人有变动：农业银行安康分行。"]
    again = asked(capsys, "monthly", "2018-03", *here)
    assert not again["data"]["releases"][0]["new"]
    assert tree(workspace / "output") == before
    assert not [line for line in lines(workspace) if line["event"] == "inbox"][-1]["derived_again"]


def test_a_final_release_is_not_touched_and_comes_back_as_it_was(capsys, tmp_path, book):
    """Renamed since, and a product lost: it is made again as it was known then."""
    from tests.jobs.sample import inbox_of

    folder = tmp_path / "other"
    inbox_of(folder, "2017-01")
    here = ("--workspace", folder, "--as-of", "2017-02-11")
    assert asked(capsys, "monthly", "2017-01", "--final", *here)["status"] == "final"
    before = tree(folder / "output/2017-01")

    def renamed(workbook):
        sheet = workbook[UNITS]
        row = row_of(sheet, "abc")
        sheet.cell(row, 8).value = f"{sheet.cell(row, 8).value}、{sheet.cell(row, 2).value}"
        sheet.cell(row, 2).value = "示例农业银行"

    imported(capsys, here, book, renamed)
    asked(capsys, "monthly", "2017-01", *here)
    assert tree(folder / "output/2017-01") == before
    lost = next((folder / "output/2017-01/data").glob("observations.csv"))
    lost.unlink()
    asked(capsys, "monthly", "2017-01", *here)
    assert tree(folder / "output/2017-01") == before


# ------------------------------------------------------------------ whole or not at all


def test_a_kill_in_the_midst_leaves_nothing(capsys, here, workspace, book, monkeypatch):
    from pipeline.jobs import receive
    from tests.registers import TARGETS

    def more(workbook):
        tenth_always(workbook)
        workbook[TARGETS]["B5"] = 4000

    path = edited(exported(capsys, here, book), more)
    before, archive = journal(workspace), tree(workspace / "store/archive")

    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(receive, "record_derived", killed)
    code, _, _ = run(capsys, "register", "import", path, *BY, *here)
    assert code == 2
    assert journal(workspace) == before
    monkeypatch.undo()
    told = asked(capsys, "register", "import", path, *BY, *here)
    assert told["status"] == "registered"
    assert journal(workspace) == [*before, "registered", "received"]
    assert len(tree(workspace / "store/archive")) == len(archive) + 1


def test_the_bytes_are_kept(capsys, here, workspace, book):
    path = edited(exported(capsys, here, book), tenth_always)
    told = asked(capsys, "register", "import", path, *BY, *here)
    digest = told["data"]["sha256"]
    assert (workspace / f"store/archive/{digest[:2]}/{digest}").read_bytes() == path.read_bytes()


# ------------------------------------------------------------------ nobody's name


def test_contacts_are_seen_nowhere_but_in_the_workbook(capsys, here, workspace, book):
    told = imported(capsys, here, book, somebody)
    said = json.dumps(told, ensure_ascii=False)
    path = edited(exported(capsys, here, book), lambda workbook: workbook[CONTACTS].append(["x", *PERSON]))
    refused = run(capsys, "register", "import", path, *BY, *here)
    said += "".join(map(str, refused))
    for words in (
        ("monthly", "2018-03"),
        ("status", "2018-03"),
        ("undo", told["data"]["entry"], "--reason", "改", *BY),
    ):
        said += "".join(map(str, run(capsys, *words, *here)))
        said += "".join(map(str, run(capsys, *words, *here, "--json")))
    shown = said.encode() + b"".join(tree(workspace / "output/2018-03").values())
    shown += b"".join(tree(workspace / "store/logs").values())
    for words in PERSON:
        assert words.encode() not in shown
    for path in (workspace / "output").rglob("*.xlsx"):
        cells = [str(cell.value) for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
        assert not set(cells) & set(PERSON)


def test_contacts_come_back_in_the_next_export(capsys, here, book):
    imported(capsys, here, book, somebody)
    sheet = openpyxl.load_workbook(exported(capsys, here, book))[CONTACTS]
    assert [cell.value for cell in sheet[3]] == ["abc", "农业银行安康分行", *PERSON]


def test_the_run_log_knows_what_happened_and_nobody(capsys, here, workspace, book):
    asked(capsys, "register", "import", edited(exported(capsys, here, book), somebody, "王五的表.xlsx"), *BY, *here)
    told = [line for line in lines(workspace) if line["command"] == "register"]
    assert [line["event"] for line in told] == ["start", "exported", "end", "start", "registered", "end"]
    assert "王五" not in json.dumps(told, ensure_ascii=False)
    assert "示例" not in json.dumps(told, ensure_ascii=False)


# ------------------------------------------------------------------ the store's own troubles


def test_a_store_that_cannot_be_written_is_told(capsys, here, workspace, book, monkeypatch):
    path = edited(exported(capsys, here, book), tenth_always)

    def full(*_, **__):
        raise StoreError("磁盘空间不足，没有写入，已存数据完好。请清理磁盘后重新运行。")

    monkeypatch.setattr(register_import.journal, "append", full)
    code, _, err = run(capsys, "register", "import", path, *BY, *here)
    assert (code, err) == (3, "磁盘空间不足，没有写入，已存数据完好。请清理磁盘后重新运行。\n")


def test_a_register_that_no_longer_fits_can_still_be_undone(capsys, here, workspace, book, tmp_path):
    """A form that the register speaks of is gone after an update: nothing runs but undo, and it says so."""
    entry = imported(capsys, here, book, tenth_always)["data"]["entry"]
    with sqlite3.connect(workspace / "store/store.sqlite") as raw:
        raw.execute("drop trigger journal_is_never_changed")
        raw.execute("update journal set body = replace(body, '\"M01\"', '\"M99\"') where kind = 'registered'")
    told = asked(capsys, "status", "2018-03", *here)
    assert told["exit"] == 3
    assert told["message"] == (
        f"已导入的登记表（记录号 {entry}）与程序现在的定义不符："
        "填报单位 rcb-hanbin 应报的报表“M99”没有定义，请从下拉列表中选择。"
        f"请用 undo {entry} 撤销它，再用 register export 导出、改好后重新导入。"
    )
    assert asked(capsys, "undo", entry, "--reason", "程序已更新", *BY, *here)["exit"] == 0
    assert asked(capsys, "status", "2018-03", *here)["exit"] == 1
