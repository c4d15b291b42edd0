"""A .xls that xlrd stumbles over: read without the records that no cell needs, and believed where calamine agrees."""

from __future__ import annotations

import struct
from collections.abc import Iterator

CONFIRMED = "文件的内部结构有异常（多见于其他软件导出的文件），用两种方法读取，内容一致，已读入。"
NO_COMMENTS = "文件里的批注无法读取，单元格的内容已读入。"

_NAMES = {0x0018, 0x0017, 0x01AE, 0x0023, 0x0218, 0x0223}
"""Names of ranges and links to other workbooks: of formulas alone, of which the stored results are read."""
_NOTES = {0x001C, 0x00EC, 0x005D, 0x01B6}
"""Comments and drawings."""
_IGNORED = 0x0FFE
_BATCHES: tuple[tuple[set[int], list[str]], ...] = ((_NAMES, []), (_NAMES | _NOTES, [NO_COMMENTS]))


def simplified(stream: bytes) -> Iterator[tuple[bytes, list[str]]]:
    """The stream with less and less in it that no cell needs, and what is told of that."""
    for unwanted, notes in _BATCHES:
        content, place = bytearray(stream), 0
        while place + 4 <= len(content):
            record, size = struct.unpack_from("<HH", content, place)
            if record in unwanted:
                struct.pack_into("<H", content, place, _IGNORED)
            place += 4 + size
        yield bytes(content), list(notes)
