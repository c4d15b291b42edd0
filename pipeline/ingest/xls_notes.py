"""What comes with a .xls besides its cells: macros, links, pictures and embedded objects."""

from __future__ import annotations

from pipeline.ingest.besides import LINKS, MACROS, unread
from pipeline.ingest.ole import Names
from pipeline.ingest.xls_records import WorkbookRecords

_PROGRAM = "_vba_project"
_EMBEDDED = "mbd"
"""How Excel names the storage of an embedded object."""


def notes_on(records: WorkbookRecords, names: Names) -> list[str]:
    """The sentences."""
    embedded = sum(name.startswith(_EMBEDDED) for name in names.storages)
    return [
        *[MACROS] * (records.macros or _PROGRAM in names.streams),
        *[LINKS] * records.links,
        *unread([("图片{count}幅", records.pictures), ("嵌入对象{count}个", embedded)]),
    ]
