"""Item 2: figures with signs that are no part of them, and cells that say one thing here and another there.

The cell is 汉滨区's 期末余额/金额, F4 (30.25).
"""

from __future__ import annotations

import io
import re
import zipfile

import xlsxwriter
import xlwt

from tests.faults.cases_cells import HERE
from tests.faults.expecting import Case, Item, as_bank, refused
from tests.faults.pages import ods, spreadsheetml, xlsx
from tests.faults.plain import MISSING, bank
from tests.ingest.files import SHEET1, rezipped

C = Item.CELLS
TWO_WAYS = refused("F01", "F4的内容用两种方法读出的结果不一致")
XLSX_LOOKS = {"raised": {"font_script": 1}, "struck": {"font_strikeout": True}}
XLS_LOOKS = {"raised": {"escapement": 1}, "struck": {"struck_out": True}}
F4 = 3, 5


def rich_xlsx(*pieces, place=F4):
    """The statement with a text in one cell, of (look, piece)."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("统计表")
        for at, value in bank().cells.items():
            sheet.write(*at, value)
        looks = [[book.add_format(XLSX_LOOKS[look]), text] if look else [text] for look, text in pieces]
        sheet.write_rich_string(*place, *[part for piece in looks for part in piece])
    return out.getvalue()


def rich_xls(*pieces, place=F4):
    book = xlwt.Workbook()
    sheet = book.add_sheet("统计表")
    for at, value in bank().cells.items():
        if at != place:
            sheet.write(*at, value)
    sheet.write_rich_text(*place, [(text, _font(look)) if look else text for look, text in pieces])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _font(look):
    font = xlwt.Font()
    for name, value in XLS_LOOKS[look].items():
        setattr(font, name, value)
    return font


def struck_row():
    """The statement with the whole of 汉滨区's row struck out."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, struck = book.add_worksheet("统计表"), book.add_format({"font_strikeout": True})
        for (row, col), value in bank().cells.items():
            sheet.write(row, col, value, struck if row == F4[0] else None)
    return out.getvalue()


def rich_ods(inside, typed=30.25):
    """The statement as .ods, with this in the cell where another content is typed, and styles for it."""
    data = ods(bank())
    kind = (
        'office:value-type="string"' if isinstance(typed, str) else f'office:value-type="float" office:value="{typed}"'
    )
    found = f"<table:table-cell {kind}><text:p>{typed}</text:p></table:table-cell>".encode()
    cell = f'<table:table-cell office:value-type="string">{inside}</table:table-cell>'
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        content = package.read("content.xml")
    styles = (
        '<office:automatic-styles xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">'
        '<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/>'
        "</style:style></office:automatic-styles><office:body>"
    )
    assert found in content
    changed = content.replace(found, cell.encode()).replace(b"<office:body>", styles.encode(), 1)
    return rezipped(data, "content.xml", content, changed)


def rich_xml(inside, typed=30.25):
    """The statement as Excel 2003 XML, with these words where another content is typed."""
    words = f'<ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">{inside}</ss:Data>'
    kind = "String" if isinstance(typed, str) else "Number"
    data, found = spreadsheetml(bank()), f'<Data ss:Type="{kind}">{typed}</Data>'.encode()
    assert found in data
    return data.replace(found, words.encode())


def no_figure(id_, title, make, name="报表.xlsx", word="上标"):
    return Case(id_, title, C, make, as_bank({HERE: MISSING}).telling(("F07", "F4", word)), name)


def written(content, kind):
    """The statement with F4 written so."""
    data = xlsx(bank())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheet = package.read(SHEET1)
    cell = f'<c r="F4" t="{kind}">{content}</c>'.encode()
    changed = re.sub(rb'<c r="F4"><v>30.25</v></c>', lambda _: cell, sheet)
    assert changed != sheet
    return rezipped(data, SHEET1, sheet, changed)


RELATIONS = "xl/_rels/workbook.xml.rels"
RAISED = ((None, "30"), ("raised", "2"))
STRUCK = (("struck", "100"), (None, "30.25"))

CASES = [
    no_figure("raised", "数字后面的上标注码：30² 不是 302", lambda: rich_xlsx(*RAISED)),
    no_figure("raised-xls", ".xls 里的上标注码", lambda: rich_xls(*RAISED), "报表.xls"),
    no_figure(
        "raised-ods",
        ".ods 里的上标注码",
        lambda: rich_ods('<text:p>30<text:span text:style-name="T1">2</text:span></text:p>'),
        "报表.ods",
    ),
    no_figure("raised-xml2003", "Excel 2003 XML 里的上标注码", lambda: rich_xml("30<Sup>2</Sup>"), "报表.xls"),
    no_figure("struck", "划掉的旧数和新数写在一格", lambda: rich_xlsx(*STRUCK), word="删除线"),
    no_figure("struck-xls", ".xls 里划掉的旧数", lambda: rich_xls(*STRUCK), "报表.xls", "删除线"),
    no_figure(
        "struck-xml2003", "Excel 2003 XML 里划掉的旧数", lambda: rich_xml("<S>100</S>30.25"), "报表.xls", "删除线"
    ),
    Case("struck-row", "整行划了删除线：照常读取，报告", C, struck_row, as_bank().telling(("F08", "B4", "删除线"))),
    *(
        Case(
            f"raised-header{kind}",
            f"表头后面的上标注码：不是表头的字{kind}",
            C,
            make,
            as_bank(),
            f"报表{kind.replace('-', '.') or '.xlsx'}",
        )
        for kind, make in (
            ("", lambda: rich_xlsx((None, "期末余额/金额"), ("raised", "1"), place=(2, 5))),
            ("-xls", lambda: rich_xls((None, "期末余额/金额"), ("raised", "1"), place=(2, 5))),
            (
                "-ods",
                lambda: rich_ods(
                    '<text:p>期末余额/金额<text:span text:style-name="T1">1</text:span></text:p>', "期末余额/金额"
                ),
            ),
            ("-xml", lambda: rich_xml("期末余额/金额<Sup>1</Sup>", "期末余额/金额")),
        )
    ),
    Case(
        "raised-county",
        "县名后面的上标注码",
        C,
        lambda: rich_xlsx((None, "汉滨区"), ("raised", "注"), place=(3, 0)),
        as_bank(),
    ),
    Case(
        "text-twice",
        "一格里有两段文字",
        C,
        lambda: written("<is><t>30.25</t></is><is><t>99</t></is>", "inlineStr"),
        TWO_WAYS,
    ),
    Case(
        "text-and-value",
        "一格里又有文字又有数",
        C,
        lambda: written("<is><t>30.25</t></is><v>99</v>", "inlineStr"),
        TWO_WAYS,
    ),
    Case("text-as-value", "写作文字的格里只有数", C, lambda: written("<v>30.25</v>", "inlineStr"), TWO_WAYS),
    Case("text-section", "calamine 看不见的文字", C, lambda: written("<v><![CDATA[30.25]]></v>", "str"), TWO_WAYS),
    Case("value-twice", "一格里有两个数", C, lambda: written("<v>30.25</v><v>99</v>", "n"), TWO_WAYS),
    Case("number-python", "只有 Python 认的数 3_0", C, lambda: written("<v>3_0</v>", "n"), TWO_WAYS),
    Case(
        "number-xml2003",
        "Excel 2003 XML 里的 3_0",
        C,
        lambda: spreadsheetml(bank()).replace(b">30.25</Data>", b">3_0</Data>"),
        refused("F01", "F4的内容无法解读"),
        "报表.xls",
    ),
    Case(
        "ods-heading",
        ".ods 的数写在标题段里，别的程序不显示",
        C,
        lambda: rich_ods("<text:h>30.25</text:h>"),
        refused("F01", "F4的内容无法解读"),
        "报表.ods",
    ),
    Case(
        "ods-bare",
        ".ods 的数没有写在段落里",
        C,
        lambda: rich_ods("30.25"),
        refused("F01", "F4的内容无法解读"),
        "报表.ods",
    ),
    Case(
        "two-workbooks",
        "两份工作簿部件，各程序读到的不同",
        C,
        lambda: rezipped(
            xlsx(bank()), "_rels/.rels", b"xl/workbook.xml", b"xl/real.xml", extra=[("xl/real.xml", b"<workbook/>")]
        ),
        refused("F01", "有两份内容不同的部件"),
    ),
    *(
        Case(
            f"two-{part.lower()}",
            f"两份 {part}，各程序读到的不同",
            C,
            lambda part=part: rezipped(
                xlsx(bank()), RELATIONS, f"{part}.xml".encode(), b"real.xml", extra=[("xl/real.xml", b"<sst/>")]
            ),
            refused("F01", "有两份内容不同的部件"),
        )
        for part in ("sharedStrings", "styles")
    ),
]
