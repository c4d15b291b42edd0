"""Item 5: who reports, and about which month; contradictions are findings, and nothing is taken from a name alone."""

from __future__ import annotations

from datetime import date

from tests.faults.expecting import Case, Expect, Item, as_bank, as_upright
from tests.faults.pages import xls, xlsx
from tests.faults.plain import (
    C01,
    C01_ABOVE,
    C01_FACTS,
    C01_LINES,
    CAPTION,
    PROJECT_FACTS,
    RCB_ABOVE,
    TITLE,
    Bank,
    bank,
    bank_facts,
    county,
    upright,
)

I = Item.IDENTITY  # noqa: E741 - as F, C, H … in the other parts
NAMELESS = "金融扶贫小额贷款统计表（2018年3月）"
MONTHLESS = "农业银行安康分行金融扶贫小额贷款统计表"
MONEY = "单位：万元"


def month(id_, title, said, *, told=(), money=MONEY, formats=None, make=xlsx, name="报表.xlsx", **options):
    """The period is said in a cell of its own, A2 or B2, and nowhere else."""
    cells = said if isinstance(said, list) else [said]
    page = Bank(above=[[MONTHLESS], [*cells, None, money]]).page(formats=formats or {})
    return Case(id_, title, I, lambda: make(page, **options), as_bank().telling(*told), name)


def no_month(id_, title, said, word, cell="A2", **more):
    """The same, and it is not sure which month is meant: no statement comes of it."""
    page = Bank(above=[[MONTHLESS], [said, None, MONEY]]).page()
    return Case(id_, title, I, lambda: xlsx(page), Expect().telling(("F04", cell, word)), **more)


def unit(id_, title, *above, name="报表.xlsx"):
    """What stands above says the reporting unit in other words."""
    return Case(id_, title, I, lambda: xlsx(Bank(above=[list(line) for line in above]).page()), as_bank(), name)


def no_unit(id_, title, *above, word, cell=None, read=None):
    """The same, and it is not sure who reports; what is `read` goes back to the sender all the same."""
    expect = Expect(read or {}).telling(("F03", cell, word))
    return Case(id_, title, I, lambda: xlsx(Bank(above=[list(line) for line in above]).page()), expect)


def named(id_, title, name, *told):
    """A plain statement under a file name."""
    return Case(id_, title, I, lambda: xlsx(bank()), as_bank().telling(*told), name)


def contradicted(id_, case, cell, word, **changes):
    """Something else in the sheet is of another month than the period that it says."""
    page = {"title": MONTHLESS, "caption": ("报告期：2018年3月", None, MONEY), **changes}
    return Case(id_, case, I, lambda: xlsx(bank(**page)), as_bank().telling(("F04", cell, word)))


def other(id_, case, cell, word, **changes):
    """Something around the table says that its figures are others than the month's."""
    return Case(id_, case, I, lambda: xlsx(bank(**changes)), as_bank().telling(("F06", cell, word)))


CASES = [
    month("month-label", "报告期写在标签后", "报告期：2018年3月"),
    month("month-dots", "2018.3", "报告期：2018.3"),
    month("month-dashes", "2018-03", "报告期：2018-03"),
    month("month-compact", "201803", "统计月份：201803"),
    month("month-day", "2018.3.31：月末的一天", "统计日期：2018.3.31"),
    month("month-day-compact", "20180331", "统计日期：20180331"),
    month("month-until", "截至2018年3月31日", "截至2018年3月31日"),
    month("month-until-end", "截至2018年3月末", "截至2018年3月末"),
    month("month-chinese", "二〇一八年三月", "二〇一八年三月"),
    month("month-wide", "全角数字", "２０１８年３月份"),
    month("month-span-days", "2018年3月1日至3月31日：一个整月", "2018年3月1日至3月31日"),
    month("month-two-cells", "“报告期：”和月份分在两格", ["报告期：", "2018年3月"]),
    month("month-date", "日期单元格", ["报告期：", date(2018, 3, 31)]),
    month("month-date-first", "日期单元格，月初", ["统计月份：", date(2018, 3, 1)], formats={(1, 1): "yyyy年m月"}),
    month("month-date-1904", "1904 日期系统的日期", ["报告期：", date(2018, 3, 31)], date_1904=True),
    month("month-date-xls", ".xls 的日期", ["报告期：", date(2018, 3, 31)], make=xls, name="报表.xls"),
    month(
        "month-date-xls-1904",
        ".xls 的 1904 日期",
        ["报告期：", date(2018, 3, 31)],
        make=xls,
        name="报表.xls",
        dates_1904=True,
    ),
    month("month-serial", "日期成了序列号 43190", ["报告期：", 43190], told=[("F09", "B2", "2018年3月31日")]),
    no_month("month-span", "2018年1—3月：不是一个月", "报告期：2018年1—3月", "报告期"),
    no_month("month-quarter", "2018年第一季度", "报告期：2018年第一季度", "报告期"),
    no_month("month-republic", "民国107年3月：不换算", "报告期：民国107年3月", "民国"),
    no_month("month-none", "没有写报告期", "备用", "没有写明报告期", ""),
    no_month("month-no-year", "只写“3月末”，没有年份", "截至3月末", "报告期"),
    Case(
        "month-two",
        "标题和报告期栏写了不同的月份",
        I,
        lambda: xlsx(bank(title="农业银行安康分行统计表（2018年2月）", caption=("报告期：2018年3月", None, MONEY))),
        as_bank().telling(("F04", "A1", "2018年2月")),
    ),
    Case(
        "month-footer",
        "报告期只写在表下的标签后",
        I,
        lambda: xlsx(bank(title=MONTHLESS, below=[["报告期：2018年3月"]])),
        as_bank(),
    ),
    Case(
        "month-signed",
        "只有填表日期：不是报告期",
        I,
        lambda: xlsx(bank(title=MONTHLESS, below=[["填表日期：2018年4月3日"]])),
        Expect().telling(("F04", "", "没有写明报告期")),
    ),
    month("month-digit", "二0一八年：圈写成了数字0", "二0一八年三月"),
    month("month-blank", "年和月之间只有空格", "2018  3月"),
    month("month-issue", "报告期写作第3期", "报告期：2018年第3期"),
    no_month("month-issue-bare", "标题里的第3期不一定是三月", "2018年第3期", "没有写明是哪个月"),
    no_month("month-done", "上报时间不是报告期", "上报时间：2018年3月31日", "没有写明报告期", ""),
    no_month("month-printed", "导出的日子不是报告期", "2018年3月31日导出", "没有写明报告期"),
    contradicted("title-month", "标题是2月份，报告期是3月", "A1", "2月", title=MONTHLESS.replace("统计", "2月份统计")),
    contradicted("title-year", "标题是2017年，报告期是2018年3月", "A1", "2017年", title=f"2017年{MONTHLESS}"),
    contradicted(
        "title-republic", "标题是106年3月，报告期是2018年3月", "A1", "106年3月", title=f"{MONTHLESS}（106年3月）"
    ),
    contradicted("title-quarter", "标题是二季度，报告期是3月", "A1", "二季度", title=f"{MONTHLESS}（2018年二季度）"),
    contradicted("note-is-february", "表下写系2月数据", "A14", "2月", below=[["注：系2月数据"]]),
    contradicted("note-until", "表下写数据截至2月底", "A14", "2018年2月28日", below=[["注：数据截至2018年2月28日"]]),
    contradicted(
        "title-day", "标题写截至3月20日：不是月末数", "A1", "截至3月20日", title=f"{MONTHLESS}（截至3月20日）"
    ),
    contradicted("title-ten-days", "标题是3月上旬", "A1", "3月上旬", title=f"2018年3月上旬{MONTHLESS}"),
    contradicted("note-until-day", "表下写数据截至3月25日", "A14", "3月25日", below=[["注：数据截至2018年3月25日"]]),
    other("title-plan", "标题是计划表", "A1", "计划", title="农业银行安康分行金融扶贫小额贷款计划表（2018年3月）"),
    other("title-void", "标题后面写着作废", "A1", "作废", title=f"{TITLE}作废"),
    other("title-draft", "标题后面写着草稿", "A1", "草稿", title=f"{TITLE}（草稿）"),
    other("title-change", "标题是增减情况表", "A1", "较上", title="农业银行安康分行2018年3月较上月增减情况表"),
    other("title-mean", "标题是日均余额", "A1", "日均", title="农业银行安康分行2018年3月日均余额统计表"),
    other("title-firms", "标题是企业贷款", "A1", "企业", title="农业银行安康分行企业贷款统计表（2018年3月）"),
    other("title-loans", "标题是涉农贷款", "A1", "涉农贷款", title="农业银行安康分行2018年3月涉农贷款统计表"),
    other("title-town", "标题是一个镇的", "A1", "城关镇", title=f"{TITLE}（城关镇）"),
    other("line-last-year", "表头上方有一行上年同期数", "A3", "上年", above=[[TITLE], [*CAPTION], ["上年同期数"]]),
    other(
        "line-of-which",
        "表头上方有一行其中：产业扶贫贷款",
        "A3",
        "其中",
        above=[[TITLE], [*CAPTION], ["其中：产业扶贫贷款"]],
    ),
    other("title-template", "标题是样表", "A1", "样表", title=f"{TITLE}（样表）"),
    other("title-old", "标题后面写着旧", "A1", "旧", title=f"{TITLE}（旧）"),
    other("title-part", "标题是新增部分", "A1", "部分", title="农业银行安康分行2018年3月扶贫贷款存量部分统计表"),
    other("title-bad-loans", "标题是不良明细表", "A1", "不良", title="农业银行安康分行2018年3月扶贫小额贷款不良明细表"),
    other("line-kind", "一行数据类型：测算数", "A3", "测算", above=[[TITLE], [*CAPTION], ["数据类型：测算数"]]),
    other("line-scope", "一行统计口径：不含续贷", "A3", "不含", above=[[TITLE], [*CAPTION], ["统计口径：不含续贷"]]),
    other("line-county", "一行以下为汉滨区数据", "A3", "汉滨区", above=[[TITLE], [*CAPTION], ["以下为汉滨区数据"]]),
    other("unit-kind", "填报单位同格写着版本：草稿", "A2", "草稿", caption=(f"{CAPTION[0]}　版本：草稿", *CAPTION[1:])),
    other("note-planned", "表下写着预计数", "A14", "预计", below=[["备注：预计数"]]),
    other("sheet-void", "仅有的工作表叫废", "", "废", name="废"),
    other("sheet-town", "仅有的工作表叫城关", "", "城关", name="城关"),
    other("sheet-plan", "仅有的工作表叫计划", "", "计划", name="计划"),
    other("sheet-test", "仅有的工作表叫测试", "", "测试", name="测试"),
    other("sheet-last-year", "仅有的工作表叫上年同期", "", "上年", name="上年同期"),
    Case(
        "title-harmless",
        "标题里的附件、情况、任务完成、汇总：说的就是本表",
        I,
        lambda: xlsx(
            bank(title="附件5：农业银行安康分行2018年3月金融扶贫小额贷款任务完成情况汇总表", name="上报（最终）")
        ),
        as_bank(),
    ),
    Case(
        "line-upright",
        "竖式表的表头上方有一行计划数",
        I,
        lambda: xlsx(upright(above=[*RCB_ABOVE, ["计划数"]])),
        as_upright().telling(("F06", "A3", "计划")),
    ),
    Case(
        "line-until-day",
        "填报单位后面写着数据截至3月20日",
        I,
        lambda: xlsx(bank(caption=("填报单位：农业银行安康分行 数据截至3月20日", None, None, MONEY))),
        as_bank().telling(("F04", "A2", "截至3月20日")),
    ),
    Case(
        "year-so-far",
        "统计时间写作年初至月末：与报告期不矛盾",
        I,
        lambda: xlsx(bank(above=[[TITLE], ["统计时间：2018年1月1日至2018年3月31日", MONEY]])),
        as_bank(),
    ),
    Case(
        "year-so-far-other",
        "统计时间写作年初至上月末",
        I,
        lambda: xlsx(bank(above=[[TITLE], ["统计时间：2018年1月1日至2018年2月28日", MONEY]])),
        as_bank().telling(("F04", "A2", "2018年2月28日")),
    ),
    unit("title-of-letter", "标题是“关于报送…的附表”", ["关于报送2018年3月农业银行安康分行统计表的附表"], [MONEY]),
    named("name-sent-later", "文件名里是报送的月份", "农行2018年4月报送.xlsx"),
    named("name-sent-before", "文件名里报送的月份比报告期还早", "农行2018年2月报送.xlsx", ("F04", "A1", "2018年2月")),
    contradicted("sheet-month", "工作表名是上个月", "", "2018年2月", name="2018年2月"),
    Case(
        "title-quarter-same",
        "标题是一季度，报告期是3月：不矛盾",
        I,
        lambda: xlsx(bank(title=f"{MONTHLESS}（2018年一季度）", caption=("报告期：2018年3月", None, MONEY))),
        as_bank(),
    ),
    Case(
        "dates-around",
        "四月的制表日期、上报时间，上年的文号：都不是报告期",
        I,
        lambda: xlsx(
            bank(
                above=[["根据安政办函〔2017〕284号（2017年12月）要求填报"], [TITLE], ["有效期至2018年12月", MONEY]],
                below=[["制表日期：2018年4月3日", "上报时间：2018年4月5日"], ["2018年4月5日"]],
            )
        ),
        as_bank(),
    ),
    Case(
        "month-future",
        "报告期在收到之日还没有开始",
        I,
        lambda: xlsx(bank()),
        as_bank().telling(("F04", "A1", "还没有开始")),
        received_at="2018-02-28 17:00",
    ),
    named("name-silent", "文件名什么也没说", "新建 工作表 (2).xlsx"),
    named("name-agrees", "文件名说的一样", "农业银行安康分行2018年3月.xlsx"),
    named("name-day", "文件名里的日子是制作的日子", "报表20180405.xlsx"),
    named("name-month", "文件名是上个月：改名重发？", "报表2018年2月.xlsx", ("F04", "A1", "2018年2月")),
    named("name-unit", "文件名是另一家银行", "邮储银行安康市分行.xlsx", ("F03", "A2", "邮储银行")),
    named("name-bank", "文件名是另一类银行", "农商银行201803.xlsx", ("F03", "A2", "农商银行")),
    named("name-month-alone", "文件名只写了月，是上个月", "农行2月份报表.xlsx", ("F04", "A1", "2月")),
    named("name-year-alone", "文件名是上一年的三月", "2017年农行3月份报表.xlsx", ("F04", "A1", "2017年")),
    named("name-short", "文件名写作 1802", "农行1802.xlsx", ("F04", "A1", "2018年2月")),
    named("name-sent", "文件名里的四月是报送的月份", "农行4月报送.xlsx"),
    unit("unit-title", "单位只写在标题里", [TITLE], [MONEY]),
    unit("unit-alias", "单位用全称", [NAMELESS], ["填报单位：中国农业银行股份有限公司安康分行", MONEY]),
    unit("unit-two-cells", "“填报单位”和名称分在两格", [NAMELESS], ["填报单位", "农业银行安康分行", MONEY]),
    unit("unit-institution", "标签叫“报送机构”", [NAMELESS], ["报送机构：农行安康分行（盖章）", MONEY]),
    unit("unit-maker", "制定机关不是填报单位", [TITLE], ["制定机关：安康市金融工作办公室", MONEY]),
    no_unit("unit-none", "没有写填报单位", [NAMELESS], [MONEY], word="没有写明填报单位", cell=""),
    no_unit(
        "unit-unknown",
        "登记表里没有的单位",
        [NAMELESS],
        ["填报单位：某某银行", MONEY],
        word="不在机构登记表中",
        cell="A2",
    ),
    no_unit(
        "unit-two",
        "标题和填报单位是两家",
        [TITLE],
        ["填报单位：邮储银行安康市分行", MONEY],
        word="同时写有",
        cell="A1",
        read={("M01", "psbc", "2018-03"): bank_facts(institution="psbc")},
    ),
    no_unit(
        "unit-vague",
        "只写“农商银行”：有十家",
        [NAMELESS],
        ["填报单位：农商银行", MONEY],
        word="登记的有10家",
        cell="A2",
    ),
    no_unit(
        "unit-not-owing",
        "这个单位不报这张表",
        ["汉阴县金融办2018年3月统计表"],
        [MONEY],
        word="不报送",
        cell="",
    ),
    Case(
        "unit-footer",
        "单位只写在表下的标签后",
        I,
        lambda: xlsx(bank(title=NAMELESS, caption=(MONEY,), below=[["填报单位：农业银行安康分行"]])),
        as_bank(),
    ),
    Case(
        "unit-signed",
        "单位只写在表下的落款",
        I,
        lambda: xlsx(bank(title=NAMELESS, caption=(MONEY,), below=[["农业银行安康分行（盖章）"], ["2018年4月3日"]])),
        as_bank(),
    ),
    Case(
        "unit-signed-other",
        "落款盖的是另一家的章",
        I,
        lambda: xlsx(bank(below=[["邮储银行安康市分行（公章）"], ["2018年4月3日"]])),
        as_bank().telling(("F03", "A14", "邮储银行安康市分行")),
    ),
    Case(
        "unit-countersigned",
        "金融办审核盖章：不是填报单位",
        I,
        lambda: xlsx(bank(below=[["农业银行安康分行（盖章）"], ["安康市金融工作办公室（审核盖章）"]])),
        as_bank(),
    ),
    unit(
        "unit-addressed", "主送、报送的是金融办", ["主送：安康市金融工作办公室"], [TITLE], ["报送：安康市金融办", MONEY]
    ),
    Case(
        "unit-sheet",
        "工作表名是另一家银行",
        I,
        lambda: xlsx(bank(name="邮储")),
        as_bank().telling(("F03", "", "邮储银行")),
    ),
    Case(
        "unit-sheet-county",
        "工作表名是别的县",
        I,
        lambda: xlsx(upright(name="白河县")),
        as_upright().telling(("F03", "", "白河县")),
    ),
    Case(
        "unit-then",
        "当时的名称：汉阴信用联社",
        I,
        lambda: xlsx(
            upright(
                above=[RCB_ABOVE[0], ["填报单位：汉阴县信用联社", None, None, "报告期：2018年3月", None, None, MONEY]]
            )
        ),
        as_upright(),
    ),
    Case(
        "mail-subject",
        "单位和月份只在邮件主题里：只作参考，不代替表内的",
        I,
        lambda: {
            "邮件.eml": _mail(
                "农业银行安康分行2018年3月报表", xlsx(bank(title="金融扶贫小额贷款统计表", caption=(MONEY,)))
            )
        },
        Expect().telling(("F04", "", "没有写明报告期"), ("F03", "", "没有写明填报单位")),
        inbox=True,
    ),
    Case(
        "same-bytes",
        "同一个文件发来两次：只算一次",
        I,
        lambda: {"报表.xlsx": xlsx(bank()), "报表（重发）.xlsx": xlsx(bank())},
        as_bank(),
        inbox=True,
    ),
    Case(
        "county-office",
        "县区金融办的全称",
        I,
        lambda: xlsx(county(C01_LINES, above=[C01_ABOVE[0], ["填报单位：汉阴县金融工作办公室", *C01_ABOVE[1][1:]]])),
        Expect({C01: {**C01_FACTS, **PROJECT_FACTS}}),
    ),
    Case(
        "blank-caption",
        "“填报单位：”后面是空的，单位在标题里",
        I,
        lambda: xlsx(bank(caption=("填报单位：", None, None, *CAPTION[3:]))),
        as_bank(),
    ),
]
assert len(bank_facts()) == 70


def _mail(subject, data):
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"] = "示例甲 <a@example.com>"
    message["To"] = "b@example.com"
    message["Subject"] = subject
    message["Date"] = "Thu, 05 Apr 2018 08:30:00 +0800"
    message.set_content("请查收。")
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename="报表.xlsx")
    return message.as_bytes()
