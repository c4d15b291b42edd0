from datetime import date

import pytest

from pipeline.ingest import limits
from pipeline.ingest.html_table import NOTE
from pipeline.ingest.number_format import MONTH_SHOWN
from pipeline.ingest.workbook import open_grid
from pipeline.model import Cell, CellKind, Grid, Merge, Unreadable

ROWS = "<tr><td>汉滨区<td>1<tr><td>旬阳县<td>2<tr><td>白河县<td>3"


def opened(data):
    grid = open_grid(data.encode() if isinstance(data, str) else data)
    assert isinstance(grid, Grid), grid
    assert grid.format == "html"
    return grid


def refused(data):
    got = open_grid(data.encode() if isinstance(data, str) else data)
    assert isinstance(got, Unreadable), got
    return got


def sheet(inside, head=""):
    (only,) = opened(f"<html><head>{head}</head><body><table>{inside}</table></body></html>").sheets
    return only


def places(got):
    return {place: c.value for place, c in got.cells.items()}


# ------------------------------------------------------------------ where cells stand


def test_cells_that_span_rows_and_columns_are_merged_and_push_the_others():
    got = sheet(
        "<tr><th rowspan=2>县区</th><th colspan=2>期末余额</th><th>备注</th></tr>"
        "<tr><th>户数</th><th>金额</th><th>无</th></tr>"
        "<tr><td>汉滨区</td><td>9</td><td>30.25</td></tr>"
    )
    assert got.merged == [Merge(0, 0, 1, 0), Merge(0, 1, 0, 2)]
    assert places(got) == {
        (0, 0): "县区",
        (0, 1): "期末余额",
        (0, 3): "备注",
        (1, 1): "户数",
        (1, 2): "金额",
        (1, 3): "无",
        (2, 0): "汉滨区",
        (2, 1): "9",
        (2, 2): "30.25",
    }


@pytest.mark.parametrize(
    ("span", "merged"),
    [
        ("rowspan=0", [Merge(0, 0, 2, 0)]),
        ("rowspan=99", [Merge(0, 0, 2, 0)]),
        ("rowspan=x", []),
        ("colspan=0", []),
        ("colspan='-3'", []),
    ],
)
def test_spans_as_a_browser_has_them(span, merged):
    assert sheet(f"<tr><td {span}>甲<td>乙<tr><td>丙<tr><td>丁").merged == merged


def test_tags_that_are_not_closed_and_parts_of_a_table():
    got = sheet("<thead><tr><th>县区<th>户数<tbody><tr><td>汉滨区<td>1<tfoot><tr><td>合计<td>1")
    assert [c.value for c in got.cells.values()] == ["县区", "户数", "汉滨区", "1", "合计", "1"]


def test_what_stands_above_and_below_a_table_goes_with_it():
    page = (
        "<h3>农业银行统计表（2018年3月）</h3><p>单位：万元</p>"
        f"<table><caption>期末余额</caption>{ROWS}</table><div>填表人：示例乙</div>"
    )
    (got,) = opened(page).sheets
    texts = [(c.address, c.value) for c in got.cells.values() if c.col == 0]
    assert texts == [
        ("A1", "农业银行统计表（2018年3月）"),
        ("A2", "单位：万元"),
        ("A3", "期末余额"),
        ("A4", "汉滨区"),
        ("A5", "旬阳县"),
        ("A6", "白河县"),
        ("A7", "填表人：示例乙"),
    ]


def test_a_table_of_titles_and_one_of_signatures_go_with_the_table_between():
    page = (
        "<table><tr><td colspan=3>统计表<tr><td>填报单位：甲<td>单位：万元</table>"
        f"<table>{ROWS}</table><table><tr><td>负责人：示例甲<td>填表人：示例乙</table>"
    )
    (got,) = opened(page).sheets
    assert places(got)[1, 1] == "单位：万元"
    assert places(got)[2, 0] == "汉滨区"
    assert places(got)[5, 1] == "填表人：示例乙"
    assert got.merged == [Merge(0, 0, 0, 2)]


def test_several_tables_are_several_sheets():
    two = opened(f"<p>一</p><table>{ROWS}</table><p>二</p><table>{ROWS.replace('1', '7')}</table>").sheets
    assert [(s.name, s.cells[0, 0].value, s.cells[1, 1].value) for s in two] == [("表1", "一", "1"), ("表2", "二", "7")]


def test_a_table_inside_another_is_a_table_of_its_own():
    page = f"<table><tr><td>首页<td><table>{ROWS}</table>右栏<tr><td>页脚</table>"
    (got,) = opened(page).sheets
    assert places(got) == {
        (0, 0): "首页",
        (0, 1): "右栏",
        (1, 0): "页脚",
        (2, 0): "汉滨区",
        (2, 1): "1",
        (3, 0): "旬阳县",
        (3, 1): "2",
        (4, 0): "白河县",
        (4, 1): "3",
    }


def test_the_sheet_has_the_name_that_excel_wrote():
    named = "<!--[if gte mso 9]><xml><x:ExcelWorksheet><x:Name>三月</x:Name></x:ExcelWorksheet></xml><![endif]-->"
    assert sheet(ROWS, named).name == "三月"


# ------------------------------------------------------------------ what cells hold


@pytest.mark.parametrize(
    ("why", "inside", "expected"),
    [
        ("blanks of the layout", "汉\n   滨", "汉 滨"),
        ("blanks that are meant", "&nbsp;汉&nbsp;&nbsp;滨&nbsp;", "汉  滨"),
        ("breaks", "汉<br>滨<br/>", "汉\n滨"),
        ("blocks", "<p>汉</p><div>滨</div>", "汉\n滨"),
        ("letters", "<b>汉</b><font color=red>滨</font><a href='http://localhost:9/'>区</a>", "汉滨区"),
        ("entities", "甲&amp;乙&lt;&#20803;", "甲&乙<元"),
        ("scripts and styles", "汉<script>document.write('<td>9')</script><style>.a{b:c}</style>滨", "汉滨"),
        ("comments", "汉<!-- 9 -->滨", "汉滨"),
    ],
)
def test_texts(why, inside, expected):
    assert sheet(f"<tr><td>{inside}</td></tr>").cells[0, 0].value == expected, why


def test_a_blank_cell_is_none():
    assert places(sheet("<tr><td>&nbsp;<td> <td><br><td>甲")) == {(0, 3): "甲"}


def test_what_office_programs_store_beside_what_is_shown():
    style = (
        '<style><!--.xl65 {mso-number-format:"0\\.00";} td.xl66 {mso-number-format:"0\\.00\\0022万元\\0022";}'
        '.xl67{mso-number-format:"yyyy\\0022年\\0022m\\0022月\\0022d\\0022日\\0022";} .xl68{mso-number-format:Percent;}--></style>'
    )
    got = sheet(
        '<tr><td class=xl65 x:num="1234.5678">1,234.57<td class="xl66 b" x:num="5">5.00万元'
        '<td class=xl67 x:num="43190">2018年3月31日<td class=xl68 x:num="0.0435">4.35%'
        '<td x:num>120<td x:str="007">007<td x:bool="TRUE">TRUE<td x:err="#N/A">#N/A'
        '<td x:num="4" x:fmla="=A1*2">4<td sdval="60.5" sdnum="2052;0;0.0">60.5'
        '<td style="mso-number-format:\'#,##0.000\'" x:num="2">2.000',
        style,
    )
    assert list(got.cells.values()) == [
        Cell(0, 0, CellKind.NUMBER, 1234.5678, decimals=2),
        Cell(0, 1, CellKind.NUMBER, 5.0, decimals=2, format_text="万元"),
        Cell(0, 2, CellKind.DATE, date(2018, 3, 31)),
        Cell(0, 3, CellKind.NUMBER, 0.0435, decimals=2, percent=True),
        Cell(0, 4, CellKind.TEXT, "120"),
        Cell(0, 5, CellKind.TEXT, "007"),
        Cell(0, 6, CellKind.BOOLEAN, True),
        Cell(0, 7, CellKind.ERROR, "#N/A"),
        Cell(0, 8, CellKind.NUMBER, 4.0, formula=True),
        Cell(0, 9, CellKind.NUMBER, 60.5, decimals=1),
        Cell(0, 10, CellKind.NUMBER, 2.0, decimals=3),
    ]


@pytest.mark.parametrize("stored", ["12万", "1e999", "nan", ""])
def test_a_stored_number_that_is_none_leaves_what_is_shown(stored):
    assert sheet(f"<tr><td x:num='{stored}'>120").cells[0, 0] == Cell(0, 0, CellKind.TEXT, "120")


# ------------------------------------------------------------------ characters, notes, limits


@pytest.mark.parametrize(
    ("encoding", "stated"),
    [
        ("gb2312", "gb2312"),
        ("gbk", "GBK"),
        ("gb18030", "utf-8"),
        ("utf-8", "utf-8"),
        ("utf-8", "gb2312"),
        ("utf-8-sig", ""),
        ("utf-16", "unicode"),
    ],
)
def test_every_encoding_whatever_the_page_says_of_itself(encoding, stated):
    page = f'<html><head><meta charset="{stated}"></head><table>{ROWS}</table>'
    assert opened(page.encode(encoding)).sheets[0].cells[0, 0].value == "汉滨区"


def test_it_is_told_that_it_is_a_page_and_that_pictures_were_not_fetched():
    grid = opened(f"<table>{ROWS}<tr><td><img src='http://localhost:9/logo.png'></table>")
    assert list(grid.notes) == [NOTE, "网页里有图片，没有读取，也没有从网上下载。"]


@pytest.mark.parametrize(
    ("page", "rule", "said"),
    [
        ("<html><body><p>三月份工作总结</p></body></html>", "F02", "内容其实是网页（HTML），里面没有表格。"),
        ("<html><frameset><frame src='a.htm'></frameset></html>", "F01", "这只是网页的外框，表格在另外的文件里"),
        (f"<table>{ROWS}".replace("1", "\x01"), "F02", "文件不是表格，也不是文字（内容是二进制数据）"),
    ],
)
def test_what_holds_no_table_is_named(page, rule, said):
    got = refused(page)
    assert (got.rule, got.message[: len(said)]) == (rule, said)


@pytest.mark.parametrize(
    ("why", "page"),
    [
        ("inside a cell", f"<table>{ROWS}"),
        ("behind a row", f"<html><table>{ROWS}</td></tr>"),
        ("inside a tag", f"<html><table>{ROWS}<tr><td sty"),
        ("inside a value", f"<html><table>{ROWS}<tr><td style='color:re"),
        ("inside a comment", f"<html><table>{ROWS}</table><!-- 说明"),
        ("inside a table in a table", f"<table><tr><td><table>{ROWS}</table>"),
        ("in a second table", f"<html><body><table>{ROWS}</table></body></html><table>{ROWS}"),
        ("and names its own end", f"<table>{ROWS}<end-of-file></table><table>{ROWS}"),
    ],
)
def test_a_page_that_ends_too_early_is_refused(why, page):
    got = refused(page)
    assert (got.rule, got.message[:7]) == ("F01", "网页没有传完（"), why


@pytest.mark.parametrize(
    ("why", "page", "told"),
    [
        ("all is closed", f"<html><body><table>{ROWS}</table></body></html>", False),
        ("the table alone", f"<table>{ROWS}</table>\n", False),
        ("the page closes what the table forgot", f"<html><table>{ROWS}</html>", False),
        ("the page never ends", f"<html><body><table>{ROWS}</table><p>填表人", True),
    ],
)
def test_a_page_whose_tables_are_whole_is_read(why, page, told):
    grid = opened(page)
    assert grid.sheets[0].cells[2, 1].value == "3"
    assert any("没有结束标记" in note for note in grid.notes) is told, why


def test_too_wide_and_too_many_are_refused(monkeypatch):
    assert "网页的表格超过2000列" in refused("<table><tr>" + "<td colspan=900>1" * 3 + "</table>").message
    assert (
        "合并单元格超过5000处"
        in refused("<table>" + "<tr><td colspan=2>1" * (limits.MAX_MERGED + 1) + "</table>").message
    )
    monkeypatch.setattr(limits, "MAX_CELLS", 3)
    assert "单元格超过3个" in refused(f"<table>{ROWS}</table>").message


def test_deep_nesting_loses_nothing():
    page = "<div>" * 3000 + f"<table>{ROWS}</table>"
    assert opened(page).sheets[0].cells[2, 1].value == "3"


def test_rows_that_span_everything_cost_nothing():
    page = "<table>" + "<tr><td rowspan=65534 colspan=1000>1" * 2 + "</table>"
    got = opened(page).sheets[0]
    assert places(got) == {(0, 0): "1", (1, 1000): "1"}


def test_a_page_of_too_many_cells_is_counted_before_it_is_taken_apart():
    got = open_grid(b"<html><table><tr>" + b"<td>" * (limits.MAX_PAGE_CELLS + 1) + b"</table></html>")
    assert isinstance(got, Unreadable)
    assert f"网页的单元格超过{limits.MAX_PAGE_CELLS}个" in got.message


def test_a_day_that_is_shown_as_its_month():
    look = "style='mso-number-format:\"yyyy\\0022年\\0022m\\0022月\\0022\"'"
    assert sheet(f"<tr><td {look} x:num='43160'>2018年3月<td>1").cells[0, 0] == Cell(
        0, 0, CellKind.DATE, date(2018, 3, 1), format_text=MONTH_SHOWN
    )
