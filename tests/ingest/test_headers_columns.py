"""Headers of tables of areas as other hands write them: the same words in other places are the same columns."""

import pytest

from pipeline import validate
from tests.ingest.sheets import AREAS, CATALOG
from tests.ingest.tables import ABOVE, found, read_lines, values

ROWS = [[name, 20 + i, 60.5 + i, 10 + i, 9 + i, 30.25 + i] for i, name in enumerate(AREAS)]
"""县区, 授信户数, 授信金额, 期末余额: 笔数, 户数, 金额."""
ONE = ["县(区)", "授信户数", "授信金额", "期末余额/笔数", "期末余额/户数", "期末余额/金额"]
TWO = [["县(区)", "评级授信", None, "期末余额", None, None], [None, "授信户数", "授信金额", "笔数", "户数", "金额"]]


def is_as_meant(reading):
    """The ten areas of ROWS, read exactly, and nothing to complain of."""
    assert found(reading) == []
    assert values(reading, "credit_line_households")["hanbin"] == 20
    assert values(reading, "credit_line_amount")["hanbin"] == 60_500_000
    assert values(reading, "outstanding_loans")["hanyin"] == 11
    assert values(reading, "outstanding_households")["baihe"] == 18
    assert values(reading, "outstanding_amount")["baihe"] == 39_250_000
    assert len(values(reading, "outstanding_amount")) == 10
    return True


# ------------------------------------------------------------------ the same table, written otherwise


@pytest.mark.parametrize(
    ("why", "headers", "merged"),
    [
        ("one row", [ONE], ()),
        ("two rows, merged", TWO, ("A3:A4", "B3:C3", "D3:F3")),
        (
            "two rows, repeated instead of merged",
            [["县(区)", "评级授信", "评级授信", "期末余额", "期末余额", "期末余额"], ["县(区)", *TWO[1][1:]]],
            (),
        ),
        ("two rows, the group only over its first column", TWO, ()),
        (
            "the area's header beside the lower row",
            [[None, *TWO[0][1:]], ["县(区)", *TWO[1][1:]]],
            ("B3:C3", "D3:F3"),
        ),
        ("three rows, the last of them units", [*TWO, [None, "户", "万元", "笔", "户", "万元"]], ("B3:C3", "D3:F3")),
        (
            "five rows, each merged over the next",
            [
                ["县(区)", "评级授信", None, "期末余额", None, None],
                [None, None, None, None, None, None],
                [None, "授信户数", "授信金额", "笔数", "户数", "金额"],
                [None, None, None, None, None, None],
                [None, "(户)", "(万元)", "(笔)", "(户)", "(万元)"],
            ],
            ("A3:A7", "B3:C4", "D3:F4", "B5:B6", "C5:C6", "D5:D6", "E5:E6", "F5:F6"),
        ),
        (
            "five rows, the area's header not merged",
            [TWO[0], [], TWO[1], [], [None, "户", "万元", "笔", "户", "万元"]][:3],
            ("B3:C3", "D3:F3"),
        ),
        (
            "broken over lines",
            [["县\n(区)", "授信\n户数", "授信\r\n金额", "期末余额/\n笔数", "期末余额/户\n数", "期末\n余额/金额"]],
            (),
        ),
        (
            "stray spaces",
            [[" 县 (区) ", "授 信 户 数", "授信　金额", "期末余额 / 笔数", "期末余额/户 数", "期末余额/金 额"]],
            (),
        ),
        (
            "full-width brackets and letters",
            [
                [
                    "县（区）",
                    "授信户数（户）",
                    "授信金额（万元）",
                    "期末余额／笔数",
                    "期末余额／户数",
                    "期末余额／金额（单位：万元）",
                ]
            ],
            (),
        ),
        (
            "other brackets",
            [["县区", "授信户数[户]", "授信金额【万元】", "期末余额:笔数", "期末余额－户数", "期末余额_金额"]],
            (),
        ),
        ("units in a row of their own", [ONE, [None, "户", "万元", "笔", "户", "万元"]], ()),
        ("units in a row of their own, with its label", [ONE, ["计量单位", "户", "万元", "笔", "户", "万元"]], ()),
        (
            "units in brackets in a row of their own",
            [ONE, [None, "（户）", "（万元）", "（笔）", "（户）", "（万元）"]],
            (),
        ),
        ("column numbers", [ONE, [1, 2, 3, 4, 5, 6]], ()),
        ("column numbers after 甲", [ONE, ["甲", 1, 2, 3, 4, 5]], ()),
        ("column numbers in brackets", [ONE, ["（甲）", "(1)", "（2）", "(3)", "(4)", "(5)"]], ()),
        ("column numbers in circles", [ONE, ["甲", "①", "②", "③", "④", "⑤"]], ()),
        ("column numbers that are reckoned", [ONE, ["甲", "1", "2", "3", "4", "5=1+2"]], ()),
        ("units above column numbers", [ONE, [None, "户", "万元", "笔", "户", "万元"], ["甲", 1, 2, 3, 4, 5]], ()),
        ("column numbers above units", [ONE, ["甲", 1, 2, 3, 4, 5], [None, "户", "万元", "笔", "户", "万元"]], ()),
        ("a corner with a stroke through it", [["项目\\县区", *ONE[1:]]], ()),
        ("a corner broken over lines", [["指标\n县（区）", *ONE[1:]]], ()),
    ],
)
def test_the_same_table(why, headers, merged):
    assert is_as_meant(read_lines([*ABOVE, *headers, *ROWS], merged))


@pytest.mark.parametrize(("top", "left"), [(0, 3), (11, 0), (40, 25)])
def test_a_table_may_begin_anywhere(top, left):
    assert is_as_meant(read_lines([*ABOVE, *TWO, *ROWS], ("A3:A4", "B3:C3", "D3:F3"), top=top, left=left))


def test_a_header_block_under_a_title_that_is_merged_over_all_columns():
    assert is_as_meant(read_lines([*ABOVE, *TWO, *ROWS], ("A1:F1", "A3:A4", "B3:C3", "D3:F3")))


@pytest.mark.parametrize("order", [[0, 5, 4, 3, 2, 1], [3, 4, 5, 0, 1, 2], [5, 0, 1, 2, 3, 4]])
def test_columns_may_be_moved(order):
    lines = [ONE, *ROWS]
    assert is_as_meant(read_lines([*ABOVE, *([line[c] for c in order] for line in lines)]))


@pytest.mark.parametrize("at", [1, 3, 6])
def test_blank_columns_between_are_nothing(at):
    lines = [[*line[:at], None, *line[at:]] for line in [ONE, *ROWS]]
    assert is_as_meant(read_lines([*ABOVE, *lines]))


def test_a_blank_column_inside_a_merged_group():
    headers = [
        ["县(区)", "评级授信", None, "期末余额", None, None, None],
        [None, "授信户数", "授信金额", "笔数", None, "户数", "金额"],
    ]
    rows = [[*row[:4], None, *row[4:]] for row in ROWS]
    assert is_as_meant(read_lines([*ABOVE, *headers, *rows], ("A3:A4", "B3:C3", "D3:G3")))


def test_the_header_again_on_every_page():
    again = [*TWO, ["甲", 1, 2, 3, 4, 5]]
    lines = [*ABOVE, *again, *ROWS[:4], ["第1页 共2页"], *ABOVE, *again, *ROWS[4:], [None, None, "第2页，共2页"]]
    assert is_as_meant(read_lines(lines, ("A3:A4", "B3:C3", "D3:F3")))


def test_serial_numbers_in_any_spelling():
    lines = [["序 号", *ONE], *([i, *row] for i, row in enumerate(ROWS, 1))]
    assert is_as_meant(read_lines([*ABOVE, *lines]))


def test_the_unit_of_a_column_goes_before_the_captions():
    units = [None, "户", "元", "笔", "户", "万元"]
    reading = read_lines([*ABOVE, ONE, units, *ROWS])
    assert found(reading) == [("F09", "C4")]
    assert values(reading, "credit_line_amount")["hanbin"] == 6050
    assert values(reading, "outstanding_amount")["hanbin"] == 30_250_000


@pytest.mark.parametrize("merged", [("A3:A5", "B3:G3", "B4:D4", "E4:G4"), ()])
def test_three_levels(merged):
    """Merged, or with each group only over its first column."""
    lines = [
        ["县(区)", "发放情况", None, None, None, None, None],
        [None, "本月", None, None, "本年累计", None, None],
        [None, "笔数", "户数", "金额", "笔数", "户数", "金额"],
        *([name, 1, 2, 3.5, 4, 5, 6.25 + i] for i, name in enumerate(AREAS)),
    ]
    reading = read_lines([*ABOVE, *lines], merged)
    assert found(reading) == []
    assert values(reading, "disbursed_amount_mtd")["hanyin"] == 3_500_000
    assert values(reading, "disbursed_loans_ytd")["hanyin"] == 4
    assert values(reading, "disbursed_amount_ytd")["hanyin"] == 7_250_000


# ------------------------------------------------------------------ what may be read in two ways, or in none


def test_a_group_without_words_of_its_own_is_not_taken_for_the_whole():
    """期末余额 alone is an alias of the amount; over 笔数, 户数 and a column without words it is none."""
    headers = [TWO[0], [None, "授信户数", "授信金额", "笔数", "户数", None]]
    reading = read_lines([*ABOVE, *headers, *ROWS], ("A3:A4", "B3:C3", "D3:F3"))
    assert [rule for rule, _ in found(reading)] == ["F06"]
    assert "outstanding_amount" not in {o.indicator for o in reading.submissions[0].observations}


def test_a_column_that_may_belong_to_two_groups_is_not_chosen_for():
    """Without merged ranges 余额 below a blank may be of 逾期贷款, or the balance itself that stands alone."""
    headers = [
        ["县(区)", "授信户数", "授信金额", "逾期贷款", None, None],
        [None, None, None, "笔数", "户数", "贷款余额"],
    ]
    reading = read_lines([*ABOVE, *headers, *ROWS])
    assert found(reading) in ([], [("F06", "F4")])
    if not found(reading):
        assert values(reading, "outstanding_amount")["hanbin"] == 30_250_000


def test_two_columns_alike_that_differ_are_one_finding_and_neither_is_read():
    lines = [[*ONE, "期末贷款余额"], *([*row, 1.5] for row in ROWS)]
    reading = read_lines([*ABOVE, *lines])
    assert found(reading) == [("F06", "G3")]
    assert "F列和G列都是“期末余额/金额”，内容不同" in reading.findings[0].message
    assert set(values(reading, "outstanding_amount").values()) == {None}
    blank = [f for f in validate.check(reading.submissions, CATALOG) if f.indicator == "outstanding_amount"]
    assert blank == [], "what is not read is not also called blank"


def test_two_columns_alike_that_agree_are_read_once_and_noted():
    lines = [[*ONE, "期末余额/金额"], *([*row, row[5]] for row in ROWS)]
    reading = read_lines([*ABOVE, *lines])
    assert found(reading) == [("F09", "G3")]
    assert values(reading, "outstanding_amount")["hanbin"] == 30_250_000
    assert reading.cells["ignored: the same column again"] == 11


def test_a_required_column_that_is_left_out_is_one_finding_that_names_it():
    lines = [line[:5] for line in [ONE, *ROWS]]
    reading = read_lines([*ABOVE, *lines])
    assert found(reading) == []
    about = [f for f in validate.check(reading.submissions, CATALOG) if f.indicator == "outstanding_amount"]
    assert [(f.rule, f.area) for f in about] == [("A16", "")]
    assert "期末余额/金额" in about[0].message


def test_an_unknown_column_is_proposed_for_and_never_guessed():
    lines = [[*ONE[:5], "期末贷款余额合计"], *ROWS]
    reading = read_lines([*ABOVE, *lines])
    (finding,) = reading.findings
    assert (finding.rule, finding.cell, finding.value) == ("F06", "F3", "期末贷款余额合计")
    assert "最接近的指标：期末余额/金额（outstanding_amount）" in finding.message
    assert "accept-header 报表.xlsx '表!F3' 指标代码 --by 姓名" in finding.message.replace("'报表.xlsx'", "报表.xlsx")
    assert "outstanding_amount" not in {o.indicator for o in reading.submissions[0].observations}


def test_a_header_like_no_indicator_has_no_proposal():
    reading = read_lines([*ABOVE, [*ONE, "抵押物坐落"], *([*row, "城关镇"] for row in ROWS)])
    assert found(reading) == [("F06", "G3")]
    assert "最接近" not in reading.findings[0].message


def test_a_name_that_is_a_trap_for_a_shell_stays_a_name():
    reading = read_lines([*ABOVE, [*ONE, "抵押物"], *([*row, "房"] for row in ROWS)], name="a';rm -rf $HOME;'.xlsx")
    assert """accept-header 'a'"'"';rm -rf $HOME;'"'"'.xlsx' '表!G3' 指标代码""" in reading.findings[0].message


# ------------------------------------------------------------------ registered slips of the pen


def test_a_registered_slip_is_read_and_noted():
    lines = [[*ONE, "预期贷款/余额"], *([*row, 1.25] for row in ROWS)]
    reading = read_lines([*ABOVE, *lines])
    assert found(reading) == [("F09", "G3")]
    assert "表头“预期贷款/余额”按登记的错字读作“逾期贷款/余额”" in reading.findings[0].message
    assert values(reading, "past_due_amount")["hanbin"] == 1_250_000


def test_a_slip_that_is_not_registered_is_unknown():
    lines = [[*ONE, "愈期贷歀/余额"], *([*row, 1.25] for row in ROWS)]
    assert found(read_lines([*ABOVE, *lines])) == [("F06", "G3")]
