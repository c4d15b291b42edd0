"""A received file's bytes → a grid of cells, or why not. What it is follows from its content, never from its name."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import PurePath

from xlrd.compdoc import CompDoc

from pipeline.ingest import limits
from pipeline.ingest.closed import closed_container
from pipeline.ingest.refusal import SAVE_AS, SAVE_AS_DOCX, SEND_EXCEL, Refused, damaged, too_big
from pipeline.model import Grid, Unreadable

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_WORD_SUFFIXES = (".docx", ".docm", ".doc")
_TABLE_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".csv")

_NOT_A_FORM = "已登记存档，内容不作为报表读取。如应是报表，请填写 Excel 表样后报送电子表格。"
_OLD_WORD = (
    "这是旧格式的 Word 文档（不是 .docx），已登记存档，内容不作为报表读取。"
    "如应是措施表，请用 Word 或 WPS 打开，另存为 .docx 后重新报送。"
)
_SLIDES = f"这是演示文稿，{_NOT_A_FORM}"
_ARCHIVE = f"这是压缩包，{_NOT_A_FORM}".replace("请填写 Excel 表样后", "请解压后逐个")
_IMAGE = f"这是图片，{_NOT_A_FORM}"


def open_grid(data: bytes, name: str = "") -> Grid | Unreadable:
    """Open a file's bytes as cells.

    `name` is only used for words: where it promises a table and the content is another thing, the message says so.
    Nothing in the file is executed, calculated or followed.
    """
    try:
        return _opener(data)(data)
    except Refused as refused:
        found = refused.unreadable
        suffix = PurePath(name).suffix.lower()
        if found.rule == "F02" and suffix in _TABLE_SUFFIXES:
            return Unreadable(found.rule, f"扩展名虽是 {suffix}，但{found.message}")
        if suffix in _WORD_SUFFIXES:
            return Unreadable(found.rule, found.message.replace(SAVE_AS, SAVE_AS_DOCX))
        return found


def _opener(data: bytes) -> Callable[[bytes], Grid]:
    """What can open these bytes; raise Refused for what nothing here can."""
    if not data:
        raise Refused("F01", "文件是空的（0 字节），可能没有传完。请重新导出或重新发送。")
    if len(data) > limits.MAX_FILE_BYTES:
        raise too_big(f"文件有{len(data) >> 20} MB（最多{limits.MAX_FILE_BYTES >> 20} MB）")
    if closed := closed_container(data):
        raise Refused(closed.rule, closed.message)
    if data.startswith(_ZIP):
        return _open_zip
    if data.startswith(_OLE2):
        return _open_ole2
    if data.startswith(_BARE_BIFF):
        return _open_biff
    known = _named_by_start(data) or _named_as_markup(data)
    if known:
        raise Refused(*known)
    return _open_text


# ------------------------------------------------------------------ what opens


def _open_zip(data: bytes) -> Grid:
    from pipeline.ingest.docx import main_part, open_docx
    from pipeline.ingest.package import Package
    from pipeline.ingest.xlsx import open_xlsx

    package = Package(data)
    if "xl/workbook.xml" in package:
        return open_xlsx(data, package)
    if "xl/workbook.bin" in package:
        raise Refused("F01", f"这是二进制工作簿（.xlsb），暂不读取。{SEND_EXCEL}")
    kind = package.start_of("mimetype")
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        raise Refused("F01", f"这是 OpenDocument 表格（.ods），暂不读取。{SEND_EXCEL}")
    document = main_part(package)
    if document:
        return open_docx(package, document)
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        raise Refused("F02", _OLD_WORD)
    if "ppt/presentation.xml" in package:
        raise Refused("F02", _SLIDES)
    if "[content_types].xml" in package or not package.names:
        raise damaged("压缩结构里没有工作簿")
    raise Refused("F02", _ARCHIVE)


def _open_ole2(data: bytes) -> Grid:
    from pipeline.ingest.xls import ENCRYPTED, open_xls, workbook_stream

    streams = _root_streams(data)
    if "EncryptedPackage" in streams:
        raise Refused("F01", ENCRYPTED)
    if streams & {"Workbook", "Book"}:
        return open_xls(workbook_stream(data))
    if "WordDocument" in streams:
        raise Refused("F02", _OLD_WORD)
    if "PowerPoint Document" in streams:
        raise Refused("F02", _SLIDES)
    raise damaged("复合文档里没有工作簿")


def _open_biff(data: bytes) -> Grid:
    from pipeline.ingest.xls import OLD, open_xls

    if not data.startswith(_BARE_BIFF[-1]):
        raise Refused("F01", OLD)
    return open_xls(data)


def _open_text(data: bytes) -> Grid:
    from pipeline.ingest.delimited import open_delimited

    return open_delimited(data)


def _root_streams(data: bytes) -> set[str]:
    """Names of the streams on the top floor of an OLE2 container; a workbook may hold a Word file further down."""
    try:
        entries = CompDoc(data, logfile=StringIO()).dirlist
        return {entries[child].name for child in entries[0].children}
    # xlrd raises whatever its arithmetic on broken offsets comes to; then the directory is searched by its bytes.
    except Exception:  # noqa: BLE001 - see above
        return {name for name in ("EncryptedPackage", "Workbook", "Book", "WordDocument") if _has_entry(data, name)}


def _has_entry(data: bytes, name: str) -> bool:
    """Whether a directory entry (128 bytes, name first, its length at 64) has this name."""
    text = f"{name}\0".encode("utf-16-le")
    place = data.find(text)
    while place >= 0:
        if place % 128 == 0 and data[place + 64 : place + 66] == len(text).to_bytes(2, "little"):
            return True
        place = data.find(text, place + 2)
    return False


# ------------------------------------------------------------------ what does not, by name

_STARTS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "F02", f"这是 PDF 文件，{_NOT_A_FORM}"),
    (b"\x89PNG", "F02", _IMAGE),
    (b"\xff\xd8\xff", "F02", _IMAGE),
    (b"GIF8", "F02", _IMAGE),
    (b"BM", "F02", _IMAGE),
    (b"II*\0", "F02", _IMAGE),
    (b"MM\0*", "F02", _IMAGE),
    (b"RIFF", "F02", _IMAGE),
    (b"\x1f\x8b", "F02", _ARCHIVE),
    (b"Rar!", "F02", _ARCHIVE),
    (b"7z\xbc\xaf", "F02", _ARCHIVE),
    (b"{\\rtf", "F02", _OLD_WORD),
    (b"ID;P", "F01", f"这是 SYLK 交换文件（.slk），暂不读取。{SEND_EXCEL}"),
    (b"MIME-Version:", "F01", f"内容其实是网页存档，不是工作簿。{SEND_EXCEL}"),
)


def _named_by_start(data: bytes) -> tuple[str, str] | None:
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, rule, message in _STARTS:
        if start.startswith(mark) and (mark != b"BM" or b"\0" in data[:32]):
            return rule, message
    return None


def _named_as_markup(data: bytes) -> tuple[str, str] | None:
    """HTML and XML that go by the name of a spreadsheet: many systems export them as .xls."""
    start = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if not start.startswith(b"<"):
        return None
    if b"schemas-microsoft-com:office:spreadsheet" in start or b"excel.sheet" in start:
        return "F01", f"内容其实是 Excel 2003 的 XML 表格，暂不读取。{SEND_EXCEL}"
    if any(mark in start for mark in (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<body")):
        return "F01", f"内容其实是网页（HTML），不是工作簿。{SEND_EXCEL}"
    return "F01", f"内容其实是 XML 文件，不是工作簿。{SEND_EXCEL}"
