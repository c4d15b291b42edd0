import struct
from functools import partial

import pytest

from pipeline.model import Cell, CellKind
from tests.ingest.biff import biff2, biff5, record
from tests.ingest.files import opened_as, refused

LINES = [["区县", "授信户数"], ["汉滨区", 120.0], [None, 60.5]]
CELLS = {(0, 0): "区县", (0, 1): "授信户数", (1, 0): "汉滨区", (1, 1): 120.0, (2, 1): 60.5}
OLD = "文件是很早的 Excel 格式（旧版 Excel，Excel 97 之前），已读取。以后请另存为 .xlsx 报送。"


opened = partial(opened_as, "xls")


@pytest.mark.parametrize("write", [biff2, biff5])
@pytest.mark.parametrize(
    ("why", "code_page"), [("as it should be", 936), ("a western one, as old systems write", 1252), ("none", None)]
)
def test_chinese_texts_are_read_whatever_code_page_is_stated(write, why, code_page):
    grid = opened(write(LINES, code_page))
    assert {place: cell.value for place, cell in grid.sheets[0].cells.items()} == CELLS, why
    assert list(grid.notes) == [OLD]


def test_the_sheet_has_its_name():
    assert [sheet.name for sheet in opened(biff5(LINES, 1252)).sheets] == ["统计表"]


def test_texts_in_no_encoding_that_is_sure_are_refused():
    korean = [["번호", "이름"], ["서울", "도쿄"], ["나라의 말씀이", "중국과 달라"]]
    found = refused(biff2(korean, None, "euc-kr"))
    assert found.rule == "F01"
    assert found.message.startswith("文件是很早的 Excel 格式（旧版 Excel），里面的文字是什么编码无法确定")


def test_plain_numbers_need_no_encoding():
    assert opened(biff2([["A", 1.5]], None)).sheets[0].cells[0, 1] == Cell(0, 1, CellKind.NUMBER, 1.5)


def test_a_formula_of_a_sheet_that_was_never_calculated_has_no_value():
    formula = record(0x0006, struct.pack("<HHHdHIH", 3, 0, 0, 0.0, 0, 0, 3) + b"\x1e\x01\x00")
    cells = opened(biff5(LINES, more=formula)).sheets[0].cells
    assert (cells[3, 0].kind, cells[3, 0].formula) == (CellKind.NUMBER, True)
    cells = opened(biff5(LINES, more=record(0x005E, b"\0\0") + formula)).sheets[0].cells
    assert cells[3, 0] == Cell(3, 0, CellKind.UNCALCULATED, "", formula=True)


def test_an_encrypted_one_is_named():
    data = biff2(LINES)
    locked = data[:8] + record(0x002F, b"\0" * 4) + data[8:]
    assert refused(locked).message.startswith("文件是加密的，没有读取。")


def test_a_bundle_of_excel_4_is_named():
    found = refused(record(0x0409, struct.pack("<HHH", 0, 0x0100, 0)) + record(0x000A))
    assert found.message.startswith("文件是 Excel 4 的工作簿集（旧版 Excel），没有读取。请用 Excel 或 WPS 打开")


@pytest.mark.parametrize(
    "data",
    [
        b"\x09\x00\x04\x00\x02\x00\x10\x00",
        b"\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00",
        record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0, 0)),
        biff5(LINES)[:150],
    ],
)
def test_one_that_breaks_off_is_damaged(data):
    assert refused(data).message.startswith("文件已损坏或不完整")
