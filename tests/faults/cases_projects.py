"""Item 3, the list of projects below a county's return: more columns, lines between, merged cells."""

from __future__ import annotations

from tests.faults.expecting import Case, Expect, Item
from tests.faults.pages import xlsx
from tests.faults.plain import C01, C01_FACTS, MISSING, PROJECT_FACTS, PROJECTS, county

R = Item.ROWS
COUNTY = {**C01_FACTS, **PROJECT_FACTS}
TITLE, HEAD, FIRST, SECOND = PROJECTS
TOP = 3 + len(C01_FACTS)
"""The index of the first row of the list, its title."""


def listed(id_, title, lines, *told, facts=COUNTY, merges=()):
    """A county's return over this list; merges are given by rows of the list."""
    boxes = [(TOP + top, left, TOP + bottom, right) for top, left, bottom, right in merges]
    expected = Expect({C01: {key: value for key, value in facts.items() if value is not ...}})
    return Case(id_, title, R, lambda: xlsx(county(more=lines, merges=boxes)), expected.telling(*told))


def place(col, row):
    """The address of a cell by the list's own row."""
    return f"{col}{TOP + row + 1}"


def but(**items):
    """The facts of the county with those of an indicator (and an item) changed: `status_1="…"`."""
    changed = {}
    for name, value in items.items():
        code, _, item = name.rpartition("_")
        changed[f"project_{code}", "hanyin", "", int(item)] = value
    return {**COUNTY, **changed}


def without(*numbers):
    """The facts without these items."""
    return {key: value for key, value in COUNTY.items() if key[3] not in numbers}


WITH_SUM = ["序号", "项目名称", "资金情况", None, None, "进展情况"]
LEAVES = [None, None, "总投资", "已完成投资", "贷款金额", None]
UNDER = [(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 4), (1, 5, 2, 5)]

CASES = [
    listed(
        "projects-further",
        "项目清单多一栏数",
        [TITLE, [*HEAD, "带动户数"], [*FIRST, 10], [*SECOND, 20]],
        ("F09", place("G", 1), "带动户数"),
    ),
    listed(
        "projects-further-words",
        "项目清单多一栏字",
        [TITLE, [*HEAD, "建设地点"], [*FIRST, "甲镇"], [*SECOND, "乙镇"]],
        ("F09", place("G", 1), "建设地点"),
    ),
    listed("projects-remarks", "项目清单有备注栏", [TITLE, [*HEAD, "备注"], [*FIRST, "无"], [*SECOND, None]]),
    listed(
        "projects-last-year",
        "项目清单多一栏上年的数：不读",
        [TITLE, [*HEAD, "上年完成投资"], [*FIRST, 10], [*SECOND, 20]],
        ("F09", place("G", 1), "上年完成投资"),
    ),
    listed(
        "projects-other-name",
        "项目清单的贷款金额写成贷款余额：不猜",
        [TITLE, [*HEAD[:4], "贷款余额", HEAD[5]], FIRST, SECOND],
        ("F06", place("E", 1), "贷款余额"),
        facts=but(loan_amount_1=..., loan_amount_2=...),
    ),
    listed(
        "projects-no-head",
        "项目清单有一栏没有表头",
        [TITLE, HEAD, [*FIRST, 10], [*SECOND, 20]],
        ("F06", place("G", 2), "没有读入"),
    ),
    listed("projects-blank", "项目之间空一行", [TITLE, HEAD, FIRST, [None], SECOND]),
    listed("projects-blank-head", "项目表头下空一行", [TITLE, HEAD, [None], FIRST, SECOND]),
    listed("projects-two-lines", "项目表头两行", [TITLE, WITH_SUM, LEAVES, FIRST, SECOND], merges=UNDER),
    listed(
        "projects-two-lines-bare",
        "项目表头两行，没有合并",
        [
            TITLE,
            [*HEAD[:2], "投资情况", None, "贷款金额", "进展情况"],
            [None, None, "总投资", "已完成投资"],
            FIRST,
            SECOND,
        ],
    ),
    listed(
        "projects-two-lines-odd",
        "项目表头上一行写的是上年",
        [TITLE, [*HEAD[:2], "上年", None, None, HEAD[5]], LEAVES, FIRST, SECOND],
        ("F06", place("C", 2), "上年/总投资"),
        facts={k: v for k, v in COUNTY.items() if not k[0].endswith("_amount") or k[3] == 0},
        merges=UNDER,
    ),
    listed(
        "projects-unit-row",
        "项目表头下一行写明单位是元",
        [
            TITLE,
            HEAD,
            [None, None, "元", "元", "元"],
            [1, "示例茶园", 1e6, 6e5, 3e5, "在建"],
            [2, "示例养殖", 805000, 4e5, 2e5, "完工"],
        ],
        ("F09", None, "自己写明的单位"),
    ),
    listed("projects-by-bank", "项目按银行分组", [TITLE, HEAD, ["农商银行"], FIRST, ["二、邮储银行"], SECOND]),
    listed("projects-by-place", "项目按镇分组", [TITLE, HEAD, ["城关镇"], FIRST, SECOND]),
    listed(
        "projects-planned",
        "一组项目的小标题是拟建项目：不读",
        [TITLE, HEAD, FIRST, ["拟建项目"], SECOND],
        ("F06", place("A", 3), "拟建项目"),
        facts=without(2),
    ),
    listed(
        "projects-of-which",
        "一组项目的小标题是其中：不读",
        [TITLE, HEAD, FIRST, ["其中："], SECOND],
        ("F06", place("A", 3), "其中"),
        facts=without(2),
    ),
    listed(
        "projects-name-merged",
        "两个项目的名称合并成一格",
        [TITLE, HEAD, FIRST, [2, None, *SECOND[2:]]],
        ("F07", place("B", 2), "遮住了"),
        facts=but(name_2=MISSING),
        merges=[(2, 1, 3, 1)],
    ),
    listed(
        "projects-name-over-amount",
        "项目名称的合并遮住了总投资",
        [TITLE, HEAD, [1, "示例茶园", None, *FIRST[3:]], SECOND],
        ("F07", place("B", 2), "总投资"),
        facts=but(total_amount_1=MISSING),
        merges=[(2, 1, 2, 2)],
    ),
    listed(
        "projects-status-merged",
        "两个项目的进展合并成一格：两个都是",
        [TITLE, HEAD, FIRST, SECOND[:5]],
        facts=but(status_2="在建"),
        merges=[(2, 5, 3, 5)],
    ),
    listed("projects-none", "没有项目：一行写“无”", [TITLE, HEAD, [1, "无", "—", "—", "—", "—"]], facts=C01_FACTS),
    listed("projects-empty-rows", "项目下面还有只编了号的空行", [TITLE, HEAD, FIRST, SECOND, [3], [4]]),
    listed(
        "projects-doubled",
        "总投资写了两栏，不一样",
        [TITLE, [*HEAD, "总投资"], [*FIRST, 1], [*SECOND, 2]],
        ("F06", place("C", 1), "无法确定"),
        facts=but(total_amount_1=..., total_amount_2=...),
    ),
    listed("projects-doubled-same", "总投资写了两栏，一样", [TITLE, [*HEAD, "总投资"], [*FIRST, 100], [*SECOND, 80.5]]),
]
