"""Headings over several columns: which change what stands below them, which do not, and where titles end."""

import pytest

from pipeline import validate
from tests.ingest.sheets import AREAS, CATALOG
from tests.ingest.tables import ABOVE, found, read_lines, values

ROWS = [[name, 20 + i, 60.5 + i, 10 + i, 9 + i, 30.25 + i] for i, name in enumerate(AREAS)]
ONE = ["县(区)", "授信户数", "授信金额", "期末余额/笔数", "期末余额/户数", "期末余额/金额"]
OTHER = [
    "上年同期",
    "去年同期",
    "上月末",
    "计划数",
    "企业贷款",
    "其中：扶贫龙头企业",
    "2017年3月",
    "2017年",
    "农户",
    "累计",
]
NEUTRAL = [
    "贷款情况",
    "金融扶贫小额贷款",
    "扶贫小额信贷情况",
    "各县区贷款统计情况",
    "全市",
    "合计",
    "本期",
    "2018年3月",
    "2018年3月末",
    "截至2018年3月31日",
    "2018年",
    "2018年3月末金融扶贫小额贷款情况",
]


def over(words, merged=(), at=1):
    return read_lines([*ABOVE, [*[None] * at, words], ONE, *ROWS], merged)


def is_as_meant(reading):
    assert found(reading) == []
    assert values(reading, "credit_line_households")["hanbin"] == 20
    assert values(reading, "outstanding_amount")["baihe"] == 39_250_000
    return True


@pytest.mark.parametrize("words", NEUTRAL)
def test_a_neutral_heading_over_all_columns(words):
    assert is_as_meant(over(words, ["B3:F3"]))


@pytest.mark.parametrize("words", OTHER)
def test_a_heading_of_other_figures_over_all_columns(words):
    reading = over(words, ["B3:F3"])
    (finding,) = [f for f in reading.findings if f.rule in ("F04", "F06")]
    if finding.rule == "F06":
        assert finding.cell == "B3"
        assert {o.value for s in reading.submissions for o in s.observations} == {None}


@pytest.mark.parametrize("words", [*OTHER[:6], "2017年", "农户"])
@pytest.mark.parametrize("merged", [["E3:F3"], []])
def test_a_heading_of_other_figures_over_some_columns(words, merged):
    """Centred across columns without a merged range it stands only over the first of them."""
    reading = over(words, merged, at=4)
    assert found(reading) == [("F06", "E3")]
    assert set(values(reading, "outstanding_households").values()) == {None}
    assert set(values(reading, "outstanding_amount").values()) == {None}
    assert values(reading, "credit_line_amount")["hanbin"] == 60_500_000


def test_what_is_not_read_under_a_heading_is_not_also_called_missing():
    reading = over("上年同期", ["B3:F3"])
    blank = [f for f in validate.check(reading.submissions, CATALOG) if f.rule == "A16"]
    assert all(not f.area for f in blank), "the areas are there"


@pytest.mark.parametrize(
    "line",
    [
        ["填报单位", "农业银行安康分行", None, None, "金额单位", "万元"],
        [None, None, None, "2018年3月", None, None],
        [None, None, None, None, "制表日期：2018年4月5日", None],
        [None, None, None, None, None, "附件5"],
        [None, None, None, None, None, "第1页"],
        [None, None, "填报人", "示例甲", None, None],
        [None, "农业银行安康分行", None, None, None, None],
        [None, "农业银行安康分行2018年3月扶贫小额信贷进展", None, None, None, None],
        [None, None, None, "(万元、户)", None, None],
    ],
)
def test_titles_and_captions_right_above_the_header_are_no_headings(line):
    assert is_as_meant(read_lines([*ABOVE, line, ONE, *ROWS]))


def test_the_name_of_another_bank_over_a_few_columns_is_a_heading():
    reading = read_lines([*ABOVE, [None, None, None, None, "邮储银行"], ONE, *ROWS], ["E3:F3"])
    assert found(reading) == [("F06", "E3")]
    assert set(values(reading, "outstanding_amount").values()) == {None}


def test_a_title_merged_over_the_whole_table_is_none_either():
    assert is_as_meant(read_lines([*ABOVE, ["某项工作"], ONE, *ROWS], ["A3:F3"]))


def test_a_heading_may_stand_two_rows_up():
    lines = [[None, None, None, None, "上年同期"], [None, "本期", None, None, "数据"]]
    reading = read_lines([*ABOVE, *lines, ONE, *ROWS], ["E3:F3", "B4:D4", "E4:F4"])
    assert [rule for rule, _ in found(reading)] == ["F06"]
    assert set(values(reading, "outstanding_amount").values()) == {None}


def test_a_month_alone_above_the_header_is_the_period_of_the_table():
    above = [["农业银行安康分行小额贷款统计表"], ["填报单位：农业银行安康分行", None, "单位：万元、户、笔"]]
    for line, merged in (([None, None, "2018年3月"], ()), ([None, "2018年3月末"], ["B3:F3"])):
        reading = read_lines([*above, line, ONE, *ROWS], merged)
        assert is_as_meant(reading)
        assert reading.submissions[0].period == "2018-03"


def test_the_same_indicator_this_year_and_last_is_read_from_this_years_block():
    top = ["县(区)", "2018年3月", None, "2017年3月", None]
    leaves = [None, "授信户数", "期末余额", "授信户数", "期末余额"]
    rows = [[name, 20 + i, 30.25 + i, 7, 8.5] for i, name in enumerate(AREAS)]
    for merged in (["A3:A4", "B3:C3", "D3:E3"], []):
        reading = read_lines([*ABOVE, top, leaves, *rows], merged)
        assert found(reading) == [("F09", "D3")]
        assert values(reading, "outstanding_amount")["hanbin"] == 30_250_000
        assert values(reading, "credit_line_households")["hanbin"] == 20


# ------------------------------------------------------------------ the heading that is not understood

GROUPED = ["县(区)", "发放情况", None, None, None, "逾期贷款", None]
SPANS = [None, "本月", None, "历史累计", None, None, None]
MEASURED = [None, "户数", "金额", "户数", "金额", "户数", "其中：逾期超过缓冲期余额"]
LINES = [[name, 2 + i, 3.5 + i, 20 + i, 60.5 + i, 1 + i, 1.5 + i] for i, name in enumerate(AREAS)]
BOXES = ["A3:A5", "B3:E3", "B4:C4", "D4:E4", "F3:G4"]


def grouped(*changes):
    lines = [list(GROUPED), list(SPANS), list(MEASURED)]
    for row, col, words in changes:
        lines[row][col] = words
    return read_lines([*ABOVE, *lines, *LINES], BOXES)


def test_an_unknown_heading_of_a_group_is_told_once_at_its_own_cell():
    reading = grouped((1, 3, "累计发放"))
    assert found(reading) == [("F06", "D4")], "whether of this year or of all is not said"
    (finding,) = [f for f in reading.findings if f.rule == "F06"]
    assert "表头“累计发放”" in finding.message
    assert "发放情况/历史累计/金额" in finding.message
    assert "表!D5" in finding.message, "a column is accepted by a cell of its own"
    assert set(values(reading, "disbursed_amount_cum").values()) <= {None}
    assert values(reading, "disbursed_amount_mtd")["hanbin"] == 3_500_000


@pytest.mark.parametrize(
    ("change", "cell"),
    [((0, 5, "绿色贷款"), "F3"), ((0, 1, "上年同期"), "B3"), ((2, 1, "次数"), "B5"), ((1, 1, "2月"), "B4")],
)
def test_other_headings_that_are_not_understood(change, cell):
    assert found(grouped(change)) == [("F06", cell)]


@pytest.mark.parametrize("words", ["逾期情况", "逾期", "逾期贷款情况"])
def test_a_heading_that_names_the_forms_own_group_says_nothing_new(words):
    reading = grouped((0, 5, words))
    assert found(reading) == []
    assert values(reading, "past_due_beyond_grace_amount")["hanbin"] == 1_500_000


@pytest.mark.parametrize("words", ["建档立卡贫困户情况", "建档立卡情况统计"])
def test_poor_households_under_a_heading_of_them(words):
    top, leaves = ["县(区)", words, None], [None, "建档立卡贫困户数", "符合条件且有贷款意愿户数"]
    reading = read_lines([*ABOVE, top, leaves, *([name, 9, 8] for name in AREAS)], ["A3:A4", "B3:C3"])
    assert found(reading) == []
    assert values(reading, "eligible_households")["hanbin"] == 8


@pytest.mark.parametrize("words", ["上年逾期情况", "不良情况"])
def test_the_name_of_another_group_does(words):
    reading = grouped((0, 5, words))
    assert ("F06", "F3") in found(reading)
    assert set(values(reading, "past_due_beyond_grace_amount").values()) <= {None}


def test_the_areas_may_be_called_units_in_a_header_of_three_rows():
    reading = grouped((0, 0, "单位"))
    assert found(reading) == []
    assert values(reading, "disbursed_households_mtd")["hanbin"] == 2


# ------------------------------------------------------------------ groups that nobody merged


def test_a_group_that_is_merged_while_others_are_not_lends_its_heading_to_nobody():
    top = ["县(区)", "评级授信", None, "逾期贷款", None, None]
    leaves = [None, "授信户数", "授信金额", "笔数", "户数", "期末余额"]
    reading = read_lines([*ABOVE, top, leaves, *ROWS], ["A3:A4", "B3:C3"])
    assert ("F06", "F4") in found(reading)
    assert "outstanding_amount" in {o.indicator for o in reading.submissions[0].observations}
    assert set(values(reading, "outstanding_amount").values()) == {None}


def test_a_remark_is_a_remark_wherever_it_stands():
    top = ["县(区)", "评级授信", None, "期末余额", None, None, None]
    leaves = [None, "授信户数", "授信金额", "笔数", "户数", "金额", "备注"]
    reading = read_lines([*ABOVE, top, leaves, *([*row, "说明"] for row in ROWS)])
    assert is_as_meant(reading)


# ------------------------------------------------------------------ units of measure


@pytest.mark.parametrize(
    ("col", "words"),
    [
        (1, "授信户数（万元）"),
        (1, "授信户数(笔)"),
        (1, "授信户数（%）"),
        (2, "授信金额（户）"),
        (2, "授信金额%"),
        (2, "授信金额_户"),
        (4, "期末余额/户数（元）"),
        (5, "期末余额（笔）"),
    ],
)
def test_a_unit_that_is_none_of_its_indicators(col, words):
    headers = [*ONE[:col], words, *ONE[col + 1 :]]
    reading = read_lines([*ABOVE, headers, *ROWS])
    assert found(reading) == [("F05", f"{'ABCDEF'[col]}3")]
    assert sum(o.value is None for o in reading.submissions[0].observations) == 10
    assert [f for f in validate.check(reading.submissions, CATALOG) if f.rule == "A16" and "空白" in f.message] == []


@pytest.mark.parametrize(
    ("col", "words"),
    [
        (1, "授信户数（户）"),
        (1, "授信户数（户次）"),
        (1, "授信户数_户"),
        (2, "授信金额（万）"),
        (2, "授信金额万元"),
        (2, "授信金额_万元"),
        (3, "期末余额（万元）/笔数"),
        (5, "期末余额（单位：万元）"),
    ],
)
def test_a_unit_that_fits(col, words):
    assert is_as_meant(read_lines([*ABOVE, [*ONE[:col], words, *ONE[col + 1 :]], *ROWS]))


def test_the_unit_at_the_end_of_a_header_goes_before_the_captions():
    for words in ("授信金额元", "授信金额_元", "授信金额（元）"):
        reading = read_lines([*ABOVE, [*ONE[:2], words, *ONE[3:]], *ROWS])
        assert found(reading) == [("F09", "C3")], "the caption says 万元"
        assert values(reading, "credit_line_amount")["hanbin"] == 6050


def test_units_that_tell_the_columns_of_a_group_apart():
    top, units = ["县(区)", "授信", None, "期末余额", None, None], [None, "户", "万元", "笔", "户", "万元"]
    assert is_as_meant(read_lines([*ABOVE, top, units, *ROWS], ["A3:A4", "B3:C3", "D3:F3"]))


# ------------------------------------------------------------------ the column of areas


@pytest.mark.parametrize("words", [None, "单位", "区/县", "县（区、市）", "辖区", "名 称", "支行（县区）", "序列"])
def test_the_column_of_areas_is_known_by_its_areas(words):
    assert is_as_meant(read_lines([*ABOVE, [words, *ONE[1:]], *ROWS]))


def test_so_it_is_below_two_levels_and_a_total():
    top = ["名称", "评级授信", None, "期末余额", None, None]
    leaves = [None, "授信户数", "授信金额", "笔数", "户数", "金额"]
    total = ["合计", 245, 650, 145, 135, 347.5]
    assert is_as_meant(read_lines([*ABOVE, top, leaves, total, *ROWS], ["A3:A4", "B3:C3", "D3:F3"]))


@pytest.mark.parametrize(
    "words", ["比年初", "比年初增减", "较上年同期增减", "增减额", "完成进度", "同比", "笔均", "位次", "余额排名"]
)
def test_differences_and_ratios_are_left_aside(words):
    assert is_as_meant(read_lines([*ABOVE, [*ONE, words], *([*row, 1.5] for row in ROWS)]))


def test_differences_may_head_a_group():
    top = [*ONE, "比年初", None]
    leaves = [*[None] * 6, "户数", "金额"]
    assert is_as_meant(read_lines([*ABOVE, top, leaves, *([*row, 1, 1.5] for row in ROWS)], ["G3:H3"]))


def test_a_column_of_figures_without_a_heading_is_one_finding():
    reading = read_lines([*ABOVE, ONE, *([*row, 5.5] for row in ROWS)])
    assert found(reading) == [("F06", "G4")]
    assert "G列没有表头" in reading.findings[0].message
