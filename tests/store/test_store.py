import sqlite3
from dataclasses import replace

import pytest

from pipeline.errors import StoreError
from pipeline.model import Finding, Observation, ReceivedFile, Severity, Submission, Symbol
from pipeline.store import records, tables
from pipeline.store.archive import Archive
from pipeline.store.store import Store

OBSERVATIONS = [
    Observation("outstanding_amount", "hanbin", "abc", 12_340_000, "表1", "C7", raw="12.34"),
    Observation("remark", "hanbin", "abc", None, "表1", "D7", text="注", raw="注"),
    Observation("credit_line_amount", "hanbin", "abc", None, "表1", "E7", symbol=Symbol.MISSING),
    Observation("outstanding_amount", "total", "abc", 12_340_000, "表1", "C8", total=True, raw="12.34"),
]
SUBMISSION = Submission(
    "M01", "abc", "2018-03", "a" * 64, "农行.xlsx", "表1", "M01-abc", "2018-04-05 09:00", OBSERVATIONS, "万元", 10_000
)
FINDING = Finding("A13", 1, Severity.SOFT, "…", "农行.xlsx", "a" * 64, "2018-03", "M01", SUBMISSION.id, "abc", "hanbin")


def test_what_is_put_in_comes_out_again(tmp_path):
    store = Store(tmp_path, create=True)
    with store.transaction() as connection:
        records.add_file(connection, ReceivedFile("a" * 64, "农行.xlsx", "2018-04-05 09:00"), 1)
        records.add_submissions(connection, [SUBMISSION], [1])
        records.add_findings(connection, [(FINDING, 1)])
    store.close()
    again = Store(tmp_path, create=False)
    with again.transaction() as connection:
        (record,) = records.submissions(connection, 1, ["2018-03"])
        read = records.observations(connection, [record.id])
        (stored,) = records.findings(connection, 1, periods=["2018-03"])
        assert records.full(record, read[record.id]) == SUBMISSION
        assert (stored.finding, stored.id) == (FINDING, FINDING.id)
        assert records.submissions(connection, 0) == []
        assert records.known_files(connection) == {"a" * 64: "农行.xlsx"}


def test_a_finding_can_end_and_is_still_known_at_an_earlier_vintage(tmp_path):
    store = Store(tmp_path, create=True)
    with store.transaction() as connection:
        records.add_findings(connection, [(FINDING, 1)])
        (stored,) = records.findings(connection, 1)
        records.end_findings(connection, [stored.number], 5)
        assert records.findings(connection, 4)[0].until is None
        assert records.findings(connection, 5)[0].until == 5


def test_reading_a_workspace_without_a_store_creates_nothing(tmp_path):
    store = Store(tmp_path, create=False)
    with store.transaction() as connection:
        assert records.submissions(connection, 99) == []
    assert list(tmp_path.iterdir()) == []


def test_derived_tables_of_an_older_shape_are_dropped_and_the_journal_stays(tmp_path):
    store = Store(tmp_path, create=True)
    with store.transaction() as connection:
        records.add_submissions(connection, [SUBMISSION], [1])
    store.close()
    raw = sqlite3.connect(tmp_path / "store" / "store.sqlite")
    raw.execute(f"PRAGMA user_version = {tables.VERSION + 1}")
    raw.commit()
    raw.close()
    again = Store(tmp_path, create=True)
    assert again.stale
    with again.transaction() as connection:
        assert records.submissions(connection, 99) == []


def test_a_damaged_database_is_told_in_one_sentence(tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "store.sqlite").write_bytes(b"not a database, but long enough to be looked at" * 50)
    with pytest.raises(StoreError, match="可能已损坏。请从备份恢复"):
        Store(tmp_path, create=True)


def test_the_archive_keeps_bytes_under_their_hash_and_notices_change(tmp_path):
    archive = Archive(tmp_path)
    digest = archive.put(b"bytes")
    assert archive.put(b"bytes") == digest
    assert archive.get(digest) == b"bytes"
    archive.path(digest).write_bytes(b"other")
    with pytest.raises(StoreError, match="已被改动"):
        archive.get(digest)
    archive.path(digest).unlink()
    with pytest.raises(StoreError, match="缺少文件"):
        archive.get(digest)


def test_the_archive_says_when_it_cannot_write(tmp_path):
    (tmp_path / "archive").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="请检查磁盘空间和写入权限"):
        Archive(tmp_path / "archive").put(b"bytes")


def test_submission_ids_are_stable_and_tell_submissions_apart():
    assert SUBMISSION.id == replace(SUBMISSION, received_at="2019-01-01 00:00", observations=[]).id
    assert SUBMISSION.id != replace(SUBMISSION, period="2018-02").id


def test_the_same_written_by_somebody_else_meanwhile_is_no_damage(tmp_path):
    store = Store(tmp_path, create=True)
    with store.transaction() as connection:
        records.add_file(connection, ReceivedFile("a" * 64, "农行.xlsx", "2018-04-05 09:00"), 1)
    busy = pytest.raises(StoreError, match="另一个窗口正在运行本程序，数据没有损坏。请等它结束后重新运行。")
    with busy, store.transaction() as connection:
        records.add_file(connection, ReceivedFile("a" * 64, "农行.xlsx", "2018-04-05 09:00"), 1)


def test_only_one_run_at_a_time_and_a_short_wait_says_so(tmp_path, monkeypatch):
    first, second = Store(tmp_path, create=True), Store(tmp_path, create=True)
    monkeypatch.setattr("pipeline.store.store.PATIENCE", 0.1)
    with first.alone(), pytest.raises(StoreError, match="另一个窗口正在运行本程序"), second.alone():
        pass
    with second.alone():
        pass
