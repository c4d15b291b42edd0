"""Word documents as cells: what shows is read at its place, what does not show is told."""

import pytest

from pipeline.ingest.unread import Unread
from pipeline.ingest.workbook import open_grid
from pipeline.model import Unreadable
from tests.ingest.documents import CAPTION, STRICT, document, form, grid, p, r, tbl, tc, tr

RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
BOX = "<w:sdt><w:sdtPr><w14:checkbox/></w:sdtPr><w:sdtContent><w:r><w:t>{}</w:t></w:r></w:sdtContent></w:sdt>"


def cells(body, **options):
    """Place → text, and what is not read."""
    (sheet,) = grid(document(body, **options)).sheets
    return {cell.address: cell.value for cell in sheet.cells.values()}, list(sheet.unread)


def one(*blocks, look="", **options):
    """Text of a single cell, and what is not read."""
    read, unread = cells(tbl(tr("甲"), tr(tc(*blocks, look=look), "乙")), **options)
    return read.get("表1第2行第1列", ""), unread


def test_paragraphs_and_tables_lie_in_reading_order():
    (sheet,) = grid(
        document(p("标题") + p("") + tbl(tr("甲", "乙"), tr("丙", "丁")) + p("说明") + tbl(tr("戊")))
    ).sheets
    assert (sheet.name, [(c.row, c.col, c.address, c.value) for c in sheet.cells.values()]) == (
        "正文",
        [
            (0, 0, "第1段", "标题"),
            (2, 0, "表1第1行第1列", "甲"),
            (2, 1, "表1第1行第2列", "乙"),
            (3, 0, "表1第2行第1列", "丙"),
            (3, 1, "表1第2行第2列", "丁"),
            (5, 0, "第2段", "说明"),
            (6, 0, "表2第1行第1列", "戊"),
        ],
    )
    assert grid(document(tbl(tr("甲")))).format == "docx"


def test_a_blank_cell_has_a_name_too():
    (sheet,) = grid(document(tbl(tr("甲", "")))).sheets
    assert sheet.place(0, 1) == "表1第1行第2列"


@pytest.mark.parametrize(
    ("why", "blocks", "text"),
    [
        ("two paragraphs", ("一", "二"), "一\n二"),
        ("a line break", (p("一", "<w:r><w:br/></w:r>", "二"),), "一\n二"),
        ("an empty paragraph between", ("一", p(""), "二"), "一\n\n二"),
        ("a run cut by the spelling checker", (p("授", '<w:proofErr w:type="spellStart"/>', "信"),), "授信"),
        ("a tabulator", (p("一", "<w:r><w:tab/></w:r>", "二"),), "一\t二"),
        ("tab stops are no text", ('<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>' + r("一") + "</w:p>",), "一"),
        ("inside a hyperlink", (p('<w:hyperlink r:id="x">' + r("链接") + "</w:hyperlink>"),), "链接"),
        ("inside a smart tag", (p("<w:smartTag>" + r("地名") + "</w:smartTag>"),), "地名"),
        ("the result of a field", (p('<w:fldSimple w:instr="DATE">' + r("3月") + "</w:fldSimple>"),), "3月"),
        ("its instruction is no text", (p("<w:r><w:instrText>HYPERLINK</w:instrText></w:r>", "甲"),), "甲"),
        ("a content control", ("<w:sdt><w:sdtPr/><w:sdtContent>" + p("甲") + "</w:sdtContent></w:sdt>",), "甲"),
        ("its prompt is no text", ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + p("单击此处") + "</w:sdtContent></w:sdt>",), ""),
        ("a reading above the characters", (p("<w:ruby><w:rt>" + r("dīng") + "</w:rt><w:rubyBase>" + r("丁") + "</w:rubyBase></w:ruby>"),), "丁"),
        ("what a revision inserted", (p("<w:ins>" + r("新") + "</w:ins>"),), "新"),
        ("where a revision moved it to", (p("<w:moveTo>" + r("移") + "</w:moveTo>"),), "移"),
        ("a ticked box", (p(BOX.format("☒"), "与上月相同"),), "☒与上月相同"),
        ("a box of an old form, ticked", (p("<w:r><w:fldChar><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>", "是"),), "☑是"),
        ("a box of an old form, not ticked", (p('<w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar></w:r>', "是"),), "☐是"),
        ("a box of the Wingdings font", (p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "是"),), "☑是"),
        ("shown although its style hides it", (p(r("甲", '<w:vanish w:val="0"/>')),), "甲"),
        ("a text box", (p("<w:r><w:drawing><wps:txbx><w:txbxContent>" + p("框里") + "</w:txbxContent></wps:txbx></w:drawing></w:r>"),), "框里"),
        ("its old and its new form are one", (p("<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" + p("框里") + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>" + p("框里") + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"),), "框里"),
        ("words of a shape", (p("<w:r><w:drawing><a:p><a:r><a:t>图形</a:t></a:r></a:p></w:drawing></w:r>"),), "图形"),
        ("a table inside", (p("如下"), tbl(tr("甲", "乙"), tr("一 二", "")), p("完")), "如下\n甲\t乙\n一 二\t\n完"),
    ],
)  # fmt: skip
def test_what_a_cell_shows(why, blocks, text):
    assert one(*blocks) == (text, [])


@pytest.mark.parametrize(
    ("why", "blocks", "text", "what"),
    [
        ("deleted by a revision", (p("甲", "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"),), "甲", Unread.DELETED),
        ("moved away by a revision", (p("<w:moveFrom>" + r("旧") + "</w:moveFrom>"),), "", Unread.DELETED),
        ("hidden", (p("甲", r("暗", "<w:vanish/>")),), "甲", Unread.HIDDEN),
        ("hidden by its style", (p("暗", style="hide"),), "", Unread.HIDDEN),
        ("hidden by the style below its style", (p("暗", style="child"),), "", Unread.HIDDEN),
        ("a picture and no text", (p('<w:r><w:drawing><a:blip r:embed="rId1"/></w:drawing></w:r>'),), "", Unread.PICTURE),
        ("an old picture", (p('<w:r><w:pict><v:imagedata r:id="rId1"/></w:pict></w:r>'),), "", Unread.PICTURE),
        ("a picture in the newer of two forms", (p('<w:r><mc:AlternateContent><mc:Choice><a:blip r:embed="x"/></mc:Choice><mc:Fallback/></mc:AlternateContent></w:r>'),), "", Unread.PICTURE),
        ("a footnote", (p("甲", '<w:r><w:footnoteReference w:id="1"/></w:r>'),), "甲", Unread.FOOTNOTE),
        ("a piece from outside", ('<w:altChunk r:id="rId9"/>', p("甲")), "甲", Unread.EMBEDDED),
    ],
)  # fmt: skip
def test_what_a_cell_does_not_show_is_told_with_its_place(why, blocks, text, what):
    styles = (
        '<w:styles xmlns:w="x"><w:style w:styleId="hide"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="child"><w:basedOn w:val="hide"/></w:style></w:styles>'
    )
    assert one(*blocks, parts=[("word/styles.xml", styles)]) == (text, [("表1第2行第1列", what)])


def test_nothing_is_told_of_a_deleted_blank_or_a_seal_beside_words():
    seal = '<w:r><w:drawing><a:blip r:embed="rId1"/></w:drawing></w:r>'
    assert one(p("甲", "<w:del><w:r><w:delText> </w:delText></w:r></w:del>", seal)) == ("甲", [])


def test_a_deleted_row_a_hidden_row_and_a_deleted_cell_are_not_read():
    body = tbl(
        tr("甲"),
        tr("旧", look="<w:del/>"),
        tr("暗", look="<w:hidden/>"),
        tr(tc("删", look="<w:cellDel/>"), "乙"),
        tr("", look="<w:del/>"),
    )
    assert cells(body) == (
        {"表1第1行第1列": "甲", "表1第4行第2列": "乙"},
        [("表1第2行", Unread.DELETED), ("表1第3行", Unread.HIDDEN), ("表1第4行第1列", Unread.DELETED)],
    )


# ------------------------------------------------------------------ merged cells, tables in tables


def merged(body):
    return [(m.top, m.left, m.bottom, m.right) for m in grid(document(body)).sheets[0].merged]


def test_merged_cells_are_ranges_of_the_grid():
    body = tbl(
        tr(tc("甲", look='<w:gridSpan w:val="3"/>')),
        tr(tc("乙", look=RESTART), "丙", "丁"),
        tr(tc(look=CONTINUE), "戊", "己"),
        tr(tc("庚", look=RESTART), "辛", "壬"),
    )
    assert merged(body) == [(0, 0, 0, 2), (1, 0, 2, 0)]
    assert cells(body)[0]["表1第3行第2列"] == "戊"


def test_a_row_may_begin_further_right():
    (sheet,) = grid(document(tbl(tr("甲", "乙"), tr("丙", look='<w:gridBefore w:val="1"/>')))).sheets
    assert sheet.cells[1, 1].value == "丙"


def test_text_under_a_merged_cell_is_told():
    body = tbl(tr(tc("甲", look=RESTART), "乙"), tr(tc("遮住", look=CONTINUE), "丙"))
    assert cells(body)[1] == [("表1第2行第1列", Unread.COVERED)]


def test_a_merge_that_begins_nowhere_is_a_cell_of_its_own():
    assert merged(tbl(tr("甲", "乙"), tr(tc("丙", look=CONTINUE), "丁"))) == []
    assert cells(tbl(tr("甲", "乙"), tr(tc("丙", look=CONTINUE), "丁")))[0]["表1第2行第1列"] == "丙"


def test_a_frame_around_everything_is_not_there():
    framed, _ = cells(tbl(tr(tc(p("标题"), tbl(tr("甲", "乙")), p("说明")))))
    assert framed == {"第1段": "标题", "表1第1行第1列": "甲", "表1第1行第2列": "乙", "第2段": "说明"}


# ------------------------------------------------------------------ programs and formats


def test_the_strict_format_and_other_prefixes_are_the_same_document():
    plain = cells(form())
    assert cells(form(), namespace=STRICT) == plain
    prefixed = form().replace("<w:", "<ns0:").replace("</w:", "</ns0:").replace(" w:", " ns0:")
    assert cells(f'<x xmlns:ns0="y">{prefixed}</x>') == plain


def test_what_wps_adds_changes_nothing():
    extra = "<w:sectPr/><wpsCustomData:bookmark/><w:bookmarkStart w:id='0'/>"
    assert cells(form().replace("<w:tblPr/>", "<w:tblPr><w:tblStyle w:val='a'/></w:tblPr>") + extra) == cells(form())


def test_a_document_without_a_table_is_registered():
    for body in ("", p("三月份工作总结"), tbl(tr("", "")), p("贷款余额与上月相比增长3%")):
        found = open_grid(document(body), "总结.docx")
        assert isinstance(found, Unreadable)
        assert (found.rule, found.message.startswith("这是 Word 文档，里面没有可读的报表，已登记存档")) == ("F02", True)


def test_a_letter_that_declares_is_opened():
    assert "第4段" in cells(CAPTION + p("我行本月各项措施与上月相同。"))[0]


def test_a_text_box_beside_the_text_is_lines_of_its_own_and_may_hold_the_table():
    box = "<w:r><w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></w:drawing></w:r>"
    assert cells(p("标题", box.format(p("填报单位：甲") + p("报告期"))) + tbl(tr("乙")))[0] == {
        "第1段": "标题",
        "第1段文本框": "填报单位：甲\n报告期",
        "表1第1行第1列": "乙",
    }
    assert cells(p(box.format(p("上") + tbl(tr("乙", "丙")))))[0] == {
        "第2段": "上",
        "表1第1行第1列": "乙",
        "表1第1行第2列": "丙",
    }


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("Symbol", "00B7", "·"),
        ("Wingdings", "F0A8", "☐"),
        ("Wingdings 2", "F052", "☑"),
        ("x", "0007", ""),
        ("x", "D800", ""),
        ("x", "zz", ""),
    ],
)
def test_signs_of_symbol_fonts(font, code, sign):
    assert one(p(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>', "甲")) == (f"{sign}甲", [])
