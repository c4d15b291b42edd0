"""Item 2, a sheet a county: statements shared out over the sheets of a workbook."""

from __future__ import annotations

from tests.faults.expecting import Case, Expect, Item, as_bank
from tests.faults.pages import xlsx
from tests.faults.plain import (
    ABC,
    RCB,
    RCB_ABOVE,
    RCB_FACTS,
    Bank,
    bank,
    fen,
    rows,
    upright,
)
from tests.ingest.sheets import AREAS

S = Item.SHEETS


def of_county(area, unit, name):
    """The upright form of another county bank; only who reports differs."""
    head = [RCB_ABOVE[0], [f"填报单位：{unit}", *RCB_ABOVE[1][1:]]]
    return upright(above=head, name=name), ("M01", f"rcb-{area}", "2018-03")


def a_sheet_a_county():
    """Three county banks in one workbook."""
    made = [
        of_county(*one)
        for one in (
            ("hanyin", "汉阴农商银行", "汉阴"),
            ("shiquan", "石泉农商银行", "石泉"),
            ("baihe", "白河农商银行", "白河"),
        )
    ]
    return xlsx(*(page for page, _ in made))


def three_counties():
    return Expect(
        {
            ("M01", f"rcb-{area}", "2018-03"): {
                (code, area, bank_, item): v for (code, _, bank_, item), v in RCB_FACTS.items()
            }
            for area in ("hanyin", "shiquan", "baihe")
        }
    )


ABC_UPRIGHT = [
    ["安康市金融扶贫小额贷款统计月报表"],
    ["填报单位：农业银行安康分行", None, None, "报告期：2018年3月", None, None, "单位：万元、户、笔"],
]


def of_abc(area, number, name="", above=None, title=None):
    """The upright form of one county of 农业银行, as `above` says below its caption; its balance is 30.25 + number."""
    head = [[title] if title else ABC_UPRIGHT[0], ABC_UPRIGHT[1], *([above] if above else [])]
    return upright(5, 6, 30.25 + number, above=head, name=name or f"表{number + 1}")


def abc_facts(*areas):
    """What such forms say of these counties, in this order."""
    return Expect(
        {
            ABC: {
                (code, area, "abc", item): fen(30.25 + number) if code == "outstanding_amount" else value
                for number, area in enumerate(areas)
                for (code, _, _, item), value in RCB_FACTS.items()
            }
        }
    )


def with_its_total(row):
    """The statement of one county alone, on a sheet of its name, with a total that says the same again."""
    return Bank(rows=[["合计", *row[1:]], row], name=row[0]).page()


CASES = [
    Case("sheet-a-county", "一县一张工作表", S, a_sheet_a_county, three_counties()),
    Case(
        "upright-a-county",
        "农行用竖式表，一县一张，表头上方写明县区：合为一份",
        S,
        lambda: xlsx(
            of_abc("hanyin", 0, above=["县区：汉阴县"]),
            of_abc("shiquan", 1, above=[None, None, None, "县区：", "石泉县"]),
            of_abc("baihe", 2, title="安康市白河县金融扶贫小额贷款统计月报表"),
        ),
        abc_facts("hanyin", "shiquan", "baihe").telling(*(("F09", f"表{n}!", "合为一份") for n in (1, 2, 3))),
    ),
    Case(
        "upright-no-county",
        "农行用竖式表，没有写是哪个县的",
        S,
        lambda: xlsx(of_abc("hanyin", 0)),
        Expect().telling(("F06", "A3", "请在表头上方写明“县区：…”")),
    ),
    Case(
        "upright-two-counties",
        "农行用竖式表，一张表上写了两个县区",
        S,
        lambda: xlsx(of_abc("hanyin", 0, above=["县区：汉阴县、石泉县"])),
        Expect().telling(("F06", "A3", "无法确定这张竖式表是哪个县区的")),
    ),
    Case(
        "upright-county-twice",
        "农行用竖式表，两张写的是同一个县，数不同：都不读",
        S,
        lambda: xlsx(of_abc("hanyin", 0, above=["县区：汉阴县"]), of_abc("hanyin", 1, above=["县区：汉阴县"])),
        abc_facts("hanyin")
        .but({("outstanding_amount", "hanyin", "abc", 0): fen(31.25)}, twice=True)
        .telling(("F02", "表1!", "G10是30.25，工作表“表2”G10是31.25"), ("F02", "表2!", "无法确定以哪张为准")),
    ),
    Case(
        "upright-own-county",
        "本县区写在农商银行的竖式表上",
        S,
        lambda: xlsx(
            upright(above=[["安康市汉阴县金融扶贫小额贷款统计月报表"], RCB_ABOVE[1], ["地区：陕西省安康市汉阴县"]])
        ),
        Expect({RCB: RCB_FACTS}),
    ),
    Case(
        "counties-apart",
        "农行一县一张工作表，各有自己的合计：合为一份",
        S,
        lambda: xlsx(*(with_its_total(row) for row in rows())),
        as_bank().telling(*(("F09", f"{name}!", "合为一份") for name in AREAS)),
    ),
    Case(
        "counties-and-whole",
        "全市一张，各县再各一张：只读全市的，各县的核对一致",
        S,
        lambda: xlsx(bank(), *(with_its_total(row) for row in rows())),
        as_bank().telling(*(("F09", f"{name}!", "各格一致") for name in AREAS)),
    ),
]
