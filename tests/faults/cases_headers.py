"""Item 3, headers: whole paths by what they say, wherever they stand and however they are cut."""

from __future__ import annotations

from pipeline.model import address
from tests.faults.expecting import Case, Expect, Item, as_bank, as_upright
from tests.faults.pages import Page, xlsx
from tests.faults.plain import (
    C01,
    C01_ABOVE,
    C01_FACTS,
    C01_LINES,
    CAPTION,
    HEADERS,
    MISSING,
    PROJECT_FACTS,
    RCB_ABOVE,
    RCB_FACTS,
    RCB_HEADER,
    T01,
    T01_FACTS,
    TITLE,
    Bank,
    bank,
    bank_facts,
    county,
    rcb_rows,
    rows,
    targets,
    two_levels,
    upright,
)

H = Item.HEADERS
TARGETS = Expect({T01: T01_FACTS})
TWO, MERGES = two_levels()
NOT_OUTSTANDING = {key: MISSING for key in RCB_FACTS if not key[0].endswith(("_mtd", "_ytd", "_cum"))}
"""The upright form without what stands in its last column."""
WITHOUT = {key: ... for key in bank_facts() if key[0] == "past_due_amount"}


def head(id_, title, *changes, expect=None, item=H):
    """Headers in one row, some in other words: (column from 0, words) each."""
    words = list(HEADERS)
    for col, text in changes:
        words[col] = text
    return Case(id_, title, item, lambda: xlsx(bank(headers=[words])), expect or as_bank())


def levels(id_, title, lines, merges=(), expect=None, between=()):
    """Header rows; merged ranges count from the first of them; `between` stands between header and rows."""
    boxes = [(top + 2, left, bottom + 2, right) for top, left, bottom, right in merges]
    return Case(id_, title, H, lambda: xlsx(Bank(headers=[*lines, *between]).page(merges=boxes)), expect or as_bank())


def numbers(id_, title, line):
    """A row under the header that only counts columns."""
    return Case(id_, title, H, lambda: xlsx(bank(headers=[list(HEADERS), line])), as_bank())


def reordered(order):
    """The bank's columns in another order."""
    return xlsx(bank(headers=[[HEADERS[i] for i in order]], rows=[[row[i] for i in order] for row in rows()]))


def added(words, values, at=8):
    """One column more."""
    lines = [[*row[:at], value, *row[at:]] for row, value in zip(rows(), values, strict=True)]
    return xlsx(bank(headers=[[*HEADERS[:at], words, *HEADERS[at:]]], rows=lines))


def shifted(down, right):
    """The whole table further down and to the right."""
    return xlsx(bank().moved(lambda row, col: (row + down, col + right)))


def transposed_units():
    """A row of its own under the headers says the unit of each column."""
    return [None, "户", "万元", "笔", "户", "万元", "万元", None]


CASES = [
    levels("two-levels", "两层，合并", TWO, [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 5), (0, 7, 1, 7)]),
    levels(
        "two-repeated",
        "两层，上层逐格重复而不合并",
        [["县(区)", "评级授信", "评级授信", "期末余额", "期末余额", "期末余额", "逾期贷款", "备注"], TWO[1]],
    ),
    levels("two-unmerged", "两层，上层只写在第一格，没有合并", TWO),
    levels(
        "three-levels",
        "三层",
        [["县(区)", "贷款情况", None, None, None, None, None, "备注"], [None, *TWO[0][1:7], None], TWO[1]],
        [(0, 0, 2, 0), (0, 1, 0, 6), (1, 1, 1, 2), (1, 3, 1, 5), (0, 7, 2, 7)],
    ),
    levels(
        "five-levels",
        "五层：空的两层合并下来",
        [*TWO[:1], [None] * 8, [None] * 8, [None] * 8, TWO[1]],
        [(0, 0, 4, 0), (0, 1, 3, 2), (0, 3, 3, 5), (0, 6, 3, 6), (0, 7, 4, 7)],
    ),
    head("header-broken", "表头中间换行", (5, "期末\n余额/\n金额"), (1, "授信\n户数")),
    head("header-spaced", "表头中间有空格", (1, "授 信 户 数"), (5, "期末余额 / 金 额")),
    head("header-escape", "表头里有 _x000D_ 换行转义", (1, "授信_x000D_\n户数")),
    head("header-wide", "全角括号和斜线", (0, "县（区）"), (5, "期末余额／金额")),
    head(
        "header-units", "括号里写计量单位", (1, "授信户数（户）"), (2, "授信金额（万元）"), (5, "期末余额/金额(万元)")
    ),
    head("header-of-which", "表头带“其中：”", (6, "其中：逾期贷款/余额")),
    head("header-numbered", "表头带编号", (1, "1.授信户数"), (2, "（二）授信金额")),
    head("alias", "表头用别名", (1, "已授信/户数"), (2, "授信额度"), (6, "逾期情况/余额")),
    head("alias-bank", "邮储系统导出的说法", (1, "授信_户数"), (3, "结余_笔数"), (4, "结余_户数")),
    head("area-heading", "县区列叫“县区名称”", (0, "县区名称")),
    *(
        head(f"area-heading-{number}", f"县区列叫“{words or '（空白）'}”", (0, words))
        for number, words in enumerate((None, "单位", "区/县", "县（区、市）", "县（区）别", "支行（县区）", "名称"))
    ),
    head(
        "typo",
        "登记过的错字：预期贷款 → 逾期贷款，提示",
        (6, "预期贷款/余额"),
        expect=as_bank().telling(("F09", "G3", "预期")),
    ),
    head(
        "typo-unknown",
        "没有登记的错字：不猜，提出最接近的指标",
        (6, "逾欺贷款/余额"),
        expect=as_bank(WITHOUT).telling(("F06", "G3", "逾期贷款/余额")),
    ),
    head(
        "near-but-other",
        "很像但不是：期末余额(含表外)/金额",
        (5, "期末余额(含表外)/金额"),
        expect=as_bank({key: ... for key in bank_facts() if key[0] == "outstanding_amount"}).telling(
            ("F06", "F3", "期末余额(含表外)")
        ),
    ),
    head(
        "twice",
        "两列同一指标，内容不同：不知道以哪列为准",
        (6, "期末余额/金额"),
        expect=as_bank({**WITHOUT, **{key: MISSING for key in bank_facts() if key[0] == "outstanding_amount"}}).telling(
            ("F06", "G3", "无法确定以哪一列为准")
        ),
    ),
    levels("units-row", "单位另起一行", [list(HEADERS)], between=[transposed_units()]),
    levels(
        "units-row-two",
        "两层表头下单位另起一行",
        TWO,
        [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 5), (0, 7, 1, 7)],
        between=[transposed_units()],
    ),
    numbers("column-numbers", "表头下有栏号 1 2 3", [1, 2, 3, 4, 5, 6, 7, 8]),
    numbers("column-letters", "表头下有栏号 甲 1 2", ["甲", 1, 2, 3, 4, 5, 6, "乙"]),
    numbers("column-brackets", "表头下有栏号 (1) (2)", [None, "(1)", "(2)", "(3)", "(4)", "(5)", "(6)", None]),
    numbers("column-circled", "表头下有栏号 ① ②", ["栏次", "①", "②", "③", "④", "⑤", "⑥", None]),
    numbers("column-formula", "栏号里写着算式", ["栏次", "1", "2", "3", "4", "5", "6=5*7", None]),
    Case("columns-moved", "列换了次序", H, lambda: reordered([0, 6, 5, 4, 3, 2, 1, 7]), as_bank()),
    Case("area-last", "县区列在最后", H, lambda: reordered([1, 2, 3, 4, 5, 6, 7, 0]), as_bank()),
    Case("shifted", "整张表从 D6 开始", H, lambda: shifted(5, 3), as_bank()),
    Case(
        "column-gone",
        "少一列：没有它的数，不补零",
        H,
        lambda: xlsx(bank(headers=[[*HEADERS[:6], "备注"]], rows=[[*r[:6], None] for r in rows()])),
        as_bank(WITHOUT),
    ),
    Case(
        "column-added",
        "多一列不认识的：整列不读，提示",
        H,
        lambda: added("绿色贷款余额", range(10)),
        as_bank().telling(("F06", "I3", "绿色贷款余额")),
    ),
    Case(
        "column-nameless",
        "多一列没有表头的数",
        H,
        lambda: added(None, [5, *[None] * 9]),
        as_bank().telling(("F06", "I4", "5")),
    ),
    Case("ratio", "多一列自填的不良率：不用，自己算", H, lambda: added("不良率(%)", [1.25] * 10), as_bank()),
    *(
        Case(
            f"difference-{number}",
            f"多一列自填的“{words}”",
            H,
            lambda words=words: added(words, [1.25] * 10),
            as_bank(),
        )
        for number, words in enumerate(("比年初", "比年初增减", "较上年同期增减", "增减额", "完成进度"))
    ),
    Case(
        "sum-column",
        "月报里多一列“合计”：不知道是什么的合计",
        H,
        lambda: added("合计", [5.5] * 10),
        as_bank().telling(("F06", "I3", "合计")),
    ),
    Case(
        "column-nameless-full",
        "多一列没有表头的数，每行都有：一个问题",
        H,
        lambda: added(None, [5.5] * 10),
        as_bank().telling(("F06", "I4", "I列没有表头，其中10个")),
    ),
    Case("column-blank", "中间有空列", H, lambda: added(None, [None] * 10, at=3), as_bank()),
    Case(
        "header-over-caption",
        "单位在表头上一行的最右边，标题下空两行",
        H,
        lambda: xlsx(bank(above=[[TITLE], [], [], list(CAPTION)])),
        as_bank(),
    ),
    Case("targets", "目标任务：上层是银行", H, lambda: xlsx(targets()), TARGETS, "安康市目标任务.xlsx"),
    Case(
        "targets-alias",
        "目标任务：银行用别名",
        H,
        lambda: xlsx(targets(("信用联社", "邮政储蓄银行", "农行"))),
        TARGETS,
        "安康市目标任务.xlsx",
    ),
    Case(
        "upright-moved",
        "竖式表的栏换了次序",
        H,
        lambda: xlsx(
            upright(
                header=[RCB_HEADER[i] for i in (2, 0, 1, 6, 5, 4, 3)],
                rows=[[row[i] for i in (2, 0, 1, 6, 5, 4, 3)] for row in rcb_rows()],
            )
        ),
        as_upright(),
    ),
    Case(
        "upright-headings",
        "竖式表的栏用别名，带甲乙丙和序号",
        H,
        lambda: xlsx(
            upright(
                header=[
                    "指标名称（甲）",
                    "计量单位（乙）",
                    "代码（丙）",
                    "当月(1)",
                    "当年累计(2)",
                    "开办以来累计(3)",
                    "期末数(4)",
                ]
            )
        ),
        as_upright(),
    ),
    Case(
        "upright-added",
        "竖式表多一栏不认识的",
        H,
        lambda: xlsx(upright(header=[*RCB_HEADER, "绿色贷款"], rows=[[*row, 5.5] for row in rcb_rows()])),
        as_upright().telling(("F06", "H3", "绿色贷款")),
    ),
    Case(
        "upright-above",
        "竖式表的表头上方在“期末余额”之上写着“上年同期”：那一栏不是本期的数，不读",
        H,
        lambda: xlsx(upright(above=[*RCB_ABOVE, [None] * 6 + ["上年同期"]])),
        as_upright(NOT_OUTSTANDING).telling(("F06", "G3", "上年同期")),
    ),
    Case(
        "upright-above-merged",
        "竖式表的表头上方合并写着“其中：扶贫龙头企业”：各栏都不是本表的数",
        H,
        lambda: xlsx(upright(above=[*RCB_ABOVE, [None, "其中：扶贫龙头企业"]], merges=[(2, 1, 2, 6)])),
        as_upright(dict.fromkeys(RCB_FACTS, MISSING)).telling(("F06", "B3", "其中：扶贫龙头企业")),
    ),
    Case(
        "upright-above-plain",
        "竖式表的表头上方合并写着“小额贷款情况”，各栏之上写着月份和单位：不影响",
        H,
        lambda: xlsx(
            upright(
                above=[*RCB_ABOVE, [None, None, None, "截至2018年3月末"], [None, None, None, "小额贷款情况"]],
                merges=[(3, 3, 3, 6)],
            )
        ),
        as_upright(),
    ),
    Case(
        "upright-two-rows",
        "竖式表的栏目分两行写，没有合并",
        H,
        lambda: xlsx(
            upright(
                header=["指标名称", "计量单位", "代码", "发生额", None, None, "期末余额"],
                rows=[[None, None, None, "本月", "本年累计", "历史累计"], *rcb_rows()],
            )
        ),
        as_upright(),
    ),
    Case(
        "upright-under",
        "竖式表“期末余额”下分“上年同期”和“本期”：读本期的一栏，另一栏提示",
        H,
        lambda: xlsx(
            upright(
                header=[*RCB_HEADER, None],
                rows=[[None] * 6 + ["上年同期", "本期"], *([*row[:6], 99, row[6]] for row in rcb_rows())],
                merges=[*((2, col, 3, col) for col in range(6)), (2, 6, 2, 7)],
            )
        ),
        as_upright().telling(("F09", "G4", "G列“上年同期”不是本表要的数")),
    ),
    Case(
        "upright-twice",
        "竖式表有两栏期末余额，内容不同：都不读",
        H,
        lambda: xlsx(
            upright(header=[*RCB_HEADER, "期末数"], rows=[[*row, row[6] if row[6] == "—" else 5] for row in rcb_rows()])
        ),
        as_upright(NOT_OUTSTANDING).telling(("F06", "H3", "G列和H列两栏都是“期末余额”，内容不同")),
    ),
    Case(
        "upright-twice-same",
        "竖式表有两栏期末余额，内容相同：读一栏，提示",
        H,
        lambda: xlsx(upright(header=[*RCB_HEADER, "期末数"], rows=[[*row, row[6]] for row in rcb_rows()])),
        as_upright().telling(("F09", "H3", "内容相同")),
    ),
    Case(
        "county-above",
        "县区月报的“数值”之上写着“上年同期”：都不是本期的数",
        H,
        lambda: xlsx(county(above=[*C01_ABOVE, [None, None, None, "上年同期"]], more=())),
        Expect({C01: dict.fromkeys(C01_FACTS, MISSING)}).telling(("F06", "D3", "上年同期")),
    ),
    Case(
        "county-twice",
        "县区月报有“本月”和“数值”两栏，内容不同：都不读",
        H,
        lambda: xlsx(county([[*C01_LINES[0], "本月"], *([*line, 7] for line in C01_LINES[1:])], more=())),
        Expect({C01: dict.fromkeys(C01_FACTS, MISSING)}).telling(("F06", "E3", "内容不同")),
    ),
    Case(
        "county-remarks",
        "县区月报有备注栏，下面的项目清单用同一列填金额",
        H,
        lambda: xlsx(county([[*C01_LINES[0], "备注"], [*C01_LINES[1], "以扶贫部门的为准"], *C01_LINES[2:]])),
        Expect({C01: {**C01_FACTS, **PROJECT_FACTS}}),
    ),
    Case(
        "upright-numbers",
        "竖式表的表头下有 甲 乙 丙 1 2 3 4",
        H,
        lambda: xlsx(upright(rows=[["甲", "乙", "丙", 1, 2, 3, 4], *rcb_rows()])),
        as_upright(),
    ),
    Case(
        "no-headers",
        "只有数，没有表头",
        H,
        lambda: xlsx(Page.of([[TITLE], *([*row[:6]] for row in rows())])),
        Expect().telling(("F02", address(0, 0), "61个有内容的单元格都没有读入")),
    ),
]
