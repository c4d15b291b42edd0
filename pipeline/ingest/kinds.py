"""What a file is by its first bytes: kinds that nothing here reads are named, with the next step."""

from __future__ import annotations

import re

from pipeline.ingest.refusal import FILED, SEND_EXCEL, TRANSCRIBE

OLD_WORD = (
    f"这是旧格式的 Word 文档（不是 .docx），{FILED}，内容不作为报表读取。"
    "如应是措施表，请用 Word 或 WPS 打开，另存为 .docx 后重新报送；"
    f"{TRANSCRIBE}"
)
SLIDES = f"这是演示文稿，{FILED}，内容不作为报表读取。{TRANSCRIBE}"
ARCHIVE = f"这是压缩包，{FILED}，内容不作为报表读取。如应是报表，请解压后逐个报送电子表格。"
_PICTURE = f"这是{{what}}，{FILED}，内容不作为报表读取。{TRANSCRIBE}"
OUTLOOK = "Outlook 专用格式（winmail.dat），附件取不出来。请发件人改用纯文本或网页格式重新发送"
OUTLOOK_START = b"\x78\x9f\x3e\x22"

_PICTURES: tuple[tuple[bytes, int, str], ...] = (
    (b"%PDF", 0, "PDF 文件"),
    (b"\x89PNG", 0, "图片"),
    (b"\xff\xd8\xff", 0, "图片"),
    (b"GIF8", 0, "图片"),
    (b"II*\0", 0, "图片"),
    (b"MM\0*", 0, "图片"),
    (b"WEBP", 8, "图片"),
    (b"ftyphei", 4, "图片"),
    (b"ftypmif1", 4, "图片"),
)

_STARTS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x1f\x8b", "F02", ARCHIVE),
    (b"{\\rtf", "F02", OLD_WORD),
    (OUTLOOK_START, "F01", f"这是 {OUTLOOK}。"),
    (b"ID;P", "F01", f"这是 SYLK 交换文件（.slk），暂不读取。{SEND_EXCEL}"),
    (b"TABLE\r\n0,1\r\n", "F01", f"这是 DIF 交换文件（.dif），暂不读取。{SEND_EXCEL}"),
    (b"TABLE\n0,1\n", "F01", f"这是 DIF 交换文件（.dif），暂不读取。{SEND_EXCEL}"),
)

_DBASE = re.compile(
    rb"[\x02\x03\x30\x31\x83\x8b\xf5].[\x01-\x0c][\x01-\x1f]....([\x21-\xff].|[\x00-\x20][\x01-\xff])", re.DOTALL
)
"""Version, date of the last change, count of records, length of the header."""

_OTHER_XML = re.compile(
    rb"<\?xml[^>]*>\s*(?:<!--.*?-->\s*)*<(?!(?:html|table|meta|head|body|div|style)\b)[a-z]", re.DOTALL
)
"""XML by its own word whose first element is none of a page: a record in it may be called a table."""
_IN_A_PAGE = re.compile(rb"<t[rdh]\b")
_HTML = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<body", b"<div", b"<style")


def picture(data: bytes) -> str:
    """What a file is that only shows something: it never becomes figures, whatever it is called; empty for others."""
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return "图片"
    return next((word for mark, at, word in _PICTURES if data[at : at + len(mark)] == mark), "")


def named_by_start(data: bytes) -> tuple[str, str] | None:
    """Rule and message for a kind that nothing here reads; None where it may be another."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if what := picture(start):
        return "F02", _PICTURE.format(what=f" {what}" if what[0].isascii() else what)
    for mark, rule, message in _STARTS:
        if start.startswith(mark):
            return rule, message
    if _is_dbase(data):
        return "F01", f"这是 dBase/FoxPro 数据表（.dbf），暂不读取。{SEND_EXCEL}"
    return None


def _is_dbase(data: bytes) -> bool:
    """Whether the header's fields end where it says, with the mark that ends them."""
    if not _DBASE.match(data) or len(data) < 65:
        return False
    length = int.from_bytes(data[8:10], "little")
    return length >= 65 and b"\r" in data[max(0, length - 264) : length]


def markup_of(data: bytes) -> str:
    """`spreadsheetml`, `flat_ods`, `html` or `xml` for text that is markup; many systems export it as .xls."""
    start = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if not start.startswith(b"<"):
        return ""
    if b"schemas-microsoft-com:office:spreadsheet" in start and not any(mark in start for mark in _HTML[:2]):
        return "spreadsheetml"
    if b"opendocument:xmlns:office" in start and b"opendocument.spreadsheet" in start:
        return "flat_ods"
    is_page = not _OTHER_XML.match(start) or _IN_A_PAGE.search(start)
    return "html" if is_page and any(mark in start for mark in _HTML) else "xml"
