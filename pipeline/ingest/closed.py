"""Containers that nothing here opens, each named as what it is with the next step; known by content."""

from __future__ import annotations

from pipeline.ingest.containers import is_mail, names_at_top
from pipeline.ingest.refusal import FILED, TRANSCRIBE
from pipeline.model import Unreadable

_UNPACK = f"{FILED}，内容不作为报表读取。如应是报表，请解压后逐个报送电子表格。"
_NO_FORM = f"{FILED}，内容不作为报表读取。{TRANSCRIBE}"

_STARTS: tuple[tuple[bytes, int, str], ...] = (
    (b"Rar!", 0, f"这是 RAR 压缩包，{_UNPACK}"),
    (b"7z\xbc\xaf", 0, f"这是 7z 压缩包，{_UNPACK}"),
    (b"ustar", 257, f"这是 tar 压缩包，{_UNPACK}"),
    (b"BZh", 0, f"这是 bzip2 压缩包，{_UNPACK}"),
    (b"\xfd7zXZ", 0, f"这是 xz 压缩包，{_UNPACK}"),
    (b"MSCF", 0, f"这是 cab 压缩包，{_UNPACK}"),
)
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OUTLOOK = (
    f"这是 Outlook 的 .msg 邮件，{FILED}，暂不读取。请在 Outlook 中把附件另存出来单独发送，"
    "或把邮件另存为 .eml 后重新发送。"
)
_MAIL = f"这是邮件，{FILED}，内容不作为报表读取。如附件是报表，请把附件另存后逐个报送电子表格。"
_OF_DOCUMENTS = {
    "ofd.xml": Unreadable("F02", f"这是 OFD 版式文件，{_NO_FORM}"),
    "index/document.iwa": Unreadable(
        "F01", "这是苹果 Numbers 表格，暂不读取。请在 Numbers 中导出为 Excel 工作簿（.xlsx）后重新报送。"
    ),
}


def closed_container(data: bytes) -> Unreadable | None:
    """Why these bytes are not opened, if they are a container that is none of ours."""
    for mark, at, message in _STARTS:
        if data[at : at + len(mark)] == mark:
            return Unreadable("F02", message)
    if data.startswith(b"PK"):
        return next((told for name, told in _OF_DOCUMENTS.items() if name in names_at_top(data)), None)
    if data.startswith(_OLE2):
        return Unreadable("F02", _OUTLOOK) if _is_outlook(data) else None
    return Unreadable("F02", _MAIL) if is_mail(data) else None


def _is_outlook(data: bytes) -> bool:
    """A message has a stream of its properties; a workbook with a message in it has its own stream as well."""
    names = ("__properties_version1.0", "Workbook", "Book", "WordDocument")
    message, *others = (f"{name}\0".encode("utf-16-le") in data for name in names)
    return message and not any(others)
