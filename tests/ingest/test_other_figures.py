"""Words around a table that say that its figures are a plan, a draft, another year's, other loans; and the harmless."""

import pytest

from pipeline.ingest.other_figures import other_figures
from tests.faults.expecting import CATALOG
from tests.ingest.sheets import Statement, found

M01, T01 = CATALOG.forms["M01"], CATALOG.forms["T01"]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("农业银行安康分行金融扶贫小额贷款预计表（2018年3月）", "预计"),
        ("农业银行安康分行统计表（2018年3月预测）", "预测"),
        ("农业银行安康分行2018年3月同比情况表", "同比"),
        ("农业银行安康分行2018年3月较年初增加额统计表", "较年初"),
        ("农业银行安康分行个人经营贷款统计表（2018年3月）", "个人经营"),
        ("农业银行安康分行2018年3月新增贷款统计表", "新增贷款"),
        ("农业银行安康分行2018年3月农户贷款统计表", "农户贷款"),
        ("安康市金融扶贫小额贷款统计表（其中：城关镇）", "城关镇"),
        ("旬阳县不含城关镇统计表", "不含"),
        ("与去年对比表", "对比"),
        ("农业银行安康分行金融扶贫小额贷款统计表（2018年3月，预计数）", "预计"),
        ("安康市金融扶贫小额贷款月报表，草稿", "草稿"),
        ("企业贷款", "企业"),
        ("其中：产业扶贫贷款", "其中"),
        ("上年同期数", "上年"),
        ("计划数", "计划"),
    ],
)
def test_words_of_other_figures(title, words):
    assert words in other_figures(title, M01, CATALOG)


@pytest.mark.parametrize(
    "title",
    [
        "附件5：农业银行安康分行金融扶贫小额贷款统计表（2018年3月）",
        "中国农业银行股份有限公司安康分行2018年3月扶贫小额信贷统计表",
        "2018年一季度末金融扶贫小额贷款统计表",
        "陕西省安康市金融扶贫小额贷款情况统计表（截至2018年3月31日）",
        "二〇一八年三月金融扶贫贷款统计表",
        "关于报送2018年3月金融扶贫小额贷款统计表的附表",
        "镇坪县农村信用社扶贫小额信用贷款统计表",
        "建档立卡贫困户小额贷款发放情况统计表",
        "脱贫人口小额信贷统计表",
        "安康市个人精准扶贫贷款统计表（2018年3月）",
        "小额扶贫到户贷款统计表",
        "农业银行安康分行“富民贷”脱贫攻坚贷款统计表",
        "农行安康分行2018年3月小额贷款统计表",
        "金融扶贫小额贷款任务完成情况表",
        "金融扶贫小额贷款目标任务完成情况表",
        "金融扶贫小额贷款统计表（2018年3月）（含上年同期对比）",
        "金融扶贫小额贷款余额及上年同期余额统计表",
        "金融扶贫小额贷款统计表（2018年3月，保留两位小数）",
        "2018年3月余额及增减情况统计表",
        "统计口径：不含恒口示范区",
        "地址：安康市旬阳县城关镇",
        "请于每月5日前报送，较上月增减超30%的须说明",
        "根据《2018年贷款计划》（安政办函〔2017〕284号）填报",
        "安康市金融办监制",
        "（更正）",
    ],
)
def test_titles_of_the_forms_own_figures(title):
    assert not other_figures(title, M01, CATALOG)


@pytest.mark.parametrize(
    "sheet", ["上报", "最终", "汇总", "3月改", "市行", "附件5", "Sheet1 (2)", "农行", "月报表", "安康"]
)
def test_harmless_names_of_sheets(sheet):
    assert not other_figures(sheet, M01, CATALOG, title=False)


def test_a_plan_is_what_the_years_targets_are():
    assert not other_figures("2018年金融扶贫小额贷款计划表", T01, CATALOG)
    assert other_figures("2018年金融扶贫小额贷款计划表（草稿）", T01, CATALOG) == "草稿"


@pytest.mark.parametrize("title", ["2018年度金融扶贫小额贷款任务完成情况表", "2018年金融扶贫小额贷款投放情况统计表"])
def test_what_was_reached_is_no_target(title):
    assert other_figures(title, T01, CATALOG)


@pytest.mark.parametrize(
    ("note", "rule"),
    [
        ("注：数据为预计数", "F06"),
        ("注：数据为2017年同期数", "F06"),
        ("以上为上年同期数", "F06"),
        ("说明：上表为预计数，待核实", "F06"),
        ("注：本表数据为2月数", "F04"),
        ("注：期末余额取自2月末", "F04"),
        ("注：余额为2017年12月末数", "F04"),
    ],
)
def test_a_note_that_all_figures_are_others_is_told_at_its_cell(note, rule):
    below = [[None], [note]]
    cells = {finding.cell for finding in Statement(below=below).read().findings if finding.rule == rule}
    assert len(cells) == 1
    assert found(Statement(below=below).read()) == [(rule, *cells)]


@pytest.mark.parametrize(
    "note",
    [
        "注：本表数据为3月数",
        "注：数据取自信贷系统",
        "说明：表中数据为计划内贷款",
        "注：上年同期数据来源于2017年3月报表",
        "注：对比基数为上年同期数",
        "注：本表数据均为建档立卡贫困户贷款",
    ],
)
def test_a_note_that_explains_the_figures_is_no_finding(note):
    assert found(Statement(below=[[None], [note]]).read()) == []
