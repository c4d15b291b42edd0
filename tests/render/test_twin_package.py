"""Headings and language in the package itself."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl

from pipeline.render.twin_package import with_headings


def _workbook() -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        page = workbook.add_worksheet("甲")
        for row, size in enumerate((16, 14, 12)):
            page.write_string(row, 0, f"{size}磅", workbook.add_format({"font_size": size, "bold": size > 12}))
        page.write_string(3, 0, "又16磅", workbook.add_format({"font_size": 16, "bold": True, "align": "right"}))
    return out.getvalue()


def test_cells_of_these_sizes_are_headings_by_style():
    sheet = openpyxl.load_workbook(io.BytesIO(with_headings(_workbook(), (16, 14)))).worksheets[0]
    assert [cell.style for cell in sheet["A"]] == ["Heading 1", "Heading 2", "Normal", "Heading 1"]
    assert [cell.font.sz for cell in sheet["A"]] == [16, 14, 12, 16]
    assert [cell.value for cell in sheet["A"]] == ["16磅", "14磅", "12磅", "又16磅"]


def test_a_size_that_no_cell_has_changes_nothing():
    sheet = openpyxl.load_workbook(io.BytesIO(with_headings(_workbook(), (20,)))).worksheets[0]
    assert {cell.style for cell in sheet["A"]} == {"Normal"}


def test_counts_of_the_style_sheet_are_right():
    """Excel repairs a file whose counts are wrong."""
    with zipfile.ZipFile(io.BytesIO(with_headings(_workbook(), (16, 14)))) as package:
        styles = package.read("xl/styles.xml").decode()
    for group, element in (("cellStyleXfs", "xf"), ("cellXfs", "xf"), ("cellStyles", "cellStyle"), ("fonts", "font")):
        count, inside = re.search(rf'<{group} count="(\d+)">(.*?)</{group}>', styles).groups()
        assert int(count) == len(re.findall(rf"<{element}[ >]", inside)), group


def test_the_language_is_named():
    assert openpyxl.load_workbook(io.BytesIO(with_headings(_workbook(), (16,)))).properties.language == "zh-CN"
