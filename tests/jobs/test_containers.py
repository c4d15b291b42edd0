"""Statements that come in archives and mails, from the inbox to the release and back from the journal."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.ingest.files import zipped
from tests.ingest.inboxes import put, register
from tests.ingest.mails import mail
from tests.jobs.inprocess import asked, duty, run
from tests.jobs.sample import AS_OF, SAMPLE, tree

ABC = (SAMPLE / "2018-03" / "农行2018年3月金融扶贫小额贷款统计表.xlsx").read_bytes()
SHIQUAN = (SAMPLE / "2018-03" / "石泉农商银行2018年3月.xlsx").read_bytes()
PDF = b"%PDF-1.4\nscan"
MONTH = ("2018-03", "--as-of", AS_OF)
IN_TIME, LATE = "Sun, 8 Apr 2018 16:30:59 +0800", "Mon, 9 Apr 2018 23:30:00 +0000"
"""The second is 10 April, 07:30, in China: two days after the 8th."""


@pytest.fixture
def inbox(tmp_path):
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


def monthly(capsys, inbox, as_of=AS_OF):
    return asked(capsys, "monthly", "2018-03", "--as-of", as_of, "--workspace", inbox.parent)


def received(told):
    return {file["file"]: file for file in told["data"]["received"]}


def findings(told):
    """Rules that each file received broke, beside those of the statements themselves."""
    return {name: [f["rule"] for f in file["findings"] if not f["submission"]] for name, file in received(told).items()}


def journalled(workspace):
    with closing(sqlite3.connect(workspace / "store" / "store.sqlite")) as raw:
        bodies = raw.execute("SELECT body FROM journal WHERE kind = 'received' ORDER BY seq")
        return [json.loads(body) for (body,) in bodies]


def derived(workspace):
    """Every derived row, but for numbers of rows."""
    with closing(sqlite3.connect(workspace / "store" / "store.sqlite")) as raw:
        return {
            table: sorted(map(repr, raw.execute(f"SELECT * FROM {table}")))
            for table in ("received_file", "submission", "observation", "finding")
        }


def grow_old(workspace):
    """The store as a program with other tables would leave it."""
    with closing(sqlite3.connect(workspace / "store" / "store.sqlite")) as raw:
        raw.execute("PRAGMA user_version = 999")
        raw.commit()


# ------------------------------------------------------------------ what came, and when


def test_a_statement_in_a_mail_in_an_archive_is_received_at_the_mails_date(capsys, inbox):
    put(inbox, "3月.zip", zipped(("农行/来信.eml", mail(("农行3月.xlsx", ABC), date=LATE))))
    told = monthly(capsys, inbox)
    assert list(received(told)) == ["3月.zip/农行/来信.eml", "3月.zip/农行/来信.eml/农行3月.xlsx", "3月.zip"]
    statement = received(told)["3月.zip/农行/来信.eml/农行3月.xlsx"]
    assert statement["received_at"] == "2018-04-10 07:30"
    assert duty(told, "abc")["days_late"] == 2
    assert duty(told, "abc")["submission"] == statement["submissions"][0]
    assert set(map(tuple, findings(told).values())) == {()}
    assert told["data"]["notes"] == ["从《3月.zip》中取出1个文件。"]
    assert told["data"]["releases"][0]["new"] is True


@pytest.mark.parametrize(
    ("why", "rows", "received_at", "late"),
    [
        ("nothing but the mail", [], "2018-04-08 16:30", False),
        ("the row of the mail", ["来信.eml,2018-04-09 08:00,纸质,,"], "2018-04-09 08:00", True),
        (
            "the row of the very file goes before",
            ["来信.eml,2018-04-09 08:00,,,", "来信.eml/农行.xlsx,2018-04-07 08:00,,,"],
            "2018-04-07 08:00",
            False,
        ),
        ("a row without a time", ["来信.eml,昨天,电话,,"], "2018-04-08 16:30", False),
    ],
)
def test_the_register_goes_before_the_mails_date(capsys, inbox, why, rows, received_at, late):
    put(inbox, "来信.eml", mail(("农行.xlsx", ABC), date=IN_TIME))
    if rows:
        register(inbox, *rows)
    told = monthly(capsys, inbox)
    assert received(told)["来信.eml/农行.xlsx"]["received_at"] == received_at, why
    assert duty(told, "abc")["late"] is late


def test_how_it_came_is_kept_but_not_who_wrote(capsys, inbox):
    put(inbox, "来信.eml", mail(("农行.xlsx", ABC), date=IN_TIME))
    put(inbox, "乙.eml", mail(("石泉.xlsx", SHIQUAN), date=IN_TIME, subject="石泉"))
    register(inbox, "乙.eml,2018-04-05 09:00,纸质,示例乙,示例丙")
    monthly(capsys, inbox)
    bodies = {body["name"]: body for body in journalled(inbox.parent)}
    assert [bodies["来信.eml/农行.xlsx"][key] for key in ("method", "sender", "subject")] == ["邮件", "", "报送3月报表"]
    assert [bodies["乙.eml/石泉.xlsx"][key] for key in ("method", "sender", "transcribed_by")] == [
        "纸质", "示例乙", "示例丙",
    ]  # fmt: skip
    assert "bank.example" not in json.dumps(list(bodies.values()))
    assert bodies["来信.eml/农行.xlsx"]["inside"] == bodies["来信.eml"]["sha256"]
    assert [member["name"] for member in bodies["来信.eml"]["holds"]] == ["农行.xlsx"]


def test_a_row_for_what_is_not_in_the_mail_is_told(capsys, inbox):
    put(inbox, "来信.eml", mail(("农行.xlsx", ABC), date=IN_TIME))
    register(inbox, "来信.eml,2018-04-05,,,", "来信.eml/农商行.xlsx,2018-04-06,,,")
    assert monthly(capsys, inbox)["data"]["notes"] == [
        "《收件登记.csv》第3行登记的《来信.eml/农商行.xlsx》不在《来信.eml》里。请核对文件名是否一致。",
        "从《来信.eml》中取出1个文件。",
    ]


def test_a_mail_without_a_date_that_can_be_meant_counts_from_now(capsys, inbox):
    put(inbox, "来信.eml", mail(("农行.xlsx", ABC), date="Thu, 1 Jan 1970 00:00:00 +0000"))
    told = monthly(capsys, inbox)
    assert received(told)["来信.eml/农行.xlsx"]["received_at"] == f"{AS_OF} 23:59:59"
    assert (
        "邮件《来信.eml》没有可用的发送时间，收到时间按本次读取的时间计。请在收件登记里写明收到时间。"
        in told["data"]["notes"]
    )


def test_a_mail_from_after_the_clock_waits_whole(capsys, inbox):
    put(inbox, "来信.eml", mail(("农行.xlsx", ABC), date=LATE))
    told = monthly(capsys, inbox, as_of="2018-04-09")
    assert (told["data"]["left"], told["data"]["received"]) == (["来信.eml"], [])
    assert not [path for path in (inbox.parent / "store" / "archive").rglob("*") if path.is_file()]
    assert received(monthly(capsys, inbox)).keys() == {"来信.eml", "来信.eml/农行.xlsx"}


def test_an_archive_of_which_one_file_is_registered_for_later_waits_whole(capsys, inbox):
    put(inbox, "3月.zip", zipped(("农行.xlsx", ABC), ("石泉.xlsx", SHIQUAN)))
    register(inbox, "3月.zip,2018-04-05,,,", "3月.zip/石泉.xlsx,2018-04-10 09:00,,,")
    told = monthly(capsys, inbox, as_of="2018-04-09")
    assert (told["data"]["left"], told["data"]["received"]) == (["3月.zip"], [])
    assert {name: file["received_at"] for name, file in received(monthly(capsys, inbox)).items()} == {
        "3月.zip": "2018-04-05 00:00",
        "3月.zip/农行.xlsx": "2018-04-05 00:00",
        "3月.zip/石泉.xlsx": "2018-04-10 09:00",
    }


# ------------------------------------------------------------------ each once


def test_the_same_bytes_count_once_wherever_they_lie(capsys, inbox):
    put(inbox, "农行.xlsx", ABC)
    put(inbox, "甲.zip", zipped(("农行.xlsx", ABC), ("石泉.xlsx", SHIQUAN)))
    put(inbox, "乙.eml", mail(("农行再报.xlsx", ABC), date=IN_TIME))
    register(inbox, "农行.xlsx,2018-04-04,,,", "甲.zip,2018-04-05,,,")
    told = monthly(capsys, inbox)
    assert list(received(told)) == ["农行.xlsx", "甲.zip", "甲.zip/石泉.xlsx", "乙.eml"]
    assert [(one["file"], one["same_as"]) for one in told["data"]["duplicates"]] == [
        ("甲.zip/农行.xlsx", "农行.xlsx"),
        ("乙.eml/农行再报.xlsx", "农行.xlsx"),
    ]
    assert told["data"]["notes"] == ["从《甲.zip》中取出1个文件。", "《乙.eml》里的文件都已收过，没有新文件。"]


def test_a_container_twice_is_told_once(capsys, inbox):
    archive = zipped(("农行.xlsx", ABC), ("石泉.xlsx", SHIQUAN))
    put(inbox, "甲.zip", archive)
    put(inbox, "乙.zip", archive)
    told = monthly(capsys, inbox)
    assert [(one["file"], one["same_as"]) for one in told["data"]["duplicates"]] == [("甲.zip", "乙.zip")]
    assert list(received(told)) == ["乙.zip", "乙.zip/农行.xlsx", "乙.zip/石泉.xlsx"]


def test_a_second_run_finds_nothing_new_and_opens_nothing(capsys, inbox, monkeypatch):
    put(inbox, "3月.zip", zipped(("来信.eml", mail(("农行.xlsx", ABC), date=IN_TIME))))
    monthly(capsys, inbox)
    before, entries = tree(inbox.parent / "output"), journalled(inbox.parent)
    monkeypatch.setattr("pipeline.ingest.unpacking.Unpacker.unpack", None)
    told = monthly(capsys, inbox)
    assert (told["data"]["received"], told["data"]["duplicates"], told["data"]["notes"]) == ([], [], [])
    assert (
        "收件文件夹中的1个文件都已收过，没有新文件。" in run(capsys, "monthly", *MONTH, "--workspace", inbox.parent)[1]
    )
    assert tree(inbox.parent / "output") == before
    assert journalled(inbox.parent) == entries


def test_what_is_derived_again_is_the_same(capsys, inbox):
    put(inbox, "3月.zip", zipped(("农行.xlsx", ABC), ("扫描.pdf", PDF), ("x.zip", b"PK\x03\x04 torn")))
    put(inbox, "来信.eml", mail(("石泉.xlsx", SHIQUAN), date=IN_TIME))
    put(inbox, "照片.zip", zipped(("1.pdf", PDF), ("2.jpg", b"\xff\xd8\xff\xe0")))
    first = monthly(capsys, inbox)
    assert findings(first) == {
        "来信.eml": [],
        "来信.eml/石泉.xlsx": [],
        "3月.zip": [],
        "3月.zip/x.zip": ["F01"],
        "3月.zip/农行.xlsx": [],
        "3月.zip/扫描.pdf": ["F02"],
        "照片.zip": ["F02"],
    }
    before = derived(inbox.parent)
    grow_old(inbox.parent)
    for path in inbox.iterdir():
        path.unlink()
    second = monthly(capsys, inbox)
    assert derived(inbox.parent) == before
    assert second["data"]["releases"][0]["duties"] == first["data"]["releases"][0]["duties"]
    assert second["data"]["releases"][0]["new"] is False


def test_a_journal_from_before_containers_were_opened_stays_readable(capsys, inbox):
    """There an archive was a file like any other: its entry says nothing of what it holds."""
    put(inbox, "农行.xlsx", ABC)
    put(inbox, "3月.zip", zipped(("石泉.xlsx", SHIQUAN)))
    monthly(capsys, inbox)
    with closing(sqlite3.connect(inbox.parent / "store" / "store.sqlite")) as raw:
        raw.execute("DROP TRIGGER journal_is_never_changed")
        raw.execute("DROP TRIGGER journal_is_never_shortened")
        raw.execute("DELETE FROM journal WHERE body LIKE '%\"inside\"%'")
        for seq, text in raw.execute("SELECT seq, body FROM journal WHERE kind = 'received'").fetchall():
            old = {key: value for key, value in json.loads(text).items() if key not in ("holds", "told")}
            raw.execute("UPDATE journal SET body = ? WHERE seq = ?", (json.dumps(old), seq))
        raw.execute("PRAGMA user_version = 999")
        raw.commit()
    told = monthly(capsys, inbox)
    assert told["data"]["received"] == []
    assert duty(told, "abc")["state"] == "in_force"
    (unidentified,) = asked(capsys, "status", *MONTH, "--workspace", inbox.parent)["data"]["unidentified"]
    assert (unidentified["file"], unidentified["rule"]) == ("3月.zip", "F02")
    assert "请解压后" in unidentified["message"]


# ------------------------------------------------------------------ what the clerk is told


def test_what_comes_out_is_told_and_counted(capsys, inbox):
    put(inbox, "3月.zip", zipped(("农行.xlsx", ABC), ("石泉.xlsx", SHIQUAN)))
    said = run(capsys, "monthly", *MONTH, "--workspace", inbox.parent)[1].splitlines()
    assert said[0].startswith("新收到2个文件，读出报表2份")
    assert said[1] == "从《3月.zip》中取出2个文件。"


def test_an_archive_of_pictures_is_one_finding(capsys, inbox):
    put(inbox, "扫描.zip", zipped(("1.pdf", PDF), ("2.pdf", PDF + b"2"), ("内.zip", zipped(("照.png", b"\x89PNG")))))
    told = monthly(capsys, inbox)
    (only,) = told["data"]["received"]
    (finding,) = only["findings"]
    assert (finding["rule"], finding["file"]) == ("F02", "扫描.zip")
    assert "里面只有2个PDF 文件、1个图片，没有可读的报表" in finding["message"]
    assert "代录表" in finding["message"]


def test_one_bad_member_never_stops_the_others(capsys, inbox):
    good = zipped(("农行.xlsx", ABC), ("坏.csv", "abc"))
    put(inbox, "3月.zip", good.replace(b"abc", b"abd") if b"abc" in good else good.replace(b"KLJ", b"KLI"))
    put(inbox, "石泉.xlsx", SHIQUAN)
    told = monthly(capsys, inbox)
    assert duty(told, "abc")["submission"]
    assert duty(told, "rcb-shiquan")["submission"]
    (finding,) = received(told)["3月.zip"]["findings"]
    assert (finding["rule"], finding["message"]) == (
        "F01",
        "文件《3月.zip》：这是压缩包，里面的《坏.csv》已损坏或没有传完（校验不符）。请报送单位重新发送。其余1个文件已收取。",
    )


def test_a_resubmission_in_a_mail_takes_the_place_of_the_statement(capsys, inbox):
    put(inbox, "甲.eml", mail(("农行.xlsx", ABC), date="Thu, 5 Apr 2018 09:00:00 +0800"))
    put(inbox, "乙.eml", mail(("农行.xlsx", ABC + b"\0"), date="Fri, 6 Apr 2018 09:00:00 +0800"))
    told = monthly(capsys, inbox)
    assert duty(told, "abc")["submission"] == received(told)["乙.eml/农行.xlsx"]["submissions"][0]


# ------------------------------------------------------------------ check


def test_check_opens_containers(capsys, tmp_path):
    path = put(tmp_path, "3月.zip", zipped(("来信.eml", mail(("农行.xlsx", ABC))), ("子/石泉.xlsx", SHIQUAN)))
    told = asked(capsys, "check", path)
    assert [(f["file"], [s["reporting_unit"] for s in f["submissions"]]) for f in told["data"]["files"]] == [
        ("3月.zip/子/石泉.xlsx", ["rcb-shiquan"]),
        ("3月.zip/来信.eml/农行.xlsx", ["abc"]),
    ]
    assert not (tmp_path / "store").exists()


def test_check_tells_of_a_container_that_holds_no_form(capsys, tmp_path):
    told = asked(capsys, "check", put(tmp_path, "来信.eml", mail()), put(tmp_path, "农行.xlsx", ABC))
    assert told["exit"] == 3
    letter, _ = told["data"]["files"]
    assert (letter["file"], [found["rule"] for found in letter["findings"]]) == ("来信.eml", ["F02"])
