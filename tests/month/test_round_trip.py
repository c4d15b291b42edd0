"""A whole month there and back: notices and reminders go out, half is corrected, half explained, the next run is final.

What comes home was saved by a person's hand in openpyxl, and by LibreOffice as .xlsx and as .xls.
"""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest
import xlrd
import xlwt

from pipeline.periods import Month
from tests.generator import write
from tests.jobs.inprocess import asked
from tests.month import expected, loans_truth
from tests.month.road import ANNEXES, annex_rows, differences, sample_folders
from tests.office import convert

MARCH = Month(2018, 3)
FIRST, SECOND = "2018-04-10", "2018-04-12"
OF_ABC, OF_PSBC = "农行2018年3月金融扶贫小额贷款统计表", "邮储安康_201803"
OF_HANYIN, OF_SHIQUAN, OF_BAIHE = (f"{county}农商银行2018年3月" for county in ("汉阴", "石泉", "白河"))
OF_ZIYANG = "紫阳县金融办2018年3月报表"
NINGSHAN, PINGLI = (f"扶贫工作措施表（{county}农商银行2018年3月）" for county in ("宁陕", "平利"))

ASKED = {
    ("rcb-hanyin", "A13", "D14"),
    ("psbc", "A01", "P12"),
    ("rcb-shiquan", "A10", "E15"),
    ("abc", "A13", "I14"),
    ("rcb-baihe", "A12", "G9"),
    ("fin-ziyang", "C01-3", "E19"),
    ("rcb-ningshan", "Q01-1", "表1第2行第3列"),
    ("rcb-pingli", "Q01-2", "表1第9行第3列"),
}
"""Unit, rule and cell of every finding of the first round: four of the sample's own, four planted here."""
EXPLAINED = {"abc", "rcb-baihe", "fin-ziyang", "rcb-ningshan"}
WHY = {
    "农业银行安康分行": "紫阳县有三户产业大户按担保方式各发放八万元",
    "白河农商银行": "十九户脱贫户的评级本月到期，正在重新评定，授信仍然有效",
    "紫阳县金融办": "易地搬迁社区新设服务点九个，计划数待县政府调整",
    "宁陕农商银行": "本季度组织架构和制度没有调整，下季度随年度方案更新",
}


# ------------------------------------------------------------------ the first round: what is wrong


def _retyped(file: Path, cell: str, value: float) -> None:
    book = openpyxl.load_workbook(file)
    book.active[cell].value = value
    book.save(file)


def _exported_with(file: Path, row: int, column: int, text: str) -> None:
    """The bank's export, written anew with one other figure."""
    before = xlrd.open_workbook(file).sheet_by_index(0)
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(before.name)
    for at in range(before.nrows):
        for col, value in enumerate(before.row_values(at)):
            sheet.write(at, col, text if (at, col) == (row, column) else value)
    book.save(str(file))


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """The fifteen months of the sample with four more errors in the last, received and released; what was told."""
    workspace = tmp_path_factory.mktemp("round-trip")
    for month in sample_folders():
        shutil.copytree(month, workspace / "inbox" / month.name)
    march = workspace / "inbox" / "2018-03"
    _exported_with(march / f"{OF_PSBC}.xls", 11, 15, "438,585.54")
    _retyped(march / f"{OF_SHIQUAN}.xlsx", "E15", -94.29)
    _retyped(march / f"{OF_BAIHE}.xlsx", "G9", 702)
    _retyped(march / f"{OF_ZIYANG}.xlsx", "E19", 184)
    return workspace


def _findings(workspace: Path) -> list[dict[str, str]]:
    with (workspace / "output" / "2018-03" / "data" / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if row["severity"] != "note"]


def _state(capsys, workspace: Path, day: str) -> dict[tuple[str, str], str]:
    told = asked(capsys, "status", "2018-03", "--workspace", workspace, "--as-of", day)
    return {(duty["reporting_unit"], duty["form"]): duty["state"] for duty in told["data"]["duties"]}


# ------------------------------------------------------------------ what the units do with it


def _marked(workspace: Path, unit: str) -> Path:
    (book,) = (workspace / "output" / "2018-03" / "退回单" / unit).glob("*.xlsx")
    return book


def _corrected(source: Path, target: Path, figures: dict[str, float | str]) -> Path:
    """The marked workbook with these figures typed over: each is in a cell that was filled and commented."""
    book = openpyxl.load_workbook(source)
    sheet = book.worksheets[0]
    for cell, figure in figures.items():
        assert sheet[cell].comment, f"{cell} is not marked"
        sheet[cell].value = figure
    book.save(target)
    return target


def _in_wan(source: Path) -> dict[str, float]:
    """What 汉阴 types: each marked figure in 万元 in the place of 元."""
    sheet = openpyxl.load_workbook(source).worksheets[0]
    return {c.coordinate: round(c.value / 10_000, 2) for row in sheet.iter_rows() for c in row if c.comment}


def _explained(source: Path, target: Path, why: str) -> Path:
    """The list at the end filled in by somebody, row by row where it asks for an answer."""
    book = openpyxl.load_workbook(source)
    sheet = book["审核问题"]
    (header,) = [row for row in sheet.iter_rows() if any(cell.value == "问题编号" for cell in row)]
    (answer,) = [cell.column for cell in header if cell.value == "核实说明"]
    for row in range(header[0].row + 1, sheet.max_row + 1):
        if not sheet.cell(row, answer).value:
            sheet.cell(row, answer).value = why
    book.save(target)
    return target


def _updated(source: Path, target: Path) -> None:
    """平利's measures with the balance as its statement has it."""
    paper = docx.Document(str(source))
    cells = [cell for table in paper.tables for row in table.rows for cell in row.cells]
    runs = [run for cell in cells for paragraph in cell.paragraphs for run in paragraph.runs]
    wrong = [run for run in runs if "1233.40万元" in run.text]
    assert wrong
    for run in wrong:
        run.text = run.text.replace("1233.40万元", "1323.40万元")
    paper.save(str(target))


def _send_what_was_missing(inbox: Path, folder: Path) -> None:
    """镇坪's own two papers of March, from the same loans."""
    write(loans_truth.sample_city(), [MARCH], folder, clean=True)
    papers = [paper for paper in (folder / "2018-03").iterdir() if "镇坪农商" in paper.name]
    assert len(papers) == 2
    for paper in papers:
        shutil.copy2(paper, inbox / paper.name)


def _answer(workspace: Path, desk: Path) -> None:
    """All that comes home in the second round, as it lies in the inbox."""
    inbox = workspace / "inbox" / "2018-03-更正"
    inbox.mkdir()
    hanyin, psbc, shiquan = (_marked(workspace, u) for u in ("汉阴农商银行", "邮储银行安康市分行", "石泉农商银行"))
    typed = [
        _corrected(hanyin, desk / "汉阴更正.xlsx", _in_wan(hanyin)),
        _corrected(psbc, desk / "邮储更正.xlsx", {"P12": "483,585.54"}),
        _explained(_marked(workspace, "白河农商银行"), desk / "白河说明.xlsx", WHY["白河农商银行"]),
    ]
    for saved in convert(typed, "xlsx", desk, recalculate=False):
        shutil.copy2(saved, inbox / saved.name)
    (old,) = convert([_corrected(shiquan, desk / "石泉更正.xlsx", {"E15": 94.29})], "xls", desk, recalculate=False)
    shutil.copy2(old, inbox / old.name)
    for unit in ("农业银行安康分行", "紫阳县金融办", "宁陕农商银行"):
        _explained(_marked(workspace, unit), inbox / f"{unit}说明.xlsx", WHY[unit])
    _updated(workspace / "inbox" / "2018-03" / f"{PINGLI}.docx", inbox / f"{PINGLI}更正.docx")
    _send_what_was_missing(inbox, desk / "papers")


# ------------------------------------------------------------------ two rounds


def test_two_rounds_make_a_final_release_of_what_the_loans_come_to(capsys, first, tmp_path):
    told = asked(capsys, "monthly", "2018-03", "--workspace", first, "--as-of", FIRST)
    assert told["exit"] == 1
    questions = [row for row in _findings(first) if row["status"] == "open"]
    assert {
        (row["reporting_unit"], row["rule"], row["cell"]) for row in questions if row["period"] == "2018-03"
    } == ASKED
    late = first / "output" / "2018-03" / "催报函"
    assert [letter.stem for letter in late.iterdir()] == ["镇坪农商银行"]

    _answer(first, tmp_path)
    told = asked(capsys, "monthly", "2018-03", "--final", "--workspace", first, "--as-of", SECOND)
    assert told["exit"] == 0, told["message"]
    (release,) = told["data"]["releases"]
    assert (release["status"], release["release"], release["unexplained"]) == ("final", 2, [])
    assert set(_state(capsys, first, SECOND).values()) == {"in_force"}
    output = first / "output" / "2018-03"
    assert not (output / "退回单").exists(), "there is nothing left to ask"
    assert not (output / "催报函").exists(), "there is nobody left to remind"
    assert json.loads((output / "release.json").read_text("utf-8"))["override"] is None

    for number in ANNEXES:
        assert differences(annex_rows(first, "2018-03", number), expected.annex(number, MARCH)) == []
    settled = {(row["reporting_unit"], row["rule"]): row["status"] for row in _findings(first)}
    assert len(_findings(first)) == len({(row["finding"], row["value"]) for row in _findings(first)})
    assert {place: settled[place] for place in ((unit, rule) for unit, rule, _ in ASKED)} == {
        (unit, rule): "explained" if unit in EXPLAINED else "corrected" for unit, rule, _ in ASKED
    }
