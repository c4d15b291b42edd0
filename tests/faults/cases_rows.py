"""Item 3, rows: areas under any of their names, totals anywhere, what stands between and below."""

from __future__ import annotations

from tests.faults.expecting import Case, Expect, Item, as_bank
from tests.faults.pages import xlsx
from tests.faults.plain import (
    CAPTION,
    FOOTER,
    HEADERS,
    MISSING,
    TITLE,
    TOTAL,
    Bank,
    bank,
    bank_facts,
    fen,
    rows,
    total_facts,
)
from tests.ingest.sheets import AREAS

R = Item.ROWS
GAOXIN = ["其中：高新区", 3, 5.5, 2, 2, 4.25, 0.5, None]
GAOXIN_FACTS = {
    ("credit_line_households", "gaoxin", "abc", 0): 3,
    ("credit_line_amount", "gaoxin", "abc", 0): 5_500_000,
    ("outstanding_loans", "gaoxin", "abc", 0): 2,
    ("outstanding_households", "gaoxin", "abc", 0): 2,
    ("outstanding_amount", "gaoxin", "abc", 0): 4_250_000,
    ("past_due_amount", "gaoxin", "abc", 0): 500_000,
    ("remark", "gaoxin", "abc", 0): MISSING,
}
AREA_CODES = (610902, 610921, 610922, 610923, 610924, 610925, 610926, 610927, 610928, 610929)


def typed(change):
    """The plain rows, changed in place by a function."""
    lines = rows()
    change(lines)
    return lines


def labelled(id_, title, words, row=0):
    """An area under another of its names."""
    return Case(id_, title, R, lambda: xlsx(bank(row, 0, words)), as_bank())


def summed(id_, title, place, label="合计"):
    """A total at a place among the rows, under a label."""
    total = [label, *TOTAL[1:]]
    return Case(id_, title, R, lambda: xlsx(bank(rows=typed(lambda r: r.insert(place, total)))), as_bank(total_facts()))


def below(id_, title, *lines):
    """Lines below the table that are notes."""
    return Case(id_, title, R, lambda: xlsx(bank(below=[list(line) for line in lines])), as_bank())


def unknown(label):
    """Facts of 白河县 under a label that nobody knows."""
    known = bank_facts()
    return {
        **{key: ... for key in known if key[1] == "baihe"},
        **{(key[0], f"unknown:{label}", *key[2:]): value for key, value in known.items() if key[1] == "baihe"},
    }


CASES = [
    labelled("alias-short", "县区用简称", "汉滨"),
    labelled("alias-long", "县区带市名", "安康市汉滨区"),
    labelled("alias-branch", "县区写成支行", "汉滨区支行"),
    labelled("alias-including", "县区带“（含…）”", "汉滨区（含高新区）"),
    labelled("alias-including-two", "县区带“（含…、…）”", "汉滨区（含高新区、恒口示范区）"),
    labelled("alias-numbered", "县区前有编号", "1.汉滨区"),
    labelled("alias-branch-own", "县区写成本行的支行", "农行汉滨区支行"),
    labelled("alias-branch-full", "县区写成本行的支行全称", "中国农业银行安康汉滨区支行"),
    labelled("alias-note", "县区带注号", "汉滨区①"),
    labelled("alias-kind", "县区注明是贫困县", "汉滨区（国定贫困县）"),
    labelled("alias-code-long", "县区写十二位代码", "610902000000"),
    *(
        Case(
            f"alias-none-{number}",
            f"“{words}”不是县区：原样交给审核",
            R,
            lambda words=words: xlsx(bank(9, 0, words)),
            as_bank(unknown(said)),
        )
        for number, (words, said) in enumerate(
            (
                ("白河县（含汉滨区，上月数）", "白河县(含汉滨区,上月数)"),
                ("白河县（含高新区）", "白河县(含高新区)"),
                ("白河县（不含城关镇）", "白河县(不含城关镇)"),
                ("邮储白河支行", "邮储白河支行"),
                ("白河县城关支行", "白河县城关支行"),
                ("白河县高新区", "白河县高新区"),
            )
        )
    ),
    labelled("alias-spaced", "县区名中间有空格", "石 泉 县", 2),
    labelled("alias-wide", "县区名前后有全角空格", "\u3000汉滨区\u3000"),
    labelled("alias-later", "更名以后的名称", "旬阳市", 8),
    labelled("alias-lines", "县区名中间换行", "汉滨\n区"),
    summed("total-last", "合计在最后", 10),
    summed("total-first", "合计在最前", 0),
    summed("total-middle", "合计在中间", 5),
    summed("total-grand", "写作“总计”", 10, "总 计"),
    summed("total-city", "写作“全市合计”", 0, "全市合计"),
    summed("total-colon", "写作“合计：”", 10, "合计："),
    summed("subtotal-whole", "只有一行“小计”，在最后：就是合计", 10, "小计"),
    summed("subtotal-whole-first", "只有一行“小计”，在最前：就是合计", 0, "小 计"),
    Case(
        "subtotal-part",
        "“小计”在县区之间：是一部分县区的，不当作合计",
        R,
        lambda: xlsx(bank(rows=typed(lambda r: r.insert(5, ["小计", 110, 312.5, 60, 55, 161.25, 8.5, None])))),
        as_bank(),
    ),
    Case(
        "subtotals-two",
        "两行“小计”：都是一部分县区的",
        R,
        lambda: xlsx(
            bank(
                rows=[
                    *rows()[:5],
                    ["小计", 110, 312.5, 60, 55, 161.25, 8.5, None],
                    *rows()[5:],
                    ["小计", 135, 337.5, 85, 80, 186.25, 11, None],
                ]
            )
        ),
        as_bank(),
    ),
    summed("total-bank", "写作“农行合计”", 0, "农行合计"),
    summed("total-branch", "写作“安康分行合计”", 10, "安康分行合计"),
    labelled("alias-province", "县区带省名", "陕西省汉滨区"),
    labelled("alias-bank-behind", "县区后写本行的名称", "石泉县农行", 2),
    labelled("alias-summed", "县区后写“（汇总）”", "石泉县（汇总）", 2),
    Case(
        "of-which",
        "其中：高新区",
        R,
        lambda: xlsx(bank(rows=typed(lambda r: r.insert(1, GAOXIN)))),
        as_bank(GAOXIN_FACTS),
    ),
    Case(
        "shuffled",
        "县区换了次序",
        R,
        lambda: xlsx(bank(rows=typed(lambda r: r.reverse()))),
        as_bank(),
    ),
    Case(
        "blank-rows",
        "县区之间有空行",
        R,
        lambda: xlsx(bank(rows=[line for row in rows() for line in (row, [])])),
        as_bank(),
    ),
    Case(
        "row-gone",
        "少一个县：没有它的数，不补零",
        R,
        lambda: xlsx(bank(rows=rows()[:9])),
        as_bank({key: ... for key in bank_facts() if key[1] == "baihe"}),
    ),
    Case(
        "row-blank",
        "一个县只写了名称：全是空，不是零",
        R,
        lambda: xlsx(bank(rows=[*rows()[:9], ["白河县"]])),
        as_bank({key: MISSING for key in bank_facts() if key[1] == "baihe"}),
    ),
    Case(
        "area-unknown",
        "登记表里没有的县名：原样交给审核",
        R,
        lambda: xlsx(bank(9, 0, "白何县")),
        as_bank(unknown("白何县")),
    ),
    Case(
        "serial",
        "前面有序号列",
        R,
        lambda: xlsx(bank(headers=[["序号", *HEADERS]], rows=[[i, *row] for i, row in enumerate(rows(), 1)])),
        as_bank(),
    ),
    Case(
        "serial-total",
        "“合计”写在序号列",
        R,
        lambda: xlsx(
            bank(
                headers=[["序号", *HEADERS]],
                rows=[*([i, *row] for i, row in enumerate(rows(), 1)), ["合计", None, *TOTAL[1:]]],
            )
        ),
        as_bank(total_facts()),
    ),
    Case(
        "serial-short",
        "序号列只写“序”",
        R,
        lambda: xlsx(bank(headers=[["序", *HEADERS]], rows=[[i, *row] for i, row in enumerate(rows(), 1)])),
        as_bank(),
    ),
    Case(
        "serial-nameless",
        "序号列没有表头",
        R,
        lambda: xlsx(bank(headers=[[None, *HEADERS]], rows=[[i, *row] for i, row in enumerate(rows(), 1)])),
        as_bank(),
    ),
    Case(
        "area-codes",
        "县区前有区划代码列",
        R,
        lambda: xlsx(
            bank(headers=[["区划代码", *HEADERS]], rows=[[c, *row] for c, row in zip(AREA_CODES, rows(), strict=True)])
        ),
        as_bank(),
    ),
    Case(
        "area-codes-differ",
        "区划代码是另一个县的：不知道是哪个县",
        R,
        lambda: xlsx(
            bank(
                headers=[["区划代码", *HEADERS]],
                rows=[[c, *row] for c, row in zip([*AREA_CODES[:9], 610928], rows(), strict=True)],
            )
        ),
        as_bank(unknown("白河县(610928)")),
    ),
    Case("section", "县区上面写“各县区”", R, lambda: xlsx(bank(rows=[["各县区"], *rows()])), as_bank()),
    *(
        Case(
            f"block-below-{number}",
            f"下面又有一块（{title}）：一个问题，不读",
            R,
            lambda lines=lines: xlsx(bank(rows=[*rows(), *lines])),
            as_bank().telling(("F06", cell, "没有读入")),
        )
        for number, (title, lines, cell) in enumerate(
            (
                ("上年同期，各县区", [["上年同期"], *rows()], "A14"),
                ("上年同期，只有高新区", [["上年同期"], ["高新区", 3, 5.5, 2, 2, 4.25, 0.5]], "A14"),
                ("另一种表头，两列", [[], ["县(区)", "本年应贴息"], *[[row[0], 1.5] for row in rows()]], "A15"),
                ("另一种表头，名称", [[], ["名称", "应贴息", "已贴息"], *[[row[0], 1.5, 1] for row in rows()]], "A15"),
                ("乡镇", [[], ["乡镇", "贷款户数", "贷款余额"], ["城关镇", 1, 1.5], ["城西镇", 2, 2.5]], "A15"),
            )
        )
    ),
    Case(
        "page-break",
        "打印分页，表头重复一次",
        R,
        lambda: xlsx(bank(rows=[*rows()[:5], list(HEADERS), *rows()[5:]])),
        as_bank(),
    ),
    below("footer-cells", "落款拆成几格", ["填表人：", "示例乙", None, "电话：", "0915-3200000", None, "2018-04-05"]),
    below("footer-note", "表下有注", ["注：1.本表由各支行填报；2.金额保留两位小数。"], FOOTER),
    below("footer-far", "落款隔了几行", [], [], FOOTER),
    below("footer-none", "没有落款"),
    Case(
        "figure-below",
        "表下有一个不知所属的数",
        R,
        lambda: xlsx(bank(below=[list(FOOTER), [None, None, 77.5]])),
        as_bank().telling(("F06", "C15", "77.5")),
    ),
    Case(
        "figure-below-text",
        "表下有一个文本格式的元数：七位数不是电话",
        R,
        lambda: xlsx(bank(below=[list(FOOTER), [None, None, "3025000"]])),
        as_bank().telling(("F06", "C15", "3025000")),
    ),
    Case(
        "telephone-below",
        "落款里的电话没有区号",
        R,
        lambda: xlsx(bank(below=[["填表人：示例乙", None, "联系电话：", "3200000"]])),
        as_bank(),
    ),
    Case(
        "row-above",
        "表头上方有一行数据",
        R,
        lambda: xlsx(bank(above=[[TITLE], list(CAPTION), ["瀛湖", 1, 1.5, 1, 1, 1.5]])),
        as_bank().telling(("F06", "B3", "在表头上方")),
    ),
    Case(
        "row-above-text",
        "表头上方有一行带单位的文本数",
        R,
        lambda: xlsx(bank(above=[[TITLE], list(CAPTION), ["市直营业部", "3户", "20万元"]])),
        as_bank().telling(("F06", "B3", "在表头上方")),
    ),
    Case(
        "table-above",
        "表头上方另有一张表：一个问题，不是十个",
        R,
        lambda: xlsx(
            bank(above=[[TITLE], list(CAPTION), ["县(区)", "本年应贴息"], *([area, 1.5] for area in AREAS), []])
        ),
        as_bank().telling(("F06", "B4", "第4行至第13行")),
    ),
    Case(
        "row-below-words",
        "表下一行数据，名称里有“经办”：不是落款",
        R,
        lambda: xlsx(bank(below=[["市分行经办处", 3, 20.5], list(FOOTER)])),
        as_bank().telling(("F06", "B14", "市分行经办处")),
    ),
    Case(
        "row-below-note",
        "以“注”开头的一行数",
        R,
        lambda: xlsx(bank(below=[["注：不良贷款余额", "12.5万元"], list(FOOTER)])),
        as_bank().telling(("F06", "B14", "不良贷款余额")),
    ),
    below("note-with-figures", "注里有数：是文字，不是数据", ["注：汉滨区含高新区12户、贷款余额20.5万元。"], FOOTER),
    Case(
        "figure-beside",
        "表的右边有一个不知所属的数",
        R,
        lambda: xlsx(bank(rows=typed(lambda r: r[0].extend([None, None, 77.5])))),
        as_bank().telling(("F06", "K4", "77.5")),
    ),
    Case(
        "sum-differs",
        "合计与各县之和不等：照读，由审核关系去比",
        R,
        lambda: xlsx(bank(rows=[*rows(), ["合计", 999, *TOTAL[2:]]])),
        as_bank({**total_facts(), ("credit_line_households", "total", "abc", 0): 999}),
    ),
    Case(
        "all-of-them",
        "只有合计一行",
        R,
        lambda: xlsx(Bank(rows=[list(TOTAL)]).page()),
        Expect({("M01", "abc", "2018-03"): total_facts()}),
    ),
    Case(
        "negative-total",
        "合计为负也照读",
        R,
        lambda: xlsx(bank(rows=[*rows(), ["合计", *TOTAL[1:5], -1.5, *TOTAL[6:]]])),
        as_bank({**total_facts(), ("outstanding_amount", "total", "abc", 0): fen(-1.5)}),
    ),
]
