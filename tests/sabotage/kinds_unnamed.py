"""Headings that were not changed, in files whose names say no month: neither heading nor name tells when they are of."""

from __future__ import annotations

from collections.abc import Callable

from openpyxl.worksheet.worksheet import Worksheet

from pipeline.periods import Month
from tests.sabotage.kinds_files import reworded
from tests.sabotage.planting import FILE, Desk, Draft, kind

NAMES = {"M01": "月报表.xlsx", "C01": "县区报表.xlsx", "Q01": "措施表.xlsx"}
Other = Callable[[Month], Month]


def headed(name: str, title: str, form: str, other: Other) -> None:
    """A kind whose heading says another month, in a file under a name without one."""

    @kind(name, FILE, title, "period", in_files=True)
    def plant(desk: Desk) -> Draft | None:
        draft = desk.draft(form, ("abc", *desk.county_banks) if form == "M01" else ())
        before = desk.history.by_matter.get((form, draft.clean.unit, str(other(draft.month))))
        if before is None or desk.history.files[draft.clean.sha256].suffix != ".xlsx":
            return None
        draft.whole, draft.name = True, NAMES[form]
        draft.alter = change
        return draft

    def change(sheet: Worksheet, draft: Draft) -> str:
        return reworded(sheet, draft.month.label, other(draft.month).label)

    plant.__doc__ = "The heading says an earlier month, whose form has come; the file's name says none."


def _last(month: Month) -> Month:
    return month.previous


def _last_year(month: Month) -> Month:
    return month.year_before


headed("unnamed-last-month", "报告期仍写上月，文件名没有写月份", "M01", _last)
headed("unnamed-last-year", "报告期写成上年同月，文件名没有写月份", "M01", _last_year)
headed("unnamed-return", "县区报表的报告期仍写上月，文件名没有写月份", "C01", _last)
headed("unnamed-words", "措施表的报告期仍写上月，文件名没有写月份", "Q01", _last)
headed("unnamed-words-last-year", "措施表的报告期写成上年同月，文件名没有写月份", "Q01", _last_year)
