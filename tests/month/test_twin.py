"""The sample's twin beside what else its release says: the same figures as the csv files, accessible item by item."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.a11y.verdicts import FAILED, verdicts
from tests.month.road import ANNEXES, annex_rows
from tests.twins import opened, table_of

IN_CSV_ONLY = "_matched"
"""Growth over those who are there in both months: no annex prints it."""
MONTHS = ("2018-02", "2018-03")
"""The complete month, and the one with the planted defects."""


def _twin(released, period: str) -> bytes:
    return (released.folder / "output" / period / "附件1-5 数据表.xlsx").read_bytes()


@pytest.mark.parametrize("period", MONTHS)
def test_every_item_of_the_checklist_that_a_program_decides_is_met(released, period):
    broken = [(v.item.text, v.broken) for v in verdicts(_twin(released, period)) if v.word == FAILED]
    assert not broken


@pytest.mark.parametrize("period", MONTHS)
def test_the_twin_has_the_figures_of_the_csv_files(released, period):
    """Values in 元, households, quotients and ranks there; in 万元, percent and the rest here."""
    book, compared = opened(_twin(released, period)), 0
    for number in ANNEXES:
        rows = [row for row in annex_rows(released.folder, period, number) if not row["figure"].endswith(IN_CSV_ONLY)]
        parts = dict.fromkeys(row["part"] for row in rows)
        sheets = [sheet for sheet in book if sheet.title.startswith(f"附件{number}")]
        for sheet, part in zip(sheets, parts, strict=True):
            for line in table_of(sheet):
                label, *cells, _, _, _ = line.values()
                told = [row for row in rows if row["part"] == part and row["row_label"] == label]
                assert len(told) == len(cells)
                for row, cell in zip(told, cells, strict=True):
                    compared += _agrees(row, cell)
    assert compared > 800


def _agrees(row: dict[str, str], cell: object) -> bool:
    told = row["rank"] if row["unit"] == "rank" else row["value"]
    if not told:
        assert isinstance(cell, str) and cell.startswith("[")
        return False
    if row["unit"] == "元":
        assert Decimal(repr(cell)) * 10_000 == Decimal(told)
    elif row["unit"] == "ratio":
        assert cell == pytest.approx(float(told) * 100, abs=6e-9)
    else:
        assert cell == int(told)
    return True
