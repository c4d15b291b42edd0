"""Where what stands around a table says that its figures are others than the month's, it is told at its cell."""

import pytest

from pipeline.ingest.reading import read_file
from pipeline.ingest.workbook import open_grid
from pipeline.model import ReceivedFile
from tests.faults.pages import xlsx
from tests.faults.plain import PROJECTS, RCB_ABOVE, county, targets, upright
from tests.ingest.sheets import AREAS, CATALOG, Statement, found, plain_rows

TITLE, UNIT, MONEY = "农业银行安康分行金融扶贫小额贷款统计表（2018年3月）", "填报单位：农业银行安康分行", "单位：万元"


def line_above(line):
    return found(Statement(above=[[TITLE], [UNIT, None, MONEY], [line]]).read())


def behind_the_unit(line):
    return found(Statement(above=[[TITLE], [f"{UNIT}　{line}", None, MONEY]]).read())


LABELLED = [
    ("数据类型：测算数", "F06"),
    ("版本：草稿", "F06"),
    ("报表类型：计划表", "F06"),
    ("数据状态：初步数", "F06"),
    ("统计口径：不含续贷", "F06"),
    ("统计口径：不含恒口示范区", "F06"),
    ("统计范围：除城关镇外", "F06"),
    ("统计范围：城关镇", "F06"),
    ("数据口径：仅统计续贷部分", "F06"),
    ("镇：城关镇", "F06"),
    ("所属支行：城关支行", "F06"),
    ("部分县区数据", "F06"),
    ("以下为汉滨区数据", "F06"),
    ("初步数", "F06"),
    ("城关支行", "F06"),
    ("以下为2月数据", "F04"),
    ("统计期间：2018年3月1日至25日", "F04"),
]


@pytest.mark.parametrize(("line", "rule"), LABELLED)
def test_alone_in_a_line_above_the_table(line, rule):
    assert line_above(line) == [(rule, "A3")]


@pytest.mark.parametrize(("line", "rule"), [pair for pair in LABELLED if pair[0] != "城关支行"])
def test_behind_the_unit_in_the_same_cell(line, rule):
    assert behind_the_unit(line) == [(rule, "A2")]


def test_another_month_under_another_label_of_periods():
    assert {rule for rule, _ in line_above("数据时点：2018年2月末") + behind_the_unit("数据时点：2018年2月末")} == {
        "F04"
    }


@pytest.mark.parametrize("label", ["数据类型", "版本："])
def test_the_answer_to_a_label_may_stand_in_the_next_cell(label):
    assert found(Statement(above=[[TITLE], [UNIT, None, MONEY], [label, "草稿"]]).read()) == [("F06", "B3")]


HONEST = [
    "数据类型：实际数",
    "版本：正式",
    "报表类型：月报表",
    "统计口径：全口径",
    "统计口径：含续贷",
    "统计口径：不含利息",
    "统计口径：不含邮储银行代理的贷款",
    "统计范围：全市10个县区",
    "统计范围：辖内各支行",
    "统计对象：建档立卡贫困户",
    "统计期间：2018年3月1日至31日",
    "数据时点：2018年3月末",
    "数据来源：信贷系统",
    "以下为3月数据",
    "联系支行：城关支行",
]


@pytest.mark.parametrize(
    "line", [*HONEST, "表格由市分行信贷部负责", "数据已与2月核对", "分县区数据", "数据取自核心系统"]
)
def test_lines_that_say_nothing_else(line):
    assert line_above(line) == []


@pytest.mark.parametrize("line", HONEST)
def test_behind_the_unit_they_say_nothing_else_either(line):
    assert behind_the_unit(line) == []


@pytest.mark.parametrize(
    ("note", "rule"),
    [
        ("注：数据为预计数", "F06"),
        ("注：数据为2017年同期数", "F06"),
        ("以上为上年同期数", "F06"),
        ("说明：上表为预计数，待核实", "F06"),
        ("备注：预计数", "F06"),
        ("预计数", "F06"),
        ("草稿", "F06"),
        ("注：本表为样表", "F06"),
        ("注：本表不含续贷", "F06"),
        ("注：仅统计新增部分", "F06"),
        ("备注：沿用上月数据", "F06"),
        ("注：本表数据为2月数", "F04"),
        ("注：期末余额取自2月末", "F04"),
        ("注：余额为2017年12月末数", "F04"),
        ("注：系2月数据", "F04"),
        ("注：为2017年数据", "F04"),
        ("2月数", "F04"),
    ],
)
def test_a_note_that_all_figures_are_others_is_told_at_its_cell(note, rule):
    reading = Statement(below=[[None], [note]]).read()
    assert found(reading) == [(rule, "A15")]


@pytest.mark.parametrize(
    "note",
    [
        "注：本表数据为3月数",
        "注：数据取自信贷系统",
        "说明：表中数据为计划内贷款",
        "注：上年同期数据来源于2017年3月报表",
        "注：对比基数为上年同期数",
        "注：本表数据均为建档立卡贫困户贷款",
        "注：较上月增加20户",
        "注：逾期贷款不含展期",
        "注：授信金额不含已注销额度",
        "注：余额含上年结转",
        "注：预计4月收回逾期贷款",
        "备注：与上月相同",
        "城关支行",
        "2018年4月3日",
    ],
)
def test_a_note_that_explains_the_figures_is_no_finding(note):
    assert found(Statement(below=[[None], [note]]).read()) == []


def with_total(remark):
    rows = plain_rows()
    rows.append(["合计", *(round(sum(row[col] for row in rows), 2) for col in range(1, 6)), remark])
    return found(Statement(rows=rows).read())


@pytest.mark.parametrize(
    ("remark", "rule"),
    [("预计数", "F06"), ("草稿", "F06"), ("不含续贷", "F06"), ("上年同期数", "F06"), ("系2月数据", "F04")],
)
def test_a_remark_beside_the_total(remark, rule):
    assert with_total(remark) == [(rule, "G14")]


@pytest.mark.parametrize("remark", ["3月数据", "较上月增加", "无", "含恒口", "本月新增5户", "其中企业2户"])
def test_a_harmless_remark_beside_the_total(remark):
    assert with_total(remark) == []


@pytest.mark.parametrize("sheet", ["废", "旧", "城关", "城关镇", "城关支行", "样表", "不良明细", "部分", "汉滨区"])
def test_the_only_sheet_is_called_by_others(sheet):
    reading = Statement(sheet=sheet).read()
    assert [(f.rule, f.sheet) for f in reading.findings] == [("F06", sheet)]


@pytest.mark.parametrize("sheet", ["3月", "农行", "新", "各县区", "全市", "正式", "201803"])
def test_harmless_names_of_the_only_sheet(sheet):
    assert found(Statement(sheet=sheet).read()) == []


def test_one_county_may_be_named_where_the_table_is_of_that_county_alone():
    reading = Statement(above=[[TITLE], [UNIT, None, MONEY], [f"以下为{AREAS[0]}数据"]], rows=plain_rows()[:1]).read()
    assert found(reading) == []


@pytest.mark.parametrize("branch", ["农业银行西安分行", "中国农业银行宝鸡分行", "邮储银行西安市分行", "农行旬阳支行"])
def test_a_title_of_another_branch_contradicts_the_unit(branch):
    above = [[f"{branch}金融扶贫小额贷款统计表（2018年3月）"], [UNIT, None, MONEY]]
    assert found(Statement(above=above).read()) == [("F03", "A1")]


@pytest.mark.parametrize(
    "branch", ["中国农业银行陕西省安康分行", "农行安康分行", "中国农业银行陕西省分行", "中国农业银行"]
)
def test_a_title_of_the_units_own_bank_does_not(branch):
    above = [[f"{branch}金融扶贫小额贷款统计表（2018年3月）"], [UNIT, None, MONEY]]
    assert found(Statement(above=above).read()) == []


def upright_read(page):
    return read_file(
        open_grid(xlsx(page), "报表.xlsx"), ReceivedFile("f" * 64, "报表.xlsx", "2018-04-05 09:00"), CATALOG
    )


@pytest.mark.parametrize("line", ["镇：城关镇", "城关支行", "营业部", "白河数据", "仅城关镇"])
def test_a_part_of_the_county_of_a_unit_of_one_or_another_county(line):
    assert found(upright_read(upright(above=[*RCB_ABOVE, [line]]))) == [("F06", "A3")]


def test_another_county_by_its_whole_name_is_told_once():
    assert found(upright_read(upright(above=[*RCB_ABOVE, ["以下为白河县数据"]]))) == [("F03", "A3")]


@pytest.mark.parametrize("line", ["汉阴县", "汉阴数据", "全县数据", "联系支行：城关支行", "各支行汇总"])
def test_the_units_own_county(line):
    assert found(upright_read(upright(above=[*RCB_ABOVE, [line]]))) == []


@pytest.mark.parametrize(
    ("heading", "rule"),
    [
        ("金融扶贫项目（上年）", "F06"),
        ("金融扶贫项目（拟建）", "F06"),
        ("金融扶贫项目（白河县）", "F06"),
        ("金融扶贫项目（2017年）", "F04"),
        ("金融扶贫项目（2018年2月）", "F04"),
        ("2月金融扶贫项目", "F04"),
    ],
)
def test_a_heading_over_the_projects_that_makes_them_others(heading, rule):
    page = county(more=[[heading], *PROJECTS[1:]])
    assert found(upright_read(page)) == [(rule, "A7")]


@pytest.mark.parametrize(
    "heading",
    [
        "二、金融扶贫项目",
        "金融扶贫项目（单位：万元）",
        "金融扶贫项目（2018年3月）",
        "2018年金融扶贫项目",
        "汉阴县金融扶贫项目",
    ],
)
def test_a_heading_over_the_projects_that_says_nothing_else(heading):
    assert found(upright_read(county(more=[[heading], *PROJECTS[1:]]))) == []


def test_a_quarter_over_the_years_targets():
    page = targets()
    page.cells[0, 0] = "安康市2018年一季度金融扶贫小额贷款目标任务分解表"
    assert found(upright_read(page)) == [("F04", "A1")]
