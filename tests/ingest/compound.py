"""OLE2 containers with any streams and storages in them; no library at hand writes more than one stream."""

import struct

_SECTOR, _SMALL = 512, 4096
_FREE, _END, _TABLE, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5


def compound(streams, storages=()):
    """Streams (name → content) and empty storages on the top floor; streams are filled up to the size of large ones."""
    sectors, chains, entries = [], [], []
    for name, content in streams.items():
        whole = content.ljust(_SMALL, b"\0")
        entries.append((name, _STREAM, _append(whole, sectors, chains), len(whole)))
    entries += [(name, _STORAGE, 0, 0) for name in storages]
    directory = _entry("Root Entry", _ROOT, _END, 0, child=1, right=_NONE)
    for place, (name, kind, start, size) in enumerate(entries, 1):
        directory += _entry(name, kind, start, size, child=_NONE, right=place + 1 if place < len(entries) else _NONE)
    first_directory = _append(directory, sectors, chains)
    table = [*chains, _TABLE]
    assert len(table) <= _SECTOR // 4, "one sector of the table is all that is written here"
    table += [_FREE] * (_SECTOR // 4 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(10) + struct.pack("<IIIIIIIII", 1, first_directory, 0, _SMALL, _END, 0, _END, 0, len(sectors))
    header = header.ljust(_SECTOR, b"\xff")
    return header + b"".join(sectors) + struct.pack(f"<{len(table)}I", *table)


def _append(content, sectors, chains):
    start = len(sectors)
    for place in range(0, len(content), _SECTOR):
        sectors.append(content[place : place + _SECTOR].ljust(_SECTOR, b"\0"))
        chains.append(len(sectors))
    chains[-1] = _END
    return start


def _entry(name, kind, start, size, *, child, right):
    text = (name + "\0").encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, _NONE, right, child)
    return head + bytes(36) + struct.pack("<III", start, size, 0)
