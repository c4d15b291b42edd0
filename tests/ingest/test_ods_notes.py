"""What comes with an OpenDocument spreadsheet: told in the same sentences as of an .xlsx, never run or opened."""

import pytest

from pipeline.ingest.formulas import Reach, reach_of_opendocument
from tests.ingest.dialects import CALC, SPACES, ods
from tests.ingest.files import opened_as

STORED = "用的是文件里存储的值。"
MACROS = f"文件带有宏，宏没有运行，{STORED}"
LINKS = f"文件带有指向外部工作簿或其他程序的链接，没有打开，{STORED}"
INSIDE = "文件里有{}，其中的内容没有读取。如其中有数据，请填写在单元格里。"
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{}"'
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
    'manifest:full-path="Object 1/" manifest:media-type="application/vnd.oasis.opendocument.{}"/></manifest:manifest>'
)
CELL = '<table:table-cell office:value-type="float" office:value="7"/>'


def table(cell=CELL, within=""):
    return f'<table:table table:name="表">{within}<table:table-row>{cell}</table:table-row></table:table>'


def told(body, extra=()):
    """What is told of a spreadsheet, whose cell is read all the same."""
    grid = opened_as("ods", ods(body, extra=extra))
    assert [(sheet.name, [c.value for c in sheet.cells.values()]) for sheet in grid.sheets] == [("表", [7.0])]
    return list(grid.notes)


def frame(inside):
    return f"<table:shapes><draw:frame>{inside}</draw:frame></table:shapes>"


def picture(where):
    return f"<draw:image {XLINK.format(where)}/>"


def test_what_is_plain_is_not_told():
    scripts = "<office:scripts><office:script/></office:scripts>"
    lists = [
        ("Basic/script-lc.xml", "<a/>"),
        ("Basic/Standard/script-lb.xml", "<a/>"),
        ("Configurations2/x.xml", "<a/>"),
    ]
    assert told(scripts + table(CELL.replace("/>", ' table:formula="of:=SUM([.A2:.A3])"/>')), lists) == []


@pytest.mark.parametrize("part", ["Basic/Standard/Module1.xml", "Scripts/python/a.py"])
def test_macros_in_the_package(part):
    assert told(table(), [(part, "<a/>")]) == [MACROS]


def test_macros_in_one_xml_file():
    library = (
        '<ooo:library xmlns:ooo="http://openoffice.org/2004/office"><ooo:module>Sub Main</ooo:module></ooo:library>'
    )
    flat = (
        f'<office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet" {SPACES} {CALC}>'
        f"<office:scripts>{library}</office:scripts><office:body><office:spreadsheet>{table()}</office:spreadsheet>"
        "</office:body></office:document>"
    )
    assert list(opened_as("ods", flat.encode()).notes) == [MACROS]


@pytest.mark.parametrize(
    ("formula", "how"),
    [
        ("of:=DDE(&quot;soffice&quot;;&quot;a.ods&quot;;&quot;b&quot;)", [Reach.DDE]),
        ("of:=['file:///C:/别处.ods'#$表.A1]*2", [Reach.WORKBOOK]),
        ("of:=WEBSERVICE(&quot;http://localhost:9/&quot;)", [Reach.WEBSERVICE]),
        ("of:=HYPERLINK(&quot;http://localhost:9/&quot;)", [Reach.HYPERLINK]),
        ("of:=IF([.A1]=&quot;DDE(&quot;;[$表.A2];[.A3:.B4]!$B$1)", []),
        ("of:=ADDED([.A1])+MY.DDE(1)", []),
    ],
)
def test_what_a_formula_reaches_outside(formula, how):
    assert reach_of_opendocument(formula.replace("&quot;", '"')) == how
    cell = f'<table:table-cell office:value-type="float" office:value="7" table:formula="{formula}"/>'
    assert [("A1" in note) for note in told(table(cell))] == [True] * len(how)


CACHE = (
    "<table:table table:name=\"'file:///C:/别处.ods'#$表\"><table:table-source/><table:table-row>"
    f"{CELL}</table:table-row></table:table>"
)
DATABASE = (
    '<table:database-ranges><table:database-range><table:database-source-sql table:sql-statement="x"/>'
    "</table:database-range></table:database-ranges>"
)


@pytest.mark.parametrize(
    ("why", "body", "said"),
    [
        ("a DDE link", "<table:dde-links><table:dde-link><table:table/></table:dde-link></table:dde-links>", LINKS),
        ("what formulas last found in another file", CACHE, LINKS),
        ("a database", DATABASE, f"文件带有外部数据连接（数据库、网页等），没有连接、没有刷新，{STORED}"),
    ],
)
def test_links_beside_the_cells(why, body, said):
    assert told(table() + body) == [said], why


def test_a_sheet_and_a_range_that_are_filled_from_another_file():
    assert told(table(within="<table:table-source/>")) == [LINKS]
    assert told(table(CELL.replace("/>", "><table:cell-range-source/></table:table-cell>"))) == [LINKS]


@pytest.mark.parametrize(
    ("why", "inside", "said"),
    [
        ("a picture", picture("Pictures/1.png"), INSIDE.format("图片1幅")),
        ("a picture elsewhere", picture("http://localhost:9/1.png"), "文件引用了外部（网络或其他文件）的图片，没有打开。如其中有数据，请填写在单元格里。"),
        ("a picture beside the file", picture("../1.png"), "文件引用了外部（网络或其他文件）的图片，没有打开。如其中有数据，请填写在单元格里。"),
        ("an object, and how it looks", f"<draw:object {XLINK.format('./Object 1')}/>" + picture("./ObjectReplacements/Object 1"), INSIDE.format("嵌入对象1个")),
        ("an object of old", f"<draw:object-ole {XLINK.format('./Object 1')}/>", INSIDE.format("嵌入对象1个")),
        ("a control", "<draw:control/>", INSIDE.format("控件1个")),
        ("a text box", "<draw:text-box><text:p>应为<text:span>30.25</text:span></text:p><text:p>更正</text:p></draw:text-box>", "文本框或图形里有10个字（“应为30.25 更正”），没有读取。如是报表内容，请填写在单元格里。"),
    ],
)  # fmt: skip
def test_what_is_drawn(why, inside, said):
    assert told(table(within=frame(inside))) == [said], why


def test_a_chart_only_draws_what_stands_in_cells():
    chart = frame(f"<draw:object {XLINK.format('./Object 1')}/>" + picture("./ObjectReplacements/Object 1"))
    assert told(table(within=chart), [("META-INF/manifest.xml", MANIFEST.format("chart"))]) == []
    assert told(table(within=chart), [("META-INF/manifest.xml", MANIFEST.format("text"))]) == [
        INSIDE.format("嵌入对象1个")
    ]
    inline = "<draw:object><office:document><office:chart><text:p>标题</text:p></office:chart></office:document></draw:object>"
    assert told(table(within=frame(inline))) == []


def test_a_comment_is_no_text_box():
    commented = CELL.replace("/>", "><office:annotation><text:p>批注</text:p></office:annotation></table:table-cell>")
    assert told(table(commented)) == []
