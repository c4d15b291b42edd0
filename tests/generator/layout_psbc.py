"""The Postal Savings Bank's export: areas down, flat headers, 元 with thousands separators, .xls or GB18030 .csv."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path

from pipeline.periods import Month
from tests.generator.forms import CityReport, exported
from tests.generator.places import COUNTIES, MARK

COLUMNS: tuple[tuple[str, str], ...] = (
    ("授信_户数", "credit_line_households"),
    ("授信_金额(元)", "credit_line_amount"),
    ("评级_户数", "rated_households"),
    ("贫困户_户数", "registered_households"),
    ("有贷款意愿_户数", "eligible_households"),
    ("本月发放_笔数", "disbursed_loans_mtd"),
    ("本月发放_户数", "disbursed_households_mtd"),
    ("本月发放_金额(元)", "disbursed_amount_mtd"),
    ("本年发放_笔数", "disbursed_loans_ytd"),
    ("本年发放_户数", "disbursed_households_ytd"),
    ("本年发放_金额(元)", "disbursed_amount_ytd"),
    ("累计发放_笔数", "disbursed_loans_cum"),
    ("累计发放_户数", "disbursed_households_cum"),
    ("累计发放_金额(元)", "disbursed_amount_cum"),
    ("本月收回_金额(元)", "repaid_amount_mtd"),
    ("本年结清_笔数", "settled_loans_ytd"),
    ("本年收回_金额(元)", "repaid_amount_ytd"),
    ("本月核销_金额(元)", "written_off_amount_mtd"),
    ("本年核销_金额(元)", "written_off_amount_ytd"),
    ("本月其他变动_金额(元)", "other_change_amount_mtd"),
    ("本年其他变动_金额(元)", "other_change_amount_ytd"),
    ("结余_笔数", "outstanding_loans"),
    ("结余_户数", "outstanding_households"),
    ("结余_金额(元)", "outstanding_amount"),
    ("上月结余_金额(元)", "outstanding_amount_previous_month"),
    ("年初结余_金额(元)", "outstanding_amount_year_start"),
    ("上年同期结余_金额(元)", "outstanding_amount_previous_year"),
    ("正常类_金额(元)", "pass_amount"),
    ("关注类_金额(元)", "special_mention_amount"),
    ("次级类_金额(元)", "substandard_amount"),
    ("可疑类_金额(元)", "doubtful_amount"),
    ("损失类_金额(元)", "loss_amount"),
    ("不良贷款_金额(元)", "npl_amount"),
    ("逾期_笔数", "past_due_loans"),
    ("逾期_户数", "past_due_households"),
    ("逾期_金额(元)", "past_due_amount"),
    ("逾期超缓冲期_金额(元)", "past_due_beyond_grace_amount"),
    ("本年续贷_金额(元)", "renewed_amount_ytd"),
    ("本年展期_金额(元)", "extended_amount_ytd"),
    ("加权平均年利率(%)", "weighted_average_rate"),
    ("本年应贴息_金额(元)", "interest_subsidy_accrued_ytd"),
    ("本年已贴息_金额(元)", "interest_subsidy_paid_ytd"),
)
"""Header and indicator of each column between 区县 and 备注."""

CSV_MONTHS: frozenset[Month] = frozenset(
    Month(year, month) for year in range(2017, 2040) for month in ((1,) if year % 2 == 0 else (4, 9))
)
"""Months whose export came as text: 2017-04, 2017-09, 2018-01, and so on."""


def file_name(month: Month) -> str:
    """「邮储安康_201803.xls」, some months `.csv`."""
    return f"邮储安康_{month.year}{month.month:02d}.{'csv' if month in CSV_MONTHS else 'xls'}"


def write(path: Path, report: CityReport) -> None:
    """Write the export in the format that the file's ending names; the typed total comes last."""
    rows = [["区县", *(header for header, _ in COLUMNS), "备注"]]
    for county in COUNTIES:
        rows.append([county.short, *_typed(report.figures(county.id)), report.remarks.get(county.id, "")])
    rows.append(["合计", *_typed(report.total), ""])
    _, clerk, _, signed = report.colophon.words
    footer = [clerk, signed, MARK]
    write_file = _write_csv if path.suffix == ".csv" else _write_xls
    write_file(path, [report.title, "单位：元、户、笔"], rows, footer)


def _typed(figures: Mapping[str, int]) -> list[str]:
    return [exported(code, figures[code]) if code in figures else "" for _, code in COLUMNS]


def _write_csv(path: Path, caption: Sequence[str], rows: Sequence[Sequence[str]], footer: Sequence[str]) -> None:
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([*([line] for line in caption), *rows, footer])
    path.write_bytes(text.getvalue().encode("gb18030"))


def _write_xls(path: Path, caption: Sequence[str], rows: Sequence[Sequence[str]], footer: Sequence[str]) -> None:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("sheet1")
    box = "font: name 宋体, height 200; borders: left thin, right thin, top thin, bottom thin; align: vert centre"
    title, unit = xlwt.easyxf("font: name 黑体, height 320"), xlwt.easyxf("font: name 宋体")
    head = xlwt.easyxf(f"{box}, horiz centre, wrap on; pattern: pattern solid, fore_colour gray25")
    words, figure = xlwt.easyxf(box), xlwt.easyxf(f"{box}, horiz right")
    width = len(rows[0])
    sheet.write(0, 0, caption[0], title)
    sheet.write(1, 0, caption[1], unit)
    for row, values in enumerate(rows, start=2):
        for column, value in enumerate(values):
            style = head if row == 2 else figure if 0 < column < width - 1 else words
            sheet.write(row, column, value, style)
    for column, value in enumerate(footer):
        sheet.write(2 + len(rows), column * 4, value, unit)
    for column, header in enumerate(rows[0]):
        sheet.col(column).width = 256 * (17 if "元" in header else 24 if header == "备注" else 11)
    for row in range(len(rows) + 3):
        sheet.row(row).height_mismatch, sheet.row(row).height = True, 20 * (30 if row in (0, 2) else 16)
    sheet.set_portrait(False)
    book.save(str(path))
