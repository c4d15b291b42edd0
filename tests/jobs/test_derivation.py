import sqlite3

import pytest

from pipeline.errors import StoreError, UsageError
from pipeline.jobs.clock import clock_for, refuse_backwards
from tests.jobs.sample import AS_OF, asked, inbox_of, pipeline


def test_an_archive_that_was_tampered_with_is_refused_when_read_anew(tmp_path):
    inbox_of(tmp_path, "2018-03", only="石泉")
    where = ("2018-03", "--as-of", AS_OF, "--workspace", tmp_path)
    assert pipeline("monthly", *where).returncode == 1
    kept = next(p for p in (tmp_path / "store" / "archive").rglob("*") if p.is_file())
    kept.write_bytes(kept.read_bytes() + b"\0")
    raw = sqlite3.connect(tmp_path / "store" / "store.sqlite")
    raw.execute("PRAGMA user_version = 999")
    raw.commit()
    raw.close()
    done = pipeline("monthly", *where)
    assert done.returncode == 3
    assert "已被改动。请从备份恢复 store 文件夹。" in done.stderr


def test_a_store_of_an_older_shape_is_derived_again_from_archive_and_journal(tmp_path):
    inbox_of(tmp_path, "2018-03", only="石泉")
    where = ("2018-03", "--as-of", AS_OF, "--workspace", tmp_path)
    before = asked("monthly", *where)
    raw = sqlite3.connect(tmp_path / "store" / "store.sqlite")
    raw.execute("PRAGMA user_version = 999")
    raw.commit()
    raw.close()
    after = asked("monthly", *where)
    assert after["data"]["releases"][0]["duties"] == before["data"]["releases"][0]["duties"]
    assert after["data"]["received"] == []


@pytest.mark.parametrize("as_of", ["2018-4-10", "2018-02-30", "gestern", ""])
def test_what_is_no_day_is_refused(as_of):
    with pytest.raises(UsageError, match="2018-04-10 这样的日期"):
        clock_for(as_of)


def test_the_clock_is_the_end_of_the_day_and_never_after_now():
    assert clock_for("2018-04-10").text == "2018-04-10 23:59:59"
    today = clock_for(None)
    assert clock_for(str(today.day)).text[:10] == str(today.day)
    with pytest.raises(UsageError, match="晚于今天"):
        clock_for("2998-01-01")


def test_time_never_runs_backwards():
    refuse_backwards(clock_for("2018-04-10"), "2018-04-10 23:59:59")
    refuse_backwards(clock_for("2018-04-10"), "")
    with pytest.raises(UsageError, match="早于库中最后一条记录"):
        refuse_backwards(clock_for("2018-04-09"), "2018-04-10 08:00:00")


def test_the_error_family_tells_exit_codes():
    assert (UsageError.exit_code, StoreError.exit_code) == (2, 3)
