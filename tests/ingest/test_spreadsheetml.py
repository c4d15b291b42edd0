from datetime import date, datetime
from functools import partial

import pytest

from pipeline.ingest import limits
from pipeline.model import Cell, CellKind, Merge
from tests.ingest.dialects import XML_HEAD, as_spreadsheetml, spreadsheetml
from tests.ingest.files import opened_as, refused

opened = partial(opened_as, "xml")


def sheet(rows, styles="", **options):
    return opened(spreadsheetml(rows, styles, **options)).sheets[0]


def data(kind, text):
    return f'<Data ss:Type="{kind}">{text}</Data>'


def cell(kind, text, **attributes):
    """A cell; `Index=4` is written as ss:Index="4"."""
    stated = "".join(f' ss:{name}="{value}"' for name, value in attributes.items())
    return f"<Cell{stated}>{data(kind, text)}</Cell>"


def places(found):
    return {place: c.value for place, c in found.cells.items()}


def test_every_kind_of_cell_is_what_the_file_stores():
    found = sheet(
        "<Row>"
        + cell("String", "汉滨")
        + cell("Number", "302500.5")
        + cell("Boolean", "1")
        + cell("DateTime", "2018-03-31T00:00:00.000")
        + cell("DateTime", "2018-03-31T08:30:00.000")
        + cell("DateTime", "1899-12-31T08:24:00.000")
        + cell("Error", "#DIV/0!")
        + cell("String", "  ")
        + cell("String", "1,234.50")
        + "<Cell/></Row>"
    )
    assert list(found.cells.values()) == [
        Cell(0, 0, CellKind.TEXT, "汉滨"),
        Cell(0, 1, CellKind.NUMBER, 302500.5),
        Cell(0, 2, CellKind.BOOLEAN, True),
        Cell(0, 3, CellKind.DATE, date(2018, 3, 31)),
        Cell(0, 4, CellKind.DATE, datetime.fromisoformat("2018-03-31 08:30")),
        Cell(0, 5, CellKind.DATE, "08:24:00"),
        Cell(0, 6, CellKind.ERROR, "#DIV/0!"),
        Cell(0, 8, CellKind.TEXT, "1,234.50"),
    ]


def test_places_are_counted_on_from_the_last_index():
    rows = (
        f'<Row ss:Index="3">{cell("Number", 1)}{cell("Number", 2, Index=4)}{cell("Number", 3)}</Row>'
        f"<Row>{cell('Number', 4)}</Row>"
        '<Row ss:Index="8" ss:Span="2"/>'
        f"<Row>{cell('Number', 5)}</Row>"
    )
    assert places(sheet(rows)) == {(2, 0): 1, (2, 3): 2, (2, 4): 3, (3, 0): 4, (10, 0): 5}


def test_merged_cells_push_what_follows_to_the_right():
    rows = f"<Row>{cell('String', '标题', MergeAcross=2, MergeDown=1)}{cell('String', '旁')}</Row>"
    found = sheet(rows)
    assert found.merged == [Merge(0, 0, 1, 2)]
    assert places(found) == {(0, 0): "标题", (0, 3): "旁"}


def test_hidden_rows_columns_and_sheets():
    rows = (
        f"<Row>{''.join(cell('Number', i) for i in range(5))}</Row><Row ss:Hidden='1'>{cell('Number', 1)}</Row>"
        f"<Row ss:Height='0'>{cell('Number', 1)}</Row><Row ss:Hidden='1' ss:Span='9'/>"
    )
    columns = "<Column/><Column ss:Hidden='1'/><Column ss:Index='4' ss:Width='0' ss:Span='1'/><Column ss:Hidden='1'/>"
    options = "<x:WorksheetOptions><x:Visible>{}</x:Visible></x:WorksheetOptions>"
    found = sheet(rows, before=columns, behind=options.format("SheetHidden"))
    assert (found.hidden_rows, found.hidden_cols, found.hidden) == ({1, 2}, {1, 3, 4}, True)
    assert sheet(rows, behind=options.format("SheetVeryHidden")).hidden
    assert not sheet(rows, behind=options.format("SheetVisible")).hidden


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("0.00", (2, False, "")),
        ("Fixed", (2, False, "")),
        ("Standard", (2, False, "")),
        ("Percent", (2, True, "")),
        ("General Number", (None, False, "")),
        ("0.00&quot;万元&quot;", (2, False, "万元")),
        ("0!.0000", (0, False, "÷10000")),
    ],
)
def test_number_formats(code, expected):
    styles = f'<Style ss:ID="s1"><NumberFormat ss:Format="{code}"/></Style><Style ss:ID="s2" ss:Parent="s1"/>'
    for style in ("s1", "s2"):
        found = sheet(f"<Row>{cell('Number', 5, StyleID=style)}</Row>", styles).cells[0, 0]
        assert (found.decimals, found.percent, found.format_text) == expected


@pytest.mark.parametrize(
    ("before", "row"), [("<Column ss:StyleID='s1'/>", "<Row>"), ("", "<Row ss:StyleID='s1'>")], ids=["column", "row"]
)
def test_a_style_comes_from_the_row_or_the_column(before, row):
    styles = '<Style ss:ID="s1"><NumberFormat ss:Format="0.0"/></Style>'
    assert sheet(f"{row}{cell('Number', 5)}</Row>", styles, before=before).cells[0, 0].decimals == 1


def test_formulas_with_and_without_a_value():
    rows = f"<Row>{cell('Number', 4, Formula='=RC[1]*2')}<Cell ss:Formula='=1+1'/></Row>"
    assert list(sheet(rows).cells.values()) == [
        Cell(0, 0, CellKind.NUMBER, 4.0, formula=True),
        Cell(0, 1, CellKind.UNCALCULATED, "", formula=True),
    ]


def test_texts_in_many_letters_and_comments():
    rich = '<ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>汉</B><Font>滨</Font></ss:Data>'
    note = (
        '<Comment ss:Author="某"><ss:Data xmlns="http://www.w3.org/TR/REC-html40"><B>注：</B>含逾期</ss:Data></Comment>'
    )
    found = sheet(f"<Row><Cell>{rich}{note}</Cell><Cell>{note}{data('Number', 5)}</Cell></Row>")
    assert places(found) == {(0, 0): "汉滨", (0, 1): 5.0}
    assert found.comments == {"A1": "注：含逾期", "B1": "注：含逾期"}


@pytest.mark.parametrize("encoding", ["", "UTF-8", "GB2312", "gbk", "GB18030", "utf-16"])
def test_every_encoding_that_exports_are_written_in(encoding):
    assert places(sheet(f"<Row>{cell('String', '汉滨区授信户数')}</Row>", encoding=encoding)) == {
        (0, 0): "汉滨区授信户数"
    }


def test_several_sheets():
    two = as_spreadsheetml([["甲"]]).replace(
        b"</Workbook>",
        f'<Worksheet ss:Name="二"><Table><Row>{cell("String", "乙")}</Row></Table></Worksheet></Workbook>'.encode(),
    )
    assert [(s.name, places(s)) for s in opened(two).sheets] == [("统计表", {(0, 0): "甲"}), ("二", {(0, 0): "乙"})]


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("why", "inside", "said"),
    [
        ("an ampersand as it is", f"<Row>{cell('String', '甲&乙')}</Row>", "第4行附近的结构不完整"),
        ("a tag that is not closed", "<Row><Cell>", "第4行附近的结构不完整"),
        ("tags of a template", "<#list rows as r><Row/></#list>", "第4行附近的结构不完整"),
        (
            "a template's variable as a place",
            "<Row><Cell ss:Index='${i}'/></Row>",
            "里面的 ss:Index 不是编号（可能是没有填好的模板）",
        ),
    ],
)
def test_what_is_not_well_formed_is_refused(why, inside, said):
    found = refused(spreadsheetml(inside))
    assert found.message.startswith(f"内容其实是 Excel 2003 的 XML 表格，但{said}"), why
    assert found.message.endswith("另存为 .xlsx 工作簿重新报送。")


@pytest.mark.parametrize(
    ("why", "inside", "where"),
    [
        ("a number that is none", cell("Number", "12万"), "A1"),
        ("infinity", cell("Number", "INF"), "A1"),
        ("an empty number", "<Cell/>" + cell("Number", ""), "B1"),
        ("a day that is none", cell("DateTime", "2018-02-30T00:00:00.000"), "A1"),
        ("an unknown type", cell("Void", "1"), "A1"),
    ],
)
def test_a_value_that_does_not_fit_its_type_is_refused_at_the_cell(why, inside, where):
    found = refused(spreadsheetml(f"<Row>{inside}</Row>"))
    assert found.message.startswith(f"文件已损坏或不完整（工作表“统计表”单元格{where}的内容无法解读）"), why


def test_an_index_that_goes_back_would_overwrite():
    rows = f"<Row>{cell('Number', 1)}{cell('Number', 2, Index=1)}</Row>"
    assert "位置编号前后颠倒" in refused(spreadsheetml(rows)).message
    rows = f'<Row ss:Index="2">{cell("Number", 1)}</Row><Row ss:Index="2">{cell("Number", 2)}</Row>'
    assert "位置编号前后颠倒" in refused(spreadsheetml(rows)).message


def test_a_cell_outside_of_any_sheet_is_refused():
    data = spreadsheetml(f"<Row>{cell('Number', 1)}</Row>").replace(b"Worksheet", b"Worksheat")
    assert refused(data).message.startswith("文件已损坏或不完整（单元格不在任何工作表里）")


def test_a_document_type_is_refused():
    head, rest = XML_HEAD.format("").split("<Workbook", 1)
    entity = '<!DOCTYPE Workbook [<!ENTITY a "b">]>'
    data = f"{head}{entity}<Workbook{rest}</Workbook>".encode()
    assert refused(data).message.startswith("文件含有不安全的内容（XML 实体声明）")


def test_too_far_and_too_many_are_refused(monkeypatch):
    far = f"<Row ss:Index='1048576'>{cell('Number', 1, Index=1900)}</Row>"
    assert "内容散布到BUB1048576" in refused(spreadsheetml(far)).message
    assert "内容写到了第3000列" in refused(spreadsheetml(f"<Row>{cell('Number', 1, Index=3000)}</Row>")).message
    assert (
        "内容写到了第1048577行" in refused(spreadsheetml(f"<Row ss:Index='1048577'>{cell('Number', 1)}</Row>")).message
    )
    monkeypatch.setattr(limits, "MAX_CELLS", 1)
    assert "单元格超过1个" in refused(spreadsheetml(f"<Row>{cell('Number', 1) * 2}</Row>")).message
