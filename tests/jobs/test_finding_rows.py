"""Findings as rows: figures in the units of the messages, what the file itself says as the file has it."""

from __future__ import annotations

import pytest

from pipeline.catalog import load_catalog
from pipeline.jobs.finding_rows import told_figures
from pipeline.model import Finding, Severity

CATALOG = load_catalog()


@pytest.mark.parametrize(
    ("why", "indicator", "level", "value", "expected", "told"),
    [
        ("元 become 万元", "outstanding_amount", 1, "793000.00", "700000.00", ("79.30", "70.00", "万元")),
        ("not a fen is lost", "outstanding_amount", 1, "0.01", "1000000.10", ("0.000001", "100.00001", "万元")),
        ("below zero", "other_change_amount_mtd", 1, "-12345.67", "0.00", ("-1.234567", "0.00", "万元")),
        ("nothing expected", "outstanding_amount", 2, "100.00", "", ("0.01", "", "万元")),
        ("households", "outstanding_households", 1, "77", "78", ("77", "78", "户")),
        ("loans", "outstanding_loans", 1, "80", "", ("80", "", "笔")),
        ("a rate", "weighted_average_rate", 1, "43.5", "", ("43.5", "", "%")),
        ("of a bank, in the county's return", "mirror_outstanding_amount@rcb", 3, "50000.00", "", ("5.00", "", "万元")),
        ("words", "measure_rules", 1, "无", "", ("无", "", "")),
        ("an amount that is blank", "outstanding_amount", 1, "", "", ("", "", "")),
        ("of the file: in whatever unit it is", "outstanding_amount", 0, "1176.19", "", ("1176.19", "", "")),
        ("a count at the place of an amount: nobody's unit", "outstanding_amount", 1, "77", "", ("77", "", "")),
        ("no indicator", "", 2, "2018-02", "2018-03", ("2018-02", "2018-03", "")),
    ],
)
def test_in_what_figures_are_told(why, indicator, level, value, expected, told):
    form = "C01" if "mirror" in indicator else "Q01" if "measure" in indicator else "M01"
    found = Finding(
        *("A01", level, Severity.HARD, "请核对。", "甲.xlsx", "0" * 64),
        form=form,
        indicator=indicator,
        value=value,
        expected=expected,
    )
    assert told_figures(found, CATALOG) == told, why
