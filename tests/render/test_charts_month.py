from __future__ import annotations

from fractions import Fraction

import pytest

from pipeline.periods import Month
from pipeline.render.charts import svg
from pipeline.render.charts_month import Balance, month_charts, pace
from pipeline.transform.annexes import annex_tables
from tests.cities import MARCH, WAN, small_catalog, small_facts

CATALOG = small_catalog()
FEBRUARY = Month(2018, 2)


def charts(without: frozenset[str] = frozenset(), balances: tuple[Balance, ...] = (), drop: tuple[str, ...] = ()):
    """The small city's charts by id, from a summary without some columns."""
    layout = CATALOG.annexes[2]
    layout = layout.model_copy(update={"columns": tuple(c for c in layout.columns if c.id not in drop)})
    table = annex_tables(MARCH, small_facts(without), CATALOG, {})[2]
    return {chart.id: chart for chart in month_charts(table, layout, balances)}


BALANCES = (Balance(Month(2017, 12), 950 * WAN), Balance(Month(2018, 1), None), Balance(FEBRUARY, 970 * WAN, True))


def test_five_charts_in_their_order():
    assert list(charts(balances=BALANCES)) == [
        "disbursed-by-county",
        "disbursed-by-institution",
        "completion-by-county",
        "outstanding-over-time",
        "past-due-by-county",
    ]


def test_lending_by_county_and_by_institution():
    made = charts()
    counties, institutions = made["disbursed-by-county"], made["disbursed-by-institution"]
    # 北山县 150 + 75, 南河县 100 + 25; 农商银行 150 + 100, 农业银行 75 + 25
    assert [(p.label, p.words, p.value) for p in counties.points] == [
        ("北山县", "225.00", Fraction(225)),
        ("南河县", "125.00", Fraction(125)),
    ]
    assert [(p.label, p.words) for p in institutions.points] == [("农商银行", "250.00"), ("农业银行", "100.00")]
    assert counties.sentence == (
        "本年累计发放金额（分县区）：合计350.00万元；最高北山县225.00万元，最低南河县125.00万元。"
    )
    assert (counties.source, institutions.source) == ("附件2二、分县区", "附件2一、分机构")


def test_progress_is_read_against_the_year():
    chart = charts()["completion-by-county"]
    # 北山县 225 of 500, 南河县 125 of 350
    assert [p.words for p in chart.points] == ["45.00%", "35.71%"]
    assert (chart.mark.words, chart.mark.value) == ("序时进度 25.00%", Fraction(1, 4))
    assert chart.sentence.endswith("序时进度25.00%。")
    assert pace(Month(2018, 2)).text == "16.67%"


def test_the_past_due_ratio_is_read_against_the_city():
    chart = charts()["past-due-by-county"]
    # 4 of 600 and 3 of 400; the city 7 of 1,000
    assert [p.words for p in chart.points] == ["0.67%", "0.75%"]
    assert (chart.mark.words, chart.mark.value) == ("全市 0.70%", Fraction(7, 1000))


def test_a_county_without_its_bank():
    made = charts(without=frozenset({"rcb-south"}))
    south = made["disbursed-by-county"].points[1]
    assert (south.words, south.partial) == ("25.00*", True)
    assert "未报齐（带“*”）：南河县" in made["disbursed-by-county"].sentence
    unknown = made["completion-by-county"].points[1]
    assert (unknown.words, unknown.value) == ("未报齐，不计算", None)
    assert "未报齐，不计算：南河县" in made["completion-by-county"].sentence


def test_the_balance_over_time():
    chart = charts(balances=BALANCES)["outstanding-over-time"]
    assert chart.title == "期末余额（近3个月）"
    assert [(p.group, p.label, p.words, p.partial) for p in chart.points] == [
        ("2017年", "12月", "950.00", False),
        ("2018年", "1月", "未报送", False),
        ("2018年", "2月", "970.00*", True),
    ]
    assert "从2017年12月的950.00万元到2018年2月的970.00*万元" in chart.sentence
    assert "未报送：2018年1月" in chart.sentence


def test_nothing_known_is_said():
    chart = charts(balances=(Balance(FEBRUARY, None),))["outstanding-over-time"]
    assert chart.sentence == "期末余额（近1个月）：未报送：2018年2月。"


@pytest.mark.parametrize(
    ("column", "gone"),
    [
        ("disbursed_amount_ytd", {"disbursed-by-county", "disbursed-by-institution"}),
        ("target_completion_ratio", {"completion-by-county"}),
        ("outstanding_amount", {"outstanding-over-time"}),
        ("past_due_ratio", {"past-due-by-county"}),
    ],
)
def test_a_summary_without_a_column_has_no_chart_of_it(column, gone):
    everything = charts(balances=BALANCES)
    left = charts(balances=BALANCES, drop=(column,))
    assert everything.keys() - left.keys() == gone


def test_all_of_them_can_be_drawn():
    assert all(svg(chart).startswith(b"<svg") for chart in charts(balances=BALANCES).values())
