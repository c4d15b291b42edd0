import struct
from datetime import date, datetime, time
from functools import partial

import pytest
import xlwt
from xlrd.compdoc import CompDoc

from pipeline.ingest import limits
from pipeline.model import Cell, CellKind, Merge, Unreadable
from tests.ingest.compound import compound
from tests.ingest.files import opened_as, refused, xls

opened = partial(opened_as, "xls")
NO_TEXT = struct.pack("<Q", 0xFFFF000000000003)
"""What xlwt stores as the result of every formula."""


def styled(code):
    style = xlwt.XFStyle()
    style.num_format_str = code
    return style


def stream(data):
    """The bare records, without their container."""
    found, start, size = CompDoc(data).locate_named_stream("Workbook")
    return bytes(found[start : start + size])


def record(number, content=b""):
    return struct.pack("<HH", number, len(content)) + content


def test_every_kind_of_cell_is_what_the_file_stores():
    def write(_, sheet):
        sheet.write(0, 0, "汉滨")
        sheet.write(0, 1, 302500.5, styled("#,##0.00"))
        sheet.write(0, 2, True)
        sheet.write(0, 3, date(2018, 3, 31), styled("yyyy-mm-dd"))
        sheet.write(0, 4, datetime.fromisoformat("2018-03-31 08:30"), styled("yyyy-mm-dd hh:mm"))
        sheet.write(0, 5, time(8, 24), styled("hh:mm"))
        sheet.row(0).set_cell_error(6, "#DIV/0!")
        sheet.write(0, 7, 0.0435, styled("0.00%"))
        sheet.write(0, 8, 5, styled('0.00"万元"'))
        sheet.write(0, 9, "  ")
        sheet.write(0, 10, "1,234.50")
        sheet.write(0, 11, None, styled("0.00"))

    assert list(opened(xls(write)).sheets[0].cells.values()) == [
        Cell(0, 0, CellKind.TEXT, "汉滨"),
        Cell(0, 1, CellKind.NUMBER, 302500.5, decimals=2),
        Cell(0, 2, CellKind.BOOLEAN, True),
        Cell(0, 3, CellKind.DATE, date(2018, 3, 31)),
        Cell(0, 4, CellKind.DATE, datetime.fromisoformat("2018-03-31 08:30")),
        Cell(0, 5, CellKind.DATE, "08:24:00"),
        Cell(0, 6, CellKind.ERROR, "#DIV/0!"),
        Cell(0, 7, CellKind.NUMBER, 0.0435, decimals=2, percent=True),
        Cell(0, 8, CellKind.NUMBER, 5.0, decimals=2, format_text="万元"),
        Cell(0, 10, CellKind.TEXT, "1,234.50"),
    ]


def test_days_are_counted_from_1904_where_the_workbook_says_so():
    def write(book, sheet):
        book.dates_1904 = True
        sheet.write(0, 0, 41728, styled("yyyy-mm-dd"))

    assert opened(xls(write)).sheets[0].cells[0, 0].value == date(2018, 3, 31)


def test_a_number_that_is_no_day_stays_a_number_whatever_its_format():
    cells = opened(xls(lambda _, sheet: sheet.write(0, 0, -12.5, styled("yyyy-mm-dd")))).sheets[0].cells
    assert (cells[0, 0].kind, cells[0, 0].value) == (CellKind.NUMBER, -12.5)


def test_merged_and_hidden_are_kept():
    def write(book, sheet):
        sheet.write_merge(0, 1, 0, 2, "标题")
        sheet.write(4, 4, 1)
        sheet.row(4).hidden = True
        sheet.col(3).hidden = True
        book.add_sheet("隐藏").visibility = 1
        book.add_sheet("深藏").visibility = 2

    sheets = opened(xls(write)).sheets
    assert sheets[0].merged == [Merge(0, 0, 1, 2)]
    assert (sheets[0].hidden_rows, sheets[0].hidden_cols) == ({4}, {3})
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("表", False), ("隐藏", True), ("深藏", True)]


def test_formulas_are_known_and_one_of_an_uncalculated_sheet_has_no_value():
    def write(book, sheet):
        sheet.write(0, 0, 2)
        sheet.write(0, 1, xlwt.Formula("A1*2"))
        book.add_sheet("二").write(0, 0, xlwt.Formula("1+1"))

    data = stream(xls(write)).replace(NO_TEXT, struct.pack("<d", 4.0))
    first, second = opened(data).sheets
    assert first.cells[0, 1].value == 4.0
    assert (first.cells[0, 0].formula, first.cells[0, 1].formula) == (False, True)
    assert second.cells[0, 0].formula
    # Mark the last sheet: the record stands right behind the beginning of its part.
    behind = data.rindex(struct.pack("<HHHH", 0x0809, 16, 0x0600, 0x0010)) + 4 + 16
    first, second = opened(data[:behind] + record(0x005E, b"\0\0") + data[behind:]).sheets
    assert second.cells[0, 0] == Cell(0, 0, CellKind.UNCALCULATED, "", formula=True)
    assert first.cells[0, 1].kind is CellKind.NUMBER


def with_formula(formula="1+1", stored=None, flags=0):
    """A workbook whose one formula stores these eight bytes and flags."""
    data = stream(xls(lambda _, sheet: sheet.write(0, 0, xlwt.Formula(formula))))
    place = data.index(NO_TEXT)
    return data[:place] + (stored or NO_TEXT) + struct.pack("<H", flags) + data[place + 10 :]


def test_an_empty_text_is_a_formulas_result_where_a_program_that_calculates_wrote_the_file():
    data = compound({"Workbook": with_formula('""'), "\x05SummaryInformation": b""})
    assert opened(data).sheets[0].cells == {}


@pytest.mark.parametrize(
    ("why", "data"),
    [
        ("xlwt leaves every formula so", xls(lambda _, sheet: sheet.write(0, 0, xlwt.Formula("1+1")))),
        ("Apache POI", with_formula(stored=bytes(8), flags=2)),
        ("the writers of Perl and PHP", with_formula(stored=bytes(8), flags=3)),
    ],
)
def test_a_formula_that_was_never_calculated_has_no_value(why, data):
    assert opened(data).sheets[0].cells == {(0, 0): Cell(0, 0, CellKind.UNCALCULATED, "", formula=True)}, why


@pytest.mark.parametrize(
    ("why", "stored", "flags"),
    [
        ("Excel's own nought", bytes(8), 0),
        ("what is calculated anew each time, as TODAY is", bytes(8), 1),
        ("POI has calculated it", struct.pack("<d", 7.5), 2),
    ],
)
def test_a_formula_that_was_calculated_has_its_value(why, stored, flags):
    cell = opened(with_formula(stored=stored, flags=flags)).sheets[0].cells[0, 0]
    assert (cell.kind, cell.value) == (CellKind.NUMBER, struct.unpack("<d", stored)[0]), why


BOOK = stream(xls(lambda _, sheet: sheet.write(0, 0, 1)))
BEHIND = 4 + struct.unpack_from("<H", BOOK, 2)[0]
TWO_PICTURES = struct.pack("<HHI", 0xF, 0xF000, 8 + 8 + 8) + struct.pack("<HHIQ", 0, 0xF006, 8, 0)
TWO_PICTURES += struct.pack("<HHI", 0x2F, 0xF001, 0)


def with_record(number, content):
    """The workbook with one record more behind its beginning; its sheet stands that much further on."""
    more = record(number, content)
    data = bytearray(BOOK[:BEHIND] + more + BOOK[BEHIND:])
    sheet = data.index(b"\x85\0", BEHIND + len(more)) + 4
    struct.pack_into("<I", data, sheet, struct.unpack_from("<I", data, sheet)[0] + len(more))
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (compound({"Workbook": BOOK, "_VBA_PROJECT": b"", "PROJECT": b""}, ["_VBA_PROJECT_CUR", "VBA"]), ["文件带有宏，宏没有运行，用的是文件里存储的值。"]),
        (compound({"Workbook": BOOK}, ["MBD06CAB431", "MBD06CAB432"]), ["文件里有嵌入对象2个，其中的内容没有读取。如其中有数据，请填写在单元格里。"]),
        (with_record(0x0085, struct.pack("<IBBBB", 0, 1, 1, 1, 0) + b"m"), ["文件带有宏，宏没有运行，用的是文件里存储的值。"]),
        (with_record(0x01AE, struct.pack("<HHB", 1, 3, 0) + b"a.x"), ["文件带有指向外部工作簿或其他程序的链接，没有打开，用的是文件里存储的值。"]),
        (with_record(0x01AE, struct.pack("<HH", 1, 0x0401)), []),
        (with_record(0x01AE, struct.pack("<HH", 1, 0x3A01)), []),
        (with_record(0x00EB, TWO_PICTURES), ["文件里有图片2幅，其中的内容没有读取。如其中有数据，请填写在单元格里。"]),
        (with_record(0x00EB, struct.pack("<HHI", 0xF, 0xF000, 99)), []),
    ],
)  # fmt: skip
def test_what_comes_with_a_file_is_told(data, said):
    grid = opened(data)
    assert list(grid.notes) == said
    assert grid.sheets[0].cells[0, 0].value == 1


def test_an_encrypted_workbook_is_named():
    data = stream(xls(lambda _, sheet: sheet.write(0, 0, 1)))
    behind = 4 + struct.unpack_from("<H", data, 2)[0]
    locked = data[:behind] + record(0x002F, b"\0" * 6) + data[behind:]
    assert refused(locked) == Unreadable(
        "F01",
        "文件是加密的，没有读取。请取消打开密码（打开时不问密码的，是设了“保护工作簿”或只读保护，请取消保护），"
        "再用 Excel 或 WPS 打开，确认内容无误后另存为 .xlsx 工作簿重新报送。",
    )


@pytest.mark.parametrize("keep", [600, 1500, 3000])
def test_a_truncated_workbook_is_refused(keep):
    data = xls(lambda _, sheet: [sheet.write(row, 0, "汉滨区") for row in range(200)])
    found = refused(data[:keep])
    assert found.rule == "F01"
    assert found.message.startswith("文件已损坏或不完整")


def test_a_container_whose_table_of_sectors_is_gone_is_damage():
    data = bytearray(xls(lambda _, sheet: sheet.write(0, 0, "汉滨区")))
    data[76:80] = struct.pack("<I", 0x7FFFFF00)
    assert refused(bytes(data)).message.startswith("文件已损坏或不完整（复合文档结构异常）")


def test_records_that_make_no_sense_are_damage():
    data = bytearray(stream(xls(lambda _, sheet: sheet.write(0, 0, "汉滨区"))))
    place = data.index(struct.pack("<H", 0x0085)) + 4
    data[place : place + 4] = struct.pack("<I", 3)
    assert refused(bytes(data)).message.startswith("文件已损坏或不完整")
    assert refused(b"\x09\x08").message.startswith("文件已损坏或不完整")


def test_too_many_cells_merges_and_sheets_are_refused(monkeypatch):
    def write(book, sheet):
        for row in range(3):
            sheet.write_merge(row, row, 0, 1, row)
        book.add_sheet("二").write(0, 0, 1)

    data = xls(write)
    assert len(opened(data).sheets) == 2
    for limit, value, said in (
        ("MAX_CELLS", 3, "单元格超过3个"),
        ("MAX_MERGED", 2, "合并单元格超过2处"),
        ("MAX_SHEETS", 1, "有2张工作表"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(limits, limit, value)
            assert said in refused(data).message
