"""Plain statements, one of each kind, and what they say: worked out from what is typed, by rules of this file alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from tests.faults.pages import Page
from tests.ingest.sheets import AREAS

IDS = ("hanbin", "hanyin", "shiquan", "ningshan", "ziyang", "langao", "pingli", "zhenping", "xunyang", "baihe")
MISSING, DOES_NOT_APPLY = "（空）", "（不适用）"
"""What stands in a fact where there is no value; told apart from every text that a test writes."""

ABC, RCB, C01, T01 = (
    ("M01", "abc", "2018-03"),
    ("M01", "rcb-hanyin", "2018-03"),
    ("C01", "fin-hanyin", "2018-03"),
    ("T01", "office", "2018"),
)
"""Form, reporting unit and period."""


def fen(wan):
    """万元 as fen, exactly."""
    return int(Decimal(str(wan)) * 1_000_000)


# ------------------------------------------------------------------ areas down: a bank of the whole city

CODES = (
    "credit_line_households",
    "credit_line_amount",
    "outstanding_loans",
    "outstanding_households",
    "outstanding_amount",
    "past_due_amount",
    "remark",
)
HEADERS = ("县(区)", "授信户数", "授信金额", "期末余额/笔数", "期末余额/户数", "期末余额/金额", "逾期贷款/余额", "备注")
"""In one row; the first column is A, the first row of areas is row 4."""
AMOUNTS = (2, 5, 6)
"""Columns of amounts."""
TITLE = "农业银行安康分行金融扶贫小额贷款统计表（2018年3月）"
CAPTION = ("填报单位：农业银行安康分行", None, None, "单位：万元、户、笔")
FOOTER = ("单位负责人：示例甲", None, "填表人：示例乙")
TOTAL = ("合计", 245, 650.0, 145, 135, 347.5, 19.5, None)
"""The sums of `rows()`: 20 … 29, 60.5 … 69.5, 10 … 19, 9 … 18, 30.25 … 39.25, 1.5 … 2.4."""


def rows():
    """The ten rows, fresh."""
    return [
        [name, 20 + i, 60.5 + i, 10 + i, 9 + i, 30.25 + i, round(1.5 + i / 10, 1), None] for i, name in enumerate(AREAS)
    ]


@dataclass
class Bank:
    """A statement of 农业银行; what is not said otherwise is plain."""

    title: str | None = TITLE
    caption: tuple | None = CAPTION
    above: list | None = None
    """Rows in place of title and caption."""
    headers: list = field(default_factory=lambda: [list(HEADERS)])
    rows: list = field(default_factory=rows)
    below: list = field(default_factory=lambda: [list(FOOTER)])
    name: str = "统计表"

    def page(self, **more):
        """The statement as a page; places in `more` are of the finished sheet."""
        above = self.above if self.above is not None else [line for line in ([self.title], self.caption) if line]
        return Page.of([*above, *self.headers, *self.rows, *self.below], self.name, **more)


def bank(row=None, col=None, value=None, *, page=None, **changes):
    """A bank's page; `row` and `col` (0 is 汉滨区, 1 is 授信户数) name a cell that holds another `value`."""
    made = Bank(**changes)
    if row is not None:
        made.rows[row][col] = value
    return made.page(**(page or {}))


def two_levels():
    """Header rows of the same columns in two levels, and the merged ranges in them; they stand in rows 3 and 4."""
    above = ["县(区)", "评级授信", None, "期末余额", None, None, "逾期贷款", "备注"]
    below = [None, "授信户数", "授信金额", "笔数", "户数", "金额", "余额", None]
    return [above, below], [(2, 0, 3, 0), (2, 1, 2, 2), (2, 3, 2, 5), (2, 7, 3, 7)]


def bank_facts(typed=None, money=fen, institution="abc"):
    """What rows of areas say: (indicator, area, institution, item) → value; `money` is what an amount is worth in fen."""
    facts = {}
    for area, row in zip(IDS, typed or rows(), strict=False):
        for col, code in enumerate(CODES, 1):
            value = row[col]
            if value is not None and col in AMOUNTS:
                value = money(value)
            facts[code, area, institution, 0] = MISSING if value is None else value
    return facts


def total_facts(row=TOTAL, institution="abc"):
    """What the typed total says."""
    return {
        (code, "total", institution, 0): fen(row[col]) if col in AMOUNTS else row[col]
        for col, code in enumerate(CODES, 1)
        if row[col] is not None
    }


# ------------------------------------------------------------------ the upright form: a county bank

RCB_ABOVE = [
    ["安康市金融扶贫小额贷款统计月报表"],
    ["填报单位：汉阴农商银行", None, None, "报告期：2018年3月", None, None, "单位：万元、户、笔"],
]
RCB_HEADER = ["指标名称", "计量单位", "代码", "本月", "本年累计", "历史累计", "期末余额"]
_RCB_ROWS = (
    ("授信户数", "户", "04", "—", "—", "—", 20),
    ("授信金额", "万元", "05", "—", "—", "—", 60.5),
    ("发放金额", "万元", "08", 3.5, 9.25, 80.75, "—"),
    ("收回金额", "万元", "15", 1.25, 4.5, "—", "—"),
    ("期末贷款户数", "户", "21", "—", "—", "—", 9),
    ("期末贷款余额", "万元", "22", "—", "—", "—", 30.25),
    ("逾期贷款余额", "万元", "34", "—", "—", "—", 1.5),
)
RCB_FACTS = {
    (code, "hanyin", "rcb", 0): value
    for code, value in (
        ("credit_line_households", 20),
        ("credit_line_amount", 60_500_000),
        ("disbursed_amount_mtd", 3_500_000),
        ("disbursed_amount_ytd", 9_250_000),
        ("disbursed_amount_cum", 80_750_000),
        ("repaid_amount_mtd", 1_250_000),
        ("repaid_amount_ytd", 4_500_000),
        ("outstanding_households", 9),
        ("outstanding_amount", 30_250_000),
        ("past_due_amount", 1_500_000),
    )
}


def rcb_rows():
    """The rows of the upright form, fresh."""
    return [list(row) for row in _RCB_ROWS]


def upright(row=None, col=None, value=None, *, above=None, header=None, rows=None, below=(), name="月报表", **page):
    """A county bank's page; `row` and `col` name a cell that holds another `value`."""
    lines = rows if rows is not None else rcb_rows()
    if row is not None:
        lines[row][col] = value
    head = RCB_ABOVE if above is None else above
    return Page.of([*head, header or RCB_HEADER, *lines, *below], name, **page)


# ------------------------------------------------------------------ a county's return, and the year's targets

C01_ABOVE = [
    ["安康市金融扶贫工作县区月报表"],
    ["填报单位：汉阴县金融办", "报告期：2018年3月", None, "单位：万元、户、个"],
]
C01_LINES = [
    ["指标名称", "计量单位", "代码", "数值"],
    ["建档立卡贫困户数", "户", "01", 4683],
    ["风险补偿金余额", "万元", "04", 495.7],
    ["农商银行期末贷款余额", "万元", "23", 30.25],
]
PROJECTS = [
    ["金融扶贫项目"],
    ["序号", "项目名称", "总投资", "已完成投资", "贷款金额", "进展情况"],
    [1, "示例茶园", 100, 60, 30, "在建"],
    [2, "示例养殖", 80.5, 40, 20, "完工"],
]
C01_FACTS = {
    ("registered_households", "hanyin", "", 0): 4683,
    ("fund_balance_amount", "hanyin", "", 0): 495_700_000,
    ("mirror_outstanding_amount", "hanyin", "rcb", 0): 30_250_000,
}
PROJECT_FACTS = {
    (f"project_{code}", "hanyin", "", item): value
    for item, row in enumerate(
        (("示例茶园", fen(100), fen(60), fen(30), "在建"), ("示例养殖", fen(80.5), fen(40), fen(20), "完工")), 1
    )
    for code, value in zip(("name", "total_amount", "invested_amount", "loan_amount", "status"), row, strict=True)
}


def county(lines=None, *, above=None, more=PROJECTS, name="县区月报", **page):
    """汉阴县's return, with its list of projects."""
    return Page.of([*(above or C01_ABOVE), *(lines or C01_LINES), *more], name, **page)


T01_FACTS = {
    (code, area, bank_, 0): value
    for i, area in enumerate(IDS)
    for j, bank_ in enumerate(("rcb", "psbc", "abc"))
    for code, value in (("target_amount", fen(100 + i + 10 * j)), ("target_households", 30 + i + j))
}


def targets(names=("农商银行", "邮储银行", "农业银行"), **page):
    """The year's targets, two levels of headers."""
    top = ["县(区)", names[0], None, names[1], None, names[2], None]
    lines = [
        ["安康市2018年度金融扶贫小额贷款目标任务分解表"],
        ["填报单位：安康市金融工作办公室", None, None, "单位：万元、户"],
        top,
        [None, *["目标金额", "目标户数"] * 3],
        *[[area, *(v for j in range(3) for v in (100 + i + 10 * j, 30 + i + j))] for i, area in enumerate(AREAS)],
    ]
    merges = [(2, 0, 3, 0), (2, 1, 2, 2), (2, 3, 2, 4), (2, 5, 2, 6)]
    return Page.of(lines, "目标任务", merges=merges, **page)
