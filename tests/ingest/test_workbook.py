import struct
import zipfile
import zlib

import docx
import pytest

from pipeline.ingest import limits
from pipeline.ingest.workbook import open_grid
from pipeline.model import Grid, Unreadable
from tests.ingest.files import SHEET1, plain_xlsx, rezipped, xls, xlsx, zipped

NEXT_STEP = "重新报送。"


def container(*names):
    """An OLE2 container with these streams on its top floor, and nothing in them."""
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6))
    header += bytes(10) + struct.pack("<IIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * (512 - len(header) - 4)
    sectors = struct.pack("<III", 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF) + b"\xff" * 500
    directory = entry("Root Entry", 5, child=1)
    for number, name in enumerate(names, start=1):
        directory += entry(name, 2, right=number + 1 if number < len(names) else 0xFFFFFFFF)
    return bytes(header) + sectors + directory.ljust(512, b"\0")


def entry(name, kind, right=0xFFFFFFFF, child=0xFFFFFFFF):
    encoded = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<BBIII", kind, 1, 0xFFFFFFFF, right, child)
    return (encoded.ljust(64, b"\0") + struct.pack("<H", len(encoded)) + links).ljust(116, b"\0") + struct.pack(
        "<III", 0xFFFFFFFE, 0, 0
    )


def word(tmp_path):
    document = docx.Document()
    document.add_paragraph("三月份金融扶贫工作总结")
    document.save(tmp_path / "总结.docx")
    return (tmp_path / "总结.docx").read_bytes()


def refused(data, name=""):
    found = open_grid(data, name)
    assert isinstance(found, Unreadable), found
    return found


@pytest.mark.parametrize("name", ["报表.xlsx", "报表.xls", "报表.csv", "报表.txt", "报表", ""])
def test_the_name_decides_nothing(name):
    def write(_, sheet):
        sheet.write(0, 0, "甲")

    for data, expected in ((xlsx(write), "xlsx"), (xls(write), "xls"), ("甲,乙\n丙,丁\n".encode(), "csv")):
        grid = open_grid(data, name)
        assert isinstance(grid, Grid)
        assert grid.format == expected


ODS = (("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<a><b>"))
SXC = (("mimetype", "application/vnd.sun.xml.calc"), ("content.xml", "<a/>"))
ODT = (("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<a/>"))
DBASE = (
    b"\x03\x12\x03\x1f" + struct.pack("<IHH", 1, 65, 9) + bytes(20) + b"HU".ljust(32, b"\0") + b"\r" + b" 12345678\x1a"
)
XML2003 = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'


@pytest.mark.parametrize(
    ("why", "data", "rule", "said"),
    [
        ("zero bytes", b"", "F01", "文件是空的（0 字节），可能没有传完。"),
        ("encrypted .xlsx", container("EncryptedPackage", "EncryptionInfo"), "F01", "文件是加密的，没有读取。"),
        ("Word 97", container("WordDocument", "1Table"), "F02", "这是旧格式的 Word 文档（不是 .docx），已登记存档"),
        ("PowerPoint 97", container("PowerPoint Document"), "F02", "这是演示文稿，已登记存档"),
        ("some other container", container("Anything"), "F01", "文件已损坏或不完整（复合文档里没有工作簿）"),
        ("RTF", b"{\\rtf1\\ansi}", "F02", "这是旧格式的 Word 文档（不是 .docx），已登记存档"),
        (
            "PowerPoint",
            zipped(
                ("ppt/presentation.xml", "<a/>"),
            ),
            "F02",
            "这是演示文稿，已登记存档",
        ),
        ("PDF", b"%PDF-1.7\n", "F02", "这是 PDF 文件，已登记存档"),
        ("PNG", b"\x89PNG\r\n\x1a\n\0\0", "F02", "这是图片，已登记存档"),
        ("JPEG", b"\xff\xd8\xff\xe0", "F02", "这是图片，已登记存档"),
        ("BMP", b"BM\x36\0\0\0\0\0\0\0", "F02", "这是图片，已登记存档"),
        ("a plain zip", zipped(("报表.xlsx", "x")), "F02", "这是压缩包，已登记存档"),
        ("gzip", b"\x1f\x8b\x08\0\0", "F02", "这是压缩包，已登记存档"),
        ("RAR", b"Rar!\x1a\x07", "F02", "这是 RAR 压缩包，已登记存档"),
        ("7z", b"7z\xbc\xaf\x27\x1c", "F02", "这是 7z 压缩包，已登记存档"),
        ("tar", b"a.csv".ljust(257, b"\0") + b"ustar\x0000", "F02", "这是 tar 压缩包，已登记存档"),
        ("a mail", b"From: a@b\r\nTo: c@d\r\nSubject: x\r\n\r\nhello", "F02", "这是邮件，已登记存档"),
        ("a mail of Outlook", container("__properties_version1.0"), "F02", "这是 Outlook 的 .msg 邮件，已登记存档"),
        ("OFD", zipped(("OFD.xml", "<a/>"), ("Doc_0/Document.xml", "<a/>")), "F02", "这是 OFD 版式文件，已登记存档"),
        ("Numbers", zipped(("Index/Document.iwa", "x")), "F01", "这是苹果 Numbers 表格，暂不读取。"),
        (".ods that is cut off", zipped(*ODS), "F01", "文件已损坏或不完整（内部 XML 不完整）"),
        (".sxc", zipped(*SXC), "F01", "这是很早的 OpenOffice 表格（.sxc），暂不读取。"),
        (".odt", zipped(*ODT), "F02", "这是旧格式的 Word 文档（不是 .docx），已登记存档"),
        (".xlsb that is cut off", zipped(("xl/workbook.bin", b"\x9c")), "F01", "文件已损坏或不完整（记录不完整）"),
        ("a page of text", "<html><p>甲".encode(), "F02", "内容其实是网页（HTML），里面没有表格。"),
        ("a page of frames", b"<html><frameset><frame src='a.htm'>", "F01", "这只是网页的外框，表格在另外的文件里"),
        ("XML of Excel 2003 without a sheet", XML2003.encode(), "F01", "文件已损坏或不完整（是 Excel 2003 的 XML 表格"),
        ("other XML", b"<?xml version='1.0'?><data/>", "F01", "内容其实是 XML 文件，不是工作簿。"),
        (
            "a saved web page",
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n",
            "F01",
            "网页存档（.mht）没有传完",
        ),
        ("DIF", b'TABLE\r\n0,1\r\n"EXCEL"\r\n', "F01", "这是 DIF 交换文件（.dif），暂不读取。"),
        ("dBase", DBASE, "F01", "这是 dBase/FoxPro 数据表（.dbf），暂不读取。"),
        ("SYLK", b"ID;PWXL;N;E\r\n", "F01", "这是 SYLK 交换文件（.slk），暂不读取。"),
        ("an empty zip", zipped(), "F01", "文件已损坏或不完整（压缩结构里没有工作簿）"),
        (
            "a zip of Office without a workbook",
            zipped(
                ("[Content_Types].xml", "<a/>"),
            ),
            "F01",
            "文件已损坏或不完整（压缩",
        ),
    ],
)
def test_what_is_no_readable_workbook_is_named_with_the_next_step(why, data, rule, said):
    found = refused(data)
    assert (found.rule, found.message[: len(said)]) == (rule, said), why
    assert found.message.endswith(("重新报送。", "报送电子表格。", "重新发送。")), found.message


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"\xff\xd8\xff\xe0", container("WordDocument"), b"{\\rtf1}"])
def test_what_no_program_reads_is_typed_in_by_a_person_who_signs_for_it(data):
    assert "请用代录表：在该单位当月的空白表（用 forms 命令生成）里照原件录入" in refused(data).message


def test_a_word_file_is_registered_and_not_read(tmp_path):
    assert refused(word(tmp_path), "总结.docx") == Unreadable(
        "F02",
        "这是 Word 文档，里面没有可读的报表，已登记存档，内容不作为报表读取。"
        "如应是措施表，请把各项填在表样的表格里（Word 或 Excel）后重新报送；其他报表，请用代录表："
        "在该单位当月的空白表（用 forms 命令生成）里照原件录入，放入收件文件夹，并在“收件登记.csv”的“代录人”栏写明录入的人；"
        "或请报送单位填写空白表后重新报送。",
    )


def test_a_name_that_promises_a_table_is_mentioned_where_the_content_is_another_thing(tmp_path):
    assert refused(word(tmp_path), "统计表.xlsx").message.startswith("扩展名虽是 .xlsx，但这是 Word 文档")
    renamed = refused("三月份工作总结\n一切正常。\n".encode(), "统计表.XLSX")
    assert renamed.message.startswith("扩展名虽是 .xlsx，但文件内容是一般文字，不是表格。")


def test_every_truncation_of_a_workbook_is_refused():
    data = plain_xlsx()
    for keep in range(4, len(data), max(1, len(data) // 40)):
        assert refused(data[:keep]).message.startswith("文件已损坏或不完整")


def test_a_part_whose_checksum_is_wrong_is_refused():
    data = bytearray(plain_xlsx())
    checksum = struct.pack("<I", zlib.crc32(zipfile.ZipFile(open_bytes(bytes(data))).read(SHEET1)))
    place = data.index(checksum)
    while place >= 0:
        data[place] ^= 0xFF
        place = data.find(checksum, place + 1)
    assert refused(bytes(data)).message.startswith("文件已损坏或不完整（部件 xl/worksheets/sheet1.xml 校验不符）")


def open_bytes(data):
    import io

    return io.BytesIO(data)


def test_an_encrypted_part_is_refused():
    data = bytearray(plain_xlsx())
    place = data.index(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 4)
    assert refused(bytes(data)).message.startswith("文件已损坏或不完整（内部有加密的部件）")


BOMB = b'<!DOCTYPE a [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]>'


@pytest.mark.parametrize(
    "part",
    [SHEET1, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "[Content_Types].xml", "docProps/core.xml"],
)
def test_entity_declarations_are_refused_wherever_they_stand(part):
    found = refused(rezipped(plain_xlsx(), part, b"?>\n", b"?>\n" + BOMB))
    assert found.message.startswith("文件含有不安全的内容（XML 实体声明），没有读取。")


def test_two_parts_of_one_name_are_refused():
    found = refused(rezipped(plain_xlsx(), extra=[("XL/Worksheets/Sheet1.xml", "<worksheet/>")]))
    assert found.message.startswith("文件含有不安全的内容（内部有两个同名部件 XL/Worksheets/Sheet1.xml）")


@pytest.mark.parametrize(
    ("limit", "value", "said"),
    [
        ("MAX_FILE_BYTES", 100, "文件超过0 MB"),
        ("MAX_UNPACKED_BYTES", 1000, "解压后超过0 MB"),
        ("MAX_PARTS", 3, "内部有10个部件（最多3个）"),
    ],
)
def test_files_beyond_the_limits_are_refused(monkeypatch, limit, value, said):
    monkeypatch.setattr(limits, limit, value)
    found = refused(plain_xlsx())
    assert (found.rule, found.message.startswith(f"文件超出可读取的范围：{said}")) == ("F01", True), found.message


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    found = refused(rezipped(plain_xlsx(), extra=[("xl/media/image1.bin", b"\0" * (8 * 2**20))]))
    assert "解压后是原来的" in found.message


def test_links_and_macros_are_neither_followed_nor_run():
    def write(workbook, sheet):
        sheet.write_formula(0, 0, "='[http://localhost:9/x.xlsx]表'!A1", value=7)
        sheet.write_url(0, 1, "http://localhost:9/", string="链接")

    data = rezipped(xlsx(write), extra=[("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")])
    grid = open_grid(data, "报表.xlsm")
    assert isinstance(grid, Grid)
    assert [cell.value for cell in grid.sheets[0].cells.values()] == [7.0, "链接"]
