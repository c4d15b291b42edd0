"""Rows and columns too small to see, and formats that show nothing: in every format of files that has them."""

import re
import struct

import pytest

from pipeline.ingest.number_format import NOT_SHOWN
from pipeline.ingest.workbook import open_grid
from tests.faults.cases_formats import sheet_xml
from tests.ingest.dialects import ods, ods_cell
from tests.ingest.test_html_table import sheet as html_sheet
from tests.ingest.test_ods import cell as ods_value
from tests.ingest.test_ods import number_style, row, table
from tests.ingest.test_ods import opened as open_ods
from tests.ingest.test_spreadsheetml import cell, sheet
from tests.ingest.test_xls import opened as open_xls
from tests.ingest.test_xls import xls
from tests.ingest.test_xlsb import cells as xlsb_cells
from tests.ingest.test_xlsb import opened as open_xlsb
from tests.ingest.xlsb import number, record, xlsb
from tests.ingest.xlsb import row as xlsb_row


def of_xlsx(height, width):
    def change(xml):
        rows = xml.replace('<row r="2"', f'<row r="2" ht="{height}" customHeight="1"')
        return rows.replace("<sheetData>", f'<cols><col min="3" max="3" width="{width}"/></cols><sheetData>')

    found = open_grid(sheet_xml(change)).sheets[0]
    return 1 in found.hidden_rows, 2 in found.hidden_cols


def of_xls(height, width):
    def write(_, page):
        page.write(1, 2, 5)
        page.row(1).height_mismatch = True
        page.row(1).height = int(height * 20)
        page.col(2).width = int(width * 256)

    found = open_xls(xls(write)).sheets[0]
    return 1 in found.hidden_rows, 2 in found.hidden_cols


def of_xlsb(height, width):
    rows = record(0, struct.pack("<IIHBBBI", 1, 0, int(height * 20), 0, 0, 0, 0)) + number(2, 5.0)
    columns = record(390) + record(60, struct.pack("<IIIIH", 2, 2, int(width * 256), 0, 0)) + record(391)
    found = open_xlsb(xlsb([("表", 0, rows, columns)])).sheets[0]
    return 1 in found.hidden_rows, 2 in found.hidden_cols


def of_xml(height, width):
    before = f'<Column ss:Index="3" ss:Width="{width * 5.25}"/>'
    found = sheet(f'<Row ss:Index="2" ss:Height="{height}">{cell("Number", 5, Index=3)}</Row>', before=before)
    return 1 in found.hidden_rows, 2 in found.hidden_cols


def of_ods(height, width):
    styles = (
        f'<style:style style:name="r" style:family="table-row"><style:table-row-properties '
        f'style:row-height="{height / 72:.4f}in"/></style:style><style:style style:name="c" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * 5.25 / 72 * 25.4:.4f}mm"/></style:style>'
    )
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:style-name="c"/>'
    rows = row(ods_cell("甲")) + row(ods_cell("甲"), ods_cell("乙"), ods_cell("丙"), attributes='table:style-name="r"')
    found = open_ods(ods(table(columns + rows), styles)).sheets[0]
    return 1 in found.hidden_rows, 2 in found.hidden_cols


@pytest.mark.parametrize("read", [of_xlsx, of_xls, of_xlsb, of_xml, of_ods])
@pytest.mark.parametrize(
    ("height", "width", "hidden"),
    [
        (0, 0, (True, True)),
        (0.5, 0.01, (True, True)),
        (1.5, 0.4, (True, True)),
        (6, 1, (False, False)),
        (15, 8.43, (False, False)),
    ],
)
def test_rows_and_columns_near_nothing_are_hidden(read, height, width, hidden):
    assert read(height, width) == hidden


# ------------------------------------------------------------------ formats


CODES = (";;;", '0.00;0!.0000"万元"')
"""Shows nothing; shows amounts below zero in 万元, though they are stored in 元."""
LOOKS = [(5.0, 0, NOT_SHOWN), (0.0, 0, ""), (5.0, 1, ""), (-302500.0, 1, "÷10000万元")]


def in_xls(value, code):
    import xlwt

    def write(_, page):
        look = xlwt.XFStyle()
        look.num_format_str = code
        page.write(0, 0, value, look)

    return open_xls(xls(write)).sheets[0].cells[0, 0]


def in_xlsb(value, code):
    (found,) = xlsb_cells(xlsb_row(0) + number(0, value, style=1), codes=(code,))
    return found


def in_xml(value, code):
    quoted = code.replace('"', "&quot;")
    styles = f'<Style ss:ID="s1"><NumberFormat ss:Format="{quoted}"/></Style>'
    return sheet(f"<Row>{cell('Number', value, StyleID='s1')}</Row>", styles).cells[0, 0]


def in_html(value, code):
    shown = {5.0: "5.00", -302500.0: "-30.2500万元"}[value] if code != ";;;" else ""
    quoted = re.sub(r'"', r"\\0022", code)
    return html_sheet(f"<tr><td style='mso-number-format:\"{quoted}\"' x:num='{value}'>{shown}").cells[0, 0]


@pytest.mark.parametrize("make", [in_xls, in_xlsb, in_xml, in_html])
@pytest.mark.parametrize(("value", "code", "text"), LOOKS)
def test_the_format_of_this_number(make, value, code, text):
    found = make(value, CODES[code])
    assert (found.value, found.format_text) == (value, text)


HIDES = "".join(f'<number:number-style style:name="H{i}"><number:text/></number:number-style>' for i in range(3)) + (
    number_style(
        "hidden",
        "<number:text/>"
        + "".join(
            f'<style:map style:condition="value(){how}0" style:apply-style-name="H{i}"/>'
            for i, how in enumerate(("&gt;", "&lt;", "="))
        ),
        "text-style",
    )
)
"""What LibreOffice writes for `;;;`."""
IN_WAN = '<number:number-style style:name="P"><number:number number:decimal-places="2"/></number:number-style>' + (
    number_style(
        "wan",
        '<number:number number:decimal-places="0"><number:embedded-text number:position="4">.</number:embedded-text>'
        '</number:number><number:text>万元</number:text><style:map style:condition="value()&gt;=0" '
        'style:apply-style-name="P"/>',
    )
)


@pytest.mark.parametrize(("value", "code", "text"), LOOKS)
def test_the_format_of_this_number_in_ods(value, code, text):
    style = f'table:style-name="{("hidden", "wan")[code]}"'
    found = open_ods(ods(table(row(ods_value("float", str(value), attributes=style))), HIDES + IN_WAN)).sheets[0]
    assert found.cells[0, 0].format_text == text


def test_a_scientific_number_of_ods_is_seen():
    style = number_style("s", '<number:scientific-number number:decimal-places="2"/>')
    found = open_ods(ods(table(row(ods_value("float", "5", attributes='table:style-name="s"'))), style)).sheets[0]
    assert found.cells[0, 0].format_text == ""


def test_a_page_that_stores_a_number_and_shows_none():
    assert html_sheet("<tr><td x:num='30.25'></td><td>1").cells[0, 0].format_text == NOT_SHOWN
    assert html_sheet("<tr><td x:num='0'></td><td>1").cells[0, 0].format_text == ""
    assert (0, 0) not in html_sheet("<tr><td x:num=''></td><td>1").cells
