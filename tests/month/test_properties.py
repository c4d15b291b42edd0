"""What must hold on the whole road whatever comes in: order, repetition, and any part of what is owed."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from pipeline.periods import Month
from tests.month import expected
from tests.month.expected import STATEMENT
from tests.month.loans_truth import COUNTIES
from tests.month.reshuffled import REGISTER, lay_out, rows_shuffled
from tests.month.road import (
    ANNEXES,
    PERIOD,
    SAMPLE,
    annex_rows,
    by_place,
    differences,
    figures_of,
    journal,
    monthly,
    products,
    run,
)

PAPERS = sorted(path for path in (SAMPLE / PERIOD).iterdir() if path.name != REGISTER)
BANKS = ("abc", "psbc", *(f"rcb-{county}" for county in COUNTIES))
UNITS = (*BANKS, *(f"fin-{county}" for county in COUNTIES))
ROAD = settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""A few examples, the same ones in every run, none shrunk: each is a month from the inbox to the annexes."""


@pytest.fixture(scope="session")
def unit_of(released) -> dict[str, str]:
    """File name → the reporting unit that owes what is in it, from the month's submissions."""
    (told,) = [release for release in released.told["releases"] if release["period"] == PERIOD]
    units = {duty["submission"]: duty["reporting_unit"] for duty in told["duties"]}
    return {
        Path(file["file"]).name: units[file["submissions"][0]]
        for file in released.told["received"]
        if file["file"].startswith(PERIOD) and file["submissions"][0] in units
    }


@ROAD
@given(seed=st.integers(0, 10**6))
def test_order_of_files_and_rows_does_not_matter(bases, in_order, tmp_path, seed):
    """Other names, other times of receipt, other rows first: the same bytes, vintage and all."""
    random = Random(seed)
    folder = tmp_path / "shuffled"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for paper in PAPERS:
        shutil.copy(paper, folder)
    for paper in _one_of_each_layout(random):
        rows_shuffled(paper, random, folder / paper.name)
    papers = random.sample(sorted(folder.iterdir()), len(PAPERS))
    with bases.copied(tmp_path / "workspace") as workspace:
        lay_out(papers, random, workspace / "inbox")
        told = monthly(workspace, PERIOD)
        assert [found["message"] for file in told["received"] for found in file["findings"]] == []
        for number in ANNEXES:
            annex = f"output/{PERIOD}/data/annex{number}.csv"
            assert (workspace / annex).read_bytes() == (in_order.folder / annex).read_bytes()


def _one_of_each_layout(random: Random) -> list[Path]:
    abc, psbc = (next(p for p in PAPERS if p.name.startswith(word)) for word in ("农行", "邮储"))
    county_bank = random.choice([paper for paper in PAPERS if "农商银行" in paper.name and "措施" not in paper.name])
    county = random.choice([paper for paper in PAPERS if "金融办" in paper.name])
    return [abc, psbc, county_bank, county]


@pytest.mark.parametrize("why", ["the same inbox", "the same files under other names, in another folder"])
def test_receiving_twice_changes_nothing(released, tmp_path, why):
    with released.copied(tmp_path / "workspace") as workspace:
        before, entries = products(workspace), journal(workspace)
        if why != "the same inbox":
            (workspace / "inbox/又发一次").mkdir()
            for paper in PAPERS:
                shutil.copy(paper, workspace / f"inbox/又发一次/重发{paper.name}")
        told = monthly(workspace, "2018-02:2018-03")
        assert told["received"] == []
        assert [release["new"] for release in told["releases"]] == [False, False]
        assert [release["release"] for release in told["releases"]] == [1, 1]
        assert journal(workspace) == entries
        assert products(workspace) == before


@settings(ROAD, max_examples=4)
@example(left_out=set(UNITS) - {"rcb-baihe"})
@example(left_out={unit for unit in UNITS if unit.startswith("fin-")})
@example(left_out={"abc", "psbc", "rcb-hanyin", "fin-shiquan"})
@given(left_out=st.sets(st.sampled_from(UNITS), max_size=len(UNITS)).filter(lambda units: not units.issuperset(BANKS)))
def test_any_subset_of_units_adds_up(bases, unit_of, tmp_path, left_out):
    """Whoever has not sent: every figure is what the loans of the others come to, and totals are sums of their rows."""
    with bases.copied(tmp_path / "workspace") as workspace:
        inbox = workspace / "inbox"
        shutil.copytree(
            SAMPLE / PERIOD, inbox, ignore=lambda _, names: [n for n in names if unit_of.get(n) in left_out]
        )
        told = monthly(workspace, PERIOD)
        (release,) = told["releases"]
        missing = {duty["reporting_unit"] for duty in release["duties"] if duty["state"] == "missing"}
        assert missing == left_out
        assert release["complete"] == (not left_out)
        for number in ANNEXES:
            rows = annex_rows(workspace, PERIOD, number)
            assert differences(rows, expected.annex(number, Month.parse(PERIOD), left_out)) == []
            assert_totals_add_up(rows)


def assert_totals_add_up(rows):
    """Straight from the csv: each part's total is the sum of what its rows print; nothing printed, no total."""
    placed = by_place(rows)
    for part in {part for part, _, _ in placed}:
        for figure in (*STATEMENT, "target_amount"):
            parts = [
                cell["value"]
                for (p, row, f), cell in placed.items()
                if (p, f) == (part, figure) and row != "total" and cell["value"]
            ]
            total = placed[part, "total", figure]["value"]
            assert (total == "") == (not parts)
            assert not parts or round(float(total) * 100) == sum(round(float(value) * 100) for value in parts)


@settings(ROAD, max_examples=3)
@given(gone=st.sets(st.sampled_from(BANKS), min_size=1, max_size=3))
def test_withdrawing_is_as_if_never_sent(released, in_order, tmp_path, gone):
    """Submissions withdrawn one by one leave the annexes that the others alone would have made."""
    submissions = submissions_of(released)
    with in_order.copied(tmp_path / "workspace") as workspace:
        for unit in sorted(gone):
            run(
                "withdraw",
                submissions[unit],
                "--reason",
                "银行来函：口径有误，撤回重报",
                "--by",
                "示例甲",
                workspace=workspace,
            )
        told = monthly(workspace, PERIOD)
        assert [(release["release"], release["new"]) for release in told["releases"]] == [(2, True)]
        for number in ANNEXES:
            rows = annex_rows(workspace, PERIOD, number)
            assert differences(rows, expected.annex(number, Month.parse(PERIOD), gone)) == []


def test_undoing_a_withdrawal_brings_the_figures_back(released, in_order, tmp_path):
    with in_order.copied(tmp_path / "workspace") as workspace:
        before = figures_of(workspace, PERIOD)
        reason = ("--reason", "撤错了单位，恢复原报表", "--by", "示例甲")
        entry = run("withdraw", submissions_of(released)["psbc"], *reason, workspace=workspace)["entry"]
        monthly(workspace, PERIOD)
        assert figures_of(workspace, PERIOD) != before
        run("undo", str(entry), *reason, workspace=workspace)
        monthly(workspace, PERIOD)
        assert figures_of(workspace, PERIOD) == before


def submissions_of(released) -> dict[str, str]:
    """Reporting unit → its statement or county return of the month."""
    (told,) = [release for release in released.told["releases"] if release["period"] == PERIOD]
    return {duty["reporting_unit"]: duty["submission"] for duty in told["duties"] if duty["form"] != "Q01"}
