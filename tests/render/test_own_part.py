"""A workbook of several units as one of them gets it back: nothing in it that leads to the others."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from pipeline.model import Severity
from pipeline.render.marked_book import marked
from pipeline.render.marked_content import SHEET, Asked, MarkedContent

ASKED = Asked("F0123456789ab", "A13", Severity.HARD, "北山", "B2", "", "", "1", "2", "请核对。")
CONTENT = MarkedContent(
    "北山农商银行", ("请改正。",), (ASKED,), datetime(2018, 4, 10, tzinfo=UTC), "示例办", frozenset({"北山"})
)
SECRET = 987654
FORMULAS = {
    "B2": ("=B3*2", True),
    "B3": ("=南山!B2", False),
    "B4": ("=SUM('南山'!B2:B3)+1", False),
    "B5": ("=北山!B2+'北山'!B3", True),
    "B6": ("=SUM(北山:南山!B2)", False),
    "B7": ("=全市+1", False),
    "B8": ('=IF(B2>0,"南山好!","")', True),
    "B9": ("=[1]表!A1", False),
}
"""Cell → formula, and whether it may stay one: it reaches into no other sheet."""


def sent() -> bytes:
    book = openpyxl.Workbook()
    own, other = book.active, book.create_sheet("南山")
    own.title = "北山"
    for row in range(1, 5):
        other.cell(row, 2, SECRET + row)
    for address, (formula, _) in FORMULAS.items():
        own[address] = formula
    book.defined_names["全市"] = DefinedName("全市", attr_text="南山!$B$2")
    book.defined_names["本行"] = DefinedName("本行", attr_text="北山!$B$2")
    for at, formula in (("C2", "南山!$B$1:$B$4"), ("C3", '"是,否"')):
        choice = DataValidation(type="list", formula1=formula)
        choice.add(at)
        own.add_data_validation(choice)
    for at, formula in (("B2:B3", "B2>南山!$B$2"), ("B4:B5", "B4>0")):
        own.conditional_formatting.add(at, FormulaRule([formula], fill=PatternFill("solid", bgColor="FF0000")))
    for sheet, at in ((own, "E2"), (other, "E20")):
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=4))
        own.add_chart(chart, at)
    out = io.BytesIO()
    book.save(out)
    return with_values(out.getvalue())


def with_values(saved: bytes) -> bytes:
    """As Excel saves it: every formula has come to something."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            for stored in (b"</f><v></v>", b"</f><v />", b"</f><v/>"):
                part = part.replace(stored, b"</f><v>42</v>")
            new.writestr(name, part)
    return made.getvalue()


@pytest.fixture(scope="module")
def copy():
    return marked(sent(), CONTENT).data


def test_no_figure_of_another_unit_is_anywhere_in_it(copy):
    with zipfile.ZipFile(io.BytesIO(copy)) as package:
        text = "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    assert str(SECRET)[:-1] not in text
    assert "南山!" not in text.replace("南山好!", ""), "nor does anything reach for it"
    assert openpyxl.load_workbook(io.BytesIO(copy)).sheetnames == ["北山", SHEET]


def test_a_formula_that_reaches_elsewhere_is_what_it_came_to(copy):
    book, values = openpyxl.load_workbook(io.BytesIO(copy)), openpyxl.load_workbook(io.BytesIO(copy), data_only=True)
    for address, (formula, stays) in FORMULAS.items():
        assert book["北山"][address].value == (formula if stays else 42), address
        assert values["北山"][address].value == 42, address


def test_names_lists_colours_and_charts_of_its_own_stay(copy):
    book = openpyxl.load_workbook(io.BytesIO(copy))
    assert set(book.defined_names) == {"本行"}
    sheet = book["北山"]
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["C3"]
    assert [str(found.sqref) for found in sheet.conditional_formatting] == ["B4:B5"]
    assert [chart.anchor._from.row for chart in sheet._charts] == [1]


def test_a_workbook_that_is_all_its_own_keeps_everything():
    book = openpyxl.load_workbook(io.BytesIO(marked(sent(), replace(CONTENT, sheets=None)).data))
    assert book.sheetnames == ["北山", "南山", SHEET]
    assert {address: book["北山"][address].value for address in FORMULAS} == {a: f for a, (f, _) in FORMULAS.items()}
