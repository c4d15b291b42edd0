import io
import zipfile
from datetime import datetime

from pipeline.ingest.workbook import open_grid
from pipeline.ingest.xlsx_doubt import SECOND
from pipeline.model import CellKind, Grid, Unreadable
from tests.ingest.files import plain_xlsx, rezipped, xlsx

NO_PART = "工作表“Module”只有名称，文件里没有它的内容（多为旧版的宏模块）。"


def opened(data):
    grid = open_grid(data)
    assert isinstance(grid, Grid), grid
    return grid


def every_kind(workbook, sheet):
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write(0, 0, "汉滨区")
    sheet.write(0, 1, 30.25, workbook.add_format({"num_format": "#,##0.00"}))
    sheet.write(0, 2, True)
    sheet.write(0, 3, datetime.fromisoformat("2018-03-31"), day)
    sheet.write(0, 4, datetime.fromisoformat("2018-03-31 08:30"), day)
    sheet.write_formula(0, 6, "=1/0", value="#DIV/0!")
    sheet.write_formula(0, 7, "=B1*2", value=60.5)
    sheet.write_formula(0, 8, '="甲"', value="甲")
    sheet.write(0, 9, 120)
    sheet.merge_range(2, 0, 3, 1, "合并")
    workbook.add_worksheet("二").write(5, 5, 7)


def with_a_name_without_a_sheet(data):
    """calamine refuses the whole workbook then; Excel and openpyxl open it."""
    return rezipped(data, "xl/workbook.xml", b"</sheets>", b'<sheet name="Module" sheetId="9" r:id=""/></sheets>')


def test_what_calamine_refuses_is_read_by_openpyxl_to_the_same_cells():
    plain = opened(xlsx(every_kind))
    again = opened(with_a_name_without_a_sheet(xlsx(every_kind)))
    assert plain.notes == []
    assert list(again.notes) == [SECOND, NO_PART]
    assert again.sheets == plain.sheets
    assert again.sheets[0].cells[0, 6].kind is CellKind.ERROR


def test_a_formula_without_a_value_stays_one():
    def write(_, sheet):
        sheet.write(0, 0, "甲")
        sheet.write_formula(0, 1, "=1+1", value=2)

    without = rezipped(xlsx(write), "xl/worksheets/sheet1.xml", b"<f>1+1</f><v>2</v>", b"<f>1+1</f>")
    assert opened(with_a_name_without_a_sheet(without)).sheets[0].cells[0, 1].kind is CellKind.UNCALCULATED


def test_what_neither_reads_is_damage():
    broken = rezipped(with_a_name_without_a_sheet(plain_xlsx()), "xl/sharedStrings.xml", b"</sst>", b"")
    found = open_grid(broken)
    assert isinstance(found, Unreadable)
    assert found.message.startswith("文件已损坏或不完整")


def test_a_sheet_whose_part_is_lost_is_damage():
    found = open_grid(
        rezipped(plain_xlsx(), "xl/workbook.xml", b"</sheets>", b'<sheet name="X" sheetId="9" r:id="rId77"/></sheets>')
    )
    assert isinstance(found, Unreadable)
    assert found.message.startswith("文件已损坏或不完整（工作表“X”的内容缺失）")


def test_a_workbook_lies_where_its_package_says():
    moved = {"xl/workbook.xml": "book/main.xml", "xl/_rels/workbook.xml.rels": "book/_rels/main.xml.rels"}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(every_kind))) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "_rels/.rels":
                content = content.replace(b"xl/workbook.xml", b"book/main.xml")
            if name == "[Content_Types].xml":
                content = content.replace(b"/xl/workbook.xml", b"/book/main.xml")
            if name == "xl/_rels/workbook.xml.rels":
                content = content.replace(b'Target="', b'Target="/xl/')
            target.writestr(moved.get(name, name), content)
    assert opened(out.getvalue()).sheets == opened(xlsx(every_kind)).sheets
