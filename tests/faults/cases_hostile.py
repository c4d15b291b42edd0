"""Item 6: files that harm readers, or carry what must never run; all of them small here, whatever they claim to be."""

from __future__ import annotations

import io
import re
import struct
import zipfile

from tests.faults.cases_formats import one, sheet_xml
from tests.faults.expecting import Case, Expect, Item, as_bank, refused
from tests.faults.pages import Formula, Page, ods, xls, xlsx
from tests.faults.plain import ABC, Bank, bank, bank_facts
from tests.ingest.files import SHEET1, rezipped, zipped

X = Item.HOSTILE
LOL = '<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;&l;&l;&l;&l;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
REMARK = ("remark", "hanbin", "abc", 0)
HERE = ("outstanding_amount", "hanbin", "abc", 0)


def declared(part, doctype):
    """The bank's workbook with a document type in one part."""
    return rezipped(xlsx(bank()), part, b"?>\n", f"?>\n{doctype}".encode())


def with_parts(*extra):
    """The bank's workbook with more parts in it."""
    return rezipped(xlsx(bank()), extra=extra)


def related(kind, target, *extra):
    """The bank's workbook with one more relation of its first sheet, and more parts."""
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" {target}/></Relationships>'
    )
    return with_parts(("xl/worksheets/_rels/sheet1.xml.rels", relation), *extra)


def far_cell(ref):
    """One cell more, far away from all the others."""
    row = re.sub(r"\D", "", ref)
    return sheet_xml(
        lambda xml: xml.replace("</sheetData>", f'<row r="{row}"><c r="{ref}"><v>1</v></c></row></sheetData>')
    )


def lying(ref):
    """A dimension that is not so."""
    return sheet_xml(lambda xml: re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="{ref}"', xml))


def many_merges(count):
    """Merged ranges far below the table, one a row."""
    boxes = "".join(f'<mergeCell ref="B{n}:C{n}"/>' for n in range(100, 100 + count))
    return sheet_xml(
        lambda xml: xml.replace("</sheetData>", f'</sheetData><mergeCells count="{count}">{boxes}</mergeCells>')
    )


def wrong_checksum():
    """A bit of the sheet's stored checksum is flipped, in both places where it stands."""
    data = xlsx(bank())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        checksum = struct.pack("<I", package.getinfo(SHEET1).CRC)
    return data.replace(checksum, bytes([checksum[0] ^ 1]) + checksum[1:])


def wrong_bytes():
    """A byte in the middle of the compressed sheet is another one."""
    data = bytearray(xlsx(bank()))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        info = package.getinfo(SHEET1)
    data[info.header_offset + 30 + len(SHEET1) + info.compress_size // 2] ^= 0x10
    return bytes(data)


def remark(id_, title, words):
    """A remark that would be dangerous elsewhere is words here."""
    return Case(id_, title, X, lambda: xlsx(bank(0, 7, words)), as_bank({REMARK: words}))


def formula(id_, title, text, word):
    """A formula that reaches outside: its stored value is read, the formula is not followed, and that is said."""
    return Case(id_, title, X, lambda: xlsx(bank(0, 5, Formula(text, 30.25))), as_bank().telling(("F09", None, word)))


def bomb(megabytes=8):
    return b"\0" * (megabytes << 20)


def deep_zip(levels):
    """A zip in a zip in a zip …"""
    data = xlsx(bank())
    for level in range(levels):
        data = zipped((f"{level}.zip" if level else "报表.xlsx", data))
    return data


def repeated_ods():
    """An .ods of a few hundred bytes that says one cell ten thousand million times."""
    data = ods(bank())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        content = package.read("content.xml").decode()
    row = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" '
        'office:value="1" table:number-columns-repeated="10000"><text:p>1</text:p></table:table-cell></table:table-row>'
    )
    changed = content.replace("</table:table>", f"{row}</table:table>", 1)
    return rezipped(data, "content.xml", content.encode(), changed.encode())


CASES = [
    *(
        Case(
            f"entities-{where}", f"实体炸弹在 {part}", X, lambda part=part: declared(part, LOL), refused("F01", "实体")
        )
        for where, part in (
            ("sheet", SHEET1),
            ("strings", "xl/sharedStrings.xml"),
            ("workbook", "xl/workbook.xml"),
            ("types", "[Content_Types].xml"),
            ("properties", "docProps/core.xml"),
        )
    ),
    Case("entity-outside", "外部实体：不去读", X, lambda: declared(SHEET1, OUTSIDE), refused("F01", "实体")),
    Case("zip-bomb", "解压后大几百倍", X, lambda: with_parts(("xl/media/1.bin", bomb())), refused("F01", "倍")),
    Case(
        "zip-bomb-nested",
        "压缩包里的压缩包是炸弹",
        X,
        one("报送.zip", lambda: zipped(("内.zip", zipped(("大.csv", bomb(16)))))),
        refused("F01", "倍"),
        inbox=True,
    ),
    Case("zip-deep", "压缩包套了十层", X, one("报送.zip", lambda: deep_zip(10)), refused("F01", "层"), inbox=True),
    Case(
        "zip-paths",
        "压缩包里的文件名往外跳",
        X,
        one("报送.zip", lambda: zipped(("../../../报表.xlsx", xlsx(bank())))),
        as_bank(),
        inbox=True,
    ),
    Case(
        "far-cell", "XFD1048576 还有一个单元格", X, lambda: far_cell("XFD1048576"), refused("F01", "超出", "XFD1048576")
    ),
    Case("far-row", "第一百万行还有一个单元格", X, lambda: far_cell("H1000000"), refused("F01", "超出", "H1000000")),
    Case("far-nowhere", "单元格位置 ZZZZ9 不存在", X, lambda: far_cell("ZZZZ9"), refused("F01", "损坏")),
    Case("lying-small", "声明的范围比内容小", X, lambda: lying("A1"), as_bank()),
    Case("lying-large", "声明的范围是整张表", X, lambda: lying("A1:XFD1048576"), as_bank()),
    Case("merges", "六千个合并区", X, lambda: many_merges(6000), refused("F01", "合并")),
    Case(
        "merge-all",
        "整张表合并成一格",
        X,
        lambda: sheet_xml(
            lambda xml: xml.replace(
                "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A20:XFD1048576"/></mergeCells>'
            )
        ),
        as_bank(),
    ),
    Case("checksum", "校验码不对：calamine 不查", X, wrong_checksum, refused("F01", "校验")),
    Case("flipped", "压缩内容坏了一个字节", X, wrong_bytes, refused("F01", "校验")),
    Case(
        "twin-parts",
        "两个同名部件：不同的程序读到不同的那个",
        X,
        lambda: with_parts(("XL/Worksheets/Sheet1.xml", "<worksheet/>")),
        refused("F01", "同名"),
    ),
    Case(
        "cell-twice",
        "同一个单元格写了两遍，值不同",
        X,
        lambda: sheet_xml(lambda xml: xml.replace("</row>", '<c r="F4"><v>99</v></c></row>', 4)),
        Expect().telling(("F01", "F4", "F4")),
    ),
    Case(
        "shared-missing",
        "指向没有的共享字符串",
        X,
        lambda: sheet_xml(lambda xml: xml.replace('t="s"><v>0</v>', 't="s"><v>9999</v>', 1)),
        refused("F01", "损坏"),
    ),
    Case(
        "not-a-number",
        "数值单元格里存的不是数",
        X,
        lambda: sheet_xml(lambda xml: xml.replace("<v>30.25</v>", "<v>NaN(1)</v>", 1)),
        refused("F01", "F4", "F4"),
    ),
    Case("sheet-gone", "工作簿列了一张不存在的表", X, lambda: _without(SHEET1), refused("F01", "损坏")),
    Case(
        "sheet-cut", "工作表的 XML 断了", X, lambda: sheet_xml(lambda xml: xml[: len(xml) // 2]), refused("F01", "损坏")
    ),
    Case("control-name", "文件名里有控制字符", X, lambda: xlsx(bank()), as_bank(), "报\x07表\x1b[31m.xlsx"),
    Case(
        "identity-number",
        "备注里有身份证号：报告里不出现",
        X,
        lambda: xlsx(bank(0, 5, "110101199003070003")),
        as_bank({HERE: ("（空）")}).telling(("F07", "F4", "数值过大")),
    ),
    remark("cmd", "文字以 =cmd 开头", "=cmd|' /C calc'!A0"),
    remark("template-tag", "文字里有模板标记", "{{ 7*7 }}{% for x in y %}"),
    remark("markup", "文字里有网页标记", "<script>alert(1)</script>"),
    remark("at-sign", "文字以 @ 或 + 开头", "@SUM(1+1)*cmd|' /C calc'!A0"),
    formula("dde", "DDE 公式：不执行，说明", "=cmd|'/C calc'!A0", "DDE"),
    formula("external-formula", "公式引用别的工作簿：不打开，说明", "='[别处.xlsx]表'!A1", "外部"),
    formula("webservice", "WEBSERVICE 公式：不联网，说明", '=WEBSERVICE("http://localhost:9/")', "WEBSERVICE"),
    formula("hyperlink", "HYPERLINK 公式：不打开，说明", '=HYPERLINK("http://localhost:9/","30.25")', "HYPERLINK"),
    Case(
        "external-link",
        "外部链接部件：不打开，说明",
        X,
        lambda: with_parts(("xl/externalLinks/externalLink1.xml", "<externalLink/>")),
        as_bank().telling(("F09", None, "外部")),
    ),
    Case(
        "ole-object",
        "嵌入的 OLE 对象：不打开，说明",
        X,
        lambda: related(
            "oleObject", 'Target="../embeddings/oleObject1.bin"', ("xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0")
        ),
        as_bank().telling(("F09", None, "嵌入")),
    ),
    Case(
        "remote-image",
        "图片在网上：不下载，说明",
        X,
        lambda: related("image", 'Target="http://localhost:9/x.png" TargetMode="External"'),
        as_bank().telling(("F09", None, "外部")),
    ),
    Case("ods-repeat", ".ods 说一个单元格重复一百亿次", X, repeated_ods, refused("F01", "超出"), "报表.ods"),
    Case(
        "ods-entities",
        ".ods 里的实体炸弹",
        X,
        lambda: rezipped(ods(bank()), "content.xml", b"?>", f"?>{LOL}".encode()),
        refused("F01", "实体"),
        "报表.ods",
    ),
    Case("xls-endless", ".xls 的记录长度是乱的", X, lambda: _broken_records(), refused("F01", "损坏"), "报表.xls"),
    Case(
        "csv-wide",
        "一行三千列的 csv",
        X,
        lambda: ("\n".join([",".join(["1"] * 3000)] * 2)).encode(),
        refused("F01", "列", "BXY1"),
        "报表.csv",
    ),
    Case(
        "csv-long",
        "一格二十万字的 csv",
        X,
        lambda: b"a,b\nc,d\n" + b"x" * 200_000 + b",e\n",
        refused("F01", "文字超过", "A3"),
        "报表.csv",
    ),
    Case(
        "many-sheets",
        "三百张工作表",
        X,
        lambda: xlsx(*(Page(f"表{n}") for n in range(300))),
        refused("F01", "300张工作表"),
    ),
    Case(
        "sheet-name",
        "工作表名里有公式和标记",
        X,
        lambda: xlsx(Bank(name="=cmd{{x}}<b>").page()),
        Expect({ABC: bank_facts()}),
    ),
]


def _without(part):
    data, out = xlsx(bank()), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in package.namelist():
            if name != part:
                target.writestr(name, package.read(name))
    return out.getvalue()


def _broken_records():
    data = bytearray(xls(bank()))
    place = data.index(b"\x09\x08\x10\x00") + 20
    data[place + 2 : place + 4] = b"\xff\xff"
    return bytes(data)
