"""The run log: what was read, decided and written, in what time; and nobody's name."""

import hashlib
import json
import re
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from pipeline.jobs.clock import SHANGHAI, Clock
from pipeline.jobs.runlog import LARGEST, MOST_FILES, RunLog, kept
from pipeline.periods import Month
from tests.jobs.inprocess import run
from tests.jobs.sample import AS_OF, ROOT, SAMPLE, inbox_of

SENDER = "示例"
"""Every invented person of the sample is called so."""


def lines(folder):
    """All lines of a workspace's log."""
    return [
        json.loads(line) for path in sorted(folder.glob("store/logs/*.jsonl")) for line in path.open(encoding="utf-8")
    ]


@pytest.fixture
def workspace(tmp_path):
    inbox_of(tmp_path, "2018-03", only="农商银行")
    return tmp_path


def monthly(capsys, folder):
    return run(capsys, "monthly", "2018-03", "--workspace", folder, "--as-of", AS_OF)


def test_a_run_tells_what_was_read_and_written(workspace, capsys):
    monthly(capsys, workspace)
    told = lines(workspace)
    assert {line["command"] for line in told} == {"monthly"}
    assert len({line["run"] for line in told}) == 1
    assert [told[0]["event"], told[-1]["event"]] == ["start", "end"]
    start, end = told[0], told[-1]
    assert start["as_of"] == "2018-04-10 23:59:59"
    assert {"pipeline", "python", "schemas"} <= start["versions"].keys()
    received = [line for line in told if line["event"] == "received"]
    assert len(received) == len(list((workspace / "inbox/2018-03").glob("*农商银行*")))
    one = next(line for line in received if line["submissions"][0]["unit"] == "rcb-hanbin")
    assert re.fullmatch(r"[0-9a-f]{64}", one["sha256"]) and one["submissions"][0]["period"] == "2018-03"
    (released,) = [line for line in told if line["event"] == "released"]
    assert (released["period"], released["release"], released["status"]) == ("2018-03", 1, "draft")
    assert {"data/observations.csv"} <= released["products"].keys()
    assert end["seconds"]["total"] > 0 and {"读取报表", "审核", "生成附件"} <= end["seconds"].keys()


def test_a_second_run_is_added_below(workspace, capsys):
    monthly(capsys, workspace)
    first = lines(workspace)
    monthly(capsys, workspace)
    both = lines(workspace)
    assert both[: len(first)] == first
    assert len({line["run"] for line in both}) == 2
    assert not [line for line in both[len(first) :] if line["event"] == "received"]


def test_no_person_and_no_file_name_is_in_the_log(workspace, capsys):
    strange = workspace / "inbox/2018-03/张三丰13800000000发来的表.xlsx"
    shutil.copy2(next((SAMPLE / "2018-03").glob("农行*.xlsx")), strange)
    monthly(capsys, workspace)
    told = json.loads(run(capsys, "status", "2018-03", "--workspace", workspace, "--as-of", AS_OF, "--json")[1])
    soft = next(f for f in told["data"]["findings"] if f["severity"] == "soft")
    words = ("--text", "本月王五等三户集中购置农机，贷款额度较高", "--by", "赵六")
    assert run(capsys, "explain", soft["finding"], *words, "--workspace", workspace, "--as-of", AS_OF)[0] == 0
    text = "".join(path.read_text("utf-8") for path in workspace.glob("store/logs/*.jsonl"))
    assert not re.search("张三丰|13800000000|王五|赵六|2018年3月|" + SENDER, text)
    decided = [line for line in lines(workspace) if line["event"] == "decided"]
    assert [(line["command"], line["kind"], line["finding"]) for line in decided] == [
        ("explain", "explained", soft["finding"])
    ]


def test_a_failed_run_is_logged_by_the_kind_of_its_error(workspace, capsys):
    monthly(capsys, workspace)
    shutil.rmtree(workspace / "inbox")
    code, _, _ = monthly(capsys, workspace)
    last = lines(workspace)[-1]
    assert (code, last["event"], last["error"], last["exit"]) == (3, "failed", "InboxError", 3)


def test_a_log_that_cannot_be_written_stops_nothing(workspace, capsys):
    (workspace / "store").mkdir()
    (workspace / "store/logs").write_text("in the way")
    assert monthly(capsys, workspace)[0] == 1


def test_looking_leaves_no_trace(workspace, capsys):
    run(capsys, "status", "2018-03", "--workspace", workspace, "--as-of", AS_OF)
    assert not (workspace / "store").exists()


# ------------------------------------------------------------------ every command that writes


@pytest.fixture
def sold(workspace, capsys):
    """A workspace in which something was received, released, and can be decided."""
    monthly(capsys, workspace)
    return workspace


WHERE = ("--by", "钱七", "--reason", "孙八说发错了13900000000")


def told_of(folder, command):
    return [line for line in lines(folder) if line["command"] == command]


def test_decisions_are_logged_by_what_they_are_about(sold, capsys):
    here = ("--workspace", sold, "--as-of", AS_OF)
    submission = next(
        line["submissions"][0]["id"] for line in lines(sold) if line["event"] == "received" and line["submissions"]
    )
    assert run(capsys, "withdraw", submission, *WHERE, *here)[0] == 0
    (decided,) = [line for line in told_of(sold, "withdraw") if line["event"] == "decided"]
    assert (decided["kind"], decided["submission"], decided["period"]) == ("withdrawn", submission, "2018-03")
    assert run(capsys, "undo", decided["entry"], *WHERE, *here)[0] == 0
    (undone,) = [line for line in told_of(sold, "undo") if line["event"] == "decided"]
    assert (undone["kind"], undone["undone"]) == ("undone", decided["entry"])
    text = "".join(path.read_text("utf-8") for path in sold.glob("store/logs/*.jsonl"))
    assert not re.search("钱七|孙八|13900000000|发错", text)


def test_a_decision_that_is_refused_is_logged_without_what_was_said(sold, capsys):
    code, _, _ = run(capsys, "withdraw", "Sffffffffffff", *WHERE, "--workspace", sold, "--as-of", AS_OF)
    last = lines(sold)[-1]
    assert (code, last["command"], last["event"], last["error"], last["exit"]) == (
        2,
        "withdraw",
        "failed",
        "UsageError",
        2,
    )
    assert "孙八" not in json.dumps(lines(sold), ensure_ascii=False)


def test_an_import_is_logged(sold, capsys):
    example = ROOT / "docs" / "history_example.csv"
    assert run(capsys, "import-history", example, "--workspace", sold, "--as-of", AS_OF)[0] == 0
    (imported,) = [line for line in told_of(sold, "import-history") if line["event"] == "imported"]
    assert (imported["figures"], imported["periods"], len(imported["units"])) == (120, ["2016-03", "2016-12"], 12)
    assert imported["sha256"] == hashlib.sha256(example.read_bytes()).hexdigest() and imported["entry"]
    run(capsys, "import-history", example, "--workspace", sold, "--as-of", AS_OF)
    assert [line["event"] for line in told_of(sold, "import-history")][-3:] == ["start", "known", "end"]


def test_printing_is_logged(sold, capsys):
    code, _, _ = run(capsys, "print", "2018-03", "--workspace", sold, "--as-of", AS_OF)
    told = told_of(sold, "print")
    assert told[0]["event"] == "start"
    if code == 0:
        assert [line["event"] for line in told] == ["start", "printed", "end"]
        assert (told[1]["period"], told[1]["release"], told[1]["annexes"]) == ("2018-03", 1, 5)
    else:  # where there is no LibreOffice
        assert (told[-1]["event"], told[-1]["error"]) == ("failed", "PrintingError")


def test_every_command_that_opens_the_store_for_writing_keeps_a_log():
    """A job that makes a journal entry or a product logs it; those that only look or check do not."""
    jobs = {path.stem: path.read_text("utf-8") for path in (ROOT / "pipeline" / "jobs").glob("*.py")}
    writing = {
        name
        for name, text in jobs.items()
        if re.search(r"Store\([^)]*create=True\)|\.replace\(path\)|kept_files\.put\(", text)
    }
    silent = {name for name in writing if "runlog.kept(" not in jobs[name]}
    assert silent == {"codebook", "kept_files"}, "the one knows of no workspace, the other writes for those that log"


# ------------------------------------------------------------------ size, and what stands in the way


@pytest.fixture
def log(tmp_path):
    (tmp_path / "store" / "logs").mkdir(parents=True)
    return RunLog(tmp_path, "monthly")


def month() -> str:
    return f"{datetime.now(SHANGHAI):%Y-%m}"


def names(folder):
    return sorted(path.name for path in folder.glob("store/logs/*"))


def test_a_large_file_is_continued_in_another(log, tmp_path):
    first = tmp_path / "store" / "logs" / f"{month()}.jsonl"
    first.write_bytes(b"x" * LARGEST)
    log.note("one")
    log.note("two")
    assert names(tmp_path) == [f"{month()}.2.jsonl", f"{month()}.jsonl"]
    second = tmp_path / "store" / "logs" / f"{month()}.2.jsonl"
    assert len(second.read_text("utf-8").splitlines()) == 2
    second.write_bytes(b"x" * LARGEST)
    for part in range(3, 10):
        (tmp_path / "store" / "logs" / f"{month()}.{part}.jsonl").write_bytes(b"x" * LARGEST)
    log.note("three")
    assert (tmp_path / "store" / "logs" / f"{month()}.10.jsonl").is_file(), "by number, not by letter"
    log.note("four")
    assert len((tmp_path / "store" / "logs" / f"{month()}.10.jsonl").read_text("utf-8").splitlines()) == 2


def test_old_files_go_when_a_new_one_begins_and_other_peoples_stay(log, tmp_path):
    logs = tmp_path / "store" / "logs"
    for number in range(MOST_FILES + 3):
        (logs / f"{1950 + number}-01.jsonl").write_text("")
    for name in ("1900-01 副本.jsonl", "说明.txt", "1900-01.jsonl.bak"):
        (logs / name).write_text("")
    log.note("one")
    kept_files = [name for name in names(tmp_path) if re.fullmatch(r"\d{4}-\d\d\.jsonl", name)]
    assert len(kept_files) == MOST_FILES
    assert kept_files[0] == "1954-01.jsonl" and kept_files[-1] == f"{month()}.jsonl"
    assert {"1900-01 副本.jsonl", "说明.txt", "1900-01.jsonl.bak"} <= set(names(tmp_path))
    log.note("two")
    assert len(names(tmp_path)) == MOST_FILES + 3


def test_what_no_encoding_can_write_is_written_escaped(log, tmp_path):
    log.note("strange", name="\ud800", when=date(2018, 4, 1))
    assert "\\ud800" in (tmp_path / "store" / "logs" / f"{month()}.jsonl").read_text("utf-8")


@pytest.mark.parametrize("stands", ["folder of that name", "read only", "no store"])
def test_nothing_that_happens_to_a_log_is_heard(tmp_path, stands, monkeypatch, capsys):
    if stands == "folder of that name":
        (tmp_path / "store" / "logs" / f"{month()}.jsonl").mkdir(parents=True)
    elif stands == "read only":
        (tmp_path / "store").mkdir()
        monkeypatch.setattr(Path, "open", lambda *_, **__: (_ for _ in ()).throw(PermissionError(13, "no")))
    before = sorted(path.name for path in tmp_path.rglob("*"))
    log = RunLog(tmp_path, "monthly")
    log.note("one")
    log.note("two")
    assert (capsys.readouterr().out, capsys.readouterr().err) == ("", "")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert set(before) <= {path.name for path in tmp_path.rglob("*")}


def test_a_crash_says_where_in_our_code_and_not_what_was_there(tmp_path):
    (tmp_path / "store").mkdir()
    with (
        pytest.raises(ValueError, match="张三"),
        kept(tmp_path, "monthly", Clock("2018-04-10 09:00:00")),
    ):
        crash("张三")
    last = lines(tmp_path)[-1]
    assert (last["event"], last["error"], last["exit"]) == ("failed", "ValueError", None)
    assert re.fullmatch(r"pipeline\.[\w.]+:\d+", last["where"])
    assert "张三" not in json.dumps(lines(tmp_path), ensure_ascii=False)


def crash(word):
    """Fail inside our own code on a word that nobody may read."""
    try:
        Month(1, 99)
    except ValueError as inner:
        inner.args = (word,)
        raise


def test_an_interrupted_run_is_told(tmp_path):
    (tmp_path / "store").mkdir()
    with pytest.raises(KeyboardInterrupt), kept(tmp_path, "monthly", Clock("2018-04-10 09:00:00")):
        raise KeyboardInterrupt
    assert [(line["event"], line.get("error")) for line in lines(tmp_path)] == [
        ("start", None),
        ("failed", "KeyboardInterrupt"),
    ]
