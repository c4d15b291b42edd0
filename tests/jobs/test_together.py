"""Several versions of one statement in one inbox: what nothing orders is refused, what a register orders is a resubmission."""

import io

import openpyxl
import pytest

from pipeline.ingest import limits
from tests.ingest.files import rezipped, zipped
from tests.ingest.inboxes import put, register
from tests.jobs.containers import ABC, SHIQUAN, derived, grow_old, monthly, taken
from tests.jobs.inprocess import asked, duty, run
from tests.jobs.sample import AS_OF

FIRST = ABC


def with_another_remark():
    """The same statement, saying something else of one county."""
    book = openpyxl.load_workbook(io.BytesIO(ABC))
    sheet = book.active
    (heading,) = (cell for row in sheet.iter_rows() for cell in row if str(cell.value).strip() == "备注")
    (county,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "白河县")
    sheet.cell(county.row, heading.column).value = "已核对"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def second():
    return with_another_remark()


NAMES = {"农行A版.xlsx", "农行B版.xlsx"}


@pytest.fixture
def two(inbox, second):
    put(inbox, "石泉.xlsx", SHIQUAN)
    put(inbox, "农行A版.xlsx", FIRST)
    put(inbox, "农行B版.xlsx", second)
    return inbox


def refused(intake):
    """Files whose statement is refused for another version beside it."""
    return {f.file for reading in intake.readings for f in reading.findings if "无法确定以哪份为准" in f.message}


def test_two_files_without_a_time_are_both_refused_whatever_their_names(two):
    intake = taken(two)
    assert refused(intake) == NAMES
    told = [f for f in intake.readings[0].findings if f.rule == "F10"]
    assert [(f.file, f.submission) for f in told] == [("农行A版.xlsx", intake.readings[0].submissions[0].id)]
    assert "《农行B版.xlsx》" in told[0].message


def test_the_same_minute_in_a_register_orders_nothing(two):
    register(two, *(f"{name},2018-04-05 08:00,邮件,," for name in sorted(NAMES)))
    assert refused(taken(two)) == NAMES


def test_a_register_that_says_which_came_later_makes_it_a_resubmission(capsys, two):
    register(two, "农行A版.xlsx,2018-04-05 09:00,邮件,,", "农行B版.xlsx,2018-04-05 08:00,邮件,,")
    told = monthly(capsys, two)
    (first,) = [file for file in told["data"]["received"] if file["file"] == "农行A版.xlsx"]
    assert duty(told, "abc")["submission"] == first["submissions"][0]


def test_a_version_in_an_archive_and_one_beside_it(inbox, second):
    put(inbox, "农行.zip", zipped(("农行A版.xlsx", FIRST)))
    put(inbox, "农行B版.xlsx", second)
    assert refused(taken(inbox)) == {"农行.zip/农行A版.xlsx", "农行B版.xlsx"}


def test_the_same_figures_twice_are_no_contradiction(inbox):
    put(inbox, "农行A版.xlsx", FIRST)
    put(inbox, "农行B版.zip", zipped(("农行.xls", rezipped(ABC, extra=[("docProps/x.xml", "<x/>")]))))
    assert refused(taken(inbox)) == set()


def test_what_a_later_run_brings_is_a_resubmission_also_when_all_is_read_anew(capsys, inbox, second):
    put(inbox, "农行Z.xlsx", FIRST)
    monthly(capsys, inbox)
    put(inbox, "农行C.xlsx", second)
    told = monthly(capsys, inbox)
    (second,) = told["data"]["received"]
    assert (second["file"], duty(told, "abc")["submission"]) == ("农行C.xlsx", second["submissions"][0])
    before = derived(inbox.parent)
    grow_old(inbox.parent)
    again = monthly(capsys, inbox)
    assert duty(again, "abc")["submission"] == second["submissions"][0]
    assert derived(inbox.parent) == before


def test_two_that_were_refused_stay_so_when_all_is_read_anew_until_one_is_withdrawn(capsys, two):
    told = monthly(capsys, two)
    assert duty(told, "abc")["state"] == "rejected"
    before = derived(two.parent)
    grow_old(two.parent)
    assert duty(monthly(capsys, two), "abc")["state"] == "rejected"
    assert derived(two.parent) == before
    by_name = {f["file"]: f["submissions"][0] for f in told["data"]["received"]}
    wanted, other = by_name["农行A版.xlsx"], by_name["农行B版.xlsx"]
    here = ("--workspace", two.parent, "--as-of", AS_OF)
    because = ("--reason", "农行电话确认以A版为准", "--by", "示例甲", *here)
    run(capsys, "withdraw", other, *because)
    told = asked(capsys, "status", "2018-03", *here)
    assert (duty(told, "abc")["submission"], duty(told, "abc")["state"]) == (wanted, "in_force")
    assert {f["status"] for f in told["data"]["findings"] if f["rule"] == "F10"} == {"corrected"}
    entry = asked(capsys, "monthly", "2018-03", *here)
    assert duty(entry, "abc")["state"] == "in_force"


def test_a_file_beyond_every_limit_is_refused_and_kept_and_stops_no_other(inbox, monkeypatch):
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 2**19)
    monkeypatch.setattr(limits, "MAX_CONTAINER_BYTES", 2**20)
    put(inbox, "农行.xlsx", FIRST)
    put(inbox, "大.zip", b"PK\x03\x04" + bytes(3 * 2**20))
    intake = taken(inbox)
    found = {file.name: reading for file, reading in zip(intake.files, intake.readings, strict=True)}
    assert [f.rule for f in found["大.zip"].findings] == ["F01"]
    assert len(found["农行.xlsx"].submissions) == 1
    kept = {path.stat().st_size for path in (inbox.parent / "store").rglob("*") if path.is_file()}
    assert 3 * 2**20 + 4 in kept
