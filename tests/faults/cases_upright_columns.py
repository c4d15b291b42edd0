"""Items 3 and 4, the upright form and the county return: columns of other figures and of remarks, other headings."""

from __future__ import annotations

from datetime import date

from tests.faults.expecting import Case, Expect, Item, as_upright
from tests.faults.pages import xlsx
from tests.faults.plain import (
    C01,
    C01_FACTS,
    C01_LINES,
    MISSING,
    PROJECT_FACTS,
    PROJECTS,
    RCB_ABOVE,
    RCB_FACTS,
    RCB_HEADER,
    county,
    rcb_rows,
    upright,
)

H, R = Item.HEADERS, Item.ROWS
COUNTY = {**C01_FACTS, **PROJECT_FACTS}

NOT_MONTH = {key: ... for key in RCB_FACTS if key[0].endswith("_mtd")}
STOCKS = [key for key in RCB_FACTS if not key[0].endswith(("_mtd", "_ytd", "_cum"))]
OUTSTANDING = ("outstanding_households", "outstanding_amount")


def more(heading, value, at=7):
    """A county bank's page with one column more."""
    header, rows = [*RCB_HEADER], rcb_rows()
    header.insert(at, heading)
    for row in rows:
        row.insert(at, value)
    return upright(header=header, rows=rows)


def county_more(heading, *values):
    """A county's return with one column more."""
    lines = [[*C01_LINES[0], heading], *([*line, value] for line, value in zip(C01_LINES[1:], values, strict=True))]
    return county(lines)


def headed(span, words):
    """A county bank's page on which this value column is headed so."""
    return upright(header=[words if head == span else head for head in RCB_HEADER])


def county_headed(words):
    """A county's return whose figures are headed so."""
    return county([[*C01_LINES[0][:3], words], *C01_LINES[1:]])


def other_figures(number, heading, at):
    letter = "D" if at == 3 else "H"
    return Case(
        f"upright-other-{number}",
        f"竖式表多一栏“{heading}”：不用，其余照常读入，在栏目上提示一次",
        H,
        lambda: xlsx(more(heading, 1.5, at)),
        as_upright().telling(("F09", f"{letter}3", f"“{heading}”不是本表要的数")),
    )


def remark(number, heading, value):
    return Case(
        f"upright-remark-{number}",
        f"竖式表的“{heading}”栏里写着{value!r}：是备注，不是数",
        H,
        lambda: xlsx(more(heading, value)),
        as_upright(),
    )


def own_time(number, span, words):
    return Case(
        f"upright-time-{number}",
        f"竖式表的“{span}”写作“{words}”：说的是报告期",
        H,
        lambda: xlsx(headed(span, words)),
        as_upright(),
    )


CASES = [
    *(
        other_figures(number, heading, at)
        for number, (heading, at) in enumerate(
            [
                ("上年同期", 7),
                ("上年同期数", 3),
                ("同比%", 7),
                ("环比", 3),
                ("较年初", 7),
                ("较上月增减", 7),
                ("增减", 7),
                ("上月", 3),
                ("2月", 3),
                ("2017年3月", 7),
                ("年初数", 7),
                ("本年计划", 7),
            ]
        )
    ),
    *(
        remark(number, heading, value)
        for number, (heading, value) in enumerate(
            [
                ("备注", 1),
                ("备注", date(2018, 3, 31)),
                ("说明", "12户35万元"),
                ("变动原因", "利率4.35‰"),
                ("审核结果", "正常"),
                ("校验", 0),
            ]
        )
    ),
    *(
        own_time(number, span, words)
        for number, (span, words) in enumerate(
            [
                ("本月", "3月"),
                ("本月", "2018年3月"),
                ("本月", "本月发生"),
                ("本月", "三月份"),
                ("本月", date(2018, 3, 1)),
                ("本月", "本月（3月）"),
                ("本年累计", "1-3月累计"),
                ("本年累计", "2018年1—3月累计"),
                ("本年累计", "2018年累计"),
                ("历史累计", "历史累计（截至2018年3月末）"),
                ("期末余额", "余额"),
                ("期末余额", "3月末"),
                ("期末余额", "2018年3月31日余额"),
                ("期末余额", "期末余额（截至3月31日）"),
            ]
        )
    ),
    *(
        Case(
            f"upright-time-not-{number}",
            f"竖式表的“本月”写作“{words}”：说的不是报告期，不读",
            H,
            lambda words=words: xlsx(headed("本月", words)),
            as_upright(NOT_MONTH).telling(("F06", "D3", f"“{words}”说的不是本期的数")),
        )
        for number, words in enumerate(["2月", "2017年3月", "3月20日", "上月"])
    ),
    Case(
        "upright-compared-groups",
        "竖式表分“2018年3月”和“2017年3月”两组栏目：读报告期的一组，另一组提示一次",
        H,
        lambda: xlsx(
            upright(
                header=[*RCB_HEADER[:3], "2018年3月", None, None, None, "2017年3月", None, None, None],
                rows=[
                    [None] * 3 + RCB_HEADER[3:] * 2,
                    *([*row, *("—" if value == "—" else 7 for value in row[3:])] for row in rcb_rows()),
                ],
                merges=[(2, 3, 2, 6), (2, 7, 2, 10), (2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 3, 2)],
            )
        ),
        as_upright().telling(("F09", "H3", "H列、I列、J列、K列“2017年3月”不是本表要的数")),
    ),
    *(
        Case(
            f"county-other-{number}",
            f"县区月报多一栏“{heading}”：不用，其余照常读入，提示一次",
            H,
            lambda heading=heading: xlsx(county_more(heading, 5, 6, 7)),
            Expect({C01: COUNTY}).telling(("F09", "E3", f"“{heading}”不是本表要的数")),
        )
        for number, heading in enumerate(["上年同期", "同比", "2月", "增减"])
    ),
    Case(
        "county-remark-figures",
        "县区月报的备注栏里有数、日期和说明：都是备注",
        H,
        lambda: xlsx(county_more("备注", 1, date(2018, 3, 31), "12户35万元")),
        Expect({C01: COUNTY}),
    ),
    *(
        Case(
            f"county-time-{number}",
            f"县区月报的“数值”写作“{words}”",
            H,
            lambda words=words: xlsx(county_headed(words)),
            Expect({C01: COUNTY}),
        )
        for number, words in enumerate(["3月", "2018年3月末", "本月实际", "金额", "填报内容"])
    ),
    *(
        Case(
            f"upright-label-{number}",
            f"竖式表的“指标名称”写作“{label}”，“代码”写作“{code}”",
            H,
            lambda label=label, code=code: xlsx(upright(header=[label, "计量单位", code, *RCB_HEADER[3:]])),
            as_upright(),
        )
        for number, (label, code) in enumerate(
            [("项目", "编码"), ("指标项目", "行次"), ("统计指标", "栏次"), ("内容", "序号"), ("指标/项目", "指标代码")]
        )
    ),
    Case(
        "county-label-project",
        "县区月报的“指标名称”写作“项目”，项目清单的“项目名称”也写作“项目”",
        H,
        lambda: xlsx(
            county(
                [["项目", *C01_LINES[0][1:]], *C01_LINES[1:]],
                more=[PROJECTS[0], ["序号", "项目", *PROJECTS[1][2:]], *PROJECTS[2:]],
            )
        ),
        Expect({C01: COUNTY}),
    ),
    Case(
        "upright-side-group",
        "竖式表的指标左边一栏写着“上年同期”，管下面两行：这两行不读",
        R,
        lambda: xlsx(
            upright(
                header=["类别", *RCB_HEADER],
                rows=[
                    ["上年同期" if number == 4 else "逾期" if number == 6 else None, *row]
                    for number, row in enumerate(rcb_rows())
                ],
            )
        ),
        as_upright({(code, "hanyin", "rcb", 0): MISSING for code in OUTSTANDING}).telling(
            ("F06", "A8", "“上年同期”不是本表规定的小标题，无法确定第8行到第9行")
        ),
    ),
    Case(
        "upright-halves",
        "竖式表分左右两半，右半又有一栏指标：右半的数决不读到左半的指标里",
        R,
        lambda: xlsx(
            upright(
                header=[*RCB_HEADER[:6], "指标", "期末余额"],
                rows=[
                    [*row[:6], *(right[0], right[6])]
                    for row, right in zip(rcb_rows()[2:4], rcb_rows()[4:6], strict=True)
                ],
            )
        ),
        as_upright(dict.fromkeys(STOCKS, ...)).telling(("F06", "G3", "G列起右边又有一排指标（“指标”），没有读入")),
    ),
    *(
        Case(
            f"upright-between-pages-{at}",
            f"竖式表中间有一行“{line}”",
            R,
            lambda line=line: xlsx(upright(rows=[*rcb_rows()[:4], [line], *rcb_rows()[4:]])),
            as_upright(),
        )
        for at, line in enumerate(("（续）", "续表1", "第2页 共2页", "接上页"))
    ),
    Case(
        "upright-next-page",
        "竖式表下一页又印了标题（续表）、单位和表头",
        R,
        lambda: xlsx(
            upright(
                rows=[
                    *rcb_rows()[:4],
                    [f"{RCB_ABOVE[0][0]}（续表）"],
                    RCB_ABOVE[1],
                    RCB_HEADER,
                    *rcb_rows()[4:],
                ]
            )
        ),
        as_upright(),
    ),
    Case(
        "upright-numbered",
        "竖式表的指标名称前有①、1.1、●等编号",
        R,
        lambda: xlsx(
            upright(
                rows=[
                    [f"{sign}{row[0]}", *row[1:]]
                    for sign, row in zip(["①", "1.1 ", "●", "2 ", "（1）", "　　", "其中："], rcb_rows(), strict=True)
                ]
            )
        ),
        as_upright(),
    ),
    Case(
        "upright-codes-written-otherwise",
        "竖式表的代码写作4、5.、（08）等",
        R,
        lambda: xlsx(
            upright(
                rows=[
                    [*row[:2], code, *row[3:]]
                    for code, row in zip([4, "5.", "（08）", "'15", '"21"', "２２", 34.0], rcb_rows(), strict=True)
                ]
            )
        ),
        as_upright(),
    ),
]
