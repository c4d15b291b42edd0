"""Files as other hands would write them: understood exactly, or a finding; never a quiet wrong reading."""

import io

import pytest
import xlsxwriter

from pipeline.ingest.reading import read_file
from pipeline.ingest.workbook import open_grid
from pipeline.model import ReceivedFile
from tests.ingest.sheets import AREAS, CATALOG, HEADERS, Statement, found, plain_rows

RCB_HEAD = [
    ["金融扶贫小额贷款统计月报表"],
    ["填报单位：汉阴农商银行", None, None, "报告期：2018年3月", None, None, "单位：万元、户、笔"],
]
RCB_COLUMNS = ["指标名称", "计量单位", "代码", "本月", "本年累计", "历史累计", "期末余额"]
RCB_ROWS = [
    ["授信户数", "户", "04", "—", "—", "—", 20],
    ["授信金额", "万元", "05", "—", "—", "—", 60.5],
    ["发放金额", "万元", "08", 3.5, 9.25, 80.75, "—"],
    ["期末贷款余额", "万元", "22", "—", "—", "—", 30.25],
]
C01_HEAD = [
    ["安康市金融扶贫工作县区月报表"],
    ["填报单位：汉阴县金融办", "报告期：2018年3月", None, "单位：万元、户、个"],
]
C01_ROWS = [
    ["指标名称", "计量单位", "代码", "数值"],
    ["建档立卡贫困户数", "户", "01", 4683],
    ["风险补偿金余额", "万元", "04", 495.7],
]
PROJECTS = [
    ["金融扶贫项目"],
    ["序号", "项目名称", "总投资", "已完成投资", "贷款金额", "进展情况"],
    [1, "示例茶园", 100, 60, 30, "在建"],
]


def read(lines, name="报表.xlsx"):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        for r, line in enumerate(lines):
            for c, value in enumerate(line):
                if value is not None:
                    sheet.write(r, c, value)
    reading = read_file(open_grid(out.getvalue(), name), ReceivedFile("d" * 64, name, "2018-04-05 09:00"), CATALOG)
    assert sum(reading.cells.values()) == reading.non_blank
    return reading


def rcb(rows=RCB_ROWS, head=RCB_HEAD, columns=RCB_COLUMNS, more=()):
    return read([*head, columns, *rows, *more])


def value(reading, indicator, area="hanyin"):
    (submission,) = reading.submissions
    return next(o.value for o in submission.observations if (o.indicator, o.area) == (indicator, area))


# ------------------------------------------------------------------ periods


@pytest.mark.parametrize(
    "title", ["（2018年1—3月）", "（2018年1-3月）", "（2018年1月-3月）", "（2018年1月至3月）", "（2018年1～3月）"]
)
def test_a_span_of_months_is_no_month(title):
    above = [[f"农业银行安康分行统计表{title}"], ["单位：万元"]]
    assert [rule for rule, _ in found(Statement(above=above).read())] == ["F04"]


@pytest.mark.parametrize(
    "words",
    ["二〇一八年三月", "报告期：201803", "统计日期：20180331", "2018年3月1日—3月31日", "截至2018年3月31日"],
)
def test_other_spellings_of_one_month(words):
    above = [["农业银行安康分行统计表"], [words, None, None, "单位：万元"]]
    (submission,) = Statement(above=above).read().submissions
    assert submission.period == "2018-03"


def test_how_long_a_form_is_valid_is_not_its_period():
    above = [["农业银行安康分行统计表（2018年3月）"], ["有效期至：2020年12月", None, None, "单位：万元"]]
    assert found(Statement(above=above).read()) == []


# ------------------------------------------------------------------ nothing is swallowed


def test_a_row_that_is_not_understood_before_a_list_is_a_finding():
    reading = read([*C01_HEAD, *C01_ROWS, ["某种新指标", "万元", None, 12.5], *PROJECTS])
    assert found(reading) == [("F06", "A6")]


@pytest.mark.parametrize("typed", [1.88, "1.88", "1,188.00", "1.88万元"])
def test_a_figure_below_the_table_is_never_a_note(typed):
    reading = rcb(more=[["实付贴息额", "万元", None, typed]])
    assert found(reading) == [("F06", "A8")]


def test_notes_dates_and_telephones_below_the_table_are_notes():
    more = [["单位负责人：示例甲", "联系电话：", "0915-3200000", "报出日期", "2018-04-05"], ["注：数据取自信贷系统。"]]
    assert found(rcb(more=more)) == []


def test_a_footer_cut_into_cells_is_no_area():
    below = [["填表人：", "示例乙", None, "电话：", "0915-3200000", None, "2018-04-05"]]
    reading = Statement(below=below).read()
    assert found(reading) == []
    assert not [o for s in reading.submissions for o in s.observations if o.area.startswith("unknown")]


def test_a_footer_right_under_a_list_is_no_project():
    footer = [None, "单位负责人：示例甲", "填表人：示例乙", None, "报出日期：2018-04-05"]
    reading = read([*C01_HEAD, *C01_ROWS, *PROJECTS, footer])
    assert found(reading) == []
    names = [o.text for o in reading.submissions[0].observations if o.indicator == "project_name"]
    assert names == ["示例茶园"]


SUMS = ["合计", "合计：", "项目合计", "合计（3个）", "本县合计", "三个项目合计", "共3个项目", "合计数", "累计", "Total"]


@pytest.mark.parametrize("label", SUMS)
def test_a_typed_sum_of_projects_is_no_project(label):
    reading = read([*C01_HEAD, *C01_ROWS, *PROJECTS, [None, label, 100, 60, 30, None]])
    assert found(reading) == []
    assert {o.item for o in reading.submissions[0].observations if o.item} == {1}


def test_a_project_that_is_called_after_what_it_counts_is_one():
    reading = read([*C01_HEAD, *C01_ROWS, *PROJECTS, [None, "会计培训中心", 100, 60, 30, None]])
    assert {o.item for o in reading.submissions[0].observations if o.item} == {1, 2}


@pytest.mark.parametrize(
    "line", [[None, "甲", "乙", 1, 2, 3], [None, 1, 2, 3, 4, 5], [None, "(1)", "(2)", "(3)", "(4)", "(5)"]]
)
def test_numbers_of_columns_below_the_header_of_projects_are_no_project(line):
    header, *projects = PROJECTS[-2:]
    reading = read([*C01_HEAD, *C01_ROWS, *PROJECTS[:-2], header, line, *projects])
    assert found(reading) == []
    assert {o.item for o in reading.submissions[0].observations if o.item} == {1}


# ------------------------------------------------------------------ upright forms of other hands


@pytest.mark.parametrize(("heading", "rule"), [("绿色贷款", "F06"), ("上年同期数", "F09")])
def test_a_value_column_more_is_one_finding(heading, rule):
    reading = rcb(rows=[[*row, 5.5] for row in RCB_ROWS], columns=[*RCB_COLUMNS, heading])
    assert found(reading) == [(rule, "H3")]


def test_a_zero_where_nothing_applies_says_nothing():
    rows = [[0 if cell == "—" else cell for cell in row] for row in RCB_ROWS]
    assert found(rcb(rows=rows)) == []


@pytest.mark.parametrize(
    "columns",
    [
        ["指标名称（甲）", "计量单位（乙）", "代码（丙）", "本月(1)", "本年累计(2)", "历史累计(3)", "期末余额(4)"],
        ["指标名称", "计量单位", "代码", "本月", "本年累计", "自开办以来累计", "期末余额（万元）"],
    ],
)
def test_other_headings_of_the_same_columns(columns):
    reading = rcb(columns=columns)
    assert found(reading) == []
    assert value(reading, "disbursed_amount_cum") == 80_750_000


def test_a_county_return_whose_value_column_is_called_this_month_is_a_county_return():
    rows = [["指标名称", "计量单位", "代码", "本月"], *C01_ROWS[1:]]
    reading = read([*C01_HEAD, *rows])
    assert found(reading) == []
    assert reading.submissions[0].form == "C01"


def test_label_and_code_that_disagree_are_told_at_a_cell():
    rows = [["授信户数", "户", "22", "—", "—", "—", 20], *RCB_ROWS[1:]]
    assert ("F06", "A4") in found(rcb(rows=rows))


@pytest.mark.parametrize(
    ("typed", "millionths"), [("月息3.96厘", 4_752_000), ("3.96‰", 4_752_000), ("4.35%", 4_350_000), (4.35, 4_350_000)]
)
def test_rates_a_month_become_rates_a_year(typed, millionths):
    rows = [*RCB_ROWS, ["加权平均利率(年)", "%", "38", "—", typed, "—", "—"]]
    reading = rcb(rows=rows)
    assert found(reading) == []
    assert value(reading, "weighted_average_rate") == millionths


# ------------------------------------------------------------------ tables of areas of other hands


def test_one_column_in_yuan_does_not_change_how_the_others_were_rounded():
    headers = [*HEADERS[:6], "贴息/本年应贴息(元)"]
    rows = [[*row[:6], 1234.56] for row in plain_rows()]
    (submission,) = Statement(headers=headers, rows=rows).read().submissions
    assert submission.step == 10_000
    assert next(o.value for o in submission.observations if o.indicator == "interest_subsidy_accrued_ytd") == 123_456


@pytest.mark.parametrize("label", ["合计：", "汇总", "全辖合计", "总 计"])
def test_other_words_for_the_total(label):
    rows = [*plain_rows(), [label, 245, 650, 145, 135, 347.5, None]]
    (submission,) = Statement(rows=rows).read().submissions
    assert {o.area for o in submission.observations if o.total} == {"total"}


@pytest.mark.parametrize(
    ("label", "area"), [("汉滨区支行", "hanbin"), ("汉滨区（含高新区）", "hanbin"), ("其中：高新", "gaoxin")]
)
def test_other_words_for_an_area(label, area):
    rows = plain_rows()
    rows[0][0] = label
    (submission,) = Statement(rows=rows).read().submissions
    assert area in {o.area for o in submission.observations}


@pytest.mark.parametrize("heading", ["县区名称", "机构", "行政区划"])
def test_other_headings_of_the_column_of_areas(heading):
    assert found(Statement(headers=[heading, *HEADERS[1:]]).read()) == []


@pytest.mark.parametrize("caption", ["单位：人民币万元", "单位：金额 万元，户数 户", "（金额单位：万元）"])
def test_other_captions_of_the_unit(caption):
    (submission,) = Statement(above=[["农业银行安康分行（2018年3月）"], [caption]]).read().submissions
    assert submission.money_unit == "万元"


def test_a_name_that_gives_another_institution_is_a_finding():
    assert [rule for rule, _ in found(Statement(name="邮储银行201803.xlsx").read())] == ["F03"]


def test_targets_with_a_column_of_sums():
    lines = [
        ["安康市2018年度金融扶贫小额贷款目标任务分解表"],
        ["填报单位：安康市金融工作办公室", None, None, "单位：万元、户"],
        ["县(区)", "合计", "农商银行", "邮储银行", "农业银行"],
        [None, "目标金额", "目标金额", "目标金额", "目标金额"],
        *[[name, 60, 10, 20, 30] for name in AREAS],
    ]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        for r, line in enumerate(lines):
            for c, word in enumerate(line):
                if word is not None:
                    sheet.write(r, c, word)
        sheet.merge_range(2, 0, 3, 0, "县(区)")
    reading = read_file(
        open_grid(out.getvalue(), "任务.xlsx"), ReceivedFile("c" * 64, "任务.xlsx", "2018-01-17 09:00"), CATALOG
    )
    assert found(reading) == []
    assert {o.institution for o in reading.submissions[0].observations} == {"rcb", "psbc", "abc"}


def test_a_remark_in_a_row_does_not_declare_the_month_nil():
    headers = [*HEADERS[:5], "期末余额/金额", "发放情况/本月/金额", "备注"]
    rows = [[*row[:6], None, None] for row in plain_rows()]
    rows[7][7] = "本月无业务"
    (submission,) = Statement(headers=headers, rows=rows).read().submissions
    assert not submission.nil
    assert {o.value for o in submission.observations if o.indicator == "disbursed_amount_mtd"} == {None}


def test_a_declaration_against_figures_is_not_believed():
    headers = [*HEADERS[:6], "发放情况/本月/金额"]
    rows = [[*row[:6], 2.5 if i == 0 else None] for i, row in enumerate(plain_rows())]
    (submission,) = Statement(headers=headers, rows=rows, below=[["本月无业务"]]).read().submissions
    assert submission.nil, "it is said, and A18 tells that it is not so"
    assert {o.value for o in submission.observations if o.indicator == "disbursed_amount_mtd"} == {2_500_000, None}


def test_unread_cells_of_a_repeated_indicator_are_findings_of_their_own():
    reading = read(
        [
            *C01_HEAD,
            *C01_ROWS,
            ["农商银行期末贷款余额", "万元", "23", "约5"],
            ["邮储银行期末贷款余额", "万元", "26", "约6"],
        ]
    )
    assert len({f.id for f in reading.findings if f.rule == "F07"}) == 2
