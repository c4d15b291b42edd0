"""Months and years in headings: the table's own are said as the form says them, others are nothing."""

import pytest

from pipeline.ingest.heading_times import as_form_says, names_time
from pipeline.periods import Month
from tests.ingest.sheets import AREAS
from tests.ingest.tables import ABOVE, found, read_lines, values

MARCH = Month(2018, 3)


@pytest.mark.parametrize(
    ("text", "said", "kind"),
    [
        ("3月", "本月", "mtd"),
        ("3月份", "本月", "mtd"),
        ("2018年3月", "本月", "mtd"),
        ("三月", "本月", "mtd"),
        ("本月（3月）", "本月", "mtd"),
        ("当月(2018年3月)", "本月", "mtd"),
        ("3月（本月）", "本月", "mtd"),
        ("3月发放", "本月发放", "mtd"),
        ("发放情况/3月/笔数", "发放情况/本月/笔数", "mtd"),
        ("1-3月累计", "本年累计", "ytd"),
        ("1—3月", "本年累计", "ytd"),
        ("1至3月累计发放", "本年累计发放", "ytd"),
        ("2018年1-3月累计", "本年累计", "ytd"),
        ("2018年1月1日至3月31日", "本年累计", "ytd"),
        ("本年（1-3月）累计", "本年累计", "ytd"),
        ("本年1-3月累计", "本年累计", "ytd"),
        ("2018年累计", "本年累计", "ytd"),
        ("2018年度累计发放", "本年累计发放", "ytd"),
        ("累计发放（1-3月）", "本年累计发放", "ytd"),
        ("本年累计（截至3月末）", "本年累计", "ytd"),
        ("历史累计（截至2018年3月末）", "历史累计", "cum"),
        ("3月末余额", "期末余额", "end"),
        ("2018年3月末贷款余额", "期末贷款余额", "end"),
        ("截至3月31日余额", "期末余额", "end"),
        ("期末余额（截至3月31日）", "期末余额", "end"),
        ("3月余额", "期末余额", "end"),
        ("二〇一八年三月末余额", "期末余额", "end"),
        ("3月末余额(万元)", "期末余额(万元)", "end"),
    ],
)
def test_the_tables_own_time(text, said, kind):
    assert as_form_says(text, MARCH)[:1] == (((said, kind),) if kind else ())


@pytest.mark.parametrize(
    "text",
    [
        "2月",
        "本月（2月）",
        "2017年3月",
        "1-2月累计",
        "2-3月累计",
        "2017年1-3月累计",
        "2017年累计",
        "本年（1-2月）累计",
        "2018年末余额",
        "期末余额（截至2月28日）",
        "期末余额（截至3月15日）",
        "3月15日余额",
        "上月末余额（3月末）",
        "上年同期(3月)",
        "历史累计(1-3月)",
        "本月(1-3月)",
        "3月累计",
        "1-3月余额",
        "截至3月末累计发放",
        "2月/3月",
        "本月",
        "",
    ],
)
def test_another_time_and_what_leaves_a_doubt(text):
    assert as_form_says(text, MARCH) == ()


@pytest.mark.parametrize(
    ("text", "said", "kind"),
    [
        ("2月末余额", "上月末余额", "previous_month"),
        ("2月余额", "上月末余额", "previous_month"),
        ("2018年2月28日余额", "上月末余额", "previous_month"),
        ("2017年末余额", "年初余额", "year_start"),
        ("去年末余额", "年初余额", "year_start"),
        ("上年年末余额", "年初余额", "year_start"),
        ("2018年初余额", "年初余额", "year_start"),
        ("2017年12月31日余额", "年初余额", "year_start"),
        ("2017年3月末余额", "上年同期余额", "previous_year"),
        ("2017年3月余额", "上年同期余额", "previous_year"),
        ("去年同期余额", "上年同期余额", "previous_year"),
    ],
)
def test_what_is_only_compared(text, said, kind):
    assert as_form_says(text, MARCH)[:1] == ((said, kind),)


@pytest.mark.parametrize(
    "text",
    [
        "2月",
        "2017年3月",
        "上月发放",
        "2017年3月发放",
        "上年同期累计发放",
        "1月末余额",
        "2017年2月末余额",
        "2016年末余额",
        "上期末余额",
        "期初余额",
    ],
)
def test_what_is_not_compared(text):
    assert as_form_says(text, MARCH) == () or "余额" not in as_form_says(text, MARCH)[0][0]


@pytest.mark.parametrize("text", ["2月", "1-2月累计", "2月末余额", "2017年累计"])
def test_any_time_while_the_month_is_not_known(text):
    assert as_form_says(text, None)


def test_names_time():
    assert names_time("发放（3月）")
    assert not names_time("本月发放")


TOP = ["县(区)", "发放情况", None, None, "期末余额", None]
LEAVES = [None, "本月金额", "本年累计金额", "历史累计金额", "户数", "金额"]
ROWS = [[name, 1.5 + i, 4.5 + i, 90.5 + i, 9 + i, 30.25 + i] for i, name in enumerate(AREAS)]


def under(col, words):
    leaves = [*LEAVES]
    leaves[col] = words
    return read_lines([*ABOVE, TOP, leaves, *ROWS], ["A3:A4", "B3:D3", "E3:F3"])


@pytest.mark.parametrize(
    ("col", "words", "indicator", "hanbin"),
    [
        (1, "3月金额", "disbursed_amount_mtd", 1_500_000),
        (1, "本月金额（3月）", "disbursed_amount_mtd", 1_500_000),
        (2, "1-3月累计金额", "disbursed_amount_ytd", 4_500_000),
        (2, "2018年累计金额", "disbursed_amount_ytd", 4_500_000),
        (3, "历史累计金额（截至3月末）", "disbursed_amount_cum", 90_500_000),
    ],
)
def test_columns_of_the_tables_own_time_are_read(col, words, indicator, hanbin):
    reading = under(col, words)
    assert found(reading) == []
    assert values(reading, indicator)["hanbin"] == hanbin


@pytest.mark.parametrize(
    ("col", "words", "indicator"),
    [
        (1, "2月金额", "disbursed_amount_mtd"),
        (2, "1-2月累计金额", "disbursed_amount_ytd"),
        (2, "2017年累计金额", "disbursed_amount_ytd"),
        (3, "累计金额（截至3月末）", "disbursed_amount_cum"),
    ],
)
def test_columns_of_another_time_are_not(col, words, indicator):
    reading = under(col, words)
    assert found(reading) == [("F06", f"{'ABCDEF'[col]}4")]
    assert set(values(reading, indicator).values()) <= {None}


@pytest.mark.parametrize("col", [2, 3])
def test_sums_up_to_the_month_are_this_years_only_beside_those_of_all_years(col):
    """Beside 本年累计 it might be that again: it stays unread."""
    reading = under(col, "截至3月末累计金额")
    if col == 2:
        assert found(reading) == []
        assert values(reading, "disbursed_amount_ytd")["hanbin"] == 4_500_000
    else:
        assert found(reading) == [("F06", "D4")]
        assert set(values(reading, "disbursed_amount_cum").values()) <= {None}


def beside(*words):
    """The table with a column more, headed so from top to bottom."""
    top, leaf = words if len(words) > 1 else (words[0], None)
    lines = [[*TOP, top], [*LEAVES, leaf], *([*row, 77.5] for row in ROWS)]
    return read_lines([*ABOVE, *lines], ["A3:A4", "B3:D3", "E3:F3", *([] if leaf else ["G3:G4"])])


@pytest.mark.parametrize(
    ("words", "indicator"),
    [
        (("对比基数", "2月末余额"), "outstanding_amount_previous_month"),
        (("对比基数", "2018年2月末"), "outstanding_amount_previous_month"),
        (("对比基数", "上月数"), "outstanding_amount_previous_month"),
        (("2月末余额",), "outstanding_amount_previous_month"),
        (("对比基数", "2017年末"), "outstanding_amount_year_start"),
        (("对比基数", "年初数"), "outstanding_amount_year_start"),
        (("2017年末余额",), "outstanding_amount_year_start"),
        (("对比基数", "2017年同期"), "outstanding_amount_previous_year"),
        (("2017年3月末余额",), "outstanding_amount_previous_year"),
    ],
)
def test_bases_of_comparison_that_name_their_time(words, indicator):
    reading = beside(*words)
    assert found(reading) == []
    assert values(reading, indicator)["hanbin"] == 77_500_000
    assert values(reading, "outstanding_amount")["hanbin"] == 30_250_000


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        (("1月末余额",), "G3"),
        (("2016年末余额",), "G3"),
        (("上期末余额",), "G3"),
        (("2月发放金额",), "G3"),
        (("上月发放金额",), "G3"),
        (("2017年1-3月累计发放金额",), "G3"),
        (("上年同期", "本年累计发放金额"), "G3"),
        (("期末余额", "2017年末金额"), "G4"),
    ],
)
def test_another_times_figures_beside_the_tables_own_are_passed_over(words, cell):
    reading = beside(*words)
    assert found(reading) == [("F09", cell)]
    (submission,) = reading.submissions
    assert not [o for o in submission.observations if o.value == 77_500_000]
    assert values(reading, "outstanding_amount")["hanbin"] == 30_250_000


@pytest.mark.parametrize("words", ["2017年续贷金额", "2月核销及代偿金额", "2018年计划发放", "其中：企业贷款余额"])
def test_what_may_be_the_forms_own_column_is_not_passed_over(words):
    assert found(beside(words)) == [("F06", "G3")]


def test_a_table_all_of_whose_outstanding_loans_are_another_months_is_not_read():
    top = ["县(区)", "发放情况", None, None, "2月末余额", None]
    reading = read_lines([*ABOVE, top, LEAVES, *ROWS], ["A3:A4", "B3:D3", "E3:F3"])
    assert found(reading) == [("F06", "E3")]
    assert set(values(reading, "outstanding_amount").values()) <= {None}


@pytest.mark.parametrize(
    ("words", "is_read"),
    [("2018年目标金额", True), ("全年目标金额", True), ("2017年目标金额", False), ("1-3月目标金额", False)],
)
def test_the_year_of_a_yearly_form(words, is_read):
    banks = ["县(区)", "农商银行", None, "邮储银行", None]
    leaves = [None, words, "目标户数", "目标金额", "目标户数"]
    rows = [[name, 50 + i, 9, 70 + i, 8] for i, name in enumerate(AREAS)]
    title = [
        ["安康市2018年度金融扶贫小额贷款目标任务分解表"],
        ["填报单位：安康市金融工作办公室", None, "单位：万元、户"],
    ]
    reading = read_lines([*title, banks, leaves, *rows], ["A3:A4", "B3:C3", "D3:E3"])
    read = [o for s in reading.submissions for o in s.observations if o.value == 50_000_000]
    assert bool(read) == is_read
    assert (("F06", "B4") in found(reading)) != is_read


def test_of_two_months_side_by_side_the_tables_own_is_read():
    top = ["县(区)", "2月末余额", None, "3月末余额", None]
    leaves = [None, "户数", "金额", "户数", "金额"]
    rows = [[name, 7, 8.5, 9 + i, 30.25 + i] for i, name in enumerate(AREAS)]
    reading = read_lines([*ABOVE, top, leaves, *rows], ["A3:A4", "B3:C3", "D3:E3"])
    assert found(reading) == [("F09", "B3")]
    assert values(reading, "outstanding_amount")["hanbin"] == 30_250_000
