"""Binary workbooks (.xlsb), record by record: no library writes them."""

import struct

from tests.ingest.files import zipped

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(number, content=b""):
    head = bytes([number]) if number < 0x80 else bytes([number & 0x7F | 0x80, number >> 7])
    size, sizes = len(content), b""
    while True:
        sizes += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return head + sizes + content


def word(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def relations(*targets):
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'
    )


def row(number, hidden=False):
    return record(0, struct.pack("<IIHBBBI", number, 0, 0x0114, 0, 0x10 if hidden else 0, 0, 0))


def cell(number, col, value=b"", style=0):
    return record(number, struct.pack("<II", col, style) + value)


def number(col, value, style=0):
    return cell(5, col, struct.pack("<d", value), style)


def text(col, value):
    return cell(6, col, word(value))


def styles(*codes):
    """The style of each format code, counted from 1; style 0 is General."""
    formats = b"".join(record(44, struct.pack("<H", 164 + i) + word(code)) for i, code in enumerate(codes))
    looks = b"".join(
        record(47, struct.pack("<HH", 0, index) + bytes(12)) for index in (0, *range(164, 164 + len(codes)))
    )
    head = record(278) + record(615, struct.pack("<I", len(codes))) + formats + record(616)
    return head + record(617, struct.pack("<I", len(codes) + 1)) + looks + record(618) + record(279)


def xlsb(sheets, shared=(), codes=(), since_1904=False, comments=b"", more=()):
    """A workbook; `sheets` is (name, state, records of rows, records behind the rows)."""
    listed = b"".join(
        record(156, struct.pack("<II", state, i) + word(f"rId{i}") + word(name))
        for i, (name, state, *_) in enumerate(sheets, start=1)
    )
    book = (
        record(131)
        + record(153, struct.pack("<III", since_1904, 0, 0))
        + record(143)
        + listed
        + record(144)
        + record(132)
    )
    texts = b"".join(record(19, b"\0" + word(item)) for item in shared)
    parts = [
        (f"xl/worksheets/sheet{i}.bin", _sheet(rows, *behind))
        for i, (_, _, rows, *behind) in enumerate(sheets, start=1)
    ]
    if comments:
        parts += [
            ("xl/worksheets/_rels/sheet1.bin.rels", relations(("comments", "../comments1.bin"))),
            ("xl/comments1.bin", comments),
        ]
    targets = [("worksheet", f"worksheets/sheet{i}.bin") for i in range(1, len(sheets) + 1)]
    targets += [("styles", "styles.bin"), ("sharedStrings", "sharedStrings.bin")]
    return zipped(
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", relations(("officeDocument", "xl/workbook.bin"))),
        ("xl/workbook.bin", book),
        ("xl/_rels/workbook.bin.rels", relations(*targets)),
        ("xl/styles.bin", styles(*codes)),
        ("xl/sharedStrings.bin", record(159, struct.pack("<II", len(shared), len(shared))) + texts + record(160)),
        *parts,
        *more,
    )


def _sheet(rows, before=b"", behind=b""):
    size = record(148, struct.pack("<IIII", 0, 1000, 0, 50))
    return record(129) + size + before + record(145) + rows + record(146) + behind + record(130)


def as_xlsb(lines):
    rows = b"".join(
        row(r)
        + b"".join(text(c, v) if isinstance(v, str) else number(c, v) for c, v in enumerate(line) if v is not None)
        for r, line in enumerate(lines)
    )
    return xlsb([("统计表", 0, rows)])
