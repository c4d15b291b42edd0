"""Runs and fonts of a .xlsb that set signs apart; parts of it that are there twice."""

import io
import struct
import zipfile

import pytest

from pipeline.ingest.apart import Apart
from tests.ingest.files import opened_as, refused, rezipped
from tests.ingest.xlsb import cell, number, record, row, word, xlsb

PLAIN, STRUCK, RAISED, LOWERED = range(4)


def font(flags=0, script=0):
    """A font of 11 points: height, flags, weight, script, and what follows."""
    return record(43, struct.pack("<HHHH", 220, flags, 400, script) + bytes(13) + word("宋体"))


def look(of_font):
    return record(47, struct.pack("<HHH", 0, 0, of_font) + bytes(10))


STYLES = (
    record(278)
    + b"".join((font(), font(0x08), font(script=1), font(script=2)))
    + record(617, struct.pack("<I", 4))
    + b"".join(map(look, range(4)))
    + record(618)
    + record(279)
)


def rich(text, *runs):
    return b"\1" + word(text) + struct.pack("<I", len(runs)) + b"".join(struct.pack("<HH", *run) for run in runs)


def first(cells, item=b""):
    """A1 of a workbook with these fonts, and one text that is shared."""
    data = xlsb([("表", 0, row(0) + cells)], shared=("X",))
    data = rezipped(data, "xl/styles.bin", _styles(data), STYLES)
    if item:
        data = rezipped(data, "xl/sharedStrings.bin", record(19, b"\0" + word("X")), record(19, item))
    return opened_as("xlsb", data).sheets[0].cells[0, 0]


def _styles(data):
    return zipfile.ZipFile(io.BytesIO(data)).read("xl/styles.bin")


@pytest.mark.parametrize(
    ("text", "runs", "apart"),
    [
        ("302", [(2, RAISED)], Apart.RAISED),
        ("302", [(2, LOWERED)], Apart.LOWERED),
        ("10030.25", [(0, STRUCK), (3, PLAIN)], Apart.STRUCK),
        ("30.25", [(0, STRUCK)], Apart.ALL_STRUCK),
        ("30.25", [(2, PLAIN)], ""),
        ("30.25", [(2, 99)], ""),
    ],
)
def test_runs(text, runs, apart):
    found = first(cell(7, 0, struct.pack("<I", 0)), rich(text, *runs))
    assert (found.value, found.apart) == (text, apart)


@pytest.mark.parametrize(("style", "apart"), [(PLAIN, ""), (STRUCK, Apart.ALL_STRUCK), (RAISED, Apart.RAISED)])
def test_the_font_of_a_cell(style, apart):
    assert first(number(0, 30.25, style)).apart == apart
    assert first(cell(6, 0, word("30.25"), style)).apart == apart


def test_texts_in_two_places_are_refused():
    data = xlsb([("表", 0, row(0) + number(0, 1.0))])
    data = rezipped(
        data, "xl/_rels/workbook.bin.rels", b'"sharedStrings.bin"', b'"other.bin"', extra=[("xl/other.bin", b"")]
    )
    assert "有两份内容不同的部件 xl/other.bin" in refused(data).message
