"""The example of a history table, imported as README says: March 2017 grows against the invented city's own March 2016."""

from __future__ import annotations

import csv
import json
import shutil
from fractions import Fraction

import openpyxl
import pytest

from pipeline.periods import Month
from tests.generator import before
from tests.generator.places import COUNTIES, INSTITUTIONS, STATEMENT_UNITS, counties_of, institution_of
from tests.month.road import SAMPLE, annex_rows, monthly, run

MARCH, BEFORE, START = Month(2017, 3), Month(2016, 3), Month(2016, 12)
CITY = before.example()
ROWS = [(annex, part, row) for annex in (2, 3, 4, 5) for part, row in [
    *(("counties", name) for name in ("total", *(county.id for county in COUNTIES))),
    *((("institutions", name) for name in ("total", *INSTITUTIONS)) if annex == 2 else ()),
]]  # fmt: skip
LENDER = {3: "rcb", 4: "psbc", 5: "abc"}


def test_the_example_is_the_invented_city():
    assert before.EXAMPLE.read_text("utf-8-sig") == before.table(CITY)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("example")
    shutil.copytree(SAMPLE / "2017-03", folder / "inbox" / "2017-03")
    told = run("import-history", before.EXAMPLE, workspace=folder)
    assert (told["figures"], len(told["reporting_units"]), told["periods"]) == (120, 12, ["2016-03", "2016-12"])
    monthly(folder, "2017-03")
    return folder


@pytest.fixture(scope="module")
def figures(workspace):
    return {
        (annex, line["part"], line["row"], line["figure"]): line
        for annex in (2, 3, 4, 5)
        for line in annex_rows(workspace, "2017-03", annex)
    }


def truth(annex: int, row: str, indicator: str, month: Month) -> int:
    """In fen, from what each bank reports of each county."""
    return sum(
        CITY.reported(unit, month)[county.id, indicator]
        for unit in STATEMENT_UNITS
        for county in counties_of(unit)
        if (annex == 2 or institution_of(unit) == LENDER[annex]) and row in ("total", institution_of(unit), county.id)
    )


@pytest.mark.parametrize(("annex", "part", "row"), ROWS)
def test_growth_is_against_what_was_imported(figures, annex, part, row):
    then, now = (truth(annex, row, "outstanding_amount", month) for month in (START, MARCH))
    assert Fraction(figures[annex, part, row, "outstanding_amount_change"]["value"]) * 100 == now - then
    grown = {"disbursed_amount_ytd_yoy": "disbursed_amount_ytd"}
    if annex == 2:
        grown["outstanding_amount_yoy"] = "outstanding_amount"
    for figure, indicator in grown.items():
        then, now = (truth(annex, row, indicator, month) for month in (BEFORE, MARCH))
        line = figures[annex, part, row, figure]
        assert [Fraction(line[side]) * 100 for side in ("numerator", "denominator")] == [now - then, then]


def test_nothing_of_it_is_published_as_the_months_own(workspace, figures):
    data = workspace / "output/2017-03/data"
    with (data / "observations.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert {line["period"] for line in csv.DictReader(lines)} == {"2017-03"}
    assert {line["period"] for line in figures.values()} == {"2017-03"}
    bases = json.loads((workspace / "output/2017-03/release.json").read_text("utf-8"))["imported_bases"]
    assert sum(len(base["figures"]) for base in bases) == 30 * 2 + 30, "March 2016 both, December the amounts alone"
    assert {base["file"] for base in bases} == {"history_example.csv"}


@pytest.mark.parametrize("annex", [2, 3, 4, 5])
def test_every_annex_says_where_its_bases_come_from(workspace, annex):
    (path,) = (workspace / "output/2017-03").glob(f"附件{annex} *.xlsx")
    cells = [str(cell.value) for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row if cell.value]
    for month in ("2016年3月", "2016年12月"):
        (note,) = (text for text in cells if f"对比基期{month}：" in text)
        assert note.endswith(f"的数据为补录的历史数据，来源：{month}金融扶贫小额贷款统计表（示例数据，纯属虚构）。")
    assert not [text for text in cells if "上年同期未统计" in text]
