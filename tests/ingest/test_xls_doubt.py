import struct

from pipeline.ingest.workbook import open_grid
from pipeline.ingest.xls_doubt import simplified
from pipeline.model import Grid, Unreadable
from tests.ingest.files import xls
from tests.ingest.test_xls import record, stream

CONFIRMED = "文件的内部结构有异常（多见于其他软件导出的文件），用两种方法读取，内容一致，已读入。"
BOUND_SHEET = struct.pack("<H", 0x0085)


def whole(content):
    """The records in a container of their own again, which calamine needs."""
    import io

    from xlwt.CompoundDoc import XlsDoc

    out = io.BytesIO()
    XlsDoc().save(out, content)
    return out.getvalue()


def with_record(number, body):
    """A plain workbook with a record more at the end of its sheet."""
    content = stream(xls(lambda _, sheet: [sheet.write(0, 0, "汉滨区"), sheet.write(0, 1, 5)]))
    end = content.rindex(struct.pack("<HH", 0x000A, 0))
    return whole(content[:end] + record(number, body) + content[end:])


def test_a_comment_that_xlrd_stumbles_over_costs_the_comments_and_no_figure():
    grid = open_grid(with_record(0x001C, b"\x01"))
    assert isinstance(grid, Grid), grid
    assert [cell.value for cell in grid.sheets[0].cells.values()] == ["汉滨区", 5.0]
    assert list(grid.notes) == ["文件里的批注无法读取，单元格的内容已读入。", CONFIRMED]


def test_what_calamine_cannot_confirm_is_damage():
    content = stream(xls(lambda _, sheet: sheet.write(0, 0, "汉滨区")))
    end = content.rindex(struct.pack("<HH", 0x000A, 0))
    bare = content[:end] + record(0x001C, b"\x01") + content[end:]
    found = open_grid(bare)
    assert isinstance(found, Unreadable)
    assert found.message.startswith("文件已损坏或不完整（工作簿结构不符合规范）")


def test_records_that_no_cell_needs_are_left_out_in_place():
    content = record(0x0018, b"name") + record(0x001C, b"note") + record(0x0203, bytes(14))
    (first, none), (second, told) = simplified(content)
    assert len(first) == len(second) == len(content)
    assert [struct.unpack_from("<H", first, place)[0] for place in (0, 8, 16)] == [0x0FFE, 0x001C, 0x0203]
    assert [struct.unpack_from("<H", second, place)[0] for place in (0, 8, 16)] == [0x0FFE, 0x0FFE, 0x0203]
    assert (none, told) == ([], ["文件里的批注无法读取，单元格的内容已读入。"])
