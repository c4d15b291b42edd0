"""A county bank's statement: the official upright form, indicators down, spans of time across, 万元."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.periods import Month
from tests.generator.forms import Colophon, in_wan, in_yuan
from tests.generator.places import MARK, OFFICE_NAME, unit_name
from tests.generator.statements import COUNTS
from tests.generator.workbooks import Form

SPANS: tuple[str, ...] = ("本月", "本年累计", "历史累计", "期末余额")

_MTD, _YTD, _CUM, _END = range(4)

ROWS: tuple[tuple[str, str, str, Mapping[int, str]], ...] = (
    ("建档立卡贫困户数", "户", "01", {_END: "registered_households"}),
    ("符合条件且有贷款意愿户数", "户", "02", {_END: "eligible_households"}),
    ("评级户数", "户", "03", {_END: "rated_households"}),
    ("授信户数", "户", "04", {_END: "credit_line_households"}),
    ("授信金额", "万元", "05", {_END: "credit_line_amount"}),
    *(
        (
            f"发放{label}",
            unit,
            no,
            {_MTD: f"disbursed_{code}_mtd", _YTD: f"disbursed_{code}_ytd", _CUM: f"disbursed_{code}_cum"},
        )
        for label, unit, no, code in (
            ("笔数", "笔", "06", "loans"),
            ("户数", "户", "07", "households"),
            ("金额", "万元", "08", "amount"),
        )
    ),
    ("收回金额", "万元", "15", {_MTD: "repaid_amount_mtd", _YTD: "repaid_amount_ytd"}),
    ("结清笔数", "笔", "16", {_YTD: "settled_loans_ytd"}),
    ("核销及代偿金额", "万元", "18", {_MTD: "written_off_amount_mtd", _YTD: "written_off_amount_ytd"}),
    ("其他变动金额", "万元", "19A", {_MTD: "other_change_amount_mtd", _YTD: "other_change_amount_ytd"}),
    ("期末贷款笔数", "笔", "20", {_END: "outstanding_loans"}),
    ("期末贷款户数", "户", "21", {_END: "outstanding_households"}),
    ("期末贷款余额", "万元", "22", {_END: "outstanding_amount"}),
    ("上月末余额", "万元", "23", {_END: "outstanding_amount_previous_month"}),
    ("年初余额", "万元", "24", {_END: "outstanding_amount_year_start"}),
    ("上年同期余额", "万元", "25", {_END: "outstanding_amount_previous_year"}),
    ("正常类贷款", "万元", "26", {_END: "pass_amount"}),
    ("关注类贷款", "万元", "27", {_END: "special_mention_amount"}),
    ("次级类贷款", "万元", "28", {_END: "substandard_amount"}),
    ("可疑类贷款", "万元", "29", {_END: "doubtful_amount"}),
    ("损失类贷款", "万元", "30", {_END: "loss_amount"}),
    ("不良贷款余额", "万元", "31", {_END: "npl_amount"}),
    ("逾期贷款笔数", "笔", "32", {_END: "past_due_loans"}),
    ("逾期贷款户数", "户", "33", {_END: "past_due_households"}),
    ("逾期贷款余额", "万元", "34", {_END: "past_due_amount"}),
    ("其中：逾期超过缓冲期余额", "万元", "35", {_END: "past_due_beyond_grace_amount"}),
    ("续贷金额", "万元", "36", {_YTD: "renewed_amount_ytd"}),
    ("展期金额", "万元", "37", {_YTD: "extended_amount_ytd"}),
    ("加权平均利率(年)", "%", "38", {_YTD: "weighted_average_rate"}),
    ("应贴息", "万元", "39", {_YTD: "interest_subsidy_accrued_ytd"}),
    ("已兑付贴息", "万元", "40", {_YTD: "interest_subsidy_paid_ytd"}),
)
"""Label, unit of measure, code 「丙」, and the indicator in each span of time; every other cell holds `—`."""

_LAST = 6


def file_name(unit: str, month: Month) -> str:
    """「汉阴农商银行2018年3月.xlsx」."""
    return f"{unit_name(unit, month)}{month.label}.xlsx"


def write(
    path: Path,
    unit: str,
    month: Month,
    figures: Mapping[str, int],
    remark: str,
    colophon: Colophon,
    *,
    slip: bool = False,
) -> None:
    """Write one county's statement from its figures by indicator; `slip`: amounts in 元 under the caption 万元."""
    title = "安康市金融扶贫小额贷款统计月报表"
    form = Form(path, "月报表", title)
    form.span(0, 0, _LAST, title, "title")
    form.span(1, 4, _LAST, "表号：安金扶M01表", "plain")
    form.span(2, 0, 2, f"填报单位：{unit_name(unit, month)}", "plain")
    form.span(2, 4, _LAST, f"制定机关：{OFFICE_NAME}", "plain")
    form.span(3, 0, 2, f"报告期：{month.label}", "plain")
    form.span(3, 4, _LAST, "单位：万元、户、笔", "plain")
    for column, words in enumerate(("指标名称", "计量单位", "代码", *SPANS)):
        form.put(4, column, words, "header")
    numbers: tuple[str | int, ...] = ("甲", "乙", "丙", 1, 2, 3, 4)
    for column, number in enumerate(numbers):
        form.put(5, column, number, "centre")
    row = _write_rows(form, figures, in_yuan if slip else in_wan)
    form.span(row, 0, _LAST, f"备注：{remark}", "label")
    head, clerk, phone, signed = colophon.words
    for column, words in ((0, head), (1, clerk), (3, phone), (5, signed)):
        form.put(row + 1, column, words, "plain")
    form.put(row + 2, 0, MARK, "mark")
    for column, width in enumerate((30, 10, 8, 15, 15, 15, 15)):
        form.sheet.set_column(column, column, width)
    form.sheet.set_row(0, 30)
    form.page()
    form.close()


def _write_rows(form: Form, figures: Mapping[str, int], typed: Callable[[str, int], float]) -> int:
    """The body; the result is the first row below it."""
    row = 6
    for label, unit, code, spans in ROWS:
        form.put(row, 0, label, "indented" if label.startswith("其中") else "label")
        form.put(row, 1, unit, "centre")
        form.put(row, 2, code, "centre")
        for span in range(len(SPANS)):
            indicator = spans.get(span)
            if indicator is None:
                form.put(row, 3 + span, "—", "centre")
            else:
                value = typed(indicator, figures[indicator]) if indicator in figures else None
                form.put(row, 3 + span, value, "count" if indicator in COUNTS else "amount")
        row += 1
    return row
