"""A city of two counties and three banks, worked by hand.

Reported for March 2018 (amounts in 万元; households / amount):

                 credit   this month   this year  since ever  outstanding  past due  次级+可疑+损失  fund, registered
  北山农商银行   120/600   10/50        30/150    100/480     90/400       2/4       2+1+1 = 4
  南河农商银行    80/400    8/40        20/100     70/350     60/300       1/3       3+0+0 = 3
  农业银行 北山   60/300    5/25.005    15/75      50/250     45/200       0/0       0             50, 200 户
  农业银行 南河   40/200    0/0          5/25      30/150     25/100       0/0       1+0.5+0 = 1.5 30, 150 户

  March 2017, this year / outstanding:  100/320, 80/250, 0/100, 20/80
  December 2017, outstanding:           380, 310, 160, 100
  targets for 2018:                     300, 250, 200, 100
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from pipeline.model import Figure, FigureRow, Symbol
from pipeline.transform.annexes import annex_tables
from pipeline.transform.facts import Facts
from tests.cities import MARCH, NORTH, SOUTH, WAN, bank, small_catalog, small_facts

_ALL = (
    "credit_line_households credit_line_amount disbursed_households_mtd disbursed_amount_mtd "
    "disbursed_households_ytd disbursed_amount_ytd disbursed_amount_ytd_yoy disbursed_households_cum "
    "disbursed_amount_cum outstanding_households outstanding_amount outstanding_amount_change past_due_households "
    "past_due_amount past_due_ratio npl_amount npl_ratio target_amount target_completion_ratio target_rank"
)
_SUMMARY_ONLY = (
    "registered_households lending_coverage_ratio loan_household_ratio outstanding_amount_yoy fund_balance_amount "
    "lending_coverage_rank"
)
COLUMNS, MORE = _ALL.split(), _SUMMARY_ONLY.split()

CITY = (
    "300 1500 23 115.005 70 350 "  # 120+80+60+40; 50+40+25.005+0; 30+20+15+5; 150+100+75+25
    "150/200 "  # (350 - (100+80+0+20)) ÷ 200
    "250 1230 220 1000 "  # 100+70+50+30; 480+350+250+150; 90+60+45+25; 400+300+200+100
    "50 "  # 1000 - (380+310+160+100)
    "3 7 7/1000 8.5 8.5/1000 "  # 4+3+0+0; 4+3+0+1.5
    "850 350/850 — "  # 300+250+200+100
    "350 250/350 220/350 "  # 200+150
    "250/750 "  # (1000 - (320+250+100+80)) ÷ 750
    "80 —"  # 50+30
)
ANNEX_2 = {
    ("institutions", "total"): CITY,
    # the two 农商银行; growth 250 on 180 and 700 on 570; December 690; coverage against all 350 registered households
    ("institutions", "rcb"): "200 1000 18 90 50 250 70/180 170 830 150 700 10 3 7 7/700 7 7/700 550 250/550 1 "
    "— 170/350 150/350 130/570 — 1",
    # 农业银行; growth 100 on 20 and 300 on 180; December 260
    ("institutions", "abc"): "100 500 5 25.005 20 100 80/20 80 400 70 300 40 0 0 0/300 1.5 1.5/300 300 100/300 2 "
    "— 80/350 70/350 120/180 — 2",
    ("counties", "total"): CITY,
    # 北山: 农商 + 农业; growth 225 on 100 and 600 on 420; December 540
    ("counties", "north"): "180 900 15 75.005 45 225 125/100 150 730 135 600 60 2 4 4/600 4 4/600 500 225/500 1 "
    "200 150/200 135/200 180/420 50 1",
    # 南河: growth 125 on 100 and 400 on 330; December 410; 不良 3 + 1.5
    ("counties", "south"): "120 600 8 40 25 125 25/100 100 500 85 400 -10 1 3 3/400 4.5 4.5/400 350 125/350 2 "
    "150 100/150 85/150 70/330 30 2",
}
ANNEX_3 = {
    ("counties", "total"): "200 1000 18 90 50 250 70/180 170 830 150 700 10 3 7 7/700 7 7/700 550 250/550 —",
    ("counties", "north"): "120 600 10 50 30 150 50/100 100 480 90 400 20 2 4 4/400 4 4/400 300 150/300 1",
    ("counties", "south"): "80 400 8 40 20 100 20/80 70 350 60 300 -10 1 3 3/300 3 3/300 250 100/250 2",
}
ANNEX_5 = {
    ("counties", "total"): "100 500 5 25.005 20 100 80/20 80 400 70 300 40 0 0 0/300 1.5 1.5/300 300 100/300 —",
    # nothing was lent in 北山 in the first quarter of 2017: no growth on zero
    ("counties", "north"): "60 300 5 25.005 15 75 BASE_ZERO 50 250 45 200 40 0 0 0/200 0 0/200 200 75/200 1",
    ("counties", "south"): "40 200 0 0 5 25 5/20 30 150 25 100 0 0 0 0/100 1.5 1.5/100 100 25/100 2",
}


def _matches(figure: Figure, expected: str) -> bool:
    if expected == "—":
        return figure.numerator is None and figure.symbol is Symbol.NOT_APPLICABLE
    if expected.startswith("BASE"):
        return figure.numerator is None and figure.symbol is Symbol[expected]
    above, _, below = expected.partition("/")
    number = Fraction(above) / Fraction(below or 1)
    scale = WAN if figure.unit == "fen" else 1
    return figure.symbol is Symbol.NONE and Fraction(figure.numerator, figure.denominator) == number * scale


def _rows(annex: int, facts=None, catalog=None, unexplained=None) -> dict[tuple[str, str], FigureRow]:
    tables = annex_tables(MARCH, facts or small_facts(), catalog or small_catalog(), unexplained or {})
    return {(part.id, row.id): row for part in tables[annex].parts for row in part.rows}


@pytest.mark.parametrize(
    ("annex", "expected", "columns"),
    [(2, ANNEX_2, COLUMNS + MORE), (3, ANNEX_3, COLUMNS), (5, ANNEX_5, COLUMNS)],
)
def test_every_cell_is_what_was_worked_out_by_hand(annex, expected, columns):
    rows = _rows(annex)
    assert list(rows) == list(expected)
    for key, texts in expected.items():
        assert list(rows[key].figures.keys() ^ set(columns)) == []
        for column, text in zip(columns, texts.split(), strict=True):
            assert _matches(rows[key].figures[column], text), (key, column, text, rows[key].figures[column])


def test_labels_and_coverage():
    rows = _rows(2)
    assert [row.label for row in rows.values()] == ["合计", "农商银行", "农业银行", "合计", "北山县", "南河县"]
    assert [(row.coverage_in, row.coverage_of) for row in rows.values()] == [
        (3, 3),
        (2, 2),
        (1, 1),
        (3, 3),
        (2, 2),
        (2, 2),
    ]
    assert [row.remark for row in rows.values()] == ["已报3/3家", "已报2/2家", "已报1/1家", "已报3/3家", "", ""]


def test_a_bank_row_is_that_banks_annex():
    summary, annex = _rows(2)["institutions", "rcb"], _rows(3)["counties", "total"]
    for name, figure in annex.figures.items():
        if name != "target_rank":
            assert summary.figures[name] == figure


# ------------------------------------------------------------------ gaps


def test_a_bank_that_did_not_send():
    rows = _rows(3, small_facts(frozenset({"rcb-south"})))
    total, north, south = rows["counties", "total"], rows["counties", "north"], rows["counties", "south"]
    assert (total.figures["outstanding_amount"].numerator, total.figures["outstanding_amount"].symbol) == (
        400 * WAN,
        Symbol.PARTIAL,
    )
    assert (total.coverage_in, total.coverage_of, total.excluded) == (1, 2, ("南河农商银行",))
    for name in ("disbursed_amount_ytd_yoy", "outstanding_amount_change", "target_completion_ratio"):
        assert (total.figures[name].numerator, total.figures[name].symbol) == (None, Symbol.NOT_COMPUTED)
    # 逾期率 of what is there: both sides lack the same bank
    assert total.figures["past_due_ratio"] == Figure("past_due_ratio", "ratio", 4 * WAN, 400 * WAN, Symbol.PARTIAL)
    # over the bank that is there in both periods: 150 on 100, and 400 less 380
    yoy, change = total.figures["disbursed_amount_ytd_yoy_matched"], total.figures["outstanding_amount_change_matched"]
    assert (yoy.numerator, yoy.denominator, change.numerator) == (50 * WAN, 100 * WAN, 20 * WAN)
    assert (yoy.coverage_in, yoy.coverage_of) == (1, 2)
    assert south.figures["outstanding_amount"] == Figure(
        "outstanding_amount", "fen", symbol=Symbol.MISSING, coverage_of=1
    )
    assert south.figures["target_amount"].numerator == 250 * WAN
    assert south.remark == "未报送"
    assert all(south.figures[name].symbol is Symbol.MISSING for name in COLUMNS if name != "target_amount")
    assert (north.figures["target_rank"].numerator, north.figures["target_rank"].rank_of) == (1, 1)


def test_the_same_gap_in_the_summary():
    rows = _rows(2, small_facts(frozenset({"rcb-south"})))
    south = rows["counties", "south"]
    assert (south.figures["outstanding_amount"].numerator, south.figures["outstanding_amount"].symbol) == (
        100 * WAN,
        Symbol.PARTIAL,
    )
    assert south.remark == "不含农商银行"
    # 投放面 would set one bank's households against a whole county
    assert south.figures["lending_coverage_ratio"].symbol is Symbol.NOT_COMPUTED
    assert south.figures["lending_coverage_rank"].numerator is None
    assert rows["counties", "north"].figures["lending_coverage_rank"].numerator == 1
    assert rows["institutions", "rcb"].remark == "已报1/2家"
    assert rows["institutions", "abc"].figures["disbursed_amount_ytd_yoy"].numerator == 80 * WAN


def test_a_county_office_that_did_not_send():
    rows = _rows(2, small_facts(frozenset({"fin-south"})))
    south, total, rcb = rows["counties", "south"], rows["counties", "total"], rows["institutions", "rcb"]
    assert south.figures["fund_balance_amount"].symbol is Symbol.MISSING
    assert south.figures["lending_coverage_ratio"].symbol is Symbol.MISSING
    assert south.remark == "县区月报未报送"
    fund = total.figures["fund_balance_amount"]
    assert (fund.numerator, fund.symbol, fund.coverage_in, fund.coverage_of) == (50 * WAN, Symbol.PARTIAL, 1, 2)
    assert total.excluded == ("南河县金融办",)
    assert total.figures["lending_coverage_ratio"].symbol is Symbol.NOT_COMPUTED
    assert rcb.figures["lending_coverage_ratio"].symbol is Symbol.NOT_COMPUTED
    assert total.figures["outstanding_amount"].symbol is Symbol.NONE


def test_one_figure_left_blank_makes_only_its_own_sums_partial():
    facts = small_facts()
    values = {key: value for key, value in facts["2018-03"].values.items() if key != (*SOUTH, "past_due_amount")}
    facts["2018-03"] = Facts("2018-03", values, facts["2018-03"].units_in)
    rows = _rows(3, facts)
    total, south = rows["counties", "total"], rows["counties", "south"]
    assert (total.figures["past_due_amount"].numerator, total.figures["past_due_amount"].symbol) == (
        4 * WAN,
        Symbol.PARTIAL,
    )
    assert total.figures["past_due_ratio"].symbol is Symbol.NOT_COMPUTED
    assert total.figures["outstanding_amount"].symbol is Symbol.NONE
    assert south.remark == "部分指标未报"
    table = annex_tables(MARCH, facts, small_catalog(), {})[3]
    assert "“逾期/金额”不含：南河农商银行（南河县），该项未报。" in table.notes


def test_one_grade_left_blank_leaves_npl_unknown():
    facts = small_facts()
    values = {key: value for key, value in facts["2018-03"].values.items() if key != (*SOUTH, "loss_amount")}
    facts["2018-03"] = Facts("2018-03", values, facts["2018-03"].units_in)
    assert _rows(3, facts)["counties", "south"].figures["npl_amount"].symbol is Symbol.MISSING


@pytest.mark.parametrize(
    ("why", "lost", "annex", "row", "figure", "symbol"),
    [
        ("last year is not known at all", "2017-03", 3, "total", "disbursed_amount_ytd_yoy", Symbol.BASE_MISSING),
        ("last December is not known at all", "2017-12", 3, "north", "outstanding_amount_change", Symbol.BASE_MISSING),
        ("no targets: nothing to complete", "2018", 3, "total", "target_completion_ratio", Symbol.MISSING),
        ("no targets: no rank", "2018", 3, "north", "target_rank", Symbol.MISSING),
        ("nothing at all is in force", "2018-03", 2, "total", "outstanding_amount", Symbol.MISSING),
    ],
)
def test_periods_of_which_nothing_is_known(why, lost, annex, row, figure, symbol):
    facts = small_facts()
    del facts[lost]
    made = _rows(annex, facts)["counties", row].figures[figure]
    assert (made.numerator, made.symbol) == (None, symbol), why


def test_a_base_that_lacks_one_bank():
    facts = small_facts()
    base = {key: value for key, value in facts["2017-03"].values.items() if key[0] != "rcb-south"}
    facts["2017-03"] = Facts("2017-03", base, {"M01": frozenset({"rcb-north", "abc"})})
    rows = _rows(3, facts)
    assert rows["counties", "south"].figures["disbursed_amount_ytd_yoy"].symbol is Symbol.BASE_MISSING
    assert rows["counties", "total"].figures["disbursed_amount_ytd_yoy"].symbol is Symbol.NOT_COMPUTED
    assert rows["counties", "total"].figures["disbursed_amount_ytd_yoy_matched"].numerator == 50 * WAN
    assert (
        "对比基期2017年3月不含：南河农商银行，有关合计的同比不计算。"
        in annex_tables(MARCH, facts, small_catalog(), {})[3].notes
    )


# ------------------------------------------------------------------ who reports, remarks, notes


def test_other_institutions_share_one_row():
    catalog = small_catalog(bank("village", 4, "北山村镇银行", "other:village", "north"))
    facts = small_facts()
    values = dict(facts["2018-03"].values)
    values |= {("village", "other:village", "north", key[3]): 1 for key in values if key[:3] == NORTH}
    units = facts["2018-03"].units_in
    facts["2018-03"] = Facts("2018-03", values, {**units, "M01": units["M01"] | {"village"}})
    rows = _rows(2, facts, catalog)
    assert [row.label for (part, _), row in rows.items() if part == "institutions"] == [
        "合计",
        "农商银行",
        "农业银行",
        "其他机构",
    ]
    assert rows["institutions", "other"].figures["credit_line_households"].numerator == 1
    assert rows["counties", "total"].figures["credit_line_households"].numerator == 301
    # it has no figure for last year and no target: no growth, no rank
    assert rows["institutions", "other"].figures["outstanding_amount_yoy"].symbol is Symbol.BASE_MISSING
    assert rows["institutions", "abc"].figures["target_rank"].rank_of == 2


def test_a_lender_of_no_institution_is_called_by_its_own_name():
    """No register lets it in; one that stood before that was checked must not stop the month."""
    rows = _rows(2, small_facts(), small_catalog(bank("stray", 4, "虚构银行", "", "north")))
    assert "不含虚构银行" in rows["counties", "north"].remark


def test_a_statement_that_was_not_owed_counts():
    catalog = small_catalog(bank("village", 4, "北山村镇银行", "other:village", "north", since=MARCH.shifted(1)))
    facts = small_facts()
    values = {**facts["2018-03"].values, ("village", "other:village", "north", "credit_line_households"): 5}
    units = facts["2018-03"].units_in
    facts["2018-03"] = Facts("2018-03", values, {**units, "M01": units["M01"] | {"village"}})
    rows = _rows(2, facts, catalog)
    assert rows["counties", "north"].figures["credit_line_households"].numerator == 185
    assert _rows(2, None, catalog)["counties", "north"].figures["credit_line_households"].numerator == 180


def test_a_county_without_a_branch_is_not_a_gap():
    catalog = small_catalog()
    units = tuple(
        unit.model_copy(update={"areas": ("north",)}) if unit.id == "abc" else unit for unit in catalog.units.units
    )
    catalog = catalog.model_copy(update={"units": catalog.units.model_copy(update={"units": units})})
    facts = small_facts()
    values = {key: value for key, value in facts["2018-03"].values.items() if key[:3] != ("abc", "abc", "south")}
    facts["2018-03"] = Facts("2018-03", values, facts["2018-03"].units_in)
    rows = _rows(5, facts, catalog)
    assert rows["counties", "south"].figures["outstanding_amount"].symbol is Symbol.NOT_APPLICABLE
    assert rows["counties", "south"].remark == ""
    assert rows["counties", "total"].figures["outstanding_amount"].symbol is Symbol.NONE


def test_open_soft_findings_are_counted_where_they_belong():
    unexplained = {("abc", "north"): 2, ("abc", ""): 1, ("rcb-south", "south"): 1, ("fin-north", "north"): 1}
    summary, abc = _rows(2, unexplained=unexplained), _rows(5, unexplained=unexplained)
    assert summary["counties", "total"].remark == "已报3/3家；待核实5项"
    assert summary["counties", "north"].remark == "待核实3项"
    assert summary["institutions", "abc"].remark == "已报1/1家；待核实3项"
    assert summary["institutions", "rcb"].remark == "已报2/2家；待核实1项"
    assert abc["counties", "north"].remark == "待核实2项"
    assert abc["counties", "south"].remark == ""


def test_notes_say_what_is_missing_and_how_figures_are_defined():
    without = frozenset({"rcb-south", "fin-north"})
    notes = "\n".join(annex_tables(MARCH, small_facts(without), small_catalog(), {})[2].notes)
    assert "不含：南河农商银行（未报送）。" in notes
    assert "建档立卡贫困户数、风险补偿金到位不含：北山县金融办" in notes
    assert "分县区年度任务位次：1个参加排名，南河县因数据不全或不适用不参加。" in notes
    assert "户次" in notes
    assert (
        "投放面为历史累计发放户次÷建档立卡贫困户数，投放量为本年累计发放金额，贷款增速为期末余额金额比上年同月增长（本口径由本办约定）"
        in notes
    )
    complete = annex_tables(MARCH, small_facts(), small_catalog(), {})[5].notes
    assert not any("不含" in note or "户次" in note for note in complete)


def test_missing_targets_are_said():
    facts = small_facts()
    del facts["2018"]
    assert "“年度任务/目标”尚未录入，完成率及其位次不计算。" in annex_tables(MARCH, facts, small_catalog(), {})[3].notes


def test_areas_inside_a_county_and_the_banks_own_reference_figures_are_never_added():
    facts = small_facts()
    plain = {key: value for key, value in facts["2018-03"].values.items() if key[2] != "inside"}
    assert len(plain) < len(facts["2018-03"].values)
    without = facts | {"2018-03": Facts("2018-03", plain, facts["2018-03"].units_in)}
    assert annex_tables(MARCH, facts, small_catalog(), {}) == annex_tables(MARCH, without, small_catalog(), {})
    assert _rows(2)["counties", "north"].figures["registered_households"].numerator == 200
