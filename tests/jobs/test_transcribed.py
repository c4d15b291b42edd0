"""What the office typed in from paper is told where the clerk looks: who did it, and from which file."""

from tests.ingest.inboxes import put, register
from tests.jobs.containers import ABC, SHIQUAN, monthly
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
