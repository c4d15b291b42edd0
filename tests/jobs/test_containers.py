"""Statements that come in archives and mails, from the inbox to the release and back from the journal."""

import io
import json
import os
import sqlite3
import time
import zipfile
from contextlib import closing

import pytest

from pipeline.errors import StoreError
from pipeline.ingest import limits, unpacking
from pipeline.jobs.check import run as check_run
from pipeline.jobs.clock import clock_for
from pipeline.store.archive import Archive
from tests.ingest.files import zipped
from tests.ingest.inboxes import put, register
from tests.ingest.mails import mail
from tests.ingest.sheets import CATALOG
from tests.jobs.containers import (
    ABC,
    IN_TIME,
    LATE,
    MONTH,
    PDF,
    SHIQUAN,
    derived,
    findings,
    grow_old,
    journalled,
    monthly,
    received,
    rules,
    statement,
    taken,
    times,
)
from tests.jobs.inprocess import asked, duty, run
from tests.jobs.sample import AS_OF, tree

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


# ------------------------------------------------------------------ each once


def test_the_same_bytes_count_once_wherever_they_lie(inbox):
    put(inbox, "农行.xlsx", ABC)
    put(inbox, "甲.zip", zipped(("农行.xlsx", ABC), ("石泉.xlsx", SHIQUAN)))
    put(inbox, "乙.eml", mail(("农行再报.xlsx", ABC), date=IN_TIME))
    register(inbox, "农行.xlsx,2018-04-04,,,", "甲.zip,2018-04-05,,,")
    intake = taken(inbox)
    assert list(times(intake)) == ["农行.xlsx", "甲.zip", "甲.zip/石泉.xlsx", "乙.eml"]
    assert intake.duplicates == [("甲.zip/农行.xlsx", "农行.xlsx"), ("乙.eml/农行再报.xlsx", "农行.xlsx")]
    assert intake.notes == ["从《甲.zip》中取出1个文件。", "《乙.eml》里的文件都已收过，没有新文件。"]


def test_a_container_twice_is_told_once(inbox):
    archive = zipped(("农行.xlsx", ABC), ("石泉.xlsx", SHIQUAN))
    put(inbox, "甲.zip", archive)
    put(inbox, "乙.zip", archive)
    intake = taken(inbox)
    assert intake.duplicates == [("甲.zip", "乙.zip")]
    assert list(times(intake)) == ["乙.zip", "乙.zip/农行.xlsx", "乙.zip/石泉.xlsx"]
    put(inbox, "再.eml", mail(("丙.zip", archive), date=IN_TIME))
    again = taken(inbox)
    assert (list(times(again)), again.duplicates) == (["再.eml"], [("再.eml/丙.zip", "乙.zip"), ("甲.zip", "乙.zip")])


def test_two_versions_in_one_mail_are_both_refused(inbox):
    versions = (("甲.xlsx", statement()), ("子.zip", zipped(("乙.xlsx", statement((0, 1, 99))))))
    put(inbox, "来信.eml", mail(*versions, date=IN_TIME))
    intake = taken(inbox)
    told = {f.file: f.told for reading in intake.readings for f in reading.findings if f.rule == "F10"}
    assert told.keys() == {"来信.eml/甲.xlsx", "来信.eml/子.zip/乙.xlsx"}
    assert told["来信.eml/甲.xlsx"].startswith(
        "文件《来信.eml/甲.xlsx》工作表“统计表”：与同时收到的《来信.eml/子.zip/乙.xlsx》（报送编号S"
    )
    assert check_run([inbox / "来信.eml"], CATALOG, clock_for(AS_OF)).exit_code == 1


@pytest.mark.parametrize(
    ("why", "other", "rows"),
    [
        ("the same figures", statement(sheet="另一张"), []),
        ("another month", statement(above=[["农业银行安康分行金融扶贫小额贷款统计表（2018年2月）"], ["填报单位：农业银行安康分行", "单位：万元"]]), []),
        ("the register says which came later", statement((0, 1, 99)), ["来信.eml/甲.xlsx,2018-04-05 08:00,,,"]),
    ],
)  # fmt: skip
def test_two_files_in_one_mail_are_no_versions_of_another(inbox, why, other, rows):
    put(inbox, "来信.eml", mail(("甲.xlsx", statement()), ("乙.xlsx", other), date=IN_TIME))
    if rows:
        register(inbox, *rows)
    intake = taken(inbox)
    assert [len(reading.submissions) for reading in intake.readings].count(1) == 2, why
    assert not [f for reading in intake.readings for f in reading.findings if f.rule == "F10"], why


def test_a_second_run_finds_nothing_new_and_opens_nothing(capsys, inbox, monkeypatch):
    put(inbox, "3月.zip", zipped(("来信.eml", mail(("农行.xlsx", ABC), date=IN_TIME))))
    monthly(capsys, inbox)
    before, entries = tree(inbox.parent / "output"), journalled(inbox.parent)
    monkeypatch.setattr("pipeline.ingest.unpacking.Unpacker.unpack", None)
    said = run(capsys, "monthly", *MONTH, "--workspace", inbox.parent)[1].splitlines()
    assert said[0] == "收件文件夹中的1个文件都已收过，没有新文件。"
    assert "取出" not in "".join(said)
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


def test_an_archive_of_pictures_is_one_finding(inbox):
    put(inbox, "扫描.zip", zipped(("1.pdf", PDF), ("2.pdf", PDF + b"2"), ("内.zip", zipped(("照.png", b"\x89PNG")))))
    intake = taken(inbox)
    assert rules(intake) == {"扫描.zip": ["F02"]}
    (message,) = (finding.message for finding in intake.readings[0].findings)
    assert "里面只有2个PDF 文件、1个图片，没有可读的报表" in message
    assert "代录表" in message


def test_a_mail_of_words_alone_is_one_finding(inbox):
    put(inbox, "来信.eml", mail(text="见超大附件", date=IN_TIME))
    (finding,) = taken(inbox).readings[0].findings
    assert (finding.rule, finding.file) == ("F02", "来信.eml")
    assert "里面只有“超大附件”的链接、正文，没有可读的报表" in finding.message
    assert "请下载后把文件本身放进收件文件夹" in finding.message


def test_one_bad_member_never_stops_the_others(inbox):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("农行.xlsx", ABC)
        archive.writestr("坏.csv", b"abc")
    put(inbox, "3月.zip", out.getvalue().replace(b"abc", b"abd"))
    put(inbox, "坏.zip", b"PK\x03\x04" + b"\0" * 40)
    put(inbox, "石泉.xlsx", SHIQUAN)
    intake = taken(inbox)
    assert rules(intake) == {"3月.zip": ["F01"], "3月.zip/农行.xlsx": [], "坏.zip": ["F01"], "石泉.xlsx": []}
    assert intake.readings[0].findings[0].told == (
        "文件《3月.zip》：这是压缩包，里面的《坏.csv》已损坏或没有传完（校验不符）。"
        "请报送单位重新发送。其余1个文件已收取。"
    )


def test_an_archive_with_nothing_but_a_broken_one_is_not_said_to_be_known(inbox):
    put(inbox, "外.zip", zipped(("内.zip", b"PK\x03\x04" + b"\0" * 40)))
    intake = taken(inbox)
    assert (rules(intake), intake.notes) == ({"外.zip": [], "外.zip/内.zip": ["F01"]}, [])
    assert [intake.was_taken_apart(file) for file in intake.files] == [True, False]


def test_a_resubmission_in_a_mail_takes_the_place_of_the_statement(capsys, inbox):
    put(inbox, "甲.eml", mail(("农行.xlsx", ABC), date="Thu, 5 Apr 2018 09:00:00 +0800"))
    put(inbox, "乙.eml", mail(("农行.xlsx", ABC + b"\0"), date="Fri, 6 Apr 2018 09:00:00 +0800"))
    told = monthly(capsys, inbox)
    assert duty(told, "abc")["submission"] == received(told)["乙.eml/农行.xlsx"]["submissions"][0]


# ------------------------------------------------------------------ what must not stop a run


def test_a_container_that_kills_or_stalls_its_process_costs_only_itself(inbox, monkeypatch):
    put(inbox, "甲死.zip", zipped(("x.csv", "1")))
    put(inbox, "乙停.zip", zipped(("y.csv", "2")))
    put(inbox, "丙好.zip", zipped(("农行.xlsx", ABC)))
    genuine = unpacking.unpack

    def treacherous(data, name, kind, keep):
        if "死" in name:
            os._exit(1)
        if "停" in name:
            time.sleep(60)
        return genuine(data, name, kind, keep)

    monkeypatch.setattr(unpacking, "unpack", treacherous)
    monkeypatch.setattr(limits, "SECONDS_PER_CONTAINER", 1.0)
    intake = taken(inbox)
    assert rules(intake) == {"丙好.zip": [], "丙好.zip/农行.xlsx": [], "乙停.zip": ["F01"], "甲死.zip": ["F01"]}
    told = {f.file: f.message for reading in intake.readings for f in reading.findings if f.rule == "F01"}
    assert "仍未完成，已停止" in told["乙停.zip"]
    assert "异常终止" in told["甲死.zip"]


def test_what_cannot_be_kept_stops_the_run_and_says_so(inbox, monkeypatch):
    put(inbox, "3月.zip", zipped(("农行.xlsx", ABC)))

    genuine = Archive.put

    def full_before_the_statement(self, data):
        if data == ABC:
            raise StoreError("磁盘空间不足。")
        return genuine(self, data)

    monkeypatch.setattr(Archive, "put", full_before_the_statement)
    with pytest.raises(StoreError, match="磁盘空间不足"):
        taken(inbox)


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
