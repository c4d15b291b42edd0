"""A county's monthly return: indicators down with a single value column, then the list of projects."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pipeline.periods import Month
from tests.generator.counties import MIRRORED, CountyReturn
from tests.generator.forms import Colophon, in_wan
from tests.generator.places import INSTITUTIONS, MARK, unit_name
from tests.generator.workbooks import Form

ROWS: tuple[tuple[str, str, str], ...] = (
    ("建档立卡贫困户数", "户", "registered_households"),
    ("符合条件且有贷款意愿户数", "户", "eligible_households"),
    ("风险补偿金应到位金额", "万元", "fund_required_amount"),
    ("风险补偿金余额", "万元", "fund_balance_amount"),
    ("本年新增风险补偿金", "万元", "fund_added_amount_ytd"),
    ("本年代偿金额", "万元", "fund_compensated_amount_ytd"),
    ("是否建立风险分担机制", "是否", "mechanism_established"),
    ("机制文件", "文本", "mechanism_document"),
    ("机制建立日期", "日期", "mechanism_date"),
    ("县级服务中心计划数", "个", "posts_county_planned"),
    ("县级服务中心已建数", "个", "posts_county_set_up"),
    ("镇级服务站计划数", "个", "posts_township_planned"),
    ("镇级服务站已建数", "个", "posts_township_set_up"),
    ("村级服务点计划数", "个", "posts_village_planned"),
    ("村级服务点已建数", "个", "posts_village_set_up"),
    ("信用户数", "户", "credit_households"),
    ("信用村数", "个", "credit_villages"),
    ("信用镇数", "个", "credit_townships"),
    ("走访户数", "户", "visited_households"),
    ("评分户数", "户", "scored_households"),
)
"""Label, unit of measure and indicator of the county's own rows, coded 01 to 20; the mirror follows, 21 to 29."""

MIRROR_ROWS: tuple[tuple[str, str, str], ...] = tuple(
    zip(("本年累计发放户数", "本年累计发放金额", "期末贷款余额"), ("户", "万元", "万元"), MIRRORED, strict=True)
)

_LAST = 5


def file_name(unit: str, month: Month) -> str:
    """「汉阴县金融办2018年3月报表.xlsx」."""
    return f"{unit_name(unit, month)}{month.label}报表.xlsx"


def write(path: Path, unit: str, month: Month, returned: CountyReturn, colophon: Colophon) -> None:
    """Write one county's return; amounts in 万元, rounded half up to two decimals."""
    title = "安康市金融扶贫工作县区月报表"
    form = Form(path, "县区月报", title)
    form.span(0, 0, _LAST, title, "title")
    form.span(1, 0, 1, f"填报单位：{unit_name(unit, month)}", "plain")
    form.span(1, 2, 3, f"报告期：{month.label}", "plain")
    form.span(1, 4, _LAST, "单位：万元、户、个", "right")
    _write_line(form, 2, ("指标名称", "计量单位", "代码", "数值"), ("header",) * 4)
    _write_line(form, 3, ("甲", "乙", "丙", 1), ("centre",) * 4)
    row = _write_figures(form, 4, returned)
    row = _write_projects(form, row, returned)
    head, clerk, phone, signed = colophon.words
    for column, words in ((0, head), (1, clerk), (3, phone), (5, signed)):
        form.put(row, column, words, "plain")
    form.put(row + 1, 0, MARK, "mark")
    for column, width in enumerate((18, 28, 13, 13, 13, 24)):
        form.sheet.set_column(column, column, width)
    form.sheet.set_row(0, 30)
    form.page()
    form.close()


def _write_line(
    form: Form, row: int, words: tuple[str, str, str, float | str | datetime], styles: tuple[str, str, str, str]
) -> None:
    """Label over two columns, unit, code, value over two columns: the columns of the projects below."""
    form.span(row, 0, 1, words[0], styles[0])
    form.put(row, 2, words[1], styles[1])
    form.put(row, 3, words[2], styles[2])
    form.span(row, 4, _LAST, words[3], styles[3])


def _write_figures(form: Form, row: int, returned: CountyReturn) -> int:
    lines: list[tuple[str, str, float | str | datetime, str]] = []
    for label, unit, code in ROWS:
        if code == "mechanism_date":
            lines.append((label, unit, datetime.fromisoformat(returned.texts[code]), "date"))
        elif code in returned.texts:
            lines.append((label, unit, returned.texts[code], "centre"))
        else:
            lines.append((label, unit, *_typed(unit, returned.figures[code])))
    for institution, name in INSTITUTIONS.items():
        for label, unit, code in MIRROR_ROWS:
            lines.append((f"{name}{label}", unit, *_typed(unit, returned.mirror[institution, code])))
    for number, (label, unit, value, style) in enumerate(lines, start=1):
        _write_line(form, row, (label, unit, f"{number:02d}", value), ("label", "centre", "centre", style))
        row += 1
    return row


def _typed(unit: str, value: int) -> tuple[float, str]:
    return (in_wan("", value), "amount") if unit == "万元" else (value, "count")


def _write_projects(form: Form, row: int, returned: CountyReturn) -> int:
    form.span(row, 0, _LAST, "金融扶贫项目", "section")
    row += 1
    for column, words in enumerate(("序号", "项目名称", "总投资", "已完成投资", "贷款金额", "进展情况")):
        form.put(row, column, words, "header")
    for number, project in enumerate(returned.projects, start=1):
        row += 1
        form.put(row, 0, number, "centre")
        form.put(row, 1, project.name, "label")
        for column, fen in enumerate((project.total, project.invested, project.loan), start=2):
            form.put(row, column, in_wan("", fen), "amount")
        form.put(row, 5, project.status, "label")
    return row + 1
