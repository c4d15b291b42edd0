"""Item 2, sheets: which of several is meant, what hidden ones hold, several forms in a workbook or on a sheet."""

from __future__ import annotations

import io

import xlsxwriter

from tests.faults.cases_county_sheets import ABC_UPRIGHT, abc_facts, of_abc, of_county
from tests.faults.expecting import Case, Expect, Item, as_bank
from tests.faults.pages import Page, html_table, ods, xls, xlsx
from tests.faults.plain import (
    ABC,
    C01,
    C01_FACTS,
    IDS,
    MISSING,
    PROJECT_FACTS,
    RCB,
    RCB_ABOVE,
    RCB_FACTS,
    RCB_HEADER,
    TITLE,
    Bank,
    bank,
    bank_facts,
    county,
    fen,
    rcb_rows,
    upright,
)
from tests.ingest.sheets import AREAS

S = Item.SHEETS
BOTH = Expect({ABC: bank_facts(), RCB: RCB_FACTS})


def beside(id_, title, *pages, told=(), expect=None, make=xlsx, name="报表.xlsx"):
    """A plain statement, and other sheets after it."""
    return Case(id_, title, S, lambda: make(bank(), *pages), expect or as_bank().telling(*told), name)


def before(id_, title, *pages, told=()):
    """A plain statement, and other sheets before it."""
    return Case(id_, title, S, lambda: xlsx(*pages, bank()), as_bank().telling(*told))


def with_chart():
    """A sheet that is nothing but a chart, after the statement."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("统计表")
        for place, value in bank().cells.items():
            sheet.write(*place, value)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=统计表!$B$4:$B$13"})
        book.add_chartsheet("图").set_chart(chart)
    return out.getvalue()


def stacked(*pages):
    """Several pages one below the other on one sheet, a blank row between."""
    lines = []
    for page in pages:
        lines += [*page.lines(), []]
    return xlsx(Page.of(lines))


MONTHLY = ("县(区)", "授信户数", "发放情况/本月/户数", "发放情况/本月/金额", "期末余额/金额")


def blank_month():
    """Rows in which nothing is typed of the month."""
    return [[area, 20 + i, None, None, 30.25 + i] for i, area in enumerate(AREAS)]


def blank_month_facts(of_month):
    """What they say."""
    codes = ("credit_line_households", "disbursed_households_mtd", "disbursed_amount_mtd", "outstanding_amount")
    return {
        (code, area, "abc", 0): value
        for i, area in enumerate(IDS)
        for code, value in zip(codes, (20 + i, of_month, of_month, fen(30.25 + i)), strict=True)
    }


def template():
    """The blank form as the office hands it out: names of counties, nothing filled in."""
    return Bank(rows=[[area] for area in AREAS]).page()


DRAFT = Page.of([["草稿", 1], ["测算", 2]], "旧表", hidden="hide")
CASES = [
    beside("hidden", "隐藏的工作表：不读，报告", DRAFT, told=[("F08", "旧表!", "隐藏")]),
    beside(
        "very-hidden",
        "深度隐藏的工作表",
        Page.of([["草稿", 1]], "旧表", hidden="very_hidden"),
        told=[("F08", "旧表!", "隐藏")],
    ),
    beside("hidden-empty", "隐藏的空工作表：没有什么可说", Page("旧表", hidden="hide")),
    beside("hidden-xls", ".xls 的隐藏工作表", DRAFT, told=[("F08", "旧表!", "隐藏")], make=xls, name="报表.xls"),
    beside(
        "hidden-twin",
        "隐藏的工作表里是上一版：不与明面上的打架",
        Bank(name="上一版").page(hidden="hide"),
        told=[("F08", "上一版!", "隐藏")],
    ),
    beside("empty-sheets", "后面有空的 Sheet2、Sheet3", Page("Sheet2"), Page("Sheet3")),
    before("empty-first", "前面有空工作表", Page("封面")),
    before("cover", "前面有封面", Page.of([["金融扶贫小额贷款统计表"], [], ["农业银行安康分行"]], "封面")),
    before("instructions", "前面有填表说明", Page.of([["请如实填写"], ["金额保留两位小数"]], "填表说明")),
    before(
        "stray-first",
        "第一张是无关的表：读后面那张，报告前面的",
        Page.of([["甲", 1], ["乙", 2]], "测算"),
        told=[("F06", "测算!A1", "表头与任何报表不符")],
    ),
    beside(
        "stray",
        "后面有一张认不出的表：报告",
        Page.of([["甲", 1], ["乙", 2]], "测算"),
        told=[("F06", "测算!A1", "表头与任何报表不符")],
    ),
    beside(
        "instructions-with-figures",
        "叫“说明”却有数：不当作说明放过",
        Page.of([["另有贷款", 77.5]], "说明"),
        told=[("F06", "说明!A1", "表头与任何报表不符")],
    ),
    beside(
        "instructions-with-typed-figures",
        "叫“情况说明”，数写成带单位的文本",
        Page.of([["瀛湖", "3户"]], "情况说明"),
        told=[("F06", "情况说明!A1", "表头与任何报表不符")],
    ),
    beside(
        "instructions-numbered", "填表说明的各条有编号", Page.of([[1, "如实填写"], [2, "保留两位小数"]], "填表说明")
    ),
    Case(
        "nil-mentioned",
        "注里只是提到“本月无业务”：不是零业务的声明，空白不补零",
        S,
        lambda: xlsx(
            bank(headers=[MONTHLY], below=[["注：本月无业务的县区请在备注注明“本月无业务”。"]], rows=blank_month())
        ),
        Expect({ABC: blank_month_facts(MISSING)}),
    ),
    Case(
        "nil-declared",
        "表下写明“本月无业务”：本月的空白是零",
        S,
        lambda: xlsx(bank(headers=[MONTHLY], below=[["本月无业务。"]], rows=blank_month())),
        Expect({ABC: blank_month_facts(0)}),
    ),
    Case(
        "nil-contradicted",
        "写明“本月无业务”，本月却有数，只有一格空白：数照读，空白不补零（由审核关系A18指出矛盾）",
        S,
        lambda: xlsx(
            bank(headers=[MONTHLY], below=[["本月无业务。"]], rows=[[AREAS[0], 20, 3, None, 30.25], *blank_month()[1:]])
        ),
        Expect(
            {ABC: {**blank_month_facts(MISSING), ("disbursed_households_mtd", IDS[0], "abc", 0): 3}},
        ),
    ),
    Case("chart-sheet", "图表工作表", S, with_chart, as_bank()),
    beside("two-forms", "两家的报表在一个工作簿里", upright(), expect=BOTH),
    beside("two-forms-xls", "同上，.xls", upright(), expect=BOTH, make=xls, name="报表.xls"),
    beside(
        "two-kinds",
        "月报和县区月报在一个工作簿里",
        county(),
        expect=Expect({ABC: bank_facts(), C01: {**C01_FACTS, **PROJECT_FACTS}}),
    ),
    Case(
        "upright-by-sheet-name",
        "农行用竖式表，一县一张，只有工作表名是县区名：照读，提示",
        S,
        lambda: xlsx(of_abc("hanyin", 0, name="汉阴县"), of_abc("baihe", 1, name="白河")),
        abc_facts("hanyin", "baihe").telling(
            ("F09", "汉阴县!A3", "按工作表名“汉阴县”读作汉阴县"),
            ("F09", "白河!A3", "按工作表名“白河”读作白河"),
            *(("F09", f"{name}!", "合为一份") for name in ("汉阴县", "白河")),
        ),
    ),
    Case(
        "upright-other-sheet-name",
        "农行用竖式表，表头上方写汉阴县，工作表名却是石泉县：不知道是哪个县的",
        S,
        lambda: xlsx(of_abc("baihe", 0, above=["县区：白河县"]), of_abc("hanyin", 1, "石泉县", ["县区：汉阴县"])),
        abc_facts("baihe").telling(("F06", "石泉县!A3", "工作表名却是“石泉县”")),
    ),
    Case(
        "upright-with-city",
        "农行用竖式表，两县各一张，另有全市一张：全市的作为合计",
        S,
        lambda: xlsx(
            of_abc("hanyin", 0, above=["县区：汉阴县"]),
            of_abc("baihe", 1, above=["县区：白河县"]),
            upright(
                above=[*ABC_UPRIGHT, ["县区：全市"]],
                rows=[[*row[:3], *(v if v == "—" else 2 * v for v in row[3:])] for row in rcb_rows()[:2]],
                name="全市",
            ),
        ),
        Expect(
            {
                ABC: {
                    **abc_facts("hanyin", "baihe").read[ABC],
                    ("credit_line_households", "total", "abc", 0): 40,
                    ("credit_line_amount", "total", "abc", 0): fen(121),
                }
            }
        ).telling(*(("F09", f"{name}!", "合为一份") for name in ("表1", "表2", "全市"))),
    ),
    Case(
        "upright-foreign-title",
        "旁的县区写在农商银行竖式表的标题里",
        S,
        lambda: xlsx(upright(above=[["旬阳县金融扶贫小额贷款统计月报表"], RCB_ABOVE[1]])),
        Expect({RCB: RCB_FACTS}).telling(("F03", "A1", "旬阳县")),
    ),
    Case(
        "twins",
        "两张各格一致的报表：只读一份",
        S,
        lambda: xlsx(Bank(name="统计表").page(), Bank(name="副本").page()),
        as_bank().telling(("F09", "副本!", "各格一致")),
    ),
    Case(
        "twins-differ",
        "两张报表有一格不同：不知道以哪张为准",
        S,
        lambda: xlsx(Bank(name="统计表").page(), bank(2, 5, 77.5, name="副本")),
        as_bank({("outstanding_amount", "shiquan", "abc", 0): fen(77.5)}, twice=True).telling(
            ("F02", "统计表!", "F6是32.25，工作表“副本”F6是77.5，无法确定以哪张为准"),
            ("F02", "副本!", "无法确定以哪张为准"),
        ),
    ),
    Case(
        "two-months",
        "上月和本月各一张工作表",
        S,
        lambda: xlsx(Bank(title=TITLE.replace("3月", "2月"), name="二月").page(), Bank(name="三月").page()),
        Expect({ABC: bank_facts(), ("M01", "abc", "2018-02"): bank_facts()}).telling(("F09", "二月!", "2018年2月")),
    ),
    Case(
        "two-months-named",
        "一个月一张工作表，文件名是最近的一个月",
        S,
        lambda: xlsx(Bank(title=TITLE.replace("3月", "2月"), name="2月").page(), Bank(name="3月").page()),
        Expect({ABC: bank_facts(), ("M01", "abc", "2018-02"): bank_facts()}).telling(("F09", "2月!", "2018年2月")),
        "农行2018年3月.xlsx",
    ),
    Case(
        "stacked",
        "一张工作表上下两张报表：只读第一张，要求分开",
        S,
        lambda: stacked(upright(), county()),
        Expect({RCB: RCB_FACTS}).telling(("F06", "A14", "又有一张表")),
    ),
    Case(
        "stacked-banks",
        "一张工作表上下两家的竖式表：只读第一张，要求分开",
        S,
        lambda: stacked(
            *(of_county(*one)[0] for one in (("hanyin", "汉阴农商银行", ""), ("shiquan", "石泉农商银行", "")))
        ),
        Expect({RCB: RCB_FACTS}).telling(("F06", "A14", "又有一张表")),
    ),
    Case(
        "template",
        "没有填的空表",
        S,
        lambda: xlsx(template()),
        Expect().telling(("F02", "统计表!", "还没有填写")),
    ),
    Case(
        "template-upright",
        "没有填的竖式空表",
        S,
        lambda: xlsx(upright(rows=[[*row[:3], *("—" if v == "—" else None for v in row[3:])] for row in rcb_rows()])),
        Expect().telling(("F02", "月报表!", "还没有填写")),
    ),
    Case(
        "template-beside",
        "填好的表后面留着空表：只读填好的",
        S,
        lambda: xlsx(bank(), upright(rows=[[*row[:3]] for row in rcb_rows()], name="空表")),
        as_bank().telling(("F09", "空表!", "没有填写")),
    ),
    Case(
        "only-hidden",
        "唯一的报表是隐藏的",
        S,
        lambda: xlsx(Page("封面"), Bank().page(hidden="hide")),
        Expect().telling(("F08", "统计表!", "隐藏")),
    ),
    Case("all-blank", "整个文件没有内容", S, lambda: xlsx(Page("Sheet1")), Expect().telling(("F02", "", "没有内容"))),
    Case(
        "stranger",
        "别的单位的表",
        S,
        lambda: xlsx(Page.of([["车辆登记"], ["车牌", "里程"], ["甲", 1]])),
        Expect().telling(("F02", "A1", "表头与任何报表不符")),
    ),
    Case(
        "ods-two",
        ".ods 里两家的报表",
        S,
        lambda: ods(bank(), upright()),
        BOTH,
        "报表.ods",
    ),
    Case(
        "html-two",
        "网页里两张表",
        S,
        lambda: html_table(bank(), upright()),
        BOTH.telling(("F09", "", "网页")),
        "报表.xls",
    ),
    Case("sheet-name-long", "工作表名带空格和括号", S, lambda: xlsx(Bank(name=" 统计表 (2) ").page()), as_bank()),
    Case(
        "upright-sheet",
        "竖式表前面有整页说明",
        S,
        lambda: xlsx(Page.of([["说明：本表由各农商银行填报。"]], "填报说明"), upright(header=RCB_HEADER)),
        Expect({RCB: RCB_FACTS}),
    ),
]
