"""What is wrong in a file and not in its figures: title, sender, unit of money, stray words, what is hidden."""

from __future__ import annotations

from collections.abc import Callable

from openpyxl.worksheet.worksheet import Worksheet

from tests.sabotage.planting import FILE, Desk, Draft, kind

Change = Callable[[Worksheet, Draft], str]
"""Alters the sheet and says at which cells; empty where the file as such is wrong."""


def file_kind(
    name: str, title: str, *causes: str, units: tuple[str, ...] = (), whole_money: bool = False
) -> Callable[[Change], Change]:
    """A kind that alters the sheet of a workbook."""

    def register(change: Change) -> Change:
        @kind(name, FILE, title, *causes, in_files=True)
        def plant(desk: Desk) -> Draft:
            draft = desk.draft("M01", units or ("abc", *desk.county_banks))
            draft.whole = True
            draft.alter = change
            draft.also |= {("", code) for code in draft.amounts} if whole_money else set()
            return draft

        plant.__doc__ = change.__doc__
        return change

    return register


def reworded(sheet: Worksheet, words: str, others: str) -> str:
    """Write other words wherever these stand; at which cells."""
    found = [c for row in sheet.iter_rows() for c in row if isinstance(c.value, str) and words in c.value]
    for cell in found:
        sheet[cell.coordinate] = str(cell.value).replace(words, others)
    return " ".join(cell.coordinate for cell in found)


@file_kind("title-last-month", "标题仍写上月，数字是本月的", "A18", "F04", "A02", "A04")
def title_of_last_month(sheet: Worksheet, draft: Draft) -> str:
    """The title still names last month."""
    return reworded(sheet, draft.month.label, draft.month.previous.label)


@file_kind("heading-last-year", "报告期的年份写成上一年，数字是本月的", "period")
def heading_of_last_year(sheet: Worksheet, draft: Draft) -> str:
    """The year of the heading was not changed since the year before."""
    return reworded(sheet, draft.month.label, draft.month.year_before.label)


@file_kind("heading-other-bank", "填报单位写成别的银行，数字是本行的", "sender")
def heading_of_another_bank(sheet: Worksheet, draft: Draft) -> str:
    """The heading names another bank; the file's name and the figures are the sender's own."""
    units = draft.history.catalog.units.by_id
    banks = ("rcb-shiquan", "rcb-hanyin") if units[draft.clean.unit].institution == "rcb" else ("psbc",)
    other = next(bank for bank in banks if bank != draft.clean.unit)
    return reworded(sheet, units[draft.clean.unit].name(draft.month), units[other].name(draft.month))


@file_kind("caption-yuan", "表上写“单位：元”，金额是万元", "F05", "A13", "unit", whole_money=True)
def caption_in_yuan(sheet: Worksheet, draft: Draft) -> str:
    """The caption says 元 over figures in 万元."""
    return reworded(sheet, "万元", "元")


@file_kind("sender-unknown", "填报单位写成登记之外的名称", "F03")
def sender_unknown(sheet: Worksheet, draft: Draft) -> str:
    """The sender's name is one that nobody bears."""
    name = draft.history.catalog.units.by_id[draft.clean.unit].name(draft.month)
    return reworded(sheet, name, "示例村镇银行")


@file_kind("words-for-figure", "数字格里写了文字", "F07")
def words_in_a_figure(sheet: Worksheet, draft: Draft) -> str:
    """A figure is written as 约若干."""
    seen = draft.seen[draft.counties[0], "outstanding_amount", "", 0]
    sheet[seen.cell] = f"约{seen.raw}左右"
    return seen.cell


@file_kind("half-household", "户数填了小数", "F07")
def half_a_household(sheet: Worksheet, draft: Draft) -> str:
    """Households are not whole."""
    seen = draft.seen[draft.counties[0], "outstanding_households", "", 0]
    sheet[seen.cell] = (seen.value or 0) + 0.5
    return seen.cell


@file_kind("row-hidden", "一个县区的行被隐藏", "F08", units=("abc",))
def row_hidden(sheet: Worksheet, draft: Draft) -> str:
    """The row of a county is hidden."""
    seen = draft.seen[draft.random.choice(draft.counties), "outstanding_amount", "", 0]
    row = sheet[seen.cell].row
    sheet.row_dimensions[row].hidden = True
    return " ".join(cell.coordinate for cell in sheet[row])


@file_kind("stray-figure", "表外多写了一个数", "F06")
def stray_figure(sheet: Worksheet, draft: Draft) -> str:
    """A number stands beside the table."""
    cell = sheet.cell(sheet.max_row - 1, sheet.max_column + 2, 12345)
    return cell.coordinate


@file_kind("row-deleted", "打开后删掉了一个县区的行", "A16", units=("abc",))
def row_deleted(sheet: Worksheet, draft: Draft) -> str:
    """The cells of a county are cleared, its name too."""
    row = sheet[draft.seen[draft.random.choice(draft.counties), "outstanding_amount", "", 0].cell].row
    for cell in sheet[row]:
        if type(cell).__name__ != "MergedCell":
            cell.value = None
    return " ".join(cell.coordinate for cell in sheet[row])
