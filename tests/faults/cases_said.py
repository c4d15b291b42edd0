"""Item 3, columns beside the figures: what a caption says said row by row, and who answers for a row."""

from __future__ import annotations

from tests.faults.expecting import Case, Expect, Item, as_bank, as_upright
from tests.faults.pages import Page, xlsx
from tests.faults.plain import (
    CAPTION,
    HEADERS,
    MISSING,
    RCB_HEADER,
    T01,
    T01_FACTS,
    TITLE,
    rcb_rows,
    rows,
    targets,
    upright,
)

H = Item.HEADERS
FIRST = "A4"
"""The column's first cell below its head."""


def beside(id_, title, head, said, *told):
    """A bank's table with one more column before the areas."""
    lines = [[said(number) if callable(said) else said, *row] for number, row in enumerate(rows())]
    page = Page.of([[TITLE], CAPTION, [head, *HEADERS], *lines])
    return Case(id_, title, H, lambda: xlsx(page), as_bank().telling(*told))


def target(id_, title, head, said, *told):
    """The year's targets with one more column behind."""
    page = targets()
    page.cells |= {(2, 7): head} | {(4 + row, 7): said for row in range(10)}
    page.merges.append((2, 7, 3, 7))
    expected = Expect({T01: T01_FACTS}).telling(*told)
    return Case(id_, title, H, lambda: xlsx(page), expected, "安康市目标任务.xlsx")


def labelled(id_, title, spell):
    """The upright form with its labels spelt otherwise; `spell` gets the number of the row and the row."""
    lines = [[spell(number, row), *row[1:]] for number, row in enumerate(rcb_rows(), 1)]
    return Case(id_, title, Item.ROWS, lambda: xlsx(upright(rows=lines)), as_upright())


def measured(id_, title, unit):
    """The same with another spelling of 万元 in its column of units."""
    lines = [[row[0], unit if row[1] == "万元" else row[1], *row[2:]] for row in rcb_rows()]
    return Case(id_, title, Item.UNITS, lambda: xlsx(upright(rows=lines)), as_upright())


CASES = [
    beside("said-month", "有一列月份，与报告期一致", "月份", "2018年3月"),
    beside("said-month-number", "有一列月份，只写3", "月份", 3),
    beside("said-month-other", "有一列月份，写的是上月", "月份", "2018年2月", ("F04", FIRST, "2018年2月")),
    beside(
        "said-month-mixed",
        "有一列月份，有一行是上月的",
        "月份",
        lambda number: "2018年2月" if number == 3 else "2018年3月",
        ("F04", "A7", "2018年2月"),
    ),
    beside("said-unit", "有一列金额单位，与表上的一致", "金额单位", "万元"),
    beside("said-unit-other", "有一列金额单位，与表上的不一致", "金额单位", "元", ("F05", FIRST, "元")),
    beside("said-bank", "有一列银行", "银行", "农行"),
    beside("said-bank-other", "有一列银行，写的是别家", "银行", "邮储银行", ("F03", FIRST, "邮储银行")),
    beside("said-unit-name", "县区前有一列机构名称，都是填报单位", "机构名称", "农业银行安康分行"),
    beside("said-city", "县区前有一列市", "市", "安康市"),
    beside("said-city-other", "县区前有一列市，是别的市", "市", "汉中市", ("F06", FIRST, "汉中市")),
    beside("said-clerk", "有一列经办人", "经办人", lambda number: f"示例{number}"),
    beside("said-phone", "有一列联系电话，是数", "联系电话", lambda number: 13900000000 + number),
    beside("said-figures", "备考栏里是数：不当备注放过", "备考", 5.5, ("F06", "A3", "备考")),
    target("targets-remark", "目标任务有备注栏", "备注", "力争完成"),
    target("targets-who", "目标任务有责任单位一栏", "责任单位", "县政府"),
    target("targets-year", "目标任务有一列年度，写的是上年", "年度", 2017, ("F04", "H5", "2017")),
    labelled("label-circled", "指标前的编号到了㉑", lambda number, row: chr(0x3250 + number) + row[0]),
    labelled("label-colon", "指标编号后是冒号", lambda number, row: f"{number}：{row[0]}"),
    labelled("label-letter", "指标用字母编号", lambda number, row: f"{chr(64 + number)}、{row[0]}"),
    labelled("label-unit-behind", "指标名称后直接写计量单位", lambda _, row: f"{row[0]}_{row[1]}"),
    labelled("label-unit-dash", "指标名称后用短横接计量单位", lambda _, row: f"{row[0]}-{row[1]}"),
    measured("unit-wan", "计量单位写作万", "万"),
    measured("unit-wan-old", "计量单位写作萬元", "萬元"),
    Case(
        "label-unit-contradicts",
        "指标名称后写元，计量单位写万元",
        Item.UNITS,
        lambda: xlsx(upright(rows=[["授信金额_元", *row[1:]] if row[2] == "05" else row for row in rcb_rows()])),
        as_upright({("credit_line_amount", "hanyin", "rcb", 0): MISSING}).telling(("F05", "G5", "元、万元")),
    ),
    Case(
        "upright-halves-whole",
        "竖式表左右各一半：说清要接成一列",
        H,
        lambda: xlsx(
            upright(
                header=[*RCB_HEADER, None, *RCB_HEADER],
                rows=[[*left, None, *right] for left, right in zip(rcb_rows()[:3], rcb_rows()[3:6], strict=True)],
            )
        ),
        as_upright(
            {
                (code, "hanyin", "rcb", 0): ...
                for code in (
                    "repaid_amount_mtd",
                    "repaid_amount_ytd",
                    "outstanding_households",
                    "outstanding_amount",
                    "past_due_amount",
                )
            }
        ).telling(("F06", "I3", "接到左边的表下面")),
    ),
]
