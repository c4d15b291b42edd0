"""Item 4: units of money, wherever they are said, and whenever two places do not say the same."""

from __future__ import annotations

from tests.faults.expecting import Case, Item, as_bank, as_upright
from tests.faults.pages import text, xls, xlsx
from tests.faults.plain import (
    AMOUNTS,
    HEADERS,
    MISSING,
    RCB_ABOVE,
    RCB_HEADER,
    TITLE,
    Bank,
    bank,
    bank_facts,
    fen,
    rcb_rows,
    rows,
    upright,
)

CREDIT = ("credit_line_households", "hanyin", "rcb", 0)
U = Item.UNITS
NAMED = ("填报单位：农业银行安康分行",)
WORTH = {"元": 10_000, "百元": 100, "千元": 10, "万元": 1, "百万元": 0.01, "亿元": 0.0001}
"""How many of each are one 万元."""
HERE = ("outstanding_amount", "hanbin")


def converted(unit, columns=AMOUNTS):
    """The plain rows with the amounts of these columns in another unit; binary noise as Excel would leave it."""
    return [[v * WORTH[unit] if c in columns and v is not None else v for c, v in enumerate(row)] for row in rows()]


def captioned(unit, words="单位：{}"):
    """The unit in the caption, and the amounts in it."""
    caption = (*NAMED, None, None, words.format(unit))
    return Case(
        f"caption-{unit}",
        f"表头上写{words.format(unit)}",
        U,
        lambda: xlsx(bank(caption=caption, rows=converted(unit))),
        as_bank(),
    )


def above(id_, title, *lines, unit="万元"):
    """What stands above the header says the unit in other words."""
    return Case(
        id_, title, U, lambda: xlsx(bank(above=[list(line) for line in lines], rows=converted(unit))), as_bank()
    )


def typed(id_, title, value, fen_, word):
    """汉滨区's amount, F4, with a unit of its own."""
    return Case(
        id_, title, U, lambda: xlsx(bank(0, 5, value)), as_bank({(*HERE, "abc", 0): fen_}, changes={HERE: word})
    )


def doubtful(id_, title, make, word, cell):
    """The unit cannot be known: amounts are told to be uncertain, and that as a hard finding."""
    return Case(id_, title, U, make, as_bank().telling(("F05", cell, word)))


def headed(*units):
    """Headers that say the unit of each column of amounts in brackets."""
    words = list(HEADERS)
    for col, unit in zip(AMOUNTS, units, strict=True):
        words[col] = f"{words[col]}({unit})"
    return words


def mixed(*units):
    """Rows in which each column of amounts has its own unit."""
    lines = rows()
    for col, unit in zip(AMOUNTS, units, strict=True):
        for line, other in zip(lines, converted(unit, (col,)), strict=True):
            line[col] = other[col]
    return lines


def upright_in(unit, values_in=None):
    """The upright form with another unit in its column of units."""
    lines = [
        [
            v * WORTH[values_in or unit]
            if row[1] == "万元" and isinstance(v, int | float)
            else (unit if v == "万元" else v)
            for v in row
        ]
        for row in rcb_rows()
    ]
    return lines


def upright_above(unit):
    """What heads the upright form, with this unit."""
    return [[v.replace("万元", unit) if isinstance(v, str) else v for v in line] for line in RCB_ABOVE]


CASES = [
    Case(
        "columns-by-number",
        "表下写“第39、40栏单位为元”，表里没有写：说出是哪几栏",
        U,
        lambda: xlsx(upright(below=[["注：第39、40栏单位为元"]])),
        as_upright().telling(("F05", "A11", "“第39、40栏”")),
    ),
    Case(
        "columns-by-number-own",
        "表下写“第15、22栏单位为元”，这两栏自己也写元",
        U,
        lambda: xlsx(
            upright(
                rows=[
                    [
                        v * 10_000 if isinstance(v, float) else v.replace("万", "") if isinstance(v, str) else v
                        for v in r
                    ]
                    if r[2] in ("15", "22")
                    else r
                    for r in rcb_rows()
                ],
                below=[["注：第15、22栏单位为元"]],
            )
        ),
        as_upright().telling(("F09", "B7", "（元）")),
    ),
    Case(
        "format-euro",
        "数字格式里是欧元：不是人民币",
        U,
        lambda: xlsx(bank(page={"formats": {(3, 5): "[$€-2] #,##0.00"}})),
        as_bank({(*HERE, "abc", 0): MISSING}).telling(("F07", "F4", "€")),
    ),
    Case(
        "format-minus",
        "数字格式给正数加负号：存的和显示的不是一个数",
        U,
        lambda: xlsx(bank(page={"formats": {(3, 5): "-0.00"}})),
        as_bank({(*HERE, "abc", 0): MISSING}).telling(("F07", "F4", "负")),
    ),
    Case(
        "noughts-shown",
        "数字格式多显示两位零",
        U,
        lambda: xlsx(bank(page={"formats": {(r, c): "0.0000" for r in range(3, 13) for c in AMOUNTS}})),
        as_bank(),
    ),
    *(captioned(unit) for unit in WORTH if unit != "万元"),
    captioned("万元", "（金额单位：人民币{}）"),
    above("in-title", "单位写在标题里", ["农业银行安康分行金融扶贫小额贷款统计表（2018年3月，单位：元）"], unit="元"),
    above("own-line", "单位独占一行", [TITLE], ["单位：元"], unit="元"),
    above("two-cells", "“单位：”和“元”分在两格", [TITLE], [*NAMED, None, "单位：", "元"], unit="元"),
    above("wide-words", "单 位 ： 万 元", [TITLE], [*NAMED, "单 位 ： 万 元"]),
    above("with-counts", "单位：户、笔、万元", [TITLE], [*NAMED, "单位：户、笔、万元"]),
    Case(
        "in-headers",
        "单位写在各列的表头里，各列不同",
        U,
        lambda: xlsx(bank(caption=NAMED, headers=[headed("元", "万元", "千元")], rows=mixed("元", "万元", "千元"))),
        as_bank(),
    ),
    Case(
        "in-headers-rare",
        "表头里写百元、百万元、亿元",
        U,
        lambda: xlsx(
            bank(caption=NAMED, headers=[headed("百元", "百万元", "亿元")], rows=mixed("百元", "百万元", "亿元"))
        ),
        as_bank(),
    ),
    Case(
        "header-wins",
        "表头的单位先于表头上的单位",
        U,
        lambda: xlsx(bank(headers=[headed("万元", "元", "万元")], rows=mixed("万元", "元", "万元"))),
        as_bank().telling(("F09", "F3", "（元）")),
    ),
    Case(
        "headers-contradict",
        "表头上写万元，各栏都写元",
        U,
        lambda: xlsx(bank(headers=[headed("元", "元", "元")], rows=converted("元"))),
        as_bank().telling(("F05", "D2", "互相矛盾")),
    ),
    Case(
        "upright-row",
        "竖式表每行写单位：元",
        U,
        lambda: xlsx(upright(above=upright_above("元"), rows=upright_in("元"))),
        as_upright(),
    ),
    Case(
        "upright-thousand",
        "竖式表每行写单位：千元",
        U,
        lambda: xlsx(upright(above=upright_above("千元"), rows=upright_in("千元"))),
        as_upright(),
    ),
    Case(
        "upright-contradicts",
        "竖式表上方写万元，每行都写元",
        U,
        lambda: xlsx(upright(rows=upright_in("元"))),
        as_upright().telling(("F05", "G2", "互相矛盾")),
    ),
    Case(
        "upright-wrong-unit",
        "竖式表户数的计量单位写成万元",
        U,
        lambda: xlsx(upright(0, 1, "万元")),
        as_upright({CREDIT: MISSING}).telling(("F05", "B4", "应为户")),
    ),
    *(
        Case(
            f"upright-scaled-{number}",
            f"竖式表户数的计量单位写成{unit}：不猜",
            U,
            lambda unit=unit: xlsx(upright(0, 1, unit)),
            as_upright({CREDIT: MISSING}).telling(("F05", "B4", f"写作“{unit}”，应为户")),
        )
        for number, unit in enumerate(("百户", "千户", "万户", "笔"))
    ),
    *(
        Case(
            f"upright-unit-{number}",
            f"竖式表的计量单位写作“{unit}”",
            U,
            lambda unit=unit: xlsx(upright(0, 1, unit)),
            as_upright(),
        )
        for number, unit in enumerate(("（户）", "户数", "户次", "—"))
    ),
    Case(
        "upright-label-unit",
        "竖式表的指标名称写“授信户数（万元）”：自相矛盾",
        U,
        lambda: xlsx(upright(0, 0, "授信户数（万元）")),
        as_upright({CREDIT: MISSING}).telling(("F05", "A4", "写作“万元”，应为户")),
    ),
    Case(
        "upright-label-percent",
        "竖式表的指标名称写“期末贷款余额（%）”：自相矛盾",
        U,
        lambda: xlsx(upright(5, 0, "期末贷款余额（%）")),
        as_upright({("outstanding_amount", "hanyin", "rcb", 0): MISSING}).telling(("F05", "A9", "应为万元")),
    ),
    Case(
        "upright-column-unit",
        "竖式表的栏目写“期末余额（户）”，栏里有金额：金额不读",
        U,
        lambda: xlsx(upright(header=[*RCB_HEADER[:6], "期末余额（户）"])),
        as_upright(
            {
                (code, "hanyin", "rcb", 0): MISSING
                for code in ("credit_line_amount", "outstanding_amount", "past_due_amount")
            }
        ).telling(("F05", "G3", "写的计量单位是“户”")),
    ),
    typed("cell-wan", "单元格里写“30.25万”", "30.25万", 30_250_000, "去单位"),
    typed("cell-yi", "单元格里写“1.2亿元”", "1.2亿元", 12_000_000_000, "按亿元计"),
    typed("cell-yuan", "万元表里一格写“2000元”", "2000元", 200_000, "按元计"),
    typed("cell-wan-yuan", "单元格里写“2000万元”", "2000万元", 2_000_000_000, "去单位"),
    Case(
        "cell-households",
        "户数写“35户”",
        U,
        lambda: xlsx(bank(0, 4, "35户")),
        as_bank({("outstanding_households", "hanbin", "abc", 0): 35}),
    ),
    Case(
        "csv-yuan",
        "csv，表头写元",
        U,
        lambda: text(bank(caption=NAMED, headers=[headed("元", "元", "元")], rows=converted("元"))).encode("gb18030"),
        as_bank(),
        "报表.csv",
    ),
    Case(
        "xls-format-unit",
        ".xls 的数字格式里写着万元",
        U,
        lambda: xls(bank(page={"formats": {(r, 5): '0.00"万元"' for r in range(3, 13)}})),
        as_bank(),
        "报表.xls",
    ),
    doubtful(
        "none",
        "哪里都没有写单位：说明数值的大小像什么单位",
        lambda: xlsx(bank(caption=NAMED)),
        "没有写明金额单位",
        "C4",
    ),
    doubtful(
        "two-captions",
        "表头上写了两种单位",
        lambda: xlsx(bank(caption=(*NAMED, None, None, "单位：万元、元"))),
        "万元、元",
        "D2",
    ),
    doubtful(
        "title-and-caption",
        "标题写元，表头上写万元",
        lambda: xlsx(bank(title=f"{TITLE}（单位：元）")),
        "元、万元",
        "D2",
    ),
    doubtful(
        "title-brackets-and-caption",
        "标题括号里写元，表头上写万元",
        lambda: xlsx(bank(title=f"{TITLE}（元）")),
        "元、万元",
        "D2",
    ),
    doubtful(
        "caption-with-exception",
        "“单位：万元（授信金额、期末余额为元）”，表头没有写",
        lambda: xlsx(bank(caption=(*NAMED, None, None, "单位：万元（授信金额、期末余额为元）"))),
        "互相矛盾",
        "D2",
    ),
    doubtful(
        "footer-contradicts",
        "表下写金额单位为元，表头上写万元",
        lambda: xlsx(bank(below=[["注：本表金额单位为元。"]])),
        "互相矛盾",
        "A14",
    ),
    doubtful(
        "footer-contradicts-some",
        "表下写贷款余额单位为元，表头上写万元",
        lambda: xlsx(bank(below=[["说明：本表贷款余额单位为元"]])),
        "“本表贷款余额”",
        "A14",
    ),
    above("title-brackets", "单位写在标题的括号里，没有“单位”二字", [f"{TITLE}（万元）"]),
    above("as-sentence", "“本表以元为单位”", [TITLE], ["本表以元为单位"], unit="元"),
    above("short-word", "“单位：万”", [TITLE], [*NAMED, "单位：万"]),
    Case(
        "below",
        "单位只写在表下",
        U,
        lambda: xlsx(bank(caption=NAMED, rows=converted("元"), below=[["单位负责人：示例甲"], ["单位：元"]])),
        as_bank(),
    ),
    doubtful(
        "unknown-unit",
        "单位写作“十万元”",
        lambda: xlsx(bank(caption=(*NAMED, None, None, "单位：十万元"))),
        "十万元",
        "D2",
    ),
    Case(
        "dollars",
        "单位写作“万美元”：不是人民币",
        U,
        lambda: xlsx(bank(caption=(*NAMED, None, None, "单位：万美元"))),
        as_bank().telling(("F05", "D2", "美元")),
    ),
    Case(
        "footer-unit",
        "单位写在表下：不与表头上的矛盾",
        U,
        lambda: xlsx(bank(below=[["注：金额单位为万元。"]])),
        as_bank(),
    ),
    Case(
        "reporting-unit-is-no-money",
        "“填报单位：”不是金额单位",
        U,
        lambda: xlsx(Bank(above=[[TITLE], ["填报单位：农业银行安康分行", "单位：万元"]]).page()),
        as_bank(),
    ),
    Case(
        "yuan-with-fen",
        "元，带角分",
        U,
        lambda: xlsx(bank(0, 5, 302500.55, caption=(*NAMED, "单位：元"), rows=converted("元"))),
        as_bank({(*HERE, "abc", 0): 30_250_055}),
    ),
    Case(
        "converted-noise",
        "由元除以一万得来的万元，带二进制尾差",
        U,
        lambda: xlsx(bank(rows=[[v / 7 * 7 if c in AMOUNTS else v for c, v in enumerate(row)] for row in rows()])),
        as_bank(),
    ),
    Case(
        "own-unit-beats-header",
        "表头写元，一格写“30.25万元”",
        U,
        lambda: xlsx(bank(0, 5, "30.25万元", caption=NAMED, headers=[headed("元", "元", "元")], rows=converted("元"))),
        as_bank(),
    ),
]
assert bank_facts()[*HERE, "abc", 0] == fen(30.25)
