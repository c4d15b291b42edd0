"""Which headings of an upright form's value columns say the statement's own time, and which another's figures."""

from datetime import date

import pytest

from pipeline.ingest.upright_times import is_of_others, said, span_of
from pipeline.model import Cell, CellKind
from pipeline.periods import Month

MARCH = Month(2018, 3)
SPANS = {
    "期末": "期末余额",
    "本月": "本月",
    "年初至本月累计": "本年累计",
    "本年累计": "本年累计",
    "本月末": "期末余额",
    "余额": "期末余额",
}


def head(value):
    kind = CellKind.DATE if isinstance(value, date) else CellKind.TEXT
    return Cell(row=0, col=3, kind=kind, value=value)


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("本月", "本月"),
        ("本月金额", "本月"),
        ("3月发生额", "本月"),
        ("本月（3月）", "本月"),
        ("1—3月累计数", "本年累计"),
        ("2018年本年累计", "本年累计"),
        ("本年累计（截至3月末）", "本年累计"),
        ("2018年3月余额", "期末余额"),
        ("3月当月", "本月"),
        ("本期发生额", "本月"),
        ("本月（当月）", "本月"),
        ("今年以来累计", "本年累计"),
        ("一季度累计", "本年累计"),
        ("自年初累计数", "本年累计"),
        ("年初至3月末", "本年累计"),
        ("截至本月末", "期末余额"),
        ("一季度末余额", "期末余额"),
        ("年初至2月", None),
        ("上半年累计", None),
        ("二季度累计", None),
        ("2015年以来累计", None),
        ("去年累计", None),
        ("上期末", None),
        ("年末", None),
        ("余额（2018年3月31日）", "期末余额"),
        ("余额（2017年3月）", None),
        ("余额（上年同期）", None),
        ("3月累计", None),
        ("2018年", None),
        ("2月", None),
        ("本月计划", None),
    ],
)
def test_the_span_of_a_heading(words, span):
    assert span_of(words, SPANS, MARCH) == span


@pytest.mark.parametrize("day", [(date(2018, 3, 1), "2018年3月"), (date(2018, 3, 31), "2018年3月末")])
def test_a_month_that_excel_made_a_day(day):
    assert said(head(day[0])) == day[1]


@pytest.mark.parametrize(
    ("words", "is_other"),
    [
        ("上年同期", True),
        ("上月末余额", True),
        ("2月", True),
        ("年初数", True),
        ("本年计划", True),
        ("同比%", True),
        ("本月较上月增减", True),
        ("年初至今", False),
        ("本月", False),
        ("3月", False),
        ("本月及上月", False),
        ("其中：企业", False),
        ("绿色贷款", False),
    ],
)
def test_figures_of_others(words, is_other):
    """Those that are not certain to be others' are not passed over: they may be what the form asks for."""
    assert (is_of_others([head(words)], MARCH) is not None) == is_other
