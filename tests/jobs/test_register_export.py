"""`register export`: where the workbook goes, what it never overwrites, and what it knows at its clock."""

from __future__ import annotations

import openpyxl
import pytest

from tests.jobs.inprocess import asked, run
from tests.jobs.registers import BY, edited, imported, somebody
from tests.jobs.sample import tree
from tests.registers import CONTACTS, TARGETS


@pytest.fixture
def book(tmp_path):
    return tmp_path / "登记表.xlsx"


def test_it_lies_in_output_unless_told_otherwise(capsys, here, workspace, tmp_path):
    told = asked(capsys, "register", "export", *here)
    path = workspace / "output/登记表.xlsx"
    assert told["data"] == {
        "action": "export",
        "path": str(path),
        "reporting_units": 27,
        "targets_of": 2018,
        "kept": None,
    }
    assert told["message"] == (
        f"登记表（27家填报单位）已写到 {path}。在 Excel 中改好保存后，用 register import 导入才生效；内有联系方式，请勿外发。"
    )
    for words in (("--out", tmp_path / "a/b/一.xlsx"), (tmp_path / "二.xlsx",)):
        assert run(capsys, "register", "export", *words, *here)[0] == 0
        assert words[-1].read_bytes() == path.read_bytes(), "the same register, the same bytes"


def test_an_edited_workbook_is_renamed_and_not_lost(capsys, here, workspace):
    asked(capsys, "register", "export", *here)
    path = workspace / "output/登记表.xlsx"
    edited(path, somebody, "登记表.xlsx")
    mine = path.read_bytes()
    told = asked(capsys, "register", "export", *here)
    kept = workspace / "output/登记表-上一份.xlsx"
    assert told["data"]["kept"] == str(kept)
    assert "原来的一份改名为 登记表-上一份.xlsx。" in told["message"]
    assert kept.read_bytes() == mine
    assert path.read_bytes() != mine


def test_the_same_workbook_again_is_no_other(capsys, here, workspace):
    asked(capsys, "register", "export", *here)
    before = tree(workspace / "output")
    assert asked(capsys, "register", "export", *here)["data"]["kept"] is None
    assert tree(workspace / "output") == before


def test_a_workbook_that_cannot_be_written_is_told(capsys, here, workspace):
    path = workspace / "output/登记表.xlsx"
    path.mkdir()
    (path / "占位").write_text("x")
    before = tree(workspace)
    code, _, err = run(capsys, "register", "export", *here)
    assert code == 3
    assert err == (
        f"不能写入 {path}：这是文件夹，不是文件。请先关闭正在打开的登记表（Excel 或 WPS），检查磁盘空间和权限后重新运行。\n"
    )
    left = {name: data for name, data in tree(workspace).items() if not name.startswith("store/logs/")}
    assert left == {name: data for name, data in before.items() if not name.startswith("store/logs/")}


def test_it_knows_what_was_known_on_its_day(capsys, workspace, here, book):
    later = ("--workspace", workspace, "--as-of", "2018-04-12")
    imported(capsys, later, book, somebody)
    for words, people in ((here, 0), (later, 1)):
        asked(capsys, "register", "export", book, *words)
        assert openpyxl.load_workbook(book)[CONTACTS].max_row == 2 + people


def test_the_year_of_its_targets_is_its_days(capsys, workspace, book):
    asked(capsys, "register", "export", book, "--workspace", workspace, "--as-of", "2019-01-05")
    sheet = openpyxl.load_workbook(book)[TARGETS]
    assert sheet["A1"].value.startswith("安康市2019年度")
    assert sheet["B5"].value is None


def test_extensions_that_count_are_listed(capsys, here, book):
    words = ("--reason", "系统升级", *BY, *here)
    first = asked(capsys, "extend", "abc", "2018-03", "2018-04-12", *words)["data"]["entry"]
    second = asked(capsys, "extend", "office", "2018", "2018-03-31", *words)["data"]["entry"]
    third = asked(capsys, "extend", "psbc", "2018-03", "2018-04-12", *words)["data"]["entry"]
    asked(capsys, "undo", third, *words)
    asked(capsys, "register", "export", book, *here)
    sheet = openpyxl.load_workbook(book)["已延期"]
    assert list(sheet.iter_rows(min_row=3, values_only=True)) == [
        ("农业银行安康分行", "2018年3月", "2018-04-08", "2018-04-12", "系统升级", first),
        ("安康市金融工作办公室", "2018年度", "2018-02-08", "2018-03-31", "系统升级", second),
    ]
    assert asked(capsys, "register", "import", book, *BY, *here)["status"] == "unchanged"


def test_a_workspace_without_a_store_has_the_profiles_register(capsys, tmp_path):
    folder = tmp_path / "other"
    told = asked(capsys, "register", "export", "--workspace", folder, "--as-of", "2018-04-10")
    assert told["status"] == "exported"
    assert list(tree(folder)) == ["output/登记表.xlsx"]
