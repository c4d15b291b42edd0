from datetime import date, datetime
from functools import partial

import pytest

from pipeline.ingest import limits
from pipeline.ingest.refusal import ENCRYPTED
from pipeline.model import Cell, CellKind, Merge, Unreadable
from tests.ingest.dialects import CALC, ODS, SPACES, as_ods, ods, ods_cell, ods_table
from tests.ingest.files import opened_as, refused, zipped

opened = partial(opened_as, "ods")


def sheet(inside, styles="", **attributes):
    return opened(ods(table(inside, **attributes), styles)).sheets[0]


def table(inside, style=""):
    return f'<table:table table:name="表" table:style-name="{style}">{inside}</table:table>'


def row(*cells, attributes=""):
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def cell(kind="", value="", text="", attributes=""):
    """A cell of a type, with its value under the name that goes with the type."""
    name = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}.get(kind, "value")
    typed = f'office:value-type="{kind}"' if kind else ""
    stated = f'office:{name}="{value}"' if value else ""
    return f"<table:table-cell {typed} {stated} {attributes}><text:p>{text}</text:p></table:table-cell>"


def number_style(name, inside, kind="number-style"):
    return (
        f'<number:{kind} style:name="N{name}">{inside}</number:{kind}>'
        f'<style:style style:name="{name}" style:family="table-cell" style:data-style-name="N{name}"/>'
    )


def test_every_kind_of_cell_is_what_the_file_stores():
    found = sheet(
        row(
            cell("string", text="汉滨"),
            cell("float", "302500.5", "302,500.50"),
            cell("boolean", "true", "TRUE"),
            cell("date", "2018-03-31", "2018年3月31日"),
            cell("date", "2018-03-31T08:30:00", "08:30"),
            cell("time", "PT08H24M00S", "08:24"),
            cell("percentage", "0.0435", "4.35%"),
            cell("currency", "60.5", "￥60.50"),
            cell("string", text="  "),
            cell("string", text="1,234.50"),
            cell(text="没有类型的文字"),
        )
    )
    assert list(found.cells.values()) == [
        Cell(0, 0, CellKind.TEXT, "汉滨"),
        Cell(0, 1, CellKind.NUMBER, 302500.5),
        Cell(0, 2, CellKind.BOOLEAN, True),
        Cell(0, 3, CellKind.DATE, date(2018, 3, 31)),
        Cell(0, 4, CellKind.DATE, datetime.fromisoformat("2018-03-31 08:30")),
        Cell(0, 5, CellKind.DATE, "08:24:00"),
        Cell(0, 6, CellKind.NUMBER, 0.0435, percent=True),
        Cell(0, 7, CellKind.NUMBER, 60.5),
        Cell(0, 9, CellKind.TEXT, "1,234.50"),
        Cell(0, 10, CellKind.TEXT, "没有类型的文字"),
    ]


@pytest.mark.parametrize(
    ("why", "inside", "kind", "expected"),
    [
        ("two places", '<number:number number:decimal-places="2"/>', "number-style", (2, False, "")),
        ("none", '<number:number number:decimal-places="0"/>', "number-style", (0, False, "")),
        ("General", "<number:number/>", "number-style", (None, False, "")),
        (
            "per cent",
            '<number:number number:decimal-places="2"/><number:text>%</number:text>',
            "percentage-style",
            (2, True, ""),
        ),
        (
            "a unit in words",
            '<number:number number:decimal-places="2"/><number:text>万元</number:text>',
            "number-style",
            (2, False, "万元"),
        ),
        (
            "a currency",
            '<number:currency-symbol>￥</number:currency-symbol><number:number number:decimal-places="2"/>',
            "currency-style",
            (2, False, "￥"),
        ),
        (
            "元 shown as thousands",
            '<number:number number:decimal-places="1" number:display-factor="1000"/>',
            "number-style",
            (1, False, "÷1000"),
        ),
        (
            "元 shown as 万元 by a point inside the digits",
            (
                '<number:number number:decimal-places="0"><number:embedded-text number:position="4">.</number:embedded-text>'
                "</number:number><number:text>万元</number:text>"
            ),
            "number-style",
            (0, False, "÷10000万元"),
        ),
    ],
)
def test_number_formats(why, inside, kind, expected):
    found = sheet(row(cell("float", "5", attributes='table:style-name="c"')), number_style("c", inside, kind)).cells[
        0, 0
    ]
    assert (found.decimals, found.percent, found.format_text) == expected, why


def test_the_format_of_amounts_above_zero_is_the_one_that_counts():
    positive = '<number:number number:decimal-places="2"/><number:text>万元</number:text>'
    mapped = f'<number:number-style style:name="P">{positive}</number:number-style>' + number_style(
        "c",
        '<number:text>-</number:text><number:number number:decimal-places="0"/>'
        '<style:map style:condition="value()&gt;=0" style:apply-style-name="P"/>',
    )
    found = sheet(row(cell("float", "5", attributes='table:style-name="c"')), mapped).cells[0, 0]
    assert (found.decimals, found.format_text) == (2, "万元")


@pytest.mark.parametrize("place", ["column", "row", "parent"])
def test_a_style_comes_from_the_row_the_column_or_the_style_above(place):
    styles = number_style("c", '<number:number number:decimal-places="2"/>')
    styles += '<style:style style:name="child" style:family="table-cell" style:parent-style-name="c"/>'
    default = 'table:default-cell-style-name="c"'
    column = f"<table:table-column {default if place == 'column' else ''}/>"
    own = 'table:style-name="child"' if place == "parent" else ""
    inside = row(cell("float", "5", attributes=own), attributes=default if place == "row" else "")
    assert sheet(column + inside, styles).cells[0, 0].decimals == 2


@pytest.mark.parametrize(
    "extra", ["table:visibility='collapse'", "table:visibility='filter'", "table:style-name='flat'"]
)
def test_hidden_rows_and_columns(extra):
    styles = (
        '<style:style style:name="flat" style:family="table-row"><style:table-row-properties style:row-height="0cm"/>'
        '</style:style><style:style style:name="flat" style:family="table-column">'
        '<style:table-column-properties style:column-width="0in"/></style:style>'
    )
    found = sheet(
        f'<table:table-column table:number-columns-repeated="2"/><table:table-column {extra}/>'
        + row(ods_cell("甲"), ods_cell("乙"), ods_cell("丙"), ods_cell("丁"))
        + row(ods_cell("戊"), attributes=extra)
        + row(ods_cell("己"))
        + row(attributes=f"{extra} table:number-rows-repeated='1048573'"),
        styles,
    )
    assert (found.hidden_rows, found.hidden_cols) == ({1}, {2})


def test_a_hidden_sheet():
    style = '<style:style style:name="ta" style:family="table"><style:table-properties table:display="false"/></style:style>'
    assert sheet(row(ods_cell("甲")), style, style="ta").hidden
    assert not sheet(row(ods_cell("甲")), style).hidden


def test_merged_cells_and_what_stands_under_them():
    found = sheet(
        row(
            cell("string", text="标题", attributes='table:number-columns-spanned="3" table:number-rows-spanned="2"'),
            '<table:covered-table-cell table:number-columns-repeated="2"/>',
        )
        + row('<table:covered-table-cell office:value-type="float" office:value="9"/>')
    )
    assert found.merged == [Merge(0, 0, 1, 2)]
    assert {place: c.value for place, c in found.cells.items()} == {(0, 0): "标题", (1, 0): 9.0}


def test_repeated_cells_and_rows_stand_where_they_are_shown():
    found = sheet(
        row('<table:table-cell table:number-columns-repeated="2"/>', ods_cell("甲"))
        + row(attributes='table:number-rows-repeated="3"')
        + row(
            cell("float", "5", attributes='table:number-columns-repeated="2"'),
            attributes='table:number-rows-repeated="2"',
        )
    )
    assert {place: c.value for place, c in found.cells.items()} == {
        (0, 2): "甲",
        (4, 0): 5.0,
        (4, 1): 5.0,
        (5, 0): 5.0,
        (5, 1): 5.0,
    }


def test_rows_in_groups_and_headings_count_as_rows():
    inside = (
        f"<table:table-header-rows>{row(ods_cell('表头'))}</table:table-header-rows>"
        f"<table:table-row-group>{row(ods_cell('一'))}<table:table-row-group>{row(ods_cell('二'))}"
        "</table:table-row-group></table:table-row-group>"
    )
    assert [c.value for c in sheet(inside).cells.values()] == ["表头", "一", "二"]


@pytest.mark.parametrize(
    ("why", "inside", "expected"),
    [
        ("blanks of the layout", "汉\n   滨", "汉 滨"),
        ("blanks that are meant", "汉<text:s text:c='2'/>滨", "汉  滨"),
        ("parts in other letters", "<text:span>汉</text:span><text:a>滨</text:a>", "汉滨"),
        ("a break", "汉<text:line-break/>滨", "汉\n滨"),
        ("a tab", "汉<text:tab/>滨", "汉\t滨"),
        ("two paragraphs", "汉</text:p><text:p>滨", "汉\n滨"),
        ("how it is pronounced is no text", "汉<text:ruby-text>han</text:ruby-text>", "汉"),
        (
            "words in a picture are no text",
            "汉</text:p><draw:frame><text:p>章</text:p></draw:frame><text:p>滨",
            "汉\n滨",
        ),
    ],
)
def test_texts(why, inside, expected):
    assert sheet(row(cell("string", text=inside))).cells[0, 0].value == expected, why


def test_comments_are_kept_and_are_no_text():
    note = "<office:annotation><dc:creator xmlns:dc='d'>某</dc:creator><text:p>含逾期</text:p></office:annotation>"
    found = sheet(
        row(f'<table:table-cell office:value-type="float" office:value="5">{note}<text:p>5</text:p></table:table-cell>')
    )
    assert (found.cells[0, 0].value, found.comments) == (5.0, {"A1": "含逾期"})


@pytest.mark.parametrize(
    ("why", "typed", "kind"),
    [
        ("with a result", cell("float", "4", "4", 'table:formula="of:=A1*2"'), CellKind.NUMBER),
        ("never calculated", '<table:table-cell table:formula="of:=A1*2"/>', CellKind.UNCALCULATED),
        (
            "an error, as LibreOffice marks it",
            cell("string", text="#DIV/0!", attributes='table:formula="of:=1/0" calcext:value-type="error"'),
            CellKind.ERROR,
        ),
        ("an error, as older ones do", cell("float", "0", "Err:502", 'table:formula="of:=X"'), CellKind.ERROR),
    ],
)
def test_formulas(why, typed, kind):
    found = sheet(row(typed)).cells[0, 0]
    assert (found.kind, found.formula) == (kind, True), why


def test_what_is_no_cell_is_no_cell():
    aside = (
        "<table:tracked-changes><table:cell-content-change><table:change-track-table-cell office:value-type='float'>"
        "<text:p>旧</text:p></table:change-track-table-cell></table:cell-content-change></table:tracked-changes>"
    )
    shapes = "<table:shapes><draw:frame><table:table><table:table-row/></table:table></draw:frame></table:shapes>"
    grid = opened(ods(aside + table(shapes + row(ods_cell("甲")))))
    assert [list(s.cells.values()) for s in grid.sheets] == [[Cell(0, 0, CellKind.TEXT, "甲")]]


def test_a_spreadsheet_in_one_xml_file():
    data = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES} {CALC} '
        f'office:mimetype="{ODS}"><office:body><office:spreadsheet>{ods_table([["甲", 5]])}'
        "</office:spreadsheet></office:body></office:document>"
    ).encode()
    assert [c.value for c in opened(data).sheets[0].cells.values()] == ["甲", 5.0]
    assert refused(data[:-30]).message.startswith("内容其实是 OpenDocument 表格（.fods），但第1行附近的结构不完整")


# ------------------------------------------------------------------ what is refused


def test_an_encrypted_one_is_named():
    manifest = "<m><file-entry><encryption-data/></file-entry></m>"
    data = zipped(("mimetype", ODS), ("META-INF/manifest.xml", manifest), ("content.xml", b"\x8a\x01\xff"))
    assert refused(data) == Unreadable("F01", ENCRYPTED)


@pytest.mark.parametrize(
    ("why", "typed", "where"),
    [
        ("a number that is none", cell("float", "12万"), "A1"),
        ("infinity", cell("float", "1e999"), "A1"),
        ("a number without its value", cell("float"), "A1"),
        ("a day that is none", cell("date", "2018-02-30"), "A1"),
        ("a truth that is none", cell("boolean", "maybe"), "A1"),
        ("an unknown type", ods_cell("甲") + cell("void"), "B1"),
    ],
)
def test_a_value_that_does_not_fit_its_type_is_refused_at_the_cell(why, typed, where):
    assert refused(ods(table(row(typed)))).message.startswith(
        f"文件已损坏或不完整（工作表“表”单元格{where}的内容无法解读）"
    ), why


@pytest.mark.parametrize(
    ("why", "inside"),
    [
        (
            "some thousand million cells",
            row(
                cell("float", "1", attributes='table:number-columns-repeated="999999999"'),
                attributes='table:number-rows-repeated="999999999"',
            ),
        ),
        ("wide", row(cell("float", "1", attributes=f'table:number-columns-repeated="{limits.MAX_COLUMNS + 1}"'))),
        ("far", row(ods_cell(1)) + row(attributes='table:number-rows-repeated="1048570"') + row(*[ods_cell(1)] * 9)),
        ("beyond the last row", row(attributes='table:number-rows-repeated="1048576"') + row(ods_cell(1))),
    ],
)
def test_repetition_cannot_make_a_small_file_large(why, inside):
    assert refused(ods(table(inside))).message.startswith("文件超出可读取的范围："), why


def test_too_many_cells_merges_and_sheets_are_refused(monkeypatch):
    spanned = 'table:number-columns-spanned="2"'
    data = ods(table(row(cell("float", "1", attributes=spanned)) * 3) + ods_table([[1]], "二"))
    assert len(opened(data).sheets) == 2
    for limit, value, said in (
        ("MAX_CELLS", 3, "单元格超过3个"),
        ("MAX_MERGED", 2, "合并单元格超过2处"),
        ("MAX_SHEETS", 1, "工作表超过1张"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(limits, limit, value)
            assert said in refused(data).message


def test_a_document_type_is_refused():
    content = '<!DOCTYPE a [<!ENTITY b "c">]><a/>'
    assert refused(zipped(("mimetype", ODS), ("content.xml", content))).message.startswith("文件含有不安全的内容")


def test_cut_off_without_a_sheet_or_without_content():
    whole = as_ods([["甲", 1]])
    assert refused(whole[: len(whole) // 2]).message.startswith("文件已损坏或不完整")
    assert refused(ods("")).message.startswith("文件已损坏或不完整（里面没有工作表）")
    assert refused(zipped(("mimetype", ODS))).message.startswith("文件已损坏或不完整（内部没有 content.xml）")
