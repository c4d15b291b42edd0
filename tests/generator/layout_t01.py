"""The office's yearly targets: areas down, two levels of headers, 万元."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.generator.forms import Colophon, in_wan
from tests.generator.places import COUNTIES, INSTITUTIONS, MARK, OFFICE_NAME
from tests.generator.workbooks import Form

INDICATORS: tuple[tuple[str, str, str], ...] = (
    ("目标金额", "target_amount", "amount"),
    ("目标户数", "target_households", "count"),
)


def file_name(year: int) -> str:
    """「安康市2018年目标任务.xlsx」."""
    return f"安康市{year}年目标任务.xlsx"


def write(path: Path, year: int, targets: Mapping[tuple[str, str, str], int], colophon: Colophon) -> None:
    """Write the targets by (institution, area, indicator); the typed total comes last."""
    title = f"安康市{year}年度金融扶贫小额贷款目标任务分解表"
    form = Form(path, "目标任务", title)
    columns = [(name, *indicator) for name in INSTITUTIONS for indicator in INDICATORS]
    last = len(columns)
    form.span(0, 0, last, title, "title")
    form.span(1, 0, 3, f"填报单位：{OFFICE_NAME}", "plain")
    form.span(1, 4, last, "单位：万元、户", "right")
    form.header(2, 0, [("县(区)",), *((INSTITUTIONS[name], label) for name, label, _, _ in columns)], 2)
    row = 4
    for county in COUNTIES:
        form.put(row, 0, county.name, "label")
        for column, (institution, _, code, style) in enumerate(columns, start=1):
            form.put(row, column, _typed(targets[institution, county.id, code], style), style)
        row += 1
    form.put(row, 0, "合计", "centre")
    for column, (institution, _, code, style) in enumerate(columns, start=1):
        form.put(row, column, _typed(sum(targets[institution, c.id, code] for c in COUNTIES), style), style)
    head, clerk, _, signed = colophon.words
    for column, words in ((0, head), (3, clerk), (5, signed)):
        form.put(row + 1, column, words, "plain")
    form.put(row + 2, 0, MARK, "mark")
    form.sheet.set_column(0, last, 14)
    form.sheet.set_row(0, 34)
    form.page(wide=True)
    form.close()


def _typed(value: int, style: str) -> float:
    return in_wan("", value) if style == "amount" else value
