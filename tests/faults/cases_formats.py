"""Item 1: formats, by content and never by extension."""

from __future__ import annotations

import gzip
import io
import re
import struct
from email.message import EmailMessage

import docx
import openpyxl

from tests.faults.expecting import Case, Expect, Item, as_bank, refused
from tests.faults.pages import html_table, ods, shown, spreadsheetml, text, xls, xlsx
from tests.faults.plain import ABC, RCB, RCB_FACTS, Bank, bank, bank_facts, two_levels, upright
from tests.ingest.files import SHEET1, rezipped, zipped
from tests.ingest.test_workbook import container

F = Item.FORMATS
BOTH = Expect({ABC: bank_facts(), RCB: RCB_FACTS})


def merged():
    """The bank's page with two levels of headers, merged."""
    lines, merges = two_levels()
    return Bank(headers=lines).page(merges=merges)


def by_openpyxl():
    book = openpyxl.Workbook()
    for line in bank().lines():
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_xml(change):
    """The bank's workbook with the XML of its sheet changed by a function of text."""
    data = xlsx(bank())
    old = rezipped_part(data)
    return rezipped(data, SHEET1, old, change(old.decode()).encode())


def rezipped_part(data, part=SHEET1):
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(part)


def prefixed(xml):
    """`<x:c>` for `<c>`, as some programs write."""
    changed = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", xml)
    return changed.replace('xmlns="', 'xmlns:x="', 1)


def record(number, content=b""):
    return struct.pack("<HH", number, len(content)) + content


def biff4(page):
    """A bare Excel 4 sheet, record by record: BOF, code page 936, a format, labels and numbers, EOF."""
    out = record(0x0409, struct.pack("<HHH", 0, 0x10, 0)) + record(0x42, struct.pack("<H", 936))
    out += record(0x0443, bytes(12))  # the one cell format: General
    for (row, col), value in sorted(page.cells.items()):
        if isinstance(value, int | float):
            out += record(0x0203, struct.pack("<HHHd", row, col, 0, value))
        else:
            words = shown(value).encode("gbk")
            out += record(0x0204, struct.pack("<HHHH", row, col, 0, len(words)) + words)
    return out + record(0x0A)


def encrypted_xls():
    """The bank's .xls with a FILEPASS record after the workbook's BOF, as an encrypted one has."""
    data = xls(bank())
    place = data.index(struct.pack("<HH", 0x0809, 16))
    after = place + 20
    return data[:after] + struct.pack("<HH", 0x2F, 6) + bytes(6) + data[after + 10 :]


def word_statement():
    document = docx.Document()
    document.add_paragraph("农业银行安康分行金融扶贫小额贷款统计表（2018年3月）")
    table = document.add_table(rows=0, cols=2)
    for line in (("县(区)", "授信户数"), ("汉滨区", "20"), ("汉阴县", "21")):
        for cell, words in zip(table.add_row().cells, line, strict=True):
            cell.text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def cut_inside_a_character():
    data = text(bank()).encode()
    return data[: data.index("白河县".encode()) + 1]


def mhtml():
    """A web page kept as one file, as browsers and old reporting systems save it."""
    head = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Location: file:///a.htm'
        "\r\nContent-Transfer-Encoding: 8bit\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    )
    return head.encode() + html_table(bank()) + b"\r\n--x--\r\n"


def mail(*attachments):
    """A message with these (name, bytes) attached."""
    message = EmailMessage()
    message["From"] = "示例甲 <a@example.com>"
    message["To"] = "b@example.com"
    message["Subject"] = "报送三月报表"
    message["Date"] = "Thu, 05 Apr 2018 08:30:00 +0800"
    message.set_content("请查收。")
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def one(name, data):
    """An inbox with one file."""
    return lambda: {name: data()}


CASES = [
    Case("xlsx", "普通的 .xlsx", F, lambda: xlsx(bank()), as_bank()),
    Case("xlsx-named-xls", "内容是 .xlsx，文件名写 .xls", F, lambda: xlsx(bank()), as_bank(), "报表.xls"),
    Case("xlsx-no-suffix", "没有扩展名", F, lambda: xlsx(bank()), as_bank(), "报表"),
    Case("xlsx-openpyxl", "别的程序写的 .xlsx", F, by_openpyxl, as_bank()),
    Case(
        "xlsx-inline",
        "文字写在单元格内，没有共享字符串",
        F,
        lambda: xlsx(bank(), constant_memory=True, in_memory=False),
        as_bank(),
    ),
    Case("xlsx-prefixed", "工作表的 XML 带 x: 前缀", F, lambda: sheet_xml(prefixed), as_bank()),
    Case(
        "xlsx-no-refs",
        "单元格不写自己的位置",
        F,
        lambda: sheet_xml(lambda xml: re.sub(r'<c r="[A-Z]+\d+"', "<c", _filled(xml))),
        as_bank(),
    ),
    Case(
        "xlsm",
        "带宏的 .xlsm：不运行，说明",
        F,
        lambda: rezipped(xlsx(bank()), extra=[("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")]),
        as_bank().telling(("F09", None, "宏")),
        "报表.xlsm",
    ),
    Case("xls", "BIFF8 .xls", F, lambda: xls(bank()), as_bank(), "报表.xls"),
    Case("xls-merged", "BIFF8，两层合并表头", F, lambda: xls(merged()), as_bank(), "报表.xls"),
    Case("xls-named-xlsx", "内容是 .xls，文件名写 .xlsx", F, lambda: xls(bank()), as_bank()),
    Case(
        "xls-named-et",
        "WPS 的 .et，内容是 BIFF8",
        F,
        lambda: xls(bank()),
        as_bank().telling(("F09", None, "WPS")),
        "报表.et",
    ),
    Case(
        "xls-biff4",
        "Excel 4 的裸记录：读值，说明是旧格式",
        F,
        lambda: biff4(bank()),
        as_bank().telling(("F09", None, "旧")),
        "报表.xls",
    ),
    Case("ods", "OpenDocument .ods", F, lambda: ods(bank()), as_bank(), "报表.ods"),
    Case("ods-merged", ".ods，两层合并表头", F, lambda: ods(merged()), as_bank(), "报表.ods"),
    Case("ods-named-xls", "内容是 .ods，文件名写 .xls", F, lambda: ods(bank()), as_bank(), "报表.xls"),
    Case(
        "html", "网页表格存成 .xls", F, lambda: html_table(bank()), as_bank().telling(("F09", None, "网页")), "报表.xls"
    ),
    Case(
        "html-merged",
        "网页表格，rowspan 和 colspan 的表头",
        F,
        lambda: html_table(merged()),
        as_bank().telling(("F09", None, "网页")),
        "报表.xls",
    ),
    Case(
        "html-gbk",
        "网页表格，GB2312 编码",
        F,
        lambda: html_table(bank(), charset="gb2312"),
        as_bank().telling(("F09", None, "网页")),
        "报表.xls",
    ),
    Case(
        "html-script",
        "网页表格里有脚本和样式，不当作内容",
        F,
        lambda: html_table(bank(), head="<script>var 汉滨区 = 1;</script><style>td{x:1}</style>"),
        as_bank().telling(("F09", None, "网页")),
        "报表.xls",
    ),
    Case("xml2003", "Excel 2003 XML", F, lambda: spreadsheetml(bank()), as_bank(), "报表.xls"),
    Case("xml2003-merged", "Excel 2003 XML，两层合并表头", F, lambda: spreadsheetml(merged()), as_bank(), "报表.xml"),
    Case("csv", "逗号、UTF-8", F, lambda: text(bank()).encode(), as_bank(), "报表.csv"),
    Case("csv-bom", "UTF-8 带 BOM", F, lambda: text(bank()).encode("utf-8-sig"), as_bank(), "报表.csv"),
    Case("csv-gb18030", "GB18030", F, lambda: text(bank()).encode("gb18030"), as_bank(), "报表.csv"),
    Case(
        "csv-utf16le",
        "Excel 的“Unicode 文本”：UTF-16LE、制表符",
        F,
        lambda: b"\xff\xfe" + text(bank(), "\t").encode("utf-16-le"),
        as_bank(),
        "报表.txt",
    ),
    Case(
        "csv-utf16be",
        "UTF-16BE、逗号",
        F,
        lambda: b"\xfe\xff" + text(bank()).encode("utf-16-be"),
        as_bank(),
        "报表.csv",
    ),
    Case("csv-tab", "制表符分隔", F, lambda: text(bank(), "\t").encode(), as_bank(), "报表.tsv"),
    Case("csv-semicolon", "分号分隔", F, lambda: text(bank(), ";").encode(), as_bank(), "报表.csv"),
    Case("csv-cr", "只用 CR 换行（旧 Mac）", F, lambda: text(bank(), end="\r").encode(), as_bank(), "报表.csv"),
    Case("csv-named-xls", "csv 改名为 .xls", F, lambda: text(bank()).encode("gb18030"), as_bank(), "报表.xls"),
    Case(
        "csv-big5",
        "Big5 繁体：不当作 GB18030 读成乱码",
        F,
        lambda: "景點編號,景點名稱\n一,臺北孔廟\n二,龍山寺\n".encode("big5"),
        refused("F02", "6个有内容的单元格都没有读入", "A1").telling(("F09", "", "已按 Big5 读取")),
        "报表.csv",
    ),
    Case("csv-cut", "UTF-8 在一个字中间断开", F, cut_inside_a_character, refused("F01", "编码"), "报表.csv"),
    Case(
        "csv-quote",
        "引号不成对",
        F,
        lambda: (text(bank()) + '"汉滨区,1,2\n').encode(),
        refused("F01", "引号", "A15"),
        "报表.csv",
    ),
    Case(
        "letter",
        "一封信存成 .csv",
        F,
        lambda: "尊敬的领导：\n现将三月份工作情况报告如下。\n".encode(),
        refused("F02", "一般文字"),
        "报表.csv",
    ),
    Case("binary", "不是表格的二进制内容", F, lambda: bytes(range(256)) * 4, refused("F02", "二进制"), "报表.xls"),
    Case("empty", "0 字节", F, lambda: b"", refused("F01", "0 字节")),
    Case(
        "zip",
        "压缩包里一张报表",
        F,
        one("报送.zip", lambda: zipped(("报表.xlsx", xlsx(bank())))),
        as_bank(),
        inbox=True,
    ),
    Case(
        "zip-two",
        "压缩包里两家的报表",
        F,
        one("报送.zip", lambda: zipped(("农行.xlsx", xlsx(bank())), ("汉阴.xls", xls(upright())))),
        BOTH,
        inbox=True,
    ),
    Case(
        "zip-in-zip",
        "压缩包里又有压缩包",
        F,
        one("报送.zip", lambda: zipped(("内.zip", zipped(("报表.xlsx", xlsx(bank())))))),
        as_bank(),
        inbox=True,
    ),
    Case("eml", "邮件带一个附件", F, one("邮件.eml", lambda: mail(("报表.xlsx", xlsx(bank())))), as_bank(), inbox=True),
    Case(
        "eml-zip",
        "邮件的附件是压缩包",
        F,
        one("邮件.eml", lambda: mail(("报送.zip", zipped(("报表.xlsx", xlsx(bank())))))),
        as_bank(),
        inbox=True,
    ),
    Case(
        "gzip",
        "gzip 的 csv",
        F,
        one("报表.csv", lambda: gzip.compress(text(bank()).encode(), mtime=0)),
        as_bank(),
        inbox=True,
    ),
    Case("rar", "RAR 压缩包", F, lambda: b"Rar!\x1a\x07\x00" + bytes(64), refused("F02", "压缩包"), "报送.rar"),
    Case(
        "xlsx-encrypted",
        "加密的 .xlsx",
        F,
        lambda: container("EncryptedPackage", "EncryptionInfo"),
        refused("F01", "密码"),
    ),
    Case("xls-encrypted", "加密的 .xls", F, encrypted_xls, refused("F01", "密码"), "报表.xls"),
    Case("xlsx-truncated", ".xlsx 没有传完", F, lambda: xlsx(bank())[:-300], refused("F01", "损坏")),
    Case("xls-truncated", ".xls 没有传完", F, lambda: xls(bank())[:2600], refused("F01", "损坏"), "报表.xls"),
    Case("xlsb-damaged", ".xlsb 里没有内容", F, lambda: zipped(("xl/workbook.bin", b"x")), refused("F01", "损坏")),
    Case("sylk", "SYLK", F, lambda: b"ID;PWXL;N;E\r\nC;Y1;X1;K1\r\nE\r\n", refused("F01", "SYLK"), "报表.slk"),
    Case(
        "mhtml",
        "网页存档：读其中的网页",
        F,
        mhtml,
        as_bank().telling(("F09", "", "网页存档"), ("F09", "", "内容其实是网页")),
        "报表.xls",
    ),
    Case("pdf", "PDF：请用代录表", F, lambda: b"%PDF-1.7\n%%EOF\n", refused("F02", "代录表"), "报表.pdf"),
    Case("photo", "照片：请用代录表", F, lambda: b"\xff\xd8\xff\xe0" + bytes(64), refused("F02", "代录表"), "报表.jpg"),
    Case("word", "Word 里的统计表：请用代录表", F, word_statement, refused("F02", "代录表"), "报表.docx"),
    Case(
        "word-old",
        "旧 Word 文档",
        F,
        lambda: container("WordDocument", "1Table"),
        refused("F02", "Word"),
        "报表.doc",
    ),
]


def _filled(xml):
    """The sheet with a blank cell wherever a row skips one: without references, places are counted."""

    def row(match):
        cells = re.findall(r'<c r="([A-Z])\d+".*?(?:/>|</c>)', match[2])
        whole = re.findall(r"<c .*?(?:/>|</c>)", match[2])
        at = dict(zip(cells, whole, strict=True))
        last = max(cells)
        filled = "".join(at.get(letter, '<c r="A1"/>') for letter in map(chr, range(65, ord(last) + 1)))
        return f"{match[1]}{filled}</row>"

    return re.sub(r"(<row [^>]*>)(.*?)</row>", row, xml)
