"""The Agricultural Bank's statement: areas down, three levels of merged headers, 万元 with two decimals."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.periods import Month
from tests.generator.forms import CityReport, in_wan
from tests.generator.places import COUNTIES, MARK, OF_WHICH, unit_name
from tests.generator.statements import COUNTS
from tests.generator.workbooks import Form

COLUMNS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("建档立卡情况", "建档立卡贫困户数"), "registered_households"),
    (("建档立卡情况", "符合条件且有贷款意愿户数"), "eligible_households"),
    (("评级授信", "评级户数"), "rated_households"),
    (("评级授信", "授信户数"), "credit_line_households"),
    (("评级授信", "授信金额"), "credit_line_amount"),
    (("发放情况", "本月", "笔数"), "disbursed_loans_mtd"),
    (("发放情况", "本月", "户数"), "disbursed_households_mtd"),
    (("发放情况", "本月", "金额"), "disbursed_amount_mtd"),
    (("发放情况", "本年累计", "笔数"), "disbursed_loans_ytd"),
    (("发放情况", "本年累计", "户数"), "disbursed_households_ytd"),
    (("发放情况", "本年累计", "金额"), "disbursed_amount_ytd"),
    (("发放情况", "历史累计", "笔数"), "disbursed_loans_cum"),
    (("发放情况", "历史累计", "户数"), "disbursed_households_cum"),
    (("发放情况", "历史累计", "金额"), "disbursed_amount_cum"),
    (("收回情况", "本月金额"), "repaid_amount_mtd"),
    (("收回情况", "本年累计", "笔数"), "settled_loans_ytd"),
    (("收回情况", "本年累计", "金额"), "repaid_amount_ytd"),
    (("核销及代偿", "本月金额"), "written_off_amount_mtd"),
    (("核销及代偿", "本年累计金额"), "written_off_amount_ytd"),
    (("其他变动", "本月金额"), "other_change_amount_mtd"),
    (("其他变动", "本年累计金额"), "other_change_amount_ytd"),
    (("期末余额", "笔数"), "outstanding_loans"),
    (("期末余额", "户数"), "outstanding_households"),
    (("期末余额", "金额"), "outstanding_amount"),
    (("对比基数", "上月末余额"), "outstanding_amount_previous_month"),
    (("对比基数", "年初余额"), "outstanding_amount_year_start"),
    (("对比基数", "上年同期余额"), "outstanding_amount_previous_year"),
    (("五级分类", "正常"), "pass_amount"),
    (("五级分类", "关注"), "special_mention_amount"),
    (("五级分类", "次级"), "substandard_amount"),
    (("五级分类", "可疑"), "doubtful_amount"),
    (("五级分类", "损失"), "loss_amount"),
    (("不良贷款余额",), "npl_amount"),
    (("逾期贷款", "笔数"), "past_due_loans"),
    (("逾期贷款", "户数"), "past_due_households"),
    (("逾期贷款", "余额"), "past_due_amount"),
    (("逾期贷款", "其中：逾期超过缓冲期余额"), "past_due_beyond_grace_amount"),
    (("本年续贷金额",), "renewed_amount_ytd"),
    (("本年展期金额",), "extended_amount_ytd"),
    (("加权平均利率(年)",), "weighted_average_rate"),
    (("贴息", "本年应贴息"), "interest_subsidy_accrued_ytd"),
    (("贴息", "本年已兑付"), "interest_subsidy_paid_ytd"),
)
"""Header path and indicator of each column between 县(区) and 备注."""

_LEVELS = 3


def file_name(month: Month) -> str:
    """「农行2018年3月金融扶贫小额贷款统计表.xlsx」."""
    return f"农行{month.label}金融扶贫小额贷款统计表.xlsx"


def write(path: Path, report: CityReport) -> None:
    """Write the statement: the typed total first, of-which rows under their county."""
    form = Form(path, "统计表", report.title)
    last = len(COLUMNS) + 1
    form.span(0, 0, last, report.title, "title")
    form.span(1, 0, last // 2, f"填报单位：{unit_name(report.unit, report.month)}", "plain")
    form.span(1, last // 2 + 1, last, "单位：万元、户、笔", "right")
    paths = [("县(区)",), *(path for path, _ in COLUMNS), ("备注",)]
    form.header(2, 0, paths, _LEVELS)
    row = 2 + _LEVELS
    for column, number in enumerate(("甲", *range(1, last), "乙")):
        form.put(row, column, number, "centre")
    row += 1
    _write_row(form, row, "合计", "centre", report.total, "")
    for county in COUNTIES:
        row += 1
        _write_row(form, row, county.name, "label", report.figures(county.id), report.remarks.get(county.id, ""))
        for place in OF_WHICH:
            if place.within == county.id:
                row += 1
                _write_row(form, row, f"其中：{place.name}", "indented", report.figures(place.id), "")
    row += 1
    for part, words in enumerate(report.colophon.words):
        form.put(row, part * 11, words, "plain")
    form.put(row + 1, 0, MARK, "mark")
    _shape(form, last)
    form.close()


def _write_row(form: Form, row: int, name: str, style: str, figures: Mapping[str, int], remark: str) -> None:
    form.put(row, 0, name, style)
    for column, (_, code) in enumerate(COLUMNS, start=1):
        value = in_wan(code, figures[code]) if code in figures else None
        form.put(row, column, value, "count" if code in COUNTS else "amount")
    form.put(row, len(COLUMNS) + 1, remark or None, "label")


def _shape(form: Form, last: int) -> None:
    form.sheet.set_column(0, 0, 16)
    for column, (_, code) in enumerate(COLUMNS, start=1):
        form.sheet.set_column(column, column, 7 if code in COUNTS else 9.5)
    form.sheet.set_column(last, last, 22)
    form.sheet.set_default_row(18)
    form.sheet.set_row(0, 34)
    for row, height in ((2, 20), (3, 20), (4, 58)):
        form.sheet.set_row(row, height)
    form.sheet.freeze_panes(6, 1)
    form.page(wide=True, paper=8)
