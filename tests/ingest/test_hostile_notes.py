"""What comes with an .xlsx: told in a sentence, never run, opened or followed; and text stays text."""

import pytest

from pipeline.ingest.formulas import Reach, reach
from tests.ingest.files import SHEET1, rezipped, xlsx
from tests.ingest.hostile import WORKBOOK, altered, related, told, values, with_parts

SHAPE = (
    '<wsDr xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><sp><a:p><a:r><a:t>汉滨区</a:t></a:r>'
    "<a:r><a:t>应为30.25</a:t></a:r></a:p><a:p><a:r><a:t>更正</a:t></a:r></a:p></sp></wsDr>"
)


def formulas(*texts):
    def write(_, sheet):
        for row, text in enumerate(texts):
            sheet.write_formula(row, 0, text, value=7)

    return xlsx(write)


@pytest.mark.parametrize(
    ("formula", "how"),
    [
        ("cmd|'/C calc'!A0", [Reach.DDE]),
        ("[1]表!A1", [Reach.WORKBOOK]),
        ("SUM('C:\\dir\\[别处.xlsx]表 1'!A1:B2)", [Reach.WORKBOOK]),
        ('_xlfn.WEBSERVICE("http://localhost:9/")', [Reach.WEBSERVICE]),
        ('hyperlink("http://localhost:9/","甲")', [Reach.HYPERLINK]),
        ('HYPERLINK("#\'月报\'!"&INDEX(A1:A9,2),"甲")', []),
        ('HYPERLINK("#http://localhost:9/")', [Reach.HYPERLINK]),
        ("HYPERLINK(\"#'[别处.xlsx]表'!A1\")", [Reach.HYPERLINK]),
        ('HYPERLINK(A1&"#表")', [Reach.HYPERLINK]),
        ('HYPERLINK("#表!A1")+WEBSERVICE(A1)', [Reach.WEBSERVICE]),
        ('RTD("a",,"b")+CALL("a","b","c")', [Reach.RTD, Reach.CALL]),
        ('REGISTER.ID("Kernel32","WinExec")', [Reach.REGISTER]),
        ('EXEC("calc")', [Reach.EXEC]),
        ("SUM(A1:B2)", []),
        ('IF(A1="cmd|x","[1]表!A1","WEBSERVICE(")', []),
        ("'a|b'!A1", []),
        ("SUM(表1[[#This Row],[2018]:[2019]])*Sheet2!A1", []),
        ("表1[2018]+Sheet2!A1", []),
        ("MYCALL(1)+RECALL(2)", []),
    ],
)
def test_what_a_formula_reaches_outside(formula, how):
    assert reach(formula) == how


def test_formulas_that_reach_outside_are_told_with_their_cells_and_their_stored_values_read():
    data = formulas("=cmd|'/C calc'!A0", "='[别处.xlsx]表'!A1", "=A2*2", '=WEBSERVICE("http://localhost:9/")')
    assert values(data) == {"A1": 7, "A2": 7, "A3": 7, "A4": 7}
    assert told(data) == [
        "“表”A1的公式用 DDE（动态数据交换）向其他程序取数，没有执行，用的是文件里存储的值。",
        "“表”A2的公式引用外部工作簿，没有打开，用的是文件里存储的值。",
        "“表”A4的公式会联网、打开链接或调用其他程序（WEBSERVICE），没有执行，用的是文件里存储的值。",
    ]


def test_of_many_such_cells_the_first_are_named():
    (note,) = told(formulas(*["=[1]表!A1"] * 20))
    assert note.startswith("“表”A1、“表”A2、") and "“表”A8等20个单元格的公式引用外部工作簿" in note


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (with_parts(("xl/vbaProject.bin", b"x")), "文件带有宏，宏没有运行，用的是文件里存储的值。"),
        (with_parts(("xl/macrosheets/sheet1.xml", "<a/>")), "文件带有宏，宏没有运行，用的是文件里存储的值。"),
        (with_parts(("xl/externalLinks/externalLink1.xml", "<a/>")), "文件带有指向外部工作簿或其他程序的链接，没有打开，用的是文件里存储的值。"),
        (with_parts(("xl/connections.xml", "<a/>")), "文件带有外部数据连接（数据库、网页等），没有连接、没有刷新，用的是文件里存储的值。"),
        (with_parts(("xl/media/image1.png", b"x"), ("xl/media/image2.png", b"x")), "文件里有图片2幅，其中的内容没有读取。如其中有数据，请填写在单元格里。"),
        (with_parts(("xl/embeddings/oleObject1.bin", b"x")), "文件里有嵌入对象1个，其中的内容没有读取。如其中有数据，请填写在单元格里。"),
        (with_parts(("xl/activeX/activeX1.xml", "<a/>"), ("xl/media/i.emf", b"x")), "文件里有图片1幅、控件1个，其中的内容没有读取。如其中有数据，请填写在单元格里。"),
        (related("image", "http://localhost:9/x.png", outside=True), "文件引用了外部（网络或其他文件）的图片，没有打开。如其中有数据，请填写在单元格里。"),
        (with_parts(("xl/drawings/drawing1.xml", SHAPE)), "文本框或图形里有13个字（“汉滨区应为30.25 更正”），没有读取。如是报表内容，请填写在单元格里。"),
    ],
)  # fmt: skip
def test_what_comes_with_a_file_is_told(data, said):
    assert told(data) == [said]
    assert values(data) == {"A1": "甲", "B2": 5}


def test_a_workbook_that_calculates_only_when_asked_is_told():
    manual = altered(WORKBOOK, "<calcPr ", '<calcPr calcMode="manual" ')
    assert told(manual) == [], "it has no formulas"
    data = rezipped(formulas("=1+6"), WORKBOOK, b"<calcPr ", b'<calcPr calcMode="manual" ')
    assert told(data) == ["工作簿设为手动计算，1个公式的值可能不是最新的，请留意合计是否相符。"]


def test_what_is_plain_is_not_told():
    def write(_, sheet):
        sheet.write(0, 0, "甲")
        sheet.write_comment(0, 0, "批注")
        sheet.write_url(1, 0, "mailto:someone@localhost")

    assert told(xlsx(write)) == []


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "@SUM(1)", "+1+1", "{{ 7*7 }}", "<b>甲</b>", "=HYPERLINK(1)"])
def test_a_text_that_looks_like_something_else_stays_a_text(text):
    data = xlsx(lambda _, sheet: sheet.write_string(0, 0, text))
    assert values(data) == {"A1": text}
    assert told(data) == []


def test_a_broken_part_that_nothing_is_read_from_is_no_reason_to_refuse():
    assert told(with_parts(("xl/drawings/drawing1.xml", "<wsDr><a:t>"), ("xl/x/_rels/y.rels", 'External"'))) == []
    assert values(altered(SHEET1, "<v>5</v>", "<v>6</v>")) == {"A1": "甲", "B2": 6}
