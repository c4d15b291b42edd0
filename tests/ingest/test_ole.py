import struct

import pytest
from xlrd.compdoc import CompDoc

from pipeline.ingest.ole import Container
from pipeline.ingest.refusal import Refused
from pipeline.ingest.workbook import open_grid
from pipeline.model import Grid, Unreadable
from tests.ingest.files import xls

CONFIRMED = "文件的内部结构有异常（多见于其他软件导出的文件），用两种方法读取，内容一致，已读入。"


def small():
    return xls(lambda _, sheet: [sheet.write(row, 0, "汉滨区") for row in range(20)])


def large():
    return xls(lambda _, sheet: [sheet.write(row, col, row * col + 0.5) for row in range(300) for col in range(20)])


def as_xlrd_has_it(data):
    found, start, size = CompDoc(data).locate_named_stream("Workbook")
    return bytes(found[start : start + size])


@pytest.mark.parametrize("write", [small, large])
def test_a_stream_is_the_same_as_xlrd_has_it(write):
    container = Container(write())
    assert container.names >= {"Workbook"}
    assert container.stream("WORKBOOK") == as_xlrd_has_it(write())
    assert container.stream("Book") is None


def first_sector_of_table(data):
    return 512 + struct.unpack_from("<I", data, 76)[0] * 512


def test_a_container_whose_directory_claims_too_much_is_read_where_two_readings_agree():
    """The chain of the directory runs into the workbook's: xlrd stops there, and so would a reader that believes it."""
    data = bytearray(large())
    table, directory = first_sector_of_table(data), struct.unpack_from("<I", data, 48)[0]
    workbook = 0
    assert struct.unpack_from("<I", data, table + 4 * directory)[0] == 0xFFFFFFFE
    struct.pack_into("<I", data, table + 4 * directory, workbook)
    grid = open_grid(bytes(data))
    assert isinstance(grid, Grid), grid
    assert list(grid.notes) == [CONFIRMED]
    assert len(grid.sheets[0].cells) == 6000
    assert grid.sheets[0].cells[299, 19].value == 299 * 19 + 0.5


@pytest.mark.parametrize(
    ("why", "place", "value"),
    [
        ("sectors of no size", 30, struct.pack("<H", 0)),
        ("a chain of tables that leads to itself", 68, struct.pack("<I", 0)),
        ("no directory", 48, struct.pack("<I", 0xFFFFFFFE)),
    ],
)
def test_tables_that_lead_nowhere_end(why, place, value):
    data = bytearray(large())
    data[place : place + len(value)] = value
    try:
        stream = Container(bytes(data)).stream("Workbook")
    except Refused as refused:
        assert "复合文档结构异常" in refused.unreadable.message, why
    else:
        assert stream in (None, as_xlrd_has_it(large())), why


def test_a_stream_that_breaks_off_is_damage():
    data = bytearray(large())
    struct.pack_into("<I", data, first_sector_of_table(data) + 4 * 5, 0xFFFFFFFE)
    with pytest.raises(Refused, match="复合文档结构异常"):
        Container(bytes(data)).stream("Workbook")
    found = open_grid(bytes(data))
    assert isinstance(found, Unreadable)
    assert found.message.startswith("文件已损坏或不完整")


def test_a_header_that_breaks_off_is_damage():
    with pytest.raises(Refused, match="复合文档结构异常"):
        Container(small()[:40])
