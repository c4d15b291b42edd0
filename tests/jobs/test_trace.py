"""A trace tells what was known when its release was made, whatever has come since."""

from __future__ import annotations

from fractions import Fraction

import openpyxl

from tests.jobs.inprocess import asked, run
from tests.jobs.sample import AS_OF, SAMPLE

REPORT = "石泉农商银行2018年3月.xlsx"
CELL = "annex3/counties/shiquan/outstanding_amount"


def traced(capsys, workspace, day):
    return asked(capsys, "trace", "2018-03", CELL, "--workspace", workspace, "--as-of", day)["data"]


def test_an_earlier_day_shows_the_release_and_the_file_of_that_day(capsys, workspace):
    before = traced(capsys, workspace, AS_OF)
    book = openpyxl.load_workbook(SAMPLE / "2018-03" / REPORT)
    assert Fraction(before["lineage"]["value"]) == round(book.worksheets[0]["G21"].value * 1_000_000)
    book.worksheets[0]["A1"] = f"{book.worksheets[0]['A1'].value}（更正）"
    book.save(workspace / "inbox" / f"更正 {REPORT}")
    run(capsys, "monthly", "2018-03", "--workspace", workspace, "--as-of", "2018-04-12")
    after = traced(capsys, workspace, "2018-04-12")
    source = after["lineage"]["parts"][0]["source"]
    assert (source["file"], source["cell"]) == (f"更正 {REPORT}", "G21")
    assert after["release"] == before["release"] + 1
    assert traced(capsys, workspace, AS_OF) == before
    assert before["lineage"]["parts"][0]["source"]["file"] == f"2018-03/{REPORT}"
