"""审核报告.xlsx of the sample's months: the complete one, and the one with the planted defects."""

from __future__ import annotations

import csv
from fractions import Fraction

import openpyxl

from tests.month.road import annex_rows

REJECTED = "rcb-hanyin"
"""Typed in 元: its statement of March is not in force."""


def _sheet(released, period: str, name: str) -> list[tuple]:
    book = openpyxl.load_workbook(released.folder / "output" / period / "审核报告.xlsx")
    return list(book[name].iter_rows(values_only=True))


def test_the_complete_month_has_nothing_to_tell_and_everything_was_run(released):
    words = [row[0] for row in _sheet(released, "2018-02", "概况")]
    assert "各条审核关系都能运行。" in words
    assert "没有影响附件数字的未处理问题。" in words


def test_a_rejected_bank_weighs_what_it_reported_last_month(released):
    """By hand: its figures of February as parts of the totals of March in which they are missing."""
    path = released.folder / "output/2018-02/data/observations.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        last = {
            row["indicator"]: Fraction(row["value"])
            for row in csv.DictReader(file)
            if (row["reporting_unit"], row["form"]) == (REJECTED, "M01") and row["value"]
        }
    parts = {
        row["figure"]: last[row["figure"]] / Fraction(row["value"])
        for row in annex_rows(released.folder, "2018-03", 3)
        if row["row"] == "total" and row["figure"] in last and Fraction(row["value"] or 0)
    }
    figure = max(parts, key=lambda name: parts[name])
    first = dict(
        zip(_sheet(released, "2018-03", "问题清单")[1], _sheet(released, "2018-03", "问题清单")[2], strict=True)
    )
    assert (first["单位"], first["疑似原因"], figure) == ("汉阴农商银行", "元、万元填错", "past_due_households")
    assert first["影响"] == f"整份缺：附件3“逾期/户数”{float(parts[figure]) * 100:.2f}%"
