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


def not_one_county(id_, title, *, line=None, head="安康市金融扶贫小额贷款统计月报表"):
    """The upright form of a bank with ten counties, in which no one of them is named for sure."""
    above = [[head], ABC_UPRIGHT[1], *([[line]] if line else [])]
    cell, words = ("A3", line.partition("：")[2]) if line else ("A1", "不是一个登记的县区名称")
    return Case(id_, title, S, lambda: xlsx(upright(above=above)), Expect().telling(("F06", cell, words)))


def of_another_county(id_, title, *, line=None, name="月报表", word="平利"):
    """The form of 汉阴农商银行, and another county named in it."""
    above = [*RCB_ABOVE, *([[line]] if line else [])]
    told = ("F03", "A3" if line else "", word)
    return Case(id_, title, S, lambda: xlsx(upright(above=above, name=name)), Expect({RCB: RCB_FACTS}).telling(told))


def of_its_own_county(id_, title, line, name="月报表"):
    """The same, and its own county named in other words."""
    return Case(id_, title, S, lambda: xlsx(upright(above=[*RCB_ABOVE, [line]], name=name)), Expect({RCB: RCB_FACTS}))


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
    not_one_county("county-but", "县区：除旬阳县外", line="县区：除旬阳县外"),
    not_one_county("county-without", "县区：不含旬阳县", line="县区：不含旬阳县"),
    not_one_county("county-others", "县区：旬阳县以外各县区", line="县区：旬阳县以外各县区"),
    not_one_county("county-and-so-on", "县区：旬阳县等10县区", line="县区：旬阳县等10县区"),
    not_one_county("county-town", "县区：旬阳县城关镇", line="县区：旬阳县城关镇"),
    not_one_county("county-zone", "县区：旬阳县高新区", line="县区：旬阳县高新区"),
    not_one_county("county-counter", "县区：旬阳县支行营业部", line="县区：旬阳县支行营业部"),
    not_one_county("county-title-but", "标题：除旬阳县外", head="全市（除旬阳县外）月报表"),
    not_one_county("county-title-without", "标题：旬阳县不含城关镇", head="旬阳县不含城关镇月报表"),
    not_one_county("county-title-against", "标题：与旬阳县对比", head="与旬阳县对比月报表"),
    of_another_county("county-two-named", "县区：汉阴县、平利县", line="县区：汉阴县、平利县"),
    of_another_county("county-belongs", "所属县：平利县", line="所属县：平利县"),
    of_another_county("county-filled-in", "填报县区：平利县", line="填报县区：平利县"),
    of_another_county("county-scope", "统计范围：平利县", line="统计范围：平利县"),
    of_another_county("county-seat", "机构所在地：平利县", line="机构所在地：平利县"),
    of_another_county("county-bare", "单独一行：平利", line="平利"),
    of_another_county("county-sheet-bank", "工作表名：平利农商", name="平利农商"),
    of_another_county("county-sheet-data", "工作表名：平利县数据", name="平利县数据"),
    of_its_own_county("county-own", "行政区划：陕西省安康市汉阴县", "行政区划：陕西省安康市汉阴县", "汉阴农商"),
    of_its_own_county("county-own-whole", "统计范围：全县", "统计范围：全县", "汉阴县3月"),
    of_its_own_county("county-person", "负责人：平利是人名", "负责人：平利"),
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
