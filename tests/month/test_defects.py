"""Clean months are clean; each planted defect shows as itself, where it lies and nowhere else."""

from __future__ import annotations

import csv

import pytest

from tests.month.road import run, sample_folders

LAST = "2018-03"
CLEAN = [folder.name for folder in sample_folders() if folder.name != LAST]

SLIP = {"汉阴 RCB in 元 under 万元": ("A13", "hard", "M01", "rcb-hanyin", "hanyin")}
ABOVE_CAP = {"ABC's loans above the cap in 紫阳": ("A13", "soft", "M01", "abc", "ziyang")}
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
    found = {
        tuple(row[name] for name in ("rule", "severity", "form", "reporting_unit", "area"))
        for row in findings(released, LAST)
    }
    assert found == {*SLIP.values(), *ABOVE_CAP.values()}
    by_unit = {row["reporting_unit"]: row["submission"] for row in findings(released, LAST)}
    assert len({row["submission"] for row in findings(released, LAST)}) == len(by_unit)


def test_slip_of_the_unit_shows_in_every_average(released):
    """Hard for each amount that has households beside it, at its cell, and says what was suspected."""
    slip = [row for row in findings(released, LAST) if row["severity"] == "hard"]
    assert {row["indicator"] for row in slip} == AVERAGES
    for row in slip:
        assert "单位疑似填错" in row["message"]
        assert row["file"].endswith("汉阴农商银行2018年3月.xlsx")
        assert row["sheet"] and row["cell"]


def test_loans_above_the_cap_show_once(released):
    """Only this month's lending has the large loans; the year's average and the balance stay below the cap."""
    (row,) = [row for row in findings(released, LAST) if row["severity"] == "soft"]
    assert row["indicator"] == "disbursed_amount_mtd"
    assert row["status"] == "open"


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
    assert {found["reporting_unit"] for found in status["unexplained"]} == {"abc"}


def test_late_return_is_in_force_all_the_same(released, status):
    """Lateness is recorded and never blocks: its figures are in the annex."""
    (duty,) = [duty for duty in status["duties"] if duty["reporting_unit"] == "fin-langao"]
    assert (duty["due"], duty["received_at"], duty["state"]) == ("2018-04-08", "2018-04-09 16:20", "in_force")
