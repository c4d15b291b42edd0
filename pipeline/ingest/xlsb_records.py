"""The records of a part of a binary workbook (.xlsb, [MS-XLSB]), and the values inside them."""

from __future__ import annotations

import struct
from collections.abc import Iterator

ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and content of each record; raise IndexError or struct.error where the part breaks off."""
    place = 0
    while place < len(part):
        number = part[place]
        place += 1
        if number & 0x80:
            number = (number & 0x7F) | (part[place] & 0x7F) << 7
            place += 1
        size = 0
        for shift in (0, 7, 14, 21):
            byte = part[place]
            place += 1
            size |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        if place + size > len(part):
            raise IndexError(place)
        yield number, part[place : place + size]
        place += size


def word(content: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends; the length of all ones stands for none."""
    length = struct.unpack_from("<I", content, at)[0]
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(content):
        raise IndexError(at)
    return content[at + 4 : end].decode("utf-16-le", "surrogatepass"), end


def rk(content: bytes, at: int) -> float:
    """A number in four bytes: an integer or the first half of a double, perhaps in hundredths."""
    stored = struct.unpack_from("<I", content, at)[0]
    if stored & 2:
        number = float(struct.unpack("<i", struct.pack("<I", stored))[0] >> 2)
    else:
        number = struct.unpack("<d", struct.pack("<Q", (stored & ~3) << 32))[0]
    return number / 100 if stored & 1 else number
