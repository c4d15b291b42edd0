"""Texts of an .xlsx: our own reading beside calamine's, and how the signs of their runs stand."""

import io

import pytest
import xlsxwriter

from pipeline.ingest.apart import Apart
from pipeline.ingest.xlsx_texts import says_the_same
from tests.ingest.files import SHEET1, opened_as, plain_xlsx, refused, rezipped, xlsx
from tests.ingest.hostile import STRINGS, altered

ALTERNATIVE = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
    'Requires="x"><t>99</t></mc:Choice><mc:Fallback><t>30.25</t></mc:Fallback></mc:AlternateContent>'
)


def in_cell(content, kind="inlineStr"):
    """The plain workbook with this in B2."""
    return rezipped(plain_xlsx(), SHEET1, b'r="B2"><v>5</v>', f'r="B2" t="{kind}">{content}'.encode())


def shared(content):
    """The plain workbook with this as the text of A1."""
    return altered(STRINGS, "<t>甲</t>", content)


def first(data):
    return opened_as("xlsx", data).sheets[0].cells[0, 0]


def last(data):
    return opened_as("xlsx", data).sheets[0].cells[1, 1]


def rich(*pieces, **of_cell):
    """A text in A1 of pieces, each with the look of its font or none."""

    def write(book, sheet):
        parts = [part for look, text in pieces for part in ([book.add_format(look)] if look else []) + [text]]
        sheet.write_rich_string(0, 0, *parts, book.add_format(of_cell))

    return first(xlsx(write))


RAISED, LOWERED, STRUCK, BOLD = {"font_script": 1}, {"font_script": 2}, {"font_strikeout": True}, {"bold": True}


@pytest.mark.parametrize(
    ("why", "pieces", "of_cell", "text", "apart"),
    [
        ("a footnote's mark", [({}, "30"), (RAISED, "2")], {}, "302", Apart.RAISED),
        ("below", [({}, "30"), (LOWERED, "2")], {}, "302", Apart.LOWERED),
        ("the old figure", [(STRUCK, "100"), ({}, "30.25")], {}, "10030.25", Apart.STRUCK),
        ("looks that change nothing", [({}, "30"), (BOLD, ".25")], {}, "30.25", ""),
        ("a struck cell, and a run whose own font is not", [({}, "30"), (BOLD, ".25")], STRUCK, "30.25", Apart.STRUCK),
        ("a struck cell", [({}, "30"), (STRUCK, ".25")], STRUCK, "30.25", Apart.ALL_STRUCK),
        ("a raised blank", [({}, "30.25"), (RAISED, " ")], {}, "30.25 ", ""),
    ],
)
def test_runs(why, pieces, of_cell, text, apart):
    found = rich(*pieces, **of_cell)
    assert (found.value, found.apart) == (text, apart), why


@pytest.mark.parametrize("value", [30.25, "30.25"])
@pytest.mark.parametrize(("look", "apart"), [(STRUCK, Apart.ALL_STRUCK), (RAISED, Apart.RAISED), (BOLD, "")])
def test_the_font_of_a_cell(value, look, apart):
    assert first(xlsx(lambda book, sheet: sheet.write(0, 0, value, book.add_format(look)))).apart == apart


def test_a_font_that_says_it_does_not_strike_and_one_of_a_conditional_format():
    def write(book, sheet):
        sheet.write(0, 0, 5, book.add_format(STRUCK))
        sheet.conditional_format(
            "A1", {"type": "cell", "criteria": ">", "value": 9, "format": book.add_format({"font_strikeout": True})}
        )

    data = rezipped(xlsx(write), "xl/styles.xml", b"<fonts", b"<fonts")
    assert first(data).apart == Apart.ALL_STRUCK
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("表")
        sheet.write(0, 0, 5)
        sheet.conditional_format(
            "A1", {"type": "cell", "criteria": ">", "value": 9, "format": book.add_format({"font_strikeout": True})}
        )
    assert first(out.getvalue()).apart == ""
    assert first(rezipped(xlsx(write), "xl/styles.xml", b"<strike/>", b'<strike val="0"/>')).apart == ""


def test_runs_inside_the_cell():
    runs = '<r><t>30</t></r><r><rPr><vertAlign val="superscript"/><sz val="9"/></rPr><t>2</t></r>'
    found = last(in_cell(f"<is>{runs}</is>"))
    assert (found.value, found.apart) == ("302", Apart.RAISED)


@pytest.mark.parametrize(
    ("why", "content", "text"),
    [
        ("plain", "<t>30.25</t>", "30.25"),
        ("two runs", "<r><t>30</t></r><r><rPr><b/></rPr><t>.25</t></r>", "30.25"),
        ("how to pronounce it", '<t>汉滨</t><rPh sb="0" eb="1"><t>99</t></rPh><phoneticPr fontId="1"/>', "汉滨"),
        ("blanks that are kept", '<t xml:space="preserve"> 汉滨 </t>', " 汉滨 "),
        ("lines", "<t>汉\r\n滨</t>", "汉\n滨"),
        ("a carriage return in writing", "<t>汉_x000D_\n滨</t>", None),
        ("an escape of the escape", "<t>_x005F_x000D_</t>", None),
        ("an entity", "<t>3&#48;.25</t>", "30.25"),
        ("a comment", "<t>30<!-- 1 -->.25</t>", "30.25"),
        ("a section", "<t><![CDATA[30.25]]></t>", "30.25"),
        ("a prefix", '<x:t xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">甲乙</x:t>', "甲乙"),
    ],
)
def test_texts_that_both_readings_agree_on(why, content, text):
    for found in (first(shared(content)), last(in_cell(f"<is>{content}</is>"))):
        assert text is None or found.value.replace("\r\n", "\n") == text, why
        assert found.apart == "", why


@pytest.mark.parametrize(
    ("why", "content"),
    [
        ("two texts", "<t>30.25</t><t>99</t>"),
        ("a text beside runs", "<t>1</t><r><t>30</t></r><r><t>.25</t></r>"),
        ("two texts in a run", "<r><t>30</t><t>99</t></r>"),
        ("a text for newer programs and one for older", ALTERNATIVE),
        ("a text in an extension", "<t>30.25</t><extLst><ext><t>99</t></ext></extLst>"),
    ],
)
def test_texts_that_are_written_twice_are_refused(why, content):
    for data, cell in ((shared(content), "A1"), (in_cell(f"<is>{content}</is>"), "B2")):
        assert f"单元格{cell}的内容用两种方法读出的结果不一致" in refused(data).message, why


@pytest.mark.parametrize(
    ("why", "content", "kind"),
    [
        ("a section that calamine passes over", "<v><![CDATA[30.25]]></v>", "str"),
        ("a value where a text must be", "<v>30.25</v>", "inlineStr"),
        ("a value beside a text", "<is><t>30.25</t></is><v>99</v>", "inlineStr"),
        ("two texts in a cell", "<is><t>30.25</t></is><is><t>99</t></is>", "inlineStr"),
        ("a text where a number must be", "<is><t>30.25</t></is><v>99</v>", "n"),
        ("two numbers", "<v>30.25</v><v>99</v>", "n"),
        ("two numbers the other way round", "<v>99</v><v>30.25</v>", "n"),
        ("two texts as values", "<v>30.25</v><v>99</v>", "str"),
        ("a number as only Python writes it", "<v>3_0</v>", "n"),
        ("a number in full width", "<v>３０</v>", "n"),
    ],
)
def test_values_that_nobody_can_be_sure_of_are_refused(why, content, kind):
    assert "单元格B2的内容用两种方法读出的结果不一致" in refused(in_cell(content, kind)).message, why


@pytest.mark.parametrize(
    ("own", "other", "same"),
    [
        ("甲", "甲", True),
        ("甲\n乙", "甲\r\n乙", True),
        (" 甲", "甲", True),
        ("甲_x000D_\n乙", "甲\n乙", True),
        ("_x005F_x000D_", "_x000D_", True),
        ("30.25", "", False),
        ("30.25", "30.2599", False),
        ("30_x0031_", "301", True),
        ("30_x0031_", "302", False),
    ],
)
def test_when_two_readings_say_the_same(own, other, same):
    assert says_the_same(own, other) is same
