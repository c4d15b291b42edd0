import io
from datetime import date, datetime
from functools import partial

import openpyxl
import pytest
from openpyxl.comments import Comment

from pipeline.ingest import limits
from pipeline.model import Cell, CellKind, Merge
from tests.ingest.files import SHEET1, opened_as, plain_xlsx, refused, rezipped, xlsx

opened = partial(opened_as, "xlsx")


def cells(data):
    return opened(data).sheets[0].cells


def altered(old, new):
    """A sheet with 甲 in A1 and 5 in B2, one place of its XML changed."""
    return rezipped(plain_xlsx(), SHEET1, old, new)


def test_every_kind_of_cell_is_what_the_file_stores():
    def write(workbook, sheet):
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write(0, 0, "汉滨区")
        sheet.write(0, 1, 30.25, workbook.add_format({"num_format": "#,##0.00"}))
        sheet.write(0, 2, True)
        sheet.write(0, 3, datetime.fromisoformat("2018-03-31"), day)
        sheet.write(0, 4, datetime.fromisoformat("2018-03-31 08:30"), day)
        sheet.write(0, 5, 0.35, workbook.add_format({"num_format": "hh:mm"}))
        sheet.write_formula(0, 6, "=1/0", value="#DIV/0!")
        sheet.write_formula(0, 7, "=B1*2", value=60.5)
        sheet.write_formula(0, 8, '="甲"', value="甲")
        sheet.write(0, 9, 0.0435, workbook.add_format({"num_format": "0.00%"}))
        sheet.write(0, 10, 5, workbook.add_format({"num_format": '0.00"万元"'}))

    assert list(cells(xlsx(write)).values()) == [
        Cell(0, 0, CellKind.TEXT, "汉滨区"),
        Cell(0, 1, CellKind.NUMBER, 30.25, decimals=2),
        Cell(0, 2, CellKind.BOOLEAN, True),
        Cell(0, 3, CellKind.DATE, date(2018, 3, 31)),
        Cell(0, 4, CellKind.DATE, datetime.fromisoformat("2018-03-31 08:30")),
        Cell(0, 5, CellKind.DATE, "08:24:00"),
        Cell(0, 6, CellKind.ERROR, "#DIV/0!", formula=True),
        Cell(0, 7, CellKind.NUMBER, 60.5, formula=True),
        Cell(0, 8, CellKind.TEXT, "甲", formula=True),
        Cell(0, 9, CellKind.NUMBER, 0.0435, decimals=2, percent=True),
        Cell(0, 10, CellKind.NUMBER, 5.0, decimals=2, format_text="万元"),
    ]


def test_a_formula_that_was_never_calculated_is_not_blank_and_not_zero():
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    out = io.BytesIO()
    book.save(out)
    assert cells(out.getvalue()) == {(0, 0): Cell(0, 0, CellKind.UNCALCULATED, "", formula=True)}


def test_a_formula_whose_text_is_empty_is_blank():
    assert (1, 1) not in cells(altered(b'r="B2"><v>5</v>', b'r="B2" t="str"><f>""</f><v></v>'))


@pytest.mark.parametrize("blank", ["", " ", "\u3000", "\n"])
def test_text_that_shows_nothing_is_blank(blank):
    assert cells(xlsx(lambda _, sheet: sheet.write_string(0, 0, blank))) == {}


def test_places_are_absolute_though_rows_and_columns_before_are_empty():
    assert list(cells(xlsx(lambda _, sheet: sheet.write(6, 2, 1)))) == [(6, 2)]
    assert cells(xlsx(lambda _, sheet: sheet.write(6, 2, 1)))[6, 2].address == "C7"


def test_merged_hidden_and_commented_are_kept():
    def write(workbook, sheet):
        sheet.merge_range("A1:C2", "标题")
        sheet.write("E5", 1)
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.set_column("D:D", None, None, {"hidden": True})
        sheet.set_column("F:XFD", None, None, {"hidden": True})
        sheet.write_comment("E5", "含核销", {"author": "示例甲"})
        for name, hide in (("隐藏", "hide"), ("深藏", "very_hidden")):
            getattr(workbook.add_worksheet(name), hide)()

    sheets = opened(xlsx(write)).sheets
    assert sheets[0].merged == [Merge(0, 0, 1, 2)]
    assert sheets[0].hidden_rows == {4}
    assert sheets[0].hidden_cols == {3}, "columns beyond the last filled one hide nothing"
    assert sheets[0].comments == {"E5": "含核销"}
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("表", False), ("隐藏", True), ("深藏", True)]


def test_comments_written_by_another_program():
    book = openpyxl.Workbook()
    book.active["B2"] = 1
    book.active["B2"].comment = Comment("第一行\n第二行", "示例乙")
    out = io.BytesIO()
    book.save(out)
    assert opened(out.getvalue()).sheets[0].comments == {"B2": "第一行\n第二行"}


def test_a_chart_sheet_is_no_worksheet():
    def write(workbook, sheet):
        sheet.write_column(0, 0, [1, 2])
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": "=表!$A$1:$A$2"})
        workbook.add_chartsheet("图").set_chart(chart)
        workbook.add_worksheet("后表").write(0, 0, "乙")

    sheets = opened(xlsx(write)).sheets
    assert [(sheet.name, len(sheet.cells)) for sheet in sheets] == [("表", 2), ("后表", 1)]


def test_cells_and_rows_without_a_reference_follow_each_other():
    data = altered(b'<row r="2" spans="1:2"><c r="B2"><v>5</v></c></row>', b"<row><c><v>5</v></c><c><v>6</v></c></row>")
    assert {place: cell.value for place, cell in cells(data).items()} == {(0, 0): "甲", (1, 0): 5.0, (1, 1): 6.0}


def test_tags_may_have_a_prefix():
    data = plain_xlsx()
    for old, new in ((b"<c ", b"<x:c "), (b"</c>", b"</x:c>"), (b"<v>", b"<x:v>"), (b"</v>", b"</x:v>")):
        data = rezipped(data, SHEET1, old, new)
    data = rezipped(
        data, SHEET1, b"<worksheet ", b'<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    )
    assert {place: cell.value for place, cell in cells(data).items()} == {(0, 0): "甲", (1, 1): 5.0}


def test_text_inside_the_cell():
    assert cells(altered(b'r="B2"><v>5</v>', b'r="B2" t="inlineStr"><is><t>5</t></is>'))[1, 1].value == "5"


# ------------------------------------------------------------------ damage, contradiction, excess


@pytest.mark.parametrize(
    ("why", "old", "new"),
    [
        ("blanks around a number, which calamine does not read", b"<v>5</v>", b"<v> 5 </v>"),
        ("a number that is none", b"<v>5</v>", b"<v>five</v>"),
        ("one cell twice", b'r="B2"', b'r="A1"'),
    ],
)
def test_what_two_readings_do_not_agree_on_is_refused_with_its_place(why, old, new):
    found = refused(altered(old, new))
    assert found.rule == "F01"
    assert found.message.startswith("工作表“表”"), why
    assert "两种方法读出的结果不一致" in found.message


@pytest.mark.parametrize(
    ("why", "old", "new"),
    [
        ("cut off", b"</sheetData>", b""),
        ("a row that cannot be", b'r="B2"', b'r="B0"'),
        ("a column that cannot be", b'r="B2"', b'r="XFE2"'),
        ("no column", b'r="B2"', b'r="2"'),
        ("a shared string that is not there", b"<v>0</v>", b"<v>99</v>"),
    ],
)
def test_damaged_sheets_are_refused(why, old, new):
    found = refused(altered(old, new))
    assert (found.rule, found.message[:8]) == ("F01", "文件已损坏或不完"), why


def test_a_sheet_without_its_part_is_refused():
    found = refused(
        rezipped(plain_xlsx(), "xl/_rels/workbook.xml.rels", b"worksheets/sheet1.xml", b"worksheets/none.xml")
    )
    assert found.message.startswith("文件已损坏或不完整（工作表“表”的内容缺失）")
    found = refused(rezipped(plain_xlsx(), "xl/workbook.xml", b'r:id="rId1"', b'r:id="rId77"'))
    assert found.message.startswith("文件已损坏或不完整（工作表“表”的内容缺失）")


def test_styles_that_are_no_xml_are_damage():
    assert refused(rezipped(plain_xlsx(), "xl/styles.xml", b"</styleSheet>", b"")).message.startswith("文件已损坏")


def test_a_workbook_without_styles_has_no_formats():
    assert cells(rezipped(plain_xlsx(), "xl/styles.xml", b"cellXfs", b"otherXfs"))[1, 1] == Cell(
        1, 1, CellKind.NUMBER, 5.0
    )


@pytest.mark.parametrize(
    ("why", "place", "said"),
    [
        ("the far corner, which aborts calamine", b"XFD1048576", "第16384列"),
        ("a column beyond every form", b"BXY2", "第2001列"),
        ("rows and columns both far away", b"Z1000000", "散布到Z1000000"),
    ],
)
def test_extent_is_known_before_calamine_is_asked(why, place, said):
    found = refused(altered(b'r="B2"', b'r="' + place + b'"'))
    assert found.rule == "F01", why
    assert said in found.message
    assert found.message.endswith("请只保留报表本身（删去多余的行列、图片和工作表）后重新报送。")


def test_formatting_alone_does_not_widen_a_sheet():
    data = altered(b"</row></sheetData>", b'<c r="XFD2" s="0"/></row></sheetData>')
    assert len(cells(data)) == 2


def test_too_many_cells_merges_and_sheets_are_refused(monkeypatch):
    def write(workbook, sheet):
        for row in range(3):
            sheet.merge_range(row, 0, row, 1, row)
        workbook.add_worksheet("二").write(0, 0, 1)

    data = xlsx(write)
    assert len(opened(data).sheets) == 2
    for limit, value, said in (
        ("MAX_CELLS", 3, "单元格超过3个"),
        ("MAX_MERGED", 2, "合并单元格超过2处"),
        ("MAX_SHEETS", 1, "有2张工作表"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(limits, limit, value)
            assert said in refused(data).message
