"""`import-history` refuses a file whole, says where and why, and keeps what it prints harmless."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.jobs.histories import DAY, file, journal, notes, rows
from tests.jobs.inprocess import asked, run


@pytest.fixture
def workspace(january, tmp_path):
    return Path(shutil.copytree(january, tmp_path / "ws"))


@pytest.fixture
def here(workspace):
    return ("--workspace", workspace, "--as-of", DAY)


def test_a_file_with_one_problem_leaves_no_trace(capsys, tmp_path):
    bad = rows("2016-12")
    bad[3][5] = None
    folder = tmp_path / "empty"
    folder.mkdir()
    where = ("--workspace", folder, "--as-of", DAY)
    told = asked(capsys, "import-history", file(tmp_path, *bad), *where)
    assert (told["exit"], told["status"], told["data"]["figures"]) == (3, "refused", 0)
    assert [(p["sheet"], p["cell"]) for p in told["data"]["problems"]] == [("表", "F5")]
    assert list(folder.iterdir()) == []
    code, out, _ = run(capsys, "import-history", tmp_path / "历史.xlsx", *where)
    assert code == 3
    first, last = out.strip().splitlines()
    assert first.startswith("文件《历史.xlsx》工作表“表”单元格F5：没有写来源。")
    assert last == "《历史.xlsx》有1处问题，一个数字也没有补录。请改正后重新运行 import-history。"


def test_the_first_fifty_problems_are_shown_and_the_rest_counted(capsys, here, workspace, tmp_path):
    bad = [[line[0], "某银行", *line[2:]] for line in rows("2016-01", "2016-12", "2015-12")]
    before = journal(workspace)
    code, out, _ = run(capsys, "import-history", file(tmp_path, *bad), *here)
    lines = out.strip().splitlines()
    assert code == 3
    assert len(lines) == 52
    assert lines[50] == "……另有10处。"
    assert "有60处问题" in lines[51]
    assert journal(workspace) == before
    assert len(asked(capsys, "import-history", tmp_path / "历史.xlsx", *here)["data"]["problems"]) == 60


def test_a_file_that_is_not_there_is_wrong_usage(capsys, here, tmp_path):
    told = asked(capsys, "import-history", tmp_path / "无.xlsx", *here)
    assert told["exit"] == 2
    assert "文件或文件夹不存在" in told["message"]


def test_hostile_and_foreign_files_are_refused_in_one_sentence(capsys, here, workspace, tmp_path):
    for name, data in (("a.xlsx", b"PK\x03\x04" + b"\0" * 50), ("b.csv", b"\xff\xd8\xff\0"), ("c.xlsx", b"")):
        path = tmp_path / name
        path.write_bytes(data)
        code, out, err = run(capsys, "import-history", path, *here)
        assert (code, err) == (3, "")
        assert f"《{name}》" in out
    assert "imported" not in journal(workspace)


def test_a_machine_made_file_says_that_it_was_taken_as_yuan(capsys, here, tmp_path):
    path = tmp_path / "old.csv"
    path.write_text("period,unit,area,indicator,value,source\n2016-12,abc,hanbin,outstanding_amount,1,old\n", "utf-8")
    code, out, _ = run(capsys, "import-history", path, *here)
    assert code == 0
    assert out.startswith("表头是英文字段名且没有写金额单位，金额按元计。")
    assert "已补录2016年12月、1家、1个数字" in out.splitlines()[-1]


def test_the_source_is_printed_as_text_and_nothing_else(capsys, here, workspace, tmp_path):
    source = '=HYPERLINK("http://example.org")<b>&年报'
    asked(capsys, "import-history", file(tmp_path, *rows("2016-12", source=source)), *here)
    asked(capsys, "monthly", "2017-01", *here)
    assert f"来源：{source}。" in notes(workspace)


def test_the_run_log_names_no_source_and_no_file(capsys, here, workspace, tmp_path):
    asked(capsys, "import-history", file(tmp_path, *rows("2016-12", source="示例甲手抄"), name="示例乙.xlsx"), *here)
    written = "".join(path.read_text("utf-8") for path in (workspace / "store" / "logs").iterdir())
    assert '"event": "imported"' in written
    assert "示例" not in written
