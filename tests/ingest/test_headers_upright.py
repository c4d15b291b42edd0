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
def test_codes_in_any_spelling(code):
    """The label is the bank's own: the code alone says what the row is."""
    assert is_as_meant(read([["贫困户已获授信数", "户", code, *ROWS[0][3:]], *ROWS[1:]]))


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
    assert found(reading) == [("F06", "H6")]
    assert "outstanding_amount" not in observed(reading)


def test_the_header_again_on_the_next_page():
    ordinals = ["甲", "乙", "丙", 1, 2, 3, 4]
    assert is_as_meant(read([*ROWS[:2], COLUMNS, ordinals, *ROWS[2:]], [COLUMNS, ordinals]))


@pytest.mark.parametrize(
    "label", ["授信金额（万元）", "授信金额(单位：万元)", "2.授信金额", "其中：授信金额", "二、授信金额", "授信 金额"]
)
def test_labels_in_other_dress(label):
    assert is_as_meant(read([ROWS[0], [label, *ROWS[1][1:]], *ROWS[2:]]))


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
    assert (finding.rule, finding.cell, finding.value) == ("F06", "G7", "期末各项贷款余额")
    assert "最接近的指标：期末余额/金额（outstanding_amount）" in finding.message
    assert "'表!A7' 指标代码 --by 姓名" in finding.message
    assert "outstanding_amount" not in observed(reading)


def test_two_rows_alike_that_differ_are_a_finding():
    reading = read([*ROWS, ["贷款余额", "万元", None, "—", "—", "—", 99]])
    assert found(reading) == [("F06", "A8")]
    assert "第7行和第8行都是“贷款余额”，内容不同" in reading.findings[0].message


def test_two_rows_alike_that_agree_are_read_once_and_noted():
    reading = read([*ROWS, ROWS[3]])
    assert found(reading) == [("F09", "A8")]
    assert observed(reading) == MEANT


def test_two_columns_of_the_same_span_are_a_finding():
    lines = [[*line, extra] for line, extra in zip([COLUMNS, *ROWS], ["期末数", 1, 2, "—", 3], strict=True)]
    reading = read(lines[1:], lines[0])
    assert found(reading) == [("F06", "H3")]
    assert "两栏都是“期末余额”" in reading.findings[0].message


def test_a_registered_slip_is_read_and_noted():
    reading = read([*ROWS, ["预期贷款余额", "万元", None, "—", "—", "—", 1.5]])
    assert found(reading) == [("F09", "A8")]
    assert "指标名称“预期贷款余额”按登记的错字读作“逾期贷款余额”" in reading.findings[0].message
    assert observed(reading)["past_due_amount"] == 1_500_000


def test_words_alone_in_a_value_column_are_no_heading():
    reading = read([*ROWS[:2], [None, None, None, "约三万"], *ROWS[2:]])
    assert found(reading) == [("F06", "D6")]
