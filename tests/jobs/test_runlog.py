"""The run log: what was read, decided and written, in what time; and nobody's name."""

import json
import re
import shutil

import pytest

from tests.jobs.inprocess import run
from tests.jobs.sample import AS_OF, SAMPLE, inbox_of

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
