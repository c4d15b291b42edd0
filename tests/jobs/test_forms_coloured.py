"""Faulty cells of blank forms turn red or orange: bound to every live rule, and shown so by LibreOffice."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import openpyxl
import pytest
from openpyxl.worksheet.cell_range import CellRange

from pipeline.jobs.form_past import Known, figures_in, items_of
from pipeline.periods import Month
from tests.jobs.filled_forms import filled, readings
from tests.jobs.live_forms import OWED
from tests.jobs.live_known import CATALOG, form_of, record, written
from tests.jobs.sample import SAMPLE
from tests.office import convert

RED, ORANGE, BLUE = "FF9C9C", "FFD27F", "CDE4F7"
COLOURS = {"强制性": RED, "核实性": ORANGE}
BEFORE, MONTH = Month(2018, 1), Month(2018, 2)
UNITS = {
    "M01": ("rcb-shiquan", "石泉农商银行2018年{}月.xlsx"),
    "C01": ("fin-shiquan", "石泉县金融办2018年{}月报表.xlsx"),
    "Q01": ("rcb-shiquan", ""),
    "T01": ("office", ""),
}


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    """石泉's forms of February after its January, those of words after nothing, the office's targets."""
    folder = tmp_path_factory.mktemp("coloured")
    made = {}
    for code, (unit, own) in UNITS.items():
        known = Known(BEFORE if code == "T01" else MONTH)
        if own:
            (sent,) = readings(SAMPLE / "2018-01" / own.format(1), CATALOG).submissions
            place = unit, code, BEFORE
            known = Known(
                MONTH, {place: figures_in(sent, CATALOG)}, {place: record(*place)}, items={place: items_of(sent)}
            )
        made[code] = written(form_of(unit, code, known), folder / f"{code}.xlsx")
    return made


@pytest.mark.parametrize("code", UNITS)
def test_every_live_rule_has_its_colour_at_its_cell(blank, code):
    """The sheet of checks names cell and weight of each; the form's colours look just there, and reach that cell."""
    book = openpyxl.load_workbook(blank[code])
    sheet, checks = book.worksheets[0], book["审核"]
    _, first = (row + 1 for row in range(1, checks.max_row) if checks.cell(row, 1).value == "序号")
    last = checks.max_row
    at = {"审核单元格": "F", "审核结果": "H", "审核性质": "C"}
    for name, col in at.items():
        assert book.defined_names[name].value == f"'审核'!${col}${first}:${col}${last}"
    lines = [[cell.value for cell in row] for row in checks.iter_rows(min_row=first, max_row=last)]
    found = {
        rule.dxf.fill.bgColor.rgb[-6:]: (area.sqref, rule.formula[0])
        for area in sheet.conditional_formatting
        for rule in area.rules
        if "COUNTIFS" in rule.formula[0]
    }
    assert set(found) == {RED, ORANGE}
    assert lines
    for line in lines:
        if line[4] != OWED:
            where, formula = found[COLOURS[line[2]]]
            assert any(one.issuperset(CellRange(line[5])) for one in where.ranges)
            assert re.fullmatch(
                rf'COUNTIFS\(审核单元格,ADDRESS\(MAX\(ROW\(\)\),MAX\(COLUMN\(\)\),4\),审核结果,"不符",审核性质,"{line[2]}"\)>0', formula
            )  # fmt: skip


class _Cells(HTMLParser):
    """Colour and text of every cell of the first sheet."""

    def __init__(self):
        super().__init__()
        self.sheet, self.cells = 0, []

    def handle_starttag(self, tag, attrs):
        self.sheet += tag == "table"
        if tag == "td" and self.sheet == 1:
            self.cells.append([dict(attrs).get("bgcolor", "").strip("#").upper(), ""])

    def handle_data(self, data):
        if self.cells and self.sheet == 1:
            self.cells[-1][1] += data.strip()


def _coloured(page):
    """What stands in cells of one of our colours."""
    parser = _Cells()
    parser.feed(page.read_text("utf-8"))
    return [(colour, text) for colour, text in parser.cells if colour in (RED, ORANGE, BLUE)]


CASES = (
    ("M01", {}, []),
    ("M01", {"期末贷款余额": 865.30}, [(RED, "865.30")]),
    ("M01", {"加权平均利率(年)": 15.01}, [(ORANGE, "15.01")]),
    ("M01", {"期末贷款余额": 865.30, "加权平均利率(年)": 15.01}, [(RED, "865.30"), (ORANGE, "15.01")]),
    ("M01", {"期末贷款余额": None}, [(BLUE, "")]),
    ("C01", {}, []),
    ("C01", {"机制建立日期": "春季"}, [(ORANGE, "春季")]),
    ("C01", {"本年代偿金额": -1}, [(RED, "-1.00")]),
    ("T01", {}, []),
    ("T01", {"汉滨区": -1}, [(RED, "-1.00")]),
    ("T01", {"汉滨区": 6510.01}, [(ORANGE, "6510.01")]),
    ("Q01", {"组织领导": "与上月相同"}, [(ORANGE, "与上月相同")]),
)
"""What is put into the last cell of a row that is filled in; 1302 households, 5 万元 each, are 6510.00."""
COLUMNS = {"C01": 5, "T01": 2, "Q01": 3}


@pytest.fixture(scope="module")
def shown(blank, tmp_path_factory):
    folder = tmp_path_factory.mktemp("shown")
    made = []
    for number, (code, figures, _) in enumerate(CASES):
        right = {
            "M01": SAMPLE / "2018-02" / "石泉农商银行2018年2月.xlsx",
            "C01": SAMPLE / "2018-02" / "石泉县金融办2018年2月报表.xlsx",
            "T01": SAMPLE / "2018-01" / "安康市2018年目标任务.xlsx",
        }.get(code)
        out = folder / f"{number}.xlsx"
        book = openpyxl.load_workbook(filled(right, blank[code], out) if right else blank[code])
        for row in book.worksheets[0].iter_rows():
            label = next((str(cell.value) for cell in row[:2] if str(cell.value) in figures), "")
            if label:
                col = COLUMNS.get(code) or (5 if "利率" in label else 7)
                book.worksheets[0].cell(row[0].row, col).value = figures[label]
        book.save(out)
        made.append(out)
    return convert(made, "html", folder)


@pytest.mark.parametrize("number", range(len(CASES)))
def test_libreoffice_shows_the_cell_and_no_other_in_colour(shown, number):
    assert _coloured(shown[number]) == CASES[number][2]
