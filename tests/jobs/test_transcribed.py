"""What the office typed in from paper is told where the clerk looks: who did it, and from which file."""

import pytest

from tests.ingest.inboxes import put, register
from tests.jobs.containers import ABC, MONTH, PDF, SHIQUAN, monthly, taken
from tests.jobs.inprocess import asked, run
from tests.jobs.sample import AS_OF


def test_who_typed_a_statement_in_is_told_by_status(capsys, inbox):
    put(inbox, "石泉.xlsx", SHIQUAN)
    put(inbox, "农行.xlsx", ABC)
    register(inbox, "石泉.xlsx,2018-04-05 09:00,纸质,示例丙,示例乙", "农行.xlsx,2018-04-05 10:00,邮件,示例丁,")
    monthly(capsys, inbox)
    here = ("2018-03", "--workspace", inbox.parent, "--as-of", AS_OF)
    told = asked(capsys, "status", *here)["data"]["transcribed"]
    assert [(one["file"], one["transcribed_by"]) for one in told] == [("石泉.xlsx", "示例乙")]
    assert "[代录] 《石泉.xlsx》由示例乙照原件录入。" in run(capsys, "status", *here)[1].splitlines()


def test_who_typed_what_in_is_told_when_it_is_received_and_once(capsys, inbox):
    put(inbox, "石泉.xlsx", SHIQUAN)
    put(inbox, "农行.xlsx", ABC)
    register(inbox, "石泉.xlsx,2018-04-05 09:00,纸质,示例丙,示例乙", "农行.xlsx,2018-04-05 10:00,邮件,示例丁,")
    run_it = ("monthly", *MONTH, "--workspace", inbox.parent)
    assert "[代录] 《石泉.xlsx》由示例乙照原件录入。" in run(capsys, *run_it)[1].splitlines()
    assert "代录" not in run(capsys, *run_it)[1]


@pytest.mark.parametrize(
    ("method", "by", "told"),
    [
        ("纸质", "", True),
        ("电话", "", True),
        ("传真", "", True),
        ("纸质", "示例乙", False),
        ("邮件", "", False),
        ("", "", False),
    ],
)
def test_what_came_without_a_file_asks_for_the_name_of_who_typed_it_in(inbox, method, by, told):
    put(inbox, "石泉.xlsx", SHIQUAN)
    put(inbox, "扫描.pdf", PDF)  # nothing was typed here
    register(inbox, f"石泉.xlsx,2018-04-05 09:00,{method},示例丙,{by}", "扫描.pdf,2018-04-05 09:00,纸质,示例丙,")
    asked = (
        "《石泉.xlsx》在《收件登记.csv》里登记的方式不是电子文件（纸质、电话、传真），却没有写代录人，不知道由谁录入。"
        "请核对原件；今后请先在“代录人”栏写明录入的人再运行。"
    )
    assert taken(inbox).notes == [asked] * told
    assert taken(inbox).notes == [], "told once"
