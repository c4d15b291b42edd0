"""A received file's bytes → a grid of cells, or why not. What it is follows from its content, never from its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import PurePath

from xlrd.compdoc import CompDoc

from pipeline.ingest import limits
from pipeline.ingest.closed import closed_container
from pipeline.ingest.containers import is_web_archive
from pipeline.ingest.kinds import ARCHIVE, OLD_WORD, SLIDES, markup_of, named_by_start
from pipeline.ingest.lost_words import words_are_lost
from pipeline.ingest.refusal import ENCRYPTED, SAVE_AS, SAVE_AS_DOCX, SEND_EXCEL, Refused, damaged, too_big
from pipeline.ingest.uncollected import uncollected
from pipeline.model import Grid, Unreadable

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_WORD_SUFFIXES = (".docx", ".docm", ".doc")
_TABLE_SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".csv", ".tsv")
_WORDS_LOST = (
    "文件里的汉字已变成问号或乱码（导出时用的编码没有汉字），原来的字找不回来，没有读取。"
    "请报送单位用 UTF-8 或 GB18030（简体中文）编码重新导出，或直接导出 .xlsx 后重新报送。"
)
_WPS = "这是 WPS 表格文件（.et），已读取。以后请另存为 .xlsx 报送。"


def open_grid(data: bytes, name: str = "") -> Grid | Unreadable:
    """Open a file's bytes as cells.

    `name` is only used for words: where it promises a table and the content is another thing, the message says so.
    Nothing in the file is executed, calculated or followed.
    """
    try:
        with uncollected():
            grid = _opener(data)(data)
        if words_are_lost(grid):
            raise Refused("F01", _WORDS_LOST)
        if grid.format == "xls" and PurePath(name).suffix.lower() == ".et":
            grid.notes = [*grid.notes, _WPS]
        return grid
    except Refused as refused:
        found = refused.unreadable
        suffix = PurePath(name).suffix.lower()
        if found.rule == "F02" and suffix in _TABLE_SUFFIXES:
            return replace(found, message=f"扩展名虽是 {suffix}，但{found.message}")
        if suffix in _WORD_SUFFIXES:
            return replace(found, message=found.message.replace(SAVE_AS, SAVE_AS_DOCX))
        return found


def _opener(data: bytes) -> Callable[[bytes], Grid]:
    """What can open these bytes; raise Refused for what nothing here can."""
    if not data:
        raise Refused("F01", "文件是空的（0 字节），可能没有传完。请重新导出或重新发送。")
    if len(data) > limits.MAX_FILE_BYTES:
        raise too_big(f"文件超过{limits.MAX_FILE_BYTES >> 20} MB")
    if known := named_by_start(data):
        raise Refused(*known)
    if closed := closed_container(data):
        raise Refused(closed.rule, closed.message)
    if data.startswith(_ZIP):
        return _open_zip
    if data.startswith(_OLE2):
        return _open_ole2
    if data.startswith(_BARE_BIFF):
        return _open_biff
    if is_web_archive(data):
        return _open_web_archive
    if len(data) > limits.MAX_TEXT_BYTES:
        raise too_big(f"文件超过{limits.MAX_TEXT_BYTES >> 20} MB，又不是 Excel 工作簿")
    return _open_markup if markup_of(data) else _open_text


# ------------------------------------------------------------------ what opens


def _open_zip(data: bytes) -> Grid:
    from pipeline.ingest.docx import main_part, open_docx
    from pipeline.ingest.ods import open_ods
    from pipeline.ingest.package import Package
    from pipeline.ingest.xlsb import open_xlsb
    from pipeline.ingest.xlsx import open_xlsx, workbook_part

    package = Package(data)
    workbook = workbook_part(package)
    if workbook:
        return open_xlsx(data, package, workbook)
    if "xl/workbook.bin" in package:
        return open_xlsb(data, package)
    kind = package.start_of("mimetype")
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return open_ods(package)
    if kind.startswith(b"application/vnd.sun.xml.calc"):
        raise Refused("F01", f"这是很早的 OpenOffice 表格（.sxc），暂不读取。{SEND_EXCEL}")
    document = main_part(package)
    if document:
        return open_docx(package, document)
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        raise Refused("F02", OLD_WORD)
    if "ppt/presentation.xml" in package:
        raise Refused("F02", SLIDES)
    if "[content_types].xml" in package or not package.names:
        raise damaged("压缩结构里没有工作簿")
    raise Refused("F02", ARCHIVE)


def _open_ole2(data: bytes) -> Grid:
    from pipeline.ingest.xls import open_container

    streams = _root_streams(data)
    if "EncryptedPackage" in streams:
        raise Refused("F01", ENCRYPTED)
    if {name.casefold() for name in streams} & {"workbook", "book"}:
        return open_container(data)
    if "WordDocument" in streams:
        raise Refused("F02", OLD_WORD)
    if "PowerPoint Document" in streams:
        raise Refused("F02", SLIDES)
    raise damaged("复合文档里没有工作簿")


def _open_biff(data: bytes) -> Grid:
    from pipeline.ingest.xls import open_xls

    return open_xls(data)


def _open_markup(data: bytes) -> Grid:
    from pipeline.ingest.html_table import open_html
    from pipeline.ingest.ods import open_flat_ods
    from pipeline.ingest.spreadsheetml import open_spreadsheetml
    from pipeline.ingest.xml_records import open_xml_records

    openers = {"html": open_html, "spreadsheetml": open_spreadsheetml, "flat_ods": open_flat_ods}
    return openers.get(markup_of(data), open_xml_records)(data)


def _open_web_archive(data: bytes) -> Grid:
    from pipeline.ingest.web_archive import open_web_archive

    return open_web_archive(data)


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
