"""What a part of a mail is by its content, whatever it is declared as; files written into its text; and notes."""

from __future__ import annotations

import binascii
import re

from pipeline.ingest.characters import decode
from pipeline.ingest.delimited import read_records
from pipeline.ingest.kinds import markup_of
from pipeline.ingest.ragged import figures_in
from pipeline.ingest.refusal import Refused

_FILES = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF", b"Rar!", b"7z\xbc\xaf\x27\x1c")
_UUENCODED = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]+?)[ \t]*\r?$(.*?)(^end[ \t]*\r?$|\Z)", re.MULTILINE | re.DOTALL)
_CALENDAR = b"BEGIN:VCALENDAR"
_ROWS_OF_A_TABLE = 2
_NAMES_OF_NOTES = (".txt", ".md")
_LONGEST_NOTE = 4096
_FIGURE_ALONE = re.compile(r"(?:^|(?<=[\s,;|]))[-+]?\d[\d,.]*%?(?=[\s,;|]|$)")
"""As figures stand in a table, by whatever its columns are parted; in a sentence they touch words."""


def is_file(content: bytes) -> bool:
    """Whether these are the bytes of a workbook, a document or an archive: no text and no picture begins like them."""
    return content.startswith(_FILES)


def is_calendar(content: bytes) -> bool:
    """Whether this is an invitation, as programs send them along."""
    return content.lstrip(b"\xef\xbb\xbf\r\n ").upper().startswith(_CALENDAR)


def is_table(content: bytes) -> bool:
    """Whether this is delimited text with rows of figures."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", "replace")
    try:
        records = read_records(text)
    except Refused:
        return False
    return sum(figures_in(record) > 1 for record in records) >= _ROWS_OF_A_TABLE


def is_note(name: str, content: bytes) -> bool:
    """Whether a file is a few words, as people put beside what they send (说明.txt: 请查收), without rows of figures.

    One whose name promises a table is told, whatever is in it.
    """
    if not name.lower().endswith(_NAMES_OF_NOTES) or len(content) > _LONGEST_NOTE or markup_of(content):
        return False
    try:
        text = decode(content).text
    except Refused:
        return False
    return bool(text.strip()) and len(_FIGURE_ALONE.findall(text)) < _ROWS_OF_A_TABLE


def written_in(text: bytes) -> list[tuple[bytes, bytes | None]]:
    """Name and bytes of the files that old programs write into a mail's text (uuencode); None for broken ones."""
    return [(name, _uudecoded(lines) if end.strip() else None) for name, lines, end in _UUENCODED.findall(text)]


def _uudecoded(lines: bytes) -> bytes | None:
    content = bytearray()
    for line in lines.splitlines():
        if not line.strip():
            continue
        length = (line[0] - 32) & 63
        needed = 1 + (length * 4 + 2) // 3
        if len(line) < needed:
            line = line.ljust(needed)  # mail servers cut blanks off, which stand for nought
        try:
            content += binascii.a2b_uu(line[: 1 + (length + 2) // 3 * 4])
        except binascii.Error:
            return None
    return bytes(content)
