"""Words and styles of Excel 2003's XML that set signs apart; cells that say two things; what comes besides cells."""

import pytest

from pipeline.ingest.apart import Apart
from tests.ingest.dialects import spreadsheetml
from tests.ingest.files import opened_as, refused

HTML = 'xmlns="http://www.w3.org/TR/REC-html40"'


def workbook(cell, styles="", **more):
    return spreadsheetml(f"<Row>{cell}</Row>", styles, **more)


def first(cell, styles=""):
    return opened_as("xml", workbook(cell, styles)).sheets[0].cells[0, 0]


def text(inside):
    return f'<Cell><ss:Data ss:Type="String" {HTML}>{inside}</ss:Data></Cell>'


@pytest.mark.parametrize(
    ("inside", "value", "apart"),
    [
        ("30<Sup>2</Sup>", "302", Apart.RAISED),
        ("30<Sub>2</Sub>", "302", Apart.LOWERED),
        ("<S>100</S>30.25", "10030.25", Apart.STRUCK),
        ("<B><S>30</S></B><S>.25</S>", "30.25", Apart.ALL_STRUCK),
        ('<Font html:Color="#FF0000" xmlns:html="http://www.w3.org/TR/REC-html40">30</Font>.25', "30.25", ""),
        ("<B>30</B><I>.25</I>", "30.25", ""),
    ],
)
def test_words(inside, value, apart):
    found = first(text(inside))
    assert (found.value, found.apart) == (value, apart)


@pytest.mark.parametrize(
    ("font", "apart"),
    [
        ('ss:StrikeThrough="1"', Apart.ALL_STRUCK),
        ('ss:VerticalAlign="Superscript"', Apart.RAISED),
        ('ss:VerticalAlign="Subscript"', Apart.LOWERED),
        ('ss:StrikeThrough="0" ss:Bold="1"', ""),
    ],
)
def test_the_style_of_a_cell(font, apart):
    styles = f'<Style ss:ID="s1"><Font {font}/></Style><Style ss:ID="s2" ss:Parent="s1"><NumberFormat/></Style>'
    for style in ("s1", "s2"):
        cell = f'<Cell ss:StyleID="{style}"><Data ss:Type="Number">30.25</Data></Cell>'
        assert first(cell, styles).apart == apart


@pytest.mark.parametrize(
    ("why", "inside"),
    [
        ("two values", '<Data ss:Type="Number">30.25</Data><Data ss:Type="Number">1</Data>'),
        ("a value within another", '<Data ss:Type="String">30.25<Data ss:Type="String">1</Data></Data>'),
        ("a text beside the value", '30.25<Data ss:Type="Number">1</Data>'),
        ("a text without its element", "30.25"),
        ("a number as only Python writes it", '<Data ss:Type="Number">3_0</Data>'),
        ("a number in full width", '<Data ss:Type="Number">３０</Data>'),
    ],
)
def test_a_cell_that_nobody_can_be_sure_of_is_refused(why, inside):
    assert "单元格A1的内容无法解读" in refused(workbook(f"<Cell>{inside}</Cell>")).message, why


def told(data):
    return list(opened_as("xml", data).notes)


STORED = "用的是文件里存储的值。"


def formula(written):
    return f'<Cell ss:Formula="{written}"><Data ss:Type="Number">7</Data></Cell>'


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("=cmd|'/C calc'!A0", f"“统计表”A1的公式用 DDE（动态数据交换）向其他程序取数，没有执行，{STORED}"),
        ("='[别处.xls]表'!R1C1", f"“统计表”A1的公式引用外部工作簿，没有打开，{STORED}"),
        ("=WEBSERVICE(&quot;http://localhost:9/&quot;)", f"“统计表”A1的公式会联网、打开链接或调用其他程序（WEBSERVICE），没有执行，{STORED}"),
    ],
)  # fmt: skip
def test_formulas_that_reach_outside_are_told_and_their_stored_values_read(written, said):
    data = workbook(formula(written))
    assert told(data) == [said]
    assert opened_as("xml", data).sheets[0].cells[0, 0].value == 7


@pytest.mark.parametrize("written", ["=SUM(R[-3]C:R[-1]C)", "=RC[-1]*Sheet2!R1C[2]", "=表1!R1C1"])
def test_formulas_that_stay_in_their_file_are_not_told(written):
    assert told(workbook(formula(written))) == []


def test_links_and_queries_that_formulas_do_not_tell():
    book = "<x:ExcelWorkbook><x:SupBook><x:Path>别处.xls</x:Path></x:SupBook></x:ExcelWorkbook>"
    query = "<x:QueryTable><x:Name>查询</x:Name></x:QueryTable>"
    links = f"文件带有指向外部工作簿或其他程序的链接，没有打开，{STORED}"
    connections = f"文件带有外部数据连接（数据库、网页等），没有连接、没有刷新，{STORED}"
    plain = '<Cell><Data ss:Type="Number">7</Data></Cell>'
    assert told(workbook(plain)) == []
    assert told(workbook(plain, behind=book + query)) == [links, connections]
    assert told(workbook(formula("=[别处.xls]表!R1C1"), behind=book)) == [
        f"“统计表”A1的公式引用外部工作簿，没有打开，{STORED}"
    ]
