"""A unit's own workbook back: only the faulty cells differ, everything else survives, nothing in it runs."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from pipeline.ingest.workbook import open_grid
from pipeline.model import CellKind, Severity
from pipeline.model.own_sheets import sentence
from pipeline.render import marked_book
from pipeline.render.marked_book import MARKER
from pipeline.render.marked_content import SHEET, Asked, AskedCell, MarkedContent
from pipeline.render.package import packed, parts_of
from tests.office import convert

HOSTILE = '<&>{{7*7}}"=cmd|x!A1\u202e'
ASKED = Asked(
    "F0123456789ab", "A13", Severity.HARD, "月报", "C3", "北山县", "期末余额/金额", "12.00万元", "≤1.00万元", "请核对。"
)
SOFT = replace(ASKED, id="F0123456789ac", severity=Severity.SOFT, cell="D3", message="如属实，请说明原因。")


def marked(original: bytes, told: MarkedContent) -> bytes:
    return marked_book.marked(original, told).data


def said(cell) -> str:
    """What we say in a comment, without the sentence by which it is known again."""
    return cell.comment.text.partition("\n（本批注")[0]


def content(*asked: Asked) -> MarkedContent:
    return MarkedContent("北山农商银行2018年3月", ("请改正。",), asked, datetime(2018, 4, 10, tzinfo=UTC), "示例办")


def sent() -> openpyxl.Workbook:
    """A workbook with all that a bank's workbook may have."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "月报"
    sheet["A1"], sheet["A2"], sheet["B2"], sheet["C2"], sheet["D2"] = "月报表", "县区", "户数", "金额", "合计"
    sheet.merge_cells("A1:D1")
    sheet["A3"], sheet["B3"], sheet["C3"], sheet["D3"] = "北山县", 12, 12.5, "=SUM(B3:C3)"
    sheet["C3"].number_format, sheet["C3"].font = "#,##0.00", Font(name="楷体", size=12, bold=True)
    sheet["A4"], sheet["B4"], sheet["C4"] = date(2018, 4, 3), "=1/0", "=B3>1"
    sheet["A5"] = CellRichText("前", TextBlock(InlineFont(b=True), "粗"), "后")
    sheet["B5"].fill = PatternFill("solid", fgColor="00FF00")
    sheet["B5"].comment = Comment("银行自己的话", "张")
    sheet.column_dimensions["C"].width, sheet.row_dimensions[3].height = 33, 40
    sheet.freeze_panes = "B3"
    validation = DataValidation(type="whole", operator="between", formula1="0", formula2="999999")
    validation.add("B3:B9")
    sheet.add_data_validation(validation)
    sheet.conditional_formatting.add("C3:C9", CellIsRule(operator="lessThan", formula=["0"], font=Font(color="FF0000")))
    book.create_sheet("隐藏").sheet_state = "hidden"
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    """As Excel saves it: with what the formulas come to."""
    out = io.BytesIO()
    book.save(out)
    values = {b"SUM(B3:C3)": b"24.5", b"B3&gt;1": b"1", b"1/0": b"#DIV/0!"}
    kinds = {b"SUM(B3:C3)": b"", b"B3&gt;1": b' t="b"', b"1/0": b' t="e"'}
    made = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            for formula, value in values.items():
                for stored in (b"<v></v>", b"<v />", b"<v/>"):
                    part = part.replace(
                        b"<f>" + formula + b"</f>" + stored, b"<f>" + formula + b"</f><v>" + value + b"</v>"
                    )
                head, found, tail = part.partition(b"><f>" + formula)
                part = head + (kinds[formula] if found else b"") + found + tail
            new.writestr(name, part)
    return made.getvalue()


def opened(data: bytes, **how) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), **how)


ORIGINAL = saved(sent())


def test_the_faulty_cell_is_filled_and_commented_and_keeps_its_looks():
    cell = opened(marked(ORIGINAL, content(ASKED)))["月报"]["C3"]
    assert (cell.fill.fgColor.rgb, said(cell)) == ("00FFC7CE", "【强制性】A13　请核对。")
    assert cell.comment.author == MARKER
    assert (cell.number_format, cell.font.name, cell.font.bold, cell.value) == ("#,##0.00", "楷体", True, 12.5)


def test_questions_are_yellow_and_the_gravest_gives_the_colour():
    book = opened(marked(ORIGINAL, content(replace(SOFT, cell="B3"), SOFT, replace(ASKED, cell="D3"))))
    assert book["月报"]["B3"].fill.fgColor.rgb == "00FFEB9C"
    assert book["月报"]["D3"].fill.fgColor.rgb == "00FFC7CE"
    assert said(book["月报"]["D3"]) == "【核实性】A13　如属实，请说明原因。\n【强制性】A13　请核对。"


def test_everything_else_survives():
    was, book = opened(ORIGINAL, rich_text=True), opened(marked(ORIGINAL, content(ASKED)), rich_text=True)
    before, after = was["月报"], book["月报"]
    assert [[c.value for c in row] for row in after.iter_rows()] == [
        [c.value for c in row] for row in before.iter_rows()
    ]
    assert after["D3"].value == "=SUM(B3:C3)"
    assert isinstance(after["A5"].value, CellRichText)
    assert (after.column_dimensions["C"].width, after.row_dimensions[3].height) == (33, 40)
    assert (str(after.freeze_panes), str(next(iter(after.merged_cells.ranges)))) == ("B3", "A1:D1")
    assert [str(v.sqref) for v in after.data_validations.dataValidation] == ["B3:B9"]
    assert [str(rule.sqref) for rule in after.conditional_formatting] == ["C3:C9"]
    assert (after["B5"].fill.fgColor.rgb, after["B5"].comment.text) == ("0000FF00", "银行自己的话")
    assert book["隐藏"].sheet_state == "hidden"
    assert book.sheetnames == ["月报", "隐藏", SHEET]


def test_what_formulas_came_to_is_still_there():
    """Without Excel in between, the reader finds values and no formula that has never been calculated."""
    values = opened(marked(ORIGINAL, content(ASKED)), data_only=True)["月报"]
    assert (values["D3"].value, values["B4"].value, values["C4"].value) == (24.5, "#DIV/0!", True)
    grid = open_grid(marked(ORIGINAL, content(ASKED)))
    kinds = {cell.address: cell.kind for cell in grid.sheets[0].cells.values()}
    assert CellKind.UNCALCULATED not in kinds.values()
    assert (kinds["D3"], kinds["B4"], kinds["C4"]) == (CellKind.NUMBER, CellKind.ERROR, CellKind.BOOLEAN)


def test_a_comment_of_the_banks_own_stays_under_ours():
    book = opened(marked(ORIGINAL, content(replace(ASKED, cell="B5"))))
    assert said(book["月报"]["B5"]) == "【强制性】A13　请核对。"
    assert book["月报"]["B5"].comment.text.endswith("\n【原批注】银行自己的话")


def test_a_comment_of_the_banks_own_is_there_again_when_ours_is_taken_away():
    again = opened(marked(marked(ORIGINAL, content(replace(ASKED, cell="B5"))), content(SOFT)))
    assert again["月报"]["B5"].comment.text == "银行自己的话"


def test_all_cells_of_a_cause_are_marked_in_other_sheets_too():
    others = [("月报", cell) for cell in ("B3", "B4", "C4")] + [("隐藏", "A1"), ("隐藏", "B2")]
    asked = replace(ASKED, others=tuple(AskedCell(*place, "北山县", "期末余额/户数", "12户", "") for place in others))
    book = opened(marked(ORIGINAL, content(asked)))
    assert {
        c.coordinate for row in book["月报"].iter_rows() for c in row if c.comment and c.comment.author == MARKER
    } == {
        *("B3", "C3", "B4", "C4"),
    }
    assert {c.coordinate for row in book["隐藏"].iter_rows() for c in row if c.comment} == {"A1", "B2"}


def test_each_cell_of_a_cause_is_told_with_its_own_figure_and_has_a_row_of_its_own():
    """One question with one answer, and a way to every cell."""
    lent = AskedCell("月报", "B3", "北山县", "发放金额", "30.00万元", "0.003万元")
    rated = AskedCell("隐藏", "A1", "北山县", "户均", "6.00万元", "≤5.00万元")
    blank = AskedCell("月报", "B4", "北山县", "收回金额", "", "")
    book = opened(marked(ORIGINAL, content(SOFT, replace(ASKED, others=(lent, rated, blank)))))
    at = {
        cell: said(book[sheet][cell])
        for sheet, cell in (("月报", "C3"), ("月报", "B3"), ("隐藏", "A1"), ("月报", "B4"))
    }
    more = "与C3是同一问题，见工作表“审核问题”第2条。"
    assert at == {
        "C3": "【强制性】A13　请核对。",
        "B3": f"【强制性】A13　北山县“发放金额”填报30.00万元，应为0.003万元。{more}",
        "A1": f"【强制性】A13　北山县“户均”填报6.00万元，应≤5.00万元。{more}",
        "B4": f"【强制性】A13　北山县“收回金额”没有填报。{more}",
    }
    rows = [row for row in book[SHEET].iter_rows() if row[10].value == ASKED.id]
    assert [(row[0].value, row[3].hyperlink.location, row[6].value) for row in rows] == [
        (2, "'月报'!C3", "12.00万元"),
        ("2-2", "'月报'!B3", "30.00万元"),
        ("2-3", "'隐藏'!A1", "6.00万元"),
        ("2-4", "'月报'!B4", None),
    ]
    assert {row[9].value for row in rows} == {"请在原表改正"}


@pytest.mark.parametrize(
    ("why", "sheet", "cell"),
    [("a cell within a merged range", "月报", "C1"), ("no such sheet", "别的", "C3"), ("no cell", "月报", "")],
)
def test_places_that_are_no_cell_of_their_own(why, sheet, cell):
    book = opened(marked(ORIGINAL, content(replace(ASKED, sheet=sheet, cell=cell))))
    ours = {c.coordinate for row in book["月报"].iter_rows() for c in row if c.comment and c.comment.author == MARKER}
    assert ours == ({"A1"} if cell == "C1" else set()), why
    assert book[SHEET].max_row == 5, "told in the list all the same"


def test_marked_again_after_it_came_back_only_the_new_marks_are_there():
    again = marked(marked(ORIGINAL, content(ASKED)), content(SOFT))
    book = opened(again)
    assert book["月报"]["C3"].comment is None
    assert book["月报"]["C3"].fill.fill_type is None
    assert said(book["月报"]["D3"]) == "【核实性】A13　如属实，请说明原因。"
    assert book.sheetnames == ["月报", "隐藏", SHEET]


def test_it_opens_at_the_list_and_nothing_else_is_chosen_with_it():
    """Of two chosen sheets whoever types into one types into both."""
    book = opened(marked(ORIGINAL, content(ASKED)))
    assert book.active.title == SHEET
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == [SHEET]


@pytest.mark.parametrize(
    ("why", "title", "said", "is_told"),
    [
        ("the sheet of our form that checks", "审核：统计表", sentence([]), True),
        ("another sheet of our form", "上月数", sentence([]), False),
        ("a sheet of the bank's own", "审核：统计表", "本行内部审核", False),
    ],
)
def test_our_list_is_told_from_the_sheet_that_checks_while_the_bank_types(why, title, said, is_told):
    form = sent()
    form.create_sheet("审核")["A1"] = title
    form["审核"]["A2"] = said
    book = opened(marked(saved(form), content(ASKED)))
    told = "示例办审核的问题都在本工作表；工作表“审核”是空白表自带的自动检查，只供填表时查看，不用答复。"
    assert (book[SHEET]["A2"].value == told) == is_told, why


def test_hostile_words_are_inert():
    asked = replace(ASKED, message=HOSTILE * 500, area="=1+1", indicator="@SUM(1)", value="-cmd", expected="+1")
    data = marked(ORIGINAL, content(asked))
    sheet = opened(data)[SHEET]
    texts = {c.value: c.data_type for row in sheet.iter_rows() for c in row if isinstance(c.value, str)}
    assert texts["=1+1"] == texts["@SUM(1)"] == "s"
    assert "f" not in {c.data_type for row in sheet.iter_rows() for c in row}
    assert any("⟨U+202E⟩" in text for text in texts)
    assert len(opened(data)["月报"]["C3"].comment.text) < 1700, "what a comment cannot show stands in the list"


def test_the_same_workbook_gives_the_same_bytes():
    assert marked(ORIGINAL, content(ASKED, SOFT)) == marked(ORIGINAL, content(ASKED, SOFT))


def test_libreoffice_opens_it_with_its_comments_and_values(tmp_path):
    file = tmp_path / "标注.xlsx"
    file.write_bytes(marked(ORIGINAL, content(ASKED, SOFT)))
    (made,) = convert([file], "xlsx:Calc MS Excel 2007 XML", tmp_path, recalculate=False)
    book = openpyxl.load_workbook(made)
    assert book["月报"]["C3"].comment.text.startswith("【强制性】A13　请核对。")
    assert book["月报"]["C3"].fill.fgColor.rgb == "FFFFC7CE"
    assert openpyxl.load_workbook(made, data_only=True)["月报"]["D3"].value == 24.5
    ids = [c.value for row in book[SHEET].iter_rows() for c in row if str(c.value).startswith("F01234")]
    assert ids == [ASKED.id, SOFT.id]


def test_the_seal_and_a_chart_stay_in_it():
    from openpyxl.chart import BarChart, Reference
    from openpyxl.drawing.image import Image
    from PIL import Image as Picture

    book, seal, chart = sent(), io.BytesIO(), BarChart()
    Picture.new("RGB", (60, 60), "red").save(seal, "PNG")
    book["月报"].add_image(Image(seal), "F2")
    chart.add_data(Reference(book["月报"], min_col=2, min_row=2, max_row=3), titles_from_data=True)
    book["月报"].add_chart(chart, "F10")
    sheet = opened(marked(saved(book), content(ASKED)))["月报"]
    assert [kept.anchor._from.row for kept in (*sheet._images, *sheet._charts)] == [1, 9]


# ------------------------------------------------------------------ what is not written again


SPREADSHEET = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
MARKUP = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def anchored(*shapes: str) -> str:
    start = "<xdr:from><xdr:col>5</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
    end = start.replace("from>", "to>").replace(">5<", ">7<").replace("<xdr:row>1<", "<xdr:row>4<")
    return "".join(f"<xdr:twoCellAnchor>{start}{end}{shape}<xdr:clientData/></xdr:twoCellAnchor>" for shape in shapes)


def shape(kind: str, number: int, *, hidden: bool = False, inner: str = "") -> str:
    attribute = ' hidden="1"' if hidden else ""
    name = f'<xdr:nv{kind[0].upper()}{kind[1:]}Pr><xdr:cNvPr id="{number}" name="形{number}"{attribute}/></xdr:nv{kind[0].upper()}{kind[1:]}Pr>'
    return f"<xdr:{kind}>{name}{inner}</xdr:{kind}>"


def rich(**more: bytes) -> bytes:
    """The workbook as Excel saves it with a text box, an arrow, a group of two, a button, a macro and sparklines."""
    drawn = anchored(
        shape("sp", 2),
        shape("cxnSp", 3),
        shape("grpSp", 4, inner=shape("sp", 5) + shape("sp", 6)),
        shape("sp", 7, hidden=True),
    )
    drawing = f'<xdr:wsDr xmlns:xdr="{SPREADSHEET}" xmlns:mc="{MARKUP}">{drawn}</xdr:wsDr>'
    sparkline = b'<extLst><ext xmlns:x14="x" uri="u"><x14:sparklines><x14:sparkline></x14:sparkline></x14:sparklines></ext></extLst>'
    parts = parts_of(ORIGINAL)
    parts["xl/drawings/drawing9.xml"] = drawing.encode()
    parts["xl/ctrlProps/ctrlProp1.xml"] = b'<formControlPr objectType="Button"/>'
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(
        b"</worksheet>", sparkline + b"</worksheet>"
    )
    return packed(parts | {name.replace("__", "/") + ".xml": part for name, part in more.items()})


def test_what_is_not_in_the_copy_is_told_in_it_and_beside_it():
    copy = marked_book.marked(rich(), content(ASKED))
    assert copy.lost == ("图形3个", "宏", "窗体控件1个", "迷你图1个")
    told = (
        "请注意：本工作簿由程序另存，原件中的图形3个、宏、窗体控件1个、迷你图1个没有保留。请只在其中更正、说明后发回，"
    )
    assert any(str(c.value).startswith(told) for row in opened(copy.data)[SHEET].iter_rows() for c in row)


def test_where_nothing_is_lost_nothing_is_told():
    assert marked_book.marked(ORIGINAL, content(ASKED)).lost == ()


def test_pictures_in_cells_as_wps_has_them_and_signatures_are_told():
    more = {"xl__cellimages": b"<a/>", "_xmlsignatures__sig1": b"<a/>"}
    assert set(marked_book.marked(rich(**more), content(ASKED)).lost) >= {"单元格内的图片", "数字签名"}


def test_links_to_other_workbooks_stay_in_it():
    """Excel's own way: a part for the other workbook with what its cells came to, and a relation to its file."""
    parts = parts_of(ORIGINAL)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/externalLinks/externalLink1.xml"] = (
        f'<externalLink xmlns="{main}"><externalBook xmlns:r="{office}" r:id="rId1"><sheetNames><sheetName val="表"/>'
        "</sheetNames></externalBook></externalLink>"
    ).encode()
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{office}/externalLinkPath" Target="底稿.xlsx" TargetMode="External"/></Relationships>'
    ).encode()
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rId99" Type="{office}/externalLink" Target="externalLinks/externalLink1.xml"/>'
        "</Relationships>".encode(),
    )
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"</sheets>",
        f'</sheets><externalReferences><externalReference xmlns:r="{office}" r:id="rId99"/></externalReferences>'.encode(),
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.spreadsheetml.externalLink+xml"/></Types>',
    )
    copy = marked_book.marked(packed(parts), content(ASKED))
    assert copy.lost == ()
    assert "xl/externalLinks/externalLink1.xml" in parts_of(copy.data)
