"""Workbooks of before Excel 97, record by record: no library writes them any more."""

import struct

CODE_PAGE = {"gbk": 936, "cp1252": 1252}
BEGIN = {2: 0x0009, 3: 0x0209, 4: 0x0409}


def record(number, content=b""):
    return struct.pack("<HH", number, len(content)) + content


def biff5(lines, code_page=936, encoding="gbk", sheet="统计表", more=b""):
    """Excel 5.0 and 95 write this; the texts are bytes in whatever encoding, and one number states which."""
    name = sheet.encode(encoding)
    stated = record(0x0042, struct.pack("<H", code_page)) if code_page else b""
    start = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0, 0)) + stated + record(0x00E0, bytes(16))
    place = len(start) + 4 + 7 + len(name) + 4
    start += record(0x0085, struct.pack("<IBBB", place, 0, 0, len(name)) + name) + record(0x000A)
    cells = b"".join(
        _cell5(row, col, value, encoding)
        for row, line in enumerate(lines)
        for col, value in enumerate(line)
        if value is not None
    )
    return start + record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0, 0)) + cells + more + record(0x000A)


def _cell5(row, col, value, encoding):
    if isinstance(value, str):
        text = value.encode(encoding)
        return record(0x0204, struct.pack("<HHHH", row, col, 0, len(text)) + text)
    return record(0x0203, struct.pack("<HHHd", row, col, 0, value))


def biff2(lines, code_page=936, encoding="gbk"):
    """Excel 2, and the many programs that wrote the simplest there was: one sheet, no styles."""
    stated = record(0x0042, struct.pack("<H", code_page)) if code_page else b""
    cells = b"".join(
        _cell2(row, col, value, encoding)
        for row, line in enumerate(lines)
        for col, value in enumerate(line)
        if value is not None
    )
    return record(0x0009, struct.pack("<HH", 2, 0x10)) + stated + cells + record(0x000A)


def _cell2(row, col, value, encoding):
    if isinstance(value, str):
        text = value.encode(encoding)
        return record(0x0004, struct.pack("<HH3sB", row, col, b"\0\0\0", len(text)) + text)
    return record(0x0003, struct.pack("<HH3sd", row, col, b"\0\0\0", value))
