"""A workspace's register exported, edited as in Excel, and what is in its store and its products."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import openpyxl

from tests.jobs.inprocess import asked
from tests.registers import DEADLINES, MONTHLY, row_of

BY = ("--by", "示例甲")
PERSON = ("示例乙", "信贷部科员", "0915-1234567", "yi@example.com", "上午在")
"""Invented: what must never be seen outside the store and the workbook itself."""


def exported(capsys, here, path: Path) -> Path:
    """The register as a workbook of its own."""
    assert asked(capsys, "register", "export", path, *here)["status"] == "exported"
    return path


def edited(path: Path, change: Callable[[openpyxl.Workbook], object], name: str = "改好的登记表.xlsx") -> Path:
    """A copy of it that somebody has edited and saved."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path.with_name(name))
    return path.with_name(name)


def imported(capsys, here, path: Path, change: Callable[[openpyxl.Workbook], object]) -> dict:
    """Export, edit, import."""
    return asked(capsys, "register", "import", edited(exported(capsys, here, path), change), *BY, *here)


def journal(workspace: Path) -> list[str]:
    """Kinds of entries, in order."""
    with sqlite3.connect(workspace / "store/store.sqlite") as raw:
        return [kind for (kind,) in raw.execute("select kind from journal order by seq")]


def release(workspace: Path, period: str = "2018-03") -> dict:
    return json.loads((workspace / f"output/{period}/release.json").read_text("utf-8"))


# ------------------------------------------------------------------ what people do to it


def tenth_from_april(book):
    """From April on the 10th in place of the 8th."""
    sheet = book[DEADLINES]
    sheet.cell(row_of(sheet, MONTHLY, 8, "2017-12"), 4).value = "2018-03"
    sheet.append([MONTHLY, 10, "2018-04", None, "示例办函〔2018〕5号", None])


def _always(book, day: int):
    sheet = book[DEADLINES]
    for row in (row_of(sheet, MONTHLY, 8, None), row_of(sheet, MONTHLY, 8, "2017-12")):
        sheet.cell(row, 2).value = day


def tenth_always(book):
    """The 10th in place of the 8th, whatever the month."""
    _always(book, 10)


def third_always(book):
    """The 3rd in place of the 8th, whatever the month."""
    _always(book, 3)


def new_bank(book):
    """A bank that sends from April on."""
    book["填报单位"].append(["rcb-new", "示例农商银行", None, None, "农商银行", "汉滨区", 90, "示例农商行"])
    book["应报报表"].append(["rcb-new", "示例农商银行", "M01", "必报", "2018-04"])


def other_bank(book):
    """A bank of none of the listed institutions, that sends from March on."""
    book["填报单位"].append(["demo", "示例银行安康分行", None, None, "其他： 示例银行", "石泉县", 91, "示例银行"])
    book["应报报表"].append(["demo", "示例银行安康分行", "M01", "必报", "2018-03"])


def somebody(book):
    """Whom to call at 农行."""
    book["联系人"].append(["abc", "农业银行安康分行", *PERSON])
