"""Clean months are clean; each planted defect shows as itself, where it lies and nowhere else."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest

from tests.month.road import run, sample_folders

LAST = "2018-03"
CLEAN = [folder.name for folder in sample_folders() if folder.name != LAST]

SLIP = {"汉阴 RCB in 元 under 万元": ("A13", "hard", "M01", "rcb-hanyin", "hanyin")}
ABOVE_CAP = {"ABC's loans above the cap in 紫阳": ("A13", "soft", "M01", "abc", "ziyang")}
WORDS = {
    "宁陕's words are February's": ("Q01-1", "soft", "Q01", "rcb-ningshan", ""),
    "平利 quotes a balance with two digits changed round": ("Q01-2", "soft", "Q01", "rcb-pingli", ""),
}
AVERAGES = {"disbursed_amount_mtd", "disbursed_amount_ytd", "outstanding_amount"}


@pytest.fixture(scope="module")
def status(released):
    """`status` of the month with the defects."""
    return run("status", LAST, workspace=released.folder, codes=(1,))


def findings(workspace, period):
    with (workspace.folder / "output" / period / "data/findings.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("period", CLEAN)
def test_clean_month_raises_nothing(released, period):
    """Neither while reading nor by any rule, the ratios above 100 % among them; it is complete."""
    read = [told for told in released.told["received"] if told["file"].startswith(f"{period}/")]
    assert [found for told in read for found in told["findings"] if found["severity"] != "note"] == []
    assert [found for found in findings(released, period) if found["severity"] != "note"] == []
    (told,) = [release for release in released.told["releases"] if release["period"] == period]
    assert told["complete"]
    assert {duty["state"] for duty in told["duties"]} == {"in_force"}
    assert not any(duty["late"] for duty in told["duties"])


def test_defects_raise_their_own_code_in_their_own_submission(released):
    found = [
        tuple(row[name] for name in ("rule", "severity", "form", "reporting_unit", "area"))
        for row in findings(released, LAST)
        if row["status"] != "folded"
    ]
    assert sorted(found) == sorted([*SLIP.values(), *ABOVE_CAP.values(), *WORDS.values()])
    by_unit = {row["reporting_unit"]: row["submission"] for row in findings(released, LAST)}
    assert len({row["submission"] for row in findings(released, LAST)}) == len(by_unit)


def test_slip_of_the_unit_is_one_message_with_all_that_follows_folded(released):
    """A13 at every average, and whatever compares with last month or the year's start, go under the one that names it.

    汉阴's amounts are ten thousand times too large: against last month no balance, sum or base can hold (A02 to A05, A07).
    """
    theirs = [row for row in findings(released, LAST) if row["reporting_unit"] == "rcb-hanyin"]
    (told,) = [row for row in theirs if row["status"] != "folded"]
    assert told["indicator"] in AVERAGES and "疑似元、万元填错" in told["message"]
    assert Decimal(told["value"]) == 10_000 * Decimal(told["expected"])
    assert {row["rule"] for row in theirs if row["severity"] == "hard"} == {"A02", "A03", "A04", "A05", "A13"}
    assert {row["indicator"] for row in theirs if row["rule"] == "A13"} == AVERAGES
    for row in theirs:
        assert row["file"].endswith("汉阴农商银行2018年3月.xlsx")
        assert row["sheet"] and row["cell"]


def test_loans_above_the_cap_show_once(released):
    """Only this month's lending has the large loans; the year's average and the balance stay below the cap."""
    (row,) = [row for row in findings(released, LAST) if (row["severity"], row["reporting_unit"]) == ("soft", "abc")]
    assert row["indicator"] == "disbursed_amount_mtd"
    assert row["status"] == "open"


def test_words_are_asked_about_once_a_unit(released):
    """One names the items that only repeat last month's words, one the figure and what the statement says."""
    by_rule = {row["rule"]: row for row in findings(released, LAST) if row["form"] == "Q01"}
    unchanged, misquoted = by_rule["Q01-1"], by_rule["Q01-2"]
    assert (
        unchanged["value"] == "组织领导、制度建设、信贷产品、网点及服务覆盖、产业带动与定点帮扶、存在问题、下一步措施"
    )
    assert (misquoted["indicator"], misquoted["status"]) == ("outstanding_amount", "open")
    assert sorted(misquoted["value"]) == sorted(misquoted["expected"]), "the same digits in another order"
    assert misquoted["value"] != misquoted["expected"]


def test_status_tells_missing_rejected_and_late(status):
    states = {(duty["reporting_unit"], duty["form"]): duty["state"] for duty in status["duties"]}
    assert {duty: state for duty, state in states.items() if state != "in_force"} == {
        ("rcb-zhenping", "M01"): "missing",
        ("rcb-zhenping", "Q01"): "missing",
        ("rcb-hanyin", "M01"): "rejected",
    }
    late = {duty["reporting_unit"]: duty["days_late"] for duty in status["duties"] if duty["late"]}
    assert late == {"fin-langao": 1}
    assert not status["complete"]
    assert {found["reporting_unit"] for found in status["unexplained"]} == {"abc", "rcb-ningshan", "rcb-pingli"}


def test_late_return_is_in_force_all_the_same(released, status):
    """Lateness is recorded and never blocks: its figures are in the annex."""
    (duty,) = [duty for duty in status["duties"] if duty["reporting_unit"] == "fin-langao"]
    assert (duty["due"], duty["received_at"], duty["state"]) == ("2018-04-08", "2018-04-09 16:20", "in_force")
