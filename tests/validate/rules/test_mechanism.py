"""C01-9: what a county return says in words."""

import pytest

from pipeline.validate import check
from tests.validate.returns import DASH, WAN, Case, catalog, cell_of, county_return

MADE, PAPER, DAY = "mechanism_established", "mechanism_document", "mechanism_date"
STATUS, SPENT, WHOLE = "project_status#1", "project_invested_amount#1", "project_total_amount#1"
ASK = "请核对；如属实，请说明原因。"
DATED = {PAPER: "示例政办发〔2016〕12号", DAY: "2016-05-12"}


def asked(why, changes, at="", words="", **given):
    message = f"汉阴县{words}" if words else None
    return Case("C01-9", why, changes, message, severity="soft", at=at, given=given)


def denied(answer, other, others):
    return f"“是否建立风险分担机制”填“{answer}”，而“{other}”填“{others}”，两者不符。{ASK}"


def late(label, text, month="2018年3月"):
    return f"“{label}”填“{text}”，晚于报告期（{month}）。{ASK}"


def early(text):
    return f"“机制建立日期”填“{text}”，早于2014年扶贫小额信贷开办。{ASK}"


def no_date(text):
    return f"“机制建立日期”填“{text}”，不是日期。请按“2018-03-31”的样式填写；不能填写的，请说明原因。"


def not_so(text, spent):
    return f"“金融扶贫项目/进展情况（第1项）”填“{text}”，而“金融扶贫项目/已完成投资（第1项）”{spent}，两者不符。{ASK}"


NO_PAPER = "“是否建立风险分担机制”填“是”，而“机制文件”没有填写。请补填文件名称和文号；没有文件的，请说明原因。"
OLDER = f"“机制建立日期”填“2015-12-31”，早于“机制文件”（示例政办发〔2016〕12号）的年份。{ASK}"

CASES = [
    asked("a mechanism with its document and day", DATED),
    asked("none, and nothing of one", {MADE: "否", PAPER: "无", DAY: None}),
    asked("none, but a document", {MADE: "否", **DATED}, MADE, denied("否", "机制文件", "示例政办发〔2016〕12号")),
    asked("none, but a day", {MADE: "未建立", DAY: "2016-05-12"}, MADE, denied("未建立", "机制建立日期", "2016-05-12")),
    asked("one without a document", {PAPER: None}, PAPER, NO_PAPER),
    asked("one with a dash for it", {PAPER: DASH}, PAPER, NO_PAPER),
    asked("one with 「无」 for it", {PAPER: "无"}, PAPER, NO_PAPER),
    asked("a form without that row", {}),
    asked("an answer that is neither", {MADE: "正在建立", PAPER: None}),
    asked("the last day of the month", {DAY: "2018-03-31"}),
    asked("the day after", {DAY: "2018-04-01"}, DAY, late("机制建立日期", "2018-04-01")),
    asked("written out", {DAY: "2018年4月1日"}, DAY, late("机制建立日期", "2018年4月1日")),
    asked("the month that is reported", {DAY: "2018年3月"}),
    asked("the month after", {DAY: "2018.4"}, DAY, late("机制建立日期", "2018.4")),
    asked("this year", {DAY: "2018年"}),
    asked("no year nought", {DAY: "0000年"}, DAY, no_date("0000年")),
    asked("nor a month of it", {DAY: "0000-05-12"}, DAY, no_date("0000-05-12")),
    asked("this year, in January", {DAY: "2018年"}, period="2018-01"),
    asked("a month, in January", {DAY: "2018年1月"}, period="2018-01"),
    asked("next year", {DAY: "2019年"}, DAY, late("机制建立日期", "2019年")),
    asked("without signs", {DAY: "20180401"}, DAY, late("机制建立日期", "20180401")),
    asked("the first day there was", {DAY: "2014-01-01"}),
    asked("a day before", {DAY: "2013-12-31"}, DAY, early("2013-12-31")),
    asked("a year that may be the first", {DAY: "2014年"}),
    asked("a year before", {DAY: "2013/12"}, DAY, early("2013/12")),
    asked("a season", {DAY: "春季"}, DAY, no_date("春季")),
    asked("a day that is not", {DAY: "2017-02-29"}, DAY, no_date("2017-02-29")),
    asked("a leap day", {DAY: "2016-02-29"}),
    asked("no thirteenth month", {DAY: "2016-13-01"}, DAY, no_date("2016-13-01")),
    asked("no month nought", {DAY: "2016年0月"}, DAY, no_date("2016年0月")),
    asked("no day nought", {DAY: "2016-05-00"}, DAY, no_date("2016-05-00")),
    asked("a day that lost its format", {DAY: "42502"}, DAY, no_date("42502")),
    asked("the last of the eight digits", {DAY: "20161231"}),
    asked("this year's document", {PAPER: "示例政办发〔2018〕3号"}),
    asked("full width", {DAY: "２０１８年４月１日"}, DAY, late("机制建立日期", "２０１８年４月１日")),
    asked("full width", {PAPER: "示例政办发（２０１９）３号"}, PAPER, late("机制文件", "示例政办发（２０１９）３号")),
    asked("next year's", {PAPER: "示例政办发[2019]3号"}, PAPER, late("机制文件", "示例政办发[2019]3号")),
    asked("in the year of its document", DATED | {DAY: "2016-01-01"}),
    asked("before its document", DATED | {DAY: "2015-12-31"}, DAY, OLDER),
    asked("a document without a number", {PAPER: "会议纪要", DAY: "2015-12-31"}),
    asked("as much as it says: 300 of 500", {STATUS: "在建，完成投资60%"}),
    asked("cut off", {STATUS: "在建，完成投资60%", SPENT: 305 * WAN - 1}, step=1),
    asked("a whole percent more", {STATUS: "在建，完成投资59%"}, STATUS, not_so("在建，完成投资59%", "为300.00万元，占总投资的60.00%"), step=1),
    asked("a tenth of one more", {STATUS: "投资完成59.9%"}, STATUS, not_so("投资完成59.9%", "为300.00万元，占总投资的60.00%"), step=1),
    asked("rounded amounts may be so far apart", {STATUS: "投资完成59.9%", SPENT: 300 * WAN - 1}),
    asked("five 万元 either way are a percent", {STATUS: "投资完成59.00%"}, step=5 * WAN),
    asked(
        "one percent for them, and one as it is written", {STATUS: "投资完成58%"}, STATUS,
        not_so("投资完成58%", "为300.00万元，占总投资的60.00%"), step=5 * WAN,
    ),
    asked("two fen are rounded", {STATUS: "投资完成59%"}, step=2),
    asked("two decimals", {STATUS: "投资完成59.95%"}, STATUS, not_so("投资完成59.95%", "为300.00万元，占总投资的60.00%")),
    asked("all is spent", {STATUS: "投资完成60%", SPENT: 500 * WAN}, STATUS, not_so("投资完成60%", "为500.00万元，占总投资的100.00%")),
    asked("a project of a fen", {STATUS: "投资完成60%", SPENT: 1, WHOLE: 1}, STATUS, not_so("投资完成60%", "为0.000001万元，占总投资的100.00%"), step=1),
    asked("a project that costs nothing", {STATUS: "投资完成60%", SPENT: 0, WHOLE: 0}),
    asked("not begun, for a fen", {STATUS: "尚未开工", SPENT: 1}, STATUS, not_so("尚未开工", "为0.000001万元")),
    asked("of works, not of money", {STATUS: "完成工程量80%"}),
    asked("more was spent than all: C01-5 asks", {STATUS: "完成投资60%", SPENT: 501 * WAN}),
    asked("not begun, and paid for", {STATUS: "尚未开工"}, STATUS, not_so("尚未开工", "为300.00万元")),
    asked("not begun, and not paid for", {STATUS: "尚未开工", SPENT: 0}),
    asked("done for nothing", {STATUS: "已完工", SPENT: 0}, STATUS, not_so("已完工", "为0.00万元")),
    asked("done", {STATUS: "已完工"}),
    asked("done, and cheaper", {STATUS: "已竣工", SPENT: 1}),
    asked("a project without a total", {STATUS: "完成投资60%", WHOLE: None}),
    asked("a project that nobody knows the costs of", {STATUS: "已完工", SPENT: None}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_words_of_a_county_return(case):
    sent = county_return(case.changes, **case.given)
    findings = [finding for finding in check([sent], catalog()) if finding.rule != "C01-5"]
    assert [finding.message for finding in findings] == ([case.message] if case.message else [])
    for finding in findings:
        assert (finding.rule, finding.level, finding.severity, finding.area) == ("C01-9", 1, "soft", "hanyin")
        assert (finding.indicator, finding.cell, finding.expected) == (case.at, cell_of(case.at), "")
