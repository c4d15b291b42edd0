import struct
from datetime import date
from functools import partial

import pytest

from pipeline.ingest import limits
from pipeline.ingest.agreement import confirm
from pipeline.ingest.refusal import Refused
from pipeline.model import Cell, CellKind, Grid, Merge, Sheet
from tests.ingest.files import opened_as, refused
from tests.ingest.xlsb import cell, number, record, row, text, word, xlsb

opened = partial(opened_as, "xlsb")


def cells(rows, **options):
    return list(opened(xlsb([("表", 0, rows)], **options)).sheets[0].cells.values())


def test_every_kind_of_cell_is_what_the_file_stores():
    rows = (
        row(0)
        + cell(7, 0, struct.pack("<I", 1))
        + number(1, 302500.5, style=1)
        + cell(4, 2, b"\1")
        + number(3, 43190.0, style=2)
        + cell(3, 4, b"\x07")
        + number(5, 0.0435, style=3)
        + number(6, 5.0, style=4)
        + text(7, "  ")
        + text(8, "1,234.50")
        + cell(1, 9, style=1)
    )
    codes = ("#,##0.00", "yyyy-mm-dd", "0.00%", '0.00"万元"')
    assert cells(rows, shared=("汉阴", "汉滨"), codes=codes) == [
        Cell(0, 0, CellKind.TEXT, "汉滨"),
        Cell(0, 1, CellKind.NUMBER, 302500.5, decimals=2),
        Cell(0, 2, CellKind.BOOLEAN, True),
        Cell(0, 3, CellKind.DATE, date(2018, 3, 31)),
        Cell(0, 4, CellKind.ERROR, "#DIV/0!"),
        Cell(0, 5, CellKind.NUMBER, 0.0435, decimals=2, percent=True),
        Cell(0, 6, CellKind.NUMBER, 5.0, decimals=2, format_text="万元"),
        Cell(0, 8, CellKind.TEXT, "1,234.50"),
    ]


@pytest.mark.parametrize(
    ("why", "stored", "value"),
    [
        ("an integer", 120 << 2 | 2, 120.0),
        ("a negative integer", (-7 << 2 | 2) & 0xFFFFFFFF, -7.0),
        ("hundredths", 12345 << 2 | 3, 123.45),
        ("half a double", struct.unpack("<Q", struct.pack("<d", 1.5))[0] >> 32, 1.5),
    ],
)
def test_numbers_in_four_bytes(why, stored, value):
    (found,) = cells(row(0) + cell(2, 0, struct.pack("<I", stored)))
    assert found.value == value, why


def test_results_of_formulas_are_known_as_such():
    tail = struct.pack("<HI", 0, 0)
    rows = (
        row(0) + cell(9, 0, struct.pack("<d", 4.0) + tail) + cell(8, 1, word("是") + tail) + cell(11, 2, b"\x2a" + tail)
    )
    assert cells(rows) == [
        Cell(0, 0, CellKind.NUMBER, 4.0, formula=True),
        Cell(0, 1, CellKind.TEXT, "是", formula=True),
        Cell(0, 2, CellKind.ERROR, "#N/A", formula=True),
    ]


def test_days_are_counted_from_1904_where_the_workbook_says_so():
    (found,) = cells(row(0) + number(0, 41728.0, style=1), codes=("yyyy-mm-dd",), since_1904=True)
    assert found.value == date(2018, 3, 31)


def test_a_number_that_is_no_day_stays_a_number_whatever_its_format():
    (found,) = cells(row(0) + number(0, -12.5, style=1), codes=("yyyy-mm-dd",))
    assert (found.kind, found.value) == (CellKind.NUMBER, -12.5)


def test_merged_hidden_and_comments_are_kept():
    rows = row(0) + text(0, "标题") + row(4, hidden=True) + number(4, 1.0)
    columns = record(390) + record(60, struct.pack("<IIIIH", 3, 3, 2560, 0, 1)) + record(391)
    merged = record(177, struct.pack("<I", 1)) + record(176, struct.pack("<IIII", 0, 1, 0, 2)) + record(178)
    noted = record(635, struct.pack("<IIIII", 0, 0, 0, 1, 1) + bytes(16)) + record(637, b"\0" + word("含逾期"))
    data = xlsb([("表", 0, rows, columns, merged), ("隐藏", 1, b""), ("深藏", 2, b"")], comments=noted)
    sheets = opened(data).sheets
    assert sheets[0].merged == [Merge(0, 0, 1, 2)]
    assert (sheets[0].hidden_rows, sheets[0].hidden_cols) == ({4}, {3})
    assert sheets[0].comments == {"B1": "含逾期"}
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("表", False), ("隐藏", True), ("深藏", True)]


@pytest.mark.parametrize(
    ("why", "rows"),
    [
        ("a cell before any row", number(0, 1.0)),
        ("a text that is not there", row(0) + cell(7, 0, struct.pack("<I", 9))),
        ("a text longer than its record", row(0) + cell(6, 0, struct.pack("<I", 99))),
        ("a row beyond the last", row(2**20) + number(0, 1.0)),
        ("half a record", row(0) + b"\x05\x10\0\0"),
    ],
)
def test_records_that_make_no_sense_are_damage(why, rows):
    assert refused(xlsb([("表", 0, rows)])).message.startswith("文件已损坏或不完整"), why


def test_too_wide_and_too_many_are_refused(monkeypatch):
    assert "内容写到了第2001列" in refused(xlsb([("表", 0, row(0) + number(limits.MAX_COLUMNS, 1.0))])).message
    monkeypatch.setattr(limits, "MAX_CELLS", 1)
    assert "单元格超过1个" in refused(xlsb([("表", 0, row(0) + number(0, 1.0) + number(1, 1.0))])).message


def test_a_far_cell_is_refused_before_calamine_lays_the_sheet_out():
    data = xlsb([("表", 0, row(0) + number(0, 1.0) + row(2**20 - 1) + number(1000, 1.0))])
    assert "内容散布到ALM1048576" in refused(data).message


def test_what_only_one_of_two_readings_knows_is_refused():
    data = xlsb([("表", 0, row(0) + cell(62, 10, b"\0" + word("calamine 不读的一种富文本")))])
    assert refused(data).message.startswith("工作表“表”单元格K1的内容用两种方法读出的结果不一致")


@pytest.mark.parametrize(
    ("why", "other"),
    [
        ("another number", {(0, 0): Cell(0, 0, CellKind.NUMBER, 2.0)}),
        ("a text for a number", {(0, 0): Cell(0, 0, CellKind.TEXT, "1")}),
        ("one cell less", {}),
        ("one cell more", {(0, 0): Cell(0, 0, CellKind.NUMBER, 1.0), (0, 1): Cell(0, 1, CellKind.NUMBER, 1.0)}),
    ],
)
def test_two_readings_that_disagree_are_refused_at_the_cell(why, other):
    data = xlsb([("表", 0, row(0) + number(0, 1.0))])
    with pytest.raises(Refused) as caught:
        confirm(Grid("xlsb", [Sheet("表", other)]), data)
    cell_told = "B1" if len(other) == 2 else "A1"
    assert caught.value.unreadable.message.startswith(f"工作表“表”单元格{cell_told}的内容用两种方法读出的结果不一致"), (
        why
    )
