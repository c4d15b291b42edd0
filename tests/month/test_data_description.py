"""`datapackage.json` of real releases: an independent validator finds the files as they are described."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from frictionless import validate

from tests.month.road import SAMPLE, monthly

MONTHS = ("2017-01", "2017-12", "2018-01", "2018-02", "2018-03")
"""The first month (no base), a year's end, one with a bank's csv file, a whole one, one with gaps and findings."""


def held_against(folder: Path) -> dict[str, int]:
    """File → rows, when the validator agrees with every word of the description."""
    report = validate(str(folder / "datapackage.json"))
    wrong = report.flatten(["name", "rowNumber", "fieldName", "type", "note"])
    assert report.valid and not wrong, wrong[:5]
    return {task.name: task.stats.get("rows", 0) for task in report.tasks}


@pytest.mark.parametrize("period", MONTHS)
def test_the_sample_is_as_described(released, period):
    folder = released.folder / "output" / period / "data"
    rows = held_against(folder)
    assert {f"{name}.csv" for name in rows} == {path.name for path in folder.glob("*.csv")}
    for name, count in rows.items():
        assert count == len(_lines(folder / f"{name}.csv")), name
    assert rows["observations"] > 1000 and rows["annex2"] > 300


@pytest.mark.parametrize("word", ["石泉农商", "市2018", "邮储"])
def test_a_month_of_one_bank_is_as_described(tmp_path, word):
    """Hardly anything is known: most figures are gaps, and still of the kinds that are described."""
    (tmp_path / "inbox").mkdir()
    for path in sorted(SAMPLE.glob("2018-0[13]/*")):
        if word in path.name or ("农行" in path.name and word == "市2018"):
            shutil.copy2(path, tmp_path / "inbox" / path.name)
    monthly(tmp_path, "2018-03")
    rows = held_against(tmp_path / "output/2018-03/data")
    assert rows["annex2"] > 300 and rows["observations"] > 0


def test_every_field_has_words_for_people(released):
    package = json.loads((released.folder / "output/2018-03/data/datapackage.json").read_text("utf-8"))
    fields = [field for resource in package["resources"] for field in resource["schema"]["fields"]]
    assert all(field["title"] and len(field["description"]) >= 2 for field in fields)
    assert {field["unit"] for field in fields if "unit" in field} == {"元", "家", "位"}


def _lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]
