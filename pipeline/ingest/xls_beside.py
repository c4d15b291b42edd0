"""What an old workbook has beside its cells: what a copy can have, formulas and print set-up, and what it has not."""

from __future__ import annotations

import struct
from collections import Counter
from contextlib import suppress

from pipeline.ingest.ole import Names
from pipeline.ingest.xls import stream_of
from pipeline.ingest.xls_formulas import formulas_in
from pipeline.ingest.xls_print import printing_of
from pipeline.ingest.xls_records import read_records, records_of
from pipeline.model.beside import Beside

_OBJECT, _CONDITION, _CHOICE = 0x005D, 0x01B0, 0x01BE
_CHART, _PICTURE, _LIST, _NOTE = 0x05, 0x08, 0x14, 0x19
"""Kinds of drawn objects ([MS-XLS] 2.5.143): lists belong to filters and choices, notes are comments."""
_DRAWN = {_CHART: "图表{}个", _PICTURE: "图片{}幅"}
_SHAPE = "图形{}个"
_PROGRAM = "_vba_project"


def beside_cells(data: bytes) -> Beside:
    """Of a .xls as it was received.

    Raises:
        Exception: whatever a strange file leads to; its cells were read all the same.
    """
    stream, _ = stream_of(data)
    if stream is None:
        return Beside()
    counted = _counted(stream)
    told = [words.format(count) for words, count in counted.items()]
    if read_records(stream).macros or _PROGRAM in Names.within(data).streams:
        told.append("宏")
    return Beside(formulas_in(stream), tuple(told), printing_of(stream))


def _counted(stream: bytes) -> Counter[str]:
    found: Counter[str] = Counter()
    for record, start, size in records_of(stream):
        if record == _OBJECT and size >= 6:
            with suppress(struct.error):
                (kind,) = struct.unpack_from("<H", stream, start + 4)
                found.update([] if kind in (_LIST, _NOTE) else [_DRAWN.get(kind, _SHAPE)])
        elif record in (_CONDITION, _CHOICE):
            found["条件格式{}处" if record == _CONDITION else "数据有效性{}处"] += 1
    return found
