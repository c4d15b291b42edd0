"""Sheets made to stall or swell whoever reads them, or to show one thing here and another there."""

import pytest

from pipeline.ingest import limits
from pipeline.ingest.workbook import open_grid
from tests.ingest.files import SHEET1, rezipped, xlsx
from tests.ingest.hostile import MAIN, STRINGS, STYLES, WORKBOOK, altered, values, why_refused, with_parts, with_sheet

XF = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
SHEET = '<sheet name="表" sheetId="1" r:id="rId1"/>'


def merged(*refs):
    boxes = "".join(f'<mergeCell ref="{ref}"/>' for ref in refs)
    return altered(SHEET1, "</sheetData>", f"</sheetData><mergeCells>{boxes}</mergeCells>")


def strings(*texts, says=""):
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return STRINGS, f'<sst xmlns="{MAIN}"{says}>{items}</sst>'


@pytest.mark.parametrize(
    ("why", "data", "said"),
    [
        ("a far cell", altered(SHEET1, 'r="B2"', 'r="XFD1048576"'), "内容写到了第16384列（最多2000列）"),
        ("a cell far down", altered(SHEET1, 'r="B2"', 'r="ABC1048576"'), "的内容散布到ABC1048576"),
        ("a cell nowhere", altered(SHEET1, 'r="B2"', 'r="ZZZZ9"'), "无法理解的单元格位置"),
        ("a cell in another row", altered(SHEET1, 'r="B2"', 'r="B5"'), "单元格B5写在别的一行里"),
        ("merges over one another", merged("A1:C3", "B2:D4"), "合并单元格在B2互相重叠"),
        ("a merge over all and one in it", merged("A1:XFD1048576", "B2:D4"), "合并单元格在B2互相重叠"),
        ("a merge of nothing", merged("A0:B2"), "无法理解的单元格位置"),
        ("5,001 merges", merged(*(f"A{n}:B{n}" for n in range(1, 5002))), "合并单元格超过5000处"),
        ("a style below the first", altered(SHEET1, '<c r="B2"', '<c r="B2" s="-1"'), "单元格B2的格式不存在"),
        ("a style that is not there", altered(SHEET1, '<c r="B2"', '<c r="B2" s="7"'), "单元格B2的格式不存在"),
        ("a shared text below the first", altered(SHEET1, "<v>0</v>", "<v>-1</v>"), "单元格指向的共享文字不存在"),
        ("a shared text that is not there", altered(SHEET1, "<v>0</v>", "<v>99</v>"), "损坏"),
        ("more shared texts claimed than can be", with_parts(strings("甲", says=' uniqueCount="4294967295"')), "共享文字的个数不实"),
        ("a text that no cell can hold", with_parts(strings("x" * 40_000)), "单元格A1里的文字超过32767个字"),
        ("two sheets of one name", altered(WORKBOOK, SHEET, SHEET * 2), "有两张工作表同名"),
        ("two sheets of one part", altered(WORKBOOK, SHEET, SHEET + SHEET.replace("表", "又")), "有两张工作表共用一份内容"),
        ("thousands of sheets", altered(WORKBOOK, SHEET, SHEET * 3000), "有3000张工作表（最多200张）"),
        ("a sheet that is none", altered("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "workbook.xml"), "工作表的部件里不是工作表"),
    ],
)  # fmt: skip
def test_a_sheet_that_no_program_writes_is_refused(why, data, said):
    rule, message = why_refused(data)
    assert (rule, said in message) == ("F01", True), (why, message)


def test_a_number_format_without_end_is_refused_where_a_cell_has_it():
    long = f'<numFmts><numFmt numFmtId="164" formatCode="{"[" * 90_000}"/></numFmts><fonts'
    data = altered(STYLES, "<fonts", long)
    assert values(data) == {"A1": "甲", "B2": 5}, "no cell has it"
    its = XF.replace('"0"', '"164"', 1)
    with_it = rezipped(data, STYLES, f'<cellXfs count="1">{XF}'.encode(), f'<cellXfs count="1">{its}'.encode())
    assert "一种数字格式有90000个字" in why_refused(with_it)[1]


@pytest.mark.parametrize("ref", ["A1", "A1:XFD1048576"])
def test_a_dimension_that_lies_changes_nothing(ref):
    assert values(altered(SHEET1, 'ref="A1:B2"', f'ref="{ref}"')) == {"A1": "甲", "B2": 5}


def test_the_whole_sheet_merged_and_one_merge_twice_change_nothing():
    assert values(merged("A1:XFD1048576")) == {"A1": "甲", "B2": 5}
    assert len(open_grid(merged("A1:C1", "A1:C1")).sheets[0].merged) == 1


@pytest.mark.parametrize(
    ("limit", "most", "data", "said"),
    [
        ("MAX_CELLS", 10, with_sheet('<row r="1">' + "<c><v>1</v></c>" * 11 + "</row>"), "有内容的单元格超过10个"),
        ("MAX_MARKS", 50, with_sheet('<row r="1">' + "<c/>" * 50 + "</row>"), "带格式的行和单元格超过50个"),
        ("MAX_MARKS", 50, with_sheet("<row/>" * 51), "带格式的行和单元格超过50个"),
        ("MAX_LISTED", 50, altered(STYLES, XF, XF * 60), "样式或关联超过50个"),
        ("MAX_TEXT_IN_ALL", 50, with_sheet('<row><c t="s"><v>0</v></c></row>' * 60), "各单元格的文字合计有60个字（最多50个字）"),
        ("MAX_COLUMNS", 50, with_sheet(before="<cols>" + '<col min="1" max="9" hidden="1"/>' * 51 + "</cols>"), "隐藏的列有51处之多"),
    ],
)  # fmt: skip
def test_what_is_only_much_is_refused_by_number(monkeypatch, limit, most, data, said):
    monkeypatch.setattr(limits, limit, most)
    assert said in why_refused(data)[1]


def test_more_comments_than_anybody_writes_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "MAX_COMMENTS", 3)

    def write(_, sheet):
        for row in range(4):
            sheet.write_comment(row, 0, "批注")

    assert "一张工作表的批注超过3条" in why_refused(xlsx(write))[1]


def test_deep_nesting_and_long_attributes_are_only_passed_over():
    deep = with_sheet('<row r="1"><c r="A1"><v>1</v></c></row>', behind="<a>" * 20_000 + "</a>" * 20_000)
    long = with_sheet(f'<row r="1" spans="{"1 " * 100_000}"><c r="A1"><v>1</v></c></row>')
    assert values(deep) == values(long) == {"A1": 1}


@pytest.mark.parametrize("stored", ["9" * 400, "1e999999999"])
def test_a_number_beyond_all_numbers_is_no_figure(stored):
    (cell,) = open_grid(with_sheet(f"<row><c><v>{stored}</v></c></row>")).sheets[0].cells.values()
    assert cell.value == float("inf")


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ('<row r="1"><c r="A1"/><c><v>2</v></c></row>', {"B1": 2}),
        ("<row><c><v>1</v></c></row><row><c/><c><v>2</v></c></row>", {"A1": 1, "B2": 2}),
        ('<row r="3"><c r="C3" s="0"/><c r="E3"><v>5</v></c><c><v>6</v></c></row>', {"E3": 5, "F3": 6}),
        ('<row r="3"><c r="C3" s="0"/></row><row><c><v>1</v></c></row>', {"A4": 1}),
    ],
)
def test_cells_without_an_address_follow_the_one_before(sheet, expected):
    assert values(with_sheet(sheet)) == expected


def test_a_zero_that_nobody_calculated_is_no_figure():
    """Programs that write formulas without calculating them store 0, and ask Excel to calculate on opening."""

    def write(_, sheet):
        sheet.write(0, 0, 5)
        sheet.write_formula(1, 0, "=A1*2")
        sheet.write_formula(2, 0, "=A1*3", value=15)

    kinds = {cell.address: cell.kind for cell in open_grid(xlsx(write)).sheets[0].cells.values()}
    assert kinds == {"A1": "number", "A2": "uncalculated", "A3": "number"}


@pytest.mark.parametrize(
    ("why", "data", "said"),
    [
        ("tables in tables", b"<html><table><tr><td>a<td>b</table>" + b"<table>" * 40, "网页的标签嵌套过深"),
        ("tags in tags", b"<html><table><tr><td>a<td>b</table>" + b"<div>" * 5000, "网页的标签嵌套过深"),
        ("a text of 9 MB", b"a,b\n" * (9 << 18), "文件超过8 MB，又不是 Excel 工作簿"),
        ("a csv of a million lines", b"a,b\n1,2\n" + b"\n" * (1 << 20), "行（最多1048576行）"),
    ],
)
def test_texts_and_pages_without_end_are_refused(why, data, said):
    assert said in why_refused(data)[1], why
