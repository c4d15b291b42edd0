"""Formulas of an old .xls as text: exactly those that were typed, or none."""

from __future__ import annotations

import struct

import openpyxl
import pytest
from openpyxl.utils.cell import coordinate_to_tuple

from pipeline.ingest.xls_beside import beside_cells
from pipeline.ingest.xls_formulas import formulas_in
from pipeline.model.beside import Formula
from tests.ingest.biff import biff5, record
from tests.office import convert

TYPED = {
    "A1": "1-(2-3)",
    "A2": "B1/(C1*2)/-C2",
    "A3": "SUM(B1:B9)",
    "A4": 'IF($B$1>0,"有""引号",-C1%)',
    "A5": "ROUND(B1*1.5,2)+MAX(B1,C1,-2)",
    "A6": "'第 2表'!B2+SUM('第 2表'!$B$1:B1)",
    "A7": 'B1&C1&"万元"<>"x"',
    "A8": "SUM(B1,C1,B2:C3)",
    "A9": "-(B1+C1)^2",
    "A10": 'COUNTIF(B1:B9,">=1")',
    "A11": "VLOOKUP(B1,B1:C9,2,FALSE)",
    "A12": "IF(B1>0,,1)",
    "A13": "CHOOSE(2,B1,C1)",
    "A14": "ROW(AA300)",
}
UNTOLD = {
    "A20": 'HYPERLINK("http://example.com","y")',
    "A21": "SUM(明细)",
    "A22": "SUM({1,2,3})",
}


@pytest.fixture(scope="module")
def saved_by_libreoffice(tmp_path_factory):
    folder = tmp_path_factory.mktemp("formulas")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "月报"
    for cell, formula in (TYPED | UNTOLD).items():
        sheet[cell] = f"={formula}"
    for row in range(1, 10):
        sheet[f"B{row}"], sheet[f"C{row}"], sheet[f"D{row}"] = row, row * 2, f"=SUM($B$1:B{row})*C{row}"
    other = book.create_sheet("第 2表")
    other["B1"], other["B2"] = 5, "=月报!B2*2"
    book.defined_names["明细"] = openpyxl.workbook.defined_name.DefinedName("明细", attr_text="月报!$B$1:$B$9")
    book.save(folder / "月报.xlsx")
    (old,) = convert([folder / "月报.xlsx"], "xls", folder)
    return beside_cells(old.read_bytes()).formulas


def at(address):
    row, col = coordinate_to_tuple(address)
    return row - 1, col - 1


@pytest.mark.parametrize("cell", TYPED)
def test_a_formula_is_what_was_typed(saved_by_libreoffice, cell):
    assert saved_by_libreoffice["月报"][at(cell)].text == TYPED[cell]


@pytest.mark.parametrize("cell", UNTOLD)
def test_what_leads_outside_or_has_parts_that_are_not_told_is_left_out(saved_by_libreoffice, cell):
    assert at(cell) not in saved_by_libreoffice["月报"]


def test_each_row_has_its_own_cells_and_another_sheet_is_named(saved_by_libreoffice):
    column = [saved_by_libreoffice["月报"][at(f"D{row}")].text for row in (1, 2, 9)]
    assert column == ["SUM($B$1:B1)*C1", "SUM($B$1:B2)*C2", "SUM($B$1:B9)*C9"]
    assert saved_by_libreoffice["第 2表"] == {at("B2"): Formula("'月报'!B2*2", frozenset({"月报"}))}


def biff8(cells):
    """The records of a workbook with one sheet, 表, and these records of cells in it."""
    name = struct.pack("<BB", 1, 1) + "表".encode("utf-16-le")
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    place = len(begin) + 4 + 6 + len(name) + 4
    start = begin + record(0x0085, struct.pack("<IBB", place, 0, 0) + name) + record(0x000A)
    return start + record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + cells + record(0x000A)


def formula(row, col, tokens):
    return record(0x0006, struct.pack("<HHH8sHIH", row, col, 0, bytes(8), 0, 0, len(tokens)) + tokens)


def test_cells_of_excel_share_one_formula():
    """D1 to D3 share 「two to the left + $A of the row above …」: distances wrap at the edge, a $ stands still.

    Stored once, as distances from the cell: the row of B moves by 0, its column by -2 (0xFE in a byte).
    """
    tokens = struct.pack("<BHH", 0x4C, 0, 0xC0FE) + struct.pack("<BHH", 0x4C, 0, 0x8000) + b"\x03"
    shared = record(0x04BC, struct.pack("<HHBBBBH", 0, 2, 3, 3, 0, 3, len(tokens)) + tokens)
    points = struct.pack("<BHH", 0x01, 0, 3)
    found = formulas_in(biff8(formula(0, 3, points) + shared + formula(1, 3, points) + formula(2, 3, points)))
    assert {place: one.text for place, one in found["表"].items()} == {
        (0, 3): "B1+$A1",
        (1, 3): "B2+$A2",
        (2, 3): "B3+$A3",
    }


@pytest.mark.parametrize(
    ("why", "tokens"),
    [
        ("a formula that is shared with nobody", struct.pack("<BHH", 0x01, 7, 7)),
        ("an operator without its second", b"\x1e\x01\x00\x03"),
        ("two values and nothing between", b"\x1e\x01\x00\x1e\x01\x00"),
        ("one that breaks off", b"\x1f\x00"),
        ("one that is empty", b""),
        ("a function that nobody knows", struct.pack("<BBH", 0x42, 0, 0x7FF0)),
        ("more arguments than there are", struct.pack("<BBH", 0x42, 5, 4)),
        ("another workbook's cell", struct.pack("<BHHH", 0x5A, 3, 0, 0)),
    ],
)
def test_a_damaged_formula_is_left_out(why, tokens):
    assert formulas_in(biff8(formula(0, 0, tokens) + formula(1, 0, b"\x1e\x07\x00"))) == {
        "表": {(1, 0): Formula("7")}
    }, why


def test_of_a_workbook_from_before_excel_97_none_are_told():
    assert formulas_in(biff5([[1, 2]], more=formula(0, 0, b"\x1e\x07\x00"))) == {}
