"""Web pages and workbooks saved as one file (.mht): the page that holds the table, with its own style sheets."""

from __future__ import annotations

from email.errors import CloseBoundaryNotFoundDefect
from email.message import Message
from email.parser import BytesParser

from pipeline.ingest import limits
from pipeline.ingest.html_table import open_html
from pipeline.ingest.refusal import SEND_EXCEL, Refused, damaged, too_big
from pipeline.model import Grid

NOTE = "这是网页存档（.mht），已读取其中的网页。"
_CUT_OFF = "网页存档（.mht）没有传完（到这里中断），没有读取。请报送单位重新导出或重新发送。"
_SEVERAL = f"这是网页存档（.mht），里面有{{pages}}个带表格的网页，无法确定以哪个为准，没有读取。{SEND_EXCEL}"
_NO_TABLE = f"这是网页存档（.mht），里面没有表格。请核对是否发错文件；如是报表，{SEND_EXCEL}"


def open_web_archive(data: bytes) -> Grid:
    """Open the one page in the archive that holds a table; raise Refused where there is none, or several."""
    try:
        message = BytesParser().parsebytes(data.lstrip(b"\xef\xbb\xbf\r\n"))
        parts = [part for part in message.walk() if not part.is_multipart()]
        contents = [(part.get_content_type(), _content(part)) for part in parts]
    except MemoryError:
        raise
    # The library raises whatever its arithmetic on broken headers comes to, and when parts lie too deep.
    except Exception as error:
        raise damaged("网页存档的结构无法解读") from error
    if not message.is_multipart() or any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in message.defects):
        raise Refused("F01", _CUT_OFF)
    pages = [content for kind, content in contents if kind == "text/html" and b"<table" in content.lower()]
    if len(pages) != 1:
        raise Refused("F01", _SEVERAL.format(pages=len(pages))) if pages else Refused("F02", _NO_TABLE)
    if len(pages[0]) > limits.MAX_TEXT_BYTES:
        raise too_big(f"其中的网页超过{limits.MAX_TEXT_BYTES >> 20} MB")
    styles = "\n".join(content.decode("utf-8", "replace") for kind, content in contents if kind == "text/css")
    grid = open_html(pages[0], styles)
    return Grid("html", grid.sheets, [NOTE, *grid.notes])


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
