"""Units of measure in words, and whose they are."""

import pytest

from pipeline.ingest.measures import contradicts, is_of, is_over, measures_in_brackets
from tests.ingest.sheets import CATALOG

COLUMNS = CATALOG.forms["M01"].by_code
HOUSEHOLDS, LOANS = COLUMNS["outstanding_households"], COLUMNS["outstanding_loans"]
AMOUNT, RATE, REMARK = COLUMNS["outstanding_amount"], COLUMNS["weighted_average_rate"], COLUMNS["remark"]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("授信户数（万元）", ("万元",)),
        ("期末余额(单位：万元、户)", ("万元", "户")),
        ("期末余额（人民币万元）", ("万元",)),
        ("授信户数［百户］", ("百户",)),
        ("加权平均利率(年)(‰)", ("‰",)),
        ("期末余额（含续贷）", ()),
        ("加权平均利率(年)", ()),
        ("万元户数", ()),
    ],
)
def test_units_in_brackets(text, units):
    assert measures_in_brackets(text) == units


@pytest.mark.parametrize(
    ("column", "own", "foreign"),
    [
        (HOUSEHOLDS, ["户", "户次"], ["百户", "万户", "笔", "万元", "%", "个"]),
        (LOANS, ["笔", "笔次"], ["户", "千笔", "元"]),
        (AMOUNT, ["元", "千元", "万元", "亿元"], ["户", "%", "万美元", "十万元"]),
        (RATE, ["%", "百分比", "‰", "厘"], ["万元", "户"]),
    ],
)
def test_whose_unit_it_is(column, own, foreign):
    assert [unit for unit in (*own, *foreign) if is_of(column, unit)] == own
    assert not any(contradicts(column, [unit]) for unit in own)
    assert not contradicts(column, [])


def test_units_of_money_are_told_elsewhere_and_words_have_none():
    assert not contradicts(AMOUNT, ["万元", "元"])
    assert not contradicts(REMARK, ["万元"]) or not is_of(REMARK, "万元")


def test_a_column_headed_by_money_may_hold_counts_but_not_the_other_way_round():
    assert is_over(HOUSEHOLDS, ["万元"])
    assert is_over(AMOUNT, ["户", "万元"])
    assert not is_over(AMOUNT, ["户"])
    assert not is_over(HOUSEHOLDS, ["百户"])
