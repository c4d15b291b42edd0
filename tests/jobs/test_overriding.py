"""What people let through: accept despite errors, --final despite gaps; always with a name, a reason, and in print."""

from __future__ import annotations

import json

import openpyxl
import pytest

from tests.jobs.inprocess import asked, duty, run
from tests.jobs.sample import AS_OF

WHY = "核心系统停机至四月十五日，总数已电话核对"


def march(workspace):
    return workspace / "output" / "2018-03"


def rejected(capsys, here):
    return duty(asked(capsys, "status", "2018-03", *here), "rcb-hanyin")["submission"]


def printed(workspace, annex):
    (file,) = march(workspace).glob(f"附件{annex} *.xlsx")
    return [c.value for r in openpyxl.load_workbook(file).active.iter_rows() for c in r if isinstance(c.value, str)]


def test_an_accepted_statement_counts_is_marked_and_its_reason_is_printed(capsys, workspace, here):
    submission = rejected(capsys, here)
    told = asked(capsys, "accept", submission[:8], "--reason", WHY, "--by", "示例甲", *here)
    assert told["exit"] == 0
    asked(capsys, "monthly", "2018-03", *here)
    assert duty(asked(capsys, "status", "2018-03", *here), "rcb-hanyin")["state"] == "in_force"
    sentence = f"强制采用：汉阴农商银行《金融扶贫小额贷款统计表》有强制性问题1个未更正，经示例甲决定采用，理由：{WHY}。"
    for annex in (2, 3):
        words = printed(workspace, annex)
        assert any(sentence in word for word in words), annex
        assert any("强制采用：汉阴农商银行" in word for word in words if sentence not in word), "in the row itself"
    rows = [word for word in printed(workspace, 5) if sentence not in word]
    assert not any("强制采用" in word for word in rows), "it is no figure of 农业银行"
    record = json.loads((march(workspace) / "release.json").read_text("utf-8"))
    assert record["accepted"] == [{"submission": submission, "by": "示例甲", "reason": WHY}]
    findings = (march(workspace) / "data" / "findings.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(",")[1] for line in findings if line.endswith(",overridden")] == ["A13"]
    for copy in (march(workspace) / "退回单" / "汉阴农商银行").glob("*.xlsx"):
        asks = [c.value for r in openpyxl.load_workbook(copy)["审核问题"].iter_rows() for c in r]
        assert "强制性" not in asks, "what is let through is not asked for"
    receipt = march(workspace) / "回执" / "汉阴农商银行.docx"
    assert receipt.is_file()


def test_undone_it_is_rejected_again(capsys, workspace, here):
    entry = asked(capsys, "accept", rejected(capsys, here), "--reason", WHY, "--by", "示例甲", *here)["data"]["entry"]
    asked(capsys, "undo", entry, "--reason", "已收到更正件", "--by", "示例甲", *here)
    asked(capsys, "monthly", "2018-03", *here)
    assert duty(asked(capsys, "status", "2018-03", *here), "rcb-hanyin")["state"] == "rejected"
    assert json.loads((march(workspace) / "release.json").read_text("utf-8"))["accepted"] == []


@pytest.mark.parametrize(
    ("why", "submission", "reason", "told"),
    [
        ("no reason", "hanyin", "情况属实", "强制采用的理由“情况属实”没有写明原因，不予受理。"),
        ("it is in force", "abc", WHY, "现在是“已采用”，不是退回，不需要强制采用。"),
        ("there is none", "S00000000", WHY, "没有编号为 S00000000 的报送。"),
    ],
)
def test_what_cannot_be_accepted(capsys, here, why, submission, reason, told):
    state = asked(capsys, "status", "2018-03", *here)
    known = {"hanyin": "rcb-hanyin", "abc": "abc"}
    wanted = duty(state, known[submission])["submission"] if submission in known else submission
    code, _, err = run(capsys, "accept", wanted, "--reason", reason, "--by", "示例甲", *here)
    assert code == 2
    assert told in err, why


def test_final_despite_gaps_needs_a_name_and_a_reason_and_prints_both(capsys, workspace, here):
    draft = asked(capsys, "monthly", "2018-03", "--final", *here)
    assert (draft["exit"], draft["status"]) == (1, "draft")
    final = asked(capsys, "monthly", "2018-03", "--final", "--override", "示例乙", "--reason", WHY, *here)
    assert (final["exit"], final["status"]) == (0, "final")
    assert final["message"].startswith("2018年3月已正式发布（未报送：")
    record = json.loads((march(workspace) / "release.json").read_text("utf-8"))
    assert (record["status"], record["override"]["by"], record["override"]["reason"]) == ("final", "示例乙", WHY)
    assert "退回：汉阴农商银行（月报）" in record["override"]["gaps"]
    words = printed(workspace, 2)
    assert any(f"经示例乙决定正式发布，理由：{WHY}。" in word for word in words)
    assert not any("草稿" in word for word in words)
    assert duty(asked(capsys, "status", "2018-03", *here), "rcb-hanyin")["state"] == "rejected", "only accept takes in"
    again = asked(capsys, "monthly", "2018-03", "--final", *here)
    assert again["data"]["releases"][0]["release"] == final["data"]["releases"][0]["release"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--final", "--override", "示例乙"), "请同时用 --override 写明由谁决定（姓名），用 --reason 写明理由。"),
        (("--final", "--reason", WHY), "请同时用 --override 写明由谁决定（姓名），用 --reason 写明理由。"),
        (("--override", "示例乙", "--reason", WHY), "--override 只和 --final 一起用"),
        (("--final", "--override", "示例乙", "--reason", "无"), "正式发布的理由“无”没有写明原因"),
        (("--final", "--override", " ", "--reason", WHY), "请同时用 --override 写明由谁决定（姓名）"),
    ],
)
def test_half_an_override_is_none(capsys, here, words, told):
    code, _, err = run(capsys, "monthly", "2018-03", *words, *here)
    assert code == 2
    assert told in err


def test_after_a_final_release_nothing_is_accepted_any_more(capsys, workspace, here):
    submission = rejected(capsys, here)
    asked(capsys, "monthly", "2018-03", "--final", "--override", "示例乙", "--reason", WHY, *here)
    code, _, err = run(capsys, "accept", submission, "--reason", WHY, "--by", "示例甲", *here)
    assert code == 2
    assert "已正式发布" in err


def test_an_override_of_a_complete_month_is_not_needed_and_not_told(capsys, tmp_path):
    from tests.jobs.sample import inbox_of

    inbox_of(tmp_path, *(f"2017-{month:02}" for month in range(1, 13)), "2018-01", "2018-02")
    words = ("--final", "--override", "示例乙", "--reason", WHY, "--workspace", tmp_path, "--as-of", AS_OF)
    told = asked(capsys, "monthly", "2018-02", *words)
    assert told["status"] == "final"
    record = json.loads((tmp_path / "output" / "2018-02" / "release.json").read_text("utf-8"))
    assert record["override"] is None
