"""What the printed workbooks hold: cached values by part, row and figure, found by the words of their headers."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl

from tests.month.expected import NAME, TITLE, Value
from tests.month.road import unit_of

_LENT = ("授信", "本月发放", "本年累计发放", "历史累计发放", "期末余额", "逾期")
_CODES = ("credit_line", "disbursed_{}_mtd", "disbursed_{}_ytd", "disbursed_{}_cum", "outstanding", "past_due")
HEADERS: dict[tuple[str, ...], str] = {
    **{
        (group, word): code.format(kind) if "{}" in code else f"{code}_{kind}"
        for group, code in zip(_LENT, _CODES, strict=True)
        for word, kind in (("户数", "households"), ("金额", "amount"))
    },
    ("本年累计发放", "同比%"): "disbursed_amount_ytd_yoy",
    ("期末余额", "较年初增减"): "outstanding_amount_change",
    ("逾期", "逾期率%"): "past_due_ratio",
    ("不良", "余额"): "npl_amount",
    ("不良", "不良率%"): "npl_ratio",
    ("年度任务", "目标"): "target_amount",
    ("年度任务", "完成率%"): "target_completion_ratio",
    ("年度任务", "位次"): "target_rank",
    ("建档立卡贫困户数",): "registered_households",
    ("投放面(户贷率)%",): "lending_coverage_ratio",
    ("贷款贫困户比例%",): "loan_household_ratio",
    ("贷款增速%",): "outstanding_amount_yoy",
    ("风险补偿金到位",): "fund_balance_amount",
    ("投放面位次",): "lending_coverage_rank",
}
"""Header words from top to bottom, and the figure below them; annex 2 adds up banks and says 户次 for 户数."""

WORDLESS = {"序号", "县(区)", "机构、县(区)", "备注"}
ROWS = {"合计": "total", **{name: area for area, name in NAME.items()}, **{name: bank for bank, name in TITLE.items()}}
PARTS = {"一、分机构": "institutions", "二、分县区": "counties"}
WORDS = {"": None, "not_applicable": "—", "not_computed": "未报齐，不计算", "missing": None}

Shown = tuple[object, bool]
"""The cached value, amounts in whole fen; and whether the cell's format marks it as partial."""


def printed_annex(folder: Path, number: int) -> dict[tuple[str, str, str], Shown]:
    """Every figure of an annex's workbook as it is cached there."""
    (path,) = folder.glob(f"附件{number} *.xlsx")
    sheet = openpyxl.load_workbook(path, data_only=True).active
    grid = [list(row) for row in sheet.iter_rows()]
    top = next(at for at, row in enumerate(grid) if row[0].value == "序号")
    figures = _columns([cell.value for cell in grid[top]], [cell.value for cell in grid[top + 1]])
    found: dict[tuple[str, str, str], Shown] = {}
    part = "counties"
    for row in grid[top + 2 :]:
        part = PARTS.get(str(row[0].value), part)
        if row[1].value in ROWS:
            for at, figure in figures.items():
                found[part, ROWS[row[1].value], figure] = _shown(figure, row[at])
    return found


def _columns(groups: list[object], leaves: list[object]) -> dict[int, str]:
    figures, group = {}, ""
    for at, (above, leaf) in enumerate(zip(groups, leaves, strict=True)):
        group = str(above or group)
        path = (group,) if leaf is None else (group, str(leaf).replace("户次", "户数"))
        if group not in WORDLESS:
            figures[at] = HEADERS[path]
    return figures


def _shown(figure: str, cell: object) -> Shown:
    value = cell.value
    if isinstance(value, (int, float)) and unit_of(figure) == "元":
        wan = Decimal(repr(value))
        assert wan == round(wan, 6), f"{cell.coordinate}: more than six decimals of 万元"
        value = int(wan * 1_000_000)
    return value, "*" in cell.number_format


def as_shown(figure: str, value: Value) -> Shown:
    """What the workbook must hold for an expected figure."""
    if value.number is None:
        words = "—" if figure.endswith("_rank") and value.symbol != "missing" else WORDS[value.symbol]
        return words, False
    number = value.number if value.over is None else value.number / value.over
    return number, value.symbol == "partial"
