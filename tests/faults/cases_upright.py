"""Items 3 and 4, the upright form and the county return: rows, labels, codes and projects."""

from __future__ import annotations

from tests.faults.expecting import Case, Expect, Item, as_upright
from tests.faults.pages import xlsx
from tests.faults.plain import (
    C01,
    C01_ABOVE,
    C01_FACTS,
    C01_LINES,
    FOOTER,
    MISSING,
    PROJECT_FACTS,
    PROJECTS,
    RCB_ABOVE,
    county,
    rcb_rows,
    upright,
)

R = Item.ROWS


COUNTY = {**C01_FACTS, **PROJECT_FACTS}


CASES = [
    Case(
        "row-above-upright",
        "竖式表的表头上方有一行数据",
        R,
        lambda: xlsx(upright(above=[*RCB_ABOVE, ["绿色贷款余额", "万元", None, None, None, None, 5.5]])),
        as_upright().telling(("F06", "G3", "在表头上方")),
    ),
    Case(
        "upright-unknown-text",
        "竖式表多一个不认识的指标，数带单位",
        R,
        lambda: xlsx(upright(rows=[*rcb_rows(), ["绿色贷款余额", "万元", None, "—", "—", "—", "5.5万元"]])),
        as_upright().telling(("F06", "A11", "绿色贷款余额")),
    ),
    Case(
        "upright-reversed",
        "竖式表的指标换了次序",
        R,
        lambda: xlsx(upright(rows=rcb_rows()[::-1])),
        as_upright(),
    ),
    Case(
        "upright-unknown",
        "竖式表多一个不认识的指标",
        R,
        lambda: xlsx(upright(rows=[*rcb_rows(), ["绿色贷款余额", "万元", None, "—", "—", "—", 5.5]])),
        as_upright().telling(("F06", "A11", "绿色贷款余额")),
    ),
    Case(
        "upright-by-code",
        "竖式表的指标名称是别的，代码没有变：不凭代码读，提出代码所指的指标",
        R,
        lambda: xlsx(upright(5, 0, "个人住房贷款余额")),
        as_upright({("outstanding_amount", "hanyin", "rcb", 0): ...}).telling(
            ("F06", "A9", "代码22在表样里是“期末余额/金额”")
        ),
    ),
    Case(
        "upright-code-disagrees",
        "竖式表的名称和代码不是同一指标",
        R,
        lambda: xlsx(upright(0, 2, "22")),
        as_upright({("credit_line_households", "hanyin", "rcb", 0): MISSING}).telling(("F06", "A4", "不是同一指标")),
    ),
    Case(
        "upright-no-label",
        "竖式表有一行只有代码，没有名称：按代码读，提示",
        R,
        lambda: xlsx(upright(5, 0, None)),
        as_upright().telling(("F09", "A9", "按代码22读作“期末余额/金额”")),
    ),
    Case(
        "upright-reckoned",
        "竖式表里自填的不良率和小计：不用，自己算",
        R,
        lambda: xlsx(
            upright(
                rows=[
                    *rcb_rows()[:4],
                    ["小计", "万元", None, 4.75, 13.75, "—", "—"],
                    *rcb_rows()[4:],
                    ["不良率", "%", None, "—", "—", "—", 1.25],
                ]
            )
        ),
        as_upright(),
    ),
    Case(
        "upright-heading",
        "竖式表的行之间有小标题“上年同期数”：下面的数不是本期的，不读",
        R,
        lambda: xlsx(
            upright(rows=[*rcb_rows(), ["二、上年同期数"], ["不良贷款余额", "万元", "31", "—", "—", "—", 9.9]])
        ),
        as_upright({("npl_amount", "hanyin", "rcb", 0): MISSING}).telling(("F06", "A11", "上年同期数")),
    ),
    Case(
        "upright-headings-plain",
        "竖式表的行之间有小标题：一、授信情况，二、发放和收回……",
        R,
        lambda: xlsx(
            upright(
                rows=[
                    ["一、评级授信情况"],
                    *rcb_rows()[:2],
                    ["（二）贷款发放及收回情况：", None, None, "—", "—", "—", "—"],
                    *rcb_rows()[2:4],
                    ["三、期末余额"],
                    *rcb_rows()[4:],
                ]
            )
        ),
        as_upright(),
    ),
    Case("projects", "县区月报下接项目清单", R, lambda: xlsx(county()), Expect({C01: COUNTY})),
    Case(
        "projects-total",
        "项目清单下有合计",
        R,
        lambda: xlsx(county(more=[*PROJECTS, [None, "合计", 180.5, 100, 50, None]])),
        Expect({C01: COUNTY}),
    ),
    Case(
        "projects-in-words",
        "项目的进展里提到日期：仍是项目，不是落款",
        R,
        lambda: xlsx(county(more=[*PROJECTS[:2], [1, "示例茶园", 100, 60, 30, "开工日期2018年3月"], PROJECTS[3]])),
        Expect({C01: {**COUNTY, ("project_status", "hanyin", "", 1): "开工日期2018年3月"}}),
    ),
    Case(
        "projects-few-figures",
        "项目只填了两个数，进展里提到日期",
        R,
        lambda: xlsx(county(more=[*PROJECTS[:2], [None, "示例茶园", 100, None, 30, "开工日期2018年3月"], PROJECTS[3]])),
        Expect(
            {
                C01: {
                    **COUNTY,
                    ("project_status", "hanyin", "", 1): "开工日期2018年3月",
                    ("project_invested_amount", "hanyin", "", 1): MISSING,
                }
            }
        ),
    ),
    Case(
        "projects-footer",
        "项目清单下紧接落款",
        R,
        lambda: xlsx(county(more=[*PROJECTS, [None, *FOOTER]])),
        Expect({C01: COUNTY}),
    ),
    Case(
        "county-unknown",
        "县区月报里有不认识的指标",
        R,
        lambda: xlsx(county([*C01_LINES, ["某种新指标", "万元", None, 12.5]], above=C01_ABOVE)),
        Expect({C01: COUNTY}).telling(("F06", "A7", "某种新指标")),
    ),
]
