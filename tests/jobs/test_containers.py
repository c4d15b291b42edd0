"""Statements that come in archives and mails, from the inbox to the release and back from the journal."""

import json
import sqlite3

import pytest

from tests.ingest.files import zipped
from tests.ingest.inboxes import put, register
from tests.ingest.mails import mail
from tests.jobs.inprocess import asked, duty, run
from tests.jobs.sample import AS_OF, SAMPLE

ABC = (SAMPLE / "2018-03" / "农行2018年3月金融扶贫小额贷款统计表.xlsx").read_bytes()
SHIQUAN = (SAMPLE / "2018-03" / "石泉农商银行2018年3月.xlsx").read_bytes()
MONTH = ("2018-03", "--as-of", AS_OF)


@pytest.fixture
def inbox(tmp_path):
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


def received(told):
    return {file["file"]: file for file in told["data"]["received"]}


def monthly(capsys, workspace):
    return asked(capsys, "monthly", *MONTH, "--workspace", workspace)


def test_a_statement_in_a_mail_in_an_archive_is_received_at_the_mails_date(capsys, tmp_path, inbox):
    put(inbox, "3月.zip", zipped(("农行/来信.eml", mail(("农行3月.xlsx", ABC), date="Mon, 9 Apr 2018 23:30:00 +0000"))))
    told = monthly(capsys, tmp_path)
    assert list(received(told)) == ["3月.zip/农行/来信.eml", "3月.zip/农行/来信.eml/农行3月.xlsx", "3月.zip"]
    statement = received(told)["3月.zip/农行/来信.eml/农行3月.xlsx"]
    assert statement["received_at"] == "2018-04-10 07:30"
    assert duty(told, "abc")["late"] is True
    assert duty(told, "abc")["days_late"] == 2
    assert duty(told, "abc")["submission"] == statement["submissions"][0]
    assert [f["findings"] for name, f in received(told).items() if not name.endswith(".xlsx")] == [[], []]
    assert told["data"]["notes"] == ["从《3月.zip》中取出1个文件。"]
