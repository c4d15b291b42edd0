"""One workbook with the reports of several units: each gets back what is its own, and nothing of the others."""

from __future__ import annotations

import copy

import openpyxl
import pytest

from tests.jobs.inprocess import asked, duty, run
from tests.jobs.sample import SAMPLE, inbox_of, tree

FILE, LIST = "安康农商行2018年3月.xlsx", "审核问题"
HANYIN, SHIQUAN, PINGLI = "汉阴农商银行", "石泉农商银行", "平利农商银行"


def put_together(*units: str) -> openpyxl.Workbook:
    """The sample's statements of these banks, a sheet each, as their association sends them."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for unit in units:
        source = openpyxl.load_workbook(SAMPLE / "2018-03" / f"{unit}2018年3月.xlsx").active
        sheet = book.create_sheet(unit[:2])
        for row in source.iter_rows():
            for cell in row:
                made = sheet.cell(cell.row, cell.column, cell.value)
                made.number_format, made.font = cell.number_format, copy.copy(cell.font)
        for merged in source.merged_cells.ranges:
            sheet.merge_cells(str(merged))
    return book


@pytest.fixture
def sent(capsys, tmp_path):
    """汉阴 has typed in 元, 石泉 a negative number of households, 平利 nothing wrong."""
    book = put_together(HANYIN, SHIQUAN, PINGLI)
    book["石泉"]["E15"].value = -94.29
    book.create_sheet("备查底稿")["A1"] = "三行合计"
    book["备查底稿"].sheet_state = "hidden"
    (inbox_of(tmp_path, "2018-03", only="市2018") / FILE).parent.mkdir(parents=True, exist_ok=True)
    book.save(tmp_path / "inbox" / FILE)
    run(capsys, "monthly", "2018-03", "--workspace", tmp_path, "--as-of", "2018-04-10")
    return tmp_path


def marked_of(workspace, unit):
    (file,) = (workspace / "output/2018-03/退回单" / unit).glob("*.xlsx")
    return file


def everything(file):
    """Every part of a workbook as text, unpacked."""
    import zipfile

    with zipfile.ZipFile(file) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def test_each_unit_sees_its_own_sheet_and_its_own_marks(sent):
    units = {path.split("/")[0] for path in tree(sent / "output/2018-03/退回单")}
    assert {HANYIN, SHIQUAN} <= units
    hanyin, shiquan = (openpyxl.load_workbook(marked_of(sent, unit)) for unit in (HANYIN, SHIQUAN))
    assert (hanyin.sheetnames, shiquan.sheetnames) == (["汉阴", LIST], ["石泉", LIST])
    assert {c.coordinate for r in shiquan["石泉"].iter_rows() for c in r if c.comment} == {"E15"}
    assert len([c for r in hanyin["汉阴"].iter_rows() for c in r if c.comment]) == 22, (
        "four of its 26 amounts are nought"
    )
    for unit, others in ((HANYIN, "石泉"), (SHIQUAN, "汉阴")):
        text = everything(marked_of(sent, unit))
        assert not [word for word in (others, "平利", "三行合计") if word in text], unit
        assert "原文件中还有别的单位的报表，本工作簿只有你单位的部分。" in text
    before = openpyxl.load_workbook(sent / "inbox" / FILE)["汉阴"]
    assert [[c.value for c in r] for r in hanyin["汉阴"].iter_rows()] == [
        [c.value for c in r] for r in before.iter_rows()
    ]


def test_what_comes_home_is_that_units_report(capsys, sent):
    book = openpyxl.load_workbook(marked_of(sent, SHIQUAN))
    book["石泉"]["E15"].value = 94.29
    book.save(sent / "inbox" / "石泉更正.xlsx")
    told = asked(capsys, "monthly", "2018-03", "--workspace", sent, "--as-of", "2018-04-12")
    assert (duty(told, "rcb-shiquan")["state"], duty(told, "rcb-hanyin")["state"]) == ("in_force", "rejected")


def test_a_workbook_of_one_unit_goes_back_whole(capsys, tmp_path):
    book = put_together(HANYIN)
    book.create_sheet("说明")["A1"] = "本行按季结息"
    (inbox_of(tmp_path, "2018-03", only="市2018") / FILE).parent.mkdir(parents=True, exist_ok=True)
    book.save(tmp_path / "inbox" / FILE)
    run(capsys, "monthly", "2018-03", "--workspace", tmp_path, "--as-of", "2018-04-10")
    assert openpyxl.load_workbook(marked_of(tmp_path, HANYIN)).sheetnames == ["汉阴", "说明", LIST]
