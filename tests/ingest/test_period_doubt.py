"""What contradicts a reference period without saying one, and the many words about time that do not."""

import pytest

from pipeline.ingest.period_doubt import contradiction, contradiction_below, contradiction_in_name, part_of_year
from pipeline.ingest.period_words import months_in_title
from pipeline.periods import Month
from tests.ingest.sheets import Statement, found

MARCH = Month(2018, 3)
TITLE = "农业银行安康分行统计表"
PERIOD = ["报告期：2018年3月", None, "单位：万元"]


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("农业银行2月份统计表", "2月"),
        ("二月份统计表", "2月"),
        ("截至2月末", "2月"),
        ("2017年统计表", "2017年"),
        ("2017年度金融扶贫统计表", "2017年"),
        ("106年3月", "106年3月"),
        ("民国106年", "民国106年"),
        ("2018年二季度", "二季度"),
        ("2017年第一季度", "2017年"),
        ("2018年上半年", "上半年"),
        ("2018年3月统计表（截至2月末）", "2月"),
        ("农业银行安康分行上年同期数（2018年3月）", "上年同期数"),
        ("农业银行安康分行统计表（2018年3月）上月数", "上月数"),
    ],
)
def test_a_title_that_contradicts_march(title, said):
    assert contradiction(title, MARCH) == said


@pytest.mark.parametrize(
    "title",
    [
        "金融扶贫小额贷款统计表",
        "3月份统计表",
        "2018年统计表",
        "2018年3月统计表",
        "107年3月",
        "2018年一季度",
        "2018年第1季度统计表",
        "请于4月5日前报送",
        "4月报送",
        "每月5日前",
        "比2月末增减",
        "上年12月末",
        "2014年以来扶贫贷款统计表",
        "2016-2020年规划",
        "2017年建档立卡贫困户贷款统计表",
        "2017年末存量客户贷款统计表",
        "2017年版",
        "近12个月",
        "2018年3月统计表（2月末为29户）",
        "农业银行安康分行统计表（含上年同期）",
        "金融扶贫小额贷款与上年同期对比表",
        "上年同期",
    ],
)
def test_a_title_that_does_not(title):
    assert contradiction(title, MARCH) == ""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("农行2月份报表.xlsx", "2月"),
        ("2017年农行3月份报表.xlsx", "2017年"),
        ("农行1802.xlsx", "2018年2月"),
        ("农行201802.xlsx", "2018年2月"),
        ("2018.2", "2018年2月"),
        ("邮储2018年2月", "2018年2月"),
        ("2月", "2月"),
        ("二月", "2月"),
    ],
)
def test_a_name_that_contradicts_march(name, said):
    assert contradiction_in_name(name, MARCH) == said


@pytest.mark.parametrize(
    "name",
    [
        "农行报表.xlsx",
        "农行1803.xlsx",
        "农行3月报表4月5日修改.xlsx",
        "农行报表20180405.xlsx",
        "报表20180228_1802.xlsx",
        "2018-04-08农行报表.xlsx",
        "4月上报农行3月报表.xlsx",
        "4月报送.xlsx",
        "2017年版报表.xlsx",
        "机构1204.xlsx",
        "报表1112.xlsx",
        "2012.xlsx",
        "附件5-1",
        "Sheet2",
        "统计表 (2)",
        "1-3月",
        "安政办函〔2017〕1804号附件.xlsx",
        "2018年2月、3月.xlsx",
    ],
)
def test_a_name_that_does_not(name):
    assert contradiction_in_name(name, MARCH) == ""


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("数据截至2018年2月28日", "数据截至2018年2月28日"),
        ("注：本表数据截止2月末。", "注:本表数据截止2月末"),
        ("说明：1.金额为万元；数据截至2018-02-28", "数据截至2018-02-28"),
        ("数据截至2018年3月31日", ""),
        ("注：数据截至3月末", ""),
        ("截至2018年2月末已核销的贷款不在此列", ""),
        ("注：与2018年2月28日数据相比，增加3户。", ""),
        ("2018年4月3日", ""),
        ("数据取自信贷管理系统", ""),
    ],
)
def test_a_line_below_the_table(note, said):
    assert contradiction_below(note, MARCH) == said


# ------------------------------------------------------------------ in a sheet


@pytest.mark.parametrize(
    ("changes", "cell"),
    [
        ({"above": [[TITLE.replace("统计", "2月份统计")], PERIOD]}, "A1"),
        ({"above": [[f"2017年{TITLE}"], PERIOD]}, "A1"),
        ({"above": [[f"{TITLE}（106年3月）"], PERIOD]}, "A1"),
        ({"above": [[f"{TITLE}（2018年上半年）"], PERIOD]}, "A1"),
        ({"below": [["注：数据截至2018年2月28日"]]}, "A14"),
        ({"below": [["填表人：示例乙", "联系电话：", 3200000], ["数据截至2月28日"]]}, "A15"),
        ({"sheet": "2018年2月"}, ""),
        ({"sheet": "2月"}, ""),
        ({"name": "农行2月份报表.xlsx"}, "A1"),
        ({"name": "农行1802.xlsx"}, "A1"),
        ({"above": [[f"{TITLE}（2018年2月）"], PERIOD]}, "A1"),
    ],
)
def test_a_contradiction_is_one_finding_at_its_cell_and_expects_nothing(changes, cell):
    reading = Statement(**changes).read()
    assert found(reading) == [("F04", cell)]
    assert (reading.findings[0].expected, [s.period for s in reading.submissions]) == ("", ["2018-03"])


@pytest.mark.parametrize(
    "changes",
    [
        {"below": [["制表日期：2018年4月3日", None, "上报时间：2018年4月5日"]]},
        {"below": [["农业银行安康分行"], ["2018年4月3日"]]},
        {"above": [[f"{TITLE}（2018年3月）"], ["制表日期：2018年4月3日", None, "单位：万元"]]},
        {"above": [[f"{TITLE}（2018年3月）"], ["打印时间：2018-02-28", None, "单位：万元"]]},
        {"above": [[f"{TITLE}（2018年3月）"], ["导出时间2018年2月28日", None, "单位：万元"]]},
        {"above": [[f"{TITLE}（2018年3月）"], ["2018年2月28日打印", None, "单位：万元"]]},
        {"above": [[f"{TITLE}（2018年3月）"], ["有效期至2018年12月", None, "单位：万元"]]},
        {"above": [["根据安政办函〔2017〕284号（2017年12月）要求填报"], [TITLE], PERIOD]},
        {"above": [["按照《2017年12月工作要点》（2017年）填报"], [TITLE], PERIOD]},
        {"above": [["安政办函〔2017〕284号"], [TITLE], PERIOD]},
        {"above": [[f"{TITLE}（2018年3月）"], ["2018年4月制表", None, "单位：万元"]]},
        {"above": [[f"{TITLE}（2018年3月）"], ["（2017年12月修订）", None, "单位：万元"]]},
        {"above": [[f"{TITLE}（2018年3月）"], ["上期：2018年2月", None, "单位：万元"]]},
        {"sheet": "3月"},
        {"sheet": "201803"},
        {"name": "农行4月报送.xlsx"},
    ],
)
def test_harmless_words_about_time(changes):
    reading = Statement(**changes).read()
    assert (found(reading), [s.period for s in reading.submissions]) == ([], ["2018-03"])


@pytest.mark.parametrize(
    "line",
    [
        "上报时间：2018年3月31日",
        "上报时间 2018年3月31日",
        "制表：2018年3月31日",
        "2018年3月31日填报",
        "导出日期：20180331",
        "数据提交时间：2018-03-31",
    ],
)
def test_a_day_on_which_something_was_done_is_never_the_period(line):
    reading = Statement(above=[[TITLE], [line, None, "单位：万元"]]).read()
    assert ([rule for rule, _ in found(reading)], reading.submissions) == (["F04"], [])


@pytest.mark.parametrize(
    "words",
    ["二0一八年三月", "二O一八年三月", "2018  3月", "2018年度3月", "报告期：2018年第3期", "报告期：二〇一八年三月"],
)
def test_more_spellings_of_march(words):
    reading = Statement(above=[[TITLE], [words, None, "单位：万元"]]).read()
    assert (found(reading), [s.period for s in reading.submissions]) == ([], ["2018-03"])


def test_an_issue_that_nothing_labels_is_told_as_what_it_is():
    reading = Statement(above=[[TITLE], ["2018年第3期", None, "单位：万元"]]).read()
    assert found(reading) == [("F04", "A2")]
    assert "没有写明是哪个月" in reading.findings[0].message


@pytest.mark.parametrize(
    "said",
    [
        "统计表（截至2018年3月20日）",
        "数据截至3月20日",
        "截止3月15日",
        "截至三月二十日",
        "截至20180320",
        "3月上旬统计表",
        "统计表（2018年3月中旬）",
        "统计表（2018年3月25日）",
        "2018年3月1日至3月20日",
        "统计时间：2018年3月1日-15日",
        "2018年3月11日至3月31日",
        "统计区间：2018.1.1-2018.3.20",
        "统计区间：2018.1.1-2018.2.28",
        "2018年1-2月",
    ],
)
def test_a_day_before_the_months_end_is_not_the_month(said):
    assert contradiction(said, Month(2018, 3))


@pytest.mark.parametrize(
    "said",
    [
        "2018年4月5日",
        "统计表（2018年3月31日）",
        "截至3月31日",
        "请于3月25日前报送",
        "3月28日打印",
        "2018年3月20日印发",
        "统计时间：2018年1月1日至2018年3月31日",
        "统计区间：2018.1.1-2018.3.31",
        "2018年1-3月",
        "20180101-20180331",
        "2018年3月1日至31日",
        "第3.20号",
    ],
)
def test_a_day_on_which_something_is_done_and_the_year_so_far_are_not_against_it(said):
    assert not contradiction(said, Month(2018, 3))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("农行2018年4月报送.xlsx", ""),
        ("农行2018年4月上报3月数.xlsx", ""),
        ("农行4月报3月数.xlsx", ""),
        ("20180405农行.xlsx", ""),
        ("农行2018年3月28日.xlsx", ""),
        ("农行2018年2月报送.xlsx", "2018年2月"),
        ("农行2018年4月月报.xlsx", "2018年4月"),
        ("农行2018年4月报表.xlsx", "2018年4月"),
        ("农行（截至3月20日）.xlsx", "截至3月20日"),
    ],
)
def test_a_month_in_which_a_file_was_sent(name, other):
    assert contradiction_in_name(name, Month(2018, 3)) == other


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("安康市2018年一季度目标任务分解表", "一季度"),
        ("安康市2018年度目标任务分解表（前三季度）", "前三季度"),
        ("安康市2018年上半年目标任务分解表", "上半年"),
        ("安康市2018年Q1目标任务", "Q1"),
        ("安康市2018年3月目标任务分解表", "3月"),
        ("安康市2018年序时任务表（1-3月）", "1-3月"),
        ("安康市2018年度目标任务分解表", ""),
        ("安康市2018年度目标任务分解表（按季考核）", ""),
        ("安康市2018年度目标任务分解表（2018年1月印发）", ""),
        ("安康市2018年度目标任务分解表（2018年3月调整）", ""),
        ("安康市2018年1月1日至12月31日目标任务", ""),
        ("安康市2018年1-12月任务分解表", ""),
        ("一季度完成30%", ""),
    ],
)
def test_a_title_of_a_yearly_form_is_about_the_whole_year(title, part):
    assert part_of_year(title) == part


@pytest.mark.parametrize(
    ("title", "months"),
    [
        ("统计表（20180331）", ["2018-03"]),
        ("统计表_201803", ["2018-03"]),
        ("201803统计表", ["2018-03"]),
        ("统计表（20180403）", []),
        ("统计表（201801版）", []),
        ("统计表 编号201803", []),
        ("金额201803元统计表", []),
    ],
)
def test_a_month_in_digits_in_a_title(title, months):
    assert list(map(str, months_in_title(title))) == months
