"""When what lay in an archive or mail came: by the register, else by the mail's Date, else now."""

import json
from hashlib import sha256

import pytest

from pipeline.store.archive import Archive
from tests.ingest.files import zipped
from tests.ingest.inboxes import put, register
from tests.ingest.mails import mail
from tests.jobs.containers import (
    ABC,
    IN_TIME,
    LATE,
    SHIQUAN,
    journalled,
    taken,
    times,
)
from tests.jobs.sample import AS_OF


@pytest.mark.parametrize(
    ("why", "rows", "received_at"),
    [
        ("nothing but the mail", [], "2018-04-08 16:30"),
        ("the row of the mail", ["来信.eml,2018-04-09 08:00,纸质,,"], "2018-04-09 08:00"),
        (
            "the row of the very file goes before",
            ["来信.eml,2018-04-09 08:00,,,", "来信.eml/子.zip/农行.xlsx,2018-04-07 08:00,,,"],
            "2018-04-07 08:00",
        ),
        ("the row of what it lies in", ["来信.eml/子.zip,2018-04-06 08:00,,,"], "2018-04-06 08:00"),
        ("a row without a time", ["来信.eml,昨天,电话,,"], "2018-04-08 16:30"),
    ],
)
def test_the_register_goes_before_the_mails_date(inbox, why, rows, received_at):
    put(inbox, "来信.eml", mail(("子.zip", zipped(("农行.xlsx", ABC))), date=IN_TIME))
    if rows:
        register(inbox, *rows)
    assert times(taken(inbox))["来信.eml/子.zip/农行.xlsx"] == received_at, why


def test_how_it_came_is_kept_but_not_who_wrote(inbox):
    put(inbox, "来信.eml", mail(("农行.xlsx", ABC), date=IN_TIME))
    put(inbox, "乙.eml", mail(("石泉.xlsx", SHIQUAN), date=IN_TIME, subject="石泉"))
    register(inbox, "乙.eml,2018-04-05 09:00,纸质,示例乙,示例丙")
    taken(inbox)
    bodies = {body["name"]: body for body in journalled(inbox.parent)}
    assert [bodies["来信.eml/农行.xlsx"][key] for key in ("method", "sender", "subject")] == ["邮件", "", "报送3月报表"]
    assert [bodies["乙.eml/石泉.xlsx"][key] for key in ("method", "sender", "transcribed_by")] == [
        "纸质", "示例乙", "示例丙",
    ]  # fmt: skip
    assert "bank.example" not in json.dumps(list(bodies.values()))
    assert bodies["来信.eml/农行.xlsx"]["inside"] == bodies["来信.eml"]["sha256"]
    assert [member["name"] for member in bodies["来信.eml"]["holds"]] == ["农行.xlsx"]


def test_the_bytes_of_the_container_are_archived_with_those_of_its_files(inbox):
    data = mail(("农行.xlsx", ABC), date=IN_TIME)
    put(inbox, "来信.eml", data)
    taken(inbox)
    archive = Archive(inbox.parent / "store" / "archive")
    assert [archive.get(sha256(one).hexdigest()) for one in (data, ABC)] == [data, ABC]


def test_a_row_for_what_is_not_in_the_mail_is_told(inbox):
    put(inbox, "来信.eml", mail(("农行.xlsx", ABC), date=IN_TIME))
    register(inbox, "来信.eml,2018-04-05,,,", "来信.eml/农商行.xlsx,2018-04-06,,,")
    assert taken(inbox).notes == [
        "《收件登记.csv》第3行登记的《来信.eml/农商行.xlsx》不在《来信.eml》里。请核对文件名是否一致。",
        "从《来信.eml》中取出1个文件。",
    ]


def test_a_mail_without_a_date_that_can_be_meant_counts_from_now(inbox):
    put(inbox, "来信.eml", mail(("农行.xlsx", ABC), date="Thu, 1 Jan 1970 00:00:00 +0000"))
    put(inbox, "明天.eml", mail(("石泉.xlsx", SHIQUAN), date="Thu, 1 Jan 2998 00:00:00 +0000"))
    intake = taken(inbox)
    assert set(times(intake).values()) == {f"{AS_OF} 23:59:59"}
    for name in ("来信.eml", "明天.eml"):
        assert (
            f"邮件《{name}》没有可用的发送时间，收到时间按本次读取的时间计。请在收件登记里写明收到时间。"
            in intake.notes
        )


def test_a_mail_from_after_the_clock_waits_whole(inbox):
    put(inbox, "来信.eml", mail(("农行.xlsx", ABC), date=LATE))
    before = taken(inbox, as_of="2018-04-09")
    assert (before.left, before.files) == (["来信.eml"], [])
    assert not [path for path in (inbox.parent / "store" / "archive").rglob("*") if path.is_file()]
    assert list(times(taken(inbox))) == ["来信.eml", "来信.eml/农行.xlsx"]


def test_an_archive_of_which_one_file_is_registered_for_later_waits_whole(inbox):
    put(inbox, "3月.zip", zipped(("农行.xlsx", ABC), ("石泉.xlsx", SHIQUAN)))
    register(inbox, "3月.zip,2018-04-05,,,", "3月.zip/石泉.xlsx,2018-04-10 09:00,,,")
    before = taken(inbox, as_of="2018-04-09")
    assert (before.left, before.files) == (["3月.zip"], [])
    assert times(taken(inbox)) == {
        "3月.zip": "2018-04-05 00:00",
        "3月.zip/农行.xlsx": "2018-04-05 00:00",
        "3月.zip/石泉.xlsx": "2018-04-10 09:00",
    }
