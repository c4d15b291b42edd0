"""The upright form as other hands write it: the same labels in other places are the same rows."""

import pytest

from pipeline import validate
from tests.ingest.sheets import CATALOG
from tests.ingest.tables import found, read_lines

HEAD = [
    ["金融扶贫小额贷款统计月报表"],
    ["填报单位：汉阴农商银行", None, None, "报告期：2018年3月", None, None, "单位：万元、户、笔"],
]
COLUMNS = ["指标名称", "计量单位", "代码", "本月", "本年累计", "历史累计", "期末余额"]
ROWS = [
    ["授信户数", "户", "04", "—", "—", "—", 20],
    ["授信金额", "万元", "05", "—", "—", "—", 60.5],
    ["发放金额", "万元", "08", 3.5, 9.25, 80.75, "—"],
    ["期末贷款余额", "万元", "22", "—", "—", "—", 30.25],
]
MEANT = {
    "credit_line_households": 20,
    "credit_line_amount": 60_500_000,
    "disbursed_amount_mtd": 3_500_000,
    "disbursed_amount_ytd": 9_250_000,
    "disbursed_amount_cum": 80_750_000,
    "outstanding_amount": 30_250_000,
}


def read(rows=ROWS, columns=COLUMNS, merged=(), **place):
    head = [columns] if not isinstance(columns[0], list) else columns
    return read_lines([*HEAD, *head, *rows], merged, **place)


def observed(reading):
    (submission,) = reading.submissions
    assert {o.area for o in submission.observations} == {"hanyin"}
    return {o.indicator: o.value for o in submission.observations}


def is_as_meant(reading):
    assert found(reading) == []
    assert observed(reading) == MEANT
    return True


# ------------------------------------------------------------------ the same form, written otherwise


@pytest.mark.parametrize(
    ("why", "columns", "merged"),
    [
        ("as it is printed", COLUMNS, ()),
        (
            "with ordinals in the header",
            ["指标名称（甲）", "计量单位（乙）", "代码（丙）", "本月(1)", "本年累计(2)", "历史累计(3)", "期末余额(4)"],
            (),
        ),
        (
            "broken over lines, with blanks",
            ["指 标\n名 称", "计量\n单位", "代 码", "本 月", "本年\n累计", "历史\n累计", "期末\n余额"],
            (),
        ),
        ("ordinals below", [COLUMNS, ["甲", "乙", "丙", 1, 2, 3, 4]], ()),
        (
            "ordinals in brackets below",
            [COLUMNS, ["（甲）", "（乙）", "（丙）", "（1）", "（2）", "（3）", "（4）"]],
            (),
        ),
        ("circles below", [COLUMNS, ["甲", "乙", "丙", "①", "②", "③", "④"]], ()),
        (
            "two rows, merged",
            [
                ["指标名称", "计量单位", "代码", "发生额", None, None, "期末余额"],
                [None, None, None, "本月", "本年累计", "历史累计", None],
            ],
            ("A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:G4"),
        ),
        (
            "other words for the same columns",
            ["指标", "单位", "指标代码", "本月数", "当年累计", "自开办以来累计", "期末数"],
            (),
        ),
    ],
)
def test_the_same_header(why, columns, merged):
    assert is_as_meant(read(columns=columns, merged=merged))


@pytest.mark.parametrize("order", [[0, 6, 5, 4, 3, 2, 1], [2, 0, 1, 3, 4, 5, 6], [0, 1, 2, 6, 3, 4, 5]])
def test_columns_may_be_moved(order):
    moved = [[line[c] for c in order] for line in [COLUMNS, *ROWS]]
    assert is_as_meant(read(moved[1:], moved[0]))


def test_rows_may_be_moved():
    assert is_as_meant(read(ROWS[::-1]))


@pytest.mark.parametrize(("top", "left"), [(0, 3), (11, 0), (40, 25)])
def test_the_form_may_begin_anywhere(top, left):
    assert is_as_meant(read(top=top, left=left))


def test_blank_rows_and_columns_between_are_nothing():
    lines = [[*line[:3], None, *line[3:]] for line in [COLUMNS, *ROWS]]
    assert is_as_meant(read([lines[1], [], *lines[2:4], [], lines[4]], lines[0]))


def test_a_column_left_out_is_one_finding_an_indicator():
    lines = [[*line[:5], line[6]] for line in [COLUMNS, *ROWS]]
    reading = read(lines[1:], lines[0])
    assert found(reading) == []
    assert "disbursed_amount_cum" not in observed(reading)
    about = [f for f in validate.check(reading.submissions, CATALOG) if f.indicator == "disbursed_amount_cum"]
    assert [(f.rule, f.area) for f in about] == [("A16", "")]


def test_a_row_left_out_is_one_finding_that_names_it():
    reading = read(ROWS[:3])
    about = [f for f in validate.check(reading.submissions, CATALOG) if f.indicator == "outstanding_amount"]
    assert [f.rule for f in about] == ["A16"]
    assert "“期末余额/金额”" in about[0].message


def test_labels_without_codes_are_enough():
    lines = [[*line[:2], *line[3:]] for line in [COLUMNS, *ROWS]]
    assert is_as_meant(read(lines[1:], lines[0]))
    assert is_as_meant(read([[*row[:2], None, *row[3:]] for row in ROWS]))


@pytest.mark.parametrize("code", ["4", 4, "04", "（04）", " 04 "])
def test_a_row_without_a_label_is_read_by_its_code_and_noted(code):
    reading = read([[None, "户", code, *ROWS[0][3:]], *ROWS[1:]])
    assert found(reading) == [("F09", "A4")]
    assert observed(reading) == MEANT


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("个人住房贷款余额", "22"),
        ("表外贷款余额", "22"),
        ("上月末贷款余额数", "22"),
        ("期末贷款余额（非扶贫）", "22"),
        ("去年同期贷款户数", "21"),
        ("绿色贷款余额", "31"),
        ("贫困户已获授信数", "04"),
    ],
)
def test_an_unknown_label_is_not_read_by_its_code_but_proposed(label, code):
    rows = [row for row in ROWS if row[2] != code]
    reading = read([*rows, [label, "万元", code, "—", "—", "—", 12]])
    row = 4 + len(rows)
    assert found(reading) == [("F06", f"A{row}")]
    assert f"代码{code}在表样里是“" in reading.findings[0].message
    meant = {
        "22": "outstanding_amount",
        "21": "outstanding_households",
        "31": "npl_amount",
        "04": "credit_line_households",
    }
    assert f"（{meant[code]}）" in reading.findings[0].message
    assert meant[code] not in observed(reading)


def test_another_banks_balance_is_not_a_countys_mirror():
    lines = [
        ["安康市金融扶贫工作县区月报表"],
        ["填报单位：汉阴县金融办", "报告期：2018年3月", None, "单位：万元、户、个"],
        ["指标名称", "计量单位", "代码", "数值"],
        ["建档立卡贫困户数", "户", "01", 4683],
        ["风险补偿金余额", "万元", "04", 495.7],
        ["某村镇银行期末贷款余额", "万元", "23", 30.25],
    ]
    reading = read_lines(lines)
    assert found(reading) == [("F06", "A6")]
    assert "mirror_outstanding_amount@rcb" in reading.findings[0].message
    assert "mirror_outstanding_amount" not in observed(reading)


def test_a_slip_of_the_pen_does_not_hide_that_the_code_is_anothers():
    reading = read([*ROWS[:3], ["预期贷款余额", "万元", "22", "—", "—", "—", 1.5]])
    assert found(reading) == [("F06", "A7")]
    assert {"past_due_amount": None}.items() <= observed(reading).items()


def test_headings_of_groups_between_the_rows_are_headings():
    rows = [["一、授信情况"], *ROWS[:2], ["二、发放情况："], ROWS[2], ["三、余额"], ROWS[3]]
    assert is_as_meant(read(rows))


def test_labels_over_two_columns():
    columns = ["指标名称", None, *COLUMNS[1:]]
    rows = [["授信情况", *ROWS[0]], [None, *ROWS[1]], ["发放情况", *ROWS[2]], ["余额情况", *ROWS[3]]]
    assert is_as_meant(read(rows, columns, ("A3:B3", "A4:A5")))


def test_a_label_over_two_columns_counts_as_a_whole():
    """贷款余额 is known alone; under 逾期贷款 it is not the balance of all loans."""
    columns = ["指标名称", None, *COLUMNS[1:]]
    rows = [["授信情况", *ROWS[0]], [None, *ROWS[1]], ["逾期贷款", "贷款余额", "万元", None, "—", "—", "—", 1.5]]
    reading = read(rows, columns, ("A3:B3", "A4:A5"))
    assert found(reading) == [("F06", "B6")]
    assert "outstanding_amount" not in observed(reading)


def test_the_header_again_on_the_next_page():
    ordinals = ["甲", "乙", "丙", 1, 2, 3, 4]
    assert is_as_meant(read([*ROWS[:2], COLUMNS, ordinals, *ROWS[2:]], [COLUMNS, ordinals]))


@pytest.mark.parametrize(
    "label", ["授信金额（万元）", "授信金额(单位：万元)", "2.授信金额", "其中：授信金额", "二、授信金额", "授信 金额"]
)
def test_labels_in_other_dress(label):
    assert is_as_meant(read([ROWS[0], [label, *ROWS[1][1:]], *ROWS[2:]]))


# ------------------------------------------------------------------ words over the columns


@pytest.mark.parametrize(
    "words", ["上年同期", "上月末", "计划数", "企业贷款", "其中：扶贫龙头企业", "2017年末", "预计完成"]
)
def test_words_over_a_column_that_say_something_else(words):
    reading = read_lines([*HEAD, [None] * 6 + [words], COLUMNS, *ROWS])
    assert found(reading) == [("F06", "G3")]
    assert {k: v for k, v in observed(reading).items() if v} == {k: v for k, v in MEANT.items() if "disbursed" in k}


@pytest.mark.parametrize(
    "words",
    [
        "单位：万元、户、笔",
        "（万元）",
        "2018年3月",
        "截至2018年3月31日",
        "报告期：2018年3月",
        "安金扶M01表",
        "安康市扶贫小额贷款统计表",
        "陕西省安康市金融扶贫小额贷款情况",
        "附件3",
        "续表",
        "汉阴农商银行",
        "汉阴县",
        "小额贷款情况",
        "期末情况",
        "制表人：示例甲",
    ],
)
def test_captions_over_a_column_are_of_the_sheet(words):
    above = [HEAD[0], [*HEAD[1][:6]], [None] * 5 + [words]]
    above[1][2] = "单位：万元、户、笔"
    assert is_as_meant(read_lines([*above, COLUMNS, *ROWS]))


def test_the_value_of_a_label_in_the_cell_beside_is_no_heading():
    assert is_as_meant(read_lines([*HEAD, [None, None, None, "联系人：", "示例甲"], COLUMNS, *ROWS]))


def test_an_unmerged_heading_stands_over_the_columns_to_its_right_too():
    reading = read_lines([*HEAD, [None] * 3 + ["上年同期"], COLUMNS, *ROWS])
    assert found(reading) == [("F06", "D3")]
    assert not any(observed(reading).values())


def test_an_unmerged_heading_over_a_second_row():
    columns = [*COLUMNS, None]
    below = [None] * 6 + ["上年同期", "本期数"]
    rows = [[*row[:6], 99, row[6]] for row in ROWS]
    reading = read(rows, [columns, below])
    assert found(reading) == [("F09", "G4")]
    assert observed(reading) == MEANT


def test_two_unmerged_headings_of_which_neither_says_that_it_is_the_months():
    columns = [*COLUMNS, None]
    below = [None] * 6 + ["上年同期", "核定数"]
    rows = [[*row[:6], 99, row[6]] for row in ROWS]
    reading = read(rows, [columns, below])
    assert found(reading) == [("F06", "G4"), ("F06", "H4")]
    assert {k: v for k, v in observed(reading).items() if v} == {k: v for k, v in MEANT.items() if "disbursed" in k}


@pytest.mark.parametrize("heading", ["一、上年同期数", "其中：表外", "三、企业贷款", "（二）非扶贫部分", "四、2017年"])
def test_a_heading_between_the_rows_that_says_something_else(heading):
    reading = read([*ROWS[:3], [heading], ROWS[3]])
    assert found(reading) == [("F06", "A7")]
    assert observed(reading) == {**MEANT, "outstanding_amount": None}


def test_a_heading_that_makes_another_row_of_a_label():
    reading = read([*ROWS[:3], ["四、逾期贷款情况"], ["贷款余额", *ROWS[3][1:]]])
    assert found(reading) == [("F06", "A7")]
    assert observed(reading) == {**MEANT, "outstanding_amount": None}


@pytest.mark.parametrize("group", ["展期情况", "续贷", "表外", "上年同期"])
def test_a_label_under_a_group_of_another_part_is_unknown(group):
    reading = read([*ROWS[:3], [f"{group}/期末贷款余额", "万元", None, "—", "—", "—", 5.5]])
    assert found(reading) == [("F06", "A7")]
    assert "outstanding_amount" not in observed(reading)


@pytest.mark.parametrize(
    ("label", "unit"),
    [("不良率", "%"), ("逾期率(%)", None), ("较年初增减", "万元"), ("同比增长", "%"), ("小计", "万元"), ("合计", None)],
)
def test_rows_that_are_reckoned_from_others_are_ignored(label, unit):
    assert is_as_meant(read([*ROWS[:2], [label, unit, None, "—", "—", "—", 1.25], *ROWS[2:]]))


# ------------------------------------------------------------------ units of money


def test_the_unit_of_a_value_column_goes_before_the_captions():
    columns = [*COLUMNS[:6], "期末余额(元)"]
    rows = [[row[0], None, *row[2:]] for row in ROWS]
    reading = read(rows, columns)
    assert found(reading) == [("F09", "G3")]
    assert observed(reading)["outstanding_amount"] == 3025
    assert observed(reading)["disbursed_amount_mtd"] == 3_500_000


def test_a_column_and_a_row_that_differ_in_their_unit_are_a_finding():
    reading = read(columns=[*COLUMNS[:6], "期末余额(元)"])
    assert [(rule, cell) for rule, cell in found(reading)] == [("F05", "G5"), ("F05", "G7")]


def test_a_label_and_its_unit_that_differ_are_a_finding():
    reading = read([ROWS[0], ["授信金额(元)", *ROWS[1][1:]], *ROWS[2:]])
    assert found(reading) == [("F05", "G5")]


# ------------------------------------------------------------------ what is not understood


def test_an_unknown_row_is_proposed_for_and_never_guessed():
    reading = read([*ROWS[:3], ["期末各项贷款余额", "万元", None, "—", "—", "—", 30.25]])
    (finding,) = reading.findings
    assert (finding.rule, finding.cell, finding.value) == ("F06", "A7", "期末各项贷款余额")
    assert "最接近的指标：期末余额/金额（outstanding_amount）" in finding.message
    assert "'表!A7' 指标代码 --by 姓名" in finding.message
    assert "outstanding_amount" not in observed(reading)


def test_two_rows_alike_that_differ_are_a_finding_and_none_is_read():
    reading = read([*ROWS, ["贷款余额", "万元", None, "—", "—", "—", 99]])
    assert found(reading) == [("F06", "A8")]
    assert observed(reading) == {**MEANT, "outstanding_amount": None}
    assert "第7行和第8行都是“贷款余额”，内容不同" in reading.findings[0].message


def test_two_rows_alike_that_agree_are_read_once_and_noted():
    reading = read([*ROWS, ROWS[3]])
    assert found(reading) == [("F09", "A8")]
    assert observed(reading) == MEANT


def test_two_columns_of_the_same_span_are_a_finding():
    lines = [[*line, extra] for line, extra in zip([COLUMNS, *ROWS], ["期末数", 1, 2, "—", 3], strict=True)]
    reading = read(lines[1:], lines[0])
    assert found(reading) == [("F06", "H3")]
    assert "G列和H列两栏都是“期末余额”，内容不同" in reading.findings[0].message
    assert observed(reading)["outstanding_amount"] is None


def test_a_registered_slip_is_read_and_noted():
    reading = read([*ROWS, ["预期贷款余额", "万元", None, "—", "—", "—", 1.5]])
    assert found(reading) == [("F09", "A8")]
    assert "指标名称“预期贷款余额”按登记的错字读作“逾期贷款余额”" in reading.findings[0].message
    assert observed(reading)["past_due_amount"] == 1_500_000


def test_words_alone_in_a_value_column_are_no_heading():
    reading = read([*ROWS[:2], [None, None, None, "约三万"], *ROWS[2:]])
    assert found(reading) == [("F06", "D6")]


@pytest.mark.parametrize("words", ["2018年1-3月", "一季度", "2018年3月"])
def test_the_statements_own_time_over_all_columns_is_the_tables(words):
    lines = [[*COLUMNS[:3], words], [None] * 3 + COLUMNS[3:], *ROWS]
    assert is_as_meant(read_lines([*HEAD, *lines]))


@pytest.mark.parametrize("words", ["2018年1-2月", "二季度", "上年同期"])
def test_another_time_over_all_columns_is_not(words):
    lines = [[*COLUMNS[:3], words], [None] * 3 + COLUMNS[3:], *ROWS]
    reading = read_lines([*HEAD, *lines])
    assert {o.value for s in reading.submissions for o in s.observations} <= {None}
    assert "F06" in {rule for rule, _ in found(reading)}


def test_sums_up_to_the_month_beside_those_of_all_years_are_this_years():
    columns = ["截至3月末累计" if head == "本年累计" else head for head in COLUMNS]
    assert is_as_meant(read(columns=columns))
